"""The children of the family as tabs, each with how far it is."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QWidget

from desk_app.gui.widgets.tabs import TabBar
from desk_app.i18n import _
from desk_app.presenters.schooling import ChildTab


class ChildTabs(TabBar):
    """Keeps the chosen child chosen while tabs come, go and change their words."""

    chosen = Signal(object)
    """The id of the child whose tab was chosen."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._children: list[UUID] = []
        self._shown: dict[UUID, ChildTab] = {}
        self.setAccessibleName(_("Kinder"))
        self.currentChanged.connect(self._tell)

    @property
    def child(self) -> UUID | None:
        """The child whose tab is chosen; None while there is no child."""
        place = self.currentIndex()
        return self._children[place] if 0 <= place < len(self._children) else None

    def choose(self, child: UUID) -> None:
        if child in self._children:
            self.setCurrentIndex(self._children.index(child))

    def show_children(self, tabs: Sequence[ChildTab]) -> None:
        """Show these tabs; nobody is told of a choice that only follows from it."""
        children = [tab.child for tab in tabs]
        before = self.child
        with QSignalBlocker(self):
            if children != self._children:
                self._rebuild(tabs)
                if before in children:
                    self.setCurrentIndex(children.index(before))
            for place, tab in enumerate(tabs):
                if self._shown.get(tab.child) != tab:
                    self._describe_tab(place, tab)
        if self.child != before:
            self.chosen.emit(self.child)

    def _rebuild(self, tabs: Sequence[ChildTab]) -> None:
        self.clear()
        self._shown.clear()
        self._children = [tab.child for tab in tabs]
        for tab in tabs:
            self.addTab(tab.title.replace("&", "&&"))

    def _describe_tab(self, place: int, tab: ChildTab) -> None:
        self._shown[tab.child] = tab
        self.setTabText(place, tab.title.replace("&", "&&"))
        self.setTabToolTip(place, tab.title)
        if tab.total:
            self.set_progress(place, tab.done, tab.total)
        else:
            self.clear_progress(place)
        self.set_remark(place, tab.remark)

    def clear_progress(self, place: int) -> None:
        """Show no sign where there is nothing to count."""
        self._signs.pop(place, None)
        self._describe(place)

    def _tell(self, _place: int) -> None:
        self.chosen.emit(self.child)
