"""The one place that puts a desk together: which store, which user, which clock.

Window, command line and tests all start here, so none of them knows the vault. Modules that load SQLAlchemy are
imported inside the functions: the lock screen is painted before they are needed (``warm_up`` loads them behind it).
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from desk_app.domain.clock import Clock, system_clock
from desk_app.storage import roster
from desk_app.storage.roster import UserEntry

if TYPE_CHECKING:
    from uuid import UUID

    from desk_app.casework.desk import Desk, Work
    from desk_app.domain.centre import Centre
    from desk_app.storage.sealing import Kdf
    from desk_app.storage.vault import StoreState

__all__ = [
    "NewDesk", "UserEntry", "create", "known_names", "known_users", "protect", "recover", "state", "unlock",
    "user_entries", "warm_up",
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
    """Raises ``WrongPassphrase``, ``VaultBusy`` or another ``WorldError``; then nothing was changed."""
    from desk_app.casework import users
    from desk_app.casework.desk import Desk
    from desk_app.storage import vault

    return users.seat(Desk(vault.unlock(folder, user, passphrase, clock=clock), user, clock))


def recover(folder: Path, user: UUID, code: str, new_passphrase: str, *, clock: Clock = system_clock) -> NewDesk:
    """Open the store with the printed recovery code; the user gets a new passphrase and the store a new code."""
    from desk_app.casework import users
    from desk_app.casework.desk import Desk
    from desk_app.storage import vault

    found = vault.unlock_with_recovery(folder, user, code, new_passphrase, clock=clock)
    return NewDesk(users.note_recovered(Desk(found.vault, user, clock)), found.recovery_code)


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


def warm_up() -> None:
    """Load what unlocking needs, for a thread behind the lock screen."""
    from desk_app.casework import warm

    warm.up()


def protect(log_folder: Path) -> None:
    """Keep what is in memory out of core files, and crashes of native code out of sight of others."""
    from desk_app.storage import process

    process.protect_process(log_folder / "absturz.log")
