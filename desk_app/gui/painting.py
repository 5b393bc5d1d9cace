"""What painted widgets share: boxes, text, rings, the signs of states, and the motif of stones and water.

Everything here takes an open painter; `painting(widget)` opens one that is closed again even when drawing
fails (an exception with an open painter ends in a crash of Qt, not in a traceback).
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPainterPath, QPen, QPixmap
from PySide6.QtWidgets import QWidget

from desk_app.gui.cover import covered
from desk_app.gui.theme import Theme

CENTRE_LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
CENTRE_RIGHT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight


@contextmanager
def painting(widget: QWidget) -> Iterator[QPainter]:
    """An anti-aliasing painter on `widget`."""
    with QPainter(widget) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        yield painter


def shade(colour: str | QColor) -> QColor:
    """A colour role or colour as colour."""
    return colour if isinstance(colour, QColor) else Theme.current().colour(colour)


def faded(colour: str | QColor, opacity: float) -> QColor:
    """The same colour, seen through."""
    found = QColor(shade(colour))
    found.setAlphaF(opacity)
    return found


def box(
    painter: QPainter,
    rect: QRectF | QRect,
    radius: float,
    fill: str | QColor | None = None,
    line: str | QColor | None = None,
    width: float = 1.0,
) -> None:
    """A rounded box; its outline lies inside `rect`. With radius 0 it does what `fillRect` does, for whose first use
    the binding builds the 180 names of Qt's gradients: two milliseconds before the lock screen stands.

    The outline is filled, not drawn with a pen, which takes Qt's raster five times as long.
    """
    painter.setPen(Qt.PenStyle.NoPen)
    if line is None:
        if fill is not None:
            painter.setBrush(shade(fill))
            painter.drawRoundedRect(QRectF(rect), radius, radius)
        return
    outer, inner = QRectF(rect), QRectF(rect).adjusted(width, width, -width, -width)
    outside, inside = (radius + width / 2 if radius else 0.0), max(radius - width / 2, 0.0)
    if fill is not None:
        half = width / 2
        painter.setBrush(shade(fill))
        painter.drawRoundedRect(outer.adjusted(half, half, -half, -half), radius, radius)
    outline = QPainterPath()
    outline.addRoundedRect(outer, outside, outside)
    outline.addRoundedRect(inner, inside, inside)
    painter.setBrush(shade(line))
    painter.drawPath(outline)


def hairline(painter: QPainter, left: float, right: float, y: float, colour: str | QColor = "line") -> None:
    """A line one pixel high whose pixel row starts at `y`."""
    painter.fillRect(QRectF(left, y, right - left, 1), shade(colour))


def text(
    painter: QPainter,
    rect: QRectF | QRect,
    words: str,
    font: QFont,
    colour: str | QColor,
    align: Qt.AlignmentFlag = CENTRE_LEFT,
) -> float:
    """One line of text, elided at its end where it does not fit. Returns the width used."""
    area = QRectF(rect)
    metrics = QFontMetricsF(font)
    shown = covered(words)
    used = metrics.horizontalAdvance(shown)
    if used > area.width():
        shown = metrics.elidedText(shown, Qt.TextElideMode.ElideRight, area.width())
        used = metrics.horizontalAdvance(shown)
    painter.setFont(font)
    painter.setPen(shade(colour))
    painter.drawText(area, int(align | Qt.TextFlag.TextSingleLine), shown)
    return used


def width_of(words: str, font: QFont) -> float:
    """The width of one line of text."""
    return QFontMetricsF(font).horizontalAdvance(covered(words))


def pill(painter: QPainter, rect: QRectF | QRect) -> None:
    """The 3 px mark at the left edge of the current item."""
    area = QRectF(rect)
    height = area.height() * 0.5
    box(painter, QRectF(area.left(), area.center().y() - height / 2, 3, height), 1.5, "accent")


def ring(painter: QPainter, centre: QPointF, size: float, share: float, colour: str | QColor = "accent") -> None:
    """A ring filled clockwise from the top by `share` (0 to 1)."""
    pen = QPen(shade("line_strong"), size * 0.16)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    radius = size / 2 - pen.widthF() / 2
    area = QRectF(centre.x() - radius, centre.y() - radius, 2 * radius, 2 * radius)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(pen)
    painter.drawEllipse(area)
    if share > 0:
        pen.setColor(shade(colour))
        painter.setPen(pen)
        painter.drawArc(area, 90 * 16, -round(min(share, 1.0) * 360 * 16))


def dashed_ring(painter: QPainter, centre: QPointF, size: float, colour: str | QColor) -> None:
    """Twelve short dashes in a circle: nothing here yet."""
    width = size * 0.085
    radius = size / 2 - width
    pen = QPen(shade(colour), width)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    step = 2 * math.pi * radius / width / 12
    pen.setDashPattern([step * 0.62, step * 0.38])
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawEllipse(centre, radius, radius)


def outline_ring(painter: QPainter, centre: QPointF, size: float, colour: str | QColor) -> float:
    """A thin closed ring; returns its radius."""
    width = size * 0.085
    radius = size / 2 - width
    painter.setPen(QPen(shade(colour), width))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawEllipse(centre, radius, radius)
    return radius


def tick(painter: QPainter, centre: QPointF, size: float, colour: str | QColor) -> None:
    """A tick about `size` wide."""
    pen = QPen(shade(colour), max(1.3, size * 0.19))
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPolyline([centre + QPointF(x, y) * size for x, y in ((-0.48, 0.02), (-0.13, 0.36), (0.48, -0.34))])


def solid_tick(painter: QPainter, centre: QPointF, size: float, colour: str | QColor) -> None:
    """A filled circle with a tick: done."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(shade(colour))
    painter.drawEllipse(centre, size / 2 - 0.5, size / 2 - 0.5)
    tick(painter, centre, size * 0.46, "surface")


