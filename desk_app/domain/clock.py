"""The time at the desk. Instants are stored in UTC; days are days in Germany.

The time zone is loaded when somebody first asks for it: the lock screen is painted before.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

Clock = Callable[[], datetime]


@cache
def berlin() -> ZoneInfo:
    """The time zone of the desk."""
    from zoneinfo import ZoneInfo

    return ZoneInfo("Europe/Berlin")


def system_clock() -> datetime:
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
