"""The people of a family side by side: who they are, and how far a child's request is."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from uuid import UUID

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QGridLayout, QLabel, QSizePolicy, QWidget

from desk_app.gui.painting import CENTRE_RIGHT, box, painting, text, width_of
from desk_app.gui.theme import Theme
from desk_app.gui.widgets.avatar import paint_avatar
from desk_app.gui.widgets.signs import REQUEST_SIGNS, paint_request_sign
from desk_app.presenters.family_people import PersonLine

_GAP = 10
_NARROWEST = 232
_HEIGHT = 54


def _paint(painter: QPainter, area: QRectF, person: PersonLine, ground: str) -> None:
    theme = Theme.current()
    box(painter, area, 10, ground, "line")
    side = theme.px(30)
    middle = area.center().y()
    left = area.left() + 11
    colours = ("accent_tint", "accent_text") if person.is_child and not person.deceased else ("neutral_tint", "text2")
    paint_avatar(painter, QPointF(left + side / 2, middle), side, person.name.partition(",")[0], *colours)
    left += side + 10
    right = area.right() - 11
    upper = QRectF(left, middle - theme.px(20), right - left, theme.px(20))
    lower = QRectF(left, middle + 1, right - left, theme.px(18))
    strong, ink = not person.deceased, "text2" if person.deceased else "text"
    used = text(painter, upper, person.name, theme.font("body", strong=strong), ink)
    small = theme.font("small")
    if person.native_name and used + 16 + width_of(person.native_name, small) < upper.width():
        text(painter, upper, person.native_name, small, "text3", CENTRE_RIGHT)
    sign = REQUEST_SIGNS.get(person.state)
    if sign is not None:
        size = theme.px(14)
        paint_request_sign(painter, QPointF(left + size / 2, lower.center().y()), size, sign)
        lower.adjust(size + 6, 0, 0, 0)
    text(painter, lower, person.words, small, "text2")


def _ground(card: QWidget) -> str:
    return "selected" if card.property("pointed") else "surface"


class PersonCard(QLabel):
    """Somebody for whom there is nothing to open."""

    def __init__(self, person: PersonLine, parent: QWidget) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.show_person(person)

    def show_person(self, person: PersonLine) -> None:
        self.person = person
        self.setText(person.spoken)
        self.setToolTip(person.spoken)
        self.update()

    def refit(self) -> None:
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        return QSize(0, Theme.current().px(_HEIGHT))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        with painting(self) as painter:
            _paint(painter, QRectF(self.rect()), self.person, _ground(self))


class ChildCard(QAbstractButton):
    """A child with a request; pressing it leads to the request."""

    def __init__(self, person: PersonLine, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.show_person(person)

    def show_person(self, person: PersonLine) -> None:
        self.person = person
        self.setText(person.name)
        self.setAccessibleName(person.spoken)
        self.setToolTip(person.spoken)
        self.update()

    def refit(self) -> None:
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        return QSize(0, Theme.current().px(_HEIGHT))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        with painting(self) as painter:
            ground = "press" if self.isDown() else "hover" if self.underMouse() else _ground(self)
            _paint(painter, QRectF(self.rect()), self.person, ground)


class PersonCards(QWidget):
    """As many cards side by side as there is room for. For another family the same cards say something else."""

    request_chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._people: tuple[PersonLine, ...] = ()
        self._cards: list[PersonCard | ChildCard] = []
        self._columns = 0
        self._pointed: UUID | None = None
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(_GAP)

    def point_at(self, person: UUID | None) -> None:
        """Let one person stand out, now or once the family is shown: the one somebody looked for."""
        self._pointed = person
        self._show_pointed()

    def focus_pointed(self) -> None:
        """Put the focus on whoever stands out, where there is something to press."""
        pressable = (card for card in self._cards if card.property("pointed") and isinstance(card, ChildCard))
        card = next(pressable, None)
        if card is not None:
            card.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_pointed(self) -> None:
        for person, card in zip(self._people, self._cards, strict=True):
            card.setProperty("pointed", person.id == self._pointed)
            card.update()

    def show_people(self, people: Sequence[PersonLine]) -> None:
        """Show these; nothing happens where nothing changed, so that the focus stays."""
        if tuple(people) == self._people:
            return
        self._people = tuple(people)
        had_focus = next((place for place, card in enumerate(self._cards) if card.hasFocus()), -1)
        before, self._cards = self._cards, []
        for place, person in enumerate(people):
            kind = PersonCard if person.request is None else ChildCard
            if place < len(before) and isinstance(before[place], kind):
                self._cards.append(before[place])
                before[place].show_person(person)
            else:
                self._cards.append(self._card(person))
        for card in set(before).difference(self._cards):
            self._grid.removeWidget(card)
            card.hide()
            card.deleteLater()
        self._show_pointed()
        if before != self._cards:
            self._columns = 0
            self._arrange()
            for card, following in pairwise(self._cards):
                self.setTabOrder(card, following)
        if 0 <= had_focus < len(self._cards):
            self._cards[had_focus].setFocus()

    def _card(self, person: PersonLine) -> PersonCard | ChildCard:
        if person.request is None:
            return PersonCard(person, self)
        card = ChildCard(person, self)
        card.clicked.connect(lambda: self.request_chosen.emit(card.person.request))
        return card

    def refit(self) -> None:
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        room = (self.width() + _GAP) // (Theme.current().px(_NARROWEST) + _GAP)
        # rows of the same length, and no card wider than a third
        rows = -(-len(self._cards) // max(room, 1)) or 1
        columns = max(1, min(room, max(-(-len(self._cards) // rows), 3)))
        if columns == self._columns:
            return
        for column in range(max(columns, self._columns)):
            self._grid.setColumnStretch(column, 1 if column < columns else 0)
        self._columns = columns
        for place, card in enumerate(self._cards):
            self._grid.addWidget(card, place // columns, place % columns)
            card.show()
