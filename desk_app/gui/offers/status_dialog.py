"""An offer pauses or ends: why, in a few words, where somebody knows."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desk_app.domain.offers import ENDED, PAUSED
from desk_app.gui.step_dialog import StepDialog
from desk_app.gui.widgets.text_fields import TextField
from desk_app.i18n import N_, _

DEEDS: Mapping[str, str] = {PAUSED: N_("Macht Pause"), ENDED: N_("Ist beendet")}


class StatusDialog(StepDialog):
    """``asked`` comes with the reason, "" for none; Eingabe alone is enough."""

    asked = Signal(str)

    def __init__(self, window: QWidget, title: str, status: str) -> None:
        super().__init__(window, title, "", _(DEEDS[status]))
        self.words = TextField(label=_("Warum?"))
        self.words.set_optional(True)
        self.words.set_hint(_("Steht im Verlauf der Änderungen."))
        self._add(self.words)
        self.finish()

    def ask(self) -> None:
        self.open(self.words.control)

    def _ask(self) -> None:
        self.words.commit()
        self.close_dialog()
        self.asked.emit(self.words.text().strip())
