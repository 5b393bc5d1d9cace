"""A quiet "Weitere Angaben" that opens in place, for questions that are rarely asked."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desk_app.gui.widgets.buttons import Button
from desk_app.i18n import _


class Disclosure(QWidget):
    """A line to press and, while it is open, what it hides. Put the hidden widgets into ``content``.

    In Designer: promote a QWidget whose layout holds exactly one widget, the content; set the property ``title``.
    """

    toggled = Signal(bool)

    def __init__(self, parent: QWidget | None = None, title: str = "") -> None:
        super().__init__(parent)
        self._title = title or _("Weitere Angaben")
        self.button = Button("", "link", "chevron-right", parent=self)
        self.button.clicked.connect(lambda: self.set_open(not self.is_open))
        self._content = QWidget(self)
        self.content = QVBoxLayout(self._content)
        self.content.setContentsMargins(0, 4, 0, 4)
        self.content.setSpacing(10)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        head = QHBoxLayout()
        head.addWidget(self.button)
        head.addStretch()
        column.addLayout(head)
        column.addWidget(self._content)
        self._content.hide()
        self._describe()

    @property
    def is_open(self) -> bool:
        return not self._content.isHidden()

    def set_title(self, title: str) -> None:
        self._title = title
        self._describe()

    def set_open(self, is_open: bool) -> None:
        """Show or hide the content; the focus does not move."""
        if is_open == self.is_open:
            return
        if not is_open and self._content.isAncestorOf(self.focusWidget() or self):
            self.button.setFocus(Qt.FocusReason.OtherFocusReason)
        self._content.setVisible(is_open)
        self._describe()
        self.toggled.emit(is_open)

    def _describe(self) -> None:
        self.button.setText(self._title)
        self.button.set_symbol("chevron-down" if self.is_open else "chevron-right")
        state = _("ausgeklappt") if self.is_open else _("eingeklappt")
        self.button.setAccessibleName(f"{self._title}, {state}")


def open_around(widget: QWidget) -> None:
    """Open every disclosure that hides ``widget``."""
    parent = widget.parentWidget()
    while parent is not None:
        if isinstance(parent, Disclosure):
            parent.set_open(True)
        parent = parent.parentWidget()
