"""Interpreters and their appointments for tests. All people are invented."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID, uuid4

from desk_app.casework import appointments, deeds, interpreters
from desk_app.casework.appointments import AppointmentLine, Booking
from desk_app.casework.desk import Desk
from desk_app.casework.interpreters import Interpreter, Spoken
from desk_app.domain.clock import berlin

FRIDAY = date(2026, 11, 27)
MONDAY = date(2026, 11, 30)


def at(hour: int, minute: int = 0, day: date = FRIDAY) -> datetime:
    """A moment on the wall clock of the desk."""
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=berlin()).astimezone(UTC)


def add_interpreter(desk: Desk, name: str = "Frau Gashi", *languages: Spoken, **known: Any) -> UUID:
    """Somebody who interprets Arabic unless told otherwise."""
    person = Interpreter(uuid4(), name, languages=languages or (Spoken("ar"),), **known)
    desk.do(lambda work: interpreters.keep(work, person))
    return person.id


def book(desk: Desk, start: datetime, **known: Any) -> UUID:
    """An appointment in Arabic for which nobody was asked yet, unless told otherwise."""
    wanted = {"language": "ar", "interpreting": "open", "minutes": 45, **known}
    return desk.do(lambda work: appointments.book(work, Booking(uuid4(), start, **wanted)))[0]


def line(desk: Desk, appointment: UUID) -> AppointmentLine:
    [found] = desk.do(lambda work: appointments.of_ids(work, [appointment]))[0]
    return found


def undo(desk: Desk) -> None:
    """Strg+Z: take back the newest deed that stands."""
    newest = desk.do(deeds.newest)[0]
    assert newest is not None
    desk.do(lambda work: deeds.undo(work, newest.way_back))
