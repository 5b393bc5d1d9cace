"""Locking the desk: by key, after some minutes without input, with the system. The process ends with it."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from desk_app import bootstrap, settings
from desk_app.gui import capture
from desk_app.gui.clipboard import CopyGuard
from desk_app.gui.idle import IdleWatch, longest
from desk_app.gui.lock_notices import Cover, IdleNotice
from desk_app.gui.relaunch import Successor
from desk_app.gui.session_watch import SessionWatch, WindowsWatch

UNWIND = 10
"""Milliseconds given to a dismissed dialog to return to whoever opened it."""
PATIENCE = 50
"""How often, before the desk locks although a dialog of the system stays."""


class Surroundings(NamedTuple):
    """What locking needs beside the window: a process that takes over, and an ear for the system (or ``None``)."""

    successor: Callable[[], Successor]
    listen: Callable[[QWidget], SessionWatch | WindowsWatch | None]


class Locking(QObject):
    """Locks ``window``: ``close`` saves and closes the desk and says what could not be kept; the lock screen tells it.

    ``begin`` shows the lock screen in this same process, for when no successor can be had.
    """

    def __init__(
        self,
        window: QWidget,
        close: Callable[[], str],
        begin: Callable[[str], None],
        around: Surroundings | None = None,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._close, self._begin = close, begin
        self._around = around
        self._heard: SessionWatch | WindowsWatch | None = None
        self._store = Path()
        self._idle: IdleWatch | None = None
        self._notice = IdleNotice(window)
        self._copies = CopyGuard(QGuiApplication.clipboard(), parent=self)
        self._cover: Cover | None = None
        self._patience = PATIENCE

    def desk_opened(self, store: Path, busy: Callable[[], bool]) -> None:
        """From now on there is something to lock. ``busy`` says whether a deed is under way."""
        self._forget_time()
        self._store = store
        self._patience = PATIENCE
        most = longest(bootstrap.has_battery())
        self._idle = IdleWatch(lambda: min(settings.load().lock_after, most), busy, parent=self)
        self._idle.warned.connect(self._notice.tell)
        self._idle.calmed.connect(self._notice.hide)
        self._idle.expired.connect(self.lock)
        self._idle.start()
        capture.use(settings.load().hide_from_capture)
        if self._around is not None and self._heard is None:
            # later, because it takes time the first page needs
            QTimer.singleShot(0, self, self._listen)

    def desk_closed(self) -> None:
        """Nothing is left to lock; what was copied is taken back."""
        self._forget_time()
        self._copies.clear()
        capture.use(False)

    def lock(self) -> None:
        """Cover the window, dismiss what is open, save, close the store, and let a fresh process take over.

        Deeds under way are finished first. Does nothing while no desk is open.
        """
        if self._idle is None:
            return
        if self._cover is None:
            self._cover = Cover(self._window)
        if _dismiss_dialogs() and self._patience:
            # its code goes on when this returns, and must not find the desk closed in the middle
            self._patience -= 1
            QTimer.singleShot(UNWIND, self, self.lock)
            return
        successor = self._around.successor() if self._around is not None else None
        started = successor is not None and successor.start(self._store, bytes(self._window.saveGeometry().data()))
        news = ""
        try:
            news = self._close()
        except Exception as error:  # noqa: BLE001 - a fault must not leave the desk open
            sys.excepthook(type(error), error, error.__traceback__)
        if successor is not None and started:
            successor.tell(news)
            successor.take_over()
        self._begin(news)
        self._cover.deleteLater()
        self._cover = None

    def _forget_time(self) -> None:
        if self._idle is not None:
            self._idle.stop()
            self._idle.deleteLater()
            self._idle = None
        self._notice.hide()

    def _listen(self) -> None:
        if self._around is not None and self._heard is None:
            self._heard = self._around.listen(self._window)
            if self._heard is not None:
                self._heard.covered.connect(self.lock)


def _dismiss_dialogs() -> bool:
    """Close every menu, list and dialog with a window of its own; whether there was one."""
    while (popup := QApplication.activePopupWidget()) is not None:
        popup.close()
    dialogs = [each for each in QApplication.topLevelWidgets() if isinstance(each, QDialog) and each.isVisible()]
    for dialog in dialogs:
        dialog.reject()
    return bool(dialogs)
