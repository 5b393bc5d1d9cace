"""From a child that has its place to the files for its school, and to the letter for its family."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QObject
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QWidget

from desk_app.casework.placement_list import PlacementRow
from desk_app.gui.painting import hairline, painting
from desk_app.gui.placements.school_dialog import SchoolSetsDialog
from desk_app.gui.theme import Theme
from desk_app.gui.widgets.buttons import Button
from desk_app.gui.widgets.labels import Label
from desk_app.i18n import _, ngettext
from desk_app.presenters.letters import fitting
from desk_app.presenters.placement_export import Errand, OutForms
from desk_app.presenters.school_sets import PLACED, SchoolSetsPresenter, SetLine

if TYPE_CHECKING:
    from desk_app.domain.clock import Clock
    from desk_app.gui.placements.content import PlacementsContent
    from desk_app.gui.placements.export_flow import ExportFlow
    from desk_app.gui.placements.state_flow import StateFlow
    from desk_app.presenters.runner import Runner


class SetsLine(QWidget):
    """Below the table: how many schools wait for data. Hidden while none does."""

    def __init__(self) -> None:
        super().__init__()
        self.words = Label("", "body", strong=True)
        self.children_words = Label("", "small", "text2")
        self.button = Button(_("An die Schulen …"), "secondary", "send")
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 1, 12, 0)
        row.setSpacing(10)
        row.addWidget(self.words)
        row.addWidget(self.children_words)
        row.addStretch(1)
        row.addWidget(self.button)
        self.hide()
        self.refit()

    def refit(self) -> None:
        self.setFixedHeight(Theme.current().px(54))

    def show_due(self, schools: int, children: int) -> None:
        words = ngettext("{n} Schule wartet auf Daten", "{n} Schulen warten auf Daten", schools).format(n=schools)
        count = ngettext("{n} Kind ist zugewiesen", "{n} Kinder sind zugewiesen", children).format(n=children)
        self.words.setText(words)
        self.children_words.setText(count)
        self.setAccessibleName(f"{words}, {count}")
        self.setVisible(schools > 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        with painting(self) as painter:
            hairline(painter, 0, self.width(), 0)


class SchoolFlow(QObject):
    """Says in ``line`` how many sets are due; the files go the way of every export."""

    def __init__(
        self, content: PlacementsContent, states: StateFlow, export: ExportFlow, runner: Runner, clock: Clock
    ) -> None:
        super().__init__(content)
        self._content, self._export, self._runner, self._clock = content, export, runner, clock
        self._presenter = SchoolSetsPresenter(self, runner)
        self.refusal = ""
        self.dialog: SchoolSetsDialog | None = None
        self.line = SetsLine()
        self.line.button.clicked.connect(lambda: self.ask())
        content.card.body.addWidget(self.line)
        states.menu_made.connect(self.offer)

    def load(self) -> None:
        """Count the sets that are due again."""
        self._presenter.load()

    def offer(self, menu: QMenu, rows: Sequence[PlacementRow]) -> None:
        """Add to the menu of these rows what leaves for their schools or families."""
        placed = [row.request for row in rows if row.state in PLACED]
        if placed:
            menu.addAction(_("An die Schule …"), lambda: self.ask(placed))
        if len(rows) == 1:
            menu.addAction(_("Brief an die Familie …"), lambda: self.write(rows[0]))

    def ask(self, requests: Sequence[UUID] = ()) -> None:
        """Show what the schools of these requests would get; without any those of all sets that are due."""
        if self.refusal:
            self._content.tell(self.refusal, "warn")
        elif self.dialog is None and not self._export.busy:
            self._presenter.ask(requests)

    def write(self, row: PlacementRow) -> None:
        """Open the letters of the family, at the one that fits how the request stands."""
        from desk_app.gui.families.letter_dialog import LetterDialog

        letter = fitting(row.state, missing=row.blocking > 0)
        LetterDialog(self._content.window(), self._runner, self._clock).begin(row.household, letter, row.child)

    # --- what the presenter shows

    def show_due(self, schools: int, children: int) -> None:
        self.line.show_due(schools, children)

    def show_sets(self, lines: Sequence[SetLine]) -> None:
        if self.dialog is not None:
            return
        if not lines:
            self._content.tell(_("Zurzeit wartet keine Schule auf Daten."), "warn")
            return
        dialog = self.dialog = SchoolSetsDialog(self._content.window(), lines)
        dialog.chosen.connect(self._send)
        dialog.dismissed.connect(self._close)
        dialog.ask()

    def show_sets_failed(self, message: str) -> None:
        self._content.tell(message, "warn")

    def _send(self, lines: Sequence[SetLine], encrypted: bool) -> None:
        sets = {line.number: line.requests for line in lines}
        count = sum(line.children for line in lines)
        self._export.start(OutForms(encrypted=encrypted), Errand.SCHOOLS, count, sets)

    def _close(self) -> None:
        if self.dialog is not None:
            self.dialog.close_dialog()
            self.dialog.deleteLater()
            self.dialog = None
