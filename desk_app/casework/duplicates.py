"""The same person twice: noticed while typing, and as a list to work off. Nothing is ever merged by itself."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from desk_app.casework import search_blocks
from desk_app.casework.desk import Work
from desk_app.casework.search_blocks import Subject
from desk_app.domain import matching
from desk_app.domain.dates import DateSpan
from desk_app.domain.matching import Comparison, PersonFacts, Reason, Verdict
from desk_app.domain.records import RecordKind
from desk_app.storage.tables import Address, Household, NotSame, Person, SearchSubject

MOST_CANDIDATES: Final = 10
_BATCH: Final = 500
_DOUBLED = frozenset({Reason.SAME_NAME, Reason.NAME_SOUNDS_ALIKE})
_SAME_BIRTH = frozenset({Reason.SAME_BIRTH_DATE})


@dataclass(frozen=True, slots=True)
class Side:
    """One of two persons who may be the same, as a list shows them."""

    person: UUID
    household: UUID
    name: str
    """Given and family name."""
    birth: DateSpan | None
    file_number: str
    district: str
    """Code of the list ``districts``, "" where not known or under protection."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody already in the store who may be the person in the form."""

    side: Side
    comparison: Comparison


@dataclass(frozen=True, slots=True)
class Pair:
    """Two persons of the store who may be the same."""

    first: Side
    second: Side
    comparison: Comparison


def check(work: Work, person: PersonFacts, limit: int = MOST_CANDIDATES) -> tuple[Candidate, ...]:
    """Who in the store may be ``person``, the likeliest first.

    ``person`` may have as little as a name; with ``household`` and ``person`` it is one that is already kept, which is
    then not found itself, nor is anybody it was told apart from.
    """
    found = _compared(work.session, person)
    told_apart = _told_apart(work.session, person.person)
    kept = [(subject, comparison) for subject, comparison in found if subject.person not in told_apart][:limit]
    sides = _sides(work.session, [subject for subject, _comparison in kept])
    return tuple(
        Candidate(sides[subject.person], comparison)
        for subject, comparison in kept
        if subject.person is not None and subject.person in sides
    )


def pairs(work: Work, tell: Callable[[int, int], None] = lambda _done, _all: None) -> tuple[Pair, ...]:
    """Every two persons of the store who may be the same, the likeliest first; seconds for a large store.

    ``tell`` is told how many persons were looked at, and of how many.
    """
    session = work.session
    everybody = list(session.scalars(select(SearchSubject.id).where(SearchSubject.person_id.is_not(None))))
    apart = _apart(session)
    found: dict[tuple[UUID, UUID], tuple[Subject, Subject, Comparison]] = {}
    for first in range(0, len(everybody), _BATCH):
        tell(first, len(everybody))
        for subject in search_blocks.load(session, everybody[first : first + _BATCH]):
            assert subject.person is not None
            for other, comparison in _compared(session, subject.facts):
                assert other.person is not None
                couple = _couple(subject.person, other.person)
                if couple not in apart and couple not in found:
                    found[couple] = (subject, other, comparison)
    listed = sorted(found.values(), key=lambda each: (each[2].verdict is not Verdict.LIKELY, -each[2].weight))
    sides = _sides(session, (subject for one, other, _comparison in listed for subject in (one, other)))
    return tuple(
        Pair(sides[one.person], sides[other.person], comparison)
        for one, other, comparison in listed
        if one.person in sides and other.person in sides
    )


def dismiss(work: Work, one: UUID, other: UUID) -> None:
    """Remember that these are two different persons. Doing it again changes nothing."""
    first, second = _couple(one, other)
    if work.session.get(NotSame, (first, second)) is None:
        work.session.add(NotSame(person_a=first, person_b=second, by=work.user, at=work.now))
        work.session.flush()
        work.note("duplicate.dismissed", RecordKind.PERSON, first)
        work.note("duplicate.dismissed", RecordKind.PERSON, second)


