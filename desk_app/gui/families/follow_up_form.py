"""One thing to look at again, in the card of open things: kept while it is typed, due in a week unless said."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desk_app.casework.follow_ups import Draft, FollowUpLine
from desk_app.domain.clock import local_day
from desk_app.domain.dates import parse_day, show_day
from desk_app.gui.widgets.buttons import Button
from desk_app.gui.widgets.cards import PADDING
from desk_app.gui.widgets.choice_field import ChoiceField
from desk_app.gui.widgets.date_field import DateField
from desk_app.gui.widgets.field import Field
from desk_app.gui.widgets.text_fields import TextField
from desk_app.i18n import _

if TYPE_CHECKING:
    from desk_app.domain.clock import Clock

_USUAL = timedelta(days=7)


class FollowUpForm(QWidget):
    """Hidden until begun. Esc closes it; what was typed is kept."""

    kept = Signal(object)
    """The ``Draft`` as far as it is typed."""
    closed = Signal()

    def __init__(self, clock: Clock, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._clock = clock
        self._id: UUID | None = None
        self._household: UUID | None = None
        self.setAccessibleName(_("Wiedervorlage"))
        self.words = TextField(label=_("Was ist zu tun?"))
        self.due_on = DateField(label=_("Fällig"))
        self.due_on.set_placeholder(_("+14, Do, 3.12."))
        self.remind_on = DateField(label=_("Erinnern ab"))
        self.remind_on.set_optional(True)
        self.about = ChoiceField(label=_("Über"))
        self.assigned_to = ChoiceField(label=_("Für"))
        for field in (self.due_on, self.remind_on):
            field.set_reading(self._read_day, show_day)
        self._build()
        for each in self._fields():
            each.committed.connect(self._keep)
        self.hide()

    def _fields(self) -> tuple[Field, ...]:
        return self.words, self.due_on, self.remind_on, self.about, self.assigned_to

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(PADDING, 12, PADDING, 12)
        column.setSpacing(10)
        column.addWidget(self.words)
        for pair in ((self.due_on, self.remind_on), (self.about, self.assigned_to)):
            row = QHBoxLayout()
            row.setSpacing(12)
            for field in pair:
                row.addWidget(field, 1)
            column.addLayout(row)
        close = Button(_("Fertig"), "secondary", "check", "Esc", height="compact")
        close.clicked.connect(self.close_form)
        column.addWidget(close, 0, Qt.AlignmentFlag.AlignRight)

    def begin(
        self,
        household: UUID,
        people: Sequence[tuple[str, str]],
        staff: Sequence[tuple[str, str]],
        line: FollowUpLine | None = None,
    ) -> None:
        """Start a new one, or change one that is there."""
        self.finish()
        self._id, self._household = line.id if line else uuid4(), household
        self.about.set_choices(people)
        self.assigned_to.set_choices((("", _("alle")), *staff))
        self.words.set_value(line.words if line else None)
        self.due_on.set_value(line.due_on if line else self._today() + _USUAL)
        self.remind_on.set_value(line.remind_on if line else None)
        self.about.set_value(str(line.person) if line and line.person else None)
        self.assigned_to.set_value(str(line.assigned_to) if line and line.assigned_to else "")
        self.show()
        self.words.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def finish(self) -> None:
        """Hand over what is typed and not kept yet."""
        if self._id is not None:
            for field in self._fields():
                field.commit()

    def close_form(self) -> None:
        self.finish()
        self._id = None
        self.hide()
        self.closed.emit()

    def show_failed(self, message: str) -> None:
        self.words.set_error(message)

    def _keep(self) -> None:
        if self._id is None or self._household is None:
            return
        self.words.set_error("")
        person, user = self.about.value(), self.assigned_to.value()
        self.kept.emit(
            Draft(
                self._id, self._household, self.words.text(), self.due_on.value() or self._today() + _USUAL,
                self.remind_on.value(), UUID(user) if user else None, UUID(person) if person else None,
            )
        )  # fmt: skip

    def _read_day(self, words: str) -> date:
        return parse_day(words, self._today())

    def _today(self) -> date:
        return local_day(self._clock())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_form()
        else:
            super().keyPressEvent(event)
