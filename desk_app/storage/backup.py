"""Making one backup. It counts only when another program has read in it what the store holds.

The copy is written and read while saves go on; it never gets its final name before it is proven, and until then the
last good one is untouched.
"""

from __future__ import annotations

import contextlib
import errno
import os
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from sqlcipher3 import dbapi2

from desk_app.domain.errors import DiskFull, TargetGone, TargetNotWritable, VaultDamaged, WorldError
from desk_app.i18n import N_, _
from desk_app.storage import backup_set, content, failures, keyfile, second_reader
from desk_app.storage import engine as engines
from desk_app.storage.backup_set import BackupEntry, Manifest
from desk_app.storage.vault import Vault

_FULL: Final = N_(
    "Die Sicherung ließ sich nicht ganz schreiben; meist ist der Datenträger voll. "
    "Ihre Daten und die letzte Sicherung sind unverändert. Bitte schaffen Sie dort Platz."
)
_READ_ONLY: Final = N_(
    "In den Ordner der Sicherungen darf nicht geschrieben werden. "
    "Ihre Daten und die letzte Sicherung sind unverändert. "
    "Bitte prüfen Sie den Datenträger oder wählen Sie einen anderen Ordner."
)
_GONE: Final = N_(
    "Der Ordner der Sicherungen ist nicht erreichbar. Ihre Daten sind unverändert. "
    "Bitte stecken Sie den Datenträger ein oder wählen Sie einen anderen Ordner."
)
_SOURCE_UNREADABLE: Final = N_(
    "Der Datenbestand ließ sich für die Sicherung nicht vollständig lesen. Die letzte Sicherung ist unverändert. "
    "Bitte öffnen Sie Trittstein neu; dabei wird der Datenbestand geprüft."
)

_TRIES: Final = 3


class BackupUnsound(WorldError):
    """A backup does not hold what it should; a new one was discarded, an old one left as it is."""

    default = N_(
        "Die neue Sicherung stimmte nicht mit den Daten überein und wurde verworfen. "
        "Ihre Daten und die letzte Sicherung sind unverändert. Bitte nehmen Sie einen anderen Datenträger."
    )


def make(vault: Vault, shelf: Path, at: datetime) -> BackupEntry:
    """Back up the open store into a new folder in ``shelf``, which must be there; on any thread, saves go on meanwhile.

    Raises ``DiskFull``, ``TargetGone``, ``TargetNotWritable``, ``BackupUnsound`` or ``VaultDamaged``; then nothing new
    is left in ``shelf``.
    """
    with _told(shelf), backup_set.drafted(shelf, vault.store_id) as draft:
        database = draft / engines.NAME
        with vault.beside() as connection:
            key = vault.key
            _copy(vault, connection, database)
            keyfile.write(draft, vault.keys)
            revision, sequence = _standing(connection)
            held = content.read(connection.execute)
        backup_set.make_durable(database)
        if second_reader.examine(database, key.data_key) != held:
            raise BackupUnsound
        size = database.stat().st_size
        said = Manifest(key.store, key.generation, revision, sequence, at, size, held.digest)
        said.write(draft, key)
        return backup_set.entry(backup_set.publish(draft, at))


def _copy(vault: Vault, connection: Any, database: Path) -> None:
    """Copy the store and leave ``connection`` in a transaction that sees exactly what was copied.

    SQLite does not copy inside a transaction. So it is looked afterwards whether anything was saved in between, and
    then copied anew; on a very busy store, in the end, while saves wait.
    """
    if not any(_copied(connection, database) for _try in range(_TRIES)):
        with vault.holding_still():
            _copied(connection, database)


def _copied(connection: Any, database: Path) -> bool:
    if connection.in_transaction:
        connection.execute("ROLLBACK")
    os.close(os.open(database, os.O_CREAT | os.O_TRUNC | os.O_RDWR, 0o600))
    before = _version(connection)
    _copy_into(connection, database)
    connection.execute("BEGIN")
    return _version(connection) == before


def _copy_into(connection: Any, database: Path) -> None:
    try:
        connection.execute("VACUUM INTO ?", (str(database),))
    except dbapi2.OperationalError as error:
        if failures.result_code(error) == failures.IOERR:
            # SQLite does not say which of the two files; if the store can be read from end to end, it is the copy
            content.read(connection.execute)
            raise OSError(errno.ENOSPC, "the copy cannot be written") from error
        raise


def _version(connection: Any) -> int:
    """Changes with every commit of another connection; asking begins to see one state, inside a transaction."""
    connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    return int(connection.execute("PRAGMA data_version").fetchone()[0])


def _standing(connection: Any) -> tuple[str, int]:
    """Revision of the tables and last entry of the audit."""
    (revision,) = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    (sequence,) = connection.execute("SELECT coalesce(max(sequence), 0) FROM audit").fetchone()
    return str(revision), int(sequence)


@contextlib.contextmanager
def _told(shelf: Path) -> Iterator[None]:
    """Raise the world's faults with what they mean for a backup."""
    try:
        if not shelf.is_dir():
            raise TargetGone(_(_GONE))
        yield
    except second_reader.NotSound as error:
        raise _gone_or(shelf, BackupUnsound()) from error
    except (dbapi2.Error, OSError) as error:
        meaning = _of_errno(error) if isinstance(error, OSError) else _of_database(error)
        if meaning is None:
            raise
        raise _gone_or(shelf, meaning) from error


def _gone_or(shelf: Path, meaning: WorldError) -> WorldError:
    """A stick pulled out shows as all kinds of errors."""
    return meaning if shelf.is_dir() else TargetGone(_(_GONE))


def _of_database(error: Exception) -> WorldError | None:
    code = failures.result_code(error)
    if code == failures.FULL:
        return DiskFull(_(_FULL))
    if code in {failures.READONLY, failures.CANTOPEN}:
        return TargetNotWritable(_(_READ_ONLY))
    if code in {failures.CORRUPT, failures.NOTADB}:
        return VaultDamaged(_(_SOURCE_UNREADABLE))
    return failures.as_world_error(error)


def _of_errno(error: OSError) -> WorldError:
    if error.errno in {errno.ENOSPC, errno.EFBIG, getattr(errno, "EDQUOT", errno.ENOSPC)}:
        return DiskFull(_(_FULL))
    if error.errno in {errno.EACCES, errno.EPERM, errno.EROFS}:
        return TargetNotWritable(_(_READ_ONLY))
    return TargetGone(_(_GONE))
