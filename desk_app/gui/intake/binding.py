"""Binds the fields of a form to one record of the family file, whatever the record is."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date

from desk_app.domain.field_catalogue import field_of
from desk_app.domain.fields import FieldType
from desk_app.domain.records import FamilyFile, Record, RecordKind, Ref, Value
from desk_app.gui.widgets.choice_field import ChoiceField
from desk_app.gui.widgets.field import Field
from desk_app.i18n import _
from desk_app.presenters.choices import Choices
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
        self._unreadable: set[str] = set()
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
            if key not in self._unreadable and value != field.value():
                field.offer_value(value)

    def _prepare(self, key: str, field: Field) -> None:
        question = field_of(self._kind, key)
        field.set_key(key)
        if not field.get_label():
            field.set_label(_(question.label))
        if isinstance(field, ChoiceField):
            field.set_choices(self._choices.choices(question.codes), self._choices.search(question.codes))
        elif question.type not in (FieldType.NUMBER, FieldType.FLAG, FieldType.LINK):
            reading: Reading = reading_of(question, self._today)
            field.set_reading(reading.parse, reading.show, reading.notice)
        field.typed.connect(lambda: self._unreadable.discard(key))
        field.rejected.connect(lambda _words: self._unreadable.add(key))
        field.committed.connect(lambda value: self._keep(key, value))

    def _today(self) -> date:
        return self._choices.today

    def _keep(self, key: str, value: Value) -> None:
        self._unreadable.discard(key)
        record = self._resolve(self._presenter.file)
        if record is not None:
            self._presenter.edit(record.ref, key, value)
        elif self._create is not None and value is not None:
            self._presenter.edit(self._create(), key, value)
