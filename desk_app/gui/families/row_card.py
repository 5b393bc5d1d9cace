"""A card of rows with buttons: ↑ and ↓ go from one row to the next, and the focus outlives a reload."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Generic, TypeVar

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desk_app.gui.theme import Theme
from desk_app.gui.widgets.buttons import Button
from desk_app.gui.widgets.cards import PADDING, Card
from desk_app.gui.widgets.scroll import ScrollArea

_STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


class ButtonRow(QWidget):
    """A painted row, ``HEIGHT`` tall at 100 %, with buttons at the right; the last of them is its ``main`` one."""

    HEIGHT = 48
    step = Signal(int)
    """Somebody wants to go so many rows on."""

    def __init__(self, *buttons: Button) -> None:
        super().__init__()
        self.main = buttons[-1]
        row = QHBoxLayout(self)
        row.setContentsMargins(PADDING, 0, PADDING, 0)
        row.setSpacing(8)
        row.addStretch(1)
        for button in buttons:
            button.installEventFilter(self)
            row.addWidget(button)

    def refit(self) -> None:
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        return QSize(0, Theme.current().px(self.HEIGHT))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() in _STEPS:
            self.step.emit(_STEPS[Qt.Key(event.key())])
            return True
        return super().eventFilter(watched, event)


Row = TypeVar("Row", bound=ButtonRow)


class RowCard(Card, Generic[Row]):
    """Shows rows one below the other and scrolls."""

    def __init__(self, spoken: str) -> None:
        super().__init__(padded=False)
        self.rows: list[Row] = []
        self._list = ScrollArea()
        self._list.setAccessibleName(spoken)
        self._list.column.setSpacing(0)
        self._list.column.addStretch(1)
        self.body.setContentsMargins(0, 4, 0, 6)
        self.body.addWidget(self._list, 1)

    def place_of(self, widget: QWidget | None) -> int:
        """The row that ``widget`` is in, -1 for none."""
        return next((place for place, row in enumerate(self.rows) if widget and row.isAncestorOf(widget)), -1)

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Show these instead."""
        for row in self.rows:
            self._list.column.removeWidget(row)
            row.hide()
            row.deleteLater()
        self.rows = list(rows)
        for position, row in enumerate(self.rows):
            row.step.connect(lambda step, here=row: self.go_to(self.rows.index(here) + step))
            self._list.column.insertWidget(position, row)
            row.show()

    def go_to(self, place: int, reason: Qt.FocusReason = Qt.FocusReason.TabFocusReason) -> None:
        """Focus a row's main button; nothing where there is no such row."""
        if 0 <= place < len(self.rows):
            self.rows[place].main.setFocus(reason)
