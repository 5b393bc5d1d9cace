"""Days and hours as schedules of HSDS 3.0, which are recurrences as iCalendar has them (RFC 5545), and back."""

from __future__ import annotations

import re
from datetime import date
from typing import Any, Final

from desk_app.domain.centre import Json
from desk_app.domain.offer_shown import time_words
from desk_app.domain.offers import OfferTime

_DAYS: Final = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_LAST: Final = 5
_EVERY_DAY: Final = 0b1111111
_BYDAY: Final = re.compile(r"(-?\d)?(MO|TU|WE|TH|FR|SA|SU)", re.IGNORECASE)
_CLOCK: Final = re.compile(r"(\d{1,2}):(\d{2})(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?")
_BEYOND: Final = ("byweekno", "bymonthday", "byyearday", "count")
"""What a schedule may ask for and our rules cannot say."""


def schedule_of(time: OfferTime, id_: str) -> Json:
    """A schedule; hours are those of the clock on the wall, so they name no offset, which changes with summer time."""
    nth = "" if time.week_of_month is None else "-1" if time.week_of_month == _LAST else str(time.week_of_month)
    found: dict[str, Any] = {
        "id": id_,
        "freq": "MONTHLY" if nth else "WEEKLY",
        "interval": time.every_weeks if time.every_weeks and not nth else None,
        "byday": ",".join(nth + day for n, day in enumerate(_DAYS) if time.weekdays >> n & 1),
        "wkst": "MO",
        "dtstart": _iso(time.valid_from),
        "valid_from": _iso(time.valid_from),
        "valid_to": _iso(time.valid_to),
        "opens_at": _clock(time.opens),
        "closes_at": _clock(time.closes),
        "description": time_words(time),
        "notes": time.words,
    }
    return {key: value for key, value in found.items() if value not in (None, "")}


def time_of(schedule: Json, place: Any = None) -> OfferTime | None:
    """The rule a schedule means; ``None`` where our rules cannot say it."""
    if any(schedule.get(key) for key in _BEYOND):
        return None
    parts = [part.strip() for part in str(schedule.get("byday") or "").split(",") if part.strip()]
    found = [_BYDAY.fullmatch(part) for part in parts]
    days = [match for match in found if match]
    nths = {match[1] for match in days}
    opens, closes = _minute(schedule.get("opens_at")), _minute(schedule.get("closes_at"))
    monthly = str(schedule.get("freq") or "").upper() == "MONTHLY"
    if len(days) != len(parts) or len(nths) > 1 or (monthly and nths in (set(), {None})):
        return None
    nth = nths.pop() if nths else None
    if nth is not None and nth not in ("1", "2", "3", "4", "5", "-1"):
        return None
    if not days and opens is None and closes is None:
        return None
    interval = schedule.get("interval")
    if monthly and interval not in (None, 1):
        return None
    return OfferTime(
        weekdays=sum(1 << _DAYS.index(match[2].upper()) for match in days) if days else _EVERY_DAY,
        opens=opens,
        closes=closes if closes != 0 else 24 * 60,
        every_weeks=int(interval) if interval and not monthly else None,
        week_of_month=None if nth is None else _LAST if nth == "-1" else int(nth),
        valid_from=_day(schedule.get("valid_from") or schedule.get("dtstart")),
        valid_to=_day(schedule.get("valid_to") or schedule.get("until")),
        place=place,
        words=str(schedule.get("notes") or ""),
    )


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _day(text: Any) -> date | None:
    return date.fromisoformat(str(text)[:10]) if text else None


def _clock(minute: int | None) -> str | None:
    """Midnight at the end of the day is 00:00 there."""
    return None if minute is None else f"{minute // 60 % 24:02d}:{minute % 60:02d}"


def _minute(text: Any) -> int | None:
    match = _CLOCK.fullmatch(str(text or "").strip())
    return int(match[1]) * 60 + int(match[2]) if match else None
