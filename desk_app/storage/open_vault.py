"""An open store: transactions in it, and the keys of its users."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, Self, TypeVar
from uuid import UUID, uuid4

from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session
from sqlcipher3 import dbapi2

from desk_app.domain import passphrase as passphrases
from desk_app.domain.errors import DiskFull, PassphraseTooWeak, WorldError, WrongPassphrase
from desk_app.storage import engine as engines
from desk_app.storage import (
    failures,
    high_water,
    identity,
    journal_file,
    keyfile,
    rebuilding,
    recovery_code,
    reserve,
    save_mark,
    store_folder,
)
from desk_app.storage import journal as journals
from desk_app.storage.failures import SaveUncertain
from desk_app.storage.journal import Journal
from desk_app.storage.keyfile import KeyFile
from desk_app.storage.lockfile import StoreLock
from desk_app.storage.sealing import SealBroken
from desk_app.storage.slots import Ring, RingKey, Slot, SlotKind

T = TypeVar("T")


class Vault:
    """The store while it is open. Made by ``vault.create`` and ``vault.unlock``; ends with ``close``.

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
        with self._serial, failures.told():
            try:
                with Session(self._engine, expire_on_commit=False) as session:
                    yield session
                    session.flush()
                    _commit(session)
            except BaseException:
                self._settle()
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
                    if not landed(session):
                        result = work(session)
        return result

    def _prepare_again(self, error: WorldError) -> None:
        if isinstance(error, SaveUncertain):
            self.reopen()
            if not failures.is_disk_full(error.__cause__):
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

        The save is durable already; a disk too full to carry it over loses nothing, the next one tries again.
        """
        with contextlib.suppress(dbapi2.OperationalError):
            engines.checkpoint(engines.driver_connection(self._engine))

    def add_user(self, name: str, passphrase: str, *, user_id: UUID | None = None) -> UUID:
        """Give another person a way in; returns the id to use for their row in the store.

        Raises ``PassphraseTooWeak`` or a ``WorldError`` of the disk.
        """
        require_strong(passphrase, name)
        owner = user_id or uuid4()
        with self._serial:
            self._put(Slot.make(owner, SlotKind.USER, name.strip(), passphrase, self._own_slot().kdf, self._key))
        return owner

    def change_passphrase(self, old: str, new: str) -> None:
        """Exchange the passphrase of the user who unlocked. Raises ``WrongPassphrase`` if ``old`` is not theirs."""
        with self._serial:
            try:
                self._own_slot().open(old, self.store_id, self._key.generation)
            except SealBroken as broken:
                raise WrongPassphrase from broken
            self.set_passphrase(self.user_id, new)

    def set_passphrase(self, user_id: UUID, new: str) -> None:
        """Give a user a new passphrase without knowing the old one, for somebody who has forgotten theirs."""
        with self._serial:
            slot = self._slot(user_id)
            require_strong(new, slot.name)
            self._put(Slot.make(user_id, SlotKind.USER, slot.name, new, slot.kdf, self._key))

    def new_recovery_code(self) -> str:
        """Replace the recovery code; the printed old one opens nothing from now on. Show the new one once."""
        code = recovery_code.new_recovery_code()
        with self._serial:
            previous = self._keys.newest.recovery_slot()
            self._put(
                Slot.for_recovery(recovery_code.understood(code), self._key, previous.id if previous else uuid4())
            )
        return code

    def remove_user(self, user_id: UUID) -> None:
        """Take a person's way in away and encrypt the whole store anew, so a kept copy of the old key is useless.

        Copies of the store made earlier stay readable to whoever had the key; nothing can change that.
        Killed at any point, the store opens afterwards with the old or the new key. Raises ``ValueError`` for the
        user who unlocked, who would lock themselves out.
        """
        if user_id == self.user_id:
            raise ValueError("users cannot remove themselves")
        with self._read_beside, self._serial, failures.told():
            self._slot(user_id)
            new = self._key.next()
            ring = self._keys.newest
            kept = Ring.signed(new, (slot.given(new) for slot in ring.slots if slot.id != user_id))
            keyfile.write(self.folder, KeyFile(self.store_id, (ring, kept)))
            try:
                engines.exchange_key(self._engine, new.data_key)
            finally:
                self._adopt_whichever_opens(((new, kept), (self._key, ring)))
            store_folder.forget_copies(self.folder)

    def recover(self, new_passphrase: str) -> str:
        """After unlocking by recovery code: a new passphrase for the user, a new code for the store (returned)."""
        self.set_passphrase(self.user_id, new_passphrase)
        return self.new_recovery_code()

    def _adopt_whichever_opens(self, choices: Iterable[tuple[RingKey, Ring]]) -> None:
        self._engine.dispose()
        for key, ring in choices:
            with contextlib.suppress(dbapi2.Error, DBAPIError):
                engine = engines.open_engine(self.folder / engines.NAME, key.data_key)
                exchanged = key.generation != self._key.generation
                self._key, self._engine = key, engine
                settle_generation(engine, key)
                if exchanged:
                    self._begin_journal()
                journals.attach(engine, self._journal)
                self._keep(ring)
                return

    def _begin_journal(self) -> None:
        """A journal under the new key; the snapshot behind it is under the new key as well."""
        path = self.folder / journal_file.NAME
        self._journal.close(orderly=False)
        rebuilding.begin_journal(self._engine, self.folder, self._key)
        self._journal = Journal(path, self._key, journal_file.read(path, self._key))

    def _own_slot(self) -> Slot:
        return self._slot(self.user_id)

    def _slot(self, user_id: UUID) -> Slot:
        slot = self._keys.newest.slot(user_id)
        if slot is None:
            raise ValueError("no such user")
        return slot

    def _put(self, slot: Slot) -> None:
        with failures.told():
            self._keep(self._keys.newest.with_slot(slot, self._key))

    def _keep(self, ring: Ring) -> None:
        keys = self._keys.with_ring(ring)
        keyfile.write(self.folder, keys)
        self._keys = keys


def _commit(session: Session) -> None:
    try:
        session.commit()
    except DBAPIError as error:
        if failures.as_world_error(error) is None:
            raise
        raise SaveUncertain from error


def settle_generation(engine: Engine, key: RingKey) -> None:
    """Note in the database which generation of the key it is encrypted with."""
    identity.write(engines.driver_connection(engine), key.store, key.generation)


def require_strong(passphrase: str, *names: str) -> None:
    """Raises ``PassphraseTooWeak`` with all reasons; ``names`` are of people and the centre, which anybody knows."""
    if reasons := passphrases.weaknesses(passphrase, names):
        raise PassphraseTooWeak(" ".join(reasons))
