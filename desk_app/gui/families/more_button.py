"""The ways on from the list of families that are not taken every day, in one menu."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QMenu

from desk_app.gui.actions import COMMANDS, shown_keys
from desk_app.gui.widgets.buttons import Button
from desk_app.i18n import _


class MoreButton(Button):
    """Each way is its words, the command of the window that goes there too, and what to call."""

    def __init__(self, *ways: tuple[str, str, Callable[[], object]]) -> None:
        super().__init__(_("Mehr"), "secondary", "ellipsis")
        keys = {command.id: command.keys for command in COMMANDS}
        self.ways = QMenu(self)
        for words, command, go in ways:
            # in the text only: as a shortcut of the action the key would be there twice and do nothing
            self.ways.addAction(f"{words}\t{shown_keys(keys[command])}", go)
        self.clicked.connect(self._open)

    def _open(self) -> None:
        self.ways.popup(self.mapToGlobal(self.rect().bottomLeft()))
        self.ways.setActiveAction(self.ways.actions()[0])
