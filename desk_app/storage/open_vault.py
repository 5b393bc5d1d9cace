"""An open store with the keys of its users: who can open it, and who no longer can."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable
from dataclasses import replace
from uuid import UUID, uuid4

from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError
from sqlcipher3 import dbapi2

from desk_app.domain import passphrase as passphrases
from desk_app.domain.errors import PassphraseTooWeak, WrongPassphrase
from desk_app.i18n import _
from desk_app.storage import engine as engines
from desk_app.storage import (
    failures,
    identity,
    journal_file,
    keyfile,
    rebuilding,
    recovery_code,
    store_folder,
)
from desk_app.storage import journal as journals
from desk_app.storage.journal import Journal
from desk_app.storage.keyfile import KeyFile
from desk_app.storage.open_store import OpenStore
from desk_app.storage.sealing import SealBroken
from desk_app.storage.slots import Ring, RingKey, Slot, SlotKind


class Vault(OpenStore):
    """An open store and the keys of its users. Made by ``vault.create`` and ``vault.unlock``."""

    @property
    def people(self) -> tuple[Slot, ...]:
        """Everybody who has a way in, in the order they were added."""
        return tuple(slot for slot in self._keys.newest.slots if slot.kind is SlotKind.USER)

    @property
    def one_time(self) -> bool:
        """Whether the user who unlocked has to choose a passphrase that nobody else knows."""
        return self._own_slot().one_time

    def add_user(self, name: str, passphrase: str, *, user_id: UUID | None = None, one_time: bool = False) -> UUID:
        """Give another person a way in; returns the id to use for their row in the store.

        Raises ``PassphraseTooWeak`` or a ``WorldError`` of the disk.
        """
        require_strong(passphrase, name)
        owner = user_id or uuid4()
        with self._serial:
            slot = Slot.make(owner, SlotKind.USER, name.strip(), passphrase, self._own_slot().kdf, self._key)
            self._put(replace(slot, one_time=one_time))
        return owner

    def change_passphrase(self, old: str, new: str) -> None:
        """Exchange the passphrase of the user who unlocked. Raises ``WrongPassphrase`` if ``old`` is not theirs."""
        with self._serial:
            try:
                self._own_slot().open(old, self.store_id, self._key.generation)
            except SealBroken as broken:
                raise WrongPassphrase from broken
            self.set_passphrase(self.user_id, new)

    def set_passphrase(self, user_id: UUID, new: str, *, one_time: bool = False) -> None:
        """Give a user a new passphrase without knowing the old one, for somebody who has forgotten theirs."""
        with self._serial:
            slot = self._slot(user_id)
            require_strong(new, slot.name)
            made = Slot.make(user_id, SlotKind.USER, slot.name, new, slot.kdf, self._key)
            self._put(replace(made, one_time=one_time, last_unlock=slot.last_unlock))

    def choose_passphrase(self, new: str) -> None:
        """A passphrase of one's own in place of the one-time one. Raises ``PassphraseTooWeak`` for that very one.

        Raises ``ValueError`` where the passphrase is no one-time one: then the old one has to be asked for.
        """
        with self._serial:
            slot = self._own_slot()
            if not slot.one_time:
                raise ValueError("not a one-time passphrase")
            with contextlib.suppress(SealBroken):
                slot.open(new, self.store_id, self._key.generation)
                raise PassphraseTooWeak(_("Das ist noch die Einmal-Passphrase. Bitte wählen Sie eine eigene."))
            self.set_passphrase(self.user_id, new)

    def vouch(self, user_id: UUID, passphrase: str) -> None:
        """Whether somebody who has a way in gave their passphrase, although another one unlocked the store.

        Raises ``WrongPassphrase``, and ``ValueError`` for somebody who has no way in or still a one-time passphrase,
        which somebody else knows as well.
        """
        slot = self._slot(user_id)
        if slot.one_time:
            raise ValueError("a one-time passphrase vouches for nobody")
        try:
            slot.open(passphrase, self.store_id, self._key.generation)
        except SealBroken as broken:
            raise WrongPassphrase from broken

    def rename_user(self, user_id: UUID, name: str) -> None:
        """Let the lock screen show another name; the passphrase stays."""
        with self._serial:
            self._put(replace(self._slot(user_id), name=name.strip()))

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


def settle_generation(engine: Engine, key: RingKey) -> None:
    """Note in the database which generation of the key it is encrypted with."""
    identity.write(engines.driver_connection(engine), key.store, key.generation)


def require_strong(passphrase: str, *names: str) -> None:
    """Raises ``PassphraseTooWeak`` with all reasons; ``names`` are of people and the centre, which anybody knows."""
    if reasons := passphrases.weaknesses(passphrase, names):
        raise PassphraseTooWeak(" ".join(reasons))
