"""Reads a desk's old lists (.xlsx, .xls, .ods, .xlsb, .csv) without trusting them: in a process of its own.

That process is this program once more with a hidden command. It gets the bytes, never a path, and none of the
environment but what an operating system needs; what it says is checked. When it dies, takes too long or too much
memory, the file is refused with one sentence and nothing has happened here.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import math
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from queue import Empty, SimpleQueue
from time import monotonic
from typing import Any, Final

from desk_app.documents.old_lists_limits import MOST_BYTES, MOST_CELL, MOST_COLUMNS, MOST_ROWS, MOST_SECONDS
from desk_app.domain.errors import StrangeTable
from desk_app.domain.list_reading_sheet import Book, Cell, Merged, Sheet, SheetRow
from desk_app.i18n import N_, _

COMMAND: Final = "--read-list"
"""The hidden command; `__main__` knows it as well."""

Progress = Callable[[int, int], None]
"""Told how many rows are read and how many there may be; raises a WorldError to stop."""

_START_WITHIN = 20.0  # seconds; a virus scanner may look at every library first
_SILENT_AT_MOST = 2.0
_LONGEST_LINE = 64 * 1024 * 1024
_LOOK_EVERY = 0.1
_NO_WINDOW = 0x08000000 if sys.platform == "win32" else 0  # CREATE_NO_WINDOW
_NEEDED = ("PATH", "SYSTEMROOT", "SYSTEMDRIVE", "WINDIR", "TEMP", "TMP", "TMPDIR", "HOME", "USERPROFILE")

_REFUSED: Final = {
    "too_large": N_(
        "Diese Liste ist viel größer als erwartet. Es wurde nichts übernommen. "
        "Bitte prüfen Sie, ob es die richtige Datei ist, oder teilen Sie sie auf."
    ),
    "password": N_(
        "Diese Arbeitsmappe ist mit einem Kennwort geschützt. Es wurde nichts übernommen. "
        "Bitte speichern Sie sie in Excel ohne Kennwort und holen Sie sie dann noch einmal."
    ),
    "empty": N_("In dieser Datei steht nichts. Es wurde nichts übernommen. Bitte prüfen Sie, ob es die richtige ist."),
    "strange": N_(
        "Diese Datei lässt sich nicht als Liste lesen. Es wurde nichts übernommen. "
        "Bitte prüfen Sie, ob es die richtige ist, oder speichern Sie sie in Excel noch einmal als .xlsx."
    ),
}


def read(path: Path, progress: Progress | None = None, command: tuple[str, ...] = ()) -> Book:
    """All sheets of a workbook, or the one table of a text file; the content decides what it is, not the name.

    Raises StrangeTable when it cannot be read, and whatever ``progress`` raises. ``command`` stands for the reading
    process in tests.
    """
    return read_content(content_of(path), progress, command)


def read_content(content: bytes, progress: Progress | None = None, command: tuple[str, ...] = ()) -> Book:
    """The same for bytes that were read already, such as a workbook that was unlocked in memory."""
    reader = _Reader(content, command or _own_command())
    try:
        book = _gathered(reader.lines(progress), progress)
    finally:
        reader.end()
    return replace(book, sha256=hashlib.sha256(content).hexdigest())


def content_of(path: Path) -> bytes:
    """The bytes of a file that is not larger than any list. Raises StrangeTable."""
    try:
        if path.stat().st_size > MOST_BYTES:
            raise _refusal("too_large")
        return path.read_bytes()
    except OSError as error:
        raise StrangeTable(
            _(
                "Die Datei lässt sich nicht öffnen. Es wurde nichts übernommen. "
                "Bitte prüfen Sie, ob sie noch da ist und in keinem anderen Programm bearbeitet wird."
            )
        ) from error


def _own_command() -> tuple[str, ...]:
    if getattr(sys, "frozen", False):
        return (sys.executable, COMMAND)
    return (sys.executable, "-s", "-m", "desk_app", COMMAND)


def _environment() -> dict[str, str]:
    """What an operating system needs; a passphrase may stand in the rest."""
    kept = {name: os.environ[name] for name in _NEEDED if name in os.environ}
    if getattr(sys, "frozen", False):
        return {**kept, "PYINSTALLER_RESET_ENVIRONMENT": "1"}
    return {**kept, "PYTHONPATH": str(Path(__file__).resolve().parents[2]), "PYTHONDONTWRITEBYTECODE": "1"}


class _Reader:
    """The reading process, with one thread that feeds it and one that hears it."""

    def __init__(self, content: bytes, command: tuple[str, ...]) -> None:
        try:
            self._process = subprocess.Popen(  # noqa: S603 - the program itself
                command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env=_environment(),
                creationflags=_NO_WINDOW,
            )
        except OSError as error:
            raise _refusal("strange") from error
        self._said: SimpleQueue[bytes] = SimpleQueue()
        self._threads = [threading.Thread(target=self._feed, args=(content,)), threading.Thread(target=self._hear)]
        for thread in self._threads:
            thread.start()

    def lines(self, progress: Progress | None) -> Iterator[dict[str, Any]]:
        """What the process says, line by line. Raises StrangeTable when it falls silent before it is done."""
        allowed, since, end = _START_WITHIN, monotonic(), monotonic() + _START_WITHIN + MOST_SECONDS
        while True:
            try:
                raw = self._said.get(timeout=_LOOK_EVERY)
            except Empty:
                if monotonic() - since > allowed or monotonic() > end:
                    raise _refusal("strange") from None
                if progress is not None:
                    progress(0, 0)
                continue
            line = _parsed(raw)
            extra = line.get("allow", 0)
            allowed = _SILENT_AT_MOST + (min(extra, MOST_SECONDS) if isinstance(extra, int) else 0)
            since = monotonic()
            yield line
            if line.get("done"):
                return

    def end(self) -> None:
        """End the process, whatever it is doing."""
        self._process.kill()
        for thread in self._threads:
            thread.join()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            with contextlib.suppress(OSError):
                assert pipe is not None
                pipe.close()

    def _feed(self, content: bytes) -> None:
        assert self._process.stdin is not None
        with contextlib.suppress(OSError):  # it may end before it has read all
            self._process.stdin.write(content)
            self._process.stdin.close()

    def _hear(self) -> None:
        assert self._process.stdout is not None
        while line := self._process.stdout.readline(_LONGEST_LINE):
            self._said.put(line)
        self._said.put(b"")


def _parsed(raw: bytes) -> dict[str, Any]:
    """One line; the end of the output before it was done is a refusal as well."""
    try:
        line = json.loads(raw)
    except ValueError:
        raise _refusal("strange") from None
    if not isinstance(line, dict):
        raise _refusal("strange")
    if "refused" in line:
        raise _refusal(str(line["refused"]))
    return line


def _refusal(reason: str) -> StrangeTable:
    return StrangeTable(_(_REFUSED.get(reason, _REFUSED["strange"])))


@dataclass
class _Half:
    """A sheet that is still being read."""

    name: str
    hidden: bool
    merged: tuple[Merged, ...]
    rows: list[SheetRow] = field(default_factory=list)

    @property
    def whole(self) -> Sheet:
        return Sheet(self.name, tuple(self.rows), self.merged, self.hidden)


def _gathered(lines: Iterator[dict[str, Any]], progress: Progress | None) -> Book:
    sheets: list[_Half] = []
    from_1904, expected, done = False, 0, 0
    known: dict[str, str] = {}
    try:
        for line in lines:
            from_1904 |= line.get("from_1904") is True
            if "sheet" in line:
                merged = tuple(Merged(*(int(end) for end in ends)) for ends in line["merged"])
                sheets.append(_Half(str(line["sheet"]), line["hidden"] is True, merged))
                expected += int(line["rows"])
            elif "lines" in line:
                sheets[-1].rows.extend(_row(number, cells, known) for number, cells in line["lines"])
                done += len(line["lines"])
                if progress is not None:
                    progress(done, max(expected, done))
    except (KeyError, IndexError, TypeError, ValueError, OverflowError):
        raise _refusal("strange") from None
    return Book(tuple(half.whole for half in sheets if half.rows), "", from_1904)


def _row(number: Any, cells: Any, known: dict[str, str]) -> SheetRow:
    if not isinstance(number, int) or not 1 <= number <= MOST_ROWS or len(cells) > MOST_COLUMNS:
        raise ValueError(number)
    return SheetRow(number, tuple(_cell(cell, known) for cell in cells))


def _cell(said: Any, known: dict[str, str]) -> Cell:
    """A cell from what JSON said; the same words are kept once."""
    if said is None or isinstance(said, bool):
        return said
    if isinstance(said, str):
        return known.setdefault(said, said) if 0 < len(said) <= MOST_CELL else None
    if isinstance(said, int | float) and math.isfinite(said):
        return float(said)
    if isinstance(said, list) and len(said) == 2 and said[0] == "d":
        return date.fromisoformat(said[1])
    raise ValueError(type(said))
