"""Birth dates and other dates as families tell them: to the day, the month, the year, roughly, or not at all.

A date that is not known to the day is an interval. Ages follow §§ 187 (2), 188 BGB: a year of life is complete at
the end of the day before the birthday, so whoever was born on 29 February is a year older on 1 March in years
without a leap day.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from desk_app.i18n import _, ngettext


class Precision(StrEnum):
    """How well a date is known."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"
    ABOUT = "about"
    UNKNOWN = "unknown"
    """Asked, and nobody knows: an answer, unlike an empty field."""


def birthday(birth: date, age: int) -> date:
    """The day on which somebody born on `birth` reaches `age` (whole years, 0 or more)."""
    try:
        return birth.replace(year=birth.year + age)
    except ValueError:
        return date(birth.year + age, 3, 1)


def age_on(birth: date, day: date) -> int:
    """Whole years of life completed at the beginning of `day`; negative before birth."""
    years = day.year - birth.year
    return years if birthday(birth, years) <= day else years - 1


def add_months(day: date, months: int) -> date:
    """The same day `months` later (or earlier), or the last day of a shorter month (§ 188 (3) BGB)."""
    year, month0 = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month0 + 1, min(day.day, month_length(year, month0 + 1)))


def month_length(year: int, month: int) -> int:
    """Days of a month."""
    return calendar.monthrange(year, month)[1]


@dataclass(frozen=True, slots=True)
class AgeRange:
    """Ages in whole years that are possible, both ends included."""

    low: int
    high: int

    def show(self) -> str:
        """"13" or "8–10"."""
        return str(self.low) if self.low == self.high else f"{self.low}–{self.high}"


@dataclass(frozen=True, slots=True)
class DateSpan:
    """The days on which something may have happened, both ends included; both ends None when unknown."""

    earliest: date | None
    latest: date | None
    precision: Precision

    def __post_init__(self) -> None:
        known = self.precision is not Precision.UNKNOWN
        if (self.earliest is not None) != known or (self.latest is not None) != known:
            raise ValueError("a span has both ends, or none when it is unknown")
        if self.earliest and self.latest and self.earliest > self.latest:
            raise ValueError("a span ends before it begins")
        if self.precision is Precision.DAY and self.earliest != self.latest:
            raise ValueError("a span of one day has one day")

    @classmethod
    def of_day(cls, day: date) -> DateSpan:
        """Known to the day."""
        return cls(day, day, Precision.DAY)

    @classmethod
    def of_month(cls, year: int, month: int) -> DateSpan:
        """Some day of a month."""
        return cls(date(year, month, 1), date(year, month, month_length(year, month)), Precision.MONTH)

    @classmethod
    def of_year(cls, year: int) -> DateSpan:
        """Some day of a year."""
        return cls(date(year, 1, 1), date(year, 12, 31), Precision.YEAR)

    @classmethod
    def about_year(cls, year: int) -> DateSpan:
        """A year give or take one."""
        return cls(date(year - 1, 1, 1), date(year + 1, 12, 31), Precision.ABOUT)

    @classmethod
    def of_ages(cls, low: int, high: int, today: date) -> DateSpan:
        """Every birth date that makes somebody `low` to `high` years old `today`."""
        # one more year of life would be complete today for the day before `earliest`
        earliest = add_months(today, -12 * (high + 1)) + timedelta(days=1)
        latest = add_months(today, -12 * low)
        return cls(earliest, latest, Precision.ABOUT)

    @classmethod
    def unknown(cls) -> DateSpan:
        """Asked, and nobody knows."""
        return cls(None, None, Precision.UNKNOWN)

    @property
    def known(self) -> bool:
        """Whether there is anything to calculate with."""
        return self.earliest is not None

    @property
    def middle(self) -> date | None:
        """The day in the middle: for sorting, and for the year that "ca." shows."""
        if self.earliest is None or self.latest is None:
            return None
        return self.earliest + (self.latest - self.earliest) // 2

    def show(self) -> str:
        """As staff read it: "03.08.2013", "03.2016", "2016", "ca. 2017", "unbekannt"."""
        middle = self.middle
        if middle is None or self.earliest is None:
            return _("unbekannt")
        if self.precision is Precision.DAY:
            return show_day(self.earliest)
        if self.precision is Precision.MONTH:
            return f"{self.earliest:%m}.{self.earliest.year:04d}"
        if self.precision is Precision.YEAR:
            return f"{self.earliest.year:04d}"
        return _("ca. {year}").format(year=middle.year)

    def to_text(self) -> str:
        """For storage: "2013-08-03/2013-08-03/day", "//unknown"."""
        ends = [end.isoformat() if end else "" for end in (self.earliest, self.latest)]
        return "/".join([*ends, self.precision.value])

    @classmethod
    def from_text(cls, text: str) -> DateSpan:
        """Reads what `to_text` wrote; ValueError for anything else."""
        earliest, latest, precision = text.split("/")
        return cls(
            date.fromisoformat(earliest) if earliest else None,
            date.fromisoformat(latest) if latest else None,
            Precision(precision),
        )

    def age_on(self, day: date) -> AgeRange | None:
        """The ages possible on `day`, not below 0; None for an unknown date."""
        if self.earliest is None or self.latest is None:
            return None
        return AgeRange(max(age_on(self.latest, day), 0), max(age_on(self.earliest, day), 0))


