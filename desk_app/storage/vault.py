"""The store as a whole: make it, open it, work in it, hand out and take back its keys, close it.

Opening changes nothing until the passphrase has opened a key slot, the key has opened the database, and the
database has shown that it belongs to that key file and to this version of the program.
"""

from __future__ import annotations

import contextlib
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Final
from uuid import UUID, uuid4

from desk_app.domain.errors import (
    StoreError,
    VaultDamaged,
    VaultExists,
    VaultMissing,
    WorldError,
    WrongPassphrase,
)
from desk_app.i18n import N_, _
from desk_app.storage import engine as engines
from desk_app.storage import (
    failures,
    high_water,
    journal_file,
    keyfile,
    lockfile,
    place,
    recovery_code,
    save_mark,
    schema,
    sealing,
    store_folder,
)
from desk_app.storage import journal as journals
from desk_app.storage.engine import Found
from desk_app.storage.journal_file import Base
from desk_app.storage.keyfile import KeyFile
from desk_app.storage.open_vault import Vault, require_strong, settle_generation
from desk_app.storage.opening import Opening
from desk_app.storage.roster import UserEntry
from desk_app.storage.sealing import Kdf, SealBroken
from desk_app.storage.slots import Ring, RingKey, Slot, SlotKind

__all__ = [
    "Created",
    "Recovered",
    "StoreState",
    "UserEntry",
    "Vault",
    "create",
    "list_users",
    "status",
    "unlock",
    "unlock_with_recovery",
]

Clock = Callable[[], datetime]
Choose = Callable[[Ring], Slot | None]

_KEYS_ALTERED: Final = N_(
    "Die Schlüsseldatei wurde außerhalb von Trittstein verändert. Am Datenbestand wurde nichts geändert. "
    "Bitte holen Sie die letzte Sicherung zurück und sagen Sie Ihrer Technik Bescheid."
)
_KEYS_MENDED: Final = N_(
    "Eine der beiden Kopien der Schlüsseldatei fehlte oder war nicht lesbar. Sie wurde aus der anderen erneuert."
)
_NO_SUCH_CODE: Final = N_(
    "Dieser Wiederherstellungscode gehört nicht zu diesem Datenbestand oder wurde schon ersetzt. "
    "An den Daten wurde nichts geändert. Bitte nehmen Sie den neuesten Ausdruck."
)


class StoreState(StrEnum):
    """What lies in a folder, as the start page needs to know it."""

    MISSING = "missing"
    READY = "ready"
    BUSY = "busy"
    INCOMPLETE = "incomplete"
    """Something of a store is there, but not all of it: never to be treated as an empty place."""


@dataclass(frozen=True, slots=True)
class Created:
    """A new store, opened, and the code to print: it is shown this once and kept nowhere."""

    vault: Vault
    user_id: UUID
    recovery_code: str


@dataclass(frozen=True, slots=True)
class Recovered:
    """A store opened by its recovery code, and the new code that takes its place."""

    vault: Vault
    recovery_code: str


def now() -> datetime:
    """This instant in UTC."""
    return datetime.now(UTC)


def status(folder: Path) -> StoreState:
    """What lies in ``folder``. Leaves no trace."""
    with failures.told():
        if not store_folder.has_traces(folder):
            return StoreState.MISSING
        if lockfile.is_held(folder):
            return StoreState.BUSY
        try:
            store_folder.require_whole(folder)
        except WorldError:
            return StoreState.INCOMPLETE
        return StoreState.READY


def list_users(folder: Path) -> list[UserEntry]:
    """Who can unlock the store in ``folder``, in the order they were added.

    Raises ``VaultMissing``, ``VaultDamaged`` or ``VaultTooNew``.
    """
    with failures.told():
        if not store_folder.has_traces(folder):
            raise VaultMissing
        ring = keyfile.read_all(folder)[0].newest
    return [UserEntry(slot.id, slot.name, slot.last_unlock) for slot in ring.slots if slot.kind is SlotKind.USER]


