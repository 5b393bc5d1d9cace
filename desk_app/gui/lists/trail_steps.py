"""From one record of a list to the next without going back to the list: "3 von 17" between two arrows."""

from __future__ import annotations

from collections.abc import Callable, Hashable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desk_app.domain.lists import Trail
from desk_app.gui.widgets.buttons import IconButton
from desk_app.gui.widgets.labels import Label
from desk_app.i18n import _


class TrailSteps(QWidget):
    """Hidden while the record was not opened from a list."""

    stepped = Signal(object)
    """The key of the record to show."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._trail: Trail | None = None
        self._expected: object | None = None
        self._tell: Callable[[Hashable], object] = _tell_nobody
        self._words = Label("", "small", "text3")
        self.previous = IconButton("chevron-up", _("Vorige Akte der Liste (Alt+↑)"), "compact")
        self.next = IconButton("chevron-down", _("Nächste Akte der Liste (Alt+↓)"), "compact")
        self.previous.clicked.connect(lambda: self.step(-1))
        self.next.clicked.connect(lambda: self.step(1))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2)
        row.addWidget(self._words)
        row.addSpacing(4)
        row.addWidget(self.previous)
        row.addWidget(self.next)
        self.hide()

    @property
    def words(self) -> str:
        """What is said now: "3 von 17"; empty without a list."""
        return self._trail.words if self._trail is not None else ""

    def follow(self, trail: Trail | None, tell: Callable[[Hashable], object] | None = None) -> None:
        """The record came from this list, or from none; ``tell`` lets the list know where somebody went on to."""
        self._expected = None
        self._trail = trail if trail is not None and len(trail.keys) > 1 else None
        self._tell = tell or _tell_nobody
        self._show()

    def expect(self, tell: Callable[[Hashable], object]) -> Callable[[Trail | None], None]:
        """The list is still asked for its trail: call the answer with it. It comes too late once ``follow`` was called
        for another record."""
        self.follow(None)
        expected = self._expected = object()

        def arrived(trail: Trail | None) -> None:
            if self._expected is expected:
                self.follow(trail, tell)

        return arrived

    def step(self, by: int) -> None:
        """Go one further or back; at either end nothing happens."""
        further = self._trail.step(by) if self._trail is not None else None
        if further is not None:
            tell = self._tell
            self.stepped.emit(further.current)
            self.follow(further, tell)
            tell(further.current)

    def _show(self) -> None:
        trail = self._trail
        self.setVisible(trail is not None)
        self._words.setText(self.words)
        self.setAccessibleName(_("{place} der Liste").format(place=self.words))
        self.previous.setEnabled(trail is not None and trail.step(-1) is not None)
        self.next.setEnabled(trail is not None and trail.step(1) is not None)


def _tell_nobody(_key: Hashable) -> None:
    """Where nobody wants to know."""
