"""The way to a workbook that says what became of each row of an old list."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QWidget

from desk_app.gui.folders import FolderTools
from desk_app.gui.lists.out_bar import WARNING
from desk_app.gui.widgets.buttons import Button
from desk_app.gui.widgets.confirm_dialog import ConfirmDialog
from desk_app.i18n import _
from desk_app.presenters.bring_in import BringInPresenter


class ProtocolButton(Button):
    """Asks where to, says what lies there unprotected, then has it written. Shown once a list was taken over."""

    def __init__(self, presenter: BringInPresenter, parent: QWidget | None = None) -> None:
        super().__init__(_("Protokoll als Excel …"), "secondary", "file-spreadsheet", height="compact", parent=parent)
        self._presenter = presenter
        self.folders = FolderTools()
        self.dialog: ConfirmDialog | None = None
        self._folder: Path | None = None
        self.clicked.connect(self._ask)
        self.hide()

    def _ask(self) -> None:
        folder = self.folders.choose(self.window(), self._folder)
        if folder is None or self.dialog is not None:
            return
        self._folder = folder
        dialog = self.dialog = ConfirmDialog(self.window(), folder, _("Protokoll als Excel-Liste"), [_(WARNING)])
        dialog.dismissed.connect(self._close_dialog)
        dialog.other_folder.connect(self._ask_again)
        dialog.confirmed.connect(lambda: self._write(folder))
        dialog.ask()

    def _ask_again(self) -> None:
        self._close_dialog()
        self._ask()

    def _write(self, folder: Path) -> None:
        self._close_dialog()
        self._presenter.save_protocol(folder)

    def _close_dialog(self) -> None:
        if self.dialog is not None:
            self.dialog.close_dialog()
            self.dialog.deleteLater()
            self.dialog = None
