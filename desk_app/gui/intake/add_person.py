"""Who comes next: one press for a child, a mother or a father, a menu for everybody else."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from desk_app.gui.widgets.buttons import Button
from desk_app.gui.widgets.cards import PADDING, AddRow
from desk_app.gui.widgets.labels import Label
from desk_app.i18n import _
from desk_app.presenters.choices import Choices

_QUICK = ("child", "mother", "father")
"""Roles with a button of their own."""


class RoleChooser(QWidget):
    """Buttons for the usual roles; the first letter presses one, Esc goes back."""

    chosen = Signal(str)
    cancelled = Signal()

    def __init__(self, choices: Choices, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        labels = dict(choices.choices("roles"))
        self._buttons = {role: Button(labels[role], "secondary") for role in _QUICK if role in labels}
        self._menu = QMenu(self)
        for role, label in labels.items():
            if role not in _QUICK:
                self._menu.addAction(label).triggered.connect(lambda _on=False, role=role: self.chosen.emit(role))
        self._more = Button(_("weitere …"), "ghost")
        self._more.clicked.connect(self._open_menu)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for role, button in self._buttons.items():
            button.setAccessibleName(_("{role} hinzufügen").format(role=labels[role]))
            button.clicked.connect(lambda _on=False, role=role: self.chosen.emit(role))
            row.addWidget(button)
        self._more.setAccessibleName(_("Weitere Rollen"))
        row.addWidget(self._more)
        row.addStretch()

    def button(self, role: str) -> Button:
        return self._buttons[role]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.cancelled.emit()
            return
        if event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self.focusNextPrevChild(event.key() == Qt.Key.Key_Right)
            return
        letter = event.text().casefold()
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier)
        fitting = [role for role, button in self._buttons.items() if letter and button.text().casefold()[0] == letter]
        if plain and fitting:
            self.chosen.emit(fitting[0])
        elif plain and letter == self._more.text().casefold()[0]:
            self._open_menu()
        else:
            super().keyPressEvent(event)

    def _open_menu(self) -> None:
        self._menu.popup(self._more.mapToGlobal(QPoint(0, self._more.height())))


class AddPerson(QWidget):
    """The last row of the list of persons. While nobody is there, the buttons stand open below a line of text."""

    chosen = Signal(str)

    def __init__(self, choices: Choices, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._row = AddRow(_("Person hinzufügen"), "user-plus", "Einfg", self)
        self._row.clicked.connect(self.ask)
        self._ground = QWidget(self)
        self._empty = Label(_("Noch niemand eingetragen. Wer gehört zur Familie?"), "body", "text3")
        self.chooser = RoleChooser(choices, self._ground)
        self.chooser.chosen.connect(self._choose)
        self.chooser.cancelled.connect(self._cancel)
        inner = QVBoxLayout(self._ground)
        inner.setContentsMargins(PADDING, 10, PADDING, 12)
        inner.setSpacing(8)
        inner.addWidget(self._empty)
        inner.addWidget(self.chooser)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._row)
        column.addWidget(self._ground)
        self._nobody = True
        self._likely = "mother"
        self._show(asking=True)

    def show_count(self, persons: int, adults: int) -> None:
        """How many are there already decides what is offered first."""
        self._likely = "mother" if not adults else "child"
        if self._nobody != (persons == 0):
            self._nobody = persons == 0
            self._show(asking=self._nobody)

    def ask(self) -> None:
        """Offer the roles, the likely one first."""
        self._show(asking=True)
        self.chooser.button(self._likely).setFocus(Qt.FocusReason.OtherFocusReason)

    def _choose(self, role: str) -> None:
        self._show(asking=self._nobody)
        self.chosen.emit(role)

    def _cancel(self) -> None:
        if not self._nobody:
            self._show(asking=False)
            self._row.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show(self, asking: bool) -> None:
        self._row.setVisible(not asking)
        self._ground.setVisible(asking)
        self._empty.setVisible(self._nobody)
