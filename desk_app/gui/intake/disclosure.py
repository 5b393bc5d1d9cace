"""Parts of the page that open in place: a quiet "Weitere Angaben", a person's row, a child's tab."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desk_app.gui.widgets.buttons import Button
from desk_app.gui.widgets.flow import FlowLayout
from desk_app.i18n import _


class Foldable(QWidget):
    """Something that can hide what it holds."""

    def set_open(self, is_open: bool) -> None:
        raise NotImplementedError


class Disclosure(Foldable):
    """A line to press and, while it is open, what it hides. Add the hidden widgets to the layout ``content``."""

    toggled = Signal(bool)

    def __init__(self, title: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = title or _("Weitere Angaben")
        self.button = Button("", "link", "chevron-right", height="mini", parent=self)
        self.button.clicked.connect(lambda: self.set_open(not self.is_open))
        self._content = QWidget(self)
        self.content = QVBoxLayout(self._content)
        self.content.setContentsMargins(0, 4, 0, 4)
        self.content.setSpacing(10)
        self._head = FlowLayout(gap=12)
        self._head.addWidget(self.button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(self._head)
        column.addWidget(self._content)
        self._content.hide()
        self._describe()

    @property
    def is_open(self) -> bool:
        return not self._content.isHidden()

    def add_beside(self, widget: QWidget) -> None:
        """Put another quiet action on the line."""
        self._head.addWidget(widget)

    def set_title(self, title: str) -> None:
        if title != self._title:
            self._title = title
            self._describe()

    def set_open(self, is_open: bool) -> None:
        """Show or hide the content; a focus inside moves to the line."""
        if is_open == self.is_open:
            return
        focus = self.window().focusWidget()
        if not is_open and focus is not None and self._content.isAncestorOf(focus):
            self.button.setFocus(Qt.FocusReason.OtherFocusReason)
        self._content.setVisible(is_open)
        self._describe()
        self.toggled.emit(is_open)

    def _describe(self) -> None:
        self.button.setText(self._title)
        self.button.set_symbol("chevron-down" if self.is_open else "chevron-right")
        state = _("ausgeklappt") if self.is_open else _("eingeklappt")
        self.button.setAccessibleName(f"{self._title}, {state}")


def disclose(content: QWidget, title: str = "") -> Disclosure:
    """Put ``content``, which a form laid out, behind a line of its own at the same place."""
    parent = content.parentWidget()
    layout = parent.layout() if parent is not None else None
    if layout is None:
        raise ValueError("only a widget inside a layout can be disclosed")
    disclosure = Disclosure(title, parent)
    layout.replaceWidget(content, disclosure)
    disclosure.content.addWidget(content)
    return disclosure


def open_around(widget: QWidget) -> None:
    """Open everything that hides ``widget``."""
    parent = widget.parentWidget()
    while parent is not None:
        if isinstance(parent, Foldable) and not widget.isVisibleTo(parent):
            parent.set_open(True)
        parent = parent.parentWidget()
