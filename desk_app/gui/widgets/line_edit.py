"""The bare line of text, by itself: the lock screen needs no other input, and each class of Qt costs its start."""

from __future__ import annotations

import unicodedata

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFocusEvent, QPaintEvent
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QWidget

from desk_app.gui import fonts
from desk_app.gui.painting import CENTRE_RIGHT, painting, text, width_of
from desk_app.gui.theme import Theme

_COMING_BACK = (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason)
"""The focus goes only for a moment: to a menu, to another window."""


def direction_of(words: str) -> Qt.LayoutDirection:
    """Right to left when the first strong letter is written so; for anything else left to right."""
    for letter in words:
        kind = unicodedata.bidirectional(letter)
        if kind in ("R", "AL"):
            return Qt.LayoutDirection.RightToLeft
        if kind == "L":
            break
    return Qt.LayoutDirection.LeftToRight


def give_way(widget: QWidget) -> None:
    """Let a widget shrink below its hint, so that a narrow form never cuts its right edge."""
    widget.setMinimumWidth(0)
    widget.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)


class LineEdit(QLineEdit):
    """One line of text. It turns by itself for scripts written right to left, and can show how it was read."""

    def __init__(self, parent: QWidget | None = None, size: str = "control") -> None:
        super().__init__(parent)
        self._size = size
        self._reading = ""
        give_way(self)
        self.textChanged.connect(self.turn_to_text)
        self.refit()

    def refit(self) -> None:
        self._set_font()
        self.setFixedHeight(Theme.current().size(self._size))

    def minimumSizeHint(self) -> QSize:
        return QSize(0, super().minimumSizeHint().height())

    def set_reading(self, words: str) -> None:
        """Show quietly at the right edge how the text was understood; nothing where there is no room."""
        if words != self._reading:
            self._reading = words
            self.update()

    def turn_to_text(self) -> None:
        """Write from the side the text begins on."""
        direction = direction_of(self.text())
        if direction != self.layoutDirection():
            self.setLayoutDirection(direction)
            self._set_font()

    def setText(self, text: str | None, /) -> None:
        super().setText(text)
        self._show_beginning()

    def _show_beginning(self) -> None:
        """Of a text too long for the field, its beginning says most."""
        if not self.hasFocus():
            self.setCursorPosition(0)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() not in _COMING_BACK:
            self._show_beginning()

    def _set_font(self) -> None:
        font = Theme.current().font("body")
        arabic = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        self.setFont(fonts.arabic_first(font) if arabic else font)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._reading:
            return
        font = Theme.current().font("small")
        used = width_of(self.text(), self.font()) + 24
        right = self.width() - (32 if self.actions() else 10)
        if used + width_of(self._reading, font) < right:
            with painting(self) as painter:
                text(painter, QRectF(used, 0, right - used, self.height()), self._reading, font, "text3", CENTRE_RIGHT)
