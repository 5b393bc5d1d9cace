"""Any listing as a table on paper: A4 across, the head on every page, long texts wrapped, page x of y."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import BinaryIO, Final

from desk_app.documents.drawing import BLUE, GREY, HAIR, MM, PANEL, Box, Color, Pen, regular, semibold
from desk_app.documents.paper import Paper
from desk_app.documents.shaping import Line
from desk_app.documents.text import Align, Style, clip, width
from desk_app.domain import lists
from desk_app.domain.lists import Column, Gap, Kind, Listing, cell, shown
from desk_app.i18n import _

SHEET: Final = (297 * MM, 210 * MM)
_LEFT, _RIGHT = 15 * MM, 282 * MM
_TOP, _FLOOR = 210 * MM - 15 * MM, 17 * MM
_GAP: Final = 8.0
_PITCH: Final = 11.0
"""From one line of a cell to the next, in points."""
_AIR: Final = 6.0
"""Above and below the lines of a row, together."""
_MOST_LINES: Final = 8
_WARN: Final[Color] = (0.647, 0.165, 0.149)
_SIZES: Final = (8.5, 7.5, 6.5)
_LETTER: Final = 0.58
"""Roughly how broad a letter is, in parts of its size."""
_LONGEST_WORD: Final = 24
_ALIGN = {lists.Align.LEFT: Align.LEFT, lists.Align.CENTER: Align.CENTRE, lists.Align.RIGHT: Align.RIGHT}


@dataclass(frozen=True)
class Printed:
    """What it came to: pages, and cells whose text was too long even for several lines."""

    pages: int
    shortened: int
    missing: frozenset[str]


@dataclass(frozen=True)
class _Row:
    cells: tuple[tuple[Line, ...], ...]
    styles: tuple[Style, ...]

    @property
    def height(self) -> float:
        return max(1, *(len(lines) for lines in self.cells)) * _PITCH + _AIR


def write(listing: Listing, target: BinaryIO, made_at: datetime) -> Printed:
    """Write the list; the metadata of the file hold its neutral name, never its title, which may name somebody."""
    buffer = BytesIO()
    paper = Paper(buffer, pagesize=SHEET, pageCompression=1, invariant=1, pdfVersion=(1, 7), lang="de-DE")
    paper.setTitle(listing.file_stem)
    paper.setAuthor("Trittstein")
    paper.setCreator("Trittstein")
    stamp = made_at.strftime("D:%Y%m%d%H%M%S")
    paper.setDateFormatter(lambda *_parts: stamp)
    sheet = _Sheet(Pen(paper), listing)
    pages = sheet.draw()
    paper.save()
    target.write(buffer.getbuffer())
    return Printed(pages, sheet.shortened, sheet.pen.missing)


class _Sheet:
    def __init__(self, pen: Pen, listing: Listing) -> None:
        self.pen = pen
        self.shortened = 0
        self._listing = listing
        self._columns = tuple(column for column in listing.columns if column.kind is not Kind.ANSWER)
        self._texts = [[cell(row, column) for column in self._columns] for row in listing.rows]
        self._size, self._widths = _fit(self._columns, [[shown(value) for value in row] for row in self._texts])
        heading = semibold(self._size - 0.5, GREY)
        self._head = self._set([column.heading_line for column in self._columns], [heading] * len(self._columns))

    def draw(self) -> int:
        """Draw all pages; how many there are is only known once every row was broken into lines."""
        rows = [self._row(values) for values in self._texts]
        title = clip(self._listing.title, semibold(15), _RIGHT - _LEFT, 2).lines
        context = [line for text in self._listing.context for line in clip(text, _SOFT, _RIGHT - _LEFT, 3).lines]
        first = _TOP - 19 * len(title) - 12 * len(context) - 8
        pages = self._pages(rows, first)
        for number, on_page in enumerate(pages, 1):
            top = _TOP
            if number == 1:
                top = self._draw_title(title, context)
            self._draw_page(on_page, top)
            self._draw_foot(number, len(pages))
            self.pen.next_page()
        return len(pages)

    def _pages(self, rows: Sequence[_Row], first_top: float) -> list[list[_Row]]:
        pages: list[list[_Row]] = [[]]
        room = first_top - self._head.height - _FLOOR
        for row in rows:
            if row.height > room and pages[-1]:
                pages.append([])
                room = _TOP - self._head.height - _FLOOR
            pages[-1].append(row)
            room -= row.height
        return pages

    def _row(self, values: Sequence[lists.Value]) -> _Row:
        styles = []
        for column, value in zip(self._columns, values, strict=True):
            style = semibold(self._size) if column.kind is Kind.STRONG else regular(self._size)
            styles.append(regular(self._size, _WARN) if isinstance(value, Gap) else style)
        return self._set([shown(value) for value in values], styles)

    def _set(self, texts: Sequence[str], styles: Sequence[Style]) -> _Row:
        cells = []
        for text, style, room in zip(texts, styles, self._widths, strict=True):
            block = clip(text, style, room, _MOST_LINES)
            self.shortened += bool(block.rest)
            cells.append(block.lines)
        return _Row(tuple(cells), tuple(styles))

    def _draw_title(self, title: Sequence[Line], context: Sequence[Line]) -> float:
        y = _TOP
        for line in title:
            self.pen.text(_LEFT, y - 14, line, semibold(15))
            y -= 19
        for line in context:
            self.pen.text(_LEFT, y - 9, line, _SOFT)
            y -= 12
        return y - 8

    def _draw_page(self, rows: Sequence[_Row], top: float) -> None:
        height = self._head.height
        self.pen.fill(Box(_LEFT - 4, top - height, _RIGHT - _LEFT + 8, height, 2), PANEL)
        self._draw_row(self._head, top)
        top -= height
        self.pen.rule(top, BLUE, 0.8, _LEFT - 4, _RIGHT + 4)
        for row in rows:
            self._draw_row(row, top)
            top -= row.height
            self.pen.rule(top, HAIR, 0.4, _LEFT - 4, _RIGHT + 4)

    def _draw_row(self, row: _Row, top: float) -> None:
        x = _LEFT
        for column, lines, style, wide in zip(self._columns, row.cells, row.styles, self._widths, strict=True):
            align = _ALIGN[column.alignment]
            for number, line in enumerate(lines):
                self.pen.text(x + align.value * wide, top - 11.2 - number * _PITCH, line, style, align=align)
            x += wide + _GAP

    def _draw_foot(self, page: int, pages: int) -> None:
        style = regular(7.5, GREY)
        self.pen.rule(_FLOOR - 8, HAIR, 0.4, _LEFT, _RIGHT)
        self.pen.text(_LEFT, _FLOOR - 18, _("Vertraulich · erstellt mit Trittstein"), style)
        words = _("Seite {page} von {pages}").format(page=page, pages=pages)
        self.pen.text(_RIGHT, _FLOOR - 18, words, style, align=Align.RIGHT)


_SOFT = regular(9, GREY)


def _fit(columns: Sequence[Column], texts: Sequence[Sequence[str]]) -> tuple[float, list[float]]:
    """Size of the letters and width of each column, in points: the largest letters with which no word is broken.

    What a column asks for beyond its longest word is shared so that all of them fill the sheet.
    """
    words = [_longest_words(column, [row[place] for row in texts]) for place, column in enumerate(columns)]
    room = _RIGHT - _LEFT - _GAP * (len(columns) - 1)
    for size in _SIZES:
        least = [max(width(word, semibold(size)) for word in longest) + 0.5 for longest in words]
        if sum(least) <= room:
            break
    wanted = []
    for place, column in enumerate(columns):
        letters = max((len(row[place]) for row in texts), default=0)
        asked = min(max(letters, 0.4 * column.width), 1.5 * column.width) * _LETTER * size
        wanted.append(max(asked - least[place], 0.0))
    surplus = room - sum(least)
    if surplus <= 0 or not sum(wanted):
        return size, [small * room / sum(least) for small in least]
    return size, [small + more * surplus / sum(wanted) for small, more in zip(least, wanted, strict=True)]


def _longest_words(column: Column, texts: Sequence[str]) -> list[str]:
    """The words that decide how narrow a column may get; an endless one is broken all the same."""
    words = {word for text in (column.heading_line, *texts) for word in text.split() if len(word) <= _LONGEST_WORD}
    return sorted(words, key=len)[-5:] or [""]
