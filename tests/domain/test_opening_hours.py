"""When places, desks and interpreters are there."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk_app.domain.clock import local
from desk_app.domain.holidays import Calendar, nrw
from desk_app.domain.opening_hours import (
    DAY,
    LAST_WEEK,
    Booked,
    Conflict,
    Hours,
    When,
    conflicts,
    day_span,
    days,
    hours,
    in_force,
    instant,
    rule_spans,
)
from desk_app.domain.slots import Crowd, Span

EVERY_DAY = 0b1111111
MONDAY, WEDNESDAY, FRIDAY = 1, 1 << 2, 1 << 4
CENTRE, COMMUNITY_CENTRE, DESK_1, DESK_2, DESK_3 = (UUID(int=number) for number in range(5))
ORDINARY = Calendar(())
FIRST_OF_DECEMBER = date(2026, 12, 1)


@dataclass(frozen=True)
class Opening(When):
    place: UUID = CENTRE
    seat: UUID | None = None
    seats: int | None = None
    walk_in: bool = False


@dataclass(frozen=True)
class Closure:
    first: date
    last: date
    opens: int | None = None
    closes: int | None = None
    place: UUID | None = None
    seat: UUID | None = None


def shown(spans: list[Span] | tuple[Span, ...]) -> str:
    return " ".join(f"{local(start):%d.%m. %H:%M}-{local(end):%H:%M}" for start, end in spans)


def days_of(rule: When, first: date, count: int, calendar: Calendar = ORDINARY) -> list[str]:
    return [f"{day:%d.%m.}" for day in days(first, count) if in_force(rule, day, calendar)]


def test_a_rule_holds_on_its_weekdays_from_its_first_to_its_last_day() -> None:
    rule = When(MONDAY | FRIDAY, 510, 960, valid_from=date(2026, 12, 4), valid_to=date(2026, 12, 14))
    assert days_of(rule, date(2026, 11, 27), 40) == ["04.12.", "07.12.", "11.12.", "14.12."]


def test_every_second_week_counts_from_the_week_of_the_first_day() -> None:
    """The first day is a Friday: the Monday before it belongs to the first week, though it is too early."""
    rule = When(MONDAY | FRIDAY, 510, 960, valid_from=date(2026, 12, 4), every_weeks=2)
    assert days_of(rule, date(2026, 11, 23), 37) == ["04.12.", "14.12.", "18.12.", "28.12."]


def test_the_week_of_the_month_is_that_of_the_weekday_and_five_is_the_last() -> None:
    third = When(WEDNESDAY, 540, 720, week_of_month=3)
    assert days_of(third, date(2026, 12, 1), 90) == ["16.12.", "20.01.", "17.02."]
    last = replace(third, week_of_month=LAST_WEEK)
    assert days_of(last, date(2026, 12, 1), 90) == ["30.12.", "27.01.", "24.02."]


def slow_days(rule: When, first: date, count: int) -> Iterator[date]:
    """The days of a rule by walking through weeks and months instead of reckoning."""
    right_weeks = set()
    if rule.every_weeks and rule.valid_from:
        week = rule.valid_from.isocalendar()[:2]
        monday = date.fromisocalendar(*week, 1)
        while monday < first + timedelta(days=count):
            right_weeks.add(monday.isocalendar()[:2])
            for _week in range(rule.every_weeks):
                monday += timedelta(days=7)
    for number in range(count):
        day = first + timedelta(days=number)
        alike = [
            other
            for other in (day.replace(day=1) + timedelta(days=offset) for offset in range(31))
            if other.month == day.month and other.weekday() == day.weekday()
        ]
        place = alike.index(day) + 1
        if (
            rule.weekdays & (1 << day.weekday())
            and (rule.valid_from is None or rule.valid_from <= day)
            and (rule.valid_to is None or day <= rule.valid_to)
            and (not rule.every_weeks or not rule.valid_from or day.isocalendar()[:2] in right_weeks)
            and (rule.week_of_month in (None, place) or (rule.week_of_month == LAST_WEEK and day == alike[-1]))
        ):
            yield day


dates = st.dates(date(2023, 11, 1), date(2025, 3, 1))
rules = st.builds(
    When,
    st.integers(0, EVERY_DAY),
    st.just(510),
    st.just(960),
    valid_from=st.none() | dates,
    valid_to=st.none() | dates,
    every_weeks=st.none() | st.integers(1, 5),
    week_of_month=st.none() | st.integers(1, 5),
    despite_holiday=st.just(True),
)


@given(rules, dates)
def test_rules_hold_on_the_days_that_walking_through_the_weeks_finds(rule: When, first: date) -> None:
    assert [day for day in days(first, 80) if in_force(rule, day, ORDINARY)] == list(slow_days(rule, first, 80))


def test_public_holidays_are_closed_but_for_a_special_date() -> None:
    ascension = date(2026, 5, 14)
    rule = When(EVERY_DAY, 510, 960)
    special = When(EVERY_DAY, 600, 720, valid_from=ascension, valid_to=ascension, despite_holiday=True)
    assert days_of(rule, ascension - timedelta(days=1), 3, nrw()) == ["13.05.", "15.05."]
    assert shown(rule_spans([rule, special], days(ascension, 1), nrw())) == "14.05. 10:00-12:00"


def test_school_holidays_may_be_left_out_or_be_the_only_days() -> None:
    rule = When(EVERY_DAY, 510, 960)
    around = date(2026, 10, 16)
    assert days_of(replace(rule, school_holidays="no"), around, 3, nrw()) == ["16.10."]
    assert days_of(replace(rule, school_holidays="only"), around, 3, nrw()) == ["17.10.", "18.10."]
    assert days_of(replace(rule, school_holidays=""), around, 3, nrw()) == ["16.10.", "17.10.", "18.10."]


def test_where_school_holidays_are_not_known_it_is_an_ordinary_day() -> None:
    summer = date(2031, 7, 21)
    assert nrw().school_holidays(summer) is None
    assert in_force(When(EVERY_DAY, 510, 960, school_holidays="no"), summer, nrw())
    assert not in_force(When(EVERY_DAY, 510, 960, school_holidays="only"), summer, nrw())


@pytest.mark.parametrize(
    ("day", "length"),
    [
        (date(2026, 3, 29), 23), (date(2026, 10, 25), 25), (date(2028, 2, 29), 24), (date(2026, 12, 31), 24),
        (date(2027, 1, 1), 24), (date(1970, 1, 1), 24),
    ],
)  # fmt: skip
def test_a_day_has_as_many_hours_as_the_clock_runs_through(day: date, length: int) -> None:
    assert day_span(day).minutes == length * 60
    assert day_span(day).end == day_span(day + timedelta(days=1)).start


def test_hours_of_the_desk_are_those_of_its_wall_clock_in_summer_and_winter() -> None:
    assert instant(date(2026, 7, 1), 510) == datetime(2026, 7, 1, 6, 30, tzinfo=UTC)
    assert instant(date(2026, 12, 1), 510) == datetime(2026, 12, 1, 7, 30, tzinfo=UTC)
    assert instant(date(2026, 12, 31), DAY) == datetime(2026, 12, 31, 23, 0, tzinfo=UTC)


def test_nights_of_clock_changes_lose_and_gain_an_hour() -> None:
    night = When(EVERY_DAY, 60, 240)
    spring, autumn, other = (
        rule_spans([night], [day], ORDINARY)[0].minutes
        for day in (date(2026, 3, 29), date(2026, 10, 25), date(2026, 10, 26))
    )
    assert (spring, autumn, other) == (120, 240, 180)
    assert rule_spans([When(EVERY_DAY, 120, 180)], [date(2026, 3, 29)], ORDINARY) == []
    assert instant(date(2026, 3, 29), 150) == instant(date(2026, 3, 29), 180)
    assert instant(date(2026, 10, 25), 150) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


@given(st.dates(date(1970, 1, 1), date(2100, 12, 30)) | st.sampled_from([date(2026, 3, 29), date(2026, 10, 25)]))
def test_later_minutes_never_come_before_earlier_ones(day: date) -> None:
    instants = [instant(day, minute) for minute in range(0, DAY + 1, 10)]
    assert instants == sorted(instants)
    assert instants[0] == instant(day - timedelta(days=1), DAY)


def test_open_until_midnight_joins_the_next_morning() -> None:
    """Here over the turn of the year, although the first of January is a holiday."""
    rules = [When(EVERY_DAY, 1200, DAY), When(EVERY_DAY, 0, 60, despite_holiday=True)]
    spans = rule_spans(rules, days(date(2026, 12, 30), 3), ORDINARY)
    assert [span.minutes for span in spans] == [60, 300, 300]


MONDAY_TO_FRIDAY = Opening(0b11111, 510, 960)
CENTRE_HOURS = [MONDAY_TO_FRIDAY, Opening(WEDNESDAY, 960, 1080, seat=DESK_2)]


def hours_on(day: date, seat: UUID | None, *closures: Closure, openings: list[Opening] = CENTRE_HOURS) -> str:
    return shown(hours(openings, closures, CENTRE, seat, [day], nrw()).all)


def test_a_desk_has_the_hours_of_its_place_and_its_own() -> None:
    wednesday = date(2026, 12, 2)
    assert hours_on(wednesday, DESK_1) == "02.12. 08:30-16:00"
    assert hours_on(wednesday, DESK_2) == "02.12. 08:30-18:00"
    assert hours_on(wednesday, None) == "02.12. 08:30-16:00"
    assert hours(CENTRE_HOURS, [], COMMUNITY_CENTRE, DESK_1, [wednesday], nrw()) == Hours()


def test_a_closure_shuts_everything_one_place_or_one_desk_for_days_or_hours() -> None:
    day = date(2026, 12, 2)
    everywhere = Closure(date(2026, 12, 1), date(2026, 12, 3))
    assert hours_on(day, DESK_1, everywhere) == ""
    assert hours_on(date(2026, 12, 4), DESK_1, everywhere) == "04.12. 08:30-16:00"
    assert hours_on(day, DESK_1, replace(everywhere, place=COMMUNITY_CENTRE)) == "02.12. 08:30-16:00"
    lunch = Closure(day, day, opens=750, closes=780, place=CENTRE)
    assert hours_on(day, DESK_1, lunch) == "02.12. 08:30-12:30 02.12. 13:00-16:00"
    one_desk = replace(lunch, seat=DESK_1)
    assert hours_on(day, DESK_1, one_desk) == "02.12. 08:30-12:30 02.12. 13:00-16:00"
    assert hours_on(day, DESK_2, one_desk) == hours_on(day, DESK_2)
    assert hours_on(day, None, one_desk) == hours_on(day, None)
    assert hours_on(day, DESK_1, Closure(day, day, opens=720)) == "02.12. 08:30-12:00"
    assert hours_on(day, DESK_1, Closure(day, day, closes=720)) == "02.12. 12:00-16:00"


def test_hours_for_walk_ins_are_kept_apart() -> None:
    openings = [MONDAY_TO_FRIDAY, Opening(0b11111, 480, 720, walk_in=True)]
    day = date(2026, 12, 2)
    assert shown(hours(openings, [], CENTRE, None, [day], nrw()).all) == "02.12. 08:30-16:00"
    assert shown(hours(openings, [], CENTRE, None, [day], nrw(), walk_in=True).all) == "02.12. 08:00-12:00"


def test_where_only_two_desks_are_open_a_third_cannot_be_booked_at_the_same_time() -> None:
    day = date(2026, 12, 2)
    found = hours([Opening(EVERY_DAY, 540, 720, seats=2)], [], CENTRE, DESK_1, [day], nrw())
    talks = [Span(instant(day, 540), instant(day, 600)), Span(instant(day, 570), instant(day, 630))]
    assert shown(found.all) == "02.12. 09:00-12:00"
    assert shown(found.bookable(Crowd(talks))) == "02.12. 09:00-09:30 02.12. 10:00-12:00"
    assert found.bookable(Crowd(talks[:1])) == found.all
    shut = Closure(day, day, opens=600)
    assert hours_on(day, DESK_1, shut, openings=[Opening(EVERY_DAY, 540, 720, seats=2)]) == "02.12. 09:00-10:00"


def booked(number: int, seat: UUID | None, opens: int, closes: int) -> Booked:
    return Booked(UUID(int=number), seat, Span(instant(FIRST_OF_DECEMBER, opens), instant(FIRST_OF_DECEMBER, closes)))


def conflicts_of(openings: list[Opening], *talks: Booked) -> list[tuple[int, str]]:
    by_seat = {seat: hours(openings, [], CENTRE, seat, [FIRST_OF_DECEMBER], nrw()) for seat in (None, DESK_1, DESK_2)}
    return [(found.id.int, found.why) for found in conflicts(talks, by_seat)]


def test_what_lies_outside_of_new_hours_is_listed() -> None:
    new = [Opening(EVERY_DAY, 540, 720)]
    talks = [booked(1, DESK_1, 510, 570), booked(2, DESK_1, 570, 630), booked(3, DESK_2, 690, 750)]
    assert conflicts_of(new, *talks) == [(1, "outside"), (3, "outside")]
    assert conflicts_of(new, booked(4, DESK_3, 600, 660)) == [(4, "outside")]
    assert conflicts_of(new, booked(5, None, 600, 660)) == []
    assert conflicts_of([], booked(6, DESK_1, 600, 660)) == [(6, "outside")]


def test_what_is_too_much_for_the_desks_is_listed() -> None:
    one_desk = [Opening(EVERY_DAY, 540, 720, seats=1)]
    talks = [booked(1, DESK_1, 540, 600), booked(2, DESK_2, 570, 630), booked(3, DESK_2, 630, 690)]
    assert conflicts_of(one_desk, *talks) == [(2, "over")]
    assert conflicts_of([replace(one_desk[0], seats=2)], *talks) == []
    assert conflicts_of([Opening(EVERY_DAY, 540, 720)], *talks, booked(4, DESK_1, 595, 640)) == [(4, "over")]


def test_conflicts_of_no_bookings_are_none() -> None:
    assert conflicts([], {}) == ()
    assert Conflict(DESK_1, "over").why == "over"
