"""What one child speaks, reads and writes: German, literacy, its other languages with their levels."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desk_app.domain.child import ChildView
from desk_app.domain.records import FamilyFile, Record, RecordKind, Ref
from desk_app.gui.forms.child_language_form import Ui_ChildLanguageForm
from desk_app.gui.intake.binding import FormBinding
from desk_app.gui.intake.disclosure import Disclosure, open_around
from desk_app.gui.intake.record_tags import RecordTags
from desk_app.gui.widgets.buttons import Button, IconButton
from desk_app.gui.widgets.choice_field import ChoiceField
from desk_app.gui.widgets.field import Field, commit_all
from desk_app.gui.widgets.tag_field import TagField
from desk_app.i18n import _
from desk_app.presenters.choices import Choices
from desk_app.presenters.intake import IntakePresenter
from desk_app.presenters.schooling import asks, call_name


class LanguageRow(QWidget):
    """One further language with its level."""

    removed = Signal()

    def __init__(self, presenter: IntakePresenter, choices: Choices, ref: Ref, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.language = ChoiceField(self, _("Weitere Sprache"), "language")
        self.level = ChoiceField(self, "", "level")
        fields = (self.language, self.level)
        self.binding = FormBinding(presenter, choices, RecordKind.LANGUAGE, fields, lambda file: file.find(ref))
        self._remove = IconButton("x", _("Sprache entfernen"))
        self._remove.clicked.connect(self.removed)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(self.language, 1)
        row.addWidget(self.level, 1)
        row.addWidget(self._remove, 0, Qt.AlignmentFlag.AlignVCenter)

    def show_file(self, file: FamilyFile) -> None:
        self.binding.show(file)
        name = self.language.text() or _("ohne Namen")
        self._remove.set_name(_("{language} entfernen").format(language=name))


class ChildLanguages(QWidget):
    """The language questions of one child."""

    def __init__(
        self, presenter: IntakePresenter, choices: Choices, child: UUID, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._presenter, self._choices, self.child = presenter, choices, child
        ground = QWidget(self)
        self._form = Ui_ChildLanguageForm()
        self._form.setupUi(ground)
        self._binding = FormBinding(
            presenter,
            choices,
            RecordKind.PERSON,
            ground.findChildren(Field),
            lambda file: file.find(Ref(RecordKind.PERSON, child)),
        )
        self._rows: dict[UUID, LanguageRow] = {}
        self._row_column = QVBoxLayout()
        self._row_column.setSpacing(8)
        self._add = Button(_("Weitere Sprache"), "link", "plus", height="mini")
        self._add.clicked.connect(self.add_language)
        self._own = self._own_languages()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(ground)
        column.addLayout(self._row_column)
        self._apart.add_beside(self._add)
        column.addWidget(self._apart)

    def _own_languages(self) -> RecordTags:
        field = TagField(self, "", "own_family_languages")
        field.set_choices(self._choices.choices("languages"), self._choices.search("languages"))
        field.set_add_text(_("Sprache"))
        self._apart = Disclosure(_("Andere Familiensprache als die Geschwister"))
        self._apart.content.addWidget(field)
        return RecordTags(
            self._presenter, field, RecordKind.LANGUAGE, "language", self.child, {"family_language": True}
        )

    def show_file(self, view: ChildView) -> None:
        file = view.file
        self._binding.show(file)
        for key, field in self._binding.fields.items():
            field.setVisible(asks(view, key))
        place = [child.id for child in file.children].index(self.child)
        name = call_name(view.person, place)
        self._own.field.set_label(_("Familiensprachen nur für {name}").format(name=name))
        self._own.show(file)
        if self._own.field.value():
            self._apart.set_open(True)
        self._show_rows(file)

    def reveal(self, kind: RecordKind, key: str) -> QWidget | None:
        if kind is RecordKind.LANGUAGE:
            first = next(iter(self._rows.values()), None)
            found: QWidget | None = first.binding.field(key) if first is not None else self._add
        else:
            found = self._binding.field(key)
        if found is not None:
            found.show()
            open_around(found)
        return found

    def add_language(self) -> None:
        """Open an empty row with the focus in it."""
        ref = self._presenter.add(RecordKind.LANGUAGE, self.child, {"family_language": False})
        row = self._rows.get(ref.id)
        if row is not None:
            row.language.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_rows(self, file: FamilyFile) -> None:
        rows = [row for row in file.all(RecordKind.LANGUAGE, self.child) if not row.flag("family_language")]
        for gone in set(self._rows) - {row.id for row in rows}:
            widget = self._rows.pop(gone)
            self._row_column.removeWidget(widget)
            widget.hide()
            widget.deleteLater()
        for row in rows:
            self._row(row).show_file(file)

    def _row(self, record: Record) -> LanguageRow:
        row = self._rows.get(record.id)
        if row is None:
            row = self._rows[record.id] = LanguageRow(self._presenter, self._choices, record.ref, self)
            row.removed.connect(lambda: self._remove(record.ref))
            self._row_column.addWidget(row)
            row.show()
        return row

    def _remove(self, ref: Ref) -> None:
        commit_all(self._rows[ref.id])
        self._presenter.remove(ref)
        self._add.setFocus(Qt.FocusReason.OtherFocusReason)
