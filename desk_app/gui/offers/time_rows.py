"""When an offer takes place, and whom to turn to: the rows of its form for both."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final

from PySide6.QtWidgets import QHBoxLayout, QWidget

from desk_app.domain.code_lists import code_list
from desk_app.domain.offers import OfferContact, OfferTime
from desk_app.domain.opening_words import show_minute
from desk_app.gui.offers.more_filters import WEEKDAYS
from desk_app.gui.offers.row_editor import EditorRow
from desk_app.gui.offers.time_text import read_minute
from desk_app.gui.widgets.chips import FilterChip
from desk_app.gui.widgets.choice_field import ChoiceField
from desk_app.gui.widgets.field import Field
from desk_app.gui.widgets.text_fields import TextField
from desk_app.gui.widgets.tick_fields import TickField
from desk_app.i18n import N_, _

_RHYTHMS: Final = (
    ("", N_("jede Woche")),
    ("w2", N_("alle 2 Wochen")),
    ("w3", N_("alle 3 Wochen")),
    ("w4", N_("alle 4 Wochen")),
    ("m1", N_("1. im Monat")),
    ("m2", N_("2. im Monat")),
    ("m3", N_("3. im Monat")),
    ("m4", N_("4. im Monat")),
    ("m5", N_("letzter im Monat")),
)


def _line(*fields: QWidget, stretch: bool = True) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(10)
    for field in fields:
        row.addWidget(field, 1 if stretch and isinstance(field, Field) else 0)
    if not stretch:
        row.addStretch(1)
    return row


class TimeRow(EditorRow[OfferTime]):
    """Days, hours, rhythm, holidays."""

    def __init__(self, time: OfferTime | None) -> None:
        super().__init__()
        self._before = time or OfferTime(0)
        self.days: list[FilterChip] = []
        for bit, words in enumerate(WEEKDAYS):
            chip = FilterChip(_(words))
            chip.setChecked(bool(self._before.weekdays & 1 << bit))
            chip.clicked.connect(self.changed)
            self.days.append(chip)
        self.opens, self.closes = TextField(label=_("von")), TextField(label=_("bis"))
        for field, minute in ((self.opens, self._before.opens), (self.closes, self._before.closes)):
            field.set_reading(read_minute, show_minute)
            field.set_value(minute)
        self.rhythm, self.holidays = ChoiceField(label=_("Rhythmus")), ChoiceField(label=_("Schulferien"))
        self.rhythm.set_choices([(key, _(words)) for key, words in _RHYTHMS if key])
        self.holidays.set_choices([(code.key, code.label) for code in code_list("offer_school_holidays").entries])
        self.words = TextField(label=_("Hinweis"))
        self.only = TickField(label=_("nur nach Vereinbarung"))
        self.rhythm.set_value(_rhythm(self._before))
        self.holidays.set_value(self._before.school_holidays or None)
        self.words.set_value(self._before.words or None)
        self.only.set_value(self._before.appointment_only)
        self.column.addLayout(_line(*self.days, stretch=False))
        self.column.addLayout(_line(self.opens, self.closes, self.rhythm, self.holidays))
        self.column.addLayout(_line(self.words, self.only))
        for each in (self.opens, self.closes, self.rhythm, self.holidays, self.words, self.only):
            each.committed.connect(lambda _value: self.changed.emit())

    def first(self) -> QWidget:
        return self.days[0]

    def value(self) -> OfferTime | None:
        weekdays = sum(1 << bit for bit, chip in enumerate(self.days) if chip.isChecked())
        rhythm = self.rhythm.value() or ""
        found = replace(
            self._before, weekdays=weekdays, opens=self.opens.value(), closes=self.closes.value(),
            every_weeks=int(rhythm[1:]) if rhythm.startswith("w") else None,
            week_of_month=int(rhythm[1:]) if rhythm.startswith("m") else None,
            school_holidays=self.holidays.value() or "", words=self.words.value() or "",
            appointment_only=bool(self.only.value()),
        )  # fmt: skip
        return found if found != OfferTime(0) else None


class ContactRow(EditorRow[OfferContact]):
    """Name, task, numbers."""

    def __init__(self, contact: OfferContact | None) -> None:
        super().__init__()
        self._before = contact or OfferContact()
        labels = {
            "name": _("Name"), "role": _("Aufgabe"), "phone": _("Telefon"), "mobile": _("Mobil"),
            "email": _("E-Mail"), "words": _("Hinweis"),
        }  # fmt: skip
        self.fields: dict[str, TextField] = {}
        for name, label in labels.items():
            field = self.fields[name] = TextField(label=label)
            field.set_value(getattr(self._before, name) or None)
            field.committed.connect(lambda _value: self.changed.emit())
        keys = list(labels)
        self.column.addLayout(_line(*(self.fields[key] for key in keys[:3])))
        self.column.addLayout(_line(*(self.fields[key] for key in keys[3:])))

    def first(self) -> QWidget:
        return self.fields["name"].control

    def value(self) -> OfferContact | None:
        typed: dict[str, Any] = {name: field.value() or "" for name, field in self.fields.items()}
        found = replace(self._before, **typed)
        return found if found != OfferContact() else None


def _rhythm(time: OfferTime) -> str | None:
    if time.week_of_month:
        return f"m{time.week_of_month}"
    return f"w{time.every_weeks}" if time.every_weeks and time.every_weeks > 1 else None
