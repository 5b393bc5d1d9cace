"""How far a grid is scrolled: its bars, where a day begins, and what the keyboard is at stays in view."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtWidgets import QAbstractScrollArea, QScrollBar

from desk_app.gui.appointments.grid_geometry import Geometry
from desk_app.presenters.appointment_sheet import Sheet

_ROOM = 8
"""Pixels left around what is brought into view."""
_BEFORE = 30
"""Minutes shown before the first thing of a day."""


class GridScroll:
    """Sets the bars of a scroll area from the sheet it shows."""

    def __init__(self, area: QAbstractScrollArea) -> None:
        self._area = area

    # asked for each time: the binding lets go of a bar it handed out before, although the area still has it

    @property
    def _across(self) -> QScrollBar:
        return self._area.horizontalScrollBar()

    @property
    def _down(self) -> QScrollBar:
        return self._area.verticalScrollBar()

    def geometry(self, sheet: Sheet) -> Geometry:
        """The sheet in the viewport as it is scrolled now."""
        size = self._area.viewport().size()
        return Geometry(sheet, size.width(), size.height(), self._across.value(), self._down.value())

    def fit(self, sheet: Sheet) -> None:
        """Let the bars reach everything, and no further."""
        size = self._area.viewport().size()
        grid = Geometry(sheet, size.width(), size.height())
        for bar, content, room, step in (
            (self._across, grid.content_width, grid.body.width(), grid.column),
            (self._down, grid.content_height, grid.body.height(), grid.hour / 2),
        ):
            bar.setRange(0, max(0, content - round(room)))
            bar.setPageStep(round(room))
            bar.setSingleStep(round(step))

    def to_morning(self, grid: Geometry) -> None:
        """Begin where the day begins: at its first appointment, and today an hour before now."""
        sheet = grid.sheet
        at = min((block.start for block in sheet.blocks), default=sheet.first)
        if sheet.today in sheet.days and not sheet.weekly:
            at = max(min(sheet.now - 60, sheet.last), sheet.first)
        self._down.setValue(round((at - sheet.first - _BEFORE) / 60 * grid.hour))

    def into_view(self, grid: Geometry, area: QRectF) -> None:
        """Scroll as little as needed."""
        body = grid.body.adjusted(_ROOM, _ROOM, -_ROOM, -_ROOM)
        for bar, low, high, near, far in (
            (self._down, area.top(), area.bottom(), body.top(), body.bottom()),
            (self._across, area.left(), area.right(), body.left(), body.right()),
        ):
            if low < near:
                bar.setValue(bar.value() - round(near - low))
            elif high > far:
                bar.setValue(bar.value() + round(min(high - far, low - near)))
