"""Days and hours as somebody types them: "Mi 9-13", "Mo–Do 8:30–16 Uhr; Fr vormittags nicht in den Schulferien".

What `opening_words.describe` writes is read back as the same rule.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from desk_app.domain.dates import parse_day
from desk_app.domain.opening_hours import DAY, LAST_WEEK, Rule, When
from desk_app.domain.opening_words import describe
from desk_app.i18n import _

_EVERY_DAY, _WORKDAYS = 0b1111111, 0b0011111
_DAYS: Final = ("mo", "di", "mi", "do", "fr", "sa", "so")
_NAMED: Final = {"täglich": _EVERY_DAY, "werktags": _WORKDAYS, "immer": _EVERY_DAY}
_PARTS: Final = {"vormittags": (480, 720), "nachmittags": (780, 1020)}

_DASH: Final = r"\s*(?:-|–|—|bis)\s*"
_DAY: Final = r"\b(?:mo|di|mi|do|fr|sa|so)(?:\.|[a-zäö]*)"
_DAYS_RE: Final = re.compile(rf"({_DAY})(?:{_DASH}({_DAY}))?", re.IGNORECASE)
_CLOCK: Final = r"(\d{1,2})(?:[:.](\d{2}))?"
_HOURS_RE: Final = re.compile(rf"{_CLOCK}(?:\s*uhr)?{_DASH}{_CLOCK}(?:\s*uhr)?", re.IGNORECASE)
_DATE: Final = r"(\d{1,2}\.\d{1,2}\.(?:\d{2,4})?)"
_WEEKS_RE: Final = re.compile(r"(?:alle\s+(\d+)\s+wochen|jede\s+zweite\s+woche)", re.IGNORECASE)
_NTH_RE: Final = re.compile(r"(?:jeweils\s+)?(?:der|jeden|am)\s+(\d)\.\s*(?:im\s+monat)?", re.IGNORECASE)
_LAST_RE: Final = re.compile(r"(?:jeweils\s+)?(?:der\s+|jeden\s+)?letzten?(?:\s+im\s+monat)?", re.IGNORECASE)
_SINCE_RE: Final = re.compile(rf"\bab\s+(?:dem\s+)?{_DATE}", re.IGNORECASE)
_UNTIL_RE: Final = re.compile(rf"\bbis\s+(?:zum\s+)?{_DATE}", re.IGNORECASE)
_NO_SCHOOL_RE: Final = re.compile(r"nicht\s+in\s+den\s+(?:schul)?ferien", re.IGNORECASE)
_ONLY_SCHOOL_RE: Final = re.compile(r"nur\s+in\s+den\s+(?:schul)?ferien", re.IGNORECASE)
_HOLIDAY_RE: Final = re.compile(r"auch\s+an\s+feiertagen", re.IGNORECASE)
_SAYINGS: Final = (
    ("school_holidays", "no", _NO_SCHOOL_RE),
    ("school_holidays", "only", _ONLY_SCHOOL_RE),
    ("despite_holiday", True, _HOLIDAY_RE),
    ("week_of_month", LAST_WEEK, _LAST_RE),
)
_FILLING: Final = frozenset({"und", "u", "+", "&", "von", "um", "jeweils"})
"""Words without which a rule says the same."""
_ONE_DAY_RE: Final = re.compile(rf"^\s*(?:{_DAY}\s+)?{_DATE}\s*,?", re.IGNORECASE)


def show_rules(rules: Sequence[Rule]) -> str:
    """ "Mi 9:00–13:00; Do 14:00–16:00"."""
    return "; ".join(describe(rule) for rule in rules)


def parse_rules(text: str, today: date) -> tuple[When, ...]:
    """The rules, which semicolons or new lines part; empty for an empty text.

    Raises ValueError with one German sentence about the part that is not understood.
    """
    found: list[When] = []
    for part in re.split(r"[;\n]", text):
        if part.strip():
            found.extend(_rules(part.strip(), today))
    return tuple(found)


def _rules(part: str, today: date) -> list[When]:
    rest, frame = _frame(part, today)
    one_day = _ONE_DAY_RE.match(rest)
    if one_day is not None:
        day = parse_day(one_day[1], today)
        frame = replace(frame, weekdays=1 << day.weekday(), valid_from=day, valid_to=day)
        rest = rest[one_day.end() :]
    else:
        rest, weekdays = _weekdays(rest)
        frame = replace(frame, weekdays=weekdays)
    rest, hours = _hours(rest)
    if not frame.weekdays or not hours or set(rest.strip(" ,.").casefold().split()) - _FILLING:
        raise ValueError(_("„{part}“ ist nicht zu verstehen. Zum Beispiel: Mi 9–13; Do 14:00–16:30").format(part=part))
    return [replace(frame, opens=opens, closes=closes) for opens, closes in hours]


def _frame(part: str, today: date) -> tuple[str, When]:
    """What is told about weeks, days and holidays, and the text without it."""

    def take(pattern: re.Pattern[str]) -> re.Match[str] | None:
        nonlocal part
        found = pattern.search(part)
        if found is not None:
            part = part[: found.start()] + " " + part[found.end() :]
        return found

    known: dict[str, object] = {key: value for key, value, pattern in _SAYINGS if take(pattern)}
    for key, pattern in (("valid_from", _SINCE_RE), ("valid_to", _UNTIL_RE)):
        if found := take(pattern):
            known[key] = parse_day(found[1], today)
    if found := take(_WEEKS_RE):
        known["every_weeks"] = int(found[1] or 2)
        known.setdefault("valid_from", today - timedelta(days=today.weekday()))
    if found := take(_NTH_RE):
        known["week_of_month"] = min(max(int(found[1]), 1), LAST_WEEK)
    return part, replace(When(0, 0, 0), **known)  # type: ignore[arg-type]  # by name of the field


def _weekdays(text: str) -> tuple[str, int]:
    days = 0
    for word, value in _NAMED.items():
        if word in text.casefold():
            days |= value
            text = re.sub(word, " ", text, flags=re.IGNORECASE)
    for found in _DAYS_RE.finditer(text):
        first = _DAYS.index(found[1][:2].casefold())
        last = _DAYS.index(found[2][:2].casefold()) if found[2] else first
        span = range(first, last + 1) if first <= last else [*range(first, 7), *range(last + 1)]
        for day in span:
            days |= 1 << day
    return _DAYS_RE.sub(" ", text), days


def _hours(text: str) -> tuple[str, list[tuple[int, int]]]:
    hours: list[tuple[int, int]] = []
    for word, span in _PARTS.items():
        if word in text.casefold():
            hours.append(span)
            text = re.sub(word, " ", text, flags=re.IGNORECASE)
    for found in _HOURS_RE.finditer(text):
        opens, closes = _minute(found[1], found[2]), _minute(found[3], found[4])
        if not opens < closes <= DAY:
            raise ValueError(_("„{hours}“: Der Beginn muss vor dem Ende liegen.").format(hours=found[0].strip()))
        hours.append((opens, closes))
    return re.sub(r"\s+", " ", _HOURS_RE.sub(" ", text)).replace(",", " "), sorted(hours)


def _minute(hour: str, minute: str | None) -> int:
    found = int(hour) * 60 + int(minute or 0)
    if int(minute or 0) > 59:
        raise ValueError(_("„{hour}:{minute}“ ist keine Uhrzeit.").format(hour=hour, minute=minute))
    return found
