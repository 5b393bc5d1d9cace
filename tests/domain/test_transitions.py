"""Which class a child should be in, and whom one advises on a change of school."""

from datetime import date

import pytest

from desk_app.domain.dates import DateSpan
from desk_app.domain.transitions import grade_now, kind_due, next_school_year, this_school_year

TODAY = date(2026, 11, 26)


@pytest.mark.parametrize(
    ("day", "this", "coming"),
    [
        (TODAY, "2026/27", "2027/28"),
        (date(2027, 7, 31), "2026/27", "2027/28"),
        (date(2027, 8, 1), "2027/28", "2028/29"),
    ],
)
def test_a_change_leads_into_the_school_year_after_this_one(day: date, this: str, coming: str) -> None:
    assert (this_school_year(day), next_school_year(day)) == (this, coming)


@pytest.mark.parametrize(
    ("told", "on", "today", "grade"),
    [
        ("4a", date(2026, 11, 10), TODAY, 4),
        ("3b", date(2026, 3, 1), TODAY, 4),
        ("3b", date(2026, 3, 1), date(2026, 7, 31), 3),
        ("10", TODAY, date(2027, 9, 1), None),
    ],
)
def test_a_class_that_was_told_goes_up_each_school_year(told: str, on: date, today: date, grade: int | None) -> None:
    assert grade_now(told, on, None, today) == grade


def test_age_decides_where_no_class_was_told() -> None:
    # six before 30 September 2023: school duty from August 2023, so class 4 in 2026/27 (§ 35 SchulG NRW)
    assert grade_now("", TODAY, DateSpan.of_day(date(2017, 2, 2)), TODAY) == 4
    assert grade_now("IFK", TODAY, DateSpan.of_day(date(2017, 2, 2)), TODAY) == 4


def test_a_year_of_birth_alone_may_leave_it_open() -> None:
    assert grade_now("", TODAY, DateSpan.of_year(2016), TODAY) is None
    assert grade_now("", TODAY, None, TODAY) is None
    assert grade_now("", TODAY, DateSpan.of_day(date(2022, 2, 2)), TODAY) is None, "not at school yet"


@pytest.mark.parametrize(
    ("grade", "kind"),
    [(4, "to_secondary"), (9, "to_vocational"), (10, "to_vocational"), (3, ""), (5, ""), (None, "")],
)
def test_classes_4_9_and_10_are_due(grade: int | None, kind: str) -> None:
    assert kind_due(grade) == kind
