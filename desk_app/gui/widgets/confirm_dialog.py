"""The question before files are written: what, where to, and what to bear in mind."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desk_app.gui.widgets.buttons import Button
from desk_app.gui.widgets.labels import Label
from desk_app.gui.widgets.overlays import Scrim
from desk_app.gui.widgets.progress_dialog import TargetLine
from desk_app.i18n import _


class ConfirmDialog(Scrim):
    """Asks before anything is written; without a title of its own since nothing protects it there."""

    confirmed = Signal()
    other_folder = Signal()

    def __init__(
        self, window: QWidget, folder: Path, what: str, warnings: Sequence[str], title: str = "", deed: str = ""
    ) -> None:
        super().__init__(window)
        title = title or _("Unverschlüsselt speichern?")
        self.panel.setAccessibleName(title)
        self.save = Button(deed or _("Hier speichern"), "primary")
        self.other = Button(_("Anderer Ordner"), "ghost")
        self.cancel = Button(_("Abbrechen"), "secondary", keys="Esc")
        for button, signal in ((self.save, self.confirmed), (self.other, self.other_folder)):
            button.clicked.connect(self.close_dialog)
            button.clicked.connect(signal)
        self.cancel.clicked.connect(self.dismiss)
        column = self.body
        column.setSpacing(0)
        column.addWidget(Label(title, "title", wrap=True))
        column.addSpacing(2)
        column.addWidget(Label(what, "body", "text2"))
        column.addSpacing(14)
        target = TargetLine()
        target.setText(str(folder))
        target.setToolTip(str(folder))
        target.setAccessibleName(_("Ordner: {folder}").format(folder=folder))
        column.addWidget(target)
        column.addSpacing(14)
        for words in warnings:
            column.addWidget(Label(words, "small", "text2", wrap=True))
            column.addSpacing(6)
        column.addSpacing(12)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.save)
        row.addWidget(self.other)
        row.addStretch(1)
        row.addWidget(self.cancel)
        column.addLayout(row)

    def ask(self) -> None:
        self.open(self.save)
