"""The page "Letzte Schritte": what everybody did that can be taken back, the newest first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPaintEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from desk_app.casework.deeds import Undone
from desk_app.gui.families.crumb import lead_to_families
from desk_app.gui.families.row_card import ButtonRow, RowCard
from desk_app.gui.families.undo_banner import UndoBanner
from desk_app.gui.header import MARGIN, Header
from desk_app.gui.lists.out_bar import OutBar
from desk_app.gui.painting import CENTRE_RIGHT, hairline, painting, text
from desk_app.gui.theme import Theme
from desk_app.gui.widgets.buttons import Button
from desk_app.gui.widgets.cards import PADDING
from desk_app.gui.widgets.messages import Banner, EmptyState
from desk_app.i18n import _
from desk_app.presenters.deeds import SPEC, DeedsPresenter, Step

if TYPE_CHECKING:
    from desk_app.casework.desk import Changes
    from desk_app.domain.clock import Clock
    from desk_app.presenters.runner import Runner

_WHEN, _BY = 150, 170
"""Widths at 100 %."""


class StepRow(ButtonRow):
    """One step with its button."""

    def __init__(self, shown: Step) -> None:
        self.button = Button(shown.deed, "secondary", "undo-2", height="compact")
        super().__init__(self.button)
        self.shown = shown
        self.setAccessibleName(shown.spoken)
        self.setToolTip(shown.words)
        self.button.setAccessibleName(f"{shown.deed}: {shown.spoken}")

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = Theme.current()
        ink = "text3" if self.shown.undone else "text"
        height = self.height()
        left = PADDING + theme.px(_WHEN)
        right = self.button.x() - 16
        small = theme.font("small")
        with painting(self) as painter:
            text(painter, QRectF(PADDING, 0, theme.px(_WHEN) - 12, height), self.shown.when, small, "text2")
            words = QRectF(left, 0, right - left - theme.px(_BY), height)
            font = theme.font("body")
            font.setStrikeOut(self.shown.undone)
            text(painter, words, self.shown.words, font, ink)
            text(painter, QRectF(right - theme.px(_BY) + 12, 0, theme.px(_BY) - 12, height), self.shown.by, small,
                 "text2", CENTRE_RIGHT)  # fmt: skip
            hairline(painter, PADDING, self.width() - PADDING, height - 1)


class DeedsPage(QWidget):
    """All steps that were kept; pressing one's button takes it back, or does it again."""

    back = Signal()

    def __init__(self, runner: Runner, clock: Clock, parent: QWidget | None = None, refusal: str = "") -> None:
        super().__init__(parent)
        self._presenter = DeedsPresenter(self, runner, clock)
        self.bar = OutBar(SPEC, self._presenter, runner, clock, refusal=refusal)
        self.bar.add_keys(self)
        self.bar.hide()
        self.header = Header(_("Letzte Schritte"))
        lead_to_families(self.header, self.back)
        self._failure = Banner("", "bad")
        self._failure.hide()
        self.told = UndoBanner()
        self.told.way_back_asked.connect(self._presenter.take_back)
        self._card = RowCard[StepRow](_("Letzte Schritte, der neueste zuerst"))
        self._nothing = EmptyState(
            _("Noch keine Schritte"),
            _("Zusammenführungen, Einlesen von Listen und Änderungen an vielen Akten stehen hier und können "
              "zurückgenommen werden, auch Monate später."),
        )  # fmt: skip
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 20)
        column.setSpacing(0)
        column.addWidget(self.header)
        body = QVBoxLayout()
        body.setContentsMargins(MARGIN, 2, MARGIN, 0)
        body.setSpacing(14)
        for widget in (self.bar, self._failure, self.told):
            body.addWidget(widget)
        body.addWidget(self._card, 1)
        body.addWidget(self._nothing, 1)
        column.addLayout(body, 1)
        self._nothing.hide()

    @property
    def rows(self) -> list[StepRow]:
        return self._card.rows

    # --- what the page can do

    def changed(self, changes: Changes) -> None:
        """Something was written: read again where somebody looks."""
        if self.isVisible() and changes & {"households", "placements"}:
            self._presenter.refresh()

    def undo(self) -> None:
        """Strg+Z: the newest step that stands."""
        row = next((row for row in self.rows if not row.shown.undone), None)
        if row is not None:
            self._presenter.take_back(row.shown.way_back)

    def regions(self) -> list[QWidget]:
        """What F6 steps through."""
        return [self.header, self.bar, self._card]

    def print_page(self) -> None:
        """Strg+P: the steps on paper."""
        self.bar.print_list()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.told.hide()
        self._presenter.refresh()

    # --- what the presenter shows

    def show_steps(self, steps: Sequence[Step]) -> None:
        place = self._card.place_of(QApplication.focusWidget())
        self._card.show_rows([self._row(step) for step in steps])
        self._card.setVisible(bool(steps))
        self.bar.setVisible(bool(steps))
        self._nothing.setVisible(not steps)
        if self.rows and (place >= 0 or not self.isAncestorOf(self.focusWidget() or self)):
            self._card.go_to(max(0, min(place, len(self.rows) - 1)), Qt.FocusReason.OtherFocusReason)

    def show_undone(self, undone: Undone) -> None:
        self._failure.hide()
        self.told.tell_undone(undone)

    def show_failed(self, message: str) -> None:
        self._failure.set_words(message)
        self._failure.show()

    def _row(self, shown: Step) -> StepRow:
        row = StepRow(shown)
        row.button.clicked.connect(lambda: self._presenter.take_back(shown.way_back))
        return row
