"""Narrowing a list by conditions that are offered by name, and keeping what is narrowed under a name."""

from __future__ import annotations

from itertools import groupby

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desk_app.domain.lists import Condition, Narrowing
from desk_app.gui.theme import Theme
from desk_app.gui.widgets.buttons import Button
from desk_app.gui.widgets.chips import FilterChip
from desk_app.gui.widgets.flow import FlowLayout
from desk_app.gui.widgets.labels import Label
from desk_app.gui.widgets.line_edit import LineEdit
from desk_app.gui.widgets.overlays import Popover
from desk_app.gui.widgets.scroll import ScrollArea
from desk_app.i18n import _
from desk_app.presenters.lists import ListSpec

_WIDTH, _BROAD, _INSET = 420, 640, 16
_MANY = 16
"""Conditions from which the popover is broad, so that it stays low."""
_ABOVE_AND_BELOW, _LEAST = 360, 160
"""Pixels of the window that the header and what keeps a filter take, and what the conditions get at least."""


class NameRow(QWidget):
    """A line for a name and a button; Eingabe does the same."""

    given = Signal(str)

    def __init__(self, words: str) -> None:
        super().__init__()
        self.line = LineEdit()
        self.line.setAccessibleName(_("Name des Filters"))
        self.line.setMaxLength(80)
        self.button = Button(words, "secondary", "bookmark")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.line, 1)
        row.addWidget(self.button)
        self.line.returnPressed.connect(self._give)
        self.button.clicked.connect(self._give)

    def _give(self) -> None:
        if self.line.text().strip():
            self.given.emit(self.line.text())


class FilterPopover(Popover):
    """Opens below the button "Filter"; what is pressed holds at once, so the list behind it answers."""

    switched = Signal(str)
    """The key of a condition."""
    cleared = Signal()

    def __init__(self, window: QWidget, spec: ListSpec) -> None:
        self._chips_width = _BROAD if len(spec.conditions) > _MANY else _WIDTH
        super().__init__(window, self._chips_width)
        self.setAccessibleName(_("Liste filtern"))
        self.chips: dict[str, FilterChip] = {}
        self.body.setSpacing(8)
        self._groups = ScrollArea()
        self._groups.column.setSpacing(8)
        for _group, conditions in groupby(spec.conditions, key=lambda condition: condition.group):
            self._add_group(list(conditions))
        self._groups.column.addStretch(1)
        # on a small screen many conditions scroll, so that a filter can still be kept below them
        content = self._groups.widget()
        needed = content.sizeHint().height() if content is not None else 0
        self._groups.setFixedHeight(min(needed, max(window.height() - Theme.current().px(_ABOVE_AND_BELOW), _LEAST)))
        self.body.addWidget(self._groups)
        self.keep_words = Label(_("Diesen Filter merken"), "small", "text3")
        self.name = NameRow(_("Merken"))
        self.clear = Button(_("Alles zeigen"), "ghost", height="compact")
        self.clear.clicked.connect(self.cleared)
        self.body.addWidget(self.keep_words)
        self.body.addWidget(self.name)
        self.body.addWidget(self.clear)

    def _add_group(self, conditions: list[Condition]) -> None:
        self._groups.column.addWidget(Label(_(conditions[0].group), "small", "text3"))
        holder = QWidget()
        row = FlowLayout(holder)
        row.setContentsMargins(0, 0, 0, 4)
        for condition in conditions:
            chip = self.chips[condition.key] = FilterChip(_(condition.title))
            chip.clicked.connect(lambda _on, key=condition.key: self.switched.emit(key))
            row.addWidget(chip)
        # a popover does not ask wrapped lines for their height by itself
        holder.setFixedHeight(row.heightForWidth(Theme.current().px(self._chips_width) - 2 * _INSET))
        self._groups.column.addWidget(holder)

    def show_narrowing(self, narrowing: Narrowing, suggested: str) -> None:
        """Mark what holds; only what narrows something can be kept."""
        for key, chip in self.chips.items():
            chip.setChecked(key in narrowing.conditions)
        for part in (self.keep_words, self.name, self.clear):
            part.setEnabled(narrowing.narrows)
        if not self.name.line.hasFocus():
            self.name.line.setText(suggested)
            self.name.line.selectAll()
