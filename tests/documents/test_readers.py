"""Foreign tables become rows of text; whatever is wrong with one ends in a single German message."""

import io
import struct
import zipfile
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from pathlib import Path

import pytest
from openpyxl import Workbook

from desk_app.documents import readers
from desk_app.documents.readers import Row, read_table
from desk_app.domain.errors import StrangeTable

SCHOOLS = [Row(1, ("Nummer", "Name", "Ort")), Row(2, ("100001", "Schule am Löwenzahn", "Mülheim, Broich"))]


def workbook(path: Path, rows: Iterable[Sequence[object]]) -> Path:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    book.save(path)
    return path


def with_part(path: Path, name: str, content: bytes) -> Path:
    """The workbook at `path` with one of its parts exchanged."""
    with zipfile.ZipFile(path) as archive:
        parts = {part: archive.read(part) for part in archive.namelist()}
    parts[name] = content
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for part, data in parts.items():
            archive.writestr(part, data)
    return path


@pytest.fixture
def table(tmp_path: Path) -> Path:
    return tmp_path / "Schulen.xlsx"


def test_a_workbook(table: Path) -> None:
    workbook(table, [["Nummer", "Name", "Ort"], [100001, " Schule am Löwenzahn ", "Mülheim, Broich"]])
    assert read_table(table) == SCHOOLS


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_a_csv_file(table: Path, encoding: str, delimiter: str, newline: str) -> None:
    lines = [("Nummer", "Name", "Ort"), ("100001", "Schule am Löwenzahn", '"Mülheim, Broich"')]
    table.write_bytes("".join(delimiter.join(line) + newline for line in lines).encode(encoding))
    assert read_table(table) == SCHOOLS


def test_the_delimiter_a_file_names_itself(table: Path) -> None:
    table.write_text("sep=|\nNummer|Name, Form; Ort\n", encoding="utf-8")
    assert read_table(table) == [Row(2, ("Nummer", "Name, Form; Ort"))]


def test_a_title_above_the_table_and_decimal_commas_do_not_mislead(table: Path) -> None:
    table.write_text("Schulen, Stand heute\nName;Breite;Länge\nA;51,43;6,88\nB;51,44;6,89\n", encoding="utf-8")
    assert [row.cells for row in read_table(table)][1:] == [
        ("Name", "Breite", "Länge"),
        ("A", "51,43", "6,88"),
        ("B", "51,44", "6,89"),
    ]


def test_a_table_of_one_column(table: Path) -> None:
    table.write_text("Name\nSchule A\n", encoding="utf-8")
    assert read_table(table) == [Row(1, ("Name",)), Row(2, ("Schule A",))]


def test_rows_keep_the_numbers_people_see_and_get_the_same_width(table: Path) -> None:
    expected = [Row(2, ("A", "")), Row(4, ("B", "1")), Row(5, ("", "2"))]
    workbook(table, [[], ["A"], [None, " "], ["B", 1], [None, 2]])
    assert read_table(table) == expected
    table.write_text("\nA\n; \nB;1\n;2\n", encoding="utf-8")
    assert read_table(table) == expected


def test_values_become_the_text_people_see(table: Path) -> None:
    workbook(table, [[date(2026, 11, 17), datetime(2026, 11, 17), 45468.0, 51.4275, True, False, 0, "007"]])
    assert read_table(table)[0].cells == (
        "17.11.2026",
        "17.11.2026",
        "45468",
        "51.4275",
        "ja",
        "nein",
        "0",
        "007",
    )


def test_the_first_sheet_that_can_be_seen(table: Path) -> None:
    book = Workbook()
    book.active.sheet_state = "hidden"
    book.active.append(["hidden"])
    book.create_sheet().append(["seen"])
    book.save(table)
    assert read_table(table) == [Row(1, ("seen",))]


def test_formulas_give_no_more_than_their_last_result(table: Path) -> None:
    workbook(table, [["A", '=WEBSERVICE("http://example.invalid/")', "B"]])
    assert read_table(table)[0].cells == ("A", "", "B")


SHEET = (
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{}</sheetData></worksheet>'
)


@pytest.mark.parametrize("size", ["A1", "A1:XFD1048576"])
def test_a_false_size_hides_nothing_and_takes_no_time(table: Path, size: str) -> None:
    workbook(table, [["A"]])
    rows = "".join(f'<row r="{row}"><c r="A{row}"><v>{row}.0</v></c></row>' for row in (1, 2, 3))
    sheet = SHEET.format(rows).replace("<sheetData>", f'<dimension ref="{size}"/><sheetData>')
    with_part(table, "xl/worksheets/sheet1.xml", sheet.encode())
    assert read_table(table) == [Row(1, ("1",)), Row(2, ("2",)), Row(3, ("3",))]


