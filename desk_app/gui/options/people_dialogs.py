"""The dialogs about people: who somebody is, a passphrase to hand over, a farewell, one's own passphrase, the code."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QPointF, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QPainter
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QButtonGroup, QWidget

from desk_app.domain.roles import Role
from desk_app.gui import icons
from desk_app.gui.choice_row import ChoiceRow
from desk_app.gui.deed_dialog import DeedDialog
from desk_app.gui.printing import choose_printer
from desk_app.gui.secret_sheet import SecretText, print_sheet
from desk_app.gui.widgets.buttons import Button
from desk_app.gui.widgets.labels import Label
from desk_app.gui.widgets.messages import Banner
from desk_app.gui.widgets.passphrase_field import PassphraseField
from desk_app.gui.widgets.text_fields import TextField
from desk_app.gui.widgets.tick_fields import TickField
from desk_app.i18n import _
from desk_app.presenters.people import PersonLine

_SYMBOLS = {Role.LEAD: "key-round", Role.COUNSEL: "users", Role.RECEPTION: "user-plus"}


class _RoleRow(ChoiceRow):
    def __init__(self, role: Role) -> None:
        super().__init__(role.label, role.duties)
        self.role = role

    def _paint_sign(self, painter: QPainter, centre: QPointF, size: float) -> None:
        icons.paint(painter, _SYMBOLS[self.role], centre, round(size * 0.6), "accent" if self.isChecked() else "text2")


class PersonDialog(DeedDialog):
    """Name and role, of somebody new or of ``line``. Emits ``asked(name, role)``."""

    asked = Signal(str, object)

    def __init__(self, window: QWidget, problem: Callable[[str], str], line: PersonLine | None = None) -> None:
        words = _(
            "Trittstein erzeugt eine Einmal-Passphrase aus sechs Wörtern. Sie geben sie weiter; bei der ersten "
            "Anmeldung wählt die Person eine eigene."
        )
        super().__init__(
            window,
            _("Person bearbeiten") if line else _("Person hinzufügen"),
            "" if line else words,
            Button(_("Übernehmen") if line else _("Anlegen"), "primary", keys=_("Eingabe")),
        )
        self._problem = problem
        self.name = TextField(label=_("Vor- und Nachname"))
        self.name.set_value(line.name if line else None)
        self._group = QButtonGroup(self)
        self.rows = [_RoleRow(role) for role in Role]
        self.body.addWidget(self.name)
        self.body.addWidget(Label(_("Rolle"), "small", "text2"))
        for row in self.rows:
            self._group.addButton(row)
            row.setChecked(row.role is (line.role if line else Role.COUNSEL))
            row.setEnabled(not (line and line.why_fixed))
            self.body.addWidget(row)
        if line and line.why_fixed:
            self.body.addWidget(Label(line.why_fixed, "small", "text3", wrap=True))
        elif line:
            self.body.addWidget(Label(_("Die Rolle gilt ab der nächsten Anmeldung."), "small", "text3", wrap=True))
        self.deed.clicked.connect(self._ask)
        self.name.control.installEventFilter(self)
        self.finish()

    @property
    def role(self) -> Role:
        return next(row.role for row in self.rows if row.isChecked())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Eingabe in the name does the deed; elsewhere in the program it goes on to the next field."""
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and watched is self.name.control
            and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        ):
            if self.deed.isEnabled():
                self._ask()
            return True
        return super().eventFilter(watched, event)

    def _ask(self) -> None:
        words = self._problem(self.name.text())
        self.name.set_error(words)
        self._fit()
        if words:
            self.name.setFocus()
        else:
            self.asked.emit(self.name.text().strip(), self.role)


class RemoveDialog(DeedDialog):
    """Says plainly what removing does and what it cannot do. Emits ``asked``."""

    asked = Signal()

    def __init__(self, window: QWidget, line: PersonLine) -> None:
        super().__init__(
            window,
            _("{name} entfernen?").format(name=line.name),
            _(
                "Der Zugang endet sofort. Der Datenbestand wird mit einem neuen Schlüssel verschlüsselt, und die "
                "Sicherungen werden durch neue ersetzt. Was die Person eingetragen hat, bleibt unter ihrem Namen."
            ),
            Button(_("Entfernen"), "danger", "trash-2"),
        )
        self.body.addWidget(
            Banner(
                _(
                    "Kopien und Sicherungen, die jemand früher mitgenommen hat, bleiben mit der alten Passphrase "
                    "lesbar. Das kann kein Programm ändern."
                ),
                "warn",
            )
        )
        self.deed.clicked.connect(self.asked)
        self.finish()


