"""Where a talk still fits between what is open and what is taken."""

from datetime import UTC, datetime, timedelta
from itertools import islice
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk_app.domain.slots import (
    Crowd,
    DeskTime,
    InterpreterTime,
    InterpreterWish,
    Need,
    Span,
    Window,
    both,
    covered,
    crowded,
    find_free,
    free_starts,
    merge,
    start_windows,
    starts,
    subtract,
    suitable,
)

MIDNIGHT = datetime(2026, 12, 1, tzinfo=UTC)
PLACE, FIRST_DESK, SECOND_DESK, AMAL, BERIVAN, CEM, FAMILY = (UUID(int=number) for number in range(7))


def at(clock: str) -> datetime:
    hour, minute = clock.split(":")
    return MIDNIGHT + timedelta(hours=int(hour), minutes=int(minute))


def span(text: str) -> Span:
    first, last = text.split("-")
    return Span(at(first), at(last))


def spans(text: str) -> list[Span]:
    return [span(part) for part in text.split()]


def shown(found: list[Span]) -> str:
    return " ".join(f"{start:%H:%M}-{end:%H:%M}" for start, end in found)


def times(found: list[datetime]) -> list[str]:
    return [f"{start:%H:%M}" for start in found]


def minute_spans(low: int = 1) -> st.SearchStrategy[list[Span]]:
    """Spans of a morning of six hours, in no order, at any minute."""
    one = st.tuples(st.integers(0, 300), st.integers(low, 90)).map(
        lambda pair: Span(MIDNIGHT + timedelta(minutes=pair[0]), MIDNIGHT + timedelta(minutes=sum(pair)))
    )
    return st.lists(one, max_size=7)


