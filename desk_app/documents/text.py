"""Text on paper: every letter that is printed goes through `Typesetter`.

A text is what somebody typed, never markup: `<b>`, `&` and `=1+1` are printed as they stand.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import Enum

from desk_app.documents.fonts import EM, Weight
from desk_app.documents.paper import EmbeddedFace, Paper
from desk_app.documents.shaping import Line, Run, clean, direction, shape

ELLIPSIS = "…"
_MOST_LETTERS_IN_A_LINE = 1000
_LETTERS_OF_ONE_LINE = 150  # a longer text is broken without first trying whether it fits
_PIECE = re.compile(r"[^\s/-]*(?:[/-]+|\s+|$)")


class Align(Enum):
    """Which end of a line stands at the given place."""

    LEFT = 0.0
    CENTRE = 0.5
    RIGHT = 1.0


@dataclass(frozen=True)
class Style:
    """Size in points, weight and colour (red, green, blue from 0 to 1)."""

    size: float
    weight: Weight = Weight.REGULAR
    color: tuple[float, float, float] = (0.0, 0.0, 0.0)


@dataclass(frozen=True)
class Block:
    """Lines of a wrapped text, and what found no room in them (empty if all is there)."""

    lines: tuple[Line, ...]
    rest: str = ""


def width(text: str | Line, style: Style) -> float:
    """How wide a text is drawn, in points. Line ends count as spaces."""
    return _line(text, style).width * style.size / EM


def fit(text: str, style: Style, room: float) -> Line:
    """One line no wider than `room` points; what does not fit gives way to "…" at the end."""
    text = " ".join(clean(text).split("\n"))
    return _elide(text, style, room, direction(text))


def shrink(text: str, style: Style, room: float, smallest: float) -> Style:
    """`style` as much smaller, down to `smallest` points, as `text` needs to fit into `room`."""
    needed = width(text, style)
    return style if needed <= room else replace(style, size=max(smallest, 0.999 * style.size * room / needed))


def wrap(text: str, style: Style, room: float, most_lines: int) -> Block:
    """`text` in lines no wider than `room` points, broken at spaces, hyphens and, if a word is too long, anywhere."""
    text = clean(text).rstrip()
    base = direction(text)
    if "\n" not in text and len(text) <= _LETTERS_OF_ONE_LINE and _fits(text, style, room, base):
        return Block((shape(text, style.weight, base),) if text else ())
    lines: list[Line] = []
    for start, end in _breaks(text, style, room):
        if len(lines) == most_lines:
            return Block(tuple(lines), text[start:])
        lines.append(shape(text[start:end].rstrip(), style.weight, base))
    return Block(tuple(lines))


def clip(text: str, style: Style, room: float, most_lines: int) -> Block:
    """Like `wrap`, but a text too long for `most_lines` ends in "…", so that nobody takes the part for the whole."""
    block = wrap(text, style, room, most_lines)
    if not block.rest:
        return block
    last_line = wrap(text, style, room, most_lines - 1).rest
    return Block(
        (*block.lines[:-1], _elide(last_line.split("\n")[0], style, room, direction(text), always=True)), block.rest
    )


class Typesetter:
    """Draws text on one `Paper`. `missing` collects the letters that no font has: they were drawn as empty boxes."""

    def __init__(self, paper: Paper) -> None:
        self._paper = paper
        self.missing: set[str] = set()

    def draw(
        self,
        x: float,
        y: float,
        text: str | Line,
        style: Style,
        *,
        align: Align = Align.LEFT,
        room: float | None = None,
    ) -> float:
        """Draw one line with its baseline at `y` (points from the bottom left) and return its width.

        With `room` a text that is wider is cut and ends in "…".
        """
        line = fit(text, style, room) if room is not None and isinstance(text, str) else _line(text, style)
        self.missing |= line.missing
        wide = line.width * style.size / EM
        pen = x - align.value * wide
        shown = []
        for run in line.runs:
            face = self._paper.embed(run.face)
            shown.append(f"/{face.resource} {style.size:.4g} Tf 1 0 0 1 {pen:.3f} {y:.3f} Tm {_show(run, face)}")
            pen += run.width * style.size / EM
        if shown:
            red, green, blue = style.color
            self._paper.addLiteral(f"q {red:.4g} {green:.4g} {blue:.4g} rg BT {' '.join(shown)} ET Q")
        return wide


def _show(run: Run, face: EmbeddedFace) -> str:
    """The operator that shows a run: codes, and numbers between them where widths alone would put a sign wrong."""
    shown = [f">{back}<{face.code(sign)}" if back else face.code(sign) for back, sign in run.steps]
    return f"[<{''.join(shown)}>]TJ"


def _line(text: str | Line, style: Style) -> Line:
    if isinstance(text, Line):
        return text
    return shape(" ".join(clean(text).split("\n")), style.weight)


def _fits(text: str, style: Style, room: float, base: str | None = None) -> bool:
    return shape(text, style.weight, base).width * style.size <= room * EM


def _elide(text: str, style: Style, room: float, base: str, *, always: bool = False) -> Line:
    start = text[:_MOST_LETTERS_IN_A_LINE]
    if not always and start == text and _fits(text, style, room, base):
        return shape(text, style.weight, base)
    longest = _longest(start, style, room, ELLIPSIS)
    return shape(start[:longest].rstrip() + ELLIPSIS, style.weight, base)


def _longest(text: str, style: Style, room: float, ending: str = "") -> int:
    """How many letters of `text` fit before `ending`. Marks take no room, so they are not parted from their letter."""
    return bisect_left(
        range(1, len(text) + 1), True, key=lambda count: not _fits(text[:count].rstrip() + ending, style, room)
    )


def _breaks(text: str, style: Style, room: float) -> Iterator[tuple[int, int]]:
    """Start and end of each line of `text`, line ends and the spaces where it was broken included."""
    start = 0
    for paragraph in text.splitlines(keepends=True):
        end = start + len(paragraph)
        while start < end:
            length = _fill(text[start:end], style, room)
            yield start, start + length
            start += length


def _fill(text: str, style: Style, room: float) -> int:
    """How many letters of one paragraph go into its first line: at least one."""
    taken, used = 0, 0.0
    for piece in _PIECE.finditer(text):
        if piece.end() == taken:
            break
        if len(piece[0]) > _MOST_LETTERS_IN_A_LINE or used + width(piece[0].rstrip(), style) > room:
            break
        used += width(piece[0].rstrip("\n"), style)
        taken = piece.end()
    return taken or max(1, _longest(text[:_MOST_LETTERS_IN_A_LINE].rstrip("\n"), style, room))
