"""The pages of the desk, built when first shown and kept."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtWidgets import QWidget

from desk_app.domain import roles
from desk_app.domain.lists import Trail
from desk_app.gui import day_pages, offer_pages
from desk_app.gui.day_pages import APPOINTMENTS, TODAY, TodayAhead
from desk_app.gui.header import Header
from desk_app.gui.keep_current import KeepCurrent
from desk_app.gui.offer_pages import OFFERS
from desk_app.gui.page_window import Window
from desk_app.gui.tidy import Tidy

if TYPE_CHECKING:
    from desk_app.gui.families.compare_page import ComparePage
    from desk_app.gui.families.file_page import FamilyFilePage
    from desk_app.gui.families.list_page import FamiliesPage
    from desk_app.gui.options.page import OptionsPage
    from desk_app.gui.placements.answers_page import AnswersPage
    from desk_app.presenters.family_steps import FamilySteps

FAMILIES, FAMILY, PLACEMENTS, OPTIONS = "families", "family", "placements", "options"
COMPARE, STEPS, DUPLICATES, FOLLOW_UPS = "compare", "steps", "duplicates", "follow_ups"
OLD_LISTS, ANSWERS, TRANSITIONS = "old_lists", "answers", "transitions"

_OF_FAMILIES = frozenset({FAMILY, OLD_LISTS, COMPARE, STEPS, DUPLICATES, FOLLOW_UPS})
"""Pages that are reached from the list of families."""


class Pages:
    """Builds pages, ties their signals to the window, and has what they show kept current."""

    def __init__(self, window: Window, ahead: TodayAhead | None = None) -> None:
        self._window = window
        self._ahead = ahead
        self._built: dict[str, QWidget] = {}
        window.store_watch.show_asked.connect(lambda: self.show_backups())
        KeepCurrent(window.worker)
        Tidy(window.worker)

    def __iter__(self) -> Iterator[QWidget]:
        return iter(self._built.values())

    def place_of(self, page: QWidget) -> str:
        """The place of the rail that leads to a page; empty for a page that is none of these."""
        found = next((place for place, known in self._built.items() if known is page), "")
        if found in (ANSWERS, TRANSITIONS):
            return PLACEMENTS
        return FAMILIES if found in _OF_FAMILIES else found

    def get(self, place: str) -> QWidget:
        """The page of a place. Raises ``KeyError`` for a place there is not."""
        if place not in self._built:
            build: dict[str, Callable[[], QWidget]] = {
                TODAY: lambda: day_pages.today(self._window, FOLLOW_UPS, self._ahead),
                APPOINTMENTS: lambda: day_pages.appointments(self._window),
                FAMILIES: self._families,
                FAMILY: self._family,
                COMPARE: self._compare,
                STEPS: self._steps,
                DUPLICATES: self._duplicates,
                FOLLOW_UPS: self._follow_ups,
                OLD_LISTS: self._old_lists,
                OFFERS: lambda: offer_pages.offers(self._window),
                PLACEMENTS: self._placements,
                ANSWERS: self._answers,
                TRANSITIONS: self._transitions,
                OPTIONS: self._options,
            }
            page = self._built[place] = build[place]()
            self._window.stack.addWidget(page)
            header = getattr(page, "header", None)
            if isinstance(header, Header):
                header.search_asked.connect(self._window.search)
        return self._built[place]

    def family(self) -> FamilyFilePage:
        """The page of one family's file."""
        from desk_app.gui.families.file_page import FamilyFilePage

        page = self.get(FAMILY)
        assert isinstance(page, FamilyFilePage)
        return page

    def family_steps(self) -> list[FamilySteps]:
        """What is typed on the page of a family, once there is one."""
        return [self.family().deeds.steps] if FAMILY in self._built else []

    def lost_steps(self) -> str:
        """What was typed about the states of requests, is not entered and ends with the program; empty for nothing."""
        flows = [getattr(page, "states", page) for page in self]
        told: list[str] = [each.lost() for each in flows if hasattr(each, "lost")]
        return " ".join(filter(None, told))

    def compare(self) -> ComparePage:
        """The page of two records side by side."""
        from desk_app.gui.families.compare_page import ComparePage

        page = self.get(COMPARE)
        assert isinstance(page, ComparePage)
        return page

    def _compare(self) -> QWidget:
        from desk_app.gui.families.compare_page import ComparePage

        refused = roles.reason(self._window.store_watch.desk.role, "person.merged")
        page = ComparePage(self._window.worker, self._window.clock, refused)
        page.back.connect(self._window.back)
        page.family_chosen.connect(self._window.open_family)
        return page

    def _steps(self) -> QWidget:
        from desk_app.gui.families.deeds_page import DeedsPage

        refused = roles.reason(self._window.store_watch.desk.role, "list.exported")
        page = DeedsPage(self._window.worker, self._window.clock, refusal=refused)
        page.back.connect(self._window.back)
        return page

    def _duplicates(self) -> QWidget:
        from desk_app.gui.families.duplicates_page import DuplicatesPage

        worker = self._window.worker
        refused = roles.reason(self._window.store_watch.desk.role, "list.exported")
        page = DuplicatesPage(worker, self._window.clock, refusal=refused, crowded=lambda: worker.crowded)
        page.back.connect(self._window.back)
        page.compare_asked.connect(self._window.open_compare)
        return page

    def _follow_ups(self) -> QWidget:
        from desk_app.gui.families.follow_ups_page import FollowUpsPage

        refused = roles.reason(self._window.store_watch.desk.role, "list.exported")
        page = FollowUpsPage(self._window.worker, self._window.clock, refusal=refused)
        page.family_chosen.connect(
            lambda household: self._open_from(page.presenter.trail(household), page.point_at, household)
        )
        page.back.connect(self._window.back)
        return page

    def _families(self) -> QWidget:
        from desk_app.gui.families.list_page import FamiliesPage

        refused = roles.reason(self._window.store_watch.desk.role, "list.exported")
        page = FamiliesPage(self._window.worker, self._window.clock, refusal=refused)
        page.family_chosen.connect(lambda household: self._open_from_families(page, household))
        page.follow_ups_asked.connect(lambda: self._window.go(FOLLOW_UPS))
        page.steps_asked.connect(lambda: self._window.go(STEPS))
        page.duplicates_asked.connect(lambda: self._window.go(DUPLICATES))
        page.old_list_asked.connect(self.bring_in)
        page.new_intake.connect(self._window.new_intake)
        return page

    def _old_lists(self) -> QWidget:
        from desk_app.gui.families.import_page import ImportPage

        page = ImportPage(self._window.worker, self._window.clock)
        page.back.connect(self._window.back)
        page.about_to_show.connect(lambda: self._window.cover.also(page.presenter.personal))
        return page

    def bring_in(self, path: Path | None) -> None:
        """Go to the page for old lists, with a file that was dropped."""
        from desk_app.gui.families.import_page import ImportPage

        page = self.get(OLD_LISTS)
        assert isinstance(page, ImportPage)
        self._window.go(OLD_LISTS)
        if path is not None:
            page.open(path)

    def _open_from(
        self,
        trail: Trail | None,
        point_at: Callable[[Hashable], object],
        household: UUID,
        person: UUID | None = None,
    ) -> None:
        """Open a family out of a list, so that one can go on to the next of it; the list is told where one went."""
        self._window.open_family(household, person)
        self.family().trail.follow(trail, point_at)

    def _open_from_families(self, page: FamiliesPage, household: UUID) -> None:
        """The same out of the list of all families, whose order is read while the file already opens."""
        self._window.open_family(household, None)
        page.presenter.trail(household, self.family().trail.expect(page.point_at))

    def _family(self) -> QWidget:
        from desk_app.gui.families.file_page import FamilyFilePage

        page = FamilyFilePage(self._window.worker, self._window.clock)
        page.edit_asked.connect(self._window.open_intake)
        page.question_chosen.connect(self._window.open_intake)
        page.placement_chosen.connect(lambda _request: self._window.go(PLACEMENTS))
        page.deeds.appointment_asked.connect(lambda household: day_pages.book(self._window, household))
        offer_pages.add_to_file(self._window, page)
        page.back.connect(self._window.back)
        return page

    def _placements(self) -> QWidget:
        from desk_app.gui.placements.answers_button import AnswersButton
        from desk_app.gui.placements.page import PlacementsPage
        from desk_app.gui.placements.transitions_page import TransitionsButton

        window, role = self._window, self._window.store_watch.desk.role
        refused = roles.reason(role, "list.exported")
        page = PlacementsPage(window.worker, window.clock, window.centre, refusal=refused)
        page.bar.refuse(roles.reason(role, "export.written"))
        page.states.refusal = roles.reason(role, "request.stepped")
        page.sendings.refusal = page.schools.refusal = roles.reason(role, "export.written")
        page.openFamily.connect(
            lambda household, child: self._open_from(
                page.presenter.trail(household), page.table.point_at, household, child
            )
        )
        page.openQuestion.connect(self._window.open_intake)
        page.newIntake.connect(self._window.ask_intake)
        page.states.schools_asked.connect(self.show_schools)
        button = AnswersButton(page, window.worker, self.answers)
        window.worker.changed.connect(button.hear)
        page.header.add_action(button)
        TransitionsButton(page.list_bar, lambda: window.go(TRANSITIONS))
        return page

    def _transitions(self) -> QWidget:
        from desk_app.gui.placements.transitions_page import TransitionsPage

        refused = roles.reason(self._window.store_watch.desk.role, "list.exported")
        page = TransitionsPage(self._window.worker, self._window.clock, refusal=refused)
        page.family_chosen.connect(
            lambda household, child: self._open_from(page.presenter.trail(household), page.point_at, household, child)
        )
        page.back.connect(lambda: self._window.go(PLACEMENTS))
        return page

    def _answers(self) -> QWidget:
        from desk_app.gui.placements.answers_page import AnswersPage

        refused = roles.reason(self._window.store_watch.desk.role, "answers.read_in")
        page = AnswersPage(self._window.worker, self._window.clock, refused)
        page.back.connect(lambda: self._window.go(PLACEMENTS))
        page.about_to_show.connect(lambda: self._window.cover.also(page.presenter.personal))
        return page

    def answers(self) -> AnswersPage:
        """Go to the page of what offices answered."""
        from desk_app.gui.placements.answers_page import AnswersPage

        page = self.get(ANSWERS)
        assert isinstance(page, AnswersPage)
        self._window.go(ANSWERS)
        return page

    def _options(self) -> QWidget:
        from desk_app.gui.options.page import OptionsPage

        window = self._window
        page = OptionsPage(window.worker, window.appearance, window.clock, window.store_watch)
        page.lock_asked.connect(lambda: window.lock_asked.emit())
        page.family_chosen.connect(window.open_family)
        page.appointment_asked.connect(lambda id_: day_pages.show_appointment(window, id_))
        return page

    def show_backups(self) -> None:
        """Go to the tab about the backups."""
        self._options_page().show_backups()
        self._window.go(OPTIONS)

    def show_schools(self) -> None:
        """Go to the tab about the schools."""
        self._options_page().show_schools()
        self._window.go(OPTIONS)

    def _options_page(self) -> OptionsPage:
        from desk_app.gui.options.page import OptionsPage

        page = self.get(OPTIONS)
        assert isinstance(page, OptionsPage)
        return page
