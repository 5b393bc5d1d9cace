"""When an appointment is to begin, as it is typed: "Mi, 18.11., 9:45", "morgen 10", "9.30 Uhr", "18.11."."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Final

from desk_app.domain.clock import local
from desk_app.domain.dates import parse_day
from desk_app.domain.opening_hours import instant
from desk_app.i18n import _

_WEEKDAY: Final = re.compile(r"^(?:mo|di|mi|do|fr|sa|so)[a-zäöü]*\.?,?\s+(?=\d)", re.IGNORECASE)
_CLOCK: Final = re.compile(r"(?:^|[\s,])(?:um\s+)?(\d{1,2})(?:[:.](\d{2}))?(?:\s*(uhr|h))?$", re.IGNORECASE)
_DIGITS: Final = re.compile(r"(?:^|[\s,])(\d{1,2})(\d{2})$")


def read_moment(words: str, before: datetime, today: date) -> datetime:
    """The instant that is meant. A time alone leaves the day of ``before``, a day alone its time.

    Raises ``ValueError`` with a German sentence that says how it looks right.
    """
    words = words.strip().rstrip(",")
    there = local(before)
    day_words, minute = _split(words)
    if minute is None:
        minute = there.hour * 60 + there.minute
    day_words = _WEEKDAY.sub("", day_words.strip().rstrip(","))
    try:
        day = parse_day(day_words, today) if day_words else there.date()
    except ValueError:
        raise ValueError(_("Tag und Uhrzeit, zum Beispiel Mi, 18.11., 9:45")) from None
    return instant(day, minute)


def _split(words: str) -> tuple[str, int | None]:
    """The words about the day, and the minute of the day where one is told."""
    found = _CLOCK.search(words)
    if found is not None and _is_time(found, words):
        return words[: found.start()], _minute(int(found[1]), int(found[2] or 0))
    packed = _DIGITS.search(words)
    if packed is not None and (packed.start() == 0 or not words[: packed.start()].strip().isdecimal()):
        return words[: packed.start()], _minute(int(packed[1]), int(packed[2]))
    return words, None


def _is_time(found: re.Match[str], words: str) -> bool:
    """Whether digits at the end are a time and not the end of a date: "18.11" alone is a day."""
    if found[3] or ":" in found[0]:
        return True
    if found[2]:
        return found.start() > 0  # "9.30" after a day
    return found.start() > 0 or len(words) <= 2


def _minute(hour: int, minute: int) -> int:
    if hour > 23 or minute > 59:
        raise ValueError(_("Uhrzeiten gehen von 0:00 bis 23:59"))
    return hour * 60 + minute
