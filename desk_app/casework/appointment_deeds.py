"""Appointments: made, changed, moved, called off and brought back. Each is a deed that can be taken back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final, Literal
from uuid import UUID, uuid4

from sqlalchemy import select

from desk_app.casework import appointment_rows as rows
from desk_app.casework import appointment_setup, deeds
from desk_app.casework.appointment_clashes import Clash, clashes, require_free
from desk_app.casework.appointment_rows import Booking, booking_of, enter_state, get, slot_of
from desk_app.casework.desk import Work
from desk_app.casework.visits import StepNotPossible
from desk_app.domain.errors import RecordGone
from desk_app.domain.visit_states import (
    ARRIVED,
    CANCELLED_FAMILY,
    CANCELLED_US,
    FREES,
    MOVED,
    NO_SHOW,
    PLANNED,
    may_follow,
)
from desk_app.i18n import _
from desk_app.storage.tables import Appointment, EarlierWish

By = Literal["family", "us"]

BOOKED: Final = "appointment.booked"
CHANGED: Final = "appointment.changed"
MOVED_DEED: Final = "appointment.moved"
CANCELLED: Final = "appointment.cancelled"
MISSED: Final = "appointment.missed"
RESTORED: Final = "appointment.restored"

_TELLS_OTHERS: Final = frozenset({"starts_at", "ends_at", "seat_id", "place_id", "room_id", "interpreter_id"})
"""Columns whose change a calendar entry elsewhere has to follow (RFC 5545, 3.8.7.4)."""


def check(work: Work, booking: Booking) -> tuple[Clash, ...]:
    """What would be in the way of a booking with a desk, while it is still being typed."""
    setup = appointment_setup.read(work)
    return clashes(work, setup, slot_of(setup, rows.completed(work, setup, booking)), [booking.id])


def book(work: Work, booking: Booking) -> UUID:
    """Make an appointment.

    Raises ``SlotTaken`` where desk, room or interpreter are taken or it is shut and ``booking.overbooked`` gives no
    reason to book all the same.
    """
    setup = appointment_setup.settle(work)
    values = rows.values_of(work, setup, booking)
    words = _("Termin am {when} vereinbart").format(when=rows.moment(booking.start))
    with deeds.recorded(work, BOOKED, words, booking.household):
        row = rows.add(work, values, booking.persons, id=booking.id)
        rows.note(work, BOOKED, row, [key for key, value in values.items() if value is not None])
    return row.id


def change(work: Work, booking: Booking) -> UUID:
    """Have an appointment be as the form says; the one that stands. One at another time is moved, see ``move``.

    Raises ``SlotTaken`` as ``book`` does, where what it needs is not what it has already.
    """
    row = _standing(work, booking.id)
    if booking.start != row.starts_at:
        return _move(work, row, booking)
    setup = appointment_setup.settle(work)
    values = rows.values_of(work, setup, booking, [row.id], had=row)
    words = _("Termin am {when} geändert").format(when=rows.moment(row.starts_at))
    with deeds.recorded(work, CHANGED, words, row.household_id):
        _set(work, row, values, booking.persons)
    return row.id


def move(
    work: Work,
    appointment: UUID,
    start: datetime,
    *,
    seat: UUID | None = None,
    place: UUID | None = None,
    minutes: int | None = None,
    overbooked: str = "",
) -> UUID:
    """Move an appointment to another time; the new one. The old one is kept as moved, and both have the same code.

    Without ``seat`` it stays at its desk; with another ``place`` alone the first desk that is free there is taken.
    One that was missed stays so, and the new one is another appointment. Raises ``SlotTaken`` as ``book`` does, and
    ``StepNotPossible`` for one whose talk goes on or is over, or that was called off.
    """
    now = booking_of(work, appointment)
    stays = now.seat if place in (None, now.place) else None
    booking = replace(now, start=start, seat=seat or stays, place=place or now.place, minutes=minutes or now.minutes,
                      overbooked=overbooked)  # fmt: skip
    return _move(work, _standing(work, appointment), booking)


def cancel(work: Work, appointment: UUID, by: By, reason: str = "") -> UUID:
    """Call an appointment off, by the family or by us; the id of the deed, to be taken back.

    Raises ``StepNotPossible`` for one whose talk goes on or is over.
    """
    row = _standing(work, appointment)
    state = CANCELLED_FAMILY if by == "family" else CANCELLED_US
    words = _("Termin am {when} abgesagt (Familie)") if by == "family" else _("Termin am {when} abgesagt (von uns)")
    return _end(work, row, CANCELLED, state, words, reason)


def no_show(work: Work, appointment: UUID, reason: str = "") -> UUID:
    """Set down that nobody came; the id of the deed, to be taken back."""
    words = _("Termin am {when}: nicht erschienen")
    return _end(work, _standing(work, appointment), MISSED, NO_SHOW, words, reason)


def restore(work: Work, appointment: UUID, overbooked: str = "") -> UUID:
    """Have an appointment that was called off or missed stand again; the id of the deed.

    Whoever was to interpret one that was called off has to be asked again; who came without an appointment waits
    again. Raises ``SlotTaken`` where somebody else has the time by now and no reason is given.
    """
    row = get(work, appointment)
    if row.state not in FREES - {MOVED}:
        raise RecordGone
    setup = appointment_setup.settle(work)
    reason = overbooked or row.overbooked or ""
    if not row.walk_in:
        reason = require_free(work, setup, slot_of(setup, booking_of(work, appointment)), reason, [row.id])
    words = _("Termin am {when} gilt wieder").format(when=rows.moment(row.starts_at))
    with deeds.recorded(work, RESTORED, words, row.household_id) as deed:
        if row.interpreting == "confirmed" and row.state != NO_SHOW:
            row.interpreting = "asked"
        row.reason, row.overbooked = None, reason or None
        row.sequence += 1
        enter_state(work, row, ARRIVED if row.walk_in else PLANNED)
        rows.note(work, RESTORED, row, ["state"])
    return deed.id


def _standing(work: Work, appointment: UUID) -> Appointment:
    """Raises ``RecordGone`` where it is not there, or another one took its place."""
    row = get(work, appointment)
    if row.state == MOVED:
        raise RecordGone
    return row


def _move(work: Work, row: Appointment, booking: Booking) -> UUID:
    if not may_follow(row.state, MOVED):
        raise StepNotPossible
    setup = appointment_setup.settle(work)
    again = "asked" if booking.interpreting == "confirmed" else booking.interpreting
    values = rows.values_of(work, setup, replace(booking, interpreting=again), [row.id])
    words = _("Termin vom {old} auf {new} verschoben").format(
        old=rows.moment(row.starts_at), new=rows.moment(booking.start)
    )
    with deeds.recorded(work, MOVED_DEED, words, row.household_id):
        goes_on = {"code": row.code, "sequence": row.sequence + 1}
        if row.state == NO_SHOW:  # how often a family did not come stays known
            goes_on = {}
        else:
            enter_state(work, row, MOVED)
        new = rows.add(work, values, booking.persons, id=uuid4(), series_id=row.series_id, moved_from=row.id, **goes_on)
        _wishes_follow(work, row, new)
        rows.note(work, MOVED_DEED, new, ["starts_at"])
    return new.id


def _wishes_follow(work: Work, old: Appointment, new: Appointment) -> None:
    """Whoever would like to come earlier than the old one would like to come earlier than the new one."""
    query = select(EarlierWish).where(EarlierWish.appointment_id == old.id, EarlierWish.removed_at.is_(None))
    for wish in work.session.scalars(query):
        wish.appointment_id = new.id
        work.touch(wish)
    work.session.flush()


def _set(work: Work, row: Appointment, values: dict[str, object], persons: Sequence[UUID]) -> None:
    changed = [key for key, value in values.items() if getattr(row, key) != value]
    for key in changed:
        setattr(row, key, values[key])
    if _TELLS_OTHERS.intersection(changed):
        row.sequence += 1
    if rows.keep_persons(work, row.id, persons):
        changed.append("person_id")
    if changed:
        work.touch(row)
        work.session.flush()
        rows.note(work, CHANGED, row, changed)


def _end(work: Work, row: Appointment, kind: str, state: str, words: str, reason: str) -> UUID:
    if not may_follow(row.state, state):
        raise StepNotPossible
    with deeds.recorded(work, kind, words.format(when=rows.moment(row.starts_at)), row.household_id) as deed:
        row.reason = reason.strip() or (row.reason if row.state in FREES else None)
        row.sequence += 1
        enter_state(work, row, state, reason.strip())
        rows.note(work, kind, row, ["state", "reason"] if row.reason else ["state"])
    return deed.id
