"""A month to choose a day from, painted in one widget: today is ringed, the day that is shown is filled."""

from __future__ import annotations

import calendar
from datetime import date, timedelta
from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from desk_app.domain.dates import add_months
from desk_app.domain.holidays import nrw
from desk_app.gui.painting import box, painting, shade, text
from desk_app.gui.theme import Theme
from desk_app.gui.widgets.buttons import IconButton, modified
from desk_app.gui.widgets.labels import Label
from desk_app.i18n import _
from desk_app.presenters.appointment_words import day_words
from desk_app.presenters.when import MONTHS, weekday

_ROW, _HEAD = 27, 24
"""Pixels at 100 % of a week and of the names of the days."""
_CENTRE: Final = Qt.AlignmentFlag.AlignCenter
_STEPS: Final = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -7, Qt.Key.Key_Down: 7}


class _Days(QWidget):
    """The days of one month; arrows move the keyboard, Eingabe chooses."""

    chosen = Signal(object)
    turned = Signal(object)
    """The keyboard went into another month."""

    def __init__(self) -> None:
        super().__init__()
        self.month = self.shown = self.today = date(2000, 1, 1)
        self.at = self.shown
        self._hover: date | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setProperty("ring_none", True)

    def refit(self) -> None:
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        theme = Theme.current()
        return QSize(theme.px(190), theme.px(_HEAD) + 6 * theme.px(_ROW))

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self.sizeHint().height())

    def show_days(self, month: date, shown: date, today: date) -> None:
        self.month, self.shown, self.today = month, shown, today
        if not self.hasFocus():
            self.at = shown if (shown.year, shown.month) == (month.year, month.month) else month
        self._tell()
        self.update()

    def _tell(self) -> None:
        self.setAccessibleName(_("Kalender, {day}").format(day=day_words(self.at)))

    # --- where a day is

    def _area(self, day: date) -> QRectF:
        theme = Theme.current()
        first = self.month.replace(day=1).weekday()
        week, place = divmod(first + day.day - 1, 7)
        width = self.width() / 7
        return QRectF(place * width, theme.px(_HEAD) + week * theme.px(_ROW), width, theme.px(_ROW))

    def day_at(self, place: QPointF) -> date | None:
        return next((day for day in self._days() if self._area(day).contains(place)), None)

    def _days(self) -> list[date]:
        count = calendar.monthrange(self.month.year, self.month.month)[1]
        return [self.month.replace(day=number) for number in range(1, count + 1)]

    # --- keys and mouse

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if modified(event):
            super().keyPressEvent(event)
        elif key in _STEPS:
            self._move(self.at + timedelta(days=_STEPS[key]))
        elif key in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            self._move(add_months(self.at, -1 if key == Qt.Key.Key_PageUp else 1))
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.chosen.emit(self.at)
        else:
            super().keyPressEvent(event)

    def _move(self, day: date) -> None:
        self.at = day
        if (day.year, day.month) != (self.month.year, self.month.month):
            self.turned.emit(day)
        self._tell()
        self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        hover = self.day_at(event.position())
        if hover != self._hover:
            self._hover = hover
            self.setToolTip(nrw().public_holiday(hover) if hover is not None else "")
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        day = self.day_at(event.position())
        if day is not None and event.button() == Qt.MouseButton.LeftButton:
            self.at = day
            self.chosen.emit(day)

    # --- paint

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = Theme.current()
        monday = date(2024, 1, 1)
        with painting(self) as painter:
            width = self.width() / 7
            for place in range(7):
                area = QRectF(place * width, 0, width, theme.px(_HEAD))
                text(painter, area, weekday(monday + timedelta(days=place)), theme.font("caption"), "text3", _CENTRE)
            for day in self._days():
                self._paint_day(painter, day)

    def _paint_day(self, painter: QPainter, day: date) -> None:
        theme = Theme.current()
        area = self._area(day)
        circle = QRectF(0, 0, theme.px(26), theme.px(26))
        circle.moveCenter(area.center())
        free = day.weekday() >= 5 or bool(nrw().public_holiday(day))
        ink, strong = ("text3" if free else "text"), False
        if day == self.shown:
            box(painter, circle, circle.height() / 2, "accent")
            ink, strong = "on_accent", True
        elif day == self.today:
            box(painter, circle, circle.height() / 2, None, "accent", 1.5)
            strong = True
        elif day == self._hover:
            box(painter, circle, circle.height() / 2, "hover")
        text(painter, area, str(day.day), theme.font("small", strong=strong), ink, _CENTRE)
        if self.hasFocus() and day == self.at:
            painter.setPen(QPen(shade("focus"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(area.adjusted(2, 1, -2, -1), 6, 6)


class MonthPicker(QWidget):
    """Month and year with arrows, and the days. Browsing through months chooses nothing."""

    chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.days = _Days()
        self._title = Label("", "small", strong=True)
        before = IconButton("chevron-left", _("Voriger Monat"), "mini")
        after = IconButton("chevron-right", _("Nächster Monat"), "mini")
        before.clicked.connect(lambda: self._turn(add_months(self.days.month, -1)))
        after.clicked.connect(lambda: self._turn(add_months(self.days.month, 1)))
        row = QHBoxLayout()
        row.setContentsMargins(6, 0, 0, 0)
        row.addWidget(self._title, 1)
        row.addWidget(before)
        row.addWidget(after)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(row)
        column.addWidget(self.days)
        self.days.chosen.connect(self.chosen)
        self.days.turned.connect(self._turn)

    def show_day(self, day: date, today: date) -> None:
        """Show the month of a day, and mark the day."""
        moved = day != self.days.shown
        month = day.replace(day=1) if moved else self.days.month
        self.days.shown, self.days.today = day, today
        self._turn(month)

    def _turn(self, day: date) -> None:
        month = day.replace(day=1)
        self._title.setText(f"{_(MONTHS[month.month - 1])} {month.year}")
        self.days.show_days(month, self.days.shown, self.days.today)
