"""One rule of an offer against what is known, in three values and in words."""

from __future__ import annotations

from datetime import date
from typing import Final

import pytest

from desk_app.domain.dates import DateSpan, Precision
from desk_app.domain.offer_conditions import Finding, all_of, any_of, find, say_rule, why
from desk_app.domain.offer_facts import Fact, Facts, FactValue
from desk_app.domain.offers import OfferRule

TODAY: Final = date(2026, 11, 26)
BORN_2020: Final = DateSpan.of_year(2020)


def the_facts(rule: OfferRule, *values: FactValue, more: bool = False) -> Facts:
    return Facts(TODAY, {rule.field: Fact(values, more, "asked")})


def found(rule: OfferRule, *values: FactValue, more: bool = False) -> Finding:
    return find(rule, the_facts(rule, *values, more=more))


@pytest.mark.parametrize(
    ("truths", "either", "both"),
    [
        ((), False, True),
        ((True, None), True, None),
        ((False, None), None, False),
        ((None, None), None, None),
        ((True, False), True, False),
        ((True, True), True, True),
        ((False, False), False, False),
    ],
)
def test_three_values_after_kleene(truths: tuple[bool | None, ...], either: bool | None, both: bool | None) -> None:
    assert (any_of(truths), all_of(truths)) == (either, both)
    assert any_of(truths, more=True) is (True if either else None)


@pytest.mark.parametrize(
    ("rule", "values", "truth", "words"),
    [
        (OfferRule("language", "is", ("ar", "kmr")), ("kmr", "tr"), True, "die Familie Kurdisch (Kurmandschi) spricht"),
        (
            OfferRule("language", "is", ("ar", "kmr")), ("tr",), False,
            "nur für Familien mit der Sprache Arabisch oder Kurdisch (Kurmandschi) (hier: Türkisch)",
        ),
        (OfferRule("district", "not", ("styrum",)), ("broich",), True, ""),
        (OfferRule("district", "not", ("styrum",)), ("styrum",), False, "ausgenommen: Stadtteil Styrum (hier: Styrum)"),
        (OfferRule("city", "is", ("Mülheim",)), ("MUELHEIM",), True, "der Wohnort MUELHEIM ist"),
        (OfferRule("adult_german", "at_least", ("B1",)), ("A2/B1",), False,
         "nur für Erwachsene mit Deutsch ab B1 (hier: A2/B1)"),
        (OfferRule("adult_german", "at_least", ("B1",)), ("A2", "B1+"), True,
         "der Stand in Deutsch bei Erwachsenen „B1+“ ist"),
        (OfferRule("adult_german", "between", ("A1", "A2")), ("A1/A2",), True,
         "der Stand in Deutsch bei Erwachsenen „A1/A2“ ist"),
        (OfferRule("adult_german", "at_most", ("A1",)), ("unassessed",), None,
         "nur für Erwachsene mit Deutsch bis A1"),
        (OfferRule("adult_german", "is", ("none",)), ("unassessed",), None,
         "nur für Erwachsene mit Deutsch keine/kaum Deutsch"),
        (OfferRule("children", "at_least", ("2",)), (3,), True, "die Familie 3 Kinder hat"),
        (OfferRule("children", "is", ("0",)), (0,), True, "die Familie keine Kinder hat"),
        (OfferRule("children", "at_most", ("1",)), (3,), False, "nur bei so vielen Kindern: bis 1 (hier: 3 Kinder)"),
        (OfferRule("child_age", "between", ("6", "10")), (DateSpan.of_day(date(2016, 3, 1)),), True,
         "ein Kind 10 Jahre alt ist"),
        (OfferRule("child_age", "at_most", ("5",)), (DateSpan.of_day(date(2020, 11, 26)),), False,
         "nur für Kinder im Alter bis 5 Jahre (hier: 6 Jahre)"),
        (OfferRule("child_age", "at_most", ("5",)), (DateSpan.of_day(date(2020, 11, 27)),), True,
         "ein Kind 5 Jahre alt ist"),
        (OfferRule("child_age", "at_most", ("5",)), (BORN_2020,), None, "nur für Kinder im Alter bis 5 Jahre"),
        (OfferRule("child_age", "at_most", ("6",)), (BORN_2020,), True, "ein Kind 5–6 Jahre alt ist"),
        (OfferRule("entry", "newer_than", ("24",)), (DateSpan.of_day(date(2024, 11, 26)),), True,
         "als Einreise „26.11.2024“ eingetragen ist"),
        (OfferRule("entry", "newer_than", ("24",)), (DateSpan.of_day(date(2024, 11, 25)),), False,
         "nur bei Einreise vor höchstens 24 Monaten (hier: 25.11.2024)"),
        (OfferRule("entry", "newer_than", ("24",)), (DateSpan.of_month(2024, 11),), None,
         "nur bei Einreise vor höchstens 24 Monaten"),
        (OfferRule("entry", "at_least", ("2026-01-01",)), (DateSpan.of_year(2026),), True,
         "als Einreise „2026“ eingetragen ist"),
        (OfferRule("entry", "at_most", ("2025-12-31",)), (DateSpan.of_year(2026),), False,
         "nur bei Einreise bis 31.12.2025 (hier: 2026)"),
        (OfferRule("work_ban", "is", ("yes",), excludes=True), (False,), True, "kein Beschäftigungsverbot besteht"),
        (OfferRule("nationality", "is", ("000",), excludes=True), ("475",), True, ""),
        (OfferRule("nationality", "is", ("000",), excludes=True), ("000",), False,
         "ausgenommen: Staatsangehörigkeit Deutschland (hier: Deutschland)"),
        (OfferRule("nationality", "is", ("000",), excludes=True, words="Deutsche"), ("000",), False,
         "nicht für Deutsche"),
        (OfferRule("nationality", "not", ("000",), excludes=True), ("000",), True,
         "jemand die Staatsangehörigkeit „Deutschland“ hat"),
        (OfferRule("origin", "is", ("166",), words="Menschen aus der Ukraine"), ("475",), False,
         "nur für Menschen aus der Ukraine"),
    ],
)  # fmt: skip
def test_a_rule_says_what_it_comes_to(
    rule: OfferRule, values: tuple[FactValue, ...], truth: bool | None, words: str
) -> None:
    finding = found(rule, *values)
    assert finding == Finding(truth, "" if truth is not None else "asked")
    assert why(rule, the_facts(rule, *values), finding) == words


