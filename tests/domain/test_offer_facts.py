"""What a family's file tells offers, and what it leaves open."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

import pytest
from builders import Family

from desk_app.domain.dates import DateSpan
from desk_app.domain.offer_facts import Fact, facts_of, no_family, turning_days
from desk_app.domain.offer_questions import Spoken
from desk_app.domain.records import FamilyFile, RecordKind

TODAY: Final = date(2026, 11, 26)
BORN_1992: Final = DateSpan.of_day(date(1992, 3, 12))


def of(family: Family | FamilyFile, key: str) -> Fact:
    return facts_of(family if isinstance(family, FamilyFile) else family.file, TODAY).get(key)


def test_a_full_file_leaves_nothing_open_that_it_has_asked() -> None:
    family = Family()
    family.mother(birth_date=BORN_1992, nationality_1="475", nationality_2="163", german_level="A1", sex="w")
    child = family.child(place_wanted=True, unaccompanied=False)
    facts = facts_of(family.file, TODAY)
    birth = child.span("birth_date")
    assert birth is not None
    expected: dict[str, Fact] = {
        "migrated": Fact.of(True), "origin": Fact.of("475"), "district": Fact.of("styrum"),
        "city": Fact.of("Mülheim an der Ruhr"), "entry": Fact.of(DateSpan.of_day(date(2026, 8, 3))),
        "city_since": Fact.of(DateSpan.of_day(date(2026, 9, 21))), "language": Fact.of("ar"),
        "children": Fact.of(1),
    }  # fmt: skip
    assert {key: (facts.get(key).values, facts.get(key).open) for key in expected} == {
        key: (fact.values, fact.open) for key, fact in expected.items()
    }
    told = ("nationality", "adult_german", "adult_sex", "adult_age", "child_age", "age", "child_german", "school_duty",
            "school_stage", "place_wanted", "unaccompanied", "child_literacy")  # fmt: skip
    assert [(facts.get(key).values, facts.get(key).open) for key in told] == [
        (("475", "163", "475"), False), (("A1",), False), (("w",), False), ((BORN_1992,), False), ((birth,), False),
        ((BORN_1992, birth), False), (("none",), False), ((True,), False), (("lower_secondary",), False),
        ((True,), False), ((False,), False), (("both",), False),
    ]  # fmt: skip


@pytest.mark.parametrize(("to", "city"), [("Essen", Fact.of("Essen")), (None, Fact(missing="city"))])
def test_a_family_that_moved_away_no_longer_lives_where_it_did(to: str | None, city: Fact) -> None:
    family = Family(moved_away_on=date(2026, 11, 1), moved_away_to=to)
    assert (of(family, "city"), of(family, "district")) == (city, Fact(missing="district"))
    assert of(family, "city_since") == Fact(missing="city_since")


def test_an_empty_file_knows_nothing_and_says_what_to_ask() -> None:
    family = Family(entry_date=None, country_of_origin=None, arrival_in_city=None, conversation_language=None)
    family.without(RecordKind.ADDRESS).without(RecordKind.LANGUAGE)
    facts = facts_of(family.file, TODAY)
    asked = {
        "migrated": "migrated", "school_duty": "has_children", "child_age": "has_children", "adult_age": "has_adults",
        "adult_german": "adult_german", "nationality": "nationality", "city": "city", "district": "district",
        "language": "language", "entry": "entry", "city_since": "city_since", "age": "has_adults",
    }  # fmt: skip
    assert {key: (facts.get(key).values, facts.get(key).open, facts.get(key).missing) for key in asked} == {
        key: ((), True, missing) for key, missing in asked.items()
    }


def test_who_stands_in_by_office_is_not_of_the_family() -> None:
    family = Family()
    family.mother(role="youth_office", german_level=None, nationality_1="000")
    family.mother(role="guardian", nationality_1="000")
    family.child()
    assert of(family, "nationality") == Fact(("475",), open=False, missing="nationality")
    assert of(family, "adult_age").missing == "has_adults"


def test_the_dead_are_left_out() -> None:
    family = Family()
    family.mother(deceased=True, german_level="C1")
    family.child(deceased=True)
    assert of(family, "adult_german").values == ()
    assert of(family, "school_duty").missing == "has_children"


@pytest.mark.parametrize(
    ("household", "values", "open_"),
    [
        ({"country_of_origin": "000", "entry_date": None}, (False,), False),
        ({"country_of_origin": "000"}, (True,), False),
        ({"country_of_origin": None, "entry_date": DateSpan.unknown()}, (), True),
        ({"country_of_origin": None}, (True,), False),
    ],
)
def test_whoever_entered_or_came_from_another_country_has_migrated(
    household: dict[str, Any], values: tuple[bool, ...], open_: bool
) -> None:
    fact = of(Family(**household), "migrated")
    assert (fact.values, fact.open) == (values, open_)


@pytest.mark.parametrize(
    ("child", "duty", "wanted"),
    [
        ({"birth_date": DateSpan.of_day(date(2020, 9, 30))}, True, None),
        ({"birth_date": DateSpan.of_day(date(2020, 10, 1))}, False, None),
        ({"birth_date": DateSpan.of_day(date(2021, 9, 30))}, False, None),
        ({"birth_date": DateSpan.of_day(date(2021, 10, 1))}, False, False),
        ({"birth_date": DateSpan.of_day(date(2021, 10, 1)), "place_wanted": True}, False, True),
        ({"birth_date": DateSpan.of_day(date(2008, 8, 2))}, True, None),
        ({"birth_date": DateSpan.of_day(date(2008, 8, 1))}, False, None),
        ({"birth_date": DateSpan.of_year(2020)}, None, None),
        ({"birth_date": DateSpan.of_year(2021)}, False, None),
        ({"birth_date": DateSpan.of_year(2022)}, False, False),
        ({"birth_date": DateSpan.of_year(2012)}, True, None),
        ({"birth_date": DateSpan.about_year(2008)}, None, None),
        ({"birth_date": DateSpan.unknown()}, None, None),
        ({"birth_date": None}, None, None),
        ({"birth_date": DateSpan.of_year(2012), "compulsory_done": True}, False, None),
    ],
)
def test_school_duty_and_the_wish_for_a_place(child: dict[str, Any], duty: bool | None, wanted: bool | None) -> None:
    family = Family()
    family.child(**child)
    found = [of(family, key) for key in ("school_duty", "place_wanted")]
    assert [fact.values[0] if fact.values else None for fact in found] == [duty, wanted]
    assert [fact.open for fact in found] == [duty is None, wanted is None]


def test_a_birth_date_so_rough_that_duty_may_lie_within_it_decides_nothing() -> None:
    family = Family()
    family.child(birth_date=DateSpan.of_ages(1, 40, TODAY))
    assert of(family, "school_duty").values == ()


def test_whoever_speaks_german_at_home_needs_no_course() -> None:
    family = Family()
    mother = family.mother()
    family.add(RecordKind.LANGUAGE, person=mother.id, language="de", family_language=True)
    assert of(family, "adult_german").values == ("C2",)
    assert of(family, "child_german").missing == "has_children"


def test_a_level_nobody_judged_is_not_known() -> None:
    family = Family()
    family.mother(german_level="unassessed")
    assert of(family, "adult_german") == Fact((), open=True, missing="adult_german")


def test_what_is_said_adds_to_the_file_and_never_goes_against_it() -> None:
    family = Family(entry_date=None, country_of_origin="000")
    family.mother(german_level="B2")
    family.father()
    spoken = Spoken().saying("adult_german", "none").saying("migrated", True).saying("work_ban", False)
    facts = facts_of(family.file, TODAY, spoken)
    assert (facts.get("adult_german").values, facts.get("adult_german").open) == (("B2", "none"), False)
    assert facts.get("migrated").values == (False,)
    assert facts.get("work_ban") == Fact.of(False)


def test_whether_there_are_children_is_said_before_they_are_entered() -> None:
    family = Family()
    family.mother(birth_date=BORN_1992)
    none, some = (facts_of(family.file, TODAY, Spoken().saying("has_children", told)) for told in (False, True))
    assert (none.get("children"), none.get("school_duty"), none.get("age").open) == (Fact.of(0), Fact.of(), False)
    assert (some.get("children").values, some.get("school_duty").missing) == ((1,), "child_birth")
    assert (some.get("age").open, some.get("age").missing) == (True, "child_birth")
    family.child()
    assert facts_of(family.file, TODAY, Spoken().saying("has_children", False)).get("children") == Fact.of(1)


def test_an_association_has_no_facts_but_what_it_says() -> None:
    facts = no_family(TODAY, Spoken().saying("based_here", True))
    assert facts.get("based_here") == Fact.of(True)
    assert facts.get("school_duty") == Fact(missing="child_birth")


def test_facts_turn_on_birthdays_and_with_the_school_year() -> None:
    family = Family(entry_date=DateSpan.of_day(date(2026, 8, 17)))
    family.child(birth_date=DateSpan.of_day(date(2021, 5, 4)))
    days = turning_days(family.file, TODAY)
    assert {date(2027, 5, 4), date(2027, 8, 1), date(2026, 12, 18)} <= set(days)
    assert TODAY not in days
    assert max(days) <= date(2027, 11, 27)
