"""The keys of the intake page. They work from inside every field, except where the field needs them itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QPlainTextEdit, QWidget
from shiboken6 import isValid

Keys = Mapping[tuple[Qt.KeyboardModifier, Qt.Key], Callable[[], None]]

_NONE, _CTRL = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier


class PageKeys(QObject):
    """Listens to whatever has the focus inside ``page``, before the widget does: inputs keep Strg+↓ and Strg+Z
    to themselves otherwise. ``keys`` maps a modifier and a key to what they do; Strg+Z is ``undo``, and an input
    that has something of its own to take back goes first."""

    def __init__(self, page: QWidget, keys: Keys, undo: Callable[[], None]) -> None:
        super().__init__(page)
        self._page = page
        self._keys = keys
        self._undo = undo
        self._watched: QWidget | None = None
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._follow)

    def _follow(self, _old: QWidget | None, new: QWidget | None) -> None:
        if self._watched is not None and isValid(self._watched):
            self._watched.removeEventFilter(self)
            self._watched = None
        if new is not None and (new is self._page or self._page.isAncestorOf(new)):
            new.installEventFilter(self)
            self._watched = new

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self._deed(watched, event):
            event.accept()
            return True
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            deed = self._deed(watched, event)
            if deed is not None:
                deed()
                return True
        return super().eventFilter(watched, event)

    def _deed(self, watched: QObject, event: QKeyEvent) -> Callable[[], None] | None:
        modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if (modifiers, event.key()) == (_CTRL, Qt.Key.Key_Z):
            return None if has_own_undo(watched) else self._undo
        return self._keys.get((modifiers, Qt.Key(event.key())))


def has_own_undo(widget: QObject) -> bool:
    """Whether an input can take back something that was typed into it."""
    if isinstance(widget, QComboBox):
        edit = widget.lineEdit()
        return edit is not None and edit.isUndoAvailable()
    if isinstance(widget, QLineEdit):
        return widget.isUndoAvailable()
    return isinstance(widget, QPlainTextEdit) and widget.document().isUndoAvailable()


def control(key: Qt.Key) -> tuple[Qt.KeyboardModifier, Qt.Key]:
    return _CTRL, key


def plain(key: Qt.Key) -> tuple[Qt.KeyboardModifier, Qt.Key]:
    return _NONE, key
