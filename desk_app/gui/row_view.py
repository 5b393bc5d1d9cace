"""The view of a `RowTable`: painted rows, ticks, keyboard, and a head that says how the list is sorted."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent, QModelIndex, QPoint, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from desk_app.domain.lists import Align
from desk_app.gui import icons
from desk_app.gui.marked_text import paint_marked
from desk_app.gui.painting import (
    CENTRE_LEFT,
    CENTRE_RIGHT,
    box,
    box_tick,
    hairline,
    painting,
    ring,
    shade,
    text,
    width_of,
)
from desk_app.gui.row_table import Cell, Index, RowTable
from desk_app.gui.theme import Theme
from desk_app.gui.widgets.signs import paint_avatar, paint_request_sign

EDGE = 16
TICKS = 42
CELL_GAP = 12
CORNER = 9
"""Radius of a card less its hairline."""


class RowDelegate(QStyledItemDelegate):
    """Paints one cell; ground, hairline and focus belong to the row and are painted by the view."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        model = index.model()
        assert isinstance(model, RowTable)
        area = QRectF(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        column = model.column_at(index.column())
        if column is None:
            state = Qt.CheckState.Checked if model.is_ticked(index.row()) else Qt.CheckState.Unchecked
            side = Theme.current().px(18)
            box_tick(painter, QPointF(area.left() + EDGE + side / 2, area.center().y()), side, state)
        else:
            indent = EDGE if index.column() == 0 else 0
            inner = area.adjusted(indent, 0, -CELL_GAP, 0)
            self._paint_cell(painter, inner, model.cell_at(index.row(), column), column.alignment is Align.RIGHT)
        painter.restore()

    def _paint_cell(self, painter: QPainter, area: QRectF, cell: Cell, right: bool) -> None:
        theme = Theme.current()
        left = area.left() + self._paint_sign(painter, area, cell)
        font = theme.font("body", strong=cell.strong)
        line = QRectF(left, area.top(), area.right() - left, area.height())
        if cell.second:
            middle = area.center().y()
            below = QRectF(left, middle, line.width(), theme.px(18))
            text(painter, below, cell.second, theme.font("small"), "text3")
            line = QRectF(left, middle - theme.px(19), line.width(), theme.px(20))
        small = theme.font("small")
        if right:
            if cell.detail:
                room = width_of(cell.detail, small)
                text(painter, line, cell.detail, small, "text3", CENTRE_RIGHT)
                line.adjust(0, 0, -room - 5, 0)
            text(painter, line, cell.text, font, cell.tone, CENTRE_RIGHT)
            return
        used = paint_marked(painter, line, cell.text, cell.marks, font, cell.tone)
        if cell.detail:
            rest = line.adjusted(used + 8, 0, 0, 0)
            if rest.width() > theme.px(16):
                paint_marked(painter, rest, cell.detail, cell.detail_marks, small, "text3")

    def _paint_sign(self, painter: QPainter, area: QRectF, cell: Cell) -> float:
        """Paint what stands before the words; returns the room it takes."""
        theme = Theme.current()
        middle = area.center().y()
        if cell.avatar:
            size = theme.px(30)
            paint_avatar(painter, QPointF(area.left() + size / 2, middle), size, cell.avatar, "neutral_tint", "text2")
            return size + 12
        size = theme.px(16)
        if cell.sign is not None:
            paint_request_sign(painter, QPointF(area.left() + size / 2, middle), size, cell.sign)
            return size + 7
        if cell.ring is not None:
            ring(painter, QPointF(area.left() + size / 2, middle), size, cell.ring[0] / max(cell.ring[1], 1))
            return size + 8
        if cell.bar is not None:
            done, total = cell.bar
            width = theme.px(60)
            track = QRectF(area.left(), middle - 3, width, 6)
            box(painter, track, 3, "line")
            full = done >= total
            if done:
                track.setWidth(max(6.0, width * done / max(total, 1)))
                box(painter, track, 3, "ok" if full else "accent")
            return width + 10
        return 0


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
            self.go_to(0)

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
