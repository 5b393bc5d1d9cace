"""Clears away in quiet moments what was closed.

A page and its fields name one another, so that only Python's collector finds that nobody needs them any more; and it is
set to look seldom, since it stops the window wherever it happens to be asked.
"""

from __future__ import annotations

import gc
from typing import Final

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QWidget

from desk_app.gui.worker import Worker

QUIET: Final = 3_000
"""Milliseconds without a deed, reading and searching included: whatever is typed into a field is one."""
MANY: Final = 1
"""So often the collector looked through what is of middle age: some hundred thousand objects more, or ten pages. Then
it is done at the next deed, which costs some hundredths of a second."""


class Tidy(QObject):
    """Lives as long as the worker."""

    def __init__(self, worker: Worker) -> None:
        super().__init__(worker)
        self._worker = worker
        self._quiet = QTimer(self, singleShot=True, interval=QUIET)
        self._quiet.timeout.connect(self._clear_up)
        worker.busy.connect(lambda _busy: self._hear())

    def _hear(self) -> None:
        if gc.get_count()[2] >= MANY:
            self._clear_up()
        elif self._worker.stopped:
            self._quiet.stop()
        else:
            self._quiet.start()

    def _clear_up(self) -> None:
        # the counts stand at nothing where hardly anything was made since
        if any(gc.get_count()[1:]):
            gc.collect()


def let_go(widget: QWidget) -> None:
    """Delete a widget and what is inside, and leave nothing of it to the collector that it could not find.

    The binding to Qt takes the next widget in the focus chain for a part of the one before. When that one is deleted
    first, the next is held once more for the binding's own use, which is only given back by the widget that owns it
    when it goes; so what goes owns all that is inside.
    """
    widget.findChildren(QWidget)
    widget.deleteLater()
