"""Stretches of time, and where among them a talk still fits.

Spans are half-open: one that ends at ten does not meet one that begins at ten. Instants are aware and in UTC. What is
asked here are sorted lists of spans, never single minutes, so that a search over weeks stays fast.
"""

from __future__ import annotations

import heapq
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import islice
from typing import Final, NamedTuple
from uuid import UUID

RASTER: Final = 5
"""Minutes between the starts that are offered."""

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


class Span(NamedTuple):
    """From `start` up to, not including, `end`."""

    start: datetime
    end: datetime

    @property
    def minutes(self) -> int:
        """Whole minutes of real time; 0 for one that ends before it starts."""
        return max(0, (self.end - self.start) // timedelta(minutes=1))

    def overlaps(self, other: Span) -> bool:
        """Whether they get in each other's way; a moment without length does where it is within the other."""
        return self.start < other.end and other.start < self.end

    def covers(self, other: Span) -> bool:
        """Whether all of `other` is in this one."""
        return other.start >= other.end or (self.start <= other.start and other.end <= self.end)


def merge(spans: Iterable[Span]) -> list[Span]:
    """The same instants as sorted spans that neither overlap nor touch."""
    merged: list[Span] = []
    for span in sorted(spans):
        if span.start >= span.end:
            continue
        if merged and span.start <= merged[-1].end:
            if span.end > merged[-1].end:
                merged[-1] = Span(merged[-1].start, span.end)
        else:
            merged.append(span)
    return merged


def subtract(spans: Iterable[Span], taken: Iterable[Span]) -> list[Span]:
    """What of `spans` is in none of `taken`, merged."""
    holes = merge(taken)
    left: list[Span] = []
    hole = 0
    for start, end in merge(spans):
        while hole < len(holes) and holes[hole].end <= start:
            hole += 1
        at = hole
        while at < len(holes) and holes[at].start < end:
            if holes[at].start > start:
                left.append(Span(start, holes[at].start))
            start = holes[at].end
            at += 1
        if start < end:
            left.append(Span(start, end))
    return left


def covered(span: Span, spans: Sequence[Span]) -> bool:
    """Whether all of `span` is in merged spans."""
    at = bisect_right(spans, span.start, key=lambda one: one.start)
    return at > 0 and spans[at - 1].covers(span)


def crowded(spans: Iterable[Span], count: int) -> list[Span]:
    """When at least `count` (1 or more) of `spans` are going on at once."""
    changes = sorted(change for span in spans if span.start < span.end for change in ((span.start, 1), (span.end, -1)))
    found: list[Span] = []
    going_on = 0
    since: datetime | None = None
    for instant, change in changes:
        going_on += change
        if since is None and going_on >= count:
            since = instant
        elif since is not None and going_on < count:
            found.append(Span(since, instant))
            since = None
    return merge(found)


class Crowd:
    """What is going on at all desks of a place together, asked for more than one of them."""

    def __init__(self, spans: Iterable[Span]) -> None:
        self._spans = tuple(spans)
        self._found: dict[int, list[Span]] = {}

    def of(self, count: int) -> list[Span]:
        """When at least `count` go on at once."""
        if count not in self._found:
            self._found[count] = crowded(self._spans, count)
        return self._found[count]


@dataclass(frozen=True, slots=True)
class Need:
    """What a kind of appointment takes, in minutes: the talk, and the desk's time before and after it."""

    minutes: int
    before: int = 0
    after: int = 0

    def talk(self, start: datetime) -> Span:
        return Span(start, start + timedelta(minutes=self.minutes))

    def busy(self, start: datetime) -> Span:
        """When the desk is taken by a talk that begins at `start`."""
        talk = self.talk(start)
        return Span(talk.start - timedelta(minutes=self.before), talk.end + timedelta(minutes=self.after))


class Window(NamedTuple):
    """Instants at which a talk may begin. Unlike a span it holds both its ends."""

    first: datetime
    last: datetime


def start_windows(open_spans: Iterable[Span], busy: Iterable[Span], need: Need) -> list[Window]:
    """When a talk may begin: all of it in one open span, and its time before and after in no busy one.

    The desk's own minutes before and after may lie outside of the open hours, since nobody has to be let in.
    """
    talk = timedelta(minutes=need.minutes)
    lead, tail = timedelta(minutes=need.before), timedelta(minutes=need.after)
    # a start is barred strictly between the two ends: at either of them the spans only touch
    bars = sorted(Window(span.start - talk - tail, span.end + lead) for span in busy if span.start < span.end)
    windows: list[Window] = []
    at = 0
    for start, end in merge(open_spans):
        first, last = start, end - talk
        while at < len(bars) and bars[at].last <= first:
            at += 1
        for barred_from, barred_to in islice(bars, at, None):
            if barred_from >= last or first > last:
                break
            if barred_from >= first:
                windows.append(Window(first, barred_from))
            first = max(first, barred_to)
        if first <= last:
            windows.append(Window(first, last))
    return windows


def both(ones: Sequence[Window], others: Sequence[Window]) -> list[Window]:
    """The instants that are in a window of each of two sorted lists."""
    common: list[Window] = []
    one = other = 0
    while one < len(ones) and other < len(others):
        first = max(ones[one].first, others[other].first)
        last = min(ones[one].last, others[other].last)
        if first <= last:
            common.append(Window(first, last))
        if ones[one].last < others[other].last:
            one += 1
        else:
            other += 1
    return common


def starts(windows: Iterable[Window], step: int = RASTER) -> Iterator[datetime]:
    """The instants of the raster of `step` minutes (a divisor of 60) in sorted windows."""
    stride = timedelta(minutes=step)
    before: datetime | None = None
    for first, last in windows:
        at = first + (_EPOCH - first) % stride
        while at <= last:
            if before is None or at > before:
                yield at
                before = at
            at += stride


def free_starts(open_spans: Iterable[Span], busy: Iterable[Span], need: Need, step: int = RASTER) -> Iterator[datetime]:
    """When a talk can begin at one desk, the earliest first."""
    return starts(start_windows(open_spans, busy, need), step)


@dataclass(frozen=True, slots=True)
class DeskTime:
    """When one desk is open and when it is taken."""

    place: UUID
    seat: UUID
    open: Sequence[Span]
    busy: Sequence[Span] = ()


@dataclass(frozen=True, slots=True)
class InterpreterTime:
    """What matters of an interpreter for a date. `open` is `None` for one who comes by arrangement, whenever it is.

    `languages` are pairs of language and dialect, the dialect empty where none is told; `blocked` are families this
    interpreter must not interpret for.
    """

    interpreter: UUID
    languages: Sequence[tuple[str, str]]
    sex: str = ""
    blocked: frozenset[UUID] = frozenset()
    open: Sequence[Span] | None = None
    busy: Sequence[Span] = ()


@dataclass(frozen=True, slots=True)
class InterpreterWish:
    """Who should interpret. Language, sex and `interpreter` must fit; the dialect only decides who comes first."""

    language: str
    dialect: str = ""
    sex: str = ""
    household: UUID | None = None
    interpreter: UUID | None = None


@dataclass(frozen=True, slots=True)
class FreeSlot:
    """A talk that can be booked; `interpreters` are those who could come, the best first."""

    start: datetime
    end: datetime
    place: UUID
    seat: UUID
    interpreters: tuple[UUID, ...] = field(default=())


def suitable(interpreters: Iterable[InterpreterTime], wish: InterpreterWish) -> list[InterpreterTime]:
    """Who may interpret as wished, those of the dialect first, otherwise in the order given."""
    fitting = [
        one
        for one in interpreters
        if any(language == wish.language for language, _dialect in one.languages)
        and wish.sex in ("", one.sex)
        and wish.interpreter in (None, one.interpreter)
        and (wish.household is None or wish.household not in one.blocked)
    ]
    spoken = (wish.language, wish.dialect.casefold())
    return sorted(
        fitting,
        key=lambda one: (
            bool(wish.dialect) and spoken not in {(language, dialect.casefold()) for language, dialect in one.languages}
        ),
    )


def find_free(
    desks: Sequence[DeskTime],
    need: Need,
    *,
    interpreters: Sequence[InterpreterTime] | None = None,
    not_before: datetime | None = None,
    step: int = RASTER,
) -> Iterator[FreeSlot]:
    """What is free, the earliest first and then in the order of the desks.

    Where `interpreters` is given, as `suitable` answers it, one of them must be free for the talk; an empty list
    therefore finds nothing. The spans decide how far the search goes; take as many as wanted with `islice`.
    """
    people = None if interpreters is None else _free_people(desks, interpreters, need)
    queues = []
    for order, desk in enumerate(desks):
        windows = start_windows(desk.open, desk.busy, need)
        if people is not None:
            windows = both(windows, _any_of(people))
        if not_before is not None:
            windows = [Window(max(first, not_before), last) for first, last in windows]
        queues.append(_numbered(windows, order, step))
    for start, order in heapq.merge(*queues):
        desk = desks[order]
        who = () if people is None else tuple(one for one, windows in people if _holds(windows, start))
        yield FreeSlot(start, need.talk(start).end, desk.place, desk.seat, who)


def _numbered(windows: Sequence[Window], order: int, step: int) -> Iterator[tuple[datetime, int]]:
    return ((start, order) for start in starts(windows, step))


def _free_people(
    desks: Sequence[DeskTime], interpreters: Sequence[InterpreterTime], need: Need
) -> list[tuple[UUID, list[Window]]]:
    """Of each interpreter when the talk may begin; the minutes before and after it are the desk's alone."""
    whenever = merge(span for desk in desks for span in desk.open)
    talk = Need(need.minutes)
    return [
        (one.interpreter, start_windows(whenever if one.open is None else one.open, one.busy, talk))
        for one in interpreters
    ]


def _any_of(people: Iterable[tuple[UUID, Sequence[Window]]]) -> list[Window]:
    """When at least one of the people is free, as sorted windows that do not meet."""
    joined: list[Window] = []
    for window in sorted(window for _one, windows in people for window in windows):
        if joined and window.first <= joined[-1].last:
            joined[-1] = Window(joined[-1].first, max(joined[-1].last, window.last))
        else:
            joined.append(window)
    return joined


def _holds(windows: Sequence[Window], start: datetime) -> bool:
    at = bisect_right(windows, start, key=lambda window: window.first)
    return at > 0 and start <= windows[at - 1].last
