"""The page "Termine": a day with a column per desk, a week, or a list; booking by click, by row and by key."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QKeySequence, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from desk_app.gui.appointments.agenda import Agenda
from desk_app.gui.appointments.booking_desk import BookingDesk
from desk_app.gui.appointments.event_deeds import EventDeeds
from desk_app.gui.appointments.grid import CalendarGrid
from desk_app.gui.appointments.left_banner import LeftBanner
from desk_app.gui.appointments.legend import Legend
from desk_app.gui.appointments.page_header import AppointmentsHeader
from desk_app.gui.appointments.side_panel import SidePanel
from desk_app.gui.families.undo_banner import UndoBar
from desk_app.gui.header import MARGIN
from desk_app.gui.theme import Theme
from desk_app.gui.widgets.cards import Card
from desk_app.i18n import _
from desk_app.presenters.appointment_sheet import Cursor, Minutes, Sheet
from desk_app.presenters.appointment_steps import Target
from desk_app.presenters.appointments import AppointmentsPresenter, Mode

if TYPE_CHECKING:
    from desk_app.casework.appointments import AppointmentLine
    from desk_app.casework.desk import Changes
    from desk_app.domain.clock import Clock
    from desk_app.presenters.choices import Choices
    from desk_app.presenters.runner import Runner

_SIDE = 220
_WEEK_FROM = 1400
"""Width of the page at 100 % from which a week has room: a window of about 1600."""
_TALL, _FREE, _FEWER = 820, 6, 3
"""Height of the page at 100 % from which more free times stand beside the grid, how many then, and how many else."""
_MINUTE = 30_000
"""Milliseconds after which the line of the present time moves."""
_CONCERNS = frozenset({"appointments", "households", "users", "centre"})


class AppointmentsPage(QWidget):
    """Strg+Eingabe makes an appointment, Einfg does in the grid."""

    family_chosen = Signal(object)

    def __init__(
        self, runner: Runner, clock: Clock, choices: Choices, parent: QWidget | None = None, refusal: str = ""
    ) -> None:
        super().__init__(parent)
        self.presenter = AppointmentsPresenter(self, runner, clock)
        self._stale = self._unseen = True
        self._point_at: UUID | None = None
        """An appointment to put the keyboard on once it is shown."""
        self.header = AppointmentsHeader()
        self.undo_bar = UndoBar(runner)
        self.left = LeftBanner()
        self.side, self.grid, self.legend = SidePanel(), CalendarGrid(), Legend()
        self.agenda = Agenda(runner, clock, refusal)
        self.deeds = EventDeeds(self, self.undo_bar, runner, clock, lambda: self.presenter.reading.setup)
        self.booking = BookingDesk(self, self, runner, clock, choices)
        self.lost = self.booking.lost
        self._clock_tick = QTimer(self, interval=_MINUTE)
        self._clock_tick.timeout.connect(self.presenter.tick)
        self._card, self._stack, self._days = Card(padded=False), QStackedWidget(), QWidget()
        self._build()
        self._connect()
        self.setFocusProxy(self.grid)

    def _build(self) -> None:
        self._card.setAccessibleName(_("Kalender"))
        self._card.body.setContentsMargins(0, 0, 0, 9)  # the grid ends before the corners are round
        self._card.body.addWidget(self.grid)
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        row.addWidget(self.side)
        row.addWidget(self._card, 1)
        inside = QVBoxLayout(self._days)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(10)
        inside.addWidget(self.legend)
        inside.addLayout(row, 1)
        self._stack.addWidget(self._days)
        self._stack.addWidget(self.agenda)
        body = QVBoxLayout()
        body.setContentsMargins(MARGIN, 0, MARGIN, 0)
        body.setSpacing(10)
        for widget in (self.undo_bar, self.left):
            body.addWidget(widget)
        body.addWidget(self._stack, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 20)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addLayout(body, 1)
        self.legend.hide()
        self.refit()

    def _connect(self) -> None:
        presenter, grid, side, deeds, agenda = self.presenter, self.grid, self.side, self.deeds, self.agenda
        self.header.stepped.connect(presenter.step)
        self.header.mode_chosen.connect(self.show_mode)
        self.header.new_asked.connect(self.primary)
        self.header.print_asked.connect(self.print_page)
        grid.day_asked.connect(presenter.step)
        grid.book_asked.connect(self.booking.book_in)
        grid.opened.connect(lambda id_: deeds.open(self.line(id_)))
        grid.moved.connect(self._move)
        grid.menu_asked.connect(self.show_menu)
        grid.deed_asked.connect(lambda id_, code: deeds.do(presenter.line(id_), code))
        side.day_chosen.connect(presenter.go)
        side.free_chosen.connect(lambda gap: self.booking.book_in(gap.column, gap.start, 0))
        side.appointment_chosen.connect(self._point_to)
        side.seat_shown.connect(lambda seat, shown: presenter.hide(seat, hidden=not shown))
        side.bundle_asked.connect(deeds.ask_bundle)
        side.gone_shown.connect(lambda on: presenter.show_gone(gone=on))
        agenda.opened.connect(deeds.open)
        agenda.deed_asked.connect(lambda id_, code: deeds.do(self.line(id_), code))
        agenda.menu_asked.connect(self.show_menu)
        agenda.counted.connect(self._show_count)
        agenda.failed.connect(self.show_failed)
        deeds.change_asked.connect(self.booking.change)
        deeds.family_chosen.connect(self.family_chosen)
        self.agenda.bar.add_keys(self)
        find = QShortcut(QKeySequence("Ctrl+F"), self)
        find.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        find.activated.connect(self.find_text)

    # --- what the page can do

    def show_mode(self, mode: Mode) -> None:
        """Day, week or list."""
        if mode is Mode.LIST and self.presenter.mode is not Mode.LIST and self.presenter.known:
            self.agenda.presenter.show_period(self.presenter.day, None)
        self.presenter.show(mode)
        self._show_stack()

    def _show_stack(self) -> None:
        listed = self.presenter.mode is Mode.LIST
        self._stack.setCurrentWidget(self.agenda if listed else self._days)
        self.header.show_mode(self.presenter.mode, narrow=self.presenter.narrow)
        self.setFocusProxy(self.agenda if listed else self.grid)
        self._show_title()

    def show_moment(self, start: datetime, appointment: UUID | None = None) -> None:
        """Go to the day of an instant, with the keyboard on an appointment."""
        self._point_at = appointment
        if self.presenter.mode is Mode.LIST and appointment is None:
            self.show_mode(Mode.DAY)
        self.presenter.go_to(start)

    def primary(self) -> None:
        """Strg+Eingabe: an appointment at the next free time of the day that is shown, or after it."""
        self.booking.book_next()

    def find_text(self) -> None:
        """Strg+F: search in the list, past and cancelled ones too."""
        self.show_mode(Mode.LIST)
        self.agenda.focus_search()

    def print_page(self) -> None:
        """Strg+P: the sheets of the day, the list of the week, or the list that is shown."""
        if self.presenter.mode is Mode.LIST:
            self.agenda.bar.print_list()
        else:
            self.deeds.print_sheets(self.presenter.day, weekly=self.presenter.sheet.weekly)

    def undo(self) -> None:
        """Strg+Z: take back the newest step of this user."""
        if not self.agenda.bar.undo():
            self.undo_bar.undo()

    def commit_pending(self) -> None:
        """Keep what is being typed, before the page is left or the desk is locked."""
        self.booking.leave()

    def regions(self) -> list[QWidget]:
        """What F6 steps through."""
        listed = self.presenter.mode is Mode.LIST
        return [self.header, self.agenda.bar, self.agenda] if listed else [self.header, self.side, self._card]

    def refresh(self) -> None:
        """Read what is shown again."""
        self._stale = False
        self.presenter.refresh()
        if self.agenda.presenter.known:
            self.agenda.presenter.refresh()

    def changed(self, changes: Changes) -> None:
        """Something was written: read again now if somebody looks, else when the page is shown."""
        if changes & _CONCERNS:
            self._stale = True
            if self.isVisible():
                self.refresh()

    # --- what the presenter shows

    def show_sheet(self, sheet: Sheet) -> None:
        presenter = self.presenter
        self.grid.fixed = presenter.fixed
        self.grid.show_sheet(sheet)
        self.side.show_all(presenter, _FREE if self.height() >= Theme.current().px(_TALL) else _FEWER)
        self.side.setVisible(not sheet.weekly)
        self.legend.setVisible(sheet.weekly)
        self.legend.show_kinds(presenter.reading.setup.kinds, presenter.free_words())
        self.header.show_mode(presenter.mode, narrow=presenter.narrow)
        self._show_title()
        if self._point_at is not None and sheet.block(self._point_at) is not None:
            self._point_to(self._point_at)
            self._point_at = None
        self.booking.follow()
        if self._unseen:  # the page was shown before it had days: go on from the header to them
            self._unseen = False
            if self.header.isAncestorOf(self.focusWidget() or self):
                self.grid.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_failed(self, message: str) -> None:
        self.undo_bar.show_failed(message)

    def _show_title(self) -> None:
        listed = self.presenter.mode is Mode.LIST
        self.header.set_title(_("Termine") if listed else self.presenter.title)
        if not listed:
            self.header.set_subtitle(self.presenter.subtitle)

    def _show_count(self, words: str) -> None:
        if self.presenter.mode is Mode.LIST:
            self.header.set_subtitle(words)

    # --- from the grid to the deeds

    def line(self, appointment: UUID | None) -> AppointmentLine | None:
        """One of those that are shown, in whichever view."""
        if appointment is None:
            return None
        return self.presenter.line(appointment) or self.agenda.line(appointment)

    def _move(self, appointment: UUID, column: int, span: Minutes) -> None:
        place = self.presenter.sheet.columns[column]
        start = self.presenter.at(column, span[0])
        target = Target(start, span[1] - span[0], place.seat, place.place)
        self.deeds.move(self.presenter.line(appointment), target)

    def show_menu(self, appointment: UUID | None, at: QPoint) -> None:
        """What can be done with an appointment; at a free place there is one thing to do."""
        line = self.line(appointment)
        if line is not None:
            self.deeds.show_menu(line, at)
        elif self.grid.spot is not None:
            self.booking.book_in(self.grid.spot.column, self.grid.spot.start, 0)

    def _point_to(self, appointment: UUID) -> None:
        block = self.grid.sheet.block(appointment)
        if block is not None:
            self.grid.point_at(Cursor(block.column, block.start, appointment))
            self.grid.setFocus(Qt.FocusReason.OtherFocusReason)

    # --- life

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Insert and not event.modifiers():
            self.primary()
        else:
            super().keyPressEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._clock_tick.start()
        if self._stale:
            self.refresh()
            self.booking.look_for_left()
        else:
            self.presenter.tick()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._clock_tick.stop()
        self.booking.leave()

    def refit(self) -> None:
        self.side.setFixedWidth(Theme.current().px(_SIDE))
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        self.presenter.fit(narrow=self.width() < Theme.current().px(_WEEK_FROM))
        self.header.show_mode(self.presenter.mode, narrow=self.presenter.narrow)
