"""What personal words look like while somebody may look over one's shoulder: initials for names, dots for the rest.

Only words that are known to be somebody's are covered, so that the program stays readable: those of the families
in the store. Pure text; where it is applied is the window's affair.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

DOTS = "•••"

_MARKS = "\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670\u0900-\u0903\u093a-\u094f"
_WORD = re.compile(rf"(?:[^\W\d_]|[{_MARKS}])(?:\w|[{_MARKS}]|['’](?=\w))*")
_WORD_OR_CUT = re.compile(rf"({_WORD.pattern})(…?)")
_HOUSE = re.compile(r"(•••)\s+\d+\s?(?:[a-zA-Z]\b)?(?:\s?[-–/]\s?\d+\s?[a-zA-Z]?\b)?")
_DAY = re.compile(r"(?<![\d.])(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4}|\d{2})(?!\d)|(?<!\d)(\d{4})-(\d{2})-(\d{2})(?!\d)")
_PHONE = re.compile(r"(?<![\w.])(?:\+|\(?0)\d?[\d /()\u00a0–-]{4,}\d")
_MAIL = re.compile(r"[^\s@<>()„“,;:]+@[^\s@<>()„“,;:]+\.\w+")
_COMMON = frozenset(
    {"straße", "strasse", "weg", "platz", "allee", "ring", "gasse", "ufer", "haus", "familie", "frau", "herr"}
)
"""Words of streets and names that say nothing of anybody; several are labels of the program."""
_SHORT = 4
"""Letters from which a word written small is covered too: "haddad", but not the "von" of a name."""


@dataclass(frozen=True)
class Personal:
    """What belongs to somebody: single words of names and streets, telephone numbers as digits, days of birth."""

    names: frozenset[str] = frozenset()
    streets: frozenset[str] = frozenset()
    phones: frozenset[str] = frozenset()
    days: frozenset[date] = frozenset()
    beginnings: tuple[str, ...] = field(default=(), compare=False)

    @staticmethod
    def of(
        names: Iterable[str] = (), streets: Iterable[str] = (), phones: Iterable[str] = (), days: Iterable[date] = ()
    ) -> Personal:
        """Take whole names, streets and numbers apart."""
        known = frozenset(word for name in names for word in _words(name)) - _COMMON
        ways = frozenset(word for street in streets for word in _words(street) if len(word) >= _SHORT) - known - _COMMON
        digits = frozenset(found for phone in phones if len(found := _digits(phone)) >= _SHORT)
        return Personal(known, ways, digits, frozenset(days), tuple(sorted(known | ways)))

    def __or__(self, other: Personal) -> Personal:
        """What belongs to the people of both."""
        known = self.names | other.names
        ways = (self.streets | other.streets) - known
        phones, days = self.phones | other.phones, self.days | other.days
        return Personal(known, ways, phones, days, tuple(sorted(known | ways)))


def covering(personal: Personal) -> Callable[[str], str]:
    """A function that covers what is personal in a text. What it has covered it leaves as it is."""

    def shown(match: re.Match[str]) -> str:
        word, cut = match[1], match[2]
        key = _folded(word)
        kind = _kind(personal, key, bool(cut))
        if not kind or (word.islower() and word.isascii() and len(word) < _SHORT):
            return match[0]
        if kind == "street":
            return DOTS
        ends = match.string.startswith(".", match.end())  # of the sentence, say
        return unicodedata.normalize("NFC", word)[0].upper() + ("" if ends else ".")

    @lru_cache(maxsize=8192)
    def cover(words: str) -> str:
        if "@" in words:
            words = _MAIL.sub(DOTS, words)
        if any(letter.isdigit() for letter in words):
            words = _PHONE.sub(lambda found: DOTS if _digits(found[0]) in personal.phones else found[0], words)
            words = _DAY.sub(lambda found: DOTS if _is_birthday(found, personal) else found[0], words)
        return _HOUSE.sub(r"\1", _WORD_OR_CUT.sub(shown, words))

    return cover


def _kind(personal: Personal, key: str, cut: bool) -> str:
    for word in (key, key.removesuffix("s"), key.removesuffix("’"), key.removesuffix("'")):
        if word in personal.names:
            return "name"
        if word in personal.streets:
            return "street"
    if cut and len(key) > 1:
        place = bisect_left(personal.beginnings, key)
        if place < len(personal.beginnings) and personal.beginnings[place].startswith(key):
            return "street" if personal.beginnings[place] in personal.streets else "name"
    return ""


def _words(name: str) -> list[str]:
    """Words of a name by which it is known again; particles such as "von" and "de" are not."""
    found = [match[0] for match in _WORD.finditer(unicodedata.normalize("NFC", name))]
    return [_folded(word) for word in found if not (word.islower() and word.isascii() and len(word) < _SHORT)]


def _folded(word: str) -> str:
    return unicodedata.normalize("NFC", word).casefold()


def _digits(phone: str) -> str:
    """A number without what is written differently: "+49 170 1", "0049 170 1" and "0170 1" are one."""
    digits = re.sub(r"\D", "", phone.replace("(0)", ""))
    return re.sub(r"^(?:0049|49(?=\d{9,})|0)", "", digits)


def days_in(words: str) -> list[date]:
    """The days written in a text; of "3.4.15" both that it may be."""
    return [day for found in _DAY.finditer(words) for day in _possible_days(found)]


def _is_birthday(found: re.Match[str], personal: Personal) -> bool:
    return not personal.days.isdisjoint(_possible_days(found))


def _possible_days(found: re.Match[str]) -> list[date]:
    day, month, year = (found[1], found[2], found[3]) if found[1] else (found[6], found[5], found[4])
    years = (int(year),) if len(year) == 4 else (1900 + int(year), 2000 + int(year))
    possible = (_date(each, int(month), int(day)) for each in years)
    return [each for each in possible if each is not None]


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
