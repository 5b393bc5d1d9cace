"""The parts of the table of school years that are painted: its head, its rows, and the sentence below."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFocusEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desk_app.gui import icons
from desk_app.gui.painting import hairline, painting, shade, text
from desk_app.gui.theme import Theme
from desk_app.gui.widgets.buttons import Button, IconButton, caps_width, paint_caps
from desk_app.gui.widgets.cards import PADDING, PressRow
from desk_app.gui.widgets.labels import Label
from desk_app.i18n import N_, _
from desk_app.presenters.schooling import YearLine

HEADS = (N_("Schuljahr"), N_("Land"), N_("Schule, Ort"), N_("Klasse"), N_("Bemerkung"))
_WIDTHS = (104, 84, 0, 58, 108)
"""Pixels at 100 % of each column; the one of 0 takes what is left."""
_MORE = 44


def columns(width: int) -> list[QRectF]:
    """Where the columns lie in a row of `width` pixels, with the height of a row."""
    theme = Theme.current()
    fixed = [theme.px(wide) for wide in _WIDTHS]
    rest = max(width - sum(fixed) - PADDING - _MORE, theme.px(90))
    areas, x = [], float(PADDING)
    for wide in fixed:
        areas.append(QRectF(x, 0, (wide or rest) - 10, theme.size("matrixRow")))
        x += wide or rest
    return areas


class YearHead(QWidget):
    """The head of the table, on inset ground."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.refit()

    def refit(self) -> None:
        self.setFixedHeight(Theme.current().px(31))

    def paintEvent(self, event: QPaintEvent) -> None:
        font = Theme.current().font("small", strong=True)
        with painting(self) as painter:
            painter.fillRect(self.rect(), shade("inset"))
            hairline(painter, 0, self.width(), self.height() - 1)
            for area, words in zip(columns(self.width()), HEADS, strict=True):
                text(painter, QRectF(area.x(), 0, area.width(), self.height() - 1), _(words), font, "text2")


class YearRow(PressRow):
    """One school year, or a gap between them. Eingabe opens the one and fills the other."""

    def __init__(self, line: YearLine, parent: QWidget) -> None:
        super().__init__(line.spoken, "matrixRow", parent)
        self.line = line
        self.more: IconButton | None = None
        if line.gap is None:
            self.row.addStretch()
            self.row.setContentsMargins(0, 0, 10, 0)
            self.more = IconButton("ellipsis", _("Mehr"), "mini", parent=self)
            self.more.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            self.row.addWidget(self.more)
        self.show_line(line)

    def show_line(self, line: YearLine) -> None:
        self.line = line
        words = line.spoken
        if line.gap is not None:
            words = _("{years} nichts eingetragen, Eingabe trägt „kein Schulbesuch“ ein").format(years=line.gap.say())
        self.setAccessibleName(words)
        self.setToolTip(", ".join(part for part in (line.school, line.remark) if part))
        self.update()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        with painting(self) as painter:
            if not self.line.attended and self.line.gap is None:
                painter.fillRect(self.rect(), shade("inset"))
            self.paint_ground(painter)
            hairline(painter, 0, self.width(), self.height() - 1)
            if self.line.gap is None:
                self._paint_year(painter)
            else:
                self._paint_gap(painter)

    def _paint_year(self, painter: QPainter) -> None:
        theme, line = Theme.current(), self.line
        quiet = "text" if line.attended else "text3"
        cells = (line.years or "–", line.country or "–", line.school or "–", line.grade or "–", line.remark)
        if not line.attended:
            cells = (line.years or "–", line.country, line.school, "", line.remark)
        for place, (area, words) in enumerate(zip(columns(self.width()), cells, strict=True)):
            font = theme.font("small" if place == 4 else "body", strong=place == 3 and line.grade.isdecimal())
            ink = "text" if place == 0 else quiet
            text(painter, area.adjusted(0, 0, 0, -1), words, font, ink)

    def _paint_gap(self, painter: QPainter) -> None:
        theme = Theme.current()
        areas = columns(self.width())
        text(painter, areas[0].adjusted(0, 0, 0, -1), self.line.years, theme.font("body"), "text3")
        words = _("nichts eingetragen")
        room = QRectF(areas[1].x(), 0, self.width() - areas[1].x(), self.height() - 1)
        used = text(painter, room, words, theme.font("body"), "text3")
        offer, font = _("„kein Schulbesuch“ eintragen"), theme.font("small", strong=True)
        left = max(areas[1].x() + used + 16, areas[2].x())
        keys = _("Eingabe") if self.hasFocus() else ""
        space = self.width() - PADDING - left - (caps_width(keys) + 12 if keys else 0)
        end = left + text(painter, QRectF(left, 0, space, self.height() - 1), offer, font, "accent_text")
        if keys:
            paint_caps(painter, end + 12 + caps_width(keys), self.height() / 2, keys)


class YearFoot(QWidget):
    """What the years add up to, and the way to give them to a sibling."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._removed = ""
        self._words = Label("", "body", "text2", wrap=True, parent=self)
        self.copy = Button("", "ghost", height="compact", parent=self)
        self.undo = Button(_("Zurücknehmen"), "ghost", "undo-2", _("Strg+Z"), "compact", parent=self)
        self._row = QHBoxLayout(self)
        self._row.addWidget(self._words, 1)
        self._row.addWidget(self.copy)
        self._row.addWidget(self.undo)
        self.refit()

    def refit(self) -> None:
        self._row.setContentsMargins(PADDING + Theme.current().px(24), 7, 8, 7)
        self.setMinimumHeight(Theme.current().size("cardHead"))

    def show_words(self, summary: str, copy: str, removed: str = "") -> None:
        """Show the sentence; or, right after a row was taken out, what it was and the way back."""
        self._removed = removed
        self._words.setText(removed or summary)
        self.copy.setText(copy)
        self.copy.setVisible(bool(copy) and not removed)
        self.copy.updateGeometry()
        self.undo.setVisible(bool(removed))
        self.setVisible(bool(removed or summary))
        self.update()

    def text(self) -> str:
        return self._words.text()

    def paintEvent(self, event: QPaintEvent) -> None:
        size = Theme.current().px(16)
        with painting(self) as painter:
            hairline(painter, 0, self.width(), 0)
            symbol = "undo-2" if self._removed else "info"
            centre = QRectF(PADDING, 0, size, self.height()).center()
            icons.paint(painter, symbol, centre, size, "accent_text")
