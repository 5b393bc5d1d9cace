"""List and detail: beside each other where there is room for both, else one above the other."""

from __future__ import annotations

from PySide6.QtWidgets import QBoxLayout, QWidget

from desk_app.gui.theme import Theme

_STACKED_BELOW, _DETAIL, _WIDE_DETAIL = 760, 470, 620
_WIDE_FROM = 1500
_MOST = 16_777_215
"""Qt's own number for no limit."""


class Columns(QBoxLayout):
    def __init__(self, listed: QWidget, detail: QWidget) -> None:
        super().__init__(QBoxLayout.Direction.LeftToRight)
        self._detail = detail
        self.setSpacing(16)
        self.addWidget(listed, 1)
        self.addWidget(detail)

    def fold(self, width: int) -> None:
        """Fit both into a page of this width in pixels."""
        theme = Theme.current()
        beside = width >= theme.px(_STACKED_BELOW)
        self.setDirection(QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom)
        self.setStretch(1, 0 if beside else 1)
        breadth = min(theme.px(_WIDE_DETAIL if width >= theme.px(_WIDE_FROM) else _DETAIL), round(width * 0.48))
        self._detail.setMinimumWidth(breadth if beside else 0)
        self._detail.setMaximumWidth(breadth if beside else _MOST)
