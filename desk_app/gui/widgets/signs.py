"""Signs that say a state by shape; colour only strengthens them. Each carries its word as accessible name."""

from __future__ import annotations

from enum import StrEnum

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QProgressBar, QSizePolicy, QWidget

from desk_app.gui import icons
from desk_app.gui.painting import (
    box,
    dashed_ring,
    outline_ring,
    painting,
    ring,
    ring_sign,
    shade,
    solid_tick,
    tick,
)
from desk_app.gui.theme import Theme
from desk_app.gui.widgets.avatar import paint_avatar
from desk_app.i18n import N_, _, ngettext


class RequestSign(StrEnum):
    """The states of a placement request, as they are drawn."""

    DRAFT = "draft"
    COMPLETE = "complete"
    SUBMITTED = "submitted"
    QUERY = "query"
    WAITING_LIST = "waiting_list"
    ASSIGNED = "assigned"
    ADMITTED = "admitted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    MOVED_AWAY = "moved_away"
    CLOSED = "closed"


REQUEST_WORDS = {
    RequestSign.DRAFT: N_("Entwurf"),
    RequestSign.COMPLETE: N_("vollständig"),
    RequestSign.SUBMITTED: N_("übermittelt"),
    RequestSign.QUERY: N_("Rückfrage"),
    RequestSign.WAITING_LIST: N_("Warteliste"),
    RequestSign.ASSIGNED: N_("zugewiesen"),
    RequestSign.ADMITTED: N_("aufgenommen"),
    RequestSign.DECLINED: N_("abgelehnt"),
    RequestSign.WITHDRAWN: N_("zurückgezogen"),
    RequestSign.MOVED_AWAY: N_("verzogen"),
    RequestSign.CLOSED: N_("abgeschlossen"),
}

REQUEST_COLOURS = {
    RequestSign.DRAFT: "text3",
    RequestSign.COMPLETE: "accent",
    RequestSign.SUBMITTED: "accent",
    RequestSign.QUERY: "warn",
    RequestSign.WAITING_LIST: "accent",
    RequestSign.ASSIGNED: "teal",
    RequestSign.ADMITTED: "ok",
    RequestSign.DECLINED: "bad",
    RequestSign.WITHDRAWN: "text3",
    RequestSign.MOVED_AWAY: "text3",
    RequestSign.CLOSED: "text3",
}


REQUEST_SIGNS = {"sent": RequestSign.SUBMITTED} | {
    sign.value: sign for sign in RequestSign if sign is not RequestSign.SUBMITTED
}
"""The sign of each state by its key."""

_IN_RING = {
    RequestSign.SUBMITTED: "arrow-right",
    RequestSign.WAITING_LIST: "ellipsis",
    RequestSign.DECLINED: "x",
    RequestSign.WITHDRAWN: "minus",
    RequestSign.MOVED_AWAY: "arrow-up-right",
}


def paint_request_sign(painter: QPainter, centre: QPointF, size: float, sign: RequestSign) -> None:
    """Draw the sign of a placement request around `centre`."""
    colour = REQUEST_COLOURS[sign]
    if sign is RequestSign.DRAFT:
        dashed_ring(painter, centre, size, colour)
    elif sign is RequestSign.ADMITTED:
        solid_tick(painter, centre, size, colour)
    elif sign is RequestSign.QUERY:
        ring_sign(painter, centre, size, "?", colour)
    else:
        radius = outline_ring(painter, centre, size, colour)
        if sign in _IN_RING:
            icons.paint(painter, _IN_RING[sign], centre + QPointF(0.3, 0), round(size * 0.66), colour)
        elif sign is RequestSign.CLOSED:
            tick(painter, centre, size * 0.42, colour)
        else:
            inner = radius * 0.62
            area = QRectF(centre.x() - inner, centre.y() - inner, 2 * inner, 2 * inner)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(shade(colour))
            share = 0.5 if sign is RequestSign.COMPLETE else 0.75
            painter.drawPie(area, 90 * 16, -round(360 * 16 * share))


