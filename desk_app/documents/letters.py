"""A letter or slip for a family: one page in two languages that both sides of the desk can point at.

The family's language stands first, in larger type and from its own side of the paper, the same in German beneath it.
Every line has a number, the same in both. The type is as large as the page allows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from io import BytesIO
from typing import BinaryIO, Final

from desk_app.documents.drawing import BLUE, HAIR, INK, LEFT, PAGE, RIGHT, Box, Pen, semibold
from desk_app.documents.letter_parts import (
    INSET,
    SLIP_TITLE,
    TITLE,
    Lines,
    Look,
    Row,
    draw_calendar,
    draw_contact,
    draw_foot,
    draw_number,
    draw_title,
    german_lines,
    other_lines,
    set_lines,
)
from desk_app.documents.offer_cards import NUMBERS, card_row
from desk_app.documents.paper import Paper
from desk_app.documents.request_frame import draw_letterhead
from desk_app.documents.slip_parts import COUPON, draw_coupon, draw_notes, draw_slip_head
from desk_app.documents.text import Align, width
from desk_app.domain.letter_page import Block, Entry, LetterPage
from desk_app.domain.letters import GERMAN, RIGHT_TO_LEFT, Pair, language_label
from desk_app.i18n import _

_BELOW_TITLE: Final = 30.0
_NOTES, _READS_WELL = 96.0, 9.5
"""What is kept free for notes in points, as long as the type does not become smaller than this for it."""
_COLUMN_GAP: Final = 16.0


@dataclass(frozen=True)
class Printed:
    """What it came to: the entries there was no room for (in German), and letters no font has."""

    left_out: tuple[str, ...]
    missing: frozenset[str]


def write_letter(page: LetterPage, target: BinaryIO) -> Printed:
    """Write the letter as a PDF of one page; its metadata name neither family nor child."""
    buffer = BytesIO()
    paper = Paper(buffer, pagesize=PAGE, pageCompression=1, invariant=1, pdfVersion=(1, 7), lang="de-DE")
    paper.setTitle(page.number)
    paper.setAuthor("Trittstein")
    paper.setCreator("Trittstein")
    paper.setSubject(page.letter.label)
    stamp = page.created_at.strftime("D:%Y%m%d%H%M%S")
    paper.setDateFormatter(lambda *_parts: stamp)
    pen = Pen(paper)
    left_out = _draw(pen, page)
    pen.next_page()
    paper.save()
    target.write(buffer.getbuffer())
    return Printed(left_out, pen.missing)


_LOOKS: Final = (
    *(Look(size, mirrored=False) for size in (13.5, 12.5, 11.5)),
    *(Look(size, mirrored=False, tight=True) for size in (10.5, 9.5, 8.8, 8.3)),
    *(Look(size, mirrored=False, brief=True) for size in (10.5, 9.5, 8.8, 8.2)),
)
"""From the one that is easiest to read to the one that takes least room."""


def _draw(pen: Pen, page: LetterPage) -> tuple[str, ...]:
    """Draw the page; returns the names of the entries there was no room for."""
    named = language_label(page.language)
    german = language_label(GERMAN)
    languages = german if page.language == GERMAN else _("{first} und {second}").format(first=named, second=german)
    mirrored = page.language in RIGHT_TO_LEFT
    lift = COUPON if page.coupon is not None else 0.0
    if page.is_slip:
        draw_slip_head(pen, page, languages)
    else:
        draw_letterhead(pen, page, languages)
    base = SLIP_TITLE if page.is_slip else TITLE
    draw_title(pen, page.title, Look(17, mirrored), base)
    floor, top = draw_contact(pen, page, Look(9.5, mirrored), lift), base - _BELOW_TITLE
    rows, left_out = _fitting(page, mirrored, top - floor)
    for row in rows:
        row.draw(pen, top)
        top -= row.height
    draw_notes(pen, page.notes, Look(9.5, mirrored), top, floor)
    draw_foot(pen, page, lift)
    if page.coupon is not None:
        draw_coupon(pen, page.coupon)
    return left_out


def _fitting(page: LetterPage, mirrored: bool, room: float) -> tuple[list[Row], tuple[str, ...]]:
    """The rows in the largest type that fits; where none does, without the last entries."""
    looks = [replace(each, mirrored=mirrored, language=page.language) for each in _LOOKS]
    for_notes = [
        (look, room - _NOTES) for look in looks if page.notes.german and not look.brief and look.size >= _READS_WELL
    ]
    for look, free in (*for_notes, *((look, room) for look in looks)):
        rows = list(_rows(page, look))
        if _height(rows) <= free:
            return rows, ()
    names = [entry.name.german for block in page.blocks for entry in block.entries]
    names += [card.title for card in page.cards]
    for kept in range(len(names) - 1, -1, -1):
        rows = list(_rows(_shortened(page, kept), look))
        if _height(rows) <= room:
            return rows, tuple(names[kept:])
    return [], tuple(names)


def _shortened(page: LetterPage, kept: int) -> LetterPage:
    """The page with its first entries alone, and with the line that says so."""
    blocks = []
    for block in page.blocks:
        entries = block.entries[:kept]
        kept -= len(entries)
        if entries:
            blocks.append(replace(block, entries=entries))
    return replace(page, blocks=tuple(blocks), cards=page.cards[:kept], closing=(page.more, *page.closing))


def _height(rows: Sequence[Row]) -> float:
    return sum(row.height for row in rows)


def _rows(page: LetterPage, look: Look) -> Iterator[Row]:
    for pair in page.intro:
        yield _paragraph(pair, look)
    if page.strong.german:
        yield _framed(page.strong, look)
    number = 1
    for block in page.blocks:
        if block.heading.german:
            yield _heading(block.heading, look)
        yield from _entries(block, number, look)
        number += len(block.entries)
    for place, card in enumerate(page.cards, number):
        yield card_row(card, place, page.scan, look)
    yield _gap(0.5 * look.size)
    for pair in page.closing:
        yield _paragraph(pair, look)


def _gap(height: float) -> Row:
    return Row(height, lambda _pen, _top: None)


def _paragraph(pair: Pair, look: Look) -> Row:
    room = RIGHT - LEFT
    other = other_lines(pair.other, look, room)
    german = german_lines(pair.german, look, room, alone=not pair.other)

    def draw(pen: Pen, top: float) -> None:
        top = other.draw(pen, RIGHT if look.mirrored else LEFT, top, look.near)
        german.draw(pen, LEFT, top)

    return Row(other.height + german.height + 0.5 * look.size, draw)


def _heading(pair: Pair, look: Look) -> Row:
    """The heading in both languages on one line, over a rule: the family's language on its own side."""
    half = (RIGHT - LEFT - _COLUMN_GAP) / 2
    alone = not pair.other
    other = set_lines(pair.other, semibold(look.size + 0.5, BLUE), half, look.pitch)
    german = set_lines(pair.german, semibold(look.size if alone else look.small + 0.5, BLUE), half, 1.3)
    height = max(other.height, german.height)

    def draw(pen: Pen, top: float) -> None:
        top -= 0.6 * look.size
        other.draw(pen, RIGHT if look.mirrored else LEFT, top - height + other.height, look.near)
        away = Align.LEFT if look.mirrored or alone else Align.RIGHT
        german.draw(pen, LEFT if away is Align.LEFT else RIGHT, top - height + german.height, away)
        pen.rule(top - height - 2.5, BLUE, 0.8)

    return Row(height + look.size, draw)


