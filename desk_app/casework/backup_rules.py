"""When to back up, when to rehearse, and how the desk stands: decided from dates alone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final

from desk_app.domain.clock import local_day
from desk_app.storage.backup_state import Failure, Place, State, Target

__all__ = ["BackupStatus", "Failure", "Kind", "Place", "Tone", "drill_due", "due", "status", "working_days"]

EVERY: Final = timedelta(minutes=30)
AGAIN_AFTER: Final = timedelta(minutes=10)
"""Pause after a failure, so that a stick left in a bag does not keep the program busy."""

LATE_AFTER: Final = EVERY + timedelta(minutes=15)
DRILL_EVERY: Final = timedelta(days=7)
DRILL_LATE_AFTER: Final = timedelta(days=21)
"""A stick in the drawer of somebody on leave is no news; after that it is."""

ALARM_AFTER: Final = 3
"""Working days without a backup of what changed, after which amber turns red."""

Changed = dict[Place, datetime | None]
"""For each place when the first change was made that its newest backup lacks; None if it lacks none."""


class Kind(StrEnum):
    """What there is to say; the one nearest to losing something comes first."""

    FAILED = "failed"
    DRILL_FAILED = "drill_failed"
    LATE = "late"
    NO_SECOND_PLACE = "no_second_place"
    SAME_DEVICE = "same_device"
    DRILL_LATE = "drill_late"
    FINE = "fine"


class Tone(StrEnum):
    """How loud to say it."""

    FINE = "fine"
    DUE = "due"
    ALARM = "alarm"


@dataclass(frozen=True, slots=True)
class BackupStatus:
    """``at`` is the newest backup of the place spoken of; ``drilled_at`` the older of the last rehearsals."""

    kind: Kind
    tone: Tone
    place: Place
    at: datetime | None
    failure: Failure | None
    drilled_at: datetime | None


def due(target: Target, changed: datetime | None, now: datetime, *, closing: bool = False) -> bool:
    """Whether to back up to ``target`` at ``now``, where ``changed`` is the first change it lacks.

    Every 30 minutes of use, and when the program closes, if anything changed. A clock put back makes it due sooner.
    """
    if changed is None:
        return False
    if closing:
        return True
    if target.failure and target.tried_at and abs(now - target.tried_at) < AGAIN_AFTER:
        return False
    return target.made_at is None or abs(now - target.made_at) >= EVERY


def drill_due(target: Target, now: datetime) -> bool:
    """Whether to rehearse bringing back: once a week, and after a bad one as soon as there is a new backup."""
    if target.made_at is None or target.failure:
        return False
    return target.drill_failed or target.drilled_at is None or abs(now - target.drilled_at) >= DRILL_EVERY


def status(state: State, changed: Changed, now: datetime) -> BackupStatus:
    """How the desk stands at ``now``."""
    found = []
    for place in Place:
        target, since = state.targets.get(place), changed.get(place)
        overdue = since is not None and working_days(local_day(since), local_day(now)) >= ALARM_AFTER
        kind = _kind(target, since, now)
        tone = Tone.FINE if kind is Kind.FINE else Tone.ALARM if overdue else Tone.DUE
        at = target.made_at if target else None
        found.append(BackupStatus(kind, tone, place, at, target.failure if target else None, _drilled(state)))
    kinds = list(Kind)
    return min(found, key=lambda each: (each.tone is not Tone.ALARM, kinds.index(each.kind)))


def _kind(target: Target | None, since: datetime | None, now: datetime) -> Kind:
    if target is None:
        return Kind.NO_SECOND_PLACE
    if target.failure:
        return Kind.FAILED
    if target.drill_failed:
        return Kind.DRILL_FAILED
    if target.made_at is None or (since is not None and now - since >= LATE_AFTER):
        return Kind.LATE
    if target.same_device:
        return Kind.SAME_DEVICE
    return Kind.DRILL_LATE if target.drilled_at and now - target.drilled_at >= DRILL_LATE_AFTER else Kind.FINE


def _drilled(state: State) -> datetime | None:
    dates = [target.drilled_at for target in state.targets.values()]
    known = [each for each in dates if each]
    return min(known) if known and len(known) == len(dates) else None


def working_days(first: date, last: date) -> int:
    """Days from Monday to Friday after ``first`` up to ``last``; holidays count, so that the alarm comes early."""
    return sum((first + timedelta(days=n)).weekday() < 5 for n in range(1, (last - first).days + 1))
