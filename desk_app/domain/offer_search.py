"""Finding offers as one types: an index in memory over every word of a thousand offers.

All words that are looked for have to be found, each as it stands, as the beginning of a word, with another ending, as
part of a longer word ("kurs" in "Sprachkurs"), by another word for it ("Deutsch lernen" for "Deutschkurs"), in its
parts ("Deutschsprachkurs") or, where nothing else is found, with a slip of the finger. The nearer, the higher up; a
word in the title counts more than one in the text.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final, NamedTuple
from uuid import UUID

from desk_app.domain.offer_words import Phrase, Synonyms, Word, shipped_synonyms, stem, wanted_words, words_of

WEIGHTS: Final[Mapping[str, float]] = {
    "title": 10, "other_title": 8, "topic": 6, "further_topic": 5, "brief": 5, "organisation": 4, "for_whom": 3,
    "terms": 3, "text": 2, "place": 2, "contact": 1,
}  # fmt: skip
"""How much a word counts by where it stands."""

_EXACT, _PREFIX, _STEM, _INSIDE, _SYNONYM, _SLIP = 1.0, 0.8, 0.7, 0.5, 0.5, 0.3
_LONG_ENOUGH: Final = 4
"""Letters from which on a word is looked for inside of others and with a slip of the finger."""
_TWO_SLIPS: Final = 7
"""Letters from which on two slips are forgiven."""
_MOST_REMEMBERED: Final = 4096


class Part(NamedTuple):
    """Which letters of a folded word were found."""

    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Document:
    """The words of one offer, each with its worth where it counts most."""

    id: UUID
    words: Mapping[str, float]

    @classmethod
    def of(cls, id_: UUID, texts: Iterable[tuple[str, str]]) -> Document:
        """From its texts by where they stand, keys of ``WEIGHTS``."""
        found: dict[str, float] = {}
        for where, text in texts:
            for word in words_of(text):
                if word.folded:
                    found[word.folded] = max(found.get(word.folded, 0.0), WEIGHTS[where])
        return cls(id_, found)


@dataclass(frozen=True, slots=True)
class Hits:
    """What was found: ``scores`` by offer, the more the better, and which letters of which words, for ``marks``.

    ``whole`` says whether all words were found together somewhere; otherwise these are the offers with most of them.
    """

    scores: Mapping[UUID, float]
    words: Mapping[str, Part] = field(default_factory=dict)
    whole: bool = True


Found = tuple[dict[UUID, float], dict[str, Part]]
"""Which offers have something, with its worth there, and by which letters of which words."""
Alike = dict[str, tuple[float, Part]]
"""Words of the index with how near they are to one looked for, and which of their letters agree with it."""


class Index:
    """The words of all offers. It never changes; another state of the directory is another index."""

    def __init__(self, documents: Iterable[Document], synonyms: Synonyms | None = None) -> None:
        self._synonyms = synonyms or shipped_synonyms()
        self._bearers: dict[str, dict[UUID, float]] = {}
        for document in documents:
            for word, weight in document.words.items():
                self._bearers.setdefault(word, {})[document.id] = weight
        self._words = sorted(self._bearers)
        self._by_stem: dict[str, list[str]] = defaultdict(list)
        for word in self._words:
            self._by_stem[stem(word)].append(word)
        self._typed_wrong = sorted({*self._words, *self._synonyms.words})
        self._near_to: Final = lru_cache(_MOST_REMEMBERED)(self._near)
        self._meant_by: Final = lru_cache(_MOST_REMEMBERED)(self._next_to)
        self._for_typed: Final = lru_cache(_MOST_REMEMBERED)(self._typed)
        self._for_phrase: Final = lru_cache(_MOST_REMEMBERED)(self._other)

    def find(self, query: str) -> Hits:
        """The offers that answer a query; all words count, whichever way each is found. Nothing for no words."""
        words = [part for word in wanted_words(query) for part in self._taken_apart(word)]
        if not words:
            return Hits({})
        found = [*self._concepts(words)]
        marks: dict[str, Part] = {}
        for _scores, parts in found:
            marks |= parts
        everywhere = set.intersection(*(set(scores) for scores, _parts in found))
        if everywhere:
            return Hits({id_: sum(scores[id_] for scores, _parts in found) for id_ in everywhere}, marks)
        return _most_of(found, marks)

    def _concepts(self, words: Sequence[str]) -> Iterator[Found]:
        """For each thing looked for, in one word or several, which offers have it and by which words."""
        stems = [stem(word) for word in words]
        place = 0
        while place < len(words):
            length, others = self._synonyms.at(stems, place)
            said = tuple(words[place : place + length])
            scores, parts = self._for_typed(said)
            if not others and not scores:
                others = self._other_words_for_what_was_meant(said)
            scores, parts = dict(scores), dict(parts)
            for phrase in others:
                more, marks = self._for_phrase(phrase)
                for id_, score in more.items():
                    if score > scores.get(id_, 0.0):
                        scores[id_] = score
                parts = {**marks, **parts}
            yield scores, parts
            place += length

    def _typed(self, words: tuple[str, ...]) -> Found:
        return self._together([self._near_to(word) or self._with_a_slip(word) for word in words])

    def _other(self, phrase: Phrase) -> Found:
        scores, parts = self._together([self._as_it_stands(word) for word in phrase.words])
        return {id_: score * _SYNONYM for id_, score in scores.items()}, parts

    def _together(self, alikes: Sequence[Alike]) -> Found:
        """The offers in which each of some words is found, by the worth of the least of them, and all such words."""
        found: dict[UUID, float] | None = None
        parts: dict[str, Part] = {}
        for alike in alikes:
            scores: dict[UUID, float] = {}
            for word, (factor, part) in alike.items():
                parts[word] = part
                for id_, weight in self._bearers[word].items():
                    if weight * factor > scores.get(id_, 0.0):
                        scores[id_] = weight * factor
            if found is None:
                found = scores
            else:
                found = {id_: min(worth, scores[id_]) for id_, worth in found.items() if id_ in scores}
        return found or {}, parts

    # --- one word

    def _near(self, word: str) -> Alike:
        """As it stands, as the beginning of another, with another ending, or inside a longer one."""
        found: Alike = {}
        core = stem(word)
        inner = core if len(core) >= _LONG_ENOUGH else word
        if len(inner) >= _LONG_ENOUGH:
            for other in self._words:
                place = other.find(inner)
                if place > 0:
                    found[other] = (_INSIDE, Part(place, place + len(inner)))
        for other in self._by_stem.get(core, ()):
            found[other] = (_STEM, Part(0, len(other)))
        for other in self._beginning_with(word):
            found[other] = (_PREFIX, Part(0, len(word)))
        if word in self._bearers:
            found[word] = (_EXACT, Part(0, len(word)))
        return found

    def _as_it_stands(self, word: str) -> Alike:
        """For words nobody typed: no beginnings, so that "Tee" for something does not bring up "Teenager"."""
        found: Alike = {other: (_STEM, Part(0, len(other))) for other in self._by_stem.get(stem(word), ())}
        if len(word) > _LONG_ENOUGH:
            for other in self._words:
                place = other.find(word)
                if place >= 0 and other not in found:
                    found[other] = (_INSIDE, Part(place, place + len(word)))
        if word in self._bearers:
            found[word] = (_EXACT, Part(0, len(word)))
        return found

    def _beginning_with(self, word: str) -> Iterator[str]:
        place = bisect_left(self._words, word)
        while place < len(self._words) and self._words[place].startswith(word):
            yield self._words[place]
            place += 1

    def _taken_apart(self, word: str) -> list[str]:
        """A compound nobody wrote down, in its parts: "Deutsch" and "Sprachkurs" of "Deutschsprachkurs"."""
        if word in self._synonyms.words or self._near_to(word):
            return [word]
        for cut in range(len(word) - _LONG_ENOUGH, _LONG_ENOUGH - 1, -1):
            head, tail = word[:cut], word[cut:]
            for first in (head, head.removesuffix("s")):
                if self._is_known(first) and self._is_known(tail):
                    return [first, tail]
        return [word]

    def _is_known(self, word: str) -> bool:
        return stem(word) in self._by_stem or word in self._synonyms.words

    def _with_a_slip(self, word: str) -> Alike:
        found: Alike = {}
        for meant in self._meant_by(word):
            for other, (factor, part) in self._near_to(meant).items() if meant in self._bearers else ():
                found[other] = max(found.get(other, (0.0, part)), (factor * _SLIP, part))
        return found

    def _other_words_for_what_was_meant(self, said: Sequence[str]) -> tuple[Phrase, ...]:
        if len(said) != 1:
            return ()
        meant = [self._synonyms.at([stem(word)], 0)[1] for word in self._meant_by(said[0])]
        return tuple(dict.fromkeys(phrase for phrases in meant for phrase in phrases))

    def _next_to(self, word: str) -> tuple[str, ...]:
        """The words, or beginnings of words, next to a mistyped one: with as few slips as any has."""
        if len(word) < _LONG_ENOUGH:
            return ()
        # the lock screen has no use for it
        from rapidfuzz import process
        from rapidfuzz.distance import OSA

        most = 2 if len(word) >= _TWO_SLIPS else 1
        beginnings = [other[: len(word)] for other in self._typed_wrong]
        near: list[tuple[int, str]] = []
        for choice in (self._typed_wrong, beginnings):
            hits = process.extract(word, choice, scorer=OSA.distance, score_cutoff=most, limit=None)
            near += [(distance, self._typed_wrong[place]) for _text, distance, place in hits]
        least = min((distance for distance, _other in near), default=0)
        return tuple(dict.fromkeys(other for distance, other in near if distance == least))


def _most_of(found: Sequence[tuple[Mapping[UUID, float], object]], marks: Mapping[str, Part]) -> Hits:
    """Where no offer has everything: those with the most of it."""
    count: dict[UUID, int] = defaultdict(int)
    for scores, _parts in found:
        for id_ in scores:
            count[id_] += 1
    most = max(count.values(), default=0)
    best = [id_ for id_, number in count.items() if number == most]
    return Hits({id_: sum(scores.get(id_, 0.0) for scores, _parts in found) for id_ in best}, marks, whole=False)


@lru_cache(maxsize=_MOST_REMEMBERED)
def _words(text: str) -> tuple[Word, ...]:
    """The words of a text that is marked again with every key."""
    return tuple(words_of(text))


def marks(text: str, hits: Hits) -> tuple[tuple[int, int], ...]:
    """Which letters of a text were found: places from (included) and to (excluded), in their order."""
    found = []
    for word in _words(text) if hits.words else ():
        part = hits.words.get(word.folded)
        if part is not None:
            same_length = word.last - word.first == len(word.folded)
            first, last = part if same_length else (0, word.last - word.first)
            found.append((word.first + first, word.first + last))
    return tuple(found)