def _framed(pair: Pair, look: Look) -> Row:
    """The day, in a frame, with the sign of a calendar beside it."""
    room = RIGHT - LEFT - 2 * INSET - 34
    other = other_lines(pair.other, look, room, strong=True, larger=2)
    german = german_lines(pair.german, look, room, strong=True, alone=not pair.other)
    height = max(34.0, other.height + german.height + 12)
    before = 0.4 * look.size

    def draw(pen: Pen, top: float) -> None:
        top -= before
        pen.frame(Box(LEFT, top - height, RIGHT - LEFT, height, 5.67), INK, 0.9)
        sign = RIGHT - INSET - 22 if look.mirrored else LEFT + INSET
        draw_calendar(pen, sign, top - height / 2)
        start = LEFT + INSET if look.mirrored else LEFT + INSET + 34
        low = top - (height - other.height - german.height) / 2
        low = other.draw(pen, start + room if look.mirrored else start, low, look.near)
        german.draw(pen, start, low)

    return Row(before + height + 0.5 * look.size, draw)


def _entries(block: Block, first: int, look: Look) -> Iterator[Row]:
    """The entries, narrow ones in pairs from the side on which the family begins to read."""
    if not (block.narrow or look.brief):
        for number, entry in enumerate(block.entries, first):
            cell = _cell(entry, number, look, LEFT, RIGHT)
            yield Row(cell.height, _with_rule(cell))
        return
    half = (RIGHT - LEFT - _COLUMN_GAP) / 2
    columns = [(LEFT, LEFT + half), (RIGHT - half, RIGHT)]
    if look.mirrored:
        columns.reverse()
    for start in range(0, len(block.entries), 2):
        pair = block.entries[start : start + 2]
        cells = [_cell(entry, first + start + place, look, *columns[place]) for place, entry in enumerate(pair)]
        yield Row(max(cell.height for cell in cells), _with_rule(*cells))


