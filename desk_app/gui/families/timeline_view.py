"""The course of a family: dated things under the names of their months, a line through each month."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby, islice
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPointF,
    QRectF,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent, QTextLayout, QTextOption
from PySide6.QtWidgets import QFrame, QListView, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from desk_app.casework.timeline import Entry, Happening
from desk_app.domain.clock import show_time
from desk_app.gui import icons
from desk_app.gui.cover import covered
from desk_app.gui.painting import CENTRE_RIGHT, box, hairline, painting, shade, text, width_of
from desk_app.gui.theme import Theme
from desk_app.i18n import _
from desk_app.presenters.when import month_name, short_author, short_day

LINE = Qt.ItemDataRole.UserRole
Index = QModelIndex | QPersistentModelIndex

_EDGE, _DAYS, _SIGN, _TEXT = 17, 70, 89, 115
"""Lengths at 100 %: inner edge, right of the days, centre of the sign, left of the text."""
_MOST_LINES, _MOST_LETTERS = 4, 1000
_AT_FIRST = 40
"""So many rows of a long course come first, more than any screen shows; the others once these are painted."""

_LOOK = {
    Happening.INTAKE: ("clipboard-pen", "accent"),
    Happening.BEGUN: ("school", "accent"),
    Happening.COMPLETE: ("circle-check", "ok"),
    Happening.SENT: ("send", "teal"),
    Happening.ANSWER: ("message-square", "warn"),
    Happening.PLACED: ("school", "ok"),
    Happening.RESTING: ("pause", "neutral"),
    Happening.CONSENT: ("signature", "ok"),
    Happening.CONSENT_WITHDRAWN: ("undo-2", "warn"),
    Happening.MOVE: ("house", "neutral"),
    Happening.PAPERS: ("file-text", "neutral"),
    Happening.REFERRAL: ("compass", "plum"),
    Happening.HANDOUT: ("printer", "plum"),
    Happening.CONTACT: ("message-square", "neutral"),
    Happening.INTERNAL: ("lock", "neutral"),
    Happening.TURN: ("footprints", "neutral"),
    Happening.TRANSITION: ("graduation-cap", "plum"),
    Happening.APPOINTMENT: ("calendar", "accent"),
    Happening.MISSED: ("user-x", "warn"),
    Happening.FOLLOW_UP: ("calendar-clock", "neutral"),
}
_INK = {"accent": "accent_text", "neutral": "text2"}


@dataclass(frozen=True, slots=True)
class _Line:
    """A heading (``entry`` is None) or an entry with its day as it reads."""

    heading: str = ""
    entry: Entry | None = None
    day: str = ""
    clock: str = ""
    last: bool = False

    @property
    def spoken(self) -> str:
        if self.entry is None:
            return self.heading
        parts = (f"{self.day} {self.clock}".strip(), self.entry.title, self.entry.words, self.entry.author)
        return ", ".join(part for part in parts if part)


def _lines(entries: Sequence[Entry], today: date) -> Iterator[_Line]:
    for month, found in groupby(entries, lambda entry: (entry.day.year, entry.day.month)):
        yield _Line(heading=month_name(date(*month, 1), today))
        of_month = list(found)
        for entry in of_month:
            clock = show_time(entry.at) if entry.timed and entry.day == today else ""
            yield _Line("", entry, short_day(entry.day, today), clock, last=entry is of_month[-1])


class TimelineModel(QAbstractListModel):
    """Headings and entries as rows; only entries can be moved to. Those after the first wait for ``show_rest``."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._told: tuple[list[Entry], date] | None = None
        self._shown: list[_Line] = []
        self._waiting: Iterator[_Line] = iter(())

    def set_entries(self, entries: Sequence[Entry], today: date) -> None:
        told = list(entries), today
        if told != self._told:
            self._told = told
            self.beginResetModel()
            self._waiting = _lines(entries, today)
            self._shown = list(islice(self._waiting, _AT_FIRST))
            self.endResetModel()

    def show_rest(self) -> None:
        """Add the rows that wait, if any."""
        rest = list(self._waiting)
        if rest:
            first = len(self._shown)
            self.beginInsertRows(QModelIndex(), first, first + len(rest) - 1)
            self._shown += rest
            self.endInsertRows()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(self._shown)

    def line(self, row: int) -> _Line:
        return self._shown[row]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        line = self._shown[index.row()]
        if role == LINE:
            return line
        if role == Qt.ItemDataRole.DisplayRole:
            return covered(line.entry.title if line.entry is not None else line.heading)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return covered(line.spoken)
        if role == Qt.ItemDataRole.ToolTipRole:
            return covered(line.entry.words[:_MOST_LETTERS]) if line.entry is not None else ""
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if index.isValid() and self._shown[index.row()].entry is None:
            return Qt.ItemFlag.ItemIsEnabled
        return super().flags(index)


class _Delegate(QStyledItemDelegate):
    def __init__(self, view: TimelineView) -> None:
        super().__init__(view)
        self._view = view
        self._lines: dict[tuple[str, int], int] = {}
        """How many lines words take at a width: the view asks again and again while it lays itself out."""

    def forget(self) -> None:
        """The type is another, or other words came."""
        self._lines.clear()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        theme = Theme.current()
        line = self._view.entries.line(index.row())
        width = self._view.viewport().width()
        if line.entry is None:
            return QSize(width, theme.px(34))
        lines = max(self._count(line.entry.words, width), 1 if line.clock else 0)
        return QSize(width, theme.px(8 + 20 + 16) + lines * theme.line("small"))

    def _count(self, words: str, width: int) -> int:
        if not words:
            return 0
        shown = _shown(words)
        found = self._lines.get((shown, width))
        if found is None:
            found = self._lines[shown, width] = _wrapped(shown, width).lineCount()
        return found

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        line = self._view.entries.line(index.row())
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRectF(option.rect)
        if line.entry is None:
            _paint_heading(painter, area, line.heading)
        else:
            _paint_entry(painter, area, line, line.entry)
        painter.restore()


