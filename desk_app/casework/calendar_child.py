"""The hidden command that takes a foreign calendar apart; loads neither the store nor a window."""

from __future__ import annotations

from desk_app.documents import busy_calendar_child


def run(first: str, last: str) -> int:
    """Read a calendar from standard input, say its busy times from day to day; the exit status."""
    return busy_calendar_child.main(first, last)
