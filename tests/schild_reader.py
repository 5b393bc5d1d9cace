"""A reader of SchILD-NRW's text files, written from the column lists of the interface alone.

It shares nothing with the program and refuses what SchILD would refuse or misread: wrong separators, empty required
columns, overlong or unknown values.
"""

from __future__ import annotations

import csv
import re
from datetime import date
from pathlib import Path

_COLUMNS = Path(__file__).parent / "school_formats" / "schild.csv"
NAMES = ("SchuelerBasisdaten", "SchuelerZusatzdaten", "SchuelerErzieher", "SchuelerTelefonnummern")
_MARK = b"\xef\xbb\xbf"
Row = dict[str, str]


def columns(name: str) -> list[dict[str, str]]:
    with _COLUMNS.open(encoding="utf-8", newline="") as lines:
        return [row for row in csv.DictReader(lines, delimiter=";") if row["file"] == name]


def read(name: str, content: bytes) -> list[Row]:
    """The rows by heading and position ("Nachname 1"); raises AssertionError where SchILD would stumble."""
    text = content.removeprefix(_MARK).decode("utf-8" if content.startswith(_MARK) else "cp1252")
    assert text.endswith("\r\n")
    header, *lines = text.removesuffix("\r\n").split("\r\n")
    described = columns(name)
    assert header.split("|") == [column["header"] for column in described]
    return [_row(described, line) for line in lines]


def read_set(files: dict[str, bytes]) -> dict[str, list[Row]]:
    """All four files of a set; everybody in a companion must be in the first file, and nobody twice there."""
    assert set(files) == {f"{name}.dat" for name in NAMES}
    rows = {name: read(name, files[f"{name}.dat"]) for name in NAMES}
    pupils = [who(row) for row in rows[NAMES[0]]]
    assert len(set(pupils)) == len(pupils)
    assert all(who(row) in pupils for name in NAMES for row in rows[name])
    return rows


def who(row: Row) -> tuple[str, str, str]:
    return row["Nachname 1"], row["Vorname 2"], row["Geburtsdatum 3"]


def _row(described: list[dict[str, str]], line: str) -> Row:
    assert line.count("|") == len(described) - 1, line
    assert not re.search("[\r\n\t\x0b\x0c\x85\u2028\u2029]", line)
    cells = line.split("|")
    for column, cell in zip(described, cells, strict=True):
        _check(column, cell)
    row = {f"{column['header']} {column['position']}": cell for column, cell in zip(described, cells, strict=True)}
    assert "#" not in row["Nachname 1"] + row["Vorname 2"]
    filled = {
        heading.split(" ")[0]: bool(cell) for heading, cell in row.items() if heading.split(" ")[0] in ("PLZ", "Ort")
    }
    assert filled.get("PLZ") == filled.get("Ort")
    return row


def _check(column: dict[str, str], cell: str) -> None:
    where = f"{column['file']} {column['header']}: {cell!r}"
    if not cell:
        assert column["may_be_empty"] in ("Ja", "(Ja)"), where
        return
    assert cell == cell.strip(), where
    if column["length"]:
        assert len(cell) <= int(column["length"]), where
    if column["allowed"]:
        assert cell in column["allowed"].split(), where
    if column["type"] == "Datum":
        day, month, year = cell.split(".")
        assert len(day) == len(month) == 2, where
        assert date(int(year), int(month), int(day)).year > 1900, where
    if column["type"] == "Zahl":
        assert cell.isdecimal(), where
    if column["type"] == "—":
        raise AssertionError(where)