def test_of_several_persons_one_is_enough_and_one_not_asked_leaves_it_open() -> None:
    rule = OfferRule("adult_german", "at_most", ("Pre-A1",))
    assert found(rule, "none", more=True).truth is True
    assert found(rule, "B2", more=True).truth is None
    assert found(rule, "B2", "none").truth is True
    assert found(rule, more=False).truth is False


def test_a_number_that_can_only_grow() -> None:
    assert found(OfferRule("children", "at_least", ("2",)), 3, more=True).truth is True
    assert found(OfferRule("children", "at_least", ("2",)), 1, more=True).truth is None
    assert found(OfferRule("children", "at_most", ("2",)), 3, more=True).truth is False
    assert found(OfferRule("children", "at_most", ("2",)), 1, more=True).truth is None


@pytest.mark.parametrize(
    "rule",
    [
        OfferRule("star_sign", "is", ("leo",)),
        OfferRule("adult_german", "at_least", ("Z9",)),
        OfferRule("child_age", "at_least", ("sechs",)),
        OfferRule("child_age", "is", ("6",)),
        OfferRule("child_age", "between", ("6",)),
        OfferRule("entry", "at_least", ("gestern",)),
        OfferRule("language", "is", ()),
        OfferRule("language", "sounds_like", ("ar",)),
    ],
    ids=str,
)
def test_a_rule_nobody_understands_decides_nothing_and_asks_nothing(rule: OfferRule) -> None:
    finding = found(rule, "ar")
    assert finding == Finding(None)
    assert why(rule, the_facts(rule, "ar"), finding) == f"eine Bedingung lässt sich nicht prüfen: {rule.field}"
    assert say_rule(rule) == ""


def test_an_exact_date_is_asked_for_where_only_that_is_missing() -> None:
    span = DateSpan(date(2020, 1, 1), date(2021, 12, 31), Precision.ABOUT)
    facts = Facts(TODAY, {"child_age": Fact.of(span)})
    assert find(OfferRule("child_age", "at_most", ("5",)), facts).missing == "child_birth"
    assert find(OfferRule("children", "at_most", ("5",)), Facts(TODAY)).missing == "has_children"
