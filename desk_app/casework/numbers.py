"""Running numbers by year: family files ``2026-0031`` and placement requests ``SP-2026-0147``."""

from __future__ import annotations

from desk_app.casework.desk import Work
from desk_app.storage.tables import Counter


def next_file_number(work: Work) -> str:
    return f"{work.today.year}-{_next(work, 'household'):04d}"


def next_file_numbers(work: Work, count: int) -> list[str]:
    """As many file numbers in a row."""
    first = int(next_file_number(work).rpartition("-")[2]) if count else 0
    if count > 1:
        work.session.get_one(Counter, ("household", work.today.year)).last += count - 1
        work.session.flush()
    return [f"{work.today.year}-{first + offset:04d}" for offset in range(count)]


def next_request_number(work: Work) -> str:
    return f"SP-{work.today.year}-{_next(work, 'request'):04d}"


def _next(work: Work, series: str) -> int:
    counter = work.session.get(Counter, (series, work.today.year))
    if counter is None:
        counter = Counter(series=series, year=work.today.year, last=0)
        work.session.add(counter)
    counter.last += 1
    work.session.flush()
    return counter.last
