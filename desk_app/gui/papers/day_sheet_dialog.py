"""The dialog for the paper sheets of the desks: a day or a week, names or codes."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from desk_app.casework.day_sheet import Wanted
from desk_app.domain.dates import parse_day, show_day
from desk_app.gui.papers.dialog import AskPrinter, PaperDialog
from desk_app.gui.printing import choose_printer
from desk_app.gui.widgets.date_field import DateField
from desk_app.gui.widgets.labels import Label
from desk_app.gui.widgets.tick_fields import SegmentedControl
from desk_app.i18n import _
from desk_app.presenters import paper_out

if TYPE_CHECKING:
    from desk_app.presenters.runner import Runner

_WEEK = 7


class DaySheetDialog(PaperDialog):
    """A day is a sheet for each desk, with room to write on; a week is a list."""

    def __init__(
        self, window: QWidget, runner: Runner, day: date, *, weekly: bool = False,
        ask_printer: AskPrinter = choose_printer,
    ) -> None:  # fmt: skip
        super().__init__(window, runner, _("Tagesblatt drucken"), _("Tagesblatt"), ask_printer)
        self.span = SegmentedControl((_("Tag"), _("Woche")))
        self.span.setAccessibleName(_("Zeitraum"))
        self.span.set_current(int(weekly))
        self.day = DateField(label=_("Tag"))
        self.day.set_reading(lambda words: parse_day(words, day), show_day)
        self.day.set_value(day)
        self.who = SegmentedControl((_("mit Namen"), _("mit Codes")))
        self.who.setAccessibleName(_("Namen oder Codes"))
        self.who.set_current(0)
        hint = _("Mit Codes kann das Blatt offen liegen. Nachgetragen wird in derselben Reihenfolge.")
        for widget in (self.span, self.day, self.who, Label(hint, "small", "text3", wrap=True)):
            self.choices.addWidget(widget)
        self.span.chosen.connect(lambda _place: self._take())
        self.who.chosen.connect(lambda _place: self._take())
        self.day.committed.connect(lambda _day: self._take())

    def begin(self) -> None:
        self.open(self.print_button)
        self._take()

    def _take(self) -> None:
        day = self.day.value()
        if not isinstance(day, date):
            return
        first = last = day
        if self.span.current() == 1:
            first = day - timedelta(days=day.weekday())
            last = first + timedelta(days=_WEEK - 1)
        wanted = Wanted(first, last, names=self.who.current() == 0)
        self.presenter.paper = paper_out.sheets(wanted)
        self._changed()

    def _settled(self) -> bool:
        return self.day.commit()
