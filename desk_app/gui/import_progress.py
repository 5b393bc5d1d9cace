"""How far a file is read, told over the page once it takes a while, with the way to stop it."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QWidget

from desk_app.gui.widgets.progress_dialog import ProgressDialog, Step
from desk_app.i18n import _
from desk_app.presenters.import_job import ImportJob

_LOOK_EVERY = 100
_PATIENCE = 400
"""Milliseconds before a running step covers the page."""


class ImportProgress(QObject):
    """Looks at one job at a time."""

    def __init__(self, page: QWidget) -> None:
        super().__init__(page)
        self._page = page
        self._job: ImportJob | None = None
        self.dialog: ProgressDialog | None = None
        self._look = QTimer(self)
        self._look.timeout.connect(self._show)

    def follow(self, job: ImportJob | None) -> None:
        """Look at this job from now on; ``None`` once nothing is running any more."""
        self._job = job
        if job is not None:
            self._look.start(_PATIENCE)
            return
        self._look.stop()
        if self.dialog is not None:
            self.dialog.close_dialog()
            self.dialog.deleteLater()
            self.dialog = None

    def _show(self) -> None:
        if self._job is None:
            return
        done, total = self._job.progress
        kept, all_kept = self._job.kept
        if self.dialog is None:
            self._look.setInterval(_LOOK_EVERY)
            means = _("Beim Abbrechen wird nichts übernommen.")
            self.dialog = ProgressDialog(self._page.window(), self._job.words, "", "", means)
            self.dialog.cancelled.connect(self._job.cancel)
            self.dialog.open(self.dialog.cancel_button)
        steps = [Step(self._job.words, done, total, "done" if all_kept else "running")]
        if all_kept:
            steps.append(Step(_("Alles wird verschlüsselt gespeichert"), kept, all_kept, "running"))
        self.dialog.show_steps(steps)
