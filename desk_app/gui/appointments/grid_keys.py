"""The keyboard on a grid. Nothing needs the mouse: the same steps move a block, make it longer and book.

← → day · Bild week · Pos1 today · ↑ ↓ from one free time or appointment to the next · Umschalt+← → another desk ·
Eingabe opens or books · Strg+arrows pull the appointment to another time or desk, Umschalt+↑ ↓ make it shorter or
longer; Eingabe then puts it there and Esc leaves it · letters do what the menu of an appointment says.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Protocol

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from desk_app.gui.appointments.grid_paint import Ghost
from desk_app.i18n import _
from desk_app.presenters.appointment_sheet import QUARTER, Block, Cursor, Minutes, Sheet, beside, first_stop, step
from desk_app.presenters.appointment_words import between

if TYPE_CHECKING:
    from uuid import UUID

    from PySide6.QtCore import SignalInstance

CONFIRM, MISSED, MOVE, CANCEL, CHANGE, FILE = "confirm", "missed", "move", "cancel", "change", "file"
INTERPRET, SLIP, WISH = "interpret", "slip", "wish"
DEEDS: Final = {
    Qt.Key.Key_B: CONFIRM,
    Qt.Key.Key_N: MISSED,
    Qt.Key.Key_V: MOVE,
    Qt.Key.Key_Delete: CANCEL,
    Qt.Key.Key_F2: CHANGE,
    Qt.Key.Key_A: FILE,
    Qt.Key.Key_D: INTERPRET,
    Qt.Key.Key_Z: SLIP,
    Qt.Key.Key_F: WISH,
}
_FINE: Final = 5
_PLAIN, _SHIFT, _CTRL = (
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.ControlModifier,
)
_ARROWS: Final = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}
_DAYS: Final = {Qt.Key.Key_PageUp: -7, Qt.Key.Key_PageDown: 7, Qt.Key.Key_Home: 0}


class KeyedGrid(Protocol):
    """The grid, as far as the keyboard moves in it and asks for something."""

    sheet: Sheet
    spot: Cursor | None
    ghost: Ghost | None
    fixed: frozenset[UUID]

    @property
    def book_asked(self) -> SignalInstance: ...

    @property
    def opened(self) -> SignalInstance: ...

    @property
    def moved(self) -> SignalInstance: ...

    @property
    def day_asked(self) -> SignalInstance: ...

    @property
    def deed_asked(self) -> SignalInstance: ...

    def point_at(self, cursor: Cursor | None) -> None: ...

    def show_ghost(self, ghost: Ghost | None) -> None: ...

    def let_go(self) -> bool: ...

    def announce(self, words: str) -> None: ...


class GridKeys:
    """Says for each key whether it meant the grid."""

    def __init__(self, grid: KeyedGrid) -> None:
        self._grid = grid
        self._block: Block | None = None
        """What is being pulled by keys."""

    def press(self, event: QKeyEvent) -> bool:
        key = Qt.Key(event.key())
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if key in _ARROWS and held in (_PLAIN, _SHIFT, _CTRL):
            return self._arrow(*_ARROWS[key], held)
        if held != _PLAIN:
            return False
        if key in _DAYS:
            self._grid.day_asked.emit(_DAYS[key])
            return True
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            return self._enter()
        if key == Qt.Key.Key_Escape:
            self._block = None
            return self._grid.let_go()
        return self._letter(key)

    def _arrow(self, across: int, down: int, held: Qt.KeyboardModifier) -> bool:
        grid = self._grid
        if held == _CTRL:
            self._pull(across, (down * QUARTER, down * QUARTER))
        elif held == _SHIFT and down:
            self._pull(0, (0, down * _FINE))
        elif held == _SHIFT and grid.spot is not None:
            grid.point_at(beside(grid.sheet, grid.spot, across))
        elif held == _PLAIN and across:
            grid.day_asked.emit(across)
        elif held == _PLAIN:
            grid.point_at(step(grid.sheet, grid.spot, down) if grid.spot else first_stop(grid.sheet))
        return True

    def _enter(self) -> bool:
        grid, block, ghost = self._grid, self._block, self._grid.ghost
        if block is not None and ghost is not None:
            self._block = None
            grid.show_ghost(None)
            grid.moved.emit(block.face.id, ghost.column, ghost.span)
        elif grid.spot is None:
            return False
        elif grid.spot.id is not None:
            grid.opened.emit(grid.spot.id)
        else:
            grid.book_asked.emit(grid.spot.column, grid.spot.start, 0)
        return True

    def _letter(self, key: Qt.Key) -> bool:
        cursor = self._grid.spot
        if key not in DEEDS or cursor is None or cursor.id is None:
            return False
        self._grid.deed_asked.emit(cursor.id, DEEDS[key])
        return True

    # --- pulling

    def _pull(self, across: int, by: Minutes) -> None:
        grid = self._grid
        if self._block is None or grid.ghost is None:
            block = grid.sheet.block(grid.spot.id) if grid.spot is not None else None
            if block is None or block.face.id in grid.fixed:
                return
            self._block = block
            ghost = Ghost(block.column, (block.start, block.end), block.face.title)
        else:
            ghost = grid.ghost
        column = min(max(ghost.column + across, 0), len(grid.sheet.columns) - 1)
        start = max(ghost.span[0] + by[0], 0)
        end = max(ghost.span[1] + by[1], start + _FINE)
        if end > 24 * 60:
            return
        grid.show_ghost(Ghost(column, (start, end), self._block.face.title, between(start, end)))
        seat = grid.sheet.columns[column].title
        words = _("{title}: {time}, {seat}. Eingabe trägt es ein, Esc lässt es, wie es war.")
        grid.announce(words.format(title=self._block.face.title, time=between(start, end), seat=seat))
