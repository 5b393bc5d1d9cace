"""The one place that puts a desk together: which store, which user, which clock.

Window, command line and tests all start here, so none of them knows the vault. Modules that load SQLAlchemy are
imported inside the functions: the lock screen is painted before they are needed (``warm_up`` loads them behind it).
"""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from desk_app.domain.clock import Clock, system_clock
from desk_app.storage import roster
from desk_app.storage.roster import UserEntry

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    from desk_app.casework.backups import BackupEntry, Restored, Stage
    from desk_app.casework.desk import Desk, Work
    from desk_app.domain.centre import Centre
    from desk_app.domain.holder import Holder
    from desk_app.storage.sealing import Kdf
    from desk_app.storage.throttle import Throttle
    from desk_app.storage.vault import StoreState

__all__ = [
    "Door", "NewDesk", "UserEntry", "bring_back", "create", "has_battery", "keep_to_user",
    "known_names", "known_users", "protect", "recover", "state", "unlock", "user_entries", "warm_up",
]  # fmt: skip


class NewDesk(NamedTuple):
    """A desk that was just made or recovered, and the code to print: it is shown this once and kept nowhere."""

    desk: Desk
    recovery_code: str


def create(
    folder: Path,
    settings: Centre,
    user_name: str,
    passphrase: str,
    *,
    clock: Clock = system_clock,
    kdf: Kdf | None = None,
) -> NewDesk:
    """Make a store with its first user, the centre's settings and the directory of schools.

    Raises a ``WorldError`` and leaves nothing behind when the place or the passphrase will not do.
    """
    from desk_app.casework import centre, schools, users
    from desk_app.casework.desk import Desk
    from desk_app.domain.roles import Role
    from desk_app.storage import vault

    made = vault.create(
        folder, centre_name=settings.name, user_name=user_name, passphrase=passphrase, kdf=kdf, clock=clock
    )
    desk = Desk(made.vault, made.user_id, clock)

    def fill(work: Work) -> None:
        users.add(work, made.user_id, user_name.strip(), Role.LEAD)
        centre.save(work, settings)
        schools.add_shipped(work)

    desk.do(fill)
    return NewDesk(desk, made.recovery_code)


def unlock(folder: Path, user: UUID, passphrase: str, *, clock: Clock = system_clock) -> Desk:
    """Raises ``WrongPassphrase``, ``TooSoon``, ``VaultBusy`` or another ``WorldError``; then the store is unchanged."""
    from desk_app.casework import users
    from desk_app.casework.desk import Desk
    from desk_app.storage import vault
    from desk_app.storage.throttle import Throttle

    throttle = Throttle(folder, clock)
    with throttle.attempt(user):
        opened = vault.unlock(folder, user, passphrase, clock=clock)
    return _greeted(users.seat(Desk(opened, user, clock)), throttle)


def recover(folder: Path, user: UUID, code: str, new_passphrase: str, *, clock: Clock = system_clock) -> NewDesk:
    """Open the store with the printed recovery code; the user gets a new passphrase and the store a new code."""
    from desk_app.casework import users
    from desk_app.casework.desk import Desk
    from desk_app.storage import vault
    from desk_app.storage.throttle import CODE, Throttle

    throttle = Throttle(folder, clock)
    with throttle.attempt(CODE):
        found = vault.unlock_with_recovery(folder, user, code, new_passphrase, clock=clock)
    desk = users.note_recovered(Desk(found.vault, user, clock))
    return NewDesk(_greeted(desk, throttle), found.recovery_code)


def bring_back(
    folder: Path,
    backup: Path,
    user: UUID,
    passphrase: str,
    *,
    tell: Callable[[Stage], None] = lambda _stage: None,
    clock: Clock = system_clock,
) -> Restored:
    """Put the store in ``folder`` back to a backup; raises what ``backups.bring_back`` does, and ``TooSoon``."""
    from desk_app.casework import backups
    from desk_app.storage.throttle import Throttle

    with Throttle(backup, clock).attempt(user):
        return backups.bring_back(folder, backup, user, passphrase, tell=tell, clock=clock)


