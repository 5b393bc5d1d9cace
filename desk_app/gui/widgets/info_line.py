"""One quiet sentence with a sign before it: why something is proposed, what follows from it."""

from __future__ import annotations

from PySide6.QtCore import QPointF
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QWidget

from desk_app.gui import icons
from desk_app.gui.painting import painting
from desk_app.gui.theme import Theme
from desk_app.gui.widgets.labels import Label

_SIGNS = {"info": ("info", "accent_text", "text2"), "warn": ("circle-alert", "warn", "text")}


class InfoLine(Label):
    """Hidden while it has nothing to say. ``tone`` is "info", or "warn" where a person has to decide."""

    def __init__(self, words: str = "", tone: str = "info", parent: QWidget | None = None) -> None:
        self._tone = tone
        super().__init__(words, "small", _SIGNS[tone][2], wrap=True, parent=parent)
        self.setVisible(bool(words))

    def say(self, words: str, tone: str = "info") -> None:
        if (words, tone) != (self.text(), self._tone):
            self._tone = tone
            self.setText(words)
            self.set_look("small", _SIGNS[tone][2])
        self.setVisible(bool(words))

    def refit(self) -> None:
        super().refit()
        self.setContentsMargins(Theme.current().px(22), 0, 0, 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        size = Theme.current().px(15)
        symbol, colour, _text = _SIGNS[self._tone]
        line = min(self.fontMetrics().lineSpacing(), self.height())
        above = max(self.height() - self.heightForWidth(self.width()), 0) / 2
        with painting(self) as painter:
            icons.paint(painter, symbol, QPointF(size / 2, above + line / 2 + 0.5), size, colour)
