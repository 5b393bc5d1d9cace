"""Initials in a circle, by themselves: of all signs the lock screen needs no other."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter

from desk_app.gui.painting import shade, text
from desk_app.gui.theme import Theme


def initials(name: str) -> str:
    """First letters of the first and last part of a name; "?" where there is none."""
    parts = [part for part in name.split() if part[0].isalpha()]
    chosen = parts[:1] + parts[1:][-1:]
    return "".join(part[0] for part in chosen).upper() or "?"


def paint_avatar(painter: QPainter, centre: QPointF, size: float, name: str, ground: str, ink: str) -> None:
    """A circle with initials."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(shade(ground))
    painter.drawEllipse(centre, size / 2, size / 2)
    area = QRectF(centre.x() - size / 2, centre.y() - size / 2, size, size)
    role = "caption" if size < Theme.current().px(32) else "small"
    text(painter, area, initials(name), Theme.current().font(role, strong=True), ink, Qt.AlignmentFlag.AlignCenter)
