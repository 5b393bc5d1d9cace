"""What an error of the database driver means to the person at the desk."""

from __future__ import annotations

import contextlib
import errno
from collections.abc import Callable, Iterator
from typing import Final, NoReturn

from sqlalchemy.exc import DBAPIError
from sqlcipher3 import dbapi2

from desk_app.domain.errors import (
    DiskFull,
    StoreError,
    TargetNotWritable,
    VaultBusy,
    VaultDamaged,
    VaultMissing,
    WorldError,
)
from desk_app.i18n import N_, _

_BASE_CODE: Final = 0xFF
"""SQLite's extended result codes carry the plain one in the low byte (sqlite.org/rescode.html)."""

BUSY, LOCKED, READONLY, IOERR, CORRUPT, FULL, CANTOPEN, NOTADB = 5, 6, 8, 10, 11, 13, 14, 26

FOREIGN_DATABASE: Final = N_(
    "Schlüssel und Datenbank passen nicht zusammen. Es wurde nichts geändert. "
    "Vielleicht liegt hier die Datenbank eines anderen Datenbestands oder eine sehr alte Kopie. "
    "Bitte holen Sie die letzte Sicherung zurück."
)
"""Never "beschädigt" first: SQLite's NOTADB also stands for a foreign key and a database that is not encrypted."""

_DISK_TROUBLE: Final = N_(
    "Der Datenträger antwortet nicht richtig. Was schon gespeichert war, ist unverändert. "
    "Bitte prüfen Sie die Festplatte und öffnen Sie Trittstein neu."
)
_READ_ONLY: Final = N_(
    "Der Datenbestand ist schreibgeschützt. Es wurde nichts geändert. "
    "Bitte prüfen Sie, ob der Ordner nur zum Lesen freigegeben ist."
)
BROKEN_OFF: Final = N_(
    "Die Datenbank ist unvollständig oder verändert. Es wurde nichts überschrieben. "
    "Bitte holen Sie die letzte Sicherung zurück."
)
_UNCERTAIN: Final = N_(
    "Das Speichern wurde unterbrochen. Was vorher gespeichert war, ist unverändert. "
    "Bitte sehen Sie nach, ob Ihre letzte Eingabe angekommen ist."
)


_MEANINGS: Final[dict[int, Callable[[], WorldError]]] = {
    BUSY: VaultBusy,
    LOCKED: VaultBusy,
    READONLY: lambda: TargetNotWritable(_(_READ_ONLY)),
    IOERR: lambda: VaultDamaged(_(_DISK_TROUBLE)),
    CORRUPT: lambda: VaultDamaged(_(BROKEN_OFF)),
    FULL: DiskFull,
    CANTOPEN: VaultMissing,
    NOTADB: lambda: VaultDamaged(_(FOREIGN_DATABASE)),
}


class SaveUncertain(StoreError):
    """The commit returned an error, yet may have happened: look it up before trying again."""

    default = _UNCERTAIN


def as_world_error(error: BaseException) -> WorldError | None:
    """The error to show for one of the driver, of SQLAlchemy around it, or of the file system; None for a bug."""
    code = result_code(error)
    if code is None:
        return _for_errno(error) if isinstance(error, OSError) else None
    means = _MEANINGS.get(code)
    return means() if means else None


def is_disk_full(error: BaseException | None) -> bool:
    """Whether ``error`` came from a medium without room."""
    return error is not None and isinstance(as_world_error(error), DiskFull)


def result_code(error: BaseException) -> int | None:
    """SQLite's plain result code inside ``error``, or None if it has none."""
    inner = error.orig if isinstance(error, DBAPIError) else error
    if not isinstance(inner, dbapi2.Error):
        return None
    code = getattr(inner, "sqlite_errorcode", None)
    return code & _BASE_CODE if isinstance(code, int) else None


@contextlib.contextmanager
def told() -> Iterator[None]:
    """Raise the world's faults inside as ``WorldError`` and let our own bugs pass.

    For what touches the files of the store only: an ``OSError`` is told as a fault of the store.
    """
    with told_of_database():
        try:
            yield
        except OSError as error:
            _raise_told(error)


@contextlib.contextmanager
def told_of_database() -> Iterator[None]:
    """As ``told`` for the driver's errors alone: around work that may read or write other files as well."""
    try:
        yield
    except (DBAPIError, dbapi2.Error) as error:
        _raise_told(error)


def _raise_told(error: Exception) -> NoReturn:
    world = as_world_error(error)
    if world is None:
        raise error
    raise world from error


def _for_errno(error: OSError) -> WorldError | None:
    if error.errno in {errno.ENOSPC, errno.EDQUOT if hasattr(errno, "EDQUOT") else errno.ENOSPC, errno.EFBIG}:
        return DiskFull()
    if error.errno in {errno.EACCES, errno.EPERM, errno.EROFS}:
        return TargetNotWritable(_(_READ_ONLY))
    if error.errno in {errno.ENOENT, errno.ENOTDIR}:
        return VaultMissing()
    if error.errno in {errno.EIO, errno.ENXIO, errno.ENODEV, errno.EMFILE, errno.ENFILE}:
        return VaultDamaged(_(_DISK_TROUBLE))
    return None
