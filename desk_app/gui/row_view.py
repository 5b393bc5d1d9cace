"""The view of a `RowTable`: painted rows, ticks, keyboard, and a head that says how the list is sorted."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent, QModelIndex, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QTableView, QWidget

from desk_app.gui.painting import box, hairline, painting, shade, width_of
from desk_app.gui.row_cells import CELL_GAP, EDGE, RowDelegate
from desk_app.gui.row_head import HeadCorner, RowHeader
from desk_app.gui.row_table import RowTable
from desk_app.gui.theme import Theme

TICKS = 42


class RowView(QTableView):
    """Rows one moves through with the arrow keys; Leertaste ticks, Strg+A ticks all, Eingabe opens, letters jump."""

    opened = Signal(object)
    moved = Signal(object)
    """The row the keyboard is on has changed; None when there is none."""

    def __init__(self, table: RowTable, name: str, two_lines: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.table = table
        self._two_lines = two_lines
        self._hovered = -1
        self.setAccessibleName(name)
        self.setModel(table)
        self.head = RowHeader(table, self)
        self.setHorizontalHeader(self.head)
        self.setItemDelegate(RowDelegate(self))
        self._corner = HeadCorner(self)
        self.addScrollBarWidget(self._corner, Qt.AlignmentFlag.AlignTop)
        self._set_up()
        self.selectionModel().currentRowChanged.connect(self._tell_moved)
        self.doubleClicked.connect(lambda index: self.opened.emit(table.row_at(index.row())))
        table.modelReset.connect(self._keep_current)
        self.refit()

    def _set_up(self) -> None:
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.verticalHeader().hide()
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.setProperty("ring_none", True)
        self.setWordWrap(False)

    def refit(self) -> None:
        self.setFont(Theme.current().font("body"))
        height = Theme.current().size("rowTwoLine" if self._two_lines else "rowDense")
        self.verticalHeader().setDefaultSectionSize(height)
        self._corner.refit()
        self.share_width()

    def minimumSizeHint(self) -> QSize:
        return QSize(200, Theme.current().px(120))

    # --- width

    def share_width(self) -> None:
        """Give each column its characters, and spread what is left or lacking over all of them alike."""
        theme = Theme.current()
        ticks = theme.px(TICKS) if self.table.tickable else 0
        letter = width_of("n", theme.font("body"))
        places = [place for place in range(self.table.columnCount()) if not self.isColumnHidden(place)]
        wanted: dict[int, float] = {}
        for place in places:
            column = self.table.column_at(place)
            if column is not None:
                first = EDGE if place == 0 else 0
                heading = width_of(column.heading, theme.font("caption", strong=True)) + theme.px(20)
                wanted[place] = max(column.width * letter, heading) + CELL_GAP + first
        room = self.viewport().width() - ticks
        factor = room / sum(wanted.values()) if wanted else 1
        if self.table.tickable:
            self.setColumnWidth(0, ticks)
        right = 0.0
        for place, width in wanted.items():
            # rounding edges instead of widths leaves no gap at the end
            self.setColumnWidth(place, round(right + width * factor) - round(right))
            right += width * factor

    def hide_columns(self, keys: set[str]) -> None:
        """Leave out these columns where the window is narrow; the others share the room."""
        for place in range(self.table.columnCount()):
            column = self.table.column_at(place)
            self.setColumnHidden(place, column is not None and column.key in keys)
        self.share_width()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.share_width()

    # --- moving

    def current_row(self) -> Any:
        """The row the keyboard is on, or None."""
        return self.table.row_at(self.currentIndex().row())

    def go_to(self, place: int) -> None:
        """Put the keyboard on the row at `place`."""
        if 0 <= place < self.table.rowCount():
            self.setCurrentIndex(self.table.index(place, 0))

    def _tell_moved(self, current: QModelIndex, _previous: QModelIndex) -> None:
        self.viewport().update()
        self.moved.emit(self.table.row_at(current.row()))

    def _keep_current(self) -> None:
        self._hovered = -1
        if self.table.rowCount():
            self.go_to(self.first_place())

    def first_place(self) -> int:
        """Where the keyboard begins in rows that are new."""
        return 0

    def keyPressEvent(self, event: QKeyEvent) -> None:
        place = self.currentIndex().row()
        key, held = event.key(), event.modifiers()
        if key == Qt.Key.Key_Space and self.table.tickable and place >= 0:
            self.table.tick(place)
        elif key == Qt.Key.Key_A and held == Qt.KeyboardModifier.ControlModifier and self.table.tickable:
            self.table.tick_all(on=self.table.tick_state() != Qt.CheckState.Checked)
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down) and held == Qt.KeyboardModifier.ShiftModifier:
            self._tick_on(place, 1 if key == Qt.Key.Key_Down else -1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not held & Qt.KeyboardModifier.ControlModifier:
            if place >= 0:
                self.opened.emit(self.table.row_at(place))
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self.go_to(0 if key == Qt.Key.Key_Home else self.table.rowCount() - 1)
        else:
            super().keyPressEvent(event)

    def _tick_on(self, place: int, step: int) -> None:
        target = place + step
        if self.table.tickable and place >= 0 and 0 <= target < self.table.rowCount():
            self.table.tick_all([place, target])
            self.go_to(target)

    def keyboardSearch(self, search: str) -> None:
        """Jump to the next row whose name begins with the letters typed."""
        strong = next((column for column in self.table.columns if column.kind == "strong"), self.table.columns[0])
        count, start = self.table.rowCount(), max(self.currentIndex().row(), 0)
        for step in range(count):
            place = (start + step + (1 if len(search) == 1 else 0)) % count
            if self.table.cell_at(place, strong).text.casefold().startswith(search.casefold()):
                self.go_to(place)
                return

    # --- mouse

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and self.table.column_at(index.column()) is None:
            self.table.tick(index.row())

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.HoverMove, QEvent.Type.HoverEnter, QEvent.Type.MouseMove):
            self._hover(event.position().toPoint())  # type: ignore[attr-defined]  # both kinds have it
        elif event.type() in (QEvent.Type.Leave, QEvent.Type.HoverLeave):
            self._hover(QPoint(-1, -1))
        return super().viewportEvent(event)

    def _hover(self, place: QPoint) -> None:
        row = self.rowAt(place.y()) if place.y() >= 0 else -1
        if row != self._hovered:
            self._hovered = row
            self.viewport().update()

    # --- paint

    def paintEvent(self, event: QPaintEvent) -> None:
        with painting(self.viewport()) as painter:
            for place in self._places_shown(event.rect()):
                self._paint_ground(painter, place)
        super().paintEvent(event)
        if self.hasFocus() and self.currentIndex().isValid():
            with painting(self.viewport()) as painter:
                area = QRectF(self._row_rect(self.currentIndex().row())).adjusted(3, 1, -3, -2)
                box(painter, area, 4, None, Theme.current().colour("focus"), 2)

    def _places_shown(self, within: QRect) -> range:
        first = self.rowAt(max(within.top(), 0))
        if first < 0:
            return range(0)
        last = self.rowAt(min(within.bottom(), self.viewport().height() - 1))
        return range(first, (last if last >= 0 else self.table.rowCount() - 1) + 1)

    def _row_rect(self, place: int) -> QRect:
        return QRect(0, self.rowViewportPosition(place), self.viewport().width(), self.rowHeight(place))

    def _paint_ground(self, painter: QPainter, place: int) -> None:
        area = self._row_rect(place)
        ticked = self.table.is_ticked(place) if self.table.tickable else False
        current = place == self.currentIndex().row()
        ground = "accent_tint" if ticked else "selected" if current and not self.table.tickable else ""
        if not ground and place == self._hovered:
            ground = "hover"
        if ground:
            painter.fillRect(area.adjusted(0, 0, 0, -1), shade(ground))
        hairline(painter, EDGE if not ticked else 0, area.width() - (EDGE if not ticked else 0), area.bottom())
