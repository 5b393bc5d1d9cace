"""Acts of a person at the keyboard, for tests of the window."""

from __future__ import annotations

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
