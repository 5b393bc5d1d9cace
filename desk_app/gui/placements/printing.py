"""Paper: Qt's print dialog and the pages of a request on the printer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPageSize, QPainter
from PySide6.QtWidgets import QWidget

from desk_app.casework.preview import PagePicture
from desk_app.gui.placements.preview_pane import image_of

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter


def choose_printer(parent: QWidget) -> QPrinter | None:
    """Ask for a printer with the system's dialog; ``None`` when it was closed without printing."""
    # loaded only now, because most days nobody prints
    from PySide6.QtPrintSupport import QPrintDialog, QPrinter

    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    dialog = QPrintDialog(printer, parent)
    return printer if dialog.exec() == QPrintDialog.DialogCode.Accepted else None


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
