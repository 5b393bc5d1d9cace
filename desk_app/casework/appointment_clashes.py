"""What is in the way of an appointment: the desk or the room taken, the interpreter elsewhere, the place shut.

It is asked in the transaction that books, and the rows asked about are locked there, so that of two who take one slot
at once the second is told.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Final
from uuid import UUID

from sqlalchemy import ColumnElement, and_, false, or_, select

from desk_app.casework.appointment_lines import LONGEST, Names
from desk_app.casework.appointment_setup import Setup
from desk_app.casework.desk import Work
from desk_app.domain.clock import local_day, show_time
from desk_app.domain.dates import show_day
from desk_app.domain.errors import WorldError
from desk_app.domain.slots import Crowd, Span
from desk_app.domain.visit_states import FREES
from desk_app.i18n import N_, _
from desk_app.storage.tables import Appointment, BusyTime, Interpreter, InterpreterBlock, Seat


class Taken(StrEnum):
    """What is in the way."""

    SEAT = "seat"
    ROOM = "room"
    INTERPRETER = "interpreter"
    CALENDAR = "calendar"
    SHUT = "shut"
    FULL = "full"
    BLOCKED = "blocked"


@dataclass(frozen=True, slots=True)
class Slot:
    """What an appointment needs and when: the desk from ``busy_from``, the interpreter from ``start``."""

    start: datetime
    end: datetime
    busy_from: datetime
    busy_until: datetime
    place: UUID | None
    seat: UUID | None
    room: UUID | None
    interpreter: UUID | None
    household: UUID | None
    internal: bool


@dataclass(frozen=True, slots=True)
class Clash:
    """One thing in the way. ``seat`` names the desk or room; ``holder`` is who has it, for the screen alone."""

    what: Taken
    start: datetime
    end: datetime
    seat: str = ""
    holder: str = ""
    appointment: UUID | None = None

    @property
    def sentence(self) -> str:
        """What is in the way as one sentence that names no person."""
        return _(_SENTENCES[self.what]).format(
            seat=self.seat or _("Der Platz"),
            day=show_day(local_day(self.start)),
            begin=show_time(self.start),
            end=show_time(self.end),
        )


_SENTENCES: Final = {
    Taken.SEAT: N_("{seat} ist am {day} von {begin} bis {end} schon vergeben."),
    Taken.ROOM: N_("Der Raum „{seat}“ ist am {day} von {begin} bis {end} schon vergeben."),
    Taken.INTERPRETER: N_("Die Person, die dolmetscht, ist am {day} von {begin} bis {end} schon verplant."),
    Taken.CALENDAR: N_("Im Kalender ist am {day} die Zeit von {begin} bis {end} schon belegt."),
    Taken.SHUT: N_("Am {day} von {begin} bis {end} ist nicht geöffnet."),
    Taken.FULL: N_("Am {day} von {begin} bis {end} sind alle geöffneten Plätze vergeben."),
    Taken.BLOCKED: N_("Diese Person soll für diese Familie nicht dolmetschen."),
}


class SlotTaken(WorldError):
    """The time cannot be booked without a reason. ``clashes`` says what is in the way and who holds it."""

    default = N_(
        "Diese Zeit ist schon vergeben. Es wurde nichts geändert. "
        "Bitte wählen Sie eine andere Zeit oder nennen Sie einen Grund für die Überbuchung."
    )

    def __init__(self, message: str = "", clashes: tuple[Clash, ...] = ()) -> None:
        super().__init__(message or (_told(clashes) if clashes else ""))
        self.clashes = clashes

    @property
    def holder(self) -> str:
        """Who has the slot; empty where it is nobody."""
        return next((clash.holder for clash in self.clashes if clash.holder), "")


def require_free(work: Work, setup: Setup, slot: Slot, reason: str, aside: Iterable[UUID] = ()) -> str:
    """The reason where the slot is taken and one is given, else empty; ``aside`` are appointments that give way.

    Raises ``SlotTaken`` where it is taken and no reason is given, and for an interpreter who must not interpret for
    the family in any case.
    """
    found = clashes(work, setup, slot, aside)
    blocked = tuple(clash for clash in found if clash.what is Taken.BLOCKED)
    if blocked or (found and not reason.strip()):
        raise SlotTaken(clashes=blocked or found)
    return reason.strip() if found else ""


def clashes(work: Work, setup: Setup, slot: Slot, aside: Iterable[UUID] = ()) -> tuple[Clash, ...]:
    """What is in the way of a slot, what is booked first."""
    _lock(work, slot)
    away = frozenset(aside)
    shut = () if slot.internal else _shut(work, setup, slot, away)
    return (*_booked(work, setup, slot, away), *_calendar(work, slot), *shut, *_blocked(work, slot))


def _lock(work: Work, slot: Slot) -> None:
    """Have others wait who ask about the same desk, room or interpreter; on SQLite they wait already."""
    seats = [id_ for id_ in (slot.seat, slot.room) if id_ is not None]
    if seats:
        work.session.execute(select(Seat.id).where(Seat.id.in_(seats)).order_by(Seat.id).with_for_update())
    if slot.interpreter is not None:
        work.session.execute(select(Interpreter.id).where(Interpreter.id == slot.interpreter).with_for_update())


def _booked(work: Work, setup: Setup, slot: Slot, aside: frozenset[UUID]) -> Iterable[Clash]:
    rows = work.session.scalars(
        select(Appointment).where(*_standing(slot), or_(false(), *_shares(setup, slot))).order_by(Appointment.starts_at)
    ).all()
    names: Names | None = None
    for row in rows:
        if row.id in aside:
            continue
        what = _what(setup, slot, row)
        if what is None:
            continue
        names = names or Names(work, [each.household_id for each in rows if each.household_id])
        holder = names.title(row.household_id, row.name) or names.kinds.get(row.kind_id, ("", ""))[0]
        seat = names.seats.get(slot.room if what is Taken.ROOM else slot.seat or row.seat_id, "")
        yield Clash(what, row.starts_at, row.ends_at, seat, holder, row.id)


def _shares(setup: Setup, slot: Slot) -> list[ColumnElement[bool]]:
    """Which appointments could be in the way."""
    found: list[ColumnElement[bool]] = []
    if slot.seat is not None:
        found += [Appointment.seat_id == slot.seat, Appointment.room_id == slot.seat]
    if slot.room is not None:
        found += [Appointment.room_id == slot.room, Appointment.seat_id == slot.room]
    if slot.interpreter is not None:
        found.append(Appointment.interpreter_id == slot.interpreter)
    if slot.place is not None:
        # what is internal and has no desk keeps all desks of its place
        everybody = and_(Appointment.seat_id.is_(None), Appointment.kind_id.in_(setup.internal))
        found.append(and_(Appointment.place_id == slot.place, Appointment.seat_id.is_not(None) | everybody)
                     if slot.internal and slot.seat is None
                     else and_(Appointment.place_id == slot.place, everybody))  # fmt: skip
    return found


def _what(setup: Setup, slot: Slot, row: Appointment) -> Taken | None:
    if slot.room is not None and slot.room in (row.room_id, row.seat_id):
        return Taken.ROOM
    if slot.seat is not None and slot.seat in (row.seat_id, row.room_id):
        return Taken.SEAT
    everybody = row.seat_id is None and row.kind_id in setup.internal
    takes_all = slot.internal and slot.seat is None and row.seat_id is not None
    if row.place_id == slot.place and (everybody or takes_all):
        return Taken.SEAT
    meets = row.starts_at < slot.end and slot.start < row.ends_at
    return Taken.INTERPRETER if meets and row.interpreter_id == slot.interpreter is not None else None


def _shut(work: Work, setup: Setup, slot: Slot, aside: frozenset[UUID]) -> Iterable[Clash]:
    """Whether it is shut, or no more desks are open at that time than are taken."""
    if slot.place is None:
        return
    talk = Span(slot.start, slot.end)
    hours = setup.hours(slot.place, slot.seat, sorted({local_day(slot.start), local_day(slot.end)}))
    if not any(span.covers(talk) for span in hours.all):
        yield Clash(Taken.SHUT, slot.start, slot.end)
    elif hours.limited:
        at_place = select(Appointment.id, Appointment.starts_at, Appointment.ends_at).where(
            *_standing(slot), Appointment.place_id == slot.place, Appointment.seat_id.is_not(None)
        )
        others = [Span(start, end) for id_, start, end in work.session.execute(at_place) if id_ not in aside]
        if not any(span.covers(talk) for span in hours.bookable(Crowd(others))):
            yield Clash(Taken.FULL, slot.start, slot.end)


def _standing(slot: Slot) -> tuple[ColumnElement[bool], ...]:
    """Which appointments keep something busy while the slot lasts."""
    return (
        Appointment.removed_at.is_(None),
        Appointment.state.not_in(FREES),
        Appointment.busy_from > slot.busy_from - LONGEST,
        Appointment.busy_from < slot.busy_until,
        Appointment.busy_until > slot.busy_from,
    )


def _calendar(work: Work, slot: Slot) -> Iterable[Clash]:
    """What the calendars of who sits there, or of the interpreter, say is taken."""
    whose: list[Any] = []
    if slot.seat is not None:
        whose.append(BusyTime.seat_id == slot.seat)
    if slot.interpreter is not None:
        # whoever interprets is needed for the talk alone
        talk = and_(BusyTime.starts_at < slot.end, BusyTime.ends_at > slot.start)
        whose.append(and_(BusyTime.interpreter_id == slot.interpreter, talk))
    if not whose:
        return
    query = select(BusyTime).where(
        BusyTime.removed_at.is_(None), BusyTime.starts_at < slot.busy_until, BusyTime.ends_at > slot.busy_from
    )
    for row in work.session.scalars(query.where(or_(*whose)).order_by(BusyTime.starts_at)):
        yield Clash(Taken.CALENDAR, row.starts_at, row.ends_at)


def _blocked(work: Work, slot: Slot) -> Iterable[Clash]:
    if slot.interpreter is None or slot.household is None:
        return
    query = select(InterpreterBlock.id).where(
        InterpreterBlock.interpreter_id == slot.interpreter,
        InterpreterBlock.household_id == slot.household,
        InterpreterBlock.removed_at.is_(None),
    )
    if work.session.scalar(query.limit(1)) is not None:
        yield Clash(Taken.BLOCKED, slot.start, slot.end)


def _told(found: tuple[Clash, ...]) -> str:
    if found[0].what is Taken.BLOCKED:
        what_next = _("Bitte wählen Sie jemand anderen.")
    else:
        what_next = _("Bitte wählen Sie eine andere Zeit oder nennen Sie einen Grund für die Überbuchung.")
    return " ".join((found[0].sentence, _("Es wurde nichts geändert."), what_next))
