"""What the file of a family tells of its appointments, and that a visit is a sign of life."""

from __future__ import annotations

from datetime import UTC, date, datetime
from uuid import UUID, uuid4

import pytest
from builders import TODAY, StoredFamily, store_family

from desk_app.casework import appointment_setup, appointments, families, search, signs, timeline, visits
from desk_app.casework.appointments import Booking
from desk_app.casework.desk import Desk
from desk_app.casework.happenings import Happening
from desk_app.presenters.search_lines import What, hit_groups

NINE = datetime(2026, 11, 27, 8, 0, tzinfo=UTC)


@pytest.fixture
def family(desk: Desk) -> StoredFamily:
    return desk.do(store_family)[0]


def book(desk: Desk, family: StoredFamily, start: datetime = NINE, **known) -> UUID:
    kind = desk.do(appointment_setup.settle)[0].kinds[0].id
    booking = Booking(uuid4(), start, household=family.household, kind=kind, **known)
    return desk.do(lambda work: appointments.book(work, booking))[0]


def told(desk: Desk, family: StoredFamily) -> list[tuple[str, str, str]]:
    def read(work):  # type: ignore[no-untyped-def]
        return timeline.entries(work, families.load(work, family.household))

    return [
        (f"{each.day:%d.%m.}", each.title, each.words)
        for each in desk.do(read)[0]
        if each.what in (Happening.APPOINTMENT, Happening.MISSED)
    ]


def heard(desk: Desk, family: StoredFamily) -> date:
    def read(work):  # type: ignore[no-untyped-def]
        return signs.of_files(work, [families.load(work, family.household)])[family.household]

    return desk.do(read)[0]


def test_what_is_to_come_stands_above_what_was(desk: Desk, family: StoredFamily) -> None:
    book(desk, family, interpreting="open", words="bringt Zeugnis mit")
    missed = book(desk, family, datetime(2026, 11, 26, 8, 0, tzinfo=UTC))
    desk.do(lambda work: appointments.no_show(work, missed, "Bus verpasst"))
    assert told(desk, family) == [
        ("27.11.", "Termin: Aufnahme", "vorgemerkt, Platz 1, mit Dolmetschen, bringt Zeugnis mit"),
        ("26.11.", "Nicht erschienen: Aufnahme", "Platz 1, Bus verpasst"),
    ]


def test_a_move_is_told_once(desk: Desk, family: StoredFamily) -> None:
    made = book(desk, family)
    new = desk.do(lambda work: appointments.move(work, made, datetime(2026, 11, 30, 8, 0, tzinfo=UTC)))[0]
    assert told(desk, family) == [
        ("30.11.", "Termin: Aufnahme", "vorgemerkt, Platz 1, verschoben vom 27.11.2026, 9:00")
    ]
    desk.do(lambda work: appointments.cancel(work, new, "family", "Kind krank"))
    [(_day, title, words)] = told(desk, family)
    assert title == "Von der Familie abgesagt: Aufnahme"
    assert words.endswith("Kind krank")


def test_whoever_came_without_an_appointment_is_told_too(desk: Desk, family: StoredFamily) -> None:
    desk.do(lambda work: visits.walk_in(work, visits.WalkIn(uuid4(), household=family.household)))
    assert told(desk, family) == [("26.11.", "Ohne Termin: Gespräch", "eingetroffen")]


def test_a_visit_is_a_sign_of_life_and_an_appointment_is_none(desk: Desk, family: StoredFamily, clock) -> None:
    made = book(desk, family)
    assert heard(desk, family) == TODAY
    clock.advance(days=5)
    assert heard(desk, family) == TODAY, "nobody said that they came"
    desk.do(lambda work: visits.settle(work, [(made, "done")], "Tagesabschluss"))
    assert heard(desk, family) == date(2026, 11, 27)
    desk.do(lambda work: appointments.no_show(work, made))
    assert heard(desk, family) == TODAY


def test_the_search_tells_when_a_family_comes_next(desk: Desk, family: StoredFamily) -> None:
    def end() -> str:
        found = desk.do(lambda work: search.count_open(work, search.find(work, "haddad")))[0]
        [group] = [group for group in hit_groups(found) if group.lines[0].what is What.FAMILY]
        return group.lines[0].end

    assert end() == ""
    off = book(desk, family)
    book(desk, family, datetime(2026, 11, 30, 8, 0, tzinfo=UTC))
    assert end() == "Termin Fr, 27.11., 9:00"
    desk.do(lambda work: appointments.cancel(work, off, "us"))
    assert end() == "Termin Mo, 30.11., 9:00"
