"""The page "Rückmeldungen": read a returned list in, enter what was told by telephone, clear up what is unclear."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QFileDialog, QStackedWidget, QVBoxLayout, QWidget

from desk_app.casework.answer_review import Waiting
from desk_app.casework.answer_rows import AnswerRow
from desk_app.gui.families.crumb import Crumb
from desk_app.gui.families.old_lists_button import dropped_file
from desk_app.gui.header import MARGIN, Header
from desk_app.gui.import_progress import ImportProgress
from desk_app.gui.placements.answers_dialog import FilePassphraseDialog, NumberDialog
from desk_app.gui.placements.answers_preview import AnswersPreview
from desk_app.gui.placements.answers_waiting import AnswersWaiting
from desk_app.gui.placements.state_dialog import StateDialog
from desk_app.gui.widgets.buttons import Button
from desk_app.gui.widgets.import_result import ImportResult
from desk_app.gui.widgets.messages import EmptyState
from desk_app.i18n import _, ngettext
from desk_app.presenters.answers import STATES, AnswersPresenter
from desk_app.presenters.placement_steps import Draft

if TYPE_CHECKING:
    from desk_app.casework.desk import Changes
    from desk_app.domain.clock import Clock
    from desk_app.gui.step_dialog import StepDialog
    from desk_app.presenters.import_job import ImportJob
    from desk_app.presenters.runner import Runner

ChooseList = Callable[[QWidget], Path | None]


def ask_list(parent: QWidget) -> Path | None:
    """Let the user point out a returned list; None when they changed their mind."""
    kinds = _("Excel-Listen (*.xlsx *.xlsm *.xls *.ods);;Alle Dateien (*)")
    name, _filter = QFileDialog.getOpenFileName(parent, _("Rückmeldung einlesen"), "", kinds)
    return Path(name) if name else None


class AnswersPage(QWidget):
    """Three views in one place: the way in, the preview of a list, and what waits for a person."""

    back = Signal()
    about_to_show = Signal()
    """Cells of a list come next."""

    def __init__(self, runner: Runner, clock: Clock, refusal: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.presenter = AnswersPresenter(self, runner, clock)
        self.choose_list: ChooseList = ask_list
        self.refusal = refusal
        self.setAcceptDrops(True)
        self.progress = ImportProgress(self)
        self.dialog: StepDialog | None = None
        self._left: dict[str, Draft] = {}
        self.header = Header(_("Rückmeldungen"))
        self.by_hand = Button(_("Von Hand eintragen …"), "secondary", "pencil")
        self.to_clear = Button("", "secondary", "circle-alert")
        self.result = ImportResult()
        self.start = self._start()
        self.preview = AnswersPreview(self.presenter)
        self.waiting = AnswersWaiting()
        self._stack = QStackedWidget()
        for view in (self.start, self.preview, self.waiting):
            self._stack.addWidget(view)
        self._build()
        self._connect()

    def _start(self) -> EmptyState:
        words = _(
            "Die ausgefüllte Liste einer Sendung, auch sortiert, gefiltert oder mit LibreOffice gespeichert. "
            "Trittstein zeigt zuerst, was daraus würde. Sie können die Datei auch hierher ziehen."
        )
        self.choose_button = Button(_("Excel einlesen …"), "primary", "folder", _("Strg+O"))
        return EmptyState(_("Rückmeldung einlesen"), words, self.choose_button)

    def _build(self) -> None:
        crumb = Crumb(_("Schulplätze"))
        crumb.setAccessibleName(_("Zurück zu den Schulplätzen"))
        crumb.clicked.connect(self.back)
        self.header.put_first(crumb)
        self.header.add_action(self.to_clear)
        self.header.add_action(self.by_hand)
        self.to_clear.hide()
        body = QVBoxLayout()
        body.setContentsMargins(MARGIN, 2, MARGIN, 0)
        body.setSpacing(14)
        body.addWidget(self.result)
        body.addWidget(self._stack, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 20)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addLayout(body, 1)
        self.setFocusProxy(self.choose_button)

    def _connect(self) -> None:
        self.choose_button.clicked.connect(self.choose)
        self.preview.other.clicked.connect(self.choose)
        self.by_hand.clicked.connect(self.ask_number)
        self.to_clear.clicked.connect(self.clear_up)
        self.result.undo_asked.connect(self.presenter.undo)
        self.waiting.assign_asked.connect(self._ask_whose)
        self.waiting.discard_asked.connect(self.presenter.discard)
        another = QShortcut(QKeySequence("Ctrl+O"), self)
        another.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        another.activated.connect(self.choose)

    # --- what one can do

    def choose(self) -> None:
        """Let the user choose a list and read it."""
        if self._may():
            path = self.choose_list(self)
            if path is not None:
                self.open(path)

    def open(self, path: Path) -> None:
        """Read a list, such as one that was dropped."""
        if self._may():
            self.result.hide()
            self.presenter.open(path)

    def ask_number(self) -> None:
        """Begin with an answer told by telephone."""
        if self._may():
            dialog = NumberDialog(self.window(), with_code=True)
            dialog.asked.connect(lambda number, code: self.presenter.look_up(number, code, dialog.show_failed))
            self._open(dialog)

    def clear_up(self) -> None:
        """Show what waits for a person."""
        self._stack.setCurrentWidget(self.waiting)
        self.presenter.show_waiting()

    def undo(self) -> None:
        """Strg+Z takes back what was just written."""
        self.presenter.undo()

    def primary(self) -> None:
        """Strg+Eingabe takes over what the preview shows."""
        if self._stack.currentWidget() is self.preview and self.preview.take.isEnabled():
            self.presenter.take()

    def regions(self) -> list[QWidget]:
        """What F6 steps through."""
        return [self.header, self._stack]

    def changed(self, _changes: Changes) -> None:
        """What is written elsewhere is compared anew when the list is taken over."""

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.presenter.show_waiting()

    # --- what the presenter shows

    def show_busy(self, job: ImportJob | None) -> None:
        self.preview.setEnabled(job is None)
        self.progress.follow(job)

    def show_preview(self, rows: tuple[AnswerRow, ...], notice: str) -> None:
        self._close()
        self.about_to_show.emit()
        self.preview.show_rows(rows, notice)
        if self._stack.currentWidget() is not self.preview:
            self._show(self.preview, self.preview.rows)

    def show_waiting(self, rows: tuple[Waiting, ...]) -> None:
        self.about_to_show.emit()
        self.waiting.show_rows(rows)
        self.to_clear.setText(ngettext("{n} zu klären", "{n} zu klären", len(rows)).format(n=len(rows)))
        self.to_clear.setVisible(bool(rows))
        self.to_clear.refit()
        if self._stack.currentWidget() is self.waiting and not rows:
            self._show(self.start, self.choose_button)

    def ask_passphrase(self, words: str) -> None:
        if isinstance(self.dialog, FilePassphraseDialog):
            self.dialog.show_failed(words)
            return
        dialog = FilePassphraseDialog(self.window(), words)
        dialog.asked.connect(self.presenter.unlock)
        self._open(dialog)

    def ask_answer(self, about: str, draft: Draft) -> None:
        before = self._left.pop(about, None)
        title = _("Rückmeldung eintragen")
        schools, today = self.presenter.schools, self.presenter.today
        dialog = StateDialog(self.window(), about, 1, STATES, before or draft, schools, today, title)
        untouched = None if before else dialog.draft()
        dialog.asked.connect(self.presenter.enter)
        dialog.left.connect(lambda left: self._left.update({about: left} if left != untouched else {}))
        self._open(dialog)

    def lost(self) -> str:
        """That an answer was typed, is not entered and ends with the program; empty for none."""
        words = _("Nicht gespeichert: eine begonnene Rückmeldung, weil sie noch nicht eingetragen war.")
        return words if self._left else ""

    def show_result(self, words: str, *, can_undo: bool) -> None:
        self._close()
        self.result.show_result(words, [], undo=can_undo)
        if self._stack.currentWidget() is self.preview:
            self._show(self.start, self.choose_button)

    def show_failed(self, message: str) -> None:
        if self.dialog is not None:
            self.dialog.show_failed(message)
        else:
            self.result.show_result(message, [], undo=False, tone="bad")

    # --- how

    def _may(self) -> bool:
        if self.refusal:
            self.result.show_result(self.refusal, [], undo=False, tone="warn")
        return not self.refusal

    def _ask_whose(self, row: Waiting) -> None:
        dialog = NumberDialog(self.window(), with_code=False, number=row.suggestion.partition(" ")[0])
        dialog.asked.connect(lambda number, _code: self.presenter.assign(row, number, dialog.show_failed))
        self._open(dialog)

    def _open(self, dialog: NumberDialog | FilePassphraseDialog | StateDialog) -> None:
        self._close()
        self.dialog = dialog
        dialog.dismissed.connect(self._close)
        dialog.ask()

    def _close(self) -> None:
        if self.dialog is not None:
            self.dialog.close_dialog()
            self.dialog.deleteLater()
            self.dialog = None

    def _show(self, view: QWidget, first: QWidget) -> None:
        self._stack.setCurrentWidget(view)
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
