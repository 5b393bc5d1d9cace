"""How one cell of a `RowView` is painted."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from desk_app.domain.lists import Align
from desk_app.gui.cover import covered
from desk_app.gui.marked_text import paint_marked, paint_plain
from desk_app.gui.painting import CENTRE_RIGHT, box, box_tick, ring, text, width_of
from desk_app.gui.row_table import Cell, Index, RowTable
from desk_app.gui.theme import Theme
from desk_app.gui.widgets.avatar import paint_avatar
from desk_app.gui.widgets.signs import paint_request_sign

EDGE = 16
CELL_GAP = 12


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
            paint_plain(painter, line, covered(cell.text), font, cell.tone, at_right=True)
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
