"""The page "Einstellungen": the centre, its schools, how the program looks here, the lists it ships."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Final, TypeVar

from PySide6.QtCore import Signal
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
from desk_app.i18n import N_, _

if TYPE_CHECKING:
    from desk_app.casework.desk import Changes
    from desk_app.domain.clock import Clock
    from desk_app.gui.store_watch import StoreWatch
    from desk_app.gui.theme import Appearance
    from desk_app.presenters.runner import Runner

Part = TypeVar("Part", bound=QWidget)


_TABS: Final = (
    ("centre", N_("Zentrum")),
    ("people", N_("Personen")),
    ("schools", N_("Schulen")),
    ("appointments", N_("Termine")),
    ("interpreters", N_("Dolmetschen")),
    ("backups", N_("Sicherung")),
    ("audit", N_("Protokoll")),
    ("appearance", N_("Darstellung")),
    ("lists", N_("Auswahllisten")),
)
"""Each part of the page by its attribute, and the words on its tab."""


class OptionsPage(QWidget):
    """Nine tabs, each made when somebody first turns to it; whatever is changed is kept at once."""

    lock_asked = Signal()
    family_chosen = Signal(object)
    """Somebody wants to see a file; its household."""
    appointment_asked = Signal(object)
    """Somebody wants to see an appointment; its id."""

    def __init__(
        self,
        runner: Runner,
        appearance: Appearance,
        clock: Clock,
        watch: StoreWatch,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._runner, self._appearance, self._clock, self._watch = runner, appearance, clock, watch
        self._stale = True
        self.header = Header(_("Einstellungen"))
        self.tabs = TabBar(inset=0)
        self.tabs.setAccessibleName(_("Bereiche der Einstellungen"))
        self._stack = QStackedWidget()
        self._failure = Banner("", "bad")
        self._failure.hide()
        self._build()
        for _part, words in _TABS:
            self.tabs.addTab(_(words))
        self.tabs.currentChanged.connect(self._turn)
        self._turn(self.tabs.currentIndex())

    @cached_property
    def centre(self) -> CentreCards:
        part = CentreCards(self._runner, self._clock, self.header.save_state, self._stack)
        part.refuse(self._refusal("centre.saved"))
        part.failed.connect(self._show_failure)
        return self._place(part)

    @cached_property
    def people(self) -> PeopleCard:
        return self._place(PeopleCard(self._watch, self._runner, self._stack))

    @cached_property
    def schools(self) -> SchoolsCard:
        part = SchoolsCard(self._runner, self._clock, self._stack, self._refusal("list.exported"))
        part.refuse(self._refusal("schools.kept"))
        return self._place(part)

    @cached_property
    def appointments(self) -> AppointmentSetupCard:
        part = AppointmentSetupCard(self._runner, self._stack)
        part.appointment_asked.connect(self.appointment_asked)
        return self._place(part)

    @cached_property
    def interpreters(self) -> InterpretersCard:
        return self._place(InterpretersCard(self._runner, self._clock, self._stack))

    @cached_property
    def backups(self) -> BackupCard:
        part = BackupCard(self._watch, self._stack)
        part.lock_asked.connect(self.lock_asked)
        return self._place(part)

    @cached_property
    def audit(self) -> AuditCard:
        part = AuditCard(self._runner, self._clock, self._stack)
        part.family_chosen.connect(self.family_chosen)
        return self._place(part)

    @cached_property
    def appearance(self) -> AppearanceCard:
        part = AppearanceCard(self._appearance, self._stack)
        part.failed.connect(self._show_failure)
        return self._place(part)

    @cached_property
    def lists(self) -> ListsCard:
        return self._place(ListsCard(self._stack))

    def _place(self, part: Part) -> Part:
        self._stack.addWidget(part)
        if not self._stale:
            _load(part)
        return part

    def _turn(self, tab: int) -> None:
        part: QWidget = getattr(self, _TABS[tab][0])
        self._stack.setCurrentWidget(part)

    def _turn_to(self, part: str) -> None:
        self.tabs.setCurrentIndex([name for name, _words in _TABS].index(part))

    def _refusal(self, deed: str) -> str:
        return roles.reason(self._watch.desk.role, deed)

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
        self._turn_to("backups")

    def show_schools(self) -> None:
        """Turn to the tab about the schools."""
        self._turn_to("schools")

    def show_appointments(self) -> None:
        """Turn to the tab about appointments."""
        self._turn_to("appointments")

    def show_interpreters(self) -> None:
        """Turn to the tab about who interprets."""
        self._turn_to("interpreters")

    def refresh(self) -> None:
        """Read again what the store knows."""
        self._stale = False
        for place in range(self._stack.count()):
            _load(self._stack.widget(place))

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


def _load(part: QWidget | None) -> None:
    """Have a part read what the store knows; the others do so themselves whenever they are shown."""
    if isinstance(part, CentreCards | SchoolsCard | AppointmentSetupCard | InterpretersCard):
        part.load()
