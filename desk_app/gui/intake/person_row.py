"""One person of the household as a row of 44 px: who, how old, from where, and what the request needs of them."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from desk_app.gui import icons
from desk_app.gui.painting import CENTRE_RIGHT, box, painting, text, width_of
from desk_app.gui.theme import Theme
from desk_app.gui.widgets.avatar import paint_avatar
from desk_app.gui.widgets.cards import PADDING, PressRow
from desk_app.i18n import _
from desk_app.presenters.persons import PersonLine

_STEPS = {
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_Home: -1000,
    Qt.Key.Key_End: 1000,
}


class PersonRow(PressRow):
    """Eingabe opens the row, Entf takes the person out, arrows move between rows."""

    removed = Signal()
    moved = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", "cardHead", parent)
        self._line = PersonLine("", "", "", "", "", "", "neutral", child=False)
        self._open = False

    def show_line(self, line: PersonLine, is_open: bool) -> None:
        if (line, is_open) == (self._line, self._open):
            return
        self._line, self._open = line, is_open
        state = _("ausgeklappt") if is_open else _("eingeklappt")
        self.setAccessibleName(f"{line.spoken}, {state}")
        self.setToolTip(line.name)
        self.update()

    @property
    def line(self) -> PersonLine:
        return self._line

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier == Qt.KeyboardModifier.NoModifier
        step = _STEPS.get(Qt.Key(event.key()))
        if plain and event.key() == Qt.Key.Key_Delete:
            self.removed.emit()
        elif plain and step is not None:
            self.moved.emit(step)
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        with painting(self) as painter:
            self.paint_ground(painter)
            self._paint_line(painter, self._paint_ends(painter))

    def _paint_ends(self, painter: QPainter) -> QRectF:
        """Avatar, chip and chevron; returns the room between them."""
        theme, line = Theme.current(), self._line
        middle, side = self.height() / 2, theme.px(26)
        ground, ink = ("accent_tint", "accent_text") if line.child else ("neutral_tint", "text2")
        paint_avatar(painter, QPointF(PADDING + 1 + side / 2, middle), side, line.name, ground, ink)
        right = self.width() - PADDING - theme.px(16)
        symbol = "chevron-down" if self._open else "chevron-right"
        icons.paint(painter, symbol, QPointF(right + theme.px(8), middle), theme.px(16), "text3")
        right -= theme.px(12)
        if line.chip:
            font = theme.font("caption")
            width = width_of(line.chip, font) + theme.px(14)
            area = QRectF(right - width, middle - theme.px(11), width, theme.px(22))
            box(painter, area, 5, f"{line.tone}_tint")
            chip_ink = {"neutral": "text2", "accent": "accent_text"}.get(line.tone, line.tone)
            text(painter, area, line.chip, font, chip_ink, Qt.AlignmentFlag.AlignCenter)
        left = PADDING + side + theme.px(12)
        return QRectF(left, 0, right - theme.px(84) - left, self.height())

    def _paint_line(self, painter: QPainter, room: QRectF) -> None:
        """Name, role, date, age and nationality in columns; the last ones give way in a narrow card."""
        theme, line = Theme.current(), self._line
        small, strong = theme.font("small"), theme.font("body", strong=True)
        width = room.width() / theme.scale
        shares = (0.37, 0.155, 0.20, 0.075, 0.20) if width > 380 else (0.55, 0.22, 0.0, 0.23, 0.0)
        cells = (
            (line.name or _("ohne Namen"), strong, "text" if line.name else "text3"),
            (line.role, small, "text2"),
            (line.birth_date, small, "text2"),
            (line.age, strong, "text"),
            (line.nationality, small, "text2"),
        )
        left = room.left()
        for place, (share, (words, font, ink)) in enumerate(zip(shares, cells, strict=True)):
            area = QRectF(left, 0, room.width() * share, room.height())
            if share:
                align = CENTRE_RIGHT if place == 3 else Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
                gap = theme.px(8)
                inner = area.adjusted(theme.px(16) if place == 4 else 0, 0, 0 if place == 3 else -gap, 0)
                text(painter, inner, words, font, ink, align)
            left = area.right()