def create(
    folder: Path, *, centre_name: str, user_name: str, passphrase: str, kdf: Kdf | None = None, clock: Clock = now
) -> Created:
    """Make a store in ``folder`` (made if need be), with its first user, and open it.

    ``kdf`` is the cost of a guess; without it this machine is measured. The names serve the check of the
    passphrase; the centre's name is not written here. Raises ``StorePlaceRefused``, ``VaultExists``,
    ``PassphraseTooWeak`` or another ``WorldError``; then nothing is left behind.
    """
    place.check(folder)
    require_strong(passphrase, centre_name, user_name)
    with failures.told(), contextlib.ExitStack() as undo:
        if not folder.exists():
            undo.callback(_remove_if_empty, folder)
            keyfile.make_folder(folder)
        lock = lockfile.StoreLock(folder)
        undo.callback(lock.release, traceless=True)
        if store_folder.has_traces(folder):
            raise VaultExists
        key = RingKey(uuid4(), 0, b"").next()
        user_id, code = uuid4(), recovery_code.new_recovery_code()
        slots = (
            Slot.make(user_id, SlotKind.USER, user_name.strip(), passphrase, kdf or sealing.calibrate(), key),
            Slot.for_recovery(recovery_code.understood(code), key, uuid4()),
        )
        keys = KeyFile(key.store, (Ring.signed(key, slots),)).unlocked_by(user_id, clock())
        _build(folder, keys, key, undo)
        engine, journal = Opening(folder, key, clock).open(engines.probe(folder / engines.NAME, key.data_key))
        lock.sign(user_name.strip(), clock().isoformat())
        undo.pop_all()
    return Created(Vault(folder, user_id, keys, key, engine, journal, lock), user_id, code)


def unlock(folder: Path, user_id: UUID, passphrase: str, *, clock: Clock = now) -> Vault:
    """Open the store in ``folder`` for a user.

    Raises ``VaultMissing``, ``VaultBusy``, ``WrongPassphrase``, ``VaultDamaged``, ``VaultTooNew`` or another
    ``WorldError``; then no file has been created, changed or deleted.
    """
    return _open(folder, user_id, lambda ring: ring.slot(user_id), passphrase, clock)


def unlock_with_recovery(
    folder: Path, user_id: UUID, code: str, new_passphrase: str, *, clock: Clock = now
) -> Recovered:
    """Open the store with the printed code, give the user a new passphrase and the store a new code.

    Raises ``RecoveryCodeMistyped`` for a typing error, ``WrongPassphrase`` for a code that is not this store's
    or was replaced, ``PassphraseTooWeak``, and what ``unlock`` raises.
    """
    letters = recovery_code.understood(code)
    names = [user.name for user in list_users(folder) if user.id == user_id]
    if not names:
        raise ValueError("no such user")
    require_strong(new_passphrase, *names)
    try:
        vault = _open(folder, user_id, Ring.recovery_slot, letters, clock)
    except WrongPassphrase as foreign:
        raise WrongPassphrase(_(_NO_SUCH_CODE)) from foreign
    try:
        return Recovered(vault, vault.recover(new_passphrase))
    except BaseException:
        vault.close()
        raise


def _open(folder: Path, user_id: UUID, choose: Choose, secret: str, clock: Clock) -> Vault:
    with failures.told(), contextlib.ExitStack() as undo:
        place.check(folder)
        store_folder.require_whole(folder)
        lock = lockfile.StoreLock(folder)
        undo.callback(lock.release, traceless=True)
        keys, ring, key, found = _matching(folder, choose, secret)
        opening = Opening(folder, key, clock, new_key=len(keys.rings) > 1)
        engine, journal = opening.open(found)
        undo.callback(engine.dispose)
        undo.callback(journal.close, orderly=False)
        if len(keys.rings) > 1:
            settle_generation(engine, key)
        if keyfile.copies(folder) < keyfile.COPIES:
            opening.notices.append(_(_KEYS_MENDED))
        if words := high_water.words(key, journal.mark.counter):
            opening.notices.append(words)
        keys = keys.with_ring(ring).unlocked_by(user_id, clock())
        with contextlib.suppress(OSError):  # a full disk must not keep anybody out; both copies are sound as they are
            keyfile.write(folder, keys)
        lock.sign(next((slot.name for slot in ring.slots if slot.id == user_id), ""), clock().isoformat())
        undo.pop_all()
    return Vault(folder, user_id, keys, key, engine, journal, lock, notices=tuple(opening.notices))


