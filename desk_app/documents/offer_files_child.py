"""Takes a foreign file of offers apart in a process of its own, which holds no secret and may die of what it reads.

What kind of file it is says its content, not its name: HSDS or Integreat as JSON, a package of tables, a workbook.
"""

from __future__ import annotations

import csv
import io
import json
import sys
from collections.abc import Iterator
from datetime import date
from itertools import islice
from typing import Any, BinaryIO, Final
from zipfile import BadZipFile, ZipFile

from desk_app.documents import hsds_read, hsds_tables, integreat, offers_xlsx_read, old_lists_child, reading_child
from desk_app.documents.offer_files_limits import MOST_BYTES, MOST_OFFERS, MOST_TEXT, MOST_UNPACKED
from desk_app.documents.old_lists_limits import MOST_PARTS
from desk_app.documents.reading_child import EMPTY, STRANGE, TOO_LARGE, RefusedError, Tell
from desk_app.domain.centre import Json
from desk_app.domain.offer_exchange import FileKind

NO_OFFERS: Final = "no_offers"
"""Why a file was refused, besides the reasons of `reading_child` and of the reading of workbooks."""

_COMPUTING: Final = 30
"""Seconds a file may take."""
_TOLD_EVERY: Final = 200
_ZIP: Final = b"PK\x03\x04"
_OLD_OFFICE: Final = b"\xd0\xcf\x11\xe0"

Reader = hsds_read.Reader | integreat.Reader | offers_xlsx_read.Reader


def serve(source: BinaryIO, target: BinaryIO, today: date) -> int:
    """Read the file in ``source``, write its offers to ``target``; the exit status, 0 also for a refused file."""

    def tell_all(content: bytes, tell: Tell) -> None:
        tell({"allow": _COMPUTING})
        for line in read(content, today):
            tell(line)

    return reading_child.serve(source, target, MOST_BYTES, tell_all)


def main(today: str) -> int:
    """The hidden command of the program's own executable."""
    return serve(sys.stdin.buffer, sys.stdout.buffer, date.fromisoformat(today))


def read(content: bytes, today: date) -> Iterator[Json]:
    """What the file holds, line by line."""
    if not content.strip(b"\0 \r\n\t\xef\xbb\xbf"):
        raise RefusedError(EMPTY)
    kind, reader, as_of = _reader(content, today)
    if len(reader.offers) + len(reader.left_out) > MOST_OFFERS:
        raise RefusedError(TOO_LARGE)
    if not reader.offers and not reader.left_out:
        raise RefusedError(NO_OFFERS)
    yield {"kind": kind.value, "as_of": as_of.isoformat() if as_of else ""}
    yield {"organisations": [each.to_content() for each in reader.organisations.values()]}
    yield {"venues": [each.to_content() for each in reader.venues.values()]}
    offers = iter(reader.offers)
    while batch := list(islice(offers, _TOLD_EVERY)):
        yield {"offers": [[each.where, sorted(each.said), _measured(each.offer.to_content()), list(each.remarks)]
                          for each in batch]}  # fmt: skip
    yield {"left": [[each.where, each.reason] for each in reader.left_out]}


def _reader(content: bytes, today: date) -> tuple[FileKind, Reader, date | None]:
    if content.startswith(_ZIP):
        tables = _tables(content)
        if tables is not None:
            reader = hsds_read.Reader()
            reader.read(hsds_tables.from_tables(tables))
            return FileKind.HSDS_TABLES, reader, _newest(tables.get("service", []))
    elif not content.startswith(_OLD_OFFICE) and content.lstrip(b"\xef\xbb\xbf \r\n\t")[:1] in (b"{", b"["):
        return _of_json(content)
    return FileKind.XLSX, _of_workbook(content, today), None


def _of_json(content: bytes) -> tuple[FileKind, Reader, date | None]:
    found = json.loads(content.decode("utf-8-sig"), parse_constant=_no_number)
    places = integreat.listed(found)
    if places is not None:
        theirs = integreat.Reader()
        theirs.read(_few(places))
        return FileKind.INTEGREAT, theirs, integreat.last_change(places)
    services = hsds_read.listed(found)
    if services is None:
        raise RefusedError(NO_OFFERS)
    reader = hsds_read.Reader()
    reader.read(_few(services))
    return FileKind.HSDS_JSON, reader, _newest(services)


def _of_workbook(content: bytes, today: date) -> offers_xlsx_read.Reader:
    """Through the reading of old lists, which measures and repacks workbooks before it opens them."""
    sheets: list[list[tuple[int, list[Any]]]] = []

    def take(line: dict[str, Any]) -> None:
        if "sheet" in line:
            sheets.append([])
        for number, cells in line.get("lines", ()):
            sheets[-1].append((number, cells))

    old_lists_child.read(content, take)
    reader = offers_xlsx_read.Reader(today)
    if not sum(reader.read(sheet) for sheet in sheets):
        raise RefusedError(NO_OFFERS)
    return reader


def _tables(content: bytes) -> hsds_tables.Tables | None:
    """The tables of a package; ``None`` where it is another kind of zip."""
    try:
        with ZipFile(io.BytesIO(content)) as package:
            parts = {part.filename.rpartition("/")[2]: part for part in package.infolist()}
            if "services.csv" not in parts:
                return None
            files = {name: parts[file] for name, (file, _columns) in hsds_tables.TABLES.items() if file in parts}
            if len(package.infolist()) > MOST_PARTS or sum(part.file_size for part in files.values()) > MOST_UNPACKED:
                raise RefusedError(TOO_LARGE)
            return {name: _rows(package.read(part)) for name, part in files.items()}
    except (BadZipFile, NotImplementedError, RuntimeError, ValueError, OSError):
        raise RefusedError(STRANGE) from None


def _rows(content: bytes) -> list[Json]:
    """The rows; Excel parts cells by semicolons where it is German."""
    text = content.decode("utf-8-sig")
    head = text.partition("\n")[0]
    delimiter = ";" if head.count(";") > head.count(",") else ","
    csv.field_size_limit(MOST_BYTES)
    return [hsds_tables.parsed(row) for row in csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter)]


def _few(found: list[Any]) -> list[Any]:
    if len(found) > MOST_OFFERS:
        raise RefusedError(TOO_LARGE)
    return found


def _newest(services: list[Json]) -> date | None:
    days = [str(each.get("last_modified") or "")[:10] for each in services]
    try:
        return max((date.fromisoformat(day) for day in days if day), default=None)
    except ValueError:
        return None


def _measured(content: Json) -> Json:
    if len(json.dumps(content)) > MOST_TEXT:
        raise RefusedError(TOO_LARGE)
    return content


def _no_number(text: str) -> float:
    raise ValueError(text)
