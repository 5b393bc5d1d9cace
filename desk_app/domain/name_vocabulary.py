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
_MOST_BEGUN: Final = 60
_SHORT_WORD: Final = 5
_BEGUN: Final = 0.02
_AFTER_ALL: Final = "\x7f"


class Vocabulary:
    """Words are only ever added; one that nobody bears any more does no harm."""

    def __init__(self) -> None:
        self._words: dict[str, Sequence[str]] = {}
        self._readings: dict[str, list[str]] = {}
        self._listed: dict[int, list[str]] = {}
        self._of_key: dict[str, list[str]] = {}
        self._keys: dict[int, list[str]] = {}
        self._sorted_keys: list[str] = []
        self._known: dict[str, Alike] = {}

    def __contains__(self, word: str) -> bool:
        return word in self._words

    def add_all(self, words: Iterable[tuple[str, str]]) -> None:
        """Words with their sounds as ``sounds_of`` gives them, many at once."""
        for word, sounds in words:
            self._put(word, sounds)
        self._sorted_keys = sorted(self._of_key)
        self._known.clear()

    def add(self, word: str) -> None:
        if word in self._words:
            return
        for key in name_keys.sound_keys(word):
            if key not in self._of_key:
                insort(self._sorted_keys, key)
        self._put(word, sounds_of(word))
        self._known.clear()

    def _put(self, word: str, sounds: str) -> None:
        reading, *keys = sounds.split(" ")
        self._words[word] = keys
        if reading not in self._readings:
            self._readings[reading] = []
            self._listed.setdefault(len(reading), []).append(reading)
        self._readings[reading].append(word)
        for key in keys:
            if key not in self._of_key:
                self._of_key[key] = []
                self._keys.setdefault(len(key), []).append(key)
            self._of_key[key].append(word)

    def main_key(self, word: str) -> str:
        """The sound key of the likeliest reading; the word itself where it is not known."""
        keys = self._words.get(word)
        return keys[0] if keys else word

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
        """By key and by slips of the reading, the nearest of each."""
        keys, reading = name_keys.sound_keys(word), name_keys.reading(word)
        same = {other for key in keys for other in self._of_key.get(key, ())}
        near: set[str] = set()
        for key, _distance, _place in process.extract(
            keys[0], _as_long(self._keys, keys[0], 1), scorer=OSA.distance, score_cutoff=1, limit=None
        ):
            near.update(self._of_key[key])
        slips = 1 if len(reading) < _SHORT_WORD else 2
        listed = _as_long(self._listed, reading, slips)
        for other, _distance, _place in process.extract(
            reading, listed, scorer=OSA.distance, score_cutoff=slips, limit=_MOST_COMPARED
        ):
            near.update(self._readings[other])
        return [*_nearest(reading, same), *_nearest(reading, near - same)]


def _as_long(by_length: dict[int, list[str]], text: str, slips: int) -> list[str]:
    """Those among which such a slip may be: the others are not worth a look."""
    lengths = range(len(text) - slips, len(text) + slips + 1)
    return [each for length in lengths for each in by_length.get(length, ())]


def sounds_of(word: str) -> str:
    """What is kept of a word: its reading and its sound keys, with spaces between."""
    return " ".join((name_keys.reading(word), *name_keys.sound_keys(word)))


def _nearest(reading: str, others: set[str]) -> list[str]:
    if len(others) <= _MOST_COMPARED:
        return sorted(others)
    readings = {other: name_keys.reading(other) for other in sorted(others)}
    best = process.extract(reading, readings, scorer=JaroWinkler.similarity, limit=_MOST_COMPARED)
    return [other for _reading, _score, other in best]
