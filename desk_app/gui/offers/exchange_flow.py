"""The ways of offers out of the program and in: the entries of the menu, the files, the preview."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QMenu, QWidget

from desk_app.domain.offer_exchange import FileKind
from desk_app.gui.families.undo_banner import UndoBar
from desk_app.gui.folders import FolderTools
from desk_app.gui.import_progress import ImportProgress
from desk_app.gui.offers.exchange_preview import ExchangePreview
from desk_app.i18n import N_, _, ngettext
from desk_app.presenters.offer_exchange import Line, OfferExchange

if TYPE_CHECKING:
    from desk_app.casework.lists import Exported
    from desk_app.casework.offer_exchange import ReadIn
    from desk_app.presenters.import_job import ImportJob
    from desk_app.presenters.runner import Runner

_WAYS_OUT = (
    (FileKind.XLSX, N_("Excel-Liste, zum Ergänzen durch Partner …")),
    (FileKind.HSDS_JSON, N_("HSDS-JSON, für andere Programme …")),
    (FileKind.HSDS_TABLES, N_("HSDS-CSV-Paket …")),
)


def ask_file(parent: QWidget) -> Path | None:
    """Let the user point out a file; None when they changed their mind."""
    kinds = _("Angebote (*.json *.zip *.xlsx *.xls *.ods *.csv);;Alle Dateien (*)")
    name, _filter = QFileDialog.getOpenFileName(parent, _("Angebote einlesen"), "", kinds)
    return Path(name) if name else None


class ExchangeFlow(QObject):
    """``refusal`` is why nothing may be read in, ``list_refusal`` why nothing may go out."""

    def __init__(
        self, page: QWidget, told: UndoBar, runner: Runner, refusal: str = "", list_refusal: str = ""
    ) -> None:  # fmt: skip
        super().__init__(page)
        self._page, self._told = page, told
        self._refusal, self._list_refusal = refusal, list_refusal
        self.presenter = OfferExchange(self, runner)
        self.folders = FolderTools()
        self.choose_file: Callable[[QWidget], Path | None] = ask_file
        self.preview: ExchangePreview | None = None
        self._progress = ImportProgress(page)

    def fill(self, menu: QMenu) -> None:
        """Put the ways into a menu."""
        out = menu.addMenu(_("Ausgeben als"))
        for kind, words in _WAYS_OUT:
            out.addAction(_(words), partial(self.export, kind))
        menu.addAction(_("Einlesen …"), self.read_in)

    def export(self, kind: FileKind) -> None:
        """Write the directory into a folder somebody chooses."""
        if self._list_refusal:
            self._told.show_failed(self._list_refusal)
            return
        folder = self.folders.choose(self._page.window(), None)
        if folder is not None:
            self.presenter.export(kind, folder)

    def read_in(self) -> None:
        """Look what a file somebody chooses would change."""
        if self._refusal:
            self._told.show_failed(self._refusal)
            return
        path = self.choose_file(self._page.window())
        if path is not None:
            self.presenter.open(path)

    # --- what the presenter shows

    def show_busy(self, job: ImportJob | None) -> None:
        self._progress.follow(job)

    def show_preview(self, lines: tuple[Line, ...], words: str) -> None:
        dialog = self.preview
        if dialog is None:
            dialog = self.preview = ExchangePreview(self._page.window())
            dialog.taken.connect(self.presenter.take_over)
            dialog.apart.connect(self.presenter.set_apart)
            dialog.dismissed.connect(self._close)
            dialog.show_lines(lines, words)
            dialog.ask()
        else:
            dialog.show_lines(lines, words)

    def show_taken(self, done: ReadIn) -> None:
        self._close()
        if done.deed is None:
            self._told.tell(_("Es war nichts zu übernehmen: Alles steht schon so im Verzeichnis."))
        else:
            self._told.tell_done(f"{done.words}.", done.deed)

    def show_exported(self, done: Exported) -> None:
        words = ngettext("{n} Angebot gespeichert: {name}", "{n} Angebote gespeichert: {name}", done.rows)
        notes = " ".join(done.notes[:2])
        self._told.tell(" ".join(filter(None, (words.format(n=done.rows, name=done.path.name), notes))))
        self.folders.show(done.path.parent)

    def show_exchange_failed(self, message: str) -> None:
        if self.preview is not None:
            self.preview.show_failed(message)
        else:
            self._told.show_failed(message)

    def _close(self) -> None:
        self.presenter.forget()
        dialog, self.preview = self.preview, None
        if dialog is not None:
            dialog.close_dialog()
            dialog.deleteLater()
