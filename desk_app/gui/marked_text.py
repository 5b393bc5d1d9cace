"""One line of text with the letters marked that were found. Names on screen that search brings up go through here."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QTextCharFormat, QTextLayout, QTextOption

from desk_app.gui.cover import covered
from desk_app.gui.painting import shade
from desk_app.gui.theme import Theme

_FOUND = ("warn_tint", "warn_line")
"""Ground and line below found letters."""
_MOST = 4096
_LAID_OUT: dict[tuple[str, int, int, int], tuple[QTextLayout, float, float]] = {}
"""Lines without marks by words, width, size and weight, with height and the width they take."""


def paint_marked(
    painter: QPainter, area: QRectF, words: str, marks: Sequence[tuple[int, int]], font: QFont, ink: str
) -> float:
    """Paint ``words`` from the left of ``area``, shortened where they do not fit. Returns the width used.

    ``marks`` are places in ``words``, each from (included) and to (excluded). Letters that join stay joined.
    """
    seen = covered(words)
    if seen != words:
        words, marks = seen, ()
    if not marks:
        return paint_plain(painter, area, words, font, ink)
    metrics = QFontMetricsF(font)
    shown = metrics.elidedText(words, Qt.TextElideMode.ElideRight, max(area.width(), 0))
    whole = len(words) if shown == words else max(len(shown) - 1, 0)
    formats = [_format(shown, first, min(last, whole)) for first, last in marks if first < min(last, whole)]
    layout, height, used = _lay_out(shown, font, area.width(), formats)
    painter.setPen(shade(ink))
    layout.draw(painter, QPointF(area.left(), area.center().y() - height / 2))
    return used


def paint_plain(painter: QPainter, area: QRectF, words: str, font: QFont, ink: str, *, at_right: bool = False) -> float:
    """Words that may be shown, without marks, from the left of ``area`` or up to its right. Returns the width used.

    A long list is scrolled: each line is laid out once for its width and not for each frame.
    """
    width = max(area.width(), 0.0)
    key = (words, round(width), font.pixelSize(), int(font.weight()))
    known = _LAID_OUT.get(key)
    if known is None:
        if len(_LAID_OUT) >= _MOST:
            _LAID_OUT.clear()
        shown = QFontMetricsF(font).elidedText(words, Qt.TextElideMode.ElideRight, width)
        known = _LAID_OUT[key] = _lay_out(shown, font, width, [])
    layout, height, used = known
    painter.setPen(shade(ink))
    left = area.right() - used if at_right else area.left()
    layout.draw(painter, QPointF(left, area.center().y() - height / 2))
    return used


@cache
def _one_line() -> QTextOption:
    """From left to right, never broken."""
    option = QTextOption()
    option.setTextDirection(Qt.LayoutDirection.LeftToRight)
    option.setWrapMode(QTextOption.WrapMode.NoWrap)
    return option


def _lay_out(
    shown: str, font: QFont, width: float, formats: list[QTextLayout.FormatRange]
) -> tuple[QTextLayout, float, float]:
    """One line from left to right, its height and the width it takes."""
    layout = QTextLayout(shown, font)
    layout.setTextOption(_one_line())
    if formats:
        layout.setFormats(formats)
    layout.beginLayout()
    line = layout.createLine()
    line.setLineWidth(width + 1000)
    layout.endLayout()
    layout.setCacheEnabled(True)
    return layout, line.height(), line.naturalTextWidth()


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
