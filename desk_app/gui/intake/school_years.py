"""The table of a child's school years: rows that open in place, gaps to fill with one key, a sentence below."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from uuid import UUID

from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from desk_app.domain.child import ChildView
from desk_app.domain.records import FamilyFile, Record, RecordKind, Ref
from desk_app.gui.intake.year_editor import YearEditor
from desk_app.gui.intake.year_rows import YearFoot, YearHead, YearRow
from desk_app.gui.widgets.cards import AddRow
from desk_app.gui.widgets.field import commit_all
from desk_app.i18n import _
from desk_app.presenters import schooling
from desk_app.presenters.choices import Choices
from desk_app.presenters.intake import IntakePresenter
from desk_app.presenters.schooling import YearLine


class SchoolYears(QWidget):
    """The school years of one child. Einfg adds one, Entf takes one out, Strg+Z brings it back."""

    def __init__(
        self, presenter: IntakePresenter, choices: Choices, child: UUID, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._presenter, self._choices, self._child = presenter, choices, child
        self._rows: dict[object, YearRow] = {}
        self._order: list[object] = []
        self._editor: YearEditor | None = None
        self._lines: dict[object, YearLine] = {}
        self._removed: tuple[Ref, str] | None = None
        self.head = YearHead(self)
        self.add_line = AddRow(_("Schuljahr hinzufügen"), keys=_("Einfg"), parent=self)
        self.add_line.clicked.connect(lambda: self.add())
        self.foot = YearFoot(self)
        self.foot.copy.clicked.connect(self._offer_copies)
        self.foot.undo.clicked.connect(presenter.undo)
        self._column = QVBoxLayout()
        self._column.setSpacing(0)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(self.head)
        outer.addLayout(self._column)
        outer.addWidget(self.add_line)
        outer.addWidget(self.foot)

    # --- showing

    def show_file(self, file: FamilyFile) -> None:
        view = self._view(file)
        labels = {key: self._choices.label("countries", key) for key in _countries(view.school_years)}
        lines = schooling.year_lines(view.school_years, view.today, labels)
        self._lines = {_key(line): line for line in lines}
        if self._editor is not None and self._editor.ref.id not in self._lines:
            self._drop_editor()
        self._arrange(self._settled_order(list(self._lines)))
        if self._editor is not None:
            self._editor.show_file(file)
        self.head.setVisible(bool(lines))
        self._show_foot(view)

    def _show_foot(self, view: ChildView) -> None:
        siblings = schooling.siblings_to_copy_to(view) if view.school_years else ()
        copy = ""
        if len(siblings) == 1:
            copy = _("Für {name} kopieren").format(name=schooling.call_name(siblings[0].person))
        elif siblings:
            copy = _("Für Geschwister kopieren")
        if self._removed is not None and self._presenter.newest_removed != self._removed[0]:
            self._removed = None
        removed = self._removed[1] if self._removed else ""
        self.foot.show_words(schooling.years_summary(view), copy, removed)

    def _settled_order(self, wanted: list[object]) -> list[object]:
        """By year; but rows keep still while one of them is open."""
        if self._editor is None:
            return wanted
        kept = [key for key in self._order if key in wanted]
        return kept + [key for key in wanted if key not in kept]

    def _arrange(self, order: list[object]) -> None:
        focused = next((key for key, row in self._rows.items() if row.hasFocus()), None)
        for key in set(self._rows) - set(order):
            row = self._rows.pop(key)
            self._column.removeWidget(row)
            row.hide()
            row.deleteLater()
        place = 0
        for key in order:
            row = self._rows.get(key) or self._new_row(key)
            if row.line != self._lines[key]:
                row.show_line(self._lines[key])
            row.setVisible(self._editor is None or self._editor.ref.id != key)
            place = self._put(row, place)
            if self._editor is not None and self._editor.ref.id == key:
                place = self._put(self._editor, place)
        before, self._order = self._order, order
        if focused is not None and focused not in self._rows:
            self._focus_near(before.index(focused))

    def _put(self, widget: QWidget, place: int) -> int:
        """Have `widget` at `place` of the rows; returns the next place."""
        if self._column.indexOf(widget) != place:
            self._column.insertWidget(place, widget)
        return place + 1

    def _new_row(self, key: object) -> YearRow:
        row = YearRow(self._lines[key], self)
        row.clicked.connect(lambda: self._press(key))
        row.installEventFilter(self)
        if row.more is not None:
            more = row.more
            more.clicked.connect(lambda: self._menu(key).popup(more.mapToGlobal(QPoint(0, more.height()))))
        self._rows[key] = row
        return row

    def first_row(self) -> QWidget:
        """Where to begin with the years: the first row, or the way to add one."""
        return self._rows[self._order[0]] if self._order else self.add_line

    # --- deeds

    def add(self) -> None:
        """Add a school year, ready to be typed."""
        commit_all(self)
        view = self._view(self._presenter.file)
        ref = self._presenter.add(RecordKind.SCHOOL_YEAR, self._child, schooling.new_year(view))
        self.open(ref)

    def open(self, ref: Ref) -> YearEditor:
        """Open one school year in place, with the keyboard at its first open question."""
        if self._editor is None or self._editor.ref != ref:
            commit_all(self)
            self._drop_editor()
            self._editor = YearEditor(self._presenter, self._choices, ref, self)
            self._editor.closed.connect(self.close_editor)
            self._editor.show_file(self._presenter.file)
            self._arrange(self._order)
            self._editor.show()
        self._editor.first_open().control.setFocus(Qt.FocusReason.OtherFocusReason)
        return self._editor

    @property
    def editor(self) -> YearEditor | None:
        return self._editor

    def close_editor(self) -> None:
        """Close the open year; its row takes the focus."""
        if self._editor is None:
            return
        if not self._editor.finish():
            return
        key = self._editor.ref.id
        self._drop_editor()
        self.show_file(self._presenter.file)
        if key in self._rows:
            self._rows[key].setFocus(Qt.FocusReason.OtherFocusReason)

    def remove(self) -> bool:
        """Take out the year with the focus; False when none has it."""
        key = next((key for key, row in self._rows.items() if row.hasFocus()), None)
        record = self._lines[key].record if key is not None else None
        if record is None:
            return False
        self._take_out(record)
        return True

    def _take_out(self, record: Record) -> None:
        years = self._lines[record.id].years
        words = _("Schuljahr {years} entfernt").format(years=years) if years else _("Schuljahr entfernt")
        self._removed = (record.ref, words)
        self._presenter.remove(record.ref)

    def _press(self, key: object) -> None:
        line = self._lines[key]
        if line.record is not None:
            self.open(line.record.ref)
        elif line.gap is not None:
            ref = self._presenter.add(RecordKind.SCHOOL_YEAR, self._child, schooling.gap_year(line.gap))
            if ref.id in self._rows:
                self._rows[ref.id].setFocus(Qt.FocusReason.OtherFocusReason)

    def _menu(self, key: object) -> QMenu:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(_("Bearbeiten"), lambda: self._press(key))
        record = self._lines[key].record
        if record is not None:
            menu.addAction(_("Entfernen"), lambda: self._take_out(record))
        return menu

    def _offer_copies(self) -> None:
        siblings = schooling.siblings_to_copy_to(self._view(self._presenter.file))
        if len(siblings) == 1:
            self.copy_to(siblings[0].id)
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for sibling in siblings:
            name = schooling.call_name(sibling.person)
            menu.addAction(_("Für {name}").format(name=name), partial(self.copy_to, sibling.id))
        menu.popup(self.foot.copy.mapToGlobal(QPoint(0, self.foot.copy.height())))

    def copy_to(self, sibling: UUID) -> None:
        """Give a sibling the same years and places, without the classes."""
        commit_all(self)
        rows = self._view(self._presenter.file).school_years
        self._presenter.copy_to(schooling.copies_for(rows), sibling)

    # --- keys

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(watched, YearRow) and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._row_key(watched, event)
        return super().eventFilter(watched, event)

    def _row_key(self, row: YearRow, event: QKeyEvent) -> bool:
        key = event.key()
        if key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            shown = [self._rows[name] for name in self._order if not self._rows[name].isHidden()]
            place = shown.index(row) + (1 if key == Qt.Key.Key_Down else -1)
            if 0 <= place < len(shown):
                shown[place].setFocus(Qt.FocusReason.OtherFocusReason)
            return True
        if key == Qt.Key.Key_Delete:
            return self.remove()
        if key == Qt.Key.Key_F2 and row.line.record is not None:
            self.open(row.line.record.ref)
            return True
        return False

    def _drop_editor(self) -> None:
        if self._editor is not None:
            editor, self._editor = self._editor, None
            self._column.removeWidget(editor)
            editor.hide()
            editor.deleteLater()

    def _focus_near(self, place: int) -> None:
        """After the row with the focus went: the next one, or what comes after the rows."""
        target = self._rows[self._order[min(place, len(self._order) - 1)]] if self._order else self.add_line
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def _view(self, file: FamilyFile) -> ChildView:
        return ChildView(file, self._child, self._choices.today)


def _countries(rows: Sequence[Record]) -> set[str]:
    return {row.text("country") for row in rows if row.text("country")}


def _key(line: YearLine) -> object:
    """What names a row from one showing to the next: its record, or the gap itself."""
    return line.record.id if line.record is not None else line.gap
