"""Lists as workbooks, read back by openpyxl and opened by LibreOffice."""

import csv
import gc
import io
import subprocess
import tempfile
import zipfile
from datetime import date
from pathlib import Path

import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from openpyxl.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet

from desk_app.documents import xlsx
from desk_app.domain.errors import ExportCancelled
from desk_app.domain.lists import Align, Column, Gap, Kind, Listing

COLUMNS = (
    Column("number", "Anfrage", Kind.CODE, 12.5),
    Column("surname", "Nachname", Kind.STRONG, 11),
    Column("given", "Vorname", Kind.STRONG, 11),
    Column("born", "Geboren", Kind.DATE, 10),
    Column("age", "Alter", Kind.NUMBER, 6),
    Column("languages", "Familiensprachen", Kind.TEXT, 20),
    Column("measles", "Masernschutz", Kind.FLAG, 8),
    Column("report", "Zeugnis", Kind.FLAG, 8, Align.CENTER),
    Column("school", "Schule", Kind.ANSWER, 20, group="Rückmeldung"),
    Column("grade", "Klasse", Kind.ANSWER, 7, group="Rückmeldung", choices=("5", "6", "EF")),
    Column("start", "ab", Kind.ANSWER, 9, group="Rückmeldung", expects=Kind.DATE),
    Column("seats", "Plätze", Kind.ANSWER, 9, group="Rückmeldung", expects=Kind.NUMBER),
)
KARIM = {
    "number": "SP-2026-0147",
    "surname": "Haddad",
    "given": "Karim",
    "born": date(2013, 6, 2),
    "age": 13,
    "languages": "Arabisch, Kurmandschi",
    "measles": True,
    "report": Gap("keins"),
}
HEAD, FIRST = 6, 7
HOSTILE = [
    "=1+1",
    "=cmd|' /C calc'!A0",
    '=HYPERLINK("http://example.invalid/","x")',
    "@SUM(1)",
    "+49 208 000-0",
    "-",
    "-1",
    "'Abdul",
    "#NAME?",
    "#N/A",
    "TRUE",
    "007",
    "1e5",
    "7-8",
    "<b>fett</b>",
    "</para>",
    '<img src="http://example.invalid/x.png">',
    "&",
    "&amp;",
    "]]>",
    "&P von &N",
    "\u202eabc",
    "\u200fمحمد",
    "Nguyễn Bảo Ngọc",
    "Đorđević",
    "مُحَمَّد",
    " am Rand ",
    "zwei\nZeilen",
    "\tTab",
    "_x0041_",
    "x" * 10_000,
    "Wort " * 2_000,
    "👪" * 5_000,
]


def a_child(**facts: object) -> dict[str, object]:
    return KARIM | facts


def a_listing(*children: dict[str, object]) -> Listing:
    return Listing(
        "Schulplatzanfragen an die Fachberatung Integration",
        COLUMNS,
        children,
        ("Kommunales Integrationszentrum · Stand 17.11.2026", "Vertraulich: nur für die Schulzuweisung."),
        "Schulplatzanfragen_2026-11-17",
    )


def written(listing: Listing, *, answers: bool = True) -> tuple[bytes, tuple[str, ...]]:
    stream = io.BytesIO()
    notes = xlsx.write(listing, stream, answers=answers)
    return stream.getvalue(), notes


def book_of(listing: Listing, *, answers: bool = True) -> Workbook:
    content, _notes = written(listing, answers=answers)
    return load_workbook(io.BytesIO(content))


def sheet_of(listing: Listing, *, answers: bool = True) -> Worksheet:
    return book_of(listing, answers=answers).active


def cell_of(key: str, **facts: object) -> Cell:
    """The one child's cell in the column `key`."""
    place = [column.key for column in COLUMNS].index(key) + 1
    return sheet_of(a_listing(a_child(**facts))).cell(FIRST, place)


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_text_stays_text_in_every_column(text: str) -> None:
    keys = [column.key for column in COLUMNS if column.kind is not Kind.ANSWER]
    content, notes = written(a_listing(dict.fromkeys(keys, text)))
    cells = load_workbook(io.BytesIO(content)).active[FIRST][: len(keys)]
    assert [found.data_type for found in cells] == ["s"] * len(keys)
    in_the_file = "_x005F_x0041_" if text == "_x0041_" else text  # a spreadsheet undoes it, openpyxl does not
    assert [found.value for found in cells] == [in_the_file] * len(keys)
    assert notes == ()


LETTERS = st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="_\ufffe\uffff")


