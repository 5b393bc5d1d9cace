"""Days and hours as somebody types them."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk_app.domain.opening_hours import When
from desk_app.domain.opening_reading import parse_rules, show_rules

TODAY = date(2026, 11, 26)


@pytest.mark.parametrize(
    ("typed", "rules"),
    [
        ("", []),
        ("Mi 9-13", [When(0b100, 540, 780)]),
        ("mittwochs 9 bis 13 Uhr", [When(0b100, 540, 780)]),
        ("Mo–Do 8:30–16:00", [When(0b1111, 510, 960)]),
        ("Mo, Mi, Fr 8.30 - 12", [When(0b10101, 510, 720)]),
        ("Mo und Mi von 9-10 Uhr", [When(0b101, 540, 600)]),
        ("werktags vormittags", [When(0b11111, 480, 720)]),
        ("täglich 0-24", [When(0b1111111, 0, 1440)]),
        ("Fr-Mo 10-11", [When(0b1110001, 600, 660)]),
        ("Mi 9-12, 14-16", [When(0b100, 540, 720), When(0b100, 840, 960)]),
        ("Mi 9-13; Do 14-16", [When(0b100, 540, 780), When(0b1000, 840, 960)]),
        ("Mi 9-13\nDo 14-16", [When(0b100, 540, 780), When(0b1000, 840, 960)]),
        ("Mi 9-13 alle 2 Wochen ab 6.1.2027", [When(0b100, 540, 780, date(2027, 1, 6), None, 2)]),
        ("Mi 9-13, jede zweite Woche", [When(0b100, 540, 780, date(2026, 11, 23), None, 2)]),
        ("Do 9-13, jeweils der letzte im Monat", [When(0b1000, 540, 780, week_of_month=5)]),
        ("Do 9-13 jeweils der 2. im Monat", [When(0b1000, 540, 780, week_of_month=2)]),
        ("Fr 9-13 bis 18.12.2026", [When(0b10000, 540, 780, None, date(2026, 12, 18))]),
        ("Fr 9-13 nicht in den Ferien", [When(0b10000, 540, 780, school_holidays="no")]),
        ("Fr 9-13, nur in den Schulferien, auch an Feiertagen",
         [When(0b10000, 540, 780, school_holidays="only", despite_holiday=True)]),
        ("Mi 02.12.2026, 9:00–12:00", [When(0b100, 540, 720, date(2026, 12, 2), date(2026, 12, 2))]),
        ("2.12.2026 9-12", [When(0b100, 540, 720, date(2026, 12, 2), date(2026, 12, 2))]),
    ],
)  # fmt: skip
def test_hours_are_read_as_people_type_them(typed: str, rules: list[When]) -> None:
    assert list(parse_rules(typed, TODAY)) == rules


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("Mi", "„Mi“ ist nicht zu verstehen"),
        ("9-13", "„9-13“ ist nicht zu verstehen"),
        ("Mi 9-13 oder später", "nicht zu verstehen"),
        ("nach Absprache", "nicht zu verstehen"),
        ("Mi 13-9", "Der Beginn muss vor dem Ende liegen"),
        ("Mi 9-25", "Der Beginn muss vor dem Ende liegen"),
        ("Mi 9:70-12", "ist keine Uhrzeit"),
        ("Mi 9-13; irgendwann", "„irgendwann“ ist nicht zu verstehen"),
    ],
)
def test_what_is_not_understood_is_said_with_an_example(typed: str, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        parse_rules(typed, TODAY)


DAYS = st.dates(date(2026, 1, 1), date(2027, 12, 31))
RULES = st.builds(
    When,
    weekdays=st.integers(1, 127),
    opens=st.integers(0, 1438),
    closes=st.just(0),
    valid_from=st.none() | DAYS,
    valid_to=st.none() | DAYS,
    every_weeks=st.none(),
    week_of_month=st.none() | st.integers(1, 5),
    school_holidays=st.none() | st.sampled_from(["no", "only"]),
    despite_holiday=st.none() | st.just(True),
)


@given(RULES, st.integers(1, 1440), st.none() | st.integers(2, 9))
def test_what_is_written_in_words_is_read_back_as_the_same_rule(rule: When, longer: int, weeks: int | None) -> None:
    rule = replace(rule, closes=min(1440, rule.opens + longer))
    if rule.valid_from:
        rule = replace(rule, every_weeks=weeks)
        if rule.valid_to == rule.valid_from:  # a single day says itself which weekday it is
            rule = replace(rule, weekdays=1 << rule.valid_from.weekday(), every_weeks=None, week_of_month=None)
    assert parse_rules(show_rules([rule]), TODAY) == (rule,)


def test_several_rules_stand_beside_each_other() -> None:
    rules = (When(0b100, 540, 780), When(0b1000, 840, 960))
    assert show_rules(rules) == "Mi 9:00–13:00; Do 14:00–16:00"
    assert parse_rules(show_rules(rules), TODAY) == rules
    assert show_rules(()) == ""
