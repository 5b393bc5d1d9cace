"""Answers that nobody but a person can place: each with why, to be given to a request or thrown away."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from desk_app.casework.answer_review import Waiting
from desk_app.gui.families.row_card import ButtonRow, RowCard
from desk_app.gui.painting import hairline, painting, text
from desk_app.gui.theme import Theme
from desk_app.gui.widgets.buttons import Button
from desk_app.gui.widgets.cards import PADDING
from desk_app.i18n import _


class WaitingRow(ButtonRow):
    """Who it seems to be and what was answered; below, why it waits."""

    HEIGHT = 74
    assign_asked = Signal()
    discard_asked = Signal()

    def __init__(self, line: Waiting) -> None:
        self.discard = Button(_("Verwerfen"), "ghost", height="compact")
        self.assign = Button(_("Zuordnen …"), "secondary", height="compact")
        super().__init__(self.discard, self.assign)
        self.line = line
        who = ", ".join(part for part in (line.name, line.born, line.number) if part) or _("ohne Namen")
        where = _("Sendung {number}, {cell}").format(number=line.shipment or "?", cell=line.cell)
        self._who, self._said = f"{who}  ·  {line.words}", "  ·  ".join((" ".join(line.reasons), where))
        spoken = f"{self._who}, {self._said}"
        self.setAccessibleName(spoken)
        self.setToolTip(f"{self._who}\n{self._said}")
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.discard.setAccessibleName(_("Verwerfen: {row}").format(row=spoken))
        self.assign.setAccessibleName(_("Zuordnen: {row}").format(row=spoken))
        self.discard.clicked.connect(self.discard_asked)
        self.assign.clicked.connect(self.assign_asked)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = Theme.current()
        room, height = self.discard.x() - 2 * PADDING, theme.px(22)
        first, second = (QRectF(PADDING, theme.px(top), room, height) for top in (13, 38))
        with painting(self) as painter:
            text(painter, first, self._who, theme.font("body", strong=True), "text")
            text(painter, second, self._said, theme.font("small"), "text2")
            hairline(painter, PADDING, self.width() - PADDING, self.height() - 1)


class AnswersWaiting(QWidget):
    """All of them, the oldest first."""

    assign_asked = Signal(object)
    discard_asked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.card = RowCard[WaitingRow](_("Unklare Rückmeldungen, die älteste zuerst"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.card, 1)

    def show_rows(self, lines: Sequence[Waiting]) -> None:
        """Show these; the keyboard goes to the row that took the place of the one just settled."""
        place = max(0, self.card.place_of(self.focusWidget()))
        self.card.show_rows([self._row(line) for line in lines])
        if lines and self.isVisible():
            self.card.go_to(min(place, len(lines) - 1), Qt.FocusReason.OtherFocusReason)

    def _row(self, line: Waiting) -> WaitingRow:
        row = WaitingRow(line)
        row.assign_asked.connect(lambda: self.assign_asked.emit(line))
        row.discard_asked.connect(lambda: self.discard_asked.emit(line))
        return row
