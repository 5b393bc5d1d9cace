"""The time line of the day: an axis with the hour it is now, below it one lane for each desk with its visits."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final
from uuid import UUID

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QVBoxLayout, QWidget

from desk_app.gui import event_look, icons
from desk_app.gui.event_look import Manner
from desk_app.gui.painting import box, hairline, painting, shade, text, width_of
from desk_app.gui.theme import Theme
from desk_app.gui.widgets.scroll import ScrollArea
from desk_app.i18n import _
from desk_app.presenters.appointment_sheet import Minutes
from desk_app.presenters.appointment_words import clock_words
from desk_app.presenters.today_blocks import Block, Lane

NAMES: Final = 129
"""Pixels at 100 % at the left of the axis, for the names of the desks."""
AXIS: Final = 30
LANE: Final = 56
LANE_WIDE: Final = 64
_SPARE: Final = 24
"""Minutes behind the last hour, so that its name has room."""
_SHOWN: Final = 4
"""Lanes that are always seen; more of them scroll where the window is low."""
_STEPS: Final = {Qt.Key.Key_Left: (-1, 0), Qt.Key.Key_Right: (1, 0), Qt.Key.Key_Up: (0, -1), Qt.Key.Key_Down: (0, 1)}


class Scale:
    """Where a minute of the day stands. Lanes and axis share one."""

    def __init__(self) -> None:
        self.first, self.last = 8 * 60, 16 * 60
        self.width = 0

    def x(self, minute: float) -> float:
        left = Theme.current().px(NAMES)
        return left + (minute - self.first) / (self.last + _SPARE - self.first) * (self.width - left)

    def hours(self) -> range:
        return range(self.first, self.last + 1, 60)


class Axis(QWidget):
    """The hours, and in a pill what time it is."""

    def __init__(self, scale: Scale) -> None:
        super().__init__()
        self._scale = scale
        self.now: int | None = None
        self.refit()

    def refit(self) -> None:
        self.setFixedHeight(Theme.current().px(AXIS))

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = Theme.current()
        middle = self.height() / 2
        with painting(self) as painter:
            hairline(painter, 0, self.width(), self.height() - 1)
            taken = QRectF()
            if self.now is not None and self._scale.first <= self.now <= self._scale.last + _SPARE:
                taken = self._paint_now(painter, middle)
            font = theme.font("small")
            for hour in self._scale.hours():
                words = clock_words(hour)
                width = width_of(words, font) + 2
                area = QRectF(self._scale.x(hour) - width / 2, 0, width, self.height())
                if not taken.intersects(area) and area.right() <= self.width():
                    text(painter, area, words, font, "text2", Qt.AlignmentFlag.AlignCenter)

    def _paint_now(self, painter: QPainter, middle: float) -> QRectF:
        assert self.now is not None
        theme = Theme.current()
        x, font = self._scale.x(self.now), theme.font("small", strong=True)
        width, height = width_of(clock_words(self.now), font) + theme.px(14), theme.px(20)
        area = QRectF(x - width / 2, middle - height / 2, width, height)
        painter.fillRect(QRectF(x - 1, middle, 2, self.height() - middle), shade("bad"))
        box(painter, area, height / 2, "bad")
        text(painter, area, clock_words(self.now), font, "surface", Qt.AlignmentFlag.AlignCenter)
        return area.adjusted(-4, 0, 4, 0)


class BlockButton(QAbstractButton):
    """One visit. Only the current one is a Tab stop; the arrow keys go on from there."""

    def __init__(self, block: Block, lanes: Lanes) -> None:
        super().__init__(lanes)
        self._lanes = lanes
        self.block = block
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setProperty("ring_radius", event_look.RADIUS)
        self.show_block(block)

    def show_block(self, block: Block) -> None:
        """Show another state of the same visit; the focus stays."""
        self.block = block
        self.setAccessibleName(block.spoken)
        self.setToolTip(block.spoken)
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = _STEPS.get(Qt.Key(event.key()))
        if step is not None and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            self._lanes.step(self, *step)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.click()
        elif event.key() in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self._lanes.step_to_end(self, last=event.key() == Qt.Key.Key_End)
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        block = self.block
        area = QRectF(self.rect())
        with painting(self) as painter:
            now, length = self._lanes.now, max(block.end - block.start, 1)
            elapsed = (now - block.start) / length if now is not None else 0.0
            event_look.paint_block(painter, area, block.look, block.state, elapsed=elapsed, sideways=True)
            if self.underMouse():
                box(painter, area.adjusted(0.5, 0.5, -0.5, -0.5), event_look.RADIUS, None, "control", 1)
            self._paint_words(painter, area)

    def _paint_words(self, painter: QPainter, area: QRectF) -> None:
        theme, block = Theme.current(), self.block
        state = event_look.state_look(block.state)
        inner = area.adjusted(theme.px(10), 0, -theme.px(6), 0)
        strong = state.manner in (Manner.AHEAD, Manner.RUNNING)
        title = theme.font("small", strong=strong)
        low = area.height() < theme.px(36)
        line = QRectF(inner.left(), area.top() if low else area.center().y() - theme.px(18), inner.width(),
                      area.height() if low else theme.px(18))  # fmt: skip
        ink = event_look.ink_of(block.state)
        symbol, tone = self._sign()
        size = theme.px(16)
        second = theme.font("caption", strong=block.state == "no_show")
        below = QRectF(inner.left(), area.center().y() + 1, inner.width(), theme.px(17))
        if symbol and not low:
            # the sign stands beside the second line; where that is long, beside the name
            beside = width_of(block.second, second) + size + 4 > inner.width()
            beside = beside and width_of(block.title, title) + size + 4 <= inner.width()
            y = line.center().y() if beside else below.center().y()
            icons.paint(painter, symbol, QPointF(inner.right() - size / 2, y), size, tone)
            (line if beside else below).adjust(0, 0, -size - 4, 0)
        text(painter, line, block.title, title, ink)
        if not low:
            long = " · ".join(part for part in (block.second, block.more) if part)
            words = long if width_of(long, second) <= below.width() else block.second
            text(painter, below, words, second, "bad" if block.state == "no_show" else "text2")

    def _sign(self) -> tuple[str, str]:
        """Sign and colour: how far it is, or, as long as nothing is to be said of that, who interprets."""
        state = event_look.state_look(self.block.state)
        interpreting = event_look.interpreting_look(self.block.interpreting)
        quiet = state.manner is Manner.RUNNING or self.block.state in ("planned", "confirmed")
        if quiet and interpreting is not None:
            kind = event_look.kind_look(self.block.look)
            return interpreting.symbol, interpreting.tone if interpreting.tone == "warn" else kind.ink
        return ("", "") if state.manner is Manner.RUNNING else (state.symbol, state.tone)


class Lanes(QWidget):
    """One lane below the other: name of the desk, hours it is shut, its visits, and behind them the line of now."""

    opened = Signal(object)
    """The key of the visit that was pressed."""
    widened = Signal()

    def __init__(self, scale: Scale) -> None:
        super().__init__()
        self._scale = scale
        self._lanes: Sequence[Lane] = ()
        self.now: int | None = None
        self.blocks: dict[UUID, BlockButton] = {}
        self._stop: BlockButton | None = None
        self.setAccessibleName(_("Termine heute"))
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    @property
    def count(self) -> int:
        """How many lanes there is room for, one at least."""
        return max(len(self._lanes), 1)

    def lane_height(self) -> int:
        wide = self.window().width() >= Theme.current().px(1700)
        return Theme.current().px(LANE_WIDE if wide else LANE)

    def sizeHint(self) -> QSize:
        return QSize(0, self.lane_height() * self.count)

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self.sizeHint().height())

    def refit(self) -> None:
        self.updateGeometry()
        self.place_blocks()

    def show_lanes(self, lanes: Sequence[Lane]) -> None:
        """Show these; a visit that was there before keeps its button, and so the focus."""
        self._lanes = lanes
        wanted = {block.key: block for lane in lanes for block in lane.blocks}
        for key in [key for key in self.blocks if key not in wanted]:
            gone = self.blocks.pop(key)
            if gone is self._stop:
                self._stop = None
            gone.hide()
            gone.deleteLater()
        for key, block in wanted.items():
            known = self.blocks.get(key)
            if known is not None:
                known.show_block(block)
                continue
            button = BlockButton(block, self)
            button.clicked.connect(lambda _checked=False, key=key: self.opened.emit(key))
            self.blocks[key] = button
            button.show()
        self._order_stops()
        self.updateGeometry()
        self.place_blocks()
        self.update()

    def place_blocks(self) -> None:
        """Put the visits where their times are."""
        height, gap = self.lane_height(), 4
        for number, lane in enumerate(self._lanes):
            for block in lane.blocks:
                left = round(self._scale.x(block.start)) + 1
                right = round(self._scale.x(block.end)) - 1
                part = (height - 2 * gap) // block.parts
                top = number * height + gap + block.part * part
                self.blocks[block.key].setGeometry(left, top, max(right - left, 16), part - (block.parts > 1))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._scale.width = self.width()
        self.place_blocks()
        self.widened.emit()

    # --- keys

    def _order_stops(self) -> None:
        if self._stop is None:
            ahead = [each for each in self.blocks.values() if each.block.state not in ("done", "no_show")]
            first = min(ahead or self.blocks.values(), key=lambda each: each.block.start, default=None)
            self._stop = first
        for button in self.blocks.values():
            own = button is self._stop
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus if own else Qt.FocusPolicy.ClickFocus)

    def _go(self, button: BlockButton) -> None:
        self._stop = button
        self._order_stops()
        button.setFocus(Qt.FocusReason.TabFocusReason)

    def step(self, here: BlockButton, along: int, across: int) -> None:
        """To the next visit of the lane, or to the nearest one of the lane above or below."""
        place = next(number for number, lane in enumerate(self._lanes) if here.block in lane.blocks)
        if along:
            row = self._lanes[place].blocks
            target = row.index(here.block) + along
            if 0 <= target < len(row):
                self._go(self.blocks[row[target].key])
            return
        while 0 <= (place := place + across) < len(self._lanes):
            if row := self._lanes[place].blocks:
                near = min(row, key=lambda block: abs(block.start - here.block.start))
                self._go(self.blocks[near.key])
                return

    def step_to_end(self, here: BlockButton, *, last: bool) -> None:
        """Pos1 and Ende: the first or last visit of the lane."""
        row = next(lane.blocks for lane in self._lanes if here.block in lane.blocks)
        self._go(self.blocks[row[-1 if last else 0].key])

    # --- paint

    def paintEvent(self, event: QPaintEvent) -> None:
        height, left = self.lane_height(), Theme.current().px(NAMES)
        with painting(self) as painter:
            for number, lane in enumerate(self._lanes):
                for shut in lane.shut:
                    self._paint_shut(painter, number * height, height, shut)
            for hour in self._scale.hours():
                painter.fillRect(QRectF(round(self._scale.x(hour)), 0, 1, self.height()), shade("line"))
            for number, lane in enumerate(self._lanes):
                self._paint_name(painter, QRectF(0, number * height, left, height), lane)
                if number:
                    hairline(painter, 0, self.width(), number * height)
            if self.now is not None and self._scale.first <= self.now <= self._scale.last + _SPARE:
                painter.fillRect(QRectF(self._scale.x(self.now) - 1, 0, 2, self.height()), shade("bad"))

    def _paint_shut(self, painter: QPainter, top: float, height: float, shut: Minutes) -> None:
        left, right = self._scale.x(shut[0]), self._scale.x(shut[1])
        painter.fillRect(QRectF(left, top, right - left, height), shade("inset"))

    def _paint_name(self, painter: QPainter, area: QRectF, lane: Lane) -> None:
        theme = Theme.current()
        inner = area.adjusted(theme.px(17), 0, -theme.px(6), 0)
        middle = area.center().y()
        line = QRectF(inner.left(), middle - theme.px(19) if lane.second else middle - theme.px(9), inner.width(),
                      theme.px(18))  # fmt: skip
        if lane.laptop:
            size = theme.px(15)
            icons.paint(painter, "laptop", QPointF(line.left() + size / 2, line.center().y()), size, "text2")
            line.adjust(size + 4, 0, 0, 0)
        words = _("{desk} · Sie").format(desk=lane.title) if lane.mine else lane.title
        text(painter, line, words, theme.font("small", strong=True), "accent_text" if lane.mine else "text")
        below = QRectF(inner.left(), middle, inner.width(), theme.px(17))
        text(painter, below, lane.second, theme.font("caption"), "text2")


class Timeline(QWidget):
    """Axis and lanes. The lanes scroll below the axis where there are more than the page has room for."""

    def __init__(self) -> None:
        super().__init__()
        self._scale = Scale()
        self.axis = Axis(self._scale)
        self.lanes = Lanes(self._scale)
        self._scroll = ScrollArea()
        self._scroll.column.setSpacing(0)
        self._scroll.column.addWidget(self.lanes)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.axis)
        column.addWidget(self._scroll, 1)
        self.opened = self.lanes.opened
        self.lanes.widened.connect(self.axis.update)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def show_day(self, lanes: Sequence[Lane], span: Minutes, now: int | None) -> None:
        """Show the lanes; ``span`` is what the axis shows, ``now`` the minute of the day, ``None`` on another day."""
        self._scale.first, self._scale.last = span
        self.lanes.show_lanes(lanes)
        self.show_now(now)
        self.updateGeometry()

    def show_now(self, now: int | None) -> None:
        """A minute went by."""
        self.axis.now = self.lanes.now = now
        for widget in (self.axis, self.lanes, *self.lanes.blocks.values()):
            widget.update()

    def sizeHint(self) -> QSize:
        return QSize(0, self.axis.height() + self.lanes.sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        lanes = min(self.lanes.count, _SHOWN)
        return QSize(0, self.axis.height() + lanes * self.lanes.lane_height())

    def refit(self) -> None:
        self.updateGeometry()
