"""A few choices as pills below their label."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QVBoxLayout, QWidget

from desk_app.gui.widgets.chips import FilterChip
from desk_app.gui.widgets.flow import FlowLayout
from desk_app.gui.widgets.labels import Label


class ChipRow(QWidget):
    """One of them is chosen, or none."""

    chosen = Signal()

    def __init__(
        self, label: str, choices: Sequence[tuple[UUID | int | None, str]], first: UUID | int | None = None
    ) -> None:
        super().__init__()
        self._keys = [key for key, _words in choices]
        self._group = QButtonGroup(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(Label(label, "small", "text2"))
        row = FlowLayout(gap=6)
        for place, (key, words) in enumerate(choices):
            chip = FilterChip(words)
            chip.setAccessibleName(f"{label} {words}")
            chip.setChecked(key == first and (key is not None or None in self._keys))
            self._group.addButton(chip, place)
            row.addWidget(chip)
        column.addLayout(row)
        self._group.idClicked.connect(lambda _place: self.chosen.emit())

    def value(self) -> Any:
        """The key of the choice; ``None`` for none."""
        place = self._group.checkedId()
        return self._keys[place] if place >= 0 else None
