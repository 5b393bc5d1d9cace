"""Takes a foreign calendar (iCalendar, RFC 5545) apart in a process of its own and says only when somebody is busy.

Titles, places and people never leave this process: it says instants and a fingerprint of each entry's UID. Free and
cancelled entries do not count. Recurring entries are worked out for the days asked for, on the wall clock of their
time zone, with the exceptions and moved instances the file names.
"""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Any, BinaryIO, Final

from desk_app.documents import reading_child
from desk_app.documents.busy_calendar_limits import MOST_BYTES, MOST_ENTRIES, MOST_SPANS
from desk_app.documents.reading_child import EMPTY, STRANGE, TOO_LARGE, RefusedError, Tell
from desk_app.domain.clock import berlin

_COMPUTING: Final = 15
"""Seconds a calendar may take."""
_TOO_OFTEN: Final = frozenset({"SECONDLY", "MINUTELY"})
"""Nobody meets so often; working that out since 1970 would take minutes."""
_TOLD_EVERY: Final = 500
_DAY: Final = timedelta(days=1)

Span = tuple[str, datetime, datetime]


def serve(source: BinaryIO, target: BinaryIO, first: date, last: date) -> int:
    """Read the calendar in ``source``, write the busy times from ``first`` to ``last``, both included."""

    def read(content: bytes, tell: Tell) -> None:
        tell({"allow": _COMPUTING})
        spans, unclear = busy_spans(content, first, last)
        said = [[uid, start.isoformat(), end.isoformat()] for uid, start, end in spans]
        for place in range(0, len(said), _TOLD_EVERY):
            tell({"busy": said[place : place + _TOLD_EVERY]})
        tell({"unclear": unclear})

    return reading_child.serve(source, target, MOST_BYTES, read)


def main(first: str, last: str) -> int:
    """The hidden command of the program's own executable."""
    return serve(sys.stdin.buffer, sys.stdout.buffer, date.fromisoformat(first), date.fromisoformat(last))


