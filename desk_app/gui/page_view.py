"""One page of a document as it would look on paper."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QImage, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desk_app.gui import cover, icons
from desk_app.gui.painting import box, faded, painting
from desk_app.gui.theme import Theme
from desk_app.i18n import _

_A4 = 297 / 210
_WIDEST = 860
"""Pixels at a text scale of 100 % beyond which a page reads no better."""


class PageView(QWidget):
    """One page, as wide as the pane; blank until it is drawn."""

    resized = Signal()
    pressed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._image = QImage()
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setSizePolicy(policy)
        self.refit()

    def refit(self) -> None:
        self.setMaximumWidth(Theme.current().px(_WIDEST))

    @property
    def image(self) -> QImage:
        """What is shown; a null image while nothing is."""
        return self._image

    def pixels(self) -> int:
        """How many pixels of the screen the page is wide."""
        return max(1, round((self.width() - 2) * self.devicePixelRatioF()))

    def show_image(self, image: QImage, name: str) -> None:
        self._image = image
        self.setAccessibleName(name)
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.setFixedHeight(round(self.width() * _A4))
        if event.oldSize().width() != self.width():
            self.resized.emit()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.pressed.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        area = QRectF(self.rect())
        with painting(self) as painter:
            dark = Theme.current().dark
            if self._image.isNull():
                box(painter, area, 2, "surface", "line")
                return
            if cover.is_on():
                self._paint_curtain(painter, area)
                return
            painter.drawImage(area.adjusted(1, 1, -1, -1), self._image)
            if dark:
                # white paper would glare beside a dark page
                painter.fillRect(area, faded("canvas", 0.1))
            box(painter, area, 2, None, "line")

    @staticmethod
    def _paint_curtain(painter: QPainter, area: QRectF) -> None:
        """In place of the paper, which is a picture and full of what Blickschutz covers."""
        theme = Theme.current()
        box(painter, area, 2, "inset", "line")
        icons.paint(painter, "eye-off", QPointF(area.center().x(), area.top() + theme.px(72)), theme.px(24), "text3")
        painter.setFont(theme.font("small"))
        painter.setPen(theme.colour("text2"))
        room = area.adjusted(theme.px(24), theme.px(98), -theme.px(24), 0)
        flags = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop
        words = _("Blickschutz ist an. Auf dem Blatt stehen Name und Anschrift. Strg+Umschalt+B zeigt es wieder.")
        painter.drawText(room, int(flags), words)
