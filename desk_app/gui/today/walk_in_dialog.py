"""Somebody comes without an appointment: as much as they say, nothing of it needed. Eingabe puts them on the list."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID, uuid4

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desk_app.casework.visits import WalkIn
from desk_app.domain.code_lists import code_list
from desk_app.domain.visit_queue import URGENT, WITH_APPOINTMENT
from desk_app.gui.step_dialog import StepDialog
from desk_app.gui.theme import Theme
from desk_app.gui.today.chip_row import ChipRow
from desk_app.gui.today.family_field import FamilyField, Find
from desk_app.gui.widgets.choice_field import ChoiceField
from desk_app.gui.widgets.inputs import TickBox
from desk_app.gui.widgets.labels import Label
from desk_app.gui.widgets.text_fields import TextField
from desk_app.i18n import N_, _

Choices = Sequence[tuple[UUID, str]]
_PRIORITIES = ((None, N_("wie gewohnt")), (WITH_APPOINTMENT, N_("wie mit Termin")), (URGENT, N_("sofort")))


class WalkInDialog(StepDialog):
    """Emits ``asked`` with the ``WalkIn``."""

    asked = Signal(object)

    def __init__(self, window: QWidget, find: Find, kinds: Choices, places: Choices, next_wait: str) -> None:
        super().__init__(window, _("Person zur Warteliste"), "", _("Auf die Liste"))
        self._id = uuid4()
        if next_wait:
            self.body.addWidget(Label(next_wait[:1].upper() + next_wait[1:], "small", "text2", wrap=True))
        self.who = FamilyField(_("Name, wie er genannt wird"), find)
        self.who.name.set_optional(True)
        self.who.grown.connect(self.refit)
        self.language = ChoiceField(label=_("Sprache"))
        self.language.set_choices([(code.key, code.label) for code in code_list("languages").entries])
        self.language.set_optional(True)
        self.interpreting = TickBox(_("Dolmetschen nötig"))
        self.topics = ChipRow(_("Worum geht es?"), kinds)
        self.topics.setVisible(bool(kinds))  # none as long as the day was not read
        self.places = ChipRow(_("Wo?"), places, places[0][0] if places else None)
        self.places.setVisible(len(places) > 1)
        self.priority = ChipRow(_("Reihenfolge"), [(key, _(words)) for key, words in _PRIORITIES])
        self.reason = TextField(label=_("Warum vorrangig?"))
        self.reason.set_placeholder(_("z. B. Säugling, Rollstuhl, Frist heute"))
        self.reason.hide()
        self.priority.chosen.connect(self._show_reason)
        self.body.addWidget(self.who)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self.language, 1)
        self.interpreting.setFixedHeight(Theme.current().size("control"))
        row.addWidget(self.interpreting, 0, Qt.AlignmentFlag.AlignBottom)
        self.body.addLayout(row)
        for widget in (self.topics, self.places, self.priority, self.reason):
            self.body.addWidget(widget)
        self._hear(self.who.name, self.language, self.reason)
        self.finish()

    def _show_reason(self) -> None:
        self.reason.setVisible(self.priority.value() is not None)
        self.refit()
        if self.priority.value() is not None:
            self.reason.setFocus()

    def _ask(self) -> None:
        if not self.language.commit():
            return
        self.asked.emit(
            WalkIn(
                self._id, self.places.value(), "" if self.who.household() else self.who.text(), self.who.household(),
                self.topics.value(), self.language.value() or "", self.interpreting.isChecked(),
                priority=self.priority.value(), reason=self.reason.text(),
            )
        )  # fmt: skip
        self.close_dialog()

    def close_dialog(self) -> None:
        self.who.stop()
        super().close_dialog()
        self.deleteLater()
