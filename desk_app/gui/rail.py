"""The rail at the left: places, families being taken in, and the quiet state of the desk.

One tab stop; the arrow keys move inside. Below 1320 px of window width it shrinks to signs.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desk_app.gui.painting import painting, shade
from desk_app.gui.rail_items import (
    Brand,
    IntakeItem,
    NewItem,
    OpenIntake,
    Place,
    PlaceItem,
    RailItem,
    StateLine,
    StateRow,
)
from desk_app.gui.theme import Theme
from desk_app.gui.widgets.buttons import IconButton
from desk_app.gui.widgets.labels import Label
from desk_app.gui.widgets.scroll import ScrollArea
from desk_app.gui.widgets.signs import Avatar
from desk_app.i18n import _

__all__ = ["OpenIntake", "Place", "Rail", "StateLine"]

COMPACT_BELOW = 1320


class _Intakes(ScrollArea):
    """The families being taken in, which scroll; the arrow keys are the rail's."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        event.ignore()


class Rail(QWidget):
    """Emits the key of what was pressed; what is current is set from outside with `set_current`."""

    new_intake = Signal()
    place_chosen = Signal(str)
    intake_chosen = Signal(str)
    lock = Signal()
    state_pressed = Signal(str)
    """The key of a line at the foot."""

    def __init__(self, places: Sequence[Place], lower: Sequence[Place] = (), parent: QWidget | None = None) -> None:
        """``lower`` are the places at the foot, seldom needed."""
        super().__init__(parent)
        self.setAccessibleName(_("Navigation"))
        self._compact = False
        self._current = ""
        self._intakes: list[IntakeItem] = []
        self._states: Sequence[StateLine] = ()
        self._rows: list[StateRow] = []
        self._brand = Brand()
        self._new = NewItem()
        self._new.clicked.connect(self.new_intake)
        self._places = [PlaceItem(place) for place in places]
        self._lower = [PlaceItem(place) for place in lower]
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
        column.setContentsMargins(12, 12, 13, 22)
        column.setSpacing(2)
        column.addWidget(self._brand)
        column.addSpacing(12)
        column.addWidget(self._new)
        column.addSpacing(10)
        for item in (*self._places, *self._lower):
            item.clicked.connect(lambda _checked=False, key=item.key: self.place_chosen.emit(key))
        for item in self._places:
            column.addWidget(item)
        column.addSpacing(16)
        column.addWidget(self._heading)
        self._intake_area = _Intakes(self)
        self._intake_area.setMinimumHeight(1)  # many open intakes scroll, and never make the window higher
        self._intake_rows = QVBoxLayout()
        self._intake_rows.setSpacing(0)
        self._intake_area.column.addLayout(self._intake_rows)
        self._intake_area.column.addStretch(1)
        column.addWidget(self._intake_area, 1)
        for item in self._lower:
            column.addWidget(item)
        column.addSpacing(14)
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
        self._rows = [StateRow(line, self._compact) for line in states]
        for row in self._rows:
            row.clicked.connect(lambda _checked=False, key=row.key: self.state_pressed.emit(key) if key else None)
            self._foot.addWidget(row)

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
        for item in (*self._places, *self._intakes, *self._lower):
            item.setChecked(item.key == self._current)
        stop = self._stop()
        for item in self.items():
            item.setFocusPolicy(Qt.FocusPolicy.StrongFocus if item is stop else Qt.FocusPolicy.ClickFocus)
        QTimer.singleShot(0, self, self._show_in_view)  # what was just added has its place only then

    def _show_in_view(self) -> None:
        for item in self._intakes:
            if item.isChecked():
                self._intake_area.ensureWidgetVisible(item, 0, 0)

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
        self._person.setSpacing(0 if self._compact else 10)
        self._person.setStretch(1, 0 if self._compact else 1)
        middle = Qt.AlignmentFlag.AlignHCenter if self._compact else Qt.AlignmentFlag(0)
        self._person.setAlignment(self._lock, middle)
        self.set_states(self._states)

    # --- keys

    def items(self) -> list[RailItem]:
        """Everything the arrow keys reach, from top to bottom."""
        lines = (row for row in self._rows if row.key)
        return [self._new, *self._places, *self._intakes, *self._lower, *lines]

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
            rules = [self._foot.geometry().top() - 9] if self._states else []
            rules.append(self._person.geometry().top() - 12)
            for y in rules:
                painter.fillRect(QRectF(12, y, self.width() - 25, 1), shade("line"))
