"""The way back in front of a title: "Familien ›"."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, SignalInstance
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from desk_app.gui import icons
from desk_app.gui.header import Header
from desk_app.gui.painting import painting, text, width_of
from desk_app.gui.theme import Theme
from desk_app.i18n import _

_GAP = 8


class Crumb(QAbstractButton):
    """Words of the place above and an arrow to where one is."""

    def __init__(self, words: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setText(words)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def refit(self) -> None:
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        theme = Theme.current()
        width = width_of(self.text(), theme.font("small")) + _GAP + theme.px(16)
        return QSize(round(width) + 1, theme.size("mini"))

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = Theme.current()
        size = theme.px(16)
        font = theme.font("small")
        font.setUnderline(self.underMouse())
        with painting(self) as painter:
            text(painter, QRectF(self.rect()), self.text(), font, "accent_text" if self.underMouse() else "text2")
            centre = QPointF(self.width() - size / 2, self.height() / 2)
            icons.paint(painter, "chevron-right", centre, size, "text3")


def lead_to_families(header: Header, back: SignalInstance) -> None:
    """Put the way back to the list of families before the title; pressing it emits ``back``."""
    _lead(header, back, _("Familien"), _("Zurück zur Liste der Familien"))


def lead_to_placements(header: Header, back: SignalInstance) -> None:
    """The same to the list of requests."""
    _lead(header, back, _("Schulplätze"), _("Zurück zu den Schulplätzen"))


def _lead(header: Header, back: SignalInstance, words: str, spoken: str) -> None:
    crumb = Crumb(words)
    crumb.setAccessibleName(spoken)
    crumb.clicked.connect(back)
    header.put_first(crumb)
