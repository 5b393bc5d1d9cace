"""A passphrase: hidden while typed, shown on request, pasted if one likes (WCAG 3.3.8)."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from desk_app.gui.widgets.buttons import IconButton
from desk_app.gui.widgets.field import FieldLabel, MessageLine
from desk_app.gui.widgets.line_edit import LineEdit
from desk_app.i18n import _


class PassphraseField(QWidget):
    """No form field: its text is never handed on by itself, only asked for."""

    typed = Signal()
    entered = Signal()
    """Eingabe was pressed in the field."""

    def __init__(self, label: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._label = FieldLabel(self)
        self._label.setText(label)
        self.edit = LineEdit(self, "large")
        self.edit.setEchoMode(QLineEdit.EchoMode.Password)
        self.edit.setProperty("secret", True)
        self.edit.setAccessibleName(label)
        self.edit.textEdited.connect(self._note_typed)
        self.edit.returnPressed.connect(self.entered)
        self._reveal = IconButton("eye", _("Passphrase zeigen"), "large", parent=self)
        self._reveal.setCheckable(True)
        self._reveal.toggled.connect(self._show_letters)
        self._message = MessageLine(self)
        self._label.setBuddy(self.edit)
        self.setFocusProxy(self.edit)
        row = QHBoxLayout()
        row.setSpacing(6)
        row.addWidget(self.edit, 1)
        row.addWidget(self._reveal)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(5)
        column.addWidget(self._label)
        column.addLayout(row)
        column.addWidget(self._message)

    def text(self) -> str:
        return self.edit.text()

    def reveal(self, words: str) -> None:
        """Fill the field and show its letters, so that they can be written down."""
        self.edit.setText(words)
        self._reveal.setChecked(True)

    def clear(self) -> None:
        """Empty the field and hide its letters again."""
        self.edit.clear()
        self._reveal.setChecked(False)

    def set_error(self, words: str) -> None:
        self._tell("error", words)

    def set_notice(self, words: str) -> None:
        self._tell("notice", words)

    def message(self) -> str:
        return self._message.text()

    def _tell(self, kind: str, words: str) -> None:
        self._message.show_message(kind, words)
        self.edit.setAccessibleDescription(words)
        self.edit.setProperty("state", "error" if words and kind == "error" else "")
        self.edit.style().unpolish(self.edit)
        self.edit.style().polish(self.edit)

    def _note_typed(self) -> None:
        if self.edit.property("state") == "error":
            self.set_error("")
        self.typed.emit()

    def _show_letters(self, shown: bool) -> None:
        self.edit.setEchoMode(QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password)
        self._reveal.set_symbol("eye-off" if shown else "eye")
        self._reveal.set_name(_("Passphrase verbergen") if shown else _("Passphrase zeigen"))
