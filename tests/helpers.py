"""Acts of a person at the keyboard, for tests of the window."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QFocusEvent, QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget


def type_text(widget: QWidget, text: str) -> None:
    """Type any script. Qt's own `keyClicks` aborts the process on most letters outside ASCII."""
    for letter in text:
        event = QInputMethodEvent()
        event.setCommitString(letter)
        QApplication.sendEvent(widget, event)


def press(widget: QWidget, key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """Press one key in `widget`."""
    QTest.keyClick(widget, key, held)


def press_here(key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """Press one key wherever the focus is."""
    here = QApplication.focusWidget()
    assert here is not None, "no widget has the focus"
    press(here, key, held)


def leave(widget: QWidget) -> None:
    """Take the focus away, as Tab or a click elsewhere does."""
    QApplication.sendEvent(widget, QFocusEvent(QEvent.Type.FocusOut, Qt.FocusReason.TabFocusReason))


def wait(reached: Callable[[], object], why: str = "") -> None:
    """Let the window and its thread go on until something is so. Qt's own `qWait` would keep that thread waiting."""
    until = time.monotonic() + 20
    while not reached():
        assert time.monotonic() < until, f"waited in vain: {why}"
        QApplication.processEvents()
        time.sleep(0.005)
    QApplication.processEvents()
