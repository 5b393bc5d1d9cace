"""Fields that are typed: one line, several lines, a date of birth, a number."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Property, QSignalBlocker
from PySide6.QtWidgets import QWidget

from desk_app.gui.widgets.field import Field
from desk_app.gui.widgets.inputs import TextEdit
from desk_app.gui.widgets.line_edit import LineEdit
from desk_app.i18n import _


class TextField(Field):
    """One line of text. Values are what `set_reading` makes of it, the stripped text by default."""

    def _make_control(self) -> QWidget:
        self._edit = LineEdit(self)
        self._edit.textEdited.connect(self._note_typed)
        return self._edit

    def _text(self) -> str:
        return self._edit.text()

    def _put(self, value: Any) -> None:
        words = "" if value is None else self._show(value)
        if words != self._edit.text():
            with QSignalBlocker(self._edit):
                self._edit.setText(words)
            self._edit.setCursorPosition(0)
        # blocked signals also kept the line from turning to the direction of its text
        self._edit.turn_to_text()

    def get_placeholder(self) -> str:
        return self._edit.placeholderText()

    def set_placeholder(self, words: str) -> None:
        """How an answer looks, "z. B. 3.8.2013"."""
        self._edit.setPlaceholderText(words)

    placeholder = Property(str, get_placeholder, set_placeholder)

    def set_read_only(self, locked: bool) -> None:
        self._edit.setReadOnly(locked)


class SpanField(TextField):
    """A date that may be known roughly: shows beside the typing how it is read, below what to look at."""

    def __init__(self, parent: QWidget | None = None, label: str = "", key: str = "") -> None:
        super().__init__(parent, label, key)
        self._edit.textChanged.connect(self._show_reading)

    def _show_reading(self) -> None:
        """How the text is understood, as long as it says more than the text itself."""
        reading = ""
        words = self._edit.text().strip()
        if self._dirty_or_focused() and words:
            try:
                reading = self._show(self._parse(words))
            except ValueError:
                reading = ""
        self._edit.set_reading("" if reading == words else reading)

    def _dirty_or_focused(self) -> bool:
        return self._dirty or self._edit.hasFocus()

    def _put(self, value: Any) -> None:
        super()._put(value)
        self._edit.set_reading("")


class NumberField(TextField):
    """A number with a comma and half steps: "1,5". Values are int where whole, else float."""

    def __init__(self, parent: QWidget | None = None, label: str = "", key: str = "") -> None:
        super().__init__(parent, label, key)
        self.set_reading(read_number, show_number)


def read_number(words: str) -> int | float:
    """A number with at most one half: "3", "1,5", "2 ½". Raises ValueError with a German reason."""
    plain = words.replace(" ", "").replace("½", ",5").replace(",", ".")
    plain = f"0{plain}" if plain.startswith(".") else plain
    try:
        number = float(plain)
    except ValueError:
        raise ValueError(_("Hier steht eine Zahl, zum Beispiel 3 oder 1,5")) from None
    if not 0 <= number < 1000 or number * 2 != int(number * 2):
        raise ValueError(_("Ganze oder halbe Zahlen, zum Beispiel 3 oder 1,5"))
    return int(number) if number == int(number) else number


def show_number(number: float) -> str:
    """The same with a comma."""
    return f"{number:g}".replace(".", ",")


class LongTextField(Field):
    """Several lines. Eingabe begins a new line here; Tab goes on."""

    def _make_control(self) -> QWidget:
        self._edit = TextEdit(self)
        self._edit.textChanged.connect(self._note_typed)
        return self._edit

    def _text(self) -> str:
        return self._edit.toPlainText()

    def _put(self, value: Any) -> None:
        words = "" if value is None else self._show(value)
        if words != self._edit.toPlainText():
            with QSignalBlocker(self._edit):
                self._edit.setPlainText(words)

    @staticmethod
    def _is_plain_enter(event: object) -> bool:
        return False

    def set_read_only(self, locked: bool) -> None:
        self._edit.setReadOnly(locked)
