"""The page "Einstellungen"."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from desk_app.domain.clock import Clock
from desk_app.gui.theme import Appearance
from desk_app.presenters.runner import Runner


class OptionsPage(QWidget):
    def __init__(self, runner: Runner, appearance: Appearance, clock: Clock, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._runner = runner
        self._appearance = appearance
        self._clock = clock
