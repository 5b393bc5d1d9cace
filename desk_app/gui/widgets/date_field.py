"""A date that is typed freely ("3.8.26", "heute", "+14") or picked from a calendar."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QDate, QEvent, QLocale, QObject, QPoint, Qt
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QCalendarWidget, QFrame, QLineEdit, QVBoxLayout, QWidget

from desk_app.gui import icons
from desk_app.gui.theme import Theme
from desk_app.gui.widgets.text_fields import SpanField
from desk_app.i18n import _


class CalendarPopup(QFrame):
    """A month to pick a day from, below its field. Esc closes it and changes nothing."""

    def __init__(self, owner: QWidget) -> None:
        super().__init__(owner, Qt.WindowType.Popup)
        self.calendar = QCalendarWidget(self)
        self.calendar.setLocale(QLocale(QLocale.Language.German))
        self.calendar.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
        self.calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        self.calendar.setHorizontalHeaderFormat(QCalendarWidget.HorizontalHeaderFormat.ShortDayNames)
        self.calendar.setAccessibleName(_("Kalender"))
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 8)
        column.addWidget(self.calendar)
        self.setFrameShape(QFrame.Shape.StyledPanel)

    def open_below(self, owner: QWidget, day: date | None) -> None:
        """Show the month of `day` (or this one) below `owner`, with the keyboard in it."""
        self.calendar.setSelectedDate(QDate(day.year, day.month, day.day) if day else QDate.currentDate())
        self.adjustSize()
        self.move(owner.mapToGlobal(QPoint(0, owner.height() + 4)))
        self.show()
        self.calendar.setFocus()


def _opens_calendar(event: QKeyEvent) -> bool:
    return event.key() == Qt.Key.Key_Down and bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)


class DateField(SpanField):
    """A day; values are whatever `set_reading` gives, a `date` with the readers of the domain."""

    def _make_control(self) -> QWidget:
        control = super()._make_control()
        self._popup: CalendarPopup | None = None
        self._open_calendar = QAction(_("Kalender öffnen (Alt+Pfeil ab)"), self._edit)
        self._open_calendar.triggered.connect(self.open_calendar)
        self._edit.addAction(self._open_calendar, QLineEdit.ActionPosition.TrailingPosition)
        self.refit()
        return control

    def refit(self) -> None:
        self._open_calendar.setIcon(icons.icon("calendar", "text2", Theme.current().px(16)))

    def open_calendar(self) -> None:
        """Open the calendar at the day of the field."""
        if self._edit.isReadOnly():
            return
        if self._popup is None:
            self._popup = CalendarPopup(self._edit)
            self._popup.calendar.clicked.connect(self._pick)
            self._popup.calendar.activated.connect(self._pick)
        self.commit()
        value = self.value()
        self._popup.open_below(self._edit, value if isinstance(value, date) else None)

    def _pick(self, picked: QDate) -> None:
        if self._popup is None or not self._popup.isVisible():
            return
        self._popup.hide()
        self._edit.setText(self._words_for(date(picked.year(), picked.month(), picked.day())))
        self._note_typed()
        self.commit()
        self._edit.setFocus(Qt.FocusReason.PopupFocusReason)

    @staticmethod
    def _words_for(day: date) -> str:
        return f"{day.day:02}.{day.month:02}.{day.year:04}"

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and _opens_calendar(event):
            self.open_calendar()
            return True
        return super().eventFilter(watched, event)

    def set_read_only(self, locked: bool) -> None:
        super().set_read_only(locked)
        self._open_calendar.setVisible(not locked)
