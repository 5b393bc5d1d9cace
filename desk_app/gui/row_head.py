"""The head of a `RowView`: titles, how the list is sorted, and the tick for all rows."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHeaderView, QTableView, QWidget

from desk_app.domain.lists import Align
from desk_app.gui import icons
from desk_app.gui.painting import CENTRE_LEFT, CENTRE_RIGHT, box, box_tick, hairline, painting, shade, text
from desk_app.gui.row_cells import CELL_GAP, EDGE
from desk_app.gui.row_table import RowTable
from desk_app.gui.theme import Theme

CORNER = 9
"""Radius of a card less its hairline."""


class RowHeader(QHeaderView):
    """Titles on inset ground; a click asks for another order, or ticks all rows."""

    sort_asked = Signal(str)

    def __init__(self, table: RowTable, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._table = table
        self._sorted: tuple[str, bool] = ("", False)
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setMinimumSectionSize(24)
        self.sectionClicked.connect(self._press)
        table.ticked.connect(self.viewport().update)
        self.refit()

    def refit(self) -> None:
        self.setFixedHeight(Theme.current().size("tableHead"))

    def set_sorted(self, key: str, descending: bool) -> None:
        """Mark the column the rows are sorted by."""
        self._sorted = (key, descending)
        self.viewport().update()

    def _press(self, section: int) -> None:
        column = self._table.column_at(section)
        if column is None:
            self._table.tick_all(on=self._table.tick_state() != Qt.CheckState.Checked)
        else:
            self.sort_asked.emit(column.key)

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        theme = Theme.current()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter, rect, section)
        hairline(painter, rect.left(), rect.right() + 1, rect.bottom())
        column = self._table.column_at(section)
        if column is None:
            side = theme.px(18)
            centre = QPointF(rect.left() + EDGE + side / 2, rect.center().y())
            box_tick(painter, centre, side, self._table.tick_state())
        else:
            key, descending = self._sorted
            current = column.key == key
            area = QRectF(rect).adjusted(EDGE if section == 0 else 0, 0, -CELL_GAP, 0)
            font = theme.font("caption", strong=True)
            right = column.alignment is Align.RIGHT
            room = theme.px(18) if current else 0
            place = area.adjusted(0, 0, -room, 0)
            ink, align = "text" if current else "text2", CENTRE_RIGHT if right else CENTRE_LEFT
            used = text(painter, place, column.heading, font, ink, align)
            if current:
                x = area.right() - theme.px(7) if right else area.left() + used + theme.px(11)
                symbol = "chevron-down" if descending else "chevron-up"
                icons.paint(painter, symbol, QPointF(x, rect.center().y()), theme.px(14), "text")
        painter.restore()

    def _paint_ground(self, painter: QPainter, rect: QRect, section: int) -> None:
        """Inset ground, round where it meets the upper corners of its card."""
        area = QRectF(rect)
        last = self.logicalIndex(self.count() - 1)
        while last > 0 and self.isSectionHidden(last):
            last -= 1
        # with a scroll bar the corner above it is the end of the head
        view = self.parentWidget()
        round_right = section == last and not (isinstance(view, QTableView) and view.verticalScrollBar().isVisible())
        if section == self.logicalIndex(0) or round_right:
            box(painter, area, CORNER, "inset")
            square = area.adjusted(CORNER, 0, 0, 0) if section == self.logicalIndex(0) else area
            square = square.adjusted(0, 0, -CORNER, 0) if round_right else square
            painter.fillRect(square, shade("inset"))
            painter.fillRect(area.adjusted(0, CORNER, 0, 0), shade("inset"))
        else:
            painter.fillRect(rect, shade("inset"))


class HeadCorner(QWidget):
    """The end of the head above the scroll bar."""

    def refit(self) -> None:
        self.setFixedHeight(Theme.current().size("tableHead"))

    def paintEvent(self, event: QPaintEvent) -> None:
        area = QRectF(self.rect())
        with painting(self) as painter:
            box(painter, area, CORNER, "inset")
            painter.fillRect(area.adjusted(0, 0, -CORNER, 0), shade("inset"))
            painter.fillRect(area.adjusted(0, CORNER, 0, 0), shade("inset"))
            hairline(painter, 0, self.width(), self.height() - 1)
