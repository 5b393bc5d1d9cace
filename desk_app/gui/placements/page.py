"""Schulplätze: all requests in one list, with their paper beside it and the way out of the program below."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QKeySequence, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import QStackedLayout, QVBoxLayout, QWidget

from desk_app.casework.desk import Changes
from desk_app.casework.placement_list import PlacementRow
from desk_app.domain.centre import Centre
from desk_app.domain.clock import Clock
from desk_app.domain.completeness import Question
from desk_app.domain.lists import Narrowing
from desk_app.gui.folders import FolderTools
from desk_app.gui.header import Header
from desk_app.gui.lists.bar import ListBar
from desk_app.gui.placements.content import PlacementsContent, nothing_yet
from desk_app.gui.placements.export_flow import ExportFlow
from desk_app.gui.placements.printing import AskPrinter, RequestPrinting
from desk_app.gui.placements.school_flow import SchoolFlow
from desk_app.gui.placements.sendings_dialog import SendingsButton
from desk_app.gui.placements.state_flow import StateFlow
from desk_app.gui.printing import choose_printer
from desk_app.gui.theme import Theme
from desk_app.gui.widgets.buttons import Button
from desk_app.gui.widgets.labels import Label
from desk_app.gui.widgets.search_box import SearchBox
from desk_app.i18n import _, ngettext
from desk_app.presenters.placement_states import WaitLimits
from desk_app.presenters.placements import PlacementsPresenter, concerns
from desk_app.presenters.runner import Runner

PATIENCE = 300
"""Milliseconds after which a load that is not done yet is told."""


class PlacementsPage(QWidget):
    """The page. The window tells it with ``changed`` what a deed touched; while hidden it reads again when shown."""

    openFamily = Signal(object, object)
    """Household and child whose file is wanted."""
    openQuestion = Signal(object, object)
    """Household and the `Question` that is to be answered."""
    newIntake = Signal()

    def __init__(
        self,
        runner: Runner,
        clock: Clock,
        centre: Centre,
        *,
        folders: FolderTools | None = None,
        ask_printer: AskPrinter = choose_printer,
        refusal: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.presenter = PlacementsPresenter(self, runner, clock, WaitLimits.of(centre))
        self.printing = RequestPrinting(self, self.presenter, ask_printer)
        self.states = StateFlow(self, self.presenter, runner)
        self._stale = self._unseen = True
        self.header = Header(_("Schulplätze"))
        self.search = SearchBox(_("Name oder Nummer"), "Strg+F")
        self.preview_button = Button(_("Vorschau"), "secondary", "file-text")
        self.state_button = Button(_("Stand ändern"), "secondary", "milestone", "F2")
        self.content = PlacementsContent(self.presenter)
        self.table, self.pane, self.bar = self.content.table, self.content.pane, self.content.bar
        self.list_bar = ListBar(
            self.presenter.spec, self.presenter, self.table, runner, clock, refusal=refusal, folders=folders
        )
        self.content.add_bar(self.list_bar)
        self.content.add_bar(self.states.told)
        self.export = ExportFlow(self, self.presenter, folders or FolderTools())
        self.sendings = SendingsButton(self, runner, clock, self.export)
        self.schools = SchoolFlow(self.content, self.states, self.export, runner, clock)
        self._waiting = QTimer(self, singleShot=True)
        self._waiting.setInterval(PATIENCE)
        self._waiting.timeout.connect(lambda: self._pages.setCurrentWidget(self._loading))
        self._build()
        self._connect()

    # --- parts

    def _build(self) -> None:
        for action in (self.search, self.preview_button, self.sendings, self.state_button):
            self.header.add_action(action)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(self.header)
        self._pages = QStackedLayout()
        outer.addLayout(self._pages, 1)
        self._blank = QWidget()
        self._loading = Label(_("Wird geladen …"), "body", "text3")
        self._loading.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._first = Button(_("Neue Aufnahme"), "primary", "plus", "Strg+N")
        self._first.clicked.connect(self.newIntake)
        self.empty = nothing_yet(self._first)
        for page in (self._blank, self._loading, self.content, self.empty):
            self._pages.addWidget(page)
        self._show_chrome(False)

    def _connect(self) -> None:
        self.search.textChanged.connect(self.presenter.filter_text)
        self.search.returnPressed.connect(self._to_table)
        self.content.pipeline.chosen.connect(self.presenter.filter_state)
        self.table.head.sort_asked.connect(self.presenter.sort_by)
        self.table.opened.connect(self._open_row)
        self.table.export_asked.connect(self.primary)
        self.bar.asked.connect(self.primary)
        self.pane.print_asked.connect(self.print_page)
        self.printing.told.connect(self.content.tell)
        self.table.state_asked.connect(self._ask_state)
        self.table.menu_asked.connect(lambda at: self.states.show_menu(self.table.current_row(), at))
        self.states.file_asked.connect(self._open_row)
        self.state_button.clicked.connect(self._ask_state)
        self.pane.state_asked.connect(lambda: self.states.ask_one(self.pane.wanted))
        self.states.refused.connect(lambda words: self.content.tell(words, "warn"))
        self.states.done.connect(self._to_table)
        self.pane.file_asked.connect(self._open_shown)
        self.pane.question_chosen.connect(self._open_question)
        self.preview_button.clicked.connect(self._switch_size)
        self.pane.size_asked.connect(self._switch_size)
        self.content.unfiltered.connect(self._clear_filter)
        self.list_bar.add_keys(self)
        self.list_bar.arranger.changed.connect(self._fit)
        find = QShortcut(QKeySequence("Ctrl+F"), self)
        find.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        find.activated.connect(self.focus_search)
        self.content.tell_of(self.export)
        self.export.finished.connect(self._to_table)

    # --- rows

    def changed(self, changes: Changes) -> None:
        """Something was written: read the rows again if that makes them old and somebody looks, else when shown."""
        if concerns(changes):
            self._stale = True
            if self.isVisible():
                self._load()

    def set_centre(self, centre: Centre) -> None:
        """Take over the centre's limits of waiting."""
        self.presenter.set_limits(WaitLimits.of(centre))
        self.table.viewport().update()

    def _load(self) -> None:
        self._stale = False
        if not self.presenter.loaded:
            self._waiting.start()
        self.presenter.load()
        self.schools.load()

    def show_rows(self) -> None:
        """The presenter has rows, or shows others of them."""
        self._waiting.stop()
        some = self.presenter.any_rows
        self._pages.setCurrentWidget(self.content if some else self.empty)
        self._show_chrome(some)
        self.setFocusProxy(self.table if some else self._first)
        if self._unseen:  # the page was shown before it had rows: go on from a button of the header to them
            self._unseen = False
            if self.header.isAncestorOf(self.focusWidget() or self):
                self.setFocus(Qt.FocusReason.OtherFocusReason)
        if some:
            words = self.presenter.narrowing.words
            if self.search.text().strip() != words:
                self.search.setText(words)
            self.content.show_rows()
            self.list_bar.follow()
        count = self.presenter.open_count
        self.header.set_subtitle(ngettext("{n} offen", "{n} offen", count).format(n=count) if some else "")

    def show_load_failed(self, message: str) -> None:
        """The presenter could not read the rows."""
        self._waiting.stop()
        self._pages.setCurrentWidget(self.content)
        self.content.offer(message, "bad", _("Noch einmal"), self._load_again)

    def _load_again(self) -> None:
        self.content.untell()
        self._load()

    def _clear_filter(self) -> None:
        now = self.presenter.narrowing
        self.presenter.narrow(Narrowing(order=now.order, descending=now.descending))
        self._to_table()

    def _show_chrome(self, some: bool) -> None:
        self.search.setVisible(some)
        # in a narrow window the menu of a row, F2 and the preview lead there
        self.state_button.setVisible(some and not self.content.folded)
        self.preview_button.setVisible(some and self.content.folded and not self.content.large)

    # --- ways out

    def _open_row(self, row: PlacementRow | None) -> None:
        if row is not None:
            self.openFamily.emit(row.household, row.child)

    def _open_shown(self) -> None:
        if self.pane.shown is not None:
            self.openFamily.emit(self.pane.shown.household, self.pane.shown.child)

    def _open_question(self, question: Question) -> None:
        if self.pane.shown is not None:
            self.openQuestion.emit(self.pane.shown.household, question)

    def primary(self) -> None:
        """Strg+Eingabe, E and the button: send out what is chosen; without anything ready this does nothing.

        Who may not send anything out is told so.
        """
        if not self.bar.isHidden() and self.bar.refusal:
            self.content.tell(self.bar.refusal, "warn")
        elif not self.bar.isHidden() and self.bar.ready:
            self.content.untell()
            self.export.start(self.bar.forms)

    def print_page(self) -> None:
        """Print the request in the preview, or say what it still lacks."""
        self.printing.print(self.pane.shown)

    def _ask_state(self) -> None:
        """F2: bring what is ticked, or the row in front, into another state."""
        self.states.ask(self.table.current_row())

    # --- keys, focus, size

    def undo(self) -> None:
        """Strg+Z: bring back a filter just taken away, else take back the newest step of this user."""
        if not self.list_bar.undo():
            self.states.told.undo()

    def regions(self) -> list[QWidget]:
        """The parts F6 goes through."""
        return [self.header, self.content.card, self.pane] if self.content.isVisible() else [self.empty]

    def focus_search(self) -> None:
        """Put the cursor into the filter and mark what stands there."""
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def _to_table(self) -> None:
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        in_search = self.search.hasFocus()
        if self.content.large and event.key() == Qt.Key.Key_Escape:
            self._switch_size()
        elif in_search and event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Escape):
            self._to_table()
        else:
            super().keyPressEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self._load()
        else:
            self.content.follow()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._waiting.stop()
        self.pane.stop()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def refit(self) -> None:
        self._fit()

    def _switch_size(self) -> None:
        self.content.set_large(not self.content.large)
        self._show_chrome(True)
        if self.content.large:
            self.pane.size_button.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self._to_table()

    def _fit(self) -> None:
        self.search.setFixedWidth(Theme.current().px(260))
        self.content.fit(self.width())
        self._show_chrome(self.presenter.any_rows)
