"""Rows to choose one from, two lines each, as on the lock screen: one tab stop, the arrow keys move inside."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QRadioButton, QSizePolicy, QWidget

from desk_app.gui import icons
from desk_app.gui.painting import box, painting, pill, text
from desk_app.gui.theme import Theme

HEIGHT = 52


class ChoiceRow(QRadioButton):
    """One of several; `detail` is its quieter second line."""

    def __init__(self, title: str, detail: str = "", parent: QWidget | None = None) -> None:
        super().__init__(title, parent)
        self._detail = detail
        self.setAccessibleName(f"{title}, {detail}" if detail else title)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setProperty("ring_inside", True)

    def refit(self) -> None:
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        return QSize(0, Theme.current().px(HEIGHT))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def hitButton(self, place: object) -> bool:
        return True

    def _paint_sign(self, painter: QPainter, centre: QPointF, size: float) -> None:
        raise NotImplementedError

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = Theme.current()
        chosen = self.isChecked()
        with painting(self) as painter:
            if chosen:
                box(painter, self.rect(), 7, "selected")
                pill(painter, self.rect())
            elif self.underMouse():
                box(painter, self.rect(), 7, "hover")
            size, middle = theme.px(34), self.height() / 2
            self._paint_sign(painter, QPointF(14 + size / 2, middle), size)
            area = QRectF(self.rect()).adjusted(theme.px(62), 0, -theme.px(40), 0)
            upper = QRectF(area.left(), middle - theme.px(19), area.width(), theme.px(20))
            lower = QRectF(area.left(), middle, area.width(), theme.px(18))
            if not self._detail:
                upper.moveTop(middle - theme.px(10))
            text(painter, upper, self.text(), theme.font("body", strong=True), "text")
            text(painter, lower, self._detail, theme.font("small"), "text2" if chosen else "text3")
            if chosen:
                place = QPointF(self.width() - theme.px(24), middle)
                icons.paint(painter, "check", place, theme.px(16), "accent_text")
