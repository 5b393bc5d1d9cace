"""From "Stand ändern" to the step that was taken: for the rows that are ticked, else for the one in front."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QObject, QPoint, Signal
from PySide6.QtWidgets import QMenu, QWidget

from desk_app.casework import placements
from desk_app.casework.placement_list import PlacementRow
from desk_app.gui.families.undo_banner import UndoBar
from desk_app.gui.placements.school_choice_panel import SchoolChoicePanel
from desk_app.gui.placements.state_dialog import StateDialog
from desk_app.i18n import _
from desk_app.presenters.placement_steps import PlacementSteps, Proposal, about, moves_for

if TYPE_CHECKING:
    from desk_app.presenters.placements import PlacementsPresenter
    from desk_app.presenters.runner import Runner


class StateFlow(QObject):
    """One dialog at a time. What was done is said in ``told``, with the way back."""

    refused = Signal(str)
    """Who sits here may not do it; the sentence says why."""
    done = Signal()
    file_asked = Signal(object)
    """The file of this row's family is wanted."""
    menu_made = Signal(object, object)
    """A menu for these rows is about to open; others may add their ways to it."""
    schools_asked = Signal()
    """The settings of the schools are wanted."""

    def __init__(self, page: QWidget, presenter: PlacementsPresenter, runner: Runner) -> None:
        super().__init__(page)
        self._page = page
        self._presenter = presenter
        self._runner = runner
        self._steps = PlacementSteps(self, runner)
        self.told = UndoBar(runner)
        self.refusal = ""
        self.dialog: StateDialog | None = None
        self.menu: QMenu | None = None

    def ask(self, row: PlacementRow | None, state: str = "") -> None:
        """Open the dialog for what is ticked, or for ``row``, at a state; nothing happens while there is neither."""
        rows = self._meant(row)
        if self.refusal:
            self.refused.emit(self.refusal)
        elif rows and self.dialog is None:
            self._open(rows, state)

    def show_menu(self, row: PlacementRow | None, at: QPoint) -> None:
        """The states to choose from, and the way to the family, as a menu."""
        rows = self._meant(row)
        if not rows:
            return
        menu = self.menu = QMenu(self._page)
        for move in moves_for(rows):
            menu.addAction(_(move.word), partial(self.ask, row, move.state))
        menu.addSeparator()
        if len(rows) == 1 and not self.refusal:
            menu.addAction(_("Schulvorschläge …"), partial(self.propose, rows[0]))
        self.menu_made.emit(menu, rows)
        menu.addAction(_("Akte öffnen"), lambda: self.file_asked.emit(row))
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(at)

    def _meant(self, row: PlacementRow | None) -> list[PlacementRow]:
        return self._presenter.chosen() or ([row] if row is not None else [])

    def ask_one(self, row: PlacementRow | None) -> None:
        """Open the dialog for this request alone, whatever is ticked."""
        if self.refusal:
            self.refused.emit(self.refusal)
        elif row is not None and self.dialog is None:
            self._open([row])

    def _open(self, rows: list[PlacementRow], state: str = "", school: str = "") -> None:
        today = self._presenter.today
        draft = self._steps.begin(rows, today)
        draft = replace(draft, state=state) if state else draft
        draft = replace(draft, school=school) if school else draft
        dialog = self.dialog = StateDialog(
            self._page.window(), about(rows), len(rows), moves_for(rows), draft, self._presenter.schools, today
        )
        dialog.asked.connect(lambda step: self._steps.take(rows, step))
        dialog.left.connect(lambda step: self._steps.leave(rows, step))
        dialog.dismissed.connect(self._close)
        dialog.ask()
        if len(rows) == 1:
            dialog.proposals_asked.connect(lambda: self._propose(rows[0], dialog.take_school))
            self._steps.propose(rows[0], lambda found: self._show_proposals(dialog, found))
        else:
            dialog.tell_no_proposals()

    def propose(self, row: PlacementRow) -> None:
        """Show the schools that suit this child; taking one leads on to its assignment."""
        self._propose(row, lambda number: self._open([row], placements.ASSIGNED, number))

    def _propose(self, row: PlacementRow, take: Callable[[str], None]) -> None:
        panel = SchoolChoicePanel(self._page.window(), self._runner, about([row]), _("Schule übernehmen"))
        panel.taken.connect(take)
        panel.settings_asked.connect(self._to_settings)
        panel.ask(row.request)

    def _to_settings(self) -> None:
        if self.dialog is not None:
            self.dialog.dismiss()
        self.schools_asked.emit()

    def lost(self) -> str:
        """What was typed into the dialog, is not entered and ends with the program; empty for nothing."""
        return self._steps.lost()

    def _show_proposals(self, dialog: StateDialog, found: Sequence[Proposal]) -> None:
        if self.dialog is dialog:
            dialog.show_proposals(found)

    def _close(self) -> None:
        if self.dialog is not None:
            self.dialog.close_dialog()
            self.dialog.deleteLater()
            self.dialog = None

    # --- what the steps say

    def show_stepped(self, words: str, deed: UUID) -> None:
        self._close()
        self.told.tell_done(words, deed)
        self.done.emit()

    def show_step_failed(self, message: str) -> None:
        if self.dialog is not None:
            self.dialog.show_failed(message)
