"""The parts of a placement request that flow: sections with columns, the band of school years, the table.

A section is asked to place as much of itself as fits into the room left on a page. It answers with what to draw
and with the section that remains, if any. Nothing is drawn while it is being decided how many pages there are.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import pairwise
from math import ceil
from typing import Protocol

from desk_app.documents.drawing import (
    BLUE,
    FRAME,
    GREY,
    HAIR,
    LABEL,
    LEFT,
    RIGHT,
    TEXT,
    Box,
    Color,
    Pen,
    regular,
    semibold,
)
from desk_app.documents.shaping import Line
from desk_app.documents.text import Align, Style, clip, shrink, wrap
from desk_app.domain.request_sheet import BandKind, Fact, SchoolBand, SchoolRow, SeenDocument
from desk_app.i18n import _

Drawing = Callable[[Pen], object]


@dataclass(frozen=True)
class Spacing:
    """Distances between baselines: rows, lines of one row, table rows, and from a section to the next heading."""

    row: float
    line: float
    table_row: float
    section: float


ROOMY = Spacing(row=13, line=11.4, table_row=14.6, section=26)
COMPACT = Spacing(row=11.8, line=10.8, table_row=12.8, section=20)

_BAND_COLORS: dict[BandKind, Color] = {BandKind.ABROAD: (0.851, 0.890, 0.945), BandKind.GERMANY: (0.910, 0.878, 0.824)}
_BEGINNING = 3  # rows a section must get to begin on a page
_COLUMN = 223.94
_SECOND_COLUMN = 314.65
_HEADING = 4.2  # from the baseline of a heading to its rule
_LONGEST_VALUE = 6  # lines


@dataclass(frozen=True)
class Placed:
    """What a section draws on this page, its last baseline, what remains of it, and whether a text was clipped."""

    drawings: list[Drawing]
    bottom: float
    rest: Section | None
    clipped: bool


class Section(Protocol):
    """A part of the request that can be continued on the next page."""

    def place(self, top: float, floor: float, spacing: Spacing) -> Placed | None:
        """Fill the room from the heading's baseline `top` down to `floor`; None if not even a beginning fits."""


@dataclass(frozen=True)
class Row:
    """An entry that is not broken: its height, what it draws below a given height, and whether it was clipped."""

    height: float
    draw: Callable[[Pen, float], None]
    clipped: bool = False


@dataclass(frozen=True)
class Taken:
    """The rows of a column that fit, and the column that remains."""

    rows: list[Row]
    rest: Column | None = None


class Column(Protocol):
    """One column of a section, under a heading of its own."""

    title: str

    def take(self, x: float, width: float, room: float, spacing: Spacing) -> Taken:
        """As many rows as fit into `room`."""


@dataclass
class FactColumn:
    """Labels and values side by side; a long value goes on below itself."""

    title: str
    facts: Sequence[Fact]
    indent: float

    def take(self, x: float, width: float, room: float, spacing: Spacing) -> Taken:
        """See `Column`."""
        rows = [self._row(fact, x, width, spacing) for fact in self.facts]
        fitting = _fitting(rows, room)
        rest = self.facts[fitting:]
        return Taken(rows[:fitting], replace(self, facts=rest) if rest else None)

    def _row(self, fact: Fact, x: float, width: float, spacing: Spacing) -> Row:
        block = clip(fact.value, TEXT, width - self.indent, _LONGEST_VALUE)

        def draw(pen: Pen, top: float) -> None:
            pen.text(x, top - spacing.row, fact.label, LABEL, room=self.indent - 4)
            for number, line in enumerate(block.lines):
                pen.text(x + self.indent, top - spacing.row - spacing.line * number, line, TEXT)

        more = max(0, len(block.lines) - 1)
        return Row(spacing.row + spacing.line * more, draw, bool(block.rest))


