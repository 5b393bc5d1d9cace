"""The page "Letzte Schritte": what everybody did that can be taken back, the newest first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desk_app.casework.deeds import Undone
from desk_app.gui.families.crumb import Crumb
from desk_app.gui.families.undo_banner import UndoBanner
from desk_app.gui.header import MARGIN, Header
from desk_app.gui.painting import CENTRE_RIGHT, hairline, painting, text
from desk_app.gui.theme import Theme
from desk_app.gui.widgets.buttons import Button
from desk_app.gui.widgets.cards import PADDING, Card
from desk_app.gui.widgets.messages import Banner, EmptyState
from desk_app.gui.widgets.scroll import ScrollArea
from desk_app.i18n import _
from desk_app.presenters.deeds import DeedsPresenter, Step

if TYPE_CHECKING:
    from desk_app.casework.desk import Changes
    from desk_app.domain.clock import Clock
    from desk_app.presenters.runner import Runner

_WHEN, _BY = 150, 170
"""Widths at 100 %."""


class StepRow(QWidget):
    """One step with its button; ↑ and ↓ go to the button of the next one."""

    step = Signal(int)

    def __init__(self, shown: Step, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.shown = shown
        self.setAccessibleName(shown.spoken)
        self.setToolTip(shown.words)
        self.button = Button(shown.deed, "secondary", "undo-2", height="compact")
        self.button.setAccessibleName(f"{shown.deed}: {shown.spoken}")
        self.button.installEventFilter(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(PADDING, 0, PADDING, 0)
        row.addStretch(1)
        row.addWidget(self.button)

    def refit(self) -> None:
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        return QSize(0, Theme.current().px(48))

    def eventFilter(self, _watched: object, event: object) -> bool:
        steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        if isinstance(event, QKeyEvent) and event.type() == QKeyEvent.Type.KeyPress and event.key() in steps:
            self.step.emit(steps[Qt.Key(event.key())])
            return True
        return False

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

    def __init__(self, runner: Runner, clock: Clock, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._presenter = DeedsPresenter(self, runner, clock)
        self.header = Header(_("Letzte Schritte"))
        crumb = Crumb(_("Familien"))
        crumb.setAccessibleName(_("Zurück zur Liste der Familien"))
        crumb.clicked.connect(self.back)
        row = self.header.layout()
        assert isinstance(row, QHBoxLayout)
        row.insertWidget(0, crumb)
        self._failure = Banner("", "bad")
        self._failure.hide()
        self.told = UndoBanner()
        self.told.way_back_asked.connect(self._presenter.take_back)
        self._list = ScrollArea()
        self._list.setAccessibleName(_("Letzte Schritte, der neueste zuerst"))
        self._list.column.setSpacing(0)
        self._list.column.addStretch(1)
        self.rows: list[StepRow] = []
        self._card = Card(padded=False)
        self._card.body.setContentsMargins(0, 4, 0, 6)
        self._card.body.addWidget(self._list, 1)
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
        for widget in (self._failure, self.told):
            body.addWidget(widget)
        body.addWidget(self._card, 1)
        body.addWidget(self._nothing, 1)
        column.addLayout(body, 1)
        self._nothing.hide()

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
        return [self.header, self._card]

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.told.hide()
        self._presenter.refresh()

    # --- what the presenter shows

    def show_steps(self, steps: Sequence[Step]) -> None:
        place = next((place for place, row in enumerate(self.rows) if row.button.hasFocus()), -1)
        for row in self.rows:
            self._list.column.removeWidget(row)
            row.hide()
            row.deleteLater()
        self.rows = [self._row(step) for step in steps]
        for position, row in enumerate(self.rows):
            self._list.column.insertWidget(position, row)
            row.show()
        self._card.setVisible(bool(steps))
        self._nothing.setVisible(not steps)
        if self.rows and (place >= 0 or not self.isAncestorOf(self.focusWidget() or self)):
            self.rows[max(0, min(place, len(self.rows) - 1))].button.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_undone(self, undone: Undone) -> None:
        self._failure.hide()
        self.told.tell_undone(undone)

    def show_failed(self, message: str) -> None:
        self._failure.set_words(message)
        self._failure.show()

    def _row(self, shown: Step) -> StepRow:
        row = StepRow(shown)
        row.button.clicked.connect(lambda: self._presenter.take_back(shown.way_back))
        row.step.connect(lambda step: self._go(row, step))
        return row

    def _go(self, row: StepRow, step: int) -> None:
        place = self.rows.index(row) + step
        if 0 <= place < len(self.rows):
            self.rows[place].button.setFocus(Qt.FocusReason.TabFocusReason)
