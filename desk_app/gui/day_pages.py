"""The pages of the day at the desk, "Heute" and "Termine", and the ways to an appointment from everywhere."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from uuid import UUID

from desk_app.casework import appointments as booked
from desk_app.domain import roles
from desk_app.domain.clock import local_day

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from desk_app.casework.appointments import AppointmentLine, FreeSlot
    from desk_app.domain.clock import Clock
    from desk_app.gui.appointments.page import AppointmentsPage
    from desk_app.gui.page_window import Window
    from desk_app.gui.today.page import TodayPage
    from desk_app.presenters.runner import Runner

TODAY: Final = "today"
APPOINTMENTS: Final = "appointments"


def day_deeds(window: Window) -> dict[str, Callable[[], object]]:
    """What the commands about the day do, by command."""
    return {
        "today": lambda: window.go(TODAY),
        "appointments": lambda: window.go(APPOINTMENTS),
        "new_appointment": lambda: book(window),
        "close_day": lambda: close_day(window),
        "day_sheet": lambda: enter_sheet(window),
        "earlier": lambda: show_earlier(window),
    }


def close_day(window: Window) -> None:
    """Say how the visits of today ended, above whatever page is shown."""
    from desk_app.gui.today.closing_dialog import ClosingDialog

    ClosingDialog(window.stack.window(), window.worker, window.clock).begin()


def show_earlier(window: Window) -> None:
    """Who would come earlier, and what fell free for them, above whatever page is shown."""
    from desk_app.gui.today.chances_dialog import ChancesDialog

    ChancesDialog(window.stack.window(), window.worker, window.clock).begin()


def enter_sheet(window: Window) -> None:
    """Enter the paper sheet of the day that "Termine" shows where that is over, else of the last one."""
    from desk_app.gui.appointments.page import AppointmentsPage
    from desk_app.gui.today.sheet_dialog import SheetDialog

    page = window.stack.currentWidget()
    day = page.presenter.day if isinstance(page, AppointmentsPage) else None
    over = day is not None and day < local_day(window.clock())
    SheetDialog(page.window() if page else window.stack, window.worker, window.clock).begin(day if over else None)


class TodayAhead:
    """The page "Heute", built while somebody still types their passphrase: nobody waits for the window then."""

    def __init__(self, clock: Clock, parent: QWidget | None = None) -> None:
        from desk_app.gui.today.page import TodayPage
        from desk_app.presenters.runner import LaterRunner

        self._runner = LaterRunner()
        self._page = TodayPage(self._runner, clock, parent)

    def meet(self, runner: Runner) -> TodayPage:
        """The page, which reads by ``runner`` from now on. For one desk only."""
        self._runner.runner = runner
        return self._page


def today(window: Window, follow_ups: str, ahead: TodayAhead | None = None) -> QWidget:
    """The page "Heute"; ``follow_ups`` is the place of what is to be looked at again."""
    page = (ahead or TodayAhead(window.clock)).meet(window.worker)
    page.family_chosen.connect(window.open_family)
    page.person_chosen.connect(window.open_family)
    page.intake_chosen.connect(window.open_intake)
    page.question_chosen.connect(window.open_intake)
    page.follow_ups_asked.connect(lambda: window.go(follow_ups))
    page.book_asked.connect(lambda slot: book(window, slot=slot))
    page.appointment_asked.connect(lambda appointment: show_appointment(window, appointment))
    window.store_watch.told.connect(page.show_states)
    return page


def appointments(window: Window) -> QWidget:
    """The page "Termine"."""
    from desk_app.gui.appointments.page import AppointmentsPage

    refused = roles.reason(window.store_watch.desk.role, "list.exported")
    page = AppointmentsPage(window.worker, window.clock, window.choices, refusal=refused)
    page.family_chosen.connect(window.open_family)
    page.header.sheet_asked.connect(lambda: enter_sheet(window))
    return page


def book(window: Window, household: UUID | None = None, slot: FreeSlot | None = None, typed: str = "") -> None:
    """Begin an appointment: at a slot, else at the next free time, for a family or for a name that was typed."""
    page = _shown(window)
    if slot is not None:
        page.booking.book_at(slot.start, slot.seat, household, typed)
    else:
        page.booking.book_next(household, typed)


def show_appointment(window: Window, appointment: UUID) -> None:
    """Go to an appointment and open its form."""
    page = _shown(window)

    def found(lines: tuple[AppointmentLine, ...]) -> None:
        for line in lines:
            page.show_moment(line.start, line.id)
            page.booking.change(line)

    window.worker.run(lambda work: booked.of_ids(work, [appointment]), found, window.tell_failed)


def _shown(window: Window) -> AppointmentsPage:
    from desk_app.gui.appointments.page import AppointmentsPage

    window.go(APPOINTMENTS)
    page = window.stack.currentWidget()
    assert isinstance(page, AppointmentsPage)
    return page
