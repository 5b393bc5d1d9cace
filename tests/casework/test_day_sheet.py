"""The paper sheets of the desks: in the order they are entered in, with names or codes; they stay in the house."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from builders import TODAY
from pypdf import PdfReader
from sqlalchemy import select
from the_day import Day

from desk_app.casework import appointments, day_sheet, day_sheet_entry
from desk_app.casework.day_sheet import Wanted
from desk_app.casework.desk import Desk
from desk_app.storage.tables import AuditEntry

NAMES = ("Petrenko", "Al-Masri", "Yıldız", "Popescu")


@pytest.fixture
def day(desk: Desk, clock: Any) -> Day:
    day = Day(desk, clock)
    day.book("Petrenko", 9, language="uk")
    day.book("Popescu", 11, seat=2, language="ro", interpreting="open")
    day.book("Al-Masri", 10, language="ar", look="intake")
    day.book("Yıldız", 10, seat=2)
    return day


def pages(path: Path) -> list[str]:
    return [" ".join(page.extract_text().split()) for page in PdfReader(path).pages]


def save(desk: Desk, wanted: Wanted, folder: Path) -> Path:
    return desk.do(lambda work: day_sheet.save(work, wanted, folder))[0]


def test_each_desk_has_a_sheet_in_the_order_of_the_grid_for_entering_it(desk: Desk, day: Day, tmp_path: Path) -> None:
    path = save(desk, Wanted(TODAY, TODAY), tmp_path)
    sheets = pages(path)
    assert len(sheets) == 3, "the third desk has a sheet for whoever comes without an appointment"
    grid = [line.title for line in desk.do(lambda work: day_sheet_entry.read(work, TODAY))[0]]
    said = " ".join(sheets)
    assert sorted(grid, key=said.index) == grid == ["Petrenko", "Al-Masri", "Yıldız", "Popescu"]
    for number, title in enumerate(grid, 1):
        assert f"{number} " in said[: said.index(title)][-8:], "numbered through, as in the grid"
    assert "Platz 1 2 Termine" in sheets[0]
    assert "Platz 3 keine Termine" in sheets[2]
    for expected in ("9:00", "Ukrainisch", "Aufnahme", "nächster Termin", "Thema, Notiz", "ohne Termin", "K S N A"):
        assert expected in sheets[0]
    assert "Dolmetschen offen" in sheets[1]


def test_codes_stand_in_for_names_where_that_is_wanted(desk: Desk, day: Day, tmp_path: Path) -> None:
    path = save(desk, Wanted(TODAY, TODAY, names=False), tmp_path)
    said = " ".join(pages(path))
    assert not any(name in said for name in NAMES)
    for line in desk.do(lambda work: day_sheet_entry.read(work, TODAY))[0]:
        assert line.code in said


def test_one_desk_alone_keeps_the_numbers_of_all(desk: Desk, day: Day, tmp_path: Path) -> None:
    (sheet,) = pages(save(desk, Wanted(TODAY, TODAY, seat=day.seat(2)), tmp_path))
    assert "Platz 2" in sheet
    assert "3 10:00 Yıldız" in sheet
    assert "Petrenko" not in sheet


def test_what_ended_already_says_so_instead_of_boxes(desk: Desk, day: Day, tmp_path: Path) -> None:
    gone = day.book("Nowak", 14)
    desk.do(lambda work: appointments.cancel(work, gone, by="family", reason=""))
    sheet = pages(save(desk, Wanted(TODAY, TODAY, seat=day.seat(1)), tmp_path))[0]
    assert "abgesagt (Familie)" in sheet
    assert sheet.count("Min.") == 2, "a line for minutes only where it is not known yet"


def test_many_visits_of_a_desk_go_on_on_another_sheet(desk: Desk, day: Day, tmp_path: Path) -> None:
    for number in range(24):
        day.comes(f"Gast {number:02d}")
    sheets = pages(save(desk, Wanted(TODAY, TODAY), tmp_path))
    without = [sheet for sheet in sheets if "ohne Platz" in sheet]
    assert len(without) == 2
    said = " ".join(without)
    assert all(said.count(f"Gast {number:02d}") == 1 for number in range(24))


def test_a_week_is_a_list_by_day(desk: Desk, day: Day, tmp_path: Path) -> None:
    tomorrow = TODAY + timedelta(days=1)
    day.book("Demir", 9, day=tomorrow)
    path = save(desk, Wanted(TODAY - timedelta(days=3), tomorrow), tmp_path)
    (sheet,) = pages(path)
    assert path.name == "Wochenliste_2026-11-23.pdf"
    assert (
        sheet.index("Do, 26.11.2026") < sheet.index("Petrenko") < sheet.index("Fr, 27.11.2026") < sheet.index("Demir")
    )
    assert "nächster Termin" not in sheet


def test_names_are_neither_in_the_file_s_name_nor_in_its_metadata(desk: Desk, day: Day, tmp_path: Path) -> None:
    path = save(desk, Wanted(TODAY, TODAY), tmp_path)
    assert path.name == "Tagesblatt_2026-11-26.pdf"
    assert not any(name in repr(PdfReader(path).metadata) for name in NAMES)
    last = select(AuditEntry.deed, AuditEntry.fields).order_by(AuditEntry.sequence.desc()).limit(1)
    deed, fields = desk.do(lambda work: work.session.execute(last).one())[0]
    assert (deed, list(fields)) == ("day_sheet.printed", ["rows:4"])


def test_all_sheets_come_for_the_printer(desk: Desk, day: Day) -> None:
    pictures = desk.do(lambda work: day_sheet.to_print(work, Wanted(TODAY, TODAY)))[0]
    assert len(pictures) == 3
    assert all(picture.height > picture.width for picture in pictures)
