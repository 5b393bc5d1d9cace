"""The page "Termine" as behaviour: which days are shown, for which desks, and what stands beside them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Protocol
from uuid import UUID

from desk_app.casework.appointments import AppointmentLine
from desk_app.domain import visit_states
from desk_app.domain.clock import Clock, local_day, show_time
from desk_app.domain.errors import WorldError
from desk_app.domain.opening_hours import instant
from desk_app.i18n import _, ngettext
from desk_app.presenters.appointment_reading import Reading, Wanted, read, sheet_of
from desk_app.presenters.appointment_sheet import Gap, Sheet
from desk_app.presenters.appointment_words import (
    clock_words,
    day_words,
    length_words,
    monday_of,
    week_number,
    week_words,
)
from desk_app.presenters.runner import Runner

_WEEK = timedelta(days=7)


class Mode(StrEnum):
    """How much is shown at once."""

    DAY = "day"
    WEEK = "week"
    LIST = "list"


@dataclass(frozen=True, slots=True)
class FreeRow:
    """A free time beside the grid."""

    gap: Gap
    words: str
    length: str


@dataclass(frozen=True, slots=True)
class InterpretingRow:
    """Who interprets on the day, or for whom nobody is found: ``appointment`` is the first of them."""

    words: str
    state: str
    settled: bool
    who: str
    appointment: UUID


@dataclass(frozen=True, slots=True)
class SeatRow:
    """A desk that can be left out."""

    seat: UUID
    words: str
    shown: bool


class AppointmentsView(Protocol):
    def show_sheet(self, sheet: Sheet) -> None: ...

    def show_failed(self, message: str) -> None: ...


class AppointmentsPresenter:
    """Reads the days shown, the newest wish winning; what is shown of them changes without reading again."""

    def __init__(self, view: AppointmentsView, runner: Runner, clock: Clock) -> None:
        self._view = view
        self._runner = runner
        self._clock = clock
        self.day = local_day(clock())
        self.mode = Mode.DAY
        self.narrow = False
        """Whether the window has no room for a week, which then is shown as a day."""
        self.wanted = Wanted()
        self.reading = Reading(self.day, self.day)
        self.sheet = Sheet()
        self.known = False
        """Whether anything was read yet."""

    # --- which days

    @property
    def today(self) -> date:
        return local_day(self._clock())

    @property
    def weekly(self) -> bool:
        """Whether a week is shown."""
        return self.mode is Mode.WEEK and not self.narrow

    @property
    def span(self) -> tuple[date, date]:
        """First and last day shown."""
        if not self.weekly:
            return self.day, self.day
        monday = monday_of(self.day)
        return monday, monday + _WEEK - timedelta(days=1)

    @property
    def title(self) -> str:
        """ "Mittwoch, 18. November", "16. bis 20. November"."""
        if not self.weekly:
            return day_words(self.day)
        days = self.sheet.days if self.sheet.weekly and self.sheet.days else (self.span[0], self.span[0] + timedelta(4))
        return week_words(days[0], days[-1])

    @property
    def subtitle(self) -> str:
        """ "KW 47", with the year where it is another one."""
        year = f" {self.day.year}" if self.day.year != self.today.year else ""
        return f"{week_number(self.day)}{year}"

    def show(self, mode: Mode) -> None:
        """Show a day, a week, or the list."""
        self.mode = mode
        self.refresh()

    def go(self, day: date) -> None:
        """Show another day, or the week it is in."""
        self.day = day
        self.refresh()

    def go_to(self, start: datetime) -> None:
        """Show the day of an instant; nothing where it is shown already."""
        day = local_day(start)
        first, last = self.span
        if not first <= day <= last:
            self.go(day)

    def step(self, by: int) -> None:
        """So many days or weeks further; 0 for today. Single steps leave out weekends on which nothing is open."""
        if not by:
            self.go(self.today)
        elif self.weekly:
            self.go(self.day + _WEEK * (1 if by > 0 else -1))
        elif abs(by) > 1:
            self.go(self.day + timedelta(days=by))
        else:
            self.go(self._next_day(by))

    def _next_day(self, by: int) -> date:
        day = self.day + timedelta(days=by)
        while day.weekday() >= 5 and not self._is_open(day):
            day += timedelta(days=by)
        return day

    def _is_open(self, day: date) -> bool:
        setup = self.reading.setup
        return any(setup.hours(seat.place, seat.id, [day]).all for seat in setup.desks())

    def fit(self, *, narrow: bool) -> None:
        """The window has become so broad or narrow that a week does or does not fit."""
        if narrow != self.narrow:
            self.narrow = narrow
            if self.mode is Mode.WEEK:
                self.refresh()

    # --- reading

    def refresh(self) -> None:
        """Read the days again."""
        first, last = self.span

        def arrived(reading: Reading) -> None:
            if (first, last) == self.span:
                self.reading, self.known = reading, True
                self._show()

        self._runner.run(lambda work: read(work, first, last), arrived, self._failed)

    def tick(self) -> None:
        """A minute went by."""
        if self.known:
            self._show()

    def hide(self, seat: UUID, *, hidden: bool) -> None:
        """Leave a desk out, or show it again; one always stays."""
        seats = self.wanted.hidden | {seat} if hidden else self.wanted.hidden - {seat}
        if not {row.id for row in self.reading.setup.desks()} <= seats:
            self.wanted = replace(self.wanted, hidden=frozenset(seats))
        self._show()

    def show_gone(self, *, gone: bool) -> None:
        """Show what was called off or moved as well, or no longer."""
        self.wanted = replace(self.wanted, gone=gone)
        self._show()

    def _show(self) -> None:
        self.sheet = sheet_of(self.reading, replace(self.wanted, weekly=self.weekly), self._clock())
        self._view.show_sheet(self.sheet)

    def _failed(self, error: WorldError) -> None:
        self._view.show_failed(error.message)

    # --- what is shown

    def line(self, appointment: UUID | None) -> AppointmentLine | None:
        return self.reading.line(appointment)

    @property
    def fixed(self) -> frozenset[UUID]:
        """Appointments that cannot be moved any more."""
        moved = visit_states.MOVED
        return frozenset(line.id for line in self.reading.lines if not visit_states.may_follow(line.state, moved))

    def at(self, column: int, minute: int) -> datetime:
        """The instant of a minute in a column."""
        return instant(self.sheet.columns[column].day, minute)

    @property
    def gone_count(self) -> int:
        """How many of what was called off or moved are left out or shown."""
        freed = visit_states.FREES - {visit_states.NO_SHOW}
        return sum(line.state in freed for line in self.reading.lines)

    def free_rows(self, most: int) -> list[FreeRow]:
        """The free times of the days shown, in order of time."""
        columns = self.sheet.columns
        gaps = sorted(self.sheet.gaps, key=lambda gap: (columns[gap.column].day, gap.start, gap.column))
        return [
            FreeRow(gap, f"{clock_words(gap.start)} {columns[gap.column].title}", length_words(gap.minutes))
            for gap in gaps[:most]
        ]

    def free_words(self) -> str:
        """ "30 freie Zeiten in dieser Woche"; empty where none is left."""
        count = sum(n for _day, n in self.sheet.free)
        if not count:
            return _("Keine freien Zeiten mehr in dieser Woche")
        words = ngettext("{n} freie Zeit in dieser Woche", "{n} freie Zeiten in dieser Woche", count)
        return words.format(n=count)

    def interpreting_rows(self) -> list[InterpretingRow]:
        """Who interprets: one row for each person who promised, one for each appointment where nobody did."""
        wanted = [line for line in self.reading.lines if line.interpreting and line.state in visit_states.OPEN]
        settled = [line for line in wanted if line.interpreting == "confirmed"]
        found = [_settled_row(group) for group in _by_person(settled)]
        words = {"open": _("offen"), "asked": _("angefragt")}
        for line in wanted:
            if line.interpreting in words:
                what = f"{line.language_name or _('Sprache offen')} {show_time(line.start)}"
                found.append(InterpretingRow(what, words[line.interpreting], False, line.interpreter_name, line.id))
        return found

    def seat_rows(self) -> list[SeatRow]:
        """The desks, those left out too."""
        mine = _("{seat} · Sie")
        return [
            SeatRow(
                seat.id,
                mine.format(seat=seat.name) if seat.user == self.reading.user else _with_laptop(seat.name, seat.laptop),
                seat.id not in self.wanted.hidden,
            )
            for seat in self.reading.setup.desks()
        ]


def _with_laptop(name: str, laptop: bool) -> str:
    return _("{seat} (Laptop)").format(seat=name) if laptop else name


def _by_person(lines: Iterable[AppointmentLine]) -> list[list[AppointmentLine]]:
    groups: dict[object, list[AppointmentLine]] = {}
    for line in lines:
        groups.setdefault(line.interpreter or line.language, []).append(line)
    return list(groups.values())


def _settled_row(group: list[AppointmentLine]) -> InterpretingRow:
    languages = dict.fromkeys(line.language_name for line in group if line.language_name)
    times = ", ".join(f"{line.interpreter_name} {show_time(line.start)}".strip() for line in group)
    words = ", ".join(languages) or group[0].interpreter_name or _("Dolmetschen")
    return InterpretingRow(words, _("zugesagt"), True, times, group[0].id)
