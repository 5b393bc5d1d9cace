"""Above the week: what the colours stand for, and how much is still free."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desk_app.casework.appointment_setup import Kind
from desk_app.gui.event_look import kind_look
from desk_app.gui.painting import CENTRE_RIGHT, box, painting, text, width_of
from desk_app.gui.theme import Theme


class Legend(QWidget):
    """Painted in one line; the kinds of appointment in their order."""

    def __init__(self) -> None:
        super().__init__()
        self._kinds: tuple[tuple[str, str], ...] = ()
        self._free = ""
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def refit(self) -> None:
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        return QSize(0, Theme.current().px(22))

    def show_kinds(self, kinds: Sequence[Kind], free: str) -> None:
        self._kinds = tuple((kind.name, kind.look) for kind in kinds)
        self._free = free
        self.setAccessibleName(free)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = Theme.current()
        font = theme.font("caption")
        with painting(self) as painter:
            text(painter, QRectF(self.rect()), self._free, theme.font("small"), "text2", CENTRE_RIGHT)
            room = self.width() - width_of(self._free, theme.font("small")) - theme.px(16)
            left = 0.0
            for name, look in self._kinds:
                width = width_of(name, font) + theme.px(14)
                if left + width > room:
                    return
                found = kind_look(look)
                area = QRectF(left, 0, width, self.height())
                box(painter, area, 5, found.ground, None if found.edge else "line_strong")
                text(painter, area.adjusted(theme.px(7), 0, 0, 0), name, font, found.ink)
                left += width + theme.px(6)
