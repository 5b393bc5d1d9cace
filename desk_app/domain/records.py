"""What the desk keeps, as records: one row with named values, whatever its kind.

A form of more than a hundred fields would otherwise be listed again in the table, the draft, the form
and the export. The catalogue in ``fields`` lists it once; a record only carries the values.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum
from functools import cached_property
from typing import TypeVar
from uuid import UUID

from desk_app.domain.dates import DateSpan

Value = str | int | float | bool | date | datetime | DateSpan | UUID | None
T = TypeVar("T")


class RecordKind(StrEnum):
    """The kinds of record a family file is made of."""

    HOUSEHOLD = "household"
    APART = "apart"
    """What differs from the family for one child."""
    ADDRESS = "address"
    PERSON = "person"
    NAME = "name"
    GUARDIAN = "guardian"
    """Who has custody of one child, when that differs from the family."""
    LANGUAGE = "language"
    SCHOOL_YEAR = "school_year"
    DOCUMENT = "document"
    CONSENT = "consent"
    WISH = "wish"
    REFERRAL = "referral"
    REQUEST = "request"
    NOTE = "note"
    """Like what to look at again and turns no answer: without fields, and left out of ``FamilyFile``."""
    FOLLOW_UP = "follow_up"
    TURN = "turn"
    TRANSITION = "transition"


@dataclass(frozen=True, slots=True)
class Ref:
    """Names one record."""

    kind: RecordKind
    id: UUID


@dataclass(frozen=True, slots=True)
class Record:
    """One row as forms, rules and papers see it.

    ``person`` is set where the row belongs to one person of the household, ``None`` where it holds for all.
    """

    kind: RecordKind
    id: UUID
    household: UUID
    person: UUID | None
    values: Mapping[str, Value]
    created_at: datetime
    changed_at: datetime
    created_by: str = ""
    version: int = 1

    @property
    def ref(self) -> Ref:
        return Ref(self.kind, self.id)

    def get(self, key: str) -> Value:
        return self.values.get(key)

    def text(self, key: str) -> str:
        """The value as text; empty where nothing is known."""
        value = self.values.get(key)
        return "" if value is None else str(value)

    def flag(self, key: str) -> bool | None:
        return _typed(self.values.get(key), bool)

    def day(self, key: str) -> date | None:
        value = self.values.get(key)
        return value if isinstance(value, date) and not isinstance(value, datetime) else None

    def span(self, key: str) -> DateSpan | None:
        return _typed(self.values.get(key), DateSpan)

    def with_value(self, key: str, value: Value) -> Record:
        return replace(self, values={**self.values, key: value})


@dataclass(frozen=True, slots=True)
class RequestEvent:
    """One dated step of a placement request."""

    id: UUID
    request: UUID
    state: str
    at: datetime
    by: str
    reason: str = ""
    details: str = ""
    happened_on: date | None = None
    """The day it happened, where that is not the day it was entered."""
    school: str = ""
    """Number of the school assigned, admitting or declining."""
    class_name: str = ""
    starts_on: date | None = None
    support: str = ""
    reason_code: str = ""


@dataclass(frozen=True)
class FamilyFile:
    """A household with everything that belongs to it, as read in one transaction."""

    household: Record
    records: Mapping[RecordKind, tuple[Record, ...]]
    events: tuple[RequestEvent, ...] = ()
    history: tuple[Record, ...] = field(default=())
    """Addresses that no longer hold, newest first."""

    def all(self, kind: RecordKind, person: UUID | None = None) -> tuple[Record, ...]:
        """The records of one kind that belong to ``person`` (or to the whole family when ``None``)."""
        return self._by_person.get((kind, person), ())

    @cached_property
    def _by_person(self) -> dict[tuple[RecordKind, UUID | None], tuple[Record, ...]]:
        found: dict[tuple[RecordKind, UUID | None], list[Record]] = {}
        for kind, rows in self.records.items():
            for row in rows:
                found.setdefault((kind, row.person), []).append(row)
        return {key: tuple(rows) for key, rows in found.items()}

    @property
    def persons(self) -> tuple[Record, ...]:
        return self.records.get(RecordKind.PERSON, ())

    @property
    def children(self) -> tuple[Record, ...]:
        return tuple(row for row in self.persons if row.get("role") == "child")

    @property
    def adults(self) -> tuple[Record, ...]:
        return tuple(row for row in self.persons if row.get("role") != "child")

    def find(self, ref: Ref) -> Record | None:
        if ref.kind is RecordKind.HOUSEHOLD:
            return self.household if self.household.id == ref.id else None
        return next((row for row in self.records.get(ref.kind, ()) if row.id == ref.id), None)

    @property
    def living_adults(self) -> tuple[Record, ...]:
        """The adults one can write to and speak with."""
        return tuple(row for row in self.adults if not row.flag("deceased"))

    @property
    def has_moved_away(self) -> bool:
        return self.household.day("moved_away_on") is not None

    def person(self, person: UUID) -> Record:
        """Raises ``KeyError`` when nobody of that id is in the household."""
        found = next((row for row in self.persons if row.id == person), None)
        if found is None:
            raise KeyError(person)
        return found

    def request_of(self, child: UUID) -> Record | None:
        """The child's placement request; there is at most one that is not closed."""
        rows = self.all(RecordKind.REQUEST, child)
        return rows[-1] if rows else None

    def state_of(self, request: UUID) -> str:
        """The state after the newest event, ``draft`` before any."""
        states = [event.state for event in self.events if event.request == request]
        return states[-1] if states else "draft"

    def with_record(self, record: Record) -> FamilyFile:
        """The file after one record was added or changed."""
        if record.kind is RecordKind.HOUSEHOLD:
            return replace(self, household=record)
        rows = self.records.get(record.kind, ())
        known = any(row.id == record.id for row in rows)
        changed = tuple(record if row.id == record.id else row for row in rows)
        return replace(self, records={**self.records, record.kind: changed if known else (*rows, record)})

    def without(self, ref: Ref) -> FamilyFile:
        """The file after one record was taken out."""
        rows = tuple(row for row in self.records.get(ref.kind, ()) if row.id != ref.id)
        return replace(self, records={**self.records, ref.kind: rows})


def _typed(value: Value, kind: type[T]) -> T | None:
    return value if isinstance(value, kind) else None
