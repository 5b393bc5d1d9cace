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
MANY: Final = 25_000
"""Objects more than at the last time, about as many as ten forms leave behind. Then no quiet is waited for: it takes
some hundredths of a second."""


class Tidy(QObject):
    """Lives as long as the worker."""

    def __init__(self, worker: Worker) -> None:
        super().__init__(worker)
        self._worker = worker
        self._quiet = QTimer(self, singleShot=True)
        self._quiet.timeout.connect(self._clear_up)
        worker.busy.connect(self._hear)

    def _hear(self, busy: bool) -> None:
        if busy or self._worker.stopped:
            self._quiet.stop()
        else:
            self._quiet.start(0 if _more_since() >= MANY else QUIET)

    def _clear_up(self) -> None:
        if _more_since():
            gc.collect()


def _more_since() -> int:
    """Objects made and not freed since the last time, in steps of those the collector lets come before it looks."""
    step, steps, _looks = gc.get_threshold()
    _newest, looked, deeper = gc.get_count()
    return step * (looked + steps * deeper)


def let_go(widget: QWidget) -> None:
    """Delete a widget and what is inside, and leave nothing of it to the collector that it could not find.

    The binding to Qt takes the next widget in the focus chain for a part of the one before. When that one is deleted
    first, the next is held once more for the binding's own use, which is only given back by the widget that owns it
    when it goes; so what goes owns all that is inside.
    """
    widget.findChildren(QWidget)
    widget.deleteLater()