def show_day(day: date) -> str:
    """"03.08.2013"."""
    return f"{day:%d.%m.}{day.year:04d}"


def say_age(age: AgeRange) -> str:
    """"13 Jahre", "1 Jahr", "8–10 Jahre"."""
    return ngettext("{age} Jahr", "{age} Jahre", age.high).format(age=age.show())


OLDEST_YEAR, NEWEST_YEAR = 1900, 2100
OLDEST_AGE = 99
_LONGEST = 40
_UNKNOWN_WORDS = {"unbekannt", "nicht bekannt", "weiß nicht", "weiss nicht", "unb.", "unb", "?"}
_WEEKDAYS = ("montag", "dienstag", "mittwoch", "donnerstag", "freitag", "samstag", "sonntag")
_DAY_WORDS = {"vorgestern": -2, "gestern": -1, "heute": 0, "morgen": 1, "übermorgen": 2}
_MONTHS = ("januar", "februar", "märz", "april", "mai", "juni", "juli", "august", "september", "oktober", "november",
           "dezember")  # fmt: skip
_ROUGHLY = re.compile(r"(?:ca|circa|etwa|ungefähr|rund|um|~|≈)[. ]*(\d+)(?: ?(?:jahre?|j)\b\.?)?")
_AGED = re.compile(r"(\d{1,2}) ?(?:jahre?|j)\b\.?(?: alt)?")
_ISO = re.compile(r"(\d{4})-(\d{1,2})(?:-(\d{1,2}))?")
_GAP = re.compile(r"[\s./,-]+")
_NOT_KNOWN = re.compile(r"x+|\?+")
_OFFSET = re.compile(r"([+-]) ?(\d{1,4})")
_DAY_AND_MONTH = re.compile(r"(\d{1,2})[./ -]+(\d{1,2})\.?")


def parse_date_span(text: str, today: date, *, past: bool = True) -> DateSpan:
    """What was typed into a date field, as an interval.

    Understands `3.8.13`, `030813`, `03082013`, `2013-08-03`, `3. August 2013`, `03.2016`, `3/2016`, `2016`,
    `00.00.2016`, `xx.12.2002`, `ca. 9` and `9 Jahre` (an age today), `ca. 2016`, `heute`, `unbekannt`. Two-digit years
    lie in the past as long as `past` holds (births, arrivals); without it days to come are fine as well.

    Raises ValueError with a German sentence that says how it looks right.
    """
    entry = _entry(text)
    if entry in _UNKNOWN_WORDS:
        return DateSpan.unknown()
    if entry in _DAY_WORDS:
        return _not_later(DateSpan.of_day(today + timedelta(days=_DAY_WORDS[entry])), today, past)
    if roughly := _ROUGHLY.fullmatch(entry):
        return _rough_span(int(roughly[1]), today, past)
    if aged := _AGED.fullmatch(entry):
        return DateSpan.of_ages(int(aged[1]), int(aged[1]), today)
    parts = _split(entry)
    if parts in ((0, 0, ""), (0, 0, "00")):
        return DateSpan.unknown()
    if parts is None or not parts[2]:
        raise ValueError(_("So geht es: 03.08.2013, 03.2016, 2016, ca. 9 oder unbekannt."))
    day, month, year = parts
    return _not_later(_span(day, month, _full_year(year, today, past)), today, past)


def parse_day(text: str, today: date) -> date:
    """What was typed into a field for one day: as in `parse_date_span`, and `+14`, `-7`, `morgen`, `Do`, `21.9.`.

    A day without a year means the nearest one, a weekday the next one after today. Raises ValueError
    with a German sentence.
    """
    entry = _entry(text)
    if entry in _DAY_WORDS:
        return today + timedelta(days=_DAY_WORDS[entry])
    weekday = next((place for place, name in enumerate(_WEEKDAYS) if entry in (name, name[:2])), None)
    if weekday is not None:
        return today + timedelta(days=(weekday - today.weekday() - 1) % 7 + 1)
    if offset := _OFFSET.fullmatch(entry):
        return today + timedelta(days=int(offset[1] + offset[2]))
    if short := _DAY_AND_MONTH.fullmatch(entry):
        return _nearest(int(short[1]), int(short[2]), today)
    day, month, year = _split(entry) or (0, 0, "")
    span = _span(day, month, _full_year(year, today, past=False)) if day and month and year else DateSpan.unknown()
    if span.earliest is None:
        raise ValueError(_("Hier wird ein Tag gebraucht, zum Beispiel {day}.").format(day=show_day(today)))
    return span.earliest


