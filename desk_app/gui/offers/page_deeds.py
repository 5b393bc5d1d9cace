"""What is done on the page of offers: its dialogs and lists, tied to the steps they ask for."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMenu, QWidget

from desk_app.domain.clock import Clock, local_day
from desk_app.gui.families.undo_banner import UndoBar
from desk_app.gui.offers.detail import OfferDetail
from desk_app.gui.offers.refer_flow import ReferFlow
from desk_app.gui.widgets.buttons import Button
from desk_app.i18n import _
from desk_app.presenters.offer_choices import choice_of
from desk_app.presenters.offer_steps import OfferSteps
from desk_app.presenters.offers import OffersPresenter

if TYPE_CHECKING:
    from desk_app.presenters.runner import Runner


class PageDeeds(QObject):
    """``more`` is the button with the ways that are not taken every day."""

    def __init__(
        self, page: QWidget, told: UndoBar, presenter: OffersPresenter, runner: Runner, clock: Clock, refusal: str
    ) -> None:
        super().__init__(page)
        self._page, self._told, self._presenter, self._clock = page, told, presenter, clock
        self._refusal = refusal
        self.steps = OfferSteps(self, runner)
        self.flow = ReferFlow(page, self.steps, clock)
        self.more = Button(_("Mehr"), "secondary", "ellipsis")
        self.ways = QMenu(self.more)
        self.more.clicked.connect(self._open_ways)

    def connect_detail(self, detail: OfferDetail) -> None:
        """Have the buttons of the detail do what they say."""
        detail.checked.connect(self.confirm)
        detail.accept_asked.connect(self.accept)
        detail.decline_asked.connect(self.decline)
        detail.remove_asked.connect(self.remove)
        detail.status_asked.connect(self.set_status)

    # --- the selected offer

    def refer(self) -> None:
        """V, once there is a family."""
        context, directory = self._presenter.context, self._presenter.directory
        listed = self._presenter.listed(self._presenter.selected)
        if context is None or directory is None or listed is None:
            return
        verdict = self._presenter.verdict(listed.offer.id)
        choice = choice_of(directory, listed, verdict, local_day(self._clock()))
        self.flow.begin(context, (choice,))

    def confirm(self) -> None:
        if (listed := self._presenter.listed(self._presenter.selected)) is not None:
            self.steps.confirm(listed.offer.id, listed.offer.title)

    def accept(self) -> None:
        if (listed := self._presenter.listed(self._presenter.selected)) is not None:
            self.steps.accept(listed.offer.id, listed.offer.title)

    def decline(self) -> None:
        if (listed := self._presenter.listed(self._presenter.selected)) is not None:
            self.steps.decline(listed.offer.id, listed.offer.title)

    def remove(self) -> None:
        if (listed := self._presenter.listed(self._presenter.selected)) is not None:
            self.steps.remove(listed.offer.id, listed.offer.title)

    def set_status(self, status: str) -> None:
        if (listed := self._presenter.listed(self._presenter.selected)) is not None:
            self.steps.set_status(listed.offer.id, status)

    # --- more ways

    def show_counts(self) -> None:
        """How much waits behind the ways of the menu."""

    def _open_ways(self) -> None:
        self.ways.popup(self.more.mapToGlobal(self.more.rect().bottomLeft()))

    def edit_new(self) -> None:
        """+ Angebot."""

    def note_gap(self) -> None:
        """Nothing that fits."""

    # --- what the steps say

    def show_done(self, words: str, deed: UUID) -> None:
        self._told.tell_done(words, deed)

    def show_step_failed(self, message: str) -> None:
        self._told.show_failed(message)
