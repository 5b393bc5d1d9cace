"""When a store lies there but cannot be opened: what happened, and the ways on. Nothing is ever overwritten."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QWidget

from desk_app.gui.start.shore_panel import ShorePanel
from desk_app.gui.widgets.buttons import Button
from desk_app.i18n import _


class StoppedPage(ShorePanel):
    """Emits ``again`` to look once more, ``restore_asked``, and ``open_other`` with another folder."""

    again = Signal()
    restore_asked = Signal()
    open_other = Signal(object)

    def __init__(self, message: str, parent: QWidget | None = None) -> None:
        super().__init__(_("Der Datenbestand lässt sich gerade nicht öffnen"), message, parent)
        again = Button(_("Erneut versuchen"), "primary", height="large")
        restore = Button(_("Aus einer Sicherung zurückholen"), "secondary", height="large")
        other = Button(_("Anderen Ordner öffnen"), "link")
        again.clicked.connect(self.again)
        restore.clicked.connect(self.restore_asked)
        other.clicked.connect(self._pick)
        actions = QHBoxLayout()
        actions.addWidget(again)
        actions.addWidget(restore)
        actions.addStretch(1)
        actions.addWidget(other)
        self.column.addSpacing(8)
        self.column.addLayout(actions)

    def _pick(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, _("Ordner mit dem Datenbestand"))
        if chosen:
            self.open_other.emit(Path(chosen))
