"""A popover that stands beside what it belongs to, with its tip at it; Tab stays inside."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QMouseEvent, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QApplication, QWidget

from desk_app.gui.painting import painting, shade, soft_shadow
from desk_app.gui.theme import Theme
from desk_app.gui.widgets.overlays import SHADOW, Popover

_TIP, _RADIUS, _EDGE = 9, 12, 16
"""Pixels: how far the tip reaches, how round the corners are, what stays free at the edge of the window."""


class BesidePopover(Popover):
    """At the right of its anchor where there is room, else at the left."""

    def __init__(self, window: QWidget, width: int = 392) -> None:
        super().__init__(window, width)
        self._anchor = QRect()
        self._tip: tuple[bool, float] | None = None
        """Whether the tip is at the left edge, and at which height."""

    def open_at(self, anchor: QRect) -> None:
        super().open_at(anchor)
        self._anchor = anchor
        self.place()

    def point_at(self, anchor: QRect) -> None:
        """Belong to something else now."""
        if anchor != self._anchor:
            self._anchor = anchor
            self.place()

    def place(self) -> None:
        """Stand beside the anchor with the height the content needs now."""
        window = self.parentWidget()
        assert window is not None
        width = Theme.current().px(self._width) + 2 * SHADOW
        self.setFixedWidth(min(width, window.width()))
        layout = self.layout()
        if layout is not None:
            layout.activate()
        self.adjustSize()
        inner = self.width() - 2 * SHADOW
        right = self._anchor.right() + _TIP + 3
        left = self._anchor.left() - _TIP - 3 - inner
        fits_right = right + inner + _EDGE <= window.width()
        x = right if fits_right else left
        self._tip = None
        if not fits_right and left < _EDGE:
            x = max(window.width() - inner - _EDGE, 0)
        height = self.height() - 2 * SHADOW
        wanted = self._anchor.center().y() - height // 3
        y = min(max(wanted, _EDGE), max(window.height() - height - _EDGE, 4))
        self.move(QPoint(x - SHADOW, y - SHADOW))
        at = self._anchor.center().y() - y
        if (fits_right or left >= _EDGE) and _RADIUS + _TIP < at < height - _RADIUS - _TIP:
            self._tip = (fits_right, SHADOW + at)
        self.update()

    def focusNextPrevChild(self, forward: bool) -> bool:
        stops = self._stops()
        here = QApplication.focusWidget()
        if not stops:
            return True
        at = stops.index(here) if here in stops else (-1 if forward else 0)
        reason = Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason
        stops[(at + (1 if forward else -1)) % len(stops)].setFocus(reason)
        return True

    def _stops(self) -> list[QWidget]:
        """What Tab reaches inside, in order."""
        found: list[QWidget] = []
        widget = self.nextInFocusChain()
        while widget is not None and widget is not self:
            reachable = widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.focusProxy() is None
            if self.isAncestorOf(widget) and reachable and widget.isEnabled() and widget.isVisible():
                found.append(widget)
            widget = widget.nextInFocusChain()
        return found

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # a click into a list that drops down from one of the fields is no click elsewhere
        if event.type() == QEvent.Type.MouseButtonPress and isinstance(event, QMouseEvent):
            elsewhere = isinstance(watched, QWidget) and watched.window() is not self.window()
            if elsewhere or QApplication.activePopupWidget() is not None:
                return False
        return super().eventFilter(watched, event)

    def paintEvent(self, event: QPaintEvent) -> None:
        inner = QRectF(self.rect()).adjusted(SHADOW, SHADOW, -SHADOW, -SHADOW)
        shape = QPainterPath()
        shape.addRoundedRect(inner.adjusted(0.5, 0.5, -0.5, -0.5), _RADIUS, _RADIUS)
        if self._tip is not None:
            at_left, y = self._tip
            edge, out = (inner.left() + 1, -_TIP) if at_left else (inner.right() - 1, _TIP)
            tip = QPainterPath(QPointF(edge, y - _TIP))
            tip.lineTo(edge + out, y)
            tip.lineTo(edge, y + _TIP)
            tip.closeSubpath()
            shape = shape.united(tip)
        with painting(self) as painter:
            soft_shadow(painter, inner, _RADIUS)
            painter.setPen(QPen(shade("line"), 1))
            painter.setBrush(shade("raised"))
            painter.drawPath(shape)
