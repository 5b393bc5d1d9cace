"""What the intake page consists of: sections, assistance and what others add; made bit by bit and given up again."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from desk_app.domain.fields import Section
from desk_app.domain.records import FamilyFile
from desk_app.gui.intake.page_body import PageBody
from desk_app.gui.intake.rest import Rest
from desk_app.gui.intake.school_section import SchoolSection
from desk_app.gui.intake.section import IntakeSection
from desk_app.gui.intake.section_stack import Making, SectionStack
from desk_app.gui.widgets.field import Field
from desk_app.presenters.choices import Choices
from desk_app.presenters.intake import IntakePresenter
from desk_app.presenters.runner import Runner


class PageParts(QObject):
    """``where`` says at which section the page is; what is near it is made first."""

    placed = Signal(object)
    """A section has its place on the page and shows the file."""
    schools_asked = Signal()
    """The settings of the schools are wanted."""

    def __init__(
        self,
        page: QWidget,
        body: PageBody,
        presenter: IntakePresenter,
        choices: Choices,
        runner: Runner,
        where: Callable[[], Section],
    ) -> None:
        super().__init__(page)
        self._page, self._body = page, body
        self._presenter, self._choices, self._runner, self._where = presenter, choices, runner, where
        self._assisting = False
        self._added: list[Callable[[], object]] = []
        self.sections = SectionStack(body.form_area, self._make, self._fill, self.placed.emit)
        body.add_sections(self.sections)
        body.assistance.duplicates.watch(runner)
        self._rest = Rest(page, self._make_rest)

    @property
    def whole(self) -> bool:
        """Whether everything is there."""
        return self._rest.done

    def prepare(self, section: Section) -> None:
        """Make what of a section can be made before there is a file."""
        next(self.sections.making(section), None)

    def begin(self) -> None:
        """There is a file to show. What nobody asks for before is made in between events."""
        self._rest.begin()

    def add(self, part: Callable[[], object]) -> None:
        """Have one more part made once the sections are there."""
        self._added.append(part)

    def show_file(self, file: FamilyFile) -> None:
        """Show the file in everything that is there."""
        for section in self.sections.made.values():
            section.show_file(file, self._choices.today)
        if self._assisting:
            self._body.assistance.show_file(file, self._choices.today)

    def give_way(self) -> bool:
        """Give up the sections of a page that is not seen; False where something typed stands only there."""
        typed = self._presenter.unsaved or any(field.unfinished for field in self._page.findChildren(Field))
        if typed or self._page.isVisible():
            return False
        self.sections.clear()
        # its links lead to fields that are gone
        self._body.summary.hide()
        self._rest.begin_again()
        return True

    def _make_rest(self) -> Making:
        yield from self.sections.making(self._where())
        if not self._assisting:
            self._assisting = True
            self._body.assistance.show_file(self._presenter.file, self._choices.today)
            yield
        yield from self.sections.rest(self._where)
        while self._added:
            self._added.pop(0)()
            yield

    def _make(self, kind: type[IntakeSection], ground: QWidget) -> IntakeSection:
        card = kind(self._presenter, self._choices, ground)
        if isinstance(card, SchoolSection):
            card.watch(self._runner)
            card.schools_asked.connect(self.schools_asked)
        return card

    def _fill(self, card: IntakeSection) -> Making:
        file = self._presenter.file
        yield from card.begin(file, self._choices.today)
        if self._presenter.file is not file:
            card.show_file(self._presenter.file, self._choices.today)
