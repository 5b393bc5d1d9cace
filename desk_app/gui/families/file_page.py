"""The file of one family: who belongs to it, what happened, what is open."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desk_app.domain.clock import Clock
from desk_app.presenters.runner import Runner


class FamilyFilePage(QWidget):
    edit_asked = Signal(object)
    question_chosen = Signal(object, object)
    placement_chosen = Signal(object)
    back = Signal()
    title_changed = Signal(str)

    def __init__(self, runner: Runner, clock: Clock, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._runner = runner
        self._clock = clock
