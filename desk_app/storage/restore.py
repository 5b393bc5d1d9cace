"""Bringing a backup back, and rehearsing that.

The store of before is never overwritten. A new set of files is put together and proven beside it; then the whole old
set goes into quarantine and the new one takes its place. A write-ahead log left beside an exchanged database would
quietly undo the restore, so nothing of the old set stays.
"""

from __future__ import annotations

import contextlib
import shutil
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Final
from uuid import UUID

from desk_app.domain.clock import local
from desk_app.domain.errors import StoreError, VaultBusy, VaultDamaged, WrongPassphrase
from desk_app.i18n import N_, _
from desk_app.storage import (
    backup_set,
    content,
    failures,
    high_water,
    journal_file,
    keyfile,
    lockfile,
    place,
    rebuilding,
    reserve,
    schema,
    second_reader,
)
from desk_app.storage import engine as engines
from desk_app.storage.backup_set import BackupEntry, Manifest, NoBackup
from desk_app.storage.keyfile import KeyFile
from desk_app.storage.roster import UserEntry
from desk_app.storage.sealing import SealBroken
from desk_app.storage.slots import RingKey, SlotKind

QUARANTINE: Final = "quarantaene-"
_OURS: Final = "trittstein"
"""How the names of all files of a store begin."""

_STAYS: Final = (lockfile.NAME, lockfile.NOTE, reserve.NAME)
_DRAFT: Final = ".trittstein-zurueck-"

_NO_BACKUP: Final = N_(
    "In diesem Ordner liegt keine vollständige Sicherung. Es wurde nichts geändert. "
    "Bitte wählen Sie einen Ordner, dessen Name mit „sicherung-“ beginnt."
)
_ALTERED: Final = N_(
    "Diese Sicherung ist beschädigt oder wurde verändert. Am Datenbestand wurde nichts geändert. "
    "Bitte nehmen Sie eine andere Sicherung."
)
_FOREIGN: Final = N_(
    "Diese Sicherung gehört zu einem anderen Datenbestand. Es wurde nichts geändert. "
    "Bitte holen Sie sie in einen leeren Ordner zurück."
)
_NOT_THEIRS: Final = N_(
    "Diese Person hatte beim Sichern noch keinen Zugang. Es wurde nichts geändert. "
    "Bitte wählen Sie jemand anderen oder eine neuere Sicherung."
)


class BackupDamaged(StoreError):
    """A backup is not what was proven when it was made."""

    default = _ALTERED


class Stage(StrEnum):
    """How far bringing back has come."""

    CHECKING = "checking"
    COPYING = "copying"
    EXCHANGING = "exchanging"
    OPENING = "opening"


@dataclass(frozen=True, slots=True)
class Restored:
    """``made_at`` is the moment the store is back at; ``quarantine`` holds the files of before, if there were any."""

    made_at: datetime
    rows: int
    sequence: int
    quarantine: Path | None


def users_of(backup: Path) -> list[UserEntry]:
    """Who can open the backup with their passphrase of that time. Raises ``StoreError``."""
    with _readable():
        slots = keyfile.read_all(backup)[0].newest.slots
    return [UserEntry(slot.id, slot.name, slot.last_unlock) for slot in slots if slot.kind is SlotKind.USER]


def restore(
    folder: Path,
    backup: Path,
    user_id: UUID,
    passphrase: str,
    at: datetime,
    tell: Callable[[Stage], None] = lambda _stage: None,
) -> Restored:
    """Bring ``backup`` back into the store's ``folder`` (made if need be), opened by a user of the backup.

    ``tell`` hears how far it is. Raises ``VaultBusy`` while the store is open anywhere, ``WrongPassphrase``,
    ``BackupDamaged``, ``VaultTooNew``, ``DiskFull`` or another ``WorldError``; then the files of the store are as
    they were.
    """
    place.check(folder)
    tell(Stage.CHECKING)
    if lockfile.is_held(folder):  # before the passphrase is tried, which takes a while
        raise VaultBusy(holder=lockfile.holder(folder))
    with _readable():
        said, signature = backup_set.manifest(backup)
        if not backup_set.entry(backup).verified:
            raise BackupDamaged
        keys, key = _opened(backup, said, user_id, passphrase)
    if said.signature(key) != signature:
        raise BackupDamaged
    schema.check(said.revision)
    with failures.told(), contextlib.ExitStack() as undo:
        keyfile.make_folder(folder)
        lock = lockfile.StoreLock(folder)
        undo.callback(lock.release)
        _require_same_store(folder, said)
        with _draft(folder) as draft:
            tell(Stage.COPYING)
            rows = _unpack(backup, draft, said, keys, key)
            tell(Stage.EXCHANGING)
            rebuilding.lay_journal(draft, key)
            quarantine = _take_the_place(folder, draft, at)
        high_water.forget(key)
    return Restored(said.made_at, rows, said.sequence, quarantine)


