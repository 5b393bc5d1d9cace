"""The bar below the table while requests are chosen: how many, in which form, and the one button."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desk_app.gui.painting import hairline, painting
from desk_app.gui.theme import Theme
from desk_app.gui.widgets.buttons import Button
from desk_app.gui.widgets.chips import Chip
from desk_app.gui.widgets.inputs import TickBox
from desk_app.gui.widgets.labels import Label
from desk_app.i18n import _, ngettext
from desk_app.presenters.placements import Selection


class ExportBar(QWidget):
    """Hidden while nothing is chosen."""

    asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(_("Export"))
        self._selection = Selection()
        self.refusal = ""
        self.count = Label("", "body", strong=True)
        self.state = Chip("")
        self.hidden_rows = Label("", "small", "text3")
        self.xlsx = TickBox(_("Excel-Liste"))
        self.pdf = TickBox(_("PDF je Kind"))
        self.button = Button(_("Exportieren"), "primary", "download", "E")
        for tick in (self.xlsx, self.pdf):
            tick.setChecked(True)
            tick.toggled.connect(lambda _on: self.show_selection(self._selection))
        self.button.clicked.connect(self.asked)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 1, 12, 0)
        row.setSpacing(10)
        row.addWidget(self.count)
        row.addWidget(self.state)
        row.addWidget(self.hidden_rows)
        row.addStretch(1)
        row.addWidget(self.xlsx)
        row.addSpacing(4)
        row.addWidget(self.pdf)
        row.addSpacing(4)
        row.addWidget(self.button)
        self.hide()
        self.refit()

    def refit(self) -> None:
        self.setFixedHeight(Theme.current().px(54))

    @property
    def ready(self) -> bool:
        """Whether there is anything to export, in any form, by somebody who may."""
        return not self.refusal and self._selection.ready > 0 and (self.xlsx.isChecked() or self.pdf.isChecked())

    def refuse(self, words: str) -> None:
        """Say why the one at the desk may not send anything out; empty where they may."""
        self.refusal = words
        self.show_selection(self._selection)

    def show_selection(self, selection: Selection) -> None:
        """Show what is chosen; nothing chosen hides the bar."""
        self._selection = selection
        self.count.setText(ngettext("{n} ausgewählt", "{n} ausgewählt", selection.count).format(n=selection.count))
        if selection.incomplete:
            stay = ngettext("{n} unvollständig – bleibt hier", "{n} unvollständig – bleiben hier", selection.incomplete)
            self.state.set_state(stay.format(n=selection.incomplete), "warn", "circle-alert")
        else:
            self.state.set_state(_("alle vollständig") if selection.count > 1 else _("vollständig"), "ok", "check")
        hidden = ngettext("{n} davon ausgeblendet", "{n} davon ausgeblendet", selection.hidden)
        self.hidden_rows.setText(hidden.format(n=selection.hidden))
        self.hidden_rows.setVisible(selection.hidden > 0)
        self.button.setEnabled(self.ready)
        self.button.set_keys("E" if self.ready else "")
        self.button.setToolTip(self.why())
        self.setVisible(selection.count > 0)

    def why(self) -> str:
        """What the button does, or why it does nothing now."""
        if self.refusal:
            return self.refusal
        if not self._selection.ready:
            return _("Keine der gewählten Anfragen ist vollständig. Was fehlt, steht in der Vorschau")
        if not self.ready:
            return _("Bitte Excel-Liste oder PDF ankreuzen")
        return _("Die Dateien sind nicht verschlüsselt: nur auf dem vereinbarten sicheren Weg weitergeben")

    def paintEvent(self, event: QPaintEvent) -> None:
        with painting(self) as painter:
            hairline(painter, 0, self.width(), 0)
