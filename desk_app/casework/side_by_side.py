"""Two records beside each other before somebody decides: what differs, what would hold, what would move."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from sqlalchemy import func, select

from desk_app.casework import deeds, families, merging, placements, search_blocks, standing, told, wording
from desk_app.casework.desk import Work
from desk_app.domain import matching
from desk_app.domain.child import full_name
from desk_app.domain.field_catalogue import fields_of
from desk_app.domain.fields import Field, FieldType
from desk_app.domain.match_reasons import Reason
from desk_app.domain.name_keys import names_in
from desk_app.domain.name_likeness import RESEMBLES, align
from desk_app.domain.records import FamilyFile, Record, RecordKind, Value
from desk_app.storage.tables import AuditEntry, Person, SearchSubject

_TELLS: Final = ("given_name", "family_name", "birth_date", "role", "sex", "name_native_script", "birth_name")
"""Fields that tell who somebody is; they come first."""
_NAMES: Final = frozenset(
    {"given_name", "family_name", "all_given_names", "birth_name", "name_affix", "single_name", "name_native_script"}
)
"""Of these the newest answer is no better: the second entry came about because somebody wrote it otherwise."""
_NO_ANSWERS: Final = (deeds.PUT_BACK, "person.merged", "household.merged", "merge.moved")
"""Deeds that write answers of another day: a merge that was taken back makes nobody's answers newer."""


@dataclass(frozen=True, slots=True)
class Row:
    """One question with both answers. ``holds`` names the record whose answer holds unless somebody chooses.

    ``joined`` is for long texts, which are kept both.
    """

    field: Field
    first: Value
    second: Value
    holds: UUID
    joined: bool = False

    @property
    def differs(self) -> bool:
        return self.first != self.second

    @property
    def to_choose(self) -> bool:
        """Whether both have an answer and they differ."""
        return self.differs and None not in (self.first, self.second) and not self.joined


@dataclass(frozen=True, slots=True)
class Request:
    """A request that is there beside another one; one of them can go on."""

    id: UUID
    number: str
    state: str
    of: UUID


@dataclass(frozen=True, slots=True)
class Home:
    """An address that holds today beside another one."""

    id: UUID
    words: str
    of: UUID


@dataclass(frozen=True, slots=True)
class Pair:
    """Persons of two families who look like one."""

    first: UUID
    first_name: str
    second: UUID
    second_name: str


@dataclass(frozen=True, slots=True)
class SideBySide:
    """``first`` is kept and ``second`` dropped: the record that is older comes first."""

    kind: RecordKind
    first: UUID
    second: UUID
    titles: tuple[str, str]
    file_numbers: tuple[str, str]
    households: tuple[UUID, UUID]
    reasons: tuple[Reason, ...]
    """What speaks for one person, then what speaks against it; none for two families."""
    rows: tuple[Row, ...]
    requests: tuple[Request, ...]
    homes: tuple[Home, ...]
    pairs: tuple[Pair, ...]
    moves: Mapping[str, int]
    """How many rows of each table move over."""


def preview(work: Work, one: UUID, other: UUID) -> SideBySide:
    """The two beside each other. Raises ``RecordGone`` unless both are there and of one kind."""
    first, second = merging.both(work, one, other)
    if (second.created_at, second.id.int) < (first.created_at, first.id.int):
        first, second = second, first
    kind = RecordKind.PERSON if isinstance(first, Person) else RecordKind.HOUSEHOLD
    homes = [row.household_id if isinstance(row, Person) else row.id for row in (first, second)]
    files = families.load_many(work, list(dict.fromkeys(homes)))
    files = [next(file for file in files if file.household.id == home) for home in homes]
    return SideBySide(
        kind=kind,
        first=first.id,
        second=second.id,
        titles=(_title(kind, files[0], first.id), _title(kind, files[1], second.id)),
        file_numbers=(files[0].household.text("file_number"), files[1].household.text("file_number")),
        households=(homes[0], homes[1]),
        reasons=_reasons(work, first.id, second.id) if kind is RecordKind.PERSON else (),
        rows=_rows(work, kind, first, second, _known_as(files, (first.id, second.id))),
        requests=_requests(files, (first.id, second.id)) if kind is RecordKind.PERSON else (),
        homes=_homes(files, (first.id, second.id), kind),
        pairs=_pairs(*files) if kind is RecordKind.HOUSEHOLD else (),
        moves=_moves(work, kind, second.id),
    )


def _title(kind: RecordKind, file: FamilyFile, id_: UUID) -> str:
    return wording.family_title(file) if kind is RecordKind.HOUSEHOLD else full_name(file.person(id_))


def _reasons(work: Work, first: UUID, second: UUID) -> tuple[Reason, ...]:
    wanted = select(SearchSubject.id).where(SearchSubject.person_id.in_([first, second]))
    found = {each.person: each.facts for each in search_blocks.load(work.session, work.session.scalars(wanted))}
    if len(found) < 2:
        return ()
    blocks = search_blocks.around(work.session, found[first])
    return matching.compare(found[first], found[second], blocks.rarity, blocks.population).reasons