def minutes_of(found: list[Span]) -> set[int]:
    """The minutes that spans hold, counted one by one."""
    return {
        minute
        for start, end in found
        for minute in range((start - MIDNIGHT) // timedelta(minutes=1), (end - MIDNIGHT) // timedelta(minutes=1))
    }


@pytest.mark.parametrize(
    ("one", "other", "meet"),
    [
        ("09:00-11:00", "09:00-11:00", True),
        ("09:00-11:00", "10:00-12:00", True),
        ("10:00-12:00", "09:00-11:00", True),
        ("09:00-12:00", "10:00-11:00", True),
        ("10:00-11:00", "09:00-12:00", True),
        ("09:00-10:00", "11:00-12:00", False),
        ("11:00-12:00", "09:00-10:00", False),
        ("09:00-10:00", "10:00-11:00", False),
        ("10:00-11:00", "09:00-10:00", False),
        ("10:00-10:00", "09:00-11:00", True),
        ("09:00-11:00", "10:00-10:00", True),
        ("09:00-09:00", "09:00-10:00", False),
        ("10:00-10:00", "09:00-10:00", False),
        ("09:00-10:00", "09:00-09:00", False),
        ("09:00-10:00", "10:00-10:00", False),
        ("09:00-09:00", "09:00-09:00", False),
    ],
)
def test_two_spans_meet_or_only_touch(one: str, other: str, meet: bool) -> None:
    assert span(one).overlaps(span(other)) is meet


def test_a_span_covers_what_lies_in_it_to_its_very_ends() -> None:
    assert span("9:00-10:00").covers(span("9:00-10:00"))
    assert not span("9:00-10:00").covers(span("9:00-10:01"))
    assert not span("9:00-10:00").covers(span("8:59-10:00"))
    assert covered(span("10:00-11:00"), spans("8:00-9:00 10:00-12:00"))
    assert not covered(span("9:30-11:00"), spans("8:00-9:00 10:00-12:00"))
    assert not covered(span("7:00-7:30"), spans("8:00-9:00"))


def test_spans_that_touch_become_one() -> None:
    assert shown(merge(spans("11:00-12:00 9:00-10:00 10:00-10:30 10:15-10:20"))) == "09:00-10:30 11:00-12:00"
    assert merge(spans("9:00-9:00 11:00-10:00")) == []


def test_lunch_is_taken_out_of_the_day() -> None:
    assert shown(subtract(spans("8:30-16:00"), spans("12:30-13:00"))) == "08:30-12:30 13:00-16:00"
    assert subtract(spans("8:30-16:00"), spans("8:00-17:00")) == []


@given(minute_spans(0), minute_spans(0))
def test_taking_out_leaves_exactly_the_other_minutes(given_spans: list[Span], taken: list[Span]) -> None:
    left = subtract(given_spans, taken)
    assert minutes_of(left) == minutes_of(given_spans) - minutes_of(taken)
    assert left == merge(left)
    assert minutes_of(merge(given_spans)) == minutes_of(given_spans)


@given(minute_spans(0), st.integers(1, 4))
def test_a_crowd_is_where_so_many_go_on_at_once(given_spans: list[Span], count: int) -> None:
    slow = {minute for minute in range(400) if sum(minute in minutes_of([one]) for one in given_spans) >= count}
    assert minutes_of(crowded(given_spans, count)) == slow
    crowd = Crowd(given_spans)
    assert crowd.of(count) == crowd.of(count) == crowded(given_spans, count)


def test_a_talk_fits_exactly_between_two_others() -> None:
    day, taken = spans("8:30-12:30"), spans("8:30-9:30 10:15-12:30")
    assert times(list(free_starts(day, taken, Need(45)))) == ["09:30"]
    assert list(free_starts(day, taken, Need(50))) == []


def test_a_talk_that_ends_within_another_does_not_free_the_desk() -> None:
    taken = spans("8:30-11:00 9:00-9:10")
    assert times(list(free_starts(spans("8:30-12:00"), taken, Need(55)))) == ["11:00", "11:05"]


def test_time_before_and_after_a_talk_is_kept_free_of_others() -> None:
    day, taken = spans("8:30-12:30"), spans("10:00-10:30")
    found = times(list(free_starts(day, taken, Need(45, before=5, after=15))))
    assert (found[0], found[-1]) == ("08:30", "11:45")  # nobody has to be let in for the time around the talk
    assert [start for start in found if "08:55" < start < "10:40"] == ["09:00", "10:35"]


def test_starts_lie_on_the_raster_also_where_the_hours_do_not() -> None:
    assert times(list(starts([Window(at("8:32"), at("8:46"))]))) == ["08:35", "08:40", "08:45"]
    assert times(list(starts([Window(at("8:32"), at("9:30"))], step=30))) == ["09:00", "09:30"]
    assert times(list(starts([Window(at("8:30"), at("8:30")), Window(at("8:30"), at("8:35"))]))) == ["08:30", "08:35"]


@given(
    minute_spans(),
    minute_spans(),
    st.builds(Need, st.integers(5, 60), before=st.integers(0, 20), after=st.integers(0, 20)),
)
def test_what_is_free_is_what_a_look_at_every_start_finds(open_: list[Span], busy: list[Span], need: Need) -> None:
    raster = [MIDNIGHT + timedelta(minutes=minute) for minute in range(0, 400, 5)]
    whole = merge(open_)
    slow = [
        start
        for start in raster
        if any(one.covers(need.talk(start)) for one in whole)
        and not any(one.overlaps(need.busy(start)) for one in busy)
    ]
    assert list(free_starts(open_, busy, need)) == slow


@given(minute_spans(), minute_spans(), st.integers(5, 60))
def test_two_who_are_free_are_both_free(ones: list[Span], others: list[Span], minutes: int) -> None:
    need = Need(minutes)
    one, other = start_windows(ones, [], need), start_windows(others, [], need)
    assert set(starts(both(one, other))) == set(starts(one)) & set(starts(other))


def desk(seat: UUID, open_: str, busy: str = "") -> DeskTime:
    return DeskTime(PLACE, seat, spans(open_), spans(busy))


def test_the_earliest_is_found_first_and_of_two_desks_the_first() -> None:
    desks = [desk(FIRST_DESK, "9:00-12:00", "9:00-9:10"), desk(SECOND_DESK, "9:00-12:00", "9:05-9:10")]
    found = list(islice(find_free(desks, Need(60)), 3))
    assert [(f"{slot.start:%H:%M}", slot.seat) for slot in found] == [
        ("09:10", FIRST_DESK), ("09:10", SECOND_DESK), ("09:15", FIRST_DESK)
    ]  # fmt: skip
    assert found[0].end == at("10:10")
    assert found[0].interpreters == ()


def test_nothing_is_offered_before_the_given_instant() -> None:
    found = list(find_free([desk(FIRST_DESK, "9:00-12:00")], Need(60), not_before=at("10:47")))
    assert times([slot.start for slot in found]) == ["10:50", "10:55", "11:00"]


def test_with_interpreters_somebody_must_be_free_for_the_talk() -> None:
    amal = InterpreterTime(AMAL, [("ara", "")], open=spans("10:00-11:00"), busy=spans("10:30-10:45"))
    berivan = InterpreterTime(BERIVAN, [("ara", "")], busy=spans("9:00-10:15"))
    desks = [desk(FIRST_DESK, "9:00-11:00")]
    found = {
        f"{slot.start:%H:%M}": slot.interpreters for slot in find_free(desks, Need(30), interpreters=[amal, berivan])
    }
    assert found["10:00"] == (AMAL,)
    assert found["10:15"] == (BERIVAN,)
    assert list(found) == ["10:00", "10:15", "10:20", "10:25", "10:30"]
    assert list(find_free(desks, Need(30), interpreters=[])) == []


def test_the_desks_time_around_the_talk_is_not_the_interpreters() -> None:
    amal = InterpreterTime(AMAL, [("ara", "")], busy=spans("9:00-9:30 10:00-11:00"))
    found = find_free([desk(FIRST_DESK, "9:00-11:00")], Need(30, before=10, after=15), interpreters=[amal])
    assert times([slot.start for slot in found]) == ["09:30"]


@given(minute_spans(), minute_spans(), minute_spans(), st.integers(5, 60))
def test_whoever_is_offered_can_come_and_nobody_is_left_out(
    open_: list[Span], amal_busy: list[Span], berivan_open: list[Span], minutes: int
) -> None:
    need = Need(minutes, after=10)
    amal = InterpreterTime(AMAL, [("ara", "")], busy=amal_busy)
    berivan = InterpreterTime(BERIVAN, [("ara", "")], open=berivan_open)
    found = {
        slot.start: slot.interpreters
        for slot in find_free([DeskTime(PLACE, FIRST_DESK, open_)], need, interpreters=[amal, berivan])
    }
    slow = {}
    for start in free_starts(open_, [], need):
        talk = need.talk(start)
        who = [AMAL] if not any(one.overlaps(talk) for one in amal_busy) else []
        who += [BERIVAN] if any(one.covers(talk) for one in merge(berivan_open)) else []
        if who:
            slow[start] = tuple(who)
    assert found == slow


def test_interpreters_fit_by_language_sex_and_family() -> None:
    amal = InterpreterTime(AMAL, [("ara", ""), ("fra", "")], sex="f")
    berivan = InterpreterTime(BERIVAN, [("kmr", "Badini"), ("ara", "Irakisch")], sex="f", blocked=frozenset({FAMILY}))
    cem = InterpreterTime(CEM, [("tur", ""), ("kmr", "")], sex="m")
    team = [amal, berivan, cem]

    def who(wish: InterpreterWish) -> list[UUID]:
        return [one.interpreter for one in suitable(team, wish)]

    assert who(InterpreterWish("ara")) == [AMAL, BERIVAN]
    assert who(InterpreterWish("ara", dialect="irakisch")) == [BERIVAN, AMAL]
    assert who(InterpreterWish("kmr", dialect="Irakisch")) == [BERIVAN, CEM]
    assert who(InterpreterWish("kmr", sex="f")) == [BERIVAN]
    assert who(InterpreterWish("kmr", household=FAMILY)) == [CEM]
    assert who(InterpreterWish("ara", interpreter=BERIVAN)) == [BERIVAN]
    assert who(InterpreterWish("ara", interpreter=BERIVAN, household=FAMILY)) == []
    assert who(InterpreterWish("pus")) == []
