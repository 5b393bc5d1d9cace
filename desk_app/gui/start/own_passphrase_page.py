"""The first sign-in: a passphrase of one's own in place of the one-time one that somebody handed over."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desk_app.casework import people, users
from desk_app.domain.errors import WorldError
from desk_app.domain.passphrase import generate_passphrase
from desk_app.gui.start.shore_panel import ShorePanel
from desk_app.gui.widgets.buttons import Button
from desk_app.gui.widgets.messages import Banner
from desk_app.gui.widgets.passphrase_field import PassphraseField
from desk_app.i18n import _
from desk_app.presenters.people import passphrase_problems

if TYPE_CHECKING:
    from desk_app.casework.desk import Desk
    from desk_app.presenters.runner import Runner


class OwnPassphrasePage(ShorePanel):
    """Nothing of the desk is shown before. Goes on with ``opened(desk)``; emits ``back`` when somebody gives up."""

    back = Signal()

    def __init__(
        self, desk: Desk, runner: Runner, opened: Callable[[Desk], None], parent: QWidget | None = None
    ) -> None:
        self._name = desk.do(users.name)[0]
        super().__init__(
            _("Willkommen, {name}").format(name=self._name),
            _(
                "Bitte wählen Sie jetzt Ihre eigene Passphrase, die niemand sonst kennt. Die Einmal-Passphrase gilt "
                "danach nicht mehr. Mindestens 14 Zeichen, am besten mehrere Wörter, die nichts mit Ihnen zu tun haben."
            ),
            parent,
        )
        self._desk: Desk | None = desk
        self._runner = runner
        self._opened = opened
        self.new = PassphraseField(_("Eigene Passphrase"))
        self.repeated = PassphraseField(_("Eigene Passphrase noch einmal"))
        self._proposal = Button(_("Sechs Wörter vorschlagen"), "link")
        self._failure = Banner("", "bad")
        self._failure.hide()
        self._go = Button(_("Loslegen"), "primary", keys=_("Eingabe"), height="large")
        self._back = Button(_("Zurück"), "link")
        self.new.entered.connect(lambda: self.repeated.setFocus())
        self.repeated.entered.connect(self._ask)
        self._proposal.clicked.connect(self._propose)
        self._go.clicked.connect(self._ask)
        self._back.clicked.connect(self._leave)
        # the store is open already, though the keys of the desk are not there yet
        self.lock_key = QShortcut(QKeySequence("Ctrl+L"), self)
        actions = QHBoxLayout()
        actions.addWidget(self._go)
        actions.addStretch(1)
        actions.addWidget(self._back)
        for widget in (self._failure, self.new, self.repeated, self._proposal):
            self.column.addWidget(widget)
        self.column.addSpacing(6)
        self.column.addLayout(actions)
        self.setFocusProxy(self.new)

    def give_up(self) -> None:
        """Close the store without having opened the desk; the one-time passphrase stays."""
        if self._desk is not None:
            self._desk.close()
            self._desk = None

    def _leave(self) -> None:
        self.give_up()
        self.back.emit()

    def _propose(self) -> None:
        """Show the words, so that they can be written down, and leave typing them again to the user."""
        self.new.reveal(generate_passphrase())
        self.new.set_error("")
        self.repeated.setFocus()

    def _ask(self) -> None:
        desk = self._desk
        if desk is None or not self._go.isEnabled():
            return
        problems = passphrase_problems(self._name, self.new.text(), self.repeated.text())
        self.new.set_error(problems.get("new", ""))
        self.repeated.set_error(problems.get("repeated", ""))
        self._fit()
        if not problems:
            words = self.new.text()
            self._show_busy(True)
            self._runner.run(
                lambda _work: people.choose_passphrase(desk, words), lambda _nothing: self._done(), self._failed
            )

    def _done(self) -> None:
        desk, self._desk = self._desk, None
        if desk is not None:
            self._opened(desk)

    def _failed(self, error: WorldError) -> None:
        self._show_busy(False)
        self._failure.set_words(error.message)
        self._failure.show()
        self._fit()
        self.new.setFocus()

    def _show_busy(self, busy: bool) -> None:
        self._failure.setVisible(False)
        self._go.setEnabled(not busy)
        self._back.setEnabled(not busy)
        self._go.setText(_("Wird gespeichert …") if busy else _("Loslegen"))
