"""What deeds about appointments share: the booking as a form has it, and the row it becomes."""

from __future__ import annotations

import random
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID, uuid4

from sqlalchemy import select

from desk_app.casework import merging
from desk_app.casework.appointment_clashes import Slot, clashes, require_free
from desk_app.casework.appointment_lines import LONGEST, persons_of
from desk_app.casework.appointment_setup import TOUCHED, Seat, Setup
from desk_app.casework.desk import Work
from desk_app.domain.clock import local_day, show_time
from desk_app.domain.dates import show_day
from desk_app.domain.errors import RecordGone
from desk_app.domain.visit_states import FREES, PLANNED
from desk_app.storage.tables import Appointment, AppointmentPerson, Household, VisitEvent

_MINUTES: Final = 45
"""How long an appointment takes of which nobody said so and that has no kind."""
_LETTERS: Final = "ABCEFGHKLMNPRSTWXYZ2345679"
"""Of the codes; no two look alike in handwriting."""
_LENGTH: Final = 6


@dataclass(frozen=True, slots=True)
class Booking:
    """An appointment as the form has it; nothing but the moment has to be known.

    ``minutes`` ``None`` is as long as its kind takes. Without a desk the first that is free is taken, one's own
    before others; what is internal then keeps all desks of its place. ``interpreting``: empty, ``open``, ``asked`` or
    ``confirmed``. ``overbooked`` is the reason to book although something is in the way.
    """

    id: UUID
    start: datetime
    household: UUID | None = None
    name: str = ""
    phone: str = ""
    kind: UUID | None = None
    place: UUID | None = None
    seat: UUID | None = None
    room: UUID | None = None
    minutes: int | None = None
    persons: tuple[UUID, ...] = ()
    language: str = ""
    interpreting: str = ""
    dialect: str = ""
    interpreter_sex: str = ""
    interpreter: UUID | None = None
    words: str = ""
    overbooked: str = ""


def get(work: Work, appointment: UUID) -> Appointment:
    """Raises ``RecordGone`` where it is not there."""
    row = work.session.get(Appointment, appointment)
    if row is None or row.removed_at is not None:
        raise RecordGone
    return row


def booking_of(work: Work, appointment: UUID) -> Booking:
    """An appointment as the form has it."""
    row = get(work, appointment)
    return Booking(
        id=row.id, start=row.starts_at, household=row.household_id, name=row.name or "", phone=row.phone or "",
        kind=row.kind_id, place=row.place_id, seat=row.seat_id, room=row.room_id, minutes=_minutes(row),
        persons=persons_of(work, row.id), language=row.language or "", interpreting=row.interpreting or "",
        dialect=row.dialect or "", interpreter_sex=row.interpreter_sex or "", interpreter=row.interpreter_id,
        words=row.words or "", overbooked=row.overbooked or "",
    )  # fmt: skip


def values_of(
    work: Work, setup: Setup, booking: Booking, aside: Iterable[UUID] = (), had: Appointment | None = None
) -> dict[str, Any]:
    """What the row has by column, once it is sure that the time is free or that there is a reason to take it.

    ``had`` is the row as it was: what it has already, or no longer takes up, is not asked about again, so that a note
    can be kept whatever became of the hours since. Raises ``SlotTaken`` where the time is taken without a reason.
    """
    booking = completed(work, setup, booking)
    if had is not None and (had.state in FREES or _needs_the_same(setup, booking, had)):
        slot = slot_of(setup, booking)
        if slot.end == had.ends_at and booking.kind == had.kind_id:
            slot = replace(slot, busy_from=had.busy_from, busy_until=had.busy_until)
        reason = booking.overbooked.strip() or had.overbooked or ""
    else:
        gone = booking.seat is not None and setup.seat(booking.seat) is None
        if gone or (booking.seat is None and not _is_internal(setup, booking)):
            booking = replace(booking, seat=_a_free_desk(work, setup, booking, aside))
        slot = slot_of(setup, booking)
        reason = require_free(work, setup, slot, booking.overbooked, aside)
    return {
        "household_id": booking.household,
        "name": booking.name.strip() or None,
        "phone": booking.phone.strip() or None,
        "kind_id": booking.kind,
        "place_id": booking.place,
        "seat_id": booking.seat,
        "room_id": booking.room,
        "starts_at": slot.start,
        "ends_at": slot.end,
        "busy_from": slot.busy_from,
        "busy_until": slot.busy_until,
        "words": booking.words.strip() or None,
        "overbooked": reason or None,
        "language": booking.language or None,
        "interpreting": booking.interpreting or None,
        "dialect": booking.dialect.strip() or None,
        "interpreter_sex": booking.interpreter_sex or None,
        "interpreter_id": booking.interpreter,
    }


def _needs_the_same(setup: Setup, booking: Booking, had: Appointment) -> bool:
    """Whether an appointment goes on with desk, room, hours and interpreter as it has them."""
    slot = slot_of(setup, booking)
    family = booking.household in (None, had.household_id) or booking.interpreter is None
    return family and (
        slot.start, slot.end, booking.kind, booking.place, booking.seat, booking.room, booking.interpreter
    ) == (
        had.starts_at, had.ends_at, had.kind_id, had.place_id, had.seat_id, had.room_id, had.interpreter_id
    )  # fmt: skip


