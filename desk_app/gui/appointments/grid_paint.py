"""What a grid shows besides its blocks: hours, shut times, heads of the columns, the now line, what is being moved."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QPainter, QPen

from desk_app.gui.appointments.grid_geometry import Geometry
from desk_app.gui.event_look import RADIUS
from desk_app.gui.painting import CENTRE_LEFT, CENTRE_RIGHT, box, faded, hairline, shade, text, width_of
from desk_app.gui.theme import Theme
from desk_app.i18n import _
from desk_app.presenters.appointment_sheet import Minutes
from desk_app.presenters.when import weekday

_CORNER = 9
"""Radius of the card around, less its hairline."""


@dataclass(frozen=True, slots=True)
class Ghost:
    """Something that is not there yet: a new appointment, or one on its way to another time."""

    column: int
    span: Minutes
    title: str
    words: str = ""
    faint: bool = False
    """What the mouse is over, before anybody asked for it."""


def paint_ground(painter: QPainter, grid: Geometry) -> None:
    """Shut hours, lines of hours and columns. Lines are drawn without smoothing: they stay sharp, and it is quick."""
    painter.save()
    painter.setClipRect(grid.body)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
    _paint_shut(painter, grid)
    _paint_away(painter, grid)
    right = min(grid.width, grid.left(len(grid.sheet.columns)))
    dashes = QPen(shade("line"), 1, Qt.PenStyle.CustomDashLine)
    dashes.setDashPattern([3, 3])
    halves: list[QLineF] = []
    hours: list[QLineF] = []
    for minute in range(grid.sheet.first, grid.sheet.last + 1, 30):
        line = QLineF(grid.axis, round(grid.top(minute)), right, round(grid.top(minute)))
        (halves if minute % 60 else hours).append(line)
    painter.setPen(dashes)
    painter.drawLines(halves)
    painter.setPen(QPen(shade("line"), 1))
    painter.drawLines(hours)
    _paint_columns(painter, grid, dashes)
    painter.restore()


def _paint_shut(painter: QPainter, grid: Geometry) -> None:
    theme = Theme.current()
    told: list[tuple[QRectF, str]] = []
    for at in grid.shown_columns():
        area = grid.column_area(at)
        for each in grid.sheet.columns[at].shut:
            top = max(round(grid.top(max(each.start, grid.sheet.first))), grid.body.top())
            bottom = round(grid.top(min(each.end, grid.sheet.last)))
            if bottom <= top:
                continue
            shut = QRectF(area.left(), top, area.width(), bottom - top)
            painter.fillRect(shut, shade("inset"))
            first_of_day = at == 0 or grid.sheet.columns[at - 1].day != grid.sheet.columns[at].day
            if each.words and first_of_day and (not grid.sheet.weekly or each.end - each.start == 24 * 60):
                told.append((shut.adjusted(theme.px(7), 0, -4, 0), each.words))
    for area, words in told:
        if grid.sheet.weekly:  # the whole day is shut: its words may go on over all of its desks
            area.setWidth(width_of(words, theme.font("small")) + 2)
        text(painter, area, words, theme.font("small"), "text2")


def _paint_away(painter: QPainter, grid: Geometry) -> None:
    """When the calendar of whoever sits there says that they are taken: slanted lines, so that no colour is needed."""
    theme = Theme.current()
    font = theme.font("small")
    slanted = QBrush(shade("line_strong"), Qt.BrushStyle.BDiagPattern)
    for at in grid.shown_columns():
        for start, end in grid.sheet.columns[at].away:
            area = grid.span_area(at, (max(start, grid.sheet.first), min(end, grid.sheet.last)))
            if end <= grid.sheet.first or start >= grid.sheet.last:
                continue
            painter.fillRect(area, shade("inset"))
            painter.fillRect(area, slanted)
            words = _("Kalender: belegt")
            width = width_of(words, font) + theme.px(14)
            if width <= area.width() and area.height() >= theme.px(18):
                told = QRectF(area.left() + theme.px(6), area.top() + 1, width, theme.px(18))
                painter.fillRect(told, shade("inset"))
                text(painter, told, words, font, "text2", Qt.AlignmentFlag.AlignCenter)


def _paint_columns(painter: QPainter, grid: Geometry, dashes: QPen) -> None:
    """A line before each column; in a week the desks of a day are divided more quietly than the days."""
    top, bottom = grid.body.top(), grid.body.bottom()
    begins = {first for first, _end in grid.days()}
    strong = QPen(shade("line_strong" if grid.sheet.weekly else "line"), 1)
    for at in grid.shown_columns():
        painter.setPen(strong if at in begins or not grid.sheet.weekly else dashes)
        x = round(grid.left(at))
        painter.drawLine(QLineF(x, top, x, bottom))


def paint_now(painter: QPainter, grid: Geometry) -> None:
    """The red line through the columns of today, behind the blocks."""
    columns = [at for at, column in enumerate(grid.sheet.columns) if column.day == grid.sheet.today]
    y = round(grid.top(grid.sheet.now))
    if not columns or not grid.sheet.first <= grid.sheet.now <= grid.sheet.last or y < grid.head:
        return
    left, right = grid.left(columns[0]), grid.left(columns[-1] + 1)
    painter.save()
    painter.setClipRect(grid.body)
    painter.fillRect(QRectF(left, y - 1, right - left, 2), shade("bad"))
    if grid.sheet.weekly:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(shade("bad"))
        painter.drawEllipse(QPointF(left, y), 4, 4)
    painter.restore()


def paint_axis(painter: QPainter, grid: Geometry) -> None:
    """The hours at the left, and the time it is in a pill."""
    theme = Theme.current()
    font = theme.font("small")
    now = _now_pill(grid)
    painter.save()
    painter.setClipRect(QRectF(0, grid.head - 1, grid.axis, grid.height - grid.head))
    for minute in range(grid.sheet.first, grid.sheet.last + 1, 60):
        area = QRectF(0, grid.top(minute) - theme.px(9), grid.axis - theme.px(11), theme.px(18))
        if now is None or not area.intersects(now):
            text(painter, area, f"{minute // 60}:00", font, "text2", CENTRE_RIGHT)
    painter.restore()
    if now is not None and now.top() > grid.head - now.height() / 2:
        box(painter, now, now.height() / 2, "bad")
        words = f"{grid.sheet.now // 60}:{grid.sheet.now % 60:02d}"
        text(painter, now, words, theme.font("caption", strong=True), "surface", Qt.AlignmentFlag.AlignCenter)


def _now_pill(grid: Geometry) -> QRectF | None:
    shown = any(column.day == grid.sheet.today for column in grid.sheet.columns)
    if not shown or not grid.sheet.first <= grid.sheet.now <= grid.sheet.last:
        return None
    theme = Theme.current()
    return QRectF(3, round(grid.top(grid.sheet.now) - theme.px(10)), grid.axis - theme.px(8), theme.px(20))


def paint_heads(painter: QPainter, grid: Geometry) -> None:
    """The names of days and desks, on a ground that hides what is scrolled below them."""
    area = QRectF(0, 0, grid.width, grid.head)
    box(painter, area, _CORNER, "surface")
    painter.fillRect(area.adjusted(0, _CORNER, 0, 0), shade("surface"))
    hairline(painter, 0, grid.width, grid.head - 1)
    painter.save()
    painter.setClipRect(area.adjusted(grid.axis, 0, 0, 0))
    if grid.sheet.weekly:
        _paint_days(painter, grid)
    for at in grid.shown_columns():
        _paint_desk(painter, grid, at)
    painter.restore()


def _paint_desk(painter: QPainter, grid: Geometry, at: int) -> None:
    theme, column = Theme.current(), grid.sheet.columns[at]
    area = grid.column_area(at)
    ink = "accent_text" if column.mine else "text"
    if grid.sheet.weekly:
        line = QRectF(area.left() + 3, theme.px(38), area.width() - 6, theme.px(22))
        text(painter, line, column.title, theme.font("caption"), "text2", Qt.AlignmentFlag.AlignCenter)
        return
    left = area.left() + theme.px(12)
    title = _("{seat} · Sie").format(seat=column.title) if column.mine else column.title
    top = theme.px(9) if column.second else theme.px(18)
    line = QRectF(left, top, area.right() - left - 6, theme.px(20))
    text(painter, line, title, theme.font("body", strong=True), ink)
    below = QRectF(left, theme.px(29), line.width(), theme.px(18))
    text(painter, below, column.second, theme.font("small"), "text2")


def _paint_days(painter: QPainter, grid: Geometry) -> None:
    theme = Theme.current()
    free = dict(grid.sheet.free)
    font = theme.font("body", strong=True)
    for first, end in grid.days():
        day = grid.sheet.columns[first].day
        left, right = grid.left(first), grid.left(end)
        left = max(left, grid.axis)
        words = f"{weekday(day)}, {day:%d.%m.}"
        width = width_of(words, font)
        place = QRectF(left + theme.px(10), theme.px(8), width + theme.px(2), theme.px(26))
        if day == grid.sheet.today:
            pill = QRectF(left + theme.px(6), theme.px(8), width + theme.px(20), theme.px(26))
            box(painter, pill, pill.height() / 2, "accent")
            text(painter, pill, words, font, "on_accent", Qt.AlignmentFlag.AlignCenter)
            place = pill
        else:
            text(painter, place, words, font, "text", CENTRE_LEFT)
        if free.get(day):
            rest = QRectF(place.right() + 4, place.top(), right - place.right() - theme.px(14), place.height())
            text(painter, rest, _("{n} frei").format(n=free[day]), theme.font("small"), "text2", CENTRE_RIGHT)


def paint_ghost(painter: QPainter, grid: Geometry, ghost: Ghost) -> None:
    """An outline in the colour of acting, with what it stands for."""
    theme = Theme.current()
    area = grid.span_area(ghost.column, ghost.span)
    painter.save()
    painter.setClipRect(grid.body)
    if ghost.faint:
        box(painter, area, RADIUS, faded("accent", 0.05), "accent_line")
        inner = area.adjusted(theme.px(11), 0, -theme.px(6), 0)
        inner.setHeight(min(area.height(), theme.px(30)))
        text(painter, inner, ghost.title, theme.font("small"), "accent_text")
    else:
        box(painter, area, RADIUS, "accent_tint", "accent", 2)
        inner = area.adjusted(theme.px(12), theme.px(5), -theme.px(6), -2)
        line = QRectF(inner.left(), inner.top(), inner.width(), theme.px(20))
        text(painter, line, ghost.title, theme.font("body", strong=True), "accent_text")
        if inner.height() > theme.px(34):
            text(painter, line.translated(0, theme.px(19)), ghost.words, theme.font("small"), "accent_text")
    painter.restore()


def paint_nothing(painter: QPainter, grid: Geometry) -> None:
    """Without any desk there is nothing to show: say where desks are made."""
    theme = Theme.current()
    words = _("Noch kein Platz eingerichtet. Das geht in den Einstellungen unter „Termine“.")
    text(painter, grid.body, words, theme.font("body"), "text2", Qt.AlignmentFlag.AlignCenter)


def paint_busy(painter: QPainter, grid: Geometry) -> None:
    """The minutes a desk is busy before and after a talk: a quiet strip beside the block."""
    ink = faded("text3", 0.35)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ink)
    for block, area in grid.shown_blocks:
        if block.busy == (block.start, block.end):
            continue
        for start, end in ((block.busy[0], block.start), (block.end, block.busy[1])):
            if end > start:
                top, bottom = round(grid.top(start)), round(grid.top(end)) - 1
                painter.drawRect(QRectF(area.left() + 1, top, 2, bottom - top))


def paint_focus(painter: QPainter, grid: Geometry, area: QRectF) -> None:
    """The ring around where the keyboard is."""
    painter.save()
    painter.setClipRect(grid.body)
    box(painter, area.adjusted(-2, -2, 2, 2), RADIUS + 2, None, "focus", 2)
    painter.restore()