def rehearse(backup: BackupEntry, key: RingKey, folder: Path, at: datetime) -> None:
    """Bring ``backup`` back into a folder that goes at once, on the disk of the store in ``folder``; note the date.

    Raises ``BackupDamaged`` if it does not hold what was proven when it was made, or a ``WorldError`` of the disk.
    """
    try:
        said, signature = backup_set.manifest(backup.place)
        keys = _signed_keys(backup.place, said, key)
    except (NoBackup, VaultDamaged, OSError) as error:
        raise BackupDamaged from error
    if said.signature(key) != signature:
        raise BackupDamaged
    with failures.told(), _draft(folder) as draft:
        _unpack(backup.place, draft, said, keys, key)
        backup_set.note_rehearsal(backup.place, at)


def _opened(backup: Path, said: Manifest, user_id: UUID, passphrase: str) -> tuple[KeyFile, RingKey]:
    refusal: StoreError = StoreError(_(_NOT_THEIRS))
    for keys in keyfile.read_all(backup):
        for ring in keys.rings:
            slot = ring.slot(user_id)
            if slot is None or ring.generation != said.generation or keys.store != said.store:
                continue
            refusal = WrongPassphrase()
            with contextlib.suppress(SealBroken):
                key = slot.open(passphrase, keys.store, ring.generation)
                refusal = BackupDamaged()
                ring.check(key)
                return keys.with_ring(ring), key
    raise refusal


def _signed_keys(backup: Path, said: Manifest, key: RingKey) -> KeyFile:
    """The copy of the key file that gave people this ``key``. Raises ``BackupDamaged`` if there is none."""
    for keys in keyfile.read_all(backup):
        for ring in keys.rings:
            if ring.generation == said.generation and keys.store == said.store:
                with contextlib.suppress(SealBroken):
                    ring.check(key)
                    return keys.with_ring(ring)
    raise BackupDamaged


def _require_same_store(folder: Path, said: Manifest) -> None:
    """Raises ``StoreError`` where another store lies; keys that cannot be read hinder nobody from restoring theirs."""
    with contextlib.suppress(VaultDamaged):
        if keyfile.read_all(folder)[0].store != said.store:
            raise StoreError(_(_FOREIGN))


def _unpack(backup: Path, draft: Path, said: Manifest, keys: KeyFile, key: RingKey) -> int:
    """Put the store of ``backup`` together in ``draft`` and prove it with both readers; the number of its rows."""
    database = draft / engines.NAME
    shutil.copyfile(backup / engines.NAME, database)
    backup_set.make_durable(database)
    try:
        seen = second_reader.examine(database, key.data_key)
    except second_reader.NotSound as error:
        raise BackupDamaged from error
    engine = engines.open_engine(database, key.data_key)
    try:
        with engine.connect() as connection:
            read = content.read(lambda statement: connection.exec_driver_sql(statement))
    finally:
        engine.dispose()
    if not said.content == seen.digest == read.digest:
        raise BackupDamaged
    keyfile.write(draft, keys)
    return read.rows


def _take_the_place(folder: Path, draft: Path, at: datetime) -> Path | None:
    """Exchange the files. The database leaves first and the keys arrive last, so half a store is never opened."""
    old = [path for path in folder.iterdir() if path.name.startswith(_OURS) and path.name not in _STAYS]
    # first the database: without it nothing opens; a log that left before it would open an older state
    old.sort(key=lambda path: (path.name != engines.NAME, path.name.startswith(keyfile.NAME), path.name))
    with contextlib.ExitStack() as undo:
        quarantine = _new_quarantine(folder, at) if old else None
        if quarantine:
            undo.callback(quarantine.rmdir)
            for path in old:
                path.rename(quarantine / path.name)
                undo.callback((quarantine / path.name).rename, path)
            keyfile.sync_folder(quarantine)
        for name in (engines.NAME, journal_file.NAME, keyfile.COPY_NAME, keyfile.NAME):
            if (draft / name).exists():
                (draft / name).rename(folder / name)
                undo.callback((folder / name).unlink)
        keyfile.sync_folder(folder)
        undo.pop_all()
    return quarantine


def _new_quarantine(folder: Path, at: datetime) -> Path:
    stem = f"{QUARANTINE}{local(at):%Y-%m-%dT%H%M}"
    taken = {path.name for path in folder.iterdir()}
    name = stem if stem not in taken else next(f"{stem}-{n}" for n in range(2, 10_000) if f"{stem}-{n}" not in taken)
    (folder / name).mkdir(mode=0o700)
    return folder / name


@contextlib.contextmanager
def _draft(folder: Path) -> Iterator[Path]:
    """A folder on the store's own disk that goes at the end, and what a killed run left behind with it."""
    for left in folder.glob(f"{_DRAFT}*"):
        with contextlib.suppress(OSError):
            for path in left.iterdir():
                path.unlink()
            left.rmdir()
    with tempfile.TemporaryDirectory(prefix=_DRAFT, dir=folder) as made:
        yield Path(made)


@contextlib.contextmanager
def _readable() -> Iterator[None]:
    """What goes wrong while reading a backup, told of the backup and not of the store."""
    try:
        yield
    except NoBackup as error:
        raise StoreError(_(_NO_BACKUP)) from error
    except VaultDamaged as error:
        raise BackupDamaged from error
    except OSError as error:
        raise StoreError(_(_NO_BACKUP)) from error
