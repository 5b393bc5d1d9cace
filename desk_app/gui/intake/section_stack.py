"""The cards of the page in one column. Each is made when it is first wanted, else piece by piece in between events,
so that the page stands at once and never keeps the window from answering for long."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from desk_app.domain.fields import Section
from desk_app.gui.intake.section import IntakeSection
from desk_app.gui.intake.sections import SECTIONS
from desk_app.gui.tidy import let_go
from desk_app.gui.widgets.scroll import ScrollArea

Making = Iterator[None]
"""Goes on with what is being made, a few milliseconds at a time."""

BELOW = 24
"""Pixels below the last card."""

_DEEPEST = 8
"""How many layouts lie in one another between a field and the page, each of which asks the next one for room."""

_ORDER = tuple(kind.section for kind in SECTIONS)


class SectionStack(Mapping[Section, IntakeSection]):
    """All eight sections by name, in the order of the page. Asking for one makes it; ``made`` has those there are.

    ``make`` makes a section without content, ``fill`` then has it show the open file, and ``placed`` hears of each
    that has its place. Nothing on the screen moves when another section arrives.
    """

    def __init__(
        self,
        area: ScrollArea,
        make: Callable[[type[IntakeSection], QWidget], IntakeSection],
        fill: Callable[[IntakeSection], Making],
        placed: Callable[[IntakeSection], None],
    ) -> None:
        self._area = area
        self._make, self._fill, self._placed = make, fill, placed
        self._made: dict[Section, IntakeSection] = {}
        self._making: dict[Section, Making] = {}
        self.column = QVBoxLayout()
        self.column.setSpacing(area.column.spacing())

    def __getitem__(self, section: Section) -> IntakeSection:
        for _piece in self.making(section):
            pass
        return self._made[section]

    def __iter__(self) -> Iterator[Section]:
        return iter(_ORDER)

    def __len__(self) -> int:
        return len(_ORDER)

    @property
    def made(self) -> dict[Section, IntakeSection]:
        return {section: self._made[section] for section in _ORDER if section in self._made}

    @property
    def whole(self) -> bool:
        return len(self._made) == len(_ORDER)

    def around(self, widget: QWidget | None) -> Section | None:
        """The section a widget is in."""
        if widget is None:
            return None
        return next((section for section, card in self.made.items() if card.isAncestorOf(widget)), None)

    def faults(self) -> dict[Section, int]:
        """How many fields cannot be read or are wrong, of each section that is there and has such."""
        counts = {section: len(card.faults()) for section, card in self.made.items()}
        return {section: count for section, count in counts.items() if count}

    def clear(self) -> None:
        """Give up all that was made; what is asked for is made anew."""
        self._made.clear()
        self._making.clear()
        for card in self._area.ground.findChildren(IntakeSection, options=Qt.FindChildOption.FindDirectChildrenOnly):
            self.column.removeWidget(card)
            card.hide()
            let_go(card)

    def rest(self, where: Callable[[], Section]) -> Making:
        """Make all that are not there yet: from where the page is to its end, then back to its beginning."""
        while not self.whole:
            missing = [section for section in _ORDER if section not in self._made]
            after = (section for section in missing if _ORDER.index(section) >= _ORDER.index(where()))
            yield from self.making(next(after, missing[-1]))

    def making(self, section: Section) -> Making:
        """Go on with one section until it has its place."""
        if section in self._made:
            return
        if section not in self._making:
            self._making[section] = self._pieces(section)
        making = self._making[section]
        while section not in self._made:
            next(making, None)
            yield

    def _pieces(self, section: Section) -> Making:
        kind = SECTIONS[_ORDER.index(section)]
        card = self._make(kind, self._area.ground)
        yield
        yield from self._fill(card)
        del self._making[section]
        self._made[section] = card
        self._put(card)
        self._placed(card)

    def _put(self, card: IntakeSection) -> None:
        """Give a card its place; what the eye or the keyboard is at stays where it is on the screen."""
        seen = self._area.isVisible()
        if seen:
            _lay_out_now()
        anchor = self._anchor() if seen else None
        before = self._height_of(anchor) if anchor is not None else 0
        self._leave_room()
        self.column.insertWidget(list(self.made.values()).index(card), card)
        card.show()
        if seen:
            _lay_out_now()
        if anchor is not None:
            bar = self._area.verticalScrollBar()
            bar.setValue(bar.value() + self._height_of(anchor) - before)

    def _leave_room(self) -> None:
        """While the end of the page is not there, the last card there can be brought to the top all the same."""
        margins = self._area.column.contentsMargins()
        margins.setBottom(BELOW if self.whole else BELOW + self._area.viewport().height())
        self._area.column.setContentsMargins(margins)

    def _anchor(self) -> QWidget | None:
        """What must not move: the widget with the focus where it is seen, else the topmost card; None before any."""
        focus = self._area.window().focusWidget()
        if focus is not None and self._area.ground.isAncestorOf(focus) and not focus.visibleRegion().isEmpty():
            return focus
        shown = (card for card in self.made.values() if card.isVisible() and not card.visibleRegion().isEmpty())
        return next(shown, None)

    def _height_of(self, widget: QWidget) -> int:
        return widget.mapTo(self._area.ground, QPoint(0, 0)).y()


def _lay_out_now() -> None:
    """Give everything its place: what was just shown or filled has it only after the next events."""
    for _level in range(_DEEPEST):
        QApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)
