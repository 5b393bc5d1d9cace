"""The file of one family: who belongs to it, what happened, what is open."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QBoxLayout, QButtonGroup, QVBoxLayout, QWidget

from desk_app.casework.timeline import Entry, Happening
from desk_app.domain.clock import local_day
from desk_app.gui.families.crumb import lead_to_families
from desk_app.gui.families.file_deeds import FileDeeds
from desk_app.gui.families.given_pages import show_on_request
from desk_app.gui.families.person_cards import PersonCards
from desk_app.gui.families.side_cards import FactsCard, OpenCard
from desk_app.gui.families.timeline_view import TimelineView
from desk_app.gui.families.undo_banner import UndoBar
from desk_app.gui.header import MARGIN, Header
from desk_app.gui.lists.trail_steps import TrailSteps
from desk_app.gui.theme import Theme
from desk_app.gui.widgets.buttons import Button
from desk_app.gui.widgets.cards import Card
from desk_app.gui.widgets.chips import Chip, FilterChip
from desk_app.gui.widgets.flow import FlowLayout
from desk_app.gui.widgets.labels import Label
from desk_app.gui.widgets.messages import Banner
from desk_app.gui.widgets.scroll import ScrollArea
from desk_app.i18n import N_, _
from desk_app.presenters.family_file import FamilyFilePresenter, FileSheet
from desk_app.presenters.family_open import OpenItem

if TYPE_CHECKING:
    from desk_app.casework.desk import Changes
    from desk_app.domain.clock import Clock
    from desk_app.presenters.runner import Runner

_SIDE = 336
_STACKED_BELOW = 720
"""Width at 100 % text below which the side goes under the course."""

_FILTERS = (
    (N_("Alles"), frozenset(Happening)),
    (N_("Kontakte"), frozenset({Happening.CONTACT, Happening.INTERNAL, Happening.FOLLOW_UP})),
    (N_("Termine"), frozenset({Happening.APPOINTMENT, Happening.MISSED})),
    (N_("Aufnahme"), frozenset({Happening.INTAKE, Happening.MOVE, Happening.TURN})),
    (
        N_("Schulplätze"),
        frozenset(
            {
                Happening.BEGUN,
                Happening.COMPLETE,
                Happening.SENT,
                Happening.ANSWER,
                Happening.PLACED,
                Happening.RESTING,
                Happening.TRANSITION,
            }
        ),
    ),
    (N_("Unterlagen"), frozenset({Happening.PAPERS})),
    (N_("Einwilligungen"), frozenset({Happening.CONSENT, Happening.CONSENT_WITHDRAWN})),
    (N_("Angebote"), frozenset({Happening.REFERRAL, Happening.HANDOUT})),
)


class FamilyFilePage(QWidget):
    """Shows one family at a time; ``open`` shows another."""

    edit_asked = Signal(object)
    """The household whose answers are to be changed."""
    question_chosen = Signal(object, object)
    """The household and the ``Question`` to answer."""
    placement_chosen = Signal(object)
    """The request to look at."""
    back = Signal()
    title_changed = Signal(str)
    """What may stand in the title of the window: the file number, never a name."""

    def __init__(self, runner: Runner, clock: Clock, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._presenter = FamilyFilePresenter(self, runner, clock)
        self._clock = clock
        self._stale = False
        self._arriving = False
        """Whether the focus still has to go to the person somebody came for."""
        self._sheet: FileSheet | None = None
        self.header = Header()
        self._build_header()
        self._failure = Banner("", "bad")
        self._failure.hide()
        self.undo_bar = UndoBar(runner)
        self.deeds = FileDeeds(runner, clock, self.undo_bar, self)
        self.people = PersonCards()
        self.people.request_chosen.connect(self.placement_chosen)
        self.timeline = TimelineView()
        self.timeline.correct_asked.connect(self.deeds.correct_note)
        show_on_request(self.timeline, self, runner)
        self.deeds.question_chosen.connect(self.question_chosen)
        self.deeds.request_chosen.connect(self.placement_chosen)
        self.open_card = OpenCard(self.deeds.form)
        self.open_card.chosen.connect(self._settle)
        self.open_card.ticked.connect(self.deeds.tick)
        self.open_card.change_asked.connect(self.deeds.begin_follow_up)
        self.open_card.new_asked.connect(self.deeds.begin_follow_up)
        self.open_card.offered.connect(self.deeds.take_offer)
        self.facts = FactsCard()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 20)
        column.setSpacing(0)
        column.addWidget(self.header)
        body = QVBoxLayout()
        body.setContentsMargins(MARGIN, 0, MARGIN, 0)
        body.setSpacing(14)
        body.addWidget(self._failure)
        body.addWidget(self.undo_bar)
        body.addWidget(self.deeds.moved)
        body.addWidget(self.deeds.confirm)
        body.addWidget(self.people)
        body.addWidget(self.deeds.actions)
        body.addLayout(self._build_columns(), 1)
        column.addLayout(body, 1)
        self.setFocusProxy(self.timeline)

    # --- building

    def _build_header(self) -> None:
        lead_to_families(self.header, self.back)
        self._number, self._languages, self._in_intake = Chip(""), Chip(""), Chip("")
        for chip in (self._number, self._languages, self._in_intake):
            self.header.add_chip(chip)
        self.trail = TrailSteps()
        self.trail.stepped.connect(self.open)
        self.header.add_action(self.trail)
        self._edit = Button(_("Bearbeiten"), "secondary", "pencil")
        self._edit.clicked.connect(self._ask_edit)
        self.header.add_action(self._edit)

    def _build_columns(self) -> QBoxLayout:
        course = self._course = Card(padded=False)
        course.setAccessibleName(_("Verlauf"))
        course.body.setContentsMargins(0, 0, 0, 6)
        course.body.addWidget(self.deeds.note)
        course.body.addWidget(self._build_filters())
        course.body.addWidget(self.timeline, 1)
        self._nothing = Label(_("Noch nichts eingetragen."), "small", "text3")
        self._nothing.setContentsMargins(17, 4, 17, 12)
        course.body.addWidget(self._nothing, 1, Qt.AlignmentFlag.AlignTop)
        self._side = ScrollArea()
        self._side.setAccessibleName(_("Offen und Stammdaten"))
        self._side.column.setSpacing(14)
        self._side.column.addWidget(self.open_card)
        self._side.column.addWidget(self.deeds.transitions)
        self._side.column.addWidget(self.facts)
        self._side.column.addStretch(1)
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._columns.setSpacing(16)
        self._columns.addWidget(course, 1)
        self._columns.addWidget(self._side)
        return self._columns

    def _build_filters(self) -> QWidget:
        line = QWidget()
        around = QVBoxLayout(line)
        around.setContentsMargins(17, 12, 17, 6)
        row = FlowLayout()
        around.addLayout(row)
        self._filters = QButtonGroup(self)
        for place, (words, _kinds) in enumerate(_FILTERS):
            chip = FilterChip(_(words))
            chip.setAccessibleName(_("Verlauf: {filter}").format(filter=_(words)))
            self._filters.addButton(chip, place)
            row.addWidget(chip)
        self._filters.button(0).setChecked(True)
        self._filters.idClicked.connect(lambda _place: self._show_course())
        return line

    # --- what the page can do

    def add_side(self, cards: QWidget) -> None:
        """Put something more about the family above its master data."""
        self._side.column.insertWidget(self._side.column.indexOf(self.facts), cards)

    def open(self, household: UUID, person: UUID | None = None) -> None:
        """Show a family, with one of its persons pointed out; that somebody looked is entered in the audit."""
        self.trail.follow(None)
        self.people.point_at(person)
        self._arriving = person is not None
        self._stale = False
        if household != self._presenter.household:
            self._filters.button(0).setChecked(True)
            self._side.verticalScrollBar().setValue(0)
            self.undo_bar.hide()
            self.open_card.show_few()
        self._presenter.open(household)

    def refresh(self) -> None:
        """Read the family again."""
        self._stale = False
        self._presenter.refresh()

    def primary(self) -> None:
        """Strg+Eingabe: go on with the intake of this family."""
        self._ask_edit()

    def next_record(self) -> None:
        """Alt+↓: the next family of the list this one was opened from."""
        self.trail.step(1)

    def previous_record(self) -> None:
        """Alt+↑: the one before."""
        self.trail.step(-1)

    def undo(self) -> None:
        """Strg+Z: take back the newest step of this user in this file."""
        if self._sheet is not None:
            self.undo_bar.undo(self._sheet.household)

    def regions(self) -> list[QWidget]:
        """What F6 steps through."""
        return [self.header, self.people, self.deeds.actions, self._course, self._side]

    def commit_pending(self) -> None:
        """Hand over what is being typed."""
        self.deeds.leave()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """N, W, T, V and B, where nobody is typing."""
        deed = self.deeds.keys().get(Qt.Key(event.key())) if not event.modifiers() else None
        if deed is not None:
            deed()
        else:
            super().keyPressEvent(event)

    def changed(self, changes: Changes) -> None:
        """Something was written: read again now if somebody looks, else when the page is shown."""
        if changes & {"households", "placements", "users", "centre", "offers"}:
            self._stale = True
            if self.isVisible():
                self.refresh()

    # --- what the presenter shows

    def show_sheet(self, sheet: FileSheet) -> None:
        self._failure.hide()
        self._sheet = sheet
        if sheet.went_into:
            self.undo_bar.tell(sheet.went_into)
        self.header.set_title(sheet.title)
        self.title_changed.emit(_("Akte {number}").format(number=sheet.file_number))
        self._number.set_state(sheet.file_number)
        self._languages.set_state(", ".join(sheet.languages), "plum", "languages")
        self._languages.setVisible(bool(sheet.languages))
        self._in_intake.set_state(_("in Aufnahme"), "accent")
        self._in_intake.setVisible(sheet.intake_open)
        self.people.show_people(sheet.people)
        self.people.setVisible(bool(sheet.people))
        if self._arriving:
            self._arriving = False
            self.people.focus_pointed()
        self.deeds.show_sheet(sheet)
        self.open_card.show_items(sheet.open_items, sheet.follow_ups)
        self.facts.show_facts(sheet.facts)
        self._show_course()

    def show_failed(self, message: str) -> None:
        self._failure.set_words(message)
        self._failure.show()

    def _show_course(self) -> None:
        entries: tuple[Entry, ...] = self._sheet.entries if self._sheet is not None else ()
        kinds = {entry.what for entry in entries}
        for place, (_words, wanted) in enumerate(_FILTERS):
            self._filters.button(place).setVisible(place == 0 or bool(kinds & wanted))
        wanted = _FILTERS[self._filters.checkedId()][1]
        shown = [entry for entry in entries if entry.what in wanted]
        self.timeline.show_entries(shown, local_day(self._clock()))
        self.timeline.setVisible(bool(shown))
        self._nothing.setVisible(not shown)

    # --- where one goes from here

    def _ask_edit(self) -> None:
        if self._sheet is not None:
            self.edit_asked.emit(self._sheet.household)

    def _settle(self, item: OpenItem) -> None:
        if item.request is not None:
            self.placement_chosen.emit(item.request)
        elif self._sheet is not None:
            self.question_chosen.emit(self._sheet.household, item.question)

    # --- room

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self.refresh()

    def refit(self) -> None:
        self._fold()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fold()

    def _fold(self) -> None:
        """Beside each other where there is room for both, else one above the other."""
        theme = Theme.current()
        beside = self.width() >= theme.px(_STACKED_BELOW)
        self._columns.setDirection(QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom)
        self._columns.setStretch(1, 0 if beside else 1)
        self._side.setMinimumWidth(theme.px(_SIDE) if beside else 0)
        self._side.setMaximumWidth(theme.px(_SIDE) if beside else 16_777_215)
