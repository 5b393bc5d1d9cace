"""What is shown around locking: a warning before it, and a cover until the lock screen is there."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from desk_app.gui import icons
from desk_app.gui.lock_window import HEIGHT, WIDTH
from desk_app.gui.motif import paint_mark, paint_shore
from desk_app.gui.painting import box, painting, soft_shadow
from desk_app.gui.theme import Theme
from desk_app.gui.widgets.labels import Label
from desk_app.gui.widgets.overlays import SHADOW
from desk_app.i18n import _, ngettext


class Cover(QWidget):
    """Stands in for the lock screen until that is there, and shows nothing of anybody."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setGeometry(window.rect())
        self.show()
        self.raise_()
        window.setWindowTitle(_("Trittstein – gesperrt"))
        # at once: saving and closing keep the window busy
        self.repaint()

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = Theme.current()
        width, height = min(theme.px(WIDTH), self.width() - 32), min(theme.px(HEIGHT), self.height() - 32)
        area = QRectF((self.width() - width) // 2, round((self.height() - height) * 0.43), width, height)
        with painting(self) as painter:
            box(painter, self.rect(), 0, "window")
            paint_shore(painter, QRectF(self.rect()))
            soft_shadow(painter, area, 14)
            box(painter, area, 14, "surface", "line")
            paint_mark(painter, area.left() + theme.px(30), area.top() + theme.px(38) + 1, theme.px(44))


class IdleNotice(QFrame):
    """Says calmly, above everything in the window, that the desk is about to lock, and what prevents it."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._label = Label("", "body", "text")
        row = QHBoxLayout(self)
        row.addWidget(self._label)
        self._row = row
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.refit()
        self.hide()

    def refit(self) -> None:
        theme = Theme.current()
        above = SHADOW + theme.px(12)
        self._row.setContentsMargins(SHADOW + theme.px(44), above, SHADOW + theme.px(18), above)

    def tell(self, seconds: int) -> None:
        """Show how long it still takes; the first time aloud."""
        left = ngettext("Trittstein sperrt in {n} Sekunde.", "Trittstein sperrt in {n} Sekunden.", seconds)
        words = left.format(n=seconds) + " " + _("Eine Taste oder eine Mausbewegung genügt.")
        self._label.setText(words)
        if self.isHidden():
            self._place()
            self.show()
            event = QAccessibleAnnouncementEvent(self, words)
            event.setPoliteness(QAccessible.AnnouncementPoliteness.Assertive)
            QAccessible.updateAccessibility(event)
        self.raise_()

    def _place(self) -> None:
        """At the foot, in the middle. Its width stays while the seconds get shorter."""
        window = self.parentWidget()
        assert window is not None
        self.resize(self.sizeHint())
        left = (window.width() - self.width()) // 2
        self.move(left, window.height() - self.height() - Theme.current().px(24) + SHADOW)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = Theme.current()
        area = QRectF(self.rect()).adjusted(SHADOW, SHADOW, -SHADOW, -SHADOW)
        with painting(self) as painter:
            soft_shadow(painter, area, 12)
            box(painter, area, 12, "raised", "line")
            size = theme.px(18)
            place = QPointF(area.left() + theme.px(16) + size / 2, area.center().y())
            icons.paint(painter, "lock", place, size, "text2")
