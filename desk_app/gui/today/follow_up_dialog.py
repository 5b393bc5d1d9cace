"""Something to look at again, from the page "Heute": which family, what, and until when."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import uuid4

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desk_app.casework.follow_ups import Draft
from desk_app.domain.clock import local_day
from desk_app.gui.step_dialog import StepDialog
from desk_app.gui.today.family_field import FamilyField, Find
from desk_app.gui.widgets.text_fields import TextField
from desk_app.i18n import _

if TYPE_CHECKING:
    from desk_app.domain.clock import Clock

_USUAL = timedelta(days=7)


class FollowUpDialog(StepDialog):
    """Emits ``asked`` with the ``Draft``."""

    asked = Signal(object)

    def __init__(self, window: QWidget, find: Find, clock: Clock) -> None:
        super().__init__(window, _("Wiedervorlage"), "", _("Anlegen"))
        self._today = local_day(clock())
        self.who = FamilyField(_("Welche Familie? Name oder Aktenzeichen"), find)
        self.who.grown.connect(self.refit)
        self.words = TextField(label=_("Was ist zu tun?"))
        self.due = self._day(_("Fällig"), self._today, self._today + _USUAL)
        self.body.addWidget(self.who)
        self._add(self.words, self.due)
        self._hear(self.who.name)
        self.finish()

    def _ask(self) -> None:
        household = self.who.household() or self.who.only()
        if household is None:
            self.who.look()
            self.who.name.set_error(_("Bitte eine der gefundenen Familien wählen"))
            self.refit()
            return
        if not self.due.commit():
            return
        if not self.words.text().strip():
            self.words.setFocus()
            return
        due = self.due.value() or self._today + _USUAL
        self.asked.emit(Draft(uuid4(), household, self.words.text(), due))
        self.close_dialog()

    def close_dialog(self) -> None:
        self.who.stop()
        super().close_dialog()
        self.deleteLater()
