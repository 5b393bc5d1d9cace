"""The rows of families as records, read past the session's objects: a file is read again after every answer."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from operator import itemgetter
from typing import Any, Final, cast
from uuid import UUID

from sqlalchemy import ColumnElement, Table, Uuid, bindparam, inspect, literal_column, null, select, type_coerce
from sqlalchemy.orm import Session

from desk_app.domain.field_catalogue import fields_of
from desk_app.domain.records import Record, RecordKind, RequestEvent
from desk_app.storage.many_rows import among_listed, listed
from desk_app.storage.ready import Ready
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


_IN_ORDER: Final = itemgetter(7, 3, 0)
"""By position, by when it was made, by key: sorted here, since of a few rows the database's sorting costs most."""


class Reader:
    """Reads the rows of some households, kind by kind; what the session holds back has to be flushed before."""

    def __init__(self, session: Session, households: Sequence[UUID]) -> None:
        self._session = session
        # a list of one costs the database five times what the one does
        self._one = len(households) == 1
        self._wanted = households[0] if self._one else listed(households)
        self._authors: dict[UUID, str] = {}

    def records(self, kind: RecordKind) -> dict[UUID, list[Record]]:
        """The records of one kind that were not taken out, by household and in the order of the file."""
        reading = _reading(kind, self._one)
        authors, names = self._authors, reading.keys
        found: dict[UUID, list[Record]] = defaultdict(list)
        rows = reading.query.rows(self._session, wanted=self._wanted)
        rows.sort(key=_IN_ORDER)
        for id_, household, person, created_at, changed_at, author, version, _position, *values in rows:
            if author not in authors:
                authors[author] = str(author)
            found[household].append(
                Record(
                    kind, id_, household, person, dict(zip(names, values, strict=True)), created_at, changed_at,
                    authors[author], version,
                )
            )  # fmt: skip
        return found

    def events(self) -> dict[UUID, list[RequestEvent]]:
        """The steps that count of the requests of each household, the oldest first."""
        found: dict[UUID, list[RequestEvent]] = defaultdict(list)
        rows = _steps(self._one).rows(self._session, wanted=self._wanted)
        rows.sort(key=itemgetter(0))
        for _sequence, household, id_, request, state, at, by, reason, details, happened_on, *decided in rows:
            school, class_name, starts_on, support, reason_code = decided
            found[household].append(
                RequestEvent(
                    id_, request, state, at, str(by), reason, details, happened_on, school or "", class_name or "",
                    starts_on, support or "", reason_code or "",
                )
            )  # fmt: skip
        return found


@dataclass(frozen=True, slots=True)
class _Reading:
    """A query for the rows of one kind, put together once, and the keys of the values it brings."""

    query: Ready
    keys: tuple[str, ...]


def _of(household: Any, one: bool) -> ColumnElement[bool]:
    return household == bindparam("wanted") if one else among_listed(household, "wanted")


@cache
def _reading(kind: RecordKind, one: bool) -> _Reading:
    table = cast(Table, inspect(RECORD_TABLES[kind]).local_table)
    columns = table.c
    household = columns.id if kind is RecordKind.HOUSEHOLD else columns.household_id
    person = columns.person_id if "person_id" in columns else type_coerce(null(), Uuid)
    keys = (*fields_of(kind), *_BESIDE.get(kind, ()))
    position = columns.position if kind is RecordKind.PERSON else literal_column("0")
    query = select(
        columns.id, household, person, columns.created_at, columns.changed_at, columns.created_by, columns.version,
        position, *(columns[key] for key in keys),
    ).where(_of(household, one), columns.removed_at.is_(None))  # fmt: skip
    return _Reading(Ready(query), keys)


@cache
def _steps(one: bool) -> Ready:
    step = PlacementEvent
    return Ready(
        select(
            step.sequence, PlacementRequest.household_id, step.id, step.request_id, step.state, step.at, step.by,
            step.reason, step.details, step.happened_on, step.school, step.class_name, step.starts_on, step.support,
            step.reason_code,
        )
        .join_from(step, PlacementRequest, step.request_id == PlacementRequest.id)
        .where(_of(PlacementRequest.household_id, one), step.voided_at.is_(None))
    )  # fmt: skip
