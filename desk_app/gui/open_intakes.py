"""The intakes that are open in the window, each with its page."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Final
from uuid import UUID, uuid4

from PySide6.QtWidgets import QWidget

from desk_app.casework import families, intake
from desk_app.casework.desk import Work
from desk_app.domain.completeness import Question
from desk_app.domain.fields import Section
from desk_app.domain.intake_line import IntakeLine
from desk_app.domain.records import FamilyFile
from desk_app.gui import offer_pages
from desk_app.gui.desk_pages import FAMILIES
from desk_app.gui.page_window import Window
from desk_app.gui.tidy import let_go
from desk_app.i18n import _
from desk_app.presenters.choices import Choices

if TYPE_CHECKING:
    from desk_app.gui.intake.page import IntakePage
    from desk_app.presenters.family_steps import FamilySteps


MOST_WHOLE: Final = 2
"""So many pages keep all their fields; one takes more than ten megabytes."""
MOST_OPEN: Final = 5
"""So many pages stay at all; one without its fields still takes two megabytes."""


class OpenIntakes:
    """Begins and opens intakes, and keeps the pages of those that somebody was at last."""

    def __init__(self, window: Window, choices: Choices, show_schools: Callable[[], None]) -> None:
        self._window = window
        self._show_schools = show_schools
        self._choices = choices
        self.pages: dict[UUID, IntakePage] = {}
        self._spare: IntakePage | None = None
        """Made for a file that is still being read, or that nobody waited for."""

    def begin(self, entry: IntakeLine) -> None:
        """Open a new family file that begins with what was typed, and show its form."""
        household = uuid4()
        self._read_then_show(lambda work: intake.start(work, household), None, entry)

    def open(self, household: UUID, question: Question | None = None) -> None:
        """Show the form of a family; where it is not open yet, read the file first."""
        page = self.pages.get(household)
        if page is not None:
            self._bring(page, question)
            return
        self._read_then_show(lambda work: families.look_into(work, household), question)

    def save_all(self, steps: Sequence[FamilySteps] = ()) -> str:
        """Wait for what is on its way, try once more what failed, and say which files are not whole even so.

        ``steps`` are those of the page of a family, where notes and the like are typed.
        """
        self._window.worker.wait()
        forms = [page.presenter for page in self.pages.values() if page.presenter.unsaved]
        beside = [each for each in steps if each.unsaved_in]
        again: list[Callable[[], None]] = [*(form.retry for form in forms), *(each.retry for each in beside)]
        for retry in again:
            retry()
        if again:
            self._window.worker.wait()
        files = {form.file.household.text("file_number") for form in forms if form.unsaved}
        files |= {number for each in beside for number in each.unsaved_in}
        if not files:
            return ""
        words = _(
            "Was zuletzt in {files} getippt wurde, ließ sich vor dem Sperren nicht mehr speichern. "
            "Alles davor ist da. Bitte prüfen Sie den freien Speicherplatz und tragen Sie es noch einmal ein."
        )
        return words.format(files=", ".join(sorted(files)))

    def place_of(self, page: QWidget) -> str:
        """The place of the rail that leads to a page; empty for a page that is none of these."""
        return next((str(household) for household, form in self.pages.items() if form is page), "")

    def _read_then_show(
        self, deed: Callable[[Work], FamilyFile], question: Question | None, entry: IntakeLine | None = None
    ) -> None:
        """Show a form once its file is there, unless somebody went elsewhere meanwhile."""
        step = self._window.take_step()

        def arrived(file: FamilyFile) -> None:
            if step == self._window.step:
                self._show(file, question, entry)

        self._window.worker.run(deed, arrived, self._window.tell_failed)
        self._spare = self._spare or self._new_page()
        self._spare.parts.prepare(question.section if question is not None else Section.FAMILY)

    def _new_page(self) -> IntakePage:
        from desk_app.gui.intake.page import IntakePage

        page = IntakePage(self._window.worker, self._window.clock, self._choices, self._window.stack)
        page.later.connect(lambda: self._window.go(FAMILIES))
        page.finished.connect(lambda: self._finished(page))
        page.header.search_asked.connect(self._window.search)
        duplicates = page.body.assistance.duplicates
        duplicates.file_asked.connect(self._window.open_family)
        duplicates.set_compare(self._window.open_compare)
        page.parts.add(partial(offer_pages.add_to_intake, self._window, page))
        page.parts.schools_asked.connect(self._show_schools)
        self._window.stack.addWidget(page)
        return page

    def _show(self, file: FamilyFile, question: Question | None, entry: IntakeLine | None) -> None:
        from desk_app.gui.intake.taken_over import take_over

        household = file.household.id
        page = self.pages.get(household)
        if page is None:
            page, self._spare = self._spare or self._new_page(), None
            self.pages[household] = page
        page.open(file)
        if entry is not None:
            take_over(page, entry, self._choices)
        self._bring(page, question)

    def _bring(self, page: IntakePage, question: Question | None) -> None:
        """Show a page, at a question or where it was left; those not shown for longest give way."""
        household = page.presenter.file.household.id
        self.pages[household] = self.pages.pop(household)
        begins = not page.sections.made
        self._window.show_page(page, str(household))
        if question is not None:
            page.jump_to(question)
        elif begins:
            page.go_to()
        for other in list(self.pages.values())[:-MOST_WHOLE]:
            other.give_way()
        for family, other in list(self.pages.items())[:-MOST_OPEN]:
            if not other.sections.made and not other.presenter.unsaved:
                self._let_go(self.pages.pop(family))

    def _finished(self, page: IntakePage) -> None:
        household = page.presenter.file.household.id
        # whoever presses twice finishes twice
        known = self.pages.pop(household, None)
        self._window.open_family(household)
        if known is not None:
            self._let_go(page)

    def _let_go(self, page: IntakePage) -> None:
        """Close a page whose file is in the store as it stands here."""
        self._window.stack.removeWidget(page)
        let_go(page)
