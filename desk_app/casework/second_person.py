"""The yes of a second person, given with their own passphrase at somebody else's desk."""

from __future__ import annotations

from uuid import UUID

from desk_app.casework.desk import Work
from desk_app.domain import roles
from desk_app.domain.errors import SecondPersonNeeded
from desk_app.domain.roles import Role
from desk_app.i18n import _
from desk_app.storage.tables import User
from desk_app.storage.throttle import Throttle


def candidates(work: Work, deed: str) -> tuple[tuple[UUID, str], ...]:
    """Who could agree to a deed: everybody else who may do it and has a passphrase of their own, by name."""
    keys = {slot.id for slot in work.vault.people if not slot.one_time}
    known = {key: row for key in keys - {work.user} if (row := work.session.get(User, key)) is not None}
    found = [(key, row.name) for key, row in known.items() if _may(row, deed)]
    return tuple(sorted(found, key=lambda person: person[1].casefold()))


def require(work: Work, deed: str, given: tuple[UUID, str] | None) -> UUID:
    """The id of who agreed to the deed; ``given`` is whom it was asked of and their passphrase.

    Guessing is slowed down as at the lock screen, and its owner is told of it the next time they sign in. Raises
    ``SecondPersonNeeded``, ``WrongPassphrase`` or ``TooSoon``.
    """
    if given is None:
        raise SecondPersonNeeded
    person, passphrase = given
    if person == work.user:
        raise SecondPersonNeeded(
            _(
                "Die zweite Person muss jemand anderes sein als Sie. Es wurde nichts übermittelt. "
                "Bitte holen Sie jemanden dazu, oder senden Sie verschlüsselt."
            )
        )
    if all(person != key for key, _name in candidates(work, deed)):
        raise SecondPersonNeeded(
            _(
                "Diese Person darf dem nicht zustimmen: Dafür braucht es das Recht zu übermitteln und eine eigene "
                "Passphrase. Es wurde nichts übermittelt. Bitte fragen Sie jemand anderen, oder senden Sie "
                "verschlüsselt."
            )
        )
    with Throttle(work.vault.folder, lambda: work.now).attempt(person):
        work.vault.vouch(person, passphrase)
    return person


def _may(row: User, deed: str) -> bool:
    return row.removed_at is None and roles.may(Role(row.role), deed)
