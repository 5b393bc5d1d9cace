"""The section "Notiz": what stays here, what goes to the Fachberatung about each child, and referrals to offers."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desk_app.domain.child import ChildView
from desk_app.domain.fields import Section
from desk_app.domain.records import FamilyFile, RecordKind, Ref
from desk_app.gui.forms.note_section import Ui_NoteForm
from desk_app.gui.intake.binding import FormBinding
from desk_app.gui.intake.section import IntakeSection
from desk_app.gui.widgets.buttons import Button, IconButton
from desk_app.gui.widgets.cards import PADDING, AddRow, Divider
from desk_app.gui.widgets.choice_field import ChoiceField
from desk_app.gui.widgets.date_field import DateField
from desk_app.gui.widgets.field import Field
from desk_app.gui.widgets.labels import Label
from desk_app.gui.widgets.text_fields import LongTextField, TextField
from desk_app.i18n import _
from desk_app.presenters.choices import Choices
from desk_app.presenters.intake import IntakePresenter
from desk_app.presenters.schooling import call_name, children_of

SHORT = 250
"""Letters of a remark that the answer box of the printed request leaves room for; more is kept all the same."""


class RemarkField(LongTextField):
    """The remark on one child's request, with a count of its letters."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, key="remark_authority")
        self.typed.connect(self.count)

    def count(self) -> None:
        """Say how many of the recommended letters are used; more is pointed out, never cut."""
        used = len(self.text())
        said = _("Geht mit der Anfrage an die Fachberatung · {n} von {most} Zeichen").format(n=used, most=SHORT)
        self.set_hint(said)
        over = _("{n} Zeichen: mehr als {most} passen nicht gut auf das Blatt").format(n=used, most=SHORT)
        self.set_notice(over if used > SHORT else "")


class ReferralRow(QWidget):
    """One referral: to what, when, and what came of it."""

    def __init__(self, presenter: IntakePresenter, choices: Choices, ref: Ref, parent: QWidget) -> None:
        super().__init__(parent)
        self.ref = ref
        self.offer = TextField(self, _("Angebot"), "offer")
        self.referred_on = DateField(self, key="referred_on")
        self.outcome = ChoiceField(self, key="outcome")
        fields: list[Field] = [self.offer, self.referred_on, self.outcome]
        self.gone = IconButton("trash-2", _("Verweis entfernen (Strg+Entf)"), parent=self)
        self.gone.clicked.connect(lambda: presenter.remove(ref))
        row = QHBoxLayout(self)
        row.setContentsMargins(PADDING, 8, 8, 8)
        row.setSpacing(8)
        for field, stretch in zip(fields, (5, 4, 4), strict=True):
            row.addWidget(field, stretch)
            field.control.installEventFilter(self)
        row.addWidget(self.gone, 0, Qt.AlignmentFlag.AlignBottom)
        self.binding = FormBinding(presenter, choices, RecordKind.REFERRAL, fields, lambda file: file.find(ref))
        self._presenter = presenter

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            control = event.modifiers() == Qt.KeyboardModifier.ControlModifier
            if control and event.key() == Qt.Key.Key_Delete:
                self._presenter.remove(self.ref)
                return True
        return super().eventFilter(watched, event)


