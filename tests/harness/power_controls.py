"""Protections taken out one by one: with some gone, confirmed saves must be lost, or the harness sees nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from desk_app.documents import files
from desk_app.storage import engine as engines
from desk_app.storage import journal, journal_file, keyfile


def _nothing(*_words: object) -> None:
    pass


def normal() -> None:
    """``synchronous=NORMAL``: a commit is not synced, only a checkpoint is."""
    engines._SETTINGS = tuple(each.replace("= FULL", "= NORMAL") for each in engines._SETTINGS)
    engines._EXPECTED["synchronous"] = 1


def no_checkpoint() -> None:
    """Saves stay in the write-ahead log."""
    engines.checkpoint = _nothing


def journal_unsynced() -> None:
    """The journal is written, but not synced."""
    journal.sync = _nothing


def folders_unsynced() -> None:
    """New names and renames are not synced."""
    keyfile.sync_folder = _nothing
    files._keep_folder = _nothing


def files_unsynced() -> None:
    """Files that are written whole are renamed before they are synced."""
    keyfile.sync_file = _nothing
    files.os.fsync = _nothing


WITHOUT: dict[str, Callable[[], None]] = {
    each.__name__: each for each in (normal, no_checkpoint, journal_unsynced, folders_unsynced, files_unsynced)
}


@dataclass(frozen=True)
class Control:
    """A run of one writer with protections taken out. ``loses`` is what must come of it."""

    says: str
    writer: str
    without: tuple[str, ...]
    loses: bool
    gone: tuple[str, ...] = ()
    """Files of the store that are taken away before it is opened again."""
    names: str = "at once"


JOURNAL = (journal_file.NAME,)
DATABASE = (engines.NAME, engines.NAME + "-wal")

CONTROLS = (
    Control("FULL, journal gone", "saves", (), False, gone=JOURNAL),
    Control("FULL, database gone", "rotation", (), False, gone=DATABASE),
    Control("NORMAL", "saves", ("normal",), False),
    Control("NORMAL, no checkpoint", "saves", ("normal", "no_checkpoint"), False),
    Control("NORMAL, journal gone", "saves", ("normal",), False, gone=JOURNAL),
    Control("NORMAL, no checkpoint, journal gone", "saves", ("normal", "no_checkpoint"), True, gone=JOURNAL),
    Control(
        "NORMAL, no checkpoint, journal not synced", "saves", ("normal", "no_checkpoint", "journal_unsynced"), True
    ),
    Control("folders not synced", "keys", ("folders_unsynced",), True, names="late"),
    Control("folders not synced", "backups", ("folders_unsynced",), True, names="late"),
    Control("folders not synced", "create", ("folders_unsynced",), True, names="late"),
    Control("folders not synced", "export", ("folders_unsynced",), True, names="late"),
    Control("folders not synced, database gone", "rotation", ("folders_unsynced",), True, DATABASE, "late"),
    Control("files not synced", "keys", ("files_unsynced",), True),
    Control("files not synced", "export", ("files_unsynced",), True),
)
