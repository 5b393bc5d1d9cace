"""How opening hours, closed days and places read, and how what is typed about them is read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from desk_app.casework.appointment_setup import Closure, Opening, Place
from desk_app.domain.dates import show_day
from desk_app.domain.opening_hours import DAY
from desk_app.i18n import N_, _
from desk_app.presenters.when import weekday_name

_CLOCK: Final = re.compile(r"(?P<hour>\d{1,2})(?:[:.h ]?(?P<minute>\d{2}))?(?: ?uhr)?", re.IGNORECASE)
_WEEK: Final = 7

WEEKLY: Final = "weeks:1"
RHYTHMS: Final = (
    (WEEKLY, N_("jede Woche")),
    ("weeks:2", N_("alle 2 Wochen")),
    ("weeks:3", N_("alle 3 Wochen")),
    ("weeks:4", N_("alle 4 Wochen")),
    ("month:1", N_("am ersten im Monat")),
    ("month:2", N_("am zweiten im Monat")),
    ("month:3", N_("am dritten im Monat")),
    ("month:4", N_("am vierten im Monat")),
    ("month:5", N_("am letzten im Monat")),
)
"""How often hours come, as they are chosen: keys and words."""
HOLIDAYS: Final = (("no", N_("nicht in den Schulferien")), ("only", N_("nur in den Schulferien")))


def rhythm_of(row: Opening) -> str:
    """The key of how often hours come."""
    if row.week_of_month:
        return f"month:{row.week_of_month}"
    return f"weeks:{row.every_weeks or 1}"


def parts_of_rhythm(key: str | None) -> dict[str, int | None]:
    """What a key means, by field."""
    kind, _colon, number = (key or WEEKLY).partition(":")
    every = int(number) if kind == "weeks" and int(number) > 1 else None
    return {"every_weeks": every, "week_of_month": int(number) if kind == "month" else None}


def hours_words(row: Opening) -> str:
    """ "Mo–Do 8:30–12:30"."""
    return f"{weekdays_words(row.weekdays)} {show_minute(row.opens)}–{show_minute(row.closes)}"


def rule_words(row: Opening, where: str) -> str:
    """ "alle 2 Wochen · nicht in den Schulferien · ab 30.11.2026 · Styrum"."""
    rhythm = rhythm_of(row)
    every = "" if rhythm == WEEKLY else _(dict(RHYTHMS).get(rhythm, ""))
    if not every and row.every_weeks and row.every_weeks > 1:
        every = _("alle {n} Wochen").format(n=row.every_weeks)
    parts = (
        _("offene Sprechstunde") if row.walk_in else "",
        every,
        _(dict(HOLIDAYS).get(row.school_holidays, "")) if row.school_holidays else "",
        _("auch an Feiertagen") if row.despite_holiday else "",
        _("{n} Plätze zugleich").format(n=row.seats) if row.seats is not None else "",
        _("ab {day}").format(day=show_day(row.valid_from)) if row.valid_from else "",
        _("bis {day}").format(day=show_day(row.valid_to)) if row.valid_to else "",
        row.words,
        where,
    )
    return " · ".join(part for part in parts if part)


def closure_words(row: Closure, where: str) -> tuple[str, str]:
    """ "24.12.2026 – 1.1.2027" and "Weihnachten · Styrum"."""
    days = show_day(row.first) if row.first == row.last else f"{show_day(row.first)} – {show_day(row.last)}"
    if row.opens is not None or row.closes is not None:
        begin, end = show_minute(row.opens or 0), show_minute(DAY if row.closes is None else row.closes)
        days = f"{days}, {begin}–{end}"
    return days, " · ".join(part for part in (row.words, where) if part)


def place_words(row: Place) -> str:
    """ "Außenstelle · Hauptstraße 1, 45476 Mülheim"."""
    town = " ".join(part for part in (row.postal_code, row.city) if part)
    address = ", ".join(part for part in (row.street, town) if part)
    return " · ".join(part for part in ("" if row.kind == "centre" else _("Außenstelle"), address) if part)


def weekdays_words(mask: int) -> str:
    """ "Mo–Do, Sa": days in a row are drawn together."""
    return ", ".join(_stretches(mask))


def _stretches(mask: int) -> Iterator[str]:
    day = 0
    while day < _WEEK:
        if not mask >> day & 1:
            day += 1
            continue
        last = day
        while last + 1 < _WEEK and mask >> (last + 1) & 1:
            last += 1
        first_name, last_name = weekday_name(day), weekday_name(last)
        if last - day > 1:
            yield f"{first_name}–{last_name}"
        else:
            yield first_name
            if last > day:
                yield last_name
        day = last + 1


def show_minute(minute: int) -> str:
    """ "8:30"."""
    return f"{minute // 60}:{minute % 60:02d}"


def read_minute(words: str) -> int:
    """The minute of the day of "8:30", "8.30", "830" or "8 Uhr". Raises ValueError with a German reason."""
    found = _CLOCK.fullmatch(words.strip())
    minute = int(found["hour"]) * 60 + int(found["minute"] or 0) if found else -1
    if not 0 <= minute <= DAY or (found and int(found["minute"] or 0) >= 60):
        raise ValueError(_("Hier steht eine Uhrzeit, zum Beispiel 8:30"))
    return minute


def read_count(words: str) -> int:
    """A whole number up to three digits. Raises ValueError with a German reason."""
    if not (words.isascii() and words.isdecimal() and len(words) <= 3):
        raise ValueError(_("Hier steht eine Zahl, zum Beispiel 45"))
    return int(words)
