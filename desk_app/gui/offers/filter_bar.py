"""The line above the list: what is searched for, what it is narrowed by, and for which family."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QActionGroup, QKeyEvent, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from desk_app.casework.offer_directory import Directory
from desk_app.domain.code_lists import code_list
from desk_app.domain.offer_filters import Filters
from desk_app.gui import icons
from desk_app.gui.offers.context_chip import ContextChip
from desk_app.gui.offers.more_filters import MoreFilters
from desk_app.gui.painting import box, painting, text, width_of
from desk_app.gui.theme import Theme
from desk_app.gui.widgets.buttons import Button
from desk_app.gui.widgets.search_box import SearchBox
from desk_app.i18n import N_, _

_MOST_WIDE = 150
_SEARCH, _LEAST_SEARCH = 396, 200
_PICKS: Final = (
    ("topic", N_("Thema"), "", "offer_topics"),
    ("audience", N_("Zielgruppe"), "", "offer_audiences"),
    ("language", N_("Sprache"), "languages", "languages"),
    ("district", N_("Stadtteil"), "", "districts"),
)
"""Field of ``Filters``, name, sign, code list."""


class PickButton(Button):
    """Opens a menu with one choice; says in blue what is chosen."""

    picked = Signal(str)

    def __init__(self, title: str, symbol: str) -> None:
        super().__init__(title, "secondary")
        self._title, self._sign = title, symbol
        self.chosen = ""
        self.entries = QMenu(self)
        self.clicked.connect(self._open)

    def offer(self, entries: Sequence[tuple[str, str]]) -> None:
        """Offer these (key, label); the first entry of the menu takes the choice back."""
        self.entries.clear()
        group = QActionGroup(self.entries)
        for key, label in (("", _("Alle")), *entries):
            action = self.entries.addAction(label.replace("&", "&&"))
            action.setCheckable(True)
            action.setChecked(key == self.chosen)
            action.setData(key)
            group.addAction(action)
            action.triggered.connect(lambda _on=False, key=key: self.picked.emit(key))

    def show_chosen(self, key: str, label: str) -> None:
        self.chosen = key
        self.setText(label if key else self._title)
        self.setAccessibleName(f"{self._title}: {label}" if key else self._title)
        for action in self.entries.actions():
            action.setChecked(action.data() == key)
        self.refit()

    def _open(self) -> None:
        self.entries.popup(self.mapToGlobal(self.rect().bottomLeft()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down:
            self._open()
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and self.chosen:
            self.picked.emit("")
        else:
            super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        theme = Theme.current()
        words = min(width_of(self.text(), theme.font("body", strong=True)), theme.px(_MOST_WIDE))
        sign = theme.px(24) if self._sign and self.chosen else 0
        return QSize(round(words) + sign + theme.px(24 + 22), theme.size("control"))

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = Theme.current()
        with painting(self) as painter:
            over = self.underMouse() or self.isDown()
            if self.chosen:
                box(painter, self.rect(), 6, "selected" if over else "accent_tint", "accent_line")
            else:
                box(painter, self.rect(), 6, "hover" if over else "surface", "line_strong")
            ink = "accent_text" if self.chosen else "text"
            left, right = float(theme.px(12)), self.width() - theme.px(12)
            if self._sign and self.chosen:
                icons.paint(painter, self._sign, QPointF(left + theme.px(8), self.height() / 2), theme.px(16), ink)
                left += theme.px(24)
            icons.paint(painter, "chevron-down", QPointF(right - theme.px(6), self.height() / 2), theme.px(14), ink)
            area = QRectF(left, 0, right - left - theme.px(20), self.height())
            text(painter, area, self.text(), theme.font("body", strong=True), ink)


class OfferSearch(SearchBox):
    """↓ goes on into the list, ↑ ↓ of it are the list's own."""

    down_asked = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down:
            self.down_asked.emit()
        else:
            super().keyPressEvent(event)


