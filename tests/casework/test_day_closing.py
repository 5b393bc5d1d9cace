"""The end of the day: nothing stays without an end, nobody without a topic, and nothing is made up."""

from __future__ import annotations

from datetime import timedelta

import pytest
from builders import TODAY
from the_day import Day, moment

from desk_app.casework import day_closing, deeds, visits
from desk_app.casework.desk import Desk
from desk_app.domain.visit_states import ARRIVED, CANCELLED_FAMILY, COMES_BACK, DONE, IN_TALK, NO_SHOW, PLANNED

YESTERDAY = TODAY - timedelta(days=1)


@pytest.fixture
def day(desk: Desk, clock) -> Day:  # type: ignore[no-untyped-def]  # the settable clock
    return Day(desk, clock)


def left(day: Day, on: object = TODAY) -> list[str]:
    return [line.title for line in day.desk.do(lambda work: day_closing.read(work, on))[0].rows]  # type: ignore[arg-type]  # a day


def test_what_is_left_is_whatever_has_no_end_and_walk_ins_without_a_topic(day: Day) -> None:
    day.step(day.book("Fertig", 9), ARRIVED, IN_TALK, DONE)
    day.step(day.book("Abgesagt", 10), CANCELLED_FAMILY)
    day.book("Offen", 11)
    day.step(day.at(12).comes("Ohne Thema"), IN_TALK, DONE)
    day.step(day.comes("Mit Thema", kind=day.kind("school")), IN_TALK, DONE)
    day.step(day.comes("Ging wieder"), NO_SHOW)
    day.book("Teamrunde", 14, look="internal")
    assert left(day) == ["Offen", "Ohne Thema"]
    closing = day.desk.do(lambda work: day_closing.read(work, TODAY))[0]
    assert (closing.endless, closing.topicless) == (1, 1)


def test_all_who_came_are_done_and_the_others_did_not_come(day: Day) -> None:
    came, talked = day.book("Kam", 9), day.book("Sprach", 10)
    away, back = day.book("Kam nicht", 11), day.book("Kam wieder", 13)
    day.at(9).step(came, ARRIVED)
    day.at(10).step(talked, IN_TALK)
    day.at(13).step(back, IN_TALK, COMES_BACK)
    day.at(17)
    deed = day.desk.do(lambda work: day_closing.settle_all(work, TODAY))[0]
    assert [day.state(each) for each in (came, talked, away, back)] == [DONE, DONE, NO_SHOW, DONE]
    assert left(day) == []
    day.desk.do(lambda work: deeds.undo(work, deed))
    assert left(day) == ["Kam", "Sprach", "Kam nicht", "Kam wieder"]


def test_who_has_yet_to_come_did_not_miss_it(day: Day) -> None:
    away, later = day.book("Kam nicht", 9), day.book("Kommt noch", 15)
    day.at(13)
    day.desk.do(lambda work: day_closing.settle_all(work, TODAY))
    assert [day.state(each) for each in (away, later)] == [NO_SHOW, PLANNED]
    assert left(day) == ["Kommt noch"]


def test_only_those_who_came_are_done_when_that_is_asked(day: Day) -> None:
    came, away = day.book("Kam", 9), day.book("Kam nicht", 11)
    day.at(9).step(came, ARRIVED)
    day.desk.do(lambda work: day_closing.settle_came(work, TODAY))
    assert day.state(came) == DONE
    assert left(day) == ["Kam nicht"]
    assert day.state(away) != NO_SHOW


def test_when_a_talk_ended_is_not_made_up(day: Day) -> None:
    visit = day.book("Vergessen", 9)
    day.at(9).step(visit, IN_TALK)
    day.at(17)
    day.desk.do(lambda work: day_closing.settle(work, visit, DONE))
    line = day.line(visit)
    assert (line.state, line.started_at, line.finished_at) == (DONE, moment(9), None)
    assert day.desk.do(lambda work: visits.events(work, visit))[0][-1][2] == visits.AFTERWARDS


def test_earlier_days_are_told_until_they_are_closed(day: Day) -> None:
    day.at(8, day=YESTERDAY)
    for hour in (9, 10):
        day.book("Haddad", hour, day=YESTERDAY)
    before = day.book("Rahimi", 9, day=YESTERDAY - timedelta(days=1))
    day.at(8)
    told = day.desk.do(lambda work: day_closing.unsettled(work, TODAY))[0]
    assert told == ((YESTERDAY, 2), (YESTERDAY - timedelta(days=1), 1))
    day.desk.do(lambda work: day_closing.settle_all(work, YESTERDAY))
    assert day.desk.do(lambda work: day_closing.unsettled(work, TODAY))[0] == ((YESTERDAY - timedelta(days=1), 1),)
    assert day.state(before) != NO_SHOW


def test_a_visit_belongs_to_the_day_it_began_on(day: Day) -> None:
    day.at(22, day=YESTERDAY)
    day.book("Spät", 23, 50, day=YESTERDAY, overbooked="Notfall")
    assert left(day, YESTERDAY) == ["Spät"]
    assert left(day) == []
