"""The desk's day as a narrow strip: what lies before and after the appointment that is being made."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from desk_app.domain.clock import local_day
from desk_app.gui.event_look import kind_look
from desk_app.gui.painting import box, painting
from desk_app.gui.theme import Theme
from desk_app.gui.widgets.labels import ElidedLabel
from desk_app.presenters.appointment_sheet import Minutes, hours_around
from desk_app.presenters.appointment_words import minute_of
from desk_app.presenters.booking_form import Form


class _Strip(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self._hours: Minutes = (480, 960)
        self._taken: list[tuple[Minutes, str]] = []
        self._new: Minutes = (0, 0)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def refit(self) -> None:
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        return QSize(0, Theme.current().px(16))

    def show_day(self, hours: Minutes, taken: list[tuple[Minutes, str]], new: Minutes) -> None:
        self._hours, self._taken, self._new = hours, taken, new
        self.update()

    def _area(self, span: Minutes) -> QRectF:
        first, last = self._hours
        scale = self.width() / max(last - first, 1)
        return QRectF((span[0] - first) * scale, 0, max((span[1] - span[0]) * scale - 1, 2), self.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        with painting(self) as painter:
            box(painter, QRectF(self.rect()), 4, "inset", "line")
            for span, look in self._taken:
                found = kind_look(look)
                area = self._area(span).adjusted(0, 2, 0, -2)
                box(painter, area, 2, found.ground, found.edge or "line_strong")
            box(painter, self._area(self._new), 3, "accent")


class DayStrip(QWidget):
    """Strip and, below it, the neighbours in words."""

    def __init__(self) -> None:
        super().__init__()
        self._strip = _Strip()
        self._words = ElidedLabel("", "caption", "text3")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3)
        column.addWidget(self._strip)
        column.addWidget(self._words)

    def show_form(self, form: Form) -> None:
        """The day of the appointment at its desk."""
        day = local_day(form.draft.start)
        taken = [((minute_of(line.start, day), minute_of(line.end, day)), line.look) for line in form.at_desk]
        new = (minute_of(form.draft.start, day), minute_of(form.end, day))
        hours = hours_around([*(span for span, _look in taken), new])
        self._strip.show_day(hours, taken, new)
        self._words.setText(form.around_words)
        self._strip.setAccessibleName(form.around_words)
