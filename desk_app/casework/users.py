"""Staff as the files name them. Keys and passphrases are the vault's matter."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import select

from desk_app.casework.desk import Work
from desk_app.domain.roles import Role
from desk_app.storage.tables import User


def add(work: Work, user: UUID, name: str, role: Role) -> None:
    """Make a user known to the files under the id of their key slot."""
    work.session.add(User(id=user, name=name, role=role, **work.made))
    work.session.flush()
    work.note("user.added", "user", user, ["name", "role"], touched="users")


def names(work: Work) -> dict[UUID, str]:
    """Everybody who ever worked here, so that old entries keep their author."""
    return {row.id: row.name for row in work.session.scalars(select(User).order_by(User.name))}


def name(work: Work) -> str:
    """Who sits at the desk."""
    return names(work).get(work.user, "")
