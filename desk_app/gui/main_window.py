"""The desk: rail at the left, one page beside it. Pages are built when first shown and kept."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from uuid import UUID

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QPaintEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from desk_app.casework import centre, overview
from desk_app.casework.desk import Changes, Desk
from desk_app.casework.overview import Overview
from desk_app.domain.centre import Centre
from desk_app.domain.clock import local_day
from desk_app.domain.completeness import Question
from desk_app.domain.errors import WorldError
from desk_app.domain.intake_line import IntakeLine, read_intake_line
from desk_app.gui.actions import make_actions
from desk_app.gui.cover_switch import CoverSwitch
from desk_app.gui.day_pages import APPOINTMENTS, TODAY, TodayAhead, day_deeds
from desk_app.gui.desk_pages import DUPLICATES, FAMILIES, FOLLOW_UPS, OLD_LISTS, OPTIONS, PLACEMENTS, STEPS, Pages
from desk_app.gui.foot_banner import FootBanner
from desk_app.gui.key_list import KeyList
from desk_app.gui.offer_pages import OFFERS
from desk_app.gui.open_intakes import OpenIntakes
from desk_app.gui.rail import OpenIntake, Place, Rail, StateLine
from desk_app.gui.regions import enter, step_region
from desk_app.gui.search.desk_search import DeskSearch
from desk_app.gui.store_watch import StoreWatch
from desk_app.gui.theme import Appearance
from desk_app.gui.way_back import WayBack
from desk_app.gui.widgets.overlays import dismiss_veils, remove_veils
from desk_app.gui.worker import Worker
from desk_app.i18n import _
from desk_app.presenters.choices import Choices

CALM = 400
"""Milliseconds without a change after which the rail looks again."""
UNSEEN = 250
"""Milliseconds after which a window is read for that nobody sees, so that nothing was painted."""


class DeskWindow(QWidget):
    """Emits ``lock_asked`` and ``title_changed``; titles never name anybody."""

    lock_asked = Signal()
    title_changed = Signal(str)

    def __init__(self, desk: Desk, appearance: Appearance, ahead: TodayAhead | None = None) -> None:
        super().__init__()
        self._desk = desk
        self.appearance = appearance
        self.clock = desk.clock
        self.centre = Centre()
        self.worker = Worker(desk.do, self, begun=False)
        self.worker.changed.connect(self._changed)
        self.cover = CoverSwitch(self.worker, self)
        self.choices = Choices(desk.clock)
        self.store_watch = StoreWatch(desk, self)
        self._pages = Pages(self, ahead)
        self.intakes = OpenIntakes(self, self.choices, self._pages.show_schools)
        self.step = 0
        self._calm = QTimer(self, singleShot=True, interval=CALM)
        self._calm.timeout.connect(self._refresh_rail)
        self.rail = Rail(
            [
                Place(TODAY, _("Heute"), "sun", _("Strg+1")),
                Place(FAMILIES, _("Familien"), "users", _("Strg+2")),
                Place(APPOINTMENTS, _("Termine"), "calendar-days", _("Strg+3")),
                Place(OFFERS, _("Angebote"), "compass", _("Strg+4")),
                Place(PLACEMENTS, _("Schulplätze"), "school", _("Strg+5")),
            ],
            [Place(OPTIONS, _("Einstellungen"), "settings", _("Strg+,"))],
        )
        self.stack = QStackedWidget()
        self._way = WayBack(self.stack)
        self.foot = FootBanner(self)
        self._build()
        self._connect()

    def _build(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.rail)
        row.addWidget(self.stack, 1)
        self._show_states()

    def _connect(self) -> None:
        self.rail.new_intake.connect(self.ask_intake)
        self.rail.place_chosen.connect(self.go)
        self.rail.intake_chosen.connect(lambda key: self.open_intake(UUID(key)))
        self.rail.lock.connect(self.lock_asked)
        self.rail.state_pressed.connect(self.store_watch.help)
        self.rail.state_pressed.connect(self.cover.press_line)
        self.store_watch.told.connect(self._show_states)
        self.cover.switched.connect(lambda: self._show_states(self._lines))
        self.cover.failed.connect(self.tell_failed)
        self._actions = make_actions(
            self,
            {
                "new_intake": self.ask_intake,
                "search": self.search,
                "cover": self.cover.press,
                "lock": self.lock_asked.emit,
                "back": self.back,
                "next_region": lambda: self._step_region(1),
                "previous_region": lambda: self._step_region(-1),
                "keys": lambda: KeyList(self.window()).open(),
                "settings": lambda: self.go(OPTIONS),
                **day_deeds(self),
                "families": lambda: self.go(FAMILIES),
                "offers": lambda: self.go(OFFERS),
                "placements": lambda: self.go(PLACEMENTS),
                **{place: partial(self.go, place) for place in (FOLLOW_UPS, DUPLICATES, STEPS, OLD_LISTS)},
                "primary": lambda: self._ask_page("primary"),
                "print": lambda: self._ask_page("print_page"),
                "undo": lambda: self._ask_page("undo"),
                "next_record": lambda: self._ask_page("next_record"),
                "previous_record": lambda: self._ask_page("previous_record"),
            },
        )
        self._search = DeskSearch(self, self._actions)

    def _show_states(self, lines: Sequence[StateLine] = ()) -> None:
        self._lines = lines
        self.rail.set_states([*self.cover.lines(), *lines, StateLine("hard-drive", _("Nur auf diesem PC"))])

    # --- life

    def start(self) -> None:
        """Read what the window needs to know and show the first page."""
        self.choices.load(self.worker)
        self.worker.run(centre.load, self._know_centre, self.tell_failed)
        self.go(TODAY)
        self._refresh_rail()
        self.store_watch.start()
        QTimer.singleShot(UNSEEN, self.worker, self.worker.begin)

    def close_desk(self) -> str:
        """Dismiss what lies above the pages, hand over what is being typed, finish every deed, close the store.

        Returns what could not be kept, empty for nothing.
        """
        dismiss_veils(self.window())
        for page in (*self.intakes.pages.values(), *self._pages):
            hand_over: Callable[[], object] | None = getattr(page, "commit_pending", None)
            if hand_over is not None:
                hand_over()
        lost = " ".join(filter(None, (self.intakes.save_all(self._pages.family_steps()), self._pages.lost_steps())))
        # what the worker still delivers must not show a page that would ask it for more
        self.hide()
        self._calm.stop()
        self.cover.stop()
        self.store_watch.stop()
        self.worker.changed.disconnect(self._changed)
        self.worker.stop()
        remove_veils(self.window())  # the result of an export that was faster than its end
        self._desk.close()
        return lost

    # --- going places

    def go(self, place: str) -> None:
        """Show one of the places of the rail, or the options."""
        page = self._pages.get(place)
        self.show_page(page, self._pages.place_of(page))

    def back(self) -> None:
        """To the page before; without one, to the families."""
        page = self._way.back()
        if page is not None:
            self.show_page(page, self._place_of(page))
        else:
            self.go(FAMILIES)

    def search(self) -> None:
        """Strg+K: everybody and every command in one box."""
        self._search.find()

    def ask_intake(self) -> None:
        """Strg+N: look first whether the family is known."""
        self._search.take_in()

    def new_intake(self, typed: str | IntakeLine = "") -> None:
        """Open a new family file that begins with what was typed, and show its form."""
        entry = read_intake_line(typed, local_day(self.clock())) if isinstance(typed, str) else typed
        self.intakes.begin(entry)

    def open_intake(self, household: UUID, question: Question | None = None) -> None:
        """Show the form of a family; where it is not open yet, read the file first."""
        self.intakes.open(household, question)

    def take_step(self) -> int:
        """Somebody is about to go somewhere; whoever still reads a page compares this with ``step``."""
        self.step += 1
        return self.step

    def open_family(self, household: UUID, person: UUID | None = None) -> None:
        """Show the file of a family, at one of its persons."""
        page = self._pages.family()
        page.open(household, person)
        self.show_page(page, FAMILIES)

    def open_compare(self, one: UUID, other: UUID) -> None:
        """Show two persons, or two families, beside each other."""
        page = self._pages.compare()
        page.open(one, other)
        self.show_page(page, FAMILIES)

    # --- pages

    def show_page(self, page: QWidget, place: str) -> None:
        """Bring a page to the front and put the focus on it; ``place`` is what the rail marks."""
        self.take_step()
        leaving = self.stack.currentWidget()
        if leaving is not page and leaving in self.intakes.pages.values():
            self._ask_page("commit_pending")
        self.stack.setCurrentWidget(page)
        self._way.went(page)
        self.rail.set_current(place)
        if page.isVisible():
            enter(page)

    def _place_of(self, page: QWidget) -> str:
        return self.intakes.place_of(page) or self._pages.place_of(page)

    # --- what happens

    def _changed(self, changes: Changes) -> None:
        if "schools" in changes or "users" in changes:
            self.choices.load(self.worker)
        if "centre" in changes:
            self.worker.run(centre.load, self._know_centre, self.tell_failed)
        for page in self._pages:
            heard: Callable[[Changes], None] | None = getattr(page, "changed", None)
            if heard is not None:
                heard(changes)
        self._calm.start()

    def _know_centre(self, found: Centre) -> None:
        self.centre = found
        for page in self._pages:
            heard: Callable[[Centre], None] | None = getattr(page, "set_centre", None)
            if heard is not None:
                heard(found)

    def _refresh_rail(self) -> None:
        self.worker.run(overview.read, self._show_rail, self.tell_failed)

    def _show_rail(self, found: Overview) -> None:
        self.rail.set_person(found.person, found.desk)
        self.rail.set_count(PLACEMENTS, str(found.open_requests) if found.open_requests else "")
        self.rail.set_intakes(
            [OpenIntake(str(item.household), item.title, item.answered, item.asked) for item in found.intakes]
        )
        current = self.stack.currentWidget()
        if current is not None:
            self.rail.set_current(self._place_of(current))

    def tell_failed(self, error: WorldError) -> None:
        """Say at the foot of the window what did not work."""
        self.foot.tell(error.message, self.rail.width())

    def _ask_page(self, name: str) -> None:
        """Have the page in front do what its key says; a page that has no such thing stays still."""
        deed: Callable[[], object] | None = getattr(self.stack.currentWidget(), name, None)
        if deed is not None:
            deed()

    def _step_region(self, step: int) -> None:
        step_region(self.rail, self.stack.currentWidget(), step)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        page = self.stack.currentWidget()
        if page is not None and not event.spontaneous():
            enter(page)  # no stop of it could be found before

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self.worker.begun:
            # the two threads would take turns, and the first picture need twice as long
            QTimer.singleShot(0, self.worker, self.worker.begin)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.rail.follow_width(self.width())
        self.foot.fit(self.rail.width())
