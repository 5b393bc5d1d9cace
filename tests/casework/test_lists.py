"""Filters under a name, and lists that leave the program, with a real store and real files."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from uuid import uuid4

import openpyxl
import pypdfium2
import pytest
from sqlalchemy import select

from desk_app.casework import lists
from desk_app.casework.audit_words import words_of
from desk_app.casework.desk import Desk
from desk_app.casework.lists import Form
from desk_app.domain.errors import NotAllowed, NothingToSend, RecordGone, TargetGone
from desk_app.domain.lists import Column, Kind, Listing, Narrowing
from desk_app.domain.roles import Role
from desk_app.storage.tables import AuditEntry, User

COLUMNS = (
    Column("name", "Familie", Kind.STRONG, 31),
    Column("languages", "Sprachen", width=22),
    Column("days", "Tage", Kind.NUMBER, 5),
)
LONG = "Ebrahim Abdulrahman Muhammad Al-Hussein Abdelkarim Al-Zahrani"
ARABIC = "نور الهدى الحداد"
CYRILLIC = "Коваленко Олена"
QUIET = Narrowing("Haddad", frozenset({"quiet_30"}), "days", True)


def a_list(count: int = 3) -> Listing:
    names = (LONG, ARABIC, CYRILLIC)
    rows = [SimpleNamespace(name=names[n % 3], languages="Arabisch, Kurmandschi", days=n) for n in range(count)]
    return Listing("Familien – Haddad", COLUMNS, rows, ("Stand 26.11.2026",), "Familien_2026-11-26")


def names(desk: Desk, listing: str = "families") -> list[str]:
    return [each.name for each in desk.do(lambda work: lists.kept(work, listing))[0]]


def last_entry(desk: Desk) -> AuditEntry:
    def read(work):
        return work.session.scalars(select(AuditEntry).order_by(AuditEntry.sequence.desc())).first()

    return desk.do(read)[0]


# --- filters


def test_a_filter_is_kept_renamed_removed_and_brought_back(desk: Desk) -> None:
    filter_id = uuid4()
    desk.do(lambda work: lists.keep(work, filter_id, "families", " Kinder ohne  Antwort ", QUIET))
    (kept,) = desk.do(lambda work: lists.kept(work, "families"))[0]
    assert (kept.name, kept.narrowing) == ("Kinder ohne Antwort", QUIET)
    assert names(desk, "placements") == []
    desk.do(lambda work: lists.rename(work, filter_id, "Still"))
    assert names(desk) == ["Still"]
    desk.do(lambda work: lists.remove(work, filter_id))
    assert names(desk) == []
    desk.do(lambda work: lists.restore(work, filter_id))
    assert names(desk) == ["Still"]


def test_a_filter_kept_under_a_name_that_is_there_takes_its_place(desk: Desk) -> None:
    desk.do(lambda work: lists.keep(work, uuid4(), "families", "Still", QUIET))
    desk.do(lambda work: lists.keep(work, uuid4(), "families", "still", Narrowing("Eid")))
    (kept,) = desk.do(lambda work: lists.kept(work, "families"))[0]
    assert kept.narrowing == Narrowing("Eid")


def test_a_filter_is_somebodys_own(desk: Desk) -> None:
    filter_id = uuid4()
    desk.do(lambda work: lists.keep(work, filter_id, "families", "Still", QUIET))
    colleague = Desk(desk.vault, uuid4(), desk.clock)
    assert names(colleague) == []
    with pytest.raises(RecordGone):
        colleague.do(lambda work: lists.rename(work, filter_id, "Meiner"))
    assert names(desk) == ["Still"]


def test_the_audit_tells_that_a_filter_was_kept_and_never_its_words(desk: Desk) -> None:
    desk.do(lambda work: lists.keep(work, uuid4(), "families", "Haddad und Eid", QUIET))
    entry = last_entry(desk)
    assert entry.deed == "filter.kept"
    assert "Haddad" not in f"{entry.fields} {words_of(entry, '')}"


# --- out of the program


def test_the_workbook_holds_what_was_shown(desk: Desk, tmp_path: Path) -> None:
    exported = desk.do(lambda work: lists.export(work, a_list(), tmp_path, Form.XLSX))[0]
    assert exported.path.name == "Familien_2026-11-26.xlsx"
    sheet = openpyxl.load_workbook(exported.path).active
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert rows[0][0] == "Familien – Haddad"
    assert ["Familie", "Sprachen", "Tage"] in rows
    assert [ARABIC, "Arabisch, Kurmandschi", 1] in rows


def test_the_paper_repeats_its_head_counts_its_pages_and_keeps_long_names_whole(desk: Desk, tmp_path: Path) -> None:
    exported = desk.do(lambda work: lists.export(work, a_list(90), tmp_path, Form.PDF))[0]
    with pypdfium2.PdfDocument(exported.path) as document:
        pages = [page.get_textpage().get_text_bounded() for page in document]
        assert document[0].get_width() > document[0].get_height()
        assert document.get_metadata_value("Title") == "Familien_2026-11-26"
    assert len(pages) > 2
    for number, page in enumerate(pages, 1):
        assert f"Seite {number} von {len(pages)}" in page
        assert "Sprachen" in page
    words = " ".join(" ".join(pages).split())
    assert words.count(" ".join(LONG.split())) == 30
    assert words.count(CYRILLIC) == 30
    assert "Familien – Haddad" in pages[0]


def test_a_name_longer_than_its_column_takes_more_lines(desk: Desk, tmp_path: Path) -> None:
    narrow = tuple(Column(f"extra{n}", f"Spalte {n}", width=20) for n in range(7))
    rows = [{"name": LONG, **{column.key: "etwas mehr Text hier" for column in narrow}}]
    table = Listing("Familien", (COLUMNS[0], *narrow), rows, (), "Familien_x")
    exported = desk.do(lambda work: lists.export(work, table, tmp_path, Form.PDF))[0]
    with pypdfium2.PdfDocument(exported.path) as document:
        text = document[0].get_textpage().get_text_bounded()
    assert LONG not in text
    letters = "".join(filter(str.isalpha, text))
    assert all("".join(filter(str.isalpha, part)) in letters for part in LONG.split())
    assert exported.notes == ()


@pytest.mark.parametrize("form", Form)
def test_the_audit_names_list_columns_and_fingerprint_but_nobody(desk: Desk, tmp_path: Path, form: Form) -> None:
    desk.do(lambda work: lists.export(work, a_list(), tmp_path, form))
    entry = last_entry(desk)
    assert entry.deed == "list.exported"
    assert {"Familien", "Sprachen", "rows:3"} <= set(entry.fields)
    assert any(field.startswith("sha256:") for field in entry.fields)
    assert "Haddad" not in str(entry.fields)
    assert words_of(entry, "").startswith("eine Liste als Datei ausgegeben (")


def test_printing_is_entered_and_gives_one_picture_a_page(desk: Desk) -> None:
    pdf, pages = desk.do(lambda work: lists.to_print(work, a_list(60)))[0]
    assert last_entry(desk).deed == "list.printed"
    picture = lists.printed_page(pdf, pages - 1)
    assert picture.width > picture.height


@pytest.mark.parametrize(
    "deed",
    [
        lambda work, folder: lists.export(work, a_list(), folder, Form.XLSX),
        lambda work, folder: lists.to_print(work, a_list()),
    ],
)
def test_the_reception_takes_no_list_out(desk: Desk, tmp_path: Path, deed: Callable[..., object]) -> None:
    with desk.vault.session() as session:
        session.get_one(User, desk.user).role = Role.RECEPTION
    with pytest.raises(NotAllowed, match="Listen ausgeben und drucken darf nur"):
        desk.do(lambda work: deed(work, tmp_path))
    assert list(tmp_path.glob("Familien*")) == []


def test_an_empty_list_and_a_folder_that_is_gone_leave_no_file(desk: Desk, tmp_path: Path) -> None:
    with pytest.raises(NothingToSend):
        desk.do(lambda work: lists.export(work, a_list(0), tmp_path, Form.PDF))
    with pytest.raises(TargetGone):
        desk.do(lambda work: lists.export(work, a_list(), tmp_path / "weg", Form.PDF))
    assert list(tmp_path.glob("*.pdf")) == []


def test_a_list_that_cannot_be_entered_is_taken_back(desk: Desk, tmp_path: Path) -> None:
    def fails(work):
        lists.export(work, a_list(), tmp_path, Form.XLSX)
        raise TargetGone

    with pytest.raises(TargetGone):
        desk.do(fails)
    assert list(tmp_path.glob("*.xlsx")) == []


def test_many_columns_make_the_letters_smaller_and_break_no_day(desk: Desk, tmp_path: Path) -> None:
    columns = (COLUMNS[0], *(Column(f"day{n}", f"Letzter Kontakt {n}", Kind.DATE, 11) for n in range(11)))
    row = {"name": LONG, **{column.key: date(2026, 11, 26) for column in columns[1:]}}
    exported = desk.do(
        lambda work: lists.export(work, Listing("Familien", columns, [row], (), "Familien_x"), tmp_path, Form.PDF)
    )[0]
    with pypdfium2.PdfDocument(exported.path) as document:
        text = document[0].get_textpage().get_text_bounded()
    assert text.count("26.11.2026") == 11
