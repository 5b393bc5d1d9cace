"""Somebody would come earlier than they have a date for, or has none yet: on which days, when, until when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Final
from uuid import UUID, uuid4

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desk_app.casework.earlier_wishes import Wish
from desk_app.domain.clock import local_day
from desk_app.domain.code_lists import code_list
from desk_app.domain.dates import parse_day, show_day
from desk_app.gui.step_dialog import StepDialog
from desk_app.gui.theme import Theme
from desk_app.gui.today.chip_row import ChipRow
from desk_app.gui.today.family_field import FamilyField, Find
from desk_app.gui.widgets.chips import FilterChip
from desk_app.gui.widgets.choice_field import ChoiceField
from desk_app.gui.widgets.date_field import DateField
from desk_app.gui.widgets.flow import FlowLayout
from desk_app.gui.widgets.inputs import TickBox
from desk_app.gui.widgets.labels import Label
from desk_app.gui.widgets.text_fields import TextField
from desk_app.i18n import _
from desk_app.presenters.appointment_words import clock_words, minute_of
from desk_app.presenters.moment_reading import read_moment
from desk_app.presenters.when import weekday

if TYPE_CHECKING:
    from desk_app.domain.clock import Clock

_MONDAY: Final = date(2026, 11, 23)
_DAYS: Final = 5


class WishDialog(StepDialog):
    """Emits ``asked`` with the ``Wish``. Whoever has an appointment need not be named again."""

    asked = Signal(object)

    def __init__(
        self, window: QWidget, find: Find, kinds: Sequence[tuple[UUID, str]], clock: Clock, wish: Wish | None = None
    ) -> None:
        words = _("Sobald eine passende Zeit frei wird, steht das hier und auf der Seite „Heute“.")
        super().__init__(window, _("Möchte früher kommen"), words, _("Vormerken"))
        self._clock = clock
        self._wish = wish or Wish(uuid4())
        self._named = self._wish.appointment is not None or self._wish.household is not None
        self.who = FamilyField(_("Wer?"), find)
        self.who.grown.connect(self.refit)
        self.who.setVisible(not self._named)
        self.who.name.set_value(self._wish.name or None)
        self.kind = ChipRow(_("Worum geht es?"), kinds, self._wish.kind)
        self.language = ChoiceField(label=_("Sprache"))
        self.language.set_choices([(code.key, code.label) for code in code_list("languages").entries])
        self.language.set_value(self._wish.language or None)
        self.interpreting = TickBox(_("Dolmetschen nötig"))
        self.interpreting.setChecked(self._wish.interpreting)
        self.days = [FilterChip(weekday(_MONDAY + timedelta(days=number))) for number in range(_DAYS)]
        for number, chip in enumerate(self.days):
            chip.setChecked(self._wish.weekdays is None or bool(self._wish.weekdays >> number & 1))
        self.opens, self.closes = (
            self._hour(_("Frühestens um"), self._wish.opens),
            self._hour(_("Fertig bis"), self._wish.closes),
        )
        self.until = DateField(label=_("Nur bis zum"))
        self.until.set_reading(lambda typed: parse_day(typed, local_day(self._clock())), show_day)
        self.until.set_value(self._wish.until)
        self._build()

    def _hour(self, label: str, minute: int | None) -> TextField:
        field = TextField(label=label)
        field.set_placeholder(_("z. B. 9:30"))
        field.set_reading(self._read_minute, clock_words)
        field.set_value(minute)
        return field

    def _read_minute(self, words: str) -> int:
        now: datetime = self._clock()
        day = local_day(now)
        found = read_moment(words, now, day)
        if local_day(found) != day:
            raise ValueError(_("Hier steht eine Uhrzeit, zum Beispiel 9:30"))
        return minute_of(found, day)

    def _build(self) -> None:
        for widget in (self.who, self.kind):
            self.body.addWidget(widget)
        speech = QHBoxLayout()
        speech.setSpacing(12)
        speech.addWidget(self.language, 1)
        self.interpreting.setFixedHeight(Theme.current().size("control"))
        speech.addWidget(self.interpreting, 0, Qt.AlignmentFlag.AlignBottom)
        self.body.addLayout(speech)
        days = QVBoxLayout()
        days.setSpacing(4)
        days.addWidget(Label(_("An welchen Tagen?"), "small", "text2"))
        row = FlowLayout(gap=6)
        for chip in self.days:
            row.addWidget(chip)
        days.addLayout(row)
        self.body.addLayout(days)
        hours = QHBoxLayout()
        hours.setSpacing(12)
        for field in (self.opens, self.closes, self.until):
            hours.addWidget(field, 1)
        self.body.addLayout(hours)
        self._hear(self.who.name, self.language, self.opens, self.closes, self.until)
        self.finish()

    def _ask(self) -> None:
        fields = (self.language, self.opens, self.closes, self.until)
        if [field for field in fields if not field.commit()]:
            return
        if not self._named and not self.who.text():
            self.who.name.set_error(_("Bitte sagen, wer kommen möchte"))
            self.who.setFocus()
            return
        chosen = sum(chip.isChecked() << number for number, chip in enumerate(self.days))
        household = self.who.household()
        self.asked.emit(
            replace(
                self._wish, household=self._wish.household or household,
                name=self._wish.name if self._named else "" if household else self.who.text(),
                kind=self.kind.value(), language=self.language.value() or "",
                interpreting=self.interpreting.isChecked(), opens=self.opens.value(), closes=self.closes.value(),
                weekdays=None if chosen in (0, (1 << _DAYS) - 1) else chosen, until=self.until.value(),
            )
        )  # fmt: skip
        self.close_dialog()

    def close_dialog(self) -> None:
        self.who.stop()
        super().close_dialog()
        self.deleteLater()
