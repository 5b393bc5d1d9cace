"""Before files leave unlocked: why that is a risk, and the yes of a second person with their own passphrase."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desk_app.gui.deed_dialog import DeedDialog
from desk_app.gui.widgets.buttons import Button
from desk_app.gui.widgets.choice_field import ChoiceField
from desk_app.gui.widgets.labels import Label
from desk_app.gui.widgets.passphrase_field import PassphraseField
from desk_app.gui.widgets.progress_dialog import TargetLine
from desk_app.i18n import _


class UnlockedDialog(DeedDialog):
    """``agreed`` comes with the second person and what they typed; ``locked`` when they rather go encrypted."""

    agreed = Signal(object, str)
    locked = Signal()

    def __init__(
        self, window: QWidget, folder: Path, what: str, people: Sequence[tuple[UUID, str]], warnings: Sequence[str]
    ) -> None:
        words = _(
            "Wer an diesen Ordner oder die Mail kommt, kann alles über die Kinder lesen. Deshalb sehen zwei Personen "
            "hin: Bitte holen Sie jemanden dazu, der auch übermitteln darf."
        )
        if not people:
            words = _(
                "Unverschlüsselt geht nur zu zweit, und an diesem Platz gibt es sonst niemanden, der übermitteln darf. "
                "Verschlüsselt geht es jetzt gleich."
            )
        super().__init__(window, _("Unverschlüsselt senden?"), words, Button(_("Unverschlüsselt senden"), "danger"))
        self.person = ChoiceField(label=_("Zweite Person"))
        self.person.set_choices([(str(key), name) for key, name in people])
        self.passphrase = PassphraseField(_("Ihre Passphrase"))
        self.instead = Button(_("Doch verschlüsselt"), "secondary", "lock")
        self._fill(folder, what, bool(people), warnings)
        if len(people) == 1:
            self.person.set_value(str(people[0][0]))
        self.deed.setVisible(bool(people))
        self.deed.clicked.connect(self._ask)
        self.passphrase.entered.connect(self._ask)
        self.instead.clicked.connect(self.locked)
        self.finish(self.instead)

    def _fill(self, folder: Path, what: str, possible: bool, warnings: Sequence[str]) -> None:
        self.body.addWidget(Label(what, "small", "text2", wrap=True))
        target = TargetLine()
        target.setText(str(folder))
        target.setToolTip(str(folder))
        self.body.addWidget(target)
        for words in warnings:
            self.body.addWidget(Label(words, "small", "text2", wrap=True))
        if possible:
            self.body.addWidget(self.person)
            self.body.addWidget(self.passphrase)

    def ask(self, message: str = "") -> None:
        """Open; ``message`` says why the last try did not work."""
        if message:
            self.show_failed(message)
        self.open(self.passphrase.edit if self.person.value() else None)

    def _ask(self) -> None:
        if not self.person.commit() or self.person.value() is None:
            self.person.set_error(_("Bitte wählen, wer zustimmt"))
            self.person.setFocus()
        elif not self.passphrase.text():
            self.passphrase.set_error(_("Bitte die eigene Passphrase eingeben"))
            self.passphrase.setFocus()
        else:
            words = self.passphrase.text()
            self.passphrase.clear()
            self.agreed.emit(UUID(self.person.value()), words)
