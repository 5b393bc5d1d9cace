"""Familie & Kontakt: the family's name, where it lives and how to reach it, and the appointment itself."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from desk_app.domain.child import is_protected
from desk_app.domain.code_lists import suggest_districts
from desk_app.domain.dates import show_day
from desk_app.domain.field_catalogue import fields_of
from desk_app.domain.fields import Section
from desk_app.domain.records import FamilyFile, Record, RecordKind
from desk_app.gui.forms.apart_contact import Ui_ApartContactForm
from desk_app.gui.forms.family_section import Ui_FamilyForm
from desk_app.gui.intake.apart import ApartArea, ApartForm, apart_record, new_apart_record
from desk_app.gui.intake.binding import FormBinding
from desk_app.gui.intake.disclosure import disclose, open_around
from desk_app.gui.intake.section import IntakeSection
from desk_app.gui.widgets.buttons import Button
from desk_app.gui.widgets.choice_field import ChoiceField
from desk_app.gui.widgets.field import Field
from desk_app.gui.widgets.labels import Label
from desk_app.i18n import _
from desk_app.presenters.choices import Choices
from desk_app.presenters.intake import IntakePresenter

CITY = "Mülheim an der Ruhr"
"""The city whose postal codes and districts the program knows."""

_APART_KEYS = ("phone", "email")


def address_of(file: FamilyFile, person: UUID | None) -> Record | None:
    """The address that holds now, the family's or one person's own."""
    return next((row for row in file.all(RecordKind.ADDRESS, person) if row.get("valid_to") is None), None)


def address_binding(
    presenter: IntakePresenter, choices: Choices, fields: list[Field], person: UUID | None
) -> FormBinding:
    """Binds the fields of an address; the postal code fills city and district where that is plain."""
    binding = FormBinding(
        presenter,
        choices,
        RecordKind.ADDRESS,
        [field for field in fields if field.objectName() in fields_of(RecordKind.ADDRESS)],
        lambda file: address_of(file, person),
        lambda: presenter.add(RecordKind.ADDRESS, person),
    )
    postal_code, district = binding.fields["postal_code"], binding.fields["district"]
    assert isinstance(district, ChoiceField)
    postal_code.committed.connect(lambda code: _fill_from_code(presenter, choices, district, str(code or ""), person))
    return binding


def _fill_from_code(
    presenter: IntakePresenter, choices: Choices, district: ChoiceField, code: str, person: UUID | None
) -> None:
    """City and district from the postal code, only where they are empty; of several districts a person chooses."""
    fitting = [entry.key for entry in suggest_districts(code)]
    entries = choices.choices("districts")
    district.set_choices(sorted(entries, key=lambda entry: entry[0] not in fitting), choices.search("districts"))
    address = address_of(presenter.file, person)
    if not fitting or address is None:
        return
    if not address.text("city"):
        presenter.edit(address.ref, "city", CITY)
    if len(fitting) == 1 and not address.text("district"):
        presenter.edit(address.ref, "district", fitting[0])
    elif not address.text("district"):
        labels = [choices.label("districts", key) for key in fitting]
        district.set_hint(_("Nach PLZ: {districts}").format(districts=", ".join(labels)))


class FamilySection(IntakeSection):
    section = Section.FAMILY

    def __init__(self, presenter: IntakePresenter, choices: Choices, parent: QWidget | None = None) -> None:
        super().__init__(presenter, choices, parent)
        self._form = Ui_FamilyForm()
        ground = QWidget(self)
        self._form.setupUi(ground)
        self.body.addWidget(ground)
        self.body.setSpacing(10)
        self._more = disclose(self._form.more)
        fields = ground.findChildren(Field)
        family_fields = [field for field in fields if field.objectName() in fields_of(RecordKind.HOUSEHOLD)]
        family = FormBinding(presenter, choices, RecordKind.HOUSEHOLD, family_fields, lambda file: file.household)
        self._bindings = {
            RecordKind.HOUSEHOLD: family,
            RecordKind.ADDRESS: address_binding(presenter, choices, fields, None),
        }
        self._add_move()
        self._apart = ApartArea(presenter, self._apart_form, _differs, self._clear_apart, self)
        self._more.add_beside(self._apart.opener)
        self.body.addWidget(self._apart)

    def show_file(self, file: FamilyFile, today: date) -> None:
        for binding in self._bindings.values():
            binding.show(file)
        address = address_of(file, None)
        _explain_protection(self._form.protection, address)
        self._move.setVisible(address is not None and bool(address.text("street")))
        history = "\n".join(_past(row) for row in file.history if row.person is None)
        self._history.setText(history)
        self._history.setVisible(bool(history))
        self._apart.show_file(file)

    def reveal(self, kind: RecordKind, key: str, person: UUID | None) -> QWidget | None:
        if person is not None and any(child.id == person for child in self.presenter.file.children):
            found = self._apart.open(person).field(key)
        else:
            binding = self._bindings.get(kind)
            found = binding.field(key) if binding is not None else None
        if found is not None:
            open_around(found)
        return found

    def _add_move(self) -> None:
        self._move = Button(_("Umgezogen? Neue Anschrift"), "link", "house", height="mini")
        self._move.setAccessibleDescription(_("Die bisherige Anschrift bleibt mit ihren Daten stehen"))
        self._move.clicked.connect(self._open_new_address)
        self._history = Label("", "small", "text3", wrap=True)
        self._more.add_beside(self._move)
        self.body.addWidget(self._history)

    def _open_new_address(self) -> None:
        """Close the address that holds and begin another from today; who lives under protection stays protected."""
        address = address_of(self.presenter.file, None)
        today = self.choices.today
        if address is not None:
            self.presenter.edit(address.ref, "valid_to", today - timedelta(days=1))
        kept = {"protection": address.get("protection")} if address is not None else {}
        self.presenter.add(RecordKind.ADDRESS, None, {"valid_from": today, **kept})
        self._form.street.setFocus(Qt.FocusReason.OtherFocusReason)

    def _apart_form(self, child: UUID) -> ApartForm:
        ground = QWidget(self._apart)
        form = Ui_ApartContactForm()
        form.setupUi(ground)
        fields = ground.findChildren(Field)
        contact = FormBinding(
            self.presenter,
            self.choices,
            RecordKind.APART,
            [field for field in fields if field.objectName() in _APART_KEYS],
            lambda file: apart_record(file, child),
            lambda: new_apart_record(self.presenter, child),
        )
        address = address_binding(self.presenter, self.choices, fields, child)
        bindings = ((contact, lambda file: file.household), (address, lambda file: address_of(file, None)))
        return ApartForm(ground, bindings)

    def _clear_apart(self, child: UUID) -> None:
        apart, address = apart_record(self.presenter.file, child), address_of(self.presenter.file, child)
        if apart is not None:
            for key in _APART_KEYS:
                self.presenter.edit(apart.ref, key, None)
        if address is not None:
            self.presenter.remove(address.ref)


def _differs(file: FamilyFile, child: UUID) -> bool:
    apart = apart_record(file, child)
    return address_of(file, child) is not None or (
        apart is not None and any(apart.get(key) is not None for key in _APART_KEYS)
    )


def _explain_protection(field: Field, address: Record | None) -> None:
    protected = address is not None and is_protected(address)
    field.set_notice(_("Erscheint auf keiner Anfrage und in keiner Liste") if protected else "")


def _past(address: Record) -> str:
    """ "bis 30.09.2026: Lindenhof 12, 45476 Mülheim"."""
    until = address.day("valid_to")
    street = " ".join(part for part in (address.text("street"), address.text("house_number")) if part)
    town = " ".join(part for part in (address.text("postal_code"), address.text("city")) if part)
    place = ", ".join(part for part in (street, town) if part) or _("ohne Angabe")
    return _("bis {day}: {place}").format(day=show_day(until) if until else "", place=place)
