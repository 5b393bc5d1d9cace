"""What went wrong at the door, and how long the next try has to wait: counted down."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desk_app.gui.countdown import Countdown
from desk_app.gui.widgets.messages import Banner
from desk_app.i18n import _


class FailureBanner(Banner):
    """Hidden while there is nothing to tell. ``changed`` says that it may need more or less room now."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", "bad", parent=parent)
        self._fault = ""
        self._wait = Countdown(self)
        self._wait.changed.connect(self._say)
        self.hide()

    def tell(self, words: str) -> None:
        """What went wrong; empty for nothing."""
        self._fault = words
        self._say()

    def wait(self, seconds: int) -> None:
        """So long the next try has to wait; 0 for not at all."""
        self._wait.begin(seconds)

    def is_too_soon(self) -> bool:
        """Whether nothing can be tried yet; then it is said why."""
        if not self._wait.seconds:
            return False
        self.tell(_("Nach falschen Eingaben wartet Trittstein kurz. Was Sie getippt haben, bleibt stehen."))
        return True

    def _say(self) -> None:
        words = f"{self._fault} {self._wait.words()}".strip()
        self.set_words(words)
        self.setVisible(bool(words))
        self.changed.emit()
