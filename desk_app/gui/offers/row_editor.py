"""Rows of a form that can be added and taken out: times, contacts, conditions."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Generic, TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desk_app.gui.widgets.buttons import Button, IconButton
from desk_app.gui.widgets.cards import Divider
from desk_app.gui.widgets.labels import Label
from desk_app.i18n import _

T = TypeVar("T")


class EditorRow(QWidget, Generic[T]):
    """One row; ``value()`` is ``None`` where nothing is in it."""

    changed = Signal()
    removed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.remove = IconButton("x", _("Zeile entfernen"), "compact")
        self.remove.clicked.connect(self.removed)
        self.column = QVBoxLayout()
        self.column.setSpacing(6)
        outer = QHBoxLayout(self)
        outer.setContentsMargins(0, 6, 0, 8)
        outer.setSpacing(8)
        outer.addLayout(self.column, 1)
        outer.addWidget(self.remove, 0, Qt.AlignmentFlag.AlignTop)

    def value(self) -> T | None:
        raise NotImplementedError

    def first(self) -> QWidget:
        """Where typing begins."""
        raise NotImplementedError


class RowsEditor(QWidget, Generic[T]):
    """Any number of rows below a name; the last line adds one."""

    changed = Signal()

    def __init__(self, title: str, add: str, make: Callable[[Any], EditorRow[T]]) -> None:
        super().__init__()
        self._make = make
        self.rows: list[EditorRow[T]] = []
        self.setAccessibleName(title)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addWidget(Label(title, "small", "text2"))
        self.add = Button(add, "link", "plus", height="compact")
        self.add.clicked.connect(lambda _checked=False: self.add_row(None).first().setFocus())
        self._column.addWidget(self.add)

    def set_value(self, values: Sequence[T] | None) -> None:
        """Show these."""
        for row in tuple(self.rows):
            self._drop(row)
        for value in values or ():
            self.add_row(value)

    def value(self) -> tuple[T, ...]:
        """What the rows say, without empty ones."""
        return tuple(found for row in self.rows if (found := row.value()) is not None)

    def add_row(self, value: T | None) -> EditorRow[T]:
        """One more row, empty for ``None``."""
        row = self._make(value)
        row.changed.connect(self.changed)
        row.removed.connect(lambda: self._remove(row))
        if self.rows:
            row.column.insertWidget(0, Divider(0, 0))
        self.rows.append(row)
        self._column.insertWidget(self._column.count() - 1, row)
        row.show()
        return row

    def _remove(self, row: EditorRow[T]) -> None:
        self._drop(row)
        self.add.setFocus()
        self.changed.emit()

    def _drop(self, row: EditorRow[T]) -> None:
        self.rows.remove(row)
        self._column.removeWidget(row)
        row.hide()
        row.deleteLater()
