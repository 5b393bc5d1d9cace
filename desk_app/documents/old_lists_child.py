"""Takes a foreign table apart in a process of its own, which holds no secret and may die of what it reads.

The bytes come in over standard input, rows go out over standard output as one JSON value per line. The process opens
no file, runs no formula and follows no link. A workbook is measured and packed anew before any of its XML is parsed,
so what was measured is exactly what is read.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import date, datetime
from io import BytesIO
from typing import Any, BinaryIO, Final
from zipfile import ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from desk_app.documents import reading_child
from desk_app.documents.old_lists_limits import (
    MOST_BYTES,
    MOST_CELL,
    MOST_COLUMNS,
    MOST_PARTS,
    MOST_ROWS,
    MOST_SHEETS,
    MOST_TIMES,
    MOST_UNPACKED,
)
from desk_app.documents.reading_child import EMPTY, STRANGE, TOO_LARGE, RefusedError, Tell

PROTECTED: Final = "password"
"""Why a file was refused, besides the reasons of `reading_child`."""

_ZIP = b"PK\x03\x04"
_OLD_OFFICE = b"\xd0\xcf\x11\xe0"  # .xls, and a workbook with a password
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_READ_PARTS = (".xml", ".rels", ".bin")  # neither pictures nor macros are unpacked
_NEVER_PARTS = ("vbaproject.bin", "printersettings")
_DECLARED = tuple(
    mark.lower()
    for mark in (b"<!doctype", b"<!entity", "<!DOCTYPE".encode("utf-16-le"), "<!DOCTYPE".encode("utf-16-be"))
)
_IN_EACH = b"!"
"""Stands in each of those marks; most parts hold none, and looking for one byte is quick."""
_LOOKED_AT = ("meta-inf/manifest.xml", "xl/workbook.xml")
_CHUNK = 1 << 16
_TOLD_EVERY = 500
_LARGE = 1e15
"""From here on a number is kept as text: it is a mark of something, and its digits count."""


def serve(source: BinaryIO, target: BinaryIO) -> int:
    """Read the table in ``source`` and write its rows to ``target``; the exit status, 0 also for a refused file."""
    return reading_child.serve(source, target, MOST_BYTES, read)


def main() -> int:
    """The hidden command of the program's own executable."""
    import python_calamine  # noqa: F401  # while the file may still be being chosen

    return serve(sys.stdin.buffer, sys.stdout.buffer)


