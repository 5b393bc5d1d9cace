"""The bar that turns the pages of a paper."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desk_app.gui.painting import hairline, painting
from desk_app.gui.theme import Theme
from desk_app.gui.widgets.buttons import IconButton
from desk_app.gui.widgets.labels import Label
from desk_app.i18n import _


class PageBar(QWidget):
    """Previous page, "1 von 2", next page; quiet where there is only one."""

    turned = Signal(int)

    def __init__(self, size: IconButton, parent: QWidget | None = None) -> None:
        """``size`` is the button that makes the paper large or small; it stands at the end."""
        super().__init__(parent)
        self.back = IconButton("chevron-left", _("Vorige Seite"), "compact")
        self.forward = IconButton("chevron-right", _("Nächste Seite"), "compact")
        self.label = Label("", "body", "text2")
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 1, 8, 0)
        row.addWidget(self.back)
        row.addStretch(1)
        row.addWidget(self.label)
        row.addStretch(1)
        row.addWidget(self.forward)
        row.addWidget(size)
        self.back.clicked.connect(lambda: self.turned.emit(-1))
        self.forward.clicked.connect(lambda: self.turned.emit(1))
        self.show_page(0, 0)
        self.refit()

    def refit(self) -> None:
        self.setFixedHeight(Theme.current().px(54))

    def show_page(self, number: int, pages: int) -> None:
        """``number`` counts from 0; no pages at all shows nothing."""
        self.back.setEnabled(number > 0)
        self.forward.setEnabled(number < pages - 1)
        self.back.setVisible(pages > 1)
        self.forward.setVisible(pages > 1)
        words = _("{page} von {pages}") if pages > 1 else _("1 Seite") if pages else ""
        self.label.setText(words.format(page=number + 1, pages=pages))

    def paintEvent(self, event: QPaintEvent) -> None:
        with painting(self) as painter:
            hairline(painter, 0, self.width(), 0)
