"""The page "Wiedervorlagen": what all families are to be looked at again for, ticked one by one or many at once."""

from __future__ import annotations

from collections.abc import Hashable
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from desk_app.casework import follow_ups
from desk_app.casework.follow_ups import Scope
from desk_app.domain.dates import parse_day, show_day
from desk_app.gui.families.crumb import lead_to_families
from desk_app.gui.families.undo_banner import UndoBar
from desk_app.gui.header import MARGIN, Header
from desk_app.gui.lists.bar import ListBar
from desk_app.gui.row_table import Cell, RowTable
from desk_app.gui.row_view import RowView
from desk_app.gui.theme import Theme
from desk_app.gui.widgets.buttons import Button
from desk_app.gui.widgets.cards import Card
from desk_app.gui.widgets.chips import FilterChip
from desk_app.gui.widgets.date_field import DateField
from desk_app.gui.widgets.flow import FlowLayout
from desk_app.gui.widgets.labels import Label
from desk_app.i18n import N_, _, ngettext
from desk_app.presenters.follow_up_list import COLUMNS, LISTS, SILENT, SPEC, FollowUpListPresenter, ListRow

if TYPE_CHECKING:
    from desk_app.casework.desk import Changes
    from desk_app.domain.clock import Clock
    from desk_app.presenters.runner import Runner

_NOTHING = {
    Scope.MINE: N_("Nichts, das Sie wieder ansehen müssten. In einer Akte legt W etwas an."),
    Scope.ALL: N_("Keine offenen Wiedervorlagen."),
    Scope.OVERDUE: N_("Nichts ist überfällig."),
    Scope.DONE: N_("In dieser Zeit wurde nichts erledigt."),
    SILENT: N_("Mit allen Familien gab es in den letzten drei Monaten Kontakt."),
}


class FollowUpRows(RowView):
    """With something marked, E is the key of the button; else letters jump as in every list."""

    tick_asked = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_E and not event.modifiers() and self.table.ticked_rows():
            self.tick_asked.emit()
        else:
            super().keyPressEvent(event)


