"""Every past count can be worked out again: a stretch of invented work, held against a diary kept beside it."""

import os
import random
from datetime import date, timedelta

import builders
from conftest import SettableClock
from replay import Diary, Year

from desk_app.casework import deeds, placement_counts, placement_deeds, placement_list, placements
from desk_app.casework.desk import Desk
from desk_app.casework.placement_events import StepFacts

FAMILIES, DAYS = (300, 365) if os.environ.get("TRITTSTEIN_YEAR") else (6, 40)
"""`TRITTSTEIN_YEAR=1` replays a whole year: about 1,200 requests of 300 families."""


def played(desk: Desk, clock: SettableClock) -> Diary:
    year = Year(desk, clock, random.Random(5), FAMILIES, DAYS)
    year.play()
    return year.diary


def test_what_the_desk_knew_each_evening_can_be_worked_out_again(desk: Desk, clock: SettableClock) -> None:
    diary = played(desk, clock)
    assert len(diary.evenings) == DAYS
    for evening, counts in diary.evenings.items():
        assert desk.do(lambda work, day=evening: placement_counts.known_on(work, day))[0] == +counts
    for evening in diary.evenings:
        assert desk.do(lambda work, day=evening: placement_counts.happened_by(work, day))[0] == diary.was(evening)
    shown = desk.do(lambda work: placement_list.pipeline(placement_list.listing(work, resting=True)))[0]
    assert {state: count for state, count in shown.items() if count} == diary.evenings[max(diary.evenings)]


def test_a_step_entered_late_counts_from_the_day_it_happened(desk: Desk, clock: SettableClock) -> None:
    family = desk.do(builders.store_family)[0]
    clock.advance(days=10)
    late = StepFacts(happened_on=date(2026, 12, 1))
    desk.do(lambda work: placement_deeds.step(work, [family.request], placements.SENT, late))
    between = date(2026, 12, 3)
    assert desk.do(lambda work: placement_counts.known_on(work, between))[0] == {placements.COMPLETE: 1}
    assert desk.do(lambda work: placement_counts.happened_by(work, between))[0] == {placements.SENT: 1}


def test_what_was_taken_back_was_known_until_then(desk: Desk, clock: SettableClock) -> None:
    family = desk.do(builders.store_family)[0]
    deed = desk.do(lambda work: placement_deeds.step(work, [family.request], placements.SENT))[0]
    today = date(2026, 11, 26)
    clock.advance(days=2)
    later = today + timedelta(days=2)
    desk.do(lambda work: deeds.undo(work, deed))
    assert desk.do(lambda work: placement_counts.known_on(work, today))[0] == {placements.SENT: 1}
    assert desk.do(lambda work: placement_counts.known_on(work, later))[0] == {placements.COMPLETE: 1}
    assert desk.do(lambda work: placement_counts.happened_by(work, today))[0] == {placements.COMPLETE: 1}


def test_what_was_done_again_was_not_known_in_between(desk: Desk, clock: SettableClock) -> None:
    family = desk.do(builders.store_family)[0]
    deed = desk.do(lambda work: placement_deeds.step(work, [family.request], placements.SENT))[0]
    known = [placements.SENT]
    for state in (placements.COMPLETE, placements.SENT, placements.COMPLETE, placements.SENT):
        clock.advance(days=1)
        deed = desk.do(lambda work, deed=deed: deeds.undo(work, deed))[0].way_back
        known.append(state)
    for days, state in enumerate(known):
        evening = builders.TODAY + timedelta(days=days)
        assert desk.do(lambda work, day=evening: placement_counts.known_on(work, day))[0] == {state: 1}
        assert desk.do(lambda work, day=evening: placement_counts.happened_by(work, day))[0] == {placements.SENT: 1}
    row = desk.do(placement_list.listing)[0][0]
    assert (row.sent_on, row.state_since) == (builders.TODAY, builders.TODAY)
