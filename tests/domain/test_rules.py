"""Rules kept as data with the time they hold for."""

from datetime import date

import pytest

from desk_app.domain.rules import Rule, Rules, check_no_overlap, load_rules

SUMMER, AUTUMN = date(2026, 7, 31), date(2026, 8, 1)


def rule(value: int, start: date | None, end: date | None) -> Rule:
    return Rule("months", value, "months", start, end, source="Runderlass", verified=True)


def test_a_new_rule_takes_over_on_its_day() -> None:
    rules = Rules((rule(24, None, SUMMER), rule(36, AUTUMN, None)), SUMMER)
    assert (rules.value("months", SUMMER), rules.value("months", AUTUMN)) == (24, 36)


def test_outside_the_known_time_the_nearest_rule_stands_in() -> None:
    rules = Rules((rule(36, AUTUMN, date(2027, 7, 31)), rule(24, date(2026, 1, 1), SUMMER)), SUMMER)
    assert rules.value("months", date(1999, 1, 1)) == 24
    assert rules.value("months", date(2099, 1, 1)) == 36
    with pytest.raises(KeyError, match="weeks"):
        rules.value("weeks", SUMMER)


def test_two_rules_cannot_hold_at_once() -> None:
    check_no_overlap([rule(24, None, SUMMER), rule(36, AUTUMN, None)])
    with pytest.raises(ValueError, match="two rules months"):
        check_no_overlap([rule(24, None, AUTUMN), rule(36, AUTUMN, None)])
    with pytest.raises(ValueError, match="two rules months"):
        check_no_overlap([rule(24, None, None), rule(36, None, None)])


def test_shipped_rules_hold_without_gap_or_overlap() -> None:
    rules = load_rules("school_rules.json")
    assert {rules.value(found.key, AUTUMN) for found in rules.rules} >= {6, 9, 30, 10, 18, 24, 12}
    assert rules.as_of <= date(2027, 1, 1)
