"""The tab "Dolmetschen": who interprets, one of them beside the list to edit, and the calendars of the desks."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from desk_app.casework.calendar_files import Whose
from desk_app.domain.clock import Clock, local_day
from desk_app.gui import printing
from desk_app.gui.deed_dialog import DeedDialog
from desk_app.gui.folders import FolderTools
from desk_app.gui.import_progress import ImportProgress
from desk_app.gui.options.interpreters_calendars import CalendarsCard
from desk_app.gui.options.interpreters_dialogs import BlockDialog, ReadCalendarDialog, SheetDialog
from desk_app.gui.options.interpreters_editor import InterpreterEditor
from desk_app.gui.options.list_room import share_room
from desk_app.gui.row_table import Cell, RowTable
from desk_app.gui.row_view import RowView
from desk_app.gui.widgets.buttons import Button
from desk_app.gui.widgets.cards import Card
from desk_app.gui.widgets.field import commit_all
from desk_app.gui.widgets.import_result import ImportResult
from desk_app.gui.widgets.inputs import TickBox
from desk_app.gui.widgets.scroll import ScrollArea
from desk_app.i18n import _
from desk_app.presenters.interpreters import COLUMNS, CalendarRow, InterpreterRow, InterpretersPresenter

if TYPE_CHECKING:
    from desk_app.casework.interpreter_sheets import Period
    from desk_app.casework.preview import PagePicture
    from desk_app.presenters.import_job import ImportJob
    from desk_app.presenters.runner import Runner

_SIDE = 360
_ROOM = ((1000, {"kind"}), (860, {"phone"}), (700, {"times"}))
"""Below which width at 100 % which columns give way; the editor still shows everything."""


def ask_calendar(parent: QWidget) -> Path | None:
    """Let the user point out a calendar file; None when they changed their mind."""
    name, _filter = QFileDialog.getOpenFileName(
        parent, _("Kalender einlesen"), "", _("Kalender (*.ics);;Alle Dateien (*)")
    )
    return Path(name) if name else None


class _Rows(RowView):
    """Einfg adds somebody."""

    add_asked = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Insert:
            self.add_asked.emit()
        else:
            super().keyPressEvent(event)


class InterpretersCard(QWidget):
    """List, editor, and above them what the last deed did."""

    def __init__(self, runner: Runner, clock: Clock, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._runner, self._clock = runner, clock
        self.presenter = InterpretersPresenter(self, runner)
        self.choose_calendar: Callable[[QWidget], Path | None] = ask_calendar
        self.choose_printer = printing.choose_printer
        self.folders = FolderTools()
        self.dialog: DeedDialog | None = None
        self.progress = ImportProgress(self)
        self.result = ImportResult()
        self.result.undo_asked.connect(self.presenter.undo)
        self._table = RowTable(COLUMNS, _looks(), words=lambda row: str(row.spoken))
        self.rows = _Rows(self._table, _("Wer dolmetscht"))
        self._table.setParent(self.rows)
        self.editor = InterpreterEditor(local_day(clock()))
        self.calendars = CalendarsCard()
        self._wanted: UUID | None = None
        self._build()
        self._connect()

    def _build(self) -> None:
        self.list = Card(_("Wer dolmetscht"), padded=False)
        self.list.body.setContentsMargins(0, 0, 0, 6)
        self.retired = TickBox(_("auch frühere"))
        self.add = Button(_("Person"), "secondary", "plus", _("Einfg"), height="compact")
        self.add.setAccessibleName(_("Person hinzufügen, die dolmetscht"))
        self.edit = Button(_("Bearbeiten"), "secondary", "pencil", _("Eingabe"), height="compact")
        for widget in (self.retired, self.edit, self.add):
            self.list.head.add_action(widget)
        self.list.body.addWidget(self.rows)
        left = QVBoxLayout()
        left.setSpacing(14)
        left.addWidget(self.list, 1)
        left.addWidget(self.calendars)
        self._side = ScrollArea()
        self._side.column.addWidget(self.editor)
        self._side.column.addStretch(1)
        self._side.hide()
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addLayout(left, 1)
        row.addWidget(self._side)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self.result)
        column.addLayout(row, 1)
        self.setFocusProxy(self.rows)

    def _connect(self) -> None:
        self.rows.moved.connect(self._show_current)
        self.rows.opened.connect(lambda _row: self._edit_current())
        self.rows.add_asked.connect(self._begin_new)
        self.add.clicked.connect(self._begin_new)
        self.edit.clicked.connect(self._edit_current)
        self.retired.clicked.connect(self._show_retired)
        self.editor.kept.connect(self._keep)
        self.editor.closed.connect(self._close_editor)
        self.editor.block_asked.connect(lambda _id: self._ask_block())
        self.editor.unblock_asked.connect(self.presenter.unblock)
        self.editor.retire_asked.connect(self._retire)
        self.editor.sheet_asked.connect(self._ask_sheet)
        self.editor.read_asked.connect(lambda id_: self._ask_calendar(Whose(interpreter=id_)))
        self.editor.export_asked.connect(lambda id_: self._export(Whose(interpreter=id_)))
        self.editor.forget_asked.connect(lambda id_: self.presenter.forget(Whose(interpreter=id_)))
        self.calendars.read_asked.connect(lambda id_: self._ask_calendar(Whose(seat=id_)))
        self.calendars.export_asked.connect(lambda id_: self._export(Whose(seat=id_)))
        self.calendars.forget_asked.connect(lambda id_: self.presenter.forget(Whose(seat=id_)))

    # --- what one can do

    def load(self) -> None:
        """Read who is here."""
        self.presenter.load()

    def undo(self) -> None:
        """Strg+Z."""
        commit_all(self.editor)
        self.presenter.undo()

    # --- what the presenter shows

    def show_people(self, rows: tuple[InterpreterRow, ...], desks: tuple[CalendarRow, ...]) -> None:
        current = self.rows.current_row()
        wanted = self._wanted or (current.person.id if current is not None else None)
        self._wanted = None
        self.list.head.set_count(str(len(rows)))
        if list(rows) != list(self._table.rows):
            self._table.set_rows(rows)
        ids = [row.person.id for row in rows]
        self.rows.go_to(ids.index(wanted) if wanted in ids else 0)
        self.calendars.show_desks(desks)
        self._show_current(self.rows.current_row())

    def show_result(self, words: str, *, undo: bool, tone: str = "ok") -> None:
        self.result.show_result(words, [], undo=undo and bool(words), tone=tone)

    def show_busy(self, job: ImportJob | None) -> None:
        self.progress.follow(job)

    # --- how

    def _keep(self, person: object) -> None:
        self._wanted = getattr(person, "id", None)
        self.presenter.keep(person)  # type: ignore[arg-type]  # the signal carries an Interpreter

    def _retire(self, row: InterpreterRow) -> None:
        if row.person.retired:
            self.presenter.restore(row)
        else:
            self.presenter.retire(row)

    def _show_retired(self, shown: bool) -> None:
        self.presenter.with_retired = shown
        self.presenter.load()

    def _show_current(self, row: InterpreterRow | None) -> None:
        self.edit.setEnabled(row is not None)
        if row is not None and not self._side.isHidden():
            self.editor.show_person(row)

    def _edit_current(self) -> None:
        row = self.rows.current_row()
        if row is not None:
            self._open_editor()
            self.editor.show_person(row)
            self.editor.fields["name"].setFocus()

    def _begin_new(self) -> None:
        self._open_editor()
        self.editor.begin_new()

    def _open_editor(self) -> None:
        self._side.show()
        self.edit.hide()
        self._share_room()

    def _close_editor(self) -> None:
        commit_all(self.editor)
        self._side.hide()
        self.edit.show()
        self._share_room()
        self.rows.setFocus()

    def _ask_block(self) -> None:
        row = self.rows.current_row()
        if row is not None:
            dialog = BlockDialog(self.window(), row.name, self._runner)
            dialog.asked.connect(partial(self.presenter.block, row.person.id))
            self._open(dialog, dialog.family)

    def _ask_sheet(self, interpreter: UUID) -> None:
        dialog = SheetDialog(self.window(), interpreter, local_day(self._clock()))
        dialog.saved.connect(self._save_sheet)
        dialog.printed.connect(self._print_sheet)
        self._open(dialog, dialog.first)

    def _ask_calendar(self, whose: Whose) -> None:
        """Say what is read and what not, then have the file chosen."""
        busy, name = self._about(whose)
        dialog = ReadCalendarDialog(self.window(), name, again=busy > 0)
        dialog.asked.connect(lambda keep_others: self._read_in(whose, keep_others))
        self._open(dialog, dialog.deed)

    def _about(self, whose: Whose) -> tuple[int, str]:
        if whose.seat is not None:
            return next((row.busy, row.name) for row in self.calendars.desks if row.seat == whose.seat)
        return next((row.busy, row.name) for row in self._table.rows if row.person.id == whose.interpreter)

    def _read_in(self, whose: Whose, keep_others: bool) -> None:
        path = self.choose_calendar(self)
        if path is not None:
            self.presenter.read_in(whose, path, keep_others=keep_others)

    def _export(self, whose: Whose) -> None:
        folder = self.folders.choose(self, None)
        if folder is not None:
            self.presenter.export(whose, folder)

    def _save_sheet(self, period: Period) -> None:
        folder = self.folders.choose(self, None)
        if folder is not None:
            self.presenter.save_sheet(period, folder)

    def _print_sheet(self, period: Period) -> None:
        printer = self.choose_printer(self)
        if printer is None:
            return

        def put(pages: Sequence[PagePicture]) -> None:
            printing.put_on_paper(printer, pages, _("Dolmetschen"))

        self.presenter.print_sheet(period, put)

    def _open(self, dialog: DeedDialog, first: QWidget) -> None:
        if self.dialog is not None:
            self.dialog.close_dialog()
            self.dialog.deleteLater()
        self.dialog = dialog
        dialog.dismissed.connect(dialog.close_dialog)
        dialog.open(first)

    def refit(self) -> None:
        self._share_room()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_room()

    def _share_room(self) -> None:
        share_room(self, self._side, _SIDE, self.rows, _ROOM)


def _looks() -> dict[str, Callable[[InterpreterRow], Cell]]:
    return {
        "name": lambda row: Cell(row.name, tone="text3" if row.person.retired else "text", strong=True),
        "minutes": lambda row: Cell(row.minutes, tone="warn" if _is_used_up(row) else "text2"),
    }


def _is_used_up(row: InterpreterRow) -> bool:
    agreed = row.person.minutes_per_month
    return bool(agreed) and row.line.load.booked >= (agreed or 0)
