"""The dialog for a step that can be taken back: some fields, one deed, and nothing to confirm."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from desk_app.domain.dates import parse_day, show_day
from desk_app.gui.deed_dialog import DeedDialog
from desk_app.gui.widgets.buttons import Button
from desk_app.gui.widgets.date_field import DateField
from desk_app.i18n import _


class StepDialog(DeedDialog):
    """Eingabe in a field does the deed, as nothing here is hard to take back."""

    def __init__(self, window: QWidget, title: str, words: str, deed: str) -> None:
        super().__init__(window, title, words, Button(deed, "primary", keys=_("Eingabe")))
        self.deed.clicked.connect(self._ask)

    def _day(self, label: str, today: date, value: date | None = None) -> DateField:
        """A field for a day, at first today or what is known."""
        field = DateField(label=label)
        field.set_reading(lambda words: parse_day(words, today), show_day)
        field.set_value(value or today)
        return field

    def _hear(self, *fields: QWidget) -> None:
        """Let Eingabe in these fields do the deed."""
        for field in fields:
            control = getattr(field, "control", None)
            if isinstance(control, QWidget):
                control.installEventFilter(self)

    def _add(self, *fields: QWidget) -> None:
        for field in fields:
            self.body.addWidget(field)
        self._hear(*fields)

    def _ask(self) -> None:
        raise NotImplementedError

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        enter = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        key = event if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress else None
        # the key that opened the dialog may still be held down
        pressed = key is not None and key.key() in enter and not key.isAutoRepeat()
        if pressed and watched is not self.parentWidget() and self.deed.isEnabled():
            self._ask()
            return True
        return super().eventFilter(watched, event)
