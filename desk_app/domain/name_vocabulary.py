"""All words of all names that are kept, so that the spellings of a word are found among them.

A store of a hundred thousand persons has some ten thousand words: few enough to look through all of them for every
word typed, in three steps from cheap to careful: same sound key, one slip away in key or letters, and then compared
sound by sound.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterable, Sequence
from typing import Final

from rapidfuzz import process
from rapidfuzz.distance import OSA, JaroWinkler

from desk_app.domain import name_keys
from desk_app.domain.name_likeness import RESEMBLES, SOUNDS_ALIKE, likeness

Alike = dict[str, float]
"""Words with how alike they are (0 to 1), see ``name_likeness``."""

_MOST_COMPARED: Final = 60
_MOST_BEGUN: Final = 120
_SHORT_KEY: Final = 3
_SHORT_WORD: Final = 5
_BEGUN: Final = 0.02
_AFTER_ALL: Final = "\x7f"


class Vocabulary:
    """Words are only ever added; one that nobody bears any more does no harm."""

    def __init__(self) -> None:
        self._words: dict[str, Sequence[str]] = {}
        self._listed: list[str] = []
        self._of_key: dict[str, list[str]] = {}
        self._keys: list[str] = []
        self._sorted_keys: list[str] = []
        self._known: dict[str, Alike] = {}

    def __contains__(self, word: str) -> bool:
        return word in self._words

    def add_all(self, words: Iterable[tuple[str, Sequence[str]]]) -> None:
        """Words with their sound keys, many at once."""
        for word, keys in words:
            self._put(word, keys)
        self._sorted_keys = sorted(self._of_key)
        self._known.clear()

    def add(self, word: str) -> None:
        if word in self._words:
            return
        keys = name_keys.sound_keys(word)
        for key in keys:
            if key not in self._of_key:
                insort(self._sorted_keys, key)
        self._put(word, keys)
        self._known.clear()

    def _put(self, word: str, keys: Sequence[str]) -> None:
        self._words[word] = keys
        self._listed.append(word)
        for key in keys:
            if key not in self._of_key:
                self._of_key[key] = []
                self._keys.append(key)
            self._of_key[key].append(word)

    def alike(self, word: str) -> Alike:
        """Every word that may be the same name as ``word`` or a slip of the pen away from it."""
        known = self._known.get(word)
        if known is None:
            found = {other: likeness(word, other) for other in self._worth_comparing(word)}
            known = self._known[word] = {other: worth for other, worth in found.items() if worth >= RESEMBLES}
        return known

    def begun(self, word: str) -> Alike:
        """Words that begin so to the ear."""
        key = name_keys.sound_keys(word)[0]
        if len(key) < 2 or not key[0].isalpha():
            return {}
        first = bisect_left(self._sorted_keys, key)
        last = bisect_left(self._sorted_keys, key + _AFTER_ALL)
        longer = {other for each in self._sorted_keys[first:last] for other in self._of_key[each]}
        longer = {other for other in longer if len(other) > len(word)}
        beginnings = {other: other[: len(word)] for other in sorted(longer)}
        near = process.extract(word, beginnings, scorer=JaroWinkler.similarity, limit=_MOST_BEGUN)
        found = {other: likeness(word, start) - _BEGUN for start, _score, other in near}
        return {other: worth for other, worth in found.items() if worth >= SOUNDS_ALIKE}

    def _worth_comparing(self, word: str) -> list[str]:
        keys = name_keys.sound_keys(word)
        same = {other for key in keys for other in self._of_key.get(key, ())}
        near: set[str] = set()
        if len(keys[0]) >= _SHORT_KEY:
            for key, _distance, _place in process.extract(
                keys[0], self._keys, scorer=OSA.distance, score_cutoff=1, limit=None
            ):
                near.update(self._of_key[key])
        slips = 1 if len(word) < _SHORT_WORD else 2
        by_letters = process.extract(word, self._listed, scorer=OSA.distance, score_cutoff=slips, limit=_MOST_COMPARED)
        near.update(other for other, _distance, _place in by_letters)
        return [*_nearest(word, same), *_nearest(word, near - same)]


def _nearest(word: str, others: set[str]) -> list[str]:
    if len(others) <= _MOST_COMPARED:
        return sorted(others)
    best = process.extract(word, sorted(others), scorer=JaroWinkler.similarity, limit=_MOST_COMPARED)
    return [other for other, _score, _place in best]
