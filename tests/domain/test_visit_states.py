"""The states of a visit."""

from itertools import pairwise

import pytest

from desk_app.domain import visit_states as states
from desk_app.domain.visit_states import ENDS, FREES, LABELS, NEXT, OPEN, label, may_follow


def test_every_state_has_a_name_and_says_what_may_follow() -> None:
    assert set(NEXT) == set(LABELS)
    assert len(set(LABELS.values())) == len(LABELS) == 12
    assert set().union(*NEXT.values()) <= set(LABELS)
    assert label("comes_back") == "kommt wieder"
    assert label("cancelled_us") == "abgesagt (von uns)"
    assert label("from a later version") == "from a later version"


@pytest.mark.parametrize(
    "way",
    [
        "planned confirmed arrived called in_talk interrupted in_talk done",
        "planned arrived called called called no_show arrived called in_talk done",
        "arrived in_talk comes_back arrived in_talk done",
        "arrived comes_back no_show",
        "planned done",
        "planned in_talk done in_talk done",
        "confirmed cancelled_family planned moved",
        "called arrived cancelled_family",
    ],
)
def test_ways_a_visit_goes(way: str) -> None:
    steps = way.split()
    assert all(may_follow(state, following) for state, following in pairwise(steps))


@pytest.mark.parametrize(
    ("state", "following"),
    [("moved", "planned"), ("in_talk", "planned"), ("done", "arrived"), ("in_talk", "no_show"), ("planned", "planned"),
     ("planned", "interrupted"), ("unknown", "done")],
)  # fmt: skip
def test_ways_no_visit_goes(state: str, following: str) -> None:
    assert not may_follow(state, following)


@pytest.mark.parametrize("state", sorted(OPEN))
def test_at_the_end_of_the_day_every_open_visit_can_be_ended_at_once(state: str) -> None:
    assert NEXT[state] & ENDS
    assert may_follow(state, states.DONE)


def test_what_is_done_ends_the_visit_but_keeps_its_slot() -> None:
    assert states.DONE in ENDS
    assert states.DONE not in FREES
    assert {"no_show", "cancelled_family", "cancelled_us", "moved"} == FREES
    assert {"planned", "confirmed", "arrived", "called", "in_talk", "interrupted", "comes_back"} == OPEN
