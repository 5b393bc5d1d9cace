"""Talks laid back to back for one interpreter."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

from hypothesis import given, settings
from hypothesis import strategies as st

from desk_app.domain.bundling import LONGEST_PAUSE, PAUSE, DeskDay, Movable, Plan, best_plan
from desk_app.domain.slots import Need, Span, covered

DAY = datetime(2026, 12, 3, tzinfo=UTC)
LATER = DAY + timedelta(days=5)
DESK, OTHER = UUID(int=1), UUID(int=2)


def at(hour: int, minute: int = 0, day: datetime = DAY) -> datetime:
    return day + timedelta(hours=hour, minutes=minute)


def span(start: int, end: int) -> Span:
    return Span(at(start), at(end))


def talk(
    number: int, start: datetime, minutes: int = 45, seat: UUID = DESK, before: int = 0, after: int = 0
) -> Movable:
    return Movable(UUID(int=100 + number), Need(minutes, before, after), start, seat)


def placed(plan: Plan) -> list[tuple[int, str, UUID]]:
    return [(each.id.int - 100, f"{each.start:%H:%M}", each.seat) for each in plan.placed]


OPEN = [DeskDay(DESK, [span(9, 16)])]


def test_talks_follow_each_other_in_the_order_of_the_books() -> None:
    movable = [talk(2, at(10, day=LATER)), talk(1, at(9, day=LATER)), talk(3, at(9, day=LATER + timedelta(days=1)))]
    plan = best_plan(movable, OPEN, [span(9, 13)], [at(9), at(12)])
    assert placed(plan) == [(1, "09:00", DESK), (2, "09:50", DESK), (3, "10:40", DESK)]
    assert plan.waiting == timedelta(minutes=2 * PAUSE)


def test_only_what_fits_into_the_time_of_the_interpreter_is_taken() -> None:
    movable = [talk(1, at(9, day=LATER)), talk(2, at(10, day=LATER)), talk(3, at(11, day=LATER), minutes=20)]
    plan = best_plan(movable, OPEN, [span(9, 10)], [at(9)])
    assert placed(plan) == [(1, "09:00", DESK)]
    assert placed(best_plan(movable, OPEN, [], [at(9)])) == []


def test_the_minutes_around_a_talk_are_the_desks_not_the_interpreters() -> None:
    movable = [talk(1, at(9, day=LATER), after=30), talk(2, at(10, day=LATER), after=30)]
    one_desk = best_plan(movable, OPEN, [span(9, 13)], [at(9)])
    assert placed(one_desk) == [(1, "09:00", DESK), (2, "10:15", DESK)]
    two = best_plan(movable, [*OPEN, DeskDay(OTHER, [span(9, 16)])], [span(9, 13)], [at(9)])
    assert placed(two) == [(1, "09:00", DESK), (2, "09:50", OTHER)]


def test_what_is_booked_at_the_desk_is_left_alone() -> None:
    desk = DeskDay(DESK, [span(9, 16)], [Span(at(9, 45), at(10, 10))])
    movable = [talk(1, at(9, day=LATER)), talk(2, at(10, day=LATER))]
    assert placed(best_plan(movable, [desk], [span(9, 13)], [at(9)])) == [(1, "09:00", DESK), (2, "10:10", DESK)]
    full = DeskDay(DESK, [span(9, 16)], [Span(at(9, 45), at(10, 30))])
    assert placed(best_plan(movable, [full], [span(9, 13)], [at(9)])) == [(1, "09:00", DESK)]  # too long a pause


def test_a_talk_gives_up_its_place_only_when_it_is_moved_itself() -> None:
    stays, comes = talk(1, at(9, 50)), talk(2, at(9, day=LATER))
    plan = best_plan([stays, comes], OPEN, [span(9, 13)], [at(9)])
    assert placed(plan) == [(1, "09:00", DESK), (2, "09:50", DESK)]
    first = talk(2, at(8, day=DAY - timedelta(days=1)))  # comes first, where the other still is
    assert placed(best_plan([talk(1, at(9)), first], OPEN, [span(9, 13)], [at(9)])) == [
        (1, "09:00", DESK),
        (2, "09:50", DESK),
    ]


def test_of_several_beginnings_the_one_with_most_talks_then_least_waiting_then_least_moved_counts() -> None:
    movable = [talk(1, at(11)), talk(2, at(11, 50))]
    plan = best_plan(movable, OPEN, [span(9, 16)], [at(9), at(11), at(13)])
    assert placed(plan) == [(1, "11:00", DESK), (2, "11:50", DESK)]
    assert plan.shift == timedelta(0)


MINUTES = st.integers(0, 24).map(lambda five: five * 5)


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(0, 9), MINUTES, st.sampled_from([15, 30, 45, 60]), st.booleans(), MINUTES), max_size=6
    ),
    st.lists(st.tuples(st.integers(8, 15), MINUTES, st.booleans()), max_size=4),
    st.tuples(st.integers(8, 11), st.integers(11, 16)),
)
def test_a_plan_never_takes_two_places_and_can_be_done_move_by_move(
    talks: list[tuple[int, int, int, bool, int]], taken: list[tuple[int, int, bool]], there: tuple[int, int]
) -> None:
    movable, own = [], dict[UUID, list[Span]]({DESK: [], OTHER: []})
    for number, (days, minutes, length, second, after) in enumerate(talks):
        one = talk(
            number, at(9) + timedelta(days=days, minutes=minutes), length, OTHER if second else DESK, after=after
        )
        if any(each.overlaps(one.busy) for each in own[one.seat or DESK]):
            continue
        own[one.seat or DESK].append(one.busy)
        movable.append(one)
    desks = []
    for seat, second in ((DESK, False), (OTHER, True)):
        booked = [Span(at(hour, minute), at(hour, minute + 40)) for hour, minute, on in taken if on is second]
        desks.append(
            DeskDay(seat, [span(8, 17)], [each for each in booked if not any(o.overlaps(each) for o in own[seat])])
        )
    person = [span(*there)]
    plan = best_plan(movable, desks, person, [at(hour) for hour in range(8, 16)])
    books = {one.id: (one.seat, one.busy) for one in movable}
    by_id = {one.id: one for one in movable}
    end = None
    for each in plan.placed:
        need = by_id[each.id].need
        assert covered(need.talk(each.start), person)
        assert end is None or timedelta(minutes=PAUSE) <= each.start - end <= timedelta(minutes=LONGEST_PAUSE + PAUSE)
        end = need.talk(each.start).end
        books[each.id] = (each.seat, need.busy(each.start))
        others = [span_ for id_, (seat, span_) in books.items() if id_ != each.id and seat == each.seat]
        fixed = next(desk.taken for desk in desks if desk.seat == each.seat)
        assert not any(other.overlaps(need.busy(each.start)) for other in (*others, *fixed))
