"""The log for the Leitung: who did what to which file, filtered, read on by scrolling, taken out as a workbook."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from desk_app.domain.dates import show_day
from desk_app.gui.options.audit_bar import AuditBar
from desk_app.gui.options.audit_filter import AuditFilter
from desk_app.gui.row_table import Cell, RowTable
from desk_app.gui.row_view import RowView
from desk_app.gui.theme import Theme
from desk_app.gui.widgets.buttons import Button
from desk_app.gui.widgets.cards import Card, Divider
from desk_app.gui.widgets.chips import Chip
from desk_app.gui.widgets.labels import Label
from desk_app.gui.widgets.messages import Banner, EmptyState
from desk_app.i18n import _
from desk_app.presenters.audit import SPEC, AuditPresenter, ChainState, Line

if TYPE_CHECKING:
    from desk_app.domain.clock import Clock
    from desk_app.presenters.runner import Runner

_ROOM = ((760, {"group"}), (560, {"file_number"}))
"""Below which width at 100 % which columns give way; the line below the table still says everything."""


class AuditCard(QWidget):
    """Emits ``family_chosen`` with the household whose file somebody wants to see."""

    family_chosen = Signal(object)

    def __init__(self, runner: Runner, clock: Clock, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._presenter = AuditPresenter(self, runner, clock)
        self.broken = Banner("", "bad")
        self.broken.hide()
        self.chain = Chip("")
        self.filter = AuditFilter(lambda: self._presenter.today)
        self._table = RowTable(SPEC.columns, _looks(), words=lambda line: str(line.sentence))
        self.rows = RowView(self._table, _("Protokoll"))
        self._table.setParent(self.rows)
        self.bar = AuditBar(self._presenter, self.rows, runner, clock)
        self.sentence = Label("", "body", "text2", wrap=True)
        self.open_file = Button(_("Akte öffnen"), "secondary", keys=_("Eingabe"), height="compact")
        self.only_file = Button(_("Nur diese Akte"), "ghost", height="compact")
        self._build()
        self._connect()

    def _build(self) -> None:
        self._card = Card(_("Protokoll"), padded=False)
        self._card.body.setContentsMargins(0, 0, 0, 0)
        self._card.head.add_action(self.chain)
        self._card.body.addWidget(self.filter)
        self._card.body.addWidget(Divider(0, 0))
        self._list = QStackedWidget()
        self._list.addWidget(self.rows)
        everything = Button(_("Alle Einträge zeigen"), "secondary")
        everything.clicked.connect(self.filter.clear)
        self._list.addWidget(
            EmptyState(_("Keine Einträge"), _("Zu dieser Auswahl steht nichts im Protokoll."), everything)
        )
        self._card.body.addWidget(self._list, 1)
        self._card.body.addWidget(Divider(0, 0))
        foot = QHBoxLayout()
        foot.setContentsMargins(16, 8, 16, 8)
        foot.setSpacing(8)
        foot.addWidget(self.sentence, 1)
        foot.addWidget(self.only_file)
        foot.addWidget(self.open_file)
        self._card.body.addLayout(foot)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._card)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self.bar)
        column.addWidget(self.broken)
        column.addWidget(self._stack, 1)
        self.setFocusProxy(self.rows)
        self._show_current(None)

    def _connect(self) -> None:
        self.filter.changed.connect(self._presenter.narrow)
        self.rows.moved.connect(self._show_current)
        self.rows.opened.connect(self._open)
        self.rows.verticalScrollBar().valueChanged.connect(self._read_on)
        self.open_file.clicked.connect(lambda: self._open(self.rows.current_row()))
        self.only_file.clicked.connect(self._only_this_file)
        self.bar.add_keys(self)
        self.bar.arranger.changed.connect(self._share_room)

    def print_page(self) -> None:
        """Strg+P: the entries of the filter on paper."""
        self.bar.print_list()

    # --- what the presenter shows

    def show_people(self, people: tuple[tuple[UUID, str], ...]) -> None:
        self._stack.setCurrentIndex(0)
        self.bar.show()
        self.filter.set_people(people)

    def show_lines(self, lines: tuple[Line, ...]) -> None:
        self._table.set_rows(lines)
        self.rows.scrollToTop()
        self._list.setCurrentIndex(0 if lines else 1)
        if not lines:
            self._show_current(None)

    def add_lines(self, lines: tuple[Line, ...]) -> None:
        self._table.add_rows(lines)

    def show_chain(self, state: ChainState) -> None:
        bad = state.tone == "bad"
        self.broken.setVisible(bad)
        self.broken.set_words(state.words)
        if bad:
            self.chain.set_state(_("Nicht lückenlos"), "bad", "circle-alert")
        elif state.tone == "ok":
            self.chain.set_state(state.words, "ok", "circle-check")
        else:
            self.chain.set_state(state.words)
        self.chain.setAccessibleName(self.chain.text())

    def show_exported(self, words: str, notes: tuple[str, ...]) -> None:
        self.bar.show_said(words, notes)

    def show_failed(self, message: str) -> None:
        self.bar.show_said(message, tone="bad")

    def show_refused(self, reason: str) -> None:
        if self._stack.count() == 1:
            self._stack.addWidget(EmptyState(_("Das Protokoll liest die Leitung"), reason))
        self._stack.setCurrentIndex(1)
        self.bar.hide()

    # --- how

    def _show_current(self, line: Line | None) -> None:
        words = f"{line.day:%d.%m.%Y} {line.time}: {line.sentence}" if line is not None else ""
        self.sentence.setText(words)
        for button in (self.open_file, self.only_file):
            button.setEnabled(line is not None and line.household is not None)

    def _open(self, line: Line | None) -> None:
        if line is not None and line.household is not None:
            self.family_chosen.emit(line.household)

    def _only_this_file(self) -> None:
        line = self.rows.current_row()
        if line is not None and line.file_number:
            self.filter.choose_file(line.file_number)
            self.rows.setFocus()

    def _read_on(self) -> None:
        """The end of what is loaded comes into sight: read the next page."""
        bar = self.rows.verticalScrollBar()
        if bar.value() >= bar.maximum() - self.rows.viewport().height():
            self._presenter.go_on()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not event.spontaneous():
            self._presenter.open()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        if not event.spontaneous():
            self._presenter.close()

    def refit(self) -> None:
        self._share_room()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_room()

    def _share_room(self) -> None:
        room = self.width() / Theme.current().scale
        hidden = set[str]()
        for least, keys in _ROOM:
            hidden |= keys if room < least else set()
        self.rows.hide_columns(hidden)


def _looks() -> dict[str, Callable[[Line], Cell]]:
    return {
        "sequence": lambda line: Cell(f"{show_day(line.day)} {line.time}"),
        "what": lambda line: Cell(line.what, tone="text"),
        "group": lambda line: Cell(line.group, tone="text3"),
    }
