"""Writes dates as a calendar file (iCalendar, RFC 5545) that any calendar program takes in.

The method is PUBLISH (RFC 5546, 3.2.1): nothing is asked of anybody. A later file with the same UIDs and higher
SEQUENCEs brings the calendar up to date; what fell away is in it as CANCELLED. Times are in UTC, so that an hour that
comes twice when the clocks change is never the wrong one. CLASS is PRIVATE for calendars that are shared.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import BinaryIO, Final

from icalendar import Calendar, Event, vCalAddress

from desk_app.domain.calendars import CalendarEntry, Standing

_PRODUCT: Final = "-//Trittstein//Termine//DE"
_NO_MAIL: Final = "invalid:nomail"
"""RFC 5546 asks for an organizer whom one could write to; this is the customary address of nobody."""


def write_calendar(
    entries: Iterable[CalendarEntry], target: BinaryIO, made_at: datetime, sender: str, mail: str = ""
) -> None:
    """Write the entries; ``sender`` is the centre, ``mail`` its address, ``made_at`` an aware instant."""
    calendar = Calendar()
    calendar.add("prodid", _PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    organizer = vCalAddress(f"mailto:{mail}" if mail else _NO_MAIL)
    organizer.params["CN"] = sender
    for entry in entries:
        calendar.add_component(_event(entry, made_at, organizer))
    target.write(calendar.to_ical())


def _event(entry: CalendarEntry, made_at: datetime, organizer: vCalAddress) -> Event:
    cancelled = entry.standing is Standing.CANCELLED
    event = Event()
    event.add("uid", entry.uid)
    event.add("dtstamp", made_at)
    event.add("dtstart", entry.starts_at)
    event.add("dtend", entry.ends_at)
    event.add("sequence", entry.sequence)
    event.add("status", entry.standing.value)
    event.add("summary", entry.title)
    if entry.place:
        event.add("location", entry.place)
    if entry.words:
        event.add("description", entry.words)
    event.add("class", "PRIVATE")
    event.add("transp", "TRANSPARENT" if cancelled else "OPAQUE")
    event.add("organizer", organizer)
    return event
