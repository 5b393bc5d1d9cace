"""School career advice for one child: what is advised, wished and came of it. Kept with each answer, none required."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desk_app.casework.transitions import Draft, TransitionLine
from desk_app.domain.code_lists import code_list
from desk_app.domain.dates import parse_day, show_day
from desk_app.domain.school_history import read_school_year, show_school_year
from desk_app.domain.transitions import next_school_year
from desk_app.gui.deed_dialog import DeedDialog
from desk_app.gui.widgets.buttons import Button
from desk_app.gui.widgets.choice_field import ChoiceField
from desk_app.gui.widgets.date_field import DateField
from desk_app.gui.widgets.field import Field
from desk_app.gui.widgets.text_fields import LongTextField, TextField
from desk_app.i18n import _

Entries = Sequence[tuple[str, str]]


class TransitionDialog(DeedDialog):
    """Esc and "Fertig" close it; what was answered is kept already."""

    kept = Signal(object)
    """The ``Draft`` as far as it is answered."""
    removed = Signal(object)
    """The id of the record to take out."""

    def __init__(self, window: QWidget, line: TransitionLine, children: Entries, schools: Entries, today: date) -> None:
        words = _("Jede Angabe ist sofort gespeichert, nichts ist Pflicht.")
        super().__init__(window, _("Schullaufbahnberatung"), words, Button(_("Fertig"), "primary"))
        self._width = 760
        self._id, self._household, self._today = line.id or uuid4(), line.household, today
        self.child = ChoiceField(label=_("Kind"))
        self.child.set_choices(children)
        self.child.set_value(str(line.child))
        self.fields: dict[str, Field] = _fields(schools)
        for key in ("talked_on", "outcome_on"):
            self.fields[key].set_reading(lambda typed: parse_day(typed, today), show_day)
        self.fields["school_year"].set_reading(lambda typed: show_school_year(read_school_year(typed)), str)
        for key, field in self.fields.items():
            field.set_value(line.values.get(key))
        if line.id is None and not line.text("school_year"):
            self.fields["school_year"].set_value(next_school_year(today))
        self._build()
        self.deed.clicked.connect(self.dismiss)
        self.remove = Button(_("Herausnehmen"), "ghost")
        self.remove.setVisible(line.id is not None)
        self.remove.clicked.connect(self._remove)
        self.finish(self.remove)
        self.cancel.hide()

    def _build(self) -> None:
        rows: tuple[tuple[Field, ...], ...] = (
            (self.child, self.fields["kind"], self.fields["school_year"]),
            (self.fields["talked_on"], self.fields["recommended_form"], self.fields["school_recommends"]),
            (self.fields["recommendation"],),
            (self.fields["from_school"], self.fields["wished_school"]),
            (self.fields["outcome"], self.fields["outcome_school"], self.fields["outcome_on"]),
            (self.fields["words"],),
        )
        for fields in rows:
            row = QHBoxLayout()
            row.setSpacing(12)
            for field in fields:
                row.addWidget(field, 1)
                field.committed.connect(self._keep)
            self.body.addLayout(row)

    def begin(self) -> None:
        """Open it at the first question that is open."""
        wanted: list[Field] = [self.fields["kind"], self.fields["talked_on"], self.fields["outcome"]]
        self.open(next((field for field in wanted if field.value() is None), self.fields["talked_on"]))

    def _keep(self, _value: object = None) -> None:
        child = self.child.value()
        if child:
            values: dict[str, Any] = {key: field.value() for key, field in self.fields.items()}
            self.kept.emit(Draft(self._id, self._household, UUID(child), values))

    def _remove(self) -> None:
        self.removed.emit(self._id)
        self.close_dialog()

    def dismiss(self) -> None:
        # without an answer nothing is kept
        for field in (self.child, *self.fields.values()):
            field.commit()
        super().dismiss()


def _fields(schools: Entries) -> dict[str, Field]:
    def chosen(label: str, codes: str) -> ChoiceField:
        field = ChoiceField(label=label)
        known = code_list(codes)
        field.set_choices(
            tuple((code.key, code.label) for code in known.entries),
            lambda words: [code.key for code in known.search(words)],
        )
        return field

    def school(label: str) -> ChoiceField:
        field = ChoiceField(label=label)
        field.set_choices(schools)
        return field

    return {
        "kind": chosen(_("Übergang"), "transition_kinds"),
        "school_year": TextField(label=_("Wechsel zum Schuljahr")),
        "talked_on": DateField(label=_("Gespräch am")),
        "recommended_form": chosen(_("Unsere Empfehlung"), "school_forms"),
        "school_recommends": chosen(_("Empfehlung der Schule"), "school_forms"),
        "recommendation": LongTextField(label=_("Empfehlung in Worten")),
        "from_school": school(_("Bisherige Schule")),
        "wished_school": school(_("Wunschschule")),
        "outcome": chosen(_("Ergebnis"), "transition_outcomes"),
        "outcome_school": school(_("Neue Schule")),
        "outcome_on": DateField(label=_("Ergebnis am")),
        "words": LongTextField(label=_("Notiz")),
    }
