"""Writes a Listing as an Excel workbook that a person can read, filter, print and answer.

Text stays text: nothing typed into a field becomes a formula, an error value or a link in the workbook.
The sheet is built in memory, because openpyxl would otherwise lay it open in the system's temporary folder.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from io import BytesIO
from itertools import groupby
from types import MappingProxyType
from typing import BinaryIO
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._writer import WorksheetWriter
from openpyxl.worksheet.dimensions import RowDimension, SheetDimension
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.writer.excel import ExcelWriter

from desk_app.documents.xlsx_form import lock, put_choices, rule_for
from desk_app.documents.xlsx_measure import MOST_LINES, fitting_width, lines_of
from desk_app.domain.lists import Align, Column, Gap, Kind, Listing, Value, cell, shown
from desk_app.i18n import _

TEXT_LIMIT = 32_767  # UTF-16 code units in one cell; "Excel specifications and limits", Microsoft
ROW_HEIGHT = 21.0  # points
_LINE_HEIGHT = 12.0
_MARGIN = 2.5  # characters: indent on one side, air on the other
_DAY_FORMAT = "DD.MM.YYYY"
_ANSWER_FORMATS = {Kind.DATE: _DAY_FORMAT, Kind.NUMBER: "General"}  # else text, or "7-8" becomes a day in August
_FIRST_DAY = date(1900, 3, 1)  # before it Excel's calendar has a 29 February 1900

_INK, _SOFT, _MISSING = "1B1D21", "4A4E55", "A52A26"
_RULE = Side("medium", color="1F5496")
_HAIR = Side("thin", color="DEDBD5")
_HEAD_TINT, _ANSWER_HEAD_TINT, _ANSWER_TINT = (PatternFill("solid", fgColor=c) for c in ("E4ECF7", "FBF0D9", "FFFAEE"))

# what XML cannot carry (production Char of XML 1.0), and what a spreadsheet would read as an escape (ECMA-376
# part 1, 22.9.2.19: _x0041_ is an A)
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_ODD = re.compile(f"{_UNWRITABLE.pattern}|\r|_x")
_ESCAPE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
_LOOKS_LIKE_INPUT = tuple("=+-@#'\t\r\n")  # would be taken for something else when the cell is edited


def write(
    listing: Listing,
    target: BinaryIO,
    *,
    answers: bool,
    step: Callable[[int], object] | None = None,
    marker: str = "",
    more: Sequence[Listing] = (),
) -> tuple[str, ...]:
    """Write `listing` to `target`; with `answers`, also the columns the recipient fills in.

    With a `marker` the sheet is a form: all but the answers is locked, a hidden row above the headings has the keys
    of the columns, and the marker lies on a hidden sheet. `more` lists follow on sheets of their own. `step` is called
    with the number of rows done and may raise to stop. Returns a German note for each text that could not be written
    as it is (row and column, never the text itself).
    """
    book = Workbook()
    book.calculation.fullCalcOnLoad = False  # nothing to calculate, so no question when the list is closed
    made = datetime.now(UTC).replace(tzinfo=None)
    properties = book.properties
    properties.creator = properties.lastModifiedBy = "Trittstein"
    properties.title = listing.file_stem
    properties.created = properties.modified = made
    properties.language = "de-DE"
    columns = tuple(column for column in listing.columns if answers or column.kind is not Kind.ANSWER)
    others = [(book.create_sheet(), each) for each in more]
    choices = put_choices(book, marker, columns) if marker else {}
    pages = {book.active: _Page(book.active, listing, columns, step, choices, form=bool(marker))}
    pages |= {sheet: _Page(sheet, each, each.columns) for sheet, each in others}
    with ZipFile(target, "w", ZIP_DEFLATED) as archive:
        _BookWriter(book, archive, pages).write_data()
    return tuple(note for page in pages.values() for note in page.notes)


class _BookWriter(ExcelWriter):  # type: ignore[misc]  # openpyxl is untyped
    def __init__(self, book: Workbook, archive: ZipFile, pages: "Mapping[Worksheet, _Page]") -> None:
        super().__init__(book, archive)
        self._pages = pages

    def write_worksheet(self, sheet: Worksheet) -> None:
        out = BytesIO()
        page = self._pages.get(sheet)
        writer = WorksheetWriter(sheet, out) if page is None else _SheetWriter(sheet, out, page)
        writer.write()
        self._archive.writestr(sheet.path[1:], out.getvalue())
        self.manifest.append(sheet)


class _SheetWriter(WorksheetWriter):  # type: ignore[misc]  # openpyxl is untyped
    def __init__(self, sheet: Worksheet, out: BytesIO, page: "_Page") -> None:
        super().__init__(sheet, out)
        self._page = page

    def write_dimensions(self) -> None:
        self.xf.send(SheetDimension(self._page.extent).to_tree())

    def rows(self) -> Iterator[tuple[int, list[Cell]]]:
        return self._page.lines()


class _Page:
    """The sheet: title, context, head, then one line per row of the listing."""

    def __init__(
        self,
        sheet: Worksheet,
        listing: Listing,
        columns: tuple[Column, ...],
        step: Callable[[int], object] | None = None,
        choices: Mapping[str, str] = MappingProxyType({}),
        *,
        form: bool = False,
    ) -> None:
        self.notes: list[str] = []
        self._sheet = sheet
        self._listing = listing
        self._columns = columns
        self._step = step
        self._values = [[_written(cell(row, column)) for column in columns] for row in listing.rows]
        contents = zip(*self._values, strict=True) if self._values else ((),) * len(columns)
        self._widths = [fitting_width(*pair) for pair in zip(columns, contents, strict=True)]
        self._looks: dict[tuple[int, type, bool, int], Cell] = {}
        self._heights = {
            lines: RowDimension(sheet, height=ROW_HEIGHT + (lines - 1) * _LINE_HEIGHT)
            for lines in range(1, MOST_LINES + 1)
        }
        grouped = any(column.group for column in columns)
        above = len(listing.context) + 2  # title, context, and an empty row
        self._group_row = above + 1 if grouped else None
        self._key_row = above + grouped + 1 if form else None
        self._head_row = above + grouped + form + 1
        self._first_row = self._head_row + 1
        self._last_row = self._head_row + len(listing.rows)
        self.extent = f"A1:{get_column_letter(len(columns))}{self._last_row}"
        self._set_up_sheet()
        self._set_up_paper()
        if form:
            lock(sheet)
        for place, column in enumerate(columns, 1):
            self._hint(place, column, choices.get(column.key, ""))

    def _set_up_sheet(self) -> None:
        sheet, head = self._sheet, self._head_row
        name = self._listing.sheet or self._listing.file_stem.split("_")[0]
        sheet.title = re.sub(r"[][:*?/\\']", "", name)[:31] or _("Liste")
        for place, (column, width) in enumerate(zip(self._columns, self._widths, strict=True), 1):
            dimension = sheet.column_dimensions[get_column_letter(place)]
            dimension.width = width + _MARGIN
            dimension.hidden = column.hidden
        sheet.sheet_view.showGridLines = False
        sheet.freeze_panes = f"{get_column_letter(self._listing.name_columns + 1)}{self._first_row}"
        sheet.auto_filter.ref = f"A{head}:{get_column_letter(len(self._columns))}{self._last_row}"
        empty = len(self._listing.context) + 2
        heights = {1: 26.0, **dict.fromkeys(range(2, empty), 16.0), empty: 8.0, head: 34.0}
        if self._group_row:
            heights[self._group_row] = 15.0
        for row, height in heights.items():
            sheet.row_dimensions[row].height = height
        if self._key_row:
            sheet.row_dimensions[self._key_row].hidden = True

    def _set_up_paper(self) -> None:
        sheet = self._sheet
        sheet.page_setup.orientation = "landscape"
        sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
        sheet.sheet_properties.pageSetUpPr.fitToPage = True
        sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 2 if self._key_row else 1, 0
        if self._key_row:  # wide: the answers go on a second sheet of paper, beside the names
            sheet.print_title_cols = f"A:{get_column_letter(max(1, self._listing.name_columns))}"
        sheet.print_title_rows = f"{self._group_row or self._head_row}:{self._head_row}"
        margins = sheet.page_margins
        margins.left = margins.right = 0.45  # inches
        margins.top, margins.bottom, margins.footer = 0.5, 0.75, 0.35
        sheet.oddFooter.left.text = _("Vertraulich")
        sheet.oddFooter.right.text = _("Seite {page} von {pages}").format(page="&P", pages="&N")
        sheet.HeaderFooter.scaleWithDoc = False
        for part in (sheet.oddFooter.left, sheet.oddFooter.right):
            part.font, part.size = "Arial,Regular", 8

    def _hint(self, place: int, column: Column, choices: str) -> None:
        """Offer choices and warn of slips in a column for answers; the recipient may still write anything."""
        rule = rule_for(column, choices)
        if column.kind is Kind.ANSWER and rule is not None and self._listing.rows:
            letter = get_column_letter(place)
            rule.add(f"{letter}{self._first_row}:{letter}{self._last_row}")
            self._sheet.add_data_validation(rule)

    def lines(self) -> Iterator[tuple[int, list[Cell]]]:
        """All rows from the top, each with its cells; the cells are used again for the next row."""
        yield from self._top()
        for number, values in enumerate(self._values, self._first_row):
            yield number, self._line(number, values)
            if self._step is not None:
                self._step(number - self._head_row)

    def _top(self) -> Iterator[tuple[int, list[Cell]]]:
        title = self._new_cell(1, Font("Arial", 15, bold=True, color=_INK))
        yield 1, [self._put(title, 1, self._listing.title)]
        soft = self._new_cell(1, Font("Arial", 9.5, color=_SOFT))
        for number, text in enumerate(self._listing.context, 2):
            yield number, [self._put(soft, number, text)]
        yield len(self._listing.context) + 2, []
        if self._group_row:
            yield self._group_row, self._groups(self._group_row)
        if self._key_row:
            keys = [self._new_cell(place, Font("Arial", 9, color=_SOFT)) for place in range(1, len(self._columns) + 1)]
            pairs = zip(keys, self._columns, strict=True)
            yield self._key_row, [self._put(made, self._key_row, column.key) for made, column in pairs]
        yield self._head_row, [self._heading(place, column) for place, column in enumerate(self._columns, 1)]

    def _groups(self, number: int) -> list[Cell]:
        cells = []
        places = enumerate(self._columns, 1)
        for group, members in groupby(places, key=lambda member: member[1].group):
            if group:
                made = self._new_cell(next(members)[0], Font("Arial", 9, bold=True, color=_SOFT))
                made.alignment = Alignment("left", "center", indent=1)
                cells.append(self._put(made, number, _(group)))
        return cells

    def _heading(self, place: int, column: Column) -> Cell:
        made = self._new_cell(place, Font("Arial", 9, bold=True, color=_INK))
        made.alignment = Alignment(column.alignment.value, "center", wrap_text=True, indent=_indent(column))
        made.fill = _ANSWER_HEAD_TINT if column.kind is Kind.ANSWER else _HEAD_TINT
        made.border = Border(bottom=_RULE)
        return self._put(made, self._head_row, column.heading)

    def _line(self, number: int, values: Sequence[Value]) -> list[Cell]:
        cells = []
        tallest = 1
        for place, value in enumerate(values, 1):
            quoted, lines = False, 1
            if isinstance(value, str):
                quoted = value.startswith(_LOOKS_LIKE_INPUT)
                lines = lines_of(value, self._widths[place - 1])
                tallest = max(tallest, lines)
            look = (place, type(value), quoted, lines)
            made = self._looks.get(look)
            if made is None:
                made = self._looks[look] = self._new_look(*look)
            cells.append(self._put(made, number, value))
        self._sheet.row_dimensions[number] = self._heights[min(tallest, MOST_LINES)]
        return cells

    def _put(self, into: Cell, number: int, value: Value) -> Cell:
        into.row = number
        if isinstance(value, str) and value:
            # past openpyxl's own look at it, which takes "=…" for a formula and "#NAME?" for an error, and costs time
            into._value = self._writable(value, number, into.column)  # noqa: SLF001
            into.data_type = "s"
        elif value not in (None, "") or into.value is not None:
            into.value = None if value == "" else value
        return into

    def _writable(self, text: str, number: int, place: int) -> str:
        if len(text) <= TEXT_LIMIT // 2 and not _ODD.search(text):
            return text
        text = text.replace("\r\n", "\n").replace("\r", "\n")  # as XML would on reading
        text, odd = _UNWRITABLE.subn("\N{REPLACEMENT CHARACTER}", text)
        if odd:
            self._note(number, place, _("Ein unsichtbares Steuerzeichen wurde durch � ersetzt."))
        units = text.encode("utf-16-le")
        if len(units) > TEXT_LIMIT * 2:
            text = units[: (TEXT_LIMIT - 1) * 2].decode("utf-16-le", "ignore") + "…"
            self._note(number, place, _("Der Text ist für Excel zu lang und wurde am Ende gekürzt."))
        return _ESCAPE.sub("_x005F_", text)

    def _note(self, number: int, place: int, what: str) -> None:
        heading = self._columns[place - 1].heading_line
        where = _("Zeile {row}, Spalte „{column}“:").format(row=number, column=heading)
        self.notes.append(f"{where} {what}")

    def _new_look(self, place: int, kind: type, quoted: bool, lines: int) -> Cell:
        """A cell for values of type `kind` in the column at `place`: made once, used for all rows that fit."""
        column = self._columns[place - 1]
        ink = _MISSING if issubclass(kind, Gap) else _INK
        made = self._new_cell(place, Font("Arial", 10, bold=column.kind is Kind.STRONG, color=ink))
        upright = "center" if lines <= MOST_LINES else "top"
        made.alignment = Alignment(column.alignment.value, upright, wrap_text=lines > 1 or None, indent=_indent(column))
        made.border = Border(bottom=_HAIR)
        if column.kind is Kind.ANSWER:
            made.fill = _ANSWER_TINT
            made.border = Border(left=_HAIR, right=_HAIR, bottom=_HAIR)
            made.protection = Protection(locked=False)
            made.number_format = _ANSWER_FORMATS.get(column.expects, "@")
        elif issubclass(kind, date):
            made.number_format = _DAY_FORMAT
        if quoted:
            made.quotePrefix = True
        return made

    def _new_cell(self, place: int, font: Font) -> Cell:
        made = Cell(self._sheet, column=place)
        made.font = font
        return made


def _indent(column: Column) -> int:
    return 0 if column.alignment is Align.CENTER else 1


def _written(value: Value) -> Value:
    """`value` as the workbook can hold it: ja and nein, and days outside Excel's calendar, become words."""
    if isinstance(value, bool):
        return shown(value)
    if isinstance(value, date) and value.toordinal() < _FIRST_DAY.toordinal():
        return shown(value)
    return value
