"""Talks that one interpreter could interpret back to back on one day: which, in what order, and at which desk.

Pure arithmetic of spans. A talk keeps its place in the books until it is moved itself, so that the moves can be made
one after the other in the order given.
"""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import chain
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
    day = _Day(movable, desks, person)
    plans = (day.packed(start, order) for start in starts for order in day.orders)
    return min((plan for plan in plans if plan.placed), key=lambda plan: plan.rank, default=Plan())


class _Day:
    """What is known of the day in question, asked for each beginning that is tried."""

    def __init__(self, movable: Sequence[Movable], desks: Sequence[DeskDay], person: Sequence[Span]) -> None:
        self._desks = [(desk.seat, merge(desk.open), list(desk.taken)) for desk in desks]
        self._person = person
        margin = max((timedelta(minutes=one.need.before + one.need.after) for one in movable), default=timedelta())
        first = min((span.start for span in person), default=None)
        last = max((span.end for span in person), default=None)
        self._here = [
            one for one in movable
            if first and last and one.busy.start < last + margin and one.busy.end > first - margin
        ]  # fmt: skip
        """Those that stand on this day already: until they are moved they are in the way of others."""
        in_books = sorted(movable, key=lambda one: (one.start, one.id))
        self.orders = (in_books, sorted(in_books, key=lambda one: one in self._here))
        """In which order talks are tried: as they come, and those last that are on this day anyway."""

    def packed(self, start: datetime, order: Sequence[Movable]) -> Plan:
        """As many talks as fit, one after the other from ``start`` on."""
        left = list(order)
        placed: list[Placed] = []
        done: list[tuple[UUID, Span]] = []
        waiting = shift = timedelta()
        now, free_since = start, start
        while left and now - free_since <= timedelta(minutes=LONGEST_PAUSE):
            found = self._first_that_fits(left, done, {each.id for each in placed}, now)
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
        self, left: Sequence[Movable], done: Sequence[tuple[UUID, Span]], moved: AbstractSet[UUID], now: datetime
    ) -> tuple[Movable, UUID] | None:
        """The talk that comes first in the books and a desk for it, its own before the others."""
        in_vain = set[Need]()
        for one in left:
            if one.need in in_vain and one not in self._here:
                continue
            talk, busy = one.need.talk(now), one.need.busy(now)
            if not covered(talk, self._person):
                in_vain.add(one.need)
                continue
            waits = [(each.seat, each.busy) for each in self._here if each is not one and each.id not in moved]
            for seat, is_open, taken in sorted(self._desks, key=lambda desk: desk[0] != one.seat):
                others = (span for of, span in (*waits, *done) if of == seat)
                if covered(talk, is_open) and not any(span.overlaps(busy) for span in chain(taken, others)):
                    return one, seat
            if one not in self._here:
                in_vain.add(one.need)
        return None
