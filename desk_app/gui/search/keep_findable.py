"""Makes families findable that are not yet, after an update, while the desk is already in use."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer

from desk_app.casework import search_index, search_memory
from desk_app.casework.desk import Work
from desk_app.gui.worker import Worker

SOON = 1500
"""Milliseconds: the first page goes first."""
PIECE = 100
"""So many families at a time: what is typed meanwhile is kept in between."""


class KeepFindable(QObject):
    """Lives as long as the worker; a piece that fails, as on a full disk, is tried again at the next opening."""

    def __init__(self, worker: Worker) -> None:
        super().__init__(worker)
        self._worker = worker
        QTimer.singleShot(SOON, self, self._go_on)

    def _go_on(self) -> None:
        if not self._worker.stopped:
            self._worker.run(_piece, self._went, lambda _error: None)

    def _went(self, families: int) -> None:
        if families >= PIECE:
            QTimer.singleShot(0, self, self._go_on)


def _piece(work: Work) -> int:
    families = search_index.catch_up(work.session, PIECE)
    if families < PIECE:
        search_memory.of(work.session)
    return families
