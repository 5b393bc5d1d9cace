"""The tab "Personen": who works here with which role and way in, and one's own passphrase."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from desk_app.casework.people import Access, OneTime
from desk_app.domain.lists import Column, Kind
from desk_app.domain.passphrase import generate_passphrase
from desk_app.domain.roles import Role
from desk_app.gui.deed_dialog import DeedDialog
from desk_app.gui.options.people_dialogs import (
    CodeDialog,
    PassphraseDialog,
    PersonDialog,
    RemoveDialog,
    ResetDialog,
    SecretDialog,
)
from desk_app.gui.row_table import Cell, RowTable
from desk_app.gui.row_view import RowView
from desk_app.gui.start.code_page import code_sheet
from desk_app.gui.theme import Theme
from desk_app.gui.widgets.buttons import Button
from desk_app.gui.widgets.cards import Card
from desk_app.gui.widgets.labels import Label
from desk_app.gui.widgets.messages import Banner
from desk_app.i18n import N_, _
from desk_app.presenters.people import PeoplePresenter, PersonLine

if TYPE_CHECKING:
    from desk_app.gui.store_watch import StoreWatch
    from desk_app.presenters.runner import Runner

_COLUMNS = (
    Column("name", N_("Name"), Kind.STRONG, 28),
    Column("role", N_("Rolle"), width=12),
    Column("access", N_("Zugang"), width=22),
    Column("last", N_("Zuletzt angemeldet"), width=18),
)
_SIDE = 340
_ROOM = 900
"""Width at 100 % from which the own access stands beside the list."""


class _PeopleRows(RowView):
    """Einfg adds somebody, Entf takes the current one out."""

    add_asked = Signal()
    remove_asked = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Insert:
            self.add_asked.emit()
        elif event.key() == Qt.Key.Key_Delete:
            self.remove_asked.emit()
        else:
            super().keyPressEvent(event)


class PeopleCard(QWidget):
    """List, what can be done about the current one, and one's own access. Keys are worked on beside the window."""

    def __init__(self, watch: StoreWatch, runner: Runner, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._presenter = PeoplePresenter(
            self, watch.worker, watch.desk, watch.caretaker.keeper, lambda: _touch_users(runner)
        )
        self.dialog: DeedDialog | None = None
        self.result = Banner("", "ok")
        self.add = Button(_("Person"), "secondary", "plus", _("Einfg"), height="compact")
        self.edit = Button(_("Bearbeiten"), "secondary", "pencil", _("Eingabe"), height="compact")
        self.reset = Button(_("Neue Passphrase"), "secondary", height="compact")
        self.remove = Button(_("Entfernen"), "ghost", keys=_("Entf"), height="compact")
        self.own = Button(_("Meine Passphrase ändern"), "secondary", "key-round")
        self.renew = Button(_("Neuer Wiederherstellungscode"), "secondary", "printer")
        self._table = RowTable(_COLUMNS, _looks(), words=lambda line: str(line.spoken))
        self.rows = _PeopleRows(self._table, _("Personen"))
        self._table.setParent(self.rows)
        self._build()
        self._connect()

    def _build(self) -> None:
        self.add.setAccessibleName(_("Person hinzufügen"))
        self.result.hide()
        self.list = Card(_("Personen"), padded=False)
        self.list.body.setContentsMargins(0, 0, 0, 6)
        for widget in (self.remove, self.reset, self.edit, self.add):
            self.list.head.add_action(widget)
        self.list.body.addWidget(self.rows)
        self._room = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._room.setSpacing(14)
        self._room.addWidget(self.list, 1)
        self._room.addWidget(self._own_card(), 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self.result)
        column.addLayout(self._room, 1)
        self.setFocusProxy(self.rows)

    def _own_card(self) -> Card:
        self._own = card = Card(_("Mein Zugang"))
        card.body.setSpacing(8)
        self.me = Label("", "body", "text", wrap=True)
        self.duties = Label("", "small", "text2", wrap=True)
        self.why = Label("", "small", "text3", wrap=True)
        card.body.addWidget(self.me)
        card.body.addWidget(self.duties)
        card.body.addWidget(self.why)
        card.body.addSpacing(4)
        card.body.addWidget(self.own)
        card.body.addWidget(self.renew)
        return card

    def _connect(self) -> None:
        self.rows.moved.connect(lambda _line: self._fit_buttons())
        self.rows.opened.connect(lambda _line: self._press(self.edit))
        self.rows.add_asked.connect(lambda: self._press(self.add))
        self.rows.remove_asked.connect(lambda: self._press(self.remove))
        self.add.clicked.connect(self._ask_new)
        self.edit.clicked.connect(self._ask_edit)
        self.reset.clicked.connect(self._ask_reset)
        self.remove.clicked.connect(self._ask_remove)
        self.own.clicked.connect(self._ask_own)
        self.renew.clicked.connect(self._ask_code)

    def load(self) -> None:
        """Read who is here."""
        self._presenter.load()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.result.hide()
        self.load()

    # --- what the presenter shows

    def show_people(self, lines: Sequence[PersonLine]) -> None:
        current = self.rows.current_row()
        keys = [line.person for line in lines]
        if list(lines) != list(self._table.rows):
            self._table.set_rows(lines)
            self.rows.go_to(keys.index(current.person) if current is not None and current.person in keys else 0)
        self.list.head.set_count(str(len(lines)))
        why = self._presenter.why_not_managing
        me = next((line for line in lines if line.is_me), None)
        if me is not None:
            self.me.setText(_("{name}, Rolle {role}").format(name=me.name, role=me.role_words))
            self.duties.setText(me.role.duties)
        self.why.setText(why)
        self.why.setVisible(bool(why))
        for button in (self.add, self.edit, self.reset, self.remove, self.renew):
            button.setVisible(not why)
        self._fit_buttons()

    def show_busy(self, words: str) -> None:
        if self.dialog is not None:
            self.dialog.show_busy(words)

    def show_one_time(self, made: OneTime) -> None:
        title = _("Einmal-Passphrase für {name}").format(name=made.name)
        words = _(
            "Bitte geben Sie diese sechs Wörter weiter, am besten ausgedruckt oder mündlich, nie per E-Mail. Sie "
            "werden nur jetzt gezeigt und gelten bis zur nächsten Anmeldung."
        )
        sheet = (title, _("Bei der ersten Anmeldung in Trittstein wählen Sie eine eigene Passphrase."),
                 _("Danach bitte diesen Zettel vernichten."))  # fmt: skip
        self._open(SecretDialog(self.window(), title, words, made.passphrase, sheet, copy=True))

    def show_code(self, code: str) -> None:
        words = _(
            "Wenn eine Passphrase vergessen ist, öffnet nur dieser Code die Daten. Er wird jetzt einmal gezeigt. "
            "Bitte drucken oder schreiben Sie ihn auf und legen Sie ihn in den Tresor."
        )
        self._open(SecretDialog(self.window(), _("Ihr Wiederherstellungscode"), words, code, code_sheet(), copy=False))

    def show_done(self, words: str) -> None:
        self._close()
        self._tell(words, "ok")

    def show_failed(self, message: str) -> None:
        if self.dialog is not None:
            self.dialog.show_failed(message)
        else:
            self._tell(message, "bad")

    # --- what the user does

    def _press(self, button: Button) -> None:
        """A key does what its button does, and says why where that cannot be done."""
        if button.isEnabled() and not button.isHidden():
            button.click()
        elif button.toolTip() or self.why.text():
            self._tell(button.toolTip() or self.why.text(), "warn")

    def _ask_new(self) -> None:
        dialog = PersonDialog(self.window(), self._presenter.name_problem)
        dialog.asked.connect(self._presenter.add)
        self._open(dialog, dialog.name.control)

    def _ask_edit(self) -> None:
        line = self.rows.current_row()
        if line is None:
            return
        dialog = PersonDialog(self.window(), lambda name: self._presenter.name_problem(name, line.person), line)
        dialog.asked.connect(lambda name, role: self._keep(line, name, role))
        self._open(dialog, dialog.name.control)

    def _keep(self, line: PersonLine, name: str, role: Role) -> None:
        """Hand over what changed; nothing changed closes the dialog."""
        if name == line.name and role is line.role:
            self._close()
        self._presenter.rename(line.person, name)
        if not line.why_fixed:
            self._presenter.set_role(line.person, role)

    def _ask_reset(self) -> None:
        line = self.rows.current_row()
        if line is not None:
            dialog = ResetDialog(self.window(), line)
            dialog.asked.connect(lambda: self._presenter.reset(line.person))
            self._open(dialog, dialog.deed)

    def _ask_remove(self) -> None:
        line = self.rows.current_row()
        if line is not None:
            dialog = RemoveDialog(self.window(), line)
            dialog.asked.connect(lambda: self._presenter.remove(line.person))
            self._open(dialog, dialog.cancel)

    def _ask_own(self) -> None:
        dialog = PassphraseDialog(self.window(), self._presenter.passphrase_problems, generate_passphrase)
        dialog.asked.connect(self._presenter.change_passphrase)
        self._open(dialog, dialog.old.edit)

    def _ask_code(self) -> None:
        dialog = CodeDialog(self.window())
        dialog.asked.connect(self._presenter.renew_code)
        self._open(dialog, dialog.cancel)

    # --- how

    def _open(self, dialog: DeedDialog, first: QWidget | None = None) -> None:
        self._close()
        self.result.hide()
        self.dialog = dialog
        dialog.dismissed.connect(self._close)
        dialog.open(first)

    def _close(self) -> None:
        if self.dialog is not None:
            self.dialog.close_dialog()
            self.dialog.deleteLater()
            self.dialog = None

    def _tell(self, words: str, tone: str) -> None:
        self.result.set_words(words)
        self.result.set_tone(tone)
        self.result.show()

    def _fit_buttons(self) -> None:
        """What cannot be done about the current person is greyed out and says why."""
        line = self.rows.current_row()
        reasons: tuple[tuple[Button, Callable[[PersonLine], str]], ...] = (
            (self.edit, lambda line: line.why_fixed if line.access is Access.ENDING else ""),
            (self.reset, lambda line: line.why_no_reset),
            (self.remove, lambda line: line.why_not_removed),
        )
        for button, why in reasons:
            words = why(line) if line is not None else ""
            button.setToolTip(words)
            button.setEnabled(line is not None and not words)

    def refit(self) -> None:
        self._share_room()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_room()

    def _share_room(self) -> None:
        theme = Theme.current()
        beside = self.width() / theme.scale >= _ROOM
        direction = QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        self._room.setDirection(direction)
        self._own.setMinimumWidth(theme.px(_SIDE) if beside else 0)
        self._own.setMaximumWidth(theme.px(_SIDE) if beside else 16777215)


def _touch_users(runner: Runner) -> None:
    """Have everything that names people read them again."""
    runner.run(lambda work: work.touched.add("users"), lambda _nothing: None, lambda _error: None)


def _looks() -> dict[str, Callable[[PersonLine], Cell]]:
    return {
        "name": lambda line: Cell(
            _("{name} (Sie)").format(name=line.name) if line.is_me else line.name, tone="text", strong=True
        ),
        "role": lambda line: Cell(line.role_words),
        "access": lambda line: Cell(
            line.access_words, tone="warn" if line.access in (Access.NONE, Access.ENDING) else "text2"
        ),
        "last": lambda line: Cell(line.last, tone="text3"),
    }
