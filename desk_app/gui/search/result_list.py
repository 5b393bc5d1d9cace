"""The lines of the search box: painted rows in groups. The cursor stays in the box; this only shows what is chosen."""

from __future__ import annotations

from typing import Any, Final

from PySide6.QtCore import QAbstractListModel, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import (
    QFrame,
    QListView,
    QScrollBar,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from desk_app.gui import icons
from desk_app.gui.cover import covered
from desk_app.gui.marked_text import paint_marked
from desk_app.gui.painting import CENTRE_RIGHT, box, pill, text, width_of
from desk_app.gui.row_table import Index
from desk_app.gui.theme import Theme
from desk_app.gui.widgets.buttons import paint_caps
from desk_app.gui.widgets.signs import REQUEST_SIGNS, paint_request_sign
from desk_app.i18n import _
from desk_app.presenters.search_lines import Group, Line, What

_ROW, _HEADING = 44, 28
_SYMBOLS: Final = {What.FAMILY: "users", What.PERSON: "user", What.EDIT: "pencil", What.BEGIN: "plus"}
_COMMAND_SYMBOLS: Final = {
    "new_intake": "plus", "families": "users", "offers": "compass", "placements": "school",
    "settings": "settings", "lock": "lock",
    "keys": "keyboard", "print": "printer", "undo": "undo-2",
}  # fmt: skip
_ITEM = Qt.ItemDataRole.UserRole


class ResultModel(QAbstractListModel):
    """Headings, which cannot be chosen, and lines."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.rows: list[str | Line] = []

    def set_groups(self, groups: tuple[Group, ...]) -> bool:
        """Show these; says whether that is anything new."""
        rows: list[str | Line] = []
        for group in groups:
            rows += [group.title, *group.lines]
        if rows == self.rows:
            return False
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()
        return True

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.rows)

    def flags(self, index: Index) -> Qt.ItemFlag:
        heading = isinstance(self.rows[index.row()], str)
        return Qt.ItemFlag.NoItemFlags if heading else Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self.rows[index.row()]
        if role == _ITEM:
            return row
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return row if isinstance(row, str) else covered(row.spoken)
        return None


class _ResultDelegate(QStyledItemDelegate):
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        heading = isinstance(index.data(_ITEM), str)
        return QSize(0, Theme.current().px(_HEADING if heading else _ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        area = QRectF(option.rect)
        row = index.data(_ITEM)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if isinstance(row, str):
            words = area.adjusted(Theme.current().px(16), Theme.current().px(4), 0, 0)
            text(painter, words, row, Theme.current().font("caption", strong=True), "text2")
        else:
            self._paint_line(painter, area, row, option)
        painter.restore()

    def _paint_line(self, painter: QPainter, area: QRectF, line: Line, option: QStyleOptionViewItem) -> None:
        theme = Theme.current()
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        if chosen:
            box(painter, area, 8, "selected")
            pill(painter, area)
        elif option.state & QStyle.StateFlag.State_MouseOver:
            box(painter, area, 8, "hover")
        self._paint_sign(painter, QPointF(area.left() + theme.px(25), area.center().y()), line, chosen)
        right = area.right() - theme.px(16)
        keys = _("Eingabe") if chosen and line.what in (What.FAMILY, What.PERSON, What.EDIT) else line.keys
        right = paint_caps(painter, right, area.center().y(), keys) - (theme.px(12) if keys else 0)
        if line.end:
            end = QRectF(area.left(), area.top(), right - area.left(), area.height())
            text(painter, end, line.end, theme.font("small"), "text2", CENTRE_RIGHT)
            right -= width_of(line.end, theme.font("small")) + theme.px(12)
        self._paint_words(painter, QRectF(area.left() + theme.px(48), area.top(), 0, area.height()), right, line)

    def _paint_words(self, painter: QPainter, place: QRectF, right: float, line: Line) -> None:
        """Title, what was found beside it, and quieter words, each in what room the one before leaves."""
        theme = Theme.current()
        small, gap = theme.font("small"), theme.px(12)
        place.setRight(right)
        used = paint_marked(painter, place, line.title, line.marks, theme.font("body", strong=True), "text")
        for words, marks in ((line.found, line.found_marks), (line.detail, ())):
            if words:
                place.setLeft(place.left() + used + gap)
                if place.width() < theme.px(28):
                    return
                used = paint_marked(painter, place, words, marks, small, "text2")

    def _paint_sign(self, painter: QPainter, centre: QPointF, line: Line, chosen: bool) -> None:
        size = Theme.current().px(18)
        if line.request in REQUEST_SIGNS and line.what is What.PERSON:
            paint_request_sign(painter, centre, size, REQUEST_SIGNS[line.request])
            return
        symbol = _SYMBOLS.get(line.what) or _COMMAND_SYMBOLS.get(line.command, "arrow-right")
        icons.paint(painter, symbol, centre, size, "accent_text" if chosen else "text2")


class _ScrollBar(QScrollBar):
    """Paints the ground of the list, through which the style sheet lets see."""

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.fillRect(event.rect(), Theme.current().colour("raised"))
        super().paintEvent(event)


class ResultList(QListView):
    """As high as its lines. A click does what the line says.

    It hides what is below it, so that new hits do not have the page behind the box painted.
    """

    pressed_line = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.results = ResultModel(self)
        self.setModel(self.results)
        self.setItemDelegate(_ResultDelegate(self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBar(_ScrollBar())
        self.setMouseTracking(True)
        self.setProperty("ring_none", True)
        self.setAccessibleName(_("Treffer und Befehle"))
        self.clicked.connect(lambda index: self.pressed_line.emit(index.data(_ITEM)))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        for part in (self, self.viewport(), self.verticalScrollBar()):
            part.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)  # which the style sheet takes away

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self.viewport()) as painter:
            painter.fillRect(event.rect(), Theme.current().colour("raised"))
        super().paintEvent(event)

    def show_groups(self, groups: tuple[Group, ...], chosen: int) -> bool:
        """Show these lines with one of them chosen; says whether the lines are other ones than before."""
        news = self.results.set_groups(groups)
        places = [place for place, row in enumerate(self.results.rows) if not isinstance(row, str)]
        if 0 <= chosen < len(places):
            index = self.results.index(places[chosen], 0)
            self.setCurrentIndex(index)
            self.scrollTo(self.results.index(0, 0) if chosen == 0 else index)
        if news:
            self.updateGeometry()
        return news

    def chosen_line(self) -> Line | None:
        """The line the keys are on."""
        index = self.currentIndex()
        row = index.data(_ITEM) if index.isValid() else None
        return row if isinstance(row, Line) else None

    def lines(self) -> list[Line]:
        return [row for row in self.results.rows if isinstance(row, Line)]

    def refit(self) -> None:
        self.scheduleDelayedItemsLayout()
        self.updateGeometry()

    def content_height(self) -> int:
        theme = Theme.current()
        return sum(theme.px(_HEADING if isinstance(row, str) else _ROW) for row in self.results.rows)

    def sizeHint(self) -> QSize:
        return QSize(0, self.content_height())

    def minimumSizeHint(self) -> QSize:
        return QSize(0, min(self.content_height(), Theme.current().px(_ROW)))
