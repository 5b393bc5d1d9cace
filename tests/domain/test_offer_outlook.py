"""When a verdict tips by itself, and what else there is to say about an offer."""

from __future__ import annotations

from datetime import date
from typing import Any, Final
from uuid import uuid4

import pytest
from builders import Family

from desk_app.domain.dates import DateSpan
from desk_app.domain.eligibility import Fit
from desk_app.domain.offer_facts import facts_of
from desk_app.domain.offer_outlook import outlook, remarks
from desk_app.domain.offers import FAMILY, Offer, OfferCapacity, OfferLanguage, OfferRule

TODAY: Final = date(2026, 11, 26)


def an_offer(*rules: OfferRule, **values: Any) -> Offer:
    return Offer(uuid4(), "Angebot", audiences=(FAMILY,), rules=rules, **values)


def a_family(birth: DateSpan, **household: Any) -> Family:
    family = Family(**household)
    family.child(birth_date=birth, place_wanted=False)
    return family


SCHOOL: Final = OfferRule("school_duty", "is", ("yes",))
BABIES: Final = OfferRule("child_age", "at_most", ("2",))


@pytest.mark.parametrize(
    ("birth", "rules", "line"),
    [
        (DateSpan.of_day(date(2021, 5, 4)), (SCHOOL,), "ab 01.08.2027: passt, weil ein Kind schulpflichtig ist"),
        (DateSpan.of_year(2020), (SCHOOL,), "ab 01.08.2027: passt, weil ein Kind schulpflichtig ist"),
        (
            DateSpan.of_day(date(2024, 2, 29)), (BABIES,),
            "ab 01.03.2027: passt nicht: nur für Kinder im Alter bis 2 Jahre (hier: 3 Jahre)",
        ),
        (
            DateSpan.of_year(2024), (BABIES,),
            "ab 01.01.2027: offen: Geburtsdatum eines Kindes fehlt oder ist zu ungenau",
        ),
    ],
)  # fmt: skip
def test_the_day_on_which_a_verdict_tips(birth: DateSpan, rules: tuple[OfferRule, ...], line: str) -> None:
    found = outlook(an_offer(*rules), a_family(birth).file, TODAY)
    assert found is not None
    assert found.line == line


def test_what_stays_as_it_is_has_no_outlook() -> None:
    assert outlook(an_offer(SCHOOL), a_family(DateSpan.of_day(date(2015, 5, 4))).file, TODAY) is None


def test_an_offer_turns_on_days_of_its_own() -> None:
    file = a_family(DateSpan.of_day(date(2015, 5, 4))).file
    ending = outlook(an_offer(SCHOOL, valid_to=date(2026, 12, 31)), file, TODAY)
    beginning = outlook(an_offer(SCHOOL, valid_from=date(2027, 1, 11)), file, TODAY)
    closed = OfferRule("migrated", "is", ("yes",), excludes=True, until=date(2027, 2, 28))
    opening = outlook(an_offer(SCHOOL, closed), file, TODAY)
    assert [(each.day, each.verdict.fit) for each in (ending, beginning, opening) if each] == [
        (date(2027, 1, 1), Fit.NOT), (date(2027, 1, 11), Fit.FITS), (date(2027, 3, 1), Fit.FITS)
    ]  # fmt: skip


def test_who_came_too_long_ago_is_seen_coming() -> None:
    family = a_family(DateSpan.of_day(date(2015, 5, 4)), entry_date=DateSpan.of_day(date(2025, 1, 17)))
    found = outlook(an_offer(OfferRule("entry", "newer_than", ("24",))), family.file, TODAY)
    assert found is not None
    assert (found.day, found.verdict.fit) == (date(2027, 1, 18), Fit.NOT)


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"kind": "group"}, ("Kinderbetreuung ist nicht hinterlegt",)),
        ({"kind": "single"}, ()),
        ({"kind": "group", "child_care": True, "child_care_words": "ab 3 Jahren"},
         ("Mit Kinderbetreuung: ab 3 Jahren",)),
        ({"kind": "both", "child_care": False}, ("Ohne Kinderbetreuung",)),
        ({"capacity": OfferCapacity(free=1, as_of=TODAY)}, ("1 Platz frei (Stand 26.11.2026)",)),
        ({"capacity": OfferCapacity(free=0, waiting_list=True)}, ("Zurzeit voll, mit Warteliste",)),
        ({"capacity": OfferCapacity(free=0)}, ("Zurzeit voll",)),
        ({"languages": (OfferLanguage("ar"), OfferLanguage("uk"))}, ("Arabisch: wird dort gesprochen",)),
        ({"alert": "Im Dezember zu", "alert_until": TODAY}, ("Im Dezember zu",)),
        ({"alert": "Im Oktober zu", "alert_until": date(2026, 10, 31)}, ()),
    ],
)  # fmt: skip
def test_what_does_not_decide_is_said_all_the_same(values: dict[str, Any], said: tuple[str, ...]) -> None:
    facts = facts_of(a_family(DateSpan.of_day(date(2022, 5, 4))).file, TODAY)
    assert remarks(an_offer(**values), facts) == said


def test_child_care_matters_only_with_small_children() -> None:
    facts = facts_of(a_family(DateSpan.of_day(date(2015, 5, 4))).file, TODAY)
    assert remarks(an_offer(kind="group"), facts) == ()
