"""The list of offers: headings and painted rows. Typing stays quick with a thousand of them, since only rows in sight
are laid out and searched for what to mark."""

from __future__ import annotations

from typing import Any, Final
from uuid import UUID

from PySide6.QtCore import QAbstractTableModel, QPoint, QPointF, QRectF, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QFrame, QHeaderView, QStyledItemDelegate, QStyleOptionViewItem, QTableView, QWidget

from desk_app.domain.offer_search import Hits, marks
from desk_app.gui import icons
from desk_app.gui.cover import covered
from desk_app.gui.marked_text import paint_marked
from desk_app.gui.painting import box, hairline, ring_sign, shade, text, width_of
from desk_app.gui.row_table import Index
from desk_app.gui.theme import Theme
from desk_app.i18n import _
from desk_app.presenters.offer_rows import Group, Row, second_line

_ROW, _HEADING = 54, 30
_ITEM = Qt.ItemDataRole.UserRole
_INKS: Final = {"fits": "ok", "open": "warn", "not": "text3", "": "text3"}
Line = tuple[str, int] | Row
"""A heading with how many rows it has, or a row."""


class OfferModel(QAbstractTableModel):
    """Headings, which cannot be chosen, and offers."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.lines: list[Line] = []
        self.hits: Hits | None = None

    def show_groups(self, groups: tuple[Group, ...], hits: Hits | None) -> None:
        self.beginResetModel()
        self.hits = hits
        self.lines = []
        for group in groups:
            self.lines.append((group.title, len(group.rows)))
            self.lines.extend(group.rows)
        self.endResetModel()

    def place_of(self, offer: UUID | None) -> int:
        """The line of an offer, -1 where it is not shown."""
        found = (place for place, line in enumerate(self.lines) if isinstance(line, Row) and line.id == offer)
        return next(found, -1)

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.lines)

    def columnCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else 1

    def flags(self, index: Index) -> Qt.ItemFlag:
        if isinstance(self.lines[index.row()], Row):
            return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
        return Qt.ItemFlag.NoItemFlags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == _ITEM:
            return self.lines[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            line = self.lines[index.row()]
            return covered(line.spoken) if isinstance(line, Row) else f"{line[0]} {line[1]}"
        return None


class _Delegate(QStyledItemDelegate):
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        model = index.model()
        assert isinstance(model, OfferModel)
        area = QRectF(option.rect)
        line = model.lines[index.row()]
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if isinstance(line, Row):
            view = self.parent()
            assert isinstance(view, ResultsView)
            last = index.row() + 1 >= len(model.lines) or not isinstance(model.lines[index.row() + 1], Row)
            self._paint_row(painter, area, line, model.hits, view, index.row(), last)
        else:
            self._paint_heading(painter, area, line)
        painter.restore()

    @staticmethod
    def _paint_heading(painter: QPainter, area: QRectF, line: tuple[str, int]) -> None:
        theme = Theme.current()
        painter.fillRect(area, shade("inset"))
        hairline(painter, area.left(), area.right() + 1, area.bottom())
        if area.top() > 1:
            hairline(painter, area.left(), area.right() + 1, area.top())
        place = area.adjusted(theme.px(17), 0, -theme.px(16), 0)
        used = text(painter, place, line[0], theme.font("small", strong=True), "text")
        rest = place.adjusted(used + 8, 0, 0, 0)
        text(painter, rest, str(line[1]), theme.font("small"), "text3")

    def _paint_row(
        self, painter: QPainter, area: QRectF, row: Row, hits: Hits | None, view: ResultsView, place: int, last: bool
    ) -> None:
        theme = Theme.current()
        small = theme.font("small")
        chosen = place == view.currentIndex().row()
        if chosen:
            painter.fillRect(area.adjusted(0, 0, 0, -1), shade("selected"))
            painter.fillRect(QRectF(area.left(), area.top(), 3, area.height() - 1), shade("accent"))
        elif place == view.hovered:
            painter.fillRect(area.adjusted(0, 0, 0, -1), shade("hover"))
        left = area.left() + theme.px(46 if row.fit else 17)
        if not last:
            hairline(painter, left, area.right() - theme.px(16), area.bottom())
        if row.fit:
            _paint_fit(painter, QPointF(area.left() + theme.px(26), area.top() + theme.px(18)), row.fit)
        right = area.right() - theme.px(16)
        upper = QRectF(left, area.top() + theme.px(7), right - left, theme.px(20))
        lower = QRectF(left, area.top() + theme.px(28), right - left, theme.px(18))
        upper.setRight(self._paint_chip(painter, upper, row.chip, chosen))
        lower.setRight(self._paint_end(painter, lower, row))
        ink = "text2" if row.quiet else "text"
        found = marks(row.title, hits) if hits is not None else ()
        paint_marked(painter, upper, row.title, found, theme.font("body", strong=True), ink)
        lead, words, found = second_line(row, hits)
        if lead:
            used = paint_marked(painter, lower, lead, (), small, _INKS[row.fit])
            lower.setLeft(lower.left() + used + theme.px(4))
        paint_marked(painter, lower, words, found, small, "text2")
        if view.hasFocus() and chosen:
            box(painter, area.adjusted(3, 2, -3, -3), 4, None, theme.colour("focus"), 2)

    @staticmethod
    def _paint_chip(painter: QPainter, line: QRectF, words: str, chosen: bool) -> float:
        """The topic at the right; returns where the title has to end."""
        theme = Theme.current()
        if not words:
            return line.right()
        font = theme.font("caption")
        width = min(_width(words, font) + theme.px(14), line.width() * 0.4)
        chip = QRectF(line.right() - width, line.top() - 1, width, theme.px(21))
        box(painter, chip, 5, "surface" if chosen else "neutral_tint")
        paint_marked(painter, chip.adjusted(theme.px(7), 0, -theme.px(5), 0), words, (), font, "text2")
        return chip.left() - theme.px(10)

    @staticmethod
    def _paint_end(painter: QPainter, line: QRectF, row: Row) -> float:
        """Who runs it, or that somebody should call there; returns where the words have to end."""
        theme = Theme.current()
        words = _("Stand prüfen") if row.stale else row.end
        if not words:
            return line.right()
        font, ink = theme.font("caption"), "warn" if row.stale else "text3"
        room = min(_width(words, font) + 1, line.width() * 0.45)
        paint_marked(painter, QRectF(line.right() - room, line.top(), room, line.height()), words, (), font, ink)
        left = line.right() - room
        if row.stale:
            size = theme.px(14)
            icons.paint(painter, "clock-alert", QPointF(left - 5 - size / 2, line.center().y()), size, "warn")
            left -= size + 5
        return left - theme.px(12)


_WIDTHS: dict[tuple[str, int], float] = {}
"""Of words that stand in many rows, by their size."""


def _width(words: str, font: QFont) -> float:
    key = covered(words), font.pixelSize()
    if key not in _WIDTHS:
        _WIDTHS[key] = width_of(words, font)
    return _WIDTHS[key]


def _paint_fit(painter: QPainter, centre: QPointF, fit: str) -> None:
    size = Theme.current().px(17)
    if fit == "open":
        ring_sign(painter, centre, size, "?", "warn")
    else:
        icons.paint(painter, "check" if fit == "fits" else "x", centre, size, _INKS[fit])


class ResultsView(QTableView):
    """↑ ↓ move, headings are skipped. Letters are left to the page, whose keys they are."""

    chosen = Signal(object)
    """The offer somebody went to."""
    opened = Signal(object)
    """Eingabe or a double click on an offer."""
    left_upwards = Signal()
    """↑ on the first row."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.hovered = -1
        self._headings: set[int] = set()
        self.offers = OfferModel(self)
        self.setModel(self.offers)
        self.setItemDelegate(_Delegate(self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setMouseTracking(True)
        self.setProperty("ring_none", True)
        self.setVerticalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        self.setTabKeyNavigation(False)
        self.horizontalHeader().hide()
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.viewport().setAutoFillBackground(False)
        self.setAccessibleName(_("Angebote"))
        self.doubleClicked.connect(lambda _index: self._open())
        self.refit()

    def refit(self) -> None:
        self.verticalHeader().setDefaultSectionSize(Theme.current().px(_ROW))
        self._set_heights()

    def _set_heights(self) -> None:
        """Headings are lower than rows; the header keeps heights by place, so those of before are taken back."""
        theme, lines = Theme.current(), self.offers.lines
        headings = {place for place, line in enumerate(lines) if not isinstance(line, Row)}
        for place in self._headings:
            if place < len(lines):
                self.setRowHeight(place, theme.px(_ROW))
        for place in headings:
            self.setRowHeight(place, theme.px(_HEADING))
        self._headings = headings

    def show_groups(self, groups: tuple[Group, ...], hits: Hits | None, selected: UUID | None) -> None:
        """Show these; where the list is the same but for the order, what was in sight stays in sight."""
        kept = self.verticalScrollBar().value()
        same = self.offers.place_of(selected) >= 0 and self.current() == selected
        with QSignalBlocker(self.selectionModel()):
            self.offers.show_groups(groups, hits)
            self._set_heights()
            place = self.offers.place_of(selected)
            if place >= 0:
                self.setCurrentIndex(self.offers.index(place, 0))
        self.verticalScrollBar().setValue(kept if same else 0)
        if place >= 0:
            self.scrollTo(self.offers.index(0 if place == 1 else place, 0))
        self.viewport().update()

    def current(self) -> UUID | None:
        """The offer the keys are on."""
        index = self.currentIndex()
        line = self.offers.lines[index.row()] if index.isValid() and index.row() < len(self.offers.lines) else None
        return line.id if isinstance(line, Row) else None

    def go_to(self, offer: UUID | None) -> None:
        """Move to an offer, without telling anybody."""
        place = self.offers.place_of(offer)
        if place >= 0:
            self.setCurrentIndex(self.offers.index(place, 0))
            self.scrollTo(self.offers.index(place, 0))

    def step(self, step: int) -> bool:
        """Move by offers; says whether there was one to go to."""
        place = self.currentIndex().row()
        while 0 <= (place := place + step) < len(self.offers.lines):
            if isinstance(self.offers.lines[place], Row):
                self._go(place)
                return True
        return False

    def _go(self, place: int) -> None:
        self.setCurrentIndex(self.offers.index(place, 0))
        # a heading above the first row comes into sight with it
        above = place - 1 if place and not isinstance(self.offers.lines[place - 1], Row) else place
        self.scrollTo(self.offers.index(above, 0))
        self.scrollTo(self.offers.index(place, 0))
        self.viewport().update()
        self.chosen.emit(self.current())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        rows = [place for place, line in enumerate(self.offers.lines) if isinstance(line, Row)]
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if key in (Qt.Key.Key_Up, Qt.Key.Key_Down) and plain:
            if not self.step(1 if key == Qt.Key.Key_Down else -1) and key == Qt.Key.Key_Up:
                self.left_upwards.emit()
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End) and rows:
            self._go(rows[0 if key == Qt.Key.Key_Home else -1])
        elif key in (Qt.Key.Key_PageDown, Qt.Key.Key_PageUp) and rows:
            step = max(1, self.viewport().height() // Theme.current().px(_ROW) - 1)
            here = min(range(len(rows)), key=lambda each: abs(rows[each] - self.currentIndex().row()))
            self._go(rows[min(max(here + (step if key == Qt.Key.Key_PageDown else -step), 0), len(rows) - 1)])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and plain:
            self._open()
        else:
            event.ignore()  # V and D belong to the page

    def _open(self) -> None:
        if self.current() is not None:
            self.opened.emit(self.current())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        place = self.rowAt(round(event.position().y()))
        if 0 <= place < len(self.offers.lines) and isinstance(self.offers.lines[place], Row):
            self.setFocus(Qt.FocusReason.MouseFocusReason)
            self._go(place)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._hover(event.position().toPoint())

    def leaveEvent(self, event: Any) -> None:
        super().leaveEvent(event)
        self._hover(QPoint(-1, -1))

    def _hover(self, place: QPoint) -> None:
        row = self.rowAt(place.y()) if place.y() >= 0 else -1
        if row != self.hovered:
            self.hovered = row
            self.viewport().update()

