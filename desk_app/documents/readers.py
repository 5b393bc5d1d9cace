"""Reads foreign tables (.xlsx, .csv) into plain rows of text.

A table comes from outside, so nothing in it is trusted: it is measured before it is unpacked, formulas give
their last result, links and macros are never followed. Whatever is wrong with it ends in StrangeTable.
"""

import hashlib
import io
import warnings
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any
from zipfile import ZipFile

from openpyxl import load_workbook

from desk_app.documents import csv_text
from desk_app.domain.errors import StrangeTable
from desk_app.domain.lists import shown
from desk_app.i18n import _

MOST_BYTES = 20_000_000  # of the file itself
MOST_UNPACKED = 50_000_000  # of everything in a workbook
MOST_PARTS = 1_000  # files in a workbook; a real one has about ten per sheet
MOST_TIMES = 200  # a large part may be this many times its packed size; real sheets reach about twenty
MOST_ROWS = 20_000
MOST_COLUMNS = 200

_ZIP = b"PK\x03\x04"
_OLD_OFFICE = b"\xd0\xcf\x11\xe0"  # .xls, and any workbook with a password


@dataclass(frozen=True)
class Row:
    """One row that is not empty: `number` as a spreadsheet counts (from 1), every row with the same many cells.

    Cells are stripped text; days are TT.MM.JJJJ, whole numbers have no decimals, true and false are ja and nein.
    """

    number: int
    cells: tuple[str, ...]


def read_table(path: Path) -> list[Row]:
    """The rows of the first visible sheet of a workbook, or of a CSV file, headings included.

    The content decides what it is, not the name. CSV: in any usual encoding and with any usual delimiter.
    Raises StrangeTable; nothing is imported then.
    """
    return read_with_sha256(path)[0]


def read_with_sha256(path: Path) -> tuple[list[Row], str]:
    """As `read_table`, and the SHA-256 of exactly the bytes that were read, in hexadecimal digits."""
    content = _content(path)
    return _rows(content), hashlib.sha256(content).hexdigest()


def _content(path: Path) -> bytes:
    try:
        if path.stat().st_size > MOST_BYTES:
            raise StrangeTable(_too_large())
        return path.read_bytes()
    except OSError as error:
        raise StrangeTable(
            _(
                "Die Datei lässt sich nicht öffnen. Es wurde nichts übernommen. "
                "Bitte prüfen Sie, ob sie noch da ist und in keinem anderen Programm bearbeitet wird."
            )
        ) from error


def _rows(content: bytes) -> list[Row]:
    if content.startswith(_OLD_OFFICE):
        raise StrangeTable(
            _(
                "Diese Arbeitsmappe ist mit einem Kennwort geschützt oder im alten Format .xls gespeichert. "
                "Es wurde nichts übernommen. Bitte speichern Sie sie in Excel als .xlsx ohne Kennwort."
            )
        )
    table = _workbook_rows(content) if content.startswith(_ZIP) else csv_text.records(csv_text.decode(content))
    rows = list(_tidy(table))
    if not rows:
        raise StrangeTable(
            _("In dieser Tabelle steht nichts. Es wurde nichts übernommen. Bitte prüfen Sie, ob es die richtige ist.")
        )
    width = max(len(row.cells) for row in rows)
    return [Row(row.number, row.cells + ("",) * (width - len(row.cells))) for row in rows]


def _tidy(table: Iterable[Sequence[object]]) -> Iterator[Row]:
    for number, values in enumerate(table, 1):
        filled = [place for place, value in enumerate(values, 1) if value is not None and value != ""]
        cells = [_text(value) for value in values[: filled[-1]]] if filled else []
        if not any(cells):
            continue
        if number > MOST_ROWS or len(cells) > MOST_COLUMNS:
            raise StrangeTable(_too_large())
        yield Row(number, tuple(cells))


def _text(value: object) -> str:
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if value is None or isinstance(value, (bool, date)):
        return shown(value)
    return str(value).strip()


def _workbook_rows(content: bytes) -> list[tuple[Any, ...]]:
    try:
        _measure(content)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what openpyxl leaves out (pictures, colours) is not missed here
            book = load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
            sheet = next(sheet for sheet in book.worksheets if sheet.sheet_state == "visible")
            # whatever size a sheet claims for itself: all rows that are there, and no further than our limits
            return list(sheet.iter_rows(max_row=MOST_ROWS + 1, max_col=MOST_COLUMNS + 1, values_only=True))
    except StrangeTable:
        raise
    except Exception:  # noqa: BLE001 - a crafted workbook can break openpyxl in any way it likes
        raise StrangeTable from None


def _measure(content: bytes) -> None:
    """Refuse a workbook that would grow beyond measure when unpacked; zipfile holds each part to the size it claims."""
    with ZipFile(io.BytesIO(content)) as archive:
        parts = archive.infolist()
    bombs = [part for part in parts if part.file_size > 1_000_000 and part.file_size > part.compress_size * MOST_TIMES]
    if bombs or len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise StrangeTable(_too_large())


def _too_large() -> str:
    return _(
        "Diese Tabelle ist viel größer als erwartet. Es wurde nichts übernommen. "
        "Bitte prüfen Sie, ob es die richtige Datei ist, oder teilen Sie sie auf."
    )
