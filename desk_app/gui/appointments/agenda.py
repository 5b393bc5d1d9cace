"""Appointments as a list of rows, for any period: to look through, to search what was, and to print."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from desk_app.domain.dates import parse_day, show_day
from desk_app.gui.appointments.grid_keys import DEEDS
from desk_app.gui.event_look import state_look
from desk_app.gui.lists.bar import ListBar
from desk_app.gui.row_table import Cell, RowTable
from desk_app.gui.row_view import RowView
from desk_app.gui.theme import Theme
from desk_app.gui.widgets.buttons import Button
from desk_app.gui.widgets.cards import Card
from desk_app.gui.widgets.date_field import DateField
from desk_app.gui.widgets.flow import FlowLayout
from desk_app.gui.widgets.labels import Label
from desk_app.gui.widgets.search_box import SearchBox
from desk_app.i18n import _, ngettext
from desk_app.presenters.appointment_agenda import COLUMNS, SPEC, AgendaPresenter, AgendaRow

if TYPE_CHECKING:
    from desk_app.casework.appointments import AppointmentLine
    from desk_app.domain.clock import Clock
    from desk_app.presenters.runner import Runner


class AgendaRows(RowView):
    """The keys of the grid do the same here: Entf calls off, V moves, and so on."""

    deed_asked = Signal(object, str)
    menu_asked = Signal(object, object)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        row = self.current_row()
        code = DEEDS.get(Qt.Key(event.key()), "") if not event.modifiers() else ""
        if row is not None and code and not event.text().isalpha():
            self.deed_asked.emit(row.id, code)
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        place = self.indexAt(self.viewport().mapFromGlobal(event.globalPos())).row()
        if event.reason() != QContextMenuEvent.Reason.Keyboard and place >= 0:
            self.go_to(place)
        row = self.current_row()
        if row is not None:
            self.menu_asked.emit(row.id, event.globalPos())


class Agenda(QWidget):
    """Period, search and filters above the rows. Eingabe opens the appointment."""

    opened = Signal(object)
    """The line of an appointment."""
    deed_asked = Signal(object, str)
    menu_asked = Signal(object, object)
    counted = Signal(str)
    failed = Signal(str)

    def __init__(self, runner: Runner, clock: Clock, refusal: str = "") -> None:
        super().__init__()
        self.presenter = AgendaPresenter(self, runner, clock)
        table = RowTable(
            COLUMNS,
            show={
                "name": lambda row: Cell(row.name, tone="text", strong=True),
                "state": lambda row: Cell(row.state, tone=state_look(row.line.state).tone),
                "interpreting": lambda row: Cell(row.interpreting, tone=_interpreting_tone(row)),
            },
            words=lambda row: str(row.spoken),
        )
        table.setParent(self)
        self.rows = AgendaRows(table, _("Termine"))
        self.bar = ListBar(SPEC, self.presenter, self.rows, runner, clock, refusal=refusal)
        self.search = SearchBox(_("Name, Notiz, Sprache …"), _("Strg+F"))
        self.since, self.until = DateField(label=_("Von")), DateField(label=_("Bis"))
        self._nothing = Label("", "body", "text2")
        self._nothing.setContentsMargins(17, 16, 17, 16)
        self._build()
        self._connect()
        self.setFocusProxy(self.rows)

    def _build(self) -> None:
        line = FlowLayout(gap=12)
        for field in (self.since, self.until):
            field.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
            line.addWidget(field)
        self._tools = QWidget()
        tools = self._row = QHBoxLayout(self._tools)
        tools.setSpacing(4)
        for words, deed in (
            (_("Diese Woche"), self.presenter.show_week),
            (_("Kommende 4 Wochen"), self.presenter.show_coming),
            (_("Letzte 4 Wochen"), self.presenter.show_past),
        ):
            button = Button(words, "ghost", height="compact")
            button.clicked.connect(deed)
            tools.addWidget(button)
        tools.addSpacing(12)
        tools.addWidget(self.search)
        line.addWidget(self._tools)
        around = QVBoxLayout()
        around.setContentsMargins(17, 12, 17, 10)
        around.addLayout(line)
        card = Card(padded=False)
        card.setAccessibleName(_("Termine"))
        card.body.setContentsMargins(0, 0, 0, 6)
        card.body.addLayout(around)
        card.body.addWidget(self.rows, 1)
        card.body.addWidget(self._nothing, 1, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(self.bar)
        column.addWidget(card, 1)
        self.refit()

    def _connect(self) -> None:
        for field in (self.since, self.until):
            field.set_reading(lambda words: parse_day(words, self.presenter.today), show_day)
            field.committed.connect(lambda _day: self._show_period())
        self.search.textChanged.connect(self.presenter.search)
        self.rows.opened.connect(lambda row: self.opened.emit(row.line))
        self.rows.deed_asked.connect(self.deed_asked)
        self.rows.menu_asked.connect(self.menu_asked)
        self.rows.head.sort_asked.connect(self.presenter.sort)

    def refit(self) -> None:
        for field in (self.since, self.until):
            field.setFixedWidth(Theme.current().px(150))
        theme = Theme.current()
        self.search.setFixedWidth(theme.px(240))
        self._row.setContentsMargins(0, theme.line("small") + 4, 0, 0)  # beside the inputs, not their labels

    def _show_period(self) -> None:
        self.presenter.show_period(self.since.value(), self.until.value())

    def focus_search(self) -> None:
        """Strg+F."""
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def line(self, appointment: UUID) -> AppointmentLine | None:
        """The appointment of a row that is shown, ``None`` where it is not."""
        return next((row.line for row in self.presenter.shown_rows if row.id == appointment), None)

    # --- what the presenter shows

    def show_rows(self, rows: tuple[AgendaRow, ...]) -> None:
        current = self.rows.current_row()
        self.rows.table.set_rows(rows)
        if current is not None:
            ids = [row.id for row in rows]
            self.rows.go_to(ids.index(current.id) if current.id in ids else 0)
        self.since.offer_value(self.presenter.since)
        self.until.offer_value(self.presenter.until)
        self.rows.setVisible(bool(rows))
        self._nothing.setVisible(not rows)
        narrowed = self.presenter.narrowing.narrows and self.presenter.everybody
        self._nothing.setText(
            _("Kein Termin passt zu dieser Suche. Andere Tage oder ein leerer Filter zeigen mehr.")
            if narrowed
            else _("In dieser Zeit steht kein Termin.")
        )
        self.bar.follow()
        now = self.presenter.narrowing
        self.rows.head.set_sorted(now.order, now.descending)
        self.counted.emit(ngettext("{n} Termin", "{n} Termine", len(rows)).format(n=len(rows)))

    def show_failed(self, message: str) -> None:
        self.failed.emit(message)


def _interpreting_tone(row: AgendaRow) -> str:
    return "warn" if row.line.interpreting in ("open", "asked") else "text2"
