"""The page "Alte Listen holen": choose or drop a file, say what its columns mean, look, take over, take back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QFileDialog, QStackedWidget, QVBoxLayout, QWidget

from desk_app.domain.list_reading_layout import Layout
from desk_app.domain.list_reading_sheet import Sheet
from desk_app.gui.families.crumb import lead_to_families
from desk_app.gui.families.import_page_mapping import MappingView
from desk_app.gui.families.import_page_preview import PreviewView
from desk_app.gui.families.old_lists_button import dropped_file
from desk_app.gui.families.protocol_button import ProtocolButton
from desk_app.gui.header import MARGIN, Header
from desk_app.gui.import_progress import ImportProgress
from desk_app.gui.widgets.buttons import Button
from desk_app.gui.widgets.import_result import ImportResult
from desk_app.gui.widgets.messages import EmptyState
from desk_app.i18n import _
from desk_app.presenters.bring_in import BringInPresenter
from desk_app.presenters.bring_in_lines import PlanLine

if TYPE_CHECKING:
    from desk_app.casework.desk import Changes
    from desk_app.domain.clock import Clock
    from desk_app.presenters.import_job import ImportJob
    from desk_app.presenters.runner import Runner

ChooseList = Callable[[QWidget], Path | None]


def ask_list(parent: QWidget) -> Path | None:
    """Let the user point out a list; None when they changed their mind."""
    kinds = _("Listen (*.xlsx *.xls *.ods *.csv *.txt);;Alle Dateien (*)")
    name, _filter = QFileDialog.getOpenFileName(parent, _("Alte Liste holen"), "", kinds)
    return Path(name) if name else None


class ImportPage(QWidget):
    """Three steps in one place; whatever runs can be stopped, and nothing is written before the last."""

    back = Signal()
    about_to_show = Signal()
    """Cells of the file come next."""

    def __init__(self, runner: Runner, clock: Clock, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.presenter = BringInPresenter(self, runner, clock)
        self.choose_list: ChooseList = ask_list
        self.setAcceptDrops(True)
        self.header = Header(_("Alte Listen holen"))
        lead_to_families(self.header, self.back)
        self.result = ImportResult()
        self.result.undo_asked.connect(self.presenter.undo)
        self.protocol = ProtocolButton(self.presenter)
        self.start = self._start()
        self.mapping = MappingView(self.presenter)
        self.mapping.other_file.connect(self.choose)
        self.preview = PreviewView(self.presenter)
        self.preview.back_asked.connect(self.presenter.back_to_mapping)
        self._stack = QStackedWidget()
        for step in (self.start, self.mapping, self.preview):
            self._stack.addWidget(step)
        self.progress = ImportProgress(self)
        self._build()

    def _start(self) -> EmptyState:
        words = _(
            "Excel, LibreOffice oder CSV in jedem Aufbau. Trittstein liest die Liste und zeigt, was daraus würde. "
            "Übernommen wird erst, was Sie bestätigen. Sie können die Datei auch hierher ziehen."
        )
        self.choose_button = Button(_("Datei wählen …"), "primary", "folder", _("Strg+O"))
        self.choose_button.clicked.connect(self.choose)
        return EmptyState(_("Alte Listen holen"), words, self.choose_button)

    def _build(self) -> None:
        body = QVBoxLayout()
        body.setContentsMargins(MARGIN, 2, MARGIN, 0)
        body.setSpacing(14)
        body.addWidget(self.result)
        body.addWidget(self.protocol, 0, Qt.AlignmentFlag.AlignLeft)
        body.addWidget(self._stack, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 20)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addLayout(body, 1)
        another = QShortcut(QKeySequence("Ctrl+O"), self)
        another.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        another.activated.connect(self.choose)
        self.setFocusProxy(self.choose_button)

    # --- what one can do

    def choose(self) -> None:
        """Let the user choose a file and read it."""
        self.presenter.expect()
        path = self.choose_list(self)
        if path is not None:
            self.open(path)
        else:
            self.presenter.expect_nothing()

    def open(self, path: Path) -> None:
        """Read a file; its name stands in the header while it is looked at."""
        self.result.hide()
        self.protocol.hide()
        self.presenter.open(path)

    def undo(self) -> None:
        """Strg+Z takes back what was just taken over."""
        self.presenter.undo()

    def regions(self) -> list[QWidget]:
        """What F6 steps through."""
        return [self.header, self._stack]

    def changed(self, _changes: Changes) -> None:
        """What is written elsewhere is compared anew when the list is taken over."""

    def primary(self) -> None:
        """Strg+Eingabe: look, then take over."""
        step = self._stack.currentWidget()
        if step is self.mapping:
            self.presenter.look()
        elif step is self.preview and self.preview.take.isEnabled():
            self.presenter.take_over()

    # --- what the presenter shows

    def show_busy(self, job: ImportJob | None) -> None:
        self.progress.follow(job)
        self.mapping.setEnabled(job is None)
        self.preview.setEnabled(job is None)

    def show_mapping(self, sheet: Sheet, layout: Layout, notice: str) -> None:
        self.about_to_show.emit()
        self.mapping.show_layout(sheet, layout, notice)
        self._show(self.mapping, self.mapping.targets[0] if self.mapping.targets else self.mapping.go_on)

    def show_preview(self, lines: tuple[PlanLine, ...], notice: str) -> None:
        self.about_to_show.emit()
        self.preview.show_lines(lines, notice)
        if self._stack.currentWidget() is not self.preview:
            self._show(self.preview, self.preview.rows)

    def show_result(self, words: str, *, can_undo: bool) -> None:
        self.result.show_result(words, [], undo=can_undo)
        self.protocol.setVisible(self.presenter.has_protocol)
        self._show(self.start, self.choose_button)

    def show_said(self, words: str, notes: Sequence[str]) -> None:
        self.result.show_result(words, notes, undo=self.presenter.can_undo)

    def show_failed(self, message: str) -> None:
        self.result.show_result(message, [], undo=False, tone="bad")

    # --- how

    def _show(self, step: QWidget, first: QWidget) -> None:
        self._stack.setCurrentWidget(step)
        self.setFocusProxy(first)
        first.setFocus(Qt.FocusReason.TabFocusReason)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if dropped_file(event) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        path = dropped_file(event)
        if path is not None:
            event.acceptProposedAction()
            self.open(path)
