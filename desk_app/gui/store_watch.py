"""Looks after the backups while the desk is open, on a thread of its own, and says how they stand."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from desk_app.casework.backup_rules import BackupStatus
from desk_app.casework.backups import BackupKeeper
from desk_app.casework.desk import Desk
from desk_app.domain.errors import WorldError
from desk_app.gui.rail import StateLine
from desk_app.gui.worker import Worker, without_desk
from desk_app.i18n import _
from desk_app.presenters import backup_line
from desk_app.presenters.backup_line import Remedy

EVERY = 60_000
"""Milliseconds between two looks; a look at which nothing is due takes a few milliseconds."""


class BackupWatch(QObject):
    """Emits the line for the foot of the rail. ``stop`` before the store is closed."""

    told = Signal(object)

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self._window = parent
        self._desk = desk
        self._keeper = BackupKeeper(desk)
        self._worker = Worker(without_desk, self)
        self._timer = QTimer(self, interval=EVERY)
        self._timer.timeout.connect(self._look)

    def start(self) -> None:
        self._timer.start()
        self._look()

    def stop(self) -> None:
        """Back up what is not backed up yet and end the thread."""
        self._timer.stop()
        self._worker.run(lambda _work: self._keeper.round(closing=True), lambda _status: None, lambda _error: None)
        self._worker.stop()

    def help(self, remedy: str) -> None:
        """Do what the line offers: back up now, or keep backups in a second place as well."""
        if remedy == Remedy.BACK_UP:
            self._worker.run(lambda _work: self._keeper.back_up_now(), self._tell, self._fail)
        elif remedy == Remedy.CHOOSE:
            folder = self._choose_folder()
            if folder is not None:
                self._worker.run(lambda _work: self._keeper.choose(folder), self._tell, self._fail)

    def _look(self) -> None:
        self._worker.run(lambda _work: self._keeper.round(), self._tell, self._fail)

    def _choose_folder(self) -> Path | None:
        title = _("Ordner für die zweite Sicherung, zum Beispiel auf einem Stick")
        chosen = QFileDialog.getExistingDirectory(self._window, title)
        return Path(chosen) if chosen else None

    def _tell(self, status: BackupStatus) -> None:
        found = backup_line.line(status, self._desk.clock())
        symbol = "shield-check" if found.tone == "text2" else "shield-alert"
        self.told.emit(StateLine(symbol, found.words, found.tone, found.detail, found.remedy or ""))

    def _fail(self, error: WorldError) -> None:
        self.told.emit(StateLine("shield-alert", error.message, "bad"))
