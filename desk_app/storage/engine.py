"""The encrypted database: one connection, opened and set up the same way every time.

The order of the settings matters: the key comes before anything is read, no cipher setting comes after it.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote
from uuid import UUID

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.pool import StaticPool
from sqlcipher3 import dbapi2

from desk_app.storage import failures, identity

NAME: Final = "trittstein.db"
COMPANIONS: Final = ("-wal", "-shm", "-journal")
"""What SQLite lays beside a database while it is open."""

_PATIENCE: Final = 2.0
"""Seconds to wait for a lock held elsewhere."""

_STATEMENTS_KEPT: Final = 1_000
"""More than the program has. Of a full cache the driver gives up what was used least, so that all that is new pushes
the other out, and is prepared again each time: half of the time of most queries."""

_OLDEST_SQLITE: Final = (3, 51, 3)
"""Versions before it can damage a database while two connections write or checkpoint (sqlite.org, March 2026)."""

_SETTINGS: Final = (
    "journal_mode = WAL",
    "synchronous = FULL",
    "foreign_keys = ON",
    "secure_delete = ON",
    "temp_store = MEMORY",
    "trusted_schema = OFF",
    "cipher_memory_security = ON",
    "cache_size = -65536",
)
"""Durable at each commit, deleted rows overwritten, nothing in temporary files, 64 MiB of pages kept:
with SQLCipher's default of 8 MiB every page read again is decrypted again."""

_EXPECTED: Final = {
    "journal_mode": "wal",
    "synchronous": 2,
    "foreign_keys": 1,
    "secure_delete": 1,
    "temp_store": 2,
    "trusted_schema": 0,
    "cipher_memory_security": "1",
    "mmap_size": 0,
}
"""What the settings must read afterwards, as the driver gives it: a build that ignores one is not used."""


class UnsuitableBuild(Exception):
    """The installed database library lacks what the store's promises rest on: a fault of the installation."""


@dataclass(frozen=True, slots=True)
class Found:
    """What a database says of itself. ``store`` is None if it is not one of this program."""

    store: UUID | None
    generation: int
    revision: str | None


def open_engine(path: Path, data_key: bytes) -> Engine:
    """An engine with one connection to the existing database at ``path``, usable from one thread at a time.

    Transactions are real ones, definitions of tables included: the driver begins none by itself.
    Raises driver errors; see ``failures.told``.
    """
    engine = create_engine(
        "sqlite://",
        module=dbapi2,
        creator=lambda: _connect(path, data_key),
        poolclass=StaticPool,
        hide_parameters=True,
    )

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    with engine.connect():
        pass
    return engine


def open_reader(path: Path, data_key: bytes) -> Any:
    """A further connection to a database that is open in this process; it can only read. To be closed by the caller.

    It sees what is committed and never keeps a save waiting: with a write-ahead log readers and the writer do not
    meet. Raises driver errors.
    """
    connection = _keyed(path, data_key, "mode=ro")
    for setting in ("temp_store = MEMORY", "trusted_schema = OFF", "cache_size = -65536"):
        connection.execute(f"PRAGMA {setting}").fetchall()
    return connection


def driver_connection(engine: Engine) -> Any:
    """The driver's own connection under ``engine``, for what must happen outside a transaction."""
    borrowed = engine.raw_connection()
    try:
        return borrowed.driver_connection
    finally:
        borrowed.close()


def make_database(path: Path, data_key: bytes) -> None:
    """Lay an empty encrypted database at ``path``, readable by this user only. Raises if something is there."""
    os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    connection = _keyed(path, data_key, "mode=rw")
    try:
        connection.execute(f"PRAGMA application_id = {identity.APPLICATION_ID}")
    finally:
        connection.close()


