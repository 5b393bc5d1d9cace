"""Any line that filters a list, and the box in the header that opens the search over everything."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from desk_app.gui import icons
from desk_app.gui.painting import box, painting, text, width_of
from desk_app.gui.theme import Theme
from desk_app.gui.widgets.buttons import caps_width, paint_caps
from desk_app.gui.widgets.line_edit import LineEdit
from desk_app.i18n import _


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


class SearchButton(QAbstractButton):
    """Looks like a search box and opens the one over the page. Strg+K does the same from everywhere, so no Tab stop."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(_("Suchen oder Befehl"))
        self.setToolTip(_("Suchen oder Befehl (Strg+K)"))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setCursor(Qt.CursorShape.IBeamCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.refit()

    def refit(self) -> None:
        self.setFixedHeight(Theme.current().size("control"))

    def sizeHint(self) -> QSize:
        return QSize(Theme.current().px(260), Theme.current().size("control"))

    def paintEvent(self, event: QPaintEvent) -> None:
        """In a narrow header the words grow shorter and the keys give way, the sign stays."""
        theme = Theme.current()
        font, keys = theme.font("body"), _("Strg+K")
        with painting(self) as painter:
            box(painter, self.rect(), 6, "hover" if self.underMouse() else "surface", "control")
            size = theme.px(16)
            icons.paint(painter, "search", QPointF(10 + size / 2, self.height() / 2), size, "text3")
            left, right = theme.px(18) + size, self.width() - 7
            words = next(
                (each for each in (_("Suchen oder Befehl"), _("Suchen"))
                 if left + width_of(each, font) + theme.px(8) + caps_width(keys) <= right), "")  # fmt: skip
            if words:
                paint_caps(painter, right, self.height() / 2, keys)
                text(painter, QRectF(left, 0, right - left, self.height()), words, font, "text3")
