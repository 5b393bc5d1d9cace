"""Beside the course of a family: what is open, and how it can be reached."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from itertools import pairwise

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from desk_app.gui import icons
from desk_app.gui.painting import CENTRE_RIGHT, hairline, outline_ring, painting, text, width_of
from desk_app.gui.theme import Theme
from desk_app.gui.widgets.buttons import Button
from desk_app.gui.widgets.cards import PADDING, AddRow, Card, PressRow
from desk_app.gui.widgets.flow import FlowLayout
from desk_app.gui.widgets.labels import Label
from desk_app.i18n import _
from desk_app.presenters.family_facts import Fact
from desk_app.presenters.family_open import OpenItem
from desk_app.presenters.follow_up_rows import FollowUpRow

_FEW = 5
"""Open things shown at first, so that phone and address stay in view."""
_LABELS = 100
"""Width of the labels of facts at 100 %."""


def _paint_row(
    painter: QPainter, row: QWidget, title: str, about: str, due: str, *, late: bool, wide: bool = False
) -> None:
    """Ring, title over what it is about, and at the right since when or until when.

    ``wide`` gives what it is about the whole line, with the days above it.
    """
    theme = Theme.current()
    middle = row.height() / 2
    left = PADDING + 6 + theme.px(30)
    small = theme.font("small", strong=late)
    room = width_of(due, small) + 10 if due else 0
    right = row.width() - PADDING
    size = theme.px(19)
    outline_ring(painter, QPointF(PADDING + 5 + size / 2, middle), size, "bad" if late else "text3")
    top = middle - theme.px(20) if about else middle - theme.px(10)
    text(painter, QRectF(left, top, right - room - left, theme.px(20)), title, theme.font("body", strong=True), "text")
    below = right - left if wide else right - room - left
    text(painter, QRectF(left, middle + 1, below, theme.px(18)), about, theme.font("small"), "text2")
    days = QRectF(0, top, right, theme.px(20)) if wide else QRectF(0, 0, right, row.height())
    text(painter, days, due, small, "bad" if late else "text2", CENTRE_RIGHT)


class OpenRow(PressRow):
    """One open thing; pressing it leads to where it is settled."""

    def __init__(self, item: OpenItem) -> None:
        super().__init__(item.spoken)
        self.show_item(item)

    def show_item(self, item: OpenItem) -> None:
        self.item = item
        self.setAccessibleName(item.spoken)
        self.setToolTip(item.spoken)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(0, Theme.current().px(52))

    def paintEvent(self, event: QPaintEvent) -> None:
        item = self.item
        with painting(self) as painter:
            self.paint_ground(painter)
            _paint_row(painter, self, item.title, item.about, item.due, late=item.late)


class FollowUpCardRow(PressRow):
    """One thing to look at again: Leertaste or a press on its ring ticks it, Eingabe or a press beside it opens it."""

    ticked = Signal()

    def __init__(self, row: FollowUpRow) -> None:
        super().__init__(row.spoken)
        self.setAccessibleDescription(_("Leertaste: erledigt · Eingabe: ändern"))
        self.show_row(row)

    def show_row(self, row: FollowUpRow) -> None:
        self.shown = row
        self.setAccessibleName(row.spoken)
        self.setToolTip("\n".join(part for part in (row.line.words, row.why) if part))
        self.set_rule(below=not row.offers)
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        return QSize(0, Theme.current().px(52 if self.shown.about else 42))

    def _ring(self) -> QRectF:
        size = Theme.current().px(19)
        return QRectF(PADDING + 5, (self.height() - size) / 2, size, size)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space and not event.modifiers():
            self.ticked.emit()
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.position().x() <= self._ring().right() + 8 and self.rect().contains(event.position().toPoint()):
            self.setDown(False)
            self.ticked.emit()
        else:
            super().mouseReleaseEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        with painting(self) as painter:
            self.paint_ground(painter)
            shown = self.shown
            _paint_row(painter, self, shown.title, shown.about, shown.due, late=shown.late, wide=bool(shown.why))
            if self.underMouse():
                icons.paint(painter, "check", self._ring().center(), Theme.current().px(12), "text3")


class OfferRow(QWidget):
    """The buttons of the follow-up above."""

    taken = Signal(object)

    def __init__(self, shown: FollowUpRow) -> None:
        super().__init__()
        around = QHBoxLayout(self)
        around.setContentsMargins(PADDING, 2, PADDING, 10)
        row = FlowLayout(gap=8)
        around.addLayout(row)
        for offer in shown.offers:
            button = Button(offer.words, "secondary", height="compact")
            button.setAccessibleName(f"{offer.words}: {shown.title}, {shown.about}")
            button.setEnabled(not offer.refusal)
            button.setToolTip(offer.refusal)
            button.clicked.connect(partial(self.taken.emit, offer))
            row.addWidget(button)

    def paintEvent(self, event: QPaintEvent) -> None:
        with painting(self) as painter:
            hairline(painter, 0, self.width(), self.height() - 1)


class OpenCard(Card):
    """What to look at again and what is open, most urgent first; one still line where nothing is."""

    chosen = Signal(object)
    """The open item that was pressed."""
    ticked = Signal(object)
    """The ``FollowUpLine`` that is done."""
    change_asked = Signal(object)
    """The ``FollowUpLine`` to change."""
    new_asked = Signal()
    offered = Signal(object, object)
    """The ``FollowUpLine`` and the ``Offer`` of it that was taken."""

    def __init__(self, form: QWidget, parent: QWidget | None = None) -> None:
        """``form`` is where one is written down; it stands above the rows."""
        super().__init__(_("Offen"), padded=False, ruled=True, parent=parent)
        self._items: tuple[OpenItem, ...] | None = None
        self._follow_ups: tuple[FollowUpRow, ...] = ()
        self._all = False
        self._rows: list[QWidget] = []
        self.body.addWidget(form)
        self._add = AddRow(_("Wiedervorlage"), keys="W")
        self._add.clicked.connect(self.new_asked)
        self.body.addWidget(self._add)

    def show_items(self, items: Sequence[OpenItem], follow_ups: Sequence[FollowUpRow] = ()) -> None:
        if (tuple(items), tuple(follow_ups)) != (self._items, self._follow_ups):
            self._items, self._follow_ups = tuple(items), tuple(follow_ups)
            self._show_rows(items)

    def _show_rows(self, items: Sequence[OpenItem]) -> None:
        later = [row for row in self._follow_ups if row.later]
        first = [row for row in self._follow_ups if not row.later]
        most = max(_FEW - len(first), 2)
        everything = self._all or len(items) + len(later) <= most + 1
        few = items if everything else items[:most]
        place = next((place for place, row in enumerate(self._rows) if row.hasFocus()), -1)
        before = self._rows
        for row in (*before, self._add):
            self.body.removeWidget(row)
        open_rows = (row for row in before if isinstance(row, OpenRow))
        asked_again = (row for row in before if isinstance(row, FollowUpCardRow))
        self._rows = [each for row in first for each in self._follow_up_rows(row, next(asked_again, None))]
        self._rows += [self._row(item, next(open_rows, None)) for item in few]
        if everything:
            self._rows += [each for row in later for each in self._follow_up_rows(row, next(asked_again, None))]
        else:
            self._rows.append(self._more(len(items) + len(self._follow_ups)))
        if not self._rows:
            nothing = Label(_("Nichts offen."), "small", "text3")
            nothing.setContentsMargins(PADDING, 12, PADDING, 14)
            self._rows = [nothing]
        for row in set(before).difference(self._rows):
            row.hide()
            row.deleteLater()
        for row in self._rows:
            self.body.addWidget(row)
            row.show()
        self.body.addWidget(self._add)
        for row, following in pairwise((*self._rows, self._add)):
            self.setTabOrder(row, following)
        count = len(items) + len(self._follow_ups)
        self.head.set_count(str(count) if count else "")
        if place >= 0:
            self._rows[min(place, len(self._rows) - 1)].setFocus()

    def show_few(self) -> None:
        """Begin with the most urgent ones again, for another family."""
        self._all = False
        self._items = None
        self._follow_ups = ()

    def _more(self, count: int) -> AddRow:
        row = AddRow(_("Alle {n} zeigen").format(n=count), "chevron-down")
        row.clicked.connect(self._show_all)
        return row

    def _show_all(self) -> None:
        self._all = True
        self._show_rows(self._items or ())

    def _follow_up_rows(self, shown: FollowUpRow, spare: FollowUpCardRow | None) -> list[QWidget]:
        if spare is not None:
            row = spare
            row.show_row(shown)
        else:
            row = FollowUpCardRow(shown)
            row.ticked.connect(lambda: self.ticked.emit(row.shown.line))
            row.clicked.connect(lambda: self.change_asked.emit(row.shown.line))
        if not shown.offers:
            return [row]
        offered = OfferRow(shown)
        offered.taken.connect(lambda offer: self.offered.emit(shown.line, offer))
        return [row, offered]

    def _row(self, item: OpenItem, spare: OpenRow | None) -> OpenRow:
        if spare is not None:
            spare.show_item(item)
            return spare
        row = OpenRow(item)
        row.set_rule(below=True)
        row.clicked.connect(lambda: self.chosen.emit(row.item))
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
        while len(self._labels) < 2 * len(facts):
            self._add_line()
        while len(self._labels) > 2 * len(facts):
            label = self._labels.pop()
            self._grid.removeWidget(label)
            label.hide()
            label.deleteLater()
        for fact, label, value in zip(facts, self._labels[::2], self._labels[1::2], strict=True):
            label.setText(fact.label)
            value.setText(fact.value or _("nicht angegeben"))
            value.set_look("small", fact.tone if fact.value else "text3")
            value.setAccessibleName(f"{fact.label}: {value.text()}")

    def _add_line(self) -> None:
        row, top = len(self._labels) // 2, Qt.AlignmentFlag.AlignTop
        label, value = Label("", "small", "text2", wrap=True), Label("", "small", wrap=True)
        label.setFixedWidth(Theme.current().px(_LABELS))
        value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._grid.addWidget(label, row, 0, top)
        self._grid.addWidget(value, row, 1, top)
        self._labels += [label, value]

    def refit(self) -> None:
        for label in self._labels[::2]:
            label.setFixedWidth(Theme.current().px(_LABELS))
