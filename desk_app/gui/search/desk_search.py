"""The search box of the window, and what choosing one of its lines does there."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtGui import QAction

from desk_app.domain.lists import Trail
from desk_app.gui.day_pages import book
from desk_app.gui.page_window import Window
from desk_app.gui.search.keep_findable import KeepFindable
from desk_app.presenters.search import Mode
from desk_app.presenters.search_lines import Line, What

if TYPE_CHECKING:
    from desk_app.gui.search.palette import Palette


class DeskSearch:
    """Built when first asked for, then kept with its text."""

    def __init__(self, window: Window, actions: Mapping[str, QAction]) -> None:
        self._window = window
        self._actions = actions
        self._palette: Palette | None = None
        KeepFindable(window.worker)

    @property
    def palette(self) -> Palette:
        if self._palette is None:
            from desk_app.gui.search.palette import Palette

            self._palette = Palette(self._window.stack.window(), self._window.worker, self._window.clock)
            self._palette.chosen.connect(lambda line: self._go(line))
        return self._palette

    def find(self) -> None:
        """Strg+K."""
        self.palette.show_in(Mode.SEARCH)

    def take_in(self) -> None:
        """Strg+N: look first whether the family is known."""
        self.palette.show_in(Mode.INTAKE)

    def _go(self, line: Line) -> None:
        window = self._window
        if line.what is What.COMMAND:
            self._actions[line.command].trigger()
        elif line.what is What.BEGIN:
            window.new_intake(line.entry or "")
        elif line.what is What.BOOK:
            book(window, line.household, typed=line.typed)
        elif line.household is not None and line.what is What.EDIT:
            window.open_intake(line.household)
        elif line.household is not None:
            window.open_family(line.household, line.person)
            self._lead_on(line.household)

    def _lead_on(self, household: UUID) -> None:
        """Let the file go on to the families that were found with it."""
        from desk_app.gui.families.file_page import FamilyFilePage

        page = self._window.stack.currentWidget()
        if isinstance(page, FamilyFilePage):
            page.trail.follow(Trail.at(self.palette.met, household))
