"""The page "Heute": the first one in the morning. What each desk does today, who waits, and what is to be done."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desk_app.gui.families.undo_banner import UndoBar
from desk_app.gui.header import MARGIN, Header
from desk_app.gui.theme import Theme
from desk_app.gui.today.doors import Doors
from desk_app.gui.today.foot import TodayFoot
from desk_app.gui.today.free_card import FreeCard
from desk_app.gui.today.list_card import ListCard
from desk_app.gui.today.rows import FollowUpTodayRow, RequestTodayRow, WaitingRow
from desk_app.gui.today.timeline import Timeline
from desk_app.gui.widgets.buttons import Button, modified
from desk_app.gui.widgets.cards import AddRow, Card
from desk_app.gui.widgets.chips import Chip
from desk_app.gui.widgets.labels import Label
from desk_app.gui.widgets.tick_fields import SegmentedControl
from desk_app.i18n import _
from desk_app.presenters.today import DayShown, TodayPresenter, concerns

if TYPE_CHECKING:
    from collections.abc import Hashable, Sequence

    from desk_app.casework.desk import Changes
    from desk_app.domain.clock import Clock
    from desk_app.gui.state_line import StateLine
    from desk_app.presenters.runner import Runner

WIDE = 1560
"""Width of the page at 100 % from which the next free times have room."""
_LANES = 0.48
"""Share of the height the lanes take at most, where there are more of them than are always seen."""
_MINUTE = 60
_TOLD = 2
"""Minutes after which nobody needs to be told any more what was done last."""


class TodayPage(QWidget):
    """Einfg puts somebody on the waiting list, Strg+Eingabe calls the next one."""

    family_chosen = Signal(object)
    person_chosen = Signal(object, object)
    """A family and one of its persons."""
    intake_chosen = Signal(object)
    question_chosen = Signal(object, object)
    follow_ups_asked = Signal()
    book_asked = Signal(object)
    """An appointment is to be made, at a ``FreeSlot`` or (``None``) at a time still to be chosen."""
    appointment_asked = Signal(object)

    def __init__(self, runner: Runner, clock: Clock, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._clock = clock
        self.presenter = TodayPresenter(self, runner, clock)
        self.doors = Doors(self, self.presenter, runner, clock)
        self._stale = True
        self._told_for = 0
        self.header = Header("")
        self.book = Button(_("Termin"), "secondary", "calendar-plus")
        self.header.add_action(self.book)
        self.timeline = Timeline()
        self.scope = SegmentedControl([_("Alle Plätze"), _("Mein Platz")])
        self._open_words = Label("", "small", "text2")
        self.day = Card(_("Termine heute"), padded=False)
        self.waiting = ListCard(
            _("Wartet"), _("Niemand wartet. Wer ohne Termin kommt, bekommt hier eine Nummer."), self._waiting_row,
            AddRow(_("Person zur Warteliste"), keys=_("Einfg")),
        )  # fmt: skip
        self.tasks = ListCard(
            _("Wiedervorlagen"), _("In den nächsten sieben Tagen ist nichts anzusehen."), self._task_row,
            AddRow(_("Wiedervorlage")),
        )  # fmt: skip
        self.requests = ListCard(
            _("Schulplatzanfragen"), _("Es gibt keine begonnene Anfrage, der etwas fehlt."), self._request_row
        )  # fmt: skip
        self._next_wait = Label("", "caption", "text3")
        self._all = Button(_("Alle"), "ghost", height="compact")
        self._incomplete = Chip("")
        self.free = FreeCard()
        self.undo_bar = UndoBar(runner)
        self.foot = TodayFoot()
        self._minute = QTimer(self, singleShot=True)
        self._minute.timeout.connect(self._tick)
        self._build()
        self._connect()

    # --- building

    def _build(self) -> None:
        self.day.head.add_action(self._open_words)
        self.day.head.add_action(self.scope)
        self.scope.setAccessibleName(_("Zeigen"))
        self.scope.set_current(0)
        self.day.body.setContentsMargins(0, 0, 0, 1)
        self.day.body.addWidget(self.timeline)
        self.waiting.head.add_action(self._next_wait)
        self.tasks.head.add_action(self._all)
        self.requests.head.add_action(self._incomplete)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        self._body = QVBoxLayout()
        self._body.setContentsMargins(MARGIN, 2, MARGIN, 0)
        self._body.setSpacing(15)
        self._lists = QHBoxLayout()
        self._lists.setSpacing(16)
        for card in (self.waiting, self.tasks, self.requests):
            self._lists.addWidget(card, 1)
        self._body.addWidget(self.day)
        self._body.addLayout(self._lists, 1)
        self._body.addWidget(self.free)
        self._body.addWidget(self.undo_bar)
        column.addLayout(self._body, 1)
        self._ground = QVBoxLayout()
        self._ground.setContentsMargins(MARGIN, 0, MARGIN, 0)
        self._ground.addWidget(self.foot)
        column.addLayout(self._ground)
        self.free.hide()
        self._incomplete.hide()

    def _connect(self) -> None:
        self.book.clicked.connect(lambda _checked=False: self.book_asked.emit(None))
        self.free.chosen.connect(self.book_asked)
        self.scope.chosen.connect(lambda place: self.presenter.show_mine(mine=place == 1))
        self.timeline.opened.connect(lambda key: self.doors.open_visit(key))
        self._all.clicked.connect(self.follow_ups_asked)
        self.foot.earlier_asked.connect(lambda: self.doors.open_chances())
        self.foot.closing_asked.connect(lambda day: self.doors.open_closing(day))
        self.foot.sheet_asked.connect(self.open_sheet)
        self.foot.print_asked.connect(self.print_page)
        for add, deed in ((self.waiting.add, self.doors.add_person), (self.tasks.add, self.doors.add_follow_up)):
            if add is not None:
                add.clicked.connect(lambda _checked=False, deed=deed: deed())

    def _waiting_row(self, key: Hashable) -> WaitingRow:
        row = WaitingRow()
        row.clicked.connect(lambda _checked=False: self.doors.open_visit(key))
        row.called.connect(lambda: self._press(row))
        return row

    def _press(self, row: WaitingRow) -> None:
        if row.shown is not None and row.shown.state:
            self.presenter.step(row.shown.visit, row.shown.state)

    def _task_row(self, key: Hashable) -> FollowUpTodayRow:
        row = FollowUpTodayRow()

        def open_file() -> None:
            if row.shown is not None:
                self.person_chosen.emit(row.shown.household, row.shown.person)

        row.clicked.connect(open_file)
        row.ticked.connect(lambda: self.presenter.tick_follow_up(key))
        return row

    def _request_row(self, key: Hashable) -> RequestTodayRow:
        row = RequestTodayRow()

        def open_question() -> None:
            if row.shown is not None:
                self.question_chosen.emit(row.shown.household, row.shown.question)

        row.clicked.connect(open_question)
        return row

    # --- what the page can do

    def primary(self) -> None:
        """Strg+Eingabe: do what the first button of the waiting list says."""
        self.presenter.call_next()

    def undo(self) -> None:
        """Strg+Z."""
        self.undo_bar.undo()

    def add_person(self) -> None:
        """Somebody comes without an appointment."""
        self.doors.add_person()

    def open_sheet(self) -> None:
        """The day sheet of the last day, to enter what was written on it."""
        self.doors.open_sheet()

    def print_page(self) -> None:
        """Strg+P: the paper sheets of the desks for today."""
        self.doors.print_sheets()

    def regions(self) -> list[QWidget]:
        """What F6 steps through."""
        cards = [self.day, self.waiting, self.tasks, self.requests]
        return [self.header, *cards, *([self.free] if self.free.isVisible() else []), self.foot]

    # --- keeping up

    def changed(self, changes: Changes) -> None:
        """Something was written: read again now if somebody looks, else when the page is shown."""
        if concerns(changes):
            self._stale = True
            if self.isVisible():
                self.refresh()

    def refresh(self) -> None:
        """Read the day again."""
        self._stale = False
        self.presenter.refresh()

    def show_states(self, lines: Sequence[StateLine]) -> None:
        """How backups and store stand, as the rail says it."""
        self.foot.show_states(lines)

    def _tick(self) -> None:
        self._told_for += 1
        if self._told_for >= _TOLD:
            self.undo_bar.hide()
        self.presenter.tick()
        self._wait_for_minute()

    def _wait_for_minute(self) -> None:
        now = self._clock()
        left = _MINUTE * 1000 - now.second * 1000 - now.microsecond // 1000
        self._minute.start(max(left, 1) + 20)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self.refresh()
        else:
            self.presenter.tick()
        self._wait_for_minute()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._minute.stop()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Insert and not modified(event):
            self.add_person()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def refit(self) -> None:
        self._fit()

    def _fit(self) -> None:
        wide = self.width() >= Theme.current().px(WIDE)
        self.free.setVisible(wide)
        self.foot.set_wide(wide)
        self._ground.setContentsMargins(MARGIN, 16 if wide else 0, MARGIN, 16 if wide else 0)
        # with many desks the lanes scroll rather than push the lists away
        self.day.setMaximumHeight(max(self.day.minimumSizeHint().height(), round(self.height() * _LANES)))
        self.presenter.show_free(wanted=wide)

    # --- what the presenter shows

    def show_day(self, day: DayShown) -> None:
        self.header.set_title(day.title)
        self.header.set_subtitle(day.week)
        self.day.head.set_count(str(day.count))
        self._open_words.setText(day.words)
        self.timeline.show_day(day.shown.lanes, day.shown.span, day.now)
        self.waiting.show_rows([(row.visit, row) for row in day.waiting])
        self.waiting.head.set_count(str(len(day.waiting)) if day.waiting else "")
        self._next_wait.setText(day.next_wait)
        self.tasks.show_rows([(row.follow_up, row) for row in day.tasks])
        self.tasks.head.set_count(str(day.due) if day.due else "")
        self.requests.show_rows([(row.request, row) for row in day.requests])
        self._incomplete.set_state(_("{n} unvollständig").format(n=day.incomplete))
        self._incomplete.setVisible(bool(day.incomplete))
        self.free.show_slots(day.slots, day.languages)
        self.foot.show_foot(day.foot)
        self.foot.show_earlier(day.chances, day.wishes)

    def show_done(self, words: str, way_back: UUID) -> None:
        self._told_for = 0
        self.undo_bar.tell_done(words, way_back)

    def show_failed(self, message: str) -> None:
        self._told_for = 0
        self.undo_bar.show_failed(message)

    def open_intake(self, household: UUID) -> None:
        self.intake_chosen.emit(household)
