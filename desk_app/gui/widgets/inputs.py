"""The bare inputs inside form fields: Qt's own, with the height of the theme and the manners of the program."""

from __future__ import annotations

import unicodedata

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QPlainTextEdit, QSizePolicy, QWidget

from desk_app.gui import fonts, icons
from desk_app.gui.painting import CENTRE_RIGHT, box_tick, painting, text, width_of
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
        self.textChanged.connect(self._show_beginning)
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


class TextEdit(QPlainTextEdit):
    """Several lines of text, as high as its content between three and ten lines. Tab leaves it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        give_way(self)
        self.setTabChangesFocus(True)
        self.document().contentsChanged.connect(self._grow)
        self.refit()

    def refit(self) -> None:
        self.setFont(Theme.current().font("body"))
        self._grow()

    def _grow(self) -> None:
        lines = min(max(int(self.document().size().height()), 3), 10)
        self.setFixedHeight(lines * self.fontMetrics().lineSpacing() + 18)


class ComboBox(QComboBox):
    """A choice that can be typed. The wheel scrolls the page, not the value, unless the box has the focus."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        give_way(self)
        self.setEditable(True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.setMaxVisibleItems(12)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        # Qt's own completion works inline and knows only beginnings of words
        self.setCompleter(None)  # type: ignore[arg-type]  # the binding takes None, its stub does not say so
        self.refit()

    def refit(self) -> None:
        self.setFont(Theme.current().font("body"))
        self.setFixedHeight(Theme.current().size("control"))

    def minimumSizeHint(self) -> QSize:
        return QSize(0, super().minimumSizeHint().height())

    def set_locked(self, locked: bool) -> None:
        """Show the choice without letting it be changed."""
        self.setProperty("locked", "true" if locked else "")
        self.style().unpolish(self)
        self.style().polish(self)

    def _locked(self) -> bool:
        return bool(self.property("locked") == "true")

    def showPopup(self) -> None:
        if not self._locked():
            super().showPopup()

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.hasFocus() and not self._locked():
            super().wheelEvent(event)
        else:
            event.ignore()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up) and self.isEditable():
            self.showPopup()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._locked():
            return
        with painting(self) as painter:
            ink = "text2" if self.isEnabled() else "disabled"
            size = Theme.current().px(16)
            icons.paint(painter, "chevron-down", QPointF(self.width() - 7 - size / 2, self.height() / 2), size, ink)


class TickBox(QCheckBox):
    """A check box with a painted tick of 18 px and a target as high as its line."""

    def __init__(self, words: str = "", parent: QWidget | None = None) -> None:
        super().__init__(words, parent)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.refit()

    def refit(self) -> None:
        self.setFont(Theme.current().font("body"))
        self.updateGeometry()

    def _side(self) -> int:
        return Theme.current().px(18)

    def sizeHint(self) -> QSize:
        words = width_of(self.text(), self.font())
        return QSize(round(self._side() + (8 + words + 2 if words else 0)), Theme.current().size("mini"))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._side(), self.sizeHint().height())

    def hitButton(self, place: object) -> bool:
        return True

    def paintEvent(self, event: QPaintEvent) -> None:
        with painting(self) as painter:
            side = self._side()
            box_tick(painter, QPointF(side / 2, self.height() / 2), side, self.checkState(), self.isEnabled())
            ink = "text" if self.isEnabled() else "disabled"
            text(painter, QRectF(side + 8, 0, self.width() - side - 8, self.height()), self.text(), self.font(), ink)
