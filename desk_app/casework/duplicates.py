"""The same person twice: noticed while typing, and as a list to work off. Nothing is ever merged by itself."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Select, and_, delete, insert, or_, select
from sqlalchemy.orm import Session, aliased

from desk_app.casework import duplicate_pairs, search_blocks, search_memory
from desk_app.casework.desk import Work
from desk_app.casework.search_card import Subject
from desk_app.domain import matching
from desk_app.domain.dates import DateSpan
from desk_app.domain.match_reasons import Reason, Verdict
from desk_app.domain.matching import Comparison, PersonFacts
from desk_app.domain.records import RecordKind
from desk_app.storage.many_rows import among_listed, listed
from desk_app.storage.tables import Address, Household, NotSame, Person, SearchChange, SearchPair, SearchSubject

MOST_CANDIDATES: Final = 10
MOST_PAIRS: Final = 500
_MANY: Final = 300
_A_FEW: Final = 25
_COMPARED: Final = 30
_STEP_BACK: Final = 13
_BATCH: Final = 500
_PAIRS: Final[Any] = SearchPair.__table__
_DOUBLED = frozenset({Reason.SAME_NAME, Reason.NAME_SOUNDS_ALIKE})
_SAME_BIRTH = frozenset({Reason.SAME_BIRTH_DATE})


Tell = Callable[[int, int], None]


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
    sides = _sides(work.session, [subject.person for subject, _comparison in kept])
    return tuple(
        Candidate(sides[subject.person], comparison)
        for subject, comparison in kept
        if subject.person is not None and subject.person in sides
    )


def pairs(work: Work, tell: Tell = lambda _done, _all: None) -> tuple[Pair, ...]:
    """The persons of the store who may be the same, the likeliest first, at most ``MOST_PAIRS``. See ``look_on``."""
    look_on(work, _MANY, tell)
    return known_pairs(work)


def look_on(work: Work, most: int = _A_FEW, tell: Tell = lambda _done, _all: None) -> bool:
    """Look for pairs of those changed since the last time, of ``most`` persons; whether nobody is left to look at.

    Of very many changed, as the first time, everybody is looked at in one go, which takes a minute in a very large
    store. ``tell`` is told how much was looked at, and of how much; what it raises stops the search before anything
    is written, so that it may also be caught within the same deed.
    """
    session = work.session
    changed = list(session.scalars(select(SearchChange.subject).limit(_MANY + 1)))
    if len(changed) > _MANY:
        found = _all_pairs(session, tell)
        session.execute(delete(SearchPair))
        _keep_pairs(session, found)
        session.execute(delete(SearchChange))
        return True
    part = changed[:most]
    if part:
        found = _pairs_of(session, part, tell)
        session.execute(delete(SearchPair).where(or_(SearchPair.first.in_(part), SearchPair.second.in_(part))))
        _keep_pairs(session, found)
        session.execute(delete(SearchChange).where(SearchChange.subject.in_(part)))
    return len(part) == len(changed)


def up_to_date(work: Work) -> bool:
    """Whether nobody changed since pairs were looked for."""
    return work.session.scalar(select(SearchChange.subject).limit(1)) is None


def known_pairs(work: Work) -> tuple[Pair, ...]:
    """The pairs as they were found last, at once; without those told apart or taken out since."""
    session = work.session
    one, other = aliased(SearchSubject), aliased(SearchSubject)
    apart = _apart(session)
    query = (
        select(SearchPair, one.person_id, other.person_id)
        .join(one, one.id == SearchPair.first)
        .join(other, other.id == SearchPair.second)
        .order_by(SearchPair.likely.desc(), SearchPair.weight.desc())
        .limit(MOST_PAIRS + len(apart))
    )
    rows = session.execute(query).all()
    sides = _sides(session, [person for row in rows for person in row[1:]])
    found = [
        Pair(sides[first], sides[second], _comparison(pair))
        for pair, first, second in rows
        if first in sides and second in sides
    ]
    kept = [pair for pair in found if _couple(pair.first.person, pair.second.person) not in apart]
    return tuple(kept[:MOST_PAIRS])


def count_pairs(work: Work) -> int:
    """How many pairs there are, as far as they were looked for; not only those that are listed."""
    sides = [(aliased(SearchSubject), aliased(Person), aliased(Household)) for _side in range(2)]
    query = select(*(person.id for _subject, person, _household in sides)).select_from(SearchPair)
    for key, (subject, person, household) in zip((SearchPair.first, SearchPair.second), sides, strict=True):
        query = query.join(subject, subject.id == key).join(person, person.id == subject.person_id)
        query = query.join(household, household.id == person.household_id)
        query = query.where(person.removed_at.is_(None), household.removed_at.is_(None))
    couples = {_couple(row[0], row[1]) for row in work.session.execute(query)}
    return len(couples - _apart(work.session))


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


_Found = dict[tuple[int, int], Comparison]


def _all_pairs(session: Session, tell: Tell) -> _Found:
    memory = search_memory.of(session)
    couples = duplicate_pairs.Blocks(session, memory).couples(lambda done, every: tell(done, 2 * every))
    found: _Found = {}
    for first in range(0, len(couples), _BATCH):
        tell(len(couples) + first, 2 * len(couples))
        part = couples[first : first + _BATCH]
        everybody = search_blocks.load(session, {subject for couple in part for subject in couple})
        facts = {subject.id: subject.facts for subject in everybody if subject.person is not None}
        for one, other in part:
            if one in facts and other in facts:
                compared = matching.possible(facts[one], facts[other], memory.bits, memory.population)
                if compared is not None and _is_pair(facts[one], facts[other], compared):
                    found[one, other] = compared
    return found


def _pairs_of(session: Session, changed: Sequence[int], tell: Tell) -> _Found:
    found: _Found = {}
    for number, subject in enumerate(search_blocks.load(session, changed)):
        tell(number, len(changed))
        if subject.person is not None:
            for other, compared in _compared(session, subject.facts):
                found[min(subject.id, other.id), max(subject.id, other.id)] = compared
    return found


def _is_pair(one: PersonFacts, other: PersonFacts, compared: Comparison) -> bool:
    return one.household != other.household or _doubled(compared)


def _keep_pairs(session: Session, found: _Found) -> None:
    rows = [
        {"first": one, "second": other, "likely": compared.verdict is Verdict.LIKELY, "weight": compared.weight,
         "reasons": " ".join(compared.reasons)}
        for (one, other), compared in found.items()
    ]  # fmt: skip
    if rows:
        session.execute(insert(_PAIRS), rows)


def _comparison(row: SearchPair) -> Comparison:
    verdict = Verdict.LIKELY if row.likely else Verdict.POSSIBLE
    return Comparison(verdict, tuple(Reason(reason) for reason in row.reasons.split()), row.weight)


def _compared(session: Session, person: PersonFacts) -> list[tuple[Subject, Comparison]]:
    """Who may be ``person`` or is it twice in its own household."""
    blocks = search_blocks.around(session, person)
    found: list[tuple[Subject, Comparison]] = []
    for subject in _foremost(search_blocks.load(session, blocks.subjects), person):
        comparison = matching.possible(person, subject.facts, blocks.rarity, blocks.population)
        if comparison is not None and _is_pair(person, subject.facts, comparison):
            found.append((subject, comparison))
    spelt = person.spelt
    found.sort(
        key=lambda each: (
            each[1].verdict is not Verdict.LIKELY,
            -round(each[1].weight, 1),
            spelt != each[0].facts.spelt,
            -each[0].id,
        )
    )
    return found


def _foremost(near: Iterable[Subject], person: PersonFacts) -> list[Subject]:
    """Those of many namesakes to compare with care: whoever is of the other sex stands back some places."""
    others = [subject for subject in near if subject.person not in (None, person.person)]
    places = {
        subject.id: place + _STEP_BACK * (bool(person.sex) and subject.card.get("sex", person.sex) != person.sex)
        for place, subject in enumerate(others)
    }
    return sorted(others, key=lambda subject: places[subject.id])[:_COMPARED]


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
    return {
        _couple(_standing(session, first, first_into), _standing(session, second, second_into))
        for first, first_into, second, second_into in session.execute(_told())
    }


@cache
def _told() -> Select[*tuple[Any, ...]]:
    one, other = aliased(Person), aliased(Person)
    return (
        select(NotSame.person_a, one.merged_into, NotSame.person_b, other.merged_into)
        .join(one, one.id == NotSame.person_a)
        .join(other, other.id == NotSame.person_b)
    )


def _standing(session: Session, person: UUID, into: UUID | None) -> UUID:
    seen = {person}
    while into is not None and into not in seen:
        seen.add(into)
        person, row = into, session.get(Person, into)
        into = row.merged_into if row is not None else None
    return person


def _sides(session: Session, people: Iterable[UUID | None]) -> dict[UUID | None, Side]:
    persons = list(dict.fromkeys(person for person in people if person is not None))
    found: dict[UUID | None, Side] = {}
    for first in range(0, len(persons), _BATCH):
        part = persons[first : first + _BATCH]
        for row in session.connection().execute(_SIDES, {"among": listed(part)}):
            if row.id in found and not row.district:
                continue
            name = " ".join(part for part in (row.given_name, row.family_name) if part)
            found[row.id] = Side(row.id, row.household_id, name, row.birth_date, row.file_number, row.district or "")
    return found


# put together once, on the columns of the tables themselves: for mapped classes that takes longer than the database
_P: Final[Any] = Person.__table__.c
_H: Final[Any] = Household.__table__.c
_A: Final[Any] = Address.__table__.c
_LIVES_AT: Final = and_(
    _A.household_id == _H.id, _A.person_id.is_(None), _A.valid_to.is_(None), _A.removed_at.is_(None),
    or_(_A.protection.is_(None), _A.protection == "none"),
)  # fmt: skip
_SIDES: Final = (
    select(_P.id, _P.household_id, _P.given_name, _P.family_name, _P.birth_date, _H.file_number, _A.district)
    .select_from(
        Person.__table__.join(Household.__table__, _H.id == _P.household_id).outerjoin(Address.__table__, _LIVES_AT)
    )
    .where(among_listed(_P.id), _P.removed_at.is_(None), _H.removed_at.is_(None))
)
