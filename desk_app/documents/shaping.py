"""From a text to placed glyphs: which face, which order, which form (one line at a time, without a page).

Order follows the Unicode bidirectional algorithm (UAX 9, through python-bidi), form and place of the glyphs are
HarfBuzz's, with the joining and mark rules of the fonts themselves. Nothing here knows about PDF or page size:
widths and offsets are in 1/1000 em, so a line is shaped once and drawn in any size.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby, pairwise
from typing import Any, NamedTuple

import uharfbuzz as hb
from bidi import get_base_level, get_display

from desk_app.documents.composites import Part
from desk_app.documents.fonts import Face, Sign, Weight, faces

_JOINERS = "\u200c\u200d"
_VISIBLE_FORMAT = "\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u08e2"
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]")
_MOST_MARKS = 30  # on one letter: UAX 15, Stream-Safe Text Format
_SHORT = 120  # letters up to which a shaped line is worth remembering
_STAYS_IN_FACE = {"Mn", "Mc", "Me", "Cf", "Zs"}

# Tags are invisible to the bidirectional algorithm (class BN): each letter carries its place in three of them
# through the reordering. Their order afterwards tells the direction of the letter.
_TAGS = [[chr(start + digit) for digit in range(32)] for start in (0xE0020, 0xE0040, 0xE0060)]
_TAGGED_LETTER = re.compile(
    "(?s)(?P<letter>.)(?P<tags>[\U000e0020-\U000e003f][\U000e0040-\U000e005f][\U000e0060-\U000e007f])"
    "|(?P<reversed>[\U000e0060-\U000e007f][\U000e0040-\U000e005f][\U000e0020-\U000e003f])."
)
LONGEST_LINE = 32**3
"""Letters that one line may hold; `documents.text` never gives more."""


class Step(NamedTuple):
    """A sign, and by how much it is moved back from where the widths of the signs before it would put it."""

    back: int
    sign: Sign


@dataclass(frozen=True)
class Run:
    """Neighbouring signs of one face and one direction, from left to right on paper, and their width together."""

    face: Face
    right_to_left: bool
    steps: tuple[Step, ...]
    width: int


@dataclass(frozen=True)
class Line:
    """A shaped line: runs from left to right, its width, and the letters no face has (drawn as boxes)."""

    runs: tuple[Run, ...]
    width: int
    missing: frozenset[str]


def clean(text: str) -> str:
    """`text` as it may be drawn: what cannot be seen and could only mislead is gone, line ends are `\\n`.

    Controls that turn the reading direction (such as U+202E, which can make a name look like another) and zero
    width spaces are taken out, tabs become spaces, a letter keeps at most 30 marks (UAX 15, Stream-Safe Text).
    The joiners of Persian stay.
    """
    if text.isprintable() and (len(text) <= _MOST_MARKS or max(text) < "\u0300"):
        return text
    kept: list[str] = []
    marks = 0
    for letter in filter(None, map(_clean_letter, text.replace("\r\n", "\n"))):
        marks = marks + 1 if unicodedata.category(letter)[0] == "M" else 0
        if marks <= _MOST_MARKS:
            kept.append(letter)
    return "".join(kept)


@lru_cache(maxsize=4096)
def _clean_letter(letter: str) -> str:
    if letter in _JOINERS or letter in _VISIBLE_FORMAT:
        return letter
    if letter in "\n\r\v\f\x85\u2028\u2029":
        return "\n"
    if letter == "\t":
        return " "
    category = unicodedata.category(letter)
    if category == "Cs":
        return "\ufffd"
    return "" if category in ("Cc", "Cf") else letter


def direction(text: str) -> str:
    """The direction a text is read in, set by its first strong letter: "L" or "R" (UAX 9, P2 and P3)."""
    return "R" if _RIGHT_TO_LEFT.search(text) and get_base_level(text) else "L"


def shape(text: str, weight: Weight, base: str | None = None) -> Line:
    """The placed glyphs of one line of cleaned text; `base` is the paragraph's direction, by default the line's."""
    return _remembered(text, weight, base) if len(text) <= _SHORT else _shape(text, weight, base)


def _shape(text: str, weight: Weight, base: str | None) -> Line:
    runs = tuple(
        _shape_run(face, "".join(letters), right_to_left)
        for right_to_left, part in _in_visual_order(text, base or direction(text))
        for face, letters in _by_face(part, weight, right_to_left)
    )
    signs = (step.sign for run in runs for step in run.steps)
    missing = (sign.letters for sign in signs if any(not part.glyph for part in sign.parts))
    return Line(runs, sum(run.width for run in runs), frozenset("".join(missing)))


_remembered = lru_cache(maxsize=4096)(_shape)


def forget() -> None:
    """Drop the lines kept for drawing them again: they hold names. To be called when the store is locked."""
    _remembered.cache_clear()


def _in_visual_order(text: str, base: str) -> Iterator[tuple[bool, str]]:
    """Stretches of one direction from left to right, each in reading order, as (right to left?, letters)."""
    if base == "L" and not _RIGHT_TO_LEFT.search(text):
        if text:
            yield False, text
        return
    for right_to_left, places in groupby(_visual_places(text, base), key=lambda place: place[1]):
        for stretch in _unbroken([index for index, _ in places]):
            letters = "".join(text[index] for index in stretch)
            yield right_to_left, letters[::-1] if right_to_left else letters


def _unbroken(indices: list[int]) -> Iterator[list[int]]:
    """Cut where neighbours on paper are no neighbours in the text (an embedded level ends there)."""
    start = 0
    for here, (left, right) in enumerate(pairwise(indices), start=1):
        if abs(left - right) != 1:
            yield indices[start:here]
            start = here
    yield indices[start:]


def _visual_places(text: str, base: str) -> list[tuple[int, bool]]:
    """Place in `text` and direction (right to left?) of each letter, from left to right on paper."""
    tagged = "".join(
        letter + _TAGS[0][place // 1024] + _TAGS[1][place // 32 % 32] + _TAGS[2][place % 32]
        for place, letter in enumerate(text[:LONGEST_LINE])
    )
    end = "\u05d0" if base == "R" else "a"  # a last letter of the paragraph's direction keeps the last tags in place
    places = []
    for found in _TAGGED_LETTER.finditer(get_display(tagged + end, base_dir=base)):
        tags = found["tags"] or found["reversed"][::-1]
        place = 0
        for tag, alphabet in zip(tags, _TAGS, strict=True):
            place = place * 32 + ord(tag) - ord(alphabet[0])
        places.append((place, found["tags"] is None))
    return places


def _by_face(text: str, weight: Weight, right_to_left: bool) -> list[tuple[Face, list[str]]]:
    """Letters grouped by the face that has them, from left to right; marks and spaces stay with their letter."""
    choices = faces(weight)
    groups: list[tuple[Face, list[str]]] = []
    for letter in text:
        if groups and unicodedata.category(letter) in _STAYS_IN_FACE and letter in groups[-1][0]:
            face = groups[-1][0]
        else:
            face = next((face for face in choices if letter in face), choices[0])
        if groups and groups[-1][0] is face:
            groups[-1][1].append(letter)
        else:
            groups.append((face, [letter]))
    return groups[::-1] if right_to_left else groups


def _shape_run(face: Face, text: str, right_to_left: bool) -> Run:
    buffer = hb.Buffer()
    buffer.add_codepoints([ord(letter) for letter in text])
    buffer.guess_segment_properties()
    buffer.direction = "rtl" if right_to_left else "ltr"
    if right_to_left:
        # readers turn a sign of several letters around with the word, so vowel marks stay signs of their own
        buffer.cluster_level = hb.BufferClusterLevel.MONOTONE_CHARACTERS
    hb.shape(face.shaper, buffer, {})
    starts = sorted({info.cluster for info in buffer.glyph_infos})
    ends = dict(zip(starts, [*starts[1:], len(text)], strict=True))
    placed = zip(buffer.glyph_infos, buffer.glyph_positions, strict=True)
    steps = []
    width = slip = 0
    for start, members in groupby(placed, key=lambda pair: pair[0].cluster):
        sign, shift, advance = _sign(face, text[start : ends[start]], members)
        steps.append(Step(slip - shift, sign))
        slip = shift + sign.width - advance
        width += advance
    return Run(face, right_to_left, tuple(steps), width)


def _sign(face: Face, letters: str, placed: Iterable[tuple[Any, Any]]) -> tuple[Sign, int, int]:
    """One sign from HarfBuzz's glyphs (info, position), how far it is moved from the pen, and the pen's step.

    The first glyph that takes room, the letter, stands at 0 and the marks around it; kerning is in the step alone,
    so that the same letter with the same marks is the same sign everywhere.
    """
    parts: list[Part] = []
    shift: int | None = None
    pen = width = 0
    for info, position in placed:
        place = pen + position.x_offset
        parts.append(Part(info.codepoint, place, position.y_offset))
        if position.x_advance:
            shift = place if shift is None else shift
            width += face.advance(info.codepoint)
        pen += position.x_advance
    shift = shift or 0
    return face.sign(tuple(Part(glyph, x - shift, y) for glyph, x, y in parts), letters, width), shift, pen
