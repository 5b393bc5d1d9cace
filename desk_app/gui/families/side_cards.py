"""Beside the course of a family: what is open, and how it can be reached."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from desk_app.gui.painting import CENTRE_RIGHT, outline_ring, painting, text, width_of
from desk_app.gui.theme import Theme
from desk_app.gui.widgets.cards import PADDING, AddRow, Card, PressRow
from desk_app.gui.widgets.labels import Label
from desk_app.i18n import _
from desk_app.presenters.family_facts import Fact
from desk_app.presenters.family_open import OpenItem

_FEW = 5
"""Open things shown at first, so that phone and address stay in view."""


class OpenRow(PressRow):
    """One open thing; pressing it leads to where it is settled."""

    def __init__(self, item: OpenItem) -> None:
        super().__init__(item.spoken)
        self.setToolTip(item.spoken)
        self._item = item

    def sizeHint(self) -> QSize:
        return QSize(0, Theme.current().px(52))

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, item = Theme.current(), self._item
        ink = "bad" if item.late else "text3"
        middle = self.height() / 2
        left = PADDING + 6 + theme.px(30)
        small = theme.font("small", strong=item.late)
        room = width_of(item.due, small) + 10 if item.due else 0
        right = self.width() - PADDING
        with painting(self) as painter:
            self.paint_ground(painter)
            size = theme.px(19)
            outline_ring(painter, QPointF(PADDING + 5 + size / 2, middle), size, ink)
            upper = QRectF(left, middle - theme.px(20), right - room - left, theme.px(20))
            lower = QRectF(left, middle + 1, right - left, theme.px(18))
            text(painter, upper, item.title, theme.font("body", strong=True), "text")
            text(painter, lower, item.about, theme.font("small"), "text2")
            area = QRectF(0, 0, right, self.height())
            text(painter, area, item.due, small, "bad" if item.late else "text2", CENTRE_RIGHT)


class OpenCard(Card):
    """What is open, most urgent first; one still line where nothing is."""

    chosen = Signal(object)
    """The open item that was pressed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("Offen"), padded=False, ruled=True, parent=parent)
        self._items: tuple[OpenItem, ...] | None = None
        self._all = False
        self._rows: list[QWidget] = []

    def show_items(self, items: Sequence[OpenItem]) -> None:
        if tuple(items) != self._items:
            self._items = tuple(items)
            self._show_rows(items)

    def _show_rows(self, items: Sequence[OpenItem]) -> None:
        few = items if self._all or len(items) <= _FEW + 1 else items[:_FEW]
        place = next((place for place, row in enumerate(self._rows) if row.hasFocus()), -1)
        for row in self._rows:
            self.body.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._rows = [self._row(item, last=item is items[-1]) for item in few]
        if len(few) < len(items):
            self._rows.append(self._more(len(items)))
        if not items:
            nothing = Label(_("Nichts offen."), "small", "text3")
            nothing.setContentsMargins(PADDING, 12, PADDING, 14)
            self._rows = [nothing]
        for row in self._rows:
            self.body.addWidget(row)
            row.show()
        self.head.set_count(str(len(items)) if items else "")
        if place >= 0:
            self._rows[min(place, len(self._rows) - 1)].setFocus()

    def show_few(self) -> None:
        """Begin with the most urgent ones again, for another family."""
        self._all = False
        self._items = None

    def _more(self, count: int) -> AddRow:
        row = AddRow(_("Alle {n} zeigen").format(n=count), "chevron-down")
        row.clicked.connect(self._show_all)
        return row

    def _show_all(self) -> None:
        self._all = True
        self._show_rows(self._items or ())

    def _row(self, item: OpenItem, *, last: bool) -> OpenRow:
        row = OpenRow(item)
        row.set_rule(below=not last)
        row.clicked.connect(lambda: self.chosen.emit(item))
        return row


class FactsCard(Card):
    """Label and value in two columns; values can be marked and copied."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.setAccessibleName(_("Stammdaten"))
        self._facts: tuple[Fact, ...] | None = None
        self._labels: list[Label] = []
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(8)
        self._grid.setColumnStretch(1, 1)
        self.body.addLayout(self._grid)
        self.body.addStretch(1)

    def show_facts(self, facts: Sequence[Fact]) -> None:
        if tuple(facts) == self._facts:
            return
        self._facts = tuple(facts)
        for label in self._labels:
            self._grid.removeWidget(label)
            label.hide()
            label.deleteLater()
        self._labels = []
        top = Qt.AlignmentFlag.AlignTop
        for row, fact in enumerate(facts):
            label = Label(fact.label, "small", "text2", wrap=True)
            value = Label(fact.value or _("nicht angegeben"), "small", fact.tone if fact.value else "text3", wrap=True)
            value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            value.setAccessibleName(f"{fact.label}: {fact.value or _('nicht angegeben')}")
            self._grid.addWidget(label, row, 0, top)
            self._grid.addWidget(value, row, 1, top)
            self._labels += [label, value]
        self.refit()

    def refit(self) -> None:
        width = Theme.current().px(100)
        for label in self._labels[::2]:
            label.setFixedWidth(width)