def _known_as(files: list[FamilyFile], ids: tuple[UUID, UUID]) -> UUID:
    """Under whose name an office knows them; the older entry where none does, or knows both."""
    first, second = (_was_sent(file, id_) for file, id_ in zip(files, ids, strict=True))
    return ids[1] if second and not first else ids[0]


def _was_sent(file: FamilyFile, id_: UUID) -> bool:
    """Whether an office was ever told of the person, or of anybody in the family."""
    rows = file.records.get(RecordKind.REQUEST, ())
    own = {row.id for row in rows if id_ in (row.person, file.household.id)}
    return any(event.state in told.WITH_AN_OFFICE for event in file.events if event.request in own)


def _rows(work: Work, kind: RecordKind, first: Any, second: Any, known_as: UUID) -> tuple[Row, ...]:
    """Questions to choose first, then those only one answers, then those both answer alike."""
    answered = {row.id: _answered(work, row.id) for row in (first, second)}
    rows = []
    for key, field in fields_of(kind).items():
        one, other = getattr(first, key), getattr(second, key)
        if key in merging.FIXED or (one is None and other is None):
            continue
        joined = field.type is FieldType.LONG and None not in (one, other) and one != other
        newer = answered[second.id].get(key, second.created_at) > answered[first.id].get(key, first.created_at)
        better = known_as == second.id if key in _NAMES else newer
        holds = second.id if one is None or (other is not None and better) else first.id
        rows.append(Row(field, one, other, holds, joined))
    order = list(fields_of(kind))
    return tuple(sorted(rows, key=lambda row: (_rank(row), row.field.key not in _TELLS, order.index(row.field.key))))


def _rank(row: Row) -> int:
    return 0 if row.to_choose else 1 if row.differs else 2


def _answered(work: Work, subject: UUID) -> dict[str, datetime]:
    """When each field was last answered, as the audit tells."""
    query = select(AuditEntry.at, AuditEntry.fields).where(
        AuditEntry.subject == subject, AuditEntry.deed.not_in(_NO_ANSWERS)
    )
    return {key: at for at, keys in work.session.execute(query.order_by(AuditEntry.sequence)) for key in keys}


def _requests(files: list[FamilyFile], persons: tuple[UUID, UUID]) -> tuple[Request, ...]:
    """Both requests where both have one, the one to go on first: the one that is further on its way, then the older."""
    found = []
    for file, person in zip(files, persons, strict=True):
        row = file.request_of(person)
        if row is not None:
            found.append((row, Request(row.id, row.text("number"), file.state_of(row.id), person)))
    if len(found) < 2:
        return ()
    found.sort(key=lambda pair: (placements.GOES_ON.index(pair[1].state), pair[0].created_at, pair[1].number))
    return tuple(request for _row, request in found)


def _homes(files: list[FamilyFile], ids: tuple[UUID, UUID], kind: RecordKind) -> tuple[Home, ...]:
    """The addresses of today where they differ, the one written down last first."""
    found: list[tuple[Record, Home]] = []
    for file, id_ in zip(files, ids, strict=True):
        for row in file.all(RecordKind.ADDRESS, id_ if kind is RecordKind.PERSON else None):
            words = wording.full_address(row)
            if words:
                found.append((row, Home(row.id, words, id_)))
    if len({home.words for _row, home in found}) < 2:
        return ()
    return tuple(home for _row, home in sorted(found, key=lambda pair: pair[0].changed_at, reverse=True))


def _pairs(first: FamilyFile, second: FamilyFile) -> tuple[Pair, ...]:
    """Who may be one person in both families: of like names, or adults of one role; children never by the day alone."""
    found = []
    taken: set[UUID] = set()
    for one in first.persons:
        for other in second.persons:
            if other.id not in taken and _alike(one, other):
                taken.add(other.id)
                found.append(Pair(one.id, full_name(one), other.id, full_name(other)))
                break
    return tuple(found)


def _alike(one: Record, other: Record) -> bool:
    child = one.get("role") == "child"
    if child != (other.get("role") == "child"):
        return False
    births = one.span("birth_date"), other.span("birth_date")
    if None not in births and births[0] != births[1]:
        return False
    given = names_in(one.text("given_name")), names_in(other.text("given_name"))
    if not all(given):
        return False
    return any(pair.alike >= RESEMBLES for pair in align(*given).pairs)


def _moves(work: Work, kind: RecordKind, dropped: UUID) -> dict[str, int]:
    counts: dict[str, int] = {}
    tables: tuple[Any, ...] = standing.owned()
    for table in (*tables, Person) if kind is RecordKind.HOUSEHOLD else tables:
        column = table.household_id if kind is RecordKind.HOUSEHOLD else table.person_id
        query = select(func.count()).select_from(table).where(column == dropped, table.removed_at.is_(None))
        if number := work.session.scalar(query):
            counts[table.__tablename__] = number
    return counts