def _shown(words: str) -> str:
    return covered(words[:_MOST_LETTERS])


def _wrapped(shown: str, width: float) -> QTextLayout:
    """The words of an entry in lines of the room they have; very long ones end after some lines."""
    theme = Theme.current()
    layout = QTextLayout(shown, theme.font("small"))
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    layout.beginLayout()
    for place in range(_MOST_LINES):
        line = layout.createLine()
        if not line.isValid():
            break
        line.setLineWidth(max(width - theme.px(_TEXT) - _EDGE, theme.px(120)))
        line.setPosition(QPointF(0, place * theme.line("small")))
    layout.endLayout()
    return layout


def _paint_heading(painter: QPainter, area: QRectF, words: str) -> None:
    theme = Theme.current()
    line = QRectF(area.left() + _EDGE, area.top(), area.width() - 2 * _EDGE, theme.px(26))
    used = text(painter, line, words, theme.font("small", strong=True), "text2")
    hairline(painter, line.left() + used + 12, line.right(), round(line.center().y()))


def _paint_entry(painter: QPainter, area: QRectF, line: _Line, entry: Entry) -> None:
    theme = Theme.current()
    symbol, tone = _LOOK[entry.what]
    symbol = _KINDS.get(entry.note.kind, symbol) if entry.note is not None else symbol
    top = area.top() + theme.px(8)
    first = QRectF(area.left(), top, area.width(), theme.px(20))
    days = first.adjusted(_EDGE, 0, 0, 0)
    days.setWidth(theme.px(_DAYS - _EDGE) + _EDGE - theme.px(17))
    text(painter, days, line.day, theme.font("small"), "text", CENTRE_RIGHT)
    if line.clock:
        text(painter, days.translated(0, theme.px(18)), line.clock, theme.font("caption"), "text3", CENTRE_RIGHT)
    centre = QPointF(area.left() + theme.px(_SIGN), top + theme.px(12))
    size = theme.px(26)
    if not line.last:
        painter.setPen(QPen(shade("line_strong"), 2))
        painter.drawLine(QPointF(centre.x(), centre.y() + size / 2), QPointF(centre.x(), area.bottom() + theme.px(8)))
    box(painter, QRectF(centre.x() - size / 2, centre.y() - size / 2, size, size), size / 2, f"{tone}_tint")
    icons.paint(painter, symbol, centre, theme.px(14), _INK.get(tone, tone))
    left = area.left() + theme.px(_TEXT)
    author = short_author(entry.author)
    small = theme.font("caption")
    room = width_of(author, small) + 16
    title = QRectF(left, top, area.right() - _EDGE - room - left, theme.px(20))
    text(painter, title, entry.title, theme.font("body", strong=True), "text")
    text(painter, first.adjusted(0, 0, -_EDGE, 0), author, small, "text3", CENTRE_RIGHT)
    if entry.words:
        painter.setPen(shade("text2"))
        _wrapped(_shown(entry.words), area.width()).draw(painter, QPointF(left, top + theme.px(20)))


_KINDS = {
    "call": "phone",
    "home_visit": "house",
    "letter": "mail",
    "school": "graduation-cap",
}
"""Signs of kinds of notes that have their own."""


class TimelineView(QListView):
    """↑ ↓ move from entry to entry; Eingabe on a note corrects it, on a page that was handed out shows it again."""

    correct_asked = Signal(object)
    """The ``NoteLine`` to correct."""
    page_asked = Signal(str, object)
    """Kind and id of a page that was handed out."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.entries = TimelineModel(self)
        self.setModel(self.entries)
        self._delegate = _Delegate(self)
        self.setItemDelegate(self._delegate)
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self.entries.show_rest)
        self.setAccessibleName(_("Verlauf der Familie, das Neueste zuerst"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSelectionMode(QListView.SelectionMode.SingleSelection)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setProperty("ring_none", True)
        self.doubleClicked.connect(self._open)

    def _open(self, index: Index) -> None:
        line: _Line | None = index.data(LINE)
        entry = line.entry if line is not None else None
        if entry is not None and entry.note is not None:
            self.correct_asked.emit(entry.note)
        elif entry is not None and entry.page is not None:
            self.page_asked.emit(*entry.page)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self._open(self.currentIndex())
        elif event.text().strip() and not event.modifiers():
            event.ignore()  # letters are keys of the page
        else:
            super().keyPressEvent(event)

    def show_entries(self, entries: Sequence[Entry], today: date) -> None:
        """Show these; nothing moves where nothing changed."""
        self._delegate.forget()
        self.entries.set_entries(entries, today)
        if not self.currentIndex().isValid() and self.entries.rowCount() > 1:
            self.setCurrentIndex(self.entries.index(1, 0))
            self.scrollToTop()
        self._soon.start()

    def refit(self) -> None:
        self._delegate.forget()
        self.setFont(Theme.current().font("body"))
        self.scheduleDelayedItemsLayout()

    def minimumSizeHint(self) -> QSize:
        return QSize(0, Theme.current().px(96))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.hasFocus() and self.currentIndex().isValid():
            with painting(self.viewport()) as painter:
                area = QRectF(self.visualRect(self.currentIndex())).adjusted(4, 1, -4, -1)
                box(painter, area, 6, None, Theme.current().colour("focus"), 2)
