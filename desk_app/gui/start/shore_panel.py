"""A panel in the middle of the shore, as on the lock screen, for what comes before the desk."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, QTimer
from PySide6.QtGui import QPaintEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from desk_app.gui.motif import paint_mark, paint_shore
from desk_app.gui.painting import box, painting, shade, soft_shadow
from desk_app.gui.theme import Theme
from desk_app.gui.widgets.labels import Label
from desk_app.gui.widgets.scroll import ScrollArea

WIDTH = 620


class _Mark(QWidget):
    def refit(self) -> None:
        self.setFixedSize(Theme.current().px(46), Theme.current().px(36))

    def paintEvent(self, event: QPaintEvent) -> None:
        with painting(self) as painter:
            paint_mark(painter, 0, 1, Theme.current().px(44))


class ShorePanel(QFrame):
    """``column`` takes the content; the panel scrolls when the window is small or the text large."""

    def __init__(self, title: str, words: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._panel = QWidget(self)
        self._scroll = ScrollArea(self._panel)
        self._mark = _Mark()
        self.title = Label(title, "title", "text")
        self.words = Label(words, "body", "text2", wrap=True)
        self.column: QVBoxLayout = self._scroll.column
        self.column.setContentsMargins(30, 26, 30, 26)
        self.column.setSpacing(12)
        self.column.addWidget(self._mark)
        self.column.addWidget(self.title)
        self.column.addWidget(self.words)
        frame = QVBoxLayout(self._panel)
        frame.setContentsMargins(1, 6, 1, 6)
        frame.addWidget(self._scroll)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.refit()

    def refit(self) -> None:
        self._mark.refit()
        self._fit()

    def _fit(self) -> None:
        width = min(Theme.current().px(WIDTH), self.width() - 32)
        content = self._scroll.widget()
        wanted = content.sizeHint().height() if content is not None else 0
        if content is not None and content.hasHeightForWidth():
            # as if the bar were there: measured without it, a bar that came once needs itself and never goes
            wanted = content.heightForWidth(width - 2 - self._scroll.verticalScrollBar().sizeHint().width())
        height = min(wanted + 14, self.height() - 32)
        self._panel.setGeometry((self.width() - width) // 2, round((self.height() - height) * 0.42), width, height)
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        QTimer.singleShot(0, self, self._fit)  # once the texts have taken their fonts

    def paintEvent(self, event: QPaintEvent) -> None:
        with painting(self) as painter:
            painter.fillRect(self.rect(), shade("window"))
            paint_shore(painter, QRectF(self.rect()))
            area = QRectF(self._panel.geometry())
            soft_shadow(painter, area, 14)
            box(painter, area, 14, "surface", "line")
