"""What was sought and not found: noted without names, and the report made of it."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from desk_app.casework.offer_gaps import Gap
from desk_app.domain.code_lists import code_list
from desk_app.domain.offer_filters import Filters
from desk_app.gui.step_dialog import StepDialog
from desk_app.gui.widgets.choice_field import ChoiceField
from desk_app.gui.widgets.field import Field
from desk_app.gui.widgets.text_fields import TextField
from desk_app.i18n import N_, _

_CHOICES = (
    ("reason", N_("Warum nicht"), "offer_gap_reasons"),
    ("topic", N_("Thema"), "offer_topics"),
    ("language", N_("Sprache"), "languages"),
    ("district", N_("Stadtteil"), "districts"),
)


class GapDialog(StepDialog):
    """What the list was narrowed by is filled in already."""

    asked = Signal(object)

    def __init__(self, window: QWidget, query: str, filters: Filters) -> None:
        words = _("Ohne Namen und ohne Einzelheiten der Familie. Daraus wird der Bericht für das Netzwerk.")
        super().__init__(window, _("Gesucht und nicht gefunden"), words, _("Notieren"))
        self._filters = filters
        self.words = TextField(label=_("Was wurde gesucht?"))
        self.words.set_placeholder(_("z. B. Schwimmkurs für Frauen"))
        self.words.set_value(query or None)
        self.fields: dict[str, Field] = {}
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(10)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        grid.addWidget(self.words, 0, 0, 1, 2)
        for place, (name, label, codes) in enumerate(_CHOICES):
            field = self.fields[name] = ChoiceField(label=_(label))
            field.set_choices([(code.key, code.label) for code in code_list(codes).entries])
            field.set_value(getattr(filters, name, "") or None)
            grid.addWidget(field, 1 + place // 2, place % 2)
        self.body.addLayout(grid)
        self._hear(self.words, *self.fields.values())
        self.finish()

    def ask(self) -> None:
        self.open(self.words.control)

    def _ask(self) -> None:
        for field in (self.words, *self.fields.values()):
            field.commit()
        told = {name: str(field.value() or "") for name, field in self.fields.items()}
        self.close_dialog()
        gap = Gap(
            uuid4(), self.words.value() or "", told["topic"], self._filters.audience, told["language"],
            told["district"], told["reason"],
        )  # fmt: skip
        self.asked.emit(gap)


class ReportDialog(StepDialog):
    """From when to when the report counts."""

    asked = Signal(object, object)

    def __init__(self, window: QWidget, today: date) -> None:
        words = _("Zahlen ohne Namen; kleine Zahlen sind zusammengefasst. Die Datei ist eine Excel-Liste.")
        super().__init__(window, _("Bericht: gesucht und nicht gefunden"), words, _("Als Excel-Liste …"))
        self._today = today
        self.first = self._day(_("von"), today, date(today.year, 1, 1))
        self.last = self._day(_("bis"), today)
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.addWidget(self.first, 0, 0)
        grid.addWidget(self.last, 0, 1)
        self.body.addLayout(grid)
        self._hear(self.first, self.last)
        self.finish()

    def ask(self) -> None:
        self.open(self.first.control)

    def _ask(self) -> None:
        wrong = [field for field in (self.first, self.last) if not field.commit()]
        if wrong:
            wrong[0].setFocus()
            return
        first, last = self.first.value() or date(self._today.year, 1, 1), self.last.value() or self._today
        self.close_dialog()
        self.asked.emit(min(first, last), max(first, last))
