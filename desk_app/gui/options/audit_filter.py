"""What the log is narrowed down to: a person, days, one file, kinds of deed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desk_app.domain.dates import parse_day, show_day
from desk_app.gui.widgets.buttons import Button
from desk_app.gui.widgets.chips import FilterChip
from desk_app.gui.widgets.choice_field import ChoiceField
from desk_app.gui.widgets.date_field import DateField
from desk_app.gui.widgets.flow import FlowLayout
from desk_app.gui.widgets.text_fields import TextField
from desk_app.i18n import _
from desk_app.presenters.audit import Group, Wanted

_SHARES, _AIR = (220, 150, 150, 150), 330
"""How the fields share the width with the empty room behind them."""


class AuditFilter(QWidget):
    """Emits ``changed`` with what is wanted as soon as one of its parts is settled."""

    changed = Signal(object)

    def __init__(self, today: Callable[[], date], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.person = ChoiceField(label=_("Person"))
        self.first = DateField(label=_("Von"))
        self.last = DateField(label=_("Bis"))
        self.file = TextField(label=_("Akte"))
        for field in (self.first, self.last):
            field.set_reading(lambda words: parse_day(words, today()), show_day)
        self.groups = {group: FilterChip(group.label) for group in Group}
        self.all = Button(_("Alle Einträge zeigen"), "link", height="compact")
        self.all.hide()
        self._fields = (self.person, self.first, self.last, self.file)
        self._build()

    def _build(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(12)
        for field, share in zip(self._fields, _SHARES, strict=True):
            field.committed.connect(self._tell)
            row.addWidget(field, share)
        row.addStretch(_AIR)
        chips = FlowLayout()
        for group, chip in self.groups.items():
            chip.setAccessibleName(_("Nur: {kind}").format(kind=group.label))
            chip.toggled.connect(self._tell)
            chips.addWidget(chip)
        chips.addWidget(self.all)
        self.all.clicked.connect(self.clear)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 4, 16, 12)
        column.setSpacing(8)
        column.addLayout(row)
        column.addLayout(chips)

    def set_people(self, people: tuple[tuple[UUID, str], ...]) -> None:
        """Offer these people; a choice already made stays."""
        self.person.set_choices([(str(person), name) for person, name in people])

    def choose_file(self, number: str) -> None:
        """Narrow down to one file."""
        self.file.set_value(number)
        self._tell()

    def clear(self) -> None:
        """Show everything again."""
        for field in self._fields:
            field.set_value(None)
        for chip in self.groups.values():
            chip.blockSignals(True)
            chip.setChecked(False)
            chip.blockSignals(False)
        self._tell()

    def wanted(self) -> Wanted:
        """What is chosen now."""
        person = self.person.value()
        return Wanted(
            by=UUID(person) if person else None,
            groups=frozenset(group for group, chip in self.groups.items() if chip.isChecked()),
            first_day=self.first.value(),
            last_day=self.last.value(),
            file_number=self.file.value() or "",
        )

    def _tell(self, _value: object = None) -> None:
        found = self.wanted()
        self.all.setVisible(found != Wanted())
        self.changed.emit(found)
