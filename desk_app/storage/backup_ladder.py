"""Which backups to keep: many of today, fewer the older they are.

One for every half-hour of the last day, the last of 12 days, of 10 weeks and of 9 months; only days, weeks and months
with a backup count, so a long holiday thins nothing out. What is older than the deletion rules allow goes.

Clocks go wrong, and a wrong clock must not empty the shelf. So the rungs count backups, not time; backups dated in the
future are judged among themselves; and age is measured at the newest backup of an earlier day than today, since a
clock that is a year ahead is put right by then.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from datetime import datetime, timedelta
from typing import Final, Protocol, TypeVar

from desk_app.domain.clock import local, local_day

HALF_HOURS_OF: Final = timedelta(days=1)
DAYS: Final = 12
WEEKS: Final = 10
MONTHS: Final = 9


class Dated(Protocol):
    """A backup as the ladder sees it."""

    @property
    def made_at(self) -> datetime:
        """When it was made, by the clock of that moment; aware."""
        ...

    @property
    def sequence(self) -> int:
        """How far the store had come; grows with every change, whatever the clock says."""
        ...


D = TypeVar("D", bound=Dated)


def keep(backups: Iterable[D], now: datetime, oldest: timedelta) -> list[D]:
    """Those of ``backups`` to keep at ``now``, newest first; ``oldest`` is the age the deletion rules allow.

    The newest by date and the one with most in it are always among them, however old.
    """
    ordered = sorted(backups, key=lambda backup: (backup.made_at, backup.sequence), reverse=True)
    if not ordered:
        return []
    future = [backup for backup in ordered if backup.made_at > now]
    past = [backup for backup in ordered if backup.made_at <= now]
    kept = {id(ordered[0]), id(max(ordered, key=lambda backup: backup.sequence))}
    kept |= _on_the_rungs(past, now, oldest)
    if future:
        kept |= _on_the_rungs(future, future[0].made_at, oldest)
    return [backup for backup in ordered if id(backup) in kept]


def _on_the_rungs(backups: Sequence[Dated], now: datetime, oldest: timedelta) -> set[int]:
    """``backups`` are newest first and none is later than ``now``."""
    measured = next((each.made_at for each in backups if local_day(each.made_at) < local_day(now)), None)
    allowed = [each for each in backups if measured is None or each.made_at >= measured - oldest]
    recent = [each for each in allowed if each.made_at > now - HALF_HOURS_OF]
    return (
        _newest_of_each(recent, _half_hour, len(recent))
        | _newest_of_each(allowed, local_day, DAYS)
        | _newest_of_each(allowed, _week, WEEKS)
        | _newest_of_each(allowed, _month, MONTHS)
    )


def _newest_of_each(backups: Sequence[Dated], period: Callable[[datetime], Hashable], count: int) -> set[int]:
    newest: dict[Hashable, int] = {}
    for backup in backups:
        newest.setdefault(period(backup.made_at), id(backup))
    return set(list(newest.values())[:count])


def _half_hour(instant: datetime) -> int:
    return int(instant.timestamp() // 1800)


def _week(instant: datetime) -> tuple[int, int]:
    year, week, _day = local(instant).isocalendar()
    return year, week


def _month(instant: datetime) -> tuple[int, int]:
    return local(instant).year, local(instant).month
