"""Reading families: one file whole, and the list of all."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from sqlalchemy import ColumnElement, Select, case, func, select

from desk_app.casework import family_rows
from desk_app.casework.desk import Work
from desk_app.domain.errors import RecordGone
from desk_app.domain.names import search_form
from desk_app.domain.records import FamilyFile, Record, RecordKind, RequestEvent
from desk_app.storage.many_rows import among_listed, listed
from desk_app.storage.ready import Ready
from desk_app.storage.tables import Household, Person, PersonName

_BATCH = 400


def load(work: Work, household: UUID) -> FamilyFile:
    """The family file as it is now.

    Raises ``RecordGone`` when there is no such household.
    """
    found = load_many(work, [household])
    if not found:
        raise RecordGone
    return found[0]


def load_many(work: Work, households: Sequence[UUID]) -> list[FamilyFile]:
    """The files of several households with a fixed number of queries for each batch, in the order asked for."""
    files: dict[UUID, FamilyFile] = {}
    for first in range(0, len(households), _BATCH):
        files.update(_load_batch(work, households[first : first + _BATCH]))
    return [files[household] for household in households if household in files]


def _load_batch(work: Work, households: Sequence[UUID]) -> dict[UUID, FamilyFile]:
    work.session.flush()  # the rows are read past its objects
    heads = family_rows.Reader(work.session, households).records(RecordKind.HOUSEHOLD)
    if not heads:
        return {}
    reader = family_rows.Reader(work.session, list(heads))
    found: dict[UUID, dict[RecordKind, tuple[Record, ...]]] = {household: {} for household in heads}
    for kind in family_rows.KINDS:
        for household, rows in reader.records(kind).items():
            found[household][kind] = tuple(rows)
    events = reader.events()
    return {
        household: _file(head, found[household], tuple(events.get(household, ())))
        for household, (head,) in heads.items()
    }


def _file(
    household: Record, records: dict[RecordKind, tuple[Record, ...]], events: tuple[RequestEvent, ...]
) -> FamilyFile:
    addresses = records.get(RecordKind.ADDRESS, ())
    past = tuple(item for item in reversed(addresses) if item.get("valid_to") is not None)
    records[RecordKind.ADDRESS] = tuple(item for item in addresses if item.get("valid_to") is None)
    return FamilyFile(household, records, events, past)


@dataclass(frozen=True, slots=True)
class FamilyRow:
    """One line of the list of families."""

    id: UUID
    file_number: str
    name: str
    adults: int
    children: int
    intake_open: bool
    changed_at: datetime
    moved_away: bool = False


def listing(work: Work, search: str = "") -> tuple[FamilyRow, ...]:
    """The families whose file number, family name or a person's name holds every word of ``search``, newest first."""
    query = _newest_first()
    for word in search_form(search).split():
        query = query.where(_holds(word))
    return _family_rows(work, query, _people(work))


def recent(work: Work, limit: int) -> tuple[FamilyRow, ...]:
    """The families that were changed last, the newest first."""
    query = _newest_first().limit(limit)
    return _family_rows(work, query, _people(work, query.with_only_columns(Household.id)))


def among(work: Work, households: Sequence[UUID]) -> tuple[FamilyRow, ...]:
    """Some families, in the order asked for."""
    work.session.flush()
    these, session = listed(households), work.session
    people = {household: (adults, young) for household, adults, young in _PEOPLE_AMONG.rows(session, among=these)}
    found = {row.id: row for row in _told(work, _AMONG.rows(session, among=these), people)}
    return tuple(found[household] for household in households if household in found)


def _newest_first() -> Select[UUID, str, str | None, bool, datetime, bool]:
    columns = (
        Household.id, Household.file_number, Household.family_name, Household.intake_open, Household.changed_at,
        Household.moved_away_on.is_not(None),
    )  # fmt: skip
    return select(*columns).where(Household.removed_at.is_(None)).order_by(Household.changed_at.desc())


def _family_rows(
    work: Work,
    query: Select[UUID, str, str | None, bool, datetime, bool],
    people: dict[UUID, tuple[int, int]],
) -> tuple[FamilyRow, ...]:
    return tuple(_told(work, work.session.execute(query).all(), people))


def _told(work: Work, rows: Sequence[Sequence[Any]], people: Mapping[UUID, tuple[int, int]]) -> Iterator[FamilyRow]:
    names = _first_names(work, [row[0] for row in rows if not row[2]])
    for id_, number, name, is_open, changed_at, gone in rows:
        yield FamilyRow(id_, number, name or names.get(id_, ""), *people.get(id_, (0, 0)), is_open, changed_at, gone)


def note_opened(work: Work, household: UUID) -> None:
    """Enter in the audit that somebody looked into a file. Nothing was touched, so no page has to read again."""
    work.note("family.opened", RecordKind.HOUSEHOLD, household, touched="")


def look_into(work: Work, household: UUID) -> FamilyFile:
    """The file for somebody who opens it: as ``load``, with an entry in the audit."""
    file = load(work, household)
    note_opened(work, household)
    return file


def count(work: Work) -> int:
    """How many families there are."""
    query = select(func.count()).select_from(Household).where(Household.removed_at.is_(None))
    return work.session.scalar(query) or 0


def open_intakes(work: Work) -> tuple[FamilyRow, ...]:
    """The intakes that are not finished, oldest first, so that their places in the rail stay still."""
    query = _newest_first().where(Household.intake_open)
    rows = _family_rows(work, query, _people(work, query.with_only_columns(Household.id)))
    return tuple(sorted(rows, key=lambda row: row.file_number))


def _people(work: Work, households: Select[UUID] | None = None) -> dict[UUID, tuple[int, int]]:
    """How many adults and children each household has, counted by the store; of some households or of all."""
    query = _counted()
    if households is not None:
        query = query.where(Person.household_id.in_(households))
    return {household: (adults, young) for household, adults, young in work.session.execute(query)}


def _counted() -> Select[UUID, int, int]:
    children = func.coalesce(func.sum(case((Person.role == "child", 1), else_=0)), 0)
    query = select(Person.household_id, func.count() - children, children)
    return query.where(Person.removed_at.is_(None)).group_by(Person.household_id)


def _first_names(work: Work, households: Sequence[UUID]) -> dict[UUID, str]:
    """The first name known in households that have no family name yet."""
    names: dict[UUID, str] = {}
    query = select(Person.household_id, Person.family_name, Person.given_name)
    query = query.where(Person.household_id.in_(households), Person.removed_at.is_(None)).order_by(Person.position)
    for household, family, given in work.session.execute(query):
        names[household] = names.get(household) or family or given or ""
    return names


def _holds(word: str) -> ColumnElement[bool]:
    pattern = f"%{word.replace('%', '').replace('_', '')}%"
    persons = select(Person.household_id).where(Person.search_form.like(pattern), Person.removed_at.is_(None))
    names = select(PersonName.household_id).where(PersonName.search_form.like(pattern), PersonName.removed_at.is_(None))
    return (
        Household.search_form.like(pattern)
        | Household.file_number.like(pattern)
        | Household.id.in_(persons)
        | Household.id.in_(names)
    )


_AMONG: Final = Ready(_newest_first().where(among_listed(Household.id)))
_PEOPLE_AMONG: Final = Ready(_counted().where(among_listed(Person.household_id)))
