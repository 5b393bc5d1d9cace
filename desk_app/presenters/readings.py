"""How the text of a field becomes a value and back, by the kind of question, and what to point out about it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from desk_app.domain import contact
from desk_app.domain.clock import berlin, local, show_time
from desk_app.domain.dates import parse_date_span, parse_day, show_day
from desk_app.domain.fields import Field, FieldType
from desk_app.domain.names import CleanName, clean_name
from desk_app.i18n import _, ngettext

Today = Callable[[], date]

_TIME = re.compile(
    r"(?P<day>.*?)[\s,]*(?:um )?(?P<hour>[01]?\d|2[0-3])[:.](?P<minute>[0-5]\d)(?: ?uhr)?", re.IGNORECASE
)
_YET_TO_COME = frozenset({"planned_move_on"})
_CHECKS: dict[str, Callable[[str], str]] = {
    "phone": contact.check_phone,
    "contact_phone": contact.check_phone,
    "emergency_phone": contact.check_phone,
    "own_phone": contact.check_phone,
    "postal_code": contact.check_postal_code,
}
_FAULTS: dict[str, Callable[[str], str]] = {"email": contact.check_email, "own_email": contact.check_email}
"""What is plainly wrong rather than odd; it is kept all the same."""


@dataclass(frozen=True)
class Reading:
    """``parse`` raises ``ValueError`` with a German sentence; ``notice`` gives one to point out, ``fault`` one about
    what is wrong with a value that is kept all the same, both an empty text where there is nothing to say."""

    parse: Callable[[str], Any]
    show: Callable[[Any], str] = str
    notice: Callable[[Any], str] | None = None
    fault: Callable[[Any], str] | None = None


def reading_of(field: Field, today: Today) -> Reading:
    """The reading for a question that is typed."""
    if field.type is FieldType.NAME:
        return NameReading().reading()
    if field.type is FieldType.DAY:
        return Reading(lambda words: parse_day(words, today()), show_day)
    if field.type is FieldType.SPAN:
        past = field.key not in _YET_TO_COME
        return Reading(lambda words: parse_date_span(words, today(), past=past), lambda span: str(span.show()))
    if field.type is FieldType.INSTANT:
        return Reading(lambda words: parse_instant(words, today()), show_instant)
    check = _CHECKS.get(field.key)
    fault = _FAULTS.get(field.key)
    return Reading(contact.tidy if check or fault else str, str, check, fault)


class NameReading:
    """A name as written. What was taken out is said for as long as the cleaned name stands in the field."""

    def __init__(self) -> None:
        self._last: CleanName | None = None

    def reading(self) -> Reading:
        return Reading(self._parse, str, self._notice)

    def _parse(self, words: str) -> str:
        self._last = clean_name(words)
        return self._last.text

    def _notice(self, name: str) -> str:
        clean = self._last if self._last is not None and self._last.text == name else clean_name(name)
        removed = ngettext(
            "Ein unsichtbares Zeichen wurde entfernt.", "Unsichtbare Zeichen wurden entfernt.", len(clean.removed)
        )
        return " ".join(part for part in (clean.notice(), removed if clean.removed else "") if part)


def parse_instant(words: str, today: date) -> datetime:
    """A day with a time on the desk's wall clock: "3.8.26 10:30", "heute 9.15 Uhr", "10:30" for today.

    A day alone means midnight, shown without a time. Raises ``ValueError`` with a German sentence.
    """
    found = _TIME.fullmatch(words.strip())
    at = time(int(found["hour"]), int(found["minute"])) if found else time(0)
    named = found["day"].strip(" ,") if found else words
    if found and not named:
        day = today
    else:
        try:
            day = parse_day(named, today)
        except ValueError:
            raise ValueError(_("So geht es: {day} 10:30").format(day=show_day(today))) from None
    return datetime.combine(day, at, berlin())


def show_instant(instant: datetime) -> str:
    """ "03.08.2026 10:30"; without a time where none was given."""
    there = local(instant)
    clock = "" if there.time() == time(0) else f" {show_time(instant)}"
    return show_day(there.date()) + clock
