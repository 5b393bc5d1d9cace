"""The block "Passende Angebote": three of them with their reason, each with a plus. It never moves the focus."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from desk_app.domain.clock import Clock
from desk_app.domain.records import FamilyFile
from desk_app.gui import icons
from desk_app.gui.families.undo_banner import UndoBar
from desk_app.gui.offers.refer_flow import ReferFlow
from desk_app.gui.painting import hairline, painting, text
from desk_app.gui.theme import Theme
from desk_app.gui.widgets.buttons import Button, IconButton
from desk_app.gui.widgets.cards import Card
from desk_app.gui.widgets.labels import Label
from desk_app.i18n import _, ngettext
from desk_app.presenters.offer_choices import Choice, Fitting
from desk_app.presenters.offer_panel import Panel, PanelPresenter
from desk_app.presenters.offer_reading import Context
from desk_app.presenters.offer_steps import OfferSteps
from desk_app.presenters.runner import Runner

PAUSE = 300
"""Milliseconds after the last change before the panel follows (design sheet, section 4)."""
_EDGE = 13


class FittingRow(QWidget):
    """Title, why it fits, and the plus."""

    def __init__(self, choice: Choice, last: bool) -> None:
        super().__init__()
        self.choice, self._last = choice, last
        self.add = IconButton("plus", _("{offer}: vermitteln").format(offer=choice.title), "compact", outlined=True)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(f"{choice.title}, {choice.why}")
        self.setToolTip(f"{choice.title}\n{choice.why}")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, _EDGE, 0)
        row.addStretch(1)
        row.addWidget(self.add)

    def refit(self) -> None:
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        return QSize(0, Theme.current().px(56))

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = Theme.current()
        middle, right = self.height() / 2, self.add.x() - theme.px(10)
        with painting(self) as painter:
            upper = QRectF(_EDGE, middle - theme.px(19), right - _EDGE, theme.px(20))
            text(painter, upper, self.choice.title, theme.font("small", strong=True), "text")
            size = theme.px(14)
            icons.paint(painter, "check", QPointF(_EDGE + size / 2, middle + theme.px(10)), size, "ok")
            lower = QRectF(_EDGE + size + 8, middle + 1, right - _EDGE - size - 8, theme.px(18))
            text(painter, lower, self.choice.why, theme.font("small"), "text2")
            if not self._last:
                hairline(painter, _EDGE, self.width() - _EDGE, self.height() - 1)


class _Head(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self.count = Label("", "body", "text3")
        row = QHBoxLayout(self)
        row.setContentsMargins(26, 0, 2, 0)
        row.addWidget(Label(_("Passende Angebote"), "section"), 1)
        row.addWidget(self.count)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def paintEvent(self, event: QPaintEvent) -> None:
        with painting(self) as painter:
            size = Theme.current().px(17)
            icons.paint(painter, "compass", QPointF(size / 2, self.height() / 2), size, "accent_text")


class FittingPanel(QWidget):
    """Follows the family once typing pauses. Without ``watch`` it has nobody to ask and stays away."""

    all_asked = Signal(object)
    """All offers for the household are wanted."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._presenter: PanelPresenter | None = None
        self._flow: ReferFlow | None = None
        self._told: UndoBar | None = None
        self._pending: FamilyFile | UUID | None = None
        self.household: UUID | None = None
        self._shown: Fitting | None = None
        self._pause = QTimer(self, singleShot=True, interval=PAUSE)
        self._pause.timeout.connect(self._typing_paused)
        self.head = _Head()
        self.card = Card(padded=False)
        self.card.setAccessibleName(_("Passende Angebote"))
        self.rows: list[FittingRow] = []
        self._empty = Label("", "small", "text3", wrap=True)
        self._empty.setContentsMargins(_EDGE, 10, _EDGE, 4)
        self.all = Button(_("Alle Angebote"), "link", height="compact")
        self.all.clicked.connect(lambda _checked=False: self.all_asked.emit(self.household))
        self.card.body.addWidget(self._empty)
        foot = QHBoxLayout()
        foot.setContentsMargins(_EDGE, 4, _EDGE, 6)
        foot.addWidget(self.all)
        foot.addStretch(1)
        self.card.body.addLayout(foot)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 8, 0, 0)
        self._column.setSpacing(9)
        self._column.addWidget(self.head)
        self._column.addWidget(self.card)
        self.hide()

    @property
    def flow(self) -> ReferFlow | None:
        return self._flow

    def watch(self, runner: Runner, clock: Clock, page: QWidget, told: UndoBar | None = None) -> None:
        """Ask here. What was done is said in ``told``, without one below the offers."""
        self._presenter = PanelPresenter(self, runner)
        if told is None:
            told = UndoBar(runner)
            self._column.addWidget(told)
        self._told = told
        self.steps = OfferSteps(self, runner)
        self._flow = ReferFlow(page, self.steps, clock)

    def show_file(self, file: FamilyFile | UUID) -> None:
        """Follow a family once typing pauses; the first one at once."""
        self._pending = file
        if self._presenter is None:
            return
        if self.isHidden():
            self.update_now()
        else:
            self._pause.start()

    def _typing_paused(self) -> None:
        around = self.parentWidget()
        if around is None or around.isVisible():  # of a page that nobody sees any more the desk may be closed
            self.update_now()

    def update_now(self) -> None:
        """Judge the newest file."""
        self._pause.stop()
        if self._presenter is not None and self._pending is not None:
            self._presenter.look(self._pending)

    def refer(self, offer: UUID | None = None) -> None:
        """Send the family on, to one of the offers or to one still to be chosen."""
        if self._presenter is not None and self.household is not None:
            self._presenter.refer(self.household, offer)

    # --- what the presenter shows

    def show_panel(self, panel: Panel) -> None:
        self.household = panel.household
        self.show()
        found = panel.fitting
        if found == self._shown:
            return
        self._shown = found
        count = _("{n} von {all}").format(n=found.fitting, all=found.everything) if found.fitting else ""
        self.head.count.setText(count)
        focused = next((row.choice.id for row in self.rows if row.add.hasFocus()), None)
        for row in self.rows:
            self.card.body.removeWidget(row)
            row.hide()
            row.deleteLater()
        self.rows = []
        for place, choice in enumerate(found.choices):
            row = FittingRow(choice, place == len(found.choices) - 1)
            row.add.clicked.connect(lambda _checked=False, offer=choice.id: self.refer(offer))
            self.card.body.insertWidget(place, row)
            row.show()
            self.rows.append(row)
        self._empty.setText(_empty_words(found))
        self._empty.setVisible(not found.choices)
        if focused is not None:
            # a row that had the focus gives it to the same offer, else to the way on
            same = next((row.add for row in self.rows if row.choice.id == focused), self.all)
            same.setFocus(Qt.FocusReason.OtherFocusReason)

    def begin_referral(self, context: Context, panel: Panel, offer: UUID | None) -> None:
        choices = [choice for choice in panel.fitting.choices if offer in (None, choice.id)]
        if not choices:
            self.all_asked.emit(context.household)
        elif self._flow is not None:
            self._flow.begin(context, choices, lambda: self.all_asked.emit(context.household))

    def show_panel_failed(self, message: str) -> None:
        self.show_step_failed(message)

    # --- what the steps say

    def show_done(self, words: str, deed: UUID) -> None:
        if self._told is not None:
            self._told.tell_done(words, deed)
        self.update_now()

    def show_told(self, words: str) -> None:
        if self._told is not None:
            self._told.tell(words)

    def show_step_failed(self, message: str) -> None:
        if self._told is not None:
            self._told.show_failed(message)


def _empty_words(found: Fitting) -> str:
    if found.open:
        words = ngettext(
            "Noch passt nichts sicher; {n} Angebot ist zu klären.",
            "Noch passt nichts sicher; {n} Angebote sind zu klären.", found.open,
        )  # fmt: skip
        return words.format(n=found.open)
    if found.fitting:
        return _("Zu allem, was passt, ist die Familie schon vermittelt.")
    return _("Zurzeit passt kein Angebot.")
