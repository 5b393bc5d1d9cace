"""Short questions on the way to an answer: which request is meant, and what opens a locked list."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desk_app.gui.step_dialog import StepDialog
from desk_app.gui.widgets.text_fields import TextField
from desk_app.i18n import _


class NumberDialog(StepDialog):
    """``asked`` comes with the number and, where somebody answers by telephone, the check code beside it."""

    asked = Signal(str, str)

    def __init__(self, window: QWidget, *, with_code: bool, number: str = "") -> None:
        title = _("Rückmeldung von Hand eintragen") if with_code else _("Zu welcher Anfrage gehört sie?")
        words = _("Bitte geben Sie die Nummer der Anfrage ein, zu der diese Rückmeldung gehört.")
        if with_code:
            words = _("Beides steht auf der Liste und auf jedem PDF nebeneinander. Bitte lassen Sie es sich sagen.")
        super().__init__(window, title, words, _("Weiter"))
        self.number = TextField(label=_("Nummer der Anfrage"))
        self.number.set_placeholder("SP-2026-0147")
        self.number.set_value(number or None)
        self.code = TextField(label=_("Prüfcode"))
        self.code.setVisible(with_code)
        self._add(self.number, self.code)
        self.finish()

    def ask(self) -> None:
        self.open(self.number)

    def _ask(self) -> None:
        for field in (self.number, self.code):
            field.commit()
        self.asked.emit(self.number.value() or "", self.code.value() or "")


class FilePassphraseDialog(StepDialog):
    """``asked`` comes with what was typed."""

    asked = Signal(str)

    def __init__(self, window: QWidget, words: str) -> None:
        super().__init__(window, _("Die Liste ist verschlüsselt"), words, _("Öffnen"))
        self.words = TextField(label=_("Passphrase der Sendung"))
        self._add(self.words)
        self.finish()

    def ask(self) -> None:
        self.open(self.words)

    def _ask(self) -> None:
        self.words.commit()
        self.asked.emit(self.words.value() or "")
