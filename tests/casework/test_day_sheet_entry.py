"""The paper sheet of a day, entered row by row as it is printed."""

from __future__ import annotations

from datetime import timedelta

import pytest
from builders import TODAY
from the_day import Day, moment

from desk_app.casework import appointments, day_sheet_entry, deeds
from desk_app.casework.appointments import SlotTaken
from desk_app.casework.day_sheet_entry import CALLED_OFF, CAME, LATE, MISSED, Entry
from desk_app.casework.desk import Desk
from desk_app.casework.visits import StepNotPossible
from desk_app.domain.visit_states import CANCELLED_FAMILY, CANCELLED_US, DONE, IN_TALK, NO_SHOW, PLANNED

YESTERDAY = TODAY - timedelta(days=1)
NEXT_WEEK = TODAY + timedelta(days=7)


@pytest.fixture
def day(desk: Desk, clock) -> Day:  # type: ignore[no-untyped-def]  # the settable clock
    return Day(desk, clock).at(7, day=YESTERDAY)


def enter(day: Day, *entries: Entry):  # type: ignore[no-untyped-def]  # the deed
    return day.desk.do(lambda work: day_sheet_entry.enter(work, entries))[0]


def test_rows_stand_as_printed_by_desk_then_by_time(day: Day) -> None:
    day.book("Zweiter", 11, day=YESTERDAY)
    day.book("Anderer Platz", 9, seat=2, day=YESTERDAY)
    day.book("Erster", 9, day=YESTERDAY)
    day.at(9, 30, day=YESTERDAY).comes("Ohne Termin")
    day.book("Teamrunde", 14, look="internal", day=YESTERDAY)
    moved = day.book("Verschoben", 15, day=YESTERDAY)
    day.desk.do(lambda work: appointments.move(work, moved, moment(10, day=NEXT_WEEK)))
    rows = day.desk.do(lambda work: day_sheet_entry.read(work, YESTERDAY))[0]
    assert [line.title for line in rows] == ["Erster", "Zweiter", "Anderer Platz", "Ohne Termin"]


def test_each_mark_ends_a_visit(day: Day) -> None:
    came, late, missed, off = (
        day.book(name, hour, day=YESTERDAY) for name, hour in zip("abcd", (9, 10, 11, 13), strict=True)
    )
    day.at(8)
    enter(day, Entry(came, CAME), Entry(late, LATE, late=15), Entry(missed, MISSED), Entry(off, CALLED_OFF))
    assert [day.state(each) for each in (came, late, missed, off)] == [DONE, DONE, NO_SHOW, CANCELLED_FAMILY]
    assert day.line(late).arrived_at == moment(10, 15, day=YESTERDAY)
    for visit in (came, late):
        line = day.line(visit)
        assert (line.started_at, line.finished_at) == (None, None), "nobody knows when they talked"


def test_an_end_that_cannot_follow_is_told_and_nothing_of_the_row_is_kept(day: Day) -> None:
    talking = day.book("Haddad", 9)
    day.at(9).step(talking, IN_TALK)
    with pytest.raises(StepNotPossible):
        day.desk.do(lambda work: day_sheet_entry.enter(work, [Entry(talking, CALLED_OFF, words="rief an")]))
    assert (day.state(talking), day.line(talking).words) == (IN_TALK, "")


def test_who_called_it_off_stays_known(day: Day) -> None:
    off = day.book("Haddad", 9)
    day.step(off, CANCELLED_US)
    day.desk.do(lambda work: day_sheet_entry.enter(work, [Entry(off, CALLED_OFF, words="neuer Termin folgt")]))
    assert (day.state(off), day.line(off).words) == (CANCELLED_US, "neuer Termin folgt")


def test_a_row_on_which_nothing_is_written_changes_nothing(day: Day) -> None:
    visit = day.book("Haddad", 9, day=YESTERDAY)
    before = day.line(visit)
    enter(day, Entry(visit))
    assert day.line(visit) == before


def test_the_next_date_is_made_with_what_is_known_and_taken_back_with_the_row(day: Day) -> None:
    visit = day.book("Haddad", 9, day=YESTERDAY, language="ar", interpreting="open", phone="0208 1")
    day.at(8)
    deed = enter(day, Entry(visit, CAME, kind=day.kind("intake"), next_at=moment(10, day=NEXT_WEEK)))
    [new] = day.desk.do(lambda work: appointments.of_days(work, NEXT_WEEK, NEXT_WEEK))[0]
    assert (new.title, new.kind_name, new.language, new.interpreting, new.phone, new.state) == (
        "Haddad", "Folgetermin", "ar", "open", "0208 1", PLANNED,
    )  # fmt: skip
    assert day.line(visit).kind == day.kind("intake")
    day.desk.do(lambda work: deeds.undo(work, deed))
    assert day.desk.do(lambda work: appointments.of_days(work, NEXT_WEEK, NEXT_WEEK))[0] == ()
    assert (day.state(visit), day.line(visit).kind) == (PLANNED, day.kind("school"))


def test_a_next_date_that_cannot_be_is_told_and_the_row_is_not_kept(day: Day) -> None:
    visit = day.book("Haddad", 9, day=YESTERDAY)
    with pytest.raises(SlotTaken):
        enter(day, Entry(visit, CAME, next_at=moment(10, day=TODAY + timedelta(days=2))))  # a Saturday
    assert day.state(visit) == PLANNED


def test_the_last_day_is_the_latest_one_somebody_was_expected_on(day: Day) -> None:
    assert day.at(8).desk.do(day_sheet_entry.last_day)[0] is None
    day.at(7, day=TODAY - timedelta(days=3))
    day.book("Haddad", 9, day=TODAY - timedelta(days=3))
    day.book("Teamrunde", 9, look="internal", day=YESTERDAY)
    assert day.at(8).desk.do(day_sheet_entry.last_day)[0] == TODAY - timedelta(days=3)