def _entry(text: str) -> str:
    """Without case and needless spaces; "" for a text that is too long for a date."""
    return " ".join(text.casefold().split()) if len(text) <= _LONGEST else ""


def _split(entry: str) -> tuple[int, int, str] | None:
    """Day, month (0 where not known) and the digits of the year ("" where not known); None if it is no date."""
    if iso := _ISO.fullmatch(entry):
        return int(iso[3] or 0), int(iso[2]), iso[1]
    if entry.isdecimal():
        return _split_digits(entry)
    parts = [_part(part) for part in _GAP.split(entry) if part]
    if None in parts or not 1 <= len(parts) <= 3:
        return None
    day, month, year = ["", "", *(part or "" for part in parts)][-3:]
    # "3.12" is a month and a year for one reader and a day and a month for the next
    return None if len(parts) == 2 and 0 < len(year) < 4 else (int(day or 0), int(month or 0), year)


def _part(part: str) -> str | None:
    """The digits of one part, "" for a part given as not known, None for no date; a month's name becomes its number."""
    if _NOT_KNOWN.fullmatch(part):
        return ""
    if part.isdecimal():
        return part if int(part) or len(part) == 2 else ""
    months = [number for number, name in enumerate(_MONTHS, 1) if len(part) >= 3 and name.startswith(part)]
    return str(months[0]) if months else None


def _split_digits(digits: str) -> tuple[int, int, str] | None:
    """Digits without separators. Where the usual order makes no month, the other one does, never both."""
    if len(digits) == 4:
        return 0, 0, digits
    if len(digits) not in (6, 8):
        return None
    day, month, year = int(digits[:2]), int(digits[2:4]), digits[4:]
    if month <= 12 and (len(year) == 2 or int(year) >= OLDEST_YEAR):
        return day, month, year
    return (0, day, digits[2:]) if len(digits) == 6 else (int(digits[6:]), int(digits[4:6]), digits[:4])


def _full_year(digits: str, today: date, past: bool) -> int:
    """The year meant by two digits, or four of a sensible year."""
    year = int(digits)
    if len(digits) == 2:
        latest = today.year if past else today.year + 50
        return 2000 + year if 2000 + year <= latest else 1900 + year
    if len(digits) == 4 and OLDEST_YEAR <= year <= NEWEST_YEAR:
        return year
    raise ValueError(
        _("Das Jahr {year} passt nicht. So sieht ein Jahr aus: {right}").format(year=digits, right=today.year)
    )


def _span(day: int, month: int, year: int) -> DateSpan:
    if month > 12:
        if 0 < day <= 12 and month <= month_length(year, day):
            right = show_day(date(year, day, month))
            raise ValueError(_("Erst der Tag, dann der Monat: {day}").format(day=right))
        raise ValueError(_("Einen Monat {month} gibt es nicht. Die Monate gehen von 1 bis 12.").format(month=month))
    if not month:
        return DateSpan.of_year(year)
    if not day:
        return DateSpan.of_month(year, month)
    length = month_length(year, month)
    if day > length:
        raise ValueError(
            _("Den {day:02d}.{month:02d}.{year} gibt es nicht, der Monat hat {length} Tage.").format(
                day=day, month=month, year=year, length=length
            )
        )
    return DateSpan.of_day(date(year, month, day))


def _rough_span(number: int, today: date, past: bool) -> DateSpan:
    """About so many years old today, or born about that year."""
    if number <= OLDEST_AGE:
        return DateSpan.of_ages(max(number - 1, 0), number + 1, today)
    year = _full_year(str(number), today, past)
    _not_later(DateSpan.of_year(year), today, past)
    return DateSpan.about_year(year)


def _nearest(day: int, month: int, today: date) -> date:
    """The day and month in the year that brings it closest to `today`; 29 February may be years away."""
    years = [year for year in range(today.year - 8, today.year + 9) if 1 <= month <= 12]
    days = [date(year, month, day) for year in years if 1 <= day <= month_length(year, month)]
    if not days:
        raise ValueError(
            _("Den {day}.{month}. gibt es nicht. So geht es: {right}").format(
                day=day, month=month, right=show_day(today)
            )
        )
    return min(days, key=lambda candidate: abs(candidate - today))


def _not_later(span: DateSpan, today: date, past: bool) -> DateSpan:
    if past and span.earliest is not None and span.earliest > today:
        raise ValueError(_("{date} liegt in der Zukunft.").format(date=span.show()))
    return span
