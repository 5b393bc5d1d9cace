"""One line of text with the letters marked that were found. Names on screen that search brings up go through here."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QTextCharFormat, QTextLayout, QTextOption

from desk_app.gui.cover import covered
from desk_app.gui.painting import shade
from desk_app.gui.theme import Theme

_FOUND = ("warn_tint", "warn_line")
"""Ground and line below found letters."""


def paint_marked(
    painter: QPainter, area: QRectF, words: str, marks: Sequence[tuple[int, int]], font: QFont, ink: str
) -> float:
    """Paint ``words`` from the left of ``area``, shortened where they do not fit. Returns the width used.

    ``marks`` are places in ``words``, each from (included) and to (excluded). Letters that join stay joined.
    """
    seen = covered(words)
    if seen != words:
        words, marks = seen, ()
    metrics = QFontMetricsF(font)
    shown = metrics.elidedText(words, Qt.TextElideMode.ElideRight, max(area.width(), 0))
    whole = len(words) if shown == words else max(len(shown) - 1, 0)
    layout = QTextLayout(shown, font)
    option = QTextOption()
    option.setTextDirection(Qt.LayoutDirection.LeftToRight)
    option.setWrapMode(QTextOption.WrapMode.NoWrap)
    layout.setTextOption(option)
    layout.setFormats([_format(shown, first, min(last, whole)) for first, last in marks if first < min(last, whole)])
    layout.beginLayout()
    line = layout.createLine()
    line.setLineWidth(area.width() + 1000)
    layout.endLayout()
    painter.setPen(shade(ink))
    layout.draw(painter, QPointF(area.left(), area.center().y() - line.height() / 2))
    return line.naturalTextWidth()


def _format(words: str, first: int, last: int) -> QTextLayout.FormatRange:
    ground, below = _FOUND
    found = QTextLayout.FormatRange()
    # Qt counts in units of UTF-16
    found.start = _units(words[:first])
    found.length = _units(words[first:last])
    look = QTextCharFormat()
    look.setBackground(Theme.current().colour(ground))
    look.setUnderlineStyle(QTextCharFormat.UnderlineStyle.SingleUnderline)
    look.setUnderlineColor(Theme.current().colour(below))
    found.format = look
    return found


def _units(words: str) -> int:
    return len(words.encode("utf-16-le")) // 2
