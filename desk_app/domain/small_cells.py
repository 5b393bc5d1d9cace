"""Counts of people that may leave the house: none so small that somebody could be known by it.

Cells below five are put together with others, so that neither they nor the total give them away; one small cell is
never left alone, since it would follow from the total (the usual primary and secondary suppression of statistics).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

LEAST: Final = 5
"""The smallest number that is shown."""


class Cell(NamedTuple):
    """One number that may be shown, for one value or for several put together."""

    labels: tuple[str, ...]
    number: int


def merged(cells: Iterable[tuple[str, int]]) -> tuple[Cell, ...]:
    """The cells by their size, all small ones as one at the end; none where even all together are too few."""
    found = sorted(((label, number) for label, number in cells if number), key=lambda cell: -cell[1])
    together: list[tuple[str, int]] = []
    while found and (found[-1][1] < LEAST or (together and _tells(together))):
        together.insert(0, found.pop())
    if not together:
        return tuple(Cell((label,), number) for label, number in found)
    rest = Cell(tuple(label for label, _number in together), sum(number for _label, number in together))
    if _tells(together):
        return ()
    return (*(Cell((label,), number) for label, number in found), rest)


def _tells(together: Sequence[tuple[str, int]]) -> bool:
    """Whether somebody could be known by the sum: where it is too small, or as many as the values, so each is one."""
    number = sum(each for _label, each in together)
    return number < LEAST or number == len(together)


def merged_in_order(cells: Sequence[tuple[str, int]]) -> tuple[Cell, ...]:
    """The cells in their order, such as months, each small one put together with its neighbours."""
    found: list[Cell] = []
    labels: tuple[str, ...] = ()
    number = 0
    for label, more in cells:
        labels, number = (*labels, label), number + more
        if number >= LEAST:
            found.append(Cell(labels, number))
            labels, number = (), 0
    if number and found:
        last = found.pop()
        found.append(Cell((*last.labels, *labels), last.number + number))
    return tuple(found)
