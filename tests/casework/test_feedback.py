"""What the question after an assignment is answered with: one deed each, with a way back."""

from datetime import date, timedelta

import pytest
from builders import TODAY, StoredFamily, store_family

from desk_app.casework import (
    deeds,
    families,
    feedback,
    follow_ups,
    notes,
    placement_deeds,
    placement_lines,
    placement_list,
)
from desk_app.casework.desk import Desk
from desk_app.casework.follow_ups import FollowUpLine
from desk_app.casework.placement_events import StepFacts
from desk_app.domain.errors import RecordGone


@pytest.fixture
def family(desk: Desk) -> StoredFamily:
    family = desk.do(store_family)[0]
    facts = StepFacts(school="103780", starts_on=date(2026, 11, 10))
    desk.do(lambda work: placement_deeds.step(work, [family.request], "assigned", facts))
    return family


def asked(desk: Desk, family: StoredFamily) -> FollowUpLine | None:
    desk.do(lambda work: placement_lines.catch_up_with(work, family.household))
    lines = desk.do(lambda work: follow_ups.of_family(work, family.household))[0]
    return next((line for line in lines if line.rule == "feedback"), None)


def state(desk: Desk) -> str:
    return desk.do(lambda work: placement_list.listing(work, resting=True))[0][0].state


def test_a_child_that_has_begun_is_admitted_and_the_question_done(desk: Desk, family: StoredFamily) -> None:
    line = asked(desk, family)
    assert line is not None
    deed = desk.do(lambda work: feedback.begun(work, line.id))[0]
    assert state(desk) == "admitted"
    assert asked(desk, family) is None
    desk.do(lambda work: deeds.undo(work, deed))
    assert state(desk) == "assigned"
    assert asked(desk, family) == line


def test_a_child_that_has_not_begun_keeps_its_place_and_is_asked_about_again(desk: Desk, family: StoredFamily) -> None:
    line = asked(desk, family)
    assert line is not None
    deed = desk.do(lambda work: feedback.not_begun(work, line.id))[0]
    assert state(desk) == "assigned"
    again = asked(desk, family)
    assert again is not None
    assert (again.id, again.due_on) == (line.id, TODAY + timedelta(weeks=1))
    (note,) = desk.do(lambda work: notes.of_family(work, family.household))[0]
    assert (note.words, note.person, note.request) == (
        "Hat noch nicht in der Schule angefangen.", family.child, family.request
    )  # fmt: skip
    desk.do(lambda work: deeds.undo(work, deed))
    assert not desk.do(lambda work: notes.of_family(work, family.household))[0]
    back = asked(desk, family)
    assert back is not None
    assert back.due_on == line.due_on


def test_only_what_a_rule_asked_can_be_answered_so(desk: Desk, family: StoredFamily) -> None:
    draft = follow_ups.Draft(family.child, family.household, "Zeugnis", TODAY)
    desk.do(lambda work: follow_ups.keep(work, draft))
    with pytest.raises(RecordGone):
        desk.do(lambda work: feedback.begun(work, family.child))
    assert desk.do(lambda work: families.load(work, family.household))[0].state_of(family.request) == "assigned"
