"""The store while it is open: transactions in it, each written to the journal before it is confirmed."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Self, TypeVar
from uuid import UUID

from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session
from sqlcipher3 import dbapi2

from desk_app.domain.errors import DiskFull, WorldError
from desk_app.storage import append_only, failures, high_water, rebuilding, reserve, save_mark
from desk_app.storage import engine as engines
from desk_app.storage import journal as journals
from desk_app.storage.failures import SaveUncertain
from desk_app.storage.journal import Journal
from desk_app.storage.keyfile import KeyFile
from desk_app.storage.lockfile import StoreLock
from desk_app.storage.slots import RingKey

T = TypeVar("T")


class OpenStore:
    """A store while it is open: one connection, one journal, one lock; ends with ``close``.

    It may be used from any thread, one at a time: it has a single connection, and a second caller waits.
    """

    def __init__(
        self,
        folder: Path,
        user_id: UUID,
        keys: KeyFile,
        key: RingKey,
        engine: Engine,
        journal: Journal,
        lock: StoreLock,
        *,
        notices: tuple[str, ...] = (),
    ) -> None:
        self.folder = folder
        self.user_id = user_id
        self.store_id = key.store
        self._keys = keys
        self._key = key
        self._engine = engine
        self._journal = journal
        self._lock = lock
        self.notices = notices
        """What was found and put right at opening, in German sentences to show and to keep."""
        self._serial = threading.RLock()
        self._read_beside = threading.RLock()
        self._closed = False
        self._began_at = journal.mark
        journals.attach(engine, journal)
        append_only.attach(engine)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    @property
    def engine(self) -> Engine:
        """The engine over the one connection, for bringing the tables up to date and for health checks."""
        return self._engine

    def close(self) -> None:
        """Carry everything into the one database file and let others open the store."""
        with self._read_beside, self._serial:
            if self._closed:
                return
            self._closed = True
            self._settle()
            if self._journal.mark != self._began_at or not high_water.words(self._key, self._began_at.counter):
                high_water.note(self._key, self._journal.mark.counter)
            with contextlib.suppress(dbapi2.Error, DBAPIError):
                engines.checkpoint(engines.driver_connection(self._engine))
            self._engine.dispose()
            self._journal.close()
            self._lock.release()

    @contextlib.contextmanager
    def session(self) -> Iterator[Session]:
        """One transaction: committed durably at the end of the block, rolled back if it raises.

        Raises ``WorldError`` subclasses for the world's faults. ``SaveUncertain`` means that the commit failed yet
        may have happened; ``save`` deals with that by itself.
        """
        with self._serial, failures.told_of_database():
            try:
                with Session(self._engine, expire_on_commit=False) as session:
                    yield session
                    with failures.told():
                        session.flush()
                        _commit(session)
            except BaseException as error:
                if isinstance(error, SaveUncertain):
                    self.reopen()  # the old connection may still be inside the transaction
                self._settle()
                if isinstance(error, SaveUncertain) and self._surely_full(error):
                    raise DiskFull from error
                raise
            self._journal.confirmed()
            self._carry_over()

    def save(self, work: Callable[[Session], T], *, landed: Callable[[Session], bool]) -> T:
        """Do ``work`` in one transaction, exactly once even if the commit reports an error.

        A commit that returned an error may have happened all the same. Then the store is opened anew, ``landed``
        looks the work up by a UUID fixed beforehand, and only if it is not there ``work`` is done once more. On a full
        disk the reserve is given up, if there is one, and the work is done with that.
        """
        with self._serial:
            try:
                with self.session() as session:
                    result = work(session)
            except (SaveUncertain, DiskFull) as error:
                self._prepare_again(error)
                with self.session() as session:
                    with _as_uncertain_as(error):
                        there = landed(session)
                    if not there:
                        result = work(session)
        return result

    def _surely_full(self, error: SaveUncertain) -> bool:
        """Whether the disk was full and the store, asked since, does not have the save: then nothing is uncertain."""
        return failures.is_disk_full(error.__cause__) and not self._journal.in_doubt

    def _prepare_again(self, error: WorldError) -> None:
        if isinstance(error, SaveUncertain) and not failures.is_disk_full(error.__cause__):
            return
        if not reserve.release(self.folder) and isinstance(error, DiskFull):
            raise error

    def reopen(self) -> None:
        """Throw the connection away and take a fresh one, as after any error of the disk."""
        with self._serial:
            self._engine.dispose()

    @property
    def key(self) -> RingKey:
        """The key everything of this store is sealed with. Never written, logged or shown."""
        return self._key

    @property
    def keys(self) -> KeyFile:
        """The key file in force."""
        return self._keys

    @contextlib.contextmanager
    def beside(self) -> Iterator[Any]:
        """A second connection of the driver that only reads, for a backup on another thread while saves go on.

        Closing the store and exchanging its key wait until it is done. Raises driver errors.
        """
        with self._read_beside:
            if self._closed:
                raise RuntimeError("the store is closed")
            connection = engines.open_reader(self.folder / engines.NAME, self._key.data_key)
            try:
                yield connection
            finally:
                connection.close()
                with self._serial:
                    self._carry_over()  # what was saved meanwhile had to wait in the log

    @contextlib.contextmanager
    def holding_still(self) -> Iterator[None]:
        """Nothing is saved inside the block; saves wait."""
        with self._serial:
            yield

    def rotate_journal(self, snapshot: Path) -> None:
        """Let the journal go on from ``snapshot``, the database file of a backup that was just proven.

        Saves made since move along; everything before, deleted records included, is no longer in the journal. May be
        called from another thread. Raises ``ValueError`` for a snapshot of another history, ``OSError``, or errors of
        the driver; then the journal is as it was.
        """
        rebuilding.rotate(self._journal, snapshot, self.folder, self._key)

    def _settle(self) -> None:
        """Ask a fresh connection whether the last save happened, and make the journal say the same.

        What cannot be settled now, because the disk fails, is settled before the next save is written.
        """
        if not self._journal.in_doubt:
            return
        self.reopen()
        with contextlib.suppress(dbapi2.Error, DBAPIError, OSError, WorldError):
            self._journal.settle(save_mark.read(engines.driver_connection(self._engine)))

    def _carry_over(self) -> None:
        """Empty the write-ahead log, so that a copy of the database file alone holds every confirmed save.

        The save is durable already; where the disk is too full to carry it over, or a backup is reading, nothing is
        lost and the next one tries again.
        """
        with contextlib.suppress(dbapi2.Error, DBAPIError):
            engines.checkpoint(engines.driver_connection(self._engine))


@contextlib.contextmanager
def _as_uncertain_as(before: WorldError) -> Iterator[None]:
    """Whether a save happened that cannot be looked up stays uncertain, whatever keeps from looking."""
    try:
        yield
    except (DBAPIError, dbapi2.Error, WorldError) as error:
        if isinstance(before, SaveUncertain):
            raise SaveUncertain from error
        raise


def _commit(session: Session) -> None:
    try:
        session.commit()
    except DBAPIError as error:
        if failures.as_world_error(error) is None:
            raise
        raise SaveUncertain from error
