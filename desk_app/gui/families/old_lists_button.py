"""An old list that is dropped on a page."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QWidget


class DroppedLists(QObject):
    """``asked`` is called with the file of an old list that was dropped on ``page``."""

    def __init__(self, page: QWidget, asked: Callable[[Path], object]) -> None:
        super().__init__(page)
        self._asked = asked
        page.setAcceptDrops(True)
        page.installEventFilter(self)

    def eventFilter(self, _page: QObject, event: QEvent) -> bool:
        if event.type() not in (QEvent.Type.DragEnter, QEvent.Type.Drop) or not isinstance(event, QDropEvent):
            return False
        path = dropped_file(event)
        if path is None:
            return False
        event.acceptProposedAction()
        if event.type() == QEvent.Type.Drop:
            self._asked(path)
        return True


def dropped_file(event: QDropEvent) -> Path | None:
    """The one file of this PC that is dragged over a page."""
    urls = event.mimeData().urls()
    return Path(urls[0].toLocalFile()) if len(urls) == 1 and urls[0].isLocalFile() else None