@given(st.lists(st.text(LETTERS), min_size=1, max_size=20))
@settings(max_examples=25, deadline=None)
def test_any_text_stays_text(texts: list[str]) -> None:
    content, notes = written(a_listing(*(a_child(languages=text) for text in texts)))
    cells = next(load_workbook(io.BytesIO(content)).active.iter_cols(6, 6, FIRST))
    assert [found.value for found in cells] == [text or None for text in texts]
    assert {found.data_type for found in cells if found.value} <= {"s"}
    assert notes == ()


@pytest.mark.parametrize("written_as", ["eins\nzwei", "eins\r\nzwei", "eins\rzwei"])
def test_a_new_line_is_a_new_line_however_it_was_typed(written_as: str) -> None:
    assert cell_of("languages", languages=written_as).value == "eins\nzwei"


def test_text_that_looks_like_input_stays_text_when_edited() -> None:
    assert cell_of("surname", surname="=1+1").quotePrefix
    assert cell_of("surname", surname="+49 208").quotePrefix
    assert not cell_of("surname", surname="Haddad").quotePrefix


def test_title_context_and_headings_stay_text_too() -> None:
    sheet = sheet_of(Listing("=1+1", (Column("a", "=2+2", group="=3+3"),), [{"a": 1}], ("=4+4",)))
    assert [(sheet.cell(row, 1).value, sheet.cell(row, 1).data_type) for row in (1, 2, 4, 5)] == [
        ("=1+1", "s"),
        ("=4+4", "s"),
        ("=3+3", "s"),
        ("=2+2", "s"),
    ]


def test_what_xml_cannot_carry_is_replaced_and_told() -> None:
    content, notes = written(a_listing(a_child(), a_child(languages="a\x00b\x0bc\ud800d\uffff")))
    assert load_workbook(io.BytesIO(content)).active.cell(FIRST + 1, 6).value == "a�b�c�d�"
    assert notes == ("Zeile 8, Spalte „Familiensprachen“: Ein unsichtbares Steuerzeichen wurde durch � ersetzt.",)


@pytest.mark.parametrize(("text", "kept"), [("x" * 32_768, 32_766), ("👪" * 16_384, 16_383)])
def test_text_too_long_for_a_cell_is_cut_and_told(text: str, kept: int) -> None:
    content, notes = written(a_listing(a_child(languages=text)))
    assert load_workbook(io.BytesIO(content)).active.cell(FIRST, 6).value == text[:kept] + "…"
    assert notes == ("Zeile 7, Spalte „Familiensprachen“: Der Text ist für Excel zu lang und wurde am Ende gekürzt.",)


def test_the_longest_text_fits() -> None:
    assert cell_of("languages", languages="x" * 32_767).value == "x" * 32_767


def test_days_are_real_days() -> None:
    born = cell_of("born")
    assert born.is_date
    assert born.value.date() == date(2013, 6, 2)
    assert born.number_format == "DD.MM.YYYY"
    assert cell_of("born", born="ca. 2013").value == "ca. 2013"
    assert cell_of("born", born=date(1899, 12, 31)).value == "31.12.1899"
    assert cell_of("born", born=None).value is None


def test_numbers_are_real_numbers_on_the_right() -> None:
    assert (cell_of("age").value, cell_of("age").data_type) == (13, "n")
    assert cell_of("age").alignment.horizontal == "right"
    assert cell_of("age", age=0).value == 0
    assert cell_of("number").alignment.horizontal == "left"
    assert cell_of("report").alignment.horizontal == "center"


def test_yes_and_no_are_words() -> None:
    assert [cell_of("measles", measles=known).value for known in (True, False, None)] == ["ja", "nein", None]


def test_gaps_are_coloured_and_names_are_bold() -> None:
    assert cell_of("report").font.color.rgb == "00A52A26"
    assert cell_of("report", report="keins").font.color.rgb == "001B1D21"
    assert cell_of("surname").font.b
    assert not cell_of("number").font.b


def test_the_page_looks_like_the_pattern() -> None:
    sheet = sheet_of(a_listing(a_child(), a_child()))
    assert (sheet["A1"].value, sheet["A1"].font.sz) == ("Schulplatzanfragen an die Fachberatung Integration", 15)
    assert [sheet.cell(row, 1).value for row in (2, 3)] == list(a_listing().context)
    assert [sheet.cell(HEAD, place).value for place in (1, 2, 12)] == ["Anfrage", "Nachname", "Plätze"]
    head, body = sheet.cell(HEAD, 1), sheet.cell(FIRST, 1)
    assert (head.fill.fgColor.rgb, head.border.bottom.style) == ("00E4ECF7", "medium")
    assert (body.fill.fill_type, body.border.bottom.style, body.alignment.indent) == (None, "thin", 1)
    assert {found.font.name for row in sheet.iter_rows(min_row=HEAD) for found in row} == {"Arial"}
    assert [sheet.row_dimensions[row].height for row in (FIRST, FIRST + 1)] == [21, 21]
    assert sheet.sheet_view.showGridLines is False
    assert sheet.title == "Schulplatzanfragen"


