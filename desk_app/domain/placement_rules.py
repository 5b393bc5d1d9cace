"""Numbers behind special cases, term starts and deadlines of school placement.

They stand in resources/code_lists/placement_rules.json, each with the time it holds for, its source and whether it
was found there, so that another city or a new decree changes a line and no code.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache

from desk_app.domain.rules import Rule, Rules, load_rules


class Course(StrEnum):
    """Newcomers' courses at the Berufskolleg, with the keys of the official course list."""

    INTERNATIONAL_CLASS = "A17"
    FIT_FOR_MORE = "A18"


@dataclass(frozen=True, slots=True)
class TermStart:
    """When a course begins, and the rule that says so."""

    course: Course
    on: date
    rule: Rule


@cache
def placement_rules() -> Rules:
    """The shipped rules with their sources."""
    return load_rules("placement_rules.json")


@cache
def in_force(key: str, day: date) -> Rule | None:
    """The rule that holds on ``day``; None before it began, after it ended, or where its value is 0 (not done here).

    Raises ``KeyError`` for a key that is not in the file.
    """
    rule = placement_rules().rule(key, day)
    begun = rule.valid_from is None or rule.valid_from <= day
    ended = rule.valid_to is not None and rule.valid_to < day
    return rule if begun and not ended and rule.value else None


@cache
def number(key: str, day: date) -> int:
    """The number that holds on ``day``, the nearest one where none does."""
    return placement_rules().value(key, day)


def next_start(day: date, chosen: str = "") -> TermStart:
    """The next beginning of a newcomers' course on or after ``day``.

    ``chosen`` is the course a person recommends. Without one it is the international class while it can still be
    joined or begins next, else "Fit für mehr", whichever begins first.
    """
    ifk = _next(Course.INTERNATIONAL_CLASS, ("ifk_start",), day)
    ffm = _next(Course.FIT_FOR_MORE, ("ffm_start_1", "ffm_start_2", "ffm_start_3"), day)
    if chosen in tuple(Course):
        return ifk if chosen == Course.INTERNATIONAL_CLASS else ffm
    return min(ifk, ffm, key=lambda start: start.on)


def running_class(day: date) -> TermStart | None:
    """The international class that began already and can usually still be joined on ``day``."""
    begun = _on(placement_rules().rule("ifk_start", day), day.year)
    until = _on(placement_rules().rule("ifk_entry_until", day), day.year)
    if begun < day < until:
        return TermStart(Course.INTERNATIONAL_CLASS, begun, placement_rules().rule("ifk_entry_until", day))
    return None


def _next(course: Course, keys: tuple[str, ...], day: date) -> TermStart:
    rules = [placement_rules().rule(key, day) for key in keys]
    starts = [TermStart(course, _on(rule, year), rule) for rule in rules for year in (day.year, day.year + 1)]
    return min((start for start in starts if start.on >= day), key=lambda start: start.on)


def _on(rule: Rule, year: int) -> date:
    """The day in ``year`` that a rule in "month and day" names: 1101 is 1 November."""
    month, day = divmod(rule.value, 100)
    return date(year, month, day)