BOMB = "<!DOCTYPE x [<!ENTITY a 'aaaaaaaaaa'>" + "".join(
    f"<!ENTITY {name} '{f'&{before};' * 10}'>" for before, name in zip("abcdefgh", "bcdefghi", strict=True)
)
LOCAL = "<!DOCTYPE x [<!ENTITY i SYSTEM 'file:///etc/hostname'>"
ENTITY_ROW = '<row r="1"><c r="A1" t="inlineStr"><is><t>&i;</t></is></c></row>'


@pytest.mark.parametrize("start", [BOMB, LOCAL])
def test_entities_are_never_resolved(table: Path, start: str) -> None:
    workbook(table, [["A"]])
    with_part(table, "xl/worksheets/sheet1.xml", (start + "]>" + SHEET.format(ENTITY_ROW)).encode())
    with pytest.raises(StrangeTable):
        read_table(table)


@pytest.mark.parametrize(
    "row",
    [
        '<row r="999999999"><c r="A999999999"><v>1</v></c></row>',
        '<row r="1"><c r="XFD1"><v>1</v></c></row>',
        '<row r="1"><c r="ZZZZZZZZ1"><v>1</v></c></row>',
        '<row r="x"><c r="A1"><v>1</v></c></row>',
        '<row r="1"><c r="A1" t="s"><v>99</v></c></row>',
        '<row r="1"><c r="A1"><v>word</v></c></row>',
        '<row r="1"><c r="A1"><v>1</v>',
    ],
)
def test_crafted_rows_neither_hang_nor_crash(table: Path, row: str) -> None:
    workbook(table, [["A"]])
    with_part(table, "xl/worksheets/sheet1.xml", SHEET.format(row).encode())
    with pytest.raises(StrangeTable):
        read_table(table)


def test_a_small_file_that_unpacks_to_a_huge_one(table: Path) -> None:
    workbook(table, [["A"]])
    with_part(table, "xl/media/picture.bin", bytes(2_000_000))
    with pytest.raises(StrangeTable, match="größer"):
        read_table(table)


def test_a_part_that_lies_about_its_size(table: Path) -> None:
    workbook(table, [["A"]])
    sheet = SHEET.format(" " * 3_000_000).encode()
    content = with_part(table, "xl/worksheets/sheet1.xml", sheet).read_bytes()
    assert content.count(struct.pack("<I", len(sheet))) == 2
    table.write_bytes(content.replace(struct.pack("<I", len(sheet)), struct.pack("<I", 500)))
    with pytest.raises(StrangeTable, match="lässt sich nicht lesen"):
        read_table(table)


def test_too_many_parts(table: Path) -> None:
    workbook(table, [["A"]])
    with zipfile.ZipFile(table, "a") as archive:
        for number in range(readers.MOST_PARTS):
            archive.writestr(f"part{number}", b"")
    with pytest.raises(StrangeTable, match="größer"):
        read_table(table)


def test_limits_of_size(table: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(readers, "MOST_ROWS", 2)
    monkeypatch.setattr(readers, "MOST_COLUMNS", 2)
    workbook(table, [["a", "b"], ["c", "d"]])
    assert len(read_table(table)) == 2
    for rows in ([["a"], ["b"], ["c"]], [["a", "b", "c"]]):
        workbook(table, rows)
        with pytest.raises(StrangeTable, match="größer"):
            read_table(table)
        table.write_text("\n".join(";".join(row) for row in rows), encoding="utf-8")
        with pytest.raises(StrangeTable, match="größer"):
            read_table(table)
    monkeypatch.setattr(readers, "MOST_BYTES", 3)
    with pytest.raises(StrangeTable, match="größer"):
        read_table(table)


def zip_of(name: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr(name, b"text")
    return stream.getvalue()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "steht nichts"),
        (b"\n ; ;\n", "steht nichts"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 and more", "Kennwort"),
        (b"PK\x03\x04 cut short", "lässt sich nicht lesen"),
        (zip_of("word/document.xml"), "lässt sich nicht lesen"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "lässt sich nicht lesen"),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n\x00\x01", "lässt sich nicht lesen"),
        (b"Name;Stra\xdfe\x81\n", "lässt sich nicht lesen"),
        (b'Name;Ort\n;"never closed\n', "lässt sich nicht lesen"),
        (b"Name;Ort\nA;" + b"x" * 200_000 + b"\n", "lässt sich nicht lesen"),
    ],
)
def test_what_is_no_table(table: Path, content: bytes, words: str) -> None:
    table.write_bytes(content)
    with pytest.raises(StrangeTable, match=words) as told:
        read_table(table)
    assert "Schulen" not in str(told.value)


def test_a_file_that_is_gone_or_a_folder(tmp_path: Path) -> None:
    for path in (tmp_path / "gone.xlsx", tmp_path):
        with pytest.raises(StrangeTable, match="nicht öffnen"):
            read_table(path)
