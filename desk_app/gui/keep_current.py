"""Brings up to date in quiet moments what follows from the families: lines of requests, deadlines, places in lists.

Pages read them up to date in any case. This has follow-ups come and go where nobody looks, also overnight, and spares
whoever opens the list of requests next the work of what was written meanwhile.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer

from desk_app.casework import family_order, placement_lines
from desk_app.casework.desk import Changes, Work
from desk_app.gui.worker import Worker

QUIET = 4000
"""Milliseconds after a change: what is typed goes first."""
EVERY = 600_000
"""Milliseconds after which the day may be another one."""
PIECE = 50
"""So many families at a time: what is typed meanwhile is kept in between."""


class KeepCurrent(QObject):
    """Lives as long as the worker; a piece that fails, for a full disk, is tried again after the next change."""

    def __init__(self, worker: Worker) -> None:
        super().__init__(worker)
        self._worker = worker
        self._waiting = False
        worker.changed.connect(self._hear)
        self._soon(QUIET)
        QTimer.singleShot(EVERY, self, self._look_again)

    def _hear(self, changes: Changes) -> None:
        if changes & {"households", "placements"}:
            self._soon(QUIET)

    def _look_again(self) -> None:
        self._soon(0)
        QTimer.singleShot(EVERY, self, self._look_again)

    def _soon(self, wait: int) -> None:
        if not self._waiting:
            self._waiting = True
            QTimer.singleShot(wait, self, self._go_on)

    def _go_on(self) -> None:
        self._waiting = False
        if not self._worker.stopped:
            self._worker.run(_piece, self._went, lambda _error: None)

    def _went(self, families: int) -> None:
        if families >= PIECE:
            self._soon(0)


def _piece(work: Work) -> int:
    requests = placement_lines.catch_up(work, PIECE)
    return max(requests, family_order.catch_up(work, PIECE))
