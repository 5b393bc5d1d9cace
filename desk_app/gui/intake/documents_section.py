"""The section "Unterlagen": which paper was seen for which child, what comes later, and two questions of health."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from desk_app.domain.dates import parse_day, show_day
from desk_app.domain.field_catalogue import field_of
from desk_app.domain.fields import Section
from desk_app.domain.records import FamilyFile, Record, RecordKind, Ref, Value
from desk_app.gui.intake.document_matrix import DocumentMatrix
from desk_app.gui.intake.section import IntakeSection
from desk_app.gui.theme import Theme
from desk_app.gui.widgets.cards import PADDING
from desk_app.gui.widgets.date_field import DateField
from desk_app.gui.widgets.labels import ElidedLabel, Label
from desk_app.i18n import _
from desk_app.presenters.choices import Choices
from desk_app.presenters.intake import IntakePresenter
from desk_app.presenters.papers import MEASLES, MEDICAL, Papers, count_words
from desk_app.presenters.schooling import call_name

_PERSON_KEYS = ("measles_proof", "school_medical", "school_medical_on")


class CellDate(QWidget):
    """The date that belongs to the current cell: seen on, handed in by, or the day of the examination."""

    def __init__(self, presenter: IntakePresenter, choices: Choices, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._presenter = presenter
        self._target: tuple[Ref, str] | None = None
        self.what = ElidedLabel("", "small", "text2", parent=self)
        self.keys = ElidedLabel(_("Leertaste wechselt · O K F N"), "caption", "text3", parent=self)
        self.field = DateField(self)
        self.field.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        self.field.set_reading(lambda words: parse_day(words, choices.today), show_day)
        self.field.committed.connect(self._keep)
        row = QHBoxLayout(self)
        row.setContentsMargins(PADDING, 8, PADDING, 12)
        row.setSpacing(12)
        row.addWidget(self.what)
        row.addStretch(1)
        row.addWidget(self.keys)
        row.addWidget(self.field)
        self.refit()

    def refit(self) -> None:
        self.field.setFixedWidth(Theme.current().px(184))

    def show_cell(self, words: str, record: Record | None, key: str) -> None:
        """Show the date `key` of `record`; an empty key shows none."""
        target = (record.ref, key) if record is not None and key else None
        if target != self._target:
            self.field.commit()
            self._target = target
            self.field.set_value(record.get(key) if record is not None and key else None)
        elif record is not None and key:
            self.field.offer_value(record.get(key))
        self.what.setText(words)
        self.field.setVisible(bool(key))
        self.keys.setVisible(not key)
        if record is not None and key:
            label = _(field_of(record.kind, key).label)
            self.field.set_label(label)
            self.field.control.setAccessibleName(f"{label}, {words}")

    def _keep(self, value: Value) -> None:
        if self._target is not None:
            self._presenter.edit(*self._target, value)


class DocumentsSection(IntakeSection):
    section = Section.DOCUMENTS

    def __init__(self, presenter: IntakePresenter, choices: Choices, parent: QWidget | None = None) -> None:
        super().__init__(presenter, choices, parent, padded=False)
        self.papers = Papers(presenter, choices)
        self._missing = Label("", "body", "warn")
        self.head.add_action(self._missing)
        self.matrix = DocumentMatrix(self.papers, self)
        self.matrix.cell_changed.connect(self._show_cell)
        self.cell_date = CellDate(presenter, choices, self)
        self._empty = Label(_("Hier steht etwas, sobald ein Kind in „Personen“ steht."), "body", "text3", wrap=True)
        self._empty.setContentsMargins(PADDING, 4, PADDING, 16)
        self.body.addWidget(self.matrix)
        self.body.addWidget(self.cell_date)
        self.body.addWidget(self._empty)

    def show_file(self, file: FamilyFile, today: date) -> None:
        some = bool(file.children)
        self._empty.setVisible(not some)
        self.matrix.setVisible(some)
        self.cell_date.setVisible(some)
        if some:
            self.matrix.refresh()
        words = count_words(self.papers.missing())
        self._missing.setText(words)
        self._missing.setVisible(bool(words))

    def missing_words(self) -> str:
        """What the head says of papers marked as missing."""
        return self._missing.text()

    def _show_cell(self) -> None:
        here = self.matrix.current()
        if here is None:
            self.cell_date.show_cell(_("Zelle wählen: Leertaste oder Klick ändert den Stand"), None, "")
            return
        row, child = here
        name = _("ganze Familie") if row.for_family else call_name(child.person)
        record = self.papers.record(row, child)
        self.cell_date.show_cell(f"{row.label}, {name}", record, self.papers.date_key(row, child))

    def reveal(self, kind: RecordKind, key: str, person: UUID | None) -> QWidget | None:
        if kind is RecordKind.DOCUMENT:
            self.matrix.go_to(self.papers.rows[0].key)
        elif kind is RecordKind.PERSON and key in _PERSON_KEYS:
            self.matrix.go_to(MEASLES if key == "measles_proof" else MEDICAL, self.matrix.column_of(person))
            if key == "school_medical_on" and not self.cell_date.field.isHidden():
                return self.cell_date.field
        else:
            return None
        return self.matrix
