"""Looks after the store while the desk is open, on a thread of its own, and says how it stands."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from desk_app.casework.care import Caretaker, Standing
from desk_app.casework.desk import Desk
from desk_app.domain.errors import WorldError
from desk_app.gui.state_line import StateLine
from desk_app.gui.worker import Worker, without_desk
from desk_app.i18n import _
from desk_app.presenters import backup_line
from desk_app.presenters.backup_line import Remedy

EVERY = 60_000
"""Milliseconds between two looks; a look at which nothing is due takes a few milliseconds."""
SOON = 500
"""Until the first look, which would else take turns with the reading of the first page."""

ChooseFolder = Callable[[QWidget], Path | None]


def ask_folder(parent: QWidget) -> Path | None:
    """Let the user point out where backups go as well; None when they changed their mind."""
    title = _("Ordner für die zweite Sicherung, zum Beispiel auf einem Stick")
    chosen = QFileDialog.getExistingDirectory(parent, title)
    return Path(chosen) if chosen else None


class StoreWatch(QObject):
    """Emits the lines for the foot of the rail. ``stop`` before the store is closed."""

    told = Signal(object)
    show_asked = Signal()
    """A line was pressed that the page about the backups says more about."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self._window = parent
        self.desk = desk
        self.clock = desk.clock
        self.caretaker = Caretaker(desk)
        self.worker = Worker(without_desk, self)
        self.choose_folder: ChooseFolder = ask_folder
        self._timer = QTimer(self, interval=EVERY)
        self._soon = QTimer(self, singleShot=True, interval=SOON)
        for timer in (self._timer, self._soon):
            timer.timeout.connect(self.look)

    def start(self) -> None:
        self._timer.start()
        self._soon.start()

    def stop(self) -> None:
        """Back up what is not backed up yet and end the thread; a check under way is broken off."""
        self._timer.stop()
        self._soon.stop()
        self.caretaker.hurry()
        self.worker.run(lambda _work: self.caretaker.round(closing=True), lambda _found: None, lambda _error: None)
        self.worker.stop()

    def look(self) -> None:
        """Have done what is due."""
        self._run(self.caretaker.round)

    def help(self, remedy: str) -> None:
        """Do what the line offers."""
        if remedy == Remedy.BACK_UP:
            self.told.emit([StateLine("refresh-cw", _("Sichert …"))])
            self._run(self.caretaker.back_up)
        elif remedy == Remedy.CHOOSE:
            folder = self.choose_folder(self._window)
            if folder is not None:
                self.told.emit([StateLine("refresh-cw", _("Sichert …"))])
                self._run(lambda: self.caretaker.choose(folder))
        elif remedy == Remedy.SHOW:
            self.show_asked.emit()

    def tell(self, standing: Standing) -> None:
        """Say how the store stands."""
        lines = backup_line.lines(standing, self.clock())
        self.told.emit([StateLine(each.symbol, each.words, each.tone, each.detail, each.remedy) for each in lines])

    def _run(self, deed: Callable[[], Standing]) -> None:
        self.worker.run(lambda _work: deed(), self.tell, self._fail)

    def _fail(self, error: WorldError) -> None:
        self.told.emit([StateLine("shield-alert", _("Nicht gesichert"), "bad", error.message, Remedy.SHOW)])
