"""Pages on the printer: the system's own dialog, and a drawn page as an image."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPageSize, QPainter
from PySide6.QtWidgets import QWidget

from desk_app.casework.preview import PagePicture

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


def image_of(picture: PagePicture) -> QImage:
    """The pixels as an image of Qt, copied, because Qt would not keep the bytes alive."""
    stride = picture.width * 4
    return QImage(picture.rgba, picture.width, picture.height, stride, QImage.Format.Format_RGBA8888).copy()


def put_on_paper(printer: QPrinter, pages: Sequence[PagePicture], name: str) -> None:
    """Put each picture on a sheet of its own, edge to edge: the margins are in the picture.

    ``name`` shows in the queue of a shared printer, so it names nobody.
    """
    from PySide6.QtPrintSupport import QPrinter

    printer.setFullPage(True)
    printer.setDocName(name)
    with QPainter(printer) as painter:
        for number, picture in enumerate(pages):
            if number:
                printer.newPage()
            sheet = QRectF(printer.paperRect(QPrinter.Unit.DevicePixel))
            painter.drawImage(sheet, image_of(picture))
