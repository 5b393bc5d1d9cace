"""What the dated steps of a request tell about its place together, wherever it is asked."""

from datetime import date
from typing import Any
from uuid import uuid4

from builders import NOW

from desk_app.domain.placement_deadlines import standing
from desk_app.domain.placement_steps import PLACED, place_told
from desk_app.domain.records import RequestEvent

REQUEST, FIRST = uuid4(), date(2026, 11, 10)
A, B = "103780", "189111"


def a_step(state: str, school: str = "", **told: Any) -> RequestEvent:
    return RequestEvent(uuid4(), REQUEST, state, NOW, "Carla", school=school, **told)


def told_by(*oldest_first: RequestEvent) -> tuple[str, str, date | None, str]:
    place = place_told(reversed(oldest_first))
    return place.school, place.class_name, place.starts_on, place.support


def test_the_same_school_assigned_again_without_its_class_keeps_it() -> None:
    first = a_step("assigned", A, class_name="8b", starts_on=date(2026, 12, 1), happened_on=FIRST)
    again = a_step("assigned", A, support="initial", happened_on=date(2026, 11, 20))
    assert told_by(first, again) == (A, "8b", date(2026, 12, 1), "initial")
    found = standing([first, again])
    assert (found.placed_on, found.starts_on) == (FIRST, date(2026, 12, 1))


def test_another_school_knows_nothing_of_what_the_first_one_told() -> None:
    first = a_step("assigned", A, class_name="8b", starts_on=date(2026, 12, 1), support="initial", happened_on=FIRST)
    other = a_step("admitted", B, happened_on=date(2026, 11, 20))
    assert told_by(first, other) == (B, "", None, "")
    assert (standing([first, other]).placed_on, standing([first, other]).starts_on) == (date(2026, 11, 20), None)


def test_what_the_first_school_told_without_its_name_is_not_the_others() -> None:
    told = a_step("admitted", starts_on=date(2026, 11, 25))
    assert told_by(a_step("assigned", A), told, a_step("assigned", B)) == (B, "", None, "")


def test_what_is_told_later_without_a_school_goes_on_about_the_same_one() -> None:
    steps = a_step("assigned", A, class_name="8b"), a_step("admitted", class_name="7a"), a_step("closed")
    assert told_by(*steps)[:2] == (A, "7a")


def test_a_place_ends_with_what_is_not_about_one() -> None:
    assigned = a_step("assigned", A, class_name="8b")
    assert told_by(assigned, a_step("declined")) == ("", "", None, "")
    assert told_by(assigned, a_step("sent"), a_step("assigned", B)) == (B, "", None, "")
    assert told_by() == ("", "", None, "")


def test_a_child_that_waits_for_a_place_has_none() -> None:
    waits = a_step("waiting_list", A)
    assert told_by(waits)[0] == A
    assert place_told([waits], PLACED).school == ""