def fingerprint(uid: str) -> str:
    """What stands for the UID of an entry, which may be made of a mail address or a title."""
    return hashlib.sha256(uid.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def busy_spans(content: bytes, first: date, last: date) -> tuple[list[Span], int]:
    """The busy times in UTC, in order, and how many entries could not be understood."""
    from icalendar import Calendar

    if not content.strip(b"\0 \r\n\t\xef\xbb\xbf"):
        raise RefusedError(EMPTY)
    try:
        calendars = Calendar.from_ical(content, multiple=True)
    except ValueError:
        raise RefusedError(STRANGE) from None
    events = [event for calendar in calendars for event in calendar.walk("VEVENT")]
    if not calendars or not all(calendar.name == "VCALENDAR" for calendar in calendars):
        raise RefusedError(STRANGE)
    if len(events) > MOST_ENTRIES:
        raise RefusedError(TOO_LARGE)
    window = (_instant(first), _instant(last + _DAY))
    entries: dict[str, list[_Entry]] = {}
    unclear = 0
    for event in events:
        try:
            entry = _read(event)
        except (KeyError, ValueError, TypeError, AttributeError, OverflowError):
            unclear += 1
            continue
        entries.setdefault(entry.uid, []).append(entry)
    spans = set[Span]()
    for same in entries.values():
        try:
            spans.update(_expanded(same, window))
        except (ValueError, TypeError, OverflowError):
            unclear += 1
        if len(spans) > MOST_SPANS:
            raise RefusedError(TOO_LARGE)
    return sorted(spans, key=lambda span: (span[1], span[2], span[0])), unclear


@dataclass(frozen=True)
class _Entry:
    """One VEVENT: ``start`` on the wall clock of ``zone``; ``stands_for`` is the instance it takes the place of."""

    uid: str
    start: datetime
    zone: tzinfo
    lasts: timedelta
    busy: bool
    event: Any
    stands_for: datetime | None = None
    and_later: bool = False
    sequence: int = 0

    @property
    def recurs(self) -> bool:
        return "RRULE" in self.event or "RDATE" in self.event

    def span(self, wall: datetime) -> Span:
        """Its time when it begins at ``wall``: as long on the clock, whatever the clock does meanwhile.

        What begins within the hour that is left out in spring begins an hour later and lasts as long.
        """
        start, end = (each.replace(tzinfo=self.zone).astimezone(UTC) for each in (wall, wall + self.lasts))
        return fingerprint(self.uid), start, end if end > start else start + self.lasts


def _read(event: Any) -> _Entry:
    start = event.decoded("DTSTART")
    zone = _zone(start)
    wall = _wall(start, zone)
    stands_for = event.get("RECURRENCE-ID")
    return _Entry(
        uid=str(event.get("UID") or event["DTSTART"].to_ical()),
        start=wall,
        zone=zone,
        lasts=_lasts(event, start, wall, zone),
        busy=not (_says(event, "TRANSP", "TRANSPARENT") or _says(event, "STATUS", "CANCELLED")
                  or _says(event, "X-MICROSOFT-CDO-BUSYSTATUS", "FREE")),
        event=event,
        stands_for=_instant(stands_for.dt) if stands_for is not None else None,
        and_later=stands_for is not None and str(stands_for.params.get("RANGE", "")).upper() == "THISANDFUTURE",
        sequence=int(event.get("SEQUENCE", 0)),
    )  # fmt: skip


def _lasts(event: Any, start: date | datetime, wall: datetime, zone: tzinfo) -> timedelta:
    """RFC 5545, 3.6.1: without an end a day lasts a day and an instant no time."""
    if "DTEND" in event:
        return _wall(event.decoded("DTEND"), zone) - wall
    if "DURATION" in event:
        lasts = event.decoded("DURATION")
        assert isinstance(lasts, timedelta)
        return lasts
    return timedelta(0) if isinstance(start, datetime) else _DAY


def _expanded(entries: list[_Entry], window: tuple[datetime, datetime]) -> Iterator[Span]:
    """The busy times of the entries of one UID: the rule, and the instances that are otherwise."""
    newest: dict[datetime | None, _Entry] = {}
    for entry in sorted(entries, key=lambda entry: entry.sequence):
        newest[entry.stands_for] = entry
    rule = newest.pop(None, None)
    instead = {moment: entry for moment, entry in newest.items() if moment is not None}
    later = sorted((moment, entry) for moment, entry in instead.items() if entry.and_later)
    for entry in instead.values():
        yield from _within(entry, entry.start, window)
    for wall in _instances(rule, window) if rule is not None else ():
        assert rule is not None
        moment = wall.replace(tzinfo=rule.zone).astimezone(UTC)
        if moment in instead:
            continue
        changed = next((pair for pair in reversed(later) if pair[0] <= moment), None)
        if changed is None:
            yield from _within(rule, wall, window)
        else:
            since, entry = changed
            shift = entry.start - since.astimezone(entry.zone).replace(tzinfo=None)
            yield from _within(entry, wall + shift, window)


def _within(entry: _Entry, wall: datetime, window: tuple[datetime, datetime]) -> Iterator[Span]:
    _uid, start, end = span = entry.span(wall)
    if entry.busy and start < end and start < window[1] and end > window[0]:
        yield span


def _instances(entry: _Entry, window: tuple[datetime, datetime]) -> Iterable[datetime]:
    """When it begins, on the wall clock of its zone; a day more at both ends, for the zones."""
    from dateutil.rrule import rruleset, rrulestr

    if not entry.recurs:
        return (entry.start,)
    found = rruleset()
    found.rdate(entry.start)
    for rule in _many(entry.event, "RRULE"):
        if {str(often).upper() for often in rule.get("FREQ", [])} & _TOO_OFTEN:
            raise ValueError(_TOO_OFTEN)
        found.rrule(rrulestr(_with_wall_until(rule, entry.zone), dtstart=entry.start))
    for moment in _dates(entry.event, "RDATE"):
        found.rdate(_wall(moment[0] if isinstance(moment, tuple) else moment, entry.zone))
    left_out, whole_days = set[datetime](), set[date]()
    for moment in _dates(entry.event, "EXDATE"):
        if isinstance(moment, datetime) or entry.start.time() == time.min:
            left_out.add(_wall(moment, entry.zone))
        else:
            whole_days.add(moment)  # some programs leave out a day where an instant is meant
    begin, end = (moment.astimezone(entry.zone).replace(tzinfo=None) for moment in window)
    within = found.between(begin - max(entry.lasts, timedelta(0)) - _DAY, end + _DAY, inc=True)
    return [wall for wall in within if wall not in left_out and wall.date() not in whole_days]


def _with_wall_until(rule: Any, zone: tzinfo) -> str:
    """The rule with its end on the wall clock; an end that is a day is that whole day."""
    rule = type(rule)(rule)
    ends = [
        _wall(until, zone) if isinstance(until, datetime) else datetime.combine(until, time.max.replace(microsecond=0))
        for until in rule.get("UNTIL", [])
    ]
    if ends:
        rule["UNTIL"] = ends
    words: bytes = rule.to_ical()
    return words.decode("ascii")


def _many(event: Any, name: str) -> list[Any]:
    value = event.get(name)
    return [] if value is None else value if isinstance(value, list) else [value]


def _dates(event: Any, name: str) -> Iterator[Any]:
    for listed in _many(event, name):
        for each in listed.dts:
            yield each.dt


def _zone(moment: date | datetime) -> tzinfo:
    """Days and times without a zone are those of the desk."""
    return (moment.tzinfo if isinstance(moment, datetime) else None) or berlin()


def _wall(moment: date | datetime, zone: tzinfo) -> datetime:
    if not isinstance(moment, datetime):
        return datetime.combine(moment, time.min)
    return moment.astimezone(zone).replace(tzinfo=None) if moment.tzinfo is not None else moment


def _instant(moment: date | datetime) -> datetime:
    return _wall(moment, _zone(moment)).replace(tzinfo=_zone(moment)).astimezone(UTC)


def _says(event: Any, name: str, value: str) -> bool:
    return str(event.get(name, "")).strip().upper() == value
