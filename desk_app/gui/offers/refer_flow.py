"""Vermitteln, wherever a family is in front: its dialog, tied to the deed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from uuid import UUID

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from desk_app.casework.referrals import Draft, Made
from desk_app.domain.clock import Clock, local_day
from desk_app.gui.offers.kept_note import keep_note
from desk_app.gui.offers.refer_dialog import ReferDialog
from desk_app.i18n import _
from desk_app.presenters.offer_choices import Choice
from desk_app.presenters.offer_reading import Context
from desk_app.presenters.offer_steps import OfferSteps


class ReferFlow(QObject):
    """One dialog at a time."""

    def __init__(self, page: QWidget, steps: OfferSteps, clock: Clock) -> None:
        super().__init__(page)
        self._page = page
        self._steps = steps
        self._clock = clock
        self.dialog: ReferDialog | None = None

    def begin(self, context: Context, choices: Sequence[Choice], all_offers: Callable[[], None] | None = None) -> None:
        """Ask whom and when; Eingabe refers. ``all_offers`` is the way on where none of these is right."""
        if not choices or (self.dialog is not None and self.dialog.isVisible()):
            return
        dialog = self.dialog = ReferDialog(self._page.window(), context, choices, local_day(self._clock()))
        dialog.consent_asked.connect(lambda draft: self._ask_consent(dialog, draft))
        entered = keep_note(dialog, dialog.words, self._steps, f"referral/{context.household}")
        dialog.asked.connect(lambda draft, choice: self._refer(dialog, context, draft, choice, entered))
        if all_offers is not None:
            dialog.offer_all(_("Alle Angebote …"), all_offers)
        dialog.ask()

    def _ask_consent(self, dialog: ReferDialog, draft: Draft) -> None:
        self._steps.consent(draft, lambda agreed: dialog.show_consent(draft.offer, agreed=agreed))

    def _refer(
        self, dialog: ReferDialog, context: Context, draft: Draft, choice: Choice, entered: Callable[[], None]
    ) -> None:
        def kept(made: Made) -> None:
            entered()
            dialog.close_dialog()
            if dialog.slip.isChecked():
                self._print(context.household, made.referrals)

        self._steps.refer(draft, choice.title, context.title, kept, dialog.show_failed)

    def _print(self, household: UUID, referrals: Sequence[UUID]) -> None:
        from desk_app.gui.papers.slip_dialog import show_slip
        from desk_app.presenters.paper_out import Slip

        show_slip(self._page.window(), self._steps.runner, Slip.REFERRAL, referrals, household, self._steps.tell)
