"""Text on the page: labels by type role, and labels that shorten instead of widening their column."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from desk_app.gui.painting import painting, text, width_of
from desk_app.gui.theme import Theme


class Label(QLabel):
    """A label in one type role and one colour role. Plain text; wraps when asked to."""

    def __init__(
        self,
        words: str = "",
        role: str = "body",
        colour: str = "text",
        strong: bool = False,
        wrap: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._role, self._colour, self._strong = role, colour, strong
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(wrap)
        self.setText(words)
        self.refit()

    def set_look(self, role: str, colour: str, strong: bool = False) -> None:
        """Change type and colour role."""
        if (role, colour, strong) != (self._role, self._colour, self._strong):
            self._role, self._colour, self._strong = role, colour, strong
            self.refit()

    def refit(self) -> None:
        theme = Theme.current()
        self.setFont(theme.font(self._role, self._strong))
        palette = self.palette()
        palette.setColor(self.foregroundRole(), theme.colour(self._colour))
        self.setPalette(palette)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.refit()  # a style sheet takes the font back when a polished widget gets another parent


class ElidedLabel(Label):
    """One line that ends in "…" where it lacks room; tooltip and accessible name then carry the whole text."""

    def __init__(
        self,
        words: str = "",
        role: str = "body",
        colour: str = "text",
        strong: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(words, role, colour, strong, parent=parent)
        policy = self.sizePolicy()
        policy.setHorizontalPolicy(QSizePolicy.Policy.Maximum)
        self.setSizePolicy(policy)
        self.setMinimumWidth(0)

    def setText(self, words: str) -> None:
        super().setText(words)
        self.setAccessibleName(words)
        self.updateGeometry()

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self.sizeHint().height())

    def sizeHint(self) -> QSize:
        return QSize(round(width_of(self.text(), self.font()) + 1), Theme.current().line(self._role))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.setToolTip(self.text() if width_of(self.text(), self.font()) > self.width() else "")

    def paintEvent(self, event: QPaintEvent) -> None:
        with painting(self) as painter:
            align = self.alignment() | Qt.AlignmentFlag.AlignVCenter
            text(painter, self.rect(), self.text(), self.font(), self._colour, align)
