"""The sheet for somebody who interprets: when, where, how long and in which language, for a day or some days.

Whoever interprets needs to come to the right place at the right time and to know which talk it is. So the sheet names
no child, no address and no phone number of a family, and the family itself only by the code of the appointment, which
the desk knows (data minimisation, Art. 5 (1) c DSGVO): it may be left lying in a bus. Names are told when they meet.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from io import BytesIO
from itertools import groupby
from pathlib import Path
from uuid import UUID

from sqlalchemy import select

from desk_app.casework import appointment_setup, appointments, centre, interpreters
from desk_app.casework.appointment_lines import AppointmentLine, midnight
from desk_app.casework.appointment_setup import Setup
from desk_app.casework.desk import Work
from desk_app.documents.cover_letter import write_cover
from desk_app.documents.files import free_name, write_whole
from desk_app.documents.preview import PagePicture, page_count, render_page
from desk_app.domain.clock import local, local_day, show_time
from desk_app.domain.cover_page import CoverPage, Part, Table
from desk_app.domain.dates import show_day
from desk_app.domain.errors import NothingToSend
from desk_app.domain.opening_words import WEEKDAYS
from desk_app.domain.request_sheet import Fact
from desk_app.domain.visit_states import FREES
from desk_app.i18n import _, ngettext
from desk_app.storage.tables import Appointment

_PRINT_WIDTH = 2480
"""Pixels across a sheet of A4 at 300 dots per inch."""


@dataclass(frozen=True, slots=True)
class Period:
    """Whose sheet and for which days, both included."""

    interpreter: UUID
    first: date
    last: date


def page(work: Work, period: Period) -> CoverPage:
    """What the sheet says. Raises ``NothingToSend`` where nothing is booked on these days."""
    person, known = interpreters.get(work, period.interpreter), centre.load(work)
    lines = _lines(work, period)
    if not lines:
        raise NothingToSend(_("In diesen Tagen ist nichts gebucht. Es wurde kein Blatt gemacht."))
    setup, stamp = appointment_setup.read(work), local(work.now)
    info = ((_("Stand"), f"{show_day(stamp.date())}, {show_time(work.now)}"), (_("Telefon"), known.phone),
            (_("E-Mail"), known.email))  # fmt: skip
    return CoverPage(
        number=f"Dolmetschen_{period.first.isoformat()}",
        title=_("Dolmetschen"),
        subtitle=_span(period),
        centre_name=known.name,
        centre_place=known.city,
        sender=" · ".join(part for part in (known.name, known.street, known.place) if part),
        recipient=(person.name,) if person.name else (),
        info=tuple(Fact(label, value) for label, value in info if value),
        parts=(*_days(setup, lines), Part(_("Gut zu wissen"), tuple(_advice(lines)))),
        created_at=stamp,
        demo=known.demo,
        note=_("Blatt für das Dolmetschen"),
    )


def look(work: Work, period: Period, width: int) -> PagePicture:
    """The first page ``width`` pixels wide; nothing is set down. Raises ``NothingToSend``."""
    return render_page(_pdf(page(work, period)), 0, width)


def to_print(work: Work, period: Period) -> tuple[PagePicture, ...]:
    """All pages at 300 dots per inch, as a deed: paper leaves like a file."""
    pdf = _written(work, period)
    return tuple(render_page(pdf, number, _PRINT_WIDTH) for number in range(page_count(pdf)))


def save(work: Work, period: Period, folder: Path) -> Path:
    """Write the sheet as a PDF into a folder, as a deed; its name names nobody.

    Raises ``NothingToSend``, ``TargetGone``, ``DiskFull`` or ``TargetNotWritable``; then no file is left.
    """
    pdf = _written(work, period)
    stem = f"Dolmetschen_{period.first.isoformat()}"
    file = write_whole(free_name(folder, stem, ".pdf"), lambda stream: stream.write(pdf))
    work.if_lost.append(lambda: file.path.unlink(missing_ok=True))
    return file.path


def _written(work: Work, period: Period) -> bytes:
    made = page(work, period)
    rows = sum(len(part.table.rows) for part in made.parts if part.table is not None)
    work.note("interpreter.sheet_written", "interpreter", period.interpreter, [f"rows:{rows}"], touched="")
    return _pdf(made)


def _pdf(made: CoverPage) -> bytes:
    buffer = BytesIO()
    write_cover(made, buffer)
    return buffer.getvalue()


def _lines(work: Work, period: Period) -> Sequence[AppointmentLine]:
    query = select(Appointment.id).where(
        Appointment.interpreter_id == period.interpreter, Appointment.removed_at.is_(None),
        Appointment.state.not_in(FREES), Appointment.starts_at >= midnight(period.first),
        Appointment.starts_at < midnight(period.last + timedelta(days=1)),
    )  # fmt: skip
    return appointments.of_ids(work, work.session.scalars(query).all())


def _days(setup: Setup, lines: Sequence[AppointmentLine]) -> Iterable[Part]:
    for day, on_day in groupby(lines, key=lambda line: local_day(line.start)):
        table = Table(
            heads=(_("Uhrzeit"), _("Dauer"), _("Wo"), _("Sprache"), _("Code"), _("Zusage")),
            rows=tuple(_row(setup, line) for line in on_day),
            widths=(0.14, 0.1, 0.36, 0.17, 0.11, 0.12),
        )
        yield Part(f"{_(WEEKDAYS[day.weekday()])}, {show_day(day)}", table=table)


def _row(setup: Setup, line: AppointmentLine) -> tuple[str, ...]:
    place = setup.place(line.place)
    where = [line.seat_name]
    if place is not None:
        stop = _("Haltestelle {stop}").format(stop=place.stop) if place.stop else ""
        where = [place.name, place.street, stop, line.seat_name]
    return (
        f"{show_time(line.start)}–{show_time(line.end)}",
        _("{n} Min.").format(n=line.minutes),
        ", ".join(filter(None, where)),
        " ".join(filter(None, (line.language_name, f"({line.dialect})" if line.dialect else ""))),
        line.code,
        _("zugesagt") if line.interpreting == "confirmed" else _("angefragt"),
    )


def _advice(lines: Sequence[AppointmentLine]) -> Iterable[str]:
    minutes = sum(line.minutes for line in lines)
    words = ngettext("{n} Gespräch, {minutes} Minuten.", "{n} Gespräche, zusammen {minutes} Minuten.", len(lines))
    yield words.format(n=len(lines), minutes=minutes)
    yield _("Bitte nennen Sie am Empfang den Code. Namen stehen aus Datenschutzgründen nicht auf diesem Blatt.")
    yield _("Was Sie im Gespräch hören, bleibt unter uns. Wenn Sie eine Familie persönlich kennen, sagen Sie es bitte.")
    if any(line.interpreting != "confirmed" for line in lines):
        yield _("„angefragt“: Bitte sagen Sie uns noch, ob Sie kommen können.")


def _span(period: Period) -> str:
    if period.first == period.last:
        return show_day(period.first)
    return _("{first} bis {last}").format(first=show_day(period.first), last=show_day(period.last))
