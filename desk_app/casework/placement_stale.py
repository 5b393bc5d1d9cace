"""Notes which families' placement lines are out of date: in the same transaction as what they are worked out from."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any, Final
from uuid import UUID

from sqlalchemy import bindparam, event, update
from sqlalchemy.orm import Session, object_session

from desk_app.storage.no_index import unsorted
from desk_app.storage.ready import Ready
from desk_app.storage.tables import (
    FollowUp,
    Handout,
    Household,
    OfHousehold,
    Person,
    PlacementEvent,
    PlacementLine,
    PlacementRequest,
    ReferralStep,
    Tracked,
    Transition,
)

_LINES: Final[Any] = PlacementLine.__table__
_STALE: Final = "what placement lines are out of date"


def _outdating(column: Any) -> Ready:
    # the index of those that are up to date would lead through almost all
    return Ready(
        update(_LINES).where(column == bindparam("of"), unsorted(_LINES.c.stale).is_(False)).values(stale=True)
    )


_OF_HOUSEHOLDS: Final = _outdating(_LINES.c.household_id)
_OF_REQUESTS: Final = _outdating(_LINES.c.request_id)


@dataclass(slots=True)
class _Stale:
    households: set[UUID] = field(default_factory=set)
    requests: set[UUID] = field(default_factory=set)


def mark(session: Session) -> None:
    """Note it in the store; call right before the transaction ends."""
    session.flush()
    stale: _Stale | None = session.info.pop(_STALE, None)
    if stale is not None:
        outdate(session, stale.households)
        _OF_REQUESTS.each(session, ({"of": request} for request in sorted(stale.requests)))


def outdate(session: Session, households: Collection[UUID]) -> None:
    """The same for families whose rows were written past the mapped classes."""
    _OF_HOUSEHOLDS.each(session, ({"of": household} for household in sorted(households)))


def _note(_mapper: object, _connection: object, row: Any) -> None:
    session = object_session(row)
    if session is None:
        return
    stale: _Stale = session.info.setdefault(_STALE, _Stale())
    if isinstance(row, PlacementEvent):
        stale.requests.add(row.request_id)
        return
    if isinstance(row, PlacementRequest):
        stale.requests.add(row.id)
    stale.households.add(row.id if isinstance(row, Household) else row.household_id)


def _watch() -> None:
    tables = {each for each in Tracked.__subclasses__() if issubclass(each, OfHousehold)}
    for table in (*(tables - {FollowUp, Handout, ReferralStep, Transition}), Household, Person, PlacementEvent):
        for moment in ("before_insert", "before_update", "before_delete"):
            event.listen(table, moment, _note)


_watch()
