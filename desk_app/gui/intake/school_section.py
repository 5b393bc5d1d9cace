"""The section "Schulbiografie": a tab for each child, below it everything about its schooling."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import partial
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desk_app.domain.child import ChildView, full_name
from desk_app.domain.fields import Section
from desk_app.domain.records import FamilyFile, RecordKind
from desk_app.gui.intake.child_school import ChildSchool
from desk_app.gui.intake.child_tabs import ChildTabs
from desk_app.gui.intake.disclosure import Foldable
from desk_app.gui.intake.section import IntakeSection
from desk_app.gui.placements.school_choice_panel import SchoolChoicePanel
from desk_app.gui.widgets.cards import PADDING
from desk_app.gui.widgets.field import commit_all
from desk_app.gui.widgets.labels import Label
from desk_app.i18n import _
from desk_app.presenters import schooling
from desk_app.presenters.choices import Choices
from desk_app.presenters.intake import IntakePresenter
from desk_app.presenters.runner import Runner


class TabbedChild(Foldable):
    """Holds the part of one child; opening it means choosing the child's tab."""

    def __init__(
        self, presenter: IntakePresenter, choices: Choices, child: UUID, tabs: ChildTabs, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.part = ChildSchool(presenter, choices, child, self)
        self._tabs = tabs
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.part)

    def set_open(self, is_open: bool) -> None:
        if is_open:
            self._tabs.choose(self.part.child)


class SchoolSection(IntakeSection):
    """Builds the part of a child when its tab is first chosen, and keeps what is typed there while others are shown."""

    section = Section.SCHOOL
    schools_asked = Signal()
    """The settings of the schools are wanted."""

    def __init__(self, presenter: IntakePresenter, choices: Choices, parent: QWidget | None = None) -> None:
        super().__init__(presenter, choices, parent, padded=False)
        self._file: FamilyFile | None = None
        self._runner: Runner | None = None
        self._pages: dict[UUID, TabbedChild] = {}
        self.tabs = ChildTabs(self)
        self.tabs.chosen.connect(lambda _child: self._show_chosen())
        self._empty = Label(_("Hier steht etwas, sobald ein Kind in „Personen“ steht."), "body", "text3", wrap=True)
        self._empty.setContentsMargins(PADDING, 4, PADDING, 16)
        self.body.addWidget(self.tabs)
        self.body.addWidget(self._empty)

    def watch(self, runner: Runner) -> None:
        """Work out which schools suit, where that is asked for."""
        self._runner = runner

    @property
    def page(self) -> ChildSchool | None:
        """The part of the child whose tab is chosen."""
        chosen = self._pages.get(self.tabs.child) if self.tabs.child is not None else None
        return chosen.part if chosen is not None else None

    def choose(self, child: UUID) -> None:
        """Turn to one child's tab."""
        self.tabs.choose(child)

    def show_file(self, file: FamilyFile, today: date) -> None:
        self._file = file
        children = schooling.children_of(file, today)
        self._empty.setVisible(not children)
        self.tabs.setVisible(bool(children))
        for gone in set(self._pages) - {child.id for child in children}:
            page = self._pages.pop(gone)
            self.body.removeWidget(page)
            page.hide()
            page.deleteLater()
        self.tabs.show_children([schooling.child_tab(child) for child in children])
        self._show_page(file)

    def begin(self, file: FamilyFile, today: date) -> Iterator[None]:
        for child in schooling.children_of(file, today)[:1]:
            yield from self._page_of(child.id).part.making
        yield from super().begin(file, today)

    def _show_chosen(self) -> None:
        for page in list(self._pages.values()):
            commit_all(page)
        if self._file is not None:
            self._show_page(self.presenter.file)

    def _show_page(self, file: FamilyFile) -> None:
        child = self.tabs.child
        for known, page in self._pages.items():
            page.part.setVisible(known == child)
        if child is None:
            return
        page = self._page_of(child)
        page.part.show_file(file)
        # a layout shows what it was given only later, and what is not shown takes no focus
        page.show()

    def _page_of(self, child: UUID) -> TabbedChild:
        if child not in self._pages:
            page = self._pages[child] = TabbedChild(self.presenter, self.choices, child, self.tabs, self)
            page.part.proposals_asked.connect(partial(self._propose, page.part))
            self.body.addWidget(page)
        return self._pages[child]

    def _propose(self, part: ChildSchool) -> None:
        """Show the schools that suit; what was typed before is on its way to the store and counts."""
        commit_all(part)
        view = ChildView(self.presenter.file, part.child, self.choices.today)
        if self._runner is None or view.request is None:
            return
        panel = SchoolChoicePanel(self.window(), self._runner, full_name(view.person), _("Als Wunsch eintragen"))
        panel.taken.connect(part.add_wish)
        panel.settings_asked.connect(self.schools_asked)
        panel.ask(view.request.id)

    def reveal(self, kind: RecordKind, key: str, person: UUID | None) -> QWidget | None:
        mine = kind in (RecordKind.SCHOOL_YEAR, RecordKind.WISH, RecordKind.REQUEST)
        if not mine and not (kind is RecordKind.PERSON and key in schooling.school_keys()):
            return None
        if kind is RecordKind.REQUEST and key == "remark_authority":
            return None
        if person is not None:
            self.tabs.choose(person)
        return self.page.reveal(kind, key) if self.page is not None else None

    def add_row(self) -> bool:
        if self.page is None:
            return False
        self.page.years.add()
        return True
