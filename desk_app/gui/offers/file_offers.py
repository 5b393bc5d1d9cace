"""Offers in the file of a family: where it was sent and what became of it, and what else would fit."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QObject, QRectF, QSize, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desk_app.casework.referral_lines import ReferralLine
from desk_app.domain.clock import Clock
from desk_app.domain.dates import show_day
from desk_app.domain.referral_states import OPEN
from desk_app.gui.families.undo_banner import UndoBar
from desk_app.gui.offers.fitting_panel import FittingPanel
from desk_app.gui.offers.outcome_flow import OutcomeFlow
from desk_app.gui.painting import CENTRE_RIGHT, painting, text, width_of
from desk_app.gui.theme import Theme
from desk_app.gui.widgets.cards import PADDING, Card, PressRow
from desk_app.i18n import _
from desk_app.presenters.offer_panel import Panel

if TYPE_CHECKING:
    from desk_app.presenters.runner import Runner


class ReferralRow(PressRow):
    """An offer the family was sent to, and what became of it; pressed, that is told."""

    def __init__(self, line: ReferralLine) -> None:
        self.line = line
        self._open = line.state in OPEN
        self._when = show_day(line.referred_on) if line.referred_on is not None else ""
        said = (line.title, line.about, self._when, line.label, _("Ergebnis eintragen"))
        super().__init__(", ".join(part for part in said if part))
        self.setToolTip(_("{offer}: Ergebnis eintragen").format(offer=line.title))

    def sizeHint(self) -> QSize:
        return QSize(0, Theme.current().px(50))

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = Theme.current()
        small, middle = theme.font("small"), self.height() / 2
        with painting(self) as painter:
            self.paint_ground(painter)
            right = self.width() - PADDING
            state = width_of(self.line.label, small) + 1
            area = QRectF(right - state, middle - theme.px(19), state, theme.px(20))
            text(painter, area, self.line.label, small, "warn" if self._open else "ok", CENTRE_RIGHT)
            upper = QRectF(PADDING, area.top(), right - state - PADDING - 10, area.height())
            text(painter, upper, self.line.title, theme.font("small", strong=True), "text")
            second = " · ".join(part for part in (self.line.about, self._when) if part)
            lower = QRectF(PADDING, middle + 1, right - PADDING, theme.px(18))
            text(painter, lower, second, small, "text3")


class FileOffers(QObject):
    """``cards`` stand at the side of the file. V refers the family to what fits best."""

    all_asked = Signal(object)
    """All offers for the household are wanted."""

    def __init__(self, runner: Runner, clock: Clock, told: UndoBar, page: QWidget) -> None:
        super().__init__(page)
        self.panel = _FilePanel(self)
        self.panel.watch(runner, clock, page, told)
        self.panel.all_asked.connect(self.all_asked)
        self._outcomes = OutcomeFlow(page, self.panel.steps, clock)
        self.referrals = Card(_("Vermittlungen"), padded=False, ruled=True)
        self.referrals.hide()
        self.rows: list[ReferralRow] = []
        self.cards = QWidget()
        column = QVBoxLayout(self.cards)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(14)
        column.addWidget(self.referrals)
        column.addWidget(self.panel)

    @property
    def outcomes(self) -> OutcomeFlow:
        return self._outcomes

    def show_family(self, household: UUID) -> None:
        """Another family, or the same one after a change."""
        if household != self.panel.household:
            self.panel.hide()
            self.referrals.hide()
            self.panel.household = household
        self.panel.show_file(household)

    def refer(self) -> None:
        """V."""
        self.panel.refer()

    def ask_outcome(self, follow_up: UUID) -> None:
        """A follow-up asks what became of a referral."""
        self.panel.steps.asked_about(follow_up, self._outcomes.begin)

    def show_referrals(self, panel: Panel) -> None:
        """Where the family was sent, the newest first."""
        lines = [line for line in panel.referrals if line.offer is not None]
        if [row.line for row in self.rows] == lines and self.referrals.isVisible() == bool(lines):
            return
        focused = next((row.line.id for row in self.rows if row.hasFocus()), None)
        for row in self.rows:
            self.referrals.body.removeWidget(row)
            row.hide()
            row.deleteLater()
        self.rows = [ReferralRow(line) for line in lines]
        for row in self.rows:
            same_slip = [line for line in lines if line.code == row.line.code and line.code] or [row.line]
            row.clicked.connect(lambda _checked=False, lines=same_slip: self._outcomes.begin(lines))
            row.set_rule(row is not self.rows[-1])
            self.referrals.body.addWidget(row)
            row.show()
            if row.line.id == focused:
                row.setFocus()
        self.referrals.head.set_count(str(len(lines)))
        self.referrals.setVisible(bool(lines))


class _FilePanel(FittingPanel):
    def __init__(self, offers: FileOffers) -> None:
        super().__init__()
        self._offers = offers

    def show_panel(self, panel: Panel) -> None:
        super().show_panel(panel)
        self._offers.show_referrals(panel)
