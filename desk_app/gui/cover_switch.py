"""Strg+Umschalt+B: Blickschutz on and off, and the line in the rail that says it is on."""

from __future__ import annotations

import re
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication

from desk_app.casework import personal
from desk_app.domain.covering import Personal, covering
from desk_app.domain.errors import WorldError
from desk_app.gui import cover
from desk_app.gui.cover_screen import CoverScreen
from desk_app.gui.state_line import StateLine
from desk_app.gui.worker import Worker
from desk_app.i18n import _

SOON = 150
"""Milliseconds to find out who is known; when another deed takes longer, every word is covered meanwhile."""
CALM = 300
"""Milliseconds after the last change until it is asked who is known now: not after every field of a form."""
KEY = "cover"


class CoverSwitch(QObject):
    """Emits ``switched``. Asks the store anew who is known whenever something changed while it is on."""

    switched = Signal()
    failed = Signal(object)

    def __init__(self, worker: Worker, parent: QObject) -> None:
        super().__init__(parent)
        self._worker = worker
        self._wanted = False
        self._known = Personal()
        self._more: Callable[[], Personal] = Personal
        self._screen: CoverScreen | None = None
        self._soon = QTimer(self, singleShot=True, interval=SOON)
        self._soon.timeout.connect(lambda: self._put_on(_every_word))
        self._calm = QTimer(self, singleShot=True, interval=CALM)
        self._calm.timeout.connect(self._read_again)
        worker.changed.connect(self._note_changed)

    def press(self) -> None:
        """Cover what is personal, or show it again."""
        if self._wanted:
            self.stop()
        else:
            self._wanted = True
            self._soon.start()
            self._read_again()

    def also(self, more: Callable[[], Personal]) -> None:
        """Cover what is about to be shown of people who are not in the store, as ``more`` tells."""
        self._more = more
        if self._screen is not None and not self._soon.isActive():
            self._put_on(covering(self._known | more()))

    def press_line(self, key: str) -> None:
        """A line of the rail's foot was pressed."""
        if key == KEY:
            self.stop()

    def stop(self) -> None:
        """Take the cover away, as before the store is closed."""
        self._wanted = False
        self._soon.stop()
        self._calm.stop()
        cover.use(None)
        if self._screen is not None:
            self._screen.lift()
            self._screen = None
            self.switched.emit()

    def lines(self) -> list[StateLine]:
        """What the foot of the rail says about it; a press takes the cover away."""
        if self._screen is None:
            return []
        detail = _(
            "Namen sind abgekürzt, Anschriften, Nummern und Geburtstage verdeckt. Strg+Umschalt+B zeigt sie wieder."
        )
        return [StateLine("eye-off", _("Blickschutz an"), "accent_text", detail, KEY)]

    def _note_changed(self) -> None:
        if self._wanted:
            self._calm.start()

    def _read_again(self) -> None:
        if self._wanted:
            self._worker.run(personal.read, self._know, self._fail)

    def _know(self, known: Personal) -> None:
        if self._wanted:
            self._soon.stop()
            self._known = known
            self._put_on(covering(known | self._more()))

    def _fail(self, error: WorldError) -> None:
        """Nobody knows what to cover: cover every word rather than nothing."""
        if self._wanted:
            self._put_on(_every_word)
            self.failed.emit(error)

    def _put_on(self, how: cover.Cover) -> None:
        cover.use(how)
        if self._screen is not None:
            self._screen.look_again()
            return
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        self._screen = CoverScreen(application)
        self.switched.emit()


def _every_word(words: str) -> str:
    return re.sub(r"\w", "•", words)
