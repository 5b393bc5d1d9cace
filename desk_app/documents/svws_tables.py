"""The tables for SVWS-Import: one workbook each, since the import reads the first sheet, with the headings on top.

Every cell is text, dates as TT.MM.JJJJ and keys with their zeros: the import reads texts, and a real date would pass
through its time zone. The workbook is built in memory, because openpyxl would otherwise lay it open in the system's
temporary folder.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._writer import WorksheetWriter
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.writer.excel import ExcelWriter

from desk_app.domain.schild import Expressed
from desk_app.domain.school_columns import SchoolFile, school_files

SUFFIX = ".xlsx"
_TEXT = "@"
_ESCAPE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")  # a spreadsheet takes _x0041_ for an A (ECMA-376 part 1, 22.9.2.19)
_NO_XML = re.compile("[\ufffe\uffff]")  # production Char of XML 1.0; control characters never come this far
_NARROWEST, _WIDEST = 10, 40


def table_files(expressed: Expressed) -> tuple[tuple[str, bytes], ...]:
    """The three workbooks in the order in which they are imported."""
    return tuple(
        (file.name + SUFFIX, table_bytes(file, expressed.rows[file.name])) for file in school_files(expressed.form)
    )


def table_bytes(file: SchoolFile, rows: Sequence[Sequence[str]]) -> bytes:
    """One table: the headings in the first row, a row for each row."""
    book = Workbook()
    book.calculation.fullCalcOnLoad = False  # nothing to calculate, so no question when the table is closed
    book.properties.creator = "Trittstein"
    sheet = book.active
    sheet.title = file.name.rpartition("_")[2]
    sheet.freeze_panes = "A2"
    bold, body = Font("Arial", 10, bold=True), Font("Arial", 10)
    for place, column in enumerate(file.columns, 1):
        _put(sheet, 1, place, column.header, bold)
        longest = max((len(row[place - 1]) for row in rows), default=0)
        width = min(max(len(column.header), longest, _NARROWEST), _WIDEST) + 2
        sheet.column_dimensions[get_column_letter(place)].width = width
    for number, row in enumerate(rows, 2):
        for place, text in enumerate(row, 1):
            _put(sheet, number, place, text, body)
    target = BytesIO()
    with ZipFile(target, "w", ZIP_DEFLATED) as archive:
        _InMemory(book, archive).write_data()
    return target.getvalue()


class _InMemory(ExcelWriter):  # type: ignore[misc]  # openpyxl is untyped
    def write_worksheet(self, sheet: Worksheet) -> None:
        out = BytesIO()
        WorksheetWriter(sheet, out).write()
        self._archive.writestr(sheet.path[1:], out.getvalue())
        self.manifest.append(sheet)


def _put(sheet: Worksheet, number: int, place: int, text: str, font: Font) -> None:
    if not text:
        return
    cell: Cell = sheet.cell(number, place, _NO_XML.sub("", _ESCAPE.sub("_x005F_", text)))
    cell.data_type = "s"  # openpyxl takes "=…" for a formula
    cell.number_format, cell.font = _TEXT, font
