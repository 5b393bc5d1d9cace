"""States that a person chooses: dated, in bulk, taken back and done again, and what the list says of them."""

from datetime import date

import builders
import pytest
from conftest import SettableClock

from desk_app.casework import (
    deeds,
    families,
    households,
    intake,
    merging,
    placement_deeds,
    placement_list,
    placements,
    side_by_side,
)
from desk_app.casework.desk import Desk, Work
from desk_app.casework.placement_events import StepFacts
from desk_app.casework.placement_list import PlacementRow
from desk_app.domain.errors import RecordGone
from desk_app.domain.records import RecordKind, Ref


def row_of(desk: Desk) -> PlacementRow:
    (row,) = desk.do(lambda work: placement_list.listing(work, resting=True))[0]
    return row


def assigned(school: str = "103780", day: date = date(2026, 12, 1)) -> StepFacts:
    return StepFacts(school=school, class_name="8b", starts_on=day, support="initial")


def test_an_assignment_tells_school_class_and_day_and_ends_the_wait(desk: Desk, clock: SettableClock) -> None:
    family = desk.do(builders.store_family)[0]
    before = row_of(desk).waiting_days
    desk.do(lambda work: placement_deeds.step(work, [family.request], placements.ASSIGNED, assigned()))
    clock.advance(days=20)
    row = row_of(desk)
    assert (row.state, row.school, row.class_name, row.starts_on) == ("assigned", "103780", "8b", date(2026, 12, 1))
    assert row.waiting_days == before


def test_taking_a_step_back_leaves_the_request_as_it_was_and_again_as_it_became(desk: Desk) -> None:
    family = desk.do(builders.store_family)[0]
    first = row_of(desk).state
    deed = desk.do(lambda work: placement_deeds.step(work, [family.request], placements.ASSIGNED, assigned()))[0]
    undone = desk.do(lambda work: deeds.undo(work, deed))[0]
    assert row_of(desk).state == first
    assert not row_of(desk).school
    desk.do(lambda work: deeds.undo(work, undone.way_back))
    assert (row_of(desk).state, row_of(desk).school) == ("assigned", "103780")


def test_what_somebody_went_on_from_stays_when_the_step_before_is_taken_back(desk: Desk) -> None:
    family = desk.do(builders.store_family)[0]
    deed = desk.do(lambda work: placement_deeds.step(work, [family.request], placements.ASSIGNED, assigned()))[0]
    desk.do(lambda work: placement_deeds.step(work, [family.request], placements.ADMITTED))
    undone = desk.do(lambda work: deeds.undo(work, deed))[0]
    assert undone.kept == 1
    assert row_of(desk).state == "admitted"


def test_going_on_with_a_request_makes_it_what_its_answers_say(desk: Desk) -> None:
    family = desk.do(builders.store_family)[0]
    first = row_of(desk).state
    desk.do(lambda work: placement_deeds.step(work, [family.request], placements.QUERY, StepFacts(reason="Klasse?")))
    assert row_of(desk).reason == "Klasse?"
    desk.do(lambda work: placement_deeds.step(work, [family.request], placements.DRAFT))
    assert row_of(desk).state == first


def test_states_that_follow_from_answers_cannot_be_chosen(desk: Desk) -> None:
    family = desk.do(builders.store_family)[0]
    with pytest.raises(KeyError):
        desk.do(lambda work: placement_deeds.step(work, [family.request], placements.COMPLETE))


def test_a_request_that_is_gone_is_told(desk: Desk) -> None:
    family = desk.do(builders.store_family)[0]
    with pytest.raises(RecordGone):
        desk.do(lambda work: placement_deeds.step(work, [family.household], placements.SENT))
    assert isinstance(desk.do(lambda work: work)[0], Work)


def test_what_is_told_later_about_a_place_adds_to_what_was_told_first(desk: Desk) -> None:
    family = desk.do(builders.store_family)[0]
    first = StepFacts(school="103780", class_name="8b", happened_on=date(2026, 11, 20))
    desk.do(lambda work: placement_deeds.step(work, [family.request], placements.ASSIGNED, first))
    assert row_of(desk).state_since == date(2026, 11, 20)
    begun = StepFacts(starts_on=date(2026, 11, 25))
    desk.do(lambda work: placement_deeds.step(work, [family.request], placements.ADMITTED, begun))
    row = row_of(desk)
    assert (row.school, row.class_name, row.starts_on) == ("103780", "8b", date(2026, 11, 25))
    other = StepFacts(school="189111")
    desk.do(lambda work: placement_deeds.step(work, [family.request], placements.ASSIGNED, other))
    assert (row_of(desk).school, row_of(desk).class_name, row_of(desk).starts_on) == ("189111", "", None)
    desk.do(lambda work: placement_deeds.step(work, [family.request], placements.DECLINED))
    assert row_of(desk).school == ""


def test_what_a_person_withdrew_stays_so_whatever_is_answered_until_somebody_goes_on(desk: Desk) -> None:
    family = desk.do(builders.store_family)[0]
    first = row_of(desk).state
    desk.do(lambda work: placement_deeds.step(work, [family.request], placements.WITHDRAWN, StepFacts(reason="Essen")))
    household = Ref(RecordKind.HOUSEHOLD, family.household)
    desk.do(lambda work: intake.set_value(work, household, "phone", "0208 000001"))
    assert (row_of(desk).state, row_of(desk).reason) == ("withdrawn", "Essen")
    desk.do(lambda work: placement_deeds.step(work, [family.request], placements.DRAFT))
    assert row_of(desk).state == first


