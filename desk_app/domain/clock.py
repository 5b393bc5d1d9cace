"""The time at the desk. Instants are stored in UTC; days are days in Germany."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

Clock = Callable[[], datetime]

BERLIN = ZoneInfo("Europe/Berlin")


def system_clock() -> datetime:
    return datetime.now(UTC)


def local(instant: datetime) -> datetime:
    """The instant as the desk's wall clock shows it."""
    return instant.astimezone(BERLIN)


def local_day(instant: datetime) -> date:
    return local(instant).date()
