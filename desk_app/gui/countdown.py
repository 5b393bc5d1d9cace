"""How long the next try has to wait, counted down by itself."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

from desk_app.i18n import ngettext


class Countdown(QObject):
    """Emits ``changed`` when it begins, with every second, and when it is over."""

    changed = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.seconds = 0
        self._tick = QTimer(self, interval=1000)
        self._tick.timeout.connect(lambda: self.begin(self.seconds - 1))

    def begin(self, seconds: int) -> None:
        """Wait so long from now on; 0 for not at all."""
        self.seconds = max(seconds, 0)
        if not self.seconds:
            self._tick.stop()
        elif not self._tick.isActive():
            self._tick.start()
        self.changed.emit()

    def words(self) -> str:
        """ "Nächster Versuch in 8 Sekunden."; empty when nobody has to wait."""
        if not self.seconds:
            return ""
        words = ngettext(
            "Nächster Versuch in {seconds} Sekunde.", "Nächster Versuch in {seconds} Sekunden.", self.seconds
        )
        return words.format(seconds=self.seconds)