@dataclass
class DocumentColumn:
    """Documents with a ring, ticked if seen, and how they were seen."""

    title: str
    documents: Sequence[SeenDocument]

    def take(self, x: float, width: float, room: float, spacing: Spacing) -> Taken:
        """See `Column`."""
        rows = [self._row(document, x, width, spacing) for document in self.documents]
        fitting = _fitting(rows, room)
        rest = self.documents[fitting:]
        return Taken(rows[:fitting], replace(self, documents=rest) if rest else None)

    @staticmethod
    def _row(document: SeenDocument, x: float, width: float, spacing: Spacing) -> Row:
        label_room = width * 0.56

        def draw(pen: Pen, top: float) -> None:
            y = top - spacing.row
            pen.seen_mark(x, y, seen=document.seen)
            used = 12.76 + pen.text(x + 12.76, y, document.label, TEXT, room=label_room)
            pen.text(x + width, y, document.note, LABEL, align=Align.RIGHT, room=width - used - 8)

        label = clip(document.label, TEXT, label_room, 1)
        return Row(spacing.row, draw, bool(label.rest))


@dataclass
class TextColumn:
    """Running text. On the next page it is set in the width that is free there."""

    title: str
    text: str

    def take(self, x: float, width: float, room: float, spacing: Spacing) -> Taken:
        """See `Column`."""
        leading = spacing.line + 1
        block = wrap(self.text, TEXT, width, int(room / leading))

        def draw(line: Line, pen: Pen, top: float) -> None:
            pen.text(x, top - leading, line, TEXT)

        rows = [Row(leading, partial(draw, line)) for line in block.lines]
        return Taken(rows, replace(self, text=block.rest) if block.rest else None)


@dataclass(frozen=True)
class Columns:
    """Two columns side by side, or one over the whole width when the other is finished."""

    columns: tuple[Column | None, Column | None]
    continued: bool = False

    def place(self, top: float, floor: float, spacing: Spacing) -> Placed | None:
        """See `Section`."""
        rule = top - _HEADING
        if rule - floor < _BEGINNING * spacing.row:
            return None
        alone = None in self.columns
        drawings: list[Drawing] = []
        rests: list[Column | None] = []
        bottom, clipped = rule, False
        for column, x in zip(self.columns, (LEFT, LEFT if alone else _SECOND_COLUMN), strict=True):
            if column is None:
                rests.append(None)
                continue
            width = RIGHT - LEFT if alone else _COLUMN
            taken = column.take(x, width, rule - floor, spacing)
            drawings.append(_heading(column.title, top, x, width, continued=self.continued))
            y = rule
            for row in taken.rows:
                drawings.append(partial(_draw_row, row, y))
                y -= row.height
                clipped = clipped or row.clipped
            bottom = min(bottom, y)
            rests.append(taken.rest)
        rest = Columns((rests[0], rests[1]), continued=True) if any(rests) else None
        return Placed(drawings, bottom, rest, clipped)


@dataclass(frozen=True)
class SchoolSection:
    """The school biography: years as a band to scale, and the same as a table."""

    title: str
    bands: Sequence[SchoolBand]
    schools: Sequence[SchoolRow]
    continued: bool = False

    def place(self, top: float, floor: float, spacing: Spacing) -> Placed | None:
        """See `Section`."""
        rule = top - _HEADING
        head = rule - (60.1 if self.bands else 14)
        if head - floor < _BEGINNING * spacing.table_row:
            return None
        drawings = [_heading(self.title, top, LEFT, RIGHT - LEFT, continued=self.continued)]
        if self.bands:
            drawings.append(partial(_draw_band, self.bands, rule - 8.79))
        if not self.schools:
            drawings.append(lambda pen: pen.text(LEFT, head, _("keine Angaben"), TEXT))
            return Placed(drawings, head, None, clipped=False)
        drawings.append(partial(_draw_table_head, head))
        rows = [_table_row(school, spacing) for school in self.schools]
        fitting = _fitting(rows, head - 3.4 - floor)
        y = head - 3.4
        for row in rows[:fitting]:
            drawings.append(partial(_draw_row, row, y))
            y -= row.height
        rest = None
        if fitting < len(rows):
            rest = SchoolSection(self.title, (), self.schools[fitting:], continued=True)
        return Placed(drawings, y + 4.6, rest, any(row.clipped for row in rows[:fitting]))


