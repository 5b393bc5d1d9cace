"""The parts of a placement request that stand in a fixed place: letterhead, address, a glance, answer box, footer.

Places follow DIN 5008 form A (letterhead 27 mm, address field from 27 mm, information block at 125 mm, fold marks
at 87 and 192 mm, punch mark at 148.5 mm).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from desk_app.documents.drawing import (
    BLUE,
    FRAME,
    GREY,
    HAIR,
    INK,
    LABEL,
    LEFT,
    MM,
    PAGE,
    PANEL,
    RIGHT,
    TEXT,
    Box,
    Pen,
    regular,
    semibold,
)
from desk_app.documents.shaping import Line
from desk_app.documents.text import Align, Style, clip, shrink, width, wrap
from desk_app.domain.dates import show_day
from desk_app.domain.request_sheet import AnswerBox, Fact, RequestSheet
from desk_app.i18n import _

ANSWER_TOP = 164.96
"""Upper edge of the answer box; the flowing sections of page one end above it."""

_INFO, _INFO_VALUE = 125 * MM, 144 * MM
_INSET = 11.34
_GAP = 9.0
_STONES = ((73.96, 793.13, 4.05, 2.65), (82.06, 797.81, 5.14, 3.27), (92.04, 803.74, 6.39, 4.21))


class Headed(Protocol):
    """What a sheet says above its title."""

    @property
    def centre_name(self) -> str: ...
    @property
    def centre_place(self) -> str: ...
    @property
    def sender(self) -> str: ...
    @property
    def recipient(self) -> tuple[str, ...]: ...
    @property
    def info(self) -> tuple[Fact, ...]: ...


def draw_centre(pen: Pen, sheet: Headed, heading: str, note: str) -> None:
    """Whose sheet it is, and what kind of sheet, at the upper edge."""
    for x, y, wide, high in _STONES:
        pen.disc(x, y, (wide, high), BLUE)
    pen.text(107.72, 798.24, sheet.centre_name, semibold(12), room=330)
    pen.text(107.72, 784.63, sheet.centre_place, regular(9, GREY), room=330)
    pen.text(RIGHT, 798.24, heading, semibold(9), align=Align.RIGHT)
    pen.text(RIGHT, 784.63, note, LABEL, align=Align.RIGHT)


def draw_letterhead(pen: Pen, sheet: Headed, note: str) -> None:
    """Sender, recipient, information block, and the marks in the margin; `note` stands under "Vertraulich"."""
    draw_centre(pen, sheet, _("Vertraulich"), note)
    small = shrink(sheet.sender, regular(6.5, GREY), 76 * MM, 5.5)
    pen.text(LEFT, 738.43, sheet.sender, small, room=76 * MM)
    pen.rule(735.31, HAIR, 0.3, right=LEFT + 76 * MM)
    for number, line in enumerate(sheet.recipient[:6]):
        pen.text(LEFT, 707.24 - 13.04 * number, line, regular(10), room=80 * MM)
    for number, fact in enumerate(sheet.info[:7]):
        y = 738.43 - 13.89 * number
        style = semibold(9) if number == 0 else TEXT
        pen.text(_INFO, y, fact.label, LABEL, room=_INFO_VALUE - _INFO - 4)
        room = RIGHT - _INFO_VALUE
        pen.text(_INFO_VALUE, y, fact.value, shrink(fact.value, style, room, 7), room=room)

    for mark, long in ((87, 4), (148.5, 6), (192, 4)):
        y = PAGE[1] - mark * MM
        pen.line((4 * MM, y), ((4 + long) * MM, y), FRAME, 0.4)


def draw_letter_frame(pen: Pen, sheet: RequestSheet) -> None:
    """Everything above the child's name: letterhead and title."""
    draw_letterhead(pen, sheet, _("Angaben zu einem Kind"))
    wide = pen.text(LEFT, 617.95, _("Schulplatzanfrage"), semibold(17))
    subtitle = LEFT + wide + 18.5
    pen.text(subtitle, 617.95, sheet.subtitle, regular(10.5, GREY), room=RIGHT - subtitle)
    for number, line in enumerate(reversed(clip(sheet.change, semibold(8), RIGHT - LEFT, 2).lines)):
        pen.text(LEFT, 638.6 + 9.3 * number, line, semibold(8))


def draw_at_a_glance(pen: Pen, sheet: RequestSheet) -> float:
    """The box with name, age and the facts of placement; returns its lower edge.

    A name is never cut: a long one takes more lines and the box grows.
    """
    top, room, pitch = 605.2, RIGHT - LEFT - 2 * _INSET, 18.0
    rows: list[list[tuple[Line, Style]]] = []
    end = room
    for text, style in (
        (sheet.child_name, semibold(15)),
        (sheet.native_name, regular(13)),
        (sheet.birth, regular(9.5, GREY)),
    ):
        for line in wrap(text, style, room, 4).lines:
            wide = width(line, style)
            if end + _GAP + wide > room:
                rows.append([])
                end = -_GAP
            rows[-1].append((line, style))
            end += _GAP + wide
    height = 70.87 + pitch * (len(rows) - 1)
    pen.fill(Box(LEFT, top - height, RIGHT - LEFT, height, 5.67), PANEL)
    for number, row in enumerate(rows):
        x = LEFT + _INSET
        for line, style in row:
            x += pen.text(x, 579.12 - pitch * number, line, style) + _GAP
    _draw_facts(pen, sheet.facts[:6], top - height + 25.51)
    return top - height


