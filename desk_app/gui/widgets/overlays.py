"""What lies above the page: popovers beside what they belong to, dialogs on a veil over the whole window."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPaintEvent, QRegion
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget

from desk_app.gui.painting import box, faded, painting, soft_shadow
from desk_app.gui.theme import Theme

SHADOW = 34
"""Pixels of room around a popover in which its shadow is painted."""


class Popover(QWidget):
    """A raised card beside its anchor, inside the window. Esc or a click elsewhere closes it and returns the focus."""

    closed = Signal()

    def __init__(self, window: QWidget, width: int = 392) -> None:
        super().__init__(window)
        self._width = width
        self._came_from: QWidget | None = None
        outer = QVBoxLayout(self)
        outer.setContentsMargins(SHADOW, SHADOW, SHADOW, SHADOW)
        self.body = QVBoxLayout()
        self.body.setContentsMargins(16, 14, 16, 14)
        outer.addLayout(self.body)
        self.hide()

    def open_at(self, anchor: QRect) -> None:
        """Open below `anchor` (in the coordinates of the window), or above it where there is no room."""
        window = self.parentWidget()
        assert window is not None
        self._came_from = QApplication.focusWidget()
        width = Theme.current().px(self._width) + 2 * SHADOW
        self.setFixedWidth(min(width, window.width()))
        self.adjustSize()
        x = min(max(anchor.left() - SHADOW, -SHADOW), window.width() - self.width() + SHADOW)
        below = anchor.bottom() + 8 - SHADOW
        above = anchor.top() - 8 - self.height() + SHADOW
        fits = below + self.height() - SHADOW <= window.height()
        self.move(QPoint(x, below if fits or above < -SHADOW else above))
        self.show()
        self.raise_()
        self.focusNextChild()
        application = QApplication.instance()
        if application is not None:
            application.installEventFilter(self)

    def close_popover(self) -> None:
        """Close and give the focus back."""
        if self.isHidden():
            return
        application = QApplication.instance()
        if application is not None:
            application.removeEventFilter(self)
        self.hide()
        if self._came_from is not None and self._came_from.isVisible():
            self._came_from.setFocus(Qt.FocusReason.PopupFocusReason)
        self.closed.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.MouseButtonPress and isinstance(event, QMouseEvent):
            inside = self.rect().adjusted(SHADOW, SHADOW, -SHADOW, -SHADOW)
            if isinstance(watched, QWidget) and not inside.contains(
                self.mapFromGlobal(event.globalPosition().toPoint())
            ):
                self.close_popover()
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_popover()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        inner = QRectF(self.rect()).adjusted(SHADOW, SHADOW, -SHADOW, -SHADOW)
        with painting(self) as painter:
            soft_shadow(painter, inner, 12)
            box(painter, inner, 12, "raised", "line")


class Scrim(QWidget):
    """A veil over the whole window with one panel in its middle, for progress, decisions and secrets.

    The panel is a dialog to assistive technology; Tab stays inside; Esc calls `dismiss()`.
    """

    dismissed = Signal()

    def __init__(self, window: QWidget, width: int = 500, from_top: float | None = None) -> None:
        super().__init__(window)
        self._width, self._from_top = width, from_top
        self._came_from: QWidget | None = None
        self.panel = self._make_panel()
        self.body = QVBoxLayout(self.panel)
        self.body.setContentsMargins(26, 22, 26, 22)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        window.installEventFilter(self)
        self.hide()

    def _make_panel(self) -> QWidget:
        return QWidget(self)

    def open(self, first: QWidget | None = None) -> None:
        """Cover the window and put the focus on `first`, or on the first control inside."""
        self._came_from = QApplication.focusWidget()
        self._fit()
        self.show()
        self.raise_()
        target = first or next(iter(self._stops()), None)
        if target is not None:
            target.setFocus(Qt.FocusReason.OtherFocusReason)
            here = self.window().focusWidget()
            if isinstance(here, QLineEdit) and self.panel.isAncestorOf(here):
                here.selectAll()  # what is typed stands in the place of what is proposed

    def close_dialog(self) -> None:
        """Uncover the window and give the focus back."""
        if self.isHidden():
            return
        self.hide()
        if self._came_from is not None and self._came_from.isVisible():
            self._came_from.setFocus(Qt.FocusReason.OtherFocusReason)

    def dismiss(self) -> None:
        """What Esc does: close, and tell."""
        self.close_dialog()
        self.dismissed.emit()

    def refit(self) -> None:
        if not self.isHidden():
            self._fit()

    def _fit(self) -> None:
        window = self.parentWidget()
        assert window is not None
        self.setGeometry(window.rect())
        width = min(Theme.current().px(self._width), self.width() - 32)
        self.panel.setFixedWidth(width)
        layout = self.panel.layout()
        assert layout is not None
        layout.activate()
        height = layout.totalHeightForWidth(width) if layout.hasHeightForWidth() else self.panel.sizeHint().height()
        self.panel.resize(width, min(height, self.height() - 32))
        layout.invalidate()  # what was laid out while the panel had another height would stay squeezed
        layout.activate()
        share = 0.42 if self._from_top is None else self._from_top
        free = self.height() - self.panel.height()
        top = round(free * share) if self._from_top is None else round(self.height() * share)
        self.panel.move((self.width() - width) // 2, max(16, min(top, free - 16)))

    def _stops(self) -> list[QWidget]:
        """Everything inside that Tab can reach, in tab order."""
        stops: list[QWidget] = []
        widget = self.panel.nextInFocusChain()
        while widget is not None and widget is not self.panel:
            reachable = widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.focusProxy() is None
            if self.panel.isAncestorOf(widget) and reachable and widget.isEnabled() and not widget.isHidden():
                stops.append(widget)
            widget = widget.nextInFocusChain()
        return stops

    def focusNextPrevChild(self, forward: bool) -> bool:
        stops = self._stops()
        if not stops:
            return True
        current = QApplication.focusWidget()
        place = stops.index(current) if current in stops else -1 if forward else 0
        reason = Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason
        stops[(place + (1 if forward else -1)) % len(stops)].setFocus(reason)
        return True

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and not self.isHidden():
            self._fit()
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.dismiss()
        # a key meant for the dialog never acts on the page below
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        event.accept()

    def paintEvent(self, event: QPaintEvent) -> None:
        area = QRectF(self.panel.geometry())
        with painting(self) as painter:
            # below the panel nothing is seen of it
            painter.setClipRegion(event.region().subtracted(QRegion(self.panel.geometry().adjusted(14, 14, -14, -14))))
            painter.fillRect(self.rect(), faded(QColor("#000000"), Theme.current().scrim))
            painter.setClipping(False)
            soft_shadow(painter, area, 14, drop=14)
            box(painter, area, 14, "raised", "line" if Theme.current().dark else None)


def dismiss_veils(window: QWidget) -> None:
    """Do in every open dialog of ``window`` what Esc does there."""
    for veil in window.findChildren(Scrim):
        if not veil.isHidden():
            veil.dismiss()


def remove_veils(window: QWidget) -> None:
    """Take every dialog of ``window`` away, without a word to anybody."""
    for veil in window.findChildren(Scrim):
        veil.hide()
        veil.deleteLater()
