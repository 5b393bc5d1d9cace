"""Beside the grid: a month, the free times of the day, who interprets, and which desks are shown."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QVBoxLayout, QWidget

from desk_app.gui import icons
from desk_app.gui.appointments.month_picker import MonthPicker
from desk_app.gui.painting import CENTRE_RIGHT, box, painting, text, width_of
from desk_app.gui.theme import Theme
from desk_app.gui.widgets.buttons import Button, modified
from desk_app.gui.widgets.cards import Divider
from desk_app.gui.widgets.inputs import TickBox
from desk_app.gui.widgets.labels import Label
from desk_app.gui.widgets.scroll import ScrollArea
from desk_app.i18n import _
from desk_app.presenters.appointments import AppointmentsPresenter, FreeRow, InterpretingRow, SeatRow


class SideRow(QAbstractButton):
    """A sign, words, and a quiet word at the right; pressing it goes there."""

    def __init__(self, symbol: str, tone: str, words: str, end: str, told: str = "") -> None:
        super().__init__()
        self._symbol, self._tone, self._end = symbol, tone, end
        self.setText(words)
        self.setAccessibleName(", ".join(part for part in (words, end, told) if part))
        self.setToolTip(told)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setProperty("ring_inside", True)

    def refit(self) -> None:
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        return QSize(0, Theme.current().px(28))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not modified(event):
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = Theme.current()
        with painting(self) as painter:
            if self.underMouse() or self.isDown():
                box(painter, self.rect(), 6, "press" if self.isDown() else "hover")
            size = theme.px(16)
            middle = self.height() / 2
            icons.paint(painter, self._symbol, QPointF(size / 2 + 1, middle), size, self._tone)
            small = theme.font("small")
            area = QRectF(self.rect()).adjusted(size + theme.px(8), 0, -2, 0)
            room = width_of(self._end, small) + theme.px(8)
            text(painter, area, self._end, small, "text2", CENTRE_RIGHT)
            text(painter, area.adjusted(0, 0, -room, 0), self.text(), small, "text")


class _Block(QWidget):
    """A heading and rows below it; without rows one quiet line."""

    def __init__(self, title: str, nothing: str) -> None:
        super().__init__()
        self._nothing = nothing
        self.rows: list[QWidget] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(1)
        self._column.addWidget(Label(title, "small", strong=True))
        self.setAccessibleName(title)

    def show_rows(self, rows: Sequence[QWidget]) -> None:
        """Show these instead; the focus stays on the place it is at."""
        here = next((at for at, row in enumerate(self.rows) if row.hasFocus()), -1)
        for row in self.rows:
            self._column.removeWidget(row)
            row.hide()
            row.deleteLater()
        self.rows = list(rows) or [Label(self._nothing, "small", "text3", wrap=True)]
        for row in self.rows:
            self._column.addWidget(row)
        if here >= 0 and rows:
            self.rows[min(here, len(rows) - 1)].setFocus()


class SidePanel(ScrollArea):
    """Scrolls by itself where it is higher than the window."""

    day_chosen = Signal(object)
    free_chosen = Signal(object)
    """A ``Gap``."""
    appointment_chosen = Signal(object)
    seat_shown = Signal(object, bool)
    gone_shown = Signal(bool)
    bundle_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(_("Kalender, freie Zeiten und Plätze"))
        self.month = MonthPicker()
        self.month.chosen.connect(self.day_chosen)
        self.free = _Block(_("Freie Zeiten"), _("An diesem Tag ist nichts mehr frei."))
        self.interpreting = _Block(_("Dolmetschen"), _("An diesem Tag wird nicht gedolmetscht."))
        self.seats = _Block(_("Plätze"), _("Noch kein Platz eingerichtet."))
        self.bundle = Button(_("Tag bündeln …"), "link", height="mini")
        self.bundle.setToolTip(_("Mehrere Familien an einem Tag hintereinander, damit jemand nur einmal kommen muss"))
        self.bundle.clicked.connect(self.bundle_asked)
        self.gone = TickBox("")
        self.gone.clicked.connect(self.gone_shown)
        self._shown: tuple[object, ...] = ()
        column = self.column
        column.setContentsMargins(0, 4, 4, 4)
        column.setSpacing(12)
        column.addWidget(self.month)
        for block in (self.free, self.interpreting, self.seats):
            column.addWidget(Divider(0, 0))
            column.addWidget(block)
            if block is self.interpreting:
                column.addWidget(self.bundle, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.gone)
        column.addStretch(1)

    def show_all(self, presenter: AppointmentsPresenter, free_times: int) -> None:
        """Show what stands beside the days that are shown; what is the same stays untouched."""
        self.month.show_day(presenter.day, presenter.today)
        free, interpreting = presenter.free_rows(free_times), presenter.interpreting_rows()
        seats, gone = presenter.seat_rows(), presenter.gone_count
        shown = (tuple(free), tuple(interpreting), tuple(seats), gone)
        if shown == self._shown:
            return
        self._shown = shown
        self.free.show_rows([self._free(row) for row in free])
        self.interpreting.show_rows([self._interpreting(row) for row in interpreting])
        self.seats.show_rows([self._seat(row) for row in seats])
        self.gone.setText(_("Abgesagte zeigen ({n})").format(n=gone))
        self.gone.setVisible(gone > 0)
        self.gone.updateGeometry()

    def _free(self, row: FreeRow) -> SideRow:
        button = SideRow("clock", "text2", row.words, row.length, _("Hier einen Termin eintragen"))
        button.clicked.connect(lambda: self.free_chosen.emit(row.gap))
        return button

    def _interpreting(self, row: InterpretingRow) -> SideRow:
        symbol, tone = ("circle-check", "ok") if row.settled else ("clock-alert", "warn")
        button = SideRow(symbol, tone, row.words, row.state, row.who)
        button.clicked.connect(lambda: self.appointment_chosen.emit(row.appointment))
        return button

    def _seat(self, row: SeatRow) -> TickBox:
        tick = TickBox(row.words)
        tick.setChecked(row.shown)
        tick.clicked.connect(lambda on: self.seat_shown.emit(row.seat, on))
        return tick
