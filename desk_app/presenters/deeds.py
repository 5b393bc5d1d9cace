"""The last steps of everybody at the desk, and taking one back, from the list or with Strg+Z."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from desk_app.casework import deeds
from desk_app.casework.deeds import DeedLine, Undone
from desk_app.casework.desk import Work
from desk_app.domain.clock import Clock
from desk_app.domain.errors import WorldError
from desk_app.i18n import _
from desk_app.presenters.runner import Runner
from desk_app.presenters.when import day_and_time

MOST = 200
"""So many steps are listed; older ones can be found in the file of the family."""


@dataclass(frozen=True, slots=True)
class Step:
    """One step as it reads: "heute 10:42", "Akten … zusammengeführt", "Carla Brandt"."""

    id: UUID
    when: str
    words: str
    by: str
    undone: bool
    way_back: UUID

    @property
    def deed(self) -> str:
        """What pressing the step does."""
        return _("Doch wieder") if self.undone else _("Zurücknehmen")

    @property
    def spoken(self) -> str:
        state = _("zurückgenommen") if self.undone else ""
        return ", ".join(part for part in (self.when, self.words, self.by, state) if part)


class DeedsView(Protocol):
    def show_steps(self, steps: tuple[Step, ...]) -> None: ...

    def show_undone(self, undone: Undone) -> None: ...

    def show_failed(self, message: str) -> None: ...


class DeedsPresenter:
    """Lists the steps, those of one family where one is set."""

    def __init__(self, view: DeedsView, runner: Runner, clock: Clock) -> None:
        self._view = view
        self._runner = runner
        self._clock = clock
        self.household: UUID | None = None

    def refresh(self) -> None:
        """Read the list again."""
        household, now = self.household, self._clock()
        self._runner.run(
            lambda work: deeds.recent(work, MOST, household),
            lambda lines: self._view.show_steps(tuple(_step(line, now) for line in lines)),
            self._failed,
        )

    def take_back(self, way_back: UUID) -> None:
        """Take a step back, or take that back again."""
        self._runner.run(lambda work: deeds.undo(work, way_back), self._undone, self._failed)

    def _undone(self, undone: Undone) -> None:
        self._view.show_undone(undone)
        self.refresh()

    def _failed(self, error: WorldError) -> None:
        self._view.show_failed(error.message)


class UndoView(Protocol):
    def show_undone(self, undone: Undone) -> None: ...

    def show_nothing_to_undo(self, words: str) -> None: ...

    def show_failed(self, message: str) -> None: ...


class UndoPresenter:
    """Strg+Z: takes back the newest step of this user, in one family where one is named."""

    def __init__(self, view: UndoView, runner: Runner) -> None:
        self._view = view
        self._runner = runner

    def undo(self, household: UUID | None = None) -> None:
        """Take back the newest step that stands; say so where there is none."""
        self._runner.run(lambda work: _undo_newest(work, household), self._arrived, self._failed)

    def take_back(self, way_back: UUID) -> None:
        """ "Doch wieder"."""
        self._runner.run(lambda work: deeds.undo(work, way_back), self._view.show_undone, self._failed)

    def _arrived(self, undone: Undone | None) -> None:
        if undone is None:
            self._view.show_nothing_to_undo(_("Hier gibt es nichts, was Sie zurücknehmen können."))
        else:
            self._view.show_undone(undone)

    def _failed(self, error: WorldError) -> None:
        self._view.show_failed(error.message)


def _undo_newest(work: Work, household: UUID | None) -> Undone | None:
    line = deeds.newest(work, household)
    return deeds.undo(work, line.id) if line is not None else None


def _step(line: DeedLine, now: datetime) -> Step:
    return Step(line.id, day_and_time(line.at, now), line.words, line.by, line.undone, line.way_back)
