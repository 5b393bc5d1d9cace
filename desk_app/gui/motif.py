"""The mark and its two relatives: stepping stones above a water line. Nothing else in the program is ornament."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen, QPixmap

from desk_app.gui.painting import faded, shade, wave

_STONES = ((8.0, 21.0, 6.0, 3.8), (20.0, 14.0, 7.5, 4.8), (34.5, 6.2, 9.4, 6.0))
_PATH = ((0.0577, 0.892, 64.0, 12.0, 74.0, 19.0), (0.1523, 0.850, 50.0, 10.0, 58.0, 15.0),
         (0.2277, 0.814, 39.0, 8.0, 45.0, 11.5), (0.2870, 0.780, 30.0, 6.0, 34.0, 9.0),
         (0.3330, 0.753, 22.0, 4.2, 25.0, 6.6))  # fmt: skip
"""Centre as share of the ground, then half width and height of the top and of the body at 1366 px."""
_WATER = ((0.736, "accent_line", 1.0), (0.793, "line_strong", 0.85), (0.850, "line_strong", 0.60),
          (0.910, "line_strong", 0.42), (0.972, "line_strong", 0.30))  # fmt: skip


def paint_mark(painter: QPainter, left: float, top: float, width: float) -> None:
    """The mark, 44 by 32 parts, `width` pixels wide."""
    unit = width / 44
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(shade("accent"))
    for x, y, half_width, half_height in _STONES:
        painter.drawEllipse(QPointF(left + x * unit, top + y * unit), half_width * unit, half_height * unit)
    pen = QPen(shade("accent_line"), max(1.2, 2.2 * unit))
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPath(wave(left + 2 * unit, left + 44 * unit, top + 29.5 * unit, 1.7 * unit, 10.5 * unit))


def mark_pixmap(side: int) -> QPixmap:
    """The mark on a clear square, as icon of the window and the task bar."""
    pixmap = QPixmap(side, side)
    pixmap.fill(Qt.GlobalColor.transparent)
    with QPainter(pixmap) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_mark(painter, side * 0.03, side * 0.16, side * 0.94)
    return pixmap


def paint_next_step(painter: QPainter, centre: QPointF) -> None:
    """Two stones lie in the water, the third is still to come: the picture of an empty place (220 by 70 px)."""
    left, top = centre.x() - 110, centre.y() - 35
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(shade("accent_line"), 1.6))
    painter.drawPath(wave(left, left + 220, top + 44, 4, 110))
    painter.drawPath(wave(left, left + 220, top + 66, -6, 110))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(shade("accent"))
    painter.drawEllipse(QPointF(left + 36, top + 55), 24, 9)
    painter.drawEllipse(QPointF(left + 98, top + 39), 29, 11)
    pen = QPen(shade("accent"), 2)
    pen.setDashPattern([3.2, 2.2])
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawEllipse(QPointF(left + 170, top + 18), 34, 13)


def paint_shore(painter: QPainter, ground: QRectF) -> None:
    """The still background of the lock screen: water lines, and stones leading from the lower left."""
    width, height = ground.width(), ground.height()
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for level, (share, colour, opacity) in enumerate(_WATER):
        # two lines of one pixel look like one of 1.6, and Qt draws them twenty times faster
        painter.setPen(QPen(faded(colour, opacity * 0.8), 1))
        rise = (5 if level % 2 else -5) * height / 768
        line = wave(0, width, height * share, rise, width / 4)
        painter.drawPath(line)
        painter.drawPath(line.translated(0, 0.6))
    unit = width / 1366
    painter.setPen(Qt.PenStyle.NoPen)
    for x, y, top_width, top_height, body_width, body_height in _PATH:
        centre = QPointF(width * x, height * y)
        painter.setBrush(shade("shore_stone"))
        painter.drawEllipse(centre + QPointF(0, body_height * 0.28 * unit), body_width * unit, body_height * unit)
        painter.setBrush(shade("shore_top"))
        painter.drawEllipse(centre, top_width * unit, top_height * unit)
