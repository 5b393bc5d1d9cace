"""What appointments need, as it is set up: lists of places, desks, kinds, hours and closed days, each kept at once.

Hours that change end and others begin; what is then booked outside of them is listed and stays booked.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final, Protocol
from uuid import UUID

from desk_app.casework import appointment_setup, appointments, deeds, users
from desk_app.casework.appointment_setup import DESK, Closure, Kind, Opening, Place, Seat, Setup
from desk_app.casework.desk import Work
from desk_app.domain.clock import local_day, show_time
from desk_app.domain.dates import show_day
from desk_app.domain.errors import WorldError
from desk_app.domain.holidays import nrw
from desk_app.domain.opening_hours import in_force
from desk_app.i18n import N_, _, ngettext
from desk_app.presenters.appointment_setup_words import closure_words, hours_words, place_words, rule_words
from desk_app.presenters.runner import Runner
from desk_app.presenters.when import weekday

Row = Place | Seat | Kind | Opening | Closure
SECTIONS: Final[tuple[type[Any], ...]] = (Place, Seat, Kind, Opening, Closure)

_AHEAD: Final = 400
"""Days for which holidays are listed, a year and a little."""


@dataclass(frozen=True, slots=True)
class SetupLine:
    """One row of a list. ``over`` is what no longer holds and is shown as history."""

    row: Row
    title: str
    second: str
    over: bool = False

    @property
    def spoken(self) -> str:
        return ", ".join(part for part in (self.title, self.second) if part)


@dataclass(frozen=True, slots=True)
class ConflictLine:
    """An appointment that the hours no longer allow."""

    appointment: UUID
    when: str
    title: str
    words: str

    @property
    def spoken(self) -> str:
        return ", ".join(part for part in (self.when, self.title, self.words) if part)


@dataclass(frozen=True)
class SetupSheet:
    """Everything the page shows. ``holidays`` are pairs of when and what, ``staff`` who can sit at a desk."""

    setup: Setup
    staff: tuple[tuple[UUID, str], ...]
    sections: Mapping[type[Any], tuple[SetupLine, ...]]
    conflicts: tuple[ConflictLine, ...]
    holidays: tuple[tuple[str, str], ...]
    today: date


class SetupView(Protocol):
    def show_setup(self, sheet: SetupSheet, chosen: UUID | None) -> None: ...

    def show_done(self, words: str, *, undo: bool) -> None: ...

    def show_failed(self, message: str) -> None: ...


class AppointmentSetupPresenter:
    """Reads everything after each change: a centre has some dozens of rows."""

    def __init__(self, view: SetupView, runner: Runner) -> None:
        self._view = view
        self._runner = runner
        self._undo: list[UUID] = []

    def load(self) -> None:
        """Read how it is set up."""
        self._runner.run(read, lambda sheet: self._view.show_setup(sheet, None), self._failed)

    def keep(self, row: Row, since: date | None = None) -> None:
        """Keep a row that has no ``faults``; other hours hold from ``since`` on, today where it is ``None``."""

        def deed(work: Work) -> UUID:
            if isinstance(row, Opening):
                return appointment_setup.keep_opening(work, row, since)
            appointment_setup.keep(work, row)
            return row.id

        self._do(deed, "")

    def remove(self, row: Row) -> None:
        """Take a row out; hours that were in force end with yesterday."""

        def deed(work: Work) -> None:
            appointment_setup.remove(work, row)

        self._do(deed, _("Herausgenommen. Was gebucht ist, bleibt gebucht."))

    def undo(self) -> None:
        """Take the newest change back."""
        if not self._undo:
            return
        last = self._undo.pop()

        def done(found: tuple[str, SetupSheet]) -> None:
            self._view.show_setup(found[1], None)
            self._view.show_done(found[0], undo=bool(self._undo))

        self._runner.run(lambda work: (deeds.undo(work, last).told, read(work)), done, self._failed)

    def _do(self, deed: Callable[[Work], UUID | None], words: str) -> None:
        def run(work: Work) -> tuple[UUID | None, UUID | None, SetupSheet]:
            before = _newest(work)
            chosen = deed(work)
            made = _newest(work)
            return chosen, made if made != before else None, read(work)

        def done(found: tuple[UUID | None, UUID | None, SetupSheet]) -> None:
            chosen, made, sheet = found
            if made is not None:
                self._undo.append(made)
            self._view.show_setup(sheet, chosen)
            self._view.show_done(conflict_words(sheet) or words, undo=made is not None)

        self._runner.run(run, done, self._failed)

    def _failed(self, error: WorldError) -> None:
        self._view.show_failed(error.message)


def read(work: Work) -> SetupSheet:
    """How it is set up, and what is booked outside of it."""
    setup = appointment_setup.read(work)
    staff = tuple((row.id, row.name) for row in users.rows(work).values() if row.removed_at is None)
    return SetupSheet(
        setup, staff, _sections(setup, dict(staff), work.today), _conflicts(work), _holidays(work.today), work.today
    )


def faults(row: Row) -> dict[str, str]:
    """What keeps a row from being kept, by field; empty where nothing does."""
    found: dict[str, str] = {}
    if isinstance(row, Place | Seat | Kind) and not row.name.strip():
        found["name"] = _("Ein Name gehört dazu, zum Beispiel „{example}“").format(example=_(_EXAMPLES[type(row)]))
    if isinstance(row, Kind) and not 0 < row.minutes <= _LONGEST:
        found["minutes"] = _("Wie lange dauert es? Zum Beispiel 45")
    if isinstance(row, Opening):
        found |= _opening_faults(row)
    if isinstance(row, Closure):
        if row.last < row.first:
            found["last"] = _("Der letzte Tag liegt vor dem ersten")
        if row.opens is not None and row.closes is not None and row.closes <= row.opens:
            found["closes"] = _("Das Ende liegt nicht nach dem Anfang")
    return found


_LONGEST: Final = 720
"""Minutes of the longest appointment."""
_EXAMPLES: Final[Mapping[type[Any], str]] = {Place: N_("Bürgerhaus Styrum"), Seat: N_("Platz 4"), Kind: N_("Aufnahme")}


def conflict_words(sheet: SetupSheet) -> str:
    """ "3 Termine passen nicht mehr. Sie bleiben gebucht …"; empty where none does."""
    count = len(sheet.conflicts)
    if not count:
        return ""
    words = ngettext(
        "{n} Termin passt nicht mehr. Er bleibt gebucht, bis Sie ihn verlegen.",
        "{n} Termine passen nicht mehr. Sie bleiben gebucht, bis Sie sie verlegen.",
        count,
    )
    return words.format(n=count)


def _opening_faults(row: Opening) -> dict[str, str]:
    found: dict[str, str] = {}
    if not row.weekdays:
        found["weekdays"] = _("An welchen Tagen?")
    if row.closes <= row.opens:
        found["closes"] = _("Das Ende liegt nicht nach dem Anfang")
    if row.valid_from and row.valid_to:
        if row.valid_to < row.valid_from:
            found["valid_to"] = _("Der letzte Tag liegt vor dem ersten")
        elif row.weekdays and not _ever_in_force(row, row.valid_from, row.valid_to):
            found["weekdays"] = _("In dieser Zeit kommt keiner dieser Tage vor")
    return found


def _ever_in_force(row: Opening, first: date, last: date) -> bool:
    return any(
        in_force(row, first + timedelta(days=number), nrw()) for number in range(min((last - first).days, _AHEAD) + 1)
    )


def _newest(work: Work) -> UUID | None:
    found = deeds.recent(work, 1)
    return found[0].way_back if found else None


def _sections(setup: Setup, staff: Mapping[UUID, str], today: date) -> dict[type[Any], tuple[SetupLine, ...]]:
    places = {place.id: place.label for place in setup.places}
    several = len(places) > 1

    def where(place: UUID | None, seat: UUID | None = None) -> str:
        known = setup.seat(seat)
        return known.name if known else places.get(place, "") if several and place else ""

    hours = [
        SetupLine(row, hours_words(row), rule_words(row, where(row.place, row.seat)), row.has_ended(today))
        for row in setup.openings
    ]
    return {
        Place: tuple(SetupLine(row, row.name, place_words(row)) for row in setup.places),
        Seat: tuple(SetupLine(row, row.name, _seat_words(row, where(row.place), staff)) for row in setup.seats),
        Kind: tuple(SetupLine(row, row.name, _kind_words(row)) for row in setup.kinds),
        Opening: tuple(sorted(hours, key=lambda line: line.over)),
        Closure: tuple(
            SetupLine(row, *closure_words(row, where(row.place, row.seat)), row.last < today)
            for row in sorted(setup.closures, key=lambda row: (row.last < today, row.first))
        ),
    }


def _seat_words(row: Seat, where: str, staff: Mapping[UUID, str]) -> str:
    kind = "" if row.kind == DESK else _("Raum")
    who = staff.get(row.user, "") if row.user is not None else ""
    return " · ".join(part for part in (kind, who, where, _("Laptop") if row.laptop else "") if part)


def _kind_words(row: Kind) -> str:
    around = []
    if row.before:
        around.append(_("{n} min davor").format(n=row.before))
    if row.after:
        around.append(_("{n} min danach").format(n=row.after))
    return " · ".join((_("{n} min").format(n=row.minutes), *around))


def _conflicts(work: Work) -> tuple[ConflictLine, ...]:
    found = []
    for conflict in appointments.conflicts(work):
        line = conflict.line
        day = local_day(line.start)
        when = f"{weekday(day)}, {show_day(day)}, {show_time(line.start)}"
        who = " · ".join(part for part in (line.title or line.kind_name, line.seat_name) if part)
        found.append(ConflictLine(line.id, when, who, conflict.words))
    return tuple(found)


def _holidays(today: date) -> tuple[tuple[str, str], ...]:
    """Public and school holidays from today on, in order."""
    calendar = nrw()
    found: list[tuple[date, str, str]] = []
    for number in range(_AHEAD):
        day = today + timedelta(days=number)
        if name := calendar.public_holiday(day):
            found.append((day, f"{weekday(day)}, {show_day(day)}", name))
    found += [
        (one.first, f"{show_day(one.first)} – {show_day(one.last)}", one.name)
        for one in calendar.school
        if today <= one.last and one.first <= today + timedelta(days=_AHEAD)
    ]
    return tuple((when, name) for _day, when, name in sorted(found))


def chosen_row(sheet: SetupSheet, id_: UUID | None) -> Row | None:
    """The row of an id."""
    lines: Sequence[SetupLine] = [line for section in sheet.sections.values() for line in section]
    return next((line.row for line in lines if line.row.id == id_), None)
