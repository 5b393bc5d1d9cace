"""Cards on the canvas: a head of 44 px, a hairline, rows. One level only, no card inside a card."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QFrame, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from desk_app.gui import icons
from desk_app.gui.painting import box, hairline, painting, shade, text
from desk_app.gui.theme import Theme
from desk_app.gui.widgets.buttons import caps_width, paint_caps
from desk_app.gui.widgets.labels import ElidedLabel, Label

PADDING = 16


class CardHead(QWidget):
    """Title, count, and at the right what belongs to the whole card."""

    def __init__(self, title: str, count: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = ElidedLabel(title, "section", parent=self)
        self._count = Label(count, "body", "text3", parent=self)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(PADDING + 1, 0, PADDING + 1, 0)
        self._row.setSpacing(8)
        self._row.addWidget(self._title)
        self._row.addWidget(self._count)
        self._row.addStretch(1)
        self.refit()

    def refit(self) -> None:
        self.setFixedHeight(Theme.current().size("cardHead"))

    def set_title(self, title: str) -> None:
        self._title.setText(title)

    def set_count(self, count: str) -> None:
        self._count.setText(count)
        self._count.setVisible(bool(count))

    def add_action(self, widget: QWidget) -> None:
        """Put a button, chip or text at the right of the head."""
        self._row.addWidget(widget)


class Card(QFrame):
    """A surface with a hairline around. `body` is the layout for its content.

    `padded` gives the content the card's padding; lists go without, their rows bring it. `ruled` draws the
    hairline below the head. In Designer: promote a QFrame, set the dynamic property `title`.
    """

    def __init__(
        self,
        title: str | QWidget | None = "",
        count: str = "",
        padded: bool = True,
        ruled: bool = False,
        tone: str = "",
        parent: QWidget | None = None,
    ) -> None:
        # uic passes the parent as the only argument
        super().__init__(title if isinstance(title, QWidget) else parent)
        self._ruled, self._tone = ruled, tone
        outer = QVBoxLayout(self)
        outer.setContentsMargins(1, 1, 1, 1)
        outer.setSpacing(0)
        words = title if isinstance(title, str) else ""
        self.head = CardHead(words, count, self)
        outer.addWidget(self.head)
        self.head.setVisible(bool(words))
        self.body = QVBoxLayout()
        self.body.setSpacing(0)
        side = PADDING if padded else 0
        top = 0 if words and not ruled else side
        self.body.setContentsMargins(side, top, side, side)
        outer.addLayout(self.body, 1)
        self.setAccessibleName(words)

    def set_title(self, title: str) -> None:
        self.head.set_title(title)
        self.head.setVisible(bool(title))
        self.setAccessibleName(title)

    def set_tone(self, tone: str) -> None:
        """ "", or "warn", "bad", "accent": a tinted card for something that needs a person."""
        self._tone = tone
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        with painting(self) as painter:
            ground, line = (f"{self._tone}_tint", f"{self._tone}_line") if self._tone else ("surface", "line")
            box(painter, self.rect(), 10, ground, line)
            if self._ruled and not self.head.isHidden():
                hairline(painter, 1, self.width() - 1, self.head.height())


class Divider(QWidget):
    """A hairline between rows, indented to the text it separates."""

    def __init__(self, left: int = PADDING, right: int = PADDING, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._left, self._right = left, right
        self.setFixedHeight(1)

    def paintEvent(self, event: QPaintEvent) -> None:
        with painting(self) as painter:
            painter.fillRect(QRectF(self._left, 0, self.width() - self._left - self._right, 1), shade("line"))


class PressRow(QAbstractButton):
    """A whole row that can be pressed: hover ground, Eingabe and space bar, an accessible name that reads the row.

    Build its content in a layout as in any widget; labels inside let the mouse through.
    """

    def __init__(self, name: str, height: str = "cardHead", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._height = height
        self._rule = False
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setProperty("ring_inside", True)
        self.row = QHBoxLayout(self)
        self.row.setContentsMargins(PADDING, 0, PADDING, 0)
        self.row.setSpacing(12)

    def refit(self) -> None:
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        return QSize(self.row.sizeHint().width(), Theme.current().size(self._height))

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self.sizeHint().height())

    def add(self, widget: QWidget, stretch: int = 0) -> None:
        """Append a label or sign to the row."""
        if isinstance(widget, QLabel):
            widget.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.row.addWidget(widget, stretch)

    def set_rule(self, below: bool) -> None:
        """Draw a hairline below the row."""
        self._rule = below
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and event.modifiers() in (
            Qt.KeyboardModifier.NoModifier,
            Qt.KeyboardModifier.KeypadModifier,
        ):
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        with painting(self) as painter:
            self.paint_ground(painter)

    def paint_ground(self, painter: QPainter) -> None:
        if self.isEnabled() and (self.isDown() or self.underMouse()):
            painter.fillRect(self.rect().adjusted(0, 0, 0, -1), shade("press" if self.isDown() else "hover"))
        if self._rule:
            hairline(painter, PADDING, self.width() - PADDING, self.height() - 1)


class AddRow(PressRow):
    """Last row of every list that can be edited: "+ Person hinzufügen", with its key."""

    def __init__(self, words: str, symbol: str = "plus", keys: str = "", parent: QWidget | None = None) -> None:
        super().__init__(words, "cardHead", parent)
        self.setText(words)
        self._symbol, self._keys = symbol, keys

    def sizeHint(self) -> QSize:
        return QSize(0, Theme.current().px(40))

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = Theme.current()
        with painting(self) as painter:
            self.paint_ground(painter)
            size = theme.px(18)
            middle = self.height() / 2
            icons.paint(painter, self._symbol, QPointF(PADDING + 1 + size / 2, middle), size, "accent_text")
            left = PADDING + size + 8
            font = theme.font("body", strong=True)
            used = text(painter, QRectF(left, 0, self.width() - left, self.height()), self.text(), font, "accent_text")
            if self._keys:
                paint_caps(painter, left + used + theme.px(16) + caps_width(self._keys), middle, self._keys)