def read(content: bytes, tell: Tell) -> None:
    """Tell the rows of a table in batches, after each sheet they stand in. Raises RefusedError, and anything else."""
    if not content.strip(b"\0 \r\n\t"):
        raise RefusedError(EMPTY)
    if content.startswith(_ZIP):
        packed, from_1904 = _repacked(content)
        tell({"allow": 1 + len(packed) // 10_000_000, "from_1904": from_1904})
        found = _workbook(packed, tell)
    elif content.startswith(_OLD_OFFICE):
        if _ENCRYPTED in content:
            raise RefusedError(PROTECTED)
        tell({"allow": 1 + len(content) // 5_000_000, "from_1904": False})
        found = _workbook(content, tell)
    else:
        tell({"allow": 1 + len(content) // 5_000_000, "from_1904": False})
        found = _text_table(content, tell)
    if not found:
        raise RefusedError(EMPTY)


def _repacked(content: bytes) -> tuple[bytes, bool]:
    """The parts of a workbook that are read, unpacked under measure and without any document type; 1904 or not."""
    made = BytesIO()
    from_1904 = False
    try:
        with ZipFile(BytesIO(content)) as archive, ZipFile(made, "w", ZIP_STORED) as kept:
            for part in _measured(archive):
                name = part.filename.lower()
                looked_at = []
                with kept.open(ZipInfo(part.filename), "w") as copy:
                    for piece in _pieces(archive, part):
                        copy.write(piece)
                        if name in _LOOKED_AT:
                            looked_at.append(piece)
                data = b"".join(looked_at)
                if name == "meta-inf/manifest.xml" and b"encryption-data" in data:
                    raise RefusedError(PROTECTED)
                from_1904 |= name == "xl/workbook.xml" and _says_1904(data)
    except (BadZipFile, NotImplementedError, EOFError, RuntimeError, ValueError, OSError) as error:
        encrypted = isinstance(error, RuntimeError) and "encrypted" in str(error)
        raise RefusedError(PROTECTED if encrypted else STRANGE) from None
    return made.getvalue(), from_1904


def _measured(archive: ZipFile) -> list[ZipInfo]:
    parts = archive.infolist()
    if len(parts) > MOST_PARTS:
        raise RefusedError(TOO_LARGE)
    names = [part.filename.lower() for part in parts]
    if len(set(names)) != len(names):
        raise RefusedError(STRANGE)  # one part twice: nobody can say which one counts
    read = [part for part in parts if _is_read(part.filename.lower())]
    if sum(part.file_size for part in read) > MOST_UNPACKED:
        raise RefusedError(TOO_LARGE)
    if any(part.file_size > 1_000_000 and part.file_size > part.compress_size * MOST_TIMES for part in read):
        raise RefusedError(TOO_LARGE)
    return read


def _is_read(name: str) -> bool:
    return name == "mimetype" or (name.endswith(_READ_PARTS) and not any(odd in name for odd in _NEVER_PARTS))


def _pieces(archive: ZipFile, part: ZipInfo) -> Iterator[bytes]:
    """One part; zipfile stops at the size it claims and checks its sum."""
    before = b""
    with archive.open(part) as stream:
        while piece := stream.read(_CHUNK):
            if not part.filename.endswith(".bin") and _declares(before + piece):
                raise RefusedError(STRANGE)
            before = piece[-20:]
            yield piece


def _declares(xml: bytes) -> bool:
    """Whether a piece of XML begins a document type or an entity."""
    if _IN_EACH not in xml:
        return False
    folded = xml.lower()
    return any(mark in folded for mark in _DECLARED)


def _says_1904(workbook: bytes) -> bool:
    return any(mark in workbook for mark in (b'date1904="1"', b'date1904="true"', b"date1904='1'"))


def _workbook(content: bytes, tell: Tell) -> bool:
    """Tell every sheet of cells, the visible ones first; whether any row was found."""
    from python_calamine import CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

    try:
        book = CalamineWorkbook.from_filelike(BytesIO(content))
    except PasswordError:
        raise RefusedError(PROTECTED) from None
    sheets = [sheet for sheet in book.sheets_metadata if sheet.typ == SheetTypeEnum.WorkSheet]
    shown = [sheet for sheet in sheets if sheet.visible == SheetVisibleEnum.Visible]
    hidden = [sheet for sheet in sheets if sheet.visible == SheetVisibleEnum.Hidden]
    found = False
    for about in (*shown, *hidden)[:MOST_SHEETS]:
        sheet = book.get_sheet_by_name(about.name)
        if sheet.start is None:
            continue
        merged = [[top + 1, left, bottom + 1, right] for (top, left), (bottom, right) in sheet.merged_cell_ranges or ()]
        tell({
            "sheet": about.name[:100], "hidden": about in hidden, "rows": sheet.height, "merged": merged[:MOST_ROWS],
        })  # fmt: skip
        found |= _tell_rows(_placed(sheet.iter_rows(), sheet.start[1]), tell)
    return found


def _placed(rows: Iterator[list[Any]], first_column: int) -> Iterator[tuple[int, list[Any]]]:
    """Rows with their number in the sheet and with cells from column A on, which calamine leaves out when empty."""
    for number, row in enumerate(rows, 1):
        yield number, [None] * first_column + row


def _text_table(content: bytes, tell: Tell) -> bool:
    from desk_app.documents import csv_text
    from desk_app.domain.errors import StrangeTable

    try:
        rows = csv_text.records(csv_text.decode(content))
    except StrangeTable:
        raise RefusedError(STRANGE) from None
    tell({"sheet": "", "hidden": False, "rows": len(rows), "merged": []})
    return _tell_rows(enumerate(rows, 1), tell)


def _tell_rows(rows: Iterator[tuple[int, list[Any]]] | enumerate[list[str]], tell: Tell) -> bool:
    """Tell the rows in batches, without empty ones and without empty cells at their ends."""
    found, batch = False, []
    for number, values in rows:
        cells = [
            value.strip() or None if type(value) is str and len(value) <= MOST_CELL
            else value if type(value) is float and -_LARGE < value < _LARGE
            else _plain(value)
            for value in values[: MOST_COLUMNS + 1]
        ]  # fmt: skip
        while cells and cells[-1] is None:
            cells.pop()
        if not cells:
            continue
        if number > MOST_ROWS or len(cells) > MOST_COLUMNS:
            raise RefusedError(TOO_LARGE)
        found = True
        batch.append([number, cells])
        if len(batch) == _TOLD_EVERY:
            tell({"lines": batch})
            batch = []
    if batch:
        tell({"lines": batch})
    return found


def _plain(value: Any) -> Any:
    """A cell that is neither text nor a usual number as JSON says it; ``["d", "2015-04-03"]`` for a day."""
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, date) and not isinstance(value, datetime):
        return ["d", value.isoformat()]
    if isinstance(value, datetime):
        whole = value.hour == value.minute == value.second == 0
        return ["d", value.date().isoformat()] if whole else value.strftime("%d.%m.%Y %H:%M")
    if isinstance(value, (int, float)):
        return value if abs(value) < _LARGE else str(value)
    return str(value)[:MOST_CELL].strip() or None
