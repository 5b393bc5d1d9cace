"""The files of a store in their folder: what is there, is it whole, and a copy of the database put aside."""

from __future__ import annotations

import contextlib
import os
import shutil
from pathlib import Path
from typing import Final

from desk_app.domain.errors import StoreError, TargetNotWritable, VaultDamaged, VaultMissing
from desk_app.i18n import N_, _
from desk_app.storage import engine as engines
from desk_app.storage import journal_file, keyfile

_EMPTY: Final = N_(
    "Die Datenbank in diesem Ordner ist leer. Es wurde nichts geändert. Bitte holen Sie die letzte Sicherung zurück."
)
_NO_DATABASE: Final = N_(
    "In diesem Ordner liegen Schlüssel, aber keine Datenbank. Es wurde nichts angelegt oder geändert. "
    "Bitte holen Sie die letzte Sicherung zurück."
)

_BEFORE_UPGRADE: Final = "trittstein-vor-{revision}.db"
_COPIES: Final = "trittstein-vor-*.db"


def has_traces(folder: Path) -> bool:
    """Whether anything of a store lies here; if so it is no place for a new one, however broken it is."""
    if not folder.is_dir():
        return False
    stems = (engines.NAME, keyfile.NAME, journal_file.NAME)
    return any(entry.name.startswith(stems) for entry in folder.iterdir())


def require_whole(folder: Path) -> None:
    """Raises ``VaultMissing``, ``VaultDamaged`` or ``TargetNotWritable`` unless all files are there to be opened.

    An empty database file would open as an empty store, so it is refused by its size. A database that is gone or
    empty beside a journal is let pass: once the key is known it may be made anew.
    """
    if not has_traces(folder):
        raise VaultMissing
    database = folder / engines.NAME
    keyfile.read_all(folder)
    fault = database_fault(folder)
    if fault is not None and not (folder / journal_file.NAME).is_file():
        raise fault
    if not os.access(folder, os.W_OK) or (fault is None and not os.access(database, os.W_OK)):
        raise TargetNotWritable


def database_fault(folder: Path) -> StoreError | None:
    """What is wrong with the database file as seen from outside, if anything."""
    database = folder / engines.NAME
    if not database.is_file():
        return VaultMissing(_(_NO_DATABASE))
    return VaultDamaged(_(_EMPTY)) if database.stat().st_size == 0 else None


def copy_before_upgrade(folder: Path, revision: str | None) -> None:
    """Put the closed database aside, encrypted as it is, before its tables change; only the latest is kept."""
    kept = folder / _BEFORE_UPGRADE.format(revision=revision or "0000")
    draft = kept.with_suffix(".neu")
    try:
        shutil.copyfile(folder / engines.NAME, draft)
        with draft.open("rb+") as file:
            os.fsync(file.fileno())
        forget_copies(folder)
        draft.replace(kept)
    finally:
        draft.unlink(missing_ok=True)
    keyfile.sync_folder(folder)


def forget_copies(folder: Path) -> None:
    """Delete the copies of earlier upgrades: after the store's key was exchanged nobody can open them any more."""
    for copy in folder.glob(_COPIES):
        with contextlib.suppress(OSError):
            copy.unlink()
