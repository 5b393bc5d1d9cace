"""Finding the rows of a form in a sheet that was sorted, widened or stripped of its hidden row."""

from dataclasses import replace

from desk_app.domain.answer_sheet import Form, find, marker_of
from desk_app.domain.list_reading_sheet import Book, Cell, Sheet, SheetRow

FORM = Form(
    headings={"Anfrage": "number", "Prüfcode": "code", "Masern-\nschutz": "measles", "Ergebnis": "state"},
    answers=frozenset({"state"}),
    marks=frozenset({"number", "code"}),
    number="number",
)
KEYS = ("number", "code", "measles", "state")
HEADINGS = ("Anfrage", "Prüfcode", "Masern-\nschutz", "Ergebnis")
ONE = ("SP-2026-0001", "ABCE", "ja", "zugewiesen")
TWO = ("SP-2026-0002", "ABCF", None, None)


def a_sheet(*rows: tuple[Cell, ...], name: str = "Anfragen", hidden: bool = False) -> Sheet:
    return Sheet(name, tuple(SheetRow(number, cells) for number, cells in enumerate(rows, 1)), hidden=hidden)


def read(*sheets: Sheet) -> list[tuple[str, str, str]]:
    found = find(Book(sheets, ""), FORM)
    assert found is not None
    return [(row.text("number"), row.text("state"), row.address("state")) for row in found.rows]


EXPECTED = [("SP-2026-0001", "zugewiesen"), ("SP-2026-0002", "")]


def test_rows_are_found_by_keys_or_by_headings_alone() -> None:
    for above in ((KEYS, HEADINGS), (HEADINGS,), (("Titel",), KEYS, ("Vorgang", "Code", "Impfung", "Antwort"))):
        assert [row[:2] for row in read(a_sheet(*above, ONE, TWO))] == EXPECTED


def test_headings_are_known_however_they_are_broken_or_spelt() -> None:
    assert read(a_sheet(("ANFRAGE", "Pruefcode", "Masernschutz", "ergebnis"), ONE))[0][1] == "zugewiesen"


def test_columns_may_stand_anywhere_and_keep_their_addresses() -> None:
    moved = ("state", None, "code", "number")
    assert read(
        a_sheet(moved, ("Ergebnis", "neu", "Prüfcode", "Anfrage"), ("zugewiesen", "x", "ABCE", "SP-2026-0001"))
    ) == [("SP-2026-0001", "zugewiesen", "Anfragen!A3")]


def test_rows_that_were_sorted_past_their_headings_count() -> None:
    assert [row[:2] for row in read(a_sheet(ONE, ("Stand 26.11.",), KEYS, HEADINGS, TWO))] == EXPECTED[::-1]


def test_lists_copied_below_each_other_have_their_own_headings() -> None:
    turned = tuple(reversed(HEADINGS))
    assert [
        row[:2] for row in read(a_sheet(HEADINGS, ONE, (None, None, "x"), turned, tuple(reversed(TWO))))
    ] == EXPECTED


def test_a_visible_sheet_goes_before_a_hidden_one() -> None:
    old = a_sheet(KEYS, HEADINGS, TWO, name="alt", hidden=True)
    assert [row[2] for row in read(a_sheet(KEYS, HEADINGS, ONE), old)] == ["Anfragen!D3"]
    assert [row[2] for row in read(old)] == ["alt!D3"]


def test_rows_about_no_child_are_told_apart() -> None:
    found = find(Book((a_sheet(KEYS, HEADINGS, ONE, (None, None, "Ende")),), ""), FORM)
    assert found is not None
    assert ([row.row.number for row in found.rows], [row.row.number for row in found.others]) == ([3], [4])


def test_what_has_no_form_is_none_and_an_empty_form_has_no_rows() -> None:
    assert find(Book((a_sheet(("Name", "Alter"), ("Anfrage", "x")),), ""), FORM) is None
    empty = find(Book((a_sheet(KEYS, HEADINGS),), ""), FORM)
    assert empty is not None
    assert empty.rows == ()


def test_the_marker_stands_below_its_word() -> None:
    sheet = a_sheet(("marker", "state"), ("trittstein.answers.1", "zugewiesen"), name="Auswahl", hidden=True)
    assert marker_of(Book((sheet,), ""), "Auswahl") == "trittstein.answers.1"
    assert marker_of(Book((replace(sheet, name="anders"),), ""), "Auswahl") == ""