class NoteSection(IntakeSection):
    section = Section.NOTE

    def __init__(self, presenter: IntakePresenter, choices: Choices, parent: QWidget | None = None) -> None:
        super().__init__(presenter, choices, parent, padded=False)
        self.form = Ui_NoteForm()
        content = QWidget(self)
        self.form.setupUi(content)
        self.form.column.setContentsMargins(PADDING, 0, PADDING, 12)
        self.body.addWidget(content)
        self.note = FormBinding(
            presenter, choices, RecordKind.HOUSEHOLD, self.form.main.fields(), lambda file: file.household
        )
        self.remarks: dict[UUID, tuple[RemarkField, FormBinding]] = {}
        self._remarks = QVBoxLayout()
        self._remarks.setContentsMargins(PADDING, 0, PADDING, 12)
        self._remarks.setSpacing(10)
        self.body.addLayout(self._remarks)
        self.body.addWidget(Divider(0, 0, self))
        self._head = Label(_("Verweise auf Angebote"), "small", "text2", strong=True)
        self._head.setContentsMargins(PADDING, 10, PADDING, 0)
        self.body.addWidget(self._head)
        self.referrals: dict[UUID, ReferralRow] = {}
        self._referrals = QVBoxLayout()
        self._referrals.setSpacing(0)
        self.body.addLayout(self._referrals)
        self.add_line = AddRow(_("Verweis hinzufügen"), keys=_("Einfg"), parent=self)
        self.add_line.clicked.connect(self.add_row)
        self.undo = Button(_("Verweis zurückholen"), "ghost", "undo-2", _("Strg+Z"), "compact", parent=self)
        self.undo.clicked.connect(presenter.undo)
        self.body.addWidget(self.undo)
        self.body.addWidget(self.add_line)

    def show_file(self, file: FamilyFile, today: date) -> None:
        self.note.show(file)
        self._show_remarks(file, today)
        self._show_referrals(file)

    def _show_remarks(self, file: FamilyFile, today: date) -> None:
        wanted = [child for child in children_of(file, today) if child.request is not None and child.wants_place]
        for gone in set(self.remarks) - {child.id for child in wanted}:
            field, _binding = self.remarks.pop(gone)
            field.commit()
            self._remarks.removeWidget(field)
            field.hide()
            field.deleteLater()
        for place, child in enumerate(wanted):
            field, binding = self.remarks.get(child.id) or self._new_remark(child)
            if self._remarks.indexOf(field) != place:
                self._remarks.insertWidget(place, field)
            name = call_name(child.person, [row.id for row in file.children].index(child.id))
            label = _("{name}: Einschätzung für die Fachberatung").format(name=name)
            if field.get_label() != label:
                field.set_label(label)
            binding.show(file)
            field.count()

    def _new_remark(self, child: ChildView) -> tuple[RemarkField, FormBinding]:
        field = RemarkField(self)
        child_id = child.id
        binding = FormBinding(
            self.presenter, self.choices, RecordKind.REQUEST, [field], lambda file: file.request_of(child_id)
        )
        self.remarks[child_id] = (field, binding)
        return field, binding

    def _show_referrals(self, file: FamilyFile) -> None:
        records = {row.id: row for row in file.records.get(RecordKind.REFERRAL, ())}
        for gone in set(self.referrals) - set(records):
            row = self.referrals.pop(gone)
            if row.isAncestorOf(self.window().focusWidget() or self):
                self.add_line.setFocus(Qt.FocusReason.OtherFocusReason)
            self._referrals.removeWidget(row)
            row.hide()
            row.deleteLater()
        for record in records.values():
            row = self.referrals.get(record.id) or ReferralRow(self.presenter, self.choices, record.ref, self)
            if record.id not in self.referrals:
                self.referrals[record.id] = row
                self._referrals.addWidget(row)
                row.show()
            row.binding.show(file)
        removed = self.presenter.newest_removed
        self.undo.setVisible(removed is not None and removed.kind is RecordKind.REFERRAL)

    def add_row(self) -> bool:
        """Add a referral of today."""
        ref = self.presenter.add(RecordKind.REFERRAL, None, {"referred_on": self.choices.today})
        self.referrals[ref.id].offer.control.setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def reveal(self, kind: RecordKind, key: str, person: UUID | None) -> QWidget | None:
        if kind is RecordKind.HOUSEHOLD and key == "internal_note":
            return self.form.internal_note
        if kind is RecordKind.REQUEST and key == "remark_authority" and person in self.remarks:
            return self.remarks[person][0]
        if kind is RecordKind.REFERRAL:
            return self.add_line
        return None
