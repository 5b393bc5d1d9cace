"""The focus ring: two pixels, two pixels off, around whatever has the focus.

A style sheet knows no outline, so the ring is a widget above everything that lets the mouse through.
A widget may set the dynamic property `ring_inside` (rows: two pixels inside their own edge), `ring_radius`
(its own corner radius), `ring_area` (the part of it that has the focus) or `ring_none` (it paints its focus itself).
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QWidget
from shiboken6 import isValid

from desk_app.gui.painting import box, painting

WIDTH = 2
GAP = 2
CONTROL_RADIUS = 6

_MOVES = (
    QEvent.Type.Move,
    QEvent.Type.Resize,
    QEvent.Type.Show,
    QEvent.Type.Hide,
    QEvent.Type.ZOrderChange,
    QEvent.Type.DynamicPropertyChange,
)


class FocusRing(QWidget):
    """One per window; create it and forget it."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._target: QWidget | None = None
        self._watched: list[QWidget] = []
        self.hide()
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._follow)
            self._follow(None, application.focusWidget())

    @property
    def target(self) -> QWidget | None:
        """The widget the ring is around; None while it shows nowhere."""
        return self._target

    def _follow(self, _old: QWidget | None, new: QWidget | None) -> None:
        for widget in self._watched:
            if isValid(widget):
                widget.removeEventFilter(self)
        self._watched.clear()
        window = self.parentWidget()
        inside = new is not None and window is not None and window.isAncestorOf(new)
        self._target = new if inside and new is not None and not new.property("ring_none") else None
        step = self._target
        while step is not None and step is not window:
            step.installEventFilter(self)
            self._watched.append(step)
            step = step.parentWidget()
        if window is not None and self._target is not None:
            window.installEventFilter(self)
            self._watched.append(window)
        self._place()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _MOVES:
            self._place()
        return super().eventFilter(watched, event)

    def _place(self) -> None:
        target, window = self._target, self.parentWidget()
        if target is None or window is None or not isValid(target) or not target.isVisible():
            self.hide()
            return
        margin = -WIDTH if target.property("ring_inside") else GAP + WIDTH
        area = target.property("ring_area") or target.rect()
        around = area.translated(target.mapTo(window, QPoint(0, 0))).adjusted(-margin, -margin, margin, margin)
        seen = around & self._view(target, window)
        if seen.isEmpty():
            self.hide()
            return
        self._offset = around.topLeft() - seen.topLeft()
        self._around = around.size()
        self.setGeometry(seen)
        self.show()
        self.raise_()
        self.update()

    @staticmethod
    def _view(target: QWidget, window: QWidget) -> QRect:
        """The part of the window in which the target can be seen: its scroll areas cut off the rest."""
        view = window.rect()
        widget = target.parentWidget()
        while widget is not None and widget is not window:
            area = widget.parentWidget()
            if isinstance(area, QAbstractScrollArea) and area.viewport() is widget:
                room = QRect(widget.mapTo(window, QPoint(0, 0)), widget.size())
                margin = GAP + WIDTH
                view &= room.adjusted(-margin, -margin, margin, margin)
            widget = widget.parentWidget()
        return view

    def _radius(self) -> float:
        assert self._target is not None
        own = self._target.property("ring_radius")
        radius = float(own) if own is not None else CONTROL_RADIUS
        return radius if self._target.property("ring_inside") else radius + GAP + WIDTH

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._target is None:
            return
        with painting(self) as painter:
            box(painter, QRect(self._offset, self._around), self._radius(), None, "focus", WIDTH)
