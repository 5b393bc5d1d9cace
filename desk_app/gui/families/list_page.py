"""The page "Familien": everybody who ever came, newest first, found by a few letters of any name."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from desk_app.domain.lists import Narrowing
from desk_app.gui.families.follow_ups_page import FollowUpsButton
from desk_app.gui.families.list_rows import FamilyRows
from desk_app.gui.families.more_button import MoreButton
from desk_app.gui.families.old_lists_button import DroppedLists
from desk_app.gui.families.undo_banner import UndoBar
from desk_app.gui.header import MARGIN, Header
from desk_app.gui.lists.bar import ListBar
from desk_app.gui.theme import Theme
from desk_app.gui.widgets.buttons import Button
from desk_app.gui.widgets.cards import Card
from desk_app.gui.widgets.messages import Banner, EmptyState
from desk_app.gui.widgets.search_box import SearchBox
from desk_app.i18n import _
from desk_app.presenters.families import FamiliesPresenter, FamilyLine
from desk_app.presenters.family_columns import SPEC

if TYPE_CHECKING:
    from desk_app.casework.desk import Changes
    from desk_app.domain.clock import Clock
    from desk_app.presenters.runner import Runner


class FamiliesPage(QWidget):
    """Search, list, and what to do when there is nothing to show."""

    family_chosen = Signal(object)
    """The id of the household."""
    follow_ups_asked = Signal()
    """Somebody wants to see what is to be looked at again."""
    steps_asked = Signal()
    """Somebody wants to see what was done last, to take it back."""
    duplicates_asked = Signal()
    """Somebody wants to see who may be there twice."""
    old_list_asked = Signal(object)
    """Somebody wants to bring in an old list: its path, or None to be asked for it."""
    new_intake = Signal(str)
    """With the name that was searched for, or an empty text."""

    def __init__(self, runner: Runner, clock: Clock, parent: QWidget | None = None, refusal: str = "") -> None:
        super().__init__(parent)
        self.presenter = FamiliesPresenter(self, runner, clock)
        self._stale = True
        self._to_open = False
        self.header = Header(_("Familien"))
        self.search = _FilterBox(_("Liste filtern"), _("Strg+F"))
        self.search.setAccessibleName(_("Familien nach Name oder Aktenzeichen filtern"))
        self.header.add_action(self.search)
        self._failure = Banner("", "bad", self._again_button())
        self._failure.hide()
        self.follow_ups = FollowUpsButton(runner)
        self.follow_ups.clicked.connect(self.follow_ups_asked)
        self.header.add_action(self.follow_ups)
        self.more = MoreButton(
            (_("Mögliche Dubletten"), "duplicates", self.duplicates_asked.emit),
            (_("Alte Listen holen …"), "old_lists", lambda: self.old_list_asked.emit(None)),
            (_("Letzte Schritte"), "steps", self.steps_asked.emit),
        )
        self.header.add_action(self.more)
        DroppedLists(self, self.old_list_asked.emit)
        self.undo_bar = UndoBar(runner)
        self.rows = FamilyRows()
        self.bar = ListBar(SPEC, self.presenter, self.rows, runner, clock, refusal=refusal)
        card = Card(padded=False)
        card.setAccessibleName(_("Familien"))
        card.body.setContentsMargins(0, 0, 0, 6)
        card.body.addWidget(self.rows)
        self._stack = QStackedWidget()
        self._stack.addWidget(card)
        self._nothing: QWidget | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 20)
        column.setSpacing(0)
        column.addWidget(self.header)
        body = QVBoxLayout()
        body.setContentsMargins(MARGIN, 2, MARGIN, 0)
        body.setSpacing(14)
        body.addWidget(self._failure)
        body.addWidget(self.bar)
        body.addWidget(self.undo_bar)
        body.addWidget(self._stack, 1)
        column.addLayout(body, 1)
        self.setFocusProxy(self.rows)
        self._connect()

    def _connect(self) -> None:
        self.search.textChanged.connect(self.presenter.search)
        self.search.down_asked.connect(self._into_list)
        self.search.returnPressed.connect(self._open_first)
        find = QShortcut(QKeySequence("Ctrl+F"), self)
        find.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        find.activated.connect(self.focus_search)
        self.rows.opened.connect(self._open)
        self.rows.moved.connect(self._keep_in_mind)
        self.rows.letters_typed.connect(self._jump)
        self.rows.head.sort_asked.connect(self.presenter.sort)
        self.bar.add_keys(self)
        self.bar.arranger.changed.connect(self.rows.fold)
        self.bar.arranger.changed.connect(self._show_columns)
        self._show_columns()

    def refresh(self) -> None:
        """Read the list again."""
        self._stale = False
        self.presenter.refresh()

    def changed(self, changes: Changes) -> None:
        """Something was written: read again now if somebody looks, else when the page is shown."""
        self.follow_ups.hear(changes)
        if "households" in changes or "placements" in changes:
            self._stale = True
            if self.isVisible():
                self.refresh()

    def undo(self) -> None:
        """Strg+Z: take back the newest step of this user."""
        if not self.bar.undo():
            self.undo_bar.undo()

    def regions(self) -> list[QWidget]:
        """What F6 steps through."""
        return [self.header, self.bar, self._stack]

    def focus_search(self) -> None:
        """Put the cursor into the filter and mark what stands there."""
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.refit()
        if self._stale:
            self.refresh()

    def refit(self) -> None:
        self.search.setFixedWidth(Theme.current().px(220))

    def print_page(self) -> None:
        """Strg+P: the list as it is shown."""
        self.bar.print_list()

    def _show_columns(self) -> None:
        self.presenter.show_columns(column.key for column in self.bar.arranger.shown)

    # --- what the presenter shows

    def show_families(self, lines: Sequence[FamilyLine], search: str, everybody: int) -> None:
        self._failure.hide()
        narrowing = self.presenter.narrowing
        self.header.set_subtitle(_count_words(len(lines), narrowing.narrows, everybody))
        if self.search.text().strip() != search:
            self.search.setText(search)
        self.rows.show_lines(lines)
        self.bar.setVisible(bool(everybody))
        self.bar.follow()
        self.rows.head.set_sorted(*self.presenter.shown_order)
        if lines:
            self._show_nothing(None)
        elif narrowing.conditions:
            self._show_nothing(self._no_match())
        elif search:
            self._show_nothing(self._no_hit(search))
        else:
            self._show_nothing(self._empty())

    def show_read(self) -> None:
        self.rows.table.show_again()
        self._keep_in_mind(self.rows.current_row())
        if self._to_open:
            self._open(self.rows.current_row())

    def show_failed(self, message: str) -> None:
        self._failure.set_words(message)
        self._failure.show()

    # --- nothing to show

    def _show_nothing(self, state: QWidget | None) -> None:
        before, self._nothing = self._nothing, state
        if state is not None:
            self._stack.addWidget(state)
            self._stack.setCurrentWidget(state)
        else:
            self._stack.setCurrentIndex(0)
        if before is not None:
            self._stack.removeWidget(before)
            before.deleteLater()
        self.setFocusProxy(self.search if state is not None else self.rows)

    def _empty(self) -> EmptyState:
        words = _(
            "Mit der ersten Aufnahme entsteht hier die erste Akte. Jede Angabe ist sofort gespeichert, "
            "und Unvollständiges ist in Ordnung."
        )
        button = Button(_("Neue Aufnahme"), "primary", "plus", "Strg+N")
        button.clicked.connect(lambda: self.new_intake.emit(""))
        lists = Button(_("Alte Listen holen"), "secondary", "file-spreadsheet")
        lists.clicked.connect(lambda: self.old_list_asked.emit(None))
        return EmptyState(_("Noch keine Familien"), words, button, lists)

    def _no_hit(self, search: str) -> EmptyState:
        words = _(
            "Gesucht wurde „{search}“ in allen Namen und Schreibweisen, auch nach dem Klang, in Geburtsdaten, "
            "Telefonnummern und Aktenzeichen. Ein paar Buchstaben genügen."
        )
        start = Button(_("Neue Aufnahme mit „{name}“").format(name=_shortened(search)), "primary", "plus")
        start.clicked.connect(lambda: self.new_intake.emit(search))
        everybody = Button(_("Alle Familien zeigen"), "secondary")
        everybody.clicked.connect(self._show_everybody)
        return EmptyState(_("Keine Familie gefunden"), words.format(search=_shortened(search)), start, everybody)

    def _no_match(self) -> EmptyState:
        words = _("Gefiltert ist nach: {filter}.").format(filter=self.bar.presenter.narrowed_by())
        everybody = Button(_("Alle Familien zeigen"), "primary")
        everybody.clicked.connect(self._show_everybody)
        return EmptyState(_("Keine Familie passt zu diesem Filter"), words, everybody)

    def _show_everybody(self) -> None:
        now = self.presenter.narrowing
        self.presenter.narrow(Narrowing(order=now.order, descending=now.descending))
        self.search.setFocus()

    def _again_button(self) -> Button:
        button = Button(_("Noch einmal"), "secondary", height="compact")
        button.clicked.connect(self.refresh)
        return button

    # --- keys

    def _into_list(self) -> None:
        if self.rows.table.rowCount():
            self.rows.setFocus(Qt.FocusReason.TabFocusReason)

    def _open_first(self) -> None:
        self._open(self.rows.current_row())

    def _open(self, line: FamilyLine | None) -> None:
        # one that is not read yet opens as soon as it is
        self._to_open = line is not None and line.id is None
        if line is not None and line.id is not None:
            self.family_chosen.emit(line.id)

    def _jump(self, letters: str) -> None:
        self.presenter.find_named(letters, self.rows.go_to, itself=len(letters) > 1)

    def _keep_in_mind(self, line: FamilyLine | None) -> None:
        """The keyboard is on another family, or what was there is known now."""
        if line is not None and line.id is not None:
            self.presenter.current, self.presenter.place = line.id, self.rows.currentIndex().row()

    def point_at(self, household: Hashable) -> None:
        """Put the keyboard on a family: somebody went on to it from its neighbour."""
        if isinstance(household, UUID):
            self.presenter.find(household, self.rows.go_to)


class _FilterBox(SearchBox):
    """↓ goes on into the list."""

    down_asked = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down:
            self.down_asked.emit()
        else:
            super().keyPressEvent(event)


def _count_words(shown: int, narrowed: bool, everybody: int) -> str:
    if narrowed:
        return _("{shown} von {all}").format(shown=_number(shown), all=_number(everybody))
    return _number(everybody) if everybody else ""


def _number(count: int) -> str:
    """ "2.000"."""
    return f"{count:,}".replace(",", ".")


def _shortened(words: str) -> str:
    return words if len(words) <= 40 else f"{words[:39]}…"
