"""From the export button to the files: folder, question, progress, result. One at a time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from uuid import UUID

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from desk_app.casework.exports import Exported
from desk_app.domain.errors import ExportCancelled, SecondPersonNeeded, TooSoon, WorldError, WrongPassphrase
from desk_app.gui.folders import FolderTools
from desk_app.gui.placements.export_dialogs import ResultDialog, export_notes, what_words
from desk_app.gui.widgets.confirm_dialog import ConfirmDialog
from desk_app.gui.widgets.overlays import Scrim
from desk_app.gui.widgets.progress_dialog import ProgressDialog, Step
from desk_app.i18n import N_, _
from desk_app.presenters.placement_export import Errand, ExportJob, OutForms
from desk_app.presenters.placements import People, PlacementsPresenter

Sets = Mapping[str, Sequence[UUID]]

_QUESTIONS = {
    Errand.REQUESTS: N_("Anfragen übermitteln?"),
    Errand.CHANGES: N_("Änderungen melden?"),
    Errand.RETRACTION: N_("Streichungen senden?"),
    Errand.SCHOOLS: N_("Daten für Schulen hier speichern?"),
}

_LOOK = 100
"""Milliseconds between two looks at a running export."""


class ExportFlow(QObject):
    """Emits how it went: ``finished`` once the result was seen, ``cancelled`` or ``failed`` with a sentence."""

    finished = Signal()
    cancelled = Signal(str)
    failed = Signal(str)
    locked = Signal()
    """Somebody who began to send unlocked rather encrypts."""

    def __init__(self, page: QWidget, presenter: PlacementsPresenter, folders: FolderTools) -> None:
        super().__init__(page)
        self._page = page
        self._presenter = presenter
        self.folders = folders
        self._folder: Path | None = None
        self._forms = OutForms()
        self._errand, self._count = Errand.REQUESTS, 0
        self._sets: Sets = {}
        self._job: ExportJob | None = None
        self.dialog: Scrim | None = None
        """The dialog that covers the window now."""
        self._look = QTimer(self)
        self._look.setInterval(_LOOK)
        self._look.timeout.connect(self._show_progress)

    @property
    def busy(self) -> bool:
        """Whether a dialog of an export is open."""
        return self.dialog is not None

    def start(
        self, forms: OutForms, errand: Errand = Errand.REQUESTS, count: int = 0, sets: Sets | None = None
    ) -> None:
        """Ask for the folder and go on from there. Does nothing while another export is under way.

        ``count`` is how many children an errand is about that has nothing to do with what is ticked;
        ``sets`` are the requests by number of their school, for the errand to schools.
        """
        if self.busy:
            return
        self._forms, self._errand, self._sets = forms, errand, sets or {}
        self._count = self._presenter.selection.ready if errand is Errand.REQUESTS else count
        folder = self.folders.choose(self._page.window(), self._folder)
        if folder is None:
            return
        self._folder = folder
        if forms.encrypted:
            self._confirm(folder)
        else:
            self._ask_second()

    def _what(self) -> str:
        return what_words(self._count, self._forms, self._errand)

    def _notes(self) -> list[str]:
        if self._errand is Errand.SCHOOLS and not self._forms.encrypted:
            return [_("Bitte persönlich auf einem verschlüsselten Stick übergeben, nie als Mail.")]
        return export_notes(self._presenter.selection) if self._errand is Errand.REQUESTS else []

    def _confirm(self, folder: Path) -> None:
        schools = self._errand is Errand.SCHOOLS
        who = _("Jede Schule bekommt") if schools else _("Jede Stelle bekommt")
        locked = _("{who} eine Passphrase aus sechs Wörtern. Sie wird nach dem Schreiben einmal gezeigt.")
        confirm = ConfirmDialog(
            self._page.window(),
            folder,
            self._what(),
            [locked.format(who=who), *self._notes()],
            _(_QUESTIONS[self._errand]),
            _("Hier speichern"),
        )
        confirm.dismissed.connect(self._close)
        confirm.other_folder.connect(self.again)
        confirm.confirmed.connect(self._run)
        self.dialog = confirm
        confirm.ask()

    def _ask_second(self, message: str = "") -> None:
        """Have somebody else agree that the files leave unlocked."""
        self._presenter.second_persons(lambda people: self._show_second(people, message), self._fail)

    def _show_second(self, people: People, message: str) -> None:
        from desk_app.gui.placements.unlocked_dialog import UnlockedDialog

        assert self._folder is not None
        dialog = UnlockedDialog(self._page.window(), self._folder, self._what(), people, self._notes())
        dialog.dismissed.connect(self._close)
        dialog.agreed.connect(lambda person, words: self._run((person, words)))
        dialog.locked.connect(self._lock_instead)
        self.dialog = dialog
        dialog.ask(message)

    def _lock_instead(self) -> None:
        self._close()
        self.locked.emit()
        self._forms = replace(self._forms, encrypted=True)
        assert self._folder is not None
        self._confirm(self._folder)

    def again(self) -> None:
        """Begin anew what was begun last, at the folder."""
        self._close()
        self.start(self._forms, self._errand, self._count, self._sets)

    def _run(self, second: tuple[UUID, str] | None = None) -> None:
        self._close()
        assert self._folder is not None
        progress = ProgressDialog(
            self._page.window(),
            _("Dateien für Schulen werden geschrieben")
            if self._errand is Errand.SCHOOLS
            else _("Schulplatzanfragen werden exportiert"),
            self._what(),
            str(self._folder),
            _("Beim Abbrechen bleiben keine Dateien zurück."),
        )
        job = ExportJob(self._count, self._forms, second, self._errand, self._sets)
        progress.cancelled.connect(job.cancel)
        self.dialog, self._job = progress, job
        self._show_progress()
        progress.open(progress.cancel_button)
        self._look.start()
        self._presenter.export(job, self._folder, self._done, self._fail)

    def _show_progress(self) -> None:
        if self._job is None or not isinstance(self.dialog, ProgressDialog):
            return
        now = self._job.progress()
        steps = [Step(step.name, step.done, step.total, step.state) for step in now.steps]
        self.dialog.show_steps(steps, now.seconds_left)

    def _done(self, result: Exported) -> None:
        self._close()
        assert self._folder is not None
        folder = self._folder
        told = ResultDialog(self._page.window(), folder, result, self._errand)
        told.folder_asked.connect(lambda: self.folders.show(folder))
        told.dismissed.connect(self._end)
        self.dialog = told
        told.tell()

    def _end(self) -> None:
        self._close()
        self.finished.emit()

    def _fail(self, error: WorldError) -> None:
        self._close()
        if isinstance(error, (WrongPassphrase, TooSoon, SecondPersonNeeded)):
            self._ask_second(error.message)
        elif isinstance(error, ExportCancelled):
            self.cancelled.emit(error.message)
        else:
            self.failed.emit(error.message)

    def _close(self) -> None:
        self._look.stop()
        self._job = None
        if self.dialog is not None:
            self.dialog.close_dialog()
            self.dialog.deleteLater()
            self.dialog = None
