"""The blocks of a grid with their words. Each is painted once and then only copied, so that redrawing many is quick."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QPainter, QPixmap

from desk_app.gui import cover, icons
from desk_app.gui.event_look import (
    Manner,
    chip_width,
    ink_of,
    interpreting_look,
    paint_block,
    paint_interpreting,
    short_state,
    state_look,
)
from desk_app.gui.painting import CENTRE_LEFT, CENTRE_RIGHT, text, width_of
from desk_app.gui.theme import Theme
from desk_app.i18n import _
from desk_app.presenters.appointment_sheet import Block, Face

_NARROW = 104
"""Pixels at 100 % below which a block has no room for its time."""
_WORD = 30
"""Pixels at 100 % below which a word would only be dots."""
_MOST = 2000
"""Pictures kept: several weeks of ten desks."""

Key = tuple[Face, float, int, int]


class BlockPictures:
    """Paints blocks, and keeps what it painted until theme, text scale or Blickschutz change."""

    def __init__(self) -> None:
        self._kept: dict[Key, QPixmap] = {}
        self._grounds: dict[tuple[str, str, float, int, int], QPixmap] = {}
        self._dress: tuple[object, ...] = ()

    def __len__(self) -> int:
        return len(self._kept)

    def draw(self, painter: QPainter, block: Block, area: QRectF) -> None:
        """Draw a block on whole pixels."""
        ratio = painter.device().devicePixelRatioF()
        dress = (Theme.current(), cover.current(), ratio)
        if dress != self._dress or len(self._kept) > _MOST:
            self._kept.clear()
            self._grounds.clear()
            self._dress = dress
        key = (block.face, round(block.elapsed, 2), round(area.width()), round(area.height()))
        picture = self._kept.get(key)
        if picture is None:
            picture = self._kept[key] = self._picture(*key, ratio)
        painter.drawPixmap(area.topLeft(), picture)

    def _picture(self, face: Face, elapsed: float, width: int, height: int, ratio: float) -> QPixmap:
        # most blocks of a week stand on one of a few grounds
        place = (face.look, face.state, elapsed, width, height)
        ground = self._grounds.get(place)
        if ground is None:
            ground = self._grounds[place] = _ground(*place, ratio)
        picture = QPixmap(ground)
        with QPainter(picture) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            _paint_words(painter, face, QRectF(0, 0, width, height))
        return picture


def _ground(look: str, state: str, elapsed: float, width: int, height: int, ratio: float) -> QPixmap:
    picture = QPixmap(max(round(width * ratio), 1), max(round(height * ratio), 1))
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    with QPainter(picture) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_block(painter, QRectF(0, 0, width, height), look, state, elapsed=elapsed)
    return picture


def _paint_words(painter: QPainter, face: Face, area: QRectF) -> None:
    """Name and time first, then what it is about, then the rest."""
    painter.save()
    painter.setClipRect(area.adjusted(1, 1, -1, -1), Qt.ClipOperation.IntersectClip)
    if area.width() < Theme.current().px(_NARROW):
        _paint_narrow(painter, face, area)
    else:
        _paint_broad(painter, face, area)
    painter.restore()


def _paint_broad(painter: QPainter, face: Face, area: QRectF) -> None:
    theme = Theme.current()
    low = area.height() < theme.px(44)
    inner = area.adjusted(theme.px(11), 0, -theme.px(8), 0)
    line, small = theme.px(20), theme.font("small")
    top = area.top() + (max((area.height() - line) / 2, 0) if low else theme.px(5))
    first = QRectF(inner.left(), top, inner.width(), line)
    text(painter, first, face.time, small, "text2", CENTRE_RIGHT)
    first.setRight(first.right() - width_of(face.time, small) - theme.px(6))
    used = text(painter, first, face.title, _name_font(face, "body"), ink_of(face.state), CENTRE_LEFT)
    if low:
        _paint_after(painter, face, first.adjusted(used + theme.px(8), 0, 0, 0))
        return
    second = QRectF(inner.left(), first.bottom() - 1, inner.width(), theme.px(19))
    second, taken = _paint_chip(painter, face, second, area.bottom())
    _paint_lines(painter, face, second, area.bottom() - 2, taken)


def _paint_after(painter: QPainter, face: Face, rest: QRectF) -> None:
    """Behind the name in a block of one line: what it is about, before it a sign where something is to be known."""
    theme = Theme.current()
    if rest.width() < theme.px(24):
        return
    rest = rest.adjusted(_paint_sign(painter, face, rest), 0, 0, 0)
    if face.chip and rest.width() > chip_width(face.chip, code=face.interpreting):
        width = chip_width(face.chip, code=face.interpreting)
        place = QRectF(rest.right() - width, rest.top(), width, theme.px(20))
        paint_interpreting(painter, place, face.chip, face.interpreting)
        rest.setRight(place.left() - 4)
    text(painter, rest, face.detail, theme.font("small"), "text2")


def _paint_chip(painter: QPainter, face: Face, line: QRectF, bottom: float) -> tuple[QRectF, float]:
    """The language at the right of the second line, or on a line of its own below.

    Returns what is left of the line for words, and how many pixels below it are taken.
    """
    theme = Theme.current()
    if not face.chip:
        return line, 0
    whole = min(chip_width(face.chip, code=face.interpreting), line.width())
    short = min(chip_width(face.chip_short, code=face.interpreting), line.width())
    height = theme.px(20)
    room = width_of(face.detail, theme.font("small")) + theme.px(8)
    below = line.bottom() + height + 2 <= bottom
    if line.width() - whole < room and below:
        place = QRectF(line.left() - theme.px(3), line.bottom() + 1, whole, height)
        paint_interpreting(painter, place, face.chip, face.interpreting)
        return line, height + 2
    words, width = (face.chip, whole) if line.width() - whole >= room else (face.chip_short, short)
    place = QRectF(line.right() + theme.px(3) - width, line.top(), width, height)
    paint_interpreting(painter, place, words, face.interpreting)
    return line.adjusted(0, 0, -width - 2, 0), 0


def _paint_lines(painter: QPainter, face: Face, line: QRectF, bottom: float, taken: float) -> None:
    """What it is about, then what there is to know, as far as there is room; ``taken`` is below the first line."""
    theme = Theme.current()
    look, word = state_look(face.state), short_state(face.state)
    rows: list[tuple[str, str, str]] = []
    if word:
        rows.append((look.symbol, word, look.tone))
    elif face.missed and look.manner is Manner.AHEAD:
        rows.append(("user-x", _("zuletzt nicht erschienen"), "warn"))
    if face.overbooked and look.manner is Manner.AHEAD:
        rows.append(("layers-2", _("doppelt belegt"), "warn"))
    sign = "" if word else look.symbol
    about = (sign, face.detail, "text2")
    fits = line.bottom() + taken + theme.px(18) <= bottom
    order = [about, *rows] if fits or not rows else [*rows, about]
    if face.more:
        order.append(("", face.more, "text3"))
    place = QRectF(line)
    for number, (symbol, words, tone) in enumerate(order):
        if not words and not symbol:
            continue
        if place.bottom() > bottom:
            return
        _paint_line(painter, place, symbol, words, tone, look.tone if number == 0 and symbol == sign else tone)
        place.translate(0, theme.px(18) + taken)
        taken = 0


def _paint_line(painter: QPainter, place: QRectF, symbol: str, words: str, tone: str, ink: str) -> None:
    theme = Theme.current()
    rest = QRectF(place)
    if symbol:
        size = theme.px(14)
        icons.paint(painter, symbol, QPointF(rest.left() + size / 2, rest.center().y()), size, ink)
        rest.adjust(size + theme.px(5), 0, 0, 0)
    if rest.width() >= theme.px(_WORD):
        text(painter, rest, words, theme.font("small"), tone)


def _paint_narrow(painter: QPainter, face: Face, area: QRectF) -> None:
    theme = Theme.current()
    inner = area.adjusted(theme.px(7), 0, -theme.px(3), 0)
    first = QRectF(inner.left(), area.top() + theme.px(3), inner.width(), theme.px(18))
    text(painter, first, face.title, _name_font(face, "caption"), ink_of(face.state))
    place = first.translated(0, theme.px(17))
    if place.bottom() > area.bottom():
        return
    if face.chip:
        _paint_narrow_language(painter, face, place)
        place.translate(0, theme.px(19))
    elif _paint_sign(painter, face, place):
        place.translate(0, theme.px(17))
    if not state_look(face.state).symbol and face.detail and place.bottom() <= area.bottom():
        text(painter, place, face.detail, theme.font("caption"), "text2")


def _paint_narrow_language(painter: QPainter, face: Face, place: QRectF) -> None:
    theme = Theme.current()
    found = interpreting_look(face.interpreting)
    if found is not None and found.tone == "warn":
        area = QRectF(place.left() - theme.px(4), place.top(), place.width() + theme.px(4), theme.px(18))
        paint_interpreting(painter, area, face.chip_short, face.interpreting, "caption")
        return
    size = theme.px(14)
    icons.paint(painter, "languages", QPointF(place.left() + size / 2, place.center().y()), size, "teal")
    text(painter, place.adjusted(size + 4, 0, 0, 0), face.chip, theme.font("caption"), "text2")


def _paint_sign(painter: QPainter, face: Face, place: QRectF) -> float:
    """The sign of a state, or of somebody who did not come last time; returns the room it takes."""
    look = state_look(face.state)
    symbol, tone = look.symbol, look.tone
    if not symbol and face.missed:
        symbol, tone = "user-x", "warn"
    if not symbol:
        return 0
    size = Theme.current().px(14)
    icons.paint(painter, symbol, QPointF(place.left() + size / 2, place.center().y()), size, tone)
    return size + 5


def _name_font(face: Face, role: str) -> QFont:
    """Names ahead and under way are bold; what is over reads quieter, what was called off is struck through."""
    manner = state_look(face.state).manner
    font = Theme.current().font(role, strong=manner in (Manner.AHEAD, Manner.RUNNING))
    font.setStrikeOut(manner is Manner.GONE)
    return font
