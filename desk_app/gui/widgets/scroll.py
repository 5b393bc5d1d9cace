"""A scroll area that shows the ground behind it and moves a focused input clear of its edges."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QFrame, QScrollArea, QVBoxLayout, QWidget

from desk_app.gui.theme import Theme

FOCUS_MARGIN = 16
"""Pixels between the focused input and the edge (WCAG 2.4.11: the focus is not hidden)."""


class ScrollArea(QScrollArea):
    """Scrolls `column`, a layout as wide as the area, up and down only."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._widest = 0
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        # a viewport of our own: asking Qt for its one makes the binding look through all its classes
        self.setViewport(QWidget())
        content = self.ground = QWidget()
        content.setAutoFillBackground(False)
        self.column = QVBoxLayout(content)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.setWidget(content)
        content.setAutoFillBackground(False)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._follow_focus)

    def set_widest(self, width: int) -> None:
        """Leave the column no more than ``width`` pixels at 100 %: wider, the eye loses the line. The margin takes
        the rest, because a layout measures wrapped text at the full width and not at a widget's own maximum."""
        self._widest = width
        self._leave_margin()

    def refit(self) -> None:
        self._leave_margin()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._leave_margin()

    def _leave_margin(self) -> None:
        if self._widest:
            spare = self.viewport().width() - Theme.current().px(self._widest)
            self.column.setContentsMargins(0, 0, max(12, spare), 0)

    def _follow_focus(self, _old: QWidget | None, new: QWidget | None) -> None:
        content = self.widget()
        if new is not None and content is not None and content.isAncestorOf(new):
            self.ensureWidgetVisible(new, FOCUS_MARGIN, FOCUS_MARGIN + 24)
