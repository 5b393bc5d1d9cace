"""The dialogs about somebody who interprets: a family to be barred, the days of a sheet, a calendar to read in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desk_app.casework.interpreter_sheets import Period
from desk_app.gui.step_dialog import StepDialog
from desk_app.gui.widgets.buttons import Button
from desk_app.gui.widgets.choice_field import Suggestions
from desk_app.gui.widgets.inputs import TickBox
from desk_app.gui.widgets.text_fields import TextField
from desk_app.i18n import _
from desk_app.presenters.booking_draft import Found
from desk_app.presenters.booking_search import NameSearch
from desk_app.presenters.runner import Runner

_WEEK = timedelta(days=6)


class BlockDialog(StepDialog):
    """Which family, found by its name, and why. Emits ``asked(household, words)``."""

    asked = Signal(object, str)

    def __init__(self, window: QWidget, name: str, runner: Runner) -> None:
        words = _("{name} wird dieser Familie nicht mehr zum Dolmetschen vorgeschlagen.")
        super().__init__(window, _("Familie sperren"), words.format(name=name), _("Sperren"))
        self.household: UUID | None = None
        self.family = TextField(label=_("Familie"))
        self.family.set_placeholder(_("z. B. Haddad, Telefon oder Aktenzeichen"))
        self.reason = TextField(label=_("Warum"))
        self.reason.set_placeholder(_("z. B. verwandt, auf Wunsch der Familie"))
        self.reason.set_optional(True)
        self.search = NameSearch(runner, self._show_found, lambda error: self.show_failed(error.message))
        self._found: Sequence[Found] = ()
        self._suggestions = Suggestions(self.family.control, self._take)
        self.family.typed.connect(self._typed)
        self._add(self.family, self.reason)
        self.finish()

    def _typed(self) -> None:
        self.household = None
        self.search.type(self.family.text())

    def _show_found(self, found: Sequence[Found]) -> None:
        self._found = found
        self._suggestions.offer([str(each.household) for each in found], [each.words for each in found])

    def _take(self, key: str, _by_keyboard: bool) -> None:
        found = next(each for each in self._found if str(each.household) == key)
        self.household = found.household
        self.search.know(found.words)
        self.family.set_value(found.words)
        self.family.set_error("")
        self.reason.setFocus()

    def _ask(self) -> None:
        if self.household is None and len(self._found) == 1 and not self.search.is_busy:
            self._take(str(self._found[0].household), True)
        self.family.set_error("" if self.household else _("Bitte eine Familie aus der Liste wählen"))
        if self.household is not None:
            self.asked.emit(self.household, self.reason.text().strip())
            self.close_dialog()


class SheetDialog(StepDialog):
    """The days of a sheet. Emits ``saved`` or ``printed`` with the ``Period``."""

    saved = Signal(object)
    printed = Signal(object)

    def __init__(self, window: QWidget, interpreter: UUID, today: date) -> None:
        words = _("Zeit, Ort, Dauer, Sprache und Code. Namen stehen nicht auf dem Blatt.")
        super().__init__(window, _("Blatt für das Dolmetschen"), words, _("Drucken"))
        self._width = 580
        self._interpreter = interpreter
        self.first = self._day(_("Von"), today)
        self.last = self._day(_("Bis"), today, today + _WEEK)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self.first, 1)
        row.addWidget(self.last, 1)
        self.body.addLayout(row)
        self._hear(self.first, self.last)
        self.save = Button(_("Als PDF speichern …"), "secondary", "download")
        self.save.clicked.connect(lambda: self._emit(self.saved.emit))
        self.finish(self.save)

    def _ask(self) -> None:
        self._emit(self.printed.emit)

    def _emit(self, tell: Callable[[Period], object]) -> None:
        read = [field.commit() for field in (self.first, self.last)]
        first, last = self.first.value(), self.last.value()
        if all(read) and first is not None and last is not None:
            self.close_dialog()
            tell(Period(self._interpreter, min(first, last), max(first, last)))


class ReadCalendarDialog(StepDialog):
    """What reading a calendar does, before the file is chosen. Emits ``asked(keep_others)``."""

    asked = Signal(bool)

    def __init__(self, window: QWidget, name: str, *, again: bool) -> None:
        words = _(
            "Trittstein liest aus einer .ics-Datei nur, wann {name} in den nächsten sechs Monaten belegt ist. Betreff, "
            "Ort und Personen werden nicht gelesen."
        )
        super().__init__(window, _("Kalender einlesen"), words.format(name=name), _("Datei wählen …"))
        self.others = TickBox(_("Ein zweiter Kalender: frühere belegte Zeiten behalten"))
        self.others.setVisible(again)
        self.body.addWidget(self.others)
        self.finish()

    def _ask(self) -> None:
        keep_others = self.others.isChecked()
        self.close_dialog()
        self.asked.emit(keep_others)
