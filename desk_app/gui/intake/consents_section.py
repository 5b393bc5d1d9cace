"""The section "Einwilligungen": to whom something may be passed on, since when, and until when the file is kept."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desk_app.domain.child import SCHOOL_AUTHORITY
from desk_app.domain.fields import Section
from desk_app.domain.records import FamilyFile, RecordKind
from desk_app.gui.intake.binding import FormBinding
from desk_app.gui.intake.consent_rows import ConsentEntry, ConsentLine
from desk_app.gui.intake.section import IntakeSection
from desk_app.gui.widgets.cards import PADDING
from desk_app.gui.widgets.date_field import DateField
from desk_app.gui.widgets.field_grid import FieldGrid
from desk_app.gui.widgets.labels import Label
from desk_app.i18n import _
from desk_app.presenters.choices import Choices
from desk_app.presenters.consents import consent_rows
from desk_app.presenters.intake import IntakePresenter

Key = tuple[str, UUID | None]


class ConsentsSection(IntakeSection):
    section = Section.CONSENTS

    def __init__(self, presenter: IntakePresenter, choices: Choices, parent: QWidget | None = None) -> None:
        super().__init__(presenter, choices, parent, padded=False)
        self.entries: dict[Key, ConsentEntry] = {}
        hint = Label(
            _("Gilt für alle Kinder, jede Stelle für sich. Leertaste: heute eingewilligt; M mündlich, S schriftlich."),
            "small",
            "text3",
            wrap=True,
        )
        hint.setContentsMargins(PADDING, 0, PADDING, 6)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(0)
        self.delete_on = DateField(key="delete_on")
        self.delete_on.set_hint(_("Leer: wird beim Abschließen nach der Aufbewahrungsfrist gesetzt"))
        grid = FieldGrid(self)
        grid.add(self.delete_on, span=2)
        holder = QHBoxLayout()
        holder.setContentsMargins(PADDING, 12, PADDING, 14)
        holder.addWidget(grid)
        self.body.addWidget(hint)
        self.body.addLayout(self._rows)
        self.body.addLayout(holder)
        self.binding = FormBinding(
            presenter, choices, RecordKind.HOUSEHOLD, [self.delete_on], lambda file: file.household
        )

    def show_file(self, file: FamilyFile, today: date) -> None:
        rows = {(row.recipient, row.child): row for row in consent_rows(file, self.choices)}
        for gone in set(self.entries) - set(rows):
            entry = self.entries.pop(gone)
            if entry.isAncestorOf(self.window().focusWidget() or self):
                self.entries[gone[0], None].line.setFocus(Qt.FocusReason.OtherFocusReason)
            self._rows.removeWidget(entry)
            entry.hide()
            entry.deleteLater()
        for place, (key, row) in enumerate(rows.items()):
            entry = self.entries.get(key) or ConsentEntry(self.presenter, self.choices, row, self)
            if key not in self.entries:
                self.entries[key] = entry
                entry.line.installEventFilter(self)
            if self._rows.indexOf(entry) != place:
                self._rows.insertWidget(place, entry)
            entry.show_row(row, file)
        self.binding.show(file)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(watched, ConsentLine) and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
            if step is not None and not event.modifiers():
                self._move(watched, step)
                return True
        return super().eventFilter(watched, event)

    def _move(self, line: ConsentLine, step: int) -> None:
        shown = [entry.line for entry in sorted(self.entries.values(), key=self._rows.indexOf)]
        place = shown.index(line) + step
        if 0 <= place < len(shown):
            shown[place].setFocus(Qt.FocusReason.OtherFocusReason)

    def reveal(self, kind: RecordKind, key: str, person: UUID | None) -> QWidget | None:
        if kind is RecordKind.CONSENT:
            apart = self.entries.get((SCHOOL_AUTHORITY, person))
            return (apart or self.entries[SCHOOL_AUTHORITY, None]).line
        if kind is RecordKind.HOUSEHOLD and key == "delete_on":
            return self.delete_on
        return None
