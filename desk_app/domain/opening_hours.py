"""When places, desks and interpreters are there: rules of days and hours, less what is closed.

Minutes of the day count from midnight on the desk's wall clock, 0 to 1440; weekdays are bits, Monday the lowest.
"""

from __future__ import annotations

import calendar as months
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Final, NamedTuple, Protocol
from uuid import UUID

from desk_app.domain.clock import berlin
from desk_app.domain.holidays import Calendar
from desk_app.domain.slots import Crowd, Span, covered, merge, subtract

DAY: Final = 1440
"""Minutes of a day on the wall clock, also on those with 23 or 25 hours."""
LAST_WEEK: Final = 5
"""`week_of_month` for the last of the month, be it the fourth or the fifth."""


class Rule(Protocol):
    """A rule of days and hours.

    `every_weeks` counts from the Monday of the week of `valid_from`; `week_of_month` is 1 to 4, or 5 for the last;
    `valid_to` is the last day. `school_holidays`: "no" not in them, "only" only in them, otherwise as always. A rule
    for one day with `despite_holiday` is a special date although it is a public holiday.
    """

    @property
    def weekdays(self) -> int: ...
    @property
    def opens(self) -> int: ...
    @property
    def closes(self) -> int: ...
    @property
    def valid_from(self) -> date | None: ...
    @property
    def valid_to(self) -> date | None: ...
    @property
    def every_weeks(self) -> int | None: ...
    @property
    def week_of_month(self) -> int | None: ...
    @property
    def school_holidays(self) -> str | None: ...
    @property
    def despite_holiday(self) -> bool | None: ...


@dataclass(frozen=True, slots=True)
class When:
    """A rule of its own, as those of interpreters are; what the fields mean is told at `Rule`."""

    weekdays: int
    opens: int
    closes: int
    valid_from: date | None = None
    valid_to: date | None = None
    every_weeks: int | None = None
    week_of_month: int | None = None
    school_holidays: str | None = None
    despite_holiday: bool | None = None


class OpeningRule(Rule, Protocol):
    """Hours of a place, or of one desk of it where `seat` is set. `seats`: how many desks at once, `None` for all.

    `walk_in` ones are for whoever comes, the others for appointments.
    """

    @property
    def place(self) -> UUID: ...
    @property
    def seat(self) -> UUID | None: ...
    @property
    def seats(self) -> int | None: ...
    @property
    def walk_in(self) -> bool: ...


class ClosureRule(Protocol):
    """Days when it is shut, both included; only from `opens` to `closes` of each where these are set.

    It counts for one desk, for one place, or for all where neither is set.
    """

    @property
    def first(self) -> date: ...
    @property
    def last(self) -> date: ...
    @property
    def opens(self) -> int | None: ...
    @property
    def closes(self) -> int | None: ...
    @property
    def place(self) -> UUID | None: ...
    @property
    def seat(self) -> UUID | None: ...


class Limited(NamedTuple):
    """Open, but only for so many desks of the place at once."""

    span: Span
    seats: int


@dataclass(frozen=True, slots=True)
class Hours:
    """When a desk is open, sorted: without a limit, and for a limited number of desks of its place."""

    open: tuple[Span, ...] = ()
    limited: tuple[Limited, ...] = field(default=())

    @property
    def all(self) -> list[Span]:
        """Whenever it is open, as merged spans."""
        return merge([*self.open, *(limited.span for limited in self.limited)])

    def bookable(self, crowd: Crowd) -> list[Span]:
        """When one more desk may be taken; `crowd` is what is booked at all desks of the place together."""
        left = [part for limited in self.limited for part in subtract([limited.span], crowd.of(limited.seats))]
        return merge([*self.open, *left])


def in_force(when: Rule, day: date, calendar: Calendar) -> bool:
    """Whether a rule holds on a day.

    Where it is not known whether a day is in the school holidays, it counts as an ordinary day of school.
    """
    if not when.weekdays >> day.weekday() & 1:
        return False
    if (when.valid_from and day < when.valid_from) or (when.valid_to and day > when.valid_to):
        return False
    if not _in_week(when, day):
        return False
    if when.school_holidays and (when.school_holidays == "only") != bool(calendar.school_holidays(day)):
        return False
    return bool(when.despite_holiday) or not calendar.public_holiday(day)


def _in_week(when: Rule, day: date) -> bool:
    if when.every_weeks and when.valid_from:
        first_monday = when.valid_from - timedelta(days=when.valid_from.weekday())
        if (day - first_monday).days // 7 % when.every_weeks:
            return False
    if when.week_of_month == LAST_WEEK:
        return day.day + 7 > months.monthrange(day.year, day.month)[1]
    return not when.week_of_month or (day.day - 1) // 7 + 1 == when.week_of_month


