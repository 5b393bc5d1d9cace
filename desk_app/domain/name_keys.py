"""Keys under which spellings of one name meet: in any script, by German, English, French, Turkish or Slavic habit.

Three steps, each coarser than the one before:

1. the folded word: Latin letters a–z, without marks; ü, ue and u are the same ("Müller" → "muler");
2. its units: letters that stand for one sound, each with the sounds it may stand for ("sch", "sh", "ş", "ch");
3. its sound keys: the classes of its consonants, one key for each likely reading. Vowels, y and h fall out, since they
   differ most between spellings and Arabic script leaves them out ("Mohammed", "Mehmet", "محمد" → "MMT").

Keys only find those who are worth comparing; ``matching`` compares unit by unit.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise
from typing import Final

from anyascii import anyascii

from desk_app.domain.resource_csv import read_resource_table

RULES: Final = 4
"""The version of everything here, the tables included: keys that were kept are worked out anew when it changes."""

MOST_KEYS: Final = 6
_MOST_WORDS: Final = 12
_LONGEST_WORD: Final = 40
_WORDS_KEPT: Final = 100_000
_TEXTS_KEPT: Final = 2_000

_PLAIN = frozenset("abcdefghijklmnopqrstuvwxyz0123456789")
_APOSTROPHES = "'`´’ʹʺʾʿˈˌ·ʼ‘ʻ\"\u0640"
_LATIN_BLOCKS = ((0xC0, 0x24F), (0x1E00, 0x1EFF))
_WORD = re.compile("[a-z0-9]+")
_UMLAUTS = re.compile("(?<=[aou])e")
_DOUBLE = re.compile(r"(.)\1+")
_GREEK = (("μπ", "b"), ("ντ", "d"), ("γκ", "g"), ("γγ", "ng"), ("ου", "u"), ("αυ", "av"), ("ευ", "ev"))
_ARABIC_AL = re.compile(r"\bال(?=\w{3})")
_ARTICLES = {"al", "el", "ul", "il", "ad", "ar", "as", "at", "az", "an", "ash", "ed", "er", "es", "ud", "ur", "ab"}
_FATHERS = {"bin", "ben", "ibn", "bint", "ould", "wuld", "weld", "walad", "van", "von", "de", "da", "ter", "di"}
_SERVANT = re.compile("[aiou]?b[aeiou]?d[aeiou]?")
_SERVANT_OF = re.compile(r"ab[aeiou]?d(?:[aeiou]?l|[aeiou](?=[rsnzdt]))(?P<of>\w{3,})")
_JOINED_ARTICLE = re.compile(r"(?:[aeu]l-?|[ae]s(?=sh)|[ae](?=(?P<sun>[tdrszn])(?P=sun)))(?P<of>\w{4,})")
_OF_FAITH = re.compile("(?:[aeu][ld])?d[ie]y?n[ae]?")
_INNER_ARTICLE = re.compile(r"(?<=\w\w)[aeu]l(?=d[ie]*y?n[ae]?$)")

_CLASSES = {
    **dict.fromkeys("aeiouyhxw", ""),
    **dict.fromkeys("fv", "F"), **dict.fromkeys("pb", "P"), **dict.fromkeys("td", "T"),
    **dict.fromkeys("szSZJC", "S"), **dict.fromkeys("kgq", "K"),
}  # fmt: skip

Unit = tuple[str, ...]
"""The sounds one spelling may stand for, the likeliest first."""


@dataclass(frozen=True, slots=True)
class FoldedWord:
    """A word in Latin letters; ``source[i]`` is the place in the text that gave letter ``i``."""

    letters: str
    source: tuple[int, ...]


def fold(text: str) -> list[FoldedWord]:
    """The words of ``text`` as they are compared, with the places their letters came from. Never raises."""
    return list(_fold(text))


@lru_cache(maxsize=_TEXTS_KEPT)
def _fold(text: str) -> tuple[FoldedWord, ...]:
    words: list[FoldedWord] = []
    letters: list[str] = []
    source: list[int] = []

    def end_word() -> None:
        if letters:
            words.append(_reduced("".join(letters), source))
            letters.clear()
            source.clear()

    for place, piece in _pieces(text):
        if piece == " ":
            end_word()
        else:
            letters.extend(piece)
            source.extend([place] * len(piece))
    end_word()
    return tuple(words[: 2 * _MOST_WORDS])


def folded(text: str) -> tuple[str, ...]:
    """The words of ``text`` as they are compared: "Şükrü Müller-Öz" → "sukru", "muler", "oz"."""
    return _folded(text[:400])


@lru_cache(maxsize=_WORDS_KEPT)
def _folded(text: str) -> tuple[str, ...]:
    lowered = text.lower()
    if len(lowered) != len(text) or not _latin().fullmatch(lowered):
        return tuple(word.letters for word in fold(text))
    # by far the most names are of letters that mean the same wherever they stand
    words = _WORD.findall(lowered.translate(_latin_letters()))
    return tuple(_UMLAUTS.sub("", word) for word in words[: 2 * _MOST_WORDS])


@lru_cache(maxsize=_WORDS_KEPT)
def names_in(text: str) -> tuple[str, ...]:
    """The words of a name that are worth comparing.

    Articles and "son of" fall out unless nothing else is left; "Abdul Rahman", "Abdelrahman" and "عبد الرحمن" become
    one word, and so do "Nour al-Din" and "Nureddin".
    """
    words = list(folded(text))[:_MOST_WORDS]
    kept: list[str] = []
    joining = ""
    for place, word in enumerate(words):
        last = place == len(words) - 1
        if _SERVANT.fullmatch(re.sub("[aeiou]?l$", "", word)) and len(word) > 1 and not last:
            joining = "abd"
        elif (word in _ARTICLES and not last) or (word in _FATHERS and len(words) > 1):
            continue
        elif kept and not joining and _OF_FAITH.fullmatch(word):
            kept[-1] += "din"
        else:
            kept.append(_united(joining + word) if joining else _united(word))
            joining = ""
    return tuple(kept) or tuple(words)


def _united(word: str) -> str:
    if of := _SERVANT_OF.fullmatch(word):
        word = "abd" + of["of"]
    return _INNER_ARTICLE.sub("", word)


@lru_cache(maxsize=_WORDS_KEPT)
def forms(word: str) -> tuple[str, ...]:
    """The word itself, and without an article written with it: "alhaddad" → "alhaddad", "haddad"."""
    joined = _JOINED_ARTICLE.fullmatch(word)
    return (word, joined["of"]) if joined else (word,)


def joined(words: Iterable[str]) -> tuple[str, ...]:
    """Neighbours written as one: "haile", "mariam" → "hailemariam"."""
    return tuple(first + second for first, second in pairwise(words))


@lru_cache(maxsize=_WORDS_KEPT)
def units(word: str) -> tuple[Unit, ...]:
    """A folded word cut into spellings of one sound each, the longest first; doubled letters count once."""
    table = _sounds()
    return tuple(table.get(piece, (piece,)) for piece in _pattern().findall(_DOUBLE.sub(r"\1", word[:_LONGEST_WORD])))


@lru_cache(maxsize=_WORDS_KEPT)
def sound_keys(word: str) -> tuple[str, ...]:
    """The sound keys of a folded word, the likeliest reading first, at most ``MOST_KEYS``; none for no word."""
    found: dict[str, None] = {}
    for form in forms(word):
        for reading in _readings(units(form)):
            found[reading or "-" + form[:1]] = None
    kept = list(found)[:MOST_KEYS]
    return tuple(kept) + tuple(f"={group}" for group in name_groups(word))


@lru_cache(maxsize=_WORDS_KEPT)
def reading(word: str) -> str:
    """A folded word letter by sound, as it is likeliest read and without an article: slips are few letters there."""
    return "".join(unit[0] for unit in units(forms(word)[-1]))


@lru_cache(maxsize=_WORDS_KEPT)
def name_groups(word: str) -> frozenset[int]:
    """Two folded words that share one of these are forms of one name in different languages: "mykola", "nikolai"."""
    return _equals().get(_DOUBLE.sub(r"\1", word), frozenset())


def all_units() -> frozenset[Unit]:
    """Every unit but the single letters that stand for themselves."""
    return frozenset(_sounds().values())


def sound_class(sound: str) -> str:
    """The class of a sound, "" for vowels and what is often left unwritten."""
    return "".join(_CLASSES.get(letter, letter.upper()) for letter in sound)


@lru_cache(maxsize=4096)
def sound_classes(unit: Unit) -> tuple[str, ...]:
    """The classes of the sounds a unit may stand for, each once, that of the likeliest first."""
    return tuple(dict.fromkeys(sound_class(sound) for sound in unit))


def _readings(spelt: tuple[Unit, ...]) -> list[str]:
    """One key for each way of reading, in the order of how few units are read otherwise than usual."""
    keys: list[tuple[int, str, str]] = [(0, "", "")]
    for unit in spelt:
        classes = sound_classes(unit)
        longer: dict[tuple[str, str], int] = {}
        for unusual, key, before in keys:
            for order, each in enumerate(classes):
                # "dt" and "ts" beside each other are one sound, but not when a vowel stands between
                place = (key if each and each == before else key + each, each)
                longer[place] = min(longer.get(place, 99), unusual + (order > 0))
        keys = [(unusual, key, before) for (key, before), unusual in longer.items()]
        if len(keys) > 1:
            keys = sorted(keys)[: 3 * MOST_KEYS]
    return [key for _unusual, key, _before in keys]


def _pieces(text: str) -> Iterable[tuple[int, str]]:
    """Every character of ``text`` with its Latin letters; " " between words."""
    letters = _letters()
    lowered = text.lower() if len(text.lower()) == len(text) else text
    marked = {match.start() for match in _ARABIC_AL.finditer(lowered)}
    skip = -1
    for place, char in enumerate(lowered):
        if place <= skip or char in _APOSTROPHES:
            continue
        if char in _PLAIN:
            yield place, char
        elif greek := next((latin for pair, latin in _GREEK if lowered.startswith(pair, place)), ""):
            skip = place + 1
            yield place, greek
        elif char in letters:
            latin = letters[char]
            if latin in ("w", "y"):
                latin = _glide(lowered, place, latin)
            yield place, latin
            if place - 1 in marked:
                yield place, " "
        elif char.isalnum():
            latin = anyascii(char).lower()
            yield place, "".join(each for each in latin if each.isascii() and each.isalnum())
        elif not _joins(char):
            yield place, " "


def _glide(text: str, place: int, latin: str) -> str:
    """Arabic waw and ya are vowels between consonants: "يوسف" → "yusf"."""
    before, after = text[place - 1 : place], text[place + 1 : place + 2]
    if not before.isalpha() or (after in "اآىةە" and after):
        return latin
    return "u" if latin == "w" else "i"


def _joins(char: str) -> bool:
    """Marks and joiners belong to the letter before."""
    return not char.isprintable() or (not anyascii(char).strip() and not char.isspace())


def _reduced(letters: str, source: list[int]) -> FoldedWord:
    if "e" not in letters:
        return FoldedWord(letters, tuple(source))
    gone = {match.start() for match in _UMLAUTS.finditer(letters)}
    kept = [place for place in range(len(letters)) if place not in gone]
    return FoldedWord("".join(letters[place] for place in kept), tuple(source[place] for place in kept))


@cache
def _letters() -> dict[str, str]:
    return {row["letter"]: row["latin"] for row in read_resource_table("name_letters.csv").rows}


@cache
def _latin_letters() -> dict[int, str]:
    """The Latin letters with marks that mean the same wherever they stand, and apostrophes, as they are folded."""
    marked = [chr(code) for first, last in _LATIN_BLOCKS for code in range(first, last + 1) if chr(code).isalpha()]
    known = {ord(char): "".join(latin for _place, latin in _pieces(char)) for char in marked
             if char == char.lower() and _letters().get(char) not in ("w", "y")}  # fmt: skip
    return known | dict.fromkeys(map(ord, _APOSTROPHES), "")


@cache
def _latin() -> re.Pattern[str]:
    """A text of nothing but those and what can be seen of ASCII."""
    return re.compile(f"[ -~{re.escape(''.join(map(chr, _latin_letters())))}]*")


@cache
def _sounds() -> dict[str, Unit]:
    return {row["spelling"]: tuple(row["sounds"].split("|")) for row in read_resource_table("name_sounds.csv").rows}


@cache
def _pattern() -> re.Pattern[str]:
    longest_first = sorted(_sounds(), key=len, reverse=True)
    return re.compile("|".join((*longest_first, ".")))


@cache
def _equals() -> dict[str, frozenset[int]]:
    found: dict[str, set[int]] = {}
    for number, row in enumerate(read_resource_table("name_equals.csv").rows):
        for name in row["names"].split():
            word = _DOUBLE.sub(r"\1", _UMLAUTS.sub("", name))
            found.setdefault(word, set()).add(number)
    return {name: frozenset(groups) for name, groups in found.items()}
