"""The form in the Excel list: locked but for the answers, with choices, ids and codes, also after LibreOffice."""

import shutil
import subprocess
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from builders import StoredFamily, store_family
from openpyxl import Workbook, load_workbook
from openpyxl.utils import get_column_letter
from sending import answer_rows, opened

from desk_app.casework import answer_columns, exports, request_list, schools
from desk_app.casework.answer_columns import (
    ANSWERS,
    CHOICES_SHEET,
    CODE,
    MARKER,
    REASON,
    REQUEST,
    SCHOOL,
    SHEET,
    SHIPMENT,
    STARTS_ON,
    STATE,
    SUPPORT,
)
from desk_app.casework.desk import Desk
from desk_app.casework.exports import Wanted
from desk_app.domain.check_codes import agrees
from desk_app.domain.code_lists import code_list

NUMBER = "2026-11-26-01"


def sent(desk: Desk, folder: Path, *families: StoredFamily) -> tuple[Path, Workbook]:
    """The list of these families, unlocked again, beside what left."""
    wanted = Wanted([family.request for family in families], folder, pdf=False, cover=False)
    (shipment,) = desk.do(lambda work: exports.export_requests(work, wanted))[0].shipments
    book = opened(shipment.files[0], shipment.passphrase)
    plain = folder / "offen.xlsx"
    book.save(plain)
    return plain, book


def stored(desk: Desk, family_name: str = "Haddad", **child: Any) -> StoredFamily:
    return desk.do(lambda work: store_family(work, family_name, **child))[0]


def head_of(book: Workbook) -> tuple[int, dict[str, str]]:
    """The row of the headings, and the letters of the columns by their keys."""
    for cells in book[SHEET].iter_rows():
        keys = [cell.value for cell in cells]
        if REQUEST in keys:
            return cells[0].row + 1, {key: get_column_letter(place) for place, key in enumerate(keys, 1) if key}
    raise AssertionError("no row of keys")


def choices_of(book: Workbook, key: str) -> list[str]:
    """What the drop-down of a column offers in its first row."""
    head, letters = head_of(book)
    for rule in book[SHEET].data_validations.dataValidation:
        if rule.type == "list" and f"{letters[key]}{head + 1}" in rule.sqref:
            if rule.formula1.startswith('"'):
                return rule.formula1.strip('"').split(",")
            sheet, _sign, cells = rule.formula1.replace("$", "").rpartition("!")
            return [row[0].value for row in book[sheet.strip("'")][cells]]
    return []


def test_all_but_the_answers_is_locked_and_a_slip_needs_no_password_to_mend(desk: Desk, tmp_path: Path) -> None:
    _path, book = sent(desk, tmp_path, stored(desk), stored(desk, "Sesay"))
    sheet = book[SHEET]
    assert sheet.protection.sheet is True
    assert sheet.protection.password is None
    forbidden = (sheet.protection.autoFilter, sheet.protection.sort, sheet.protection.formatColumns)
    assert forbidden == (False, False, False)
    head, letters = head_of(book)
    for row in (head + 1, head + 2):
        open_ones = {key for key, letter in letters.items() if not sheet[f"{letter}{row}"].protection.locked}
        assert open_ones == set(ANSWERS)
    assert all(cell.protection.locked for cell in sheet[head])


def test_every_row_carries_ids_out_of_sight_and_a_code_in_sight(desk: Desk, tmp_path: Path) -> None:
    families = [stored(desk), stored(desk, "Sesay")]
    _path, book = sent(desk, tmp_path, *families)
    head, letters = head_of(book)
    sheet = book[SHEET]
    hidden = {key for key, letter in letters.items() if sheet.column_dimensions[letter].hidden}
    assert hidden == {REQUEST, SHIPMENT}
    assert sheet.row_dimensions[head - 1].hidden
    rows = {row[REQUEST]: row for row in answer_rows(book)}
    for family in families:
        row = rows[str(family.request)]
        assert row[SHIPMENT] == NUMBER
        assert agrees(row["number"], NUMBER, family.child, row[CODE])
    assert len({row[CODE] for row in rows.values()}) == 2


