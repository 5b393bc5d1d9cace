"""How wide a column of a workbook has to be, and how many lines a text takes in it."""

import unicodedata
from collections.abc import Iterable
from math import ceil

from desk_app.domain.lists import Column, Value, shown

MOST_LINES = 4
"""Of a long text; the rest is in the cell, not on the paper."""

_GROWTH = 1.5  # a column widens up to this for long content, then the text wraps


def fitting_width(column: Column, values: Iterable[Value]) -> float:
    """Wide enough for the content, at least as wide as the column asks for; text may widen it by half, then wraps."""
    widest, firm = column.width, 0.0
    for value in values:
        if isinstance(value, str):
            if len(value) * _BROADEST > widest:
                widest = max(widest, _breadth(value))
        elif value is not None:
            firm = max(firm, len(shown(value)))  # numbers and days cannot wrap, they would become "###"
    return max(min(widest, column.width * _GROWTH), firm)


def lines_of(text: str, width: float) -> int:
    """How many lines `text` takes in a column of `width`; more than fit is just that, one more than the most."""
    if len(text) * _BROADEST <= width and "\n" not in text:
        return 1
    count = sum(max(1, ceil(_breadth(line) / width)) for line in text[:2000].split("\n"))
    return min(count, MOST_LINES + 1)


class _Breadths(dict[str, float]):
    """How broad a letter is in Arial, measured in digits; rough, made once per letter."""

    def __missing__(self, letter: str) -> float:
        if unicodedata.combining(letter):
            breadth = 0.0
        elif letter in "iIjl.,:;'|!ftr ()[]-/":
            breadth = 0.55
        elif letter in "mMwW@%" or unicodedata.east_asian_width(letter) in "WF":
            breadth = 1.6
        else:
            breadth = 1.25 if letter.isupper() else 1.0
        self[letter] = breadth
        return breadth


_BREADTHS = _Breadths()
_BROADEST = 1.7


def _breadth(text: str) -> float:
    return sum(map(_BREADTHS.__getitem__, text[:400])) * 1.05
