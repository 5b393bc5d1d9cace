"""A list on the printer, page by page as each is drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPageLayout, QPainter
from PySide6.QtWidgets import QWidget

from desk_app.gui.printing import choose_printer, image_of

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

    from desk_app.casework.preview import PagePicture


def choose_list_printer(parent: QWidget) -> QPrinter | None:
    """Ask for a printer with the system's dialog; ``None`` when it was closed without printing."""
    return choose_printer(parent)


class Paper:
    """One printing on its way; a page is forgotten as soon as it is on paper."""

    def __init__(self, printer: QPrinter) -> None:
        self._printer = printer
        printer.setPageOrientation(QPageLayout.Orientation.Landscape)
        printer.setFullPage(True)
        # a neutral name, since it shows in the queue of a shared printer
        printer.setDocName("Liste")
        self._painter: QPainter | None = None

    def put(self, picture: PagePicture, number: int) -> None:
        """Put one picture on a sheet of its own, edge to edge: the margins are in the picture."""
        from PySide6.QtPrintSupport import QPrinter

        if self._painter is None:
            self._painter = QPainter(self._printer)
        elif number:
            self._printer.newPage()
        sheet = QRectF(self._printer.paperRect(QPrinter.Unit.DevicePixel))
        self._painter.drawImage(sheet, image_of(picture))

    def end(self) -> None:
        """Everything is on paper, or nothing more comes."""
        if self._painter is not None:
            self._painter.end()
            self._painter = None
