"""A day at the desk for tests: what a centre begins with, appointments of a day, and the clock put to an hour of it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from builders import TODAY

from desk_app.casework import appointment_setup, appointments, visits
from desk_app.casework.appointment_lines import AppointmentLine
from desk_app.casework.appointment_rows import Booking
from desk_app.casework.appointment_setup import Setup
from desk_app.casework.desk import Desk
from desk_app.casework.visits import WalkIn
from desk_app.domain.opening_hours import instant


def moment(hour: int, minute: int = 0, day: date = TODAY) -> datetime:
    """The instant at which the wall clock of the desk shows this."""
    return instant(day, hour * 60 + minute)


class Day:
    """Books, has people come, and looks at what became of it."""

    def __init__(self, desk: Desk, clock: Any) -> None:
        self.desk, self.clock = desk, clock
        self.setup: Setup = desk.do(appointment_setup.settle)[0]

    def at(self, hour: int, minute: int = 0, day: date = TODAY) -> Day:
        self.clock.set(moment(hour, minute, day))
        return self

    def kind(self, look: str) -> UUID:
        return next(kind.id for kind in self.setup.kinds if kind.look == look)

    def seat(self, number: int = 1) -> UUID:
        return self.setup.desks()[number - 1].id

    def book(
        self, name: str, hour: int, minute: int = 0, *, look: str = "school", seat: int = 1, day: date = TODAY,
        **more: Any,
    ) -> UUID:  # fmt: skip
        booking = Booking(
            uuid4(), moment(hour, minute, day), name=name, kind=self.kind(look), seat=self.seat(seat), **more
        )
        return self.desk.do(lambda work: appointments.book(work, booking))[0]

    def comes(self, name: str = "", **more: Any) -> UUID:
        """Somebody comes without an appointment."""
        draft = WalkIn(uuid4(), name=name, **more)
        self.desk.do(lambda work: visits.walk_in(work, draft))
        return draft.id

    def step(self, visit: UUID, *states: str, seat: int | None = None) -> UUID:
        """The last deed."""
        place = self.seat(seat) if seat else None
        return [self.desk.do(lambda work, s=state: visits.step(work, visit, s, seat=place))[0] for state in states][-1]

    def call(self, visit: UUID) -> None:
        self.desk.do(lambda work: visits.call(work, visit))

    def line(self, visit: UUID) -> AppointmentLine:
        [line] = self.desk.do(lambda work: appointments.of_ids(work, [visit]))[0]
        return line

    def state(self, visit: UUID) -> str:
        return self.line(visit).state

    def states(self, visit: UUID) -> list[str]:
        return [state for _at, state, _words in self.desk.do(lambda work: visits.events(work, visit))[0]]
