"""Public holidays and school holidays in North Rhine-Westphalia.

Public holidays follow from the law (Feiertagsgesetz NW) and from Easter; school holidays are set by decree of the
school ministry for some years ahead and are data with a source. The movable days off (bewegliche Ferientage) are
decided by each school, so they are not in here.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import NamedTuple

from desk_app.domain.resource_csv import read_resource_table


class SchoolHolidays(NamedTuple):
    """One stretch of school holidays, its last day included."""

    first: date
    last: date
    name: str


@dataclass(frozen=True, slots=True)
class Calendar:
    """Which days are holidays. `school` is sorted; before its first and after its last day nothing is known."""

    school: Sequence[SchoolHolidays]

    def public_holiday(self, day: date) -> str:
        """The German name of the public holiday that a day is; empty for others."""
        return _public_holidays(day.year).get(day, "")

    def school_holidays(self, day: date) -> str | None:
        """The German name of the school holidays a day is in; empty for none, `None` where it is not known."""
        if not self.knows_school(day):
            return None
        stretch = self.school[bisect_right(self.school, day, key=lambda one: one.first) - 1]
        return stretch.name if day <= stretch.last else ""

    def knows_school(self, day: date) -> bool:
        """Whether the school holidays around a day have been decreed."""
        return bool(self.school) and self.school[0].first <= day <= self.school[-1].last


@cache
def nrw() -> Calendar:
    """The calendar of the desk."""
    rows = read_resource_table("school_holidays_nrw.csv").rows
    return Calendar(
        tuple(
            SchoolHolidays(date.fromisoformat(row["first"]), date.fromisoformat(row["last"]), row["name"])
            for row in rows
        )
    )


@cache
def _public_holidays(year: int) -> dict[date, str]:
    from dateutil.easter import easter  # not before somebody asks: the lock screen never does

    sunday: date = easter(year)

    def day_of(row: dict[str, str]) -> date:
        if row["after_easter"]:
            return sunday + timedelta(days=int(row["after_easter"]))
        return date(year, int(row["month"]), int(row["day"]))

    return {day_of(row): row["name"] for row in read_resource_table("public_holidays_nrw.csv").rows}
