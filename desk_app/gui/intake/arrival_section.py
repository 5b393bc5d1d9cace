"""Ankunft: when and from where the family came, since when it is registered, and whether it was allocated here."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from PySide6.QtWidgets import QWidget

from desk_app.domain.field_catalogue import fields_of
from desk_app.domain.fields import Section
from desk_app.domain.records import FamilyFile, RecordKind
from desk_app.gui.forms.arrival_section import Ui_ArrivalForm
from desk_app.gui.intake.apart import ApartArea, ApartForm, apart_record, new_apart_record
from desk_app.gui.intake.binding import FormBinding
from desk_app.gui.intake.disclosure import Disclosure, disclose, open_around
from desk_app.gui.intake.section import IntakeSection
from desk_app.gui.widgets.field import Field
from desk_app.i18n import _
from desk_app.presenters.choices import Choices
from desk_app.presenters.intake import IntakePresenter

_KEYS = tuple(key for key, field in fields_of(RecordKind.APART).items() if field.section is Section.ARRIVAL)


class ArrivalSection(IntakeSection):
    section = Section.ARRIVAL

    def __init__(self, presenter: IntakePresenter, choices: Choices, parent: QWidget | None = None) -> None:
        super().__init__(presenter, choices, parent)
        ground, self._form, fields, more = self._fields()
        self.body.addWidget(ground)
        self.body.setSpacing(10)
        self._binding = FormBinding(presenter, choices, RecordKind.HOUSEHOLD, fields, lambda file: file.household)
        self._apart = ApartArea(presenter, self._apart_form, _differs, self._clear_apart, self)
        more.add_beside(self._apart.opener)
        self.body.addWidget(self._apart)

    def show_file(self, file: FamilyFile, today: date) -> None:
        self._binding.show(file)
        allocated = file.household.flag("allocated") or file.household.get("allocated_on") is not None
        self._form.allocated_on.setVisible(bool(allocated))
        self._apart.show_file(file)

    def reveal(self, kind: RecordKind, key: str, person: UUID | None) -> QWidget | None:
        found = self._apart.open(person).field(key) if person is not None else self._binding.field(key)
        if found is not None:
            found.show()
            open_around(found)
        return found

    def _fields(self) -> tuple[QWidget, Ui_ArrivalForm, list[Field], Disclosure]:
        ground = QWidget(self)
        form = Ui_ArrivalForm()
        form.setupUi(ground)
        fields = ground.findChildren(Field)
        return ground, form, fields, disclose(form.more, _("Umzug geplant"))

    def _apart_form(self, child: UUID) -> ApartForm:
        ground, _form, fields, _more = self._fields()
        binding = FormBinding(
            self.presenter,
            self.choices,
            RecordKind.APART,
            fields,
            lambda file: apart_record(file, child),
            lambda: new_apart_record(self.presenter, child),
        )
        return ApartForm(ground, ((binding, lambda file: file.household),))

    def _clear_apart(self, child: UUID) -> None:
        apart = apart_record(self.presenter.file, child)
        if apart is not None:
            for key in _KEYS:
                self.presenter.edit(apart.ref, key, None)


def _differs(file: FamilyFile, child: UUID) -> bool:
    apart = apart_record(file, child)
    return apart is not None and any(apart.get(key) is not None for key in _KEYS)
