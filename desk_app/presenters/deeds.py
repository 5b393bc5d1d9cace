"""The last steps of everybody at the desk, and taking one back, from the list or with Strg+Z."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Protocol
from uuid import UUID

from desk_app.casework import deeds, double_booked
from desk_app.casework.deeds import DeedLine, Undone
from desk_app.casework.desk import Work
from desk_app.domain.clock import Clock, local_day, show_time
from desk_app.domain.dates import show_day
from desk_app.domain.errors import WorldError
from desk_app.domain.lists import Column, Kind, Narrowing
from desk_app.i18n import N_, _
from desk_app.presenters.lists import ListSpec
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
    moment: str = ""
    """Day and time in full, for paper."""

    @property
    def deed(self) -> str:
        """What pressing the step does."""
        return _("Doch wieder") if self.undone else _("Zurücknehmen")

    @property
    def spoken(self) -> str:
        state = _("zurückgenommen") if self.undone else ""
        return ", ".join(part for part in (self.when, self.words, self.by, state) if part)


SPEC: Final = ListSpec(
    "steps",
    N_("Letzte Schritte"),
    (
        Column("moment", N_("Wann"), width=18),
        Column("words", N_("Was"), Kind.STRONG, 70),
        Column("by", N_("Wer"), width=22),
        Column("state", N_("Stand"), width=18),
    ),
    values={"state": lambda step: _("zurückgenommen") if step.undone else ""},
    filtered=False,
)


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
        self.shown_rows: tuple[Step, ...] = ()

    def refresh(self) -> None:
        """Read the list again."""
        household, now = self.household, self._clock()

        def arrived(lines: Sequence[DeedLine]) -> None:
            self.shown_rows = tuple(_step(line, now) for line in lines)
            self._view.show_steps(self.shown_rows)

        self._runner.run(lambda work: deeds.recent(work, MOST, household), arrived, self._failed)

    # --- as a list that can be taken out

    @property
    def narrowing(self) -> Narrowing:
        return Narrowing()

    def narrow(self, narrowing: Narrowing) -> None:
        """Nothing: there are only the steps."""

    @property
    def everybody(self) -> int:
        return len(self.shown_rows)

    # --- what can be done

    def take_back(self, way_back: UUID) -> None:
        """Take a step back, or take that back again."""
        self._runner.run(lambda work: double_booked.undo(work, way_back), self._undone, self._failed)

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
        self._runner.run(lambda work: double_booked.undo(work, way_back), self._view.show_undone, self._failed)

    def _arrived(self, undone: Undone | None) -> None:
        if undone is None:
            self._view.show_nothing_to_undo(_("Hier gibt es nichts, was Sie zurücknehmen können."))
        else:
            self._view.show_undone(undone)

    def _failed(self, error: WorldError) -> None:
        self._view.show_failed(error.message)


def _undo_newest(work: Work, household: UUID | None) -> Undone | None:
    line = deeds.newest(work, household)
    return double_booked.undo(work, line.id) if line is not None else None


def _step(line: DeedLine, now: datetime) -> Step:
    moment = f"{show_day(local_day(line.at))} {show_time(line.at)}"
    return Step(line.id, day_and_time(line.at, now), line.words, line.by, line.undone, line.way_back, moment)
