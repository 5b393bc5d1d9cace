"""Binds the fields of a form to one record of the family file, whatever the record is."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date

from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from desk_app.domain.field_catalogue import field_of
from desk_app.domain.fields import Field as Question
from desk_app.domain.fields import FieldType
from desk_app.domain.records import FamilyFile, Record, RecordKind, Ref, Value
from desk_app.gui.widgets.choice_field import ChoiceField
from desk_app.gui.widgets.field import Field
from desk_app.i18n import _
from desk_app.presenters.choices import DYNAMIC, Choices, Entries
from desk_app.presenters.intake import IntakePresenter
from desk_app.presenters.readings import Reading, reading_of


class FormBinding:
    """Gives each field its label, choices and reading from the catalogue, and carries values both ways.

    ``resolve`` finds the record in a file, so that the binding still holds when the store gave the record another id
    (a new address after a move). ``create`` is called for the first answer while there is no record. A field's key is
    its property ``key``, else its object name. Labels set in the form win over those of the catalogue.
    """

    def __init__(
        self,
        presenter: IntakePresenter,
        choices: Choices,
        kind: RecordKind,
        fields: Iterable[Field],
        resolve: Callable[[FamilyFile], Record | None],
        create: Callable[[], Ref] | None = None,
    ) -> None:
        self._presenter = presenter
        self._choices = choices
        self._kind = kind
        self._resolve = resolve
        self._create = create
        self._fields: dict[str, Field] = {}
        self._readings: dict[str, Reading] = {}
        self._offered: dict[str, Entries] = {}
        for field in fields:
            key = field.get_key() or field.objectName()
            self._fields[key] = field
            self._prepare(key, field)

    def field(self, key: str) -> Field | None:
        return self._fields.get(key)

    @property
    def fields(self) -> dict[str, Field]:
        """The fields by key, in the order of the form."""
        return dict(self._fields)

    def show(self, file: FamilyFile) -> None:
        """Show the record of ``file``. What is being typed stays, and so does a text that cannot be read."""
        record = self._resolve(file)
        for key, field in self._fields.items():
            value = record.get(key) if record is not None else None
            if isinstance(field, ChoiceField) and self._question(key).codes in DYNAMIC:
                self._offer_choices(key, field, value)
            if not field.unreadable and value != field.value():
                field.offer_value(value)
                self._judge(key, field.value())

    def show_placeholders(self, record: Record) -> None:
        """Show in empty fields what holds as long as nothing else is given: the answers of ``record``."""
        for key, field in self._fields.items():
            words = self.words_for(key, record.get(key))
            if self._question(key).type is FieldType.FLAG:
                field.set_hint(_("für alle: {value}").format(value=words) if words else "")
            else:
                set_placeholder(field, words)

    def words_for(self, key: str, value: Value) -> str:
        """A value as the field would show it; empty for none."""
        if value is None:
            return ""
        question = self._question(key)
        if question.type is FieldType.FLAG:
            return _("ja") if value else _("nein")
        if question.type is FieldType.CODE:
            return self._choices.label(question.codes, value)
        return self._readings[key].show(value) if key in self._readings else str(value)

    def _question(self, key: str) -> Question:
        return field_of(self._kind, key)

    def _prepare(self, key: str, field: Field) -> None:
        question = self._question(key)
        field.set_key(key)
        if not field.get_label():
            field.set_label(_(question.label))
        if isinstance(field, ChoiceField):
            self._offer_choices(key, field)
        elif question.type not in (FieldType.NUMBER, FieldType.FLAG, FieldType.LINK):
            reading = reading_of(question, self._today)
            self._readings[key] = reading
            field.set_reading(reading.parse, reading.show, reading.notice)
        field.committed.connect(lambda value: self._keep(key, value))

    def _offer_choices(self, key: str, field: ChoiceField, value: Value = None) -> None:
        """What may be chosen today, and what was chosen before though it may no longer be."""
        codes = self._question(key).codes
        entries = self._choices.choices(codes)
        if value is not None and value not in dict(entries):
            entries = (*entries, (str(value), self._choices.label(codes, value)))
        if entries != self._offered.get(key):
            self._offered[key] = entries
            field.set_choices(entries, self._choices.search(codes))

    def _today(self) -> date:
        return self._choices.today

    def _keep(self, key: str, value: Value) -> None:
        self._judge(key, value)
        record = self._resolve(self._presenter.file)
        if record is not None:
            self._presenter.edit(record.ref, key, value)
        elif self._create is not None and value is not None:
            self._presenter.edit(self._create(), key, value)

    def _judge(self, key: str, value: Value) -> None:
        """Say what is wrong with a value that was kept all the same."""
        fault = self._readings[key].fault if key in self._readings else None
        if fault is not None:
            self._fields[key].set_error(fault(value) if value is not None else "")


def set_placeholder(field: Field, words: str) -> None:
    """What an empty field shows, whatever kind of input it has."""
    control: QWidget | None = field.control
    if isinstance(control, QComboBox):
        control = control.lineEdit()
    if isinstance(control, QLineEdit) and control.placeholderText() != words:
        control.setPlaceholderText(words)