def _with_rule(*cells: Row) -> Callable[[Pen, float], None]:
    height = max(cell.height for cell in cells)

    def draw(pen: Pen, top: float) -> None:
        for cell in cells:
            cell.draw(pen, top)
        pen.rule(top - height, HAIR, 0.4)

    return draw


def _cell(entry: Entry, number: int, look: Look, left: float, right: float) -> Row:
    """One entry between two edges: number, name, words and day, and the same in German beneath with its number."""
    if look.brief:
        entry = Entry(entry.name)
    day = semibold(0.9 * look.size)
    room = right - left - NUMBERS - (width(entry.day, day) + 10 if entry.day else 0.0)
    alone = not entry.name.other
    name = other_lines(entry.name.other or entry.name.german, look, room, strong=True)
    words = other_lines(entry.words.german if alone else entry.words.other, look, room)
    beside = _beside(name, words, room) if look.tight else None
    german = german_lines("" if alone else f"{number}. {_sentence(entry)}", look, right - left - NUMBERS)
    height = name.height + (0 if beside else words.height) + german.height
    air = 0.36 * look.size

    def draw(pen: Pen, top: float) -> None:
        top -= air
        side = -1 if look.mirrored else 1
        edge, far = (right, left) if look.mirrored else (left, right)
        near = edge + side * NUMBERS
        base = top - 0.76 * name.pitch
        draw_number(pen, number, edge + side * 11, base, look.size)
        away = Align.LEFT if look.mirrored else Align.RIGHT
        pen.text(far, base, entry.day, day, align=away)
        low = name.draw(pen, near, top, look.near)
        if beside:
            words.draw(pen, near + side * beside, top, look.near)
        else:
            low = words.draw(pen, near, low, look.near)
        german.draw(pen, left if look.mirrored else near, low)

    return Row(height + 2 * air, draw)


def _beside(name: Lines, words: Lines, room: float) -> float | None:
    """How far behind the beginning of the name the words can stand on the same line; None where they cannot."""
    if len(name.lines) != 1 or len(words.lines) != 1:
        return None
    start = width(name.lines[0], name.style) + 0.6 * name.style.size
    return start if start + width(words.lines[0], words.style) <= room else None


def _sentence(entry: Entry) -> str:
    name, words = entry.name.german, entry.words.german
    if not words:
        return name
    return f"{name} {words}" if name.endswith("?") else f"{name}: {words}"
