"""Keeps the program out of pictures of the screen, of shared screens and of help from afar. Windows only."""

from __future__ import annotations

import ctypes
import sys

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QWidget

_SHOWN, _EXCLUDED = 0x00, 0x11
"""WDA_NONE and WDA_EXCLUDEFROMCAPTURE of SetWindowDisplayAffinity (the latter from Windows 10 2004 on)."""

_watch: _Watch | None = None


def possible() -> bool:
    """Whether this system can do it; others offer programs no such thing."""
    return sys.platform == "win32"


def use(hidden: bool) -> None:
    """Hide every window of the program from now on, lists and tooltips too, or none. Does nothing elsewhere.

    An older Windows refuses, and nothing changes.
    """
    global _watch
    application = QApplication.instance()
    if not possible() or not isinstance(application, QApplication) or hidden == (_watch is not None):
        return
    if _watch is None:
        _watch = _Watch(application)
        application.installEventFilter(_watch)
    else:
        application.removeEventFilter(_watch)
        _watch.deleteLater()
        _watch = None
    for window in application.topLevelWidgets():
        if window.isVisible():
            _set(window, _EXCLUDED if hidden else _SHOWN)


class _Watch(QObject):
    """Sees windows that open later."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            _set(watched, _EXCLUDED)
        return False


def _set(window: QWidget, affinity: int) -> None:
    user32 = getattr(ctypes, "windll").user32  # noqa: B009 - exists on Windows only
    user32.SetWindowDisplayAffinity(ctypes.c_void_p(int(window.winId())), affinity)
