"""The hidden command that takes a foreign file of offers apart; loads neither the store nor a window."""

from __future__ import annotations

from desk_app.documents import offer_files_child


def run(today: str) -> int:
    """Read a file from standard input, say its offers on standard output; the exit status."""
    return offer_files_child.main(today)
