"""What became of referrals, wherever somebody asks: from the file of a family, by the code, out of the open slips."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from desk_app.casework.referral_lines import ReferralLine
from desk_app.domain.clock import Clock, local_day
from desk_app.gui.offers.kept_note import keep_note
from desk_app.gui.offers.outcome_dialog import CodeDialog, OutcomeDialog
from desk_app.presenters.offer_steps import OfferSteps


class OutcomeFlow(QObject):
    """One dialog at a time."""

    def __init__(self, page: QWidget, steps: OfferSteps, clock: Clock) -> None:
        super().__init__(page)
        self._page = page
        self._steps = steps
        self._clock = clock
        self.dialog: OutcomeDialog | None = None
        self.code: CodeDialog | None = None

    def begin(self, lines: Sequence[ReferralLine]) -> None:
        """Ask what became of the referrals of one slip."""
        if not lines:
            return
        dialog = self.dialog = OutcomeDialog(self._page.window(), lines, local_day(self._clock()))
        entered = keep_note(dialog, dialog.words, self._steps, f"outcome/{lines[0].id}")

        def done() -> None:
            dialog.close_dialog()
            entered()

        dialog.asked.connect(
            lambda state, on, words, again: self._steps.step(lines, state, on, words, again, done, dialog.show_failed)
        )
        dialog.withdraw_asked.connect(lambda: self._steps.withdraw(lines))
        dialog.slip_asked.connect(lambda: self._print(lines))
        dialog.consent_withdrawn.connect(lambda: self._steps.withdraw_consent(lines[0]))
        dialog.ask()

    def _print(self, lines: Sequence[ReferralLine]) -> None:
        from desk_app.gui.papers.slip_dialog import show_slip
        from desk_app.presenters.paper_out import Slip

        referrals = [line.id for line in lines]
        window, steps = self._page.window(), self._steps
        show_slip(window, steps.runner, Slip.REFERRAL, referrals, lines[0].household, steps.tell)

    def ask_code(self) -> None:
        """A slip came back."""
        dialog = self.code = CodeDialog(self._page.window())

        def found(lines: tuple[ReferralLine, ...]) -> None:
            dialog.close_dialog()
            self.begin(lines)

        dialog.asked.connect(lambda code: self._steps.by_code(code, found, dialog.show_failed))
        dialog.ask()
