"""The key file on disk: two copies, each written whole or not at all, never deleted by the program.

It normally holds one ring. While the store's key is being exchanged it holds two, the old and the new, so that
whichever key the database ends up with after a power cut is there.
"""

from __future__ import annotations

import contextlib
import json
import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import IO, Final
from uuid import UUID

from desk_app.domain.errors import VaultDamaged, VaultTooNew
from desk_app.i18n import _
from desk_app.storage.slots import Ring, Slot

NAME: Final = "trittstein.keys"
COPY_NAME: Final = "trittstein.keys.bak"

COPIES: Final = 2

_FORMAT: Final = 1
_LARGEST_BYTES: Final = 1_000_000


@dataclass(frozen=True, slots=True)
class KeyFile:
    """The content of the key file: which store it opens and the rings of its users."""

    store: UUID
    rings: tuple[Ring, ...]

    @property
    def newest(self) -> Ring:
        """The ring in force, or the one that is about to be."""
        return self.rings[-1]

    def with_ring(self, ring: Ring) -> KeyFile:
        """Only ``ring``: the exchange of keys, if there was one, is over."""
        return replace(self, rings=(ring,))

    def unlocked_by(self, owner: UUID, at: datetime) -> KeyFile:
        """With the time of the last unlocking noted for the lock screen."""

        def noted(slot: Slot) -> Slot:
            return replace(slot, last_unlock=at) if slot.id == owner else slot

        return replace(self, rings=tuple(replace(r, slots=tuple(map(noted, r.slots))) for r in self.rings))


def read_all(folder: Path) -> list[KeyFile]:
    """Every readable and distinct copy in ``folder``, the first one first; at least one.

    Raises ``VaultDamaged`` if no copy can be read, ``VaultTooNew`` if a later version wrote it.
    """
    found: list[KeyFile] = []
    for name in (NAME, COPY_NAME):
        with contextlib.suppress(OSError, _Unreadable):
            parsed = _parse(folder / name)
            if parsed not in found:
                found.append(parsed)
    if not found:
        raise VaultDamaged(
            _(
                "Die Schlüsseldatei „{name}“ fehlt oder ist nicht lesbar. Am Datenbestand wurde nichts geändert. "
                "Bitte holen Sie die letzte Sicherung zurück."
            ).format(name=NAME)
        )
    return found


def copies(folder: Path) -> int:
    """How many of the ``COPIES`` can be read."""
    readable = 0
    for name in (NAME, COPY_NAME):
        with contextlib.suppress(OSError, _Unreadable, VaultTooNew):
            _parse(folder / name)
            readable += 1
    return readable


def write(folder: Path, content: KeyFile) -> None:
    """Replace both copies, one after the other, each atomically and durably. Raises ``OSError``."""
    text = json.dumps(_as_json(content), indent=1).encode()
    for name in (NAME, COPY_NAME):
        write_whole(folder / name, text)


def write_whole(path: Path, data: bytes) -> None:
    """Write ``data`` so that after a crash ``path`` holds either the old or the new bytes. Raises ``OSError``."""
    draft = path.with_name(path.name + ".neu")
    write_synced(draft, data)
    try:
        draft.replace(path)
    except OSError:
        with contextlib.suppress(OSError):
            draft.unlink()
        raise
    sync_folder(path.parent)


def write_synced(path: Path, data: bytes) -> None:
    """Write a file of this user only, durably; on an error it is taken away again. Raises ``OSError``."""
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0), 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            sync_file(file)
    except OSError:
        with contextlib.suppress(OSError):
            path.unlink()
        raise


def sync_file(file: IO[bytes]) -> None:
    """Make what was written to ``file`` durable."""
    file.flush()
    os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    """Make renames in ``folder`` durable. Windows has no such call and needs none for NTFS."""
    if sys.platform == "win32":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def make_folder(folder: Path) -> None:
    """Make ``folder``, and whatever above it is missing, for this user only and durably. Raises ``OSError``.

    A folder that is synced but whose own name is not may be gone after a power cut with all that is in it.
    """
    new = [each for each in (folder, *folder.parents) if not each.exists()]
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    for each in new:
        with contextlib.suppress(PermissionError):  # one may make folders where one may not list them
            sync_folder(each.parent)


class _Unreadable(Exception):
    """These bytes are no key file."""


def _as_json(content: KeyFile) -> dict[str, object]:
    return {"format": _FORMAT, "store": str(content.store), "rings": [ring.to_json() for ring in content.rings]}


def _parse(path: Path) -> KeyFile:
    if path.stat().st_size > _LARGEST_BYTES:
        raise _Unreadable
    with _foreign_values():
        values = json.loads(path.read_bytes())
        version = int(values["format"])
        if version > _FORMAT:
            raise VaultTooNew
        rings = tuple(Ring.from_json(ring) for ring in values["rings"])
        if version < 1 or not 1 <= len(rings) <= 2:
            raise _Unreadable
        return KeyFile(UUID(values["store"]), rings)


@contextlib.contextmanager
def _foreign_values() -> Iterator[None]:
    """A file changed by accident or ill will may hold anything; whatever trips the reader makes it unreadable."""
    try:
        yield
    except (ValueError, KeyError, TypeError, AttributeError, OverflowError, RecursionError) as strange:
        raise _Unreadable from strange