def slot_of(setup: Setup, booking: Booking) -> Slot:
    """What the booking needs and when."""
    kind = setup.kind(booking.kind)
    minutes = booking.minutes or (kind.minutes if kind else 0) or _MINUTES
    before, after = (kind.before, kind.after) if kind else (0, 0)
    end = booking.start + min(timedelta(minutes=minutes), LONGEST - timedelta(minutes=before + after))
    return Slot(
        start=booking.start,
        end=end,
        busy_from=booking.start - timedelta(minutes=before),
        busy_until=end + timedelta(minutes=after),
        place=booking.place,
        seat=booking.seat,
        room=booking.room,
        interpreter=booking.interpreter,
        household=booking.household,
        internal=_is_internal(setup, booking),
    )


def add(work: Work, values: dict[str, Any], persons: Iterable[UUID], **more: Any) -> Appointment:
    """A new row with whom it is about."""
    row = Appointment(**{"state": PLANNED, "code": new_code(work), **values, **more}, **work.made)
    work.session.add(row)
    work.session.flush()
    keep_persons(work, row.id, persons)
    return row


def keep_persons(work: Work, appointment: UUID, persons: Iterable[UUID]) -> bool:
    """Have an appointment be about these persons; whether that was otherwise before."""
    wanted = list(dict.fromkeys(persons))
    query = select(AppointmentPerson).where(
        AppointmentPerson.appointment_id == appointment, AppointmentPerson.removed_at.is_(None)
    )
    there = {row.person_id: row for row in work.session.scalars(query)}
    for person, row in there.items():
        if person not in wanted:
            row.removed_at = work.now
            work.touch(row)
    for person in wanted:
        if person not in there:
            work.session.add(AppointmentPerson(id=uuid4(), appointment_id=appointment, person_id=person, **work.made))
    work.session.flush()
    return set(there) != set(wanted)


def enter_state(work: Work, row: Appointment, state: str, words: str = "") -> None:
    """Bring an appointment into a state and set down when."""
    row.state = state
    work.touch(row)
    work.session.add(
        VisitEvent(id=uuid4(), appointment_id=row.id, at=work.now, state=state, words=words or None, **work.made)
    )
    work.session.flush()


def note(work: Work, deed: str, row: Appointment, changed: Iterable[str] = ()) -> None:
    """The entry in the audit; what is about a family shows in its file as well."""
    work.note(deed, "appointment", row.id, changed, touched=TOUCHED)
    if row.household_id is not None:
        work.touched.add("households")


def moment(instant: datetime) -> str:
    """ "26.11.2026, 9:00"."""
    return f"{show_day(local_day(instant))}, {show_time(instant)}"


def new_code(work: Work) -> str:
    """A code no other appointment has: it stands for it where no name may stand."""
    draw = random.SystemRandom()
    while True:
        code = "".join(draw.choice(_LETTERS) for _place in range(_LENGTH))
        if work.session.scalar(select(Appointment.id).where(Appointment.code == code).limit(1)) is None:
            return code


def completed(work: Work, setup: Setup, booking: Booking) -> Booking:
    """What follows from the rest: the place from the desk, the language from the family, that somebody was asked.

    A family that was merged into another one while the form was open is that one.
    """
    booking = replace(booking, household=standing_for(work, booking.household))
    seat = setup.seat(booking.seat)
    place = seat.place if seat else booking.place or (setup.places[0].id if setup.places else None)
    language = booking.language
    if not language and booking.household is not None:
        language = (
            work.session.scalar(select(Household.conversation_language).where(Household.id == booking.household)) or ""
        )
    interpreting = booking.interpreting or ("asked" if booking.interpreter else "")
    return replace(booking, place=place, language=language, interpreting=interpreting)


def standing_for(work: Work, household: UUID | None) -> UUID | None:
    """The family that stands for one that was merged away, otherwise the family itself."""
    return merging.successor(work, household) or household if household is not None else None


def _a_free_desk(work: Work, setup: Setup, booking: Booking, aside: Iterable[UUID]) -> UUID | None:
    """One's own desk or the first of the place that is free; the first where none is, to say what holds it."""
    desks = sorted(setup.desks(booking.place), key=lambda seat: seat.user != work.user)
    away = list(aside)

    def is_free(seat: Seat) -> bool:
        # whatever else is in the way is so at every desk
        alone = replace(booking, seat=seat.id, room=None, interpreter=None)
        return not clashes(work, setup, slot_of(setup, alone), away)

    return next((seat.id for seat in desks if is_free(seat)), desks[0].id if desks else None)


def _is_internal(setup: Setup, booking: Booking) -> bool:
    return booking.kind in setup.internal


def _minutes(row: Appointment) -> int:
    return int((row.ends_at - row.starts_at).total_seconds()) // 60
