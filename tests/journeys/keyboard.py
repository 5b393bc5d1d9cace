"""A person at the keyboard in front of the whole program: types, tabs, counts every key, never touches the mouse."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from desk_app.gui.shell import Shell
from desk_app.gui.widgets.field import field_of

CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
PATIENCE = 20.0
"""Seconds to wait for something that must happen; only a hanging program uses them up."""


class Keyboard:
    """``presses`` counts every key; a capital or a shortcut counts as one."""

    def __init__(self, shell: Shell) -> None:
        self.shell = shell
        self.presses = 0

    @property
    def here(self) -> QWidget:
        """Where the focus is. Raises ``AssertionError`` when it is nowhere."""
        widget = QApplication.focusWidget()
        assert widget is not None, "nothing has the focus"
        return widget

    @property
    def key(self) -> str:
        """The key of the field with the focus, empty elsewhere."""
        found = field_of(QApplication.focusWidget())
        return (found.get_key() or found.objectName()) if found is not None else ""

    @property
    def name(self) -> str:
        """What a screen reader would say of the place with the focus."""
        found = QAccessible.queryAccessibleInterface(self.here)
        return str(found.text(QAccessible.Text.Name)) if found is not None else ""

    @property
    def hearing(self) -> QWidget:
        """Who hears a key first: an open list of suggestions, else the place with the focus."""
        popup = QApplication.activePopupWidget()
        if popup is None and QApplication.activeWindow() is not self.shell:
            # a window manager activates the window again when a list of suggestions closes; offscreen has none
            self.shell.activateWindow()
            QApplication.processEvents()
        return popup or self.here

    def press(self, key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier, times: int = 1) -> None:
        for _ in range(times):
            self.presses += 1
            QTest.keyClick(self.hearing, key, held)

    def type(self, words: str) -> None:
        """Type any script; letters outside ASCII come as an input method gives them."""
        for letter in words:
            self.presses += 1
            if letter.isascii():
                QTest.keyClicks(self.hearing, letter)
            else:
                event = QInputMethodEvent()
                event.setCommitString(letter)
                QApplication.sendEvent(self.here, event)

    def answer(self, key: str, words: str) -> None:
        """Tab to the field and type. The next Tab or Eingabe hands it over."""
        self.go_to(key)
        self.type(words)

    def go_to(self, key: str, at_most: int = 40) -> None:
        """Press Tab until the field with ``key`` has the focus."""
        for _ in range(at_most):
            if self.key == key:
                return
            self.press(Qt.Key.Key_Tab)
        raise AssertionError(f"{key} is not within {at_most} tabs; stopped at {self.key!r} {self.name!r}")

    def go_to_name(self, words: str, at_most: int = 40) -> None:
        """Press Tab until something whose accessible name begins with ``words`` has the focus."""
        for _ in range(at_most):
            if self.name.startswith(words):
                return
            self.press(Qt.Key.Key_Tab)
        raise AssertionError(f"{words!r} is not within {at_most} tabs; stopped at {self.name!r}")

    def wait(self, reached: Callable[[], object], why: str) -> None:
        """Let the program work until ``reached``."""
        until = time.monotonic() + PATIENCE
        while not reached():
            assert time.monotonic() < until, f"waited in vain: {why}"
            self._breathe()
        self._breathe()

    def settle(self) -> None:
        """Let everything on its way to the store arrive."""
        window = self.shell.desk_window
        assert window is not None
        window.worker.wait()
        self._breathe()

    def _breathe(self) -> None:
        """Let the window and its worker go on. `QTest.qWait` would keep the worker from running: it holds Python."""
        for _ in range(3):
            QApplication.processEvents()
            time.sleep(0.005)

    def picture(self, place: Path) -> None:
        self.shell.grab().save(str(place))
