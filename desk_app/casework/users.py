"""Staff as the files name them. Keys and passphrases are the vault's matter, see ``casework.people``."""

from __future__ import annotations

import contextlib
from typing import Final
from uuid import UUID

from sqlalchemy import select

from desk_app.casework import placement_stale
from desk_app.casework.desk import Desk, Work
from desk_app.domain.errors import NotAllowed, WorldError
from desk_app.domain.roles import Role
from desk_app.i18n import _
from desk_app.storage.ready import Ready
from desk_app.storage.tables import Household, User

_STAFF: Final = Ready(select(User.id, User.name, User.removed_at.is_not(None)).order_by(User.name))


def add(work: Work, user: UUID, name: str, role: Role) -> None:
    """Make a user known to the files under the id of their key slot."""
    work.session.add(User(id=user, name=name, role=role, **work.made))
    work.session.flush()
    work.note("user.added", "user", user, ["name", "role"], touched="users")


def rename(work: Work, user: UUID, name: str) -> None:
    """What the files call somebody from now on, in old entries too. Raises ``KeyError`` for somebody unknown."""
    row = _row(work, user)
    row.name = name
    work.touch(row)
    work.note("user.renamed", "user", user, ["name"], touched="users")


def set_role(work: Work, user: UUID, role: Role) -> None:
    """Give somebody another role. Nobody changes their own, so whoever may do this stays: a Leitung never ends.

    Raises ``NotAllowed`` for oneself and ``KeyError`` for somebody unknown.
    """
    if user == work.user:
        raise NotAllowed(
            _("Die eigene Rolle kann niemand ändern. Es wurde nichts geändert. Bitte fragen Sie eine andere Leitung.")
        )
    row = _row(work, user)
    row.role = role
    work.touch(row)
    work.note("user.role_changed", "user", user, ["role"], touched="users")


def remove(work: Work, user: UUID) -> None:
    """Take somebody out of the list of people; the row stays, so that old entries keep their author.

    Raises ``NotAllowed`` for oneself, so a Leitung always stays, and ``KeyError`` for somebody unknown.
    """
    if user == work.user:
        raise NotAllowed(
            _("Sich selbst kann niemand entfernen. Es wurde nichts geändert. Bitte fragen Sie eine andere Leitung.")
        )
    row = rows(work)[user]
    row.removed_at = work.now
    work.touch(row)
    # what rules have looked at again in these families becomes everybody's
    families = select(Household.id).where(Household.counsellor == str(user))
    placement_stale.outdate(work.session, list(work.session.scalars(families)))
    work.note("user.removed", "user", user, touched="users")


def reset(work: Work, user: UUID) -> str:
    """Note that somebody is being given a one-time passphrase; their name. Raises ``KeyError`` for somebody unknown."""
    row = _row(work, user)
    work.note("user.reset", "user", user, touched="users")
    return row.name


def seat(desk: Desk) -> Desk:
    """The desk, once its user may sit there, see ``admit``; else it is closed and ``NotAllowed`` raised.

    Afterwards the desk knows the role of its user, so the window need not wait for it.
    """
    name = next((slot.name for slot in desk.vault.people if slot.id == desk.user), "")
    try:
        desk.do(lambda work: admit(work, name))
        desk.role  # noqa: B018 - looked up here, on the thread that opens, and kept by the desk
    except BaseException:
        desk.close()
        raise
    return desk


def note_recovered(desk: Desk) -> Desk:
    """The desk, once it is noted that the printed code opened it and was replaced.

    A store that takes no entry now, as on a full disk, opens all the same: the old code no longer does.
    """
    with contextlib.suppress(WorldError):
        desk.do(lambda work: work.note("user.recovered", "user", desk.user, touched="users"))
    return desk


def admit(work: Work, name: str) -> None:
    """The user sits down: settle what the making of the store left open, and turn away who was removed.

    A store whose making was cut short has keys and nobody in its files; whoever opens it is its Leitung, by ``name``.
    Raises ``NotAllowed`` for somebody whose removal was cut short before the key was exchanged.
    """
    row = work.session.get(User, work.user)
    if row is not None and row.removed_at is not None:
        raise NotAllowed(
            _("Ihr Zugang wurde beendet. An den Daten wurde nichts geändert. Bitte wenden Sie sich an die Leitung.")
        )
    if row is None and work.role is Role.LEAD:
        add(work, work.user, name, Role.LEAD)


def names(work: Work) -> dict[UUID, str]:
    """Everybody who ever worked here, so that old entries keep their author."""
    work.session.flush()
    return {user: name for user, name, _removed in _STAFF.rows(work.session)}


def present(work: Work) -> dict[UUID, str]:
    """Everybody who works here now."""
    work.session.flush()
    return {user: name for user, name, removed in _STAFF.rows(work.session) if not removed}


def name(work: Work) -> str:
    """Who sits at the desk."""
    return names(work).get(work.user, "")


def rows(work: Work) -> dict[UUID, User]:
    """Everybody who ever worked here, removed people too."""
    return {row.id: row for row in work.session.scalars(select(User).order_by(User.name))}


def _row(work: Work, user: UUID) -> User:
    row = work.session.get(User, user)
    if row is None or row.removed_at is not None:
        raise KeyError(user)
    return row
