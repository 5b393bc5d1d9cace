"""The line above a list: filters somebody keeps, and what can be done with all of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from desk_app.domain.lists import Column
from desk_app.gui.folders import FolderTools
from desk_app.gui.lists.arranging import Arranger
from desk_app.gui.lists.column_popover import ColumnPopover
from desk_app.gui.lists.filter_popover import FilterPopover
from desk_app.gui.lists.kept_chips import KeptChips
from desk_app.gui.lists.out_bar import OutBar
from desk_app.gui.lists.paper import choose_list_printer
from desk_app.gui.row_view import RowView
from desk_app.gui.widgets.buttons import Button
from desk_app.i18n import _
from desk_app.presenters.lists import ListSpec, Source

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

    from desk_app.domain.clock import Clock
    from desk_app.presenters.runner import Runner


class ListBar(OutBar):
    """Belongs to one list of rows. The page calls ``follow`` whenever other rows are shown."""

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
        super().__init__(spec, source, runner, clock, refusal=refusal, folders=folders, ask_printer=ask_printer)
        self._loaded = False
        self.arranger = Arranger(spec.key, spec.columns, view)
        self._build()

    def _build(self) -> None:
        self.chips = KeptChips()
        self.filter_button = Button(_("Filter"), "ghost", "list-filter", height="compact")
        self.filter_button.setToolTip(_("Strg+Umschalt+F"))
        self.columns_button = Button(_("Spalten"), "ghost", "columns-3", height="compact")
        self.columns_button.setToolTip(_("Strg+Umschalt+S"))
        self.row.insertWidget(0, self.chips, 1)
        for place, button in ((2, self.filter_button), (3, self.columns_button)):
            self.row.insertWidget(place, button, 0, Qt.AlignmentFlag.AlignTop)
        # only now: shown before it has a parent, it would be a window of its own for a moment and take the focus
        self.filter_button.setVisible(self._spec.filtered)
        self.filter_button.clicked.connect(self.open_filter)
        self.columns_button.clicked.connect(self.open_columns)
        self.chips.taken.connect(self.presenter.take)
        self.chips.renamed.connect(self.presenter.rename)
        self.chips.removed.connect(self.presenter.remove)

    @property
    def columns(self) -> tuple[Column, ...]:
        """Those shown, in their order."""
        return self.arranger.shown

    def add_keys(self, page: QWidget) -> None:
        super().add_keys(page)
        self._add_key(page, "Ctrl+Shift+S", self.open_columns)
        if self._spec.filtered:
            self._add_key(page, "Ctrl+Shift+F", self.open_filter)

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

    def _clear(self) -> None:
        now = self._source.narrowing
        self._source.narrow(type(now)(order=now.order, descending=now.descending))

    def _keep(self, name: str) -> None:
        if self.popover is not None:
            self.popover.close_popover()
        self.presenter.keep(name)