def _matching(folder: Path, choose: Choose, secret: str) -> tuple[KeyFile, Ring, RingKey, Found | StoreError]:
    """The first copy of the key file and ring in it whose slot opens and whose key opens the database.

    Also what the database says of itself. If none opens it, the first whose key opens the journal, and what is wrong
    with the database. Of several refusals the one nearest to success is raised.
    """
    refusal: StoreError = WrongPassphrase()
    instead: tuple[KeyFile, Ring, RingKey, StoreError] | None = None
    for keys in keyfile.read_all(folder):
        for ring in keys.rings:
            slot = choose(ring)
            try:
                if slot is None:
                    continue
                key = slot.open(secret, keys.store, ring.generation)
            except SealBroken:
                continue
            try:
                ring.check(key)
            except SealBroken:
                refusal = VaultDamaged(_(_KEYS_ALTERED))
                continue
            try:
                return keys, ring, key, _found(folder, keys, key)
            except _Unopened as unopened:
                refusal = unopened.reason
                still_in = choose(keys.newest) is not None  # else removing somebody could be undone by half a crash
                if instead is None and still_in and journal_file.opens(folder / journal_file.NAME, key):
                    instead = (keys, ring, key, refusal)
            except VaultDamaged as foreign:
                refusal = foreign
    if instead is not None:
        return instead
    raise refusal


class _Unopened(Exception):
    """The database cannot be read with this key at all."""

    def __init__(self, reason: StoreError) -> None:
        self.reason = reason


def _found(folder: Path, keys: KeyFile, key: RingKey) -> Found:
    """What the database behind ``key`` says. Raises ``_Unopened``, or ``VaultDamaged`` if it belongs elsewhere."""
    if fault := store_folder.database_fault(folder):
        raise _Unopened(fault)
    try:
        with failures.told():
            found = engines.probe(folder / engines.NAME, key.data_key)
    except VaultDamaged as unread:
        raise _Unopened(unread) from unread
    # while keys are exchanged the database may still, or already, note the other generation
    if found.store != keys.store or found.generation not in {ring.generation for ring in keys.rings}:
        raise VaultDamaged(_(failures.FOREIGN_DATABASE))
    return found


def _build(folder: Path, keys: KeyFile, key: RingKey, undo: contextlib.ExitStack) -> None:
    """Make the files in a folder of their own and move them in, the key file last: half a store never shows."""
    with tempfile.TemporaryDirectory(prefix=".trittstein-neu-", dir=folder) as made:
        draft = Path(made)
        engines.make_database(draft / engines.NAME, key.data_key)
        engine = engines.open_engine(draft / engines.NAME, key.data_key)
        try:
            schema.upgrade(engine)
            settle_generation(engine, key)
        finally:
            engine.dispose()
        journals.begin(draft / journal_file.NAME, key, Base(save_mark.START, schema.HEAD))
        keyfile.write(draft, keys)
        for name in (journal_file.NAME, engines.NAME, keyfile.COPY_NAME, keyfile.NAME):
            undo.callback((folder / name).unlink, missing_ok=True)
            (draft / name).rename(folder / name)
    keyfile.sync_folder(folder)


def _remove_if_empty(folder: Path) -> None:
    with contextlib.suppress(OSError):
        folder.rmdir()
