"""Appointments of any period as a list: searched, filtered, taken out as a workbook or on paper, cancelled ones too."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any, Final, Protocol
from uuid import UUID

from desk_app.casework import appointments
from desk_app.casework.appointment_setup import INTERNAL
from desk_app.casework.appointments import AppointmentLine
from desk_app.casework.desk import Work
from desk_app.domain import visit_states
from desk_app.domain.clock import Clock, local_day, show_time
from desk_app.domain.errors import WorldError
from desk_app.domain.lists import Column, Condition, Kind, Narrowing, Trail, meeting
from desk_app.domain.names import search_form
from desk_app.i18n import N_, _
from desk_app.presenters.appointment_words import monday_of, spoken
from desk_app.presenters.lists import ListSpec
from desk_app.presenters.runner import Runner
from desk_app.presenters.when import weekday

_AHEAD: Final = timedelta(days=27)
_BACK: Final = timedelta(days=28)


@dataclass(frozen=True, slots=True)
class AgendaRow:
    """One appointment as the list shows it and as it goes out."""

    line: AppointmentLine
    day: date
    when: str
    time: str
    name: str
    kind: str
    seat: str
    place: str
    language: str
    interpreting: str
    interpreter: str
    state: str
    reason: str
    words: str
    phone: str
    code: str
    minutes: int
    overbooked: str
    needle: str
    """Everything that can be searched for, folded."""

    @property
    def id(self) -> UUID:
        return self.line.id

    @property
    def spoken(self) -> str:
        """The whole row as it is read aloud."""
        return spoken(self.line, f"{self.when} {self.time}")


COLUMNS: Final = (
    Column("when", N_("Tag"), width=12),
    Column("time", N_("Uhrzeit"), width=12),
    Column("name", N_("Name"), Kind.STRONG, 26),
    Column("kind", N_("Anliegen"), width=14),
    Column("seat", N_("Platz"), width=12),
    Column("language", N_("Sprache"), width=14),
    Column("interpreting", N_("Dolmetschen"), width=18),
    Column("state", N_("Stand"), width=18),
    Column("words", N_("Notiz"), width=26),
    Column("place", N_("Ort"), width=18, extra=True),
    Column("reason", N_("Grund"), width=22, extra=True),
    Column("phone", N_("Telefon"), width=16, extra=True),
    Column("minutes", N_("Minuten"), Kind.NUMBER, 9, extra=True),
    Column("overbooked", N_("Doppelt belegt, weil"), width=24, extra=True),
    Column("code", N_("Kürzel"), Kind.CODE, 10, extra=True),
)

_CANCELLED: Final = frozenset({visit_states.CANCELLED_FAMILY, visit_states.CANCELLED_US})
_STATES: Final = "state"
_WHAT: Final = "what"
_HELP: Final = "interpreting"
CONDITIONS: Final = (
    Condition("ahead", N_("steht noch bevor"), _STATES, lambda row: row.line.state in visit_states.OPEN),
    Condition("done", N_("erledigt"), _STATES, lambda row: row.line.state == visit_states.DONE),
    Condition("no_show", N_("nicht erschienen"), _STATES, lambda row: row.line.state == visit_states.NO_SHOW),
    Condition("cancelled", N_("abgesagt"), _STATES, lambda row: row.line.state in _CANCELLED),
    Condition("moved", N_("verschoben"), _STATES, lambda row: row.line.state == visit_states.MOVED),
    Condition("interpreted", N_("mit Dolmetschen"), _HELP, lambda row: bool(row.line.interpreting)),
    Condition("open", N_("Dolmetschen offen"), _HELP, lambda row: row.line.interpreting in ("open", "asked")),
    Condition("walk_in", N_("ohne Termin gekommen"), _WHAT, lambda row: row.line.walk_in),
    Condition("no_file", N_("ohne Akte"), _WHAT, lambda row: row.line.household is None and not _internal(row)),
    Condition("internal", N_("intern"), _WHAT, lambda row: _internal(row)),
    Condition("over", N_("doppelt belegt"), _WHAT, lambda row: bool(row.line.overbooked)),
)
SPEC: Final = ListSpec(
    "appointments",
    N_("Termine"),
    COLUMNS,
    CONDITIONS,
    values={"when": lambda row: row.day},
)

_ORDERS: Final[dict[str, Any]] = {
    "when": lambda row: row.line.start,
    "time": lambda row: (row.time.rjust(14), row.line.start),
}


def _internal(row: AgendaRow) -> bool:
    return row.line.look == INTERNAL


class AgendaView(Protocol):
    def show_rows(self, rows: tuple[AgendaRow, ...]) -> None: ...

    def show_failed(self, message: str) -> None: ...


class AgendaPresenter:
    """A ``Source`` of rows. Narrowing and sorting ask the store nothing; another period does."""

    def __init__(self, view: AgendaView, runner: Runner, clock: Clock) -> None:
        self._view = view
        self._runner = runner
        self._clock = clock
        self.since = self.today
        self.until = self.today + _AHEAD
        self._all: tuple[AgendaRow, ...] = ()
        self._narrowing = Narrowing(order="when")
        self.shown_rows: tuple[AgendaRow, ...] = ()
        self.known = False

    @property
    def today(self) -> date:
        return local_day(self._clock())

    # --- which days

    def show_period(self, since: date | None, until: date | None) -> None:
        """Show the appointments of these days, both included; without an end four weeks."""
        self.since = since or self.today
        self.until = max(until or self.since + _AHEAD, self.since)
        self.refresh()

    def show_coming(self) -> None:
        """The next four weeks."""
        self.show_period(self.today, self.today + _AHEAD)

    def show_past(self) -> None:
        """The last four weeks."""
        self.show_period(self.today - _BACK, self.today)

    def show_week(self) -> None:
        monday = monday_of(self.today)
        self.show_period(monday, monday + timedelta(days=6))

    def refresh(self) -> None:
        """Read the period again."""
        since, until = self.since, self.until

        def read(work: Work) -> tuple[AgendaRow, ...]:
            return tuple(map(row_of, appointments.of_days(work, since, until)))

        def arrived(rows: tuple[AgendaRow, ...]) -> None:
            if (since, until) == (self.since, self.until):
                self._all, self.known = rows, True
                self._show()

        self._runner.run(read, arrived, lambda error: self._failed(error))

    def _failed(self, error: WorldError) -> None:
        self._view.show_failed(error.message)

    # --- as a list

    @property
    def narrowing(self) -> Narrowing:
        return self._narrowing

    @property
    def everybody(self) -> int:
        return len(self._all)

    def narrow(self, narrowing: Narrowing) -> None:
        """Narrow and sort the rows so."""
        self._narrowing = replace(narrowing, order=narrowing.order or "when")
        self._show()

    def search(self, words: str) -> None:
        self.narrow(replace(self._narrowing, words=words.strip()))

    def sort(self, key: str) -> None:
        """Sort by a column, or the other way round."""
        now = self._narrowing
        self.narrow(replace(now, order=key, descending=not now.descending if key == now.order else False))

    def trail(self, household: UUID) -> Trail | None:
        """The families of the rows shown, to go on from one to the next."""
        keys = [row.line.household for row in self.shown_rows if row.line.household is not None]
        return Trail.at(keys, household)

    def _show(self) -> None:
        now = self._narrowing
        words = search_form(now.words).split()
        meets = meeting(CONDITIONS, now.conditions)
        rows = [row for row in self._all if all(word in row.needle for word in words) and meets(row)]
        order = _ORDERS.get(now.order, lambda row: (str(getattr(row, now.order)).casefold(), row.line.start))
        rows.sort(key=order, reverse=now.descending)
        self.shown_rows = tuple(rows)
        self._view.show_rows(self.shown_rows)


def row_of(line: AppointmentLine) -> AgendaRow:
    """An appointment as a row."""
    day = local_day(line.start)
    found = {"open": _("offen"), "asked": _("angefragt"), "confirmed": _("zugesagt")}.get(line.interpreting, "")
    interpreting = ", ".join(part for part in (found, line.interpreter_name) if part)
    name = line.title or line.words.strip().partition("\n")[0] or line.kind_name or _("ohne Namen")
    needle = search_form(
        " ".join((name, line.kind_name, line.seat_name, line.language_name, line.interpreter_name, line.words,
                  line.phone, line.code, line.reason, visit_states.label(line.state)))
    )  # fmt: skip
    return AgendaRow(
        line=line,
        day=day,
        when=f"{weekday(day)}, {day:%d.%m.}",
        time=f"{show_time(line.start)}–{show_time(line.end)}",
        name=name,
        kind=line.kind_name,
        seat=line.seat_name,
        place=line.place_name,
        language=line.language_name,
        interpreting=interpreting,
        interpreter=line.interpreter_name,
        state=visit_states.label(line.state),
        reason=line.reason,
        words=line.words.replace("\n", " "),
        phone=line.phone,
        code=line.code,
        minutes=line.minutes,
        overbooked=line.overbooked,
        needle=needle,
    )
