"""Who of an old list is in the store already, for thousands of rows at once.

Somebody with the same names and the same birth date is taken to be the same person; everybody else who may be is only
shown, and a person decides. Once one of a family is found, the others are looked for inside that household by looser
rules, since nobody doubts there that "Mohamad" is "Mohammed".
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from sqlalchemy import select

from desk_app.casework.desk import Work
from desk_app.domain.child import full_name
from desk_app.domain.dates import DateSpan, Precision
from desk_app.domain.list_reading import ListFamily, ListPerson
from desk_app.domain.match_reasons import Reason
from desk_app.domain.name_keys import folded
from desk_app.domain.name_likeness import RESEMBLES, SOUNDS_ALIKE, align, likeness
from desk_app.domain.names import search_form
from desk_app.domain.records import FamilyFile, Record
from desk_app.storage.tables import Household, Person

_SHOWN: Final = 3
_TOGETHER: Final = 2
"""So many names of one family in one household leave no doubt, also without birth dates."""
_FEWEST_WORDS: Final = 2
"""A single name in common says nothing without a birth date."""


@dataclass(frozen=True, slots=True)
class Known:
    """Somebody in the store."""

    person: UUID
    household: UUID
    file_number: str
    name: str
    birth: DateSpan | None
    words: frozenset[str]
    """Of the search form."""


@dataclass(frozen=True, slots=True)
class Possible:
    """A household that may be the one of the list, and what speaks for it: somebody in it, and the reasons."""

    household: UUID
    file_number: str
    name: str
    birth: DateSpan | None
    whom: str
    """Who of the list it is about."""
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Match:
    """The household somebody of the family is surely in, or those that are possible."""

    household: UUID | None = None
    possible: tuple[Possible, ...] = ()


class Register:
    """Everybody in the store, laid out for looking up."""

    def __init__(self, known: Iterable[Known]) -> None:
        self._by_birth: defaultdict[str, list[Known]] = defaultdict(list)
        self._by_words: defaultdict[frozenset[str], list[Known]] = defaultdict(list)
        for one in known:
            if one.birth is not None and one.birth.precision is Precision.DAY:
                self._by_birth[one.birth.to_text()].append(one)
            for words in _scripts(one.words):
                self._by_words[words].append(one)

    def match(self, family: ListFamily) -> Match:
        """The household of a family of the list."""
        sure: dict[UUID, int] = {}
        named: dict[UUID, set[str]] = {}
        possible: dict[UUID, Possible] = {}
        for person in family.persons:
            words = frozenset(search_form(person.name).split())
            for known, reasons in self._alike(person, words):
                if reasons == _SURE:
                    sure[known.household] = sure.get(known.household, 0) + 1
                if Reason.SAME_NAME in reasons and Reason.OTHER_BIRTH_DATE not in reasons:
                    named.setdefault(known.household, set()).add(person.name)
                found = Possible(known.household, known.file_number, known.name, known.birth, person.name, reasons)
                possible.setdefault(known.household, found)
        for household, people in named.items():
            if len(people) >= _TOGETHER:
                sure[household] = max(sure.get(household, 0), len(people))
        best = sorted(sure, key=lambda household: -sure[household])
        if best and (len(best) == 1 or sure[best[0]] > sure[best[1]]):
            return Match(best[0])
        ranked = sorted(possible.values(), key=lambda one: (-sure.get(one.household, 0), -_weight(one.reasons)))
        return Match(None, tuple(ranked[:_SHOWN]))

    def _alike(self, person: ListPerson, words: frozenset[str]) -> Iterable[tuple[Known, tuple[Reason, ...]]]:
        birth = person.birth
        found: dict[UUID, tuple[Known, tuple[Reason, ...]]] = {}
        if birth is not None and birth.precision is Precision.DAY:
            for known in self._by_birth.get(birth.to_text(), ()):
                reasons = _SURE if words and words <= known.words else _by_ear(person.name, known.name)
                if reasons:
                    found[known.person] = (known, reasons if reasons is _SURE else (*reasons, Reason.SAME_BIRTH_DATE))
            for known in self._by_birth.get(_turned(birth), ()):
                if reasons := _by_ear(person.name, known.name):
                    found.setdefault(known.person, (known, (*reasons, Reason.DAY_AND_MONTH_SWAPPED)))
        if len(words) >= _FEWEST_WORDS:
            for known in self._by_words.get(words, ()):
                found.setdefault(known.person, (known, (Reason.SAME_NAME, *_births(birth, known.birth))))
        return found.values()


def _scripts(words: frozenset[str]) -> set[frozenset[str]]:
    """The words of a name as a list may have them: in Latin letters, in their own script, or both beside each other."""
    latin = frozenset(word for word in words if word.isascii())
    return {words, latin or words, (words - latin) or words}


_SURE: Final = (Reason.SAME_NAME, Reason.SAME_BIRTH_DATE)


def register(work: Work) -> Register:
    """Read everybody who is in the store."""
    columns = (
        Person.id, Person.household_id, Household.file_number, Person.given_name, Person.family_name,
        Person.birth_date, Person.search_form,
    )  # fmt: skip
    query = select(*columns).join(Household, Household.id == Person.household_id)
    rows = work.session.execute(query.where(Person.removed_at.is_(None), Household.removed_at.is_(None)))
    return Register(
        Known(id_, household, number, " ".join(part for part in (given, family) if part), birth,
              frozenset(words.split()))
        for id_, household, number, given, family, birth, words in rows
    )  # fmt: skip


def pair_up(file: FamilyFile, persons: Sequence[ListPerson]) -> dict[int, Record]:
    """Who of a family of the list is who in a household, by the place in ``persons``; nobody stands for two."""
    scored = [
        (score, place, record)
        for place, person in enumerate(persons)
        for record in file.persons
        if (score := _inside(person, record)) > 0
    ]
    pairs: dict[int, Record] = {}
    for _score, place, record in sorted(scored, key=lambda one: -one[0]):
        if place not in pairs and record not in pairs.values():
            pairs[place] = record
    return pairs


def _inside(person: ListPerson, record: Record) -> float:
    """How well somebody of the list fits somebody of the household, 0 for not at all."""
    first, second = folded(person.text("given_name")), folded(record.text("given_name"))
    alike = max((likeness(one, other) for one in first for other in second), default=0.0)
    born = _births(person.birth, record.span("birth_date"))
    if Reason.OTHER_BIRTH_DATE in born and alike < 1:
        return 0
    same_birth = Reason.SAME_BIRTH_DATE in born
    if not first or not second:
        whole = align(folded(person.name), folded(full_name(record)))
        return 1.0 if same_birth and whole.pairs else 0
    return alike + same_birth if alike >= RESEMBLES else 0


def _by_ear(first: str, second: str) -> tuple[Reason, ...]:
    """What two names have in common, empty where it is too little."""
    one, other = folded(first), folded(second)
    alignment = align(one, other)
    alike = [pair.alike for pair in alignment.pairs]
    if not alike or len(alike) < min(len(one), len(other), _FEWEST_WORDS):
        return ()
    if min(alike) == 1:
        return (Reason.SAME_NAME,)
    if min(alike) >= SOUNDS_ALIKE:
        return (Reason.NAME_SOUNDS_ALIKE,)
    return (Reason.NAME_RESEMBLES,) if min(alike) >= RESEMBLES else ()


def _births(first: DateSpan | None, second: DateSpan | None) -> tuple[Reason, ...]:
    if first is None or second is None or not first.known or not second.known:
        return ()
    if first == second:
        return (Reason.SAME_BIRTH_DATE,)
    assert first.earliest is not None
    assert first.latest is not None
    assert second.earliest is not None
    assert second.latest is not None
    if first.earliest <= second.latest and second.earliest <= first.latest:
        return (Reason.BIRTH_DATES_FIT,)
    return (Reason.DAY_AND_MONTH_SWAPPED,) if _turned(first) == second.to_text() else (Reason.OTHER_BIRTH_DATE,)


def _turned(birth: DateSpan) -> str:
    """A birth date with day and month exchanged as text; "" where that is no other date."""
    day = birth.earliest
    if birth.precision is not Precision.DAY or day is None or day.day > 12 or day.day == day.month:
        return ""
    return DateSpan.of_day(day.replace(day=day.month, month=day.day)).to_text()


def _weight(reasons: Sequence[Reason]) -> int:
    good = {
        Reason.SAME_BIRTH_DATE: 4,
        Reason.SAME_NAME: 3,
        Reason.NAME_SOUNDS_ALIKE: 2,
        Reason.DAY_AND_MONTH_SWAPPED: 2,
    }
    return sum(good.get(reason, 1 if reason.speaks_for else -3) for reason in reasons)
