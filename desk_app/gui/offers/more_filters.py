"""Narrowing offers by day and time, cost, child care, what is open now: chips below the button "Mehr"."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desk_app.domain.offer_filters import Filters
from desk_app.domain.opening_words import show_minute
from desk_app.gui.offers.time_text import read_minute
from desk_app.gui.theme import Theme
from desk_app.gui.widgets.buttons import Button
from desk_app.gui.widgets.chips import FilterChip
from desk_app.gui.widgets.flow import FlowLayout
from desk_app.gui.widgets.labels import Label
from desk_app.gui.widgets.overlays import Popover
from desk_app.gui.widgets.text_fields import TextField
from desk_app.i18n import N_, _

_WIDTH, _INSET = 380, 16
WEEKDAYS: Final = (N_("Mo"), N_("Di"), N_("Mi"), N_("Do"), N_("Fr"), N_("Sa"), N_("So"))
_SWITCHES: Final = (
    ("free", N_("kostenfrei")),
    ("child_care", N_("mit Kinderbetreuung")),
    ("accessible", N_("barrierefrei")),
    ("open_now", N_("jetzt geöffnet")),
)


class MoreFilters(Popover):
    """What is pressed holds at once, so the list behind it answers."""

    chosen = Signal(object)

    def __init__(self, window: QWidget, filters: Filters) -> None:
        super().__init__(window, _WIDTH)
        self.setAccessibleName(_("Weitere Filter"))
        self._filters = filters
        self.chips: dict[str, FilterChip] = {}
        self.body.setSpacing(8)
        self._add(_("Merkmale"), [(name, _(words), getattr(filters, name)) for name, words in _SWITCHES])
        days = [(f"day{bit}", _(words), bool(filters.weekdays & 1 << bit)) for bit, words in enumerate(WEEKDAYS)]
        self._add(_("Tag"), days)
        self.opens, self.closes = TextField(label=_("ab")), TextField(label=_("bis"))
        row = QHBoxLayout()
        row.setSpacing(12)
        for field, minute in ((self.opens, filters.opens), (self.closes, filters.closes)):
            field.set_reading(read_minute, show_minute)
            field.set_placeholder(_("z. B. 14 oder 8:30"))
            field.set_value(minute)
            field.committed.connect(self._tell)
            row.addWidget(field)
        self.body.addLayout(row)
        self.clear = Button(_("Alles zurücksetzen"), "ghost", height="compact")
        self.clear.clicked.connect(self._clear)
        self.body.addWidget(self.clear)

    def _add(self, title: str, entries: list[tuple[str, str, bool]]) -> None:
        self.body.addWidget(Label(title, "small", "text3"))
        holder = QWidget()
        row = FlowLayout(holder)
        for key, words, on in entries:
            chip = self.chips[key] = FilterChip(words)
            chip.setChecked(on)
            chip.clicked.connect(self._tell)
            row.addWidget(chip)
        # a popover does not ask wrapped lines for their height by itself
        holder.setFixedHeight(row.heightForWidth(Theme.current().px(_WIDTH) - 2 * _INSET))
        self.body.addWidget(holder)

    def _tell(self, _value: object = None) -> None:
        days = sum(1 << bit for bit in range(len(WEEKDAYS)) if self.chips[f"day{bit}"].isChecked())
        self._filters = replace(
            self._filters,
            weekdays=days,
            opens=self.opens.value(),
            closes=self.closes.value(),
            free=self.chips["free"].isChecked(),
            child_care=self.chips["child_care"].isChecked(),
            accessible=self.chips["accessible"].isChecked(),
            open_now=self.chips["open_now"].isChecked(),
        )
        self.chosen.emit(self._filters)

    def _clear(self) -> None:
        for chip in self.chips.values():
            chip.setChecked(False)
        self.opens.set_value(None)
        self.closes.set_value(None)
        self._tell()