def probe(path: Path, data_key: bytes) -> Found:
    """Look whose database ``path`` is without creating, changing or deleting anything.

    Opening for real already touches the files: SQLite lays companions and, on closing, works off a write-ahead
    log left by a crash. So a quiet database is read as if on a read-only medium; one with a log left over is
    read in a copy, which stays encrypted and goes at once.
    """
    log = path.with_name(path.name + "-wal")
    if not log.exists() or log.stat().st_size == 0:
        return _found(_keyed(path, data_key, "mode=ro&immutable=1"))
    with tempfile.TemporaryDirectory(prefix="trittstein-probe-", ignore_cleanup_errors=True) as made:
        copy = Path(made) / path.name
        try:
            shutil.copyfile(path, copy)
            shutil.copyfile(log, copy.with_name(log.name))
        except OSError:  # no room to look first: better to open than to keep everybody out
            copy = path
        return _found(_keyed(copy, data_key, "mode=rw"))


def connect_to_look(path: Path, data_key: bytes) -> Any:
    """A connection to a closed single file, such as a snapshot, that changes nothing. Raises driver errors."""
    return _keyed(path, data_key, "mode=ro&immutable=1")


def exchange_key(engine: Engine, data_key: bytes) -> None:
    """Encrypt the whole database anew. Killed half-way, the old key or the new one opens it, never neither."""
    connection = driver_connection(engine)
    checkpoint(connection)
    connection.execute(f"PRAGMA rekey = \"x'{data_key.hex()}'\"")
    checkpoint(connection)


def checkpoint(connection: Any) -> None:
    """Carry the write-ahead log into the database and empty it.

    While a backup is reading, what can be carried is carried and the log stays; a save must not wait for that.
    """
    connection.execute("PRAGMA busy_timeout = 0")
    try:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    finally:
        connection.execute(f"PRAGMA busy_timeout = {round(_PATIENCE * 1000)}")


def _connect(path: Path, data_key: bytes) -> Any:
    connection = _keyed(path, data_key, "mode=rw")
    try:
        for setting in _SETTINGS:
            connection.execute(f"PRAGMA {setting}").fetchall()
        for name, expected in _EXPECTED.items():
            (value,) = connection.execute(f"PRAGMA {name}").fetchone()
            if value != expected:
                raise UnsuitableBuild(f"{name} is {value}")
    except BaseException:
        connection.close()
        raise
    return connection


def _keyed(path: Path, data_key: bytes, query: str) -> Any:
    """A connection that has shown that it can read ``path``. ``mode`` is always given: without it SQLite would
    quietly create a missing file."""
    if dbapi2.sqlite_version_info < _OLDEST_SQLITE:
        raise UnsuitableBuild(f"SQLite {dbapi2.sqlite_version} is too old")
    connection = dbapi2.connect(
        f"file:{quote(str(path.absolute().as_posix()))}?{query}",
        uri=True,
        isolation_level=None,
        check_same_thread=False,
        timeout=_PATIENCE,
        cached_statements=_STATEMENTS_KEPT,
    )
    try:
        # first of all: otherwise a wrong key is reported on the error output
        connection.execute("PRAGMA cipher_log_level = NONE")
        connection.execute(f"PRAGMA key = \"x'{data_key.hex()}'\"")
        if connection.execute("PRAGMA cipher_version").fetchone() is None:
            raise UnsuitableBuild("no SQLCipher")
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except BaseException:
        connection.close()
        raise
    return connection


def _found(connection: Any) -> Found:
    try:
        named = identity.read(connection)
        if named is None:
            return Found(None, 0, None)
        return Found(*named, revision(connection))
    except dbapi2.OperationalError as error:
        if failures.result_code(error) == 1:  # SQLITE_ERROR: no such table, so nothing of ours
            return Found(None, 0, None)
        raise
    finally:
        connection.close()


def revision(connection: Any) -> str | None:
    """The revision of the tables behind ``connection`` (of the driver)."""
    row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    return None if row is None else str(row[0])


@contextlib.contextmanager
def foreign_keys_off(engine: Engine) -> Iterator[None]:
    """Switch references off for rebuilding tables; with them on, dropping the old table takes its children along."""
    connection = driver_connection(engine)
    connection.execute("PRAGMA foreign_keys = OFF")
    try:
        yield
    finally:
        connection.execute("PRAGMA foreign_keys = ON")
