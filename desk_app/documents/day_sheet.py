"""The paper sheet of a desk and day, with room to write on, and the list of a week."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from itertools import accumulate
from typing import BinaryIO, Final

from desk_app.documents.drawing import BLUE, FRAME, GREY, HAIR, INK, LEFT, PAGE, RIGHT, Box, Pen, regular, semibold
from desk_app.documents.paper import Paper
from desk_app.documents.request_frame import draw_centre
from desk_app.documents.text import Align, shrink
from desk_app.domain.clock import show_time
from desk_app.domain.dates import show_day
from desk_app.domain.day_sheet_page import DaySheetPage, SheetLine, SheetPart
from desk_app.i18n import _, ngettext

_TITLE, _TOP, _FLOOR = 752.0, 738.0, 62.0
_HEADING, _HEADS = 30.0, 15.0
_WRITTEN_ROW, _LISTED_ROW = 31.0, 25.0
"""Heights of a row that is written on by hand, and of one that is only read."""
_TO_WRITE: Final = (17.0, 33.0, 136.0, 78.0, 91.0, 58.0)
_TO_READ: Final = (20.0, 62.0, 176.0)
_BOX: Final = 9.0
_MARKS: Final = "KSNA"
"""What the grid for entering the sheet takes as keys, see ``presenters.day_sheet_entry.MARKS``."""


@dataclass(frozen=True)
class _Strip:
    """A part of a page: a heading with the heads of the columns below, or one row."""

    part: SheetPart | None = None
    line: SheetLine | None = None
    height: float = 0.0


def write_day_sheet(page: DaySheetPage, target: BinaryIO) -> int:
    """Write the sheets as a PDF; its metadata hold no name. Returns how many pages there are."""
    buffer = BytesIO()
    paper = Paper(buffer, pagesize=PAGE, pageCompression=1, invariant=1, pdfVersion=(1, 7), lang="de-DE")
    paper.setTitle(page.stem)
    paper.setAuthor("Trittstein")
    paper.setCreator("Trittstein")
    stamp = page.created_at.strftime("D:%Y%m%d%H%M%S")
    paper.setDateFormatter(lambda *_parts: stamp)
    pen = Pen(paper)
    pages = _paged(page)
    for number, strips in enumerate(pages, 1):
        _draw_head(pen, page)
        top = _TOP
        for strip in strips:
            _draw(pen, page, strip, top)
            top -= strip.height
        _draw_foot(pen, page, number, len(pages))
        pen.next_page()
    paper.save()
    target.write(buffer.getbuffer())
    return len(pages)


def _paged(page: DaySheetPage) -> list[list[_Strip]]:
    """Strips page by page; where a part goes on, its heading stands above the rest as well."""
    pages: list[list[_Strip]] = [[]]
    room = _TOP - _FLOOR
    height = _WRITTEN_ROW if page.to_write_on else _LISTED_ROW
    for part in page.parts:
        heading = _Strip(part, None, _HEADING + _HEADS)
        if pages[-1] and (page.to_write_on or room < heading.height + height):
            pages.append([])
            room = _TOP - _FLOOR
        pages[-1].append(heading)
        room -= heading.height
        for line in _lines(part):
            if room < height:
                pages.append([heading])
                room = _TOP - _FLOOR - heading.height
            pages[-1].append(_Strip(None, line, height))
            room -= height
    return pages


def _lines(part: SheetPart) -> Iterator[SheetLine]:
    yield from part.lines
    for number in range(part.blank):
        yield SheetLine("", "" if number else _("ohne Termin"), "", "", "")


def _edges(page: DaySheetPage) -> list[float]:
    return list(accumulate(_TO_WRITE if page.to_write_on else _TO_READ, initial=LEFT))


def _draw_head(pen: Pen, page: DaySheetPage) -> None:
    at = page.created_at
    stand = _("Stand {day}, {time}").format(day=show_day(at.date()), time=show_time(at))
    draw_centre(pen, _Head(page.centre_name), _("Bleibt im Haus"), stand)
    pen.text(LEFT, _TITLE, page.title, semibold(15), room=RIGHT - LEFT)


@dataclass(frozen=True)
class _Head:
    """Of a sheet that goes to nobody only the centre stands above it."""

    centre_name: str
    centre_place: str = ""
    sender: str = ""
    recipient: tuple[str, ...] = ()
    info: tuple[()] = ()


def _draw(pen: Pen, page: DaySheetPage, strip: _Strip, top: float) -> None:
    if strip.part is not None:
        _draw_heading(pen, page, strip.part, top)
    elif strip.line is not None:
        _draw_line(pen, page, strip.line, top, strip.height)


def _draw_heading(pen: Pen, page: DaySheetPage, part: SheetPart, top: float) -> None:
    base = top - _HEADING + 8
    wide = pen.text(LEFT, base, part.heading, semibold(11, BLUE), room=300)
    count = len(part.lines)
    words = ngettext("{n} Termin", "{n} Termine", count).format(n=count) if count else _("keine Termine")
    pen.text(LEFT + wide + 10, base, words, regular(8.5, GREY))
    heads = [_("Nr."), _("Zeit"), _("Wer, worum"), _("Sprache, Dolmetschen")]
    if page.to_write_on:
        heads += [_("kam?"), _("nächster Termin"), _("Thema, Notiz")]
    for x, words in zip(_edges(page), heads, strict=True):
        pen.text(x, top - _HEADING - 8, words, semibold(7, GREY))
    pen.rule(top - _HEADING - _HEADS + 2, BLUE, 0.8)


def _draw_line(pen: Pen, page: DaySheetPage, line: SheetLine, top: float, height: float) -> None:
    edges = [*_edges(page), RIGHT]
    upper, lower = top - 11.5, top - 22
    pen.text(edges[0], upper, line.number, regular(8.5, GREY))
    if line.number:
        pen.text(edges[1], upper, line.time, semibold(9), room=edges[2] - edges[1] - 4)
    else:
        pen.text(edges[0], top - 8, line.time, regular(6.5, GREY))
    _fit(pen, edges[2], upper, line.who, edges[3], strong=True)
    _fit(pen, edges[2], lower, line.topic, edges[3])
    end = edges[4] if page.to_write_on else RIGHT
    _fit(pen, edges[3], upper, line.language, end)
    _fit(pen, edges[3], lower, line.interpreter, end)
    if line.said:
        x = edges[4] if page.to_write_on else RIGHT
        pen.text(x, upper, line.said, regular(9, GREY), align=Align.LEFT if page.to_write_on else Align.RIGHT)
    elif page.to_write_on and line.number:
        _draw_marks(pen, edges[4], top)
    if page.to_write_on:
        for x in edges[4:-1]:
            pen.line((x - 5, top), (x - 5, top - height), HAIR, 0.4)
    pen.rule(top - height, FRAME, 0.5)


def _fit(pen: Pen, x: float, base: float, words: str, end: float, *, strong: bool = False) -> None:
    room = end - x - 8
    style = semibold(9.5) if strong else regular(8.5, GREY)
    pen.text(x, base, words, shrink(words, style, room, 7), room=room)


def _draw_marks(pen: Pen, x: float, top: float) -> None:
    """A box for each key of the grid, and a line for how many minutes late."""
    for number, mark in enumerate(_MARKS):
        left = x + number * 22
        pen.frame(Box(left, top - 12.5, _BOX, _BOX, 1), INK, 0.8)
        pen.text(left + _BOX + 2, top - 11.5, mark, regular(7.5, GREY))
    pen.text(x + 22, top - 24.5, _("____ Min."), regular(7.5, GREY))


def _draw_foot(pen: Pen, page: DaySheetPage, number: int, pages: int) -> None:
    style = regular(7, GREY)
    pen.rule(46, HAIR, 0.4)
    if page.to_write_on:
        marks = _("K kam · S kam später · N nicht da · A abgesagt. Nachtragen: Strg+Umschalt+N, in dieser Reihenfolge.")
        pen.text(LEFT, 35, marks, style)
    made = _("Vertraulich, nach dem Nachtragen vernichten.") if page.to_write_on else _("Vertraulich.")
    if page.demo:
        made += " " + _("Musterdaten, alle Personen erfunden.")
    pen.text(LEFT, 24.5, made, style)
    words = _("Seite {page} von {pages}").format(page=number, pages=pages)
    pen.text(RIGHT, 24.5, words, style, align=Align.RIGHT)


def fitting_blank(lines: Sequence[SheetLine]) -> int:
    """How many empty lines fill the last sheet of a part that is written on, three at least."""
    each = int((_TOP - _FLOOR - _HEADING - _HEADS) // _WRITTEN_ROW)
    rest = -len(lines) % each
    return rest if rest >= 3 else rest + each  # the number the sentence above says
