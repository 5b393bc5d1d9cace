"""Personen: everybody of the household as rows that open in place, and who has custody."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desk_app.domain.child import ChildView
from desk_app.domain.fields import Section
from desk_app.domain.records import FamilyFile, Record, RecordKind, Ref
from desk_app.gui.intake.add_person import AddPerson
from desk_app.gui.intake.binding import FormBinding, set_placeholder
from desk_app.gui.intake.disclosure import Foldable
from desk_app.gui.intake.person_form import AdultForm, ChildForm, PersonForm
from desk_app.gui.intake.person_row import PersonRow
from desk_app.gui.intake.section import IntakeSection
from desk_app.gui.widgets.buttons import Button
from desk_app.gui.widgets.cards import PADDING
from desk_app.gui.widgets.choice_field import ChoiceField
from desk_app.gui.widgets.field import commit_all
from desk_app.gui.widgets.field_grid import FieldGrid
from desk_app.gui.widgets.labels import Label
from desk_app.i18n import _
from desk_app.presenters.choices import Choices
from desk_app.presenters.intake import IntakePresenter
from desk_app.presenters.persons import household_words, person_line


class PersonEntry(Foldable):
    """A person's row and, once it was opened, the form below it."""

    opened = Signal()
    sibling_wanted = Signal()
    remove_wanted = Signal()

    def __init__(
        self, presenter: IntakePresenter, choices: Choices, person: UUID, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._presenter, self._choices, self.person = presenter, choices, person
        self.form: PersonForm | None = None
        self.row = PersonRow()
        self.row.set_rule(True)
        self.row.clicked.connect(lambda: self.set_open(not self.is_open))
        self.row.removed.connect(self.remove_wanted)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addWidget(self.row)

    @property
    def is_open(self) -> bool:
        return self.form is not None and not self.form.isHidden()

    def set_open(self, is_open: bool) -> None:
        if is_open == self.is_open:
            return
        file = self._presenter.file
        if is_open:
            form = self._form_for(file.person(self.person))
            # filled before it is seen: a grid in sight is laid out for every field that comes or goes
            form.show_file(file, self._choices.today)
            form.show()
        elif self.form is not None:
            commit_all(self.form)
            focus = self.window().focusWidget()
            if focus is not None and self.form.isAncestorOf(focus):
                self.row.setFocus(Qt.FocusReason.OtherFocusReason)
            self.form.hide()
        self.show_file(self._presenter.file, self._choices.today)
        if is_open:
            self.opened.emit()

    def show_file(self, file: FamilyFile, today: date) -> None:
        person = file.person(self.person)
        if self.form is not None:
            self._form_for(person).show_file(file, today)
        self.row.show_line(person_line(file, person, today, self._choices), self.is_open)

    def _form_for(self, person: Record) -> PersonForm:
        """The form that fits the role; a person whose role was changed gets the other one."""
        kind = ChildForm if person.get("role") == "child" else AdultForm
        if isinstance(self.form, kind):
            return self.form
        shown = self.is_open
        if self.form is not None:
            self._column.removeWidget(self.form)
            self.form.hide()
            self.form.deleteLater()
        form = self.form = kind(self._presenter, self._choices, self.person, self)
        form.setVisible(shown)
        form.sibling_wanted.connect(self.sibling_wanted)
        form.remove_wanted.connect(self.remove_wanted)
        self._column.addWidget(form)
        return form


class PersonsSection(IntakeSection):
    section = Section.PERSONS

    def __init__(self, presenter: IntakePresenter, choices: Choices, parent: QWidget | None = None) -> None:
        super().__init__(presenter, choices, parent, padded=False, ruled=True)
        self._entries: dict[UUID, PersonEntry] = {}
        self._removed: tuple[Ref, str] | None = None
        self._count = Label("", "small", "text3")
        self.head.add_action(self._count)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(0)
        self._add = AddPerson(choices, self)
        self._add.chosen.connect(self._add_person)
        self.body.addLayout(self._rows)
        self.body.addLayout(self._undo_line())
        self.body.addWidget(self._add)
        self.body.addWidget(self._custody_field())

    def show_file(self, file: FamilyFile, today: date) -> None:
        persons = (*file.adults, *file.children)
        for gone in set(self._entries) - {person.id for person in persons}:
            entry = self._entries.pop(gone)
            self._rows.removeWidget(entry)
            entry.hide()
            entry.deleteLater()
        for place, person in enumerate(persons):
            entry = self._entry(person.id)
            if self._rows.indexOf(entry) != place:
                self._rows.insertWidget(place, entry)
                # a layout shows what is new only once events are handled; the focus may come before
                entry.show()
            entry.show_file(file, today)
        self._count.setText(household_words(len(file.adults), len(file.children)))
        self._add.show_count(len(persons), len(file.adults))
        self._show_custody(file, today)
        self._show_removed(file)

    def show_counts(self, done: int, total: int, faulty: int) -> None:
        """The head says who is there; only what is wrong is said besides."""
        super().show_counts(0, 0, faulty)

    def reveal(self, kind: RecordKind, key: str, person: UUID | None) -> QWidget | None:
        entry = self._entries.get(person) if person is not None else None
        if entry is not None:
            entry.set_open(True)
            return entry.form.reveal(kind, key) if entry.form is not None else None
        if key == "guardian_kind":
            return self._guardian_kind
        self._add.ask()
        return self.window().focusWidget()

    def add_row(self) -> bool:
        self._add.ask()
        return True

    def entry(self, person: UUID) -> PersonEntry:
        """Raises ``KeyError`` for somebody who is not in the household."""
        return self._entries[person]

    def _entry(self, person: UUID) -> PersonEntry:
        entry = self._entries.get(person)
        if entry is None:
            entry = self._entries[person] = PersonEntry(self.presenter, self.choices, person, self)
            entry.opened.connect(lambda: self._close_others(person))
            entry.sibling_wanted.connect(lambda: self._begin(self.presenter.add_sibling(person)))
            entry.remove_wanted.connect(lambda: self._remove(person))
            entry.row.moved.connect(lambda step: self._move(person, step))
        return entry

    def _add_person(self, role: str) -> None:
        self._begin(self.presenter.add_person(role))

    def _begin(self, ref: Ref) -> None:
        """Open the form of somebody new, ready for the name."""
        entry = self._entries.get(ref.id)
        if entry is None:
            return
        entry.set_open(True)
        name = entry.form.reveal(RecordKind.PERSON, "given_name") if entry.form is not None else None
        if name is not None:
            name.setFocus(Qt.FocusReason.OtherFocusReason)

    def _close_others(self, person: UUID) -> None:
        for known, entry in self._entries.items():
            if known != person:
                entry.set_open(False)

    def _move(self, person: UUID, step: int) -> None:
        place = self._rows.indexOf(self._entries[person]) + step
        self._focus_row(min(max(place, 0), self._rows.count() - 1))

    def _focus_row(self, place: int) -> bool:
        item = self._rows.itemAt(place)
        entry = item.widget() if item is not None else None
        if isinstance(entry, PersonEntry):
            entry.row.setFocus(Qt.FocusReason.OtherFocusReason)
        return isinstance(entry, PersonEntry)

    def _remove(self, person: UUID) -> None:
        entry = self._entries[person]
        entry.set_open(False)
        place = self._rows.indexOf(entry)
        self._removed = (Ref(RecordKind.PERSON, person), entry.row.line.name or _("Person"))
        self.presenter.remove(self._removed[0])
        if not self._focus_row(min(place, self._rows.count() - 1)):
            self.undo.setFocus(Qt.FocusReason.OtherFocusReason)

    # --- what was taken out

    def _undo_line(self) -> QHBoxLayout:
        self._undo_words = Label("", "body", "text2")
        self.undo = Button(_("Zurücknehmen"), "link", "undo-2")
        self.undo.clicked.connect(self._bring_back)
        row = QHBoxLayout()
        row.setContentsMargins(PADDING + 1, 0, PADDING, 0)
        row.setSpacing(12)
        row.addWidget(self._undo_words)
        row.addWidget(self.undo)
        row.addStretch()
        return row

    def undo_words(self) -> str:
        """Who was taken out, in words; empty where nobody was."""
        return self._undo_words.text() if self._removed is not None else ""

    def _bring_back(self) -> None:
        if self._removed is not None:
            ref, _name = self._removed
            self.presenter.restore(ref)
            self.undo.clearFocus()

    def _show_removed(self, file: FamilyFile) -> None:
        if self._removed is not None and file.find(self._removed[0]) is not None:
            self._removed = None
        for widget in (self._undo_words, self.undo):
            widget.setVisible(self._removed is not None)
        if self._removed is not None:
            ref, name = self._removed
            self._undo_words.setText(_("{name} entfernt").format(name=name))
            self.undo.set_keys("Strg+Z" if self.presenter.newest_removed == ref else "")
            self.undo.setAccessibleName(_("{name} zurückholen").format(name=name))

    # --- custody of the family

    def _custody_field(self) -> QWidget:
        self._custody_ground = QWidget(self)
        grid = FieldGrid(self._custody_ground)
        self._guardian_kind = ChoiceField(grid, "", "guardian_kind")
        self._custody = FormBinding(
            self.presenter, self.choices, RecordKind.HOUSEHOLD, [self._guardian_kind], lambda file: file.household
        )
        # two empty columns, so that it is as wide as the fields above
        for widget in (self._guardian_kind, QWidget(grid), QWidget(grid)):
            grid.add(widget)
        column = QVBoxLayout(self._custody_ground)
        column.setContentsMargins(PADDING, 4, PADDING, PADDING)
        column.addWidget(grid)
        return self._custody_ground

    def _show_custody(self, file: FamilyFile, today: date) -> None:
        self._custody.show(file)
        self._custody_ground.setVisible(bool(file.children))
        if not file.children:
            return
        derived = ChildView(file, file.children[0].id, today).guardian_kind
        set_placeholder(self._guardian_kind, self.choices.label("guardian_kinds", derived or None))
        answered = file.household.get("guardian_kind") is not None
        hint = _("folgt aus „Sorgeberechtigt“ bei den Erwachsenen") if not answered else ""
        if self._guardian_kind.get_hint() != hint:
            self._guardian_kind.set_hint(hint)
