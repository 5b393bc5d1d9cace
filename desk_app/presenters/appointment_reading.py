"""What a grid needs to know, read in one go, and the sheet that follows from it for the desks somebody wants to see."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

from desk_app.casework import appointment_setup, appointments, users
from desk_app.casework.appointment_setup import INTERNAL, Seat, Setup
from desk_app.casework.appointments import AppointmentLine
from desk_app.casework.calendar_busy import BusyDesk, calendar_busy
from desk_app.casework.desk import Work
from desk_app.domain import visit_states
from desk_app.domain.clock import local_day
from desk_app.domain.holidays import nrw
from desk_app.domain.slots import Span, merge
from desk_app.i18n import _
from desk_app.presenters.appointment_sheet import (
    Block,
    Column,
    Gap,
    Minutes,
    Shade,
    Sheet,
    fitting,
    gaps_between,
    hours_around,
    shades,
    side_by_side,
)
from desk_app.presenters.appointment_words import face_of, minute_of

WORKING_DAYS: Final = 5
_USUAL: Final = 45
"""Minutes of an appointment where no kind says so."""


@dataclass(frozen=True)
class Reading:
    """The appointments of some days in a row, whatever their state, and what they need."""

    first: date
    last: date
    user: UUID | None = None
    setup: Setup = field(default_factory=Setup)
    staff: Mapping[UUID, str] = field(default_factory=dict)
    lines: tuple[AppointmentLine, ...] = ()
    busy: tuple[BusyDesk, ...] = ()

    @property
    def days(self) -> tuple[date, ...]:
        return tuple(self.first + timedelta(days=n) for n in range((self.last - self.first).days + 1))

    def line(self, appointment: UUID | None) -> AppointmentLine | None:
        return next((line for line in self.lines if line.id == appointment), None)

    @property
    def usual(self) -> int:
        """Minutes of the shortest kind of appointment that is a visit."""
        return min((kind.minutes for kind in self.setup.kinds if kind.look != INTERNAL), default=_USUAL)


def read(work: Work, first: date, last: date) -> Reading:
    """Everything about these days, both included."""
    return Reading(
        first, last, work.user, appointment_setup.read(work), users.names(work),
        appointments.of_days(work, first, last), calendar_busy(work, first, last),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Wanted:
    """What of a reading is shown: desks that are left out, and whether what was called off is shown as well."""

    hidden: frozenset[UUID] = frozenset()
    gone: bool = False
    weekly: bool = False


def sheet_of(reading: Reading, wanted: Wanted, now: datetime) -> Sheet:
    """The sheet for the desks wanted, at this moment."""
    hours = _Hours(reading)
    days = _shown_days(reading, hours)
    today = local_day(now)
    shown = _Books(reading, [line for line in reading.lines if _is_shown(line, wanted)])
    columns = [column for day in days for column in _columns(reading, wanted, day, hours, shown)]
    blocks = tuple(_blocks(columns, shown, now))
    minute = minute_of(now, today)
    standing = _Books(reading, [line for line in reading.lines if line.state not in visit_states.FREES])
    gaps = tuple(_gaps(columns, hours, standing, today, minute))
    around = hours_around([*((block.start, block.end) for block in blocks), *hours.of_all(days)])
    free = tuple((day, fitting((gap for gap in gaps if columns[gap.column].day == day), reading.usual)) for day in days)
    return Sheet(tuple(columns), blocks, gaps, *around, today, minute, wanted.weekly, free)


class _Hours:
    """When each desk is open, asked once for all days of a reading."""

    def __init__(self, reading: Reading) -> None:
        self._spans: defaultdict[tuple[UUID, date], list[Minutes]] = defaultdict(list)
        for seat in reading.setup.desks():
            for span in reading.setup.hours(seat.place, seat.id, reading.days).all:
                day = local_day(span.start)
                self._spans[seat.id, day].append((minute_of(span.start, day), minute_of(span.end, day)))

    def of(self, seat: UUID, day: date) -> list[Minutes]:
        return self._spans.get((seat, day), [])

    def of_all(self, days: Sequence[date]) -> list[Minutes]:
        return [span for (_seat, day), spans in self._spans.items() if day in days for span in spans]

    def is_open(self, day: date) -> bool:
        return any(known == day for _seat, known in self._spans)


class _Books:
    """Appointments by where they stand, each looked at once."""

    def __init__(self, reading: Reading, lines: Iterable[AppointmentLine]) -> None:
        known = {seat.id for seat in reading.setup.desks()}
        self._at_desk: defaultdict[tuple[date, UUID | None], list[AppointmentLine]] = defaultdict(list)
        self._everywhere: defaultdict[tuple[date, UUID | None], list[AppointmentLine]] = defaultdict(list)
        for line in lines:
            day = local_day(line.start)
            if keeps_all(line):
                self._everywhere[day, line.place].append(line)
            else:
                self._at_desk[day, line.seat if line.seat in known else None].append(line)

    def of(self, column: Column) -> list[AppointmentLine]:
        """What stands in a column, also what keeps all desks of its place."""
        found = self._at_desk.get((column.day, column.seat), [])
        return found if column.seat is None else [*found, *self._everywhere.get((column.day, column.place), [])]

    def has_loose(self, day: date) -> bool:
        """Whether something of a day has no desk."""
        return (day, None) in self._at_desk


def _shown_days(reading: Reading, hours: _Hours) -> tuple[date, ...]:
    """Of a week Saturday and Sunday only where something is booked or open then."""
    days = reading.days
    if len(days) <= WORKING_DAYS:
        return days
    booked = {local_day(line.start) for line in reading.lines}
    return tuple(day for day in days if day.weekday() < WORKING_DAYS or day in booked or hours.is_open(day))


def _columns(reading: Reading, wanted: Wanted, day: date, hours: _Hours, shown: _Books) -> Iterator[Column]:
    why = _closed_words(reading.setup, day)
    for seat in reading.setup.desks():
        if seat.id not in wanted.hidden:
            spans = hours.of(seat.id, day)
            shut = shades(spans, _("Mittag")) if spans else (Shade(0, 24 * 60, why),)
            mine = seat.user is not None and seat.user == reading.user
            away = _away(reading, seat.id, day)
            yield Column(day, seat.place, seat.id, seat.name, second_line(reading, seat), mine, shut, away)
    if shown.has_loose(day):
        yield Column(day, None, None, _("Ohne Platz"))


def _away(reading: Reading, seat: UUID, day: date) -> tuple[Minutes, ...]:
    """When the calendar read in for a desk has it taken on a day."""
    spans = merge(Span(each.start, each.end) for each in reading.busy if each.seat == seat)
    found = ((minute_of(span.start, day), minute_of(span.end, day)) for span in spans)
    return tuple((start, end) for start, end in found if start < end)


def second_line(reading: Reading, seat: Seat) -> str:
    """Who sits there, and what one has to know of the desk: "Petra Lindner · Laptop"."""
    place = reading.setup.place(seat.place)
    elsewhere = place.label if place is not None and place.kind != "centre" and place.label != seat.name else ""
    name = reading.staff.get(seat.user, "") if seat.user is not None else ""
    return " · ".join(part for part in (name, elsewhere, _("Laptop") if seat.laptop else "") if part)


def _closed_words(setup: Setup, day: date) -> str:
    """Why a day is shut, where that is known."""
    if holiday := nrw().public_holiday(day):
        return holiday
    closed = (each for each in setup.closures if each.first <= day <= each.last and each.opens is None)
    return next((each.words or _("geschlossen") for each in closed), _("geschlossen"))


def _is_shown(line: AppointmentLine, wanted: Wanted) -> bool:
    if line.walk_in and line.seat is None:
        return False  # still waiting: that is the list of "Heute"
    return wanted.gone or line.state not in visit_states.FREES or line.state == visit_states.NO_SHOW


def keeps_all(line: AppointmentLine) -> bool:
    """Whether an appointment keeps all desks of its place: what is internal and has no desk."""
    return line.seat is None and line.look == INTERNAL


def _blocks(columns: Sequence[Column], shown: _Books, now: datetime) -> Iterator[Block]:
    for at, column in enumerate(columns):
        there = shown.of(column)
        spans = [_span(line, column.day) for line in there]
        for line, span, (lane, lanes) in zip(there, spans, side_by_side(spans), strict=True):
            elapsed = elapsed_share(line, now)
            yield Block(face_of(line, column.day), at, *span, _busy(line, column.day), lane, lanes, elapsed)


def _busy(line: AppointmentLine, day: date) -> Minutes:
    return minute_of(line.busy_from, day), minute_of(line.busy_until, day)


def _span(line: AppointmentLine, day: date) -> Minutes:
    start = minute_of(line.start, day)
    return start, max(minute_of(line.end, day), start + 5)


def elapsed_share(line: AppointmentLine, now: datetime) -> float:
    """How much of a talk that is going on is over, 0 to 1."""
    if line.state not in visit_states.TALKING or line.end <= line.start:
        return 0.0
    return min(max((now - line.start) / (line.end - line.start), 0.0), 1.0)


def _gaps(columns: Sequence[Column], hours: _Hours, standing: _Books, today: date, minute: int) -> Iterator[Gap]:
    for at, column in enumerate(columns):
        if column.seat is None or column.day < today:
            continue
        taken = [*(_busy(line, column.day) for line in standing.of(column)), *column.away]
        not_before = minute if column.day == today else 0
        for start, end in gaps_between(hours.of(column.seat, column.day), taken, not_before):
            yield Gap(at, start, end)
