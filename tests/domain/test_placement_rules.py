"""The numbers behind special cases and deadlines: when they hold, where they come from, and the starts of terms."""

from dataclasses import replace
from datetime import date

import pytest

from desk_app.domain import placement_rules as module
from desk_app.domain.placement_rules import Course, in_force, next_start, number, placement_rules, running_class
from desk_app.domain.rules import Rules

TODAY = date(2026, 11, 26)
IFK, FFM = Course.INTERNATIONAL_CLASS, Course.FIT_FOR_MORE


def test_every_rule_says_where_it_comes_from_and_whether_it_was_found_there() -> None:
    rules = placement_rules().rules
    assert all(rule.source and rule.unit for rule in rules)
    verified = {rule.key for rule in rules if rule.verified}
    assert verified == {
        "duty_with_allocation", "literacy_group", "nearest_primary", "school_medical", "measles_proof"
    }  # fmt: skip


@pytest.mark.parametrize(
    ("day", "course", "start"),
    [
        (date(2026, 8, 1), IFK, date(2026, 8, 1)),
        (date(2026, 11, 1), FFM, date(2026, 11, 1)),
        (date(2026, 11, 2), FFM, date(2027, 2, 1)),
        (date(2026, 11, 26), FFM, date(2027, 2, 1)),
        (date(2027, 2, 2), FFM, date(2027, 5, 1)),
        (date(2027, 5, 1), FFM, date(2027, 5, 1)),
        (date(2027, 5, 2), IFK, date(2027, 8, 1)),
        (date(2027, 12, 31), FFM, date(2028, 2, 1)),
    ],
)
def test_the_next_start_for_newcomers_of_16(day: date, course: Course, start: date) -> None:
    found = next_start(day)
    assert (found.course, found.on) == (course, start)
    assert not found.rule.verified


def test_a_course_somebody_recommends_has_its_own_start() -> None:
    assert next_start(TODAY, "A17").on == date(2027, 8, 1)
    assert next_start(date(2027, 5, 2), "A18").on == date(2027, 11, 1)
    assert next_start(TODAY, "SG") == next_start(TODAY)


@pytest.mark.parametrize(
    ("day", "running"),
    [
        (date(2026, 7, 31), False),
        (date(2026, 8, 1), False),
        (date(2026, 8, 2), True),
        (date(2026, 10, 31), True),
        (date(2026, 11, 1), False),
        (date(2027, 3, 1), False),
    ],
)
def test_the_international_class_can_be_joined_until_november(day: date, running: bool) -> None:
    found = running_class(day)
    assert (found is not None) is running
    if found is not None:
        assert found.on == date(2026, 8, 1)


def test_a_rule_is_in_force_only_in_its_time_and_where_it_is_done(monkeypatch: pytest.MonkeyPatch) -> None:
    assert in_force("literacy_group", date(2023, 12, 5)) is None
    assert in_force("literacy_group", date(2023, 12, 6)) is not None
    with pytest.raises(KeyError):
        in_force("no_such_rule", TODAY)
    guests = placement_rules().rule("guest_pupils", TODAY)
    for other in (replace(guests, value=0), replace(guests, valid_to=date(2026, 11, 25))):
        in_force.cache_clear()
        monkeypatch.setattr(module, "placement_rules", lambda other=other: Rules((other,), TODAY))
        assert in_force("guest_pupils", TODAY) is None
    in_force.cache_clear()


def test_numbers_are_those_of_the_file() -> None:
    assert (number("feedback_weeks", TODAY), number("feedback_later_weeks", TODAY)) == (2, 8)
    assert (number("sent_unanswered_days", TODAY), number("query_unanswered_days", TODAY)) == (14, 7)
