"""Offers on a page for a family: each a card with its week, where and how to reach it, and a QR code to keep that."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from desk_app.documents.drawing import BLUE, GREY, HAIR, INK, LEFT, PANEL, RIGHT, Box, Pen, regular, semibold
from desk_app.documents.letter_parts import Lines, Look, Row, draw_number, set_lines
from desk_app.documents.qr_code import dark_cells
from desk_app.documents.text import Align, shrink
from desk_app.domain.letter_page import Entry, Hours, OfferCard
from desk_app.domain.letters import GERMAN, Pair, texts
from desk_app.domain.opening_words import WEEKDAYS
from desk_app.i18n import _

NUMBERS: Final = 30.0
"""Room for the numbers at the side of the text."""
_CODE, _CODE_SMALL, _BESIDE = 66.0, 46.0, 14.0
"""Size of a QR code in points, where many stand on a page, and the white beside it."""
_GAP: Final = 12.0
"""Between two facts beside each other."""
_AIR: Final = 7.0


def card_row(card: OfferCard, number: int, scan: Pair, look: Look) -> Row:
    """The card of one offer, with its number at the side on which the family begins to read."""
    code = _CODE_SMALL if look.brief else _CODE
    beside = code + _BESIDE if card.contact else 0.0
    left, right = (LEFT + beside, RIGHT - NUMBERS) if look.mirrored else (LEFT + NUMBERS, RIGHT - beside)
    parts = list(_parts(card, look, left, right))
    captions = _captions(scan, look)
    code_height = code + 5 + 8.5 * len(captions) if card.contact else 0.0
    height = max(sum(part.height for part in parts), code_height) + 2 * _AIR

    def draw(pen: Pen, top: float) -> None:
        low = top - _AIR
        edge = RIGHT - 11 if look.mirrored else LEFT + 11
        draw_number(pen, number, edge, low - look.size, look.size)
        for part in parts:
            part.draw(pen, low)
            low -= part.height
        if card.contact:
            _draw_code(pen, card.contact, captions, LEFT if look.mirrored else RIGHT - code, top - _AIR - code, code)
        pen.rule(top - height, HAIR, 0.5)

    return Row(height, draw)


def _parts(card: OfferCard, look: Look, left: float, right: float) -> Iterator[Row]:
    room = right - left
    yield _text(set_lines(card.title, semibold(look.size), room, 1.3), left)
    brief = set_lines(card.brief, regular(look.small + 0.5), room, 1.28)
    yield _text(Lines(brief.lines[:1], brief.style, brief.pitch) if look.brief else brief, left)
    in_words = look.brief or not card.week
    if not in_words:
        yield _week(card.week, look, left, right)
        yield _text(set_lines(card.remark, regular(look.small, GREY), room, 1.28), left)
    facts = (card.times, *card.facts) if card.times is not None and in_words else card.facts
    if facts:
        yield _facts(facts, 3 if look.brief else 2, look, left, right)


def _text(lines: Lines, left: float) -> Row:
    def draw(pen: Pen, top: float) -> None:
        lines.draw(pen, left, top)

    return Row(lines.height, draw)


def _week(week: Sequence[Hours], look: Look, left: float, right: float) -> Row:
    """Monday to Sunday beside each other, each under its name in both languages."""
    each = (right - left) / len(week)
    size = max(7.0, min(9.5, look.small))
    most = max((len(day.lines) for day in week), default=1)
    head, line = 2.3 * size + 3, 1.25 * size
    height = head + max(1, most) * line + 6

    def draw(pen: Pen, top: float) -> None:
        for number, day in enumerate(week):
            place = len(week) - 1 - number if look.mirrored else number
            x = left + place * each
            if day.lines:
                pen.fill(Box(x + 1, top - height - 3, each - 2, height - 1, 3), PANEL)
            _draw_day(pen, number, day, look, (x + each / 2, top - 4, each - 4, size))
        pen.rule(top - 3 - head, BLUE, 0.6, left, right)

    return Row(height + 8, draw)


def _draw_day(pen: Pen, number: int, day: Hours, look: Look, at: tuple[float, float, float, float]) -> None:
    """The column of one weekday; ``at`` is its middle, its upper edge, its room and the size of its letters."""
    x, top, room, size = at
    other = "" if look.language == GERMAN else texts("common")[f"weekday.{number}"].fill(look.language)
    style = shrink(other, regular(size), room, 5)
    pen.text(x, top - size, other, style, align=Align.CENTRE, room=room)
    short = _(WEEKDAYS[number])
    pen.text(x, top - 2.15 * size, short, semibold(size, INK if not other else GREY), align=Align.CENTRE)
    for place, hours in enumerate(day.lines or ("–",)):
        hour = semibold(size) if day.lines else regular(size, GREY)
        base = top - 3.7 * size - place * 1.25 * size
        pen.text(x, base, hours, shrink(hours, hour, room, 5.5), align=Align.CENTRE, room=room)


@dataclass(frozen=True)
class _Cell:
    """One fact: in which column and how far below the first one, and the lines of its value."""

    column: int
    down: float
    name: Pair
    values: tuple[Lines, ...]


def _facts(facts: Sequence[Entry], columns: int, look: Look, left: float, right: float) -> Row:
    """All facts in columns, from the side on which the family begins to read; each goes where most room is left."""
    each = (right - left - (columns - 1) * _GAP) / columns
    size = max(6.5, look.small - 1)
    label = (1.5 if look.mirrored else 1.3) * size
    filled = [0.0] * columns
    cells = []
    for fact in facts:
        column = filled.index(min(filled))
        values = _values(fact.words, look, each)
        cells.append(_Cell(column, filled[column], fact.name, values))
        filled[column] += label + sum(value.height for value in values) + 3

    def draw(pen: Pen, top: float) -> None:
        for cell in cells:
            place = columns - 1 - cell.column if look.mirrored else cell.column
            x = left + place * (each + _GAP)
            low = top - 3 - cell.down
            _draw_label(pen, cell.name, look, (x, low - 0.8 * label, each), size)
            low, edge = low - label, x + each if look.mirrored else x
            for value in cell.values:
                low = value.draw(pen, edge, low, look.near)

    return Row(max(filled), draw)


def _draw_label(pen: Pen, name: Pair, look: Look, at: tuple[float, float, float], size: float) -> None:
    """The name of a fact in both languages on one line; each is drawn by itself, so that neither turns the other."""
    x, base, room = at
    side = -1 if look.mirrored else 1
    style = shrink(f"{name.other} · {name.german}", regular(size, GREY), room, 5)
    edge = x + room if look.mirrored else x
    if name.other:
        edge += side * (pen.text(edge, base, name.other, style, align=look.near, room=room) + 5)
    pen.text(edge, base, name.german, style, align=look.near, room=room)


def _values(words: Pair, look: Look, room: float) -> tuple[Lines, ...]:
    """What is the same in both languages stands once; what was translated stands in both."""
    if not words.other or words.other == words.german:
        return (set_lines(words.german, regular(look.small + 0.5), room, 1.28),)
    other = set_lines(words.other, regular(look.small + 0.5), room, look.pitch)
    return (other, set_lines(words.german, regular(max(7.0, look.small - 1), GREY), room, 1.25))


def _captions(scan: Pair, look: Look) -> list[str]:
    """What stands below a code: in both languages, or where room is short in the family's alone."""
    both = [words for words in (scan.other, scan.german) if words]
    return both[:1] if look.brief else both


def _draw_code(pen: Pen, contact: str, captions: Sequence[str], left: float, low: float, size: float) -> None:
    pen.cells(dark_cells(contact, left, low, size), INK)
    for number, words in enumerate(captions):
        style = shrink(words, regular(6.5, GREY), size + 10, 5)
        pen.text(left + size / 2, low - 8 - 8.5 * number, words, style, align=Align.CENTRE)
