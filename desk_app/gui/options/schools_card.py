"""The directory of schools: a table, one school beside it to edit, and other people's tables read in."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from desk_app.domain.clock import Clock, local_day
from desk_app.domain.schools import RowProblem
from desk_app.gui.import_progress import ImportProgress
from desk_app.gui.lists.bar import ListBar
from desk_app.gui.options.list_room import share_room
from desk_app.gui.options.school_editor import SchoolEditor
from desk_app.gui.row_table import Cell, RowTable
from desk_app.gui.row_view import RowView
from desk_app.gui.widgets.buttons import Button
from desk_app.gui.widgets.cards import PADDING, Card
from desk_app.gui.widgets.field import commit_all
from desk_app.gui.widgets.import_result import ImportResult
from desk_app.gui.widgets.labels import Label
from desk_app.gui.widgets.scroll import ScrollArea
from desk_app.i18n import _
from desk_app.presenters.schools import SPEC, SchoolLine, SchoolsPresenter

if TYPE_CHECKING:
    from desk_app.presenters.import_job import ImportJob
    from desk_app.presenters.runner import Runner

ChooseTable = Callable[[QWidget], Path | None]

_SIDE = 340
_ROOM = ((1050, {"district", "all_day", "heritage"}), (900, {"source"}), (740, {"street", "postal_code"}))
"""Below which width at 100 % which columns give way; the editor still shows everything."""


def ask_table(parent: QWidget) -> Path | None:
    """Let the user point out a workbook or CSV file; None when they changed their mind."""
    name, _filter = QFileDialog.getOpenFileName(
        parent, _("Schulverzeichnis einlesen"), "", _("Tabellen (*.xlsx *.csv);;Alle Dateien (*)")
    )
    return Path(name) if name else None


def ask_houses(parent: QWidget) -> Path | None:
    """Let the user point out the list of house coordinates; None when they changed their mind."""
    name, _filter = QFileDialog.getOpenFileName(
        parent, _("Hauskoordinaten einlesen"), "", _("Listen (*.txt *.csv);;Alle Dateien (*)")
    )
    return Path(name) if name else None


class _SchoolRows(RowView):
    """Einfg adds a school, Entf takes the current one out."""

    add_asked = Signal()
    remove_asked = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Insert:
            self.add_asked.emit()
        elif event.key() == Qt.Key.Key_Delete:
            self.remove_asked.emit()
        else:
            super().keyPressEvent(event)


class SchoolsCard(QWidget):
    """Table, editor, and above them what the last deed did."""

    def __init__(self, runner: Runner, clock: Clock, parent: QWidget | None = None, refusal: str = "") -> None:
        super().__init__(parent)
        self._presenter = SchoolsPresenter(self, runner)
        self.choose_table: ChooseTable = ask_table
        self.choose_houses: ChooseTable = ask_houses
        self.progress = ImportProgress(self)
        self.result = ImportResult()
        self.result.undo_asked.connect(self._presenter.undo)
        self._table = RowTable(SPEC.columns, _looks(), words=lambda line: str(line.spoken))
        self.rows = _SchoolRows(self._table, _("Verzeichnis der Schulen"), two_lines=True)
        self._table.setParent(self.rows)
        self.bar = ListBar(SPEC, self._presenter, self.rows, runner, clock, refusal=refusal)
        self.editor = SchoolEditor(local_day(clock()))
        self._build()
        self._connect()

    def _build(self) -> None:
        self._card = Card(_("Schulen"), padded=False)
        self._card.body.setContentsMargins(0, 0, 0, 6)
        read_in = Button(_("Tabelle einlesen …"), "secondary", "file-spreadsheet", height="compact")
        read_in.setToolTip(_("Excel oder CSV mit den Spalten Schulnummer und Name"))
        read_in.clicked.connect(self.read_table)
        self._refusal = ""
        add = Button(_("Schule"), "secondary", "plus", _("Einfg"), height="compact")
        add.setAccessibleName(_("Schule hinzufügen"))
        add.clicked.connect(self._begin_new)
        self._edit = Button(_("Bearbeiten"), "secondary", "pencil", _("Eingabe"), height="compact")
        self._edit.clicked.connect(self._edit_current)
        houses = self._build_houses()
        self._changing = (read_in, add, self._edit, self.read_houses_button)
        self._card.head.add_action(read_in)
        self._card.head.add_action(self._edit)
        self._card.head.add_action(add)
        self._card.body.addWidget(self.rows)
        self._card.body.addLayout(houses)
        self._side = ScrollArea()
        self._side.column.addWidget(self.editor)
        self._side.column.addStretch(1)
        self._side.hide()
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addWidget(self._card, 1)
        row.addWidget(self._side)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self.bar)
        column.addWidget(self.result)
        column.addLayout(row, 1)
        self.setFocusProxy(self.rows)

    def _build_houses(self) -> QHBoxLayout:
        """Below the table: how many houses are known, and the way to know more."""
        self.houses = Label("", "small", "text2", wrap=True)
        button = Button(_("Hauskoordinaten einlesen …"), "secondary", "map-pin", height="compact")
        button.setToolTip(_("Die Liste „Hauskoordinaten“ oder „Gebäudereferenzen“ von Geobasis NRW, gern die ganze"))
        button.clicked.connect(self.read_houses)
        self.read_houses_button = button
        row = QHBoxLayout()
        row.setContentsMargins(PADDING, 8, PADDING, 6)
        row.setSpacing(12)
        row.addWidget(self.houses, 1)
        row.addWidget(button)
        return row

    def _connect(self) -> None:
        self.bar.add_keys(self)
        self.bar.arranger.changed.connect(self._share_room)
        self.rows.moved.connect(self._show_current)
        self.rows.opened.connect(lambda _line: self._edit_current())
        self.rows.add_asked.connect(self._begin_new)
        self.rows.remove_asked.connect(self._remove_current)
        self.editor.changed.connect(self._presenter.edit)
        self.editor.added.connect(self._presenter.add)
        self.editor.remove_asked.connect(self._presenter.remove)
        self.editor.closed.connect(self._close_editor)

    # --- what one can do

    def load(self) -> None:
        """Read the directory."""
        self._presenter.load()

    def refuse(self, words: str) -> None:
        """Let everything be read and nothing changed, and say why; empty where it may be changed."""
        self._refusal = words
        for button in self._changing:
            button.setEnabled(not words)
            if words:
                button.setToolTip(words)

    def _refused(self) -> bool:
        """Whether nothing may be changed; a key that would is answered by the reason."""
        if self._refusal:
            self.result.show_result(self._refusal, [], undo=False, tone="warn")
        return bool(self._refusal)

    def print_page(self) -> None:
        """Strg+P: the directory on paper."""
        self.bar.print_list()

    def undo(self) -> None:
        """Take the newest change back."""
        commit_all(self.editor)
        self._presenter.undo()

    def read_table(self) -> None:
        """Let the user choose a table and take its schools over."""
        if self._refused():
            return
        path = self.choose_table(self)
        if path is not None:
            self._presenter.import_table(path)

    def read_houses(self) -> None:
        """Let the user choose the list of house coordinates and take the houses near the schools over."""
        if self._refused():
            return
        path = self.choose_houses(self)
        if path is not None:
            self._presenter.import_houses(path)

    # --- what the presenter shows

    def show_houses(self, words: str) -> None:
        self.houses.setText(words)

    def show_busy(self, job: ImportJob | None) -> None:
        self.progress.follow(job)

    def show_schools(self, lines: tuple[SchoolLine, ...], chosen: str) -> None:
        current = self.rows.current_row()
        wanted = chosen or (current.number if current is not None else "")
        place = max(self.rows.currentIndex().row(), 0)
        self._card.head.set_count(str(len(lines)))
        scrolled = self.rows.verticalScrollBar().value()
        if list(lines) != list(self._table.rows):
            self._table.set_rows(lines)
            self.rows.verticalScrollBar().setValue(scrolled)
        numbers = [line.number for line in lines]
        self.rows.go_to(numbers.index(wanted) if wanted in numbers else min(place, len(lines) - 1))

    def show_result(self, words: str, problems: tuple[RowProblem, ...], *, undo: bool) -> None:
        self.result.show_result(words, [problem.show() for problem in problems], undo=undo and bool(words))

    def show_failed(self, message: str) -> None:
        self.result.show_result(message, [], undo=False, tone="bad")

    # --- how

    def _show_current(self, line: SchoolLine | None) -> None:
        if line is not None and not self._side.isHidden():
            self.editor.show_school(line.school, _source_words(line))

    def _edit_current(self) -> None:
        line = self.rows.current_row()
        if line is not None and not self._refused():
            self._open_editor()
            self.editor.show_school(line.school, _source_words(line))
            self.editor.fields["name"].setFocus()

    def _begin_new(self) -> None:
        if self._refused():
            return
        self._open_editor()
        self.editor.begin_new()

    def _open_editor(self) -> None:
        self._edit.hide()
        self._side.show()
        self._share_room()

    def _remove_current(self) -> None:
        line = self.rows.current_row()
        if line is not None and not self._refused():
            self._presenter.remove(line.school)

    def _close_editor(self) -> None:
        commit_all(self.editor)
        self._side.hide()
        self._edit.show()
        self._share_room()
        self.rows.setFocus()

    def refit(self) -> None:
        self._share_room()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_room()

    def _share_room(self) -> None:
        share_room(self, self._side, _SIDE, self.rows, _ROOM)


def _source_words(line: SchoolLine) -> str:
    stand = _("Stand {day}").format(day=line.as_of) if line.as_of else ""
    return ", ".join(part for part in (line.source, stand) if part)


def _looks() -> dict[str, Callable[[SchoolLine], Cell]]:
    return {
        "name": lambda line: Cell(line.name, tone="text", strong=True),
        "source": lambda line: Cell(line.source, second=_("Stand {day}").format(day=line.as_of), tone="text3"),
    }
