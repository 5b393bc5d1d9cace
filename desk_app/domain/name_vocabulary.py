"""All words of all names that are kept, so that the spellings of a word are found among them.

A store of a hundred thousand persons has some ten thousand words: few enough to look through all of them for every
word typed, in two steps from cheap to careful: same sound key or few slips away from it as it is roughly read, and then
compared sound by sound.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Collection, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from heapq import nsmallest
from typing import Final

from rapidfuzz import process
from rapidfuzz.distance import OSA, JaroWinkler

from desk_app.domain import name_keys
from desk_app.domain.name_likeness import RESEMBLES, SOUNDS_ALIKE, likeness

Alike = dict[str, float]
"""Words with how alike they are (0 to 1), see ``name_likeness``."""

_MOST_OF_KEY: Final = 20
_MOST_BY_SLIPS: Final = 40
_MOST_LISTED: Final = 200
_MOST_BEGUN: Final = 60
_LEAST_AMONG: Final = 0.5
_SHORT_WORD: Final = 4
_LONG_WORD: Final = 9
_ROUGH: Final = str.maketrans("eoywfzCJZdbgqxGT", "auivvsSSStpkkhkt")
"""A reading with one letter for all of a family of sounds."""
_BEGUN: Final = 0.02
_AFTER_ALL: Final = "\x7f"


class Vocabulary:
    """Words are only ever added; one that nobody bears any more does no harm."""

    def __init__(self) -> None:
        self._words: dict[str, Sequence[str]] = {}
        self._readings: dict[str, tuple[str, str]] = {}
        self._of_rough: dict[str, list[str]] = {}
        self._listed: dict[int, list[str]] = {}
        self._of_key: dict[str, list[str]] = {}
        self._sorted_keys: list[str] = []
        self._known: dict[str, Alike] = {}
        self._around: dict[tuple[int, int], list[str]] = {}
        """Rough readings by how short and how long they are at most."""

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
        rough = reading.translate(_ROUGH)
        self._words[word] = keys
        self._readings[word] = reading, rough
        if rough not in self._of_rough:
            self._of_rough[rough] = []
            self._around.clear()
            self._listed.setdefault(len(rough), []).append(rough)
        self._of_rough[rough].append(word)
        for key in keys:
            self._of_key.setdefault(key, []).append(word)

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

    def readings(self, words: AbstractSet[str]) -> dict[str, str]:
        """Words of those that are known, with how they are read."""
        known = self._readings
        return {word: known[word][0] for word in words & known.keys()}

    def alike_among(self, word: str, readings: Mapping[str, str], but: Collection[str] = ()) -> Alike:
        """The same among few words with their readings: slips that have too many nearer neighbours among all.

        Words of ``but`` are left out.
        """
        near = process.extract(
            name_keys.reading(word), readings,
            scorer=OSA.normalized_similarity, score_cutoff=_LEAST_AMONG, limit=_MOST_OF_KEY + len(but),
        )  # fmt: skip
        near = [each for each in near if each[2] not in but][:_MOST_OF_KEY]
        found = {other: likeness(word, other) for _reading, _score, other in near}
        return {other: worth for other, worth in found.items() if worth >= RESEMBLES}

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
        """By key and by slips of the rough reading, the nearest of each."""
        reading = name_keys.reading(word)
        rough = reading.translate(_ROUGH)

        def apart(other: str) -> float:
            """A letter instead of another that sounds like it counts half."""
            theirs, theirs_rough = self._readings[other]
            slips = OSA.distance(reading, theirs) + OSA.distance(rough, theirs_rough)
            return slips / max(len(reading), len(theirs), 1)

        same = {other for key in name_keys.sound_keys(word) for other in self._of_key.get(key, ())}
        found = nsmallest(_MOST_OF_KEY, sorted(same), key=apart)
        slips = 1 + (len(rough) >= _SHORT_WORD) + (len(rough) >= _LONG_WORD)
        listed = self._of_length(len(rough) - slips, len(rough) + slips)
        near = process.extract(rough, listed, scorer=OSA.distance, score_cutoff=slips, limit=_MOST_LISTED)
        others = {other for each, _distance, _place in near for other in self._of_rough[each]}.difference(found)
        return [*found, *nsmallest(_MOST_BY_SLIPS, sorted(others), key=apart)]

    def _of_length(self, shortest: int, longest: int) -> list[str]:
        """The rough readings of these lengths."""
        known = self._around.get((shortest, longest))
        if known is None:
            lengths = range(shortest, longest + 1)
            known = [each for length in lengths for each in self._listed.get(length, ())]
            self._around[shortest, longest] = known
        return known


def sounds_of(word: str) -> str:
    """What is kept of a word: its reading and its sound keys, with spaces between."""
    return " ".join((name_keys.reading(word), *name_keys.sound_keys(word)))
