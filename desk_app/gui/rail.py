"""The rail at the left: places, families being taken in, and the quiet state of the desk.

One tab stop; the arrow keys move inside. Below 1320 px of window width it shrinks to signs.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from desk_app.gui import icons
from desk_app.gui.motif import paint_mark
from desk_app.gui.painting import CENTRE_RIGHT, box, painting, pill, ring, shade, text
from desk_app.gui.theme import Theme
from desk_app.gui.widgets.buttons import IconButton
from desk_app.gui.widgets.labels import Label
from desk_app.gui.widgets.signs import Avatar
from desk_app.i18n import _

COMPACT_BELOW = 1320


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


@dataclass(frozen=True)
class StateLine:
    """One line about the desk: backup, place of the store."""

    symbol: str
    words: str
    tone: str = "text2"


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


class _Brand(QWidget):
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
            width = theme.px(28)
            left = (self.width() - width) / 2 if self.compact else theme.px(5)
            paint_mark(painter, left, (self.height() - width * 0.72) / 2, width)
            if not self.compact:
                area = QRectF(self.rect()).adjusted(theme.px(40), 0, 0, 0)
                font = theme.font("section")
                font.setPixelSize(theme.px(16))
                text(painter, area, "Trittstein", font, "text")


class _StateRow(QWidget):
    def __init__(self, line: StateLine, compact: bool) -> None:
        super().__init__()
        self._line, self._compact = line, compact
        self.setAccessibleName(line.words)
        self.setToolTip(line.words if compact else "")
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def refit(self) -> None:
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        return QSize(0, Theme.current().px(24))

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = Theme.current()
        with painting(self) as painter:
            size = theme.px(16)
            left = self.width() / 2 if self._compact else theme.px(19)
            icons.paint(painter, self._line.symbol, QPointF(left, self.height() / 2), size, self._line.tone)
            if not self._compact:
                ink = self._line.tone if self._line.tone in ("warn", "bad") else "text2"
                area = QRectF(self.rect()).adjusted(theme.px(36), 0, 0, 0)
                text(painter, area, self._line.words, theme.font("caption"), ink)


class Rail(QWidget):
    """Emits the key of what was pressed; what is current is set from outside with `set_current`."""

    new_intake = Signal()
    place_chosen = Signal(str)
    intake_chosen = Signal(str)
    lock = Signal()

    def __init__(self, places: Sequence[Place], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(_("Navigation"))
        self._compact = False
        self._current = ""
        self._intakes: list[IntakeItem] = []
        self._states: Sequence[StateLine] = ()
        self._brand = _Brand()
        self._new = NewItem()
        self._new.clicked.connect(self.new_intake)
        self._places = [PlaceItem(place) for place in places]
        self._heading = Label(_("In Arbeit"), "caption", "text3", strong=True)
        self._avatar = Avatar("", blue=True)
        self._name = Label("", "small", "text", strong=True)
        self._desk = Label("", "caption", "text3")
        self._lock = IconButton("lock", _("Sperren (Strg+L)"), "compact")
        self._lock.clicked.connect(self.lock)
        self._build()
        self.set_intakes(())
        self.refit()

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 12, 13, 12)
        column.setSpacing(2)
        column.addWidget(self._brand)
        column.addSpacing(12)
        column.addWidget(self._new)
        column.addSpacing(10)
        for item in self._places:
            item.clicked.connect(lambda _checked=False, key=item.key: self.place_chosen.emit(key))
            column.addWidget(item)
        column.addSpacing(16)
        column.addWidget(self._heading)
        self._intake_rows = QVBoxLayout()
        self._intake_rows.setSpacing(0)
        column.addLayout(self._intake_rows)
        column.addStretch(1)
        self._foot = QVBoxLayout()
        self._foot.setSpacing(0)
        column.addLayout(self._foot)
        column.addSpacing(18)
        self._person = QHBoxLayout()
        self._person.setSpacing(10)
        names = QVBoxLayout()
        names.setSpacing(0)
        names.addWidget(self._name)
        names.addWidget(self._desk)
        self._person.addWidget(self._avatar)
        self._person.addLayout(names, 1)
        self._person.addWidget(self._lock)
        column.addLayout(self._person)

    # --- content

    def set_intakes(self, intakes: Sequence[OpenIntake]) -> None:
        """Show the families being taken in; an empty list takes the heading away too."""
        had_focus = any(item.hasFocus() for item in self._intakes)
        for item in self._intakes:
            self._intake_rows.removeWidget(item)
            item.hide()
            item.deleteLater()
        self._intakes = [IntakeItem(intake) for intake in intakes]
        for item in self._intakes:
            item.clicked.connect(lambda _checked=False, key=item.key: self.intake_chosen.emit(key))
            self._intake_rows.addWidget(item)
        self._show_current()
        self._show_compact()
        if had_focus:
            self._stop().setFocus(Qt.FocusReason.OtherFocusReason)

    def set_states(self, states: Sequence[StateLine]) -> None:
        """Show the lines about backup and store."""
        self._states = states
        while self._foot.count():
            item = self._foot.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for line in states:
            self._foot.addWidget(_StateRow(line, self._compact))

    def set_person(self, name: str, desk: str = "") -> None:
        """Who sits at the desk."""
        self._avatar.set_name(name)
        self._name.setText(name)
        self._desk.setText(desk)
        self._desk.setVisible(bool(desk) and not self._compact)

    def set_count(self, key: str, count: str) -> None:
        """How much waits at a place."""
        for item in self._places:
            if item.key == key:
                item.set_count(count)

    def set_current(self, key: str) -> None:
        """Mark the page or intake that is shown; an unknown key marks nothing."""
        self._current = key
        self._show_current()

    def _show_current(self) -> None:
        for item in (*self._places, *self._intakes):
            item.setChecked(item.key == self._current)
        stop = self._stop()
        for item in self.items():
            item.setFocusPolicy(Qt.FocusPolicy.StrongFocus if item is stop else Qt.FocusPolicy.ClickFocus)

    # --- width

    def follow_width(self, window_width: int) -> None:
        """Shrink or grow with the window."""
        compact = window_width < COMPACT_BELOW * Theme.current().scale
        if compact != self._compact:
            self._compact = compact
            self._show_compact()

    @property
    def is_compact(self) -> bool:
        return self._compact

    def refit(self) -> None:
        self._show_compact()

    def _show_compact(self) -> None:
        self.setFixedWidth(Theme.current().size("railCompact" if self._compact else "rail"))
        self._brand.compact = self._compact
        for item in self.items():
            item.set_compact(self._compact)
        self._heading.setVisible(bool(self._intakes) and not self._compact)
        self._heading.setContentsMargins(Theme.current().px(11), 0, 0, 4)
        self._avatar.setVisible(not self._compact)
        self._name.setVisible(not self._compact)
        self._desk.setVisible(bool(self._desk.text()) and not self._compact)
        self._person.setContentsMargins(0 if self._compact else 8, 0, 0, 0)
        self.set_states(self._states)

    # --- keys

    def items(self) -> list[RailItem]:
        """Everything the arrow keys reach, from top to bottom."""
        return [self._new, *self._places, *self._intakes]

    def _stop(self) -> RailItem:
        """The one item Tab reaches: the current one."""
        return next((item for item in self.items() if item.isChecked()), self._new)

    def focus(self) -> None:
        """Put the keyboard into the rail."""
        self._stop().setFocus(Qt.FocusReason.ShortcutFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        items = self.items()
        place = next((place for place, item in enumerate(items) if item.hasFocus()), None)
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
        if place is None:
            super().keyPressEvent(event)
        elif step is not None:
            items[(place + step) % len(items)].setFocus(Qt.FocusReason.TabFocusReason)
        elif event.key() in (Qt.Key.Key_Home, Qt.Key.Key_End):
            items[0 if event.key() == Qt.Key.Key_Home else -1].setFocus(Qt.FocusReason.TabFocusReason)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            items[place].click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        with painting(self) as painter:
            painter.fillRect(self.rect(), shade("window"))
            painter.fillRect(QRectF(self.width() - 1, 0, 1, self.height()), shade("line"))
            for widget in (self._foot.geometry().top() - 8, self._avatar.geometry().top() - 14 if not self._compact else -1):
                if widget > 0 and self._states:
                    painter.fillRect(QRectF(12, widget, self.width() - 25, 1), shade("line"))
