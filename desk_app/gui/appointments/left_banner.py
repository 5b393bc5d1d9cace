"""Says that an appointment was begun and not entered, with the way on."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Signal

from desk_app.gui.widgets.buttons import Button
from desk_app.gui.widgets.messages import Banner
from desk_app.i18n import _
from desk_app.presenters.appointment_words import moment_words
from desk_app.presenters.booking_draft import Draft


class LeftBanner(Banner):
    """Hidden while nothing was left."""

    go_on = Signal()
    dropped = Signal()

    def __init__(self) -> None:
        self._on = Button(_("Weiter eintragen"), "secondary", height="compact")
        super().__init__("", "accent", self._on)
        drop = Button(_("Verwerfen"), "ghost", height="compact")
        self._row.addWidget(drop)
        self._on.clicked.connect(self.go_on)
        drop.clicked.connect(self.dropped)
        self.hide()

    def show_left(self, left: Draft | None, today: date) -> None:
        """Tell what was left, or nothing."""
        self.setVisible(left is not None)
        if left is not None:
            words = _("Begonnen und noch nicht eingetragen: {name}, {when}")
            name = left.typed.strip() or _("noch ohne Namen")
            self.set_words(words.format(name=name, when=moment_words(left.start, today)))
