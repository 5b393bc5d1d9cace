"""What is left to make of a page, done in between events while the page is seen."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import Final

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QWidget

_SLICE: Final = 0.008
"""Seconds at a time, and a piece more."""
_PAUSE_MS: Final = 4
"""In between, so that what is waiting has its turn."""
_FIRST_LOOK_MS: Final = 20
"""Before the first, for the page to be painted."""


class Rest(QObject):
    """Goes on with ``make`` until it ends. What is typed or pressed meanwhile comes first, and so does painting."""

    def __init__(self, page: QWidget, make: Callable[[], Iterator[None]]) -> None:
        super().__init__(page)
        self._page, self._make = page, make
        self._pieces: Iterator[None] | None = None
        self.done = False
        self._turns = QTimer(self, singleShot=True)
        self._turns.timeout.connect(self._go_on)
        page.installEventFilter(self)

    def begin(self) -> None:
        """There is something to make."""
        if self._pieces is None:
            self._pieces = self._make()
        if self._page.isVisible() and not self.done:
            self._turns.start(_FIRST_LOOK_MS)

    def begin_again(self) -> None:
        """What was made is gone; it is made anew once the page is seen."""
        self._pieces, self.done = None, False
        self.begin()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show and self._pieces is not None and not self.done:
            self._turns.start(_FIRST_LOOK_MS)
        elif event.type() == QEvent.Type.Hide:
            self._turns.stop()
        return super().eventFilter(watched, event)

    def _go_on(self) -> None:
        until = time.perf_counter() + _SLICE
        assert self._pieces is not None
        for _piece in self._pieces:
            if time.perf_counter() > until:
                self._turns.start(_PAUSE_MS)
                return
        self.done = True
