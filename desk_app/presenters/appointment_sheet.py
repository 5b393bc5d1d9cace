"""A day or a week as it is painted: columns of desks, blocks beside each other, shut hours, gaps that are free.

Times are minutes of the local day, half-open. Nothing here knows how many pixels an hour has.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

Minutes = tuple[int, int]
"""From a minute of the day up to, not including, another."""

QUARTER: Final = 15
"""Minutes between two places the keyboard and the mouse stop at."""
SHORTEST_GAP: Final = 30
"""Minutes a gap needs to be offered as free."""


@dataclass(frozen=True, slots=True)
class Face:
    """What a block says, and how it looks: ``look`` and ``state`` are the codes of the appointment."""

    id: UUID
    title: str
    time: str
    detail: str = ""
    more: str = ""
    look: str = "follow"
    state: str = "planned"
    chip: str = ""
    """The language, with "offen" while nobody is found; empty without interpreting."""
    chip_short: str = ""
    interpreting: str = ""
    missed: bool = False
    """Whether they did not come to the appointment before."""
    overbooked: bool = False
    spoken: str = ""


@dataclass(frozen=True, slots=True)
class Shade:
    """Hours when nobody is there, and why where that is known: "Mittag"."""

    start: int
    end: int
    words: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """One desk on one day. ``seat`` is ``None`` for what has no desk."""

    day: date
    place: UUID | None
    seat: UUID | None
    title: str
    second: str = ""
    mine: bool = False
    shut: tuple[Shade, ...] = ()
    away: tuple[Minutes, ...] = ()
    """When the calendar of whoever sits there says that they are taken."""


@dataclass(frozen=True, slots=True)
class Block:
    """One appointment in its column. ``busy`` is what it takes up with the minutes before and after; of ``lanes``
    that lie beside each other it has the one counted from 0. ``elapsed`` is the share that is over while it runs.
    """

    face: Face
    column: int
    start: int
    end: int
    busy: Minutes
    lane: int = 0
    lanes: int = 1
    elapsed: float = 0.0


@dataclass(frozen=True, slots=True)
class Gap:
    """Free time at a desk, from one thing to the next."""

    column: int
    start: int
    end: int

    @property
    def minutes(self) -> int:
        return self.end - self.start


@dataclass(frozen=True, slots=True)
class Sheet:
    """Everything a grid shows. ``now`` is the minute of today, on ``today``; ``days`` are those of the columns."""

    columns: tuple[Column, ...] = ()
    blocks: tuple[Block, ...] = ()
    gaps: tuple[Gap, ...] = ()
    first: int = 8 * 60
    last: int = 16 * 60
    today: date = date.min
    now: int = 0
    weekly: bool = False
    free: tuple[tuple[date, int], ...] = ()
    """How many usual appointments still fit into each day."""

    @property
    def days(self) -> tuple[date, ...]:
        return tuple(dict.fromkeys(column.day for column in self.columns))

    def block(self, appointment: UUID | None) -> Block | None:
        """The block of an appointment, ``None`` where it is not shown."""
        return next((block for block in self.blocks if block.face.id == appointment), None)

    def gap_at(self, column: int, minute: int) -> Gap | None:
        """The free time that holds a minute."""
        return next((gap for gap in self.gaps if gap.column == column and gap.start <= minute < gap.end), None)

    def column_of(self, day: date, seat: UUID | None) -> int:
        """The place of a desk on a day, -1 where it is not shown."""
        found = (at for at, each in enumerate(self.columns) if each.day == day and each.seat == seat)
        return next(found, -1)


def side_by_side(spans: Sequence[Minutes]) -> list[tuple[int, int]]:
    """For each span its lane and how many lanes there are where it lies: what meets stands beside each other."""
    order = sorted(range(len(spans)), key=lambda at: (spans[at][0], -spans[at][1]))
    found = [(0, 1)] * len(spans)
    cluster: list[int] = []
    ends: list[int] = []

    def settle() -> None:
        for at in cluster:
            found[at] = (found[at][0], len(ends))
        cluster.clear()
        ends.clear()

    for at in order:
        start, end = spans[at]
        if ends and start >= max(ends):
            settle()
        lane = next((place for place, until in enumerate(ends) if until <= start), len(ends))
        ends[lane : lane + 1] = [end]
        found[at] = (lane, 1)
        cluster.append(at)
    settle()
    return found


def hours_around(shown: Iterable[Minutes], usual: Minutes = (8 * 60, 16 * 60)) -> Minutes:
    """Whole hours that hold all of these and the usual day."""
    spans = [usual, *shown]
    first = min(start for start, _end in spans) // 60 * 60
    last = -(-max(end for _start, end in spans) // 60) * 60
    return first, min(last, 24 * 60)


def gaps_between(open_spans: Sequence[Minutes], taken: Sequence[Minutes], not_before: int = 0) -> list[Minutes]:
    """What is open, not taken and not over, from ``SHORTEST_GAP`` minutes; beginnings are on full five minutes."""
    found: list[Minutes] = []
    for opens, closes in open_spans:
        at = max(opens, -(-not_before // 5) * 5)
        for start, end in sorted(taken):
            if start >= closes:
                break
            if start - at >= SHORTEST_GAP:
                found.append((at, start))
            at = max(at, end)
        if closes - at >= SHORTEST_GAP:
            found.append((at, closes))
    return found


def shades(open_spans: Sequence[Minutes], words: str = "") -> tuple[Shade, ...]:
    """What lies outside the open hours; a gap of at most two hours between them is the midday break."""
    at, found = 0, []
    for opens, closes in sorted(open_spans):
        if opens > at:
            found.append(Shade(at, opens, words if at > 0 and opens - at <= 120 else ""))
        at = max(at, closes)
    if at < 24 * 60:
        found.append(Shade(at, 24 * 60))
    return tuple(found)


def fitting(gaps: Iterable[Gap], minutes: int) -> int:
    """How many appointments of so many minutes fit into the gaps."""
    return sum(gap.minutes // minutes for gap in gaps) if minutes > 0 else 0


# --- where the keyboard is


@dataclass(frozen=True, slots=True)
class Cursor:
    """A free time in a column, or an appointment."""

    column: int
    start: int
    id: UUID | None = None


def stops(sheet: Sheet, column: int) -> list[Cursor]:
    """Where ↑ and ↓ stop in a column, from top to bottom: every quarter of an hour that is free, every appointment."""
    blocks = [block for block in sheet.blocks if block.column == column]
    free = [
        Cursor(column, minute)
        for gap in sheet.gaps
        if gap.column == column
        for minute in range(-(-gap.start // QUARTER) * QUARTER, gap.end - QUARTER + 1, QUARTER)
    ]
    found = [*free, *(Cursor(column, block.start, block.face.id) for block in blocks)]
    return sorted(found, key=lambda stop: (stop.start, stop.id is None, str(stop.id or "")))


def step(sheet: Sheet, cursor: Cursor | None, by: int) -> Cursor | None:
    """The stop so many further on; past the end of a column the next one begins. ``None`` without any stop."""
    way = [stop for column in range(len(sheet.columns)) for stop in stops(sheet, column)]
    if not way:
        return None
    if cursor is None:
        return way[0]
    keys = [(stop.column, stop.start) for stop in way]
    here = (cursor.column, cursor.start)
    if cursor in way:
        at = way.index(cursor) + by
    else:
        before = sum(key < here for key in keys)
        at = before + (by - 1 if by > 0 else by)
    return way[min(max(at, 0), len(way) - 1)]


def beside(sheet: Sheet, cursor: Cursor, by: int) -> Cursor:
    """The stop nearest in time in another column; the same where there is none."""
    column = cursor.column + by
    while 0 <= column < len(sheet.columns):
        found = stops(sheet, column)
        if found:
            return min(found, key=lambda stop: abs(stop.start - cursor.start))
        column += by
    return cursor


def first_stop(sheet: Sheet) -> Cursor | None:
    """Where the keyboard begins: what comes next at one's own desk today, else the first stop of the day."""
    mine = next((at for at, column in enumerate(sheet.columns) if column.mine), 0)
    for column in dict.fromkeys((mine, *range(len(sheet.columns)))):
        found = stops(sheet, column)
        ahead = [stop for stop in found if sheet.columns[column].day != sheet.today or stop.start >= sheet.now]
        if ahead:
            return ahead[0]
        if found:
            return found[-1]
    return None
