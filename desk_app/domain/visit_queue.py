"""Who is called next, when somebody may be called again, and how long the others will wait.

Priorities are 1 to 3. Without one of their own, families with an appointment have 2 and those without have 3.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median
from typing import Final, NamedTuple
from uuid import UUID

from desk_app.i18n import _, ngettext

CALL_LOCK: Final = timedelta(minutes=5)
"""How long a family that was called is not called again: it may be on its way."""
MAX_CALLS: Final = 3
URGENT: Final = 1
WITH_APPOINTMENT: Final = 2
WITHOUT_APPOINTMENT: Final = 3

_ENOUGH_TALKS: Final = 5
"""From so many talks on, their own length says more than what was planned."""
_OPTIMISTIC: Final = 0.8
_ROUND_TO: Final = 5
_SHOWN_IN_MINUTES: Final = 90


@dataclass(frozen=True, slots=True)
class Waiting:
    """A family in the waiting room; `booked_at` is `None` for one that came without an appointment."""

    id: UUID
    arrived_at: datetime
    booked_at: datetime | None = None
    priority: int | None = None
    number: int = 0
    kind: UUID | None = None
    called_at: datetime | None = None
    calls: int = 0

    @property
    def rank(self) -> int:
        """The priority that counts."""
        return self.priority or (WITHOUT_APPOINTMENT if self.booked_at is None else WITH_APPOINTMENT)

    @property
    def since(self) -> datetime:
        """The time that counts: of the appointment, otherwise of arrival."""
        return self.booked_at or self.arrived_at


def order(waiting: Iterable[Waiting], now: datetime) -> list[Waiting]:
    """In which order the families are called.

    Without an appointment but urgent goes first. Priority 2 without an appointment goes before an appointment if the
    family came before its time. Then come the appointments whose time has come, then the others by arrival, and
    last those whose appointment is yet to come. An urgent appointment does not wait for its time.
    """
    families = sorted(waiting, key=lambda one: (one.rank, one.since, one.number, one.id))
    without = [one for one in families if one.booked_at is None]
    booked = [one for one in families if one.booked_at is not None]
    due = [one for one in booked if one.since <= now or one.rank == URGENT]
    ordered: list[Waiting] = []
    while without and due:
        ordered.append(without.pop(0) if _goes_before(without[0], due[0]) else due.pop(0))
    return [*ordered, *due, *without, *(one for one in booked if one.since > now and one.rank != URGENT)]


def _goes_before(without: Waiting, booked: Waiting) -> bool:
    if without.rank == URGENT:
        return True
    return without.rank == WITH_APPOINTMENT and booked.rank != URGENT and without.since < booked.since


def next_to_call(waiting: Iterable[Waiting], now: datetime) -> Waiting | None:
    """The first in the order whom no call lock holds back and who was not called in vain too often."""
    return next(
        (one for one in order(waiting, now) if one.calls < MAX_CALLS and not lock_left(one.called_at, now)), None
    )


def lock_left(called_at: datetime | None, now: datetime) -> int:
    """Seconds until a family may be called again; 0 if it may be now.

    Desks whose clocks differ by less than the lock still respect each other's calls; a clock that was set back
    further does not lock anybody out.
    """
    if called_at is None or not -CALL_LOCK < now - called_at < CALL_LOCK:
        return 0
    left = CALL_LOCK - max(now - called_at, timedelta())
    return -(-left // timedelta(seconds=1))


def is_missed(calls: int, called_at: datetime | None, now: datetime) -> bool:
    """Whether a family was called as often as is done and has had the time to come to the last call."""
    return calls >= MAX_CALLS and not lock_left(called_at, now)


def talk_minutes(talks: Sequence[int], planned: int) -> int:
    """How long a kind of talk takes: the median of the desk's own, or what is planned while these are too few.

    The median, since somebody who forgets to end a talk leaves one of many hours.
    """
    return max(1, round(median(talks))) if len(talks) >= _ENOUGH_TALKS else planned


class Expected(NamedTuple):
    """An appointment of today whose family has not come yet."""

    booked_at: datetime
    kind: UUID | None = None


@dataclass(frozen=True, slots=True)
class WaitRange:
    """From how many to how many minutes a family will wait, and how many families in the room are called first."""

    low: int
    high: int
    ahead: int

    @property
    def span_words(self) -> str:
        """ "etwa 20 bis 35 Minuten"."""
        if self.high <= _SHOWN_IN_MINUTES:
            if not self.low:
                return _("bis etwa {high} Minuten").format(high=self.high)
            return _("etwa {low} bis {high} Minuten").format(low=self.low, high=self.high)
        if not self.low:
            return _("bis etwa {high} Stunden").format(high=_hours(self.high))
        return _("etwa {low} bis {high} Stunden").format(low=_hours(self.low), high=_hours(self.high))

    @property
    def words(self) -> str:
        """ "etwa 20 bis 35 Minuten, 3 Familien vor Ihnen"."""
        if not self.ahead:
            return _("{span}, Sie sind als Nächstes an der Reihe").format(span=self.span_words)
        return ngettext("{span}, {n} Familie vor Ihnen", "{span}, {n} Familien vor Ihnen", self.ahead).format(
            span=self.span_words, n=self.ahead
        )


def waits(
    waiting: Iterable[Waiting],
    now: datetime,
    minutes: Mapping[UUID | None, int],
    desks: int,
    expected: Iterable[Expected] = (),
) -> dict[UUID, WaitRange]:
    """How long each family will wait from now on; empty while no desk is at work, since then nobody can tell.

    `minutes` is what a talk of each kind takes (`talk_minutes`); a kind that is not in it takes as long as the others
    on average. Appointments that fall due before a family's turn are reckoned with although they are not here yet, but
    not those whose whole time has gone by.
    """
    if desks < 1:
        return {}
    average = round(sum(minutes.values()) / len(minutes)) if minutes else 0
    coming = [(one.booked_at, minutes.get(one.kind, average)) for one in expected]
    coming = [(start, length) for start, length in coming if start + timedelta(minutes=length) > now]
    ahead: list[int] = []
    found = {}
    for place, family in enumerate(order(waiting, now)):
        own = minutes.get(family.kind, average)
        low, high = _wait(ahead, own, desks)
        due = [length for start, length in coming if start <= now + timedelta(minutes=high)]
        if due and family.rank != URGENT:
            high = _wait([*ahead, *due], own, desks)[1]
        found[family.id] = WaitRange(
            int(low // _ROUND_TO) * _ROUND_TO, max(_ROUND_TO, int(-(-high // _ROUND_TO)) * _ROUND_TO), place
        )
        ahead.append(own)
    return found


def _wait(ahead: Sequence[int], own: int, desks: int) -> tuple[float, float]:
    """The shortest and longest wait in minutes behind talks of so many minutes at so many desks.

    At best all desks are free for the first of them and every talk takes four fifths of its time; at worst each takes
    all of it and the first begin one talk late.
    """
    late = (sum(ahead) + own) / (len(ahead) + 1)
    return _OPTIMISTIC * sum(ahead[desks - 1 :]) / desks, (late + sum(ahead)) / desks


def _hours(minutes: int) -> str:
    return f"{minutes // 60}:{minutes % 60:02d}"
