"""Counts that leave the house: nobody can be known by a number, nor by what is left of a total."""

from hypothesis import given
from hypothesis import strategies as st

from desk_app.domain.small_cells import LEAST, Cell, merged, merged_in_order

counts = st.lists(st.integers(0, 30), max_size=12).map(lambda all_: [(f"v{place}", n) for place, n in enumerate(all_)])


def test_small_ones_are_put_together_at_the_end() -> None:
    assert merged([("Deutsch", 12), ("Kita", 3), ("Sport", 9), ("Geld", 4)]) == (
        Cell(("Deutsch",), 12), Cell(("Sport",), 9), Cell(("Geld", "Kita"), 7)
    )  # fmt: skip


def test_a_single_small_one_takes_a_neighbour_along_since_the_total_would_tell_it() -> None:
    assert merged([("Deutsch", 12), ("Kita", 1), ("Sport", 9)]) == (Cell(("Deutsch",), 12), Cell(("Sport", "Kita"), 10))


def test_too_few_altogether_show_nothing() -> None:
    assert merged([("Deutsch", 2), ("Kita", 2)]) == ()
    assert merged([("Deutsch", 4)]) == ()
    assert merged_in_order([("Januar", 2), ("Februar", 2)]) == ()


def test_as_many_as_there_are_values_would_tell_each_of_them() -> None:
    ones = [(language, 1) for language in ("Dari", "Somali", "Tigrinya", "Twi", "Urdu")]
    assert merged(ones) == ()
    (cell,) = merged([("Arabisch", 8), *ones])
    assert (sorted(cell.labels), cell.number) == (["Arabisch", "Dari", "Somali", "Tigrinya", "Twi", "Urdu"], 13)


def test_months_go_with_their_neighbours() -> None:
    months = [("Jan", 2), ("Feb", 4), ("März", 8), ("April", 1)]
    assert merged_in_order(months) == (Cell(("Jan", "Feb"), 6), Cell(("März", "April"), 9))


@given(counts)
def test_no_small_number_is_ever_shown_and_nothing_is_lost(cells: list[tuple[str, int]]) -> None:
    total = sum(number for _label, number in cells)
    for found in (merged(cells), merged_in_order(cells)):
        assert all(cell.number >= LEAST for cell in found)
        assert sum(cell.number for cell in found) == (total if found else 0)
    assert bool(merged_in_order(cells)) is (total >= LEAST)
    assert bool(merged(cells)) is (total >= LEAST and any(number > 1 for _label, number in cells))


@given(counts)
def test_no_small_number_follows_from_the_others(cells: list[tuple[str, int]]) -> None:
    """Whoever knows what is shown and which values are put together still cannot tell one small value."""
    small = {label for label, number in cells if 0 < number < LEAST}
    for cell in merged(cells):
        if len(cell.labels) == 1:
            assert not small & set(cell.labels)
