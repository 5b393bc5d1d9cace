"""Lines, boxes and signs on paper, in the colours of the printed sheets (points from the bottom left of an A4 page)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from desk_app.documents.fonts import Weight
from desk_app.documents.paper import Paper
from desk_app.documents.shaping import Line
from desk_app.documents.text import Align, Style, Typesetter

Color = tuple[float, float, float]

MM = 72 / 25.4
PAGE = (210 * MM, 297 * MM)
LEFT, RIGHT = 25 * MM, 190 * MM
"""Edges of the text: 25 mm are DIN 5008's margin for filing."""


def _rgb(code: str) -> Color:
    red, green, blue = bytes.fromhex(code)
    return red / 255, green / 255, blue / 255


INK, GREY = _rgb("1B1D21"), _rgb("4A4E55")
HAIR, FRAME = _rgb("DEDBD5"), _rgb("C9C6C0")
BLUE = _rgb("19569D")
PANEL = _rgb("F3F1ED")


def regular(size: float, color: Color = INK) -> Style:
    """The style of what is read."""
    return Style(size, Weight.REGULAR, color)


def semibold(size: float, color: Color = INK) -> Style:
    """The style of names and headings."""
    return Style(size, Weight.SEMIBOLD, color)


LABEL, TEXT = regular(8, GREY), regular(9)


@dataclass(frozen=True)
class Box:
    """A rectangle with rounded corners; `y` is its lower edge."""

    x: float
    y: float
    width: float
    height: float
    radius: float


class Pen:
    """Draws on one paper; the state of the canvas is the same after each call."""

    def __init__(self, paper: Paper) -> None:
        self._paper = paper
        self._typesetter = Typesetter(paper)

    @property
    def missing(self) -> frozenset[str]:
        """Letters drawn as empty boxes so far because no font has them."""
        return frozenset(self._typesetter.missing)

    def text(
        self,
        x: float,
        y: float,
        text: str | Line,
        style: Style,
        *,
        align: Align = Align.LEFT,
        room: float | None = None,
    ) -> float:
        """One line of text, see `Typesetter.draw`."""
        return self._typesetter.draw(x, y, text, style, align=align, room=room)

    def line(self, start: tuple[float, float], end: tuple[float, float], color: Color, thickness: float) -> None:
        """A straight line."""
        self._put(f"{_numbers(*color)} RG {thickness:g} w {_numbers(*start)} m {_numbers(*end)} l S")

    def rule(self, y: float, color: Color, thickness: float, left: float = LEFT, right: float = RIGHT) -> None:
        """A level line across the text or a part of it."""
        self.line((left, y), (right, y), color, thickness)

    def fill(self, box: Box, color: Color) -> None:
        """A filled box without frame."""
        self._put(f"{_numbers(*color)} rg {_outline(box)} f")

    def frame(self, box: Box, color: Color, thickness: float, *, dashed: bool = False) -> None:
        """The outline of a box."""
        dash = "[2 2] 0 d " if dashed else ""
        self._put(f"{_numbers(*color)} RG {thickness:g} w {dash}{_outline(box)} S")

    def disc(self, x: float, y: float, radii: tuple[float, float], color: Color) -> None:
        """A filled ellipse around a centre."""
        across, up = radii
        self._put(f"{_numbers(*color)} rg {_numbers(across, 0, 0, up, x, y)} cm {_CIRCLE} f")

    def cells(self, boxes: Iterable[tuple[float, float, float, float]], color: Color) -> None:
        """Filled rectangles (left, lower edge, width, height) as one shape, so that no seam shows between them."""
        self._put(f"{_numbers(*color)} rg {' '.join(f'{_numbers(*box)} re' for box in boxes)} f")

    def seen_mark(self, x: float, y: float, *, seen: bool) -> None:
        """The ring in front of a document on the baseline `y`: ticked if seen. Drawn, so it needs no font."""
        ring = f"q 3.75 0 0 3.75 3.75 2.75 cm {_CIRCLE} 0.2133 w S Q"
        tick = " 1.1 w 1 J 2.02 2.7 m 3.3 1.35 l 5.62 4.35 l S" if seen else ""
        self._put(f"{_numbers(*INK)} RG {_numbers(1, 0, 0, 1, x, y)} cm {ring}{tick}")

    def next_page(self) -> None:
        """Finish the page."""
        self._paper.showPage()

    def _put(self, operators: str) -> None:
        # PDF's own operators (ISO 32000-1, 8.5): ReportLab's shapes set every number through a slow formatter
        self._paper.addLiteral(f"q {operators} Q")


def _numbers(*values: float) -> str:
    return " ".join(f"{value:.3f}" for value in values)


_ARC = 0.5523  # a quarter circle as a Bézier curve: how far its controls reach
_CIRCLE = (
    f"1 0 m 1 {_ARC} {_ARC} 1 0 1 c -{_ARC} 1 -1 {_ARC} -1 0 c -1 -{_ARC} -{_ARC} -1 0 -1 c {_ARC} -1 1 -{_ARC} 1 0 c h"
)


def _outline(box: Box) -> str:
    left, low, right, high = box.x, box.y, box.x + box.width, box.y + box.height
    r, c = box.radius, box.radius * (1 - _ARC)
    return (
        f"{_numbers(left + r, low)} m {_numbers(right - r, low)} l"
        f" {_numbers(right - c, low, right, low + c, right, low + r)} c {_numbers(right, high - r)} l"
        f" {_numbers(right, high - c, right - c, high, right - r, high)} c {_numbers(left + r, high)} l"
        f" {_numbers(left + c, high, left, high - c, left, high - r)} c {_numbers(left, low + r)} l"
        f" {_numbers(left, low + c, left + c, low, left + r, low)} c h"
    )
