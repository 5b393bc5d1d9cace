"""Who is called next and how long the others wait, by what talks took here."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from builders import TODAY
from the_day import Day, moment

from desk_app.casework import appointment_lines, appointment_setup, day_closing, waiting_room
from desk_app.casework.appointment_setup import Opening
from desk_app.casework.desk import Desk
from desk_app.casework.waiting_room import WaitingRoom
from desk_app.domain.visit_states import ARRIVED, DONE, IN_TALK, INTERRUPTED


@pytest.fixture
def day(desk: Desk, clock) -> Day:  # type: ignore[no-untyped-def]  # the settable clock
    return Day(desk, clock)


def room(day: Day) -> WaitingRoom:
    def read(work):  # type: ignore[no-untyped-def]  # a deed
        setup = appointment_setup.read(work)
        return waiting_room.rooms(work, setup, appointment_lines.of_days(work, work.today, work.today))[0]

    return day.desk.do(read)[0]


def minutes(day: Day, look: str) -> int:
    return day.desk.do(lambda work: waiting_room.talk_minutes(work, day.setup))[0][day.kind(look)]


def talk(day: Day, look: str, hour: int, length: int, *, days_ago: int = 1, pause: int = 0) -> None:
    """One talk that was held."""
    on = TODAY - timedelta(days=days_ago)
    visit = day.at(hour, day=on).comes(kind=day.kind(look))
    day.step(visit, IN_TALK, seat=1)
    if pause:
        day.at(hour, 5, day=on).step(visit, INTERRUPTED)
        day.at(hour, 5 + pause, day=on).step(visit, IN_TALK)
    day.clock.set(moment(hour, day=on) + timedelta(minutes=length + pause))
    day.step(visit, DONE)


def test_who_has_waited_longest_comes_first_and_urgent_before_everybody(day: Day) -> None:
    first, second = day.at(10).comes("Hoxha"), day.at(10, 5).comes("Osei")
    urgent = day.at(10, 9).comes("Mit Säugling", priority=1, reason="Säugling")
    booked = day.book("Dimitrov", 13)
    day.at(10, 10).step(booked, ARRIVED)
    now = moment(10, 10)
    assert [line.id for line in room(day).queue(now)] == [urgent, first, second, booked]
    assert room(day).next_to_call(now) == urgent
    assert [line.id for line in room(day).queue(moment(13))] == [urgent, booked, first, second]


def test_whoever_was_called_just_now_is_passed_over(day: Day) -> None:
    first, second = day.at(10).comes("Hoxha"), day.at(10, 1).comes("Osei")
    day.call(first)
    assert room(day).next_to_call(moment(10, 3)) == second
    assert room(day).next_to_call(moment(10, 6)) == first


def test_as_long_as_there_were_few_talks_the_planned_length_counts(day: Day) -> None:
    for hour in range(9, 13):
        talk(day, "school", hour, 20)
    assert minutes(day, "school") == 45


def test_talks_take_as_long_as_the_desks_own_did_pauses_left_out(day: Day) -> None:
    for hour, length in zip(range(8, 13), (20, 25, 25, 30, 180), strict=True):
        talk(day, "school", hour, length, pause=15 if length == 25 else 0)
    assert minutes(day, "school") == 25
    assert minutes(day, "intake") == 60


def test_what_was_entered_afterwards_says_nothing_about_how_long_a_talk_took(day: Day) -> None:
    for hour in range(8, 13):
        talk(day, "school", hour, 20)
    for number in range(8):
        visit = day.at(8, number, day=TODAY - timedelta(days=2)).comes(kind=day.kind("school"))
        day.step(visit, IN_TALK, seat=1)
        day.at(17, number, day=TODAY - timedelta(days=2))
        day.desk.do(lambda work, visit=visit: day_closing.settle(work, visit, DONE))
    assert minutes(day, "school") == 20


def test_the_wait_is_a_range_from_the_own_history(day: Day) -> None:
    for hour in range(8, 13):
        talk(day, "school", hour, 20)
    guests = [day.at(10, number).comes(str(number), kind=day.kind("school")) for number in range(6)]
    waits = room(day).waits(moment(10, 10))
    # three desks are open: the first three begin at once or one talk late, the fourth waits for one of three talks
    assert [(waits[guest].low, waits[guest].high) for guest in guests] == [
        (0, 10), (0, 15), (0, 20), (5, 30), (10, 35), (15, 40),
    ]  # fmt: skip
    assert [waits[guest].ahead for guest in guests] == [0, 1, 2, 3, 4, 5]
    after = room(day).next_wait(moment(10, 10))
    assert after is not None
    assert after.ahead == 6
    assert after.high > waits[guests[-1]].low


def test_while_no_desk_is_at_work_nobody_can_tell(day: Day) -> None:
    visit = day.at(7).comes("Hoxha")
    assert room(day).waits(moment(7)) == {}
    assert room(day).next_wait(moment(7)) is None
    day.step(day.comes("Osei"), IN_TALK, seat=1)
    assert visit in room(day).waits(moment(7))


def open_only(day: Day, **how: Any) -> None:
    """The centre is open so and not otherwise."""
    for hours in day.setup.openings:
        day.desk.do(lambda work, hours=hours: appointment_setup.remove(work, hours))
    hours = Opening(uuid4(), day.setup.places[0].id, 0b11111, 480, 960, **how)
    day.desk.do(lambda work: appointment_setup.keep_opening(work, hours))


def test_hours_for_whoever_comes_are_work_as_well(day: Day) -> None:
    open_only(day, walk_in=True)
    assert room(day).desks(moment(10)) == 3
    assert room(day).next_wait(moment(10)) is not None
    assert room(day).desks(moment(17)) == 0


def test_where_only_some_desks_are_open_the_others_are_not_reckoned_with(day: Day) -> None:
    open_only(day, seats=1)
    assert (room(day).desks(moment(10)), room(day).desks(moment(17))) == (1, 0)
    for number in (1, 2):
        day.step(day.at(10).comes("Osei"), IN_TALK, seat=number)
    assert room(day).desks(moment(10)) == 2
