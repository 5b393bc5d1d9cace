"""Birth dates as they are mistaken: digits wrong or exchanged, day for month, 1 January where nobody knew the day."""

from __future__ import annotations

from datetime import date

from desk_app.domain.dates import DateSpan, Precision, month_length


def digits_apart(one: date, other: date) -> int:
    """How many digits differ; two neighbours exchanged are one slip."""
    first, second = f"{one:%d%m%Y}", f"{other:%d%m%Y}"
    apart = [place for place in range(8) if first[place] != second[place]]
    if (
        len(apart) == 2
        and apart[1] == apart[0] + 1
        and first[apart[0]] == second[apart[1]]
        and first[apart[1]] == second[apart[0]]
    ):
        return 1
    return len(apart)


def is_guess(span: DateSpan) -> bool:
    """1 January is what papers say when nobody knows the day."""
    return (
        span.precision is Precision.DAY
        and span.earliest is not None
        and (span.earliest.day, span.earliest.month) == (1, 1)
    )


def slips_of(day: date) -> list[str]:
    """The day itself as YYYYMMDD, day and month exchanged, and every day one digit away."""
    digits = f"{day:%Y%m%d}"
    keys = {digits, digits[:4] + digits[6:] + digits[4:6]}
    for place in range(2, 8):
        keys.update(digits[:place] + other + digits[place + 1 :] for other in "0123456789")
    for place in range(2, 7):
        keys.add(digits[:place] + digits[place + 1] + digits[place] + digits[place + 2 :])
    return sorted(key for key in keys if _is_day(key))


def _is_day(key: str) -> bool:
    year, month, day = int(key[:4]), int(key[4:6]), int(key[6:])
    return 1 <= month <= 12 and 1 <= day <= month_length(year, month)


def days_of(span: DateSpan) -> int:
    """How many days the birth may have been on; 1 January stands for the whole year."""
    assert span.earliest is not None
    assert span.latest is not None
    return 365 if is_guess(span) else (span.latest - span.earliest).days + 1


def overlap(one: DateSpan, other: DateSpan) -> bool:
    """Whether both may mean one day."""
    first, second = _range(one), _range(other)
    return first[0] <= second[1] and second[0] <= first[1]


def _range(span: DateSpan) -> tuple[date, date]:
    assert span.earliest is not None
    assert span.latest is not None
    return (span.earliest, date(span.earliest.year, 12, 31)) if is_guess(span) else (span.earliest, span.latest)