def ring_sign(painter: QPainter, centre: QPointF, size: float, sign: str, colour: str | QColor) -> None:
    """A thin ring around one letter, such as "!" or "?"."""
    outline_ring(painter, centre, size, colour)
    font = QFont(Theme.current().font("caption", strong=True))
    font.setPixelSize(max(7, round(size * 0.6)))
    painter.setFont(font)
    painter.setPen(shade(colour))
    shape = QFontMetricsF(font).tightBoundingRect(sign)
    painter.drawText(centre - shape.center(), sign)


def box_tick(painter: QPainter, centre: QPointF, size: float, state: Qt.CheckState, enabled: bool = True) -> None:
    """A check box: empty, ticked, or a dash where only some are ticked."""
    area = QRectF(round(centre.x() - size / 2), round(centre.y() - size / 2), size, size)
    if state == Qt.CheckState.Unchecked:
        box(painter, area, 4, "surface", "control" if enabled else "line_strong", 1.25)
        return
    box(painter, area, 4, "accent" if enabled else "disabled")
    if state == Qt.CheckState.Checked:
        tick(painter, area.center(), size * 0.52, "on_accent")
    else:
        dash = QRectF(area.center().x() - size * 0.27, area.center().y() - 1, size * 0.54, 2)
        painter.fillRect(dash, shade("on_accent"))


def soft_shadow(painter: QPainter, rect: QRectF, radius: float, reach: int = 34, drop: int = 10) -> None:
    """A shadow around and below `rect`; it needs `reach` pixels of room around. Nothing is seen of it below the box."""
    ratio = painter.device().devicePixelRatioF()
    tile = _shadow(radius, reach, drop, Theme.current().shadow, ratio)
    side = tile.width() / ratio / 2
    room = rect.adjusted(-reach, -reach, reach, reach + drop)
    left, top, right, bottom = room.left(), room.top(), room.right(), room.bottom()
    columns = ((left, side, 0.0), (left + side, right - left - 2 * side, side), (right - side, side, side))
    rows = ((top, side, 0.0), (top + side, bottom - top - 2 * side, side), (bottom - side, side, side))
    for x, width, from_x in columns:
        for y, height, from_y in rows:
            if (x, y) != (left + side, top + side):
                # a line of one pixel in the middle of the tile is drawn out along each edge
                source = QRectF(from_x, from_y, 1 if x == left + side else side, 1 if y == top + side else side)
                source = QRectF(source.topLeft() * ratio, source.size() * ratio)
                painter.drawPixmap(QRectF(x, y, width, height), tile, source)


@lru_cache(maxsize=8)
def _shadow(radius: float, reach: int, drop: int, strength: float, ratio: float) -> QPixmap:
    """The shadow of the smallest box, stacked from faint rounded boxes once and for all sizes."""
    side = reach + round(radius) + 2 * drop
    tile = QPixmap(round(2 * side * ratio), round(2 * side * ratio))
    tile.setDevicePixelRatio(ratio)
    tile.fill(Qt.GlobalColor.transparent)
    rect = QRectF(reach, reach, 2 * (side - reach), 2 * (side - reach) - drop)
    steps = 16
    single = 1 - (1 - strength * 0.72) ** (1 / steps)
    with QPainter(tile) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(faded(QColor("#000000"), single))
        for step in range(steps):
            grow = (reach - drop) * (1 - step / steps) ** 1.5 - 4
            area = rect.adjusted(-grow, -grow + drop, grow, grow + drop)
            painter.drawRoundedRect(area, radius + max(grow, 0), radius + max(grow, 0))
    return tile


def wave(left: float, right: float, y: float, rise: float, length: float) -> QPainterPath:
    """A water line of gentle waves from `left` to `right`."""
    path = QPainterPath(QPointF(left, y))
    x, up = left, True
    while x < right:
        end = min(x + length, right)
        bend = -rise if up else rise
        path.cubicTo(QPointF(x + length * 0.36, y + bend), QPointF(x + length * 0.64, y + bend), QPointF(end, y))
        x, up = x + length, not up
    return path
