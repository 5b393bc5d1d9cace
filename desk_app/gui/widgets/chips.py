"""Chips: a state in a tinted box, a filter or a language in an outlined pill."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QLabel, QSizePolicy, QWidget

from desk_app.gui import icons
from desk_app.gui.painting import box, painting, text, width_of
from desk_app.gui.theme import Theme
from desk_app.i18n import _

Tone = Literal["neutral", "accent", "ok", "warn", "bad", "teal", "plum"]


class Chip(QLabel):
    """A state or a fact in a tinted box without outline, with an optional icon."""

    def __init__(self, words: str, tone: Tone = "neutral", symbol: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set_state(words, tone, symbol)

    def set_state(self, words: str, tone: Tone = "neutral", symbol: str = "") -> None:
        self._tone, self._symbol = tone, symbol
        self.setText(words)
        self.updateGeometry()
        self.update()

    def refit(self) -> None:
        self.updateGeometry()

    def _icon_room(self) -> int:
        return Theme.current().px(13) + 5 if self._symbol else 0

    def sizeHint(self) -> QSize:
        theme = Theme.current()
        width = width_of(self.text(), theme.font("caption")) + self._icon_room() + theme.px(14)
        return QSize(round(width + 0.5), theme.px(22))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = Theme.current()
        ink = {"neutral": "text2", "accent": "accent_text"}.get(self._tone, self._tone)
        with painting(self) as painter:
            box(painter, self.rect(), 5, f"{self._tone}_tint")
            left = theme.px(7)
            if self._symbol:
                size = theme.px(13)
                icons.paint(painter, self._symbol, QPointF(left + size / 2, self.height() / 2), size, ink)
            area = QRectF(left + self._icon_room(), 0, self.width() - left - self._icon_room(), self.height())
            text(painter, area, self.text(), theme.font("caption"), ink)


class FilterChip(QAbstractButton):
    """A filter that is on or off."""

    def __init__(self, words: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setText(words)
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def refit(self) -> None:
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        theme = Theme.current()
        return QSize(round(width_of(self.text(), theme.font("small", strong=True))) + theme.px(16), theme.px(26))

    def paintEvent(self, event: QPaintEvent) -> None:
        on, over = self.isChecked(), self.underMouse()
        with painting(self) as painter:
            ground = "accent_tint" if on else "hover" if over else "surface"
            box(painter, self.rect(), self.height() / 2, ground, "accent_line" if on else "line_strong")
            font = Theme.current().font("small", strong=on)
            ink = "accent_text" if on else "text2"
            text(painter, self.rect(), self.text(), font, ink, Qt.AlignmentFlag.AlignCenter)


class RemovableChip(QAbstractButton):
    """A language or a name with a cross. Entf, the space bar or a click on the cross takes it away."""

    removed = Signal()

    def __init__(self, words: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setText(words)
        self.setAccessibleName(words)
        self.setAccessibleDescription(_("Entf entfernt {name}").format(name=words))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def refit(self) -> None:
        self.updateGeometry()

    def _cross(self) -> int:
        return Theme.current().size("mini")

    def sizeHint(self) -> QSize:
        theme = Theme.current()
        width = width_of(self.text(), theme.font("small")) + theme.px(10) + self._cross() + 2
        return QSize(round(width), theme.px(26))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace, Qt.Key.Key_Space):
            self.removed.emit()
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        if self.rect().contains(event.position().toPoint()) and event.position().x() > self.width() - self._cross() - 2:
            self.removed.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = Theme.current()
        with painting(self) as painter:
            ground = "selected" if self.underMouse() else "accent_tint"
            box(painter, self.rect(), self.height() / 2, ground, "accent_line")
            left = theme.px(10)
            area = QRectF(left, 0, self.width() - left - self._cross(), self.height())
            text(painter, area, self.text(), theme.font("small"), "accent_text")
            place = QPointF(self.width() - self._cross() / 2 - 1, self.height() / 2)
            icons.paint(painter, "x", place, theme.px(13), "accent_text")
