"""What a search shows of those it found: title, the letters found in it, and what stands beside."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from itertools import starmap
from typing import Any, Final, NamedTuple
from uuid import UUID

from sqlalchemy import Integer, and_, func, literal_column, or_, select

from desk_app.casework import appointment_lines, families, placements
from desk_app.casework.desk import Work
from desk_app.casework.search_card import Subject
from desk_app.domain import completeness, name_keys
from desk_app.domain.child import ChildView
from desk_app.domain.dates import AgeRange, DateSpan
from desk_app.domain.name_likeness import SOUNDS_ALIKE, likeness
from desk_app.domain.records import FamilyFile
from desk_app.storage.many_rows import among_listed, listed
from desk_app.storage.ready import Ready
from desk_app.storage.tables import Address, Household, Person, PlacementEvent, PlacementRequest

Marks = tuple[tuple[int, int], ...]
"""Places in a text that were found, each from (included) and to (excluded), in order and apart."""


class By(StrEnum):
    """What of a hit was found."""

    NAME = "name"
    OTHER_NAME = "other_name"
    """Another spelling, the native script, the birth name: ``Hit.found`` shows it."""
    BIRTH = "birth"
    PHONE = "phone"
    FILE_NUMBER = "file_number"
    REQUEST_NUMBER = "request_number"
    SCHOOL = "school"
    SOUND = "sound"


@dataclass(frozen=True, slots=True)
class Hit:
    """One line of the search: a family, or one person of it."""

    household: UUID
    person: UUID | None
    """None for the family as a whole."""
    title: str
    """The family name, or given and family name; without the word "Familie"."""
    by: By
    marks: Marks = ()
    """The letters of ``title`` that were found."""
    found: str = ""
    """What was found where the title does not show it: an adult's name, another spelling, a phone, a number."""
    found_marks: Marks = ()
    file_number: str = ""
    persons: int = 0
    district: str = ""
    """Code of the list ``districts``, "" where not known or under protection."""
    age: AgeRange | None = None
    birth: str = ""
    """As shown: "03.08.2013"."""
    grade: str = ""
    """Code of the grade proposed, "" where none is."""
    request: str = ""
    """State of the child's newest placement request, "" without one."""
    open_points: int | None = None
    """What keeps the child's request from being sent, or those of the family; None where it was not counted."""
    appointment: datetime | None = None
    """When the family comes next, as far as that was looked up."""


Chosen = dict[UUID, tuple[Subject, By]]
"""Whom to show, by household or, for a child, by person."""


class Lines:
    """Makes hits of subjects, with a fixed number of queries for each group."""

    def __init__(self, work: Work, words: Sequence[str], limit: int) -> None:
        self._work = work
        self._words = words
        self._limit = limit

    def choose(self, found: Iterable[tuple[Subject, By]], but: Collection[UUID] = ()) -> Chosen:
        """Families and children, each once and in the order given; an adult stands for the family."""
        families: Chosen = {}
        children: Chosen = {}
        for subject, by in found:
            if subject.card.get("role") == "child" and subject.person is not None:
                if len(children) < self._limit and subject.person not in but:
                    children.setdefault(subject.person, (subject, by))
            elif len(families) < self._limit and subject.household not in but:
                families.setdefault(subject.household, (subject, by))
            if len(families) == len(children) == self._limit:
                break
        return {**families, **children}

    def hits(self, *groups: Chosen) -> list[list[Hit]]:
        """The lines of each group, read for all groups at once."""
        everybody = [subject for chosen in groups for subject, _by in chosen.values()]
        if not everybody:
            return [[] for _chosen in groups]
        beside = _Beside(self._work, everybody)
        made = [[self._hit(subject, by, beside) for subject, by in chosen.values()] for chosen in groups]
        return [[hit for hit in hits if hit is not None] for hits in made]

    def _hit(self, subject: Subject, by: By, beside: _Beside) -> Hit | None:
        household = beside.households.get(subject.household)
        if household is None:
            return None
        own = _full_name(subject)
        is_child = subject.card.get("role") == "child"
        title = own if is_child else household.family_name or own
        marks = self._marks(title)
        found = "" if title == own or subject.person is None else own
        if by in (By.NAME, By.SOUND) and not marks and not self._marks(found):
            others = [name for name in subject.card.get("others", ()) if self._marks(name)]
            if others:
                found, by = others[0], By.OTHER_NAME if by is By.NAME else by
        elif by is By.PHONE:
            found = ", ".join(subject.card.get("phones", ()))
        elif by is By.REQUEST_NUMBER:
            found = ", ".join(subject.card.get("requests", ()))
        person = beside.persons.get(subject.person) if subject.person else None
        span = person.birth_date if person else None
        return Hit(
            household=subject.household,
            person=subject.person if is_child else None,
            title=title,
            by=by,
            marks=marks,
            found=found,
            found_marks=self._marks(found),
            file_number=household.file_number,
            persons=household.members,
            district=beside.districts.get(subject.household, ""),
            age=span.age_on(self._work.today) if span else None,
            birth=span.show() if span else "",
            grade=(person.proposed_grade or "") if person else "",
            request=(person.state or "") if person else "",
        )

    def _marks(self, text: str) -> Marks:
        """Where the typed words stand in ``text``, in whatever script it is."""
        words = name_keys.fold(text)
        spelt = [self._longest(each for each in self._words if word.letters.startswith(each)) for word in words]
        # what is spelt so somewhere is not looked for by its sound: that takes long, and marks other names
        others = [each for each in self._words if each not in spelt and len(each) > 2 and not each.isdecimal()]
        found: list[tuple[int, int]] = []
        for word, letters in zip(words, spelt, strict=True):
            typed = letters or self._longest(each for each in others if _sounds_like(each, word.letters))
            if typed:
                last = min(len(typed), len(word.source)) - 1
                found.append((word.source[0], word.source[last] + 1))
        return tuple(found)

    def _longest(self, words: Iterable[str]) -> str:
        return max(words, key=len, default="")


