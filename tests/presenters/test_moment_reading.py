"""When an appointment is to begin, as people type it."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from desk_app.domain.clock import local
from desk_app.presenters.moment_reading import read_moment

TODAY = date(2026, 11, 26)
BEFORE = datetime(2026, 11, 27, 8, 45, tzinfo=UTC)
"""Friday, a quarter to ten in Germany."""


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("10", "2026-11-27 10:00"), ("915", "2026-11-27 09:15"), ("9:15", "2026-11-27 09:15"),
        ("9.30 Uhr", "2026-11-27 09:30"), ("morgen 10", "2026-11-27 10:00"), ("heute", "2026-11-26 09:45"),
        ("Mi, 2.12., 14:00", "2026-12-02 14:00"), ("2.12.", "2026-12-02 09:45"), ("+5 1030", "2026-12-01 10:30"),
        ("30.11. 8.30", "2026-11-30 08:30"), ("Mo 9", "2026-11-30 09:00"), ("Di, 1.12.2026, 9:00", "2026-12-01 09:00"),
    ],
)  # fmt: skip
def test_day_and_time_in_any_notation_what_is_not_told_stays(typed: str, meant: str) -> None:
    assert f"{local(read_moment(typed, BEFORE, TODAY)):%Y-%m-%d %H:%M}" == meant


@pytest.mark.parametrize("typed", ["bald", "25:00", "9:75", "32.13. 9:00"])
def test_what_is_no_moment_says_how_one_looks(typed: str) -> None:
    with pytest.raises(ValueError, match=r"Uhrzeit"):
        read_moment(typed, BEFORE, TODAY)
