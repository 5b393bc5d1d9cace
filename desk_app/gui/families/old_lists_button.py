"""The way from the list of families to old lists: a button, and a file dropped anywhere on the page."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QWidget

from desk_app.gui.widgets.buttons import IconButton
from desk_app.i18n import _


class OldListsButton(IconButton):
    """``asked`` is called with the file that was dropped on ``page``, or with None when the button was pressed."""

    def __init__(self, page: QWidget, asked: Callable[[Path | None], object]) -> None:
        super().__init__("file-spreadsheet", _("Alte Listen holen"))
        self.setToolTip(_("Alte Listen holen: Excel, LibreOffice oder CSV, auch auf diese Seite ziehen"))
        self._asked = asked
        self.clicked.connect(lambda: asked(None))
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
