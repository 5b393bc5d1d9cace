"""How alike two words of a name are, sound by sound, and which words of two names belong together.

Only serves to compare: 1 is the same word, 0 nothing in common. What spellings differ in most costs least: vowels,
a silent h, one sound of a family for another. A consonant more or less costs as much as it says about a name.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from rapidfuzz.distance import OSA

from desk_app.domain import heard_words, name_keys
from desk_app.domain.heard_words import Form, heard

SOUNDS_ALIKE: Final = 0.84
"""From here on two words are spellings of one name to the ear."""
RESEMBLES: Final = 0.62
"""From here on a slip of the pen may explain the difference."""

_FAINTLY: Final = 0.5
_WORDS_KEPT: Final = 200_000
_SAME_NAME = 0.9
_WITHOUT_ARTICLE = 0.97
_JOINED = 0.7
_JOINED_LETTERS = 0.35
_JOINED_LENGTH = 6
_ONE_SLIP = 1.25
_FEWEST_FOR_SLIP = 3
_FEW_CONSONANTS = 2
_SHORT = 1.25
_FARTHEST = 0.5


@lru_cache(maxsize=_WORDS_KEPT)
def likeness(first: str, second: str) -> float:
    """How alike two folded words are, 0 to 1; what is less than ``RESEMBLES`` may be given as 0."""
    if first == second:
        return 1.0
    if not first or not second:
        return 0.0
    one, other = heard(first), heard(second)
    best = 0.0 if one.groups.isdisjoint(other.groups) else _SAME_NAME
    if _far_apart(one.keys, other.keys):
        return best
    for here, mine in enumerate(one.forms):
        for there, theirs in enumerate(other.forms):
            best = max(best, _alike(mine, theirs) * (_WITHOUT_ARTICLE if here or there else 1))
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
        if (at in alone or at + 1 in alone) and any(_is_joined(pair, each) for each in others)
    ]


def _is_joined(pair: str, word: str) -> bool:
    """Most have so few letters in common that the closer look can be spared."""
    return (
        abs(len(pair) - len(word)) <= _JOINED_LENGTH
        and OSA.normalized_similarity(pair, word) >= _JOINED_LETTERS
        and likeness(pair, word) >= _JOINED
    )


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


def _alike(first: Form, second: Form) -> float:
    size = (first.size + second.size) / 2
    distance = heard_words.distance(first.signs, second.signs, max(_ONE_SLIP, (1 - RESEMBLES) * size))
    short = distance < 1 and min(first.consonants, second.consonants) <= _FEW_CONSONANTS
    # where a word is short and only vowels differ, they are a larger part of it: Omar and Amir are two names
    alike = 1 - (distance * _SHORT if short else distance) / size if size else 0.0
    if distance <= _ONE_SLIP and min(len(first.signs), len(second.signs)) >= _FEWEST_FOR_SLIP:
        return max(alike, RESEMBLES)
    return max(0.0, alike)


def _far_apart(keys: Sequence[str], others: Sequence[str]) -> bool:
    """Whether so few consonants agree that the closer look can be spared; it is by far the slower one."""
    first, second = keys[0], others[0]
    return (
        _far(first, second)
        and all(_far(first, other) for other in others[1:])
        and all(_far(key, second) for key in keys[1:])
    )


def _far(key: str, other: str) -> bool:
    most = max(1.0, _FARTHEST * max(len(key), len(other)))
    return abs(len(key) - len(other)) > most or OSA.distance(key, other) > most