def take_back(work: Work, one: UUID, other: UUID) -> None:
    """Forget that they were told apart."""
    row = work.session.get(NotSame, _couple(one, other))
    if row is not None:
        work.session.delete(row)
        work.session.flush()
        work.note("duplicate.reconsidered", RecordKind.PERSON, row.person_a)
        work.note("duplicate.reconsidered", RecordKind.PERSON, row.person_b)


def _couple(one: UUID, other: UUID) -> tuple[UUID, UUID]:
    return (one, other) if one.hex < other.hex else (other, one)


def _compared(session: Session, person: PersonFacts) -> list[tuple[Subject, Comparison]]:
    """Who may be ``person`` or is it twice in its own household."""
    blocks = search_blocks.around(session, person)
    found: list[tuple[Subject, Comparison]] = []
    for subject in search_blocks.load(session, blocks.subjects):
        if subject.person is None or subject.person == person.person:
            continue
        comparison = matching.compare(person, subject.facts, blocks.rarity, blocks.population)
        if comparison.verdict is Verdict.NONE:
            continue
        if subject.household == person.household and not _doubled(comparison):
            continue
        found.append((subject, comparison))
    found.sort(key=lambda each: (each[1].verdict is not Verdict.LIKELY, -each[1].weight))
    return found


def _doubled(comparison: Comparison) -> bool:
    """Whether two entries of one household are one child entered twice, not twins or parent and child of one name."""
    reasons = set(comparison.reasons)
    same = not reasons.isdisjoint(_DOUBLED) and not reasons.isdisjoint(_SAME_BIRTH)
    return same and all(reason.speaks_for or reason is Reason.OTHER_PHONE for reason in reasons)


def _told_apart(session: Session, person: UUID | None) -> frozenset[UUID | None]:
    if person is None:
        return frozenset()
    return frozenset(each for couple in _apart(session) if person in couple for each in couple)


def _apart(session: Session) -> set[tuple[UUID, UUID]]:
    """Who was told apart. Somebody merged away is meant by whoever stands for them, for as long as the merge holds."""
    one, other = aliased(Person), aliased(Person)
    query = (
        select(NotSame.person_a, one.merged_into, NotSame.person_b, other.merged_into)
        .join(one, one.id == NotSame.person_a)
        .join(other, other.id == NotSame.person_b)
    )
    return {
        _couple(_standing(session, first, first_into), _standing(session, second, second_into))
        for first, first_into, second, second_into in session.execute(query)
    }


def _standing(session: Session, person: UUID, into: UUID | None) -> UUID:
    seen = {person}
    while into is not None and into not in seen:
        seen.add(into)
        person, row = into, session.get(Person, into)
        into = row.merged_into if row is not None else None
    return person


def _sides(session: Session, subjects: Iterable[Subject]) -> dict[UUID | None, Side]:
    wanted = {subject.person: subject for subject in subjects if subject.person is not None}
    persons = list(wanted)
    found: dict[UUID | None, Side] = {}
    for first in range(0, len(persons), _BATCH):
        part = persons[first : first + _BATCH]
        query = (
            select(Person.id, Person.household_id, Person.given_name, Person.family_name, Person.birth_date,
                   Household.file_number)
            .join(Household, Household.id == Person.household_id)
            .where(Person.id.in_(part), Person.removed_at.is_(None), Household.removed_at.is_(None))
        )  # fmt: skip
        rows = session.execute(query).all()
        districts = districts_of(session, [row.household_id for row in rows])
        for row in rows:
            name = " ".join(part for part in (row.given_name, row.family_name) if part)
            district = districts.get(row.household_id, "")
            found[row.id] = Side(row.id, row.household_id, name, row.birth_date, row.file_number, district)
    return found


def districts_of(session: Session, households: Iterable[UUID]) -> dict[UUID, str]:
    """Where families live now, those under protection left out."""
    query = select(Address.household_id, Address.district, Address.protection).where(
        Address.household_id.in_(set(households)),
        Address.person_id.is_(None),
        Address.valid_to.is_(None),
        Address.removed_at.is_(None),
    )
    return {
        household: district
        for household, district, protection in session.execute(query)
        if district and protection in (None, "none")
    }
