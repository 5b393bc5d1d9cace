"""The rows of the list of families."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QRectF, Signal
from PySide6.QtGui import QPainter, QResizeEvent
from PySide6.QtWidgets import QStyleOptionViewItem

from desk_app.domain.lists import Arrangement, Column
from desk_app.gui.painting import box, text, width_of
from desk_app.gui.row_cells import RowDelegate
from desk_app.gui.row_table import Cell, Index, RowTable
from desk_app.gui.row_view import RowView
from desk_app.gui.theme import Theme
from desk_app.i18n import _
from desk_app.presenters.families import FamilyLine
from desk_app.presenters.family_columns import COLUMNS, SHOWN_PLAINLY, words
from desk_app.presenters.family_lines import ShownFamilies

_NARROW = 700
_NOT_READ = Cell("…", tone="text3")


class _FamilyDelegate(RowDelegate):
    """Paints the state as a chip."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        model = index.model()
        column = model.column_at(index.column()) if isinstance(model, RowTable) else None
        if column is None or column.key != "state":
            super().paint(painter, option, index)
            return
        words = str(index.data())
        if not words:
            return
        theme = Theme.current()
        font = theme.font("caption")
        area = QRectF(option.rect)
        height = theme.px(22)
        width = min(width_of(words, font) + theme.px(14), area.width() - 8)
        chip = QRectF(area.left(), area.center().y() - height / 2, width, height)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box(painter, chip, 5, "accent_tint")
        text(painter, chip.adjusted(theme.px(7), 0, -theme.px(6), 0), words, font, "accent_text")
        painter.restore()


def _plain(column: Column) -> Callable[[FamilyLine], Cell]:
    return lambda line: Cell(words(line, column))


def _name(line: FamilyLine) -> Cell:
    if line.id is None:
        return _NOT_READ
    return Cell(
        line.name, line.found, tone="text", strong=True, avatar=line.name,
        marks=line.marks, detail_marks=line.found_marks,
    )  # fmt: skip


def _people(line: FamilyLine) -> Cell:
    if line.id is None:
        return Cell("")
    return Cell(line.people or _("noch niemand"), tone="text2" if line.people else "text3")


class FamilyRows(RowView):
    """One line for each family; Eingabe opens, letters jump to a name."""

    letters_typed = Signal(str)
    """The letters a name begins with that somebody wants to jump to."""

    def __init__(self) -> None:
        table = RowTable(
            Arrangement().of(COLUMNS),
            show={
                "name": _name,
                "people": _people,
                "state": lambda line: Cell(line.state),
                "changed": lambda line: Cell(line.changed, tone="text3"),
                **{column.key: _plain(column) for column in SHOWN_PLAINLY},
            },
            words=lambda line: str(line.spoken),
        )
        super().__init__(table, _("Liste der Familien"))
        table.setParent(self)
        self.setItemDelegate(_FamilyDelegate(self))
        self._place = 0

    def show_lines(self, lines: Sequence[FamilyLine]) -> None:
        """Show these rows; the keyboard stays on its family where that is still there."""
        self._place = lines.place if isinstance(lines, ShownFamilies) else 0
        here, before = self.currentIndex().row(), self.current_row()
        if len(lines) == self.table.rowCount() and here == self._place and lines[here].id == before.id:
            self.table.swap_rows(lines)
            return
        scrolled = self.verticalScrollBar().value()
        self.table.set_rows(lines)
        self.verticalScrollBar().setValue(scrolled)
        self.scrollTo(self.currentIndex())

    def first_place(self) -> int:
        return self._place

    def refit(self) -> None:
        super().refit()
        self.verticalHeader().setDefaultSectionSize(Theme.current().px(46))

    def keyboardSearch(self, search: str) -> None:
        self.letters_typed.emit(search)

    def fold(self) -> None:
        """Leave out what a narrow window has no room for."""
        self.hide_columns({"people"} if self.width() < Theme.current().px(_NARROW) else set())

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.fold()
        super().resizeEvent(event)
