"""The header of the intake: which family, whether everything is kept, and the two ways out."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desk_app.gui.header import Header
from desk_app.gui.widgets.buttons import Button
from desk_app.gui.widgets.chips import Chip
from desk_app.i18n import _


class IntakeHeader(Header):
    """Emits ``later_asked`` and ``finish_asked``."""

    later_asked = Signal()
    finish_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("Neue Aufnahme"), parent=parent)
        self._chip = Chip(_("Aufnahme"), "accent")
        self._later = Button(_("Später weiter"), "secondary")
        self._later.clicked.connect(self.later_asked)
        self._finish = Button(_("Aufnahme abschließen"), "primary")
        self._finish.setToolTip(_("Strg+Eingabe"))
        self._finish.clicked.connect(self.finish_asked)
        self.add_chip(self._chip)
        self.add_action(self._later)
        self.add_action(self._finish)

    def show_stage(self, *, is_open: bool) -> None:
        """An intake that was finished is a file being changed: nothing is left to finish."""
        self._chip.setVisible(is_open)
        self._later.setVisible(is_open)
        words = _("Aufnahme abschließen") if is_open else _("Fertig")
        if self._finish.text() != words:
            self._finish.setText(words)
            self._finish.updateGeometry()
