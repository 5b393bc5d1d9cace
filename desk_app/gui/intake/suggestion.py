"""A proposed answer in an empty field: one key takes it, nobody has to."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QLineEdit

from desk_app.gui import icons
from desk_app.gui.intake.binding import set_placeholder
from desk_app.gui.theme import Theme
from desk_app.gui.widgets.text_fields import TextField
from desk_app.i18n import _


class Suggestion(QObject):
    """Offers a value for `field` as grey text. Eingabe in the empty field, or a click on the tick, takes it."""

    def __init__(self, field: TextField, take: Callable[[], object]) -> None:
        super().__init__(field)
        self._field, self._take = field, take
        self._words = ""
        edit = field.control
        assert isinstance(edit, QLineEdit)
        self._edit = edit
        self._action = QAction(edit)
        self._action.triggered.connect(self._accept)
        self._action.setVisible(False)
        edit.addAction(self._action, QLineEdit.ActionPosition.TrailingPosition)
        edit.installEventFilter(self)

    @property
    def words(self) -> str:
        """What is offered; empty while nothing is."""
        return self._words

    def offer(self, words: str, reason: str) -> None:
        """Offer `words`, with the reason below the field; an empty text takes the offer back."""
        if words == self._words and (not words or self._field.get_hint() == reason):
            return
        self._words = words
        set_placeholder(self._field, words)
        self._field.set_hint(reason if words else "")
        self._action.setIcon(icons.icon("check", "accent_text", Theme.current().px(16)))
        self._action.setText(_("{value} übernehmen (Eingabe)").format(value=words))
        self._action.setVisible(bool(words))

    def _accept(self) -> None:
        if self._words and not self._edit.text():
            self._take()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and is_plain_enter(event):
            self._accept()  # the field itself then goes on to the next
        return super().eventFilter(watched, event)


def is_plain_enter(event: QKeyEvent) -> bool:
    """Eingabe without a modifier; with Strg it is the page's main action."""
    plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
    return plain and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
