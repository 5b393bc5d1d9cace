"""The bar below the table while requests are chosen: how many, in which form, and the one button."""

from __future__ import annotations

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QWidget

from desk_app import settings
from desk_app.gui.painting import hairline, painting
from desk_app.gui.theme import Theme
from desk_app.gui.widgets.buttons import Button, IconButton
from desk_app.gui.widgets.chips import Chip
from desk_app.gui.widgets.inputs import TickBox
from desk_app.gui.widgets.labels import Label
from desk_app.i18n import _, ngettext
from desk_app.presenters.placement_export import OutForms
from desk_app.presenters.placements import Selection


class ExportBar(QWidget):
    """Hidden while nothing is chosen. Where there is little room, the letter is chosen in the menu alone."""

    asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(_("Export"))
        self._selection = Selection()
        self.refusal = ""
        self.one_pdf = False
        self.menu: QMenu | None = None
        self.count = Label("", "body", strong=True)
        self.state = Chip("")
        self.hidden_rows = Label("", "small", "text3")
        self.xlsx = TickBox(_("Excel-Liste"))
        self.pdf = TickBox(_("PDF je Kind"))
        self.cover = TickBox(_("Anschreiben"))
        self.encrypted = TickBox(_("verschlüsselt"))
        self.more = IconButton("chevron-down", _("Weitere Formen"), "compact")
        self.button = Button(_("Exportieren"), "primary", "lock", "E")
        self.more.clicked.connect(self.open_menu)
        for tick in (self.xlsx, self.pdf, self.cover, self.encrypted):
            tick.setChecked(True)
            tick.toggled.connect(lambda _on: self.show_selection(self._selection))
        self.button.clicked.connect(self.asked)
        self._build()
        self.hide()
        self.refit()

    def open_menu(self) -> None:
        """Offer what has no box of its own, or no room for it."""
        menu = self.menu = QMenu(self)
        for words, on, choose in (
            (_("Alle PDF in einer Datei"), self.one_pdf, self.set_one_pdf),
            (_("Anschreiben dazu"), self.cover.isChecked(), self.cover.setChecked),
        ):
            action = menu.addAction(words)
            action.setCheckable(True)
            action.setChecked(on)
            action.toggled.connect(choose)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.more.mapToGlobal(self.more.rect().topLeft()))

    def set_one_pdf(self, on: bool) -> None:
        """Whether all papers go into one file."""
        self.one_pdf = on
        self.pdf.setText(_("PDF, eine Datei") if on else _("PDF je Kind"))
        self._make_room()

    def _build(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 1, 12, 0)
        row.setSpacing(10)
        row.addWidget(self.count)
        row.addWidget(self.state)
        row.addWidget(self.hidden_rows)
        row.addStretch(1)
        row.addWidget(self.xlsx)
        row.addWidget(self.pdf)
        row.addWidget(self.more)
        row.addWidget(self.cover)
        row.addWidget(self.encrypted)
        row.addSpacing(4)
        row.addWidget(self.button)

    def refit(self) -> None:
        self.setFixedHeight(Theme.current().px(54))
        self._make_room()

    @property
    def forms(self) -> OutForms:
        """What is ticked."""
        return OutForms(
            self.xlsx.isChecked(),
            self.pdf.isChecked(),
            self.one_pdf,
            self.cover.isChecked(),
            self.encrypted.isChecked(),
        )

    @property
    def ready(self) -> bool:
        """Whether there is anything to export, in any form, by somebody who may."""
        return not self.refusal and self._selection.ready > 0 and self.forms.any

    def refuse(self, words: str) -> None:
        """Say why the one at the desk may not send anything out; empty where they may."""
        self.refusal = words
        self.show_selection(self._selection)

    def show_selection(self, selection: Selection) -> None:
        """Show what is chosen; nothing chosen hides the bar."""
        self._selection = selection
        self.count.setText(ngettext("{n} ausgewählt", "{n} ausgewählt", selection.count).format(n=selection.count))
        hidden = ngettext("{n} davon ausgeblendet", "{n} davon ausgeblendet", selection.hidden)
        self.hidden_rows.setText(hidden.format(n=selection.hidden))
        self.button.setEnabled(self.ready)
        # whether single letters act is set in Einstellungen
        self.button.set_keys("E" if self.ready and settings.load().key_letters else "")
        self.button.set_symbol("lock" if self.encrypted.isChecked() else "download")
        self.button.setToolTip(self.why())
        self.setVisible(selection.count > 0)
        self._make_room()

    def why(self) -> str:
        """What the button does, or why it does nothing now."""
        if self.refusal:
            return self.refusal
        if not self._selection.ready:
            if self._selection.placed == self._selection.count:
                return _("Die gewählten Kinder haben schon einen Platz, oder ihre Anfragen ruhen")
            return _("Keine der gewählten Anfragen ist vollständig. Was fehlt, steht in der Vorschau")
        if not self.ready:
            return _("Bitte Excel-Liste oder PDF ankreuzen")
        if self.encrypted.isChecked():
            return _("Die Dateien bekommen eine Passphrase aus sechs Wörtern, die Sie danach einmal sehen")
        return _("Unverschlüsselt geht nur, wenn eine zweite Person zustimmt")

    # --- room

    def _stays(self, short: bool) -> tuple[str, str, str]:
        """What stays here, with tone and sign; shorter where there is little room."""
        selection = self._selection
        stays = []
        if selection.incomplete:
            stays.append(_("{n} unvollständig").format(n=selection.incomplete))
        if selection.placed:
            stays.append(_("{n} mit Platz").format(n=selection.placed))
        if not stays:
            return (_("alle vollständig") if selection.count > 1 else _("vollständig")), "ok", "check"
        words = ", ".join(stays)
        if not short:
            many = selection.incomplete + selection.placed
            words = ngettext("{what} – bleibt hier", "{what} – bleiben hier", many).format(what=words)
        return words, "warn", "circle-alert"

    def _make_room(self) -> None:
        """Show as much as there is room for: at first the hidden rows give way, then the letter, then some words."""
        words, tone, symbol = self._stays(short=False)
        self.state.set_state(words, tone, symbol)  # type: ignore[arg-type]  # both are tones
        self.state.setToolTip(words)
        self.hidden_rows.setVisible(self._selection.hidden > 0)
        self.cover.show()
        if self._fits():
            return
        self.cover.hide()
        if self._fits():
            return
        self.state.set_state(self._stays(short=True)[0], tone, symbol)  # type: ignore[arg-type]  # both are tones
        if not self._fits():
            self.hidden_rows.hide()
        many = self._selection.incomplete + self._selection.placed
        if many and not self._fits():  # the tooltip still says why each stays
            self.state.set_state(ngettext("{n} bleibt hier", "{n} bleiben hier", many).format(n=many), "warn", symbol)

    def _fits(self) -> bool:
        layout = self.layout()
        assert layout is not None
        layout.invalidate()
        return layout.sizeHint().width() <= self.width()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._make_room()

    def minimumSizeHint(self) -> QSize:
        # what has no room gives way, so the bar never widens its card
        return QSize(0, self.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        with painting(self) as painter:
            hairline(painter, 0, self.width(), 0)
