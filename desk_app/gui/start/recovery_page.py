"""Passphrase forgotten: the printed code opens the store, and a new passphrase takes the old one's place."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desk_app.gui.start.failure_banner import FailureBanner
from desk_app.gui.start.shore_panel import ShorePanel
from desk_app.gui.widgets.buttons import Button
from desk_app.gui.widgets.passphrase_field import PassphraseField
from desk_app.gui.widgets.text_fields import TextField
from desk_app.i18n import _

Weaknesses = Callable[[str], tuple[str, ...]]


class RecoveryPage(ShorePanel):
    """Emits ``asked(code, new passphrase)`` and ``back``."""

    asked = Signal(str, str)
    back = Signal()

    def __init__(self, name: str, weaknesses: Weaknesses, parent: QWidget | None = None) -> None:
        super().__init__(
            _("Passphrase vergessen"),
            _(
                "{name}: Der ausgedruckte Wiederherstellungscode öffnet die Daten. "
                "Danach gilt Ihre neue Passphrase, und Sie bekommen einen neuen Code."
            ).format(name=name),
            parent,
        )
        self._weaknesses = weaknesses
        self.code = TextField(label=_("Wiederherstellungscode"))
        self.passphrase = PassphraseField(_("Neue Passphrase"))
        self.repeated = PassphraseField(_("Neue Passphrase noch einmal"))
        self._failure = FailureBanner()
        self._failure.changed.connect(lambda: self._fit())
        self._open = Button(_("Öffnen"), "primary", keys=_("Eingabe"), height="large")
        back = Button(_("Zurück"), "link")
        self.passphrase.entered.connect(lambda: self.repeated.setFocus())
        self.repeated.entered.connect(self._ask)
        self._open.clicked.connect(self._ask)
        back.clicked.connect(self.back)
        actions = QHBoxLayout()
        actions.addWidget(self._open)
        actions.addStretch(1)
        actions.addWidget(back)
        for widget in (self._failure, self.code, self.passphrase, self.repeated):
            self.column.addWidget(widget)
        self.column.addSpacing(6)
        self.column.addLayout(actions)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self._open.isEnabled():
            self.back.emit()
        else:
            super().keyPressEvent(event)

    def show_busy(self, busy: bool) -> None:
        self._open.setEnabled(not busy)
        self._open.setText(_("Wird geöffnet …") if busy else _("Öffnen"))

    def show_failed(self, message: str) -> None:
        self._failure.tell(message)

    def show_wait(self, seconds: int) -> None:
        """So long the next try has to wait; counted down here."""
        self._failure.wait(seconds)

    def _ask(self) -> None:
        if not self._open.isEnabled():
            return
        weak = self._weaknesses(self.passphrase.text())
        self.code.set_error("" if self.code.text().strip() else _("Hier fehlt noch der Code"))
        self.passphrase.set_error(weak[0] if weak else "")
        different = self.passphrase.text() != self.repeated.text()
        self.repeated.set_error(_("Die beiden Eingaben sind verschieden") if different and not weak else "")
        self._fit()
        if self.code.text().strip() and not weak and not different and not self._failure.is_too_soon():
            self._failure.tell("")
            self.asked.emit(self.code.text(), self.passphrase.text())
