"""School years of a child: reading them, what comes next, what is missing in between, and all of it in a sentence.

A school year is named by the calendar year in which it begins: 2024 is "2024/25". Other countries begin theirs in
other months; to the school year is as close as families remember, so months are only said roughly.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from desk_app.domain.records import Record
from desk_app.domain.schooling import SchoolRules
from desk_app.i18n import _, ngettext

EARLIEST, LATEST = 1950, 2100
_MONTHS_OF_A_YEAR = 12
_SAID_IN_MONTHS = 24
_WRITTEN = re.compile(r"(\d{2}|\d{4})(?: ?[/–-] ?(\d{2}|\d{4}))?")
_NO_GRADE = {"-", "–", "—", "0", "kita", "kindergarten", "vorschule", "vorklasse"}
"""Entries under "Klasse" that say: there, but not at school yet."""


@dataclass(frozen=True, slots=True)
class Years:
    """A run of school years, both ends included."""

    first: int
    last: int

    def say(self) -> str:
        """ "2024/25", "2022/23 bis 2024/25"."""
        if self.first == self.last:
            return show_school_year(self.first)
        return _("{first} bis {last}").format(first=show_school_year(self.first), last=show_school_year(self.last))


@dataclass(frozen=True, slots=True)
class Stretch:
    """Consecutive school years spent the same way, for the band on paper."""

    years: Years
    attended: bool
    country: str
    """Key of the country, empty where it is not known."""
    grades: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class History:
    """What the rows of a child add up to; years are whole school years."""

    attended: int
    countries: int
    between: int
    """Years without school between two years at school, as far as they are written down."""
    months_since: int
    """Months without school after the last year at school, up to today, as far as they are written down."""
    never: bool
    """Only years without school are written down."""


def read_school_year(words: str) -> int:
    """The year in which "2024/25", "2024", "24/25" or "2024-2025" begins. Raises ValueError with a German reason."""
    found = _WRITTEN.fullmatch(words.strip())
    year = _full(found[1]) if found else 0
    if found is None or not EARLIEST <= year <= LATEST:
        raise ValueError(_("So sieht ein Schuljahr aus: 2024/25 oder 2024"))
    if found[2] and _full(found[2]) != year + 1:
        right = show_school_year(year)
        raise ValueError(_("Ein Schuljahr endet im Jahr darauf: {year}").format(year=right))
    return year


def show_school_year(year: int) -> str:
    """ "2024/25"."""
    return f"{year}/{(year + 1) % 100:02d}"


def years_of(row: Record) -> Years | None:
    """The school years of one row; None while its first year is not known. An end before the beginning counts not."""
    first = _year(row.text("school_year"))
    if first is None:
        return None
    return Years(first, max(_year(row.text("until_year")) or first, first))


def at_school(row: Record) -> bool:
    """Whether the row says that the child went to school; kindergarten and pre-school do not count as school."""
    return row.flag("attended") is not False and row.text("grade").casefold() not in _NO_GRADE


def next_school_year(rows: Iterable[Record], today: date) -> str:
    """What a new row begins with: the year after the last one, else the first gap; empty where neither helps."""
    spans = _spans(rows)
    if not spans:
        return ""
    following = max(span.last for span in spans) + 1
    if following <= SchoolRules.on(today).year_of(today):
        return show_school_year(following)
    holes = gaps(rows, today)
    return show_school_year(holes[0].first) if holes else ""


def gaps(rows: Iterable[Record], today: date) -> tuple[Years, ...]:
    """School years between the first one written down and today that nothing is written about, oldest first."""
    spans = _spans(rows)
    if not spans:
        return ()
    covered = {year for span in spans for year in range(span.first, span.last + 1)}
    now = SchoolRules.on(today).year_of(today)
    return _runs(year for year in range(min(covered), now + 1) if year not in covered)


def stretches(rows: Sequence[Record], today: date) -> tuple[Stretch, ...]:
    """The rows as a band: neighbouring years in one country join, years without school and gaps stand apart."""
    found: list[Stretch] = []
    known = [(span, row) for row in rows if (span := years_of(row)) is not None]
    for span, row in sorted(known, key=lambda entry: entry[0].first):
        here = row.flag("attended") is not False
        grades = (row.text("grade"),) if here and row.text("grade") else ()
        new = Stretch(span, here, row.text("country") if here else "", grades)
        if found and _joins(found[-1], new):
            last = found.pop()
            years = Years(last.years.first, max(last.years.last, span.last))
            new = Stretch(years, here, last.country, (*last.grades, *grades))
        found.append(new)
    missing = [Stretch(span, attended=False, country="", grades=()) for span in gaps(rows, today)]
    return tuple(sorted([*found, *missing], key=lambda stretch: stretch.years.first))


def history(rows: Sequence[Record], today: date) -> History:
    """What the rows add up to on `today`."""
    there = [row for row in rows if at_school(row) and years_of(row) is not None]
    attended = {year for span in _spans(there) for year in range(span.first, span.last + 1)}
    away_rows = [row for row in rows if row.flag("attended") is False]
    away = {year for span in _spans(away_rows) for year in range(span.first, span.last + 1)} - attended
    last = max(attended, default=None)
    since = sum(months_passed(year, today) for year in away if last is not None and year > last)
    between = sum(1 for year in away if last is not None and min(attended) < year < last)
    countries = {row.text("country") for row in there if row.text("country")}
    return History(len(attended), len(countries), between, since, never=bool(away) and not attended)


def summary(rows: Sequence[Record], today: date) -> str:
    """ "2 Schuljahre in 2 Ländern, dann etwa 10 Monate ohne." Empty while nothing is written down."""
    found = history(rows, today)
    if found.never:
        return _("Bisher kein Schulbesuch.")
    if not found.attended:
        return ""
    words = ngettext("{n} Schuljahr", "{n} Schuljahre", found.attended).format(n=found.attended)
    if found.countries:
        words += " " + ngettext("in {n} Land", "in {n} Ländern", found.countries).format(n=found.countries)
    if found.between:
        words += ", " + ngettext("dazwischen {n} Jahr ohne", "dazwischen {n} Jahre ohne", found.between).format(
            n=found.between
        )
    if found.months_since:
        words += ", " + _say_since(found.months_since)
    return f"{words}."


def _say_since(months: int) -> str:
    if months <= _SAID_IN_MONTHS:
        return ngettext("dann etwa {n} Monat ohne", "dann etwa {n} Monate ohne", months).format(n=months)
    years = round(months / _MONTHS_OF_A_YEAR)
    return _("dann etwa {n} Jahre ohne").format(n=years)


def months_passed(year: int, today: date) -> int:
    """How many months of a school year have passed by `today`, a begun one counted."""
    start = SchoolRules.on(today).year_begins(year)
    passed = (today.year - start.year) * _MONTHS_OF_A_YEAR + today.month - start.month + 1
    return min(max(passed, 0), _MONTHS_OF_A_YEAR)


def _joins(before: Stretch, after: Stretch) -> bool:
    same = (before.attended, before.country) == (after.attended, after.country)
    return same and after.years.first <= before.years.last + 1


def _spans(rows: Iterable[Record]) -> list[Years]:
    return [span for row in rows if (span := years_of(row)) is not None]


def _runs(years: Iterable[int]) -> tuple[Years, ...]:
    found: list[Years] = []
    for year in years:
        if found and found[-1].last == year - 1:
            found[-1] = Years(found[-1].first, year)
        else:
            found.append(Years(year, year))
    return tuple(found)


def _year(words: str) -> int | None:
    try:
        return read_school_year(words)
    except ValueError:
        return None


def _full(digits: str) -> int:
    return int(digits) if len(digits) == 4 else 2000 + int(digits)
