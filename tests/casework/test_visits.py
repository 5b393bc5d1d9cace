"""A visit from the door to its end: numbers, calls, what is kept of it, and how it is taken back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

import pytest
from builders import TODAY, store_family
from the_day import Day, moment

from desk_app.casework import appointment_setup, deeds, families, merging, personal, visits
from desk_app.casework.appointment_setup import Place
from desk_app.casework.desk import Desk
from desk_app.casework.visits import CalledJustNow, StepNotPossible, WalkIn
from desk_app.domain.covering import covering
from desk_app.domain.errors import RecordGone
from desk_app.domain.visit_states import (
    ARRIVED,
    CALLED,
    CANCELLED_FAMILY,
    COMES_BACK,
    DONE,
    IN_TALK,
    INTERRUPTED,
    NO_SHOW,
    PLANNED,
)


@pytest.fixture
def day(desk: Desk, clock) -> Day:  # type: ignore[no-untyped-def]  # the settable clock
    return Day(desk, clock)


# --- numbers


def test_two_who_come_at_the_same_moment_get_two_numbers(day: Day) -> None:
    first, second = day.comes("Hoxha"), day.comes("Osei")
    assert (day.line(first).arrived_at, day.line(first).number) == (day.line(second).arrived_at, 1)
    assert day.line(second).number == 2


def test_numbers_begin_anew_on_every_day_and_in_every_place(day: Day) -> None:
    away = Place(uuid4(), "Stadtteilhaus", kind="outreach")
    day.desk.do(lambda work: appointment_setup.keep(work, away))
    numbers = [day.line(day.comes()).number, day.line(day.comes()).number]
    assert [*numbers, day.line(day.comes(place=away.id)).number] == [1, 2, 1]
    day.at(9, day=TODAY + timedelta(days=1))
    assert day.line(day.comes()).number == 1


def test_a_day_ends_at_midnight_in_germany(day: Day) -> None:
    day.at(23, 59)
    assert day.line(day.comes()).number == 1
    day.clock.advance(minutes=1)  # 23:00 UTC
    assert day.line(day.comes()).number == 1
    day.clock.advance(minutes=1)
    assert day.line(day.comes()).number == 2


def test_a_number_that_was_given_is_not_given_to_somebody_else(day: Day) -> None:
    day.comes("Hoxha")
    taken_back = day.desk.do(deeds.newest)[0]
    assert taken_back is not None
    day.desk.do(lambda work: deeds.undo(work, taken_back.id))
    assert day.line(day.comes("Osei")).number == 2


def test_the_same_draft_again_keeps_its_number(day: Day) -> None:
    draft = WalkIn(uuid4(), name="Frau Hoxha")
    number = day.desk.do(lambda work: visits.walk_in(work, draft))[0]
    again = day.desk.do(lambda work: visits.walk_in(work, replace(draft, name="Frau Hoxha-Berisha", language="sq")))[0]
    line = day.line(draft.id)
    assert (again, line.title, line.language) == (number, "Frau Hoxha-Berisha", "sq")


def test_who_goes_before_others_says_why_and_the_reason_goes_with_the_priority(day: Day) -> None:
    visit = day.comes("Hoxha", priority=1, reason=" Säugling ")
    assert (day.line(visit).priority, day.line(visit).priority_reason) == (1, "Säugling")
    day.desk.do(lambda work: visits.set_priority(work, visit, None, "Säugling"))
    assert (day.line(visit).priority, day.line(visit).priority_reason) == (None, "")


# --- calls


def test_who_was_called_is_not_called_again_within_five_minutes(day: Day) -> None:
    visit = day.at(10).comes("Hoxha")
    day.call(visit)
    day.at(10, 4)
    with pytest.raises(CalledJustNow, match=r"um 10:00 aufgerufen.*ab 10:05"):
        day.call(visit)
    assert day.line(visit).calls == 1
    day.at(10, 5).call(visit)
    assert (day.line(visit).calls, day.line(visit).called_at) == (2, moment(10, 5))


def test_the_refusal_of_a_call_names_nobody(day: Day) -> None:
    visit = day.at(10).comes("Hoxha")
    day.call(visit)
    with pytest.raises(CalledJustNow) as refused:
        day.call(visit)
    assert "Hoxha" not in refused.value.message


def test_the_lock_holds_over_the_hour_that_the_clock_shows_twice(day: Day) -> None:
    night = date(2026, 10, 25)
    day.clock.set(moment(2, 58, night))
    visit = day.comes("Hoxha")
    day.call(visit)
    day.clock.advance(minutes=4)  # the clock shows 2:02 again
    with pytest.raises(CalledJustNow):
        day.call(visit)
    day.clock.advance(minutes=1)
    day.call(visit)
    assert day.line(visit).calls == 2


def test_three_calls_in_vain_are_a_missed_visit(day: Day) -> None:
    visit = day.at(10).comes("Hoxha")
    for minute in (0, 5, 10):
        day.at(10, minute).call(visit)
    with pytest.raises(CalledJustNow):
        day.at(10, 14).call(visit)
    day.at(10, 15).call(visit)
    assert day.state(visit) == NO_SHOW
    assert day.states(visit) == [ARRIVED, CALLED, CALLED, CALLED, NO_SHOW]


def test_who_missed_it_and_comes_after_all_waits_anew(day: Day) -> None:
    visit = day.at(10).comes("Hoxha")
    for minute in (0, 5, 10, 15):
        day.at(10, minute).call(visit)
    day.at(10, 40).step(visit, ARRIVED)
    line = day.line(visit)
    assert (line.state, line.arrived_at, line.calls, line.called_at) == (ARRIVED, moment(10, 40), 0, None)
    day.call(visit)


# --- what is kept


def test_of_a_visit_only_instants_are_kept(day: Day) -> None:
    visit = day.book("Haddad", 10)
    day.at(9, 50).step(visit, ARRIVED)
    day.at(10, 2).step(visit, CALLED)
    day.at(10, 4).step(visit, IN_TALK)
    day.at(10, 20).step(visit, INTERRUPTED)
    day.at(10, 30).step(visit, IN_TALK)
    day.at(10, 55).step(visit, DONE)
    line = day.line(visit)
    assert (line.arrived_at, line.called_at) == (moment(9, 50), moment(10, 2))
    assert (line.started_at, line.finished_at) == (moment(10, 4), moment(10, 55))
    assert (line.start, line.end) == (moment(10), moment(10, 45)), "what was agreed on stays"
    at = [when for when, _state, _words in day.desk.do(lambda work: visits.events(work, visit))[0]]
    assert at == [moment(9, 50), moment(10, 2), moment(10, 4), moment(10, 20), moment(10, 30), moment(10, 55)]


def test_a_walk_in_takes_the_desk_from_when_the_talk_begins_until_it_ends(day: Day) -> None:
    visit = day.at(10).comes("Hoxha", kind=day.kind("school"))
    assert day.line(visit).seat is None
    day.at(10, 20).step(visit, IN_TALK, seat=2)
    line = day.line(visit)
    assert (line.seat, line.busy_from, line.busy_until) == (day.seat(2), moment(10, 20), moment(11, 5))
    day.at(10, 35).step(visit, DONE)
    assert day.line(visit).busy_until == moment(10, 35)


def test_who_comes_back_waits_from_then_on_and_the_first_talk_counts(day: Day) -> None:
    visit = day.at(10).comes("Hoxha")
    day.at(10, 5).step(visit, IN_TALK, seat=1)
    day.at(10, 20).step(visit, COMES_BACK)
    day.at(11).step(visit, ARRIVED)
    line = day.line(visit)
    assert (line.arrived_at, line.started_at, line.finished_at) == (moment(11), moment(10, 5), None)


def test_a_talk_that_nobody_ended_keeps_no_desk_for_days(day: Day) -> None:
    visit = day.at(15).comes("Osei")
    day.step(visit, IN_TALK, seat=1)
    day.at(10, day=TODAY + timedelta(days=3)).step(visit, DONE)
    assert day.line(visit).busy_until == moment(15, day=TODAY + timedelta(days=1))


def test_a_talk_over_midnight_ends_on_the_next_day(day: Day) -> None:
    visit = day.at(23, 50).comes("Hoxha")
    day.step(visit, IN_TALK, seat=1)
    day.clock.advance(minutes=20)
    day.step(visit, DONE)
    line = day.line(visit)
    assert line.finished_at is not None
    assert line.started_at is not None
    assert line.finished_at - line.started_at == timedelta(minutes=20)


def test_a_talk_in_the_night_of_the_clock_change_is_as_long_as_it_was(day: Day) -> None:
    day.clock.set(moment(1, 50, date(2026, 3, 29)))
    visit = day.comes("Hoxha")
    day.step(visit, IN_TALK, seat=1)
    day.clock.set(moment(3, 10, date(2026, 3, 29)))
    day.step(visit, DONE)
    line = day.line(visit)
    assert line.finished_at is not None
    assert line.started_at is not None
    assert line.finished_at - line.started_at == timedelta(minutes=20)


# --- what cannot follow


def test_another_desk_was_faster(day: Day) -> None:
    visit = day.at(10).comes("Hoxha")
    day.step(visit, IN_TALK, DONE)
    with pytest.raises(StepNotPossible):
        day.step(visit, CALLED)
    assert day.state(visit) == DONE


def test_bringing_a_cancelled_appointment_back_is_no_step_of_a_visit(day: Day) -> None:
    visit = day.book("Haddad", 15)
    day.step(visit, CANCELLED_FAMILY)
    with pytest.raises(StepNotPossible):
        day.step(visit, PLANNED)


# --- what becomes of a walk-in


def test_a_walk_in_becomes_a_file_with_the_name_that_was_said(day: Day) -> None:
    visit, household = day.comes("Frau Hoxha"), uuid4()
    day.desk.do(lambda work: visits.take_in(work, visit, household))
    file = day.desk.do(lambda work: families.load(work, household))[0]
    assert file.household.text("family_name") == "Hoxha"
    assert day.line(visit).household == household


def test_a_walk_in_is_linked_to_a_family_that_is_known(day: Day) -> None:
    family = day.desk.do(store_family)[0]
    visit = day.comes("die mit dem Kinderwagen")
    day.desk.do(lambda work: visits.link(work, visit, family.household))
    assert day.line(visit).title == "Haddad"
    with pytest.raises(RecordGone):
        day.desk.do(lambda work: visits.link(work, visit, uuid4()))


def test_who_comes_of_a_family_that_was_merged_meanwhile_is_of_the_one_that_stands(day: Day) -> None:
    kept, dropped = (day.desk.do(store_family)[0].household for _file in range(2))
    day.desk.do(lambda work: merging.merge(work, kept, dropped))
    visit, other = day.comes(household=dropped), day.comes("Osei")
    day.desk.do(lambda work: visits.link(work, other, dropped))
    assert {day.line(visit).household, day.line(other).household} == {kept}


def test_whoever_comes_is_covered_by_name_and_what_is_internal_is_not(day: Day) -> None:
    day.comes("Frau Hoxha-Berisha", phone="0208 12345")
    day.book("Teamrunde", 14, look="internal")
    known = day.desk.do(personal.read)[0]
    cover = covering(known)
    assert cover("Frau Hoxha-Berisha, 0208 12345, Teamrunde") == "Frau H.-B., •••, Teamrunde"


def test_every_step_is_taken_back_with_its_instants(day: Day) -> None:
    visit = day.book("Haddad", 10)
    day.at(10).step(visit, ARRIVED)
    before = day.line(visit)
    deed = day.at(10, 5).step(visit, IN_TALK)
    undone = day.desk.do(lambda work: deeds.undo(work, deed))[0]
    assert (day.line(visit), day.states(visit)) == (before, [ARRIVED])
    day.desk.do(lambda work: deeds.undo(work, undone.way_back))
    assert (day.state(visit), day.states(visit)) == (IN_TALK, [ARRIVED, IN_TALK])
