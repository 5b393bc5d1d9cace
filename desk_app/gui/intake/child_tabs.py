"""The children of the family as tabs, each with how far it is."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QResizeEvent
from PySide6.QtWidgets import QWidget

from desk_app.gui.painting import width_of
from desk_app.gui.theme import Theme
from desk_app.gui.widgets.cards import PADDING
from desk_app.gui.widgets.signs import section_words
from desk_app.gui.widgets.tabs import TabBar
from desk_app.i18n import _
from desk_app.presenters.schooling import ChildTab

_WIDEST_NAME, _NARROW_NAME = 130, 76
"""Pixels of a name at 100 % before it is shortened; the second where the tabs would not fit."""


class ChildTabs(TabBar):
    """Keeps the chosen child chosen while tabs come, go and change their words."""

    chosen = Signal(object)
    """The id of the child whose tab was chosen."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._children: list[UUID] = []
        self._shown: dict[UUID, ChildTab] = {}
        self._crowded = False
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
            self._make_room()
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
        most = _NARROW_NAME if self._crowded else _WIDEST_NAME
        self.setTabText(place, self._short(tab.title, most).replace("&", "&&"))
        if tab.total:
            self.set_progress(place, tab.done, tab.total)
        else:
            self.clear_progress(place)
        self.set_remark(place, "" if self._crowded else tab.remark)
        state = section_words(tab.done, tab.total, 0) if tab.total else ""
        spoken = ", ".join(part for part in (tab.title, tab.remark, state) if part)
        self.setAccessibleTabName(place, spoken)
        self.setTabToolTip(place, spoken)

    def _short(self, title: str, most: int) -> str:
        """A long name ends in "…", but its age stays."""
        name, comma, age = title.rpartition(", ")
        if not comma:
            name, age = title, ""
        font, room = Theme.current().font("body", strong=True), Theme.current().px(most)
        return QFontMetricsF(font).elidedText(name, Qt.TextElideMode.ElideRight, room) + comma + age

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._make_room()

    def _make_room(self) -> None:
        """Leave the remarks away where the tabs would not fit; they are still said and in the tooltips."""
        crowded = sum(self._full_width(tab) for tab in self._shown.values()) + PADDING > self.width()
        if crowded != self._crowded:
            self._crowded = crowded
            for place, child in enumerate(self._children):
                self._describe_tab(place, self._shown[child])

    def _full_width(self, tab: ChildTab) -> float:
        theme = Theme.current()
        width = width_of(self._short(tab.title, _WIDEST_NAME), theme.font("body", strong=True)) + theme.px(26)
        width += theme.px(16) + 6 if tab.total else 0
        return width + (width_of(tab.remark, theme.font("small")) + 8 if tab.remark else 0)

    def clear_progress(self, place: int) -> None:
        """Show no sign where there is nothing to count."""
        self._signs.pop(place, None)
        self._describe(place)

    def _tell(self, _place: int) -> None:
        self.chosen.emit(self.child)
