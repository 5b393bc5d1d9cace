"""Notices that nobody is at the desk: no key, no mouse for some minutes, or the machine slept."""

from __future__ import annotations

import time
from collections.abc import Callable
from math import ceil
from typing import NamedTuple

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QInputEvent, QInputMethodEvent
from PySide6.QtWidgets import QApplication

from desk_app import settings

WARN = 30
"""Seconds before the end at which a warning comes."""
LOOK = 1_000
"""Milliseconds between two looks at the clocks."""
SLEPT = 30
"""Seconds between two looks that only a machine that slept lets pass, or a program that stood still as long."""

INPUT = frozenset(
    {
        QEvent.Type.KeyPress, QEvent.Type.KeyRelease, QEvent.Type.ShortcutOverride, QEvent.Type.InputMethod,
        QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonRelease, QEvent.Type.MouseButtonDblClick,
        QEvent.Type.MouseMove, QEvent.Type.NonClientAreaMouseMove, QEvent.Type.NonClientAreaMouseButtonPress,
        QEvent.Type.Wheel, QEvent.Type.NativeGesture,
        QEvent.Type.TouchBegin, QEvent.Type.TouchUpdate, QEvent.Type.TouchEnd,
        QEvent.Type.TabletMove, QEvent.Type.TabletPress, QEvent.Type.TabletRelease,
    }
)  # fmt: skip
"""What a person does. Not what Qt makes of a window that moves below a resting mouse, such as Enter and HoverMove."""


class Now(NamedTuple):
    """The same moment by two clocks, in seconds: one only runs forward but may stand while the machine sleeps."""

    steady: float
    wall: float


def now() -> Now:
    return Now(time.monotonic(), time.time())


def longest(battery: bool) -> int:
    """Minutes without input that are allowed at most: a laptop is carried to schools and shelters."""
    return 2 if battery else settings.LOCK_AFTER[-1]


class IdleWatch(QObject):
    """Emits ``warned`` with the seconds left, ``calmed`` when somebody is there after all, and ``expired`` once.

    Input counts wherever in the program it arrives, dialogs too; the system's own dialogs keep theirs to
    themselves. While ``busy`` says that a deed is under way, such as a long export, the time does not run.
    """

    warned = Signal(int)
    calmed = Signal()
    expired = Signal()

    def __init__(
        self,
        minutes: Callable[[], int],
        busy: Callable[[], bool],
        clocks: Callable[[], Now] = now,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._minutes = minutes
        self._busy = busy
        self._clocks = clocks
        self._since = self._looked = clocks()
        self._warning = False
        self._timer = QTimer(self, interval=LOOK)
        self._timer.timeout.connect(self.look)

    def start(self) -> None:
        self._since = self._looked = self._clocks()
        self._timer.start()
        application = QApplication.instance()
        if application is not None:
            application.installEventFilter(self)

    def stop(self) -> None:
        self._timer.stop()
        application = QApplication.instance()
        if application is not None:
            application.removeEventFilter(self)

    def touch(self) -> None:
        """Somebody is there. Whoever opens the lid is not let in by moving the mouse."""
        present = self._clocks()
        if _passed(self._looked, present) > SLEPT:
            self._expire()
            return
        self._since = present
        if self._warning:
            self._warning = False
            self.calmed.emit()

    def look(self) -> None:
        """See how late it is. Nothing is seen any more once the time was over."""
        if not self._timer.isActive():
            return
        present = self._clocks()
        slept = _passed(self._looked, present) > SLEPT
        self._looked = present
        if slept:
            self._expire()
        elif self._busy():
            self.touch()
        else:
            self._count(_passed(self._since, present))

    def _count(self, quiet: float) -> None:
        if quiet < WARN:
            return
        # asked anew, because the choice may have changed; and late, because it costs reading a file
        left = self._minutes() * 60 - quiet
        if left <= 0:
            self._expire()
        elif left <= WARN:
            self._warning = True
            self.warned.emit(ceil(left))

    def _expire(self) -> None:
        self.stop()
        self.expired.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # what kind an event is costs the binding more than whose child it is, and most are nobody's input
        if isinstance(event, QInputEvent | QInputMethodEvent) and event.type() in INPUT:
            self.touch()
        return False


def _passed(earlier: Now, later: Now) -> float:
    """Seconds by the clock that says more. One that was set back says nothing."""
    return max(later.steady - earlier.steady, later.wall - earlier.wall)
