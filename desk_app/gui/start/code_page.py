"""The recovery code: shown once, to be printed and put away."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desk_app.gui.printing import choose_printer
from desk_app.gui.secret_sheet import SecretText, print_sheet
from desk_app.gui.start.shore_panel import ShorePanel
from desk_app.gui.widgets.buttons import Button
from desk_app.gui.widgets.labels import Label
from desk_app.gui.widgets.tick_fields import TickField
from desk_app.i18n import _


class CodePage(ShorePanel):
    """Emits ``put_away`` once the code is safe."""

    put_away = Signal()

    def __init__(self, code: str, parent: QWidget | None = None) -> None:
        super().__init__(
            _("Ihr Wiederherstellungscode"),
            _(
                "Wenn eine Passphrase vergessen ist, öffnet nur dieser Code die Daten. Er wird jetzt einmal gezeigt. "
                "Bitte drucken oder schreiben Sie ihn auf und legen Sie ihn in den Tresor, nicht an den PC."
            ),
            parent,
        )
        self.code = SecretText(code, _("Wiederherstellungscode"))
        self.setFocusProxy(self.code)
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

    def _ask_printer(self) -> None:
        printer = choose_printer(self)
        if printer is not None:
            self.print_to(printer)

    def print_to(self, printer: QPrinter) -> None:
        """One sheet: what the code is for, the code, and where it belongs."""
        print_sheet(printer, code_sheet(), self.code.text())


def code_sheet() -> tuple[str, ...]:
    """What stands on the sheet with a recovery code, its title first."""
    return (
        _("Wiederherstellungscode für Trittstein"),
        _("Öffnet alle Daten dieses PCs, wenn eine Passphrase vergessen ist."),
        _("Bitte im Tresor aufbewahren, nicht am PC und nicht fotografieren."),
    )