def _sounds_like(typed: str, word: str) -> bool:
    """Whether a word or its beginning sounds like what was typed."""
    return max(likeness(typed, word), likeness(typed, word[: len(typed)])) >= SOUNDS_ALIKE


def count_open(work: Work, hits: Sequence[Hit]) -> tuple[Hit, ...]:
    """The hits with their open points, for families with a request that is not sent yet, and their next appointment."""
    waiting = work.session.connection().scalars(_WAITING, {"among": listed({hit.household for hit in hits})})
    files = families.load_many(work, list(dict.fromkeys(waiting)))
    waiting_children = {file.household.id: _waiting(file, work.today) for file in files}
    coming = appointment_lines.next_of(work, {hit.household for hit in hits})
    return tuple(
        replace(
            hit,
            open_points=_open_points(hit, waiting_children.get(hit.household, {})),
            appointment=coming.get(hit.household),
        )
        for hit in hits
    )


def _waiting(file: FamilyFile, today: date) -> dict[UUID, ChildView]:
    """The children whose request is not sent yet."""
    views = (ChildView(file, child.id, today) for child in file.children)
    return {
        view.id: view
        for view in views
        if view.request is not None and file.state_of(view.request.id) in (placements.DRAFT, placements.COMPLETE)
    }


def _open_points(hit: Hit, children: dict[UUID, ChildView]) -> int | None:
    if hit.person is not None:
        return len(completeness.blocking(children[hit.person])) if hit.person in children else None
    return sum(item.blocking for item in completeness.of_family(children.values())) if children else None


def _full_name(subject: Subject) -> str:
    return " ".join(part for part in (subject.card.get("given"), subject.card.get("family")) if part)


class _Beside:
    """What stands beside the titles, read for all hits at once; removed ones are not there."""

    def __init__(self, work: Work, subjects: Sequence[Subject]) -> None:
        self.households: dict[UUID, _FamilyBeside] = {}
        self.districts: dict[UUID, str] = {}
        wanted = listed({subject.household for subject in subjects})
        for family in starmap(_FamilyBeside, _FAMILIES_BESIDE.rows(work.session, among=wanted)):
            self.households[family.id] = family
            if family.district:
                self.districts[family.id] = family.district
        wanted = listed({subject.person for subject in subjects if subject.person})
        persons = starmap(_PersonBeside, _PERSONS_BESIDE.rows(work.session, among=wanted))
        self.persons = {person.id: person for person in persons}


class _FamilyBeside(NamedTuple):
    id: UUID
    family_name: str
    file_number: str
    members: int
    district: str | None


class _PersonBeside(NamedTuple):
    id: UUID
    birth_date: DateSpan | None
    proposed_grade: str | None
    state: str | None


# statements put together once, on the columns of the tables themselves: putting one together for mapped classes takes
# longer than the database does
_H: Final[Any] = Household.__table__.c
_P: Final[Any] = Person.__table__.c
_A: Final[Any] = Address.__table__.c
_R: Final[Any] = PlacementRequest.__table__.c
_E: Final[Any] = PlacementEvent.__table__.c
_MEMBERS = select(func.count()).where(_P.household_id == _H.id, _P.removed_at.is_(None)).scalar_subquery()
_LIVES_AT = and_(
    _A.household_id == _H.id, _A.person_id.is_(None), _A.valid_to.is_(None), _A.removed_at.is_(None),
    or_(_A.protection.is_(None), _A.protection == "none"),
)  # fmt: skip
_FAMILIES_BESIDE: Final = Ready(
    select(_H.id, _H.family_name, _H.file_number, _MEMBERS.label("members"), _A.district)
    .select_from(Household.__table__.outerjoin(Address.__table__, _LIVES_AT))
    .where(among_listed(_H.id), _H.removed_at.is_(None))
)
_STATE = (
    select(_E.state)
    .select_from(PlacementRequest.__table__.join(PlacementEvent.__table__, _E.request_id == _R.id))
    .where(_R.person_id == _P.id, _R.removed_at.is_(None), _E.voided_at.is_(None))
    .order_by(_R.created_at.desc(), _E.sequence.desc())
    .limit(literal_column("1", Integer))  # one that is handed over would have it prepared anew each time
    .scalar_subquery()
)
"""The newest state of the newest request."""
_PERSONS_BESIDE: Final = Ready(
    select(_P.id, _P.birth_date, _P.proposed_grade, _STATE.label("state")).where(
        among_listed(_P.id), _P.removed_at.is_(None)
    )
)
_WAITING: Final = select(_R.household_id).where(among_listed(_R.household_id), _R.removed_at.is_(None))
