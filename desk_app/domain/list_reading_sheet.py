"""A foreign table as it was read from its file: sheets of rows of plain cells, each with its address."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from desk_app.domain.lists import shown

Cell = str | float | bool | date | None
"""Text is stripped and never empty; numbers are floats, whatever they stand for; None is an empty cell."""


class SheetRow(NamedTuple):
    """One row that is not empty: `number` as a spreadsheet counts, from 1; cells from column A on."""

    number: int
    cells: tuple[Cell, ...]

    def cell(self, place: int) -> Cell:
        """The cell of a column counted from 0; None beyond the last one that is filled."""
        return self.cells[place] if 0 <= place < len(self.cells) else None

    @property
    def filled(self) -> int:
        return len(self.cells) - self.cells.count(None)


@dataclass(frozen=True, slots=True)
class Merged:
    """Cells shown as one, whose content stands in the first: rows from 1, columns from 0, ends included."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True)
class Sheet:
    """One sheet of a workbook, or the whole of a text file (then without a name)."""

    name: str
    rows: tuple[SheetRow, ...]
    merged: tuple[Merged, ...] = ()
    hidden: bool = False

    @property
    def width(self) -> int:
        return max((len(row.cells) for row in self.rows), default=0)

    def address(self, row: int, column: int) -> str:
        """Where a cell stands, as a spreadsheet says it: "Tabelle1!C17"; "C17" in a text file."""
        place = f"{column_letters(column)}{row}"
        return f"{self.name}!{place}" if self.name else place


@dataclass(frozen=True)
class Book:
    """What a file holds, and the SHA-256 of exactly the bytes that were read."""

    sheets: tuple[Sheet, ...]
    sha256: str
    from_1904: bool = False
    """Whether day numbers count from 1 January 1904, as Excel on old Macs wrote them."""
    notes: tuple[str, ...] = field(default=())
    """German sentences about what was left out."""

    @property
    def row_count(self) -> int:
        return sum(len(sheet.rows) for sheet in self.sheets)


@lru_cache(maxsize=1024)
def column_letters(column: int) -> str:
    """ "A" for 0, "AA" for 26."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def cell_text(cell: Cell) -> str:
    """A cell as it reads: days as TT.MM.JJJJ, whole numbers without decimals."""
    if isinstance(cell, float) and not isinstance(cell, bool) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, float):
        return f"{cell:g}".replace(".", ",")
    return shown(cell)


def texts(row: SheetRow) -> Sequence[str]:
    return [cell_text(cell) for cell in row.cells]
