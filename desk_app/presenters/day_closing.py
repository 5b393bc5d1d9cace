"""The end of the day as behaviour: what is left, one key for each visit, and one for all."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Final, Protocol
from uuid import UUID

from desk_app.casework import appointment_setup, day_closing, deeds, visits
from desk_app.casework.appointment_lines import AppointmentLine
from desk_app.casework.appointment_setup import INTERNAL
from desk_app.casework.day_closing import Closing
from desk_app.casework.desk import Work
from desk_app.domain import visit_states
from desk_app.domain.clock import Clock, local_day, show_time
from desk_app.domain.errors import WorldError
from desk_app.domain.visit_states import CANCELLED_FAMILY, DONE, NO_SHOW, OPEN
from desk_app.i18n import N_, _, ngettext
from desk_app.presenters.appointment_words import day_words
from desk_app.presenters.runner import Runner

ENDS: Final = ((DONE, N_("Erledigt"), "E"), (NO_SHOW, N_("Nicht da"), "N"), (CANCELLED_FAMILY, N_("Abgesagt"), "A"))
"""How a visit may have ended: state, word, key."""


@dataclass(frozen=True, slots=True)
class ClosingRow:
    """One visit that lacks something. ``ends`` are states it may end in, empty where only the topic is missing."""

    visit: UUID
    time: str
    title: str
    second: str
    ends: tuple[str, ...]
    topic: bool
    spoken: str


@dataclass(frozen=True, slots=True)
class ClosingShown:
    """The dialog at one moment."""

    title: str
    words: str
    rows: tuple[ClosingRow, ...]
    kinds: tuple[tuple[UUID, str], ...]
    came: int
    """How many of them came."""


class ClosingView(Protocol):
    def show_closing(self, shown: ClosingShown) -> None: ...

    def show_done(self, words: str, way_back: UUID) -> None: ...

    def show_failed(self, message: str) -> None: ...


class DayClosingPresenter:
    """``day`` is the one that is closed."""

    def __init__(self, view: ClosingView, runner: Runner, clock: Clock, day: date | None = None) -> None:
        self._view = view
        self._runner = runner
        self.day = day or local_day(clock())
        self._done: list[UUID] = []

    def refresh(self) -> None:
        """Read what is left."""
        day = self.day

        def read(work: Work) -> tuple[Closing, tuple[tuple[UUID, str], ...]]:
            setup = appointment_setup.read(work)
            kinds = tuple((kind.id, kind.name) for kind in setup.kinds if kind.look != INTERNAL)
            return day_closing.read(work, day), kinds

        self._runner.run(read, lambda found: self._view.show_closing(_shown(*found)), self._failed)

    def settle(self, visit: UUID, state: str) -> None:
        """Say how one ended."""
        self._do(lambda work: day_closing.settle(work, visit, state))

    def set_topic(self, visit: UUID, kind: UUID) -> None:
        """Say what one was about."""
        self._do(lambda work: visits.set_topic(work, visit, kind))

    def settle_came(self) -> None:
        """Everybody who came is done."""
        self._do(lambda work: day_closing.settle_came(work, self.day))

    def settle_all(self) -> None:
        """Who came is done, the others did not come."""
        self._do(lambda work: day_closing.settle_all(work, self.day))

    def undo(self) -> None:
        """Take the newest step back that was done here; nothing that was done before."""
        if self._done:
            last = self._done.pop()
            self._runner.run(lambda work: deeds.undo(work, last), lambda _done: self.refresh(), self._failed)

    def _do(self, deed: Callable[[Work], object]) -> None:
        def done(line: deeds.DeedLine | None) -> None:
            if line is not None:
                self._done.append(line.id)
                self._view.show_done(f"{line.words.rstrip('.')}.", line.id)
            self.refresh()

        self._runner.run(lambda work: deeds.done_by(work, deed), done, self._failed)

    def _failed(self, error: WorldError) -> None:
        self._view.show_failed(error.message)


def _shown(closing: Closing, kinds: tuple[tuple[UUID, str], ...]) -> ClosingShown:
    parts = []
    if closing.endless:
        words = ngettext("{n} Besuch ohne Ergebnis", "{n} Besuche ohne Ergebnis", closing.endless)
        parts.append(words.format(n=closing.endless))
    if closing.topicless:
        words = ngettext("{n} Besuch ohne Thema", "{n} Besuche ohne Thema", closing.topicless)
        parts.append(words.format(n=closing.topicless))
    told = " · ".join(parts) or _("Alle Besuche haben ein Ergebnis, und von allen ist das Thema bekannt.")
    came = sum(line.state in day_closing.CAME for line in closing.rows)
    rows = tuple(_row(line) for line in closing.rows)
    return ClosingShown(_("Tagesabschluss: {day}").format(day=day_words(closing.day)), told, rows, kinds, came)


def _row(line: AppointmentLine) -> ClosingRow:
    ends = tuple(
        state for state, _words, _key in ENDS if line.state in OPEN and visit_states.may_follow(line.state, state)
    )  # fmt: skip
    title = line.title or (_("Nummer {n}").format(n=line.number) if line.number else _("ohne Namen"))
    state = visit_states.label(line.state)
    about = line.kind_name or _("Thema fehlt")
    second = " · ".join(part for part in (state, about, line.seat_name) if part)
    time = show_time(line.start)
    spoken = ", ".join(part for part in (time, title, second) if part)
    return ClosingRow(line.id, time, title, second, ends, day_closing.lacks_topic(line), spoken)
