"""Which backups stay: the rungs, the age the deletion rules allow, and clocks that go wrong."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from desk_app.domain.clock import local, local_day
from desk_app.storage.backup_ladder import DAYS, MONTHS, WEEKS, keep

NOW = datetime(2026, 11, 26, 9, 42, tzinfo=UTC)
ALLOWED = timedelta(weeks=40)


@dataclass(frozen=True)
class Made:
    made_at: datetime
    sequence: int = 0


def _every(step: timedelta, count: int, end: datetime = NOW) -> list[Made]:
    return [Made(end - step * back, sequence=count - back) for back in range(count)]


def test_all_half_hours_of_the_last_day_stay() -> None:
    made = _every(timedelta(minutes=30), 48)
    assert keep(made, NOW, ALLOWED) == made


def test_of_two_in_one_half_hour_the_later_stays() -> None:
    at = datetime(2026, 11, 26, 9, 0, tzinfo=UTC)
    first, second = Made(at, 1), Made(at + timedelta(minutes=20), 2)
    assert keep([first, second], NOW, ALLOWED) == [second]


def test_a_year_of_working_every_half_hour_leaves_a_handful() -> None:
    made = [each for each in _every(timedelta(minutes=30), 48 * 365) if 8 <= local(each.made_at).hour < 17]
    kept = keep(made, NOW, timedelta(days=3650))
    older = [each for each in kept if each.made_at <= NOW - timedelta(days=1)]
    assert len({local_day(each.made_at) for each in kept if each.made_at > NOW - timedelta(days=12)}) == DAYS
    assert len(older) <= DAYS + WEEKS + MONTHS
    assert len({(local(each.made_at).year, local(each.made_at).month) for each in kept}) == MONTHS
    assert all(local(each.made_at).hour == 16 for each in older)  # the last of its day


def test_a_long_holiday_thins_nothing_out() -> None:
    made = _every(timedelta(days=1), 12, end=NOW - timedelta(days=40))
    assert keep(made, NOW, ALLOWED) == made


def test_what_is_older_than_the_rules_allow_goes_but_never_the_last_one() -> None:
    old = Made(NOW - timedelta(days=400), 1)
    assert keep([old], NOW, ALLOWED) == [old]
    newer = [Made(NOW - timedelta(days=1), 2), Made(NOW, 3)]
    assert keep([old, *newer], NOW, ALLOWED) == newer[::-1]


def test_a_clock_a_year_ahead_empties_nothing() -> None:
    made = _every(timedelta(days=1), 12)
    wrong = Made(NOW + timedelta(days=365), 99)
    assert set(made) <= set(keep([*made, wrong], wrong.made_at, ALLOWED))


def test_a_clock_fallen_back_to_1970_empties_nothing() -> None:
    made = _every(timedelta(days=1), 12)
    wrong = Made(datetime(1970, 1, 1, 0, 5, tzinfo=UTC), 99)
    assert set(keep([*made, wrong], wrong.made_at, ALLOWED)) == {*made, wrong}


instants = st.datetimes(datetime(1970, 1, 2), datetime(2040, 1, 1), timezones=st.just(UTC))
shelves = st.lists(st.builds(Made, instants, st.integers(0, 10_000)), max_size=60, unique_by=lambda made: made.made_at)
crowded = st.lists(
    st.builds(
        Made, st.integers(0, 400 * 48).map(lambda steps: NOW - timedelta(minutes=30) * steps), st.integers(0, 99)
    ),
    max_size=200,
    unique_by=lambda made: made.made_at,
)


@given(shelves | crowded, instants)
def test_whatever_the_clock_the_last_one_and_the_fullest_one_stay(made: list[Made], now: datetime) -> None:
    kept = keep(made, now, ALLOWED)
    assert set(kept) <= set(made)
    assert kept == sorted(kept, key=lambda each: each.made_at, reverse=True)
    if made:
        assert max(made, key=lambda each: each.made_at) in kept
        assert max(each.sequence for each in made) in {each.sequence for each in kept}


@given(shelves | crowded, instants)
def test_thinning_twice_is_thinning_once(made: list[Made], now: datetime) -> None:
    kept = keep(made, now, timedelta(days=30_000))
    assert keep(kept, now, timedelta(days=30_000)) == kept


@given(crowded)
def test_a_shelf_never_grows_beyond_its_rungs(made: list[Made]) -> None:
    assert len(keep(made, NOW, ALLOWED)) <= 49 + DAYS + WEEKS + MONTHS + 1


@given(shelves | crowded, st.lists(instants, min_size=1, max_size=5))
def test_one_wrong_clock_reading_never_leaves_fewer_days_than_there_were_up_to_twelve(
    made: list[Made], readings: list[datetime]
) -> None:
    """Each reading makes a backup and thins the shelf; with no limit of age, days are only lost to newer days."""
    shelf = list(made)
    for number, now in enumerate(readings):
        shelf.append(Made(now, 20_000 + number))
        days = {local_day(each.made_at) for each in shelf}
        shelf = keep(shelf, now, timedelta(days=30_000))
        assert len({local_day(each.made_at) for each in shelf}) >= min(len(days), DAYS)


def test_the_hour_that_comes_twice_in_autumn_keeps_both() -> None:
    summer, winter = datetime(2026, 10, 25, 0, 30, tzinfo=UTC), datetime(2026, 10, 25, 1, 30, tzinfo=UTC)
    assert f"{local(summer):%H:%M}" == f"{local(winter):%H:%M}"
    assert len(keep([Made(summer, 1), Made(winter, 2)], winter, ALLOWED)) == 2