def _fitting(rows: Sequence[Row], room: float) -> int:
    """How many of the first rows fit; at least one, so that a page is never left without getting further."""
    used = 0.0
    for number, row in enumerate(rows):
        used += row.height
        if used > room and number:
            return number
    return len(rows)


def _draw_row(row: Row, top: float, pen: Pen) -> None:
    row.draw(pen, top)


def _heading(title: str, y: float, x: float, width: float, *, continued: bool) -> Drawing:
    def draw(pen: Pen) -> None:
        end = x + pen.text(x, y, title, semibold(9.5, BLUE))
        if continued:
            pen.text(end + 6, y, _("Fortsetzung"), LABEL)
        pen.rule(y - _HEADING, BLUE, 0.7, x, x + width)

    return draw


_TABLE_COLUMNS = (LEFT, 153.0, 214.0, 362.83, 405.35)


def _draw_table_head(y: float, pen: Pen) -> None:
    titles = (_("Schuljahr"), _("Land"), _("Schule, Ort"), _("Klasse"), _("Bemerkung"))
    for x, title in zip(_TABLE_COLUMNS, titles, strict=True):
        pen.text(x, y, title, semibold(7.5, GREY))
    pen.rule(y - 3.4, FRAME, 0.5)


def _table_row(school: SchoolRow, spacing: Spacing) -> Row:
    style, leading = regular(8.5), 10.4
    cells = (school.years, school.country, school.school, school.grade, school.remark)
    rooms = [right - left - 6 for left, right in pairwise((*_TABLE_COLUMNS, RIGHT + 6))]
    styles = [_for_longest_word(cell, style, room) for cell, room in zip(cells, rooms, strict=True)]
    blocks = [clip(cell, own, room, 3) for cell, own, room in zip(cells, styles, rooms, strict=True)]
    height = spacing.table_row + leading * max(0, *(len(block.lines) - 1 for block in blocks))

    def draw(pen: Pen, top: float) -> None:
        for x, own, block in zip(_TABLE_COLUMNS, styles, blocks, strict=True):
            for number, line in enumerate(block.lines):
                pen.text(x, top - spacing.table_row + 5 - leading * number, line, own)
        pen.rule(top - height + 0.4, HAIR, 0.3)

    return Row(height, draw, any(block.rest for block in blocks))


def _for_longest_word(text: str, style: Style, room: float) -> Style:
    """`style`, smaller where a word would have to be broken."""
    return shrink(max(text.split(), key=len, default=""), style, room, 7)


def _draw_band(bands: Sequence[SchoolBand], top: float, pen: Pen) -> None:
    """School years to scale, with the years below; gaps are dashed so that they survive a black and white copy."""
    start = min(band.start for band in bands)
    years = max(1, ceil(max(band.start + band.years for band in bands)) - start)
    step = (RIGHT - LEFT) / years
    for band in bands:
        box = Box(LEFT + (band.start - start) * step, top - 24.38, max(4.0, band.years * step - 1), 24.38, 2.83)
        if band.kind is BandKind.GAP:
            pen.frame(box, GREY, 0.7, dashed=True)
        else:
            pen.fill(box, _BAND_COLORS[band.kind])
        if box.width > 24:
            pen.text(box.x + 5.67, top - 9.64, band.label, semibold(8.5), room=box.width - 7)
            pen.text(box.x + 5.67, top - 19.28, band.detail, regular(7.5, GREY), room=box.width - 7)
    every = ceil(34 / step)
    for year in range(0, years, every):
        label = f"{start + year}/{(start + year + 1) % 100:02d}"
        pen.text(LEFT + 5.67 + year * step, top - 34.3, label, regular(7, GREY))
