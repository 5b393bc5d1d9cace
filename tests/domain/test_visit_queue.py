"""Who is called next and how long the others wait."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk_app.domain.visit_queue import (
    Expected,
    Waiting,
    WaitRange,
    is_missed,
    lock_left,
    next_to_call,
    order,
    talk_minutes,
    waits,
)

TEN = datetime(2026, 12, 1, 9, 0, tzinfo=UTC)
INTAKE, SCHOOL = UUID(int=101), UUID(int=102)


def minutes(number: float) -> timedelta:
    return timedelta(minutes=number)


def walk_in(
    number: int,
    waited: int,
    priority: int | None = None,
    *,
    kind: UUID | None = None,
    called_at: datetime | None = None,
    calls: int = 0,
) -> Waiting:
    """One without an appointment who has waited so many minutes at ten."""
    came = TEN - minutes(waited)
    return Waiting(UUID(int=number), came, None, priority, number, kind, called_at, calls)


def booked(number: int, ago: int, priority: int | None = None, waited: int = 5) -> Waiting:
    """An appointment that began `ago` minutes before ten."""
    return Waiting(UUID(int=number), TEN - minutes(waited), booked_at=TEN - minutes(ago), priority=priority)


def called(*waiting: Waiting) -> list[int]:
    """Their numbers in the order in which they are called, whatever order they are told in."""
    found = [one.id.int for one in order(waiting, TEN)]
    assert [one.id.int for one in order(reversed(waiting), TEN)] == found
    return found


def test_an_appointment_whose_time_has_come_goes_before_those_without() -> None:
    assert called(walk_in(1, 50), booked(2, 0), walk_in(3, 60)) == [2, 3, 1]


def test_those_without_go_before_an_appointment_yet_to_come() -> None:
    assert called(booked(1, -10), walk_in(2, 5)) == [2, 1]


def test_who_is_urgent_goes_first() -> None:
    assert called(booked(1, 20), walk_in(2, 5, priority=1), walk_in(3, 9, priority=1)) == [3, 2, 1]


def test_priority_two_goes_before_an_appointment_if_it_came_before_its_time() -> None:
    assert called(booked(1, 20), walk_in(2, 25, priority=2)) == [2, 1]
    assert called(booked(1, 20), walk_in(2, 15, priority=2), walk_in(3, 40)) == [1, 2, 3]


def test_an_urgent_appointment_waits_neither_for_its_time_nor_for_others() -> None:
    assert called(booked(1, -30, priority=1), booked(2, 20), walk_in(3, 90, priority=2)) == [1, 3, 2]
    assert called(booked(1, -30, priority=1), walk_in(2, 5, priority=1)) == [2, 1]


def test_an_appointment_put_back_goes_after_the_others_with_one() -> None:
    assert called(booked(1, 30, priority=3), booked(2, 10), walk_in(3, 60)) == [2, 1, 3]


def test_of_two_who_came_together_the_lower_number_goes_first() -> None:
    higher, lower = replace(walk_in(1, 10), number=8), replace(walk_in(2, 10), number=7)
    assert called(higher, lower) == [2, 1]


@given(st.lists(st.tuples(st.integers(-30, 60), st.sampled_from([None, 1, 2, 3]), st.booleans()), max_size=8))
def test_nobody_is_lost_and_nobody_overtakes_their_equals(told: list[tuple[int, int | None, bool]]) -> None:
    families = [
        booked(number, ago, priority) if has_date else walk_in(number, abs(ago), priority)
        for number, (ago, priority, has_date) in enumerate(told)
    ]
    found = order(families, TEN)
    assert sorted(one.id for one in found) == sorted(one.id for one in families)
    for place, one in enumerate(found):
        for later in found[place + 1 :]:
            alike = (one.rank, one.booked_at is None) == (later.rank, later.booked_at is None)
            assert not alike or one.since <= later.since


def test_a_family_that_was_called_is_not_called_again_for_five_minutes() -> None:
    assert lock_left(None, TEN) == 0
    assert lock_left(TEN, TEN) == 300
    assert lock_left(TEN, TEN + minutes(4)) == 60
    assert lock_left(TEN, TEN + timedelta(seconds=299, microseconds=1)) == 1
    assert lock_left(TEN, TEN + minutes(5)) == 0


def test_a_clock_that_was_set_back_locks_nobody_out() -> None:
    assert lock_left(TEN, TEN - timedelta(seconds=3)) == 300
    assert lock_left(TEN, TEN - timedelta(hours=11)) == 0


def test_next_is_who_can_be_called() -> None:
    first, second, third = walk_in(1, 50, called_at=TEN - minutes(2), calls=1), walk_in(2, 40), walk_in(3, 30)
    assert next_to_call([first, second, third], TEN) == second
    assert next_to_call([first, second, third], TEN + minutes(3)) == first
    assert next_to_call([first], TEN) is None
    called_in_vain = walk_in(4, 60, called_at=TEN - minutes(9), calls=3)
    assert next_to_call([called_in_vain, third], TEN) == third


def test_after_three_calls_and_time_to_come_a_family_has_missed_its_turn() -> None:
    assert not is_missed(2, TEN - minutes(20), TEN)
    assert not is_missed(3, TEN - minutes(4), TEN)
    assert is_missed(3, TEN - minutes(5), TEN)


def test_how_long_talks_take_is_learnt_from_the_desk_once_there_are_enough() -> None:
    assert talk_minutes([20, 20, 20, 20], planned=45) == 45
    assert talk_minutes([20, 30, 25, 30, 900], planned=45) == 30
    assert talk_minutes([0, 0, 0, 0, 0], planned=45) == 1


TIMES: dict[UUID | None, int] = {INTAKE: 60, SCHOOL: 30}


def wait_of(number: int, desks: int, *families: Waiting, expected: tuple[Expected, ...] = ()) -> WaitRange:
    return waits(families, TEN, TIMES, desks, expected)[UUID(int=number)]


def test_the_wait_is_told_as_a_range() -> None:
    """At best 0.8 of the talks ahead but for the first at each desk, at worst all of them and one talk late."""
    families = [walk_in(number, 60 - number, kind=SCHOOL) for number in range(1, 5)]
    assert wait_of(1, 1, *families) == WaitRange(0, 30, 0)
    assert wait_of(2, 1, *families) == WaitRange(20, 60, 1)
    assert wait_of(4, 1, *families) == WaitRange(70, 120, 3)
    assert wait_of(4, 2, *families) == WaitRange(20, 60, 3)
    assert wait_of(4, 4, *families) == WaitRange(0, 30, 3)


def test_kinds_take_their_own_time_and_others_the_average() -> None:
    intake, school, unknown, last = (
        walk_in(1, 40, kind=INTAKE), walk_in(2, 30, kind=SCHOOL), walk_in(3, 20), walk_in(4, 10, kind=SCHOOL)
    )  # fmt: skip
    assert wait_of(2, 1, intake, school) == WaitRange(45, 105, 1)
    assert wait_of(4, 1, intake, school, unknown, last) == WaitRange(105, 180, 3)


def test_appointments_due_before_the_turn_are_reckoned_with() -> None:
    family = walk_in(1, 10, kind=SCHOOL)
    soon, later = Expected(TEN + minutes(20), INTAKE), Expected(TEN + minutes(90), INTAKE)
    assert wait_of(1, 1, family, expected=(later,)) == WaitRange(0, 30, 0)
    assert wait_of(1, 1, family, expected=(later, soon)) == WaitRange(0, 105, 0)
    late, given_up = Expected(TEN - minutes(59), INTAKE), Expected(TEN - minutes(60), INTAKE)
    assert wait_of(1, 1, family, expected=(late, given_up)) == WaitRange(0, 105, 0)
    assert wait_of(1, 1, walk_in(1, 10, priority=1, kind=SCHOOL), expected=(soon,)) == WaitRange(0, 30, 0)


def test_where_nobody_works_nothing_is_promised() -> None:
    assert waits([walk_in(1, 10)], TEN, TIMES, desks=0) == {}
    assert wait_of(1, 1, walk_in(1, 10)) == WaitRange(0, 45, 0)
    assert waits([walk_in(1, 10)], TEN, {}, desks=1)[UUID(int=1)] == WaitRange(0, 5, 0)


@given(st.integers(1, 6), st.lists(st.sampled_from([INTAKE, SCHOOL, None]), min_size=1, max_size=9))
def test_a_wait_is_a_range_and_grows_along_the_queue(desks: int, kinds: list[UUID | None]) -> None:
    families = [walk_in(number, 60 - number, kind=kind) for number, kind in enumerate(kinds)]
    found = list(waits(families, TEN, TIMES, desks).values())
    assert all(0 <= one.low < one.high and one.low % 5 == one.high % 5 == 0 for one in found)
    assert [one.ahead for one in found] == list(range(len(kinds)))
    assert [one.low for one in found] == sorted(one.low for one in found)


@pytest.mark.parametrize(
    ("wait", "words"),
    [
        (WaitRange(20, 35, 3), "etwa 20 bis 35 Minuten, 3 Familien vor Ihnen"),
        (WaitRange(0, 15, 1), "bis etwa 15 Minuten, 1 Familie vor Ihnen"),
        (WaitRange(0, 15, 0), "bis etwa 15 Minuten, Sie sind als Nächstes an der Reihe"),
        (WaitRange(65, 125, 4), "etwa 1:05 bis 2:05 Stunden, 4 Familien vor Ihnen"),
        (WaitRange(0, 95, 2), "bis etwa 1:35 Stunden, 2 Familien vor Ihnen"),
    ],
)
def test_the_wait_in_words(wait: WaitRange, words: str) -> None:
    assert wait.words == words
