"""What opens above the page "Heute": one visit, somebody new, the end of the day, the paper sheet, earlier dates."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol
from uuid import UUID

from PySide6.QtCore import QPoint, QRect, SignalInstance
from PySide6.QtWidgets import QWidget

from desk_app.casework.appointment_lines import AppointmentLine
from desk_app.casework.earlier_wishes import Wish
from desk_app.domain.clock import local_day
from desk_app.gui.today.visit_popover import VisitPopover

if TYPE_CHECKING:
    from collections.abc import Hashable
    from datetime import date

    from desk_app.domain.clock import Clock
    from desk_app.gui.today.list_card import ListCard
    from desk_app.gui.today.rows import WaitingRow
    from desk_app.gui.today.timeline import Timeline
    from desk_app.presenters.runner import Runner
    from desk_app.presenters.today import TodayPresenter
    from desk_app.presenters.today_rows import SlotRow


class DayPage(Protocol):
    """What is asked of the page."""

    waiting: ListCard[WaitingRow]
    timeline: Timeline

    @property
    def family_chosen(self) -> SignalInstance: ...

    @property
    def appointment_asked(self) -> SignalInstance: ...

    def window(self) -> QWidget: ...


class Doors:
    """Built with the page; what it opens is built anew each time."""

    def __init__(self, page: DayPage, presenter: TodayPresenter, runner: Runner, clock: Clock) -> None:
        self._page, self._presenter, self._runner, self._clock = page, presenter, runner, clock

    def add_person(self) -> None:
        """Somebody comes without an appointment."""
        from desk_app.gui.today.walk_in_dialog import WalkInDialog

        presenter = self._presenter
        dialog = WalkInDialog(
            self._page.window(), presenter.find_families, presenter.kinds(), presenter.places(), presenter.next_wait()
        )
        dialog.asked.connect(presenter.add)
        dialog.open(dialog.who.name.control)

    def add_follow_up(self) -> None:
        """Something about a family is to be looked at again."""
        from desk_app.gui.today.follow_up_dialog import FollowUpDialog

        dialog = FollowUpDialog(self._page.window(), self._presenter.find_families, self._clock)
        dialog.asked.connect(self._presenter.keep_follow_up)
        dialog.open(dialog.who.name.control)

    def open_closing(self, day: date | None = None) -> None:
        """What a day still lacks; ``None`` for today."""
        from desk_app.gui.today.closing_dialog import ClosingDialog

        ClosingDialog(self._page.window(), self._runner, self._clock).begin(day)

    def open_sheet(self) -> None:
        """The day sheet of the last day, to enter what was written on it."""
        from desk_app.gui.today.sheet_dialog import SheetDialog

        SheetDialog(self._page.window(), self._runner, self._clock).begin()

    def print_sheets(self) -> None:
        """The paper sheets of the desks for today."""
        from desk_app.gui.papers.day_sheet_dialog import DaySheetDialog

        DaySheetDialog(self._page.window(), self._runner, local_day(self._clock())).begin()

    def print_slip(self, line: AppointmentLine) -> None:
        """What a family takes home about its appointment."""
        from desk_app.gui.papers.slip_dialog import show_slip
        from desk_app.presenters.paper_out import Slip

        show_slip(self._page.window(), self._runner, Slip.APPOINTMENT, (line.id,))

    def open_chances(self) -> None:
        """Who could come earlier."""
        from desk_app.gui.today.chances_dialog import ChancesDialog

        ChancesDialog(self._page.window(), self._runner, self._clock).begin()

    def wish_earlier(self, visit: UUID) -> None:
        """Whoever has this appointment would come earlier."""
        from desk_app.gui.today.wish_dialog import WishDialog

        presenter, menu = self._presenter, self._presenter.menu(visit)
        if menu is None:
            return

        def found(wish: Wish) -> None:
            dialog = WishDialog(self._page.window(), presenter.find_families, presenter.kinds(), self._clock, wish)
            dialog.asked.connect(presenter.keep_wish)
            dialog.open(dialog.deed)

        presenter.wish_of(menu.line, found)

    def open_visit(self, key: Hashable) -> None:
        """One visit, beside its block or row."""
        assert isinstance(key, UUID)
        page, presenter = self._page, self._presenter
        menu = presenter.menu(key)
        anchor = page.waiting.rows.get(key) or page.timeline.lanes.blocks.get(key)
        focused = page.timeline.lanes.blocks.get(key)
        if focused is not None and focused.hasFocus():
            anchor = focused
        if menu is None or anchor is None:
            return
        popover = VisitPopover(page.window(), menu, presenter.kinds(), presenter.find_families)

        def show_slots(slots: tuple[SlotRow, ...]) -> None:
            if not popover.over:
                popover.show_slots(slots)

        popover.stepped.connect(lambda state: presenter.step(key, state))
        popover.topic_chosen.connect(lambda kind: presenter.set_topic(key, kind))
        popover.linked.connect(lambda household: presenter.link(key, household))
        popover.intake_asked.connect(lambda: presenter.take_in(key))
        popover.family_asked.connect(lambda: page.family_chosen.emit(menu.line.household))
        popover.appointment_asked.connect(lambda: page.appointment_asked.emit(key))
        popover.slip_asked.connect(lambda: self.print_slip(menu.line))
        popover.wish_asked.connect(lambda: self.wish_earlier(key))
        popover.slots_asked.connect(lambda: presenter.find_slots(key, show_slots))
        popover.slot_chosen.connect(lambda slot: presenter.give_date(key, slot))
        popover.open_at(QRect(anchor.mapTo(page.window(), QPoint(0, 0)), anchor.size()))
