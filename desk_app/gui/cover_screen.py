"""Puts the cover over everything the program shows, widgets that know nothing of it too.

What we paint asks `cover.covered` itself. The rest is Qt's: labels, buttons, tabs, tooltips, accessible names and
what stands in inputs. A filter sees each widget before it is painted and changes what it shows; what was there is
kept beside it and comes back. The text of an input is never touched, only how it is drawn, and never while
somebody writes in it.
"""

from __future__ import annotations

import json
import re
from typing import Final

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, QTimer
from PySide6.QtGui import QAction, QPainter
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QTabBar,
    QTextEdit,
    QWidget,
)

from desk_app.gui.cover import covered
from desk_app.gui.theme import Theme

_TEXTS: Final = ("text", "title", "toolTip", "accessibleName", "accessibleDescription", "placeholderText")
SWEEP = 40
"""Milliseconds after something changed until what is out of sight is covered as well."""
_INPUTS = (QLineEdit, QPlainTextEdit, QTextEdit, QComboBox)
_BEFORE, _MASKED = "before_cover_", "masked_by_cover"


class CoverScreen(QObject):
    """Make one to cover the screen; `lift` takes the cover away again."""

    def __init__(self, application: QApplication) -> None:
        super().__init__(application)
        self._application = application
        # what is scrolled out of sight is not painted, but read aloud
        self._sweep = QTimer(self, singleShot=True, interval=SWEEP)
        self._sweep.timeout.connect(self._cover_all)
        application.installEventFilter(self)
        self.look_again()

    def look_again(self) -> None:
        """Cover what is there now; what is covered has changed."""
        for widget in self._application.allWidgets():
            _uncover(widget)
            _cover(widget)
            widget.update()

    def _cover_all(self) -> None:
        for widget in self._application.allWidgets():
            _cover(widget)

    def lift(self) -> None:
        self._application.removeEventFilter(self)
        self._sweep.stop()
        for widget in self._application.allWidgets():
            _uncover(widget)
            widget.update()
        self.deleteLater()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind == QEvent.Type.Show and isinstance(watched, QMenu):
            _cover(watched)  # it takes its width from its words
        if kind == QEvent.Type.Paint and isinstance(watched, QWidget):
            _cover(watched)
            return _paint_instead(watched)
        if kind == QEvent.Type.UpdateRequest and not self._sweep.isActive():
            self._sweep.start()
        if kind == QEvent.Type.FocusIn and isinstance(watched, QLineEdit):
            _unmask(watched)
        return False


def _cover(widget: QWidget) -> None:
    for name in _TEXTS:
        words = widget.property(name)
        if words and isinstance(words, str) and not (name == "text" and isinstance(widget, _INPUTS)):
            shown = covered(words)
            if shown != words:
                widget.setProperty(name, shown)
                widget.setProperty(_BEFORE + name, json.dumps([words, shown]))
    if isinstance(widget, QLineEdit):
        _mask(widget)
    elif isinstance(widget, QTabBar):
        _cover_tabs(widget)
    elif isinstance(widget, QMenu):
        for action in widget.actions():
            _cover_action(action)


def _uncover(widget: QWidget) -> None:
    for name in _TEXTS:
        kept = widget.property(_BEFORE + name)
        if kept:
            words, shown = json.loads(kept)
            if widget.property(name) == shown:
                widget.setProperty(name, words)
            widget.setProperty(_BEFORE + name, None)
    if isinstance(widget, QLineEdit):
        _unmask(widget)
    elif isinstance(widget, QTabBar):
        _uncover_tabs(widget)
    elif isinstance(widget, QMenu):
        for action in widget.actions():
            _uncover_action(action)


# --- inputs


def _mask(edit: QLineEdit) -> None:
    """Dots for what stands in an input, all of it: what was just typed may not be known yet. A choice out of a list
    stays unless it names somebody.
    """
    words = edit.text()
    personal = covered(words) != words if isinstance(edit.parent(), QComboBox) else bool(words)
    if edit.hasFocus() or not personal:
        _unmask(edit)
    elif edit.echoMode() == QLineEdit.EchoMode.Normal and not edit.property("secret"):
        edit.setProperty(_MASKED, True)
        edit.setEchoMode(QLineEdit.EchoMode.Password)


def _unmask(edit: QLineEdit) -> None:
    if edit.property(_MASKED):
        edit.setProperty(_MASKED, None)
        edit.setEchoMode(QLineEdit.EchoMode.Normal)


def _paint_instead(viewport: QWidget) -> bool:
    """Dots in place of the lines of a larger input, whose text Qt can only paint as it is."""
    edit = viewport.parent()
    if not isinstance(edit, (QPlainTextEdit, QTextEdit)) or edit.viewport() is not viewport or edit.hasFocus():
        return False
    words = edit.toPlainText()
    if not words:
        return False
    with QPainter(viewport) as painter:
        painter.setFont(edit.font())
        painter.setPen(Theme.current().colour("text2"))
        flags = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft
        painter.drawText(QRectF(viewport.rect()).adjusted(4, 4, -4, -4), int(flags), re.sub(r"\S", "•", words))
    return True


# --- menus


def _cover_action(action: QAction) -> None:
    words = action.text()
    shown = covered(words)
    if shown != words:
        action.setText(shown)
        action.setProperty(_BEFORE + "text", json.dumps([words, shown]))


def _uncover_action(action: QAction) -> None:
    kept = action.property(_BEFORE + "text")
    if kept:
        words, shown = json.loads(kept)
        if action.text() == shown:
            action.setText(words)
        action.setProperty(_BEFORE + "text", None)


# --- tabs


def _cover_tabs(bar: QTabBar) -> None:
    kept = json.loads(bar.property(_BEFORE + "tabs") or "{}")
    for place in range(bar.count()):
        words = [bar.tabText(place), bar.tabToolTip(place), bar.accessibleTabName(place)]
        shown = [covered(each) for each in words]
        if shown != words:
            _set_tab(bar, place, shown)
            kept[str(place)] = [words, shown]
    if kept:
        bar.setProperty(_BEFORE + "tabs", json.dumps(kept))


def _uncover_tabs(bar: QTabBar) -> None:
    kept = json.loads(bar.property(_BEFORE + "tabs") or "{}")
    for place, (words, shown) in ((int(place), both) for place, both in kept.items()):
        if [bar.tabText(place), bar.tabToolTip(place), bar.accessibleTabName(place)] == shown:
            _set_tab(bar, place, words)
    bar.setProperty(_BEFORE + "tabs", None)


def _set_tab(bar: QTabBar, place: int, words: list[str]) -> None:
    bar.setTabText(place, words[0])
    bar.setTabToolTip(place, words[1])
    bar.setAccessibleTabName(place, words[2])
