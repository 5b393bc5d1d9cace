"""What the paper sheets of a desk say: a day with room to write on, or a week to look at."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class SheetLine:
    """One visit. ``who`` is a name or a code; ``said`` is what became of it already, "" where that is to be written."""

    number: str
    time: str
    who: str
    topic: str
    language: str
    interpreter: str = ""
    said: str = ""


@dataclass(frozen=True, slots=True)
class SheetPart:
    """The visits of one desk, or of one day, and how many lines are left for whoever comes without an appointment."""

    heading: str
    lines: tuple[SheetLine, ...]
    blank: int = 0


@dataclass(frozen=True)
class DaySheetPage:
    """``to_write_on``: with columns for notes, and every part on a sheet of its own, to be taken to its desk."""

    title: str
    centre_name: str
    parts: tuple[SheetPart, ...]
    to_write_on: bool
    stem: str
    created_at: datetime
    demo: bool = False
