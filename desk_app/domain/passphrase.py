"""Passphrases: is this one hard to guess, and a good one drawn at random.

What a thief tries first costs least: words, names, runs on the keyboard, repetitions. So a passphrase is counted
in characters, but whatever is easily guessed counts less than it is long. Fourteen must remain. No rule asks for
digits or special characters, and none lets a passphrase expire (BSI ORP.4, NIST SP 800-63B).
"""

from __future__ import annotations

import math
import re
import secrets
import unicodedata
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Final

from desk_app import assets
from desk_app.i18n import _

ENOUGH: Final = 14
"""Characters a passphrase must count; as random letters they are 65 bits."""

GENERATED_WORDS: Final = 6
"""Words in a generated passphrase."""

_WORD_COUNTS: Final = 3
_PATTERN_COUNTS: Final = 1
_NAME_COUNTS: Final = 1
_SHORTEST_NAME: Final = 3
_SHORTEST_RUN: Final = 4
_JUDGED: Final = 200
"""Characters looked at; a passphrase that is good up to there is good, and a pasted novel costs no time."""

_RUNS: Final = (
    "abcdefghijklmnopqrstuvwxyz",
    "01234567890",
    "qwertzuiopue",
    "qwertyuiop",
    "asdfghjkloeae",
    "yxcvbnm",
    "zxcvbnm",
    "1qaz2wsx3edc4rfv",
    "1q2w3e4r5t6z7u",
)

_ALIKE: Final = str.maketrans("bdgmsw", "ptknzf")
"""Consonants that a telephone makes alike."""


def counted_length(passphrase: str, names: Iterable[str] = ()) -> int:
    """How many characters ``passphrase`` counts: a known word three, a name, run or repetition one."""
    rest = _plain(passphrase[:_JUDGED])
    points = 0
    for pattern, worth in _patterns(names):
        rest, found = pattern.subn("\0", rest)
        points += worth * found
    return points + len(rest.replace("\0", ""))


def weaknesses(passphrase: str, names: Iterable[str] = ()) -> tuple[str, ...]:
    """Why ``passphrase`` is too easy to guess, as German sentences; none if it will do.

    ``names`` are what anybody at the centre knows: of the user, of the centre.
    """
    names = tuple(names)
    length = len(passphrase)
    if length < ENOUGH:
        text = _("Die Passphrase braucht mindestens {enough} Zeichen, bis jetzt sind es {length}.")
        return (text.format(enough=ENOUGH, length=length),)
    if counted_length(passphrase, names) >= ENOUGH:
        return ()
    reasons = []
    plain = _plain(passphrase[:_JUDGED])
    if any(name in plain for name in _name_parts(names)):
        reasons.append(_("Sie enthält den Namen der Person oder der Stelle; den probiert man zuerst."))
    if _repetition().search(plain):
        reasons.append(_("Sie wiederholt sich; eine Wiederholung zählt nur einmal."))
    if _any_run().search(plain):
        reasons.append(_("Sie enthält eine Reihe von der Tastatur oder aus dem Alphabet, etwa „1234“ oder „qwertz“."))
    if _known_words().search(plain):
        reasons.append(_("Sie besteht aus wenigen bekannten Wörtern; jedes zählt nur wie drei Zeichen."))
    reasons.append(_("Nehmen Sie noch ein oder zwei Wörter dazu, die nichts mit Ihnen zu tun haben."))
    return tuple(reasons)


def generate_passphrase() -> str:
    """Six words drawn evenly and independently, with blanks between: 63 bits, see ``generated_bits``."""
    words = word_list()
    return " ".join(secrets.choice(words) for _ in range(GENERATED_WORDS))


def generated_bits() -> float:
    """The entropy of ``generate_passphrase`` in bits; it lies in the drawing, so knowing the list does not help."""
    return GENERATED_WORDS * math.log2(len(word_list()))


@cache
def word_list() -> Sequence[str]:
    """The words that passphrases are drawn from."""
    return _lines("passphrase_words.txt")


def sending_passphrase() -> str:
    """Six words to open a file with, to be told on the telephone: small plain letters, with blanks between.

    Drawn evenly and independently by the system's generator for secrets from ``telephone_words``. The entropy is
    6 · log2(number of words), with 1,137 words 60.9 bits; it lies in the drawing, so knowing the list does not help.
    """
    words = telephone_words()
    return " ".join(secrets.choice(words) for _ in range(GENERATED_WORDS))


@cache
def telephone_words() -> Sequence[str]:
    """Those of the word list that are not misheard: no two one letter apart or alike in sound, none made of two."""
    known = set(word_list())
    words, taken = [], set[str]()
    for word in word_list():
        slips = {word[:at] + "?" + word[at + one :] for at in range(len(word) + 1) for one in (0, 1)}
        marks = {_sounding(word), *slips}
        compound = any(word[:at] in known and word[at:] in known for at in range(1, len(word)))
        if not compound and taken.isdisjoint(marks):
            words.append(word)
            taken |= marks
    return tuple(words)


def _sounding(word: str) -> str:
    """Soft consonants as hard ones, doubled letters once, no mute h: "gasse" sounds much like "katze"."""
    for spelt, heard in (("tz|ss", "z"), ("ie|y", "i"), ("v", "f"), ("ck", "k"), ("(?<=[aeiou])h", "")):
        word = re.sub(spelt, heard, word)
    return re.sub(r"(.)\1", r"\1", word.translate(_ALIKE))


def _patterns(names: Iterable[str]) -> list[tuple[re.Pattern[str], int]]:
    patterns = [(_repetition(), _PATTERN_COUNTS), (_any_run(), _PATTERN_COUNTS)]
    parts = _name_parts(names)
    if parts:
        patterns.append((_any_of(parts), _NAME_COUNTS))
    patterns.append((_known_words(), _WORD_COUNTS))
    return patterns


def _name_parts(names: Iterable[str]) -> set[str]:
    return {part for name in names for part in re.split(r"\W+", _plain(name)) if len(part) >= _SHORTEST_NAME}


@cache
def _repetition() -> re.Pattern[str]:
    return re.compile(r"(.{1,12}?)\1{2,}|(.{4,}?)\2+")


@cache
def _any_run() -> re.Pattern[str]:
    pieces = {
        text[at : at + size]
        for run in _RUNS
        for text in (run, run[::-1])
        for size in range(_SHORTEST_RUN, len(run) + 1)
        for at in range(len(text) - size + 1)
    }
    return _any_of(pieces)


@cache
def _known_words() -> re.Pattern[str]:
    common = _lines("passphrase_common.txt")
    return _any_of({*common, *(word for word in word_list() if len(word) > _WORD_COUNTS)})


def _lines(name: str) -> tuple[str, ...]:
    lines = assets.read_text("code_lists", name).splitlines()
    return tuple(line for line in lines if line and not line.startswith("#"))


def _any_of(texts: Iterable[str]) -> re.Pattern[str]:
    """The longest first, so that a word inside a word does not hide it."""
    return re.compile("|".join(re.escape(text) for text in sorted(texts, key=lambda text: (-len(text), text))))


def _plain(text: str) -> str:
    """Small letters, umlauts spelt out, so that "Mülheim" and "muelheim" are the same guess."""
    lower = unicodedata.normalize("NFC", text).casefold()
    for letter, spelt in (("ä", "ae"), ("ö", "oe"), ("ü", "ue")):
        lower = lower.replace(letter, spelt)
    return lower
