"""Appointments that come again: the same time on the clock, days left out and why, one changed or all that follow."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from uuid import UUID, uuid4

import pytest
from builders import StoredFamily, store_family

from desk_app.casework import appointment_setup, appointments, deeds
from desk_app.casework.appointment_setup import Closure, Setup
from desk_app.casework.appointments import Booking, Repeated, SlotTaken
from desk_app.casework.desk import Desk
from desk_app.domain.clock import berlin, local
from desk_app.presenters.appointment_steps import left_out_words

MONDAY = date(2026, 11, 30)


@pytest.fixture
def setup(desk: Desk) -> Setup:
    return desk.do(appointment_setup.settle)[0]


@pytest.fixture
def family(desk: Desk) -> StoredFamily:
    return desk.do(store_family)[0]


def at(day: date, hour: int = 9) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=berlin()).astimezone(UTC)


def book(desk: Desk, start: datetime, **known) -> UUID:
    return desk.do(lambda work: appointments.book(work, Booking(uuid4(), start, **known)))[0]


def repeat(desk: Desk, appointment: UUID, **known) -> Repeated:
    return desk.do(lambda work: appointments.repeat(work, appointment, **known))[0]


def standing(desk: Desk, appointment: UUID) -> list[str]:
    """When the appointments of the series are that still stand."""
    [line] = desk.do(lambda work: appointments.of_ids(work, [appointment]))[0]
    lines = desk.do(lambda work: appointments.of_series(work, line.series))[0]
    return [f"{local(each.start):%d.%m. %H:%M}" for each in lines if each.state == "planned"]


def test_every_week_until_a_day(desk: Desk, setup: Setup, family: StoredFamily) -> None:
    first = book(desk, at(MONDAY), household=family.household, persons=(family.child,), seat=setup.seats[1].id)
    made = repeat(desk, first, until=date(2026, 12, 21))
    assert standing(desk, first) == ["30.11. 09:00", "07.12. 09:00", "14.12. 09:00", "21.12. 09:00"]
    lines = desk.do(lambda work: appointments.of_ids(work, made.made))[0]
    assert {(line.title, line.seat_name, line.persons) for line in lines} == {("Haddad", "Platz 2", 1)}
    assert len({line.code for line in lines}) == 3
    assert made.skipped == ()


def test_a_year_that_was_mistyped_fills_no_century_and_says_so(desk: Desk, setup: Setup) -> None:
    first = book(desk, at(MONDAY), name="Osei")
    made = repeat(desk, first, until=date(2062, 12, 21))
    assert made.cut
    assert len(made.made) + len(made.skipped) + 1 == 120
    assert left_out_words(made).endswith("Eine Reihe hat höchstens 120 Termine; die späteren fehlen.")
    other = book(desk, at(MONDAY, 11), name="Celik")
    assert not repeat(desk, other, until=date(2026, 12, 21)).cut


def test_so_many_times_with_the_first(desk: Desk, setup: Setup) -> None:
    first = book(desk, at(MONDAY))
    repeat(desk, first, every_weeks=2, count=3)
    assert standing(desk, first) == ["30.11. 09:00", "14.12. 09:00", "28.12. 09:00"]


def test_a_series_needs_an_end(desk: Desk, setup: Setup) -> None:
    first = book(desk, at(MONDAY))
    with pytest.raises(ValueError, match="end"):
        repeat(desk, first)


def test_holidays_closed_days_and_taken_times_are_left_out_and_told(desk: Desk, setup: Setup) -> None:
    friday = date(2026, 12, 11)
    first = book(desk, at(friday), seat=setup.seats[0].id)
    book(desk, at(date(2026, 12, 18)), seat=setup.seats[0].id)
    closed = Closure(uuid4(), date(2027, 1, 8), date(2027, 1, 8), words="Klausurtag")
    desk.do(lambda work: appointment_setup.keep(work, closed))
    made = repeat(desk, first, count=6)
    assert standing(desk, first) == ["11.12. 09:00", "15.01. 09:00"]
    assert [(f"{each.day:%d.%m.}", each.why) for each in made.skipped] == [
        ("18.12.", "Platz 1 ist am 18.12.2026 von 9:00 bis 9:45 schon vergeben."),
        ("25.12.", "Feiertag: Erster Weihnachtstag"),
        ("01.01.", "Feiertag: Neujahr"),
        ("08.01.", "Geschlossen: Klausurtag"),
    ]


def test_a_meeting_of_the_team_takes_place_on_no_holiday_either(desk: Desk, setup: Setup) -> None:
    first = book(desk, at(date(2026, 12, 18), 12), kind=setup.kinds[-1].id, name="Teamrunde")
    made = repeat(desk, first, count=3)
    assert [each.why for each in made.skipped] == ["Feiertag: Erster Weihnachtstag", "Feiertag: Neujahr"]


def test_over_a_change_of_the_clock_the_time_on_it_stays(desk: Desk, setup: Setup) -> None:
    monday = date(2027, 3, 22)
    first = book(desk, at(monday))
    repeat(desk, first, every_weeks=2, count=2)
    assert standing(desk, first) == ["22.03. 09:00", "05.04. 09:00"]
    lines = desk.do(lambda work: appointments.of_days(work, monday, date(2027, 4, 5)))[0]
    assert [line.start.hour for line in lines] == [8, 7]


def test_a_series_is_one_step(desk: Desk, setup: Setup) -> None:
    first = book(desk, at(MONDAY))
    made = repeat(desk, first, count=3)
    assert desk.do(lambda work: deeds.recent(work))[0][0].words == "Termin am 30.11.2026, 9:00 2 Mal wiederholt"
    desk.do(lambda work: deeds.undo(work, made.deed))
    [line] = desk.do(lambda work: appointments.of_days(work, MONDAY, date(2026, 12, 31)))[0]
    assert (line.id, line.series) == (first, None)


def test_who_interprets_is_asked_anew_for_the_others(desk: Desk, setup: Setup) -> None:
    first = book(desk, at(MONDAY), interpreting="confirmed")
    made = repeat(desk, first, count=2)
    [line] = desk.do(lambda work: appointments.of_ids(work, made.made))[0]
    assert line.interpreting == "asked"


def test_one_is_changed_and_the_others_stay(desk: Desk, setup: Setup) -> None:
    first = book(desk, at(MONDAY))
    made = repeat(desk, first, count=3)
    desk.do(lambda work: appointments.move(work, made.made[0], at(date(2026, 12, 8))))
    assert standing(desk, first) == ["30.11. 09:00", "08.12. 09:00", "14.12. 09:00"]


def test_all_that_follow_move_by_as_much_and_the_first_stays(desk: Desk, setup: Setup) -> None:
    first = book(desk, at(MONDAY), seat=setup.seats[0].id)
    made = repeat(desk, first, count=4)
    book(desk, at(date(2026, 12, 15), 10), seat=setup.seats[0].id)
    form = desk.do(lambda work: appointments.booking_of(work, made.made[0]))[0]
    later = replace(form, start=at(date(2026, 12, 8), 10))
    changed = desk.do(lambda work: appointments.change_following(work, later))[0]
    assert standing(desk, first) == ["30.11. 09:00", "08.12. 10:00", "14.12. 09:00", "22.12. 10:00"]
    assert [(each.day, each.why) for each in changed.skipped] == [
        (date(2026, 12, 14), "Platz 1 ist am 15.12.2026 von 10:00 bis 10:45 schon vergeben.")
    ]
    desk.do(lambda work: deeds.undo(work, changed.deed))
    assert standing(desk, first) == ["30.11. 09:00", "07.12. 09:00", "14.12. 09:00", "21.12. 09:00"]


def test_what_is_of_one_alone_stays_with_it_when_all_that_follow_change(desk: Desk, setup: Setup) -> None:
    first = book(desk, at(MONDAY), name="Osei")
    second, third = repeat(desk, first, count=3).made
    moved = desk.do(lambda work: appointments.move(work, second, at(date(2026, 12, 7), 13)))[0]
    form = desk.do(lambda work: appointments.booking_of(work, third))[0]
    desk.do(lambda work: appointments.change(work, replace(form, words="bringt Zeugnis mit")))
    begun = desk.do(lambda work: appointments.booking_of(work, first))[0]
    desk.do(
        lambda work: appointments.change_following(work, replace(begun, phone="0208 4711", interpreting="confirmed"))
    )
    assert standing(desk, first) == ["30.11. 09:00", "07.12. 13:00", "14.12. 09:00"]
    lines = desk.do(lambda work: appointments.of_ids(work, [first, moved, third]))[0]
    assert [(each.words, each.phone, each.interpreting) for each in lines] == [
        ("", "0208 4711", "confirmed"), ("", "0208 4711", "asked"), ("bringt Zeugnis mit", "0208 4711", "asked"),
    ]  # fmt: skip


def test_one_that_was_overbooked_with_a_reason_keeps_it(desk: Desk, setup: Setup) -> None:
    first = book(desk, at(MONDAY))
    made = repeat(desk, first, count=2).made[0]
    book(desk, at(date(2026, 12, 7)), seat=setup.seats[0].id, overbooked="Geschwister")
    form = desk.do(lambda work: appointments.booking_of(work, made))[0]
    desk.do(lambda work: appointments.change(work, replace(form, overbooked="beide warten")))
    begun = desk.do(lambda work: appointments.booking_of(work, first))[0]
    changed = desk.do(lambda work: appointments.change_following(work, replace(begun, words="mit Zeugnis")))[0]
    assert (len(changed.made), changed.skipped) == (2, ())
    [line] = desk.do(lambda work: appointments.of_ids(work, [made]))[0]
    assert (line.words, line.overbooked) == ("mit Zeugnis", "beide warten")


def test_all_are_left_as_they_are_where_the_first_cannot_be_changed(desk: Desk, setup: Setup) -> None:
    first = book(desk, at(MONDAY), seat=setup.seats[0].id)
    repeat(desk, first, count=2)
    book(desk, at(MONDAY, 10), seat=setup.seats[0].id)
    form = desk.do(lambda work: appointments.booking_of(work, first))[0]
    with pytest.raises(SlotTaken):
        desk.do(lambda work: appointments.change_following(work, replace(form, start=at(MONDAY, 10))))
    assert standing(desk, first) == ["30.11. 09:00", "07.12. 09:00"]


def test_calling_off_all_that_follow_is_one_step(desk: Desk, setup: Setup) -> None:
    first = book(desk, at(MONDAY))
    made = repeat(desk, first, count=4)
    deed = desk.do(lambda work: appointments.cancel_following(work, made.made[1], "family", "umgezogen"))[0]
    assert standing(desk, first) == ["30.11. 09:00", "07.12. 09:00"]
    desk.do(lambda work: deeds.undo(work, deed))
    assert len(standing(desk, first)) == 4
