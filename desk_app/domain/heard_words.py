"""Words of names as the ear takes them, prepared once for each word, and how many sounds two of them are apart.

For a word that is typed some hundred others are looked at. So every unit (see ``name_keys``) is one sign of a text:
beginnings and ends are compared as texts, and what one unit costs instead of another is worked out once.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import accumulate
from typing import Final

from desk_app.domain import name_keys
from desk_app.domain.name_keys import Unit

VOWELS: Final = frozenset("aeiou")
NEVER: Final = 99.0
"""Farther apart than was asked for."""

_WORDS_KEPT: Final = 100_000
_NEAR: Final = [frozenset(pair) for pair in ("ae", "ei", "iy", "ou", "ey", "uw", "ow", "ij", "yj", "ao")]
_SWAP: Final = 0.5
_FIRST_SIGN: Final = 0xE000
"""Of the area of Unicode for private use."""


@dataclass(frozen=True, slots=True)
class Form:
    """A word with or without the article written with it."""

    signs: str
    """One for each unit."""
    size: float
    """What all its units say about a name."""
    consonants: int


@dataclass(frozen=True, slots=True)
class Heard:
    """A folded word."""

    keys: tuple[str, ...]
    groups: frozenset[int]
    forms: tuple[Form, ...]
    """Those with an article left out come last."""


@lru_cache(maxsize=_WORDS_KEPT)
def heard(word: str) -> Heard:
    """The word, which must not be empty, as it is compared."""
    forms = tuple(_form(name_keys.units(form)) for form in name_keys.forms(word))
    return Heard(name_keys.sound_keys(word), name_keys.name_groups(word), forms)


def _form(units: tuple[Unit, ...]) -> Form:
    first = [unit[0] for unit in units]
    vowels = sum(sound in VOWELS for sound in first)
    soft = sum(sound in "hyw" for sound in first)
    consonants = len(first) - vowels - soft
    return Form("".join(map(_sign, units)), 0.4 * vowels + 0.5 * soft + consonants, consonants)


def distance(first: str, second: str, most: float) -> float:
    """Edit distance with the costs of sounds, neighbours exchanged included (optimal string alignment).

    Both are the signs of forms. More than ``most`` need not be known exactly.
    """
    shorter = min(len(first), len(second))
    same = 0
    while same < shorter and first[same] == second[same]:
        same += 1
    end = 0
    while end < shorter - same and first[-1 - end] == second[-1 - end]:
        end += 1
    return _distance_between(first[same : len(first) - end], second[same : len(second) - end], most, at_start=not same)


def _distance_between(first: str, second: str, most: float, *, at_start: bool) -> float:
    """The same where neither beginning nor end agree."""
    added = [_EXTRA[other] for other in second]
    if at_start and second:
        added[0] = _extra(second[0], at_start=True)
    above: list[float] = []
    before = [0.0, *accumulate(added)]
    unit_before = ""
    for here, unit in enumerate(first):
        gone = _extra(unit, at_start=True) if at_start and not here else _EXTRA[unit]
        instead = _INSTEAD[unit]
        last = before[0] + gone
        row = [last]
        other_before = ""
        for there, other in enumerate(second):
            cost = before[there] + instead[other]
            if before[there + 1] + gone < cost:
                cost = before[there + 1] + gone
            if last + added[there] < cost:
                cost = last + added[there]
            if unit == other_before and other == unit_before and above[there - 1] + _SWAP < cost:
                cost = above[there - 1] + _SWAP
            row.append(cost)
            last, other_before = cost, other
        if min(row) > most and min(before) > most:
            return NEVER
        above, before, unit_before = before, row, unit
    return before[-1]


# --- signs and costs, each worked out when it is first needed


@cache
def _signs() -> dict[Unit, str]:
    """The signs of units that are not one letter with its own sound."""
    units = sorted(unit for unit in name_keys.all_units() if not _is_plain(unit))
    return {unit: chr(_FIRST_SIGN + number) for number, unit in enumerate(units)}


@cache
def _units() -> dict[str, Unit]:
    return {sign: unit for unit, sign in _signs().items()}


def _sign(unit: Unit) -> str:
    return unit[0] if _is_plain(unit) else _signs()[unit]


def _unit(sign: str) -> Unit:
    return _units().get(sign, (sign,))


def _is_plain(unit: Unit) -> bool:
    return len(unit) == len(unit[0]) == 1


class _Extra(dict[str, float]):
    """What one unit more or less costs after the beginning."""

    def __missing__(self, sign: str) -> float:
        self[sign] = _extra(sign, at_start=False)
        return self[sign]


class _Others(dict[str, float]):
    """What each unit costs instead of this one."""

    def __init__(self, sign: str) -> None:
        self._unit = _unit(sign)

    def __missing__(self, sign: str) -> float:
        self[sign] = _other(self._unit, _unit(sign))
        return self[sign]


class _Instead(dict[str, _Others]):
    """The costs of all units instead of each."""

    def __missing__(self, sign: str) -> _Others:
        self[sign] = _Others(sign)
        return self[sign]


_EXTRA: Final = _Extra()
_INSTEAD: Final = _Instead()


def _extra(sign: str, *, at_start: bool) -> float:
    """What one unit more or less costs."""
    unit = _unit(sign)
    if unit[0] in VOWELS:
        return 0.4 if at_start else 0.2
    if unit[0] in "hy":
        return 0.25
    if "w" in unit or "y" in unit:
        return 0.4
    return 0.6 if unit[0] in "xG" else 1.0


def _other(first: Unit, second: Unit) -> float:
    """What one unit instead of another costs."""
    if first == second:
        return 0.0
    if not set(first).isdisjoint(second):
        return 0.0 if first[0] == second[0] or first[0] in second or second[0] in first else 0.1
    if any(frozenset((one, other)) in _NEAR for one in first for other in second):
        return 0.1
    if first[0] in VOWELS and second[0] in VOWELS:
        return 0.3
    classes = set(name_keys.sound_classes(first)) & set(name_keys.sound_classes(second))
    if classes - {""}:
        return 0.25
    if classes and first[0] not in VOWELS and second[0] not in VOWELS:
        return 0.2
    return 1.0
