"""Any listing as a table on screen: one model, one delegate, fixed row height.

The columns come from the same `Listing` that makes the spreadsheet; a page adds how single columns look
(a sign before the state, days in red) as functions from row to `Cell`. Sorting is the caller's: by raw value,
before the rows get here.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from desk_app.casework.search import Marks
from desk_app.domain.lists import Align, Column, Gap, Kind, cell, shown
from desk_app.gui.cover import covered
from desk_app.gui.widgets.signs import RequestSign

CELL = Qt.ItemDataRole.UserRole
ROW = Qt.ItemDataRole.UserRole + 1

_DISPLAYED = Qt.ItemDataRole.DisplayRole
_FLAGS = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
_TICK_FLAGS = _FLAGS | Qt.ItemFlag.ItemIsUserCheckable

Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True)
class Cell:
    """How one cell looks: words, quieter words behind, a second line below, at most one sign before."""

    text: str
    detail: str = ""
    second: str = ""
    tone: str = "text2"
    strong: bool = False
    sign: RequestSign | None = None
    ring: tuple[int, int] | None = None
    bar: tuple[int, int] | None = None
    avatar: str = ""
    marks: Marks = ()
    """Letters of ``text`` that were searched for."""
    detail_marks: Marks = ()

    @property
    def words(self) -> str:
        """Everything the cell says, for assistive technology."""
        return " ".join(part for part in (self.text, self.detail, self.second) if part)


Show = Mapping[str, Callable[[Any], Cell]]


def plain_cell(row: object, column: Column) -> Cell:
    """The look of a cell that no page says anything special about."""
    value = cell(row, column)
    strong = column.kind is Kind.STRONG
    tone = "warn" if isinstance(value, Gap) else "text" if strong or column.kind is Kind.CODE else "text2"
    return Cell(shown(value), tone=tone, strong=strong)


class RowTable(QAbstractTableModel):
    """Rows of one listing. With `key`, rows can be ticked; ticks stay with their row when the list changes."""

    ticked = Signal()

    def __init__(
        self,
        columns: Sequence[Column],
        show: Show | None = None,
        key: Callable[[Any], Hashable] | None = None,
        words: Callable[[Any], str] | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._columns = tuple(columns)
        self._show = dict(show or {})
        self._key = key
        self._words = words
        self._rows: Sequence[Any] = ()
        self._ticks: set[Hashable] = set()

    # --- content

    def set_rows(self, rows: Sequence[Any]) -> None:
        """Show these rows; ticks of rows that are gone are dropped."""
        self.beginResetModel()
        self._rows = rows
        if self._key is not None:
            self._ticks &= {self._key(row) for row in rows}
        self.endResetModel()
        self.ticked.emit()

    def swap_rows(self, rows: Sequence[Any]) -> None:
        """The same rows, read anew or further: whoever is on one stays there."""
        assert len(rows) == len(self._rows)
        self._rows = rows
        self.show_again()

    def show_again(self) -> None:
        """What the rows say may be another."""
        if self._rows and self._columns:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._rows) - 1, self.columnCount() - 1))

    def arrange(self, columns: Sequence[Column]) -> None:
        """Show these columns in this order."""
        self.beginResetModel()
        self._columns = tuple(columns)
        self.endResetModel()

    def add_rows(self, rows: Sequence[Any]) -> None:
        """Show these below the others; whoever reads there stays where they are."""
        if rows:
            first = len(self._rows)
            self.beginInsertRows(QModelIndex(), first, first + len(rows) - 1)
            self._rows = [*self._rows, *rows]
            self.endInsertRows()

    @property
    def rows(self) -> Sequence[Any]:
        return self._rows

    @property
    def columns(self) -> tuple[Column, ...]:
        return self._columns

    @property
    def tickable(self) -> bool:
        return self._key is not None

    def row_at(self, place: int) -> Any:
        """The row at `place`, None beyond the end."""
        return self._rows[place] if 0 <= place < len(self._rows) else None

    def column_at(self, place: int) -> Column | None:
        """The column at `place`; None for the ticks."""
        place -= 1 if self.tickable else 0
        return self._columns[place] if 0 <= place < len(self._columns) else None

    # --- ticks

    def is_ticked(self, place: int) -> bool:
        return self._key is not None and self._key(self._rows[place]) in self._ticks

    def ticked_rows(self) -> list[Any]:
        """Ticked rows in the order shown."""
        return [row for place, row in enumerate(self._rows) if self.is_ticked(place)]

    def tick(self, place: int, on: bool | None = None) -> None:
        """Tick a row, take the tick away, or switch it."""
        self.tick_all([place], not self.is_ticked(place) if on is None else on)

    def tick_all(self, places: Sequence[int] | None = None, on: bool = True) -> None:
        """Tick these rows, or all of them."""
        if self._key is None or not self._rows:
            return
        for place in range(len(self._rows)) if places is None else places:
            (self._ticks.add if on else self._ticks.discard)(self._key(self._rows[place]))
        last = len(self._columns)
        self.dataChanged.emit(self.index(0, 0), self.index(len(self._rows) - 1, last))
        self.ticked.emit()

    def tick_state(self) -> Qt.CheckState:
        """All, some or none."""
        count = len(self._ticks)
        if not count:
            return Qt.CheckState.Unchecked
        return Qt.CheckState.Checked if count == len(self._rows) else Qt.CheckState.PartiallyChecked

    # --- Qt

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(self._columns) + (1 if self.tickable else 0)

    def cell_at(self, place: int, column: Column) -> Cell:
        row = self._rows[place]
        special = self._show.get(column.key)
        return special(row) if special is not None else plain_cell(row, column)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        column = self.column_at(index.column())
        if role == ROW:
            return self._rows[index.row()]
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return covered(self._accessible(index, column))
        if column is None:
            return self._tick_data(index.row(), role)
        if role == Qt.ItemDataRole.DisplayRole:
            return covered(self.cell_at(index.row(), column).text)
        if role == CELL:
            return self.cell_at(index.row(), column)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if column.alignment is Align.RIGHT else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        return None

    def _tick_data(self, place: int, role: int) -> Any:
        if role == Qt.ItemDataRole.CheckStateRole:
            return Qt.CheckState.Checked if self.is_ticked(place) else Qt.CheckState.Unchecked
        return None

    def row_words(self, place: int) -> str:
        """The whole row as a sentence for assistive technology."""
        row = self._rows[place]
        if self._words is not None:
            return self._words(row)
        cells = (self.cell_at(place, column).words for column in self._columns)
        return ", ".join(words for words in cells if words)

    def _accessible(self, index: Index, column: Column | None) -> str:
        # the first cell reads the whole row, so that moving up and down tells everything once
        if index.column() == 0:
            return self.row_words(index.row())
        return self.cell_at(index.row(), column).words if column is not None else ""

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.CheckStateRole or self.column_at(index.column()) is not None:
            return False
        self.tick(index.row(), Qt.CheckState(value) == Qt.CheckState.Checked)
        return True

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return super().flags(index)
        # asked for every cell of every frame
        return _TICK_FLAGS if self.tickable and index.column() == 0 else _FLAGS

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        # a heading that is cut for want of room can be read whole under the mouse
        if orientation != Qt.Orientation.Horizontal or role not in (_DISPLAYED, Qt.ItemDataRole.ToolTipRole):
            return None
        column = self.column_at(section)
        return column.heading_line if column is not None else ""
