"""The rows of the lists on the page "Heute": sign, two lines, and at the right since when or what to do."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent

from desk_app.gui import icons
from desk_app.gui.painting import CENTRE_RIGHT, hairline, outline_ring, painting, ring, text, width_of
from desk_app.gui.theme import Theme
from desk_app.gui.widgets.avatar import paint_avatar
from desk_app.gui.widgets.buttons import Button
from desk_app.gui.widgets.cards import PADDING, PressRow
from desk_app.i18n import _
from desk_app.presenters.today_rows import RequestRow, TaskRow, WaitRow

HEIGHT: Final = 54
_STEPS: Final = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


class TodayRow(PressRow):
    """Two lines with a sign before them. ↑ and ↓ go from one row to the next."""

    step = Signal(int)

    def __init__(self) -> None:
        super().__init__("")
        self.title = self.second = self.fact = self.meta = ""
        self.fact_tone, self.meta_tone = "text2", "text2"

    def tell(self, title: str, second: str, fact: str, meta: str, tone: str, spoken: str) -> None:
        """Say something else in the same row."""
        self.title, self.second, self.fact, self.meta, self.fact_tone = title, second, fact, meta, tone
        self.setAccessibleName(spoken)
        self.setToolTip(spoken)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(0, Theme.current().px(HEIGHT))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = _STEPS.get(Qt.Key(event.key()))
        if step is not None and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            self.step.emit(step)
        else:
            super().keyPressEvent(event)

    def sign_centre(self) -> QPointF:
        return QPointF(PADDING + 1 + Theme.current().px(15), self.height() / 2)

    def paint_sign(self, painter: QPainter, centre: QPointF) -> None:
        raise NotImplementedError

    def taken_right(self) -> float:
        """Pixels at the right that something else takes."""
        return 0

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = Theme.current()
        left = PADDING + 1 + theme.px(30) + 6
        right = self.width() - PADDING - 1
        middle = self.height() / 2
        with painting(self) as painter:
            self.paint_ground(painter)
            hairline(painter, left, right, self.height() - 1)
            self.paint_sign(painter, self.sign_centre())
            taken = self.taken_right() or self._paint_right(painter, right, middle)
            room = right - left - (taken + 10 if taken else 0)
            upper = QRectF(left, middle - theme.px(20), room, theme.px(20))
            text(painter, upper, self.title, theme.font("body", strong=True), "text")
            text(painter, QRectF(left, middle, room, theme.px(18)), self.second, theme.font("small"), "text2")

    def _paint_right(self, painter: QPainter, right: float, middle: float) -> float:
        theme = Theme.current()
        strong, small = theme.font("small", strong=True), theme.font("caption")
        width = max(width_of(self.fact, strong), width_of(self.meta, small)) + 1
        upper = QRectF(right - width, middle - theme.px(20 if self.meta else 10), width, theme.px(20))
        text(painter, upper, self.fact, strong, self.fact_tone, CENTRE_RIGHT)
        if self.meta:
            lower = QRectF(right - width, middle, width, theme.px(18))
            text(painter, lower, self.meta, small, self.meta_tone, CENTRE_RIGHT)
        return width if self.fact or self.meta else 0


class WaitingRow(TodayRow):
    """Somebody who waits; the first who may be called has a button for it."""

    called = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.shown: WaitRow | None = None
        self.button = Button("", "tint")
        self.button.setParent(self)
        self.button.clicked.connect(self.called)
        self.button.hide()
        self.setAccessibleDescription(_("Eingabe: was mit diesem Besuch geschieht · A: aufrufen"))

    def show_row(self, row: WaitRow) -> None:
        self.shown = row
        self.tell(row.title, row.second, row.fact, row.meta, row.tone, row.spoken)
        self.button.setText(row.call)
        self.button.setAccessibleName(f"{row.call}: {row.title}" if row.call else "")
        self.button.refit()
        self.button.setVisible(bool(row.call))
        self._place()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_A and not event.modifiers():
            self.called.emit()
        else:
            super().keyPressEvent(event)

    def taken_right(self) -> float:
        return self.button.width() if not self.button.isHidden() else 0

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def _place(self) -> None:
        size = self.button.sizeHint()
        top = (self.height() - size.height()) // 2
        self.button.setGeometry(self.width() - PADDING - 1 - size.width(), top, size.width(), size.height())

    def paint_sign(self, painter: QPainter, centre: QPointF) -> None:
        name = self.shown.avatar if self.shown else ""
        paint_avatar(painter, centre, Theme.current().px(30), name, "neutral_tint", "text2")


class FollowUpTodayRow(TodayRow):
    """Something to look at again: Leertaste or a press on its ring ticks it, Eingabe opens the family."""

    ticked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.shown: TaskRow | None = None
        self.setAccessibleDescription(_("Leertaste: erledigt · Eingabe: Akte öffnen"))

    def show_row(self, row: TaskRow) -> None:
        self.shown = row
        self.tell(row.title, row.second, row.fact, row.meta, "bad" if row.late else "text2", row.spoken)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space and not event.modifiers():
            self.ticked.emit()
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        on_ring = event.position().x() <= self.sign_centre().x() + Theme.current().px(18)
        if on_ring and self.rect().contains(event.position().toPoint()):
            self.setDown(False)
            self.ticked.emit()
        else:
            super().mouseReleaseEvent(event)

    def paint_sign(self, painter: QPainter, centre: QPointF) -> None:
        late = self.shown is not None and self.shown.late
        outline_ring(painter, centre, Theme.current().px(21), "bad" if late else "text3")
        if self.underMouse():
            icons.paint(painter, "check", centre, Theme.current().px(12), "text3")


class RequestTodayRow(TodayRow):
    """A request that lacks something; pressing it leads to the first question."""

    def __init__(self) -> None:
        super().__init__()
        self.shown: RequestRow | None = None

    def show_row(self, row: RequestRow) -> None:
        self.shown = row
        self.tell(row.title, row.second, row.fact, row.meta, row.tone, row.spoken)

    def paint_sign(self, painter: QPainter, centre: QPointF) -> None:
        if self.shown is not None:
            ring(painter, centre, Theme.current().px(22), self.shown.answered / max(self.shown.asked, 1))
