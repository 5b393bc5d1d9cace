"""A secret shown once: large enough to copy by hand, and on a sheet of paper."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QMarginsF, QRectF, Qt
from PySide6.QtGui import QFont, QPainter
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QLineEdit, QWidget

from desk_app.gui.theme import Theme


class SecretText(QLineEdit):
    """A passphrase or code to read; it can be marked and copied, not changed."""

    def __init__(self, secret: str, name: str, parent: QWidget | None = None) -> None:
        super().__init__(secret, parent)
        self.setReadOnly(True)
        self.setProperty("secret", True)
        self.setAccessibleName(name)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.refit()

    def refit(self) -> None:
        theme = Theme.current()
        self.setFont(theme.font("section", strong=True))
        self.setFixedHeight(theme.px(52))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.refit()  # the style sheet takes the larger font back when the widget comes into the window


def print_sheet(printer: QPrinter, lines: Sequence[str], secret: str) -> None:
    """One sheet: a title, then the other lines, the secret large in the middle of them as their second."""
    printer.setPageMargins(QMarginsF(25, 25, 25, 25))
    title, *rest = lines
    with QPainter(printer) as painter:
        wide = QRectF(0, 0, painter.viewport().width(), painter.viewport().height())
        top = 0.0
        for words, points, strong in ((title, 18, True), (secret, 20, True), *((line, 12, False) for line in rest)):
            font = QFont(Theme.current().font("body", strong=strong))
            font.setPointSizeF(points)
            painter.setFont(font)
            room = painter.boundingRect(wide.adjusted(0, top, 0, 0), Qt.TextFlag.TextWordWrap, words)
            painter.drawText(room, Qt.TextFlag.TextWordWrap, words)
            top = room.bottom() + room.height() / max(1, words.count("\n") + 1) * 0.6
