"""Which row stands for which since persons or families were merged, and bringing that in order again.

A row that another stands for belongs to the same person and family as that one. When a merge is taken back while a
later one stands, rows go back to whom they came from; what follows from that is put right here:

- what belongs to a person belongs to that person's family,
- a row whose stand-in went elsewhere stands for itself again, or for what the stand-in had given way to.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any, Final
from uuid import UUID

from sqlalchemy import or_, select

from desk_app.casework import families, placements
from desk_app.casework.deed_images import tracked
from desk_app.casework.desk import Work
from desk_app.casework.placement_events import event_of, going_on, record_event
from desk_app.i18n import _
from desk_app.storage.tables import Household, OfHousehold, Person, PlacementEvent, PlacementRequest, Tracked

_AT_ONCE: Final = 400
OWNERS: Final = frozenset({Household.__tablename__, Person.__tablename__})
"""Tables whose rows other rows belong to."""


def owned() -> tuple[type[Any], ...]:
    """The classes of rows that belong to a family or to one person of it."""
    return tuple(table for table in tracked() if issubclass(table, OfHousehold))


def rows_of(work: Work, table: type[Any], persons: Iterable[UUID], households: Iterable[UUID]) -> list[Any]:
    """The rows of one class that belong to any of these, those taken out too, in the order they were made."""
    mine = or_(table.person_id.in_(list(persons)), table.household_id.in_(list(households)))
    return list(work.session.scalars(select(table).where(mine).order_by(table.created_at, table.id)))


def rest(work: Work, row: Any, stand_in: Any) -> None:
    """Have ``stand_in`` stand for ``row`` from now on; a request is withdrawn with the reason."""
    if isinstance(row, PlacementRequest):
        words = _("Zusammengeführt, {number} gilt weiter").format(number=stand_in.number)
        record_event(work, row.id, placements.WITHDRAWN, reason=words)
    row.merged_into = stand_in.id
    row.removed_at = work.now
    work.touch(row)


def take_out(work: Work, row: Any) -> None:
    """Take out a row; of those it stood for the first stands for the others."""
    row.removed_at = work.now
    work.touch(row)
    table: Any = type(row)
    if issubclass(table, OfHousehold):
        row.merged_into = None
        resting = select(table).where(table.merged_into == row.id).order_by(table.created_at)
        heir: Any = None
        for other in list(work.session.scalars(resting)):
            other.merged_into = None if heir is None else heir.id
            if heir is None:
                heir, other.removed_at = other, None
            work.touch(other)
    work.session.flush()


def put_right(work: Work, persons: set[UUID], households: set[UUID]) -> None:
    """Bring what belongs to these in order, then the states of their requests."""
    work.session.flush()
    at_home = select(Person.id, Person.household_id).where(
        or_(Person.id.in_(persons), Person.household_id.in_(households))
    )
    homes = dict(work.session.execute(at_home).all())
    for table in owned():
        rows = rows_of(work, table, persons | set(homes), households)
        for row in rows:
            home = homes.get(row.person_id, row.household_id)
            if row.household_id != home:
                row.household_id = home
                work.touch(row)
        _stand_up(work, rows)
    work.session.flush()
    for file in families.load_many(work, sorted(households | set(homes.values()))):
        placements.settle(work, file)


def _stand_up(work: Work, rows: Iterable[Any]) -> None:
    resting = [row for row in rows if row.merged_into is not None]
    followed = [(row, _stand_in(work, row)) for row in resting]
    for row, stand_in in followed:
        if stand_in == row.merged_into:
            continue
        row.merged_into = stand_in
        work.touch(row)
        if stand_in is None:
            row.removed_at = None
            if isinstance(row, PlacementRequest):
                _resume(work, row)


def _stand_in(work: Work, row: Any) -> UUID | None:
    """The first row in the chain of stand-ins that belongs to the same as ``row``."""
    seen = {row.id}
    next_one = row.merged_into
    while next_one is not None and next_one not in seen:
        seen.add(next_one)
        other = work.session.get(type(row), next_one)
        if other is None:
            return None
        if (other.household_id, other.person_id) == (row.household_id, row.person_id):
            found: UUID = other.id
            return found
        next_one = other.merged_into
    return None


def _resume(work: Work, request: PlacementRequest) -> None:
    """The state a request was in before it was withdrawn by a merge."""
    query = select(PlacementEvent).where(PlacementEvent.request_id == request.id, PlacementEvent.voided_at.is_(None))
    events = [event_of(row) for row in work.session.scalars(query.order_by(PlacementEvent.sequence))]
    if len(events) > 1 and events[-1].state == placements.WITHDRAWN:
        facts = going_on(events[:-1])
        words = facts.reason or _("Zusammenführung zurückgenommen")
        record_event(work, request.id, events[-2].state, replace(facts, reason=words))


def refers(work: Work, rows: Sequence[Tracked]) -> dict[UUID, frozenset[UUID]]:
    """The ids of the rows not taken out that point at each of ``rows`` by any reference there is."""
    found: dict[UUID, set[UUID]] = {}
    wanted: dict[Any, list[UUID]] = {}
    for row in rows:
        wanted.setdefault(type(row).__table__, []).append(row.id)  # type: ignore[attr-defined]  # every mapped class has it
    for table in tracked():
        mapped: Any = table
        for column in mapped.__table__.columns:
            ids = [id_ for key in column.foreign_keys for id_ in wanted.get(key.column.table, ())]
            for first in range(0, len(ids), _AT_ONCE):
                query = select(mapped.id, column).where(column.in_(ids[first : first + _AT_ONCE]))
                for other, pointed in work.session.execute(query.where(mapped.removed_at.is_(None))):
                    found.setdefault(pointed, set()).add(other)
    return {id_: frozenset(others) for id_, others in found.items()}
