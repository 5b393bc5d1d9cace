"""What was sought in vain: noted without names, counted so that nobody is known by a number, taken out as a file."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from openpyxl import load_workbook

from desk_app.casework import deeds, lists, offer_gaps
from desk_app.casework.desk import Desk
from desk_app.casework.lists import Form
from desk_app.casework.offer_gaps import Gap
from desk_app.domain.errors import RecordGone
from desk_app.storage.tables import OfferGap

FIRST, LAST = date(2026, 9, 1), date(2026, 11, 30)


def note(desk: Desk, times: int = 1, **sought: Any) -> UUID:
    deed = UUID(int=0)
    for _each in range(times):
        gap = Gap(uuid4(), **sought)
        deed = desk.do(lambda work, gap=gap: offer_gaps.note_gap(work, gap))[0]
    return deed


def tables(desk: Desk) -> dict[str, list[tuple[str, int]]]:
    report = desk.do(lambda work: offer_gaps.report(work, FIRST, LAST))[0]
    return {table.label: [(", ".join(cell.labels), cell.number) for cell in table.cells] for table in report.tables}


def test_what_was_noted_is_listed_for_the_house_and_can_be_taken_back(desk: Desk) -> None:
    deed = note(desk, words="  Alphabetisierung mit Kinderbetreuung\u200b ", topic="literacy", reason="child_care")
    (gap,) = desk.do(lambda work: offer_gaps.listing(work, FIRST, LAST))[0]
    assert (gap.words, gap.topic, gap.sought_on) == (
        "Alphabetisierung mit Kinderbetreuung", "literacy", date(2026, 11, 26)
    )  # fmt: skip
    desk.do(lambda work: deeds.undo(work, deed))
    assert desk.do(lambda work: offer_gaps.listing(work, FIRST, LAST))[0] == ()
    note(desk, topic="literacy")
    (gap,) = desk.do(lambda work: offer_gaps.listing(work, FIRST, LAST))[0]
    desk.do(lambda work: offer_gaps.remove(work, gap.id))
    with pytest.raises(RecordGone):
        desk.do(lambda work: offer_gaps.remove(work, gap.id))


def test_a_story_is_cut_to_a_wish(desk: Desk) -> None:
    note(desk, words="Chor " * 100)
    (gap,) = desk.do(lambda work: offer_gaps.listing(work, FIRST, LAST))[0]
    assert len(gap.words) <= 200


def test_a_gap_has_no_place_for_a_family() -> None:
    columns = set(OfferGap.__table__.columns.keys())
    assert not {name for name in columns if "household" in name or "person" in name or "name" in name}


def test_the_report_counts_by_each_thing_and_puts_small_numbers_together(desk: Desk) -> None:
    note(desk, 7, topic="literacy", language="ar", sought_on=date(2026, 10, 5))
    note(desk, 2, topic="sport", language="uk", sought_on=date(2026, 9, 30))
    note(desk, 3, topic="furnishing", sought_on=date(2026, 11, 2), district="styrum")
    note(desk, 9, topic="sport", sought_on=date(2026, 1, 5))  # not of the time asked for
    assert tables(desk) == {
        "Thema": [("Lesen und Schreiben lernen", 7), ("Umzug & Einrichtung, Sport", 5)],
        "Sprache": [("Arabisch", 7), ("nicht angegeben, Ukrainisch", 5)],
        "Ortsteil": [("nicht angegeben, Styrum", 12)],
        "Monat": [("September 2026, Oktober 2026, November 2026", 12)],
    }


def test_too_little_is_not_told_at_all(desk: Desk) -> None:
    note(desk, 4, topic="literacy")
    report = desk.do(lambda work: offer_gaps.report(work, FIRST, LAST))[0]
    assert report.total is None
    assert report.tables == ()
    assert "weniger als 5" in " ".join(offer_gaps.to_list(report, LAST).context)


def test_the_file_holds_numbers_and_none_of_the_words(desk: Desk, tmp_path: Path) -> None:
    note(desk, 6, topic="literacy", words="für Frau Haddad")
    report = desk.do(lambda work: offer_gaps.report(work, FIRST, LAST))[0]
    table = offer_gaps.to_list(report, date(2026, 11, 26))
    file = desk.do(lambda work: lists.export(work, table, tmp_path, Form.XLSX))[0].path
    assert file.name == "Fehlende-Angebote_2026-09-01_2026-11-30.xlsx"
    cells = [str(cell) for row in load_workbook(file).worksheets[0].iter_rows(values_only=True) for cell in row if cell]
    assert "Lesen und Schreiben lernen" in cells
    assert "6" in cells
    assert "Haddad" not in " ".join(cells)
