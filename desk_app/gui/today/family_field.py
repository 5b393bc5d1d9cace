"""A field for whom it is about: a name as it is said, and below it the families that may be meant."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QButtonGroup, QVBoxLayout, QWidget

from desk_app.gui.widgets.chips import FilterChip
from desk_app.gui.widgets.flow import FlowLayout
from desk_app.gui.widgets.text_fields import TextField

if TYPE_CHECKING:
    from desk_app.presenters.family_meant import FamilyFound

Find = Callable[[str, Callable[[str, "tuple[FamilyFound, ...]"], None]], None]
PAUSE = 250


class FamilyField(QWidget):
    """The name typed, and the family where one of those found is chosen: pressed again it is not."""

    grown = Signal()
    """It needs another height."""
    chosen = Signal(object)
    """A family, or ``None``."""

    def __init__(self, label: str, find: Find) -> None:
        super().__init__()
        self._find = find
        self._over = False
        self.name = TextField(label=label)
        self.name.typed.connect(self._wait)
        self._pause = QTimer(self, singleShot=True, interval=PAUSE)
        self._pause.timeout.connect(self.look)
        self._found: dict[UUID, FilterChip] = {}
        self._group = QButtonGroup(self)
        self._group.setExclusive(False)
        self._row = FlowLayout(gap=6)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self.name)
        column.addLayout(self._row)
        self.setFocusProxy(self.name)

    def household(self) -> UUID | None:
        """The family that was chosen."""
        return next((key for key, chip in self._found.items() if chip.isChecked()), None)

    def only(self) -> UUID | None:
        """The family that was found, where it is the only one."""
        return next(iter(self._found)) if len(self._found) == 1 else None

    def text(self) -> str:
        """What is typed."""
        return self.name.text().strip()

    def stop(self) -> None:
        """Look no more: the dialog goes."""
        self._over = True
        self._pause.stop()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._pause.stop()

    def _wait(self) -> None:
        self._pause.start()

    def look(self) -> None:
        """Look for what is typed now."""
        self._pause.stop()
        if words := self.text():
            # the answer may come when the dialog is gone
            self._find(words, self._hear)
        else:
            self._show("", ())

    def _hear(self, words: str, found: tuple[FamilyFound, ...]) -> None:
        if not self._over:
            self._show(words, found)

    def _show(self, words: str, found: Sequence[FamilyFound]) -> None:
        if words != self.text():
            return
        kept = self.household()
        for chip in self._found.values():
            self._group.removeButton(chip)
            self._row.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        self._found = {}
        for family in found:
            chip = FilterChip(family.words)
            chip.setChecked(family.household == kept)
            chip.clicked.connect(lambda _checked=False, key=family.household: self._choose(key))
            self._group.addButton(chip)
            self._row.addWidget(chip)
            self._found[family.household] = chip
            chip.show()
        self.grown.emit()

    def _choose(self, key: UUID) -> None:
        for other, chip in self._found.items():
            if other != key:
                chip.setChecked(False)
        self.chosen.emit(self.household())
