"""The ways out of any list: as a workbook, as a PDF and on paper, as its rows stand there."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desk_app.domain.lists import Column
from desk_app.gui.folders import FolderTools
from desk_app.gui.lists.paper import Paper, choose_list_printer
from desk_app.gui.widgets.buttons import Button
from desk_app.gui.widgets.confirm_dialog import ConfirmDialog
from desk_app.gui.widgets.import_result import ImportResult
from desk_app.gui.widgets.labels import Label
from desk_app.gui.widgets.overlays import Popover
from desk_app.i18n import N_, _, ngettext
from desk_app.presenters.lists import Form, ListPresenter, ListSpec, Source

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

    from desk_app.casework.preview import PagePicture
    from desk_app.domain.clock import Clock
    from desk_app.presenters.runner import Runner


WARNING = N_(
    "Wer an diesen Ordner kommt, kann die Angaben über die Familien lesen. Bitte geben Sie die Datei nur auf dem "
    "vereinbarten sicheren Weg weiter, und löschen Sie sie hier, sobald sie nicht mehr gebraucht wird."
)


class OutBar(QWidget):
    """Belongs to one list, also one of cards, which has no columns to choose: then all of its columns go out."""

    WARNING = WARNING
    """What is said before a file of it lies somewhere unprotected."""

    def __init__(
        self,
        spec: ListSpec,
        source: Source,
        runner: Runner,
        clock: Clock,
        *,
        refusal: str = "",
        folders: FolderTools | None = None,
        ask_printer: Callable[[QWidget], QPrinter | None] = choose_list_printer,
    ) -> None:
        super().__init__()
        self._spec, self._source = spec, source
        self._refusal = refusal
        self.folders = folders or FolderTools()
        self._ask_printer = ask_printer
        self._folder: Path | None = None
        self._paper: Paper | None = None
        self.popover: Popover | None = None
        """What is open below one of the buttons."""
        self.dialog: ConfirmDialog | None = None
        self.presenter = ListPresenter(self, source, spec, runner, clock)
        self.said = ImportResult()
        self.said.undo_asked.connect(self.presenter.undo)
        self.out_button = Button(_("Ausgeben"), "ghost", "download", height="compact")
        self.out_button.setToolTip(_("Strg+Umschalt+A"))
        self.out_button.setAccessibleDescription(_("Liste als Excel, als PDF oder auf Papier"))
        self.out_button.clicked.connect(self.open_out)
        self.row = QHBoxLayout()
        self.row.setSpacing(4)
        self.row.addStretch(1)
        self.row.addWidget(self.out_button, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self.said)
        column.addLayout(self.row)

    @property
    def columns(self) -> Sequence[Column]:
        """The columns that go out."""
        return self._spec.columns

    def add_keys(self, page: QWidget) -> None:
        """Let the keys of the bar work on the whole page."""
        self._add_key(page, "Ctrl+Shift+A", self.open_out)

    def _add_key(self, page: QWidget, keys: str, deed: Callable[[], None]) -> None:
        shortcut = QShortcut(QKeySequence(keys), page)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(deed)

    # --- what the presenter shows

    def show_kept(self) -> None:
        """Nothing: filters are kept where there are any."""

    def show_said(self, words: str, notes: Sequence[str] = (), *, undo: bool = False, tone: str = "ok") -> None:
        self.said.show_result(words, list(notes), undo=undo, tone="" if tone == "ok" else tone)

    def print_page(self, picture: PagePicture, number: int) -> None:
        if self._paper is not None:
            self._paper.put(picture, number)

    def print_done(self) -> None:
        if self._paper is not None:
            self._paper.end()
            self._paper = None

    # --- below the buttons

    def open_out(self) -> None:
        """Strg+Umschalt+A."""
        if self._refusal:
            self.show_said(self._refusal, tone="warn")
            return
        popover = Popover(self.window(), 300)
        popover.setAccessibleName(_("Liste ausgeben"))
        popover.body.setSpacing(4)
        popover.body.addWidget(Label(self._count_words(), "small", "text3"))
        for title, symbol, deed in (
            (_("Als Excel-Liste …"), "file-spreadsheet", lambda: self.export(Form.XLSX)),
            (_("Als PDF …"), "file-text", lambda: self.export(Form.PDF)),
            (_("Drucken …"), "printer", self.print_list),
        ):
            button = Button(title, "ghost", symbol)
            button.clicked.connect(popover.close_popover)
            button.clicked.connect(deed)
            popover.body.addWidget(button)
        first = popover.findChild(Button)
        assert first is not None
        self._open(popover, self.out_button, first)

    def _open(self, popover: Popover, button: Button, first: QWidget) -> None:
        if self.popover is not None:
            self.popover.close_popover()
        self.popover = popover
        popover.closed.connect(lambda: self._closed(popover))
        place = button.mapTo(self.window(), button.rect().topLeft())
        popover.open_at(QRect(place, button.size()))
        first.setFocus(Qt.FocusReason.PopupFocusReason)

    def _closed(self, popover: Popover) -> None:
        if self.popover is popover:
            self.popover = None
        popover.deleteLater()

    # --- ways out

    def export(self, form: Form) -> None:
        """Ask where to, say what lies there unprotected, then write."""
        folder = self.folders.choose(self.window(), self._folder)
        if folder is None or self.dialog is not None:
            return
        self._folder = folder
        what = _("{list} als Excel-Liste") if form is Form.XLSX else _("{list} als PDF")
        words = what.format(list=self._title())
        dialog = self.dialog = ConfirmDialog(self.window(), folder, words, [_(self.WARNING)])
        dialog.dismissed.connect(self._close_dialog)
        dialog.other_folder.connect(lambda: self._again(form))
        dialog.confirmed.connect(lambda: self._write(folder, form))
        dialog.ask()

    def print_list(self) -> None:
        """Strg+P: put what is shown on paper."""
        if self._refusal:
            self.show_said(self._refusal, tone="warn")
            return
        printer = self._ask_printer(self.window())
        if printer is not None and self._paper is None:
            self._paper = Paper(printer)
            self._print()

    def _write(self, folder: Path, form: Form) -> None:
        self._close_dialog()
        self._export(folder, form)

    # --- what goes out; a list that is not all there, or not that of families, has its own

    def _title(self) -> str:
        return _(self._spec.title)

    def _count_words(self) -> str:
        count = len(self._source.shown_rows)
        return ngettext("{n} Zeile, wie sie hier steht", "{n} Zeilen, wie sie hier stehen", count).format(n=count)

    def _export(self, folder: Path, form: Form) -> None:
        self.presenter.export(self.columns, folder, form)

    def _print(self) -> None:
        self.presenter.print(self.columns)

    def _again(self, form: Form) -> None:
        self._close_dialog()
        self.export(form)

    def _close_dialog(self) -> None:
        if self.dialog is not None:
            self.dialog.close_dialog()
            self.dialog.deleteLater()
            self.dialog = None
