"""The search box of the header, and any line that filters a list."""

from __future__ import annotations

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QWidget

from desk_app.gui import icons
from desk_app.gui.painting import painting
from desk_app.gui.theme import Theme
from desk_app.gui.widgets.buttons import caps_width, paint_caps
from desk_app.gui.widgets.line_edit import LineEdit


class SearchBox(LineEdit):
    """A line with a magnifier and, while it is empty, the keys that lead into it. Esc first clears the text."""

    def __init__(self, placeholder: str, keys: str = "", parent: QWidget | None = None) -> None:
        self._keys = keys
        super().__init__(parent)
        self.setPlaceholderText(placeholder)
        self.setAccessibleName(placeholder)
        self.setClearButtonEnabled(True)

    def refit(self) -> None:
        super().refit()
        left = Theme.current().px(16) + 8
        self.setTextMargins(left, 0, caps_width(self._keys), 0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        size = Theme.current().px(16)
        with painting(self) as painter:
            icons.paint(painter, "search", QPointF(10 + size / 2, self.height() / 2), size, "text3")
            if not self.text():
                paint_caps(painter, self.width() - 7, self.height() / 2, self._keys)