class FilterBar(QWidget):
    """One line where there is room, else two."""

    filters_chosen = Signal(object)
    context_asked = Signal()
    context_removed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(_("Suchen und filtern"))
        self.filters = Filters()
        self._two_lines: bool | None = None
        self.search = OfferSearch(_("Was wird gebraucht? Zum Beispiel: Deutsch, Geld, Kita"))
        self.picks = {name: PickButton(_(title), symbol) for name, title, symbol, _codes in _PICKS}
        self.more = PickButton(_("Mehr"), "")
        self.more.clicked.disconnect()
        self.more.clicked.connect(self._open_more)
        self.popover: MoreFilters | None = None
        self.context = ContextChip()
        self.context.pressed_chip.connect(self.context_asked)
        self.context.removed.connect(self.context_removed)
        self._middle = QWidget()
        row = QHBoxLayout(self._middle)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for name, button in self.picks.items():
            button.picked.connect(lambda key, name=name: self._choose(replace(self.filters, **{name: key})))
            row.addWidget(button)
        row.addWidget(self.more)
        row.addStretch(1)
        self._upper, self._lower = QHBoxLayout(), QHBoxLayout()
        self._upper.setSpacing(12)
        self._upper.addWidget(self.search, 8)
        self._upper.addStretch(1)
        self._upper.addWidget(self.context)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(8)
        lines.addLayout(self._upper)
        lines.addLayout(self._lower)
        self.refit()

    def offer(self, directory: Directory, language: str = "") -> None:
        """Offer what there is to choose from: languages and districts only as far as offers have them."""
        languages = {each.language for listed in directory.offers for each in listed.offer.languages}
        known = {
            "topic": [(code.key, f"   {code.label}" if code.extra["parent"] else code.label)
                      for code in code_list("offer_topics").entries],
            "audience": [(code.key, code.label) for code in code_list("offer_audiences").entries],
            "language": [(code.key, code.label) for code in code_list("languages").entries
                         if code.key in languages or code.key == language],
            "district": [(code.key, code.label) for code in code_list("districts").entries],
        }  # fmt: skip
        for name, entries in known.items():
            self.picks[name].offer(entries)

    def show_filters(self, filters: Filters) -> None:
        """Say what the list is narrowed by."""
        self.filters = filters
        for name, _title, _symbol, codes in _PICKS:
            key = getattr(filters, name)
            self.picks[name].show_chosen(key, code_list(codes).label(key))
        count = _count_more(filters)
        self.more.show_chosen("more" if count else "", _("Mehr ({n})").format(n=count))
        self._arrange()

    def _choose(self, filters: Filters) -> None:
        self.show_filters(filters)
        self.filters_chosen.emit(filters)

    def _open_more(self) -> None:
        popover = self.popover = MoreFilters(self.window(), self.filters)
        popover.chosen.connect(self._choose)
        popover.closed.connect(popover.deleteLater)
        place = self.more.mapTo(self.window(), self.more.rect().topLeft())
        popover.open_at(QRect(place, self.more.size()))

    # --- room

    def refit(self) -> None:
        self._two_lines = None
        self._arrange()

    def minimumSizeHint(self) -> QSize:
        # what stands in one line now must not hold the window wide: it goes onto two once the window is narrower
        least = Theme.current().px(_LEAST_SEARCH) + 12 + self.context.sizeHint().width()
        return QSize(max(self._middle.sizeHint().width(), least), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        """The filters beside the search where there is room for all, else below it."""
        theme = Theme.current()
        beside = self._middle.sizeHint().width() + self.context.sizeHint().width() + 3 * 12
        two = self.width() < beside + theme.px(_LEAST_SEARCH)
        self.search.setMinimumWidth(theme.px(_LEAST_SEARCH))
        self.search.setMaximumWidth(16_777_215 if two else theme.px(_SEARCH))
        if two == self._two_lines:
            return
        self._two_lines = two
        for line in (self._upper, self._lower):
            line.removeWidget(self._middle)
        if two:
            self._lower.addWidget(self._middle)
        else:
            self._upper.insertWidget(1, self._middle)


def _count_more(filters: Filters) -> int:
    time = bool(filters.weekdays or filters.opens is not None or filters.closes is not None)
    return sum((time, filters.free, filters.child_care, filters.accessible, filters.open_now))
