"""The dialogs about an appointment that stands: call it off, move it, repeat it, take a time all the same, its past."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QWidget

from desk_app.casework.appointment_setup import Setup
from desk_app.casework.appointments import AppointmentLine
from desk_app.domain.clock import local_day
from desk_app.gui.step_dialog import StepDialog
from desk_app.gui.widgets.chips import FilterChip
from desk_app.gui.widgets.choice_field import ChoiceField
from desk_app.gui.widgets.flow import FlowLayout
from desk_app.gui.widgets.inputs import TickBox
from desk_app.gui.widgets.labels import Label
from desk_app.gui.widgets.text_fields import NumberField, TextField
from desk_app.gui.widgets.tick_fields import SegmentedControl
from desk_app.i18n import _
from desk_app.presenters.appointment_steps import Refused, Target
from desk_app.presenters.appointment_words import bare_title, moment_words
from desk_app.presenters.moment_reading import read_moment


class CancelDialog(StepDialog):
    """By whom, and why as far as it is known."""

    asked = Signal(str, str, bool)
    """ "family" or "us", the reason, and whether all that follow in its series are meant."""

    def __init__(self, window: QWidget, line: AppointmentLine) -> None:
        words = _("{name}, {when}. Die Zeit wird frei, der Termin bleibt im Verlauf der Familie.")
        said = words.format(name=bare_title(line), when=moment_words(line.start))
        super().__init__(window, _("Termin absagen"), said, _("Absagen"))
        self.by = SegmentedControl((_("Familie sagt ab"), _("Wir sagen ab")))
        self.by.setAccessibleName(_("Wer sagt ab?"))
        self.by.set_current(0)
        self.reason = TextField(label=_("Warum"))
        self.reason.set_optional(True)
        self.following = TickBox(_("Auch alle folgenden Termine dieser Reihe"))
        self.body.addWidget(self.by)
        self._hear(*self.by.segments)
        for segment in self.by.segments:
            segment.installEventFilter(self)
        self._add(self.reason)
        self.body.addWidget(self.following)
        self.following.setVisible(line.series is not None)
        self.finish()

    def _ask(self) -> None:
        self.reason.commit()
        by = "us" if self.by.current() == 1 else "family"
        self.asked.emit(by, self.reason.text().strip(), self.following.isChecked())
        self.close_dialog()


class MoveDialog(StepDialog):
    """Where to: a time that is typed, or one of the next free ones."""

    asked = Signal(object)
    """A ``Target``."""

    def __init__(self, window: QWidget, line: AppointmentLine, setup: Setup, today: date) -> None:
        words = _("{name}, bisher {when}").format(name=bare_title(line), when=moment_words(line.start))
        super().__init__(window, _("Termin verschieben"), words, _("Verschieben"))
        self._line, self._today, self._setup = line, today, setup
        self.start = TextField(label=_("Neuer Beginn"))
        self.start.set_reading(self._read, lambda start: moment_words(start, today))
        self.start.set_value(line.start)
        self.start.set_hint(_("z. B. morgen 10 · Fr 9:30 · 3.12., 14:00"))
        self.seat = ChoiceField(label=_("Platz"))
        self.seat.set_choices([(str(seat.id), seat.name) for seat in setup.desks()])
        self.seat.set_value(str(line.seat) if line.seat is not None else None)
        self._free = FlowLayout()
        self._group = QButtonGroup(self)
        self._add(self.start, self.seat)
        self.body.addWidget(Label(_("Nächste freie Zeiten"), "small", "text2"))
        self.body.addLayout(self._free)
        self.finish()

    def show_free(self, free: Sequence[tuple[datetime, UUID, str]]) -> None:
        """The next times that are free for it: instant, desk and how it reads."""
        for start, seat, words in free:
            chip = FilterChip(words)
            chip.setCheckable(False)
            chip.clicked.connect(lambda _on=False, start=start, seat=seat: self._take(start, seat))
            self._group.addButton(chip)
            self._free.addWidget(chip)
            chip.show()
        self._free.invalidate()
        if not self.isHidden():
            self._fit()

    def _take(self, start: datetime, seat: UUID) -> None:
        self.start.set_value(start)
        self.seat.set_value(str(seat))

    def _read(self, words: str) -> datetime:
        return read_moment(words, self._line.start, self._today)

    def _ask(self) -> None:
        if not (self.start.commit() and self.seat.commit()) or self.start.value() is None:
            return
        seat = self._setup.seat(UUID(self.seat.value())) if self.seat.value() else None
        place = seat.place if seat is not None else self._line.place
        self.asked.emit(Target(self.start.value(), self._line.minutes, seat.id if seat is not None else None, place))
        self.close_dialog()


class RepeatDialog(StepDialog):
    """How often an appointment comes again. Holidays and taken times are left out, and told."""

    asked = Signal(int, object, object)
    """Weeks between, the last day or ``None``, how many times or ``None``."""

    def __init__(self, window: QWidget, line: AppointmentLine) -> None:
        words = _("{name}, {when}. Feiertage und vergebene Zeiten werden ausgelassen und genannt.")
        said = words.format(name=bare_title(line), when=moment_words(line.start))
        super().__init__(window, _("Termin wiederholen"), said, _("Wiederholen"))
        self.weeks = NumberField(label=_("Alle … Wochen"))
        self.weeks.set_value(1)
        self.until = self._day(_("Bis einschließlich"), local_day(line.start), local_day(line.start) + timedelta(28))
        self.count = NumberField(label=_("oder insgesamt … Mal"))
        self.count.set_optional(True)
        self._hear(self.weeks, self.until, self.count)
        row = QHBoxLayout()
        row.setSpacing(12)
        for field in (self.weeks, self.until, self.count):
            row.addWidget(field, 1)
        self.body.addLayout(row)
        self.finish()

    def _ask(self) -> None:
        if not all([field.commit() for field in (self.weeks, self.until, self.count)]):  # noqa: C419 - all of them
            return
        count, until = self.count.value(), self.until.value()
        if count is None and until is None:
            self.until.set_error(_("Ein Ende wird gebraucht: ein Tag oder eine Zahl"))
            return
        weeks = max(int(self.weeks.value() or 1), 1)
        self.asked.emit(weeks, None if count else until, int(count) if count else None)
        self.close_dialog()


class ReasonDialog(StepDialog):
    """A time that is taken, and why it is to be had all the same."""

    def __init__(self, window: QWidget, refusal: Refused, again: Callable[[str], None]) -> None:
        held = _("Dort steht: {holder}.").format(holder=refusal.holder) if refusal.holder else ""
        words = " ".join(part for part in (refusal.words, held, _("Es wurde nichts geändert.")) if part)
        super().__init__(window, _("Diese Zeit ist vergeben"), words, _("Trotzdem eintragen"))
        self._again = again
        self.reason = TextField(label=_("Trotzdem, weil …"))
        self._add(self.reason)
        self.reason.setVisible(refusal.with_reason)
        self.deed.setVisible(refusal.with_reason)
        self.finish()

    def _ask(self) -> None:
        self.reason.commit()
        reason = self.reason.text().strip()
        if not reason:
            self.reason.set_error(_("Der Grund steht später beim Termin: ein paar Worte genügen"))
            return
        self.close_dialog()
        self._again(reason)


class HistoryDialog(StepDialog):
    """What became of an appointment: made, confirmed, moved, called off, each with its moment."""

    def __init__(self, window: QWidget, line: AppointmentLine, rows: Sequence[tuple[str, str]]) -> None:
        words = _("{name}, {when}").format(name=bare_title(line), when=moment_words(line.start))
        super().__init__(window, _("Verlauf dieses Termins"), words, _("Schließen"))
        for when, what in rows:
            row = QHBoxLayout()
            moment = Label(when, "small", "text3")
            moment.setFixedWidth(150)
            row.addWidget(moment)
            row.addWidget(Label(what, "small", "text", wrap=True), 1)
            self.body.addLayout(row)
        if not rows:
            self.body.addWidget(Label(_("Seit er eingetragen wurde, hat sich nichts geändert."), "small", "text2"))
        self.cancel.hide()
        self.finish()
        self.cancel.hide()

    def _ask(self) -> None:
        self.close_dialog()