def instant(day: date, minute: int) -> datetime:
    """The instant, in UTC, at which the wall clock shows a minute (0 to 1440) of a day.

    A minute that the clock skips is the first one after the change, and one that it shows twice is the first of the
    two, so that later minutes never come to lie before earlier ones.
    """
    clock = datetime.combine(day, time()) + timedelta(minutes=minute)
    while True:
        found = clock.replace(tzinfo=berlin()).astimezone(UTC)
        if found.astimezone(berlin()).replace(tzinfo=None) == clock:
            return found
        clock += timedelta(minutes=1)


def day_span(day: date) -> Span:
    """All of a day, which may have 23 or 25 hours."""
    return Span(instant(day, 0), instant(day, DAY))


def days(first: date, count: int) -> tuple[date, ...]:
    """`count` days from `first` on."""
    return tuple(first + timedelta(days=number) for number in range(count))


def rule_spans(rules: Iterable[Rule], on: Iterable[date], calendar: Calendar) -> list[Span]:
    """When any of the rules holds on the given days, as merged spans."""
    wanted = tuple(on)
    return merge(
        Span(instant(day, rule.opens), instant(day, rule.closes))
        for rule in rules
        for day in wanted
        if in_force(rule, day, calendar)
    )


def closed_spans(closures: Iterable[ClosureRule], place: UUID, seat: UUID | None, on: Iterable[date]) -> list[Span]:
    """When a desk, or a place as a whole, is shut on the given days, as merged spans."""
    wanted = tuple(on)
    return merge(
        Span(instant(day, closure.opens or 0), instant(day, DAY if closure.closes is None else closure.closes))
        for closure in closures
        if closure.place in (None, place) and closure.seat in (None, seat)
        for day in wanted
        if closure.first <= day <= closure.last
    )


def hours(
    openings: Iterable[OpeningRule],
    closures: Iterable[ClosureRule],
    place: UUID,
    seat: UUID | None,
    on: Iterable[date],
    calendar: Calendar,
    *,
    walk_in: bool = False,
) -> Hours:
    """The hours of a desk, or with no `seat` those of its place, on the given days after closures.

    With `walk_in` those for whoever comes, else those for appointments.
    """
    wanted = tuple(on)
    shut = closed_spans(closures, place, seat, wanted)
    unlimited: list[Rule] = []
    limited: list[Limited] = []
    for opening in openings:
        if opening.place != place or opening.walk_in != walk_in or opening.seat not in (None, seat):
            continue
        if opening.seats is None or opening.seat is not None:
            unlimited.append(opening)
        else:
            spans = subtract(rule_spans([opening], wanted, calendar), shut)
            limited.extend(Limited(span, opening.seats) for span in spans)
    return Hours(tuple(subtract(rule_spans(unlimited, wanted, calendar), shut)), tuple(sorted(limited)))


class Booked(NamedTuple):
    """A booked talk; `seat` is `None` for one at no desk in particular."""

    id: UUID
    seat: UUID | None
    talk: Span


class Conflict(NamedTuple):
    """A booked talk that the hours no longer allow. `why`: "outside" of the hours, "over" the number of desks."""

    id: UUID
    why: str


def conflicts(booked: Iterable[Booked], by_seat: Mapping[UUID | None, Hours]) -> tuple[Conflict, ...]:
    """Which talks of one place lie outside of its hours, or are more than it has desks for, in order of time.

    Of those that are too many, the ones that begin later are named. A desk that `by_seat` does not know is shut.
    """
    whenever = {seat: seat_hours.all for seat, seat_hours in by_seat.items()}
    found: list[Conflict] = []
    going_on: list[Booked] = []
    for one in sorted(booked, key=lambda one: one.talk):
        going_on = [other for other in going_on if other.talk.end > one.talk.start]
        if not covered(one.talk, whenever.get(one.seat, ())):
            found.append(Conflict(one.id, "outside"))
        elif not _has_desk(one, going_on, by_seat[one.seat]):
            found.append(Conflict(one.id, "over"))
        else:
            going_on.append(one)
    return tuple(found)


def _has_desk(one: Booked, going_on: Sequence[Booked], seat_hours: Hours) -> bool:
    if one.seat is not None and any(other.seat == one.seat and other.talk.overlaps(one.talk) for other in going_on):
        return False
    if not seat_hours.limited:
        return True
    return covered(one.talk, seat_hours.bookable(Crowd(other.talk for other in going_on)))
