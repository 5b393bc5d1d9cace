"""The recovery code: shown once, to be printed and put away."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QMarginsF, QRectF, Qt, Signal
from PySide6.QtGui import QFont, QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from desk_app.gui.start.shore_panel import ShorePanel
from desk_app.gui.theme import Theme
from desk_app.gui.widgets.buttons import Button
from desk_app.gui.widgets.labels import Label
from desk_app.gui.widgets.tick_fields import TickField
from desk_app.i18n import _


class CodePage(ShorePanel):
    """Emits ``put_away`` once the code is safe."""

    put_away = Signal()

    def __init__(self, code: str, centre: str = "", parent: QWidget | None = None) -> None:
        super().__init__(
            _("Ihr Wiederherstellungscode"),
            _(
                "Wenn eine Passphrase vergessen ist, öffnet nur dieser Code die Daten. Er wird jetzt einmal gezeigt. "
                "Bitte drucken oder schreiben Sie ihn auf und legen Sie ihn in den Tresor, nicht an den PC."
            ),
            parent,
        )
        self._text = code
        self._centre = centre
        self.code = QLineEdit(code)
        self.code.setReadOnly(True)
        self.code.setAccessibleName(_("Wiederherstellungscode"))
        self.code.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._print = Button(_("Drucken"), "secondary", symbol="printer", height="large")
        self.safe = TickField(label=_("Der Code liegt an einem sicheren Ort"))
        self._go = Button(_("Loslegen"), "primary", height="large")
        self._go.setEnabled(False)
        self._print.clicked.connect(self._ask_printer)
        self.safe.committed.connect(lambda safe: self._go.setEnabled(bool(safe)))
        self._go.clicked.connect(self.put_away)
        actions = QHBoxLayout()
        actions.addWidget(self._go)
        actions.addStretch(1)
        actions.addWidget(self._print)
        self.column.addSpacing(4)
        self.column.addWidget(self.code)
        self.column.addWidget(Label(_("Groß- und Kleinschreibung ist egal."), "small", "text3"))
        self.column.addWidget(self.safe)
        self.column.addLayout(actions)
        self.refit()

    def refit(self) -> None:
        super().refit()
        if hasattr(self, "code"):
            theme = Theme.current()
            self.code.setFont(theme.font("section", strong=True))
            self.code.setFixedHeight(theme.px(52))
            self._fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.refit()  # the style sheet takes the larger font back when the page comes into the window

    def _ask_printer(self) -> None:
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setDocName("Trittstein")
        dialog = QPrintDialog(printer, self)
        if dialog.exec() == QPrintDialog.DialogCode.Accepted:
            self.print_to(printer)

    def print_to(self, printer: QPrinter) -> None:
        """One sheet: what the code is for, the code, and where it belongs."""
        printer.setPageMargins(QMarginsF(25, 25, 25, 25))
        with QPainter(printer) as painter:
            wide = QRectF(0, 0, painter.viewport().width(), painter.viewport().height())
            lines = [
                (_("Wiederherstellungscode für Trittstein"), 18, True),
                (self._centre, 12, False),
                (self._text, 20, True),
                (_("Öffnet alle Daten dieses PCs, wenn eine Passphrase vergessen ist."), 12, False),
                (_("Bitte im Tresor aufbewahren, nicht am PC und nicht fotografieren."), 12, False),
            ]
            top = 0.0
            for words, points, strong in lines:
                font = QFont(Theme.current().font("body", strong=strong))
                font.setPointSizeF(points)
                painter.setFont(font)
                room = painter.boundingRect(wide.adjusted(0, top, 0, 0), Qt.TextFlag.TextWordWrap, words)
                painter.drawText(room, Qt.TextFlag.TextWordWrap, words)
                top = room.bottom() + room.height() / max(1, words.count("\n") + 1) * 0.6
