"""Fields in columns that follow the width: three, two below 560 px, one below 340 px, in reading order."""

from __future__ import annotations

from typing import cast

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from desk_app.gui.theme import Theme
from desk_app.gui.widgets.field import Field

COLUMN_GAP = 12
ROW_GAP = 10
_TWO_BELOW, _ONE_BELOW = 560, 340


def columns_for(width: float) -> int:
    """How many columns fit into `width` pixels at 100 % text scale."""
    return 1 if width < _ONE_BELOW else 2 if width < _TWO_BELOW else 3


class FieldGrid(QWidget):
    """Lays its fields out anew whenever the width or the visible fields change; hidden fields leave no hole.

    In Designer: promote a QWidget, give it a grid layout and put the fields into three columns. A field that
    covers several columns there, or has the property `span`, covers as many here where there are so many.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._fields: list[QWidget] = []
        self._spans: dict[QWidget, int] = {}
        self._arranged: tuple[int, tuple[QWidget, ...]] = (0, ())

    def add(self, field: QWidget, span: int = 1) -> None:
        """Append a field built in code."""
        grid = self._grid()
        self._collect(grid)
        self._spans[field] = span
        self._fields.append(field)
        field.installEventFilter(self)
        grid.addWidget(field, grid.rowCount(), 0)
        self._arranged = (0, ())
        self._arrange_if_seen()

    def fields(self) -> list[Field]:
        """The fields in reading order, hidden ones too."""
        self._collect(self._grid())
        return [field for field in self._fields if isinstance(field, Field)]

    def _grid(self) -> QGridLayout:
        grid = self.layout()
        if grid is None:
            grid = QGridLayout(self)
        assert isinstance(grid, QGridLayout)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(COLUMN_GAP)
        grid.setVerticalSpacing(ROW_GAP)
        return grid

    def _collect(self, grid: QGridLayout) -> None:
        """Take over, in reading order, what Designer laid out."""
        found: list[tuple[int, int, int, QWidget]] = []
        for place in range(grid.count()):
            item = grid.itemAt(place)
            widget = item.widget() if item is not None else None
            if widget is not None and widget not in self._spans:
                # the stub calls this tuple an object
                row, column, _rows, columns = cast(tuple[int, int, int, int], grid.getItemPosition(place))
                found.append((row, column, columns, widget))
        for _row, _column, columns, widget in sorted(found, key=lambda entry: entry[:2]):
            own = widget.get_span() if isinstance(widget, Field) else 1
            self._spans[widget] = max(columns, own)
            self._fields.append(widget)
            widget.installEventFilter(self)

    def refit(self) -> None:
        self.arrange()

    def arrange(self) -> None:
        """Place every field that is not hidden; nothing moves while nothing changed."""
        grid = self._grid()
        self._collect(grid)
        count = columns_for(self.width() / Theme.current().scale)
        shown = tuple(field for field in self._fields if not field.isHidden())
        if self._arranged == (count, shown):
            return
        self._arranged = (count, shown)
        for field in self._fields:
            grid.removeWidget(field)
        row = column = 0
        for field in shown:
            span = min(self._spans[field], count)
            if column + span > count:
                row, column = row + 1, 0
            grid.addWidget(field, row, column, 1, span)
            column += span
        # height left over goes below the last row, not between the rows
        for line in range(max(grid.rowCount(), row + 2)):
            grid.setRowStretch(line, 1 if line == row + 1 else 0)
        for column in range(3):
            grid.setColumnStretch(column, 1 if column < count else 0)
            grid.setColumnMinimumWidth(column, 0)
        # empty columns keep their gap in Qt's grid; without it a single column ends at the right edge
        grid.setHorizontalSpacing(COLUMN_GAP if count > 1 else 0)

    def _arrange_if_seen(self) -> None:
        # a form being built would be laid out anew for every single field
        if self.isVisible():
            self.arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.arrange()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.arrange()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.ShowToParent, QEvent.Type.HideToParent):
            self._arrange_if_seen()
        return super().eventFilter(watched, event)
