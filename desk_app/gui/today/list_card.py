"""A card of the page "Heute" with rows that scroll; rows that are still there keep their focus."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QWidget

from desk_app.gui.theme import Theme
from desk_app.gui.today.rows import HEIGHT, TodayRow
from desk_app.gui.widgets.cards import PADDING, AddRow, Card
from desk_app.gui.widgets.labels import Label
from desk_app.gui.widgets.scroll import ScrollArea

Row = TypeVar("Row", bound=TodayRow)


class ListCard(Card, Generic[Row]):
    """``nothing`` is what it says while it is empty; ``add`` is the row below the others."""

    def __init__(self, title: str, nothing: str, make: Callable[[Hashable], Row], add: AddRow | None = None) -> None:
        super().__init__(title, padded=False, ruled=True)
        self._make = make
        self.rows: dict[Hashable, Row] = {}
        self.add = add
        self.nothing = Label(nothing, "small", "text3", wrap=True)
        self.nothing.setContentsMargins(PADDING + 1, 12, PADDING + 1, 8)
        self.nothing.hide()  # nobody knows yet whether there is nothing
        self._list = ScrollArea()
        self._list.setAccessibleName(title)
        self._list.column.setSpacing(0)
        self._list.column.addWidget(self.nothing)
        if add is not None:
            self._list.column.addWidget(add)
        self._list.column.addStretch(1)
        self.body.setContentsMargins(0, 1, 0, 1)
        self.body.addWidget(self._list, 1)

    def minimumSizeHint(self) -> QSize:
        theme = Theme.current()
        return QSize(theme.px(220), theme.size("cardHead") + theme.px(2 * HEIGHT))

    def show_rows(self, rows: Sequence[tuple[Hashable, Any]]) -> None:
        """Show these, each under its key. The keyboard stays on its row, or goes to the one that took its place."""
        place = self._place_of_focus()
        wanted = dict(rows)
        for key in [key for key in self.rows if key not in wanted]:
            gone = self.rows.pop(key)
            self._list.column.removeWidget(gone)
            gone.hide()
            gone.deleteLater()
        kept = dict(self.rows)
        self.rows = {}
        for position, (key, shown) in enumerate(rows):
            row = kept.get(key)
            if row is None:
                row = self._make(key)
                row.step.connect(lambda step, key=key: self._step(key, step))
            self.rows[key] = row
            if self._list.column.indexOf(row) != position:
                self._list.column.insertWidget(position, row)
            row.show_row(shown)  # type: ignore[attr-defined]  # each kind of row has its own
            row.show()
        self.nothing.setVisible(not rows)
        if place >= 0 and self._place_of_focus() < 0:
            self.go_to(min(place, len(self.rows) - 1))

    def go_to(self, place: int, reason: Qt.FocusReason = Qt.FocusReason.OtherFocusReason) -> None:
        """Put the keyboard on a row; on the row for adding where there is none."""
        stops: list[QWidget] = [*self.rows.values(), *([self.add] if self.add is not None else [])]
        if stops:
            stops[min(max(place, 0), len(stops) - 1)].setFocus(reason)

    def _place_of_focus(self) -> int:
        here = self.window().focusWidget()
        found = (place for place, row in enumerate(self.rows.values()) if row is here or row.isAncestorOf(here or row))
        return next(found, -1) if here is not None else -1

    def _step(self, key: Hashable, step: int) -> None:
        place = list(self.rows).index(key) + step
        if place >= 0:
            self.go_to(place, Qt.FocusReason.TabFocusReason)
