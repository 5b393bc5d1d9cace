"""Sprachen & Dolmetschen: what the family speaks, who interprets, and for each child German, literacy and more."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desk_app.domain.child import ChildView
from desk_app.domain.fields import Section
from desk_app.domain.records import FamilyFile, RecordKind
from desk_app.gui.forms.languages_section import Ui_LanguagesForm
from desk_app.gui.intake.binding import FormBinding
from desk_app.gui.intake.child_languages import ChildLanguages
from desk_app.gui.intake.child_tabs import ChildTabs
from desk_app.gui.intake.disclosure import Foldable
from desk_app.gui.intake.record_tags import RecordTags
from desk_app.gui.intake.section import IntakeSection
from desk_app.gui.widgets.cards import PADDING
from desk_app.gui.widgets.field import Field
from desk_app.presenters.choices import Choices
from desk_app.presenters.intake import IntakePresenter
from desk_app.presenters.schooling import child_tab, children_of


class ChildPage(Foldable):
    """What one child's tab shows; opening it chooses the tab."""

    def __init__(
        self, presenter: IntakePresenter, choices: Choices, child: UUID, tabs: ChildTabs, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.content = ChildLanguages(presenter, choices, child, self)
        self._tabs = tabs
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.content)

    def set_open(self, is_open: bool) -> None:
        if is_open:
            self._tabs.choose(self.content.child)


class LanguagesSection(IntakeSection):
    section = Section.LANGUAGES

    def __init__(self, presenter: IntakePresenter, choices: Choices, parent: QWidget | None = None) -> None:
        super().__init__(presenter, choices, parent, padded=False)
        ground = QWidget(self)
        form = Ui_LanguagesForm()
        form.setupUi(ground)
        form.column.setContentsMargins(PADDING, 0, PADDING, PADDING)
        tags = form.family_languages
        tags.set_choices(choices.choices("languages"), choices.search("languages"))
        fields = [field for field in ground.findChildren(Field) if field is not tags]
        self._binding = FormBinding(presenter, choices, RecordKind.HOUSEHOLD, fields, lambda file: file.household)
        self._family = RecordTags(presenter, tags, RecordKind.LANGUAGE, "language", None, {"family_language": True})
        self._tabs = ChildTabs(self)
        self._tabs.chosen.connect(self._choose)
        self._pages: dict[UUID, ChildPage] = {}
        self._children: dict[UUID, ChildView] = {}
        self._column = QVBoxLayout()
        self._column.setContentsMargins(PADDING, 12, PADDING, PADDING)
        self.body.addWidget(ground)
        self.body.addWidget(self._tabs)
        self.body.addLayout(self._column)

    def show_file(self, file: FamilyFile, today: date) -> None:
        self._binding.show(file)
        self._family.show(file)
        children = self._children = {child.id: child for child in children_of(file, today)}
        for gone in set(self._pages) - set(children):
            page = self._pages.pop(gone)
            self._column.removeWidget(page)
            page.hide()
            page.deleteLater()
        for known, page in self._pages.items():
            page.content.show_file(children[known])
        self._tabs.show_children([child_tab(child, Section.LANGUAGES) for child in children.values()])
        self._tabs.setVisible(bool(children))
        self._choose(self._tabs.child)

    def reveal(self, kind: RecordKind, key: str, person: UUID | None) -> QWidget | None:
        if person is not None and person in self._children:
            self._tabs.choose(person)
            return self._pages[person].content.reveal(kind, key)
        return self._family.field if kind is RecordKind.LANGUAGE else self._binding.field(key)

    def add_row(self) -> bool:
        """Another language: of the child whose tab has the focus, else of the family."""
        focus = self.window().focusWidget()
        page = next((page for page in self._pages.values() if focus is not None and page.isAncestorOf(focus)), None)
        if page is not None:
            page.content.add_language()
        else:
            self._family.field.open_input()
        return True

    def _page(self, child: UUID) -> ChildPage:
        page = self._pages.get(child)
        if page is None:
            page = self._pages[child] = ChildPage(self.presenter, self.choices, child, self._tabs, self)
            self._column.addWidget(page)
            page.content.show_file(self._children[child])
        return page

    def _choose(self, child: UUID | None) -> None:
        """Show the questions of one child; they are made when they are first looked at."""
        if child in self._children:
            self._page(child)
        for known, page in self._pages.items():
            page.setVisible(known == child)
