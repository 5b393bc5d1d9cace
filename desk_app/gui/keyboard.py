"""What staff should know about their keyboard before typing a passphrase."""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent

from desk_app.i18n import _

_LAMPS = Path("/sys/class/leds")


def caps_lock() -> bool | None:
    """Whether Caps Lock is on; None where the system does not tell."""
    if sys.platform == "win32":
        import ctypes

        return bool(ctypes.windll.user32.GetKeyState(0x14) & 1)
    try:
        lamps = [(lamp / "brightness").read_text().strip() for lamp in _LAMPS.glob("*::capslock")]
    except OSError:
        return None
    return any(state != "0" for state in lamps) if lamps else None


def caps_lock_by(letter: str, shift: bool) -> bool | None:
    """What a typed letter gives away: a capital without shift means Caps Lock. None for anything but letters."""
    if len(letter) != 1 or letter.upper() == letter.lower():
        return None
    return letter.isupper() != shift


def layout_name() -> str:
    """The language of the keyboard in its own words: "Deutsch", "Türkçe"."""
    return QGuiApplication.inputMethod().locale().nativeLanguageName()


def keyboard_words(caps: bool | None) -> str:
    """The line of the lock screen about the keyboard."""
    parts = [_("Tastatur: {layout}").format(layout=layout_name())] if layout_name() else []
    if caps is not None:
        parts.append(_("Feststelltaste an") if caps else _("Feststelltaste aus"))
    return " · ".join(parts) or _("Tastatur bereit")


class CapsWatch(QObject):
    """Notices Caps Lock at a field where somebody types; emits ``changed``. ``on`` is None where nobody can tell."""

    changed = Signal()

    def __init__(self, field: QObject) -> None:
        super().__init__(field)
        self.on = caps_lock()
        field.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease) and isinstance(event, QKeyEvent):
            told = caps_lock()
            if told is None and event.type() == QEvent.Type.KeyPress:
                shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
                told = caps_lock_by(event.text(), shift)
            if told is not None and told != self.on:
                self.on = told
                self.changed.emit()
        return super().eventFilter(watched, event)
