"""A disk in memory that can be asked what it would hold if the power went now.

What was written and not yet synced may be there or not; which, depends on how the disk is thought of:

- data ``none``: only what was synced. ``some``: each write since then or not. ``torn``: each sector of 512 bytes of
  each such write or not.
- names ``at once``: each new name, rename and removal is there. ``late``: only after its folder was synced.
  ``some``: of those since then, the first ones.

A file that was written to in part keeps what lay beside the written bytes (disks write whole sectors).
"""

from __future__ import annotations

import os
import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from harness.preload import Note

DATA = ("none", "some", "torn")
NAMES = ("at once", "late", "some")

_SECTOR = 512

Write = tuple[int, bytes | None]
"""Where, and what; None cuts the file there."""


@dataclass(eq=False)
class File:
    """``sure`` are the bytes of the last sync."""

    sure: bytearray = field(default_factory=bytearray)
    unsure: list[Write] = field(default_factory=list)

    def sync(self) -> None:
        for write in self.unsure:
            _put(self.sure, write)
        self.unsure.clear()

    def lose(self) -> None:
        """A sync failed: what waited will never arrive, unless it is written anew."""
        self.unsure = [(at, None) for at, data in self.unsure if data is None]

    def after_cut(self, data: str, chance: random.Random) -> bytes:
        left = bytearray(self.sure)
        for write in self.unsure if data != "none" else ():
            for part in _sectors(write) if data == "torn" else (write,):
                if chance.random() < 0.5:
                    _put(left, part)
        return bytes(left)


@dataclass(eq=False)
class Folder:
    """``now`` are its names as the program sees them, ``sure`` those of the last sync."""

    now: dict[str, Node] = field(default_factory=dict)
    sure: dict[str, Node] = field(default_factory=dict)

    def lose(self) -> None:
        """A sync failed: names wait in the log of the file system for the next one."""


Node = File | Folder
Renaming = list[tuple[Folder, str, Node | None]]
"""Names set or taken away that reach the disk together."""


class Disk:
    """Begins with what lies in ``root``, all of it durable; ``do`` follows what a program does."""

    def __init__(self, root: Path) -> None:
        self._root = str(root)
        self._nodes: dict[int, Node] = {}
        self._top = self._taken(root)
        self._unsure: list[Renaming] = []

    def _taken(self, path: Path) -> Node:
        node: Node
        if path.is_dir():
            node = Folder({entry.name: self._taken(entry) for entry in path.iterdir()})
            node.sure = dict(node.now)
        else:
            node = File(bytearray(path.read_bytes()))
        self._nodes[path.stat().st_ino] = node
        return node

    def do(self, note: Note) -> None:
        """Follow one note."""
        match note.deed:
            case "C":
                self._name(note.first, made := File())
                self._nodes[note.inode] = made
            case "K":
                self._name(note.first, folder := Folder())
                self._nodes[note.inode] = folder
            case "W" | "T":
                self._file(note.inode).unsure.append((note.offset, note.data if note.deed == "W" else None))
            case "S":
                self._sync(self._nodes[note.inode])
            case "X":
                self._nodes[note.inode].lose()
            case "R":
                self._rename(note.first, note.second)
            case "L":
                self._name(note.second, self._found(note.first))
            case "U":
                self._name(note.first, None)

    def after_cut(self, data: str, names: str, chance: random.Random) -> Iterator[tuple[str, bytes | None]]:
        """The files there after a power cut, as paths below the root and bytes; folders have None."""
        kept = {"at once": len(self._unsure), "late": 0}.get(names, chance.randint(0, len(self._unsure)))
        changed: dict[Folder, dict[str, Node]] = {}
        for renaming in self._unsure[:kept]:
            for folder, name, node in renaming:
                _set(changed.setdefault(folder, dict(folder.sure)), name, node)

        def walk(folder: Folder, path: str) -> Iterator[tuple[str, bytes | None]]:
            for name, node in changed.get(folder, folder.sure).items():
                if isinstance(node, Folder):
                    yield f"{path}{name}", None
                    yield from walk(node, f"{path}{name}/")
                elif not name.endswith("-shm"):  # shared memory of SQLite; made anew by the first to open
                    yield f"{path}{name}", node.after_cut(data, chance)

        assert isinstance(self._top, Folder)
        yield from walk(self._top, "")

    def _file(self, inode: int) -> File:
        node = self._nodes[inode]
        assert isinstance(node, File)
        return node

    def _sync(self, node: Node) -> None:
        if isinstance(node, File):
            node.sync()
            return
        waiting = []
        for renaming in self._unsure:
            if any(folder is node for folder, _name, _node in renaming):
                for folder, name, entry in renaming:
                    _set(folder.sure, name, entry)
            else:
                waiting.append(renaming)
        self._unsure = waiting

    def _rename(self, old: str, new: str) -> None:
        node = self._found(old)
        (source, was), (target, becomes) = self._place(old), self._place(new)
        del source.now[was]
        target.now[becomes] = node
        self._unsure.append([(source, was, None), (target, becomes, node)])

    def _name(self, path: str, node: Node | None) -> None:
        folder, name = self._place(path)
        _set(folder.now, name, node)
        self._unsure.append([(folder, name, node)])

    def _place(self, path: str) -> tuple[Folder, str]:
        folder, name = os.path.split(path)
        found = self._found(folder)
        assert isinstance(found, Folder)
        return found, name

    def _found(self, path: str) -> Node:
        node = self._top
        for part in path[len(self._root) :].split("/"):
            if part:
                assert isinstance(node, Folder)
                node = node.now[part]
        return node


def lay(root: Path, found: Iterator[tuple[str, bytes | None]]) -> None:
    """Write a state of the disk to ``root``, which must be empty or missing."""
    root.mkdir(parents=True, exist_ok=True)
    for name, data in found:
        if data is None:
            (root / name).mkdir()
        else:
            (root / name).write_bytes(data)


def _set(names: dict[str, Node], name: str, node: Node | None) -> None:
    if node is None:
        names.pop(name, None)
    else:
        names[name] = node


def _put(content: bytearray, write: Write) -> None:
    at, data = write
    if len(content) < at:
        content.extend(bytes(at - len(content)))
    if data is None:
        del content[at:]
    else:
        content[at : at + len(data)] = data


def _sectors(write: Write) -> Iterator[Write]:
    at, data = write
    if data is None:
        yield write
        return
    start = 0
    while start < len(data):
        end = min(len(data), start + _SECTOR - (at + start) % _SECTOR)
        yield at + start, data[start:end]
        start = end
