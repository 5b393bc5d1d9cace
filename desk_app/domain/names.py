"""Names as families write them: kept letter by letter, checked against DIN 91379, findable without diacritics.

Nothing here changes a letter of a name or turns a foreign script into Latin letters. Removed are only characters that
cannot be seen; letters outside the standard are pointed out and kept.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from desk_app.domain.resource_csv import read_resource_table
from desk_app.i18n import _, ngettext

_JOINERS = "\u200c\u200d"
# invisible by design although Unicode counts them as marks or letters: grapheme joiner, fillers, variation selectors
_UNSEEN = {"\u034f", "\u115f", "\u1160", "\u3164", "\uffa0", *map(chr, range(0x180B, 0x1810)),
           *map(chr, range(0xFE00, 0xFE10)), *map(chr, range(0xE0100, 0xE01F0))}  # fmt: skip
# letters that keyboards of different countries offer for the same name; what differs in marks alone falls to NFKD
_ARABIC_FOLDING = str.maketrans(
    {**dict.fromkeys("ىیېے", "ي"), **dict.fromkeys("ةەہھ", "ه"), **dict.fromkeys("کڪ", "ك"), "ٱ": "ا", "ـ": ""}
)
_APOSTROPHES = str.maketrans("", "", "'`´’ʹʺʾʿˈˌ~¨‡·ʼ‘")
_LATIN_FOLDING = str.maketrans("øłđıðħəŧ", "oldidhet") | str.maketrans({"æ": "ae", "œ": "oe", "þ": "th"})


@dataclass(frozen=True, slots=True)
class CleanName:
    """A name ready to be stored, and what was noticed about it."""

    text: str
    removed: tuple[str, ...]
    """Invisible characters that were taken out, each once."""
    outside: tuple[str, ...]
    """Letters and signs that DIN 91379 does not allow here, each once, kept in `text`."""

    def notice(self) -> str:
        """One German sentence about letters outside the standard, "" if there are none."""
        if not self.outside:
            return ""
        return ngettext(
            "{letters} gehört nicht zu den Zeichen für Namen (DIN 91379) und bleibt so stehen.",
            "{letters} gehören nicht zu den Zeichen für Namen (DIN 91379) und bleiben so stehen.",
            len(self.outside),
        ).format(letters=", ".join(_("„{letter}“").format(letter=letter) for letter in self.outside))


def clean_name(text: str, *, place: bool = False) -> CleanName:
    """`text` in NFC, without characters that cannot be seen, spaces collapsed.

    `place` allows what places and streets may have besides (datatype B of DIN 91379: digits, brackets, slash).
    Joiners between letters of a joining script stay, since Persian and Indian names are spelt with them.
    """
    kept, removed = _seen(text)
    cleaned = unicodedata.normalize("NFC", " ".join(kept.split()))
    allowed = _allowed(place)
    if _plain(place).fullmatch(cleaned):
        return CleanName(cleaned, removed, ())
    outside = [unit for unit in letters_of(cleaned) if unit not in allowed and unit not in _JOINERS]
    return CleanName(cleaned, removed, tuple(dict.fromkeys(outside)))


def _seen(text: str) -> tuple[str, tuple[str, ...]]:
    """The text without what cannot be seen, any white space as a space, and what was taken out."""
    if text.isascii() and text.isprintable():
        return text, ()
    removed: dict[str, None] = {}
    kept = ""
    for position, char in enumerate(text):
        if char.isspace():
            kept += " "
        elif not _unseen(char) or (char in _JOINERS and _joins(text[:position], text[position + 1 :])):
            kept += char
        else:
            removed[char] = None
    return kept, tuple(removed)


def search_form(text: str) -> str:
    """The name for finding it again: A–Z by the search form of DIN 91379 (Ä→AE, Ø→OE, ß→SS), apostrophes dropped.

    Hyphens and other signs become one space. Other scripts keep their letters, without case and marks and with the
    Arabic letters folded that the same name is written with in different countries; digits become 0–9. Nothing is
    romanised.
    """
    pieces = map(_search_piece, letters_of(clean_name(text).text.translate(_APOSTROPHES)))
    return " ".join("".join(pieces).split())


def loose_form(text: str) -> str:
    """For searching as one types: case, marks and the difference between ü, ue and u do not count."""
    plain = clean_name(text).text.casefold().translate(_APOSTROPHES)
    decomposed = unicodedata.normalize("NFKD", plain).translate(_LATIN_FOLDING).translate(_ARABIC_FOLDING)
    letters = "".join(map(_loose_piece, decomposed))
    for digraph in ("ae", "oe", "ue"):
        letters = letters.replace(digraph, digraph[0])
    return " ".join(letters.split())


def initials(given_name: str, family_name: str) -> str:
    """One letter of each name for the round mark beside it: "KH"; one letter for a name of one part, "" for none."""
    return "".join(_initial(name) for name in (given_name, family_name))


def code_point(char: str) -> str:
    """"U+200B", "U+0043 U+0315"."""
    return " ".join(f"U+{ord(part):04X}" for part in char)


def standard_letters() -> tuple[str, ...]:
    """The 649 letters and sequences of DIN 91379, all of which paper and screen must show."""
    return tuple(unit for unit, (kind, _search) in _standard().items() if kind == "letter")


@cache
def _standard() -> dict[str, tuple[str, str]]:
    """Letters, sequences and signs with their kind and search form."""
    rows = read_resource_table("din91379.csv").rows
    return {
        "".join(chr(int(point, 16)) for point in row["codepoints"].split()): (row["kind"], row["search_form"])
        for row in rows
    }


@cache
def _allowed(place: bool) -> frozenset[str]:
    """What the standard allows in a name, or in the name of a place."""
    kinds = {"letter", "name_sign"} | ({"place_sign"} if place else set())
    return frozenset(unit for unit, (kind, _search) in _standard().items() if kind in kinds)


@cache
def _plain(place: bool) -> re.Pattern[str]:
    """Text whose letters are all allowed and of one character each: nearly every name."""
    return re.compile(f"[{re.escape(''.join(unit for unit in _allowed(place) if unit.isascii() and len(unit) == 1))}]*")


def letters_of(text: str) -> Iterator[str]:
    """The text (in NFC) letter by letter: a sequence of the standard, else a character with its marks."""
    if text.isascii():
        yield from text
        return
    standard = _standard()
    position = 0
    while position < len(text):
        end = position + 1
        while end < len(text) and unicodedata.combining(text[end]):
            end += 1
        # K͟H and its like are the only sequences with two base letters, and nothing is longer than three characters
        if end < position + 3 and text[position : position + 3] in standard:
            end = position + 3
        yield text[position:end]
        position = end


@lru_cache(maxsize=4096)
def _loose_piece(char: str) -> str:
    return "" if unicodedata.combining(char) else _letter_or_space(char)


@lru_cache(maxsize=4096)
def _search_piece(unit: str) -> str:
    if search := _standard().get(unit, ("", ""))[1]:
        return search
    plain = "".join(char for char in unicodedata.normalize("NFKD", unit) if not unicodedata.combining(char))
    if plain.isascii() and plain.isalpha():
        return plain.upper()
    return "".join(map(_letter_or_space, plain.casefold().translate(_ARABIC_FOLDING)))


def _letter_or_space(char: str) -> str:
    if char.isdecimal():
        return str(unicodedata.decimal(char))
    return char if char.isalnum() else "" if char in _JOINERS else " "


def _unseen(char: str) -> bool:
    return unicodedata.category(char) in ("Cc", "Cf", "Cs") or char in _UNSEEN


def _joins(before: str, after: str) -> bool:
    """Whether a joiner stands between two letters of a script without case, the only place where it means something."""
    return all(unicodedata.category(side) in ("Lo", "Mn", "Mc") for side in (before[-1:] or " ", after[:1] or " "))


def _initial(name: str) -> str:
    # modifier letters such as ʿ stand for sounds, not for the name
    letters = (u for u in letters_of(clean_name(name).text) if u[0].isalpha() and unicodedata.category(u[0]) != "Lm")
    letter = next(letters, "")
    return upper if len(upper := letter.upper()) == len(letter) else letter
