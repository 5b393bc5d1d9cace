"""The schools of a proposal as painted rows: the name, and below it each reason with its sign."""

from __future__ import annotations

from typing import Any, Final

from PySide6.QtCore import QAbstractListModel, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QFrame, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from desk_app.domain.school_choice import Reason
from desk_app.gui import icons
from desk_app.gui.painting import box, pill, shade, text, tick, width_of
from desk_app.gui.row_table import Index
from desk_app.gui.theme import Theme
from desk_app.i18n import _
from desk_app.presenters.school_choice import SchoolOffer

_ITEM: Final = Qt.ItemDataRole.UserRole
_LEFT, _RIGHT, _ABOVE, _NAME, _LINE = 18, 16, 8, 22, 21
_SIGN, _GAP = 18, 20
"""Room for a sign, and between two reasons."""


def flow(widths: list[float], room: float, gap: float) -> list[tuple[int, float]]:
    """Line and left edge of things that stand side by side as long as there is room."""
    places: list[tuple[int, float]] = []
    line, left = 0, 0.0
    for width in widths:
        if left and left + width > room:
            line, left = line + 1, 0.0
        places.append((line, left))
        left += width + gap
    return places


class _Offers(QAbstractListModel):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.rows: tuple[SchoolOffer, ...] = ()

    def set_rows(self, rows: tuple[SchoolOffer, ...]) -> None:
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        offer = self.rows[index.row()]
        if role == _ITEM:
            return offer
        return offer.spoken if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole) else None


class _OfferDelegate(QStyledItemDelegate):
    """Rows are as high as their reasons need."""

    def __init__(self, view: QListView) -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        theme = Theme.current()
        places = self._places(index.data(_ITEM).reasons)
        lines = places[-1][0] + 1 if places else 0
        return QSize(0, theme.px(2 * _ABOVE + _NAME + lines * _LINE))

    def _places(self, reasons: tuple[Reason, ...]) -> list[tuple[int, float]]:
        theme = Theme.current()
        font = theme.font("small")
        # a bar that comes and goes breaks no line anew
        bar = self._view.verticalScrollBar().sizeHint().width()
        room = self._view.width() - bar - theme.px(_LEFT + _RIGHT)
        return flow([theme.px(_SIGN) + width_of(each.words, font) for each in reasons], room, theme.px(_GAP))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme = Theme.current()
        offer: SchoolOffer = index.data(_ITEM)
        area = QRectF(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if option.state & QStyle.StateFlag.State_Selected:
            box(painter, area, 8, "selected")
            pill(painter, area)
        elif option.state & QStyle.StateFlag.State_MouseOver:
            box(painter, area, 8, "hover")
        inner = area.adjusted(theme.px(_LEFT), theme.px(_ABOVE), -theme.px(_RIGHT), 0)
        head = QRectF(inner.left(), inner.top(), inner.width(), theme.px(_NAME))
        used = text(painter, head, offer.name, theme.font("body", strong=True), "text")
        head.setLeft(head.left() + used + theme.px(10))
        if head.width() > theme.px(40):
            text(painter, head, offer.about, theme.font("small"), "text3")
        top = inner.top() + theme.px(_NAME)
        for reason, (line, left) in zip(offer.reasons, self._places(offer.reasons), strict=True):
            place = QRectF(inner.left() + left, top + line * theme.px(_LINE), inner.width() - left, theme.px(_LINE))
            _paint_reason(painter, place, reason)
        painter.restore()


def _paint_reason(painter: QPainter, place: QRectF, reason: Reason) -> None:
    """A tick for what speaks for the school, a cross for what speaks against it, a quiet dot for what is just so."""
    theme = Theme.current()
    middle = QPointF(place.left() + theme.px(6), place.center().y())
    if reason.good is None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(shade("text3"))
        painter.drawEllipse(middle, theme.px(2), theme.px(2))
    elif reason.good:
        tick(painter, middle, theme.px(10), "ok")
    else:
        icons.paint(painter, "x", middle, theme.px(13), "text2")
    text(
        painter,
        place.adjusted(theme.px(_SIGN), 0, 0, 0),
        reason.words,
        theme.font("small"),
        "text" if reason.good else "text2",
    )


class SchoolChoiceList(QListView):
    """The keys stay in the box above it; this shows what is chosen. A double click takes a school."""

    taken = Signal(str)
    moved = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._offers = _Offers(self)
        self.setModel(self._offers)
        self.setItemDelegate(_OfferDelegate(self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        self.setProperty("ring_none", True)
        self.setProperty("raised", True)
        self.setAccessibleName(_("Vorgeschlagene Schulen"))
        self.doubleClicked.connect(lambda index: self.taken.emit(index.data(_ITEM).number))
        self.selectionModel().currentChanged.connect(self.moved)

    def show_offers(self, offers: tuple[SchoolOffer, ...]) -> None:
        """Show these, the first one chosen."""
        self._offers.set_rows(offers)
        self.move_to(0)
        self.scrollToTop()

    def offers(self) -> tuple[SchoolOffer, ...]:
        return self._offers.rows

    def chosen(self) -> SchoolOffer | None:
        """The school the keys are on."""
        place = self.currentIndex().row()
        return self._offers.rows[place] if 0 <= place < len(self._offers.rows) else None

    def step(self, by: int) -> None:
        """Go on by so many schools; the ends hold."""
        self.move_to(max(0, min(self.currentIndex().row() + by, len(self._offers.rows) - 1)))

    def move_to(self, place: int) -> None:
        if 0 <= place < len(self._offers.rows):
            index = self._offers.index(place, 0)
            self.setCurrentIndex(index)
            self.scrollTo(index)

    def refit(self) -> None:
        self.scheduleDelayedItemsLayout()
