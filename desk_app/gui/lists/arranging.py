"""The columns of a list as somebody wants them: which, in what order, how wide; by key and by mouse.

Kept per machine, since a width that is right on one screen is wrong on another; it holds nothing about anybody.
"""

from __future__ import annotations

import contextlib
from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QHeaderView

from desk_app import settings
from desk_app.domain.lists import BROADEST, NARROWEST, Arrangement, Column
from desk_app.gui.painting import width_of
from desk_app.gui.row_cells import CELL_GAP, EDGE
from desk_app.gui.row_view import RowView
from desk_app.gui.theme import Theme

STEP = 2.0
"""Characters by which a key makes a column broader or narrower."""


def kept_arrangement(key: str) -> Arrangement:
    """What somebody chose on this machine for a list."""
    line = next((line for line in settings.load().lists if line.startswith(f"{key}:")), "")
    return Arrangement.from_text(line.partition(":")[2])


def keep_arrangement(key: str, arrangement: Arrangement) -> None:
    """Keep it; where the settings cannot be written it holds until the program ends."""
    known = settings.load()
    others = [line for line in known.lists if not line.startswith(f"{key}:")]
    own = [f"{key}: {arrangement.to_text()}"] if arrangement.columns else []
    with contextlib.suppress(OSError):
        settings.save(known._replace(lists=(*others, *own)))


class Arranger(QObject):
    """Ties one view to its arrangement. ``changed`` comes whenever other columns are shown."""

    changed = Signal()

    def __init__(self, key: str, columns: Sequence[Column], view: RowView) -> None:
        super().__init__(view)
        self._key = key
        self.all = tuple(columns)
        self._view = view
        self._pressed = self._pulled = False
        self._arrangement = kept_arrangement(key)
        self._follow_head()
        self._show()

    @property
    def shown(self) -> tuple[Column, ...]:
        """The columns shown, in their order."""
        return self._view.table.columns

    def arrange(self, columns: Sequence[Column]) -> None:
        """Show these columns in this order. A list without any column would be none: then nothing changes."""
        if columns:
            self._arrangement = Arrangement.showing(columns)
            keep_arrangement(self._key, self._arrangement)
            self._show()

    def reset(self) -> None:
        """As the list comes."""
        self._arrangement = Arrangement()
        keep_arrangement(self._key, self._arrangement)
        self._show()

    def in_order(self) -> tuple[Column, ...]:
        """All columns: those shown in their order, then the others."""
        keys = {column.key for column in self.shown}
        return (*self.shown, *(column for column in self.all if column.key not in keys))

    def widen(self, key: str, by: float) -> None:
        """Make a shown column broader or narrower; the others share the rest of the room."""
        self._set_widths({key: next(column.width for column in self.shown if column.key == key) + by})

    def _show(self) -> None:
        view = self._view
        place, scrolled = view.currentIndex().row(), view.verticalScrollBar().value()
        view.table.arrange(self._arrangement.of(self.all))
        view.share_width()
        view.go_to(place)
        view.verticalScrollBar().setValue(scrolled)
        self.changed.emit()

    def _set_widths(self, widths: dict[str, float]) -> None:
        columns = [
            (column.key, min(max(widths.get(column.key, column.width), NARROWEST), BROADEST)) for column in self.shown
        ]
        self._arrangement = Arrangement(tuple(columns))
        keep_arrangement(self._key, self._arrangement)
        self._show()

    # --- the mouse at the head

    def _follow_head(self) -> None:
        head = self._view.head
        head.setSectionsMovable(True)
        head.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        head.sectionMoved.connect(lambda *_places: QTimer.singleShot(0, self._take_order))
        head.sectionResized.connect(lambda *_widths: self._pull())
        head.viewport().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.MouseButtonPress:
            self._pressed, self._pulled = True, False
        elif event.type() == QEvent.Type.MouseButtonRelease:
            self._pressed = False
            if self._pulled:
                QTimer.singleShot(0, self._take_widths)
        return super().eventFilter(watched, event)

    def _pull(self) -> None:
        """Widths change all the time with the window; only while the mouse is down somebody wants them so."""
        self._pulled = self._pulled or self._pressed

    def _take_order(self) -> None:
        """Take over what was dragged: the order moves into the table, the head goes back to counting from the left."""
        head, table = self._view.head, self._view.table
        order = [column for place in range(head.count()) if (column := table.column_at(head.logicalIndex(place)))]
        head.blockSignals(True)
        for logical in range(head.count()):
            head.moveSection(head.visualIndex(logical), logical)
        head.blockSignals(False)
        if order != list(self.shown):
            self.arrange(order)

    def _take_widths(self) -> None:
        letter = width_of("n", Theme.current().font("body"))
        found = {}
        for place in range(self._view.table.columnCount()):
            column = self._view.table.column_at(place)
            if column is not None and not self._view.isColumnHidden(place):
                room = self._view.columnWidth(place) - CELL_GAP - (EDGE if place == 0 else 0)
                found[column.key] = room / letter
        self._set_widths(found)
