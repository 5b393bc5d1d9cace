"""What the page itself says: nothing here yet, something to check, something to know."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from desk_app.gui import icons
from desk_app.gui.motif import paint_next_step
from desk_app.gui.painting import CENTRE_RIGHT, box, hairline, painting, text, width_of
from desk_app.gui.theme import Theme
from desk_app.gui.widgets.buttons import Button
from desk_app.gui.widgets.cards import Card
from desk_app.gui.widgets.labels import Label


class _Motif(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self.setFixedSize(240, 84)

    def paintEvent(self, event: QPaintEvent) -> None:
        with painting(self) as painter:
            paint_next_step(painter, QPointF(self.width() / 2, self.height() / 2))


class EmptyState(QWidget):
    """A place without anything in it: what will be here, how it comes to be, one way and one alternative."""

    def __init__(
        self,
        title: str,
        words: str,
        primary: Button | None = None,
        alternative: Button | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setSpacing(0)
        column.addStretch(3)
        column.addWidget(_Motif(), 0, Qt.AlignmentFlag.AlignHCenter)
        column.addSpacing(32)
        heading = Label(title, "title")
        heading.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column.addWidget(heading)
        column.addSpacing(8)
        self._words = Label(words, "body", "text2", wrap=True)
        self._words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column.addWidget(self._words, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addSpacing(20)
        row = QHBoxLayout()
        row.setSpacing(10)
        row.addStretch()
        for button in (primary, alternative):
            if button is not None:
                row.addWidget(button)
        row.addStretch()
        column.addLayout(row)
        column.addStretch(5)
        self.setAccessibleName(title)
        self.refit()

    def refit(self) -> None:
        width = Theme.current().px(500)
        # a wrapped label in a centred layout does not ask for its height by itself
        self._words.setFixedSize(width, self._words.heightForWidth(width))


@dataclass(frozen=True)
class Fault:
    """One entry of the error summary: what is wrong, where it is, and how to get there."""

    words: str
    section: str
    jump: Callable[[], object]


class FaultLink(QPushButton):
    """A line of the summary: the sentence as link, the name of its section at the right."""

    def __init__(self, fault: Fault, parent: QWidget | None = None) -> None:
        super().__init__(fault.words, parent)
        self._fault = fault
        self.setAccessibleName(f"{fault.words}, {fault.section}")
        self.setAutoDefault(False)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.clicked.connect(lambda: fault.jump())

    def refit(self) -> None:
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        return QSize(0, Theme.current().px(28))

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = Theme.current()
        font, small = theme.font("body", strong=True), theme.font("small")
        side = width_of(self._fault.section, small)
        with painting(self) as painter:
            area = self.rect().adjusted(theme.px(27), 0, -round(side) - 16, 0)
            used = text(painter, area, self._fault.words, font, "bad")
            hairline(painter, area.left(), area.left() + used, area.center().y() + theme.px(10), "bad_line")
            text(painter, self.rect(), self._fault.section, small, "text2", CENTRE_RIGHT)


class ErrorSummary(Card):
    """The red-tinted card on top of a form: what to check, as links in the order of the page. It takes the focus."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(tone="bad", parent=parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.body.setContentsMargins(16, 12, 16, 12)
        self._title = _SignedTitle()
        self._words = Label("", "small", "text2", wrap=True)
        self._links = QVBoxLayout()
        self._links.setSpacing(0)
        self.body.addWidget(self._title)
        self.body.addSpacing(2)
        self.body.addWidget(self._words)
        self.body.addSpacing(4)
        self.body.addLayout(self._links)
        self.hide()

    def show_faults(self, title: str, words: str, faults: Sequence[Fault]) -> None:
        """Show the summary and put the focus on it; hide it when there is nothing to check."""
        while self._links.count():
            item = self._links.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for fault in faults:
            self._links.addWidget(FaultLink(fault))
        self._title.setText(title)
        self._words.setText(words)
        self.setAccessibleName(title)
        self.setAccessibleDescription("; ".join(fault.words for fault in faults))
        self.setVisible(bool(faults))
        if faults:
            self.setFocus(Qt.FocusReason.OtherFocusReason)


class _SignedTitle(QLabel):
    def __init__(self) -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)

    def refit(self) -> None:
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        return QSize(0, Theme.current().px(24))

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = Theme.current()
        size = theme.px(18)
        with painting(self) as painter:
            icons.paint(painter, "circle-alert", QPointF(size / 2, self.height() / 2), size, "bad")
            text(painter, self.rect().adjusted(theme.px(27), 0, 0, 0), self.text(), theme.font("section"), "text")


class Banner(QWidget):
    """A line across the page: something to know, or something that waits for a person, with one action."""

    _SYMBOLS = {"accent": "info", "warn": "triangle-alert", "bad": "circle-alert", "ok": "circle-check"}

    def __init__(
        self, words: str, tone: str = "warn", action: Button | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._tone = tone
        self._row = QHBoxLayout(self)
        self._label = Label(words, "body", "text", wrap=True)
        self._row.addWidget(self._label, 1)
        if action is not None:
            self._row.addWidget(action)
        self.set_words(words)
        self.refit()

    def set_words(self, words: str) -> None:
        self._label.setText(words)
        self.setAccessibleName(words)

    def set_tone(self, tone: str) -> None:
        self._tone = tone
        self.update()

    def refit(self) -> None:
        self._row.setContentsMargins(Theme.current().px(40), 8, 12, 8)

    def paintEvent(self, event: QPaintEvent) -> None:
        size = Theme.current().px(18)
        with painting(self) as painter:
            box(painter, self.rect(), 10, f"{self._tone}_tint", f"{self._tone}_line")
            place = QPointF(14 + size / 2, self.height() / 2)
            icons.paint(painter, self._SYMBOLS[self._tone], place, size, self._tone)
