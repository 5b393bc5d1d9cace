"""The parts of a letter to a family that stand in a fixed place, and how its two languages are set."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from desk_app.documents.drawing import FRAME, GREY, HAIR, INK, LEFT, PANEL, RIGHT, Box, Pen, regular, semibold
from desk_app.documents.shaping import Line
from desk_app.documents.text import Align, Style, clip, shrink
from desk_app.domain.dates import show_day
from desk_app.domain.letter_page import Contact, LetterPage
from desk_app.domain.letters import Pair
from desk_app.i18n import _

INSET: Final = 11.0
"""From the edge of a frame to what stands in it."""
TITLE, SLIP_TITLE = 628.0, 733.0
"""Baseline of the title: below the address field, or high up where there is none."""
_FOOT: Final = 46.0
"""Upper edge of the footer."""
_MOST_LINES: Final = 8


@dataclass(frozen=True)
class Look:
    """How the page is set: size of the family's language in points, and whether it runs from right to left."""

    size: float
    mirrored: bool
    language: str = ""
    """Of the family; only the names of weekdays need it."""
    tight: bool = False
    """Whether words stand behind their name where there is room."""
    brief: bool = False
    """Whether entries stand two side by side, without words and day: those of a very long list."""

    @property
    def small(self) -> float:
        """Size of the German beneath."""
        return max(7.5, 0.8 * self.size)

    @property
    def pitch(self) -> float:
        """From line to line in parts of the size; Arabic letters reach higher and lower."""
        return 1.5 if self.mirrored else 1.3

    @property
    def near(self) -> Align:
        """Where lines of the family's language begin."""
        return Align.RIGHT if self.mirrored else Align.LEFT


@dataclass(frozen=True)
class Lines:
    """Lines of one text in one style."""

    lines: tuple[Line, ...]
    style: Style
    pitch: float

    @property
    def height(self) -> float:
        return len(self.lines) * self.pitch

    def draw(self, pen: Pen, x: float, top: float, align: Align = Align.LEFT) -> float:
        """Draw downwards from `top`; returns the lower edge."""
        for number, line in enumerate(self.lines):
            pen.text(x, top - (number + 0.76) * self.pitch, line, self.style, align=align)
        return top - self.height


@dataclass(frozen=True)
class Row:
    """A part of the page that is not broken: its height, and how it is drawn below a given height."""

    height: float
    draw: Callable[[Pen, float], None]


def set_lines(text: str, style: Style, room: float, pitch: float) -> Lines:
    return Lines(clip(text, style, room, _MOST_LINES).lines if text else (), style, pitch * style.size)


def other_lines(text: str, look: Look, room: float, *, strong: bool = False, larger: float = 0.0) -> Lines:
    style = semibold(look.size + larger) if strong else regular(look.size + larger)
    return set_lines(text, style, room, look.pitch)


def german_lines(text: str, look: Look, room: float, *, strong: bool = False, alone: bool = False) -> Lines:
    """The German line: beneath the other language small and grey, alone as large as that would be."""
    if alone:
        return set_lines(text, semibold(look.size) if strong else regular(look.size), room, 1.3)
    return set_lines(text, semibold(look.small, GREY) if strong else regular(look.small, GREY), room, 1.28)


def draw_calendar(pen: Pen, x: float, middle: float) -> None:
    pen.frame(Box(x, middle - 10, 22, 19, 2.5), INK, 1.1)
    pen.line((x, middle + 3.5), (x + 22, middle + 3.5), INK, 1.1)
    for offset in (6.5, 15.5):
        pen.line((x + offset, middle + 6.5), (x + offset, middle + 12), INK, 1.1)
    pen.fill(Box(x + 12.5, middle - 6.5, 5.5, 5.5, 1), INK)


def draw_number(pen: Pen, number: int, x: float, base: float, size: float) -> None:
    """The number in a ring, on the baseline of the line it belongs to."""
    size = min(size, 12.0)
    radius = 0.82 * size
    pen.frame(Box(x - radius, base + 0.36 * size - radius, 2 * radius, 2 * radius, radius), INK, 0.9)
    pen.text(x, base, str(number), semibold(0.95 * size), align=Align.CENTRE)


def draw_title(pen: Pen, title: Pair, look: Look, base: float) -> None:
    room = RIGHT - LEFT
    if not title.other:
        pen.text(LEFT, base - 10, title.german, shrink(title.german, semibold(17), room, 12), room=room)
        return
    style = shrink(title.other, semibold(look.size), room, 12)
    pen.text(RIGHT if look.mirrored else LEFT, base, title.other, style, align=look.near, room=room)
    pen.text(LEFT, base - 17, title.german, regular(11, GREY), room=room)


def draw_contact(pen: Pen, page: LetterPage, look: Look, lift: float) -> float:
    """How to reach the centre, at the foot of the page, ``lift`` points above it; returns the upper edge."""
    room = RIGHT - LEFT - 2 * INSET
    alone = not page.help.other
    other = other_lines(page.help.other, look, room)
    german = german_lines(page.help.german, look, room, alone=alone)
    facts = page.contact[:4]
    each = room / max(1, len(facts))
    height = other.height + german.height + 18 + (44 if facts else 0)
    top = lift + _FOOT + 14 + height
    pen.fill(Box(LEFT, top - height, RIGHT - LEFT, height, 5.67), PANEL)
    low = other.draw(pen, RIGHT - INSET if look.mirrored else LEFT + INSET, top - 8, look.near)
    low = german.draw(pen, LEFT + INSET, low) - 9
    if facts:
        pen.rule(low + 4, FRAME, 0.5, LEFT + INSET, RIGHT - INSET)
    for place, fact in enumerate(reversed(facts) if look.mirrored else facts):
        left = LEFT + INSET + place * each
        _draw_fact(pen, fact, left + each if look.mirrored else left, each - 10, low, look.near)
    return top + 6


def _draw_fact(pen: Pen, fact: Contact, x: float, room: float, top: float, align: Align) -> None:
    """The label in both languages, the value once: it is the same for both, so nothing can turn its digits round."""
    label = fact.label.other or fact.label.german
    pen.text(x, top - 9, label, shrink(label, regular(8.5), room, 6), align=align, room=room)
    if fact.label.other:
        pen.text(x, top - 19.5, fact.label.german, regular(7, GREY), align=align, room=room)
    pen.text(x, top - 34, fact.value, shrink(fact.value, semibold(11), room, 7), align=align, room=room)


def draw_foot(pen: Pen, page: LetterPage, lift: float) -> None:
    style, foot = regular(7, GREY), _FOOT + lift
    pen.rule(foot, HAIR, 0.4)
    if not page.reviewed:
        pen.text(LEFT, foot - 11, _("Übersetzung noch nicht geprüft"), semibold(7.5))
    created = _("Erstellt mit Trittstein am {day}").format(day=show_day(page.created_at.date()))
    if page.demo:
        created += " · " + _("Musterdaten, alle Personen erfunden")
    pen.text(LEFT, foot - 21.5, created, style)
    pen.text(RIGHT, foot - 21.5, page.number, style, align=Align.RIGHT)
