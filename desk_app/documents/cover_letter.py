"""A letter to an office that goes with files: A4 after DIN 5008 form A, with as many pages as its tables need."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from io import BytesIO
from itertools import accumulate, pairwise
from typing import BinaryIO, Final

from desk_app.documents.drawing import (
    BLUE,
    FRAME,
    GREY,
    HAIR,
    LEFT,
    PAGE,
    RIGHT,
    TEXT,
    Pen,
    regular,
    semibold,
)
from desk_app.documents.paper import Paper
from desk_app.documents.request_frame import draw_letterhead
from desk_app.documents.shaping import Line
from desk_app.documents.text import Align, Style, clip, wrap
from desk_app.domain.cover_page import CoverPage, Part, Table
from desk_app.domain.dates import show_day
from desk_app.i18n import _

_TITLE: Final = 617.95
_FIRST_TOP, _NEXT_TOP, _FLOOR = 598.0, 770.0, 52.0
_PITCH: Final = 12.6
_ROW: Final = 14.6
_MOST_LINES: Final = 12
_HEADING: Final = 30.0
_AIR: Final = 5.0
_CELL_GAP: Final = 8.0


@dataclass(frozen=True)
class Printed:
    """What it came to: pages, and letters no font has."""

    pages: int
    missing: frozenset[str]


@dataclass(frozen=True)
class _Block:
    """A strip that is not broken; ``keep`` more strips have to stand on the same page."""

    height: float
    draw: Callable[[Pen, float], object]
    keep: int = 0


def write_cover(page: CoverPage, target: BinaryIO) -> Printed:
    """Write the letter as a PDF; its title is the number of the shipment."""
    buffer = BytesIO()
    paper = Paper(buffer, pagesize=PAGE, pageCompression=1, invariant=1, pdfVersion=(1, 7), lang="de-DE")
    paper.setTitle(page.number)
    paper.setAuthor("Trittstein")
    paper.setCreator("Trittstein")
    paper.setSubject(page.title)
    stamp = page.created_at.strftime("D:%Y%m%d%H%M%S")
    paper.setDateFormatter(lambda *_parts: stamp)
    pen = Pen(paper)
    pages = _paged([block for part in page.parts for block in _blocks(part)])
    for number, blocks in enumerate(pages, 1):
        top = _draw_head(pen, page) if number == 1 else _draw_continuation(pen, page)
        for block in blocks:
            block.draw(pen, top)
            top -= block.height
        _draw_foot(pen, page, number, len(pages))
        pen.next_page()
    paper.save()
    target.write(buffer.getbuffer())
    return Printed(len(pages), pen.missing)


def _paged(blocks: list[_Block]) -> list[list[_Block]]:
    pages: list[list[_Block]] = [[]]
    room = _FIRST_TOP - _FLOOR
    for place, block in enumerate(blocks):
        together = sum(each.height for each in blocks[place : place + 1 + block.keep])
        if together > room and pages[-1]:
            pages.append([])
            room = _NEXT_TOP - _FLOOR
        pages[-1].append(block)
        room -= block.height
    return pages


def _blocks(part: Part) -> Iterator[_Block]:
    rows = list(_rows(part.table)) if part.table is not None else []
    words = list(_lines(part.texts))
    if part.heading:
        yield _Block(_HEADING, partial(_draw_heading, part.heading), keep=len(words) + 2 if rows else 2)
    if words and rows:  # what leads to a table stands above its heads and its first row
        words[-1] = replace(words[-1], keep=2)
    yield from words
    yield from rows


def _lines(texts: Iterable[str]) -> Iterator[_Block]:
    for text in texts:
        lines = wrap(text, TEXT, RIGHT - LEFT, _MOST_LINES).lines
        for number, line in enumerate(lines):
            air = _AIR if number == len(lines) - 1 else 0.0
            yield _Block(_PITCH + air, partial(_draw_line, line), keep=1 if len(lines) > 1 and number == 0 else 0)


def _rows(table: Table) -> Iterator[_Block]:
    edges = [LEFT + share * (RIGHT - LEFT) for share in accumulate(table.widths, initial=0.0)]
    yield _row(table.heads, edges, semibold(7.5, GREY), keep=1)
    for number, texts in enumerate(table.rows, 1):
        last = table.total and number == len(table.rows)
        yield _row(texts, edges, semibold(9) if last else regular(8.5))
    yield _Block(_AIR, lambda pen, top: None)


def _row(texts: tuple[str, ...], edges: list[float], style: Style, keep: int = 0) -> _Block:
    cells = [
        (left, clip(text, style, right - left - _CELL_GAP, 3).lines)
        for text, (left, right) in zip(texts, pairwise(edges), strict=True)
    ]
    height = _ROW + 10.4 * max(0, *(len(lines) - 1 for _left, lines in cells))

    def draw(pen: Pen, top: float) -> None:
        for left, lines in cells:
            for number, line in enumerate(lines):
                pen.text(left, top - 10.2 - 10.4 * number, line, style)
        pen.rule(top - height, FRAME if keep else HAIR, 0.5 if keep else 0.3)

    return _Block(height, draw, keep)


def _draw_line(line: Line, pen: Pen, top: float) -> None:
    pen.text(LEFT, top - 9.6, line, TEXT)


def _draw_heading(words: str, pen: Pen, top: float) -> None:
    pen.text(LEFT, top - 18, words, semibold(9.5, BLUE))
    pen.rule(top - 22.2, BLUE, 0.7)


def _draw_head(pen: Pen, page: CoverPage) -> float:
    draw_letterhead(pen, page, page.note or _("Anschreiben"))
    wide = pen.text(LEFT, _TITLE, page.title, semibold(17))
    subtitle = LEFT + wide + 18.5
    pen.text(subtitle, _TITLE, page.subtitle, regular(10.5, GREY), room=RIGHT - subtitle)
    return _FIRST_TOP


def _draw_continuation(pen: Pen, page: CoverPage) -> float:
    pen.text(LEFT, 784.63, page.title, semibold(9.5))
    pen.text(RIGHT, 784.63, page.subtitle, TEXT, align=Align.RIGHT)
    pen.rule(779, FRAME, 0.5)
    return _NEXT_TOP


def _draw_foot(pen: Pen, page: CoverPage, number: int, pages: int) -> None:
    style, at = regular(7, GREY), page.created_at
    created = _("Erstellt mit Trittstein am {day}, {time} Uhr").format(
        day=show_day(at.date()), time=f"{at.hour}:{at.minute:02d}"
    )
    if page.demo:
        created += " · " + _("Musterdaten, alle Personen erfunden")
    pen.text(LEFT, 22.68, created, style)
    pen.text(RIGHT, 22.68, _("Seite {page} von {pages}").format(page=number, pages=pages), style, align=Align.RIGHT)
    pen.rule(34.3, HAIR, 0.4)