class FollowUpsPage(QWidget):
    """Eingabe opens the family, Leertaste marks, E does what the button below says."""

    family_chosen = Signal(object)
    back = Signal()

    def __init__(self, runner: Runner, clock: Clock, parent: QWidget | None = None, refusal: str = "") -> None:
        super().__init__(parent)
        self.presenter = FollowUpListPresenter(self, runner, clock)
        self._stale = self._unseen = True
        self.header = Header(_("Wiedervorlagen"))
        self.undo_bar = UndoBar(runner)
        self.rows = FollowUpRows(self._table(), _("Wiedervorlagen"))
        self.rows.tick_asked.connect(self.tick)
        self.list_bar = ListBar(SPEC, self.presenter, self.rows, runner, clock, refusal=refusal)
        self.list_bar.add_keys(self)
        self.since, self.until = DateField(label=_("Von")), DateField(label=_("Bis"))
        self._nothing = Label("", "body", "text2")
        self._nothing.setContentsMargins(17, 16, 17, 16)
        self._count = Label("", "body", strong=True)
        self.done = Button(_("Erledigt"), "primary", "check", "E")
        self.bar = QWidget()
        self._lists = QButtonGroup(self)
        lead_to_families(self.header, self.back)
        self._build()
        self._connect()
        self.setFocusProxy(self.rows)

    def _table(self) -> RowTable:
        table = RowTable(
            COLUMNS,
            show={
                "words": lambda row: Cell(row.words, second=row.why, tone="text", strong=True),
                "due": lambda row: Cell(row.due, tone="bad" if row.late else "text2", strong=row.late),
            },
            key=lambda row: row.follow_up or row.household,
            words=lambda row: str(row.spoken),
        )
        table.setParent(self)
        return table

    def _build(self) -> None:
        card = Card(padded=False)
        card.setAccessibleName(_("Wiedervorlagen"))
        card.body.setContentsMargins(0, 0, 0, 0)
        card.body.addLayout(self._filter_line())
        card.body.addWidget(self.rows, 1)
        card.body.addWidget(self._nothing, 1)
        row = QHBoxLayout(self.bar)
        row.setContentsMargins(16, 10, 12, 10)
        row.addWidget(self._count)
        row.addStretch(1)
        row.addWidget(self.done)
        card.body.addWidget(self.bar)
        self._card = card
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 20)
        column.setSpacing(0)
        column.addWidget(self.header)
        body = QVBoxLayout()
        body.setContentsMargins(MARGIN, 2, MARGIN, 0)
        body.setSpacing(14)
        body.addWidget(self.undo_bar)
        body.addWidget(self.list_bar)
        body.addWidget(card, 1)
        column.addLayout(body, 1)
        self.bar.hide()
        self.refit()

    def _filter_line(self) -> QHBoxLayout:
        chips = FlowLayout()
        for place, (_key, words) in enumerate(LISTS):
            chip = FilterChip(_(words))
            self._lists.addButton(chip, place)
            chips.addWidget(chip)
        self._lists.button(0).setChecked(True)
        line = QHBoxLayout()
        line.setContentsMargins(17, 12, 17, 10)
        line.setSpacing(12)
        line.addLayout(chips, 1)
        for field in (self.since, self.until):
            field.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
            line.addWidget(field)
        return line

    def _connect(self) -> None:
        self._lists.idClicked.connect(self._show_list)
        for field in (self.since, self.until):
            field.set_reading(lambda words: parse_day(words, self.presenter.today), show_day)
            field.committed.connect(lambda _day: self._show_period())
        self.rows.opened.connect(lambda row: self.family_chosen.emit(row.household))
        self.rows.table.ticked.connect(self._show_ticks)
        self.done.clicked.connect(self.tick)

    # --- what the page can do

    def tick(self) -> None:
        """Do what the button says with those that are marked."""
        ids = [row.follow_up for row in self._marked() if row.follow_up is not None]
        if ids:
            self.rows.table.tick_all(on=False)
            self.presenter.set_done(ids)

    def undo(self) -> None:
        """Strg+Z."""
        self.undo_bar.undo()

    def primary(self) -> None:
        """Strg+Eingabe."""
        self.tick()

    def refresh(self) -> None:
        """Read the list again."""
        self._stale = False
        self.presenter.refresh()

    def changed(self, changes: Changes) -> None:
        """Something was written: read again now if somebody looks, else when the page is shown."""
        if changes & {"households", "users"}:
            self._stale = True
            if self.isVisible():
                self.refresh()

    def regions(self) -> list[QWidget]:
        """What F6 steps through."""
        return [self.header, self._card]

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self.refresh()

    def refit(self) -> None:
        for field in (self.since, self.until):
            field.setFixedWidth(Theme.current().px(150))

    # --- what the presenter shows

    def show_rows(self, rows: tuple[ListRow, ...]) -> None:
        current = self.rows.current_row()
        self.rows.table.set_rows(rows)
        if current is not None:
            keys = [row.follow_up or row.household for row in rows]
            wanted = current.follow_up or current.household
            self.rows.go_to(keys.index(wanted) if wanted in keys else 0)
        self.rows.setVisible(bool(rows))
        if rows and self._unseen:  # the page was shown before it had rows: go on from the header to them
            self._unseen = False
            if self.header.isAncestorOf(self.focusWidget() or self):
                self.rows.setFocus(Qt.FocusReason.OtherFocusReason)
        self._nothing.setVisible(not rows)
        self._nothing.setText(_(_NOTHING[self.presenter.shown]))
        self.header.set_subtitle(str(len(rows)) if rows else "")

    def show_done(self, words: str, deed: UUID) -> None:
        self.undo_bar.tell_done(words, deed)

    def show_failed(self, message: str) -> None:
        self.undo_bar.show_failed(message)

    def point_at(self, household: Hashable) -> None:
        """Put the keyboard on the first row of a family: somebody went on to it from its neighbour."""
        self.rows.go_to(next((at for at, row in enumerate(self.rows.table.rows) if row.household == household), -1))

    def print_page(self) -> None:
        """Strg+P: the list as it is shown."""
        self.list_bar.print_list()

    # --- filters and marks

    def _show_list(self, place: int) -> None:
        self.presenter.shown = LISTS[place][0]
        self.rows.table.tick_all(on=False)
        again = self.presenter.shown == Scope.DONE
        self.done.setText(_("Wieder öffnen") if again else _("Erledigt"))
        self.done.set_symbol("undo-2" if again else "check")
        for field in (self.since, self.until):
            field.setVisible(self.presenter.shown != SILENT)
        self.refresh()

    def _show_period(self) -> None:
        self.presenter.since, self.presenter.until = self.since.value(), self.until.value()
        self.refresh()

    def _marked(self) -> list[ListRow]:
        return self.rows.table.ticked_rows()

    def _show_ticks(self) -> None:
        count = len(self._marked()) if self.presenter.shown != SILENT else 0
        self._count.setText(ngettext("{n} ausgewählt", "{n} ausgewählt", count).format(n=count))
        self.bar.setVisible(count > 0)


class FollowUpsButton(Button):
    """Leads to the page and says how many are due; reads the number again when it is shown and when told."""

    def __init__(self, runner: Runner) -> None:
        super().__init__(_("Wiedervorlagen"), "secondary", "calendar-clock")
        self._runner = runner

    def refresh(self) -> None:
        """Read the number again; one that cannot be read is not shown."""
        self._runner.run(follow_ups.count_due, self._show_count, lambda _error: self._show_count(0))

    def hear(self, changes: Changes) -> None:
        """Something was written."""
        if "households" in changes and self.isVisible():
            self.refresh()

    def _show_count(self, count: int) -> None:
        self.setText(_("Wiedervorlagen {n}").format(n=count) if count else _("Wiedervorlagen"))
        due = ngettext("{n} Wiedervorlage ist fällig", "{n} Wiedervorlagen sind fällig", count)
        self.setAccessibleName(due.format(n=count) if count else _("Wiedervorlagen, keine fällig"))
        self.updateGeometry()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.refresh()
