"""What is known about a family that offers may depend on, drawn from its file and from what was said in the talk.

A fact holds one value per person or per answer, and whether more may come to light. Persons are taken as they stand
in the file: once it has a child, its children are those; while it has none, nobody has said that there are none.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Final, Never

from desk_app.domain.child import ChildView
from desk_app.domain.dates import DateSpan
from desk_app.domain.offer_questions import Spoken, question_for
from desk_app.domain.records import FamilyFile, Record, RecordKind, Value
from desk_app.domain.schooling import SchoolRules, SchoolStage

GERMANY: Final = "000"
"""The official key of Germany in the lists ``countries`` and ``nationalities``."""
UNASSESSED: Final = "unassessed"

FactValue = bool | str | int | DateSpan


@dataclass(frozen=True, slots=True)
class Fact:
    """What is known: ``values``, and with ``open`` that there may be more; ``missing`` is the question to ask then.

    A number that is open is the least that it can be.
    """

    values: tuple[FactValue, ...] = ()
    open: bool = True
    missing: str = ""

    @classmethod
    def of(cls, *values: FactValue) -> Fact:
        """All there is to know."""
        return cls(values, open=False)

    def with_answer(self, answer: FactValue) -> Fact:
        """Closed by an answer, where it was open."""
        return Fact((*self.values, answer), open=False) if self.open else self


@dataclass(frozen=True)
class Facts:
    """What is known on ``today``, by the keys of ``offer_fields.FIELDS``; what is not there is not known.

    Answers of the talk are among it, so it tells nothing of itself and cannot be written anywhere either.
    """

    today: date
    known: Mapping[str, Fact] = field(default_factory=dict, repr=False)

    def __reduce__(self) -> Never:
        raise TypeError("answers of a talk are not kept")

    def get(self, key: str) -> Fact:
        return self.known.get(key) or Fact(missing=question_for(key))


def facts_of(file: FamilyFile, today: date, spoken: Spoken | None = None) -> Facts:
    """The facts of a family. Spoken answers add to what the file leaves open; they never go against it."""
    known = {"anyone": Fact.of(True), **_family_facts(file), **_adult_facts(file), **_child_facts(file, today)}
    if not _children(file):
        known |= dict.fromkeys(_OF_CHILDREN, Fact(missing="has_children"))
    persons = (known["adult_age"], known["child_age"])
    values = tuple(value for fact in persons for value in fact.values)
    known["age"] = Fact(values, any(fact.open for fact in persons), _first_missing(persons))
    return hearing(Facts(today, known), spoken) if spoken is not None else Facts(today, known)


def no_family(today: date, spoken: Spoken | None = None) -> Facts:
    """For somebody who asks without a file: an association, a volunteer, an artist."""
    facts = Facts(today, {"anyone": Fact.of(True)})
    return hearing(facts, spoken) if spoken is not None else facts


def hearing(facts: Facts, spoken: Spoken) -> Facts:
    """With the answers of the talk."""
    known = dict(facts.known)
    children = spoken.answer("has_children")
    if isinstance(children, bool) and known.get("children", Fact()).open:
        told = dict.fromkeys(_OF_CHILDREN, Fact.of())
        told["children"] = Fact.of(0)
        known |= _CHILDREN_UNTOLD if children else told
        adults = known.get("adult_age", Fact())
        known["age"] = replace(
            adults, open=adults.open or children, missing=adults.missing if adults.open else "child_birth"
        )
    for question in spoken.answered - {"has_children"}:
        answer = spoken.answer(question)
        if answer is not None:
            known[question] = known.get(question, Fact()).with_answer(answer)
    return Facts(facts.today, known)


def turning_days(file: FamilyFile, today: date, days: int = 366) -> tuple[date, ...]:
    """The days from tomorrow on, within ``days``, on which a fact may change by itself.

    Birthdays, the first of each month (the school year), and full months since the entry.
    """
    births = (person.span("birth_date") for person in file.persons)
    # whoever was born on 29 February is a year older on 1 March, which is a first of a month
    birthdays = {(end.month, end.day) for birth in births for end in _ends(birth)}
    entries = {(end + timedelta(days=1)).day for end in _ends(file.household.span("entry_date"))}
    ahead = (today + timedelta(days=number) for number in range(1, days + 1))
    return tuple(day for day in ahead if (day.month, day.day) in birthdays or day.day in {1, *entries})


def _ends(span: DateSpan | None) -> tuple[date, ...]:
    if span is None or span.earliest is None or span.latest is None:
        return ()
    return span.earliest, span.latest


def _family_facts(file: FamilyFile) -> dict[str, Fact]:
    household = file.household
    origin = household.text("country_of_origin")
    entry = household.span("entry_date")
    entered = entry if entry is not None and entry.known else None
    address = next(iter(file.all(RecordKind.ADDRESS)), None)
    at_home = (row.text("language") for row in file.records.get(RecordKind.LANGUAGE, ()) if row.flag("family_language"))
    own = (adult.text("own_language") for adult in _adults(file))
    languages = {*at_home, *own, household.text("conversation_language")} - {""}
    abroad = entered is not None or (origin and origin != GERMANY)
    since, away = household.day("arrival_in_city"), file.has_moved_away
    return {
        "migrated": Fact.of(bool(abroad)) if abroad or origin else Fact(missing="migrated"),
        "origin": _told(origin, "origin"),
        "entry": Fact.of(entered) if entered else Fact(missing="entry"),
        "city_since": Fact.of(DateSpan.of_day(since)) if since and not away else Fact(missing="city_since"),
        "city": _told(household.text("moved_away_to") if away else _at(address, "city"), "city"),
        "district": _told("" if away else _at(address, "district"), "district"),
        "language": Fact(tuple(sorted(languages)), not languages, "language"),
        "nationality": _of_each((*_adults(file), *_children(file)), _nationalities, "nationality"),
    }


def _at(address: Record | None, key: str) -> str:
    return address.text(key) if address is not None else ""


def _adults(file: FamilyFile) -> tuple[Record, ...]:
    """The adults of the family itself, without those who only stand in for parents by office."""
    return tuple(adult for adult in file.living_adults if adult.text("role") not in ("guardian", "youth_office"))


def _children(file: FamilyFile) -> tuple[Record, ...]:
    return tuple(child for child in file.children if not child.flag("deceased"))


def _adult_facts(file: FamilyFile) -> dict[str, Fact]:
    adults = _adults(file)
    return {
        "adult_age": _of_each(adults, _birth, "adult_birth" if adults else "has_adults"),
        "adult_sex": _of_each(adults, lambda adult: _text(adult, "sex"), "adult_sex"),
        "adult_german": _of_each(adults, lambda adult: _german(file, adult), "adult_german"),
        "adult_literacy": _of_each(adults, lambda adult: _text(adult, "literacy"), "adult_literacy"),
    }


_OF_CHILDREN: Final = (
    "children", "child_age", "child_german", "child_literacy", "school_duty", "school_stage", "place_wanted",
    "unaccompanied",
)  # fmt: skip
_CHILDREN_UNTOLD: Final = {
    **{key: Fact(missing=question_for(key)) for key in _OF_CHILDREN},
    "children": Fact((1,), missing="child_birth"),
}
"""There is a child or more, of whom nothing is known yet."""


def _child_facts(file: FamilyFile, today: date) -> dict[str, Fact]:
    children = _children(file)
    rules = SchoolRules.on(today)

    def of_each(values: Callable[[ChildView], Iterable[FactValue] | None], missing: str) -> Fact:
        return _of_each(children, lambda child: values(ChildView(file, child.id, today)), missing)

    return {
        "children": Fact.of(len(children)),
        "child_age": _of_each(children, _birth, "child_birth"),
        "child_german": _of_each(children, lambda child: _german(file, child), "child_german"),
        "child_literacy": _of_each(children, lambda child: _text(child, "literacy"), "child_literacy"),
        "school_duty": of_each(lambda child: _flag(_in_duty(child, rules)), "child_birth"),
        "school_stage": of_each(_stage, "child_birth"),
        "place_wanted": of_each(lambda child: _flag(_wants_place(child, rules)), "place_wanted"),
        "unaccompanied": of_each(lambda child: _flag(child.person.flag("unaccompanied")), "unaccompanied"),
    }


def _in_duty(child: ChildView, rules: SchoolRules) -> bool | None:
    """Whether the child is in school duty; ``None`` where it depends on the exact birth date."""
    if child.person.flag("compulsory_done"):
        return False
    birth = child.birth_date
    if birth is None or birth.earliest is None or birth.latest is None:
        return None
    ends = {rules.duty_from(end) <= child.today <= rules.duty_until(end) for end in (birth.earliest, birth.latest)}
    # an interval longer than the duty itself could have both ends outside it
    wide = rules.duty_until(birth.earliest) < child.today < rules.duty_from(birth.latest)
    return ends.pop() if len(ends) == 1 and not wide else None


def _wants_place(child: ChildView, rules: SchoolRules) -> bool | None:
    """As answered. Nobody is asked about a child who begins school later than next summer."""
    answered = child.person.flag("place_wanted")
    birth = child.birth_date
    if answered is not None or birth is None or birth.earliest is None:
        return answered
    next_year = rules.year_begins(rules.year_of(child.today) + 1)
    return False if rules.duty_from(birth.earliest) > next_year else None


def _stage(child: ChildView) -> Iterable[FactValue] | None:
    stages = child.stages
    return (stages[0].value,) if len(stages) == 1 and stages[0] is not SchoolStage.BEYOND else None


def _german(file: FamilyFile, person: Record) -> Iterable[FactValue] | None:
    """The level entered; whoever speaks German at home needs none."""
    level = person.text("german_level")
    own = (row for row in file.records.get(RecordKind.LANGUAGE, ()) if row.person in (None, person.id))
    if any(row.text("language") == "de" and row.flag("family_language") for row in own):
        return ("C2",)
    return (level,) if level and level != UNASSESSED else None


def _nationalities(person: Record) -> Iterable[FactValue] | None:
    first, second = person.text("nationality_1"), person.text("nationality_2")
    return tuple(key for key in (first, second) if key) or None


def _birth(person: Record) -> Iterable[FactValue] | None:
    birth = person.span("birth_date")
    return (birth,) if birth is not None and birth.known else None


def _text(person: Record, key: str) -> Iterable[FactValue] | None:
    value = person.text(key)
    return (value,) if value else None


def _flag(value: Value) -> Iterable[FactValue] | None:
    return (value,) if isinstance(value, bool) else None


def _told(value: str, missing: str) -> Fact:
    return Fact.of(value) if value else Fact(missing=missing)


def _of_each(persons: tuple[Record, ...], values: Callable[[Record], Iterable[FactValue] | None], missing: str) -> Fact:
    """One fact of several persons: open while it is not known of all of them, or nobody is entered."""
    known = [values(person) for person in persons]
    found = tuple(value for each in known if each is not None for value in each)
    return Fact(found, not persons or None in known, missing)


def _first_missing(facts: Iterable[Fact]) -> str:
    return next((fact.missing for fact in facts if fact.open), "")
