"""Make a database from what a journal goes on from and the saves in it; lay snapshots to go on from."""

from __future__ import annotations

import contextlib
import shutil
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Engine
from sqlcipher3 import dbapi2

from desk_app.domain.errors import VaultDamaged
from desk_app.storage import checks, failures, identity, journal_file, keyfile, row_images, save_mark, schema
from desk_app.storage import engine as engines
from desk_app.storage import journal as journals
from desk_app.storage.journal import Journal
from desk_app.storage.journal_file import Base, Kind, Reading
from desk_app.storage.save_mark import Mark
from desk_app.storage.slots import RingKey

SNAPSHOT: Final = "trittstein.basis-{counter}.db"
SNAPSHOTS: Final = "trittstein.basis-*.db"


class NoBase(Exception):
    """The base of the journal was never kept, is gone or is no longer what it was."""


def database_from(journal: Path, reading: Reading, key: RingKey, target: Path) -> None:
    """Lay a database at ``target`` that holds every save of the journal. Raises ``NoBase`` or a ``WorldError``."""
    engine = _base(reading, key, target)
    try:
        with failures.told():
            _fill(engine, journal, reading, key)
    finally:
        engine.dispose()


def carry_over(engine: Engine, journal: Path, reading: Reading, key: RingKey) -> None:
    """Put the saves that the database lacks into it. Raises a ``WorldError``; then it is as before."""
    with failures.told():
        _fill(engine, journal, reading, key)


def snapshot(engine: Engine, folder: Path, key: RingKey) -> tuple[Path, Mark]:
    """A checked copy of the database beside it, for a journal to go on from. Raises driver errors or ``OSError``."""
    connection = engines.driver_connection(engine)
    mark = save_mark.read(connection)
    kept = folder / SNAPSHOT.format(counter=mark.counter)
    draft = kept.with_suffix(".neu")
    keyfile.write_synced(draft, b"")  # so that nobody else may read it from the beginning
    try:
        connection.execute("VACUUM INTO ?", (str(draft),))
        with draft.open("rb+") as file:
            keyfile.sync_file(file)
        with contextlib.closing(engines.connect_to_look(draft, key.data_key)) as copy:
            if not (checks.quick(copy) and save_mark.read(copy) == mark):
                raise OSError("the copy differs")
        draft.replace(kept)
    finally:
        draft.unlink(missing_ok=True)
    keyfile.sync_folder(folder)
    return kept, mark


def begin_journal(engine: Engine, folder: Path, key: RingKey) -> None:
    """Begin a new journal behind a snapshot taken now. Raises ``OSError``.

    Where there is no room for a snapshot the journal begins without, so that nobody is kept out; the next start tries
    again.
    """
    connection = engines.driver_connection(engine)
    revision = engines.revision(connection) or schema.HEAD
    try:
        kept, mark = snapshot(engine, folder, key)
        base = Base(mark, revision, str(kept))
    except (dbapi2.Error, OSError):
        base = Base(save_mark.read(connection), revision, kept=False)
    journals.begin(folder / journal_file.NAME, key, base)
    forget_snapshots(folder, but=base.snapshot)


def lay_journal(folder: Path, key: RingKey) -> None:
    """Lay an empty journal beside a restored database in ``folder``; it gets its base when the store is opened.

    Raises driver errors or ``OSError``.
    """
    with contextlib.closing(engines.connect_to_look(folder / engines.NAME, key.data_key)) as connection:
        revision = engines.revision(connection) or schema.HEAD
        if schema.keeps_mark(revision):
            journals.begin(folder / journal_file.NAME, key, Base(save_mark.read(connection), revision, kept=False))


def rotate(journal: Journal, kept: Path, folder: Path, key: RingKey) -> None:
    """Let ``journal`` go on from the snapshot ``kept``. Raises what ``Journal.rotate`` raises, and driver errors."""
    with contextlib.closing(engines.connect_to_look(kept, key.data_key)) as connection:
        mark, revision = save_mark.read(connection), engines.revision(connection)
    journal.rotate(kept.absolute(), mark, revision or schema.HEAD)
    forget_snapshots(folder, but=str(kept.absolute()))


def forget_snapshots(folder: Path, but: str | None) -> None:
    """Delete the snapshots in ``folder`` that no journal goes on from any more."""
    for path in folder.glob(SNAPSHOTS):
        if str(path) != but:
            with contextlib.suppress(OSError):
                path.unlink()


def has_base(reading: Reading, key: RingKey) -> bool:
    """Whether a database could be made from the journal, going by the mark of its base."""
    try:
        base_file(reading, key)
    except NoBase:
        return False
    return True


def base_file(reading: Reading, key: RingKey) -> Path | None:
    """The snapshot that the journal goes on from, None for empty tables. Raises ``NoBase``."""
    if not reading.base.kept:
        raise NoBase
    return None if reading.base.snapshot is None else _snapshot(reading, key)


def _base(reading: Reading, key: RingKey, target: Path) -> Engine:
    snapshot = base_file(reading, key)
    if snapshot is None:
        engines.make_database(target, key.data_key)
        engine = engines.open_engine(target, key.data_key)
        schema.upgrade(engine, reading.base.revision)
        return engine
    shutil.copyfile(snapshot, target)
    target.chmod(0o600)
    return engines.open_engine(target, key.data_key)


def _snapshot(reading: Reading, key: RingKey) -> Path:
    """The base itself, or another snapshot of the same history beside it."""
    named = Path(reading.base.snapshot or "")
    for path in (named, *_beside(named)):
        if (mark := _mark_of(path, key)) and reading.knows(mark):
            return path
    raise NoBase


def _beside(snapshot: Path) -> list[Path]:
    """Other snapshots that may serve as well: in the same folder, or later backups on the same shelf."""
    with contextlib.suppress(OSError):
        shelves = sorted(snapshot.parent.parent.glob(f"*/{snapshot.name}"), reverse=True)
        return [*snapshot.parent.glob(SNAPSHOTS), *shelves]
    return []


def _mark_of(path: Path, key: RingKey) -> Mark | None:
    """How far the snapshot at ``path`` had come; None if it is none that ``key`` opens."""
    try:
        with contextlib.closing(engines.connect_to_look(path, key.data_key)) as connection:
            return save_mark.read(connection)
    except (dbapi2.Error, OSError, TypeError, ValueError):
        return None


def _fill(engine: Engine, journal: Path, reading: Reading, key: RingKey) -> None:
    connection = engines.driver_connection(engine)
    done = save_mark.read(connection).counter
    with engines.foreign_keys_off(engine):
        connection.execute("BEGIN IMMEDIATE")
        try:
            for frame in journal_file.saves(journal, key):
                if frame.kind is Kind.TABLES:
                    _bring_tables(engine, connection, frame.body.decode())
                elif frame.counter > done:
                    images = row_images.unpacked(frame.body)
                    row_images.apply(connection, images)
                    row_images.outdate(connection, images)
            save_mark.write(connection, reading.mark)
            if not checks.references(connection):
                raise VaultDamaged
            connection.execute("COMMIT")
        except BaseException:
            with contextlib.suppress(dbapi2.Error):
                connection.execute("ROLLBACK")
            raise
    identity.write(connection, key.store, key.generation)
    engines.checkpoint(connection)
    if not checks.thorough(connection):
        raise VaultDamaged


def _bring_tables(engine: Engine, connection: Any, revision: str) -> None:
    if schema.reached(engines.revision(connection), revision):
        return
    connection.execute("COMMIT")
    schema.upgrade(engine, revision)
    connection.execute("PRAGMA foreign_keys = OFF")
    connection.execute("BEGIN IMMEDIATE")
