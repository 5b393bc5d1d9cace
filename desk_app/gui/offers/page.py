"""The page "Angebote": the list at the left, the chosen offer at the right, the question that settles most above."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QRect, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desk_app.gui.families.undo_banner import UndoBar
from desk_app.gui.header import MARGIN, Header
from desk_app.gui.offers.columns import Columns
from desk_app.gui.offers.context_chip import FamilyChooser
from desk_app.gui.offers.detail import OfferDetail
from desk_app.gui.offers.filter_bar import FilterBar
from desk_app.gui.offers.list_stack import ListStack, nothing_for
from desk_app.gui.offers.merkzettel_tray import MerkzettelTray
from desk_app.gui.offers.page_deeds import PageDeeds
from desk_app.gui.offers.question_bar import QuestionBar
from desk_app.gui.offers.results import ResultsView
from desk_app.gui.widgets.buttons import Button
from desk_app.gui.widgets.cards import AddRow, Card
from desk_app.gui.widgets.messages import Banner
from desk_app.i18n import _
from desk_app.presenters.offers import OffersPresenter, Shown

if TYPE_CHECKING:
    from desk_app.casework.desk import Changes
    from desk_app.domain.clock import Clock
    from desk_app.presenters.offer_detail import Sheet
    from desk_app.presenters.offer_questions import Answered, Asked
    from desk_app.presenters.offer_reading import Context
    from desk_app.presenters.runner import Runner

PAUSE = 70
"""Milliseconds after the last key before the detail follows the list, so that typing never waits for it."""


class OffersPage(QWidget):
    """``open`` shows the offers for a family, or for nobody in particular."""

    question_chosen = Signal(object, object)
    """The household and the ``Question`` of the intake to answer."""
    family_chosen = Signal(object)

    def __init__(
        self, runner: Runner, clock: Clock, parent: QWidget | None = None, refusal: str = "", list_refusal: str = ""
    ) -> None:
        """``refusal`` is why the directory may not be changed, ``list_refusal`` why no list may go out."""
        super().__init__(parent)
        self.presenter = OffersPresenter(self, runner, clock)
        self._stale = True
        self._refer_next = False
        """Whether V waits for the family that is being chosen."""
        self.header = Header(_("Angebote"))
        self.undo_bar = UndoBar(runner)
        self.deeds = PageDeeds(self, self.undo_bar, self.presenter, runner, clock, refusal, list_refusal)
        self.add = Button(_("Angebot"), "secondary", "plus")
        self.paper = MerkzettelTray(self, self.undo_bar, runner)
        self.header.add_action(self.paper.button)
        self.header.add_action(self.deeds.more)
        self.header.add_action(self.add)
        self.bar = FilterBar()
        self.question = QuestionBar()
        self._failure = Banner("", "bad", self._again_button())
        self.results = ResultsView()
        self.stack = ListStack(self.results)
        self.gap = AddRow(_("Nichts Passendes dabei? Ohne Namen notieren"), "search-x")
        self.list_card = Card(padded=False)
        self.detail = OfferDetail()
        self.chooser: FamilyChooser | None = None
        self._pause = QTimer(self, singleShot=True, interval=PAUSE)
        self._pause.timeout.connect(self.presenter.show_sheet)
        self._build()
        self._connect()

    # --- building

    def _build(self) -> None:
        self._failure.hide()
        self.list_card.setAccessibleName(_("Gefundene Angebote"))
        self.list_card.body.setContentsMargins(0, 0, 0, 1)
        self.list_card.body.addWidget(self.stack, 1)
        self.list_card.body.addWidget(self.gap)
        self._columns = Columns(self.list_card, self.detail)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 20)
        column.setSpacing(0)
        column.addWidget(self.header)
        body = QVBoxLayout()
        body.setContentsMargins(MARGIN, 0, MARGIN, 0)
        body.setSpacing(12)
        for widget in (self._failure, self.bar, self.undo_bar, self.question):
            body.addWidget(widget)
        body.addLayout(self._columns, 1)
        column.addLayout(body, 1)
        self.setFocusProxy(self.bar.search)

    def _connect(self) -> None:
        self.bar.search.textChanged.connect(self._search)
        self.bar.search.down_asked.connect(self._into_list)
        self.bar.search.returnPressed.connect(self._into_list)
        self.bar.filters_chosen.connect(self.presenter.filter)
        self.bar.context_asked.connect(self.choose_family)
        self.bar.context_removed.connect(lambda: self.open(None))
        self.question.answered.connect(self.presenter.answer)
        self.question.skipped.connect(self.presenter.skip)
        self.question.taken_back.connect(self.presenter.take_back)
        self.question.place_asked.connect(self._ask_intake)
        self.results.chosen.connect(self.presenter.select)
        self.results.opened.connect(lambda _offer: self.detail.refer.setFocus(Qt.FocusReason.TabFocusReason))
        self.results.left_upwards.connect(self.focus_search)
        self.detail.refer_asked.connect(self.refer)
        self.add.clicked.connect(lambda _checked=False: self.deeds.edit_new())
        self.gap.clicked.connect(lambda _checked=False: self.deeds.note_gap())
        self.deeds.connect_detail(self.detail)
        for button in (self.paper.add, self.paper.print):
            self.detail.add_action(button)
        self.deeds.file_asked.connect(self.family_chosen)
        find = QShortcut(QKeySequence("Ctrl+F"), self)
        find.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        find.activated.connect(self.focus_search)

    def _again_button(self) -> Button:
        button = Button(_("Noch einmal"), "secondary", height="compact")
        button.clicked.connect(self.refresh)
        return button

    # --- what the page can do

    def open(self, household: UUID | None, offer: UUID | None = None) -> None:
        """Show the offers for a family, or for nobody in particular, at one of them."""
        self._stale = False
        if household != self.presenter.household:
            self.undo_bar.hide()
        self.presenter.open(household, offer)
        if self.bar.search.text() != self.presenter.query:
            self.bar.search.setText(self.presenter.query)
            self.bar.show_filters(self.presenter.filters)

    def refresh(self) -> None:
        self._stale = False
        self.presenter.refresh()

    def changed(self, changes: Changes) -> None:
        """Something was written: read again now if somebody looks, else when the page is shown."""
        if changes & {"offers", "households"}:
            self._stale = True
            if self.isVisible():
                self.refresh()

    def refer(self) -> None:
        """V: send the family to the chosen offer; without a family ask first which."""
        if not self.detail.refer.isVisible():
            return
        if self.presenter.context is None:
            self._refer_next = True
            self.choose_family()
        else:
            self.deeds.refer()

    def choose_family(self) -> None:
        """For whom offers are looked for."""
        chooser = self.chooser = FamilyChooser(self.window(), self.presenter.find_families)
        chooser.chosen.connect(self._take_family)
        chooser.closed.connect(lambda: self._chooser_closed(chooser))
        chip = self.bar.context
        chooser.open_at(QRect(chip.mapTo(self.window(), chip.rect().topLeft()), chip.size()))
        chooser.field.name.setFocus(Qt.FocusReason.PopupFocusReason)

    def _take_family(self, household: UUID) -> None:
        self.open(household)

    def _chooser_closed(self, chooser: FamilyChooser) -> None:
        # the family that was chosen is told just after this
        QTimer.singleShot(0, self, self._drop_refer_without_family)
        chooser.deleteLater()

    def _drop_refer_without_family(self) -> None:
        if self.presenter.household is None:
            self._refer_next = False

    def undo(self) -> None:
        """Strg+Z: take back the newest step of this user."""
        self.undo_bar.undo()

    def primary(self) -> None:
        """Strg+Eingabe."""
        (self.detail.accept.click if self.detail.accept.isVisible() else self.refer)()

    def regions(self) -> list[QWidget]:
        """What F6 steps through."""
        return [self.header, self.bar, self.list_card, self.detail]

    def focus_search(self) -> None:
        self.bar.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.bar.search.selectAll()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """V, D and M, while the list or the offer beside it has the focus (WCAG 2.1.4)."""
        deeds = {Qt.Key.Key_V: self.refer, Qt.Key.Key_D: self.paper.print_this, Qt.Key.Key_M: self.paper.toggle}
        deed = deeds.get(Qt.Key(event.key())) if not event.modifiers() else None
        here = self.window().focusWidget()
        in_body = here is not None and (self.list_card.isAncestorOf(here) or self.detail.isAncestorOf(here))
        if deed is not None and in_body:
            deed()
        else:
            super().keyPressEvent(event)

    # --- what the presenter shows

    def show_list(self, shown: Shown) -> None:
        self._failure.hide()
        count = str(shown.everything) if not shown.narrowed else _("{shown} von {all}").format(
            shown=shown.shown, all=shown.everything
        )  # fmt: skip
        self.header.set_subtitle(count)
        self.results.show_groups(shown.groups, shown.hits, shown.selected)
        nothing = None if shown.groups else nothing_for(shown.narrowed, self._show_everything, self.deeds)
        self.stack.show_nothing(nothing)
        if self._pause.isActive() or self.bar.search.hasFocus():
            self._pause.start()

    def show_sheet(self, sheet: Sheet | None) -> None:
        self._pause.stop()
        self.detail.show_sheet(sheet)
        self.paper.show_offer(sheet)
        if sheet is not None and self.results.current() != sheet.id:
            self.results.go_to(sheet.id)

    def show_later(self, words: str) -> None:
        self.detail.show_later(words)

    def show_context(self, context: Context | None) -> None:
        self.bar.context.show_family(context.title if context is not None else "")
        self.paper.show_family(context)
        directory = self.presenter.directory
        if directory is not None:
            self.bar.offer(directory, context.language if context is not None else "")
        self.bar.show_filters(self.presenter.filters)
        if self.bar.search.text() != self.presenter.query:
            self.bar.search.setText(self.presenter.query)
        self.deeds.lists.refresh()
        if context is not None and self._refer_next:
            self._refer_next = False
            QTimer.singleShot(0, self, self.deeds.refer)

    def show_question(self, asked: Asked | None, answered: tuple[Answered, ...]) -> None:
        self.question.show_question(asked, answered)

    def show_failed(self, message: str) -> None:
        self._failure.set_words(message)
        self._failure.show()

    def _show_everything(self) -> None:
        self.bar.search.clear()
        self.presenter.show_everything()
        self.bar.show_filters(self.presenter.filters)
        self.focus_search()

    # --- keys and ways

    def _search(self, words: str) -> None:
        self._pause.start()
        self.presenter.search(words)

    def _into_list(self) -> None:
        if self.results.offers.lines:
            self.results.setFocus(Qt.FocusReason.TabFocusReason)

    def _ask_intake(self, question: object) -> None:
        if self.presenter.household is not None:
            self.question_chosen.emit(self.presenter.household, question)

    # --- room

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self.refresh()

    def refit(self) -> None:
        self._columns.fold(self.width())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._columns.fold(self.width())
