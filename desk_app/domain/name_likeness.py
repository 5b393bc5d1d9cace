"""How alike two words of a name are, sound by sound, and which words of two names belong together.

Only serves to compare: 1 is the same word, 0 nothing in common. What spellings differ in most costs least: vowels,
a silent h, one sound of a family for another. A consonant more or less costs as much as it says about a name.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate
from typing import Final

from rapidfuzz.distance import OSA

from desk_app.domain import name_keys
from desk_app.domain.name_keys import Unit

SOUNDS_ALIKE: Final = 0.84
"""From here on two words are spellings of one name to the ear."""
RESEMBLES: Final = 0.62
"""From here on a slip of the pen may explain the difference."""

_FAINTLY: Final = 0.5
_WORDS_KEPT: Final = 200_000
_VOWELS = frozenset("aeiou")
_NEAR = [frozenset(pair) for pair in ("ae", "ei", "iy", "ou", "ey", "uw", "ow", "ij", "yj", "ao")]
_SAME_NAME = 0.9
_WITHOUT_ARTICLE = 0.97
_SWAP = 0.5
_JOINED = 0.7
_JOINED_LENGTH = 6
_ONE_SLIP = 1.25
_FEWEST_FOR_SLIP = 3
_FEW_CONSONANTS = 2
_SHORT = 1.25
_FARTHEST = 0.5
_NEVER = 99.0


@lru_cache(maxsize=_WORDS_KEPT)
def likeness(first: str, second: str) -> float:
    """How alike two folded words are, 0 to 1; what is less than ``RESEMBLES`` may be given as 0."""
    if first == second:
        return 1.0
    if not first or not second:
        return 0.0
    best = _SAME_NAME if name_keys.same_name(first, second) else 0.0
    if _far_apart(name_keys.sound_keys(first), name_keys.sound_keys(second)):
        return best
    for one in name_keys.forms(first):
        for other in name_keys.forms(second):
            stripped = one != first or other != second
            best = max(
                best, _alike(name_keys.units(one), name_keys.units(other)) * (_WITHOUT_ARTICLE if stripped else 1)
            )
    return best


def faintly_alike(first: str, second: str) -> bool:
    """Whether several slips may explain the difference of two folded words that do not even resemble each other."""
    return OSA.normalized_similarity(first, second) >= _FAINTLY


@dataclass(frozen=True, slots=True)
class Together:
    """Two words that belong together; places in the lists of words they were taken from."""

    first: int
    second: int
    word: str
    other: str
    alike: float


@dataclass(frozen=True, slots=True)
class Alignment:
    """The words of two names that belong together, and how many of each stay alone."""

    pairs: tuple[Together, ...]
    alone_first: tuple[int, ...]
    alone_second: tuple[int, ...]

    @property
    def worth(self) -> float:
        return sum(pair.alike for pair in self.pairs) - 0.2 * min(len(self.alone_first), len(self.alone_second))


def align(first: Sequence[str], second: Sequence[str]) -> Alignment:
    """Which words belong together, whatever their order; two written as one belong to that one."""
    best = _aligned(first, second, None, None)
    joins = _joins(first, second, best.alone_first), _joins(second, first, best.alone_second)
    tries = [_aligned(_with_join(first, at), second, at, None) for at in joins[0]]
    tries += [_aligned(first, _with_join(second, at), None, at) for at in joins[1]]
    # words joined count for two: else one of them would rather stay alone
    return max([best, *tries], key=lambda each: (each.worth, len(each.pairs)))


def _joins(words: Sequence[str], others: Sequence[str], alone: Sequence[int]) -> list[int]:
    """Where two neighbours, one of them without a partner, sound as one word like one of the others."""
    return [
        at
        for at, pair in enumerate(name_keys.joined(words))
        if (at in alone or at + 1 in alone)
        and any(abs(len(pair) - len(each)) <= _JOINED_LENGTH and likeness(pair, each) >= _JOINED for each in others)
    ]


def _with_join(words: Sequence[str], at: int) -> list[str]:
    return [*words[:at], words[at] + words[at + 1], *words[at + 2 :]]


def _aligned(first: Sequence[str], second: Sequence[str], join_first: int | None, join_second: int | None) -> Alignment:
    found = [
        (likeness(word, other), here, there) for here, word in enumerate(first) for there, other in enumerate(second)
    ]
    pairs: list[Together] = []
    left, right = set(range(len(first))), set(range(len(second)))
    for alike, here, there in sorted(found, key=lambda each: (-each[0], abs(each[1] - each[2]))):
        if alike < RESEMBLES:
            break
        if here in left and there in right:
            left.discard(here)
            right.discard(there)
            pairs.append(Together(here, there, first[here], second[there], alike))
    return Alignment(
        tuple(
            Together(
                _place(pair.first, join_first), _place(pair.second, join_second), pair.word, pair.other, pair.alike
            )
            for pair in pairs
        ),
        tuple(_place(each, join_first) for each in sorted(left)),
        tuple(_place(each, join_second) for each in sorted(right)),
    )


def _place(place: int, join: int | None) -> int:
    """The place in the list as it was before two neighbours were joined."""
    return place + 1 if join is not None and place > join else place


def _alike(first: tuple[Unit, ...], second: tuple[Unit, ...]) -> float:
    size = (_size(first) + _size(second)) / 2
    distance = _distance(first, second, max(_ONE_SLIP, (1 - RESEMBLES) * size))
    if distance <= _ONE_SLIP and min(len(first), len(second)) >= _FEWEST_FOR_SLIP:
        return max(1 - _shortened(distance, first, second) / size, RESEMBLES)
    return max(0.0, 1 - _shortened(distance, first, second) / size) if size else 0.0


def _shortened(distance: float, first: tuple[Unit, ...], second: tuple[Unit, ...]) -> float:
    if distance < 1 and min(_consonants(first), _consonants(second)) <= _FEW_CONSONANTS:
        # where a word is short and only vowels differ, they are a larger part of it: Omar and Amir are two names
        return distance * _SHORT
    return distance


def _far_apart(keys: Sequence[str], others: Sequence[str]) -> bool:
    """Whether so few consonants agree that the closer look can be spared; it is by far the slower one."""
    return all(_far(keys[0], other) for other in others) and all(_far(key, others[0]) for key in keys[1:])


def _far(key: str, other: str) -> bool:
    return OSA.distance(key, other) > max(1.0, _FARTHEST * max(len(key), len(other)))


def _consonants(spelt: tuple[Unit, ...]) -> int:
    return sum(unit[0] not in _VOWELS and unit[0] not in "hyw" for unit in spelt)


def _size(spelt: tuple[Unit, ...]) -> float:
    return sum(0.4 if unit[0] in _VOWELS else 0.5 if unit[0] in "hyw" else 1.0 for unit in spelt)


def _distance(first: tuple[Unit, ...], second: tuple[Unit, ...], most: float) -> float:
    """Edit distance with the costs of sounds, neighbours exchanged included (optimal string alignment)."""
    same = 0
    while same < min(len(first), len(second)) and first[same] == second[same]:
        same += 1
    first, second = first[same:], second[same:]
    while first and second and first[-1] == second[-1]:
        first, second = first[:-1], second[:-1]
    return _distance_between(first, second, most, at_start=not same)


def _distance_between(first: tuple[Unit, ...], second: tuple[Unit, ...], most: float, *, at_start: bool) -> float:
    """The same where neither beginning nor end agree; more than ``most`` need not be known exactly."""
    above: list[float] = []
    added = [_extra(other, at_start and there == 0) for there, other in enumerate(second)]
    before = [0.0, *accumulate(added)]
    for here, unit in enumerate(first):
        gone = _extra(unit, at_start and here == 0)
        last = before[0] + gone
        row = [last]
        for there, other in enumerate(second):
            cost = before[there]
            if unit != other:
                cost += _other(unit, other)
            last = min(cost, before[there + 1] + gone, last + added[there])
            if here and there and unit == second[there - 1] and other == first[here - 1]:
                last = min(last, above[there - 1] + _SWAP)
            row.append(last)
        if min(row) > most and min(before) > most:
            return _NEVER
        above, before = before, row
    return before[-1]


@lru_cache(maxsize=4096)
def _extra(unit: Unit, at_start: bool) -> float:
    """What one unit more or less costs."""
    if unit[0] in _VOWELS:
        return 0.4 if at_start else 0.2
    if unit[0] in "hy":
        return 0.25
    if "w" in unit or "y" in unit:
        return 0.4
    return 0.6 if unit[0] in "xG" else 1.0


@lru_cache(maxsize=16384)
def _other(first: Unit, second: Unit) -> float:
    """What one unit instead of another costs."""
    if not set(first).isdisjoint(second):
        return 0.0 if first[0] == second[0] or first[0] in second or second[0] in first else 0.1
    if any(frozenset((one, other)) in _NEAR for one in first for other in second):
        return 0.1
    if first[0] in _VOWELS and second[0] in _VOWELS:
        return 0.3
    classes = {name_keys.sound_class(sound) for sound in first} & {name_keys.sound_class(sound) for sound in second}
    if classes - {""}:
        return 0.25
    if classes and first[0] not in _VOWELS and second[0] not in _VOWELS:
        return 0.2
    return 1.0
