"""What is done on the page of a family: its forms, bars and dialogs, tied to the steps they ask for."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QWidget

from desk_app.casework.follow_ups import FollowUpLine
from desk_app.casework.notes import NoteLine
from desk_app.casework.transitions import TransitionLine
from desk_app.domain.clock import local_day
from desk_app.domain.completeness import Question
from desk_app.domain.fields import Section
from desk_app.domain.records import RecordKind
from desk_app.gui.families.file_bars import ConfirmBar, FileActions, MovedAwayBar
from desk_app.gui.families.follow_up_form import FollowUpForm
from desk_app.gui.families.quick_note import QuickNote
from desk_app.gui.families.transition_card import TransitionCard
from desk_app.gui.families.undo_banner import UndoBar
from desk_app.gui.widgets.overlays import Scrim
from desk_app.i18n import _
from desk_app.presenters.choices import Choices
from desk_app.presenters.family_file import FileSheet
from desk_app.presenters.family_steps import FamilySteps, Target
from desk_app.presenters.follow_up_offers import Act, Offer

if TYPE_CHECKING:
    from desk_app.domain.clock import Clock
    from desk_app.gui.families.transition_dialog import TransitionDialog
    from desk_app.gui.families.turn_dialogs import MoveChildDialog, People
    from desk_app.presenters.runner import Runner


class FileDeeds(QObject):
    """``sheet`` is the family in front; nothing happens while there is none."""

    appointment_asked = Signal(object)
    """The household that is to have an appointment."""
    referral_asked = Signal()
    """The family is to be sent to an offer."""
    outcome_asked = Signal(object)
    """What became of the referral that a follow-up asks about is to be told: the id of the follow-up."""
    family_shown = Signal(object)
    """The household in front, each time its file was read."""
    question_chosen = Signal(object, object)
    request_chosen = Signal(object)

    def __init__(self, runner: Runner, clock: Clock, told: UndoBar, page: QWidget) -> None:
        super().__init__(page)
        self._page = page
        self._runner = runner
        self._clock = clock
        self._choices = Choices(clock)
        self.steps = FamilySteps(self, runner, clock)
        self._told = told
        self._moving: MoveChildDialog | None = None
        self.sheet: FileSheet | None = None
        self.note, self.form = QuickNote(clock), FollowUpForm(clock)
        self.actions, self.confirm, self.moved = FileActions(), ConfirmBar(), MovedAwayBar()
        self.transitions = TransitionCard()
        self._advising: TransitionDialog | None = None
        self.note.kept.connect(self.steps.keep_note)
        self.form.kept.connect(self.steps.keep_follow_up)
        self.note.closed.connect(self._make_room)
        for widget in (self.note, self.form):
            widget.closed.connect(page.setFocus)
        self._connect()

    def _connect(self) -> None:
        self.actions.note_asked.connect(self.begin_note)
        self.actions.follow_up_asked.connect(self.begin_follow_up)
        self.actions.appointment_asked.connect(self.ask_appointment)
        self.actions.referral_asked.connect(self.referral_asked)
        self.actions.letter_asked.connect(self._ask_letter)
        self.actions.talk_asked.connect(self._ask_talk)
        self.actions.advice_asked.connect(self.advise)
        self.transitions.new_asked.connect(self.advise)
        self.transitions.chosen.connect(self.advise)
        self.actions.move_asked.connect(self._ask_move)
        self.actions.deceased_asked.connect(self._ask_deceased)
        self.actions.alive_asked.connect(lambda who: self.steps.set_deceased(who, None, deceased=False))
        self.actions.moved_away_asked.connect(self._ask_moved_away)
        self.confirm.confirmed.connect(self.say_it_holds)
        self.confirm.change_asked.connect(self._change_phone)
        self.moved.came_back.connect(self._come_back)

    # --- what the page says

    def show_sheet(self, sheet: FileSheet) -> None:
        """Another family, or the same one read again: what is being typed stays."""
        if self.sheet is None or self.sheet.household != sheet.household:
            self.leave()
        self.sheet = sheet
        self.steps.file_number = sheet.file_number
        self.actions.show_sheet(sheet)
        self.transitions.show_sheet(sheet.transitions)
        self.family_shown.emit(sheet.household)
        self._make_room()

    def leave(self) -> None:
        """Finish what is being typed, before another family is shown or the page is left."""
        for form in (self.note, self.form):
            form.finish()
        if self.note.isVisible():
            self.note.close_note()
        if self.form.isVisible():
            self.form.close_form()

    # --- what is asked for

    def keys(self) -> dict[Qt.Key, Callable[[], None]]:
        """Keys of the page while nobody is typing."""
        return {
            Qt.Key.Key_N: self.begin_note,
            Qt.Key.Key_W: self.begin_follow_up,
            Qt.Key.Key_T: self.ask_appointment,
            Qt.Key.Key_V: self.referral_asked.emit,
            Qt.Key.Key_B: self.say_it_holds,
        }

    def begin_note(self) -> None:
        """N."""
        if self.sheet is not None:
            self.note.begin(self.sheet.household, self.sheet.names)
            self._make_room()

    def correct_note(self, note: NoteLine) -> None:
        """New words for a note; the old ones stay readable."""
        if self.sheet is not None:
            self.note.begin(self.sheet.household, self.sheet.names, note)
            self._make_room()

    def _make_room(self) -> None:
        """While a note is written the bars give way, so that the course stays in view on a small screen."""
        if self.sheet is None:
            return
        writing = not self.note.isHidden()
        self.actions.setVisible(not writing)
        self.confirm.ask("" if writing else self.sheet.to_confirm)
        self.moved.say("" if writing else self.sheet.moved_away, self.sheet.refusal)

    def begin_follow_up(self, line: FollowUpLine | None = None) -> None:
        """W, or change one."""
        if self.sheet is not None:
            self.form.begin(self.sheet.household, self.sheet.names, self.sheet.staff, line)

    def ask_appointment(self) -> None:
        """T."""
        if self.sheet is not None:
            self.appointment_asked.emit(self.sheet.household)

    def tick(self, line: FollowUpLine) -> None:
        self.steps.set_done([line.id])

    def take_offer(self, line: FollowUpLine, offer: Offer) -> None:
        """What a follow-up that a rule made offers to do at once."""
        if offer.act in (Act.BEGUN, Act.NOT_BEGUN):
            self.steps.say_begun(line.id, begun=offer.act is Act.BEGUN)
        elif offer.act is Act.ANSWER:
            self.question_chosen.emit(line.household, offer.question)
        elif offer.act is Act.OUTCOME:
            self.outcome_asked.emit(line.id)
        elif offer.act is Act.REQUEST:
            self.request_chosen.emit(line.request)
        else:
            self.begin_note()

    def say_it_holds(self) -> None:
        """B: "Stimmt noch", where the file asks."""
        if self.sheet is not None and self.sheet.to_confirm:
            self.steps.confirm(self.sheet.household)

    def _change_phone(self) -> None:
        if self.sheet is not None:
            words = _("Telefon")
            place = Question(UUID(int=0), RecordKind.HOUSEHOLD, "phone", words, Section.FAMILY, 1, answered=True)
            self.question_chosen.emit(self.sheet.household, place)

    def _come_back(self) -> None:
        if self.sheet is not None:
            self.steps.come_back(self.sheet.household, local_day(self._clock()))

    # --- dialogs

    def _ask_moved_away(self) -> None:
        from desk_app.gui.families.turn_dialogs import MovedAwayDialog

        def build(sheet: FileSheet) -> Scrim:
            dialog = MovedAwayDialog(self._page.window(), local_day(self._clock()))
            dialog.asked.connect(lambda day, town: self.steps.move_away(sheet.household, day, town))
            return dialog

        self._open(build)

    def _ask_deceased(self) -> None:
        from desk_app.gui.families.turn_dialogs import DeceasedDialog

        def build(sheet: FileSheet) -> Scrim:
            people = _named(sheet, lambda person: not person.deceased)
            dialog = DeceasedDialog(self._page.window(), people, local_day(self._clock()))
            dialog.asked.connect(self.steps.set_deceased)
            return dialog

        self._open(build)

    def _ask_move(self) -> None:
        from desk_app.gui.families.turn_dialogs import MoveChildDialog

        def build(sheet: FileSheet) -> Scrim:
            children = _named(sheet, lambda person: person.is_child and not person.deceased)
            dialog = MoveChildDialog(self._page.window(), children, local_day(self._clock()))
            dialog.search_asked.connect(lambda words: self.steps.find_targets(words, sheet.household))
            dialog.asked.connect(
                lambda child, target, day, along: self.steps.move_child(child, target, day, with_guardians=along)
            )
            self._moving = dialog
            return dialog

        self._open(build)

    def _ask_talk(self) -> None:
        from desk_app.gui.families.turn_dialogs import TalkDialog

        def build(sheet: FileSheet) -> Scrim:
            search = self._choices.search("languages")
            assert search is not None
            dialog = TalkDialog(self._page.window(), sheet.talks, search)
            dialog.kept.connect(self.steps.keep_talk)
            return dialog

        self._open(build)

    def advise(self, line: TransitionLine | None = None) -> None:
        """Open a record of school career advice, or begin one: for the child it names, else for the first."""
        from desk_app.gui.families.transition_dialog import TransitionDialog

        if self.sheet is None:
            return
        children = _named(self.sheet, lambda person: person.is_child and not person.deceased)
        if line is None and children:
            line = TransitionLine(None, self.sheet.household, UUID(children[0][0]), {})
        if line is not None:
            schools, today = self.sheet.transitions.schools, local_day(self._clock())
            dialog = self._advising = TransitionDialog(self._page.window(), line, children, schools, today)
            dialog.kept.connect(self.steps.keep_transition)
            dialog.removed.connect(self.steps.remove_transition)
            dialog.begin()

    def _ask_letter(self) -> None:
        from desk_app.gui.families.letter_dialog import LetterDialog

        if self.sheet is not None:
            LetterDialog(self._page.window(), self._runner, self._clock).begin(self.sheet.household)

    def _open(self, build: Callable[[FileSheet], Scrim]) -> None:
        if self.sheet is not None:
            build(self.sheet).open()

    # --- what the steps say

    def show_note_kept(self, at: datetime) -> None:
        self.note.show_kept(at)

    def show_note_failed(self, message: str) -> None:
        self.note.show_failed(message)

    def show_follow_up_failed(self, message: str) -> None:
        self.form.show_failed(message)

    def show_done(self, words: str, deed: UUID) -> None:
        self._told.tell_done(words, deed)

    def show_step_failed(self, message: str) -> None:
        self._told.show_failed(message)

    def show_advice_failed(self, message: str) -> None:
        if self._advising is not None:
            self._advising.show_failed(message)

    def show_targets(self, search: str, targets: tuple[Target, ...]) -> None:
        if self._moving is not None:
            self._moving.show_targets(search, targets)


def _named(sheet: FileSheet, wanted: Callable[..., bool]) -> People:
    chosen = {str(person.id) for person in sheet.people if wanted(person)}
    return tuple((key, name) for key, name in sheet.names if key in chosen)
