"""The questions about one person, for a child or an adult, opened below the person's row."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desk_app.domain.child import ChildView, full_name
from desk_app.domain.dates import say_age
from desk_app.domain.records import FamilyFile, RecordKind, Ref
from desk_app.gui.forms.adult_form import Ui_AdultForm
from desk_app.gui.forms.child_form import Ui_ChildForm
from desk_app.gui.intake.apart import apart_record, new_apart_record
from desk_app.gui.intake.binding import FormBinding, set_placeholder
from desk_app.gui.intake.disclosure import disclose, open_around
from desk_app.gui.intake.record_tags import RecordTags
from desk_app.gui.widgets.buttons import Button
from desk_app.gui.widgets.cards import PADDING
from desk_app.gui.widgets.field import Field
from desk_app.i18n import _
from desk_app.presenters.choices import Choices
from desk_app.presenters.intake import IntakePresenter

_NOT_OF_THE_PERSON = ("other_names", "guardians", "guardian_kind")


class PersonForm(QWidget):
    """Base of the two forms: names, what was said about them, and the other spellings."""

    sibling_wanted = Signal()
    remove_wanted = Signal()

    def __init__(
        self,
        presenter: IntakePresenter,
        choices: Choices,
        person: UUID,
        form: Ui_ChildForm | Ui_AdultForm,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._presenter, self._choices, self.person = presenter, choices, person
        ground = QWidget(self)
        form.setupUi(ground)  # type: ignore[no-untyped-call]  # compiled by uic
        disclose(form.more)
        fields = [field for field in ground.findChildren(Field) if field.objectName() not in _NOT_OF_THE_PERSON]
        ref = Ref(RecordKind.PERSON, person)
        self.binding = FormBinding(presenter, choices, RecordKind.PERSON, fields, lambda file: file.find(ref))
        form.other_names.set_label(_("Andere Schreibweisen"))
        self._names = RecordTags(presenter, form.other_names, RecordKind.NAME, "name", person)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(PADDING, 10, PADDING, PADDING)
        self.column.setSpacing(12)
        self.column.addWidget(ground)
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(16)
        self.column.addLayout(self._buttons)

    def show_file(self, file: FamilyFile, today: date) -> None:
        self.binding.show(file)
        self._names.show(file)
        birth = file.person(self.person).span("birth_date")
        age = birth.age_on(today) if birth is not None else None
        self._hint("birth_date", say_age(age) if age is not None else "")

    def field(self, kind: RecordKind, key: str) -> Field | None:
        return self._names.field if kind is RecordKind.NAME else self.binding.field(key)

    def reveal(self, kind: RecordKind, key: str) -> Field | None:
        """Open what hides the field and give it back."""
        field = self.field(kind, key)
        if field is not None:
            open_around(field)
        return field

    def _add_remove(self) -> None:
        self._buttons.addStretch()
        remove = Button(_("Person entfernen"), "ghost", "trash-2")
        remove.clicked.connect(self.remove_wanted)
        self._buttons.addWidget(remove)

    def _hint(self, key: str, words: str) -> None:
        field = self.binding.field(key)
        if field is not None and field.get_hint() != words:
            field.set_hint(words)


class AdultForm(PersonForm):
    def __init__(
        self, presenter: IntakePresenter, choices: Choices, person: UUID, parent: QWidget | None = None
    ) -> None:
        super().__init__(presenter, choices, person, Ui_AdultForm(), parent)
        self._add_remove()


class ChildForm(PersonForm):
    def __init__(
        self, presenter: IntakePresenter, choices: Choices, person: UUID, parent: QWidget | None = None
    ) -> None:
        form = Ui_ChildForm()
        super().__init__(presenter, choices, person, form, parent)
        self._guardians = RecordTags(presenter, form.guardians, RecordKind.GUARDIAN, "guardian", person)
        self._adults: list[tuple[str, str]] = []
        self._custody = FormBinding(
            presenter,
            choices,
            RecordKind.APART,
            [form.guardian_kind],
            lambda file: apart_record(file, person),
            lambda: new_apart_record(presenter, person),
        )
        sibling = Button(_("Geschwisterkind anlegen"), "tint", "user-plus")
        sibling.clicked.connect(self.sibling_wanted)
        self._buttons.addWidget(sibling)
        self._add_remove()

    def show_file(self, file: FamilyFile, today: date) -> None:
        super().show_file(file, today)
        child = ChildView(file, self.person, today)
        birth = child.birth_date
        age = birth.age_on(today) if birth is not None else None
        if child.proposal is not None and age is not None:
            self._hint("birth_date", _("{age}. {proposal}").format(age=say_age(age), proposal=child.proposal.reason))
        answered = child.person.get("place_wanted") is not None
        by_age = _("nach Alter: ja") if child.wants_place else _("nach Alter: nein")
        self._hint("place_wanted", "" if answered or not child.stages else by_age)
        self._show_guardians(child)

    def field(self, kind: RecordKind, key: str) -> Field | None:
        if kind is RecordKind.GUARDIAN:
            return self._guardians.field
        if kind in (RecordKind.APART, RecordKind.HOUSEHOLD):
            return self._custody.field(key)
        return super().field(kind, key)

    def _show_guardians(self, child: ChildView) -> None:
        roles = dict(self._choices.choices("roles"))
        adults = [
            (str(adult.id), full_name(adult) or roles.get(adult.text("role"), _("ohne Namen")))
            for adult in child.file.adults
        ]
        if adults != self._adults:
            self._adults = adults
            self._guardians.field.set_choices(adults)
        self._guardians.show(child.file)
        self._custody.show(child.file)
        kind = self._custody.field("guardian_kind")
        if kind is not None:
            set_placeholder(kind, self._choices.label("guardian_kinds", child.guardian_kind or None))
