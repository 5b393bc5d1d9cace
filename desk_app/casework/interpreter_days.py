"""A day that bundles families for one interpreter, so that one journey serves several of them.

Talks of the next four weeks for which nobody was asked yet are laid back to back where the interpreter and a desk are
free. It stays a proposal until somebody takes it; then all moves and the asking are one deed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

from sqlalchemy import select

from desk_app.casework import appointment_free, appointment_setup, appointments, deeds, interpreter_asking, interpreters
from desk_app.casework.appointment_lines import AppointmentLine, midnight
from desk_app.casework.appointment_setup import Setup
from desk_app.casework.desk import Work
from desk_app.casework.interpreters import Interpreter
from desk_app.domain.bundling import DeskDay, Movable, Placed, Plan, best_plan
from desk_app.domain.clock import local_day, show_time
from desk_app.domain.dates import show_day
from desk_app.domain.holidays import nrw
from desk_app.domain.opening_hours import days, rule_spans
from desk_app.domain.slots import Need, Span, Window, starts, subtract
from desk_app.domain.visit_states import EXPECTED, FREES
from desk_app.i18n import _, ngettext
from desk_app.storage.many_rows import among
from desk_app.storage.tables import Appointment, Household

_DAYS: Final = 28
_NOTICE: Final = 2
"""Days between today and the first that is proposed: families have to be told."""
_BEST: Final = 3
_BEGINNINGS: Final = 30
"""Minutes between the beginnings that are tried."""


@dataclass(frozen=True, slots=True)
class Move:
    """One family of the proposal. ``stays`` where neither time nor desk change and it only needs to be asked for."""

    appointment: UUID
    title: str
    phone: str
    old: datetime
    new: datetime
    end: datetime
    seat: UUID
    seat_name: str
    stays: bool


@dataclass(frozen=True, slots=True)
class BundleDay:
    """One day as proposed, its ``moves`` in order of time, and why in words."""

    interpreter: UUID
    name: str
    day: date
    place_name: str
    moves: tuple[Move, ...]
    reasons: tuple[str, ...]


def propose(work: Work, interpreter: UUID) -> tuple[BundleDay, ...]:
    """The best days of the next four weeks, the best first; empty where no two families would come together."""
    person = interpreters.get(work, interpreter)
    setup = appointment_setup.read(work)
    waiting = _waiting(work, person)
    booked = _booked(work, interpreter)
    found: list[tuple[tuple[int, timedelta, date], BundleDay]] = []
    for place in {line.place for line in waiting.values() if line.place is not None}:
        here = {id_: line for id_, line in waiting.items() if line.place == place}
        for day, plan in _plans(work, setup, person, place, list(here.values())):
            made = _bundle(setup, person, day, plan, here, booked[day])
            if made is not None:
                together = len(plan.placed) + booked[day]
                found.append(((-together, plan.waiting + plan.shift / 100, day), made))
    found.sort(key=lambda pair: pair[0])
    return tuple(bundle for _rank, bundle in found[:_BEST])


def take(work: Work, bundle: BundleDay) -> tuple[Move, ...]:
    """Do as proposed, as one deed; those who have to be told of a new time, with their phone numbers.

    Raises ``SlotTaken`` or ``RecordGone`` where something changed meanwhile; then nothing is done.
    """
    count = len(bundle.moves)
    words = ngettext("{name} am {day}: {n} Familie", "{name} am {day}: {n} Familien gebündelt", count)
    with deeds.recorded(work, "interpreter.bundled", words.format(name=bundle.name, day=show_day(bundle.day), n=count)):
        for move in bundle.moves:
            appointment = move.appointment
            if not move.stays:
                appointment = appointments.move(work, appointment, move.new, seat=move.seat)
            interpreter_asking.ask(work, appointment, bundle.interpreter)
        work.note("interpreter.bundled", "interpreter", bundle.interpreter, touched=appointment_setup.TOUCHED)
    return tuple(move for move in bundle.moves if move.old != move.new)


def _waiting(work: Work, person: Interpreter) -> dict[UUID, AppointmentLine]:
    """Appointments this person could interpret and for which nobody was asked, from tomorrow on."""
    blocked = {block.household for block in interpreters.blocks_of(work, [person.id]).get(person.id, ())}
    spoken = {each.language for each in person.languages}
    query = select(Appointment.id).where(
        Appointment.removed_at.is_(None), Appointment.interpreting == interpreter_asking.NEEDED,
        Appointment.state.in_(EXPECTED), Appointment.language.in_(spoken), Appointment.walk_in.is_(False),
        Appointment.starts_at >= midnight(work.today + timedelta(days=1)),
        Appointment.starts_at < midnight(work.today + timedelta(days=_DAYS + 1)),
    )  # fmt: skip
    lines = appointments.of_ids(work, work.session.scalars(query).all())
    refused = interpreter_asking.declined(work, [line.id for line in lines])
    phones = _phones(work, [line.household for line in lines if line.household is not None])
    return {
        line.id: replace(line, phone=line.phone or phones.get(line.household, ""))
        for line in lines
        if line.household not in blocked
        and line.interpreter_sex in ("", person.sex)
        and person.id not in refused.get(line.id, ())
    }


def _phones(work: Work, households: Iterable[UUID]) -> dict[UUID | None, str]:
    query = select(Household.id, Household.phone).where(among(Household.id, households))
    return {id_: phone or "" for id_, phone in work.session.execute(query)}


def _booked(work: Work, interpreter: UUID) -> Counter[date]:
    """How many talks the interpreter has on which day anyway."""
    query = select(Appointment.starts_at).where(
        Appointment.interpreter_id == interpreter, Appointment.removed_at.is_(None), Appointment.state.not_in(FREES),
        Appointment.starts_at >= work.now,
    )  # fmt: skip
    return Counter(local_day(start) for start in work.session.scalars(query))


def _plans(
    work: Work, setup: Setup, person: Interpreter, place: UUID, lines: Sequence[AppointmentLine]
) -> Iterable[tuple[date, Plan]]:
    on = days(work.today + timedelta(days=_NOTICE), _DAYS - _NOTICE + 1)
    taken = appointment_free.taken_on(work, setup, on, [person.id])
    movable = [_movable(line) for line in lines]
    for one in movable:
        if one.busy in taken.of_seat[one.seat]:
            taken.of_seat[one.seat].remove(one.busy)
    for day in on:
        desks = [
            DeskDay(desk.seat, desk.open, desk.busy)
            for desk in (appointment_free.desk_time(setup, seat, [day], taken) for seat in setup.desks(place))
        ]
        there = rule_spans(person.times, [day], nrw()) if person.times else [s for desk in desks for s in desk.open]
        free = subtract(there, taken.of_person[person.id])
        if free:
            yield day, best_plan(movable, _of_day(desks, day), free, list(starts(_windows(free), _BEGINNINGS)))


def _of_day(desks: Sequence[DeskDay], day: date) -> list[DeskDay]:
    """The desks with what is taken on that day alone."""
    whole = Span(midnight(day), midnight(day + timedelta(days=1)))
    return [DeskDay(desk.seat, desk.open, [s for s in desk.taken if s.overlaps(whole)]) for desk in desks]


def _windows(free: Sequence[Span]) -> list[Window]:
    return [Window(span.start, span.end) for span in free]


def _movable(line: AppointmentLine) -> Movable:
    def minutes(since: datetime, until: datetime) -> int:
        return Span(since, until).minutes

    need = Need(line.minutes, minutes(line.busy_from, line.start), minutes(line.end, line.busy_until))
    return Movable(line.id, need, line.start, line.seat)


def _bundle(
    setup: Setup, person: Interpreter, day: date, plan: Plan, lines: dict[UUID, AppointmentLine], booked: int
) -> BundleDay | None:
    if len(plan.placed) + booked < 2 or not plan.placed:
        return None
    moves = tuple(_move(setup, lines[placed.id], placed) for placed in plan.placed)
    furthest = max(abs((day - local_day(move.old)).days) for move in moves)
    before = {local_day(move.old) for move in moves} | ({day} if booked else set())
    if len(before) < 2:  # they are on one day already
        return None
    place = setup.place(lines[moves[0].appointment].place)
    reasons = (
        ngettext("{n} Familie", "{n} Familien nacheinander", len(moves)).format(n=len(moves))
        + f", {show_time(moves[0].new)}–{show_time(moves[-1].end)}",
        _("ein Weg statt {n}").format(n=len(before)),
        ngettext("kommt an dem Tag ohnehin einmal", "kommt an dem Tag ohnehin {n}-mal", booked).format(n=booked)
        if booked
        else _("ist dann da") if person.times else _("kommt nach Absprache"),
        ngettext("höchstens {n} Tag verschoben", "höchstens {n} Tage verschoben", furthest).format(n=furthest),
        *((_("wartet dazwischen {n} Minuten").format(n=_whole(plan.waiting)),) if plan.waiting else ()),
    )  # fmt: skip
    return BundleDay(person.id, person.name, day, place.label if place else "", moves, reasons)


def _whole(span: timedelta) -> int:
    return int(span.total_seconds()) // 60


def _move(setup: Setup, line: AppointmentLine, placed: Placed) -> Move:
    seat = setup.seat(placed.seat)
    stays = placed.start == line.start and placed.seat == line.seat
    return Move(line.id, line.title, line.phone, line.start, placed.start, placed.start + (line.end - line.start),
                placed.seat, seat.name if seat else "", stays)  # fmt: skip
