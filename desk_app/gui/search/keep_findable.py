"""Makes families findable that are not yet, after an update or a large import, while the desk is already in use."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer

from desk_app.casework import search_index, search_memory
from desk_app.casework.desk import Changes, Work
from desk_app.gui.worker import Worker

SOON = 1500
"""Milliseconds: the first page goes first."""
PIECE = 100
"""So many families at a time: what is typed meanwhile is kept in between."""


class KeepFindable(QObject):
    """Lives as long as the worker; a piece that fails, for a full disk, is tried again at the next opening."""

    def __init__(self, worker: Worker) -> None:
        super().__init__(worker)
        self._worker = worker
        self._going = True
        worker.changed.connect(self._hear)
        QTimer.singleShot(SOON, self, self._go_on)

    def _hear(self, changes: Changes) -> None:
        """A deed may leave families to this that were too many to make findable at once."""
        if "search" in changes and not self._going:
            self._going = True
            QTimer.singleShot(0, self, self._go_on)

    def _go_on(self) -> None:
        if not self._worker.stopped:
            self._worker.run(_piece, self._went, lambda _error: self._went(0))

    def _went(self, families: int) -> None:
        self._going = families >= PIECE
        if self._going:
            QTimer.singleShot(0, self, self._go_on)


def _piece(work: Work) -> int:
    families = search_index.catch_up(work.session, PIECE)
    if families < PIECE:
        search_memory.of(work.session)
    return families
