"""Two records line by line: the answer that holds is marked, the other one stays readable."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QScrollArea, QSizePolicy, QWidget

from desk_app.gui.painting import box, hairline, outline_ring, painting, solid_tick, text
from desk_app.gui.theme import Theme
from desk_app.gui.widgets.cards import PADDING
from desk_app.gui.widgets.scroll import ScrollArea
from desk_app.i18n import _
from desk_app.presenters.merging import BOTH, FIRST, SECOND, Line

_LABELS, _GAP = 220, 10
"""Lengths at 100 %: the column of questions, between the columns."""


def columns_of(widget: QWidget, spare: int = 0) -> tuple[QRectF, QRectF, QRectF]:
    """Where question, first and second answer stand in a widget ``spare`` pixels wider than the table."""
    theme = Theme.current()
    width = widget.width() - spare - 2 * PADDING
    labels = min(theme.px(_LABELS), width * 0.3)
    answers = (width - labels - 2 * _GAP) / 2
    height = widget.height()
    first = PADDING + labels + _GAP
    return (
        QRectF(PADDING, 0, labels, height),
        QRectF(first, 0, answers, height),
        QRectF(first + answers + _GAP, 0, answers, height),
    )


class CompareHead(QWidget):
    """Whose answers stand in which column of ``rows``."""

    def __init__(self, rows: QScrollArea, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows = rows
        self._titles, self._subtitles = ("", ""), ("", "")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_titles(self, titles: tuple[str, str], subtitles: tuple[str, str]) -> None:
        self._titles, self._subtitles = titles, subtitles
        self.setAccessibleName("; ".join(f"{title}, {about}" for title, about in zip(titles, subtitles, strict=True)))
        self.update()

    def refit(self) -> None:
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        return QSize(0, Theme.current().px(56))

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = Theme.current()
        spare = self.width() - self._rows.viewport().width()
        with painting(self) as painter:
            for area, title, about in zip(columns_of(self, spare)[1:], self._titles, self._subtitles, strict=True):
                inner = area.adjusted(12, 0, -12, 0)
                middle = area.center().y()
                upper = QRectF(inner.left(), middle - theme.px(20), inner.width(), theme.px(20))
                lower = QRectF(inner.left(), middle + 1, inner.width(), theme.px(18))
                text(painter, upper, title, theme.font("body", strong=True), "text")
                text(painter, lower, about, theme.font("small"), "text2")
            hairline(painter, 0, self.width(), self.height() - 1)


class CompareRow(QWidget):
    """One question. ← and → let the first or second answer hold, ↑ and ↓ go to the next question."""

    chosen = Signal(str, int)
    """The key of the line and the side."""
    step = Signal(int)

    def __init__(self, line: Line, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.line = line
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setProperty("ring_inside", True)
        self.setMouseTracking(True)
        self.show_line(line)

    def show_line(self, line: Line) -> None:
        self.line = line
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if line.choosable else Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(line.spoken)
        long = any(len(value) > 30 for value in (line.first, line.second))
        self.setToolTip(f"{line.label}\n{line.first}\n{line.second}" if long else "")
        self.update()

    def refit(self) -> None:
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        return QSize(0, Theme.current().px(40 if self.line.choosable else 32))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        sides = {Qt.Key.Key_Left: FIRST, Qt.Key.Key_Right: SECOND}
        steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        key = Qt.Key(event.key())
        if event.modifiers() not in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier):
            super().keyPressEvent(event)
        elif key in sides:
            self.chosen.emit(self.line.key, sides[key])
        elif key == Qt.Key.Key_Space:
            self.chosen.emit(self.line.key, SECOND if self.line.chosen == FIRST else FIRST)
        elif key in steps:
            self.step.emit(steps[key])
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if not self.line.choosable:
            return
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        for side, area in enumerate(columns_of(self)[1:]):
            if area.contains(event.position()):
                self.chosen.emit(self.line.key, side)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = Theme.current()
        label, *answers = columns_of(self)
        with painting(self) as painter:
            weight = theme.font("body" if self.line.choosable else "small")
            text(painter, label, self.line.label, weight, "text" if self.line.choosable else "text2")
            for side, area in enumerate(answers):
                value = self.line.first if side == FIRST else self.line.second
                self._paint_answer(painter, area, value, side)

    def _paint_answer(self, painter: QPainter, area: QRectF, value: str, side: int) -> None:
        theme = Theme.current()
        line = self.line
        holds = line.chosen in (side, BOTH)
        if not line.choosable:
            ink = "text3" if line.same or not holds else "text"
            text(painter, area.adjusted(12, 0, -12, 0), value or "–", theme.font("small"), ink)
            return
        cell = area.adjusted(0, 3, 0, -3)
        box(painter, cell, 8, "selected" if holds else "surface", "accent" if holds else "line_strong")
        size = theme.px(18)
        centre = QPointF(cell.left() + 12 + size / 2, cell.center().y())
        if holds:
            solid_tick(painter, centre, size, "accent")
        else:
            outline_ring(painter, centre, size, "text3")
        inner = cell.adjusted(12 + size + 9, 0, -10, 0)
        text(painter, inner, value, theme.font("body", strong=holds), "text" if holds else "text2")


class CompareRows(ScrollArea):
    """All lines of one pair."""

    chosen = Signal(str, int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(_("Angaben nebeneinander"))
        self.column.setSpacing(0)
        self.column.setContentsMargins(0, 6, 0, 8)
        self._end = QWidget()
        self.column.addWidget(self._end, 1)
        self.rows: list[CompareRow] = []

    def show_lines(self, lines: Sequence[Line]) -> None:
        """Show these; where only choices changed, rows and focus stay."""
        if [row.line.key for row in self.rows] == [line.key for line in lines]:
            for row, line in zip(self.rows, lines, strict=True):
                row.show_line(line)
            return
        for row in self.rows:
            self.column.removeWidget(row)
            row.hide()
            row.deleteLater()
        self.rows = []
        for place, line in enumerate(lines):
            row = CompareRow(line)
            row.chosen.connect(self.chosen)
            row.step.connect(lambda step, row=row: self._go(row, step))
            self.column.insertWidget(place, row)
            self.rows.append(row)
        self.verticalScrollBar().setValue(0)

    def first(self) -> CompareRow | None:
        """The first line there is something to choose in."""
        return next((row for row in self.rows if row.line.choosable), None)

    def _go(self, row: CompareRow, step: int) -> None:
        stops = [each for each in self.rows if each.line.choosable]
        place = stops.index(row) + step
        if 0 <= place < len(stops):
            stops[place].setFocus(Qt.FocusReason.TabFocusReason)
