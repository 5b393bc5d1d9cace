"""The time at the desk. Instants are stored in UTC; days are days in Germany.

Calendar and time zone are loaded when somebody first asks for them: the lock screen is painted before.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date, datetime
    from zoneinfo import ZoneInfo

Clock = Callable[[], "datetime"]


@cache
def berlin() -> ZoneInfo:
    """The time zone of the desk."""
    from zoneinfo import ZoneInfo

    return ZoneInfo("Europe/Berlin")


def system_clock() -> datetime:
    from datetime import UTC, datetime

    return datetime.now(UTC)


def local(instant: datetime) -> datetime:
    """The instant as the desk's wall clock shows it."""
    return instant.astimezone(berlin())


def show_time(instant: datetime) -> str:
    """ "8:45" on the desk's wall clock."""
    there = local(instant)
    return f"{there.hour}:{there.minute:02d}"


def local_day(instant: datetime) -> date:
    return local(instant).date()
