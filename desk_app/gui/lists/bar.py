"""The line above a list: filters somebody keeps, and what can be done with all of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desk_app.gui.folders import FolderTools
from desk_app.gui.lists.arranging import Arranger
from desk_app.gui.lists.column_popover import ColumnPopover
from desk_app.gui.lists.filter_popover import FilterPopover
from desk_app.gui.lists.kept_chips import KeptChips
from desk_app.gui.lists.paper import Paper, choose_list_printer
from desk_app.gui.row_view import RowView
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

KEYS = {"filter": "Ctrl+Shift+F", "columns": "Ctrl+Shift+S", "out": "Ctrl+Shift+A"}


class ListBar(QWidget):
    """Belongs to one list. The page calls ``follow`` whenever other rows are shown."""

    def __init__(
        self,
        spec: ListSpec,
        source: Source,
        view: RowView,
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
        self._loaded = False
        self.popover: Popover | None = None
        """What is open below one of the buttons."""
        self.dialog: ConfirmDialog | None = None
        self.presenter = ListPresenter(self, source, spec, runner, clock)
        self.arranger = Arranger(spec.key, spec.columns, view)
        self._build()
        self._connect()

    def _build(self) -> None:
        self.chips = KeptChips()
        self.filter_button = Button(_("Filter"), "ghost", "list-filter", height="compact")
        self.columns_button = Button(_("Spalten"), "ghost", "columns-3", height="compact")
        self.out_button = Button(_("Ausgeben"), "ghost", "download", height="compact")
        self.said = ImportResult()
        for button, keys in (
            (self.filter_button, _("Strg+Umschalt+F")),
            (self.columns_button, _("Strg+Umschalt+S")),
            (self.out_button, _("Strg+Umschalt+A")),
        ):
            button.setToolTip(keys)
        self.out_button.setAccessibleDescription(_("Liste als Excel, als PDF oder auf Papier"))
        row = QHBoxLayout()
        row.setSpacing(4)
        row.addWidget(self.chips, 1)
        row.addStretch(1)
        for button in (self.filter_button, self.columns_button, self.out_button):
            row.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self.said)
        column.addLayout(row)
        # only now: shown before it has a parent, it would be a window of its own for a moment and take the focus
        self.filter_button.setVisible(self._spec.filtered)

    def _connect(self) -> None:
        self.filter_button.clicked.connect(self.open_filter)
        self.columns_button.clicked.connect(self.open_columns)
        self.out_button.clicked.connect(self.open_out)
        self.chips.taken.connect(self.presenter.take)
        self.chips.renamed.connect(self.presenter.rename)
        self.chips.removed.connect(self.presenter.remove)
        self.said.undo_asked.connect(self.presenter.undo)

    def add_keys(self, page: QWidget) -> None:
        """Let the keys of the bar work on the whole page."""
        deeds = {"columns": self.open_columns, "out": self.open_out}
        if self._spec.filtered:
            deeds["filter"] = self.open_filter
        for name, deed in deeds.items():
            shortcut = QShortcut(QKeySequence(KEYS[name]), page)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(deed)

    def follow(self) -> None:
        """Other rows are shown, or narrowed otherwise: mark what holds."""
        if not self._spec.filtered:
            return
        if not self._loaded:
            self._loaded = True
            self.presenter.load()
        self.show_kept()
        active = len(self._source.narrowing.conditions)
        self.filter_button.setText(_("Filter ({n})").format(n=active) if active else _("Filter"))
        self.filter_button.set_kind("tint" if active else "ghost")
        self.filter_button.refit()
        if isinstance(self.popover, FilterPopover):
            self.popover.show_narrowing(self._source.narrowing, self.presenter.suggested_name())

    def undo(self) -> bool:
        """Strg+Z: bring back the filter just taken away; whether there was one."""
        return self.presenter.undo()

    # --- what the presenter shows

    def show_kept(self) -> None:
        self.chips.show_kept(self.presenter.kept, self.presenter.taken)

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

    def open_filter(self) -> None:
        """Strg+Umschalt+F."""
        popover = FilterPopover(self.window(), self._spec)
        popover.switched.connect(self.presenter.switch)
        popover.cleared.connect(lambda: self._clear())
        popover.name.given.connect(self._keep)
        popover.show_narrowing(self._source.narrowing, self.presenter.suggested_name())
        self._open(popover, self.filter_button, next(iter(popover.chips.values()), popover.name.line))

    def open_columns(self) -> None:
        """Strg+Umschalt+S."""
        popover = ColumnPopover(self.window(), self.arranger)
        self._open(popover, self.columns_button, popover.columns)

    def open_out(self) -> None:
        """Strg+Umschalt+A."""
        if self._refusal:
            self.show_said(self._refusal, tone="warn")
            return
        popover = Popover(self.window(), 300)
        popover.setAccessibleName(_("Liste ausgeben"))
        count = len(self._source.shown_rows)
        words = ngettext("{n} Zeile, wie sie hier steht", "{n} Zeilen, wie sie hier stehen", count).format(n=count)
        popover.body.setSpacing(4)
        popover.body.addWidget(Label(words, "small", "text3"))
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

    def _clear(self) -> None:
        now = self._source.narrowing
        self._source.narrow(type(now)(order=now.order, descending=now.descending))

    def _keep(self, name: str) -> None:
        if self.popover is not None:
            self.popover.close_popover()
        self.presenter.keep(name)

    # --- ways out

    def export(self, form: Form) -> None:
        """Ask where to, say what lies there unprotected, then write."""
        folder = self.folders.choose(self.window(), self._folder)
        if folder is None or self.dialog is not None:
            return
        self._folder = folder
        title = _(self._spec.title)
        what = _("{list} als Excel-Liste") if form is Form.XLSX else _("{list} als PDF")
        dialog = self.dialog = ConfirmDialog(self.window(), folder, what.format(list=title), [_(WARNING)])
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
            self.presenter.print(self.arranger.shown)

    def _write(self, folder: Path, form: Form) -> None:
        self._close_dialog()
        self.presenter.export(self.arranger.shown, folder, form)

    def _again(self, form: Form) -> None:
        self._close_dialog()
        self.export(form)

    def _close_dialog(self) -> None:
        if self.dialog is not None:
            self.dialog.close_dialog()
            self.dialog.deleteLater()
            self.dialog = None


WARNING = N_(
    "Wer an diesen Ordner kommt, kann die Angaben über die Familien lesen. Bitte geben Sie die Datei nur auf dem "
    "vereinbarten sicheren Weg weiter, und löschen Sie sie hier, sobald sie nicht mehr gebraucht wird."
)
