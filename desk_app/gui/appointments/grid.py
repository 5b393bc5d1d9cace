"""Days of appointments in one painted widget: a column per desk, moved through with the arrow keys or the mouse."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QContextMenuEvent,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from desk_app.gui.appointments import grid_paint
from desk_app.gui.appointments.grid_blocks import BlockPictures
from desk_app.gui.appointments.grid_geometry import Geometry
from desk_app.gui.appointments.grid_keys import GridKeys
from desk_app.gui.appointments.grid_mouse import GridMouse, Pull
from desk_app.gui.appointments.grid_paint import Ghost
from desk_app.gui.appointments.grid_scroll import GridScroll
from desk_app.gui.cover import covered
from desk_app.gui.painting import painting
from desk_app.i18n import _
from desk_app.presenters.appointment_sheet import Block, Cursor, Minutes, Sheet, first_stop
from desk_app.presenters.appointment_words import between, clock_words, free_words

_USUAL = 45
"""Minutes of the outline below the mouse and of a place the keyboard is at."""


class CalendarGrid(QAbstractScrollArea):
    """Shows one ``Sheet``. It changes nothing by itself: what somebody wants is told by signals."""

    book_asked = Signal(int, int, int)
    """Column, first minute, and minutes; 0 minutes for as long as usual."""
    opened = Signal(object)
    moved = Signal(object, int, object)
    """An appointment, the column and the minutes it is to have."""
    menu_asked = Signal(object, object)
    """An appointment or ``None``, and where on the screen."""
    day_asked = Signal(int)
    """So many days further; 0 for today."""
    deed_asked = Signal(object, str)
    """An appointment and what is to be done with it, by the codes of ``grid_keys``."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.sheet = Sheet()
        self.spot: Cursor | None = None
        self.ghost: Ghost | None = None
        """What is being moved, or the appointment that is just being made."""
        self.fixed: frozenset[UUID] = frozenset()
        """Appointments that cannot be moved any more."""
        self._hover: Ghost | None = None
        self._over: Block | None = None
        self._grid = Geometry(self.sheet, 1, 1)
        self._pictures = BlockPictures()
        self._mouse = GridMouse()
        self._keys = GridKeys(self)
        self._scroll = GridScroll(self)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.viewport().setAutoFillBackground(False)
        self.viewport().setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setProperty("ring_none", True)
        self.setAccessibleName(_("Kalender"))
        for bar in (self.horizontalScrollBar(), self.verticalScrollBar()):
            bar.valueChanged.connect(self._measure)

    # --- content

    def show_sheet(self, sheet: Sheet) -> None:
        """Show this instead; the keyboard stays on the same appointment, or at the same time of the same desk."""
        before, cursor = self.sheet, self.spot
        self.sheet = sheet
        self._hover = None
        if cursor is not None:
            self.spot = self._same(before, cursor) if sheet.days == before.days else None
        new_hours = (before.first, before.last, before.days) != (sheet.first, sheet.last, sheet.days)
        self.refit()
        if new_hours and before.days != sheet.days:
            self._scroll.to_morning(self._grid)
        self.viewport().update()

    def _same(self, before: Sheet, cursor: Cursor) -> Cursor | None:
        block = self.sheet.block(cursor.id)
        if block is not None:
            return Cursor(block.column, block.start, block.face.id)
        column = before.columns[cursor.column] if cursor.column < len(before.columns) else None
        place = self.sheet.column_of(column.day, column.seat) if column is not None else -1
        return Cursor(place, cursor.start) if place >= 0 else None

    def forget_pictures(self) -> None:
        """Paint every block anew the next time, as when it was never shown."""
        self._pictures = BlockPictures()

    def show_ghost(self, ghost: Ghost | None) -> None:
        """Show the outline of something that is not there yet, or none."""
        self.ghost, self._hover = ghost, None
        self.viewport().update()

    def point_at(self, cursor: Cursor | None, *, say: bool = True) -> None:
        """Put the keyboard somewhere, in view."""
        self.spot = cursor
        if cursor is not None:
            self._scroll.into_view(self._grid, self.spot_area(cursor))
            words = self.words_at(cursor)
            self.setAccessibleDescription(words)
            if say:
                self.announce(words)
        self.viewport().update()

    def words_at(self, cursor: Cursor) -> str:
        """What is there, as it is read aloud."""
        block = self.sheet.block(cursor.id)
        if block is not None:
            return block.face.spoken
        return free_words(self.sheet, cursor)

    def announce(self, words: str) -> None:
        """Tell assistive technology: the focus itself stays on the grid."""
        if self.hasFocus():
            event = QAccessibleAnnouncementEvent(self, covered(words))
            event.setPoliteness(QAccessible.AnnouncementPoliteness.Polite)
            QAccessible.updateAccessibility(event)

    def area_in_window(self, column: int, span: Minutes) -> QRect:
        """Where minutes of a column are in the window: what a popover points at."""
        area = self._grid.span_area(column, span).intersected(self._grid.body).toRect()
        place = self.viewport().mapTo(self.window(), area.topLeft())
        return QRect(place, area.size())

    # --- room

    def refit(self) -> None:
        """Measure again: another theme, text scale, sheet or window."""
        self._scroll.fit(self.sheet)
        self._measure()

    def sizeHint(self) -> QSize:
        return QSize(900, 640)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.refit()

    def _measure(self) -> None:
        self._grid = self._scroll.geometry(self.sheet)
        self.viewport().update()

    def spot_area(self, cursor: Cursor) -> QRectF:
        """The pixels of a place the keyboard may be at."""
        block = self.sheet.block(cursor.id)
        if block is not None:
            return self._grid.block_area(block)
        room = [
            gap.end for gap in self.sheet.gaps if gap.column == cursor.column and gap.start <= cursor.start < gap.end
        ]
        end = min([cursor.start + _USUAL, *room])
        return self._grid.span_area(cursor.column, (cursor.start, max(end, cursor.start + 15)))

    # --- keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._keys.press(event):
            event.ignore()  # Qt's own would scroll with the arrows and swallow them

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if self.spot is None and event.reason() != Qt.FocusReason.MouseFocusReason:
            self.point_at(first_stop(self.sheet), say=False)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()

    # --- mouse

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            block = self._grid.block_at(event.position())
            self._hover = None
            self._mouse.press(self._grid, event.position(), block is None or block.face.id not in self.fixed)
            if block is not None:
                self.point_at(Cursor(block.column, block.start, block.face.id), say=False)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._mouse.move(self._grid, event.position(), event.modifiers()):
            pulled = self._mouse.pulled
            assert pulled is not None
            title = pulled.block.face.title if pulled.block is not None else _("Neuer Termin")
            self.show_ghost(Ghost(pulled.column, pulled.span, title, between(*pulled.span)))
        elif not self._mouse.is_down:
            self._hover_at(event.position())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton or not self._mouse.is_down:
            return
        block, column, minute, pulled = self._mouse.release()
        if pulled is not None:
            self.show_ghost(None)
            if pulled.what is Pull.NEW:
                self.book_asked.emit(column, pulled.span[0], pulled.span[1] - pulled.span[0])
            elif pulled.block is not None:
                self.moved.emit(pulled.block.face.id, pulled.column, pulled.span)
        elif block is not None:
            self.opened.emit(block.face.id)
        elif column >= 0:
            self.point_at(Cursor(column, minute), say=False)
            self.book_asked.emit(column, minute, 0)

    def let_go(self) -> bool:
        """Esc while something is pulled: leave it where it was. Whether there was anything."""
        going = self._mouse.is_down or self.ghost is not None
        self._mouse.forget()
        self.show_ghost(None)
        return going

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            if self.spot is not None:
                middle = self.spot_area(self.spot).center().toPoint()
                self.menu_asked.emit(self.spot.id, self.viewport().mapToGlobal(middle))
            return
        place = QPointF(self.viewport().mapFromGlobal(event.globalPos()))
        block = self._grid.block_at(place)
        column = self._grid.column_at(place)
        if block is not None:
            self.point_at(Cursor(block.column, block.start, block.face.id), say=False)
        elif column >= 0:
            self.point_at(Cursor(column, self._grid.minute_at(place)), say=False)
        self.menu_asked.emit(block.face.id if block is not None else None, event.globalPos())

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._hover = None
        self.viewport().update()

    def _hover_at(self, place: QPointF) -> None:
        block, column = self._grid.block_at(place), self._grid.column_at(place)
        foot = block is not None and block.face.id not in self.fixed and self._mouse.over_foot(self._grid, place)
        if block is not self._over:
            self._over = block
            self.viewport().setToolTip(covered(block.face.spoken) if block is not None else "")
        self.viewport().setCursor(Qt.CursorShape.SizeVerCursor if foot else Qt.CursorShape.ArrowCursor)
        hover = None
        if block is None and column >= 0 and self.ghost is None:
            start = self._grid.minute_at(place)
            free = self.sheet.gap_at(column, start)
            if free is not None:
                hover = Ghost(column, (start, min(start + _USUAL, free.end)), clock_words(start), faint=True)
        if hover != self._hover:
            self._hover = hover
            self.viewport().update()

    # --- paint

    def paintEvent(self, event: QPaintEvent) -> None:
        grid = self._grid
        with painting(self.viewport()) as painter:
            grid_paint.paint_ground(painter, grid)
            if not self.sheet.columns and self.sheet.today > date.min:
                grid_paint.paint_nothing(painter, grid)
            grid_paint.paint_now(painter, grid)
            grid_paint.paint_busy(painter, grid)
            for block, area in grid.shown_blocks:
                self._pictures.draw(painter, block, area)
            for ghost in (self._hover, self.ghost):
                if ghost is not None and ghost.column < len(self.sheet.columns):
                    grid_paint.paint_ghost(painter, grid, ghost)
            if self.hasFocus() and self.spot is not None and self.spot.column < len(self.sheet.columns):
                grid_paint.paint_focus(painter, grid, self.spot_area(self.spot))
            grid_paint.paint_heads(painter, grid)
            grid_paint.paint_axis(painter, grid)
