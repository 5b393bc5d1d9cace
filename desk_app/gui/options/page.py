"""The page "Einstellungen": the centre, its schools, how the program looks here, the lists it ships."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from desk_app.domain import roles
from desk_app.gui.header import MARGIN, Header
from desk_app.gui.options.appearance_card import AppearanceCard
from desk_app.gui.options.appointment_card import AppointmentSetupCard
from desk_app.gui.options.audit_card import AuditCard
from desk_app.gui.options.backup_card import BackupCard
from desk_app.gui.options.centre_card import CentreCards
from desk_app.gui.options.interpreters_card import InterpretersCard
from desk_app.gui.options.lists_card import ListsCard
from desk_app.gui.options.people_card import PeopleCard
from desk_app.gui.options.schools_card import SchoolsCard
from desk_app.gui.widgets.field import commit_all
from desk_app.gui.widgets.messages import Banner
from desk_app.gui.widgets.tabs import TabBar
from desk_app.i18n import _

if TYPE_CHECKING:
    from desk_app.casework.desk import Changes
    from desk_app.domain.clock import Clock
    from desk_app.gui.store_watch import StoreWatch
    from desk_app.gui.theme import Appearance
    from desk_app.presenters.runner import Runner


class OptionsPage(QWidget):
    """Nine tabs; whatever is changed is kept at once."""

    def __init__(
        self,
        runner: Runner,
        appearance: Appearance,
        clock: Clock,
        watch: StoreWatch,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._stale = True
        self.header = Header(_("Einstellungen"))
        self.tabs = TabBar(inset=0)
        self.tabs.setAccessibleName(_("Bereiche der Einstellungen"))
        self._stack = QStackedWidget()
        self._failure = Banner("", "bad")
        self._failure.hide()
        role = watch.desk.role
        self.centre = CentreCards(runner, clock, self.header.save_state)
        self.centre.refuse(roles.reason(role, "centre.saved"))
        self.schools = SchoolsCard(runner, clock, refusal=roles.reason(role, "list.exported"))
        self.schools.refuse(roles.reason(role, "schools.kept"))
        self.people = PeopleCard(watch, runner)
        self.appointments = AppointmentSetupCard(runner)
        self.interpreters = InterpretersCard(runner, clock)
        self.backups = BackupCard(watch)
        self.audit = AuditCard(runner, clock)
        self.appearance = AppearanceCard(appearance)
        self.lists = ListsCard()
        self.key_letters_changed = self.appearance.key_letters_changed
        for words, part in (
            (_("Zentrum"), self.centre),
            (_("Personen"), self.people),
            (_("Schulen"), self.schools),
            (_("Termine"), self.appointments),
            (_("Dolmetschen"), self.interpreters),
            (_("Sicherung"), self.backups),
            (_("Protokoll"), self.audit),
            (_("Darstellung"), self.appearance),
            (_("Auswahllisten"), self.lists),
        ):
            self.tabs.addTab(words)
            self._stack.addWidget(part)
        self.tabs.currentChanged.connect(self._stack.setCurrentIndex)
        self.centre.failed.connect(self._show_failure)
        self.appearance.failed.connect(self._show_failure)
        self._build()

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 20)
        column.setSpacing(0)
        column.addWidget(self.header)
        tabs = QHBoxLayout()
        tabs.setContentsMargins(MARGIN, 0, MARGIN, 0)
        tabs.addWidget(self.tabs)
        column.addLayout(tabs)
        body = QVBoxLayout()
        body.setContentsMargins(MARGIN, 14, MARGIN, 0)
        body.setSpacing(14)
        body.addWidget(self._failure)
        body.addWidget(self._stack, 1)
        column.addLayout(body, 1)
        self.setFocusProxy(self.tabs)

    def show_backups(self) -> None:
        """Turn to the tab about the backups."""
        self.tabs.setCurrentIndex(self._stack.indexOf(self.backups))

    def show_schools(self) -> None:
        """Turn to the tab about the schools."""
        self.tabs.setCurrentIndex(self._stack.indexOf(self.schools))

    def show_appointments(self) -> None:
        """Turn to the tab about appointments."""
        self.tabs.setCurrentIndex(self._stack.indexOf(self.appointments))

    def show_interpreters(self) -> None:
        """Turn to the tab about who interprets."""
        self.tabs.setCurrentIndex(self._stack.indexOf(self.interpreters))

    def refresh(self) -> None:
        """Read again what the store knows."""
        self._stale = False
        self.centre.load()
        self.schools.load()
        self.appointments.load()
        self.interpreters.load()

    def changed(self, changes: Changes) -> None:
        """Something was written elsewhere."""
        if changes & {"centre", "schools", "appointments", "users"}:
            self._stale = True
            if self.isVisible():
                self.refresh()

    def commit_pending(self) -> None:
        """Hand over what is being typed: before the desk is locked or closed."""
        commit_all(self)

    def undo(self) -> None:
        """Strg+Z: take back the newest change to the directory of schools, or to what appointments need."""
        part = self._stack.currentWidget()
        if isinstance(part, SchoolsCard | AppointmentSetupCard | InterpretersCard):
            part.undo()

    def print_page(self) -> None:
        """Strg+P: what is listed, in the tabs that have a list."""
        part = self._stack.currentWidget()
        if isinstance(part, AuditCard | SchoolsCard):
            part.print_page()

    def regions(self) -> list[QWidget]:
        """What F6 steps through."""
        return [self.tabs, self._stack]

    def _show_failure(self, message: str) -> None:
        self._failure.set_words(message)
        self._failure.show()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self.refresh()
