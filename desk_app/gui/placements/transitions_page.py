"""The page "Schullaufbahnberatung": who changes to another kind of school, and whom nobody advises yet."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QButtonGroup, QVBoxLayout, QWidget

from desk_app.gui.families.crumb import lead_to_placements
from desk_app.gui.header import MARGIN, Header
from desk_app.gui.lists.bar import ListBar
from desk_app.gui.row_table import Cell, RowTable
from desk_app.gui.row_view import RowView
from desk_app.gui.widgets.buttons import Button
from desk_app.gui.widgets.cards import Card
from desk_app.gui.widgets.chips import FilterChip
from desk_app.gui.widgets.flow import FlowLayout
from desk_app.gui.widgets.labels import Label
from desk_app.gui.widgets.messages import Banner
from desk_app.i18n import N_, _
from desk_app.presenters.transition_list import (
    CHANGED,
    COLUMNS,
    COMING,
    DUE,
    EVERYTHING,
    LISTS,
    SPEC,
    TransitionListPresenter,
)

if TYPE_CHECKING:
    from desk_app.casework.desk import Changes
    from desk_app.domain.clock import Clock
    from desk_app.presenters.runner import Runner

_NOTHING = {
    COMING: N_("Noch niemand wird für das nächste Schuljahr beraten. In einer Akte beginnt das unter „Mehr“."),
    DUE: N_("Alle Kinder der Klassen 4, 9 und 10 werden beraten."),
    CHANGED: N_("In diesem Schuljahr hat noch niemand die Schulform gewechselt."),
    EVERYTHING: N_("Noch keine Schullaufbahnberatung eingetragen."),
}


class TransitionsPage(QWidget):
    """Eingabe opens the family at the child."""

    family_chosen = Signal(object, object)
    """Household and child."""
    back = Signal()

    def __init__(self, runner: Runner, clock: Clock, parent: QWidget | None = None, refusal: str = "") -> None:
        super().__init__(parent)
        self.presenter = TransitionListPresenter(self, runner, clock)
        self._stale = self._unseen = True
        self.header = Header(_("Schullaufbahnberatung"))
        lead_to_placements(self.header, self.back)
        show = {"outcome": lambda row: Cell(row.outcome, tone="warn" if row.due else "text2")}
        table = RowTable(COLUMNS, show=show, words=lambda row: str(row.spoken))
        table.setParent(self)
        self.rows = RowView(table, _("Schullaufbahnberatung"))
        self.list_bar = ListBar(SPEC, self.presenter, self.rows, runner, clock, refusal=refusal)
        self.list_bar.add_keys(self)
        self._failure = Banner("", "bad")
        self._failure.hide()
        self._nothing = Label("", "body", "text2")
        self._nothing.setContentsMargins(17, 16, 17, 16)
        self.lists = QButtonGroup(self)
        self._build()
        self.lists.idClicked.connect(lambda place: self.presenter.show(LISTS[place][0]))
        self.rows.opened.connect(lambda row: self.family_chosen.emit(row.household, row.child))
        self.setFocusProxy(self.rows)

    def _build(self) -> None:
        self._card = Card(padded=False)
        self._card.setAccessibleName(_("Schullaufbahnberatung"))
        self._card.body.setContentsMargins(0, 0, 0, 6)
        chips = FlowLayout()
        for place, (_key, words) in enumerate(LISTS):
            chip = FilterChip(_(words))
            self.lists.addButton(chip, place)
            chips.addWidget(chip)
        self.lists.button(0).setChecked(True)
        line = QVBoxLayout()
        line.setContentsMargins(17, 12, 17, 10)
        line.addLayout(chips)
        self._card.body.addLayout(line)
        self._card.body.addWidget(self.rows, 1)
        self._card.body.addWidget(self._nothing, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 20)
        column.setSpacing(0)
        column.addWidget(self.header)
        body = QVBoxLayout()
        body.setContentsMargins(MARGIN, 2, MARGIN, 0)
        body.setSpacing(14)
        for widget in (self._failure, self.list_bar):
            body.addWidget(widget)
        body.addWidget(self._card, 1)
        column.addLayout(body, 1)

    # --- what the page can do

    def refresh(self) -> None:
        """Read the list again."""
        self._stale = False
        self.presenter.refresh()

    def changed(self, changes: Changes) -> None:
        """Something was written: read again now if somebody looks, else when the page is shown."""
        if changes & {"households", "placements", "schools"}:
            self._stale = True
            if self.isVisible():
                self.refresh()

    def regions(self) -> list[QWidget]:
        """What F6 steps through."""
        return [self.header, self._card]

    def print_page(self) -> None:
        """Strg+P: the list as it is shown."""
        self.list_bar.print_list()

    def point_at(self, household: Hashable) -> None:
        """Put the keyboard on the first row of a family: somebody went on to it from its neighbour."""
        self.rows.go_to(next((at for at, row in enumerate(self.rows.table.rows) if row.household == household), -1))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self.refresh()

    # --- what the presenter shows

    def show_rows(self) -> None:
        self._failure.hide()
        rows, due = self.presenter.shown_rows, self.presenter.due
        self.rows.table.set_rows(rows)
        self.rows.setVisible(bool(rows))
        if rows and self._unseen:  # the page was shown before it had rows: go on from the header to them
            self._unseen = False
            if self.header.isAncestorOf(self.focusWidget() or self):
                self.rows.setFocus(Qt.FocusReason.OtherFocusReason)
        self._nothing.setVisible(not rows)
        self._nothing.setText(_(_NOTHING[self.presenter.shown]))
        words = _(dict(LISTS)[DUE])
        self.lists.button([key for key, _words in LISTS].index(DUE)).setText(f"{words} {due}" if due else words)
        self.header.set_subtitle(str(len(rows)) if rows else "")

    def show_failed(self, message: str) -> None:
        self._failure.set_words(message)
        self._failure.show()


class TransitionsButton(Button):
    """Leads to the page, from the line above the list of requests."""

    def __init__(self, bar: ListBar, pressed: Callable[[], object]) -> None:
        super().__init__(_("Übergänge"), "ghost", "graduation-cap", height="compact")
        self.setToolTip(_("Schullaufbahnberatung: wer die Schulform wechselt"))
        self.clicked.connect(pressed)
        bar.row.insertWidget(1, self, 0, Qt.AlignmentFlag.AlignTop)
