"""The hidden command that takes a foreign table apart; loads neither the store nor a window."""

from __future__ import annotations

from desk_app.documents import old_lists_child


def run() -> int:
    """Read a table from standard input, say its rows on standard output; the exit status."""
    return old_lists_child.main()
