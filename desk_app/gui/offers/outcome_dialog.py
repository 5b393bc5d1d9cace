"""What became of a referral: a state, a day, a few words. Also the way in by the code on a slip."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QWidget

from desk_app.casework.referral_lines import ReferralLine
from desk_app.domain.code_lists import code_list
from desk_app.domain.dates import show_day
from desk_app.domain.referral_states import CONTACT, DECLINED, NO_REPLY, TAKES_PART, WAITING_LIST, asks_again
from desk_app.gui.step_dialog import StepDialog
from desk_app.gui.theme import Theme
from desk_app.gui.widgets.buttons import Button
from desk_app.gui.widgets.chips import FilterChip
from desk_app.gui.widgets.flow import FlowLayout
from desk_app.gui.widgets.labels import Label
from desk_app.gui.widgets.text_fields import TextField
from desk_app.i18n import _

_WIDTH, _PADDING = 520, 26
_STATES = (CONTACT, TAKES_PART, WAITING_LIST, DECLINED, NO_REPLY)


class OutcomeDialog(StepDialog):
    """``asked`` comes with state, day, words and the day to ask again; whoever opened it closes it once it is done."""

    asked = Signal(str, object, str, object)
    withdraw_asked = Signal()
    slip_asked = Signal()
    consent_withdrawn = Signal()

    def __init__(self, window: QWidget, lines: Sequence[ReferralLine], today: date) -> None:
        line = lines[0]
        super().__init__(window, line.title, _about(lines), _("Eintragen"))
        self._width, self._today, self._days = _WIDTH, today, line.ask_after
        self.chips: dict[str, FilterChip] = {}
        group = QButtonGroup(self)
        self._states = QWidget()
        self._states.setAccessibleName(_("Was daraus wurde"))
        row = FlowLayout(self._states)
        for state in _STATES:
            chip = self.chips[state] = FilterChip(code_list("referral_outcomes").label(state))
            chip.setChecked(state == (line.state if line.state in _STATES else CONTACT))
            chip.clicked.connect(self._show_state)
            chip.installEventFilter(self)
            group.addButton(chip)
            row.addWidget(chip)
        self.body.addWidget(Label(_("Was daraus wurde"), "small", "text2"))
        self.body.addWidget(self._states)
        self._fit_chips()
        self.on = self._day(_("Erfahren am"), today)
        self.again = self._day(_("Wieder nachfragen am"), today)
        self.words = TextField(label=_("Notiz"))
        self.words.set_hint(_("Nur Sachliches: Die Familie kann Auskunft verlangen."))
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(10)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        grid.addWidget(self.on, 0, 0)
        grid.addWidget(self.again, 0, 1)
        grid.addWidget(self.words, 1, 0, 1, 2)
        self.body.addLayout(grid)
        self._hear(self.on, self.again, self.words)
        self.take_back = Button(_("Vermittlung zurücknehmen"), "link", "undo-2")
        self.revoke = Button(_("Einwilligung widerrufen"), "link")
        self.slip = Button(_("Zettel drucken …"), "link", "printer")
        self.slip.setVisible(bool(line.code))
        self.body.addWidget(self.slip)
        for button, signal in (
            (self.take_back, self.withdraw_asked),
            (self.revoke, self.consent_withdrawn),
            (self.slip, self.slip_asked),
        ):
            button.clicked.connect(self.dismiss)
            button.clicked.connect(signal)
        self.revoke.setVisible(any(each.agreed for each in lines))
        self.body.addWidget(self.take_back)
        self.body.addWidget(self.revoke)
        self.finish()
        self._show_state()

    def _fit_chips(self) -> None:
        layout = self._states.layout()
        assert layout is not None
        # the body of a dialog does not ask wrapped lines for their height by itself
        self._states.setFixedHeight(layout.heightForWidth(Theme.current().px(_WIDTH) - 2 * _PADDING))

    def refit(self) -> None:
        self._fit_chips()
        super().refit()

    def state(self) -> str:
        """The state chosen."""
        return next(key for key, chip in self.chips.items() if chip.isChecked())

    def _show_state(self) -> None:
        again = asks_again(self.state(), self._today, self._days)
        self.again.setVisible(again is not None)
        self.again.offer_value(again)
        if self.isVisible():
            self._fit()

    def ask(self) -> None:
        """Open with the keyboard on the state."""
        self.open(self.chips[self.state()])

    def _ask(self) -> None:
        wrong = [field for field in (self.on, self.again, self.words) if not field.commit()]
        if wrong:
            wrong[0].setFocus()
            self._fit()
            return
        self.show_busy(_("Wird eingetragen …"))
        again = None if self.again.isHidden() else self.again.value()
        self.asked.emit(self.state(), self.on.value() or self._today, self.words.value() or "", again)

    def show_failed(self, message: str) -> None:
        self.show_busy("")
        super().show_failed(message)


class CodeDialog(StepDialog):
    """The code on a slip that came back."""

    asked = Signal(str)

    def __init__(self, window: QWidget) -> None:
        words = _("Er steht oben auf dem Vermittlungszettel. Groß oder klein und Striche sind gleich.")
        super().__init__(window, _("Code vom Zettel"), words, _("Öffnen"))
        self.code = TextField(label=_("Code"))
        self._add(self.code)
        self.finish()

    def ask(self) -> None:
        self.open(self.code.control)

    def _ask(self) -> None:
        if self.code.text().strip():
            self.asked.emit(self.code.text().strip())


def _about(lines: Sequence[ReferralLine]) -> str:
    line = lines[0]
    who = ", ".join(each.about for each in lines if each.about)
    day = _("vermittelt am {day}").format(day=show_day(line.referred_on)) if line.referred_on is not None else ""
    return " · ".join(part for part in (line.family, who, day, line.label) if part)
