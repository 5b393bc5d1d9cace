"""How long: three usual lengths side by side, and any other in minutes."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desk_app.gui.theme import Theme
from desk_app.gui.widgets.field import FieldLabel
from desk_app.gui.widgets.text_fields import TextField
from desk_app.gui.widgets.tick_fields import SegmentedControl
from desk_app.i18n import _
from desk_app.presenters.booking_form import LENGTHS

_SHORTEST, _LONGEST = 5, 600


class LengthField(QWidget):
    """Emits the minutes whenever they change."""

    chosen = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.minutes = LENGTHS[1]
        label = FieldLabel(self)
        label.setText(_("Dauer in Minuten"))
        self.segments = SegmentedControl([*(str(length) for length in LENGTHS), _("andere")])
        self.segments.setAccessibleName(_("Dauer in Minuten"))
        self.own = TextField(label="")
        self.own.control.setAccessibleName(_("Andere Dauer in Minuten"))
        self.own.set_reading(_read_minutes, str)
        self.own.hide()
        row = QHBoxLayout()
        row.setSpacing(6)
        row.addWidget(self.segments)
        row.addWidget(self.own)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(label)
        column.addLayout(row)
        column.addStretch(1)
        self.segments.chosen.connect(self._choose)
        self.own.committed.connect(self._take)
        self.refit()

    def refit(self) -> None:
        self.own.setFixedWidth(Theme.current().px(62))

    def show_minutes(self, minutes: int) -> None:
        """Show a length without telling anybody."""
        self.minutes = minutes
        usual = minutes in LENGTHS and self.own.isHidden()
        self.segments.set_current(LENGTHS.index(minutes) if usual else len(LENGTHS))
        self.own.setVisible(not usual)
        if not self.own.control.hasFocus():
            self.own.set_value(minutes)

    def _choose(self, place: int) -> None:
        own = place == len(LENGTHS)
        self.own.setVisible(own)
        if own:
            self.own.set_value(self.minutes)
            self.own.setFocus()
        else:
            self._take(LENGTHS[place])

    def _take(self, minutes: int | None) -> None:
        if minutes and minutes != self.minutes:
            self.minutes = minutes
            self.chosen.emit(minutes)


def _read_minutes(words: str) -> int:
    """Whole minutes. Raises ``ValueError`` with a German reason."""
    plain = words.strip().lower().removesuffix("minuten").removesuffix("min").strip()
    if not plain.isdecimal() or not _SHORTEST <= int(plain) <= _LONGEST:
        raise ValueError(_("{low} bis {high} Minuten").format(low=_SHORTEST, high=_LONGEST))
    return int(plain)
