"""Tab order is reading order, however late and in whatever order the parts of a page were made."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QAbstractScrollArea, QComboBox, QLayout, QScrollArea, QWidget

from desk_app.gui.widgets.field import Field
from desk_app.gui.widgets.field_grid import FieldGrid
from desk_app.gui.widgets.tag_field import TagField
from desk_app.gui.widgets.tick_fields import YesNoField


def reading_order(root: QWidget) -> Iterator[QWidget]:
    """Every widget inside ``root`` that Tab can reach, hidden ones too, as laid out: rows first, then columns."""
    if isinstance(root, Field) and not isinstance(root, TagField | YesNoField):
        yield root.control
        return
    if root.focusPolicy() & Qt.FocusPolicy.TabFocus and root.focusProxy() is None:
        yield root
    if isinstance(root, QComboBox | QAbstractItemView):
        return
    if isinstance(root, QAbstractScrollArea):
        content = root.widget() if isinstance(root, QScrollArea) else None
        if content is not None:
            yield from reading_order(content)
        return
    layout = root.layout()
    if layout is None or isinstance(root, FieldGrid):
        # a grid of fields takes hidden ones out of its layout; they were made in reading order
        for child in root.children():
            if isinstance(child, QWidget):
                yield from reading_order(child)
        return
    yield from _inside(layout)


def _inside(layout: QLayout) -> Iterator[QWidget]:
    for place in range(layout.count()):
        item = layout.itemAt(place)
        widget = item.widget() if item is not None else None
        inner = item.layout() if item is not None else None
        if widget is not None:
            yield from reading_order(widget)
        elif inner is not None:
            yield from _inside(inner)


class TabOrder:
    """Keeps the tab order of one widget right; nothing is done while nothing changed."""

    def __init__(self, root: QWidget) -> None:
        self._root = root
        self._last: list[int] = []

    def refresh(self) -> None:
        stops = list(reading_order(self._root))
        known = [id(widget) for widget in stops]
        if known == self._last:
            return
        self._last = known
        for before, after in pairwise(stops):
            QWidget.setTabOrder(before, after)
