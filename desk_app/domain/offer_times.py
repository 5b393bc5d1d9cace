"""When an offer takes place: its own hours, else those of the people to turn to, less what is said of single days.

Minutes of the day count from midnight in local time, 0 to 1440.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Final, NamedTuple

from desk_app.domain.holidays import Calendar
from desk_app.domain.offers import Offer, OfferException, OfferTime
from desk_app.domain.opening_hours import DAY, When, in_force

_LOOK_AHEAD: Final = 62
"""Days in which an offer that comes once a month takes place at least once."""


class Hours(NamedTuple):
    """From when to when, ``None`` where only the day is known, and whether only by appointment."""

    opens: int | None
    closes: int | None
    appointment_only: bool = False
    words: str = ""


def times_of(offer: Offer) -> tuple[OfferTime, ...]:
    """The hours of the offer, where it has none those of its contacts."""
    return offer.times or tuple(hours for contact in offer.contacts for hours in contact.hours)


def on_day(offer: Offer, day: date, calendar: Calendar) -> tuple[Hours, ...] | None:
    """When it takes place on a day, sorted; empty for not at all, ``None`` where no hours are known."""
    times = times_of(offer)
    if not times:
        return None
    if (offer.valid_from and day < offer.valid_from) or (offer.valid_to and day > offer.valid_to):
        return ()
    otherwise = _exception(offer.exceptions, day)
    if otherwise is not None:
        if otherwise.opens is None and otherwise.closes is None:
            return ()
        return (Hours(otherwise.opens, otherwise.closes, False, otherwise.words),)
    found = [_hours(time) for time in times if holds(time, day, calendar)]
    return tuple(sorted(found, key=lambda each: (each.opens or 0, each.closes or DAY)))


def is_open(offer: Offer, day: date, minute: int, calendar: Calendar) -> bool | None:
    """Whether one can go there at that minute without an appointment; ``None`` where that is not known."""
    hours = on_day(offer, day, calendar)
    if hours is None:
        return None
    answers = [_covers(each, minute) for each in hours if not each.appointment_only]
    return True if True in answers else None if None in answers else False


def next_day(offer: Offer, since: date, calendar: Calendar) -> date | None:
    """The next day from ``since`` on when it takes place; ``None`` where that is not known or not soon."""
    days = (since + timedelta(days=number) for number in range(_LOOK_AHEAD))
    return next((day for day in days if on_day(offer, day, calendar)), None)


def in_week(offer: Offer, weekdays: int, opens: int | None, closes: int | None) -> bool | None:
    """Whether it takes place on one of these weekdays and, where given, at least partly from ``opens`` to ``closes``.

    ``None`` where that is not known.
    """
    answers = [_meets(time, opens, closes) for time in times_of(offer) if time.weekdays & weekdays]
    if not answers:
        return False if times_of(offer) else None
    return True if True in answers else None if None in answers else False


def holds(time: OfferTime, day: date, calendar: Calendar) -> bool:
    """Whether a rule holds on a day; where school holidays are not known, the day counts as one of school."""
    when = When(
        time.weekdays, time.opens or 0, DAY if time.closes is None else time.closes, time.valid_from, time.valid_to,
        time.every_weeks, time.week_of_month, time.school_holidays or None,
    )  # fmt: skip
    return in_force(when, day, calendar)


def weekdays_of(offer: Offer) -> int:
    """All weekdays on which it takes place, as bits."""
    found = 0
    for time in times_of(offer):
        found |= time.weekdays
    return found


def _exception(exceptions: Iterable[OfferException], day: date) -> OfferException | None:
    return next((each for each in exceptions if each.first <= day <= (each.last or each.first)), None)


def _hours(time: OfferTime) -> Hours:
    return Hours(time.opens, time.closes, time.appointment_only, time.words)


def _covers(hours: Hours, minute: int) -> bool | None:
    if hours.opens is None and hours.closes is None:
        return None
    return (hours.opens or 0) <= minute < (DAY if hours.closes is None else hours.closes)


def _meets(time: OfferTime, opens: int | None, closes: int | None) -> bool | None:
    if opens is None and closes is None:
        return True
    if time.opens is None and time.closes is None:
        return None
    starts, ends = time.opens or 0, DAY if time.closes is None else time.closes
    return starts < (DAY if closes is None else closes) and (opens or 0) < ends
