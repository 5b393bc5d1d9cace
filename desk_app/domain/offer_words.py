"""German words as the search for offers compares them: folded, by their stem, by what else they may be called.

Umlauts, ß, case and marks do not count, so that "moebel", "Möbel" and "mobel" are one word.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any, Final, NamedTuple

from desk_app.domain.names import loose_form
from desk_app.domain.resource_csv import read_resource_table

_WORD: Final = re.compile(r"[^\W_]+(?:['’ʼ`´][^\W_]+)*")
_SMALL: Final = frozenset({
    "an", "am", "auf", "aus", "bei", "beim", "bin", "bis", "brauchen", "braucht", "das", "dem", "den", "der", "des",
    "die", "ein", "eine", "einem", "einen", "einer", "er", "es", "fur", "gibt", "haben", "hat", "ich", "ihr", "im",
    "in", "ist", "kann", "kein", "keine", "mit", "nach", "oder", "sich", "sie", "sind", "suche", "suchen", "sucht",
    "um", "und", "uns", "vom", "von", "was", "welche", "wer", "wie", "wir", "wo", "zu", "zum", "zur",
})  # fmt: skip
"""Words that say nothing about what is looked for."""


class Word(NamedTuple):
    """A word of a text: folded, and from which letter (included) to which (excluded) it stands there."""

    folded: str
    first: int
    last: int


def words_of(text: str) -> list[Word]:
    """The words of a text in their order; signs between them are left out."""
    return [Word(folded(found[0]), found.start(), found.end()) for found in _WORD.finditer(text)]


def wanted_words(query: str) -> list[str]:
    """The words of a query that say what is looked for; all of them where none does."""
    found = [word.folded for word in words_of(query) if word.folded]
    return [word for word in found if word not in _SMALL] or found


@lru_cache(maxsize=65_536)
def folded(word: str) -> str:
    return loose_form(word)


@lru_cache(maxsize=65_536)
def stem(word: str) -> str:
    """What is left of a folded word without its ending: "kursen" and "kurs" alike (Snowball, German)."""
    return str(_stemmer().stemWord(word))


@cache
def _stemmer() -> Any:
    # nobody searches on the lock screen
    import snowballstemmer

    return snowballstemmer.stemmer("german")


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that mean something together, by their stems."""

    words: tuple[str, ...]
    stems: tuple[str, ...]

    @classmethod
    def of(cls, text: str) -> Phrase:
        words = tuple(wanted_words(text))
        return cls(words, tuple(map(stem, words)))


class Synonyms:
    """Groups of phrases that stand for each other."""

    def __init__(self, groups: list[tuple[Phrase, ...]]) -> None:
        self.words: Final = frozenset(word for group in groups for phrase in group for word in phrase.words)
        self._by_first: dict[str, list[tuple[Phrase, tuple[Phrase, ...]]]] = {}
        for group in groups:
            for phrase in group:
                self._by_first.setdefault(phrase.stems[0], []).append((phrase, group))

    def at(self, stems: list[str], place: int) -> tuple[int, tuple[Phrase, ...]]:
        """How many words from ``place`` on have other words for them together, the longest such, and which."""
        found = [
            (len(phrase.stems), [other for other in group if other != phrase])
            for phrase, group in self._by_first.get(stems[place], ())
            if tuple(stems[place : place + len(phrase.stems)]) == phrase.stems
        ]
        longest = max((length for length, _others in found), default=1)
        others = dict.fromkeys(other for length, group in found if length == longest for other in group)
        return longest, tuple(others)


@cache
def shipped_synonyms() -> Synonyms:
    """Those in resources/code_lists/offer_synonyms.csv."""
    rows = read_resource_table("offer_synonyms.csv").rows
    return Synonyms([tuple(map(Phrase.of, row["words"].split("|"))) for row in rows])