def _draw_facts(pen: Pen, facts: Sequence[Fact], baseline: float) -> None:
    step = (RIGHT - LEFT - 2 * _INSET) / 6
    for number, fact in enumerate(facts):
        x, room = LEFT + _INSET + step * number, step - 11
        label, value = shrink(fact.label, regular(7.5, GREY), room, 6.5), semibold(11.5)
        if number:
            pen.line((x - 6.2, baseline + 7.09), (x - 6.2, baseline - 17.01), FRAME, 0.5)
        pen.text(x, baseline, fact.label, label, room=room)
        if width(fact.value, value) <= room:
            pen.text(x, baseline - 14.17, fact.value, value)
        else:
            small = semibold(8)
            lines = clip(fact.value, small, room, 2).lines
            for row, line in enumerate(lines):
                pen.text(x, baseline - (10.2 if len(lines) > 1 else 13.2) - 9 * row, line, small)


def draw_answer(pen: Pen, answer: AnswerBox) -> None:
    """The frame for the answer, to be filled in by hand."""
    pen.frame(Box(LEFT, ANSWER_TOP - 93.55, RIGHT - LEFT, 93.55, 5.67), INK, 0.8)
    left, middle, end, boxes = LEFT + _INSET, 283.46, 416.69, 433.7
    hint = min(width(answer.hint, LABEL), 240)
    pen.text(left, 149.09, answer.title, semibold(9.5), room=RIGHT - left - _INSET - hint - 12)
    pen.text(RIGHT - _INSET, 149.09, answer.hint, LABEL, align=Align.RIGHT, room=240)
    for x, right, y, label in (
        (left, 269.29, 126.69, _("Schule")),
        (middle, 334.49, 126.69, _("Klasse")),
        (348.66, end, 126.69, _("ab Datum")),
        (left, 269.29, 91.26, _("Ansprechperson in der Schule, Telefon")),
        (middle, end, 91.26, _("Datum, Unterschrift")),
    ):
        pen.rule(y, GREY, 0.6, x, right)
        pen.text(x, y - 9.64, label, regular(7, GREY), room=right - x)
    room = RIGHT - boxes - 12.75 - 6
    for number, choice in enumerate((*answer.choices[:3], answer.callback)):
        y = 134.91 - 13.04 * number if number < len(answer.choices[:3]) else 92.39
        pen.frame(Box(boxes, y - 1.42, 8.5, 8.5, 1.13), GREY, 0.7)
        pen.text(boxes + 12.75, y, choice, shrink(choice, regular(8), room, 6.5), room=room)


def draw_continuation(pen: Pen, sheet: RequestSheet) -> None:
    """The head of page two: which request and which child."""
    title = _("Schulplatzanfrage {number}").format(number=sheet.number)
    wide = pen.text(LEFT, 784.63, title, semibold(9.5))
    room = RIGHT - LEFT - wide - 20
    pen.text(RIGHT, 784.63, sheet.child_name, shrink(sheet.child_name, TEXT, room, 6.5), align=Align.RIGHT, room=room)
    pen.rule(779, FRAME, 0.5)


def draw_footer(pen: Pen, sheet: RequestSheet, page: int, pages: int, *, shortened: bool) -> None:
    """Purpose, consent, time and page; on the last page of a shortened request also that it is shortened."""
    style = regular(7, GREY)
    at = sheet.created_at
    created = _("Erstellt mit Trittstein am {day}, {time} Uhr").format(
        day=show_day(at.date()), time=f"{at.hour}:{at.minute:02d}"
    )
    if sheet.demo:
        created += " · " + _("Musterdaten, alle Personen erfunden")
    purpose = clip(f"{sheet.purpose} {sheet.consent}", style, RIGHT - LEFT - 60, 2).lines
    lines: list[tuple[str | Line, Style]] = [(line, style) for line in purpose]
    if shortened:
        note = _("Gekürzt: Nicht alle Angaben fanden Platz. Der Rest liegt im Integrationszentrum vor.")
        lines.insert(0, (note, semibold(7)))
    lines.append((created, style))
    for number, (line, kind) in enumerate(reversed(lines)):
        pen.text(LEFT, 22.68 + 9.64 * number, line, kind)
    pen.text(RIGHT, 32.31, _("Seite {page} von {pages}").format(page=page, pages=pages), style, align=Align.RIGHT)
    pen.rule(22.68 + 9.64 * (len(lines) - 1) + 11.62, HAIR, 0.4)
