"""The tab "Termine": places, desks and rooms, kinds of appointment, opening hours and closed days."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from desk_app.casework.appointment_setup import Closure, Kind, Opening, Place, Seat
from desk_app.gui.options.appointment_editor import AppointmentEditor, blank
from desk_app.gui.theme import Theme
from desk_app.gui.widgets.cards import AddRow, Card, PressRow
from desk_app.gui.widgets.field import commit_all
from desk_app.gui.widgets.import_result import ImportResult
from desk_app.gui.widgets.labels import ElidedLabel, Label
from desk_app.gui.widgets.scroll import ScrollArea
from desk_app.i18n import N_, _
from desk_app.presenters.appointment_setup import (
    SECTIONS,
    AppointmentSetupPresenter,
    ConflictLine,
    Row,
    SetupLine,
    SetupSheet,
    chosen_row,
)

if TYPE_CHECKING:
    from desk_app.presenters.runner import Runner

_TITLES: Final[dict[type[Any], tuple[str, str, str]]] = {
    Place: (N_("Orte"), N_("Ort hinzufügen"), ""),
    Seat: (N_("Plätze und Räume"), N_("Platz oder Raum hinzufügen"), ""),
    Kind: (N_("Anliegen"), N_("Anliegen hinzufügen"), N_("Wie lange ein Termin dauert und was mitzubringen ist.")),
    Opening: (
        N_("Öffnungszeiten"),
        N_("Öffnungszeit hinzufügen"),
        N_("Geänderte Zeiten beginnen neu; was vorher galt, bleibt als Verlauf stehen. Termine löscht das nie."),
    ),
    Closure: (N_("Schließzeiten"), N_("Schließzeit hinzufügen"), ""),
}
_SIDE = 372
_LEFT = 190
"""Width at 100 % of the first part of a row."""
WIDEST = 960


class _Row(PressRow):
    """What it is called, and beside it what there is to know."""

    def __init__(self, title: str, second: str, spoken: str, *, quiet: bool = False, height: str = "cardHead") -> None:
        super().__init__(spoken, height)
        self._first = ElidedLabel(title, "body", "text3" if quiet else "text")
        rest = ElidedLabel(second, "small", "text3" if quiet else "text2")
        self._first.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        rest.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.add(self._first)
        self.add(rest, 1)
        self.refit()

    def refit(self) -> None:
        super().refit()
        self._first.setFixedWidth(Theme.current().px(_LEFT))


class AppointmentSetupCard(QWidget):
    """Lists, the editor beside them, and above both what the last change did."""

    appointment_asked = Signal(object)
    """Somebody wants to see an appointment; its id."""

    def __init__(self, runner: Runner, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._presenter = AppointmentSetupPresenter(self, runner)
        self._sheet: SetupSheet | None = None
        self._kept: UUID | None = None
        self.result = ImportResult()
        self.result.undo_asked.connect(self.undo)
        self.editor = AppointmentEditor()
        self.editor.kept.connect(self._keep)
        self.editor.remove_asked.connect(self._remove)
        self.editor.closed.connect(self._close_editor)
        self.rows: dict[type[Any], list[_Row]] = {}
        self.conflict_rows: list[_Row] = []
        self._build()

    def _build(self) -> None:
        self._lists = ScrollArea()
        self._lists.set_widest(WIDEST)
        self._lists.column.setSpacing(14)
        self.conflicts = Card(_("Termine, die nicht mehr passen"), padded=False, tone="warn")
        self.conflicts.hide()
        self._lists.column.addWidget(self.conflicts)
        self.cards: dict[type[Any], Card] = {}
        self.adding: dict[type[Any], AddRow] = {}
        for kind in SECTIONS:
            self._lists.column.addWidget(self._section(kind))
        self._holidays = Card(_("Feiertage und Schulferien in NRW"), padded=False)
        self._lists.column.addWidget(self._holidays)
        self._lists.column.addStretch(1)
        self._side = ScrollArea()
        self._side.column.addWidget(self.editor)
        self._side.column.addStretch(1)
        self._side.hide()
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addWidget(self._lists, 1)
        row.addWidget(self._side)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self.result)
        column.addLayout(row, 1)
        self._share_room()

    def _section(self, kind: type[Any]) -> Card:
        title, add, hint = _TITLES[kind]
        card = self.cards[kind] = Card(_(title), padded=False)
        card.body.setSpacing(0)
        card.body.setContentsMargins(0, 0, 0, 6)
        if hint:
            words = Label(_(hint), "small", "text3", wrap=True)
            words.setContentsMargins(17, 0, 17, 6)
            card.body.addWidget(words)
        self.adding[kind] = AddRow(_(add))
        self.adding[kind].clicked.connect(lambda: self._begin_new(kind))
        card.body.addWidget(self.adding[kind])
        return card

    # --- what one can do

    def load(self) -> None:
        """Read how it is set up."""
        self._presenter.load()

    def undo(self) -> None:
        """Take the newest change back."""
        commit_all(self.editor)
        self._presenter.undo()

    # --- what the presenter shows

    def show_setup(self, sheet: SetupSheet, chosen: UUID | None) -> None:
        focused = self._focused()
        self._sheet = sheet
        for kind in SECTIONS:
            self._fill(kind, sheet.sections[kind])
        self._fill_conflicts(sheet.conflicts)
        if not self._holidays.findChildren(_Row):
            for when, what in sheet.holidays:
                line = _Row(when, what, f"{when}, {what}", height="control")
                line.setEnabled(False)
                self._holidays.body.addWidget(line)
        self._follow(sheet, chosen)
        if focused is not None:
            self._focus(*focused)

    def show_done(self, words: str, *, undo: bool) -> None:
        conflicts = bool(self._sheet and self._sheet.conflicts)
        self.result.show_result(words, [], undo=undo and bool(words), tone="warn" if conflicts else "ok")

    def show_failed(self, message: str) -> None:
        self.result.show_result(message, [], undo=False, tone="bad")

    # --- how

    def _fill(self, kind: type[Any], lines: Sequence[SetupLine]) -> None:
        card = self.cards[kind]
        for row in self.rows.get(kind, ()):
            card.body.removeWidget(row)
            row.hide()
            row.deleteLater()
        self.rows[kind] = []
        place = card.body.indexOf(self.adding[kind])
        for number, line in enumerate(lines):
            row = _Row(line.title, line.second, line.spoken, quiet=line.over)
            row.clicked.connect(lambda _checked=False, row=line.row: self._edit(row))
            card.body.insertWidget(place + number, row)
            self.rows[kind].append(row)
        card.head.set_count(str(sum(not line.over for line in lines)))

    def _fill_conflicts(self, lines: Sequence[ConflictLine]) -> None:
        more = len(lines) > len(self.conflict_rows)
        for row in self.conflict_rows:
            self.conflicts.body.removeWidget(row)
            row.hide()
            row.deleteLater()
        self.conflict_rows = []
        for line in lines:
            row = _Row(line.when, f"{line.title} · {line.words}", line.spoken)
            row.clicked.connect(lambda _checked=False, line=line: self.appointment_asked.emit(line.appointment))
            self.conflicts.body.addWidget(row)
            self.conflict_rows.append(row)
        self.conflicts.head.set_count(str(len(lines)))
        self.conflicts.setVisible(bool(lines))
        if more:  # what a change brought about is seen at once, wherever the list was
            self._lists.verticalScrollBar().setValue(0)

    def _follow(self, sheet: SetupSheet, chosen: UUID | None) -> None:
        """Show in the editor what became of the row in it; one that is gone closes it."""
        shown = self.editor.row
        if self._side.isHidden() or shown is None or self.editor.is_unkept:
            return
        goes_on = chosen is not None and shown.id == self._kept
        row = chosen_row(sheet, chosen if goes_on else shown.id)
        if row is None:
            self._close_editor()
        else:
            self.editor.show_row(row, sheet, goes_on=goes_on)

    def _edit(self, row: Row) -> None:
        if self._sheet is not None:
            self._open_editor()
            self.editor.show_row(row, self._sheet)
            first = next(field for field in self.editor.fields.values() if not field.isHidden())
            first.setFocus()

    def _begin_new(self, kind: type[Any]) -> None:
        if self._sheet is not None:
            self._open_editor()
            self.editor.begin_new(blank(kind, self._sheet), self._sheet)

    def _keep(self, row: Row, since: date | None) -> None:
        self._kept = row.id
        self._presenter.keep(row, since)

    def _remove(self, row: Row) -> None:
        self._close_editor()
        self._presenter.remove(row)

    def _open_editor(self) -> None:
        self._side.show()
        self._share_room()

    def _close_editor(self) -> None:
        commit_all(self.editor)
        shown = self.editor.row
        self._side.hide()
        self._share_room()
        if shown is not None:
            self.adding[type(shown)].setFocus()

    def _focused(self) -> tuple[type[Any], int] | None:
        """Which row has the focus, to give it back to the one that takes its place."""
        for kind, rows in self.rows.items():
            for number, row in enumerate(rows):
                if row.hasFocus():
                    return kind, number
        return None

    def _focus(self, kind: type[Any], number: int) -> None:
        rows = self.rows[kind]
        (rows[min(number, len(rows) - 1)] if rows else self.adding[kind]).setFocus()

    def refit(self) -> None:
        self._share_room()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_room()

    def _share_room(self) -> None:
        self._side.setFixedWidth(Theme.current().px(_SIDE))
