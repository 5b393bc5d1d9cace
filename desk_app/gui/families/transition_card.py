"""Beside the course of a family: its children's changes of school, and who is due to be advised."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QRectF, QSize, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QWidget

from desk_app.gui.painting import painting, text
from desk_app.gui.theme import Theme
from desk_app.gui.widgets.cards import PADDING, AddRow, Card, PressRow
from desk_app.i18n import _
from desk_app.presenters.family_transitions import TransitionRow, TransitionSheet


class TransitionCardRow(PressRow):
    """One child's change of school; pressing it opens the record, or begins it."""

    def __init__(self, shown: TransitionRow, refusal: str) -> None:
        super().__init__(shown.spoken)
        self.shown = shown
        self.setToolTip(refusal or shown.spoken)
        self.setEnabled(not refusal)
        self.set_rule(below=True)

    def sizeHint(self) -> QSize:
        return QSize(0, Theme.current().px(52))

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = Theme.current()
        width, middle = self.width() - 2 * PADDING, self.height() / 2
        with painting(self) as painter:
            self.paint_ground(painter)
            title = QRectF(PADDING, middle - theme.px(20), width, theme.px(20))
            text(painter, title, self.shown.title, theme.font("body", strong=True), "text")
            about = QRectF(PADDING, middle + 1, width, theme.px(18))
            text(painter, about, self.shown.about, theme.font("small"), "warn" if self.shown.due else "text2")


class TransitionCard(Card):
    """Shown where there is something to show; a record can be begun for any child from the menu of the page."""

    chosen = Signal(object)
    """The ``TransitionLine`` to open; one without an id begins."""
    new_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("Schullaufbahnberatung"), padded=False, ruled=True, parent=parent)
        self._sheet: TransitionSheet | None = None
        self.rows: list[TransitionCardRow] = []
        self._add = AddRow(_("Übergang"))
        self._add.clicked.connect(self.new_asked)
        self.body.addWidget(self._add)
        self.hide()

    def show_sheet(self, sheet: TransitionSheet) -> None:
        if sheet == self._sheet:
            return
        self._sheet = sheet
        place = next((place for place, row in enumerate(self.rows) if row.hasFocus()), -1)
        for row in self.rows:
            self.body.removeWidget(row)
            row.hide()
            row.deleteLater()
        self.rows = [TransitionCardRow(shown, sheet.refusal) for shown in sheet.rows]
        self.body.removeWidget(self._add)
        for row in self.rows:
            row.clicked.connect(partial(self.chosen.emit, row.shown.line))
            self.body.addWidget(row)
            row.show()
        self.body.addWidget(self._add)
        self._add.setEnabled(not sheet.refusal)
        self._add.setToolTip(sheet.refusal)
        self.setVisible(bool(self.rows))
        if 0 <= place < len(self.rows):
            self.rows[place].setFocus()