def test_names_and_head_stay_in_view_and_the_head_filters() -> None:
    sheet = sheet_of(a_listing(a_child(), a_child()))
    assert sheet.freeze_panes == "D7"
    assert sheet.auto_filter.ref == "A6:L8"


def test_the_file_is_what_it_says() -> None:
    content, _notes = written(a_listing(a_child(languages=""), a_child()))
    book = load_workbook(io.BytesIO(content), read_only=True)
    assert book.active.calculate_dimension() == "A1:L8"
    assert not load_workbook(io.BytesIO(content)).calculation.fullCalcOnLoad
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml")
    assert sheet.count(b"inlineStr") == sheet.count(b"<is>")  # no cell promises a text and has none


def test_it_prints_on_landscape_pages_with_head_and_page_numbers() -> None:
    sheet = sheet_of(a_listing(a_child()))
    setup = sheet.page_setup
    assert (setup.orientation, str(setup.paperSize), setup.fitToWidth, setup.fitToHeight) == ("landscape", "9", 1, 0)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.print_title_rows == "$5:$6"
    assert sheet.oddFooter.left.text == "Vertraulich"
    assert sheet.oddFooter.right.text == "Seite &P von &N"


def test_answers_have_their_own_place() -> None:
    sheet = sheet_of(a_listing(a_child(school="not for the recipient"), a_child()))
    assert [sheet.cell(5, place).value for place in range(1, 13)] == [None] * 8 + ["Rückmeldung"] + [None] * 3
    school = sheet.cell(FIRST, 9)
    assert school.value is None
    assert school.fill.fgColor.rgb == "00FFFAEE"
    assert sheet.cell(HEAD, 9).fill.fgColor.rgb == "00FBF0D9"
    formats = [sheet.cell(FIRST, place).number_format for place in range(9, 13)]
    assert formats == ["@", "@", "DD.MM.YYYY", "General"]


def test_answers_are_helped_and_never_barred() -> None:
    rules = sheet_of(a_listing(a_child(), a_child())).data_validations.dataValidation
    assert [(str(rule.sqref), rule.type) for rule in rules] == [
        ("J7:J8", "list"),
        ("K7:K8", "date"),
        ("L7:L8", "decimal"),
    ]
    assert rules[0].formula1 == '"5,6,EF"'
    assert {rule.errorStyle for rule in rules} == {"warning"}
    assert all(rule.allow_blank and rule.showErrorMessage and rule.error for rule in rules)


def test_choices_a_spreadsheet_cannot_list_are_left_out() -> None:
    for choices in (("5, 6", "7"), ("x" * 300,)):
        column = Column("grade", "Klasse", Kind.ANSWER, choices=choices)
        assert not sheet_of(Listing("Liste", (column,), [{}])).data_validations.dataValidation


def test_without_answers_there_is_no_trace_of_them() -> None:
    sheet = sheet_of(a_listing(a_child()), answers=False)
    assert sheet.dimensions == "A1:H6"
    assert sheet.cell(5, 8).value == "Zeugnis"
    assert sheet.print_title_rows == "$5:$5"
    assert not sheet.data_validations.dataValidation


def test_an_empty_list_is_a_list() -> None:
    sheet = sheet_of(a_listing())
    assert sheet.auto_filter.ref == "A6:L6"
    assert sheet.max_row == HEAD


def test_columns_grow_with_their_content_and_long_text_wraps() -> None:
    sheet = sheet_of(
        a_listing(a_child(), a_child(surname="Krishnamoorthy-Balasubramaniyam Rajapaksa", languages="x" * 10_000))
    )
    assert sheet.column_dimensions["A"].width == pytest.approx(12.5 + 2.5, abs=2)
    assert 11 + 2.5 < sheet.column_dimensions["B"].width <= 11 * 1.5 + 2.5
    assert sheet.column_dimensions["C"].width == 11 + 2.5
    assert sheet.row_dimensions[FIRST].height == 21
    assert 21 < sheet.row_dimensions[FIRST + 1].height < 80
    assert sheet.cell(FIRST + 1, 2).alignment.wrap_text
    assert sheet.cell(FIRST + 1, 6).alignment.vertical == "top"
    assert not sheet.cell(FIRST, 2).alignment.wrap_text