class ResetDialog(DeedDialog):
    """Asks before somebody's passphrase loses its force. Emits ``asked``."""

    asked = Signal()

    def __init__(self, window: QWidget, line: PersonLine) -> None:
        super().__init__(
            window,
            _("Neue Passphrase für {name}?").format(name=line.name),
            _(
                "Die bisherige öffnet danach nichts mehr. Trittstein erzeugt eine Einmal-Passphrase aus sechs Wörtern; "
                "bei der nächsten Anmeldung wählt die Person wieder eine eigene."
            ),
            Button(_("Einmal-Passphrase anlegen"), "primary"),
        )
        self.deed.clicked.connect(self.asked)
        self.finish()


class SecretDialog(DeedDialog):
    """A passphrase or code, shown this once: to copy where that is safe, to print, and to put away."""

    def __init__(
        self, window: QWidget, title: str, words: str, secret: str, sheet: tuple[str, ...], *, copy: bool
    ) -> None:
        super().__init__(window, title, words, Button(_("Fertig"), "primary"), _("Schließen"))
        self._sheet, self._secret = sheet, secret
        self.secret = SecretText(secret, title)
        self.safe = TickField(label=_("Ich habe es weitergegeben oder sicher aufbewahrt"))
        self.safe.committed.connect(lambda safe: self._let_go(bool(safe)))
        self.print = Button(_("Drucken"), "secondary", "printer")
        self.print.clicked.connect(self._ask_printer)
        self.copy = Button(_("Kopieren"), "secondary", "copy")
        self.copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(secret))
        self.copy.setVisible(copy)
        self.body.addWidget(self.secret)
        self.body.addWidget(self.safe)
        self.deed.clicked.connect(self.dismiss)
        self.cancel.hide()
        self.finish(self.print, self.copy)
        self._let_go(False)

    def dismiss(self) -> None:
        """Not before it is said that the secret is safe: it is kept nowhere."""
        if self.deed.isEnabled():
            super().dismiss()

    def print_to(self, printer: QPrinter) -> None:
        print_sheet(printer, self._sheet, self._secret)

    def _let_go(self, safe: bool) -> None:
        self.deed.setEnabled(safe)
        self.cancel.setEnabled(safe)

    def _ask_printer(self) -> None:
        printer = choose_printer(self)
        if printer is not None:
            self.print_to(printer)


class CodeDialog(DeedDialog):
    """Asks before the printed recovery code loses its force. Emits ``asked``."""

    asked = Signal()

    def __init__(self, window: QWidget) -> None:
        super().__init__(
            window,
            _("Neuer Wiederherstellungscode"),
            _(
                "Der bisherige Ausdruck öffnet danach nichts mehr. Bitte vernichten Sie ihn und legen Sie den neuen "
                "in den Tresor."
            ),
            Button(_("Neuen Code anlegen"), "primary"),
        )
        self.deed.clicked.connect(self.asked)
        self.finish()


class PassphraseDialog(DeedDialog):
    """One's own passphrase: the old one, and the new one twice. Emits ``asked(old, new)``."""

    asked = Signal(str, str)

    def __init__(
        self, window: QWidget, problems: Callable[[str, str], dict[str, str]], propose: Callable[[], str]
    ) -> None:
        super().__init__(
            window,
            _("Meine Passphrase ändern"),
            _("Mindestens 14 Zeichen, am besten mehrere Wörter, die nichts mit Ihnen zu tun haben."),
            Button(_("Ändern"), "primary", keys=_("Eingabe")),
        )
        self._problems = problems
        self.old = PassphraseField(_("Bisherige Passphrase"))
        self.new = PassphraseField(_("Neue Passphrase"))
        self.repeated = PassphraseField(_("Neue Passphrase noch einmal"))
        proposal = Button(_("Sechs Wörter vorschlagen"), "link")
        proposal.clicked.connect(lambda: self._take(propose()))
        self.old.entered.connect(lambda: self.new.setFocus())
        self.new.entered.connect(lambda: self.repeated.setFocus())
        self.repeated.entered.connect(self._ask)
        for widget in (self.old, self.new, self.repeated, proposal):
            self.body.addWidget(widget)
        self.deed.clicked.connect(self._ask)
        self.finish()

    def show_failed(self, message: str) -> None:
        super().show_failed(message)
        self.old.setFocus()

    def _take(self, words: str) -> None:
        """Show the words, so that they can be written down, and leave typing them again to the user."""
        self.new.reveal(words)
        self.new.set_error("")
        self.repeated.setFocus()

    def _ask(self) -> None:
        if not self.deed.isEnabled():
            return
        found = self._problems(self.new.text(), self.repeated.text())
        self.old.set_error("" if self.old.text() else _("Hier fehlt noch die bisherige Passphrase"))
        self.new.set_error(found.get("new", ""))
        self.repeated.set_error(found.get("repeated", ""))
        self._fit()
        if not found and self.old.text():
            self.asked.emit(self.old.text(), self.new.text())
