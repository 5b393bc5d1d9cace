"""What fits the family in front, for the panel beside the intake and the file: three offers, each with its reason."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from desk_app.casework import families, offer_directory, offer_match, offer_shipping, referral_lines
from desk_app.casework.desk import Work
from desk_app.casework.referral_lines import ReferralLine
from desk_app.domain.errors import WorldError
from desk_app.domain.records import FamilyFile
from desk_app.presenters.offer_choices import Fitting, fitting
from desk_app.presenters.offer_reading import Context, context_of
from desk_app.presenters.runner import Runner


@dataclass(frozen=True, slots=True)
class Panel:
    """What fits a family, and what it was sent to."""

    household: UUID
    fitting: Fitting
    referrals: tuple[ReferralLine, ...]


class PanelView(Protocol):
    def show_panel(self, panel: Panel) -> None: ...

    def begin_referral(self, context: Context, panel: Panel, offer: UUID | None) -> None:
        """Everything is there to send the family on: to this offer, or to one of those that fit."""
        ...

    def show_panel_failed(self, message: str) -> None: ...


class PanelPresenter:
    """The newest file asked for is the one that is shown."""

    def __init__(self, view: PanelView, runner: Runner) -> None:
        self._view = view
        self._runner = runner
        self._asked = 0
        self.panel: Panel | None = None

    def look(self, file: FamilyFile | UUID) -> None:
        """Judge the offers for a family: as its file is being typed, or as it is kept."""
        self._asked += 1
        asked = self._asked

        def arrived(panel: Panel) -> None:
            if asked == self._asked:
                self.panel = panel
                self._view.show_panel(panel)

        self._runner.run(lambda work: _look(work, file), arrived, self._failed)

    def refer(self, household: UUID, offer: UUID | None = None) -> None:
        """Send the family to one of the offers shown; without one it is still to be chosen."""

        def read(work: Work) -> tuple[Context, Panel]:
            file = families.load(work, household)
            return context_of(work, file), _look(work, file)

        self._runner.run(read, lambda found: self._view.begin_referral(*found, offer), self._failed)

    def _failed(self, error: WorldError) -> None:
        self._view.show_panel_failed(error.message)


def _look(work: Work, file: FamilyFile | UUID) -> Panel:
    offer_shipping.ensure(work)
    known = families.load(work, file) if isinstance(file, UUID) else file
    lines = referral_lines.of_file(work, known)
    sent = {line.offer for line in lines if line.offer is not None}
    directory = offer_directory.read(work)
    judged = offer_match.for_file(work, directory, known)
    return Panel(known.household.id, fitting(directory, judged, work.today, sent), lines)
