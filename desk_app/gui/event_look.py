"""How an appointment looks wherever it stands: colours by what it is about, sign and manner by how far it has come.

The block is painted by ``paint_block``; what stands in it is up to the page. Colour never tells anything alone: what an
appointment is about stands in words, and so does everything that went otherwise than planned.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QPainter

from desk_app.gui import icons
from desk_app.gui.painting import box, faded, shade, text, width_of
from desk_app.gui.theme import Theme
from desk_app.i18n import N_, _

RADIUS: Final = 6
EDGE: Final = 3
"""Pixels of the mark at the edge of a block; they do not scale."""


@dataclass(frozen=True, slots=True)
class KindLook:
    """Colour roles of what an appointment is about; ``edge`` is empty for a block with an outline instead."""

    ground: str
    edge: str
    ink: str


_KINDS: Final = {
    "intake": KindLook("accent_tint", "accent", "accent_text"),
    "school": KindLook("teal_tint", "teal", "teal"),
    "offer": KindLook("plum_tint", "plum", "plum"),
    "follow": KindLook("neutral_tint", "text2", "text2"),
    "internal": KindLook("inset", "", "text2"),
}


def kind_look(look: str) -> KindLook:
    """The colours of a kind of appointment; those of a follow-up where the store names a look we do not know."""
    return _KINDS.get(look, _KINDS["follow"])


class Manner(Enum):
    """How a block is painted."""

    AHEAD = auto()
    RUNNING = auto()
    PAST = auto()
    MISSED = auto()
    GONE = auto()
    """Cancelled or moved: shown only on request."""


@dataclass(frozen=True, slots=True)
class StateLook:
    """``short`` is the word inside a block, marked ``N_``; empty where nothing has to be said."""

    manner: Manner
    symbol: str = ""
    tone: str = "text2"
    short: str = ""


_STATES: Final = {
    "planned": StateLook(Manner.AHEAD),
    "confirmed": StateLook(Manner.AHEAD, "circle-check", "ok"),
    "arrived": StateLook(Manner.AHEAD, "door-open", "teal", N_("wartet")),
    "called": StateLook(Manner.AHEAD, "bell-ring", "accent_text", N_("aufgerufen")),
    "in_talk": StateLook(Manner.RUNNING, "message-square", "accent_text"),
    "interrupted": StateLook(Manner.RUNNING, "pause", "warn", N_("unterbrochen")),
    "comes_back": StateLook(Manner.AHEAD, "undo-2", "warn", N_("kommt wieder")),
    "done": StateLook(Manner.PAST, "check", "ok"),
    "no_show": StateLook(Manner.MISSED, "user-x", "bad", N_("nicht da")),
    "cancelled_family": StateLook(Manner.GONE, "calendar-x", "text3", N_("abgesagt")),
    "cancelled_us": StateLook(Manner.GONE, "calendar-x", "text3", N_("von uns abgesagt")),
    "moved": StateLook(Manner.GONE, "arrow-right", "text3", N_("verschoben")),
}


def state_look(state: str) -> StateLook:
    """How a state looks; an unknown one as if nothing had happened yet."""
    return _STATES.get(state, _STATES["planned"])


def short_state(state: str) -> str:
    """The word for a state inside a block: "nicht da"; empty where nothing has to be said."""
    words = state_look(state).short
    return _(words) if words else ""


@dataclass(frozen=True, slots=True)
class Interpreting:
    """How it stands with interpreting: sign, colour role, and the word beside the language."""

    symbol: str
    tone: str
    words: str


_INTERPRETING: Final = {
    "open": Interpreting("languages", "warn", N_("offen")),
    "asked": Interpreting("languages", "warn", N_("angefragt")),
    "confirmed": Interpreting("languages", "teal", ""),
}


def interpreting_look(code: str) -> Interpreting | None:
    """How needed interpreting looks; ``None`` where none is needed."""
    return _INTERPRETING.get(code)


def interpreting_words(language: str, code: str) -> str:
    """ "Rumänisch offen", "Dari"; empty without interpreting."""
    found = _INTERPRETING.get(code)
    if found is None:
        return ""
    return " ".join(part for part in (language, _(found.words) if found.words else "") if part)


def ink_of(state: str) -> str:
    """The colour role of the name in a block."""
    return "text2" if state_look(state).manner in (Manner.PAST, Manner.MISSED, Manner.GONE) else "text"


def paint_block(
    painter: QPainter, area: QRectF, look: str, state: str, *, elapsed: float = 0.0, sideways: bool = False
) -> None:
    """The block without words. ``elapsed`` is the share of a running one that is over (0 to 1), counted from the top,
    or from the left where time runs ``sideways``.
    """
    kind, manner = kind_look(look), state_look(state).manner
    if manner is Manner.PAST:
        box(painter, area, RADIUS, "surface", "line")
    elif manner is Manner.MISSED:
        box(painter, area, RADIUS, "surface", "bad_line")
        _hatch(painter, area)
    elif manner is Manner.GONE:
        box(painter, area, RADIUS, "surface", "line_strong")
    elif not kind.edge:
        box(painter, area, RADIUS, kind.ground, "line_strong")
    else:
        box(painter, area, RADIUS, kind.ground)
        if manner is Manner.RUNNING:
            _paint_elapsed(painter, area, kind.edge, elapsed, sideways)
        _paint_edge(painter, area, kind.edge)
        if manner is Manner.RUNNING:
            box(painter, area, RADIUS, None, kind.edge, 1.5)


def _paint_edge(painter: QPainter, area: QRectF, colour: str) -> None:
    """The mark at the left, round where the block is."""
    painter.save()
    painter.setClipRect(QRectF(area.left(), area.top(), EDGE, area.height()), Qt.ClipOperation.IntersectClip)
    box(painter, area.adjusted(0, 0, RADIUS, 0), RADIUS, colour)
    painter.restore()


def _paint_elapsed(painter: QPainter, area: QRectF, colour: str, share: float, sideways: bool) -> None:
    share = min(max(share, 0.0), 1.0)
    if not share:
        return
    over = QRectF(area)
    if sideways:
        over.setWidth(area.width() * share)
    else:
        over.setHeight(area.height() * share)
    painter.save()
    painter.setClipRect(over, Qt.ClipOperation.IntersectClip)
    box(painter, area, RADIUS, faded(colour, 0.14))
    painter.restore()


def _hatch(painter: QPainter, area: QRectF) -> None:
    """A frame of slanted lines: it can be told from everything else without colour.

    In four strips and without smoothing, since a pattern along a curve takes longer than all the rest of the block.
    """
    inner, side = area.adjusted(2, 2, -2, -2), 4.0
    slanted = QBrush(shade("bad_line"), Qt.BrushStyle.BDiagPattern)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
    for strip in (
        QRectF(inner.left(), inner.top(), inner.width(), side),
        QRectF(inner.left(), inner.bottom() - side, inner.width(), side),
        QRectF(inner.left(), inner.top() + side, side, inner.height() - 2 * side),
        QRectF(inner.right() - side, inner.top() + side, side, inner.height() - 2 * side),
    ):
        painter.fillRect(strip, slanted)
    painter.restore()


def chip_width(words: str, role: str = "small", code: str = "open") -> float:
    """How wide the chip about interpreting would be with all its words; ``code`` is how it stands with it."""
    theme = Theme.current()
    strong = _INTERPRETING[code].tone == "warn"
    return width_of(words, theme.font(role, strong=strong)) + theme.px(31)


def paint_interpreting(painter: QPainter, area: QRectF, words: str, code: str, role: str = "small") -> None:
    """The chip with the language: amber with outline while nobody is found, quiet once somebody comes."""
    found = _INTERPRETING[code]
    theme = Theme.current()
    needs = found.tone == "warn"
    box(painter, area, 5, "warn_tint" if needs else "surface", "warn_line" if needs else None)
    size = theme.px(14)
    place = QPointF(area.left() + theme.px(6) + size / 2, area.center().y())
    icons.paint(painter, found.symbol, place, size, found.tone)
    rest = area.adjusted(theme.px(6) + size + 4, 0, -theme.px(4), 0)
    text(painter, rest, words, theme.font(role, strong=needs), "warn" if needs else "text2")
