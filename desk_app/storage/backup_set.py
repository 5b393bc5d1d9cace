"""One backup as it lies on a disk, and a folder of them.

A backup is a folder ``sicherung-2026-11-26T1042`` (time of day in Germany) that is never changed once it has this name:

- ``trittstein.db``: the database in one file, encrypted with the store's own key;
- ``trittstein.keys`` and ``.keys.bak``: the key file of that moment; everybody's passphrase of then opens it;
- ``sicherung.json``: what is in it, signed with the store's key. No names, no numbers of people.

A key of its own for backups would shield nothing, since the key file lies beside the database. So a backup is a whole
store, and everything that protects the store protects it.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final
from uuid import UUID, uuid4

from desk_app.domain.clock import local
from desk_app.storage import backup_ladder, keyfile, sealing
from desk_app.storage import engine as engines
from desk_app.storage.slots import RingKey

SHELF: Final = "Sicherungen"
"""The folder of all backups in one place."""

PREFIX: Final = "sicherung-"
SET_ASIDE: Final = f"beschaedigt-{PREFIX}"
MANIFEST: Final = "sicherung.json"
PARTS: Final = (engines.NAME, keyfile.NAME, keyfile.COPY_NAME, MANIFEST)
_DRAFT: Final = "unfertig-"
_REHEARSED: Final = "geprobt.txt"
_FORMAT: Final = 1
_LARGEST_BYTES: Final = 100_000


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup says of itself. ``sequence`` is the last entry of the audit in it: how far the store had come."""

    store: UUID
    generation: int
    revision: str
    sequence: int
    made_at: datetime
    size: int
    """Bytes of the database file."""
    content: str
    """``Content.digest`` of the database, which survives being read and written by other software."""

    def signature(self, key: RingKey) -> str:
        """Shows, in hexadecimal, that the backup was made by a program that had the store open."""
        return sealing.signature(key.data_key, b"backup" + json.dumps(self._plain(), sort_keys=True).encode()).hex()

    def write(self, folder: Path, key: RingKey) -> None:
        """Durably. Raises ``OSError``."""
        values = {"format": _FORMAT, **self._plain(), "signature": self.signature(key)}
        keyfile.write_whole(folder / MANIFEST, json.dumps(values, indent=1).encode())

    def _plain(self) -> dict[str, Any]:
        return {**asdict(self), "store": str(self.store), "made_at": self.made_at.isoformat()}


@dataclass(frozen=True, slots=True)
class BackupEntry:
    """One backup in a list. ``verified`` means that it was proven when it was made and is still all there;
    ``drill_date`` is when bringing it back was last rehearsed."""

    place: Path
    made_at: datetime
    size: int
    verified: bool
    drill_date: datetime | None
    store: UUID
    generation: int
    sequence: int


class NoBackup(Exception):
    """What lies in the folder is no backup, or one of a later version."""


def manifest(folder: Path) -> tuple[Manifest, str]:
    """The manifest in a backup's folder, and its signature, unchecked. Raises ``NoBackup`` or ``OSError``."""
    path = folder / MANIFEST
    if not path.is_file() or path.stat().st_size > _LARGEST_BYTES:
        raise NoBackup
    try:
        values = json.loads(path.read_bytes())
        if values["format"] != _FORMAT:
            raise NoBackup
        found = Manifest(
            store=UUID(values["store"]),
            generation=int(values["generation"]),
            revision=str(values["revision"]),
            sequence=int(values["sequence"]),
            made_at=datetime.fromisoformat(values["made_at"]),
            size=int(values["size"]),
            content=str(values["content"]),
        )
        signature = str(values["signature"])
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as strange:
        raise NoBackup from strange
    if found.made_at.tzinfo is None:
        raise NoBackup
    return found, signature


def entry(folder: Path) -> BackupEntry:
    """The backup in ``folder`` as lists show it. Raises ``NoBackup`` or ``OSError``."""
    said, _signature = manifest(folder)
    database = folder / engines.NAME
    whole = all((folder / part).is_file() for part in PARTS) and database.stat().st_size == said.size
    return BackupEntry(
        folder, said.made_at, said.size, whole, _rehearsed_at(folder), said.store, said.generation, said.sequence
    )


