"""What only slips have that are handed over at the desk: a low head, room for notes, and a part to tear off."""

from __future__ import annotations

from typing import Final

from desk_app.documents.drawing import FRAME, GREY, HAIR, INK, LEFT, PAGE, RIGHT, Box, Pen, regular, semibold
from desk_app.documents.letter_parts import Look
from desk_app.documents.request_frame import draw_centre
from desk_app.documents.text import Align, clip, shrink
from desk_app.domain.letter_page import Coupon, LetterPage
from desk_app.domain.letters import Pair
from desk_app.domain.request_sheet import Fact
from desk_app.i18n import _

COUPON: Final = 214.0
"""Height of the part to tear off, in points from the lower edge of the sheet."""
_LINE: Final = 23.0
"""From one line for notes to the next: what handwriting needs."""
_LEAST: Final = 3
"""With room for fewer lines there are none."""
_BOX: Final = 9.5


def draw_slip_head(pen: Pen, page: LetterPage, languages: str) -> None:
    """Whose slip it is, for whom, and of which day."""
    draw_centre(pen, page, page.letter.label, languages)
    if page.recipient:
        pen.text(LEFT, 759, page.recipient[0], regular(10), room=280)
    dated = " · ".join(f"{fact.label} {fact.value}" for fact in page.info)
    pen.text(RIGHT, 759, dated, regular(8.5, GREY), align=Align.RIGHT, room=180)


def draw_notes(pen: Pen, words: Pair, look: Look, top: float, floor: float) -> None:
    """Lines to write on in what is left between two heights."""
    lines = int((top - floor - 18) // _LINE)
    if not words.german or lines < _LEAST:
        return
    heading = " · ".join(filter(None, (words.other, words.german)))
    pen.text(RIGHT if look.mirrored else LEFT, top - 12, heading, regular(8.5, GREY), align=look.near)
    for number in range(1, lines + 1):
        pen.rule(top - 14 - number * _LINE, HAIR, 0.6)


def draw_coupon(pen: Pen, coupon: Coupon) -> None:
    """The part to tear off, below a dashed line across the whole sheet."""
    pen.frame(Box(0, COUPON, PAGE[0], 0, 0), GREY, 0.6, dashed=True)
    pen.text(PAGE[0] / 2, COUPON + 4, _("Bitte hier abtrennen"), regular(7, GREY), align=Align.CENTRE)
    top = COUPON - 26
    pen.text(LEFT, top, coupon.title, semibold(12), room=320)
    pen.text(RIGHT, top - 2, coupon.code, semibold(19), align=Align.RIGHT)
    pen.text(RIGHT, top - 14, _("Code"), regular(7.5, GREY), align=Align.RIGHT)
    for number, fact in enumerate(coupon.facts):
        _draw_fact(pen, fact, top - 17 - 13 * number)
    low = top - 17 - 13 * len(coupon.facts) - 8
    pen.text(LEFT, low, coupon.question, semibold(9.5))
    _draw_choices(pen, coupon.choices, low - 19)
    _draw_blanks(pen, coupon.blanks, low - 61)
    for number, line in enumerate(clip(coupon.back, regular(8), RIGHT - LEFT, 2).lines):
        pen.text(LEFT, 27 - 10 * number, line, regular(8))


def _draw_fact(pen: Pen, fact: Fact, base: float) -> None:
    pen.text(LEFT, base, fact.label, regular(8.5, GREY), room=86)
    pen.text(LEFT + 90, base, fact.value, shrink(fact.value, regular(9.5), 250, 7.5), room=250)


def _draw_choices(pen: Pen, choices: tuple[str, ...], base: float) -> None:
    """All in one row: whoever ticks sees them at a glance."""
    each = (RIGHT - LEFT) / max(1, len(choices))
    for number, choice in enumerate(choices):
        x = LEFT + number * each
        pen.frame(Box(x, base - 1.5, _BOX, _BOX, 1.2), INK, 0.9)
        room = each - _BOX - 9
        pen.text(x + _BOX + 5, base, choice, shrink(choice, regular(10), room, 7), room=room)


def _draw_blanks(pen: Pen, blanks: tuple[str, ...], base: float) -> None:
    each = (RIGHT - LEFT) / max(1, len(blanks))
    for number, label in enumerate(blanks):
        x = LEFT + number * each
        pen.rule(base, FRAME, 0.8, x, x + each - 14)
        pen.text(x, base - 9, label, regular(7.5, GREY), room=each - 14)
