"""The sheet for whoever interprets: all they need to come, and nothing about anybody."""

from dataclasses import replace
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from uuid import UUID

import pytest
from builders import StoredFamily, store_family
from interpreting import FRIDAY, MONDAY, add_interpreter, at, book, line
from pypdf import PdfReader
from sqlalchemy import select

from desk_app.casework import appointment_deeds, appointment_setup, interpreter_asking, interpreter_sheets
from desk_app.casework.desk import Desk
from desk_app.casework.interpreter_sheets import Period
from desk_app.domain.errors import NothingToSend, TargetGone
from desk_app.storage.tables import AuditEntry


@pytest.fixture
def family(desk: Desk) -> StoredFamily:
    desk.do(appointment_setup.settle)
    return desk.do(store_family)[0]


@pytest.fixture
def gashi(desk: Desk, family: StoredFamily) -> UUID:
    gashi = add_interpreter(desk, "Mirjeta Gashi", phone="0208 555")
    for start in (at(9), at(10), at(14, day=MONDAY)):
        booked = book(desk, start, household=family.household, dialect="Levantinisch", words="Kind ist krank")
        desk.do(lambda work, booked=booked: interpreter_asking.confirm(work, booked, gashi))
    return gashi


def text(path: Path) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(BytesIO(path.read_bytes())).pages)


def test_the_sheet_says_when_where_how_long_and_in_which_language(desk: Desk, gashi: UUID, tmp_path: Path) -> None:
    place = desk.do(appointment_setup.read)[0].places[0]
    desk.do(lambda work: appointment_setup.keep(work, replace(place, stop="Rathausmarkt")))
    path = desk.do(lambda work: interpreter_sheets.save(work, Period(gashi, FRIDAY, MONDAY), tmp_path))[0]
    assert path.name == "Dolmetschen_2026-11-27.pdf"
    said = " ".join(text(path).split())
    for expected in (
        "Dolmetschen 27.11.2026 bis 30.11.2026", "Mirjeta Gashi", "Fr, 27.11.2026", "Mo, 30.11.2026", "9:00–9:45",
        "45 Min.", "Musterplatz 1", "Haltestelle Rathausmarkt", "Platz 1", "Arabisch (Levantinisch)", "zugesagt",
        "3 Gespräche, zusammen 135 Minuten.",
    ):  # fmt: skip
        assert expected in said


def test_the_sheet_names_no_family_and_no_child(desk: Desk, family: StoredFamily, gashi: UUID, tmp_path: Path) -> None:
    path = desk.do(lambda work: interpreter_sheets.save(work, Period(gashi, FRIDAY, FRIDAY), tmp_path))[0]
    said = text(path) + repr(PdfReader(path).metadata)
    for never in ("Haddad", "Rana", "Karim", "Lindenhof", "krank", "0208 000000"):
        assert never not in said
    one = desk.do(lambda work: interpreter_sheets.page(work, Period(gashi, FRIDAY, FRIDAY)))[0]
    codes = [row[4] for part in one.parts if part.table for row in part.table.rows]
    assert len(codes) == 2
    assert all(code in said for code in codes)


def test_what_fell_away_is_not_on_it_and_an_empty_sheet_is_not_made(desk: Desk, gashi: UUID, tmp_path: Path) -> None:
    period = Period(gashi, MONDAY, MONDAY)
    [booked] = desk.do(lambda work: interpreter_sheets._lines(work, period))[0]
    assert line(desk, booked.id).start == at(14, day=MONDAY)
    desk.do(lambda work: appointment_deeds.cancel(work, booked.id, "family"))
    with pytest.raises(NothingToSend):
        desk.do(lambda work: interpreter_sheets.save(work, period, tmp_path))
    assert list(tmp_path.glob("*.pdf")) == []


def test_paper_and_files_leave_an_entry_and_looking_does_not(desk: Desk, gashi: UUID, tmp_path: Path) -> None:
    def written() -> int:
        query = select(AuditEntry.sequence).where(AuditEntry.deed == "interpreter.sheet_written")
        return len(desk.do(lambda work: work.session.scalars(query).all())[0])

    period = Period(gashi, FRIDAY, MONDAY)
    assert desk.do(lambda work: interpreter_sheets.look(work, period, 400))[0].width == 400
    assert written() == 0
    assert len(desk.do(lambda work: interpreter_sheets.to_print(work, period))[0]) == 1
    desk.do(lambda work: interpreter_sheets.save(work, period, tmp_path))
    assert written() == 2
    with pytest.raises(TargetGone):
        desk.do(lambda work: interpreter_sheets.save(work, period, tmp_path / "weg"))
    assert written() == 2


def test_a_full_month_runs_over_several_pages(desk: Desk, family: StoredFamily, tmp_path: Path) -> None:
    gashi = add_interpreter(desk, "Mirjeta Gashi")
    days = [MONDAY + timedelta(days=7 * week + day) for week in range(3) for day in range(4)]
    for day in days:
        book(desk, at(9, day=day), name="Jemand", interpreter=gashi, interpreting="asked")
    pages = desk.do(lambda work: interpreter_sheets.to_print(work, Period(gashi, days[0], days[-1])))[0]
    assert len(pages) == 2
