"""A line about the desk, as the lock screen and the foot of the rail draw it: sign and words."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QFont, QPainter

from desk_app.gui import icons
from desk_app.gui.painting import text
from desk_app.gui.theme import Theme

HEIGHT = 24


class StateLine(NamedTuple):
    """Backup, place of the store, keyboard. With a `key` it can be pressed; `detail` is its tooltip."""

    symbol: str
    words: str
    tone: str = "text2"
    detail: str = ""
    key: str = ""


def paint_state(painter: QPainter, line: StateLine, area: QRectF, font: QFont | None) -> None:
    """The sign at the left of `area` and the words behind it; without `font` the sign alone in the middle."""
    theme = Theme.current()
    size = theme.px(16)
    left = area.left() + size / 2 if font else area.center().x()
    icons.paint(painter, line.symbol, QPointF(left, area.center().y()), size, line.tone)
    if font:
        ink = line.tone if line.tone in ("warn", "bad") else "text2"
        text(painter, area.adjusted(theme.px(24), 0, 0, 0), line.words, font, ink)
