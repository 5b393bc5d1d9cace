"""Rules of days and hours in words."""

from dataclasses import replace
from datetime import date

import pytest

from desk_app.domain.holidays import nrw
from desk_app.domain.opening_hours import DAY, When
from desk_app.domain.opening_words import describe, faults, weekday_words

WEDNESDAY = 1 << 2
PLAIN = When(0b1111, 510, 960)
ASCENSION = date(2026, 5, 14)


@pytest.mark.parametrize(
    ("weekdays", "words"),
    [(0b1111, "Mo–Do"), (0b10101, "Mo, Mi, Fr"), (0b11, "Mo, Di"), (0b1110111, "Mo–Mi, Fr–So"), (0, "")],
)
def test_days_in_a_row_are_named_by_the_first_and_last(weekdays: int, words: str) -> None:
    assert weekday_words(weekdays) == words


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        (PLAIN, "Mo–Do 8:30–16:00"),
        (When(WEDNESDAY, 0, DAY), "Mi 0:00–24:00"),
        (
            When(WEDNESDAY, 540, 720, date(2027, 1, 6), None, every_weeks=2, school_holidays="no"),
            "Mi 9:00–12:00, alle 2 Wochen, ab 06.01.2027, nicht in den Schulferien",
        ),
        (replace(PLAIN, every_weeks=1, valid_to=date(2027, 1, 6)), "Mo–Do 8:30–16:00, bis 06.01.2027"),
        (When(WEDNESDAY, 540, 720, week_of_month=5), "Mi 9:00–12:00, jeweils der letzte im Monat"),
        (
            When(WEDNESDAY, 540, 720, week_of_month=2, school_holidays="only"),
            "Mi 9:00–12:00, jeweils der 2. im Monat, nur in den Schulferien",
        ),
        (
            When(1 << 3, 600, 720, ASCENSION, ASCENSION, despite_holiday=True),
            "Do 14.05.2026, 10:00–12:00, auch an Feiertagen",
        ),
    ],
)
def test_a_rule_in_words(rule: When, words: str) -> None:
    assert describe(rule) == words


def test_a_rule_that_makes_sense_has_no_faults() -> None:
    assert faults(PLAIN, nrw()) == ()
    assert faults(replace(PLAIN, opens=0, closes=DAY), nrw()) == ()
    assert faults(When(1 << 3, 600, 720, ASCENSION, ASCENSION, despite_holiday=True), nrw()) == ()
    assert faults(When(1, 600, 720, date(2026, 1, 1), date(2090, 1, 1), week_of_month=5), nrw()) == ()


@pytest.mark.parametrize(
    ("rule", "fault"),
    [
        (replace(PLAIN, weekdays=0), "mindestens einen Wochentag"),
        (replace(PLAIN, opens=960), "Beginn muss vor dem Ende"),
        (replace(PLAIN, closes=1441), "Beginn muss vor dem Ende"),
        (replace(PLAIN, every_weeks=2), "Bitte nennen Sie den ersten Tag"),
        (replace(PLAIN, valid_from=date(2027, 1, 2), valid_to=date(2027, 1, 1)), "Der letzte Tag liegt vor dem ersten"),
        (replace(PLAIN, valid_from=date(2026, 12, 5), valid_to=date(2026, 12, 6)), "kommt kein solcher Tag vor"),
        (When(1 << 3, 600, 720, ASCENSION, ASCENSION), "Am 14.05.2026 ist Christi Himmelfahrt"),
    ],
)
def test_a_rule_that_never_holds_says_why(rule: When, fault: str) -> None:
    found = faults(rule, nrw())
    assert len(found) == 1
    assert fault in found[0]