def _greeted(desk: Desk, throttle: Throttle) -> Desk:
    """Have the user told once of a wrong clock and of what failed since their last success, which is noted as well."""
    from desk_app.casework import door
    from desk_app.domain.errors import WorldError
    from desk_app.presenters.unlock import failed_tries
    from desk_app.storage.throttle import CODE

    desk.keep_notices()
    if behind := desk.do(door.clock_behind)[0]:
        desk.vault.notices += (behind,)
    _make_findable(desk)
    own, codes = throttle.tries(desk.user), throttle.tries(CODE)
    if own.count or codes.count:
        try:
            desk.do(lambda work: door.note_failed_tries(work, own.count + codes.count, (*own.times, *codes.times)))
        except WorldError:
            return desk  # a full disk keeps nobody out: it is noted and told the next time
        except BaseException:
            desk.close()
            raise
        throttle.forget(desk.user, CODE)
        desk.vault.notices += (failed_tries(own, codes, desk.clock()),)
    return desk


class Door:
    """One store as the lock screen needs it."""

    def __init__(self, folder: Path, clock: Clock = system_clock) -> None:
        self._folder = folder
        self._clock = clock

    def unlock(self, user: UUID, passphrase: str) -> Desk:
        return unlock(self._folder, user, passphrase, clock=self._clock)

    def recover(self, user: UUID, code: str, new_passphrase: str) -> NewDesk:
        return recover(self._folder, user, code, new_passphrase, clock=self._clock)

    def seconds_left(self, user: UUID, place: Path | None = None) -> int:
        """How long the next try has to wait after wrong ones, at the store or at a backup of it in ``place``."""
        from desk_app.storage.throttle import Throttle

        return Throttle(place or self._folder, self._clock).seconds_left(user)

    def code_seconds_left(self) -> int:
        """The same for the recovery code."""
        from desk_app.storage.throttle import CODE, Throttle

        return Throttle(self._folder, self._clock).seconds_left(CODE)

    def holder(self) -> Holder | None:
        """Who has the store open, if it is open and known; this process aside."""
        from desk_app.storage import lockfile

        found = lockfile.holder(self._folder)
        return None if found is None or found.own else found

    def backups(self) -> list[BackupEntry]:
        """The backups of this store in the places that are remembered, newest first."""
        from desk_app.casework import door

        return door.backups_of(self._folder)

    def backups_in(self, shelf: Path) -> list[BackupEntry]:
        """The backups in another folder that may be brought back here, newest first."""
        from desk_app.casework import door

        return door.within(self._folder, shelf)

    def people(self, backup: Path) -> list[UserEntry]:
        """Who can open a backup. Raises a ``WorldError``."""
        from desk_app.casework import backups

        return backups.people(backup)

    def bring_back(self, backup: Path, user: UUID, passphrase: str, tell: Callable[[Stage], None]) -> Restored:
        return bring_back(self._folder, backup, user, passphrase, tell=tell, clock=self._clock)


def state(folder: Path) -> StoreState:
    """What lies in ``folder``: nothing, a store, one that is open elsewhere, or one that is not whole."""
    from desk_app.storage import vault

    return vault.status(folder)


def user_entries(folder: Path) -> list[UserEntry]:
    """Who can unlock the store, with every check of the key file; raises a ``WorldError`` when it does not hold."""
    from desk_app.storage import vault

    return vault.list_users(folder)


def known_names(folder: Path) -> tuple[tuple[str, str], ...]:
    """Key and name of who may sit down here, at once; empty where no store can be read."""
    return roster.names(folder)


def known_users(folder: Path) -> tuple[UserEntry, ...]:
    """Who may sit down here, quickly; empty where no store can be read."""
    return roster.read(folder)


def _make_findable(desk: Desk) -> None:
    """Work out the search keys of families that have none: after an update, or when the store had to be mended.

    Only as many as nobody has to wait for; the desk does the others while it is in use.
    """
    from desk_app.casework import search_index
    from desk_app.domain.errors import WorldError

    with contextlib.suppress(WorldError):  # a full disk keeps nobody out: it is tried again the next time
        desk.do(lambda work: search_index.catch_up(work.session, search_index.A_FEW))


def warm_up() -> None:
    """Load what unlocking needs, for a thread behind the lock screen."""
    from desk_app.casework import warm

    warm.up()


def keep_to_user() -> None:
    """What is written from here on can be read by this user alone, and nothing of the memory is written."""
    from desk_app.storage import process

    process.keep_to_user()


def protect(log_folder: Path) -> None:
    """Let nobody else look into the memory, and keep crashes of native code out of sight of others."""
    from desk_app.storage import process

    process.protect_process(log_folder / "absturz.log")


def has_battery() -> bool:
    """Whether this machine can be carried away while it runs; then the desk locks sooner."""
    from desk_app.storage import process

    return process.has_battery()
