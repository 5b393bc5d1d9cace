"""An open desk: the unlocked vault, who sits there, what time it is; and one piece of work at it."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final, TypeVar
from uuid import UUID

from sqlalchemy import bindparam, exists, select

from desk_app.casework import family_stale, placement_stale, search_index
from desk_app.casework.audit import Trail
from desk_app.domain import roles
from desk_app.domain.clock import Clock, local_day, system_clock
from desk_app.domain.errors import NotAllowed, WorldError
from desk_app.domain.roles import Role
from desk_app.storage.ready import Ready
from desk_app.storage.tables import User

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from desk_app.storage.tables import Tracked
    from desk_app.storage.vault import Vault

T = TypeVar("T")

_ROLE: Final = Ready(select(User.role).where(User.id == bindparam("user"), User.removed_at.is_(None)))

Changes = frozenset[str]
"""Which parts of the desk a deed touched: ``households``, ``appointments``, ``placements``, ``schools``,
``users``, ``centre``."""


@dataclass
class Work:
    """One transaction with its audit. Deeds are functions that take it and say what they touched."""

    session: Session
    user: UUID
    now: datetime
    trail: Trail
    vault: Vault = field(repr=False)
    touched: set[str] = field(default_factory=set)
    if_lost: list[Callable[[], None]] = field(default_factory=list)
    """What to take back outside the store when the transaction is not kept, such as files already written."""

    @property
    def today(self) -> date:
        return local_day(self.now)

    @property
    def made(self) -> dict[str, Any]:
        """Who adds a row and when, as the columns of the new row."""
        return {"created_at": self.now, "created_by": self.user, "changed_at": self.now, "changed_by": self.user}

    def touch(self, row: Tracked) -> None:
        """Set down who changed a row and when."""
        row.changed_at, row.changed_by = self.now, self.user

    @cached_property
    def role(self) -> Role:
        """What the user is there for, as the store says at this moment.

        Somebody the store does not name may do the least, unless no Leitung is there at all: that is the one who is
        just making the store, or whose making it was cut short.
        """
        self.session.flush()
        if found := _ROLE.first(self.session, user=self.user):
            return Role(found[0])
        lead = select(User.id).where(User.role == Role.LEAD, User.removed_at.is_(None))
        return Role.RECEPTION if self.session.scalar(select(exists(lead))) else Role.LEAD

    def require(self, deed: str) -> None:
        """Raises ``NotAllowed`` unless the user's role covers the deed; ``KeyError`` for a deed without a rule."""
        if not roles.may(self.role, deed):
            raise NotAllowed(roles.refusal(self.role, deed))

    def note(
        self, deed: str, kind: str, subject: UUID | None, fields: Iterable[str] = (), *, touched: str = "households"
    ) -> None:
        """Write one audit entry: names of fields, never their values. Raises ``NotAllowed`` as ``require`` does.

        ``touched`` is the part of the desk that has to be read again, empty where nothing was changed.
        """
        self.require(deed)
        self.trail.write(self.now, self.user, deed, kind, subject, sorted(fields))
        if touched:
            self.touched.add(touched)

    def note_many(self, deed: str, kind: str, about: Iterable[tuple[UUID, Iterable[str]]]) -> None:
        """The same about many subjects at once, an entry for each."""
        self.require(deed)
        self.trail.write_many(self.now, self.user, deed, kind, ((subject, sorted(keys)) for subject, keys in about))
        self.touched.add("households")


@dataclass(frozen=True)
class Desk:
    """Runs deeds, each in one transaction: all of it is kept, or nothing is.

    A commit that reports an error may have happened all the same; then the deed's last audit entry tells, and the deed
    is done again only if it is not there.
    """

    vault: Vault
    user: UUID
    clock: Clock = system_clock

    def do(self, deed: Callable[[Work], T]) -> tuple[T, Changes]:
        """What the deed returned and what it touched.

        Raises a ``WorldError`` when the store cannot keep it; then nothing of the deed is kept.
        """
        tries: list[Work] = []

        def once(session: Session) -> T:
            _take_back(tries)
            tries.append(Work(session, self.user, self.clock(), Trail(session), self.vault))
            result = deed(tries[-1])
            search_index.settle(session)
            placement_stale.mark(session)
            family_stale.mark(session)
            tries[-1].trail.seal()
            return result

        try:
            result = self.vault.save(once, landed=lambda session: tries[-1].trail.is_kept(session))
        except BaseException:
            _take_back(tries)
            raise
        return result, frozenset(tries[-1].touched)

    @cached_property
    def role(self) -> Role:
        """What the user is there for. Nobody changes their own role, so it holds until the desk is closed."""
        return self.do(lambda work: work.role)[0]

    @property
    def must_choose_passphrase(self) -> bool:
        """Whether the user came with a one-time passphrase and has to choose their own before anything else."""
        return self.vault.one_time

    @property
    def notices(self) -> tuple[str, ...]:
        """What the store has to tell its user once after opening, such as that it was rebuilt: German sentences."""
        return self.vault.notices

    def keep_notices(self) -> None:
        """Enter in the audit what the store had to mend: its sentences name files and numbers, never anybody.

        A store that takes no entry now, as on a full disk, opens all the same.
        """
        if self.notices:
            with contextlib.suppress(WorldError):
                self.do(lambda work: work.note("store.told", "store", None, self.notices, touched="centre"))

    def close(self) -> None:
        """Close the store and forget what papers remember of names; the desk cannot be used afterwards."""
        # the typesetting is only loaded where papers were looked at or written
        shaping = sys.modules.get("desk_app.documents.shaping")
        if shaping is not None:
            shaping.forget()
        self.vault.close()


def _take_back(tries: Iterable[Work]) -> None:
    for work in tries:
        while work.if_lost:
            work.if_lost.pop()()
