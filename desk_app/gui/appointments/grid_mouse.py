"""The mouse on a grid: a click opens or books, pulling a block moves it, pulling its foot makes it longer."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from typing import Final

from PySide6.QtCore import QPointF, Qt
from PySide6.QtWidgets import QApplication

from desk_app.gui.appointments.grid_geometry import Geometry
from desk_app.presenters.appointment_sheet import QUARTER, Block, Minutes

_FOOT: Final = 6
"""Pixels at the foot of a block by which it is made longer."""
_FINE: Final = 5
"""Minutes it snaps to while Alt is held."""


class Pull(Enum):
    """What pulling does, by where it began."""

    MOVE = auto()
    STRETCH = auto()
    NEW = auto()


@dataclass(frozen=True, slots=True)
class Pulled:
    """Where something is now that is being pulled; ``block`` is ``None`` for a new appointment."""

    what: Pull
    block: Block | None
    column: int
    span: Minutes


class GridMouse:
    """Between pressing and letting go. ``pulled`` is ``None`` until the mouse has moved far enough to mean it."""

    def __init__(self) -> None:
        self._pressed: QPointF | None = None
        self._what = Pull.NEW
        self._block: Block | None = None
        self._grip = 0
        self._column = -1
        self.pulled: Pulled | None = None

    @property
    def is_down(self) -> bool:
        return self._pressed is not None

    def press(self, grid: Geometry, place: QPointF, movable: bool) -> None:
        """The button went down; ``movable`` is whether the block below may be pulled at all."""
        self.pulled, self._pressed = None, place
        self._block = grid.block_at(place)
        self._column = grid.column_at(place)
        if self._block is None:
            self._what = Pull.NEW
            self._grip = grid.minute_at(place)
        else:
            self._what = Pull.STRETCH if self.over_foot(grid, place) else Pull.MOVE
            self._grip = grid.minute_at(place, 1) - self._block.start
            if not movable:
                self._column = -1

    @staticmethod
    def over_foot(grid: Geometry, place: QPointF) -> bool:
        block = grid.block_at(place)
        return block is not None and grid.block_area(block).bottom() - place.y() <= _FOOT

    def move(self, grid: Geometry, place: QPointF, held: Qt.KeyboardModifier) -> bool:
        """Follow the mouse; whether something is being pulled."""
        if self._pressed is None or self._column < 0:
            return False
        if self.pulled is None:
            far = (place - self._pressed).manhattanLength() >= QApplication.startDragDistance()
            if not far:
                return False
        raster = _FINE if held & Qt.KeyboardModifier.AltModifier else QUARTER
        self.pulled = self._follow(grid, place, raster)
        return True

    def _follow(self, grid: Geometry, place: QPointF, raster: int) -> Pulled:
        here = grid.minute_at(place, raster)
        if self._block is None:
            low, high = min(self._grip, here), max(self._grip, here) + raster
            return Pulled(self._what, None, self._column, (low, high))
        start, end = self._block.start, self._block.end
        if self._what is Pull.STRETCH:
            return Pulled(self._what, self._block, self._block.column, (start, max(here + raster, start + _FINE)))
        column = grid.column_at(place)
        begin = round((grid.minute_at(place, 1) - self._grip) / raster) * raster
        begin = min(max(begin, grid.sheet.first), grid.sheet.last - (end - start))
        return Pulled(
            self._what, self._block, column if column >= 0 else self._block.column, (begin, begin + end - start)
        )

    def release(self) -> tuple[Block | None, int, int, Pulled | None]:
        """What was pressed: block, column and minute, and where it was pulled to."""
        found = self._block, self._column, self._grip, self.pulled
        self.forget()
        return found

    def forget(self) -> None:
        """Let go without doing anything."""
        self._pressed = self._block = self.pulled = None
