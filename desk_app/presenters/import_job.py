"""A long reading of what comes from outside: how far it is, and the wish to stop it."""

from __future__ import annotations

import threading

from desk_app.domain.errors import ImportStopped


class ImportJob:
    """How far a long step is, told from the desk's thread and looked at from the window's; and the wish to stop it."""

    def __init__(self, words: str) -> None:
        self.words = words
        self._done = self._kept = (0, 0)
        self._stop = threading.Event()

    def told(self, done: int, total: int) -> None:
        """Take a report. Raises ``ImportStopped`` once somebody wanted to stop."""
        self._go_on()
        self._done = (done, total)

    def keeping(self, done: int, total: int) -> None:
        """Take a report of how much of what was done is kept. Raises ``ImportStopped`` likewise."""
        self._go_on()
        self._done, self._kept = (total, total), (done, total)

    def _go_on(self) -> None:
        if self._stop.is_set():
            raise ImportStopped

    def cancel(self) -> None:
        self._stop.set()

    @property
    def progress(self) -> tuple[int, int]:
        """How much is done and how much there is, 0 while nobody knows."""
        return self._done

    @property
    def kept(self) -> tuple[int, int]:
        """How much of it is kept for good, 0 while that has not begun."""
        return self._kept