def list_backups(folder: Path) -> list[BackupEntry]:
    """The backups in ``folder``, or in the shelf inside it, newest first; none where there is nothing to read."""
    with contextlib.suppress(OSError, NoBackup):
        return [entry(folder)]
    found = []
    for shelf in (folder, folder / SHELF):
        with contextlib.suppress(OSError):
            for place in shelf.iterdir():
                if place.name.startswith(PREFIX):
                    with contextlib.suppress(OSError, NoBackup):
                        found.append(entry(place))
    return sorted(found, key=lambda each: each.made_at, reverse=True)


@contextlib.contextmanager
def drafted(shelf: Path, store: UUID) -> Iterator[Path]:
    """A folder to put a backup together in; what is left in it at the end of the block goes. Raises ``OSError``.

    Drafts that an earlier run left behind, killed or unplugged, go first; those of other stores stay.
    """
    mine = f"{_DRAFT}{store.hex[:8]}-"
    for left in shelf.glob(f"{mine}*"):
        shutil.rmtree(left, ignore_errors=True)
    draft = shelf / f"{mine}{uuid4().hex[:8]}"
    draft.mkdir(mode=0o700)
    try:
        yield draft
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def publish(draft: Path, made_at: datetime) -> Path:
    """Give a proven backup its final name, durably, and say where it lies. Raises ``OSError``."""
    keyfile.sync_folder(draft)
    stem = f"{PREFIX}{local(made_at):%Y-%m-%dT%H%M}"
    taken = {each.name for each in draft.parent.iterdir()}
    # the hour that comes twice in autumn, and another store's backups in the same shelf
    name = stem if stem not in taken else next(f"{stem}-{n}" for n in range(2, 10_000) if f"{stem}-{n}" not in taken)
    draft.rename(draft.parent / name)
    keyfile.sync_folder(draft.parent)
    return draft.parent / name


def prune(shelf: Path, store: UUID, now: datetime, oldest: timedelta, but: Path | None = None) -> int:
    """Take away the whole backups of ``store`` that the ladder drops; how many. Never the newest, nor ``but``."""
    ours = [each for each in list_backups(shelf) if each.store == store and each.verified]
    kept = backup_ladder.keep(ours, now, oldest)
    return sum(remove(each) for each in ours if each not in kept and each.place != but)


def expire_former_keys(shelf: Path, store: UUID, generation: int) -> int:
    """Take away backups that a removed colleague could still open; how many. Only once a newer one is there.

    What they copied elsewhere before stays readable to them; nothing can change that.
    """
    ours = [each for each in list_backups(shelf) if each.store == store]
    if not any(each.verified and each.generation == generation for each in ours):
        return 0
    return sum(remove(each) for each in ours if each.generation < generation)


def remove(backup: BackupEntry) -> bool:
    """Take one backup away; it loses its name first, so a half-deleted one never looks like a backup."""
    going = backup.place.with_name(f"{_DRAFT}{backup.store.hex[:8]}-{uuid4().hex[:8]}")
    try:
        backup.place.rename(going)
        shutil.rmtree(going)
    except OSError:
        return False
    return True


def set_aside(backup: BackupEntry) -> None:
    """Take its name from a backup that turned out bad: it counts no more, but nothing of it is lost."""
    with contextlib.suppress(OSError):
        backup.place.rename(backup.place.with_name(f"{SET_ASIDE}{backup.place.name.removeprefix(PREFIX)}"))


def note_rehearsal(folder: Path, at: datetime) -> None:
    """Keep beside a backup when bringing it back was rehearsed. Raises ``OSError``."""
    keyfile.write_whole(folder / _REHEARSED, at.isoformat().encode())


def make_durable(path: Path) -> None:
    """Bring a file onto the medium and, where the system can, out of memory, so that reading it reads the medium."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())
        if hasattr(os, "posix_fadvise"):
            os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


def _rehearsed_at(folder: Path) -> datetime | None:
    try:
        at = datetime.fromisoformat((folder / _REHEARSED).read_text(encoding="ascii"))
    except (OSError, ValueError):
        return None
    return at if at.tzinfo else None
