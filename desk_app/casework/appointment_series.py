"""Appointments that come again: every n weeks at the same time on the clock, days left out told with the reason."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from datetime import date, datetime, timedelta
from itertools import count as numbers
from itertools import islice
from typing import Any, Final
from uuid import UUID, uuid4

from sqlalchemy import select

from desk_app.casework import appointment_deeds, appointment_setup, deeds
from desk_app.casework import appointment_rows as rows
from desk_app.casework.appointment_clashes import SlotTaken
from desk_app.casework.appointment_deeds import By
from desk_app.casework.appointment_rows import Booking, booking_of, get
from desk_app.casework.appointment_setup import Setup
from desk_app.casework.desk import Work
from desk_app.domain.clock import local, local_day
from desk_app.domain.holidays import nrw
from desk_app.domain.opening_hours import instant
from desk_app.domain.slots import Span
from desk_app.domain.visit_states import ENDS, EXPECTED
from desk_app.i18n import _, ngettext
from desk_app.storage.tables import Appointment

REPEATED: Final = "appointment.repeated"

MOST: Final = 120
"""So often an appointment comes again at most; more is a slip of the hand."""


@dataclass(frozen=True, slots=True)
class Skipped:
    """A day that was left out and why, as one sentence."""

    day: date
    why: str


@dataclass(frozen=True, slots=True)
class Repeated:
    """What was made or changed, and what was left out; ``deed`` takes it back."""

    deed: UUID
    made: tuple[UUID, ...]
    skipped: tuple[Skipped, ...]
    cut: bool = False
    """Whether more were wanted than a series holds."""


def repeat(
    work: Work, appointment: UUID, *, every_weeks: int = 1, until: date | None = None, count: int | None = None
) -> Repeated:
    """Have an appointment come again every so many weeks, until a last day or ``count`` times with the first.

    Holidays, days on which it is shut, and times that somebody else has are left out and told; they count among the
    times (RFC 5545, 3.3.10). Raises ``ValueError`` without any end.
    """
    if until is None and count is None:
        raise ValueError("a series needs an end")
    row = get(work, appointment)
    setup = appointment_setup.settle(work)
    booking = replace(booking_of(work, appointment), overbooked="", interpreting=_asked_again(row))
    made: list[UUID] = []
    skipped: list[Skipped] = []
    with deeds.recorded(work, REPEATED, "", row.household_id) as deed:
        series = row.series_id or uuid4()
        row.series_id = series
        work.touch(row)
        starts = _starts(row.starts_at, every_weeks, until, count)
        for start in islice(starts, MOST - 1):
            day = local_day(start)
            if shut := _shut(setup, row.place_id, day):
                skipped.append(Skipped(day, shut))
                continue
            try:
                values = rows.values_of(work, setup, replace(booking, id=uuid4(), start=start))
            except SlotTaken as taken:
                skipped.append(Skipped(day, taken.clashes[0].sentence))
                continue
            made.append(rows.add(work, values, booking.persons, id=uuid4(), series_id=series).id)
        deed.words = _made_words(row, len(made))
        rows.note(work, REPEATED, row, ["series_id"])
        cut = next(starts, None) is not None
    return Repeated(deed.id, tuple(made), tuple(skipped), cut)


def change_following(work: Work, booking: Booking) -> Repeated:
    """Have an appointment be as the form says, and all that follow in its series change by as much.

    What differs from one to the next and was not changed now stays with each: its own note, its own hour. Raises
    ``SlotTaken`` where that is not possible for the first; of the others those stay as they are and are told.
    """
    row = get(work, booking.id)
    before, following = row.starts_at, _following(work, row)
    said = _said(work, booking)
    days = local_day(booking.start) - local_day(row.starts_at)
    later = _minute(booking.start) - _minute(row.starts_at)
    made: list[UUID] = []
    skipped: list[Skipped] = []
    words = _("Termin am {when} und folgende geändert").format(when=rows.moment(row.starts_at))
    with deeds.recorded(work, appointment_deeds.CHANGED, words, row.household_id) as deed:
        made.append(appointment_deeds.change(work, booking))
        for other in following:
            start = other.starts_at
            if booking.start != before:
                start = instant(local_day(start) + days, _minute(start) + later)
            reason = other.overbooked or "" if start == other.starts_at else ""
            form = replace(booking_of(work, other.id), **said, start=start, overbooked=reason)
            try:
                made.append(appointment_deeds.change(work, form))
            except SlotTaken as taken:
                skipped.append(Skipped(local_day(other.starts_at), taken.clashes[0].sentence))
    return Repeated(deed.id, tuple(made), tuple(skipped))


def cancel_following(work: Work, appointment: UUID, by: By, reason: str = "") -> UUID:
    """Call an appointment off with all that follow in its series; the id of the deed."""
    row = get(work, appointment)
    words = _("Termin am {when} und folgende abgesagt").format(when=rows.moment(row.starts_at))
    with deeds.recorded(work, appointment_deeds.CANCELLED, words, row.household_id) as deed:
        for other in (row, *_following(work, row)):
            if other.state not in ENDS:
                appointment_deeds.cancel(work, other.id, by, reason)
    return deed.id


def _said(work: Work, booking: Booking) -> dict[str, Any]:
    """What the form says otherwise than the appointment has it so far, beside the time."""
    now = booking_of(work, booking.id)
    slot = rows.slot_of(appointment_setup.settle(work), booking)
    booking = replace(booking, minutes=Span(slot.start, slot.end).minutes)
    if set(booking.persons) == set(now.persons):
        booking = replace(booking, persons=now.persons)
    keys = {item.name for item in fields(Booking)} - {"id", "start", "overbooked"}
    said = {key: getattr(booking, key) for key in keys if getattr(booking, key) != getattr(now, key)}
    if "interpreter" in said or said.get("interpreting") == "confirmed":
        # a promise was made for one of them alone
        said["interpreting"] = "asked" if booking.interpreting == "confirmed" else booking.interpreting
    return said


def _following(work: Work, row: Appointment) -> list[Appointment]:
    """What comes after an appointment in its series and is still expected."""
    if row.series_id is None:
        return []
    query = select(Appointment).where(
        Appointment.series_id == row.series_id,
        Appointment.starts_at > row.starts_at,
        Appointment.state.in_(EXPECTED),
        Appointment.removed_at.is_(None),
    )
    return list(work.session.scalars(query.order_by(Appointment.starts_at)))


def _starts(first: datetime, every_weeks: int, until: date | None, count: int | None) -> Iterator[datetime]:
    """When it comes again, at the same time on the clock."""
    day, minute = local_day(first), _minute(first)
    for number in range(1, count) if count is not None else numbers(1):
        on = day + timedelta(weeks=number * max(every_weeks, 1))
        if until is not None and on > until:
            return
        yield instant(on, minute)


def _minute(moment: datetime) -> int:
    there = local(moment)
    return there.hour * 60 + there.minute


def _shut(setup: Setup, place: UUID | None, day: date) -> str:
    """Why nothing takes place on a day, what is internal neither; empty for most days."""
    if holiday := nrw().public_holiday(day):
        return _("Feiertag: {name}").format(name=holiday)
    for closure in setup.closures:
        everybody = closure.place in (None, place) and closure.seat is None and closure.opens is None
        if everybody and closure.first <= day <= closure.last:
            return _("Geschlossen: {words}").format(words=closure.words) if closure.words else _("Geschlossen")
    return ""


def _asked_again(row: Appointment) -> str:
    """Whoever promised to interpret once has still to be asked for the other times."""
    return "asked" if row.interpreting == "confirmed" else row.interpreting or ""


def _made_words(row: Appointment, count: int) -> str:
    words = ngettext("Termin am {when} {n} Mal wiederholt", "Termin am {when} {n} Mal wiederholt", count)
    return words.format(when=rows.moment(row.starts_at), n=count)
