"""The parts of the detail of an offer: why it fits, its facts, how often families were sent there."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, Qt, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from desk_app.gui import icons
from desk_app.gui.painting import box, painting, ring_sign, shade
from desk_app.gui.theme import Theme
from desk_app.gui.widgets.buttons import Button
from desk_app.gui.widgets.labels import Label
from desk_app.i18n import _
from desk_app.presenters.offer_detail import FactLine, Sheet

_LABEL = 102
_FIT_INKS = {"fits": "ok", "open": "warn", "not": "text2"}


class FactRow(QWidget):
    """Sign, name and words of one fact; what nobody noted can be added, what is old is faded."""

    add_asked = Signal(str)
    """The field of the offer to write it in."""

    def __init__(self, line: FactLine, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.line = line
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self._row = QHBoxLayout(self)
        self._row.setSpacing(8)
        self.label = Label(line.label, "small", "text2")
        words = line.text or _("nicht hinterlegt")
        self.words = Label(words, "small", "text3" if line.old or not line.known else "text", wrap=True)
        self.words.setMinimumWidth(1)  # a long address in the Internet must not push everything else out of sight
        self.words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.words.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._row.addWidget(self.label, 0, Qt.AlignmentFlag.AlignTop)
        self._row.addWidget(self.words, 1, Qt.AlignmentFlag.AlignTop)
        self.add = Button(_("Ergänzen"), "link", height="mini")
        self.add.setAccessibleName(_("{fact} ergänzen").format(fact=line.label))
        self.add.setVisible(not line.known)
        self.add.clicked.connect(lambda _checked=False: self.add_asked.emit(line.field))
        self._row.addWidget(self.add, 0, Qt.AlignmentFlag.AlignTop)
        source = _("{source} – älter als sechs Monate").format(source=line.source) if line.old else line.source
        self.setToolTip(source)
        self.setAccessibleName(", ".join(part for part in (line.label, words, source) if part))
        self.refit()

    def refit(self) -> None:
        theme = Theme.current()
        self.label.setFixedWidth(theme.px(_LABEL - 8))
        self._row.setContentsMargins(theme.px(26), theme.px(5), 0, theme.px(5))

    def paintEvent(self, event: QPaintEvent) -> None:
        size = Theme.current().px(16)
        with painting(self) as painter:
            middle = Theme.current().px(5) + self.label.height() / 2
            icons.paint(painter, self.line.symbol, QPointF(size / 2, middle), size, "text2")


class FitBox(QWidget):
    """Whether the offer fits the family, and why; below it what else is good to know."""

    def __init__(self, sheet: Sheet, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._fit = sheet.fit
        column = QVBoxLayout(self)
        column.setSpacing(4)
        self._column = column
        self._title = Label(sheet.fit_title, "body", _FIT_INKS.get(sheet.fit, "text"), strong=True, wrap=True)
        column.addWidget(self._title)
        for reason in sheet.reasons:
            column.addWidget(_Bullet(reason))
        for words in sheet.remarks:
            column.addWidget(_Remark(words))
        self.setAccessibleName(f"{sheet.fit_title} {'; '.join(sheet.reasons)}")
        self.refit()

    def say_later(self, words: str) -> None:
        """When the verdict will be another one."""
        self._column.addWidget(_Remark(words))

    def refit(self) -> None:
        px = Theme.current().px
        self._column.setContentsMargins(px(38), px(10), px(14), px(10))

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = Theme.current()
        with painting(self) as painter:
            box(painter, self.rect(), 8, "inset", "line")
            centre = QPointF(theme.px(22), self._title.y() + theme.line("body") / 2)
            if self._fit == "open":
                ring_sign(painter, centre, theme.px(16), "?", "warn")
            else:
                symbol, ink = ("check", "ok") if self._fit == "fits" else ("x", "text2")
                icons.paint(painter, symbol, centre, theme.px(16), ink)


class _Bullet(Label):
    def __init__(self, words: str) -> None:
        super().__init__(words, "small", "text", wrap=True)
        self.setContentsMargins(Theme.current().px(14), 0, 0, 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        with painting(self) as painter:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(shade("text2"))
            painter.drawEllipse(QPointF(4, self.fontMetrics().lineSpacing() / 2), 1.8, 1.8)


class _Remark(QWidget):
    def __init__(self, words: str) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        self._sign = _InfoSign()
        row.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(Label(words, "small", "text2", wrap=True), 1)


class _InfoSign(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self.refit()

    def refit(self) -> None:
        side = Theme.current().px(16)
        self.setFixedSize(side, Theme.current().line("small"))

    def paintEvent(self, event: QPaintEvent) -> None:
        with painting(self) as painter:
            icons.paint(painter, "info", QPointF(self.width() / 2, self.height() / 2), Theme.current().px(15), "text3")


class UsesBlock(QWidget):
    """Counts of past referrals, without names."""

    def __init__(self, uses: Sequence[tuple[str, str]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(1, 1)
        for place, (count, words) in enumerate(uses):
            grid.addWidget(Label(count, "small", strong=True), place, 0)
            grid.addWidget(Label(words, "small", "text2"), place, 1)
        self.setAccessibleName(", ".join(f"{count} {words}" for count, words in uses))
