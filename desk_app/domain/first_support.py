"""How much first support (Erstförderung) a child has left, and when it ends.

Months are counted from the first day at a German school without breaks, up to the number in school_rules.json; what
a person entered as the end goes before any reckoning.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from desk_app.domain.child import ChildView
from desk_app.domain.dates import add_months
from desk_app.domain.schooling import SchoolRules, first_support_end


@dataclass(frozen=True, slots=True)
class SupportLeft:
    """Months of first support still to come out of ``total``, and the last days it may end on.

    Both pairs are equal where the beginning is known to the day.
    """

    total: int
    low: int
    high: int
    earliest_end: date
    latest_end: date

    @property
    def used_up(self) -> bool:
        return self.high == 0


def support_left(child: ChildView, today: date) -> SupportLeft | None:
    """What is left for a child already at school in Germany; None for others, and while nobody said since when."""
    if child.person.flag("prior_german_school") is not True:
        return None
    total = SchoolRules.on(today).first_support_months
    chosen = child.person.day("support_end")
    since = child.span("prior_german_school_since")
    if chosen is not None:
        earliest = latest = chosen
    elif since is not None and since.earliest is not None and since.latest is not None:
        earliest, latest = _end(since.earliest), _end(since.latest)
    else:
        return None
    low, high = (min(_months(today, end), total) for end in (earliest, latest))
    return SupportLeft(total, low, high, earliest, latest)


def support_end(child: ChildView, began: date | None, today: date) -> date | None:
    """The last day of first support, the earliest one where it is not certain; None while nothing tells it.

    ``began`` is the first day at the school the child was given here.
    """
    chosen = child.person.day("support_end")
    if chosen is not None:
        return chosen
    left = support_left(child, today)
    if left is not None:
        return left.earliest_end
    if child.person.flag("prior_german_school") is True:
        return None
    start = child.person.day("support_start") or began
    return _end(start) if start is not None else None


def _end(start: date) -> date:
    end = first_support_end(start)
    return end if end is not None else start


def _months(today: date, end: date) -> int:
    """Months up to ``end``, the running one included; 0 once it is over."""
    months = 0
    while add_months(today, months) <= end:
        months += 1
    return months
