"""The way from the list of requests to what offices answered: a button with its ways, and a file that is dropped."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QEvent, QObject, QPoint
from PySide6.QtGui import QDropEvent, QShowEvent
from PySide6.QtWidgets import QMenu, QWidget

from desk_app.casework import answer_review
from desk_app.gui.families.old_lists_button import dropped_file
from desk_app.gui.widgets.buttons import Button
from desk_app.i18n import _, ngettext

if TYPE_CHECKING:
    from desk_app.casework.desk import Changes
    from desk_app.presenters.runner import Runner


class Answers(Protocol):
    """The page of answers: what this button leads to."""

    def choose(self) -> None: ...

    def open(self, path: Path) -> None: ...

    def ask_number(self) -> None: ...

    def clear_up(self) -> None: ...


class AnswersButton(Button):
    """``go`` leads to the page and returns it. The button says how many answers wait for a person."""

    def __init__(self, page: QWidget, runner: Runner, go: Callable[[], Answers]) -> None:
        super().__init__(_("Rückmeldung"), "secondary", "download")
        self.setToolTip(_("Was das Amt geantwortet hat: Liste einlesen, auch auf diese Seite ziehen, oder eintragen"))
        self._runner, self._go = runner, go
        self._count = 0
        self.menu_open: QMenu | None = None
        self.clicked.connect(self._show_menu)
        page.setAcceptDrops(True)
        page.installEventFilter(self)

    def hear(self, changes: Changes) -> None:
        """Something was written."""
        if "placements" in changes and self.isVisible():
            self.refresh()

    def refresh(self) -> None:
        """Read the number again; one that cannot be read is not shown."""
        self._runner.run(answer_review.count, self._show_count, lambda _error: self._show_count(0))

    def _show_count(self, count: int) -> None:
        self._count = count
        self.setText(_("Rückmeldung {n}").format(n=count) if count else _("Rückmeldung"))
        self.setAccessibleName(f"{_('Rückmeldung')}, {self._waiting}" if count else _("Rückmeldung"))
        self.updateGeometry()

    @property
    def _waiting(self) -> str:
        return ngettext("{n} zu klären", "{n} zu klären", self._count).format(n=self._count)

    def _show_menu(self) -> None:
        menu = self.menu_open = QMenu(self)
        menu.addAction(_("Excel einlesen …"), lambda: self._go().choose())
        menu.addAction(_("Von Hand eintragen …"), lambda: self._go().ask_number())
        if self._count:
            menu.addAction(self._waiting, lambda: self._go().clear_up())
        menu.popup(self.mapToGlobal(QPoint(0, self.height() + 2)))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.refresh()

    def eventFilter(self, _page: QObject, event: QEvent) -> bool:
        if event.type() not in (QEvent.Type.DragEnter, QEvent.Type.Drop) or not isinstance(event, QDropEvent):
            return False
        path = dropped_file(event)
        if path is None:
            return False
        event.acceptProposedAction()
        if event.type() == QEvent.Type.Drop:
            self._go().open(path)
        return True
