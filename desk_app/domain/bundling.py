"""Talks that one interpreter could interpret back to back on one day: which, in what order, and at which desk.

Pure arithmetic of spans. A talk keeps its place in the books until it is moved itself, so that the moves can be made
one after the other in the order given.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, NamedTuple
from uuid import UUID

from desk_app.domain.slots import Need, Span, covered, merge

PAUSE: Final = 5
"""Minutes between two talks, in which the next family comes in; starts lie on this raster as well."""
LONGEST_PAUSE: Final = 30
"""Minutes an interpreter waits at most before the next talk; longer, and it is no bundle any more."""


@dataclass(frozen=True, slots=True)
class Movable:
    """A talk that may be moved: what it takes, and where it is now."""

    id: UUID
    need: Need
    start: datetime
    seat: UUID | None

    @property
    def busy(self) -> Span:
        return self.need.busy(self.start)


@dataclass(frozen=True, slots=True)
class DeskDay:
    """A desk on the day in question: when it is open, and what is taken there by talks that are not to be moved."""

    seat: UUID
    open: Sequence[Span]
    taken: Sequence[Span] = ()


class Placed(NamedTuple):
    """A talk at its new time and desk."""

    id: UUID
    start: datetime
    seat: UUID


@dataclass(frozen=True, slots=True)
class Plan:
    """Talks one after the other. ``waiting`` is the interpreter's time between them, ``shift`` how far all move."""

    placed: tuple[Placed, ...] = ()
    waiting: timedelta = timedelta()
    shift: timedelta = timedelta()

    @property
    def rank(self) -> tuple[int, timedelta, timedelta]:
        """The smallest is the best: many talks, little waiting, little moved."""
        return (-len(self.placed), self.waiting, self.shift)


def best_plan(
    movable: Sequence[Movable], desks: Sequence[DeskDay], person: Sequence[Span], starts: Sequence[datetime]
) -> Plan:
    """The best way to have as many talks as fit follow each other from one of ``starts`` on.

    ``person`` is when the interpreter is there and free, as merged spans. Empty where nothing fits.
    """
    openings = {desk.seat: merge(desk.open) for desk in desks}
    plans = (_packed(movable, desks, openings, person, start) for start in starts)
    return min((plan for plan in plans if plan.placed), key=lambda plan: plan.rank, default=Plan())


def _packed(
    movable: Sequence[Movable],
    desks: Sequence[DeskDay],
    openings: dict[UUID, list[Span]],
    person: Sequence[Span],
    start: datetime,
) -> Plan:
    left = sorted(movable, key=lambda one: (one.start, one.id))
    placed: list[Placed] = []
    done: list[tuple[UUID, Span]] = []
    waiting = shift = timedelta()
    now, free_since = start, start
    while left and now - free_since <= timedelta(minutes=LONGEST_PAUSE):
        found = _first_that_fits(left, desks, openings, person, done, now)
        if found is None:
            now += timedelta(minutes=PAUSE)
            continue
        one, seat = found
        left.remove(one)
        if placed:
            waiting += now - free_since
        shift += abs(now - one.start)
        placed.append(Placed(one.id, now, seat))
        done.append((seat, one.need.busy(now)))
        free_since = one.need.talk(now).end
        now = free_since + timedelta(minutes=PAUSE)
    return Plan(tuple(placed), waiting, shift)


def _first_that_fits(
    left: Sequence[Movable],
    desks: Sequence[DeskDay],
    openings: dict[UUID, list[Span]],
    person: Sequence[Span],
    done: Sequence[tuple[UUID, Span]],
    now: datetime,
) -> tuple[Movable, UUID] | None:
    """The talk that comes first in the books and a desk for it, its own before the others."""
    for one in left:
        talk, busy = one.need.talk(now), one.need.busy(now)
        if not covered(talk, person):
            continue
        waits = [(other.seat, other.busy) for other in left if other is not one]
        for desk in sorted(desks, key=lambda desk: desk.seat != one.seat):
            taken = (*desk.taken, *(span for seat, span in (*waits, *done) if seat == desk.seat))
            if covered(talk, openings[desk.seat]) and not any(span.overlaps(busy) for span in taken):
                return one, desk.seat
    return None