def test_numbers_and_days_never_become_crosses() -> None:
    columns = (Column("day", "Tag", Kind.DATE, 2), Column("number", "Zahl", Kind.NUMBER, 2))
    sheet = sheet_of(Listing("Liste", columns, [{"day": date(2026, 11, 17), "number": 1_234_567_890}]))
    assert sheet.column_dimensions["A"].width >= 10
    assert sheet.column_dimensions["B"].width >= 10


def test_the_file_tells_about_nobody_outside_its_cells() -> None:
    content, _notes = written(a_listing(a_child()))
    properties = load_workbook(io.BytesIO(content)).properties
    assert (properties.creator, properties.lastModifiedBy, properties.title) == (
        "Trittstein",
        "Trittstein",
        "Schulplatzanfragen_2026-11-17",
    )
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        telling = [part for part in archive.namelist() if b"Haddad" in archive.read(part)]
        assert telling == ["xl/worksheets/sheet1.xml"]


def test_nothing_is_laid_open_in_the_temporary_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "nowhere"))
    with pytest.raises(FileNotFoundError):
        Workbook().save(io.BytesIO())  # as openpyxl would
    assert written(a_listing(a_child()))[0]


def test_progress_is_told_row_by_row() -> None:
    done: list[int] = []
    xlsx.write(a_listing(*[a_child()] * 3), io.BytesIO(), answers=True, step=done.append)
    assert done == [1, 2, 3]


def test_a_list_can_be_cancelled_half_way() -> None:
    def stop(rows: int) -> None:
        if rows == 2:
            raise ExportCancelled

    with pytest.raises(ExportCancelled):
        xlsx.write(a_listing(*[a_child()] * 3), io.BytesIO(), answers=True, step=stop)
    gc.collect()


def converted(listing: Listing, folder: Path, kind: str, into: Path | None = None) -> Path:
    """What LibreOffice makes of the list when it opens it."""
    path = folder / "list.xlsx"
    path.write_bytes(written(listing)[0])
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", kind, "--outdir", str(into or folder), str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return (into or folder) / f"list.{kind.split(':')[0]}"


@pytest.mark.office
def test_libreoffice_shows_every_text_as_it_was_typed(tmp_path: Path) -> None:
    listing = a_listing(a_child(), *(a_child(surname=text, languages=text) for text in HOSTILE))
    # semicolon, quotation marks around all text and nothing else, UTF-8, from line 1, as shown
    path = converted(listing, tmp_path, "csv:Text - txt - csv (StarCalc):59,34,76,1,,0,true,true,false")
    content = path.read_text(encoding="utf-8")
    rows = list(csv.reader(io.StringIO(content, newline=""), delimiter=";"))
    assert rows[HEAD - 1][:3] == ["Anfrage", "Nachname", "Vorname"]
    assert rows[FIRST - 1][4:8] == ["13", "Arabisch, Kurmandschi", "ja", "keins"]
    assert [(row[1], row[5]) for row in rows[FIRST:]] == [(text, text) for text in HOSTILE]
    assert ";13;" in content
    assert all(f';"{text}";' in content for text in ("=1+1", "007", "1e5", "7-8", "TRUE", "#N/A"))


@pytest.mark.office
def test_libreoffice_keeps_days_filter_print_set_up_and_hints(tmp_path: Path) -> None:
    folder = tmp_path / "again"
    folder.mkdir()
    sheet = load_workbook(converted(a_listing(a_child(), a_child()), tmp_path, "xlsx", folder)).active
    assert sheet.cell(FIRST, 4).is_date
    assert sheet.cell(FIRST, 4).value.date() == date(2013, 6, 2)
    assert sheet.cell(FIRST, 4).number_format.upper().replace("\\", "") == "DD.MM.YYYY"
    assert sheet.auto_filter.ref == "A6:L8"
    assert sheet.page_setup.orientation == "landscape"
    assert sheet.print_title_rows == "$5:$6"
    assert {rule.type for rule in sheet.data_validations.dataValidation} == {"list", "date", "decimal"}


@pytest.mark.office
def test_libreoffice_prints_the_head_on_every_page(tmp_path: Path) -> None:
    with pypdfium2.PdfDocument(converted(a_listing(*[a_child()] * 80), tmp_path, "pdf")) as document:
        pages = [page.get_textpage().get_text_range() for page in document]
    assert len(pages) > 1
    for number, text in enumerate(pages, 1):
        assert "Nachname" in text
        assert "Rückmeldung" in text
        assert f"Seite {number} von {len(pages)}" in text
        assert "Vertraulich" in text
