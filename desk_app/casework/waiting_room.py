"""Who waits at a place, in which order they are called, and how long that takes by the desks' own history."""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

from sqlalchemy import select

from desk_app.casework.appointment_lines import AppointmentLine
from desk_app.casework.appointment_setup import Seat, Setup
from desk_app.casework.desk import Work
from desk_app.casework.visits import USUAL
from desk_app.domain import visit_queue
from desk_app.domain.clock import local_day
from desk_app.domain.opening_hours import Limited
from desk_app.domain.slots import Span, merge
from desk_app.domain.visit_queue import Expected, Waiting, WaitRange
from desk_app.domain.visit_states import COMES_BACK, DONE, EXPECTED, IN_TALK, INTERRUPTED, TALKING, WAITING
from desk_app.storage.many_rows import among
from desk_app.storage.tables import Appointment, VisitEvent

_LOOKS_BACK: Final = timedelta(days=180)
_TALKS: Final = 60
"""So many of the newest talks of a kind tell how long one takes."""


@dataclass(frozen=True)
class WaitingRoom:
    """The waiting room of a place on a day, as it was read; ``queue`` and ``waits`` say how it is at a moment.

    ``minutes`` is how long talks of each kind take here, ``hours`` when each desk is at work, with appointments or for
    whoever comes; ``limits`` is when only so many of the desks are.
    """

    place: UUID
    place_name: str
    lines: tuple[AppointmentLine, ...] = ()
    coming: tuple[Expected, ...] = ()
    minutes: Mapping[UUID | None, int] | None = None
    hours: Mapping[UUID, Sequence[Span]] | None = None
    limits: tuple[Limited, ...] = ()
    talking: frozenset[UUID | None] = frozenset()

    def queue(self, now: datetime) -> tuple[AppointmentLine, ...]:
        """Who waits, in the order they are called in."""
        lines = {line.id: line for line in self.lines}
        return tuple(lines[one.id] for one in visit_queue.order(self._waiting(), now))

    def waits(self, now: datetime) -> dict[UUID, WaitRange]:
        """How long each still waits; empty while no desk is at work."""
        return visit_queue.waits(self._waiting(), now, self.minutes or {}, self.desks(now), self.coming)

    def next_wait(self, now: datetime) -> WaitRange | None:
        """How long somebody would wait who comes now without an appointment; ``None`` while no desk is at work."""
        guest = Waiting(UUID(int=0), now, number=sys.maxsize)
        found = visit_queue.waits([*self._waiting(), guest], now, self.minutes or {}, self.desks(now), self.coming)
        return found.get(guest.id)

    def desks(self, now: datetime) -> int:
        """How many desks are at work: those that are open, and those that talk although they are not."""
        hours = self.hours or {}
        is_open = {seat for seat, spans in hours.items() if any(span.start <= now < span.end for span in spans)}
        some = max((limit.seats for limit in self.limits if limit.span.start <= now < limit.span.end), default=0)
        return max(len(is_open | (self.talking - {None})), min(some, len(hours)))

    def next_to_call(self, now: datetime) -> UUID | None:
        """Who is called next, ``None`` for nobody."""
        found = visit_queue.next_to_call(self._waiting(), now)
        return found.id if found is not None else None

    def _waiting(self) -> list[Waiting]:
        return [
            Waiting(
                line.id, line.arrived_at or line.start, None if line.walk_in else line.start, line.priority,
                line.number or 0, line.kind, line.called_at, line.calls,
            )
            for line in self.lines
        ]  # fmt: skip


def rooms(work: Work, setup: Setup, lines: Iterable[AppointmentLine]) -> tuple[WaitingRoom, ...]:
    """The waiting rooms of all places, of the visits of today."""
    of_place: defaultdict[UUID | None, list[AppointmentLine]] = defaultdict(list)
    first = setup.places[0].id if setup.places else None
    for line in lines:
        of_place[line.place if setup.place(line.place) else first].append(line)
    minutes = talk_minutes(work, setup)
    return tuple(
        WaitingRoom(
            place.id,
            place.label,
            tuple(line for line in of_place[place.id] if line.state in WAITING),
            tuple(Expected(line.start, line.kind) for line in of_place[place.id] if line.state in EXPECTED),
            minutes,
            {seat.id: _open(setup, seat, work.today) for seat in setup.desks(place.id)},
            tuple(
                limit
                for walk_in in (False, True)
                for limit in setup.hours(place.id, None, [work.today], walk_in=walk_in).limited
            ),
            frozenset(line.seat for line in of_place[place.id] if line.state in TALKING),
        )
        for place in setup.places
    )


def _open(setup: Setup, seat: Seat, day: date) -> list[Span]:
    """When a desk is at work, whoever it is for."""
    return merge(
        span for walk_in in (False, True) for span in setup.hours(seat.place, seat.id, [day], walk_in=walk_in).open
    )


def talk_minutes(work: Work, setup: Setup) -> dict[UUID | None, int]:
    """How long a talk of each kind takes here; what is planned for it while there were too few."""
    talks = _talks(work)
    planned: dict[UUID | None, int] = {kind.id: kind.minutes for kind in setup.kinds}
    return {kind: visit_queue.talk_minutes(talks[kind], planned.get(kind, USUAL)) for kind in (*planned, None)}


def _talks(work: Work) -> defaultdict[UUID | None, list[int]]:
    """Minutes of talks that were begun and ended here, the newest of each kind. Interruptions do not count."""
    query = (
        select(Appointment.id, Appointment.kind_id, Appointment.started_at, Appointment.finished_at)
        .where(
            Appointment.state == DONE, Appointment.removed_at.is_(None), Appointment.finished_at.is_not(None),
            Appointment.started_at.is_not(None), Appointment.starts_at >= work.now - _LOOKS_BACK,
        )
        .order_by(Appointment.starts_at.desc())
        .limit(_TALKS * 6)
    )  # fmt: skip
    rows = work.session.execute(query).all()
    pauses = _pauses(work, [row[0] for row in rows])
    found: defaultdict[UUID | None, list[int]] = defaultdict(list)
    for id_, kind, started, finished in rows:
        if started and finished and local_day(started) == local_day(finished) and len(found[kind]) < _TALKS:
            found[kind].append(max(0, round((finished - started - pauses[id_]).total_seconds() / 60)))
    return found


def _pauses(work: Work, visits: Sequence[UUID]) -> defaultdict[UUID, timedelta]:
    """How long talks stood still: from an interruption until they went on."""
    query = select(VisitEvent.appointment_id, VisitEvent.state, VisitEvent.at).where(
        among(VisitEvent.appointment_id, visits), VisitEvent.removed_at.is_(None)
    )
    found: defaultdict[UUID, timedelta] = defaultdict(timedelta)
    since: dict[UUID, datetime] = {}
    for visit, state, at in work.session.execute(query.order_by(VisitEvent.at)):
        if state in (INTERRUPTED, COMES_BACK):
            since.setdefault(visit, at)
        elif state in (IN_TALK, DONE) and visit in since:
            found[visit] += at - since.pop(visit)
    return found