def assign(desk: Desk, family: builders.StoredFamily) -> None:
    desk.do(lambda work: placement_deeds.step(work, [family.request], placements.ASSIGNED, assigned()))
    # told later, and no school with it
    desk.do(lambda work: placement_deeds.step(work, [family.request], placements.ADMITTED))


@pytest.mark.parametrize("undone", [True, False], ids=["taken back", "came back"])
def test_a_family_that_is_here_again_keeps_the_place_its_child_had(desk: Desk, undone: bool) -> None:
    family = desk.do(builders.store_family)[0]
    desk.do(lambda work: placement_deeds.step(work, [family.request], placements.ASSIGNED, assigned()))
    deed = desk.do(lambda work: households.move_away(work, family.household, builders.TODAY))[0]
    assert row_of(desk).state == "moved_away"
    if undone:
        desk.do(lambda work: deeds.undo(work, deed))
    else:
        desk.do(lambda work: households.come_back(work, family.household, builders.TODAY))
    row = row_of(desk)
    assert (row.state, row.school, row.class_name, row.starts_on) == ("assigned", "103780", "8b", date(2026, 12, 1))


def test_a_request_somebody_withdrew_stays_so_when_the_family_comes_back(desk: Desk) -> None:
    family = desk.do(builders.store_family)[0]
    desk.do(lambda work: placement_deeds.step(work, [family.request], placements.WITHDRAWN))
    desk.do(lambda work: households.move_away(work, family.household, builders.TODAY))
    desk.do(lambda work: households.come_back(work, family.household, builders.TODAY))
    assert row_of(desk).state == "withdrawn"
    change = Ref(RecordKind.PERSON, family.child)
    desk.do(lambda work: intake.set_value(work, change, "birth_place", "Homs"))
    assert row_of(desk).state == "withdrawn"


def test_a_place_outlasts_a_merge_that_was_taken_back(desk: Desk) -> None:
    kept, other = (desk.do(builders.store_family)[0] for _each in range(2))
    assign(desk, other)
    merged = desk.do(lambda work: merging.merge(work, kept.child, other.child))[0]
    desk.do(lambda work: deeds.undo(work, merged.deed))
    rows = {row.request: row for row in desk.do(lambda work: placement_list.listing(work, resting=True))[0]}
    row = rows[other.request]
    assert (row.state, row.school, row.class_name) == ("admitted", "103780", "8b")


def test_taking_back_two_steps_in_any_order_leads_to_where_they_began(desk: Desk) -> None:
    family = desk.do(builders.store_family)[0]
    first = row_of(desk).state
    steps = [placements.QUERY, placements.WAITING_LIST, placements.DECLINED]
    made = [
        desk.do(lambda work, state=state: placement_deeds.step(work, [family.request], state))[0] for state in steps
    ]
    way_back = [desk.do(lambda work, deed=deed: deeds.undo(work, deed))[0].way_back for deed in made]
    assert row_of(desk).state == first
    for undoing in reversed(way_back):
        desk.do(lambda work, undoing=undoing: deeds.undo(work, undoing))
    assert row_of(desk).state == "declined"


def test_taking_a_step_back_heeds_what_was_answered_since_and_doing_it_again_does_not(desk: Desk) -> None:
    family = desk.do(builders.store_family)[0]
    deed = desk.do(lambda work: placement_deeds.step(work, [family.request], placements.WITHDRAWN))[0]
    file = desk.do(lambda work: families.load(work, family.household))[0]
    desk.do(lambda work: intake.remove(work, file.records[RecordKind.CONSENT][0].ref))
    undone = desk.do(lambda work: deeds.undo(work, deed))[0]
    assert row_of(desk).state == "draft"
    again = desk.do(lambda work: deeds.undo(work, undone.way_back))[0]
    assert row_of(desk).state == "withdrawn"
    desk.do(lambda work: deeds.undo(work, again.way_back))
    assert row_of(desk).state == "draft"


def test_what_was_sent_another_way_counts_from_the_day_it_was(desk: Desk) -> None:
    family = desk.do(builders.store_family)[0]
    by_post = StepFacts(happened_on=date(2026, 11, 20))
    desk.do(lambda work: placement_deeds.step(work, [family.request], placements.SENT, by_post))
    assert row_of(desk).sent_on == date(2026, 11, 20)


@pytest.mark.parametrize("reached", [placements.ASSIGNED, placements.WAITING_LIST, placements.SENT])
def test_of_two_requests_of_one_child_the_one_that_is_further_goes_on(desk: Desk, reached: str) -> None:
    first, second = (desk.do(builders.store_family)[0] for _each in range(2))
    desk.do(lambda work: placement_deeds.step(work, [first.request], placements.MOVED_AWAY))
    desk.do(lambda work: placement_deeds.step(work, [second.request], reached, assigned()))
    found = desk.do(lambda work: side_by_side.preview(work, first.child, second.child))[0]
    assert [request.id for request in found.requests] == [second.request, first.request]
    desk.do(lambda work: merging.merge(work, first.child, second.child))
    assert (row_of(desk).request, row_of(desk).state) == (second.request, reached)
