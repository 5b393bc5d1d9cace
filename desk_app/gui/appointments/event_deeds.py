"""From what somebody wants with an appointment to the step that does it, with a dialog where more is to be said."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime
from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QObject, QPoint, Signal
from PySide6.QtWidgets import QMenu, QWidget

from desk_app.casework.appointment_setup import INTERNAL, Setup
from desk_app.casework.appointments import AppointmentLine
from desk_app.domain import visit_states
from desk_app.domain.clock import local_day
from desk_app.gui.appointments.event_menu import HISTORY, REPEAT, RESTORE, event_menu
from desk_app.gui.appointments.grid_keys import CANCEL, CHANGE, CONFIRM, FILE, INTERPRET, MISSED, MOVE, SLIP, WISH
from desk_app.gui.families.undo_banner import UndoBar
from desk_app.i18n import _
from desk_app.presenters.appointment_lookups import AppointmentLookups
from desk_app.presenters.appointment_steps import AppointmentSteps, Refused, Target

if TYPE_CHECKING:
    from desk_app.casework.earlier_wishes import Wish
    from desk_app.domain.clock import Clock
    from desk_app.presenters.runner import Runner


class EventDeeds(QObject):
    """What was done is said in ``told``, with the way back."""

    change_asked = Signal(object)
    """The line of an appointment whose form is wanted."""
    family_chosen = Signal(object)

    def __init__(self, page: QWidget, told: UndoBar, runner: Runner, clock: Clock, setup: Callable[[], Setup]) -> None:
        super().__init__(page)
        self._page, self._told, self._clock, self._setup = page, told, clock, setup
        self._runner = runner
        self.steps = AppointmentSteps(self, runner)
        self._lookups = AppointmentLookups(runner, self.show_failed)
        self.menu: QMenu | None = None
        self._deeds: dict[str, Callable[[AppointmentLine], object]] = {
            CHANGE: self.change_asked.emit,
            MOVE: self.ask_move,
            CONFIRM: self.steps.confirm,
            MISSED: self.steps.missed,
            CANCEL: self.ask_cancel,
            RESTORE: self.steps.restore,
            REPEAT: self.ask_repeat,
            HISTORY: self.show_history,
            FILE: self.open_file,
            INTERPRET: self.ask_interpreter,
            SLIP: self.print_slip,
            WISH: self.ask_wish,
        }

    def do(self, line: AppointmentLine | None, code: str) -> None:
        """What a key says, where it is possible now."""
        if line is not None and code in self._deeds and _is_possible(line, code):
            self._deeds[code](line)

    def open(self, line: AppointmentLine | None) -> None:
        """Its form; of what was called off or moved, what became of it."""
        if line is not None and _is_possible(line, CHANGE):
            self.change_asked.emit(line)
        elif line is not None:
            self.show_history(line)

    def show_menu(self, line: AppointmentLine, at: QPoint) -> None:
        """Everything there is to do with it."""
        menu = self.menu = event_menu(self._page, line, self._deeds)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(at)

    def open_file(self, line: AppointmentLine) -> None:
        if line.household is not None:
            self.family_chosen.emit(line.household)

    # --- dialogs

    def ask_cancel(self, line: AppointmentLine) -> None:
        from desk_app.gui.appointments.event_dialogs import CancelDialog

        dialog = CancelDialog(self._page.window(), line)
        dialog.asked.connect(lambda by, reason, following: self.steps.cancel(line, by, reason, following=following))
        dialog.open(dialog.by.segments[0])

    def ask_move(self, line: AppointmentLine) -> None:
        from desk_app.gui.appointments.event_dialogs import MoveDialog

        dialog = MoveDialog(self._page.window(), line, self._setup(), local_day(self._clock()))
        dialog.asked.connect(lambda target: self.steps.move(line, target))
        dialog.open(dialog.start.control)
        self._lookups.free_for(line, local_day(self._clock()), lambda free: self._offer(dialog, free))

    @staticmethod
    def _offer(dialog: QWidget, free: Sequence[tuple[datetime, UUID, str]]) -> None:
        from desk_app.gui.appointments.event_dialogs import MoveDialog

        if isinstance(dialog, MoveDialog) and not dialog.isHidden():
            dialog.show_free(free)

    def ask_repeat(self, line: AppointmentLine) -> None:
        from desk_app.gui.appointments.event_dialogs import RepeatDialog

        dialog = RepeatDialog(self._page.window(), line)
        dialog.asked.connect(partial(self.steps.repeat, line))
        dialog.open(dialog.weeks.control)

    def ask_interpreter(self, line: AppointmentLine) -> None:
        """Who interprets it: to be asked, promised, or somebody else."""
        from desk_app.gui.appointments.interpreting_dialog import InterpretingDialog

        dialog = InterpretingDialog(self._page.window(), self._runner, line.id)
        dialog.settled.connect(lambda: self._told.tell(_("Wer dolmetscht, ist eingetragen.")))
        dialog.begin()

    def ask_wish(self, line: AppointmentLine) -> None:
        """They would come earlier: noted, or changed where it was noted before."""
        from desk_app.gui.today.wish_dialog import WishDialog

        def found(wish: Wish) -> None:
            kinds = [(kind.id, kind.name) for kind in self._setup().kinds if kind.look != INTERNAL]
            dialog = WishDialog(self._page.window(), self._lookups.families, kinds, self._clock, wish)
            dialog.asked.connect(partial(self.steps.wish, line))
            dialog.open(dialog.deed)

        self._lookups.wish(line, found)

    def print_slip(self, line: AppointmentLine) -> None:
        """What the family takes home about it."""
        self.show_slip(line.id)

    def show_slip(self, appointment: UUID) -> None:
        """The same, of an appointment that was just made."""
        from desk_app.gui.papers.slip_dialog import show_slip
        from desk_app.presenters.paper_out import Slip

        show_slip(self._page.window(), self._runner, Slip.APPOINTMENT, (appointment,), told=self._told.tell)

    def print_sheets(self, day: date, *, weekly: bool) -> None:
        """The paper sheets of the desks for a day, or the list of its week."""
        from desk_app.gui.papers.day_sheet_dialog import DaySheetDialog

        DaySheetDialog(self._page.window(), self._runner, day, weekly=weekly).begin()

    def ask_bundle(self) -> None:
        """A day on which one interpreter serves several families."""
        from desk_app.gui.appointments.bundle_dialog import BundleDialog

        BundleDialog(self._page.window(), self._runner).begin()

    def show_history(self, line: AppointmentLine) -> None:
        from desk_app.gui.appointments.event_dialogs import HistoryDialog

        self._lookups.history(line, lambda rows: HistoryDialog(self._page.window(), line, rows).open())

    def move(self, line: AppointmentLine | None, target: Target) -> None:
        """It was pulled to another time or desk."""
        if line is not None:
            self.steps.move(line, target)

    # --- what the steps say

    def show_done(self, words: str, deed: UUID | None) -> None:
        if deed is not None:
            self._told.tell_done(words, deed)
        else:
            self._told.tell(words)

    def show_taken(self, refusal: Refused, again: Callable[[str], None]) -> None:
        from desk_app.gui.appointments.event_dialogs import ReasonDialog

        dialog = ReasonDialog(self._page.window(), refusal, again)
        dialog.open(dialog.reason.control if refusal.with_reason else None)

    def show_failed(self, message: str) -> None:
        self._told.show_failed(message)


_NEEDS = {
    MOVE: visit_states.MOVED,
    MISSED: visit_states.NO_SHOW,
    CANCEL: visit_states.CANCELLED_FAMILY,
}


def _is_possible(line: AppointmentLine, code: str) -> bool:
    if code in (CONFIRM, WISH):
        return line.state in visit_states.EXPECTED
    if code in (CHANGE, SLIP):
        return line.state not in visit_states.FREES
    if code == INTERPRET:
        return bool(line.language) and line.state in visit_states.OPEN
    return code not in _NEEDS or visit_states.may_follow(line.state, _NEEDS[code])
