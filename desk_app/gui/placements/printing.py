"""Paper: Qt's print dialog and the pages of a request on the printer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from desk_app.casework.preview import PagePicture
from desk_app.gui.printing import image_of

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter


def print_pages(printer: QPrinter, pages: Sequence[PagePicture]) -> None:
    """Put each picture on a sheet of its own, edge to edge: the margins are in the picture."""
    from PySide6.QtPrintSupport import QPrinter

    printer.setFullPage(True)
    # a neutral name, since it shows in the queue of a shared printer
    printer.setDocName("Schulplatzanfrage")
    with QPainter(printer) as painter:
        for number, picture in enumerate(pages):
            if number:
                printer.newPage()
            sheet = QRectF(printer.paperRect(QPrinter.Unit.DevicePixel))
            painter.drawImage(sheet, image_of(picture))
