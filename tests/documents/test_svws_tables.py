"""The tables for SVWS-Import, read back by openpyxl and by LibreOffice where there is one."""

import csv
import io
import shutil
import subprocess
from pathlib import Path
from uuid import uuid4

import pytest
from openpyxl import load_workbook

from desk_app.documents.svws_tables import table_bytes, table_files
from desk_app.domain.schild import Pupil, express
from desk_app.domain.school_columns import Form, school_files

OFFICE = shutil.which("soffice")


def pupil(**values: str) -> Pupil:
    known = {"family_name": "Ștefănescu", "given_name": "Ionuț", "birth_date": "02.06.2013", "sex": "d",
             "nationality_1": "000", "postal_code": "01067", "grade": "07", "number": "2026-0142"}  # fmt: skip
    guardians = ({"kind": "Eltern", "family_name_1": "Nguyễn", "house_number": "12", "house_suffix": "a"},)
    return Pupil(uuid4(), "2026-0142", {**known, **values}, guardians)


def tables(one: Pupil) -> dict[str, list[list[str]]]:
    found = {}
    for name, content in table_files(express([one], Form.SVWS)):
        book = load_workbook(io.BytesIO(content))
        assert len(book.worksheets) == 1  # the import reads the first sheet alone
        assert all(cell.data_type in "sn" for row in book.active.iter_rows() for cell in row)
        found[name] = [[str(cell or "") for cell in row] for row in book.active.iter_rows(values_only=True)]
    return found


def as_rows(table: list[list[str]]) -> list[dict[str, str]]:
    return [dict(zip(table[0], row, strict=True)) for row in table[1:]]


def test_three_tables_with_german_headings_on_top() -> None:
    found = tables(pupil())
    assert list(found) == ["SVWS_Stammdaten.xlsx", "SVWS_Schulbesuch.xlsx", "SVWS_Erzieher.xlsx"]
    (row,) = as_rows(found["SVWS_Stammdaten.xlsx"])
    expected = {"Nachname": "Ștefănescu", "Vorname": "Ionuț", "Geburtsdatum": "02.06.2013", "Geschlecht": "d",
                "Staatsangehörigkeit": "000", "Postleitzahl": "01067", "Jahrgang": "07", "Status": "neuaufnahme",
                "Klasse": "", "Anfrage KI": "2026-0142"}  # fmt: skip
    assert {heading: row[heading] for heading in expected} == expected
    (guardian,) = as_rows(found["SVWS_Erzieher.xlsx"])
    assert (guardian["Vorname"], guardian["Nachname 1"]) == ("Ionuț", "Nguyễn")
    assert (guardian["Hausnummer"], guardian["Hausnummernzusatz"]) == ("12", "a")
    assert [row["Nachname"] for row in as_rows(found["SVWS_Schulbesuch.xlsx"])] == ["Ștefănescu"]


@pytest.mark.parametrize("typed", ["=1+1", "+49", "@SUMME(A1)", "'x", "#NAME?", "1e5", "TRUE"])
def test_what_is_typed_stays_text(typed: str) -> None:
    (row,) = as_rows(tables(pupil(birth_place=typed))["SVWS_Stammdaten.xlsx"])
    assert row["Geburtsort"] == typed


def test_signs_that_a_workbook_cannot_hold_do_not_spoil_it() -> None:
    rows = [["_x0041_bu\uffff", *[""] * (len(school_files(Form.SVWS)[0].columns) - 1)]]
    content = table_bytes(school_files(Form.SVWS)[0], rows)
    # openpyxl hands the escape over as it stands, a spreadsheet shows _x0041_bu
    assert load_workbook(io.BytesIO(content)).active["A2"].value == "_x005F_x0041_bu"


@pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed")
def test_libreoffice_reads_every_cell_as_it_is(tmp_path: Path) -> None:
    one = pupil(birth_place="=1+1", phone="0208 0", entry_year="2026", class_name="_x0041_")
    expressed = express([one], Form.SVWS)
    name, content = table_files(expressed)[0]
    (tmp_path / name).write_bytes(content)
    command = [str(OFFICE), f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless", "--convert-to",
               "csv:Text - txt - csv (StarCalc):59,34,76,1,,0,false,true,false", "--outdir", str(tmp_path)]  # fmt: skip
    subprocess.run([*command, str(tmp_path / name)], check=True, capture_output=True, timeout=120)
    text = (tmp_path / name).with_suffix(".csv").read_text(encoding="utf-8")
    table = list(csv.reader(io.StringIO(text), delimiter=";"))
    assert table[0] == [column.header for column in school_files(Form.SVWS)[0].columns]
    assert table[1:] == [list(row) for row in expressed.rows["SVWS_Stammdaten"]]
