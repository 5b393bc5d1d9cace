"""The dialog for one deed: what it is about, some fields, the deed and a way out."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QWidget

from desk_app.gui.widgets.buttons import Button
from desk_app.gui.widgets.labels import Label
from desk_app.gui.widgets.messages import Banner
from desk_app.gui.widgets.overlays import Scrim
from desk_app.i18n import _


class DeedDialog(Scrim):
    """Title, words, whatever the dialog is about, and below it one deed and a way out.

    While the deed is under way (keys take about a second) nothing can be pressed and Esc waits.
    """

    def __init__(self, window: QWidget, title: str, words: str, deed: Button, way_out: str = "") -> None:
        super().__init__(window)
        self.panel.setAccessibleName(title)
        self.deed = deed
        self.cancel = Button(way_out or _("Abbrechen"), "secondary", keys="Esc")
        self.cancel.clicked.connect(self.dismiss)
        self.failure = Banner("", "bad")
        self.failure.hide()
        self.busy = Label("", "small", "text2")
        self.body.setSpacing(12)
        self.body.addWidget(Label(title, "title", wrap=True))
        if words:
            self.body.addWidget(Label(words, "body", "text2", wrap=True))
        self.body.addWidget(self.failure)

    def finish(self, *more: QWidget) -> None:
        """Put the buttons below everything else."""
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.deed)
        for widget in more:
            row.addWidget(widget)
        row.addWidget(self.busy)
        row.addStretch(1)
        row.addWidget(self.cancel)
        self.body.addSpacing(6)
        self.body.addLayout(row)

    def show_busy(self, words: str) -> None:
        self.busy.setText(words)
        for button in (self.deed, self.cancel):
            button.setEnabled(not words)
        if words:
            self.failure.hide()
        self._fit()

    def show_failed(self, message: str) -> None:
        self.failure.set_words(message)
        self.failure.show()
        self._fit()

    def dismiss(self) -> None:
        if self.cancel.isEnabled():
            super().dismiss()
