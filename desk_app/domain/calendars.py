"""What goes into somebody's calendar and what is read from one: times and a code, never whom they are about."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Standing(StrEnum):
    """How sure a date is, in the words of RFC 5545, 3.8.1.11."""

    TENTATIVE = "TENTATIVE"
    CONFIRMED = "CONFIRMED"
    CANCELLED = "CANCELLED"


@dataclass(frozen=True, slots=True)
class CalendarEntry:
    """One date. ``uid`` stays the same however often it changes, and ``sequence`` grows with each change of it.

    Instants are aware. ``title`` and ``place`` name a language, a code and a house, nobody.
    """

    uid: str
    starts_at: datetime
    ends_at: datetime
    sequence: int
    standing: Standing
    title: str
    place: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class BusySpan:
    """A time that somebody's own calendar says is taken, from the one aware instant until before the other.

    ``uid`` is a fingerprint of the entry's own, which may name people; a recurring entry has several spans.
    """

    uid: str
    starts_at: datetime
    ends_at: datetime
