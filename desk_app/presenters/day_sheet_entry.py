"""The paper sheet of a day as behaviour: its rows as printed, each kept when it is left."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final, Protocol
from uuid import UUID

from desk_app.casework import appointment_setup, day_sheet_entry
from desk_app.casework.appointment_lines import AppointmentLine
from desk_app.casework.appointment_setup import INTERNAL
from desk_app.casework.day_sheet_entry import CALLED_OFF, CAME, LATE, MISSED, Entry
from desk_app.casework.desk import Work
from desk_app.domain.clock import Clock, local_day, show_time
from desk_app.domain.errors import WorldError
from desk_app.domain.visit_states import CANCELLED_FAMILY, CANCELLED_US, DONE, NO_SHOW
from desk_app.i18n import N_, _, ngettext
from desk_app.presenters.appointment_words import day_words
from desk_app.presenters.moment_reading import read_moment
from desk_app.presenters.runner import Runner

MARKS: Final = ((CAME, N_("kam"), "K"), (LATE, N_("später"), "S"), (MISSED, N_("kam nicht"), "N"),
                (CALLED_OFF, N_("abgesagt"), "A"))  # fmt: skip
"""What may stand on a row: mark, word, key."""

_WRITTEN: Final = {DONE: CAME, NO_SHOW: MISSED, CANCELLED_FAMILY: CALLED_OFF, CANCELLED_US: CALLED_OFF}


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One row. ``came`` is what is known already, ``kind`` what it was about."""

    visit: UUID
    start: datetime
    time: str
    desk: str
    title: str
    came: str
    late: int | None
    kind: UUID | None
    spoken: str


@dataclass(frozen=True, slots=True)
class SheetShown:
    """The sheet of a day."""

    day: date
    title: str
    words: str
    rows: tuple[SheetRow, ...]
    kinds: tuple[tuple[UUID, str], ...]


class SheetView(Protocol):
    def show_sheet(self, shown: SheetShown) -> None: ...

    def show_kept(self, visit: UUID, way_back: UUID) -> None: ...

    def show_refused(self, visit: UUID, message: str) -> None: ...

    def show_failed(self, message: str) -> None: ...


class SheetEntryPresenter:
    """``day`` is that of the sheet, ``None`` until the last one is known."""

    def __init__(self, view: SheetView, runner: Runner, clock: Clock) -> None:
        self._view = view
        self._runner = runner
        self._clock = clock
        self.day: date | None = None

    @property
    def today(self) -> date:
        return local_day(self._clock())

    def read(self, day: date | None = None) -> None:
        """Show the sheet of a day; ``None`` for the last one before today."""

        def look(work: Work) -> SheetShown:
            wanted = day or day_sheet_entry.last_day(work) or work.today - timedelta(days=1)
            setup = appointment_setup.read(work)
            kinds = tuple((kind.id, kind.name) for kind in setup.kinds if kind.look != INTERNAL)
            return _shown(wanted, day_sheet_entry.read(work, wanted), kinds)

        def arrived(shown: SheetShown) -> None:
            self.day = shown.day
            self._view.show_sheet(shown)

        self._runner.run(look, arrived, lambda error: self._view.show_failed(error.message))

    def keep(self, entry: Entry) -> None:
        """Keep what stands on one row."""

        def refused(error: WorldError) -> None:
            self._view.show_refused(entry.visit, error.message)

        self._runner.run(
            lambda work: day_sheet_entry.enter(work, [entry]),
            lambda deed: self._view.show_kept(entry.visit, deed),
            refused,
        )

    def read_next(self, words: str, row: SheetRow) -> datetime | None:
        """The next date as it was written: "3.12. 10:30", "+14"; a day alone is at the hour of the visit itself.

        ``None`` for nothing. Raises ``ValueError`` with a German reason.
        """
        return read_next(words, row.start, self.today)


def read_next(words: str, before: datetime, today: date) -> datetime | None:
    """A day to come, with the time of ``before`` where none is told; ``None`` for nothing.

    Raises ``ValueError`` with a German reason.
    """
    if not words.strip():
        return None
    found = read_moment(words, before, today)
    if local_day(found) < today:
        raise ValueError(_("Dieser Tag ist schon vorbei"))
    return found


def _shown(day: date, lines: tuple[AppointmentLine, ...], kinds: tuple[tuple[UUID, str], ...]) -> SheetShown:
    words = ngettext("{n} Besuch, wie auf dem Blatt", "{n} Besuche in der Reihenfolge des Blatts", len(lines))
    told = words.format(n=len(lines)) if lines else _("An diesem Tag war niemand bestellt.")
    return SheetShown(day, _("Tagesblatt: {day}").format(day=day_words(day)), told, tuple(map(_row, lines)), kinds)


def _row(line: AppointmentLine) -> SheetRow:
    title = line.title or (_("Nummer {n}").format(n=line.number) if line.number else _("ohne Namen"))
    late = None
    if line.arrived_at is not None and not line.walk_in and line.arrived_at > line.start:
        late = int((line.arrived_at - line.start).total_seconds()) // 60
    time = show_time(line.start)
    came = _WRITTEN.get(line.state, "")
    return SheetRow(
        line.id, line.start, time, line.seat_name, title, LATE if came == CAME and late else came, late, line.kind,
        ", ".join(part for part in (time, line.seat_name, title) if part),
    )  # fmt: skip
