"""How a day is laid out: what stands beside each other, what is free, and where the keyboard stops."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

from hypothesis import given
from hypothesis import strategies as st

from desk_app.presenters.appointment_sheet import (
    Block,
    Column,
    Cursor,
    Face,
    Gap,
    Minutes,
    Sheet,
    beside,
    first_stop,
    gaps_between,
    hours_around,
    shades,
    side_by_side,
    step,
    stops,
)

DAY = date(2026, 11, 26)
SPANS = st.lists(
    st.tuples(st.integers(0, 280), st.integers(1, 40)).map(lambda pair: (pair[0] * 5, (pair[0] + pair[1]) * 5)),
    max_size=14,
)


def meet(one: Minutes, other: Minutes) -> bool:
    return one[0] < other[1] and other[0] < one[1]


@given(SPANS)
def test_what_meets_never_shares_a_lane_and_what_stands_alone_has_the_whole_width(spans: list[Minutes]) -> None:
    lanes = side_by_side(spans)
    for at, span in enumerate(spans):
        others = [other for place, other in enumerate(spans) if place != at and meet(span, other)]
        assert 0 <= lanes[at][0] < lanes[at][1]
        if not others:
            assert lanes[at] == (0, 1)
        for place, other in enumerate(spans):
            if place != at and meet(span, other):
                assert lanes[place][0] != lanes[at][0]
                assert lanes[place][1] == lanes[at][1]


def test_one_that_ends_at_ten_does_not_stand_beside_one_that_begins_then() -> None:
    assert side_by_side([(540, 600), (600, 660)]) == [(0, 1), (0, 1)]


@given(SPANS, st.integers(0, 1440))
def test_gaps_are_open_untaken_and_to_come(taken: list[Minutes], now: int) -> None:
    opened = [(510, 750), (780, 960)]
    for gap in gaps_between(opened, taken, now):
        assert gap[1] - gap[0] >= 30
        assert gap[0] >= now
        assert any(start <= gap[0] and gap[1] <= end for start, end in opened)
        assert not any(meet(gap, span) for span in taken)


def test_the_midday_break_is_named_and_the_hours_hold_what_lies_outside() -> None:
    assert [(each.start, each.end, each.words) for each in shades([(510, 750), (780, 960)], "Mittag")] == [
        (0, 510, ""), (750, 780, "Mittag"), (960, 1440, ""),
    ]  # fmt: skip
    assert hours_around([(455, 500), (950, 1010)]) == (420, 1020)


def a_sheet() -> Sheet:
    """Two desks; the first is free until ten, has one appointment, and is free again."""
    columns = (Column(DAY, None, uuid4(), "Platz 1"), Column(DAY, None, uuid4(), "Platz 2", mine=True))
    block = Block(Face(uuid4(), "Haddad", "10:00"), 0, 600, 645, (600, 645))
    gaps = (Gap(0, 540, 600), Gap(0, 645, 690), Gap(1, 570, 600))
    return Sheet(columns, (block,), gaps, today=DAY, now=575)


def test_the_keyboard_goes_through_free_times_and_appointments_and_on_to_the_next_desk() -> None:
    sheet = a_sheet()
    block = sheet.blocks[0].face.id
    way = [(stop.start, stop.id) for stop in stops(sheet, 0)]
    assert way == [(540, None), (555, None), (570, None), (585, None), (600, block), (645, None), (660, None),
                   (675, None)]  # fmt: skip
    last = stops(sheet, 0)[-1]
    after = step(sheet, last, 1)
    assert after == Cursor(1, 570)
    assert step(sheet, after, -1) == last
    assert step(sheet, Cursor(0, 595), 1) == Cursor(0, 600, block)
    assert beside(sheet, Cursor(0, 600, block), 1) == Cursor(1, 585)
    assert beside(sheet, after, 1) == after if after else False


def test_the_keyboard_begins_at_ones_own_desk_with_what_comes_next() -> None:
    assert first_stop(a_sheet()) == Cursor(1, 585)
    assert first_stop(Sheet()) is None
