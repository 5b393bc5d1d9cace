"""Painted content of the rail: places, families being taken in, state lines. Each has an accessible name."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from desk_app.gui import icons
from desk_app.gui.motif import paint_mark
from desk_app.gui.painting import CENTRE_RIGHT, box, painting, pill, ring, text
from desk_app.gui.state_line import HEIGHT, StateLine, paint_state
from desk_app.gui.theme import Theme
from desk_app.i18n import _

__all__ = [
    "Brand", "IntakeItem", "NewItem", "OpenIntake", "Place", "PlaceItem", "RailItem", "StateLine", "StateRow",
]  # fmt: skip


@dataclass(frozen=True)
class Place:
    """A page one can go to. `count` says how much waits there, empty for nothing."""

    key: str
    title: str
    symbol: str
    keys: str = ""
    count: str = ""


@dataclass(frozen=True)
class OpenIntake:
    """A family whose intake is under way."""

    key: str
    title: str
    done: int
    total: int


class RailItem(QAbstractButton):
    """Anything in the rail that can be pressed."""

    def __init__(self, key: str, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.key = key
        self._compact = False
        self.setText(title)
        self.setCheckable(True)
        self.setAutoExclusive(False)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setProperty("ring_radius", 5)

    def refit(self) -> None:
        self.updateGeometry()

    def set_compact(self, compact: bool) -> None:
        self._compact = compact
        self.setToolTip(self._tip() if compact else "")
        self.update()

    def _tip(self) -> str:
        return self.text()

    def sizeHint(self) -> QSize:
        return QSize(0, Theme.current().px(34))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # buttons of Qt take the arrow keys for themselves; here they belong to the rail
        if event.key() == Qt.Key.Key_Space:
            super().keyPressEvent(event)
        else:
            event.ignore()

    def nextCheckState(self) -> None:
        """Being chosen follows from the page shown, not from the press."""

    def _paint_sign(self, painter: QPainter, centre: QPointF, ink: str) -> None:
        raise NotImplementedError

    def _count(self) -> str:
        return ""

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = Theme.current()
        with painting(self) as painter:
            current = self.isChecked()
            if current:
                box(painter, self.rect(), 7, "selected")
                pill(painter, self.rect())
            elif self.underMouse() or self.isDown():
                box(painter, self.rect(), 7, "press")
            ink = "accent_text" if current else "text2"
            sign = theme.px(20)
            middle = self.height() / 2
            left = self.width() / 2 if self._compact else sign
            self._paint_sign(painter, QPointF(left, middle), ink)
            if self._compact:
                return
            area = QRectF(self.rect()).adjusted(theme.px(38), 0, -theme.px(8), 0)
            count = self._count()
            if count:
                place = area.adjusted(0, 0, -1, 0)
                text(painter, place, count, theme.font("small"), "accent_text" if current else "text3", CENTRE_RIGHT)
                area.adjust(0, 0, -theme.px(24), 0)
            text(painter, area, self.text(), theme.font("body", strong=current), "accent_text" if current else "text")


class PlaceItem(RailItem):
    """A page."""

    def __init__(self, place: Place, parent: QWidget | None = None) -> None:
        super().__init__(place.key, place.title, parent)
        self._place = place
        self.set_count(place.count)

    def set_count(self, count: str) -> None:
        self._words = count
        self.setAccessibleName(f"{self._place.title}, {count}" if count else self._place.title)
        self.update()

    def _tip(self) -> str:
        return f"{self._place.title} ({self._place.keys})" if self._place.keys else self._place.title

    def _count(self) -> str:
        return self._words

    def _paint_sign(self, painter: QPainter, centre: QPointF, ink: str) -> None:
        icons.paint(painter, self._place.symbol, centre, Theme.current().px(18), ink)


class IntakeItem(RailItem):
    """A family being taken in, with a ring of how far it is."""

    def __init__(self, intake: OpenIntake, parent: QWidget | None = None) -> None:
        super().__init__(intake.key, intake.title, parent)
        self._intake = intake
        far = _("{done} von {total} Angaben").format(done=intake.done, total=intake.total)
        self.setAccessibleName(f"{intake.title}, {far}")

    def _paint_sign(self, painter: QPainter, centre: QPointF, ink: str) -> None:
        ring(painter, centre, Theme.current().px(16), self._intake.done / max(self._intake.total, 1))


class NewItem(RailItem):
    """ "Neue Aufnahme", always in the same place."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("new", _("Neue Aufnahme"), parent)
        self.setCheckable(False)
        self.setProperty("ring_radius", 6)

    def _tip(self) -> str:
        return _("Neue Aufnahme (Strg+N)")

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = Theme.current()
        with painting(self) as painter:
            ground = "press" if self.isDown() else "hover" if self.underMouse() else "surface"
            box(painter, self.rect(), 6, ground, "line_strong")
            size = theme.px(16)
            middle = self.height() / 2
            centre = self.width() / 2 if self._compact else theme.px(18)
            icons.paint(painter, "plus", QPointF(centre, middle), size, "accent_text")
            if not self._compact:
                area = QRectF(self.rect()).adjusted(theme.px(33), 0, -6, 0)
                text(painter, area, self.text(), theme.font("body", strong=True), "text")


class Brand(QWidget):
    """Mark and name of the program."""

    def __init__(self) -> None:
        super().__init__()
        self.compact = False
        self.setAccessibleName("Trittstein")

    def refit(self) -> None:
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        return QSize(0, Theme.current().px(34))

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = Theme.current()
        with painting(self) as painter:
            width = theme.px(27)
            left = (self.width() - width) / 2 if self.compact else theme.px(5)
            paint_mark(painter, left, (self.height() - width * 0.72) / 2, width)
            if not self.compact:
                area = QRectF(self.rect()).adjusted(theme.px(40), 0, 0, 0)
                font = theme.font("section")
                font.setPixelSize(theme.px(16))
                text(painter, area, "Trittstein", font, "text")


class StateRow(RailItem):
    """One line about the desk at the foot of the rail; only one with a key can be reached and pressed."""

    def __init__(self, line: StateLine, compact: bool) -> None:
        super().__init__(line.key, line.words)
        self._line, self._compact = line, compact
        self.setCheckable(False)
        self.setAccessibleName(line.words)
        self.setAccessibleDescription(line.detail)
        self.setToolTip(line.detail or line.words)
        if not line.key:
            self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents, not line.detail and not compact)

    def sizeHint(self) -> QSize:
        return QSize(0, Theme.current().px(HEIGHT))

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = Theme.current()
        with painting(self) as painter:
            if self._line.key and (self.underMouse() or self.isDown()):
                box(painter, self.rect(), 5, "press")
            area = QRectF(self.rect())
            if not self._compact:
                # the sign stands below those of the places above
                area.adjust(theme.px(11), 0, 0, 0)
            paint_state(painter, self._line, area, None if self._compact else theme.font("caption"))