class _Sign(QLabel):
    """A square sign whose word is its accessible name (a label, so that it has the role of a text)."""

    def __init__(self, side: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._side = side
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        side = Theme.current().px(self._side)
        return QSize(side, side)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def refit(self) -> None:
        self.updateGeometry()

    def _centre(self) -> QPointF:
        return QRectF(self.rect()).center()


class StateIcon(_Sign):
    """The sign of a placement request. Always beside its word; alone it shows the word as tooltip."""

    def __init__(self, sign: RequestSign, side: int = 18, parent: QWidget | None = None) -> None:
        super().__init__(side, parent)
        self.set_sign(sign)

    def set_sign(self, sign: RequestSign) -> None:
        self._sign = sign
        self.setAccessibleName(_(REQUEST_WORDS[sign]))
        self.setToolTip(_(REQUEST_WORDS[sign]))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        with painting(self) as painter:
            paint_request_sign(painter, self._centre(), min(self.width(), self.height()), self._sign)


def paint_section_sign(painter: QPainter, centre: QPointF, size: float, done: int, total: int, faulty: int) -> None:
    """Untouched: dashed grey ring. Begun: partial ring. Complete: green tick. Faulty: red "!"."""
    if faulty:
        ring_sign(painter, centre, size, "!", "bad")
    elif total and done >= total:
        solid_tick(painter, centre, size, "ok")
    elif done:
        ring(painter, centre, size, done / total)
    else:
        dashed_ring(painter, centre, size, "text3")


class SectionSign(_Sign):
    """How far one section of a form is."""

    def __init__(self, done: int = 0, total: int = 0, faulty: int = 0, parent: QWidget | None = None) -> None:
        super().__init__(16, parent)
        self.set_counts(done, total, faulty)

    def set_counts(self, done: int, total: int, faulty: int = 0) -> None:
        """`done` of `total` facts are there, `faulty` of them need a look."""
        self._counts = (done, total, faulty)
        self.setAccessibleName(section_words(done, total, faulty))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        with painting(self) as painter:
            paint_section_sign(painter, self._centre(), min(self.width(), self.height()), *self._counts)


def section_words(done: int, total: int, faulty: int) -> str:
    """What a section sign says, in words."""
    if faulty:
        return ngettext("{n} Angabe prüfen", "{n} Angaben prüfen", faulty).format(n=faulty)
    if total and done >= total:
        return _("vollständig")
    if done:
        return _("{done} von {total} Angaben").format(done=done, total=total)
    return _("noch leer")


class ProgressRing(QProgressBar):
    """A ring that fills clockwise; a progress bar to assistive technology."""

    def __init__(self, done: int = 0, total: int = 1, side: int = 22, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._side = side
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setTextVisible(False)
        self.set_counts(done, total)

    def set_counts(self, done: int, total: int) -> None:
        self.setRange(0, max(total, 1))
        self.setValue(min(done, max(total, 1)))
        self.setAccessibleName(_("{done} von {total} Angaben").format(done=done, total=total))

    def sizeHint(self) -> QSize:
        side = Theme.current().px(self._side)
        return QSize(side, side)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def refit(self) -> None:
        self.updateGeometry()

    def paintEvent(self, event: QPaintEvent) -> None:
        with painting(self) as painter:
            side = min(self.width(), self.height())
            ring(painter, QRectF(self.rect()).center(), side, self.value() / self.maximum())


class ProgressLine(QProgressBar):
    """A bar 6 px high, as on top of the section index and in the progress dialog."""

    def __init__(self, thickness: int = 6, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._thickness = thickness
        self.setTextVisible(False)
        self.setFixedHeight(thickness)

    def paintEvent(self, event: QPaintEvent) -> None:
        share = (self.value() - self.minimum()) / max(self.maximum() - self.minimum(), 1)
        with painting(self) as painter:
            radius = self._thickness / 2
            box(painter, self.rect(), radius, "line")
            if share > 0:
                width = max(self.width() * share, self._thickness)
                box(painter, QRectF(0, 0, width, self.height()), radius, "accent")


class Avatar(_Sign):
    """Initials of a person; children and the person at the desk in blue."""

    def __init__(self, name: str, blue: bool = False, side: int = 30, parent: QWidget | None = None) -> None:
        super().__init__(side, parent)
        self._blue = blue
        self.set_name(name)

    def set_name(self, name: str) -> None:
        self._name = name
        self.setAccessibleName(name)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        ground, ink = ("accent_tint", "accent_text") if self._blue else ("neutral_tint", "text2")
        with painting(self) as painter:
            paint_avatar(painter, self._centre(), min(self.width(), self.height()), self._name, ground, ink)
