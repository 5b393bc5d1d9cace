"""The school placement request on paper: A4 after DIN 5008 form A, one page or two.

Read from top to bottom it answers the adviser's questions in the order they are asked: which child, how old, which
grade, how much German; then family, languages, school biography, documents and the centre's own view. The answer
box always stands on page one. What does not fit goes to page two, and what does not fit there is left out and said
to be left out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from desk_app.documents.drawing import GREY, PAGE, RIGHT, Pen, regular, semibold
from desk_app.documents.paper import Paper
from desk_app.documents.request_flow import (
    COMPACT,
    ROOMY,
    Columns,
    DocumentColumn,
    Drawing,
    FactColumn,
    SchoolSection,
    Section,
    Spacing,
    TextColumn,
)
from desk_app.documents.request_frame import (
    ANSWER_TOP,
    draw_answer,
    draw_at_a_glance,
    draw_continuation,
    draw_footer,
    draw_letter_frame,
)
from desk_app.documents.text import Align
from desk_app.domain.request_sheet import RequestSheet
from desk_app.i18n import _

_FLOOR_ONE = ANSWER_TOP + 10
_FLOOR_TWO = 84.0
_SECOND_TOP = 781.0


@dataclass(frozen=True)
class Printed:
    """What a document came to: its pages, requests that had to be shortened (their numbers), letters without a font."""

    pages: int
    shortened: tuple[str, ...]
    missing: frozenset[str]


def write_request(sheet: RequestSheet, target: BinaryIO | Path) -> Printed:
    """Write one request as a PDF. Its title is the number of the request; no name is in the file's metadata."""
    return _write([sheet], target, sheet.number, sheet.created_at)


def write_requests(
    sheets: Iterable[RequestSheet], target: BinaryIO | Path, step: Callable[[int], object] = lambda done: None
) -> Printed:
    """Write several requests into one PDF, each on its own pages. Raises ValueError without any sheet.

    `step` is called with the number of requests done and may raise to stop.
    """
    sheets = list(sheets)
    if not sheets:
        raise ValueError("no request to write")
    return _write(sheets, target, _("Schulplatzanfragen"), max(sheet.created_at for sheet in sheets), step)


def _write(
    sheets: Sequence[RequestSheet],
    target: BinaryIO | Path,
    title: str,
    created_at: datetime,
    step: Callable[[int], object] = lambda done: None,
) -> Printed:
    buffer = BytesIO()
    paper = Paper(buffer, pagesize=PAGE, pageCompression=1, invariant=1, pdfVersion=(1, 7), lang="de-DE")
    paper.setTitle(title)
    paper.setAuthor("Trittstein")
    paper.setCreator("Trittstein")
    paper.setSubject(_("Schulplatzanfrage"))
    stamp = created_at.strftime("D:%Y%m%d%H%M%S")
    paper.setDateFormatter(lambda *_parts: stamp)
    pen = Pen(paper)
    pages = 0
    shortened = []
    for number, sheet in enumerate(sheets, 1):
        added, complete = _draw(pen, sheet)
        pages += added
        if not complete:
            shortened.append(sheet.number)
        step(number)
    paper.save()
    if isinstance(target, Path):
        target.write_bytes(buffer.getbuffer())
    else:
        target.write(buffer.getbuffer())
    return Printed(pages, tuple(shortened), pen.missing)


def _draw(pen: Pen, sheet: RequestSheet) -> tuple[int, bool]:
    """Draw one request; returns its number of pages and whether all of it found room."""
    draw_letter_frame(pen, sheet)
    top = draw_at_a_glance(pen, sheet) + 3.3
    sections = _sections(sheet)
    first = next(
        (fill for fill in (_fill(sections, top, _FLOOR_ONE, spacing) for spacing in (ROOMY, COMPACT)) if not fill.rest),
        _fill(sections, top, _FLOOR_ONE, ROOMY),
    )
    second = _fill(first.rest, _SECOND_TOP, _FLOOR_TWO, ROOMY)
    shortened = first.clipped or second.clipped or bool(second.rest)
    pages = 2 if first.rest else 1
    for drawing in first.drawings:
        drawing(pen)
    draw_answer(pen, sheet.answer)
    draw_footer(pen, sheet, 1, pages, shortened=shortened and pages == 1)
    if first.rest:
        pen.text(RIGHT, ANSWER_TOP + 4, _("weiter auf Seite 2"), regular(7, GREY), align=Align.RIGHT)
        pen.next_page()
        draw_continuation(pen, sheet)
        for drawing in second.drawings:
            drawing(pen)
        if second.rest:
            pen.text(RIGHT, _FLOOR_TWO - 12, _("… gekürzt"), semibold(8), align=Align.RIGHT)
        draw_footer(pen, sheet, 2, pages, shortened=shortened)
    pen.next_page()
    return pages, not shortened


def _sections(sheet: RequestSheet) -> list[Section]:
    none = _("keine Angaben")
    return [
        Columns(
            (
                FactColumn(_("Kind und Familie"), sheet.family, 79.37),
                FactColumn(_("Sprachen und Lernen"), sheet.learning, 82.2),
            )
        ),
        SchoolSection(_("Schulbiografie"), sheet.bands, sheet.schools),
        Columns(
            (
                DocumentColumn(_("Unterlagen"), sheet.documents),
                TextColumn(_("Einschätzung der Beratung"), sheet.assessment or none),
            )
        ),
    ]


@dataclass(frozen=True)
class _Fill:
    """What the sections draw on one page, what is left of them, and whether a text was clipped."""

    drawings: list[Drawing]
    rest: list[Section]
    clipped: bool


def _fill(sections: Sequence[Section], top: float, floor: float, spacing: Spacing) -> _Fill:
    drawings: list[Drawing] = []
    clipped = False
    for number, section in enumerate(sections):
        placed = section.place(top - spacing.section, floor, spacing)
        if placed is None:
            return _Fill(drawings, list(sections[number:]), clipped)
        drawings += placed.drawings
        clipped = clipped or placed.clipped
        top = placed.bottom
        if placed.rest is not None:
            return _Fill(drawings, [placed.rest, *sections[number + 1 :]], clipped)
    return _Fill(drawings, [], clipped)
