"""Notes which families' places in the list are out of date: in the same transaction as what they follow from."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Select, bindparam, event, insert, inspect, literal, select, update
from sqlalchemy.orm import Session, object_session

from desk_app.storage.many_rows import among
from desk_app.storage.ready import Ready
from desk_app.storage.tables import (
    Address,
    Appointment,
    FamilyEvent,
    FamilyOrder,
    FollowUp,
    Household,
    Language,
    Note,
    Person,
    PlacementEvent,
    PlacementRequest,
    User,
)

_ORDER: Final[Any] = FamilyOrder.__table__
_STALE: Final = "families whose places in the list are out of date"
_OUTDATING: Final = Ready(
    update(_ORDER).where(_ORDER.c.household_id == bindparam("of"), _ORDER.c.rules != 0).values(rules=0)
)
_OF_FAMILIES: Final = (Address, Appointment, FamilyEvent, FollowUp, Language, Note, Person, PlacementRequest)


@dataclass(slots=True)
class _Stale:
    households: set[UUID] = field(default_factory=set)
    new: set[UUID] = field(default_factory=set)
    """Families that were made or put back, which may have no place yet."""
    requests: set[UUID] = field(default_factory=set)
    users: set[str] = field(default_factory=set)


def mark(session: Session) -> None:
    """Note it in the store; call right before the transaction ends."""
    session.flush()
    stale: _Stale | None = session.info.pop(_STALE, None)
    if stale is None:
        return
    outdate(session, stale.households)
    place(session, stale.new)
    if stale.requests:
        _outdate(session, select(PlacementRequest.household_id).where(among(PlacementRequest.id, stale.requests)))
    if stale.users:
        _outdate(session, select(Household.id).where(Household.counsellor.in_(stale.users)))


def outdate(session: Session, households: Collection[UUID]) -> None:
    """The same for families whose rows were written past the mapped classes."""
    _OUTDATING.each(session, ({"of": household} for household in sorted(households)))


def place(session: Session, households: Collection[UUID]) -> None:
    """Give those that have none a place that is still to be worked out."""
    if not households:
        return
    known = select(_ORDER.c.household_id).where(among(_ORDER.c.household_id, households))
    new = select(Household.id, literal(0)).where(among(Household.id, households), Household.id.not_in(known))
    session.execute(insert(_ORDER).from_select(["household_id", "rules"], new))


def _outdate(session: Session, households: Select[Any]) -> None:
    session.execute(update(_ORDER).where(_ORDER.c.household_id.in_(households)).values(rules=0))


def _note(_mapper: object, _connection: object, row: Any) -> None:
    session = object_session(row)
    if session is None:
        return
    stale: _Stale = session.info.setdefault(_STALE, _Stale())
    if isinstance(row, Household):
        stale.households.add(row.id)
        state = inspect(row)
        if not state.persistent or state.attrs.removed_at.history.has_changes():
            stale.new.add(row.id)
    elif isinstance(row, PlacementEvent):
        stale.requests.add(row.request_id)
    elif isinstance(row, User):
        stale.users.add(str(row.id))
    else:
        stale.households.update(_owners(row))


def _owners(row: Any) -> Iterable[UUID]:
    """The family of a row, and the one it was taken from."""
    before = inspect(row).attrs.household_id.history.deleted or ()
    return (household for household in (row.household_id, *before) if household is not None)


def _watch() -> None:
    for table in (*_OF_FAMILIES, Household, PlacementEvent, User):
        for moment in ("before_insert", "before_update", "before_delete"):
            event.listen(table, moment, _note)


_watch()
