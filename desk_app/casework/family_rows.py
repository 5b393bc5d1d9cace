"""The rows of families as records, read past the session's objects: a file is read again after every answer."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Final, cast
from uuid import UUID

from sqlalchemy import Connection, Select, Table, bindparam, inspect, null, select

from desk_app.casework.placement_events import event_of
from desk_app.domain.field_catalogue import fields_of
from desk_app.domain.records import Record, RecordKind, RequestEvent
from desk_app.storage.tables import RECORD_TABLES, PlacementEvent, PlacementRequest

KINDS: Final = tuple(kind for kind in RECORD_TABLES if kind is not RecordKind.HOUSEHOLD and fields_of(kind))
"""What belongs to a household in its file; notes and the like have no fields."""

_BESIDE: Final = {
    RecordKind.HOUSEHOLD: ("intake_open", "moved_away_on", "moved_away_to"),
    RecordKind.PERSON: ("deceased", "deceased_on"),
    RecordKind.LANGUAGE: ("by_phone", "reads"),
    RecordKind.CONSENT: ("offer_id",),
    RecordKind.REFERRAL: ("offer_id", "code", "asks_again_on"),
}
_HOUSEHOLDS: Final = "households"


@dataclass(frozen=True, slots=True)
class _Reading:
    """A query for the rows of one kind, put together once, and the keys of the values it brings."""

    query: Select[*tuple[Any, ...]]
    keys: tuple[str, ...]


def records(connection: Connection, kind: RecordKind, households: Sequence[UUID]) -> dict[UUID, list[Record]]:
    """The records of one kind that were not taken out, by household and in the order of the file."""
    reading = _reading(kind)
    found: dict[UUID, list[Record]] = defaultdict(list)
    for row in connection.execute(reading.query, {_HOUSEHOLDS: households}):
        id_, household, person, created_at, changed_at, created_by, version, *values = row
        named = dict(zip(reading.keys, values, strict=True))
        found[household].append(
            Record(kind, id_, household, person, named, created_at, changed_at, str(created_by), version)
        )
    return found


def events(connection: Connection, households: Sequence[UUID]) -> dict[UUID, list[RequestEvent]]:
    """The steps that count of the requests of each household, the oldest first."""
    found: dict[UUID, list[RequestEvent]] = defaultdict(list)
    for row in connection.execute(_steps(), {_HOUSEHOLDS: households}):
        found[row.household_id].append(event_of(row))
    return found


@cache
def _reading(kind: RecordKind) -> _Reading:
    table = cast(Table, inspect(RECORD_TABLES[kind]).local_table)
    columns = table.c
    household = columns.id if kind is RecordKind.HOUSEHOLD else columns.household_id
    person = columns.person_id if "person_id" in columns else null()
    keys = (*fields_of(kind), *_BESIDE.get(kind, ()))
    order = (columns.position, columns.created_at) if kind is RecordKind.PERSON else (columns.created_at, columns.id)
    query = (
        select(
            columns.id, household, person, columns.created_at, columns.changed_at, columns.created_by, columns.version,
            *(columns[key] for key in keys),
        )
        .where(household.in_(bindparam(_HOUSEHOLDS, expanding=True)), columns.removed_at.is_(None))
        .order_by(*order)
    )  # fmt: skip
    return _Reading(query, keys)


@cache
def _steps() -> Select[*tuple[Any, ...]]:
    request, step = cast(Table, PlacementRequest.__table__), cast(Table, PlacementEvent.__table__)
    return (
        select(request.c.household_id, step)
        .join_from(step, request, step.c.request_id == request.c.id)
        .where(request.c.household_id.in_(bindparam(_HOUSEHOLDS, expanding=True)), step.c.voided_at.is_(None))
        .order_by(step.c.sequence)
    )
