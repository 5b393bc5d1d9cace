"""The states of all requests as a row of chevrons; each is a filter."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QWidget

from desk_app.gui.painting import painting, shade, text
from desk_app.gui.theme import Theme
from desk_app.gui.widgets.signs import REQUEST_SIGNS, paint_request_sign
from desk_app.i18n import _, ngettext
from desk_app.presenters.placement_pipeline import PipelineCount

HEIGHT = 58
TIP = 10
GAP = 3
CORNER = 8


class PipelineStep(QAbstractButton):
    """One state with its count. Pressed it shows only these requests, pressed again all."""

    stepped = Signal(int)

    def __init__(self, first: bool, last: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._first, self._last = first, last
        self._shown: PipelineCount | None = None
        self.setCheckable(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def show_count(self, shown: PipelineCount, chosen: bool) -> None:
        """Show the state's count and whether it is the filter."""
        self._shown = shown
        self.setChecked(chosen)
        count = ngettext("{n} Anfrage", "{n} Anfragen", shown.count).format(n=shown.count)
        self.setAccessibleName(", ".join(part for part in (_(shown.arrow.word), count, shown.note) if part))
        again = _("Alle Anfragen zeigen") if chosen else _("Nur „{state}“ zeigen").format(state=_(shown.arrow.word))
        self.setToolTip(again)
        self.setAccessibleDescription(again)
        self.update()

    def refit(self) -> None:
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        theme = Theme.current()
        return QSize(theme.px(120), theme.px(HEIGHT))

    def minimumSizeHint(self) -> QSize:
        return QSize(Theme.current().px(72), self.sizeHint().height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self.stepped.emit(1 if event.key() == Qt.Key.Key_Right else -1)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.click()
        else:
            super().keyPressEvent(event)

    def _shape(self) -> QPainterPath:
        """An arrow to the right: a notch at the left unless it is the first, a tip at the right unless the last."""
        area = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        tip = Theme.current().px(TIP)
        left, right, top, bottom, middle = area.left(), area.right(), area.top(), area.bottom(), area.center().y()
        path = QPainterPath()
        if self._first:
            path.moveTo(left + CORNER, top)
        else:
            path.moveTo(left, top)
        if self._last:
            path.lineTo(right - CORNER, top)
            path.quadTo(right, top, right, top + CORNER)
            path.lineTo(right, bottom - CORNER)
            path.quadTo(right, bottom, right - CORNER, bottom)
        else:
            path.lineTo(right - tip, top)
            path.lineTo(right, middle)
            path.lineTo(right - tip, bottom)
        if self._first:
            path.lineTo(left + CORNER, bottom)
            path.quadTo(left, bottom, left, bottom - CORNER)
            path.lineTo(left, top + CORNER)
            path.quadTo(left, top, left + CORNER, top)
        else:
            path.lineTo(left, bottom)
            path.lineTo(left + tip, middle)
        path.closeSubpath()
        return path

    def paintEvent(self, event: QPaintEvent) -> None:
        with painting(self) as painter:
            chosen, over = self.isChecked(), self.underMouse()
            still = "canvas" if self._last else "surface"
            ground = "accent_tint" if chosen else "press" if self.isDown() else "hover" if over else still
            painter.setPen(QPen(shade("accent" if chosen else "line"), 1))
            painter.setBrush(shade(ground))
            painter.drawPath(self._shape())
            if self._shown is not None:
                self._paint_words(painter, self._shown)

    def _paint_words(self, painter: QPainter, shown: PipelineCount) -> None:
        theme = Theme.current()
        left = 16 if self._first else 16 + theme.px(4)
        sign, upper, lower = theme.px(16), theme.px(19), theme.px(40)
        paint_request_sign(painter, QPointF(left + sign / 2, upper), sign, REQUEST_SIGNS[shown.arrow.key])
        inner = left + sign + 7
        room = self.width() - inner - theme.px(TIP) - 6
        line = QRectF(inner, upper - theme.px(10), room, theme.px(20))
        # what is over stands back
        ink = "text2" if self._last else "text"
        text(painter, line, _(shown.arrow.word), theme.font("body"), ink)
        line.moveTop(lower - theme.px(10))
        used = text(painter, line, str(shown.count), theme.font("body", strong=True), ink)
        tone = "warn" if shown.arrow.urgent and shown.count else "text2"
        # beside the tip there is more room than above it
        text(painter, line.adjusted(used + 8, 0, theme.px(TIP), 0), shown.note, theme.font("small"), tone)


class Pipeline(QWidget):
    """All states in their order. One tab stop; the arrow keys move inside."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(_("Stand der Anfragen"))
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(GAP)
        self.steps: list[PipelineStep] = []

    def show_counts(self, counts: Sequence[PipelineCount], chosen: str) -> None:
        """Show the counts; ``chosen`` is the key of the arrow filtered by, or empty."""
        if not self.steps:
            self._make([count.arrow.key for count in counts])
        for step, count in zip(self.steps, counts, strict=True):
            step.show_count(count, count.arrow.key == chosen)

    def _make(self, keys: Sequence[str]) -> None:
        for place, key in enumerate(keys):
            step = PipelineStep(place == 0, place == len(keys) - 1)
            step.clicked.connect(lambda _checked=False, key=key: self.chosen.emit(key))
            step.stepped.connect(lambda by, place=place: self._go(place + by))
            self._row.addWidget(step, 1)
            self.steps.append(step)
        self._go(0, focus=False)

    def _go(self, place: int, focus: bool = True) -> None:
        if not 0 <= place < len(self.steps):
            return
        for number, step in enumerate(self.steps):
            own = number == place
            step.setFocusPolicy(Qt.FocusPolicy.StrongFocus if own else Qt.FocusPolicy.ClickFocus)
        if focus:
            self.steps[place].setFocus(Qt.FocusReason.TabFocusReason)
