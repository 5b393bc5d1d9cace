"""Every deed about the books of the desk, one by one: hours, appointments, interpreters, calendars."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

from builders import StoredFamily

from desk_app.casework import (
    appointment_setup,
    appointments,
    calendar_files,
    deeds,
    interpreter_asking,
    interpreter_days,
    interpreters,
)
from desk_app.casework.appointment_setup import Closure, Opening
from desk_app.casework.appointments import Booking
from desk_app.casework.calendar_files import Whose
from desk_app.casework.interpreters import Interpreter, Spoken

_BUSY = (
    "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Muster//DE\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTAMP:20261101T080000Z\r\n"
    "DTSTART:{day}T080000Z\r\nDTEND:{day}T090000Z\r\nSUMMARY:Karim\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
)


def walk_books(walk: Any, family: StoredFamily, start: datetime, folder: Path) -> None:
    """All of them, from ``start`` on, an instant of a working day some weeks ahead, through ``walk.do``."""
    home, setup = family.household, walk.do(appointment_setup.settle)
    place, kind = setup.places[0].id, setup.kinds[0]
    walk.do(lambda work: appointment_setup.keep(work, replace(kind, bring="Pässe")))
    room = replace(setup.seats[0], id=uuid4(), name="Raum 1", kind="room")
    walk.do(lambda work: appointment_setup.keep(work, room))
    walk.do(lambda work: appointment_setup.remove(work, room))
    closed = Closure(uuid4(), start.date(), start.date(), opens=0, closes=60, words="Karim feiert")
    walk.do(lambda work: appointment_setup.keep(work, closed))
    evening = Opening(uuid4(), place, 0b1, 18 * 60, 19 * 60)
    walk.do(lambda work: appointment_setup.keep_opening(work, evening))
    walk.do(lambda work: appointment_setup.keep_opening(work, replace(evening, closes=20 * 60)))

    booking = Booking(uuid4(), start, home, kind=kind.id, persons=(family.child,), language="ar", interpreting="open")
    visit = walk.do(lambda work: appointments.book(work, booking))
    walk.do(lambda work: appointments.change(work, replace(booking, words="Rana kommt mit", phone="0208 000000")))
    series = walk.do(lambda work: appointments.repeat(work, visit, count=3))
    walk.do(lambda work: appointments.change_following(work, replace(booking, words="Karim")))
    walk.do(lambda work: appointments.cancel_following(work, series.made[-1], "us", "Rana"))
    visit = walk.do(lambda work: appointments.move(work, visit, start + timedelta(minutes=30)))
    walk.do(lambda work: appointments.no_show(work, series.made[0], "Karim krank"))
    walk.do(lambda work: appointments.restore(work, series.made[0]))
    off = walk.do(lambda work: appointments.cancel(work, series.made[0], "family", "Karim krank"))
    walk.do(lambda work: deeds.undo(work, off))
    _walk_interpreters(walk, family, visit, Booking(uuid4(), start + timedelta(days=7), language="ar"), folder)


def _walk_interpreters(walk: Any, family: StoredFamily, visit: Any, other: Booking, folder: Path) -> None:
    person = Interpreter(uuid4(), "Frau Gashi", languages=(Spoken("ar"),))
    walk.do(lambda work: interpreters.keep(work, person))
    walk.do(lambda work: interpreters.keep(work, replace(person, phone="0208 000000", languages=(Spoken("ku"),))))
    walk.do(lambda work: interpreters.keep(work, person))
    walk.do(lambda work: interpreters.block(work, person.id, family.household, "Rana kennt sie"))
    walk.do(lambda work: interpreters.unblock(work, person.id, family.household))
    walk.do(lambda work: interpreters.retire(work, person.id))
    walk.do(lambda work: interpreters.restore(work, person.id))
    walk.do(lambda work: interpreter_asking.ask(work, visit, person.id))
    walk.do(lambda work: interpreter_asking.confirm(work, visit))
    walk.do(lambda work: calendar_files.export(work, Whose(interpreter=person.id), folder))
    walk.do(lambda work: interpreter_asking.decline(work, visit))
    for number in range(2):
        late = replace(other, id=uuid4(), start=other.start + number * timedelta(days=1), interpreting="open")
        walk.do(lambda work, late=late: appointments.book(work, late))
    bundles = walk.do(lambda work: interpreter_days.propose(work, person.id))
    walk.do(lambda work: interpreter_days.take(work, bundles[0]))
    calendar = folder / "Kalender.ics"
    calendar.write_text(_BUSY.format(day=f"{other.start + timedelta(days=1):%Y%m%d}"), encoding="utf-8")
    walk.do(lambda work: calendar_files.read_in(work, Whose(interpreter=person.id), calendar))
    walk.do(lambda work: calendar_files.forget(work, Whose(interpreter=person.id)))
    calendar.unlink()
