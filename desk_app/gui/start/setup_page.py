"""The first start: the centre, who sits here, and a passphrase. Two minutes, then the recovery code."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QWidget

from desk_app.gui.start.shore_panel import ShorePanel
from desk_app.gui.widgets.buttons import Button
from desk_app.gui.widgets.labels import ElidedLabel, Label
from desk_app.gui.widgets.messages import Banner
from desk_app.gui.widgets.passphrase_field import PassphraseField
from desk_app.gui.widgets.text_fields import TextField
from desk_app.i18n import _
from desk_app.presenters.setup import SetupPresenter

ChooseFolder = Callable[[QWidget, Path], Path | None]


def ask_folder(parent: QWidget, start: Path) -> Path | None:
    """The system's own dialog; ``None`` when it was closed."""
    chosen = QFileDialog.getExistingDirectory(parent, _("Ordner für den Datenbestand"), str(start))
    return Path(chosen) if chosen else None


class SetupPage(ShorePanel):
    """Emits ``code_shown`` with the recovery code, and ``open_other`` with a folder that may hold a store."""

    code_shown = Signal(str)
    open_other = Signal(object)

    def __init__(self, choose_folder: ChooseFolder = ask_folder, parent: QWidget | None = None) -> None:
        super().__init__(
            _("Trittstein einrichten"),
            _("Das dauert etwa zwei Minuten. Alle Daten bleiben verschlüsselt auf diesem PC."),
            parent,
        )
        self._choose_folder = choose_folder
        self._presenter: SetupPresenter | None = None
        self.centre = TextField(label=_("Name der Einrichtung"), key="centre.name")
        self.city = TextField(label=_("Stadt oder Kreis"), key="centre.city")
        self.user = TextField(label=_("Ihr Vor- und Nachname"), key="user_name")
        self.city.set_placeholder(_("z. B. Stadt Mülheim an der Ruhr"))
        self.passphrase = PassphraseField(_("Passphrase"))
        self.repeated = PassphraseField(_("Passphrase noch einmal"))
        self._propose = Button(_("Sechs Wörter vorschlagen"), "link")
        self._folder = ElidedLabel("", "small", "text2")
        self._change = Button(_("Anderer Ordner"), "link")
        self._other = Button(_("Vorhandenen Datenbestand öffnen"), "link")
        self._failure = Banner("")
        self._make = Button(_("Einrichten"), "primary", keys=_("Eingabe"), height="large")
        self._build()
        self._connect()

    def _build(self) -> None:
        self._failure.hide()
        names = QHBoxLayout()
        names.setSpacing(12)
        names.addWidget(self.centre, 1)
        names.addWidget(self.city, 1)
        folder = QHBoxLayout()
        folder.setSpacing(12)
        folder.addWidget(self._folder)
        folder.addWidget(self._change)
        folder.addStretch(1)
        actions = QHBoxLayout()
        actions.addWidget(self._make)
        actions.addStretch(1)
        actions.addWidget(self._other)
        self.column.addWidget(self._failure)
        self.column.addLayout(names)
        self.column.addWidget(self.user)
        self.column.addWidget(self.passphrase)
        self.column.addWidget(self.repeated)
        self.column.addWidget(self._propose)
        self.column.addWidget(Label(_("Ordner für den Datenbestand"), "small", "text2"))
        self.column.addLayout(folder)
        self.column.addSpacing(6)
        self.column.addLayout(actions)

    def _connect(self) -> None:
        for field in (self.centre, self.city, self.user):
            field.typed.connect(lambda field=field: self._edit(field.get_key(), field.text()))
        self.passphrase.typed.connect(lambda: self._edit("passphrase", self.passphrase.text()))
        self.repeated.typed.connect(lambda: self._edit("repeated", self.repeated.text()))
        self.passphrase.entered.connect(lambda: self.repeated.setFocus())
        self.repeated.entered.connect(self._ask)
        self._propose.clicked.connect(self._fill_proposal)
        self._change.clicked.connect(self._pick_folder)
        self._other.clicked.connect(self._pick_store)
        self._make.clicked.connect(self._ask)

    def bind(self, presenter: SetupPresenter) -> None:
        """Start with what the presenter's draft says."""
        self._presenter = presenter
        self.centre.set_value(presenter.draft.centre.name)
        self.city.set_value(presenter.draft.centre.city)
        self._folder.setText(str(presenter.draft.folder))

    # --- what the presenter shows

    def show_problems(self, problems: dict[str, str]) -> None:
        for field in (self.centre, self.city, self.user):
            field.set_error(problems.get(field.get_key(), ""))
        self.passphrase.set_error(problems.get("passphrase", ""))
        self.repeated.set_error(problems.get("repeated", ""))
        self._fit()
        first = next((key for key in ("centre.name", "user_name", "passphrase", "repeated") if key in problems), None)
        waiting = {"centre.name": self.centre, "user_name": self.user, "passphrase": self.passphrase}
        if first is not None and not self.isAncestorOf(self.window().focusWidget() or self):
            waiting.get(first, self.repeated).setFocus()

    def show_busy(self, busy: bool) -> None:
        self._make.setEnabled(not busy)
        self._make.setText(_("Wird eingerichtet …") if busy else _("Einrichten"))

    def show_failed(self, message: str) -> None:
        self._failure.set_words(message)
        self._failure.show()
        self._fit()

    def show_code(self, code: str) -> None:
        self.code_shown.emit(code)

    # --- what the user does

    def _edit(self, key: str, value: str) -> None:
        if self._presenter is None:
            return
        self._presenter.edit(key, value)
        if key == "passphrase":
            advice = self._presenter.passphrase_advice() if value else ()
            self.passphrase.set_notice(advice[0] if advice else "")
            self._fit()

    def _ask(self) -> None:
        if self._presenter is not None and self._make.isEnabled():
            self._failure.hide()
            self._presenter.make()

    def _fill_proposal(self) -> None:
        """Show the words, so that they can be written down, and leave typing them again to the user."""
        if self._presenter is None:
            return
        self.passphrase.reveal(self._presenter.propose_passphrase())
        self._edit("passphrase", self.passphrase.text())
        self.repeated.setFocus()

    def _pick_folder(self) -> None:
        if self._presenter is None:
            return
        chosen = self._choose_folder(self, self._presenter.draft.folder)
        if chosen is not None:
            folder = chosen / "Trittstein" if any(chosen.iterdir()) else chosen
            self._presenter.edit("folder", folder)
            self._folder.setText(str(folder))

    def _pick_store(self) -> None:
        start = self._presenter.draft.folder if self._presenter is not None else Path.home()
        chosen = self._choose_folder(self, start)
        if chosen is not None:
            self.open_other.emit(chosen)
