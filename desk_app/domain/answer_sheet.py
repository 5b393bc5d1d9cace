"""Finds the rows of an answer form in a workbook that came back, whatever happened to it on the way.

Rows may be sorted, filtered, inserted or copied together; columns inserted or moved; the sheet renamed; hidden rows
and columns lost. What a column is says the row of keys above the headings, or the headings where that row is gone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Final

from desk_app.domain.list_reading_sheet import Book, Cell, Sheet, SheetRow, cell_text
from desk_app.domain.names import loose_form

NUMBER: Final = re.compile(r"SP-\d{4}-\d{4,}", re.IGNORECASE)
"""A request ("SP-2026-0147")."""

_FEWEST: Final = 3
"""So many headings make a row of headings; a remark may contain one."""
_NEAR: Final = 4
"""So many rows below its keys a row of headings belongs to them."""
_ODD: Final = re.compile(r"[-\s]*\n[-\s]*")


@dataclass(frozen=True)
class Form:
    """What a form is known by: its columns by heading, those for answers, those that say whose row it is."""

    headings: Mapping[str, str]
    answers: frozenset[str]
    marks: frozenset[str]
    number: str

    def key_of(self, heading: str) -> str:
        """The column of a heading as it may be broken into lines or spelt; empty for another one."""
        return self._loose.get(_loose(heading), "")

    @cached_property
    def _loose(self) -> dict[str, str]:
        return {_loose(words): key for words, key in self.headings.items()}


@dataclass(frozen=True)
class FormRow:
    """One row that may be about a child: its cells by column. Columns that were taken out of the sheet have none."""

    sheet: Sheet
    row: SheetRow
    columns: Mapping[str, int]

    def cell(self, key: str) -> Cell:
        return self.row.cell(self.columns[key]) if key in self.columns else None

    def text(self, key: str) -> str:
        """What a cell says, without needless blanks."""
        return " ".join(cell_text(self.cell(key)).split())

    def address(self, key: str) -> str:
        """Where a cell stands: "Anfragen!V12"; the whole row for a column that is gone."""
        if key in self.columns:
            return self.sheet.address(self.row.number, self.columns[key])
        return f"{self.sheet.name}!{self.row.number}"

    def answered(self, form: Form) -> bool:
        return any(self.cell(key) is not None for key in form.answers)


@dataclass(frozen=True, slots=True)
class Found:
    """The rows of all forms in a workbook in their order; ``others`` are rows that are about no child."""

    rows: tuple[FormRow, ...]
    others: tuple[FormRow, ...] = ()


def find(book: Book, form: Form) -> Found | None:
    """The rows of the form; None for a workbook that holds none. A hidden sheet counts where no visible one does."""
    for hidden in (False, True):
        rows = [row for sheet in book.sheets if sheet.hidden is hidden for row in _rows(sheet, form)]
        if rows:
            about: list[FormRow] = []
            others: list[FormRow] = []
            for row in rows:
                (about if _is_about_a_child(row, form) else others).append(row)
            return Found(tuple(about), tuple(others))
        if any(_columns(row, form) for sheet in book.sheets if sheet.hidden is hidden for row in sheet.rows):
            return Found(())
    return None


def marker_of(book: Book, sheet: str) -> str:
    """What stands below the word "marker" on the hidden sheet; empty where that is lost."""
    for each in book.sheets:
        if each.name == sheet and each.rows and cell_text(each.rows[0].cell(0)) == "marker":
            return cell_text(each.rows[1].cell(0)) if len(each.rows) > 1 else ""
    return ""


def _rows(sheet: Sheet, form: Form) -> Iterator[FormRow]:
    """All rows but those of headings, each with the columns of the headings above it (or the first ones below)."""
    columns: dict[str, int] = {}
    above: list[SheetRow] = []
    keyed_at = 0
    for row in sheet.rows:
        named, by_keys = _columns(row, form), _by_keys(row, form)
        numbered = bool(columns) and bool(NUMBER.fullmatch(cell_text(row.cell(columns.get(form.number, -1)))))
        if by_keys:
            columns, keyed_at = by_keys, row.number
        elif keyed_at and row.number == keyed_at + 1 and not numbered:
            continue  # the headings of the row of keys, however they are worded by now
        elif named:
            columns = columns if keyed_at and row.number - keyed_at < _NEAR else named
        elif columns:
            yield FormRow(sheet, row, columns)
        else:
            above.append(row)
    # whoever sorts the whole sheet sends rows past their headings
    for row in above if columns else ():
        if NUMBER.fullmatch(cell_text(row.cell(columns.get(form.number, -1)))):
            yield FormRow(sheet, row, columns)


def _columns(row: SheetRow, form: Form) -> dict[str, int]:
    return _by_keys(row, form) or _checked({form.key_of(cell): place for place, cell in _texts_backwards(row)}, form)


def _by_keys(row: SheetRow, form: Form) -> dict[str, int]:
    known = set(form.headings.values())
    return _checked({cell: place for place, cell in _texts_backwards(row) if cell in known}, form)


def _texts_backwards(row: SheetRow) -> Iterator[tuple[int, str]]:
    """Of two columns with one name the first counts."""
    return ((place, cell) for place, cell in reversed(list(enumerate(row.cells))) if isinstance(cell, str))


def _checked(columns: dict[str, int], form: Form) -> dict[str, int]:
    columns.pop("", None)
    whose, answers = columns.keys() & form.marks, columns.keys() & form.answers
    return columns if len(columns) >= _FEWEST and whose and answers else {}


def _is_about_a_child(row: FormRow, form: Form) -> bool:
    return any(row.cell(key) is not None for key in form.marks) or row.answered(form)


@lru_cache(maxsize=4096)
def _loose(words: str) -> str:
    return loose_form(_ODD.sub("", words) if "-\n" in words else words).replace("-", "").replace(" ", "")
