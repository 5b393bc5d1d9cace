"""Running numbers by year: family files ``2026-0031`` and placement requests ``SP-2026-0147``."""

from __future__ import annotations

from desk_app.casework.desk import Work
from desk_app.storage.tables import Counter


def next_file_number(work: Work) -> str:
    return f"{work.today.year}-{_next(work, 'household'):04d}"


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