def test_what_can_be_chosen_is_offered(desk: Desk, tmp_path: Path) -> None:
    _path, book = sent(desk, tmp_path, stored(desk))
    assert choices_of(book, STATE) == ["zugewiesen", "Rückfrage", "Warteliste", "abgelehnt"]
    assert choices_of(book, REASON) == [code.label for code in code_list("return_reasons").entries]
    assert choices_of(book, SUPPORT) == [code.label for code in code_list("support_types").entries]
    listed = [each.school for each in desk.do(schools.listing)[0]]
    assert choices_of(book, SCHOOL) == sorted(f"{each.name} ({each.number})" for each in listed)
    head, letters = head_of(book)
    dates = [rule for rule in book[SHEET].data_validations.dataValidation if rule.type == "date"]
    assert [f"{letters[STARTS_ON]}{head + 1}" in rule.sqref for rule in dates] == [True]


def test_the_marker_is_on_the_hidden_sheet(desk: Desk, tmp_path: Path) -> None:
    _path, book = sent(desk, tmp_path, stored(desk))
    assert book.sheetnames == [SHEET, "Übersicht", CHOICES_SHEET]
    assert book[CHOICES_SHEET].sheet_state == "hidden"
    assert [book[CHOICES_SHEET]["A1"].value, book[CHOICES_SHEET]["A2"].value] == ["marker", MARKER]


def test_a_school_named_like_a_formula_stays_a_name(desk: Desk, tmp_path: Path) -> None:
    listed = desk.do(schools.listing)[0][0].school
    desk.do(lambda work: schools.save(work, replace(listed, number="999999", name='=HYPERLINK("x")')))
    _path, book = sent(desk, tmp_path, stored(desk))
    cells = [cell for row in book[CHOICES_SHEET].iter_rows() for cell in row if str(cell.value).startswith("=")]
    assert [(cell.value, cell.data_type) for cell in cells] == [('=HYPERLINK("x") (999999)', "s")]


def test_what_was_chosen_is_understood_and_what_was_typed_as_far_as_it_is_clear() -> None:
    names = {"123456": "Musterschule", "654321": "Schule am Beispielweg", "111111": "Doppelt", "222222": "Doppelt"}
    assert answer_columns.school_number("Musterschule (123456)", names) == "123456"
    assert answer_columns.school_number(" 654321 ", names) == "654321"
    assert answer_columns.school_number("schule am beispielweg", names) == "654321"
    for unclear in ("Doppelt", "Andere Schule", "Musterschule (999999)", ""):
        assert answer_columns.school_number(unclear, names) == ""
    assert answer_columns.state_of(" Zugewiesen ") == "assigned"
    assert answer_columns.state_of("übermittelt") == ""  # no answer an office can give
    assert answer_columns.reason_of("Angabe fehlt") == "missing_data"
    assert answer_columns.support_of("Regelklasse") == "RK"
    assert answer_columns.support_of("irgendwas") == ""


def test_every_key_of_the_form_is_there_once() -> None:
    keys = [column.key for column in request_list.COLUMNS]
    assert len(keys) == len(set(keys))
    assert {answer_columns.NUMBER, CODE, REQUEST, SHIPMENT, *ANSWERS} <= set(keys)


@pytest.mark.office
def test_libreoffice_keeps_locks_choices_ids_and_codes(desk: Desk, tmp_path: Path) -> None:
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("needs LibreOffice")
    path, before = sent(desk, tmp_path, stored(desk), stored(desk, "Sesay"))
    out = tmp_path / "zurück"
    home = f"-env:UserInstallation=file://{tmp_path}/office"
    asking = [office, home, "--headless", "--convert-to", "xlsx", "--outdir", str(out), str(path)]
    subprocess.run(asking, check=True, capture_output=True, timeout=180)
    after = load_workbook(out / path.name)
    assert answer_rows(after) == answer_rows(before)
    assert after[SHEET].protection.sheet is True
    head, letters = head_of(after)
    locks = {key for key, letter in letters.items() if not after[SHEET][f"{letter}{head + 1}"].protection.locked}
    assert locks == set(ANSWERS)
    for key in (STATE, SCHOOL, REASON, SUPPORT):
        assert choices_of(after, key) == choices_of(before, key)
    assert after[CHOICES_SHEET].sheet_state == "hidden"
    assert after[CHOICES_SHEET]["A2"].value == MARKER
