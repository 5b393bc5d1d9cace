"""Where booking begins on the page: at a place in the grid, at the next free time, or where it was left."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Protocol
from uuid import UUID

from PySide6.QtCore import QObject, QRect

from desk_app.domain.clock import local_day
from desk_app.gui.appointments.grid_paint import Ghost
from desk_app.gui.cover import covered
from desk_app.i18n import _
from desk_app.presenters.appointment_lookups import AppointmentLookups
from desk_app.presenters.appointment_words import between, minute_of
from desk_app.presenters.appointments import Mode
from desk_app.presenters.booking_form import Form

if TYPE_CHECKING:
    from PySide6.QtCore import QPoint, SignalInstance
    from PySide6.QtWidgets import QWidget

    from desk_app.casework.appointments import AppointmentLine, FreeSlot
    from desk_app.domain.clock import Clock
    from desk_app.gui.appointments.booking_popover import BookingPopover
    from desk_app.gui.appointments.event_deeds import EventDeeds
    from desk_app.gui.appointments.grid import CalendarGrid
    from desk_app.gui.appointments.left_banner import LeftBanner
    from desk_app.gui.appointments.page_header import AppointmentsHeader
    from desk_app.gui.families.undo_banner import UndoBar
    from desk_app.presenters.appointments import AppointmentsPresenter
    from desk_app.presenters.booking_draft import Draft
    from desk_app.presenters.choices import Choices
    from desk_app.presenters.runner import Runner


class BookingPage(Protocol):
    """The page, as far as booking shows something on it."""

    presenter: AppointmentsPresenter
    header: AppointmentsHeader
    undo_bar: UndoBar
    left: LeftBanner
    grid: CalendarGrid
    deeds: EventDeeds

    def show_failed(self, message: str) -> None: ...

    def show_moment(self, start: datetime, appointment: UUID | None = None) -> None: ...

    def show_menu(self, appointment: UUID | None, at: QPoint) -> None: ...

    def window(self) -> QWidget: ...

    @property
    def destroyed(self) -> SignalInstance: ...


class BookingDesk(QObject):
    """Ties the form to the grid: it stands beside its time, and goes along when that changes."""

    def __init__(self, page: BookingPage, parent: QObject, runner: Runner, clock: Clock, choices: Choices) -> None:
        super().__init__(parent)
        self._page, self._runner, self._clock, self._choices = page, runner, clock, choices
        self._lookups = AppointmentLookups(runner, page.show_failed)
        self._popover: BookingPopover | None = None
        self._form: Form | None = None
        self._left: Draft | None = None
        """What was left before there was a form."""
        page.left.go_on.connect(self.go_on)
        page.left.dropped.connect(self.drop)

    @property
    def left(self) -> Draft | None:
        """What was typed and not entered."""
        return self._popover.presenter.left if self._popover is not None else self._left

    @property
    def popover(self) -> BookingPopover:
        """The form, made when first needed: it is a child of the window, above the page."""
        if self._popover is None:
            from desk_app.gui.appointments.booking_popover import BookingPopover

            page = self._page
            popover = self._popover = BookingPopover(page.window(), self._runner, self._clock, self._choices)
            popover.form_changed.connect(self._follow)
            popover.booked.connect(self._booked)
            popover.closed.connect(self._closed)
            popover.more_asked.connect(page.show_menu)
            page.destroyed.connect(popover.deleteLater)
            popover.presenter.left = self._left
        return self._popover

    @property
    def is_open(self) -> bool:
        return self._popover is not None and not self._popover.isHidden()

    # --- beginning

    def book_in(self, column: int, start: int, minutes: int) -> None:
        """A new appointment at a place of the grid."""
        presenter = self._page.presenter
        place = presenter.sheet.columns[column]
        gap = presenter.sheet.gap_at(column, start)
        room = gap.end - start if gap is not None else None
        self._open(presenter.at(column, start), place.seat, minutes, room)

    def book_next(self, household: UUID | None = None, typed: str = "") -> None:
        """A new appointment at the next free time, for a family where it is named."""
        presenter = self._page.presenter
        first = max(presenter.day, presenter.today) if household is None and not typed else presenter.today

        def found(slot: FreeSlot | None) -> None:
            if slot is not None:
                self.book_at(slot.start, slot.seat, household, typed)
                return
            self._page.undo_bar.tell(_("In den nächsten vier Wochen ist keine Zeit mehr frei."))
            now = self._clock()
            self.book_at(now + timedelta(minutes=-now.minute % 15), None, household, typed)

        self._lookups.next_free(household, first, found)

    def book_at(self, start: datetime, seat: UUID | None, household: UUID | None = None, typed: str = "") -> None:
        """A new appointment at a time that was chosen elsewhere."""
        self._page.show_moment(start)
        self._open(start, seat, 0, None, household)
        if typed:
            self.popover.fields.name.field.set_value(typed)
            self.popover.presenter.type(typed)

    def go_on(self) -> None:
        """Go on where an appointment was left; at the next free time where that time is over."""
        left = self.left
        if left is None or left.start < self._clock():
            self.book_next(left.household if left is not None else None)
        else:
            self.book_at(left.start, left.seat)

    def change(self, line: AppointmentLine) -> None:
        """The form of an appointment that stands."""
        self.leave()
        self.popover.presenter.change(line)
        self._show(line.start)

    def _open(
        self, start: datetime, seat: UUID | None, minutes: int, room: int | None, household: UUID | None = None
    ) -> None:
        self.leave()
        self.popover.presenter.begin(start, seat, minutes, room=room, household=household)
        self._show(start)

    def _show(self, start: datetime) -> None:
        self._page.presenter.go_to(start)
        self.popover.open_for(self._anchor())

    # --- leaving

    def leave(self) -> None:
        """Close the form; what was typed is kept."""
        if self.is_open:
            self.popover.close_popover()

    def lost(self) -> str:
        """What ends with the program, for the lock screen; empty for nothing."""
        return self._popover.presenter.lost() if self._popover is not None else ""

    def drop(self) -> None:
        """Forget what was left."""
        self.popover.presenter.drop_left()
        self._tell_left()

    def look_for_left(self) -> None:
        """Whether something was left before the desk was locked."""

        def found(left: Draft | None) -> None:
            if self._popover is None:
                self._left = left
                self._tell_left()

        self._lookups.left(found)

    def _closed(self) -> None:
        self._form = None
        self._page.grid.show_ghost(None)
        self._tell_left()

    def _tell_left(self) -> None:
        self._page.left.show_left(None if self.is_open else self.left, self._page.presenter.today)

    # --- beside the grid

    def follow(self) -> None:
        """The grid shows something else: the form stays beside its time."""
        if self.is_open and self._form is not None:
            self._show_ghost(self._form)
            self.popover.point_at(self._anchor())
        elif self._popover is not None:
            self._tell_left()

    def _follow(self, form: Form) -> None:
        elsewhere = self._form is None or form.draft.start != self._form.draft.start
        self._form = form
        if self.is_open:
            if elsewhere:
                self._page.presenter.go_to(form.draft.start)
            self.follow()
        else:
            self._tell_left()

    def _place(self) -> tuple[int, tuple[int, int]] | None:
        """Column and minutes of the form in the grid; ``None`` where these are not shown."""
        form, page = self._form, self._page
        if form is None or page.presenter.mode is Mode.LIST:
            return None
        day = local_day(form.draft.start)
        column = page.grid.sheet.column_of(day, form.draft.seat)
        return (column, (minute_of(form.draft.start, day), minute_of(form.end, day))) if column >= 0 else None

    def _show_ghost(self, form: Form) -> None:
        place = self._place()
        if place is None:
            self._page.grid.show_ghost(None)
            return
        title = covered(form.title) if form.before is not None else _("Neuer Termin")
        self._page.grid.show_ghost(Ghost(place[0], place[1], title, between(*place[1])))

    def _anchor(self) -> QRect:
        place = self._place()
        if place is not None:
            return self._page.grid.area_in_window(*place)
        button = self._page.header.new
        return QRect(button.mapTo(button.window(), button.rect().bottomLeft()), button.size())

    def _booked(self, words: str, deed: UUID | None, start: datetime, appointment: UUID) -> None:
        self._page.deeds.show_done(words, deed)
        self._page.show_moment(start, appointment)
        if self.popover.slip.isChecked():
            self.popover.slip.setChecked(False)
            self._page.deeds.show_slip(appointment)
