"""The days of a week as chips to switch on: arrow keys go along, the space bar switches."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent, QObject, QSignalBlocker, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desk_app.gui.widgets.chips import FilterChip
from desk_app.gui.widgets.field import Field
from desk_app.i18n import _
from desk_app.presenters.appointment_setup_words import weekdays_words
from desk_app.presenters.when import weekday_name

_DAYS = 7
_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}


class WeekdayField(Field):
    """Values are a bit mask, Monday the lowest bit; None where no day is chosen."""

    def _make_control(self) -> QWidget:
        control = QWidget(self)
        row = QHBoxLayout(control)
        row.setContentsMargins(0, 3, 0, 3)
        row.setSpacing(4)
        self.chips = [FilterChip(weekday_name(number), control) for number in range(_DAYS)]
        for chip in self.chips:
            chip.clicked.connect(self._switched)
            chip.installEventFilter(self)
            row.addWidget(chip)
        row.addStretch(1)
        control.setFocusProxy(self.chips[0])
        return control

    def _switched(self) -> None:
        self._note_typed()
        self.commit()

    def _mask(self) -> int:
        return sum(1 << number for number, chip in enumerate(self.chips) if chip.isChecked())

    def _text(self) -> str:
        return weekdays_words(self._mask())

    def _read(self) -> Any:
        return self._mask() or None

    def _put(self, value: Any) -> None:
        for number, chip in enumerate(self.chips):
            with QSignalBlocker(chip):
                chip.setChecked(bool((value or 0) >> number & 1))

    def _name_control(self) -> None:
        super()._name_control()
        for chip in self.chips:
            chip.setAccessibleName(_("{field}: {day}").format(field=self.get_label(), day=chip.text()))

    def set_read_only(self, locked: bool) -> None:
        for chip in self.chips:
            chip.setEnabled(not locked)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() in _STEPS:
            place = next((number for number, chip in enumerate(self.chips) if chip is watched), None)
            if place is not None:
                following = place + _STEPS[Qt.Key(event.key())]
                if 0 <= following < _DAYS:
                    self.chips[following].setFocus(Qt.FocusReason.OtherFocusReason)
                return True
        return super().eventFilter(watched, event)
