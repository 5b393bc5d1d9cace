"""Where a sheet of appointments lies in pixels: heads on top, hours at the left, one column per desk."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from PySide6.QtCore import QPointF, QRectF

from desk_app.gui.theme import Theme
from desk_app.presenters.appointment_sheet import QUARTER, Block, Minutes, Sheet

AXIS, HEAD, WEEK_HEAD = 54, 56, 66
"""Pixels at 100 %."""
HOUR_MIN, HOUR_MAX = 74, 112
"""An hour has between so many pixels at 100 %, as many as the window has room for."""
COLUMN_MIN, WEEK_COLUMN_MIN = 120, 56
"""What a column needs at 100 % before the sheet scrolls sideways."""
TOP_ROOM: Final = 7
"""Pixels above the first hour, for half of its number."""
BLOCK_LEFT, BLOCK_RIGHT, LANE_GAP = 5, 6, 3
WEEK_LEFT, WEEK_RIGHT = 2, 3


@dataclass(frozen=True)
class Geometry:
    """Of one sheet in a viewport ``width`` by ``height``, scrolled by ``x`` and ``y`` pixels."""

    sheet: Sheet
    width: int
    height: int
    x: int = 0
    y: int = 0

    # --- lengths

    @cached_property
    def axis(self) -> int:
        return Theme.current().px(AXIS)

    @cached_property
    def head(self) -> int:
        return Theme.current().px(WEEK_HEAD if self.sheet.weekly else HEAD)

    @cached_property
    def hour(self) -> float:
        """Pixels of an hour: the whole day where it fits, else enough to read."""
        theme = Theme.current()
        hours = max((self.sheet.last - self.sheet.first) / 60, 1)
        room = (self.height - self.head - 2 * TOP_ROOM) / hours
        return min(max(room, theme.px(HOUR_MIN)), theme.px(HOUR_MAX))

    @cached_property
    def column(self) -> float:
        """Pixels of a column."""
        least = Theme.current().px(WEEK_COLUMN_MIN if self.sheet.weekly else COLUMN_MIN)
        return max((self.width - self.axis) / max(len(self.sheet.columns), 1), least)

    @cached_property
    def content_height(self) -> int:
        return round((self.sheet.last - self.sheet.first) / 60 * self.hour) + 2 * TOP_ROOM

    @cached_property
    def content_width(self) -> int:
        return round(self.column * len(self.sheet.columns))

    @cached_property
    def body(self) -> QRectF:
        """Where columns and hours are, as far as the viewport shows them."""
        return QRectF(self.axis, self.head, self.width - self.axis, self.height - self.head)

    # --- from minutes to pixels

    def top(self, minute: float) -> float:
        return self.head + TOP_ROOM - self.y + (minute - self.sheet.first) / 60 * self.hour

    def left(self, column: int) -> float:
        return self.axis - self.x + column * self.column

    def column_area(self, column: int) -> QRectF:
        """A column from head to foot of the viewport."""
        left = round(self.left(column))
        return QRectF(left, self.head, round(self.left(column + 1)) - left, self.height - self.head)

    def span_area(self, column: int, span: Minutes, lane: int = 0, lanes: int = 1) -> QRectF:
        """Where something from minute to minute stands, on whole pixels."""
        near, far = (WEEK_LEFT, WEEK_RIGHT) if self.sheet.weekly else (BLOCK_LEFT, BLOCK_RIGHT)
        left, right = round(self.left(column)) + near, round(self.left(column + 1)) - far
        each = (right - left - (lanes - 1) * LANE_GAP) / lanes
        begin = round(left + lane * (each + LANE_GAP))
        top, bottom = round(self.top(span[0])), round(self.top(span[1]))
        return QRectF(begin, top, round(each), max(bottom - top - 1, 12))

    def block_area(self, block: Block) -> QRectF:
        return self.span_area(block.column, (block.start, block.end), block.lane, block.lanes)

    # --- and back

    def minute_at(self, place: QPointF, raster: int = QUARTER) -> int:
        """The minute of the day below a place, on the raster before it."""
        raw = self.sheet.first + (place.y() - self.top(self.sheet.first)) / self.hour * 60
        return min(max(int(raw // raster * raster), self.sheet.first), self.sheet.last - raster)

    def column_at(self, place: QPointF) -> int:
        """The column below a place, -1 outside of all."""
        if not self.body.contains(place):
            return -1
        column = int((place.x() - self.left(0)) // self.column)
        return column if 0 <= column < len(self.sheet.columns) else -1

    def block_at(self, place: QPointF) -> Block | None:
        """The block below a place; of several the one painted last."""
        if not self.body.contains(place):
            return None
        return next((each for each in reversed(self.sheet.blocks) if self.block_area(each).contains(place)), None)

    def shown_columns(self) -> range:
        """The columns that the viewport shows any of."""
        first = max(int(self.x // self.column), 0)
        last = int((self.x + self.width - self.axis) // self.column) + 1
        return range(first, min(last, len(self.sheet.columns)))

    @cached_property
    def shown_blocks(self) -> tuple[tuple[Block, QRectF], ...]:
        """The blocks that the viewport shows any of, with their areas: measured once, painted many times."""
        columns, body = self.shown_columns(), self.body
        found = []
        for block in self.sheet.blocks:
            if block.column in columns:
                area = self.block_area(block)
                if area.bottom() > body.top() and area.top() < body.bottom():
                    found.append((block, area))
        return tuple(found)

    def days(self) -> Iterator[tuple[int, int]]:
        """For each day its first column and the one after its last."""
        columns, first = self.sheet.columns, 0
        for at in range(1, len(columns) + 1):
            if at == len(columns) or columns[at].day != columns[first].day:
                yield first, at
                first = at
