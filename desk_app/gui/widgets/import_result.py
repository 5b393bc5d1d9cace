"""What the last deed on a list did: one sentence, rows that need a look, a way back."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from desk_app.gui import icons
from desk_app.gui.painting import box, painting
from desk_app.gui.theme import Theme
from desk_app.gui.widgets.buttons import Button, IconButton
from desk_app.gui.widgets.labels import Label
from desk_app.i18n import _

_LINES = 5
_SYMBOLS = {"ok": "circle-check", "warn": "triangle-alert", "bad": "circle-alert"}


class ImportResult(QWidget):
    """Stays until it is closed or the next deed has something to say."""

    undo_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tone = "ok"
        self.words = Label("", "body", "text", wrap=True)
        self._undo = Button(_("Zurücknehmen"), "secondary", "undo-2", _("Strg+Z"), height="compact")
        self._undo.clicked.connect(self.undo_asked)
        close = IconButton("x", _("Meldung schließen"), "compact")
        close.clicked.connect(self.hide)
        self.problems = QPlainTextEdit()
        self.problems.setReadOnly(True)
        self.problems.setTabChangesFocus(True)
        self.problems.setFrameShape(QFrame.Shape.NoFrame)
        self.problems.setAccessibleName(_("Zeilen, die einen Blick brauchen"))
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.words, 1)
        row.addWidget(self._undo)
        row.addWidget(close)
        self._column = QVBoxLayout(self)
        self._column.setSpacing(6)
        self._column.addLayout(row)
        self._column.addWidget(self.problems)
        self.hide()
        self.refit()

    def show_result(self, words: str, problems: Sequence[str], *, undo: bool, tone: str = "") -> None:
        """Say it; an empty sentence takes the last one away."""
        self._tone = tone or ("warn" if problems else "ok")
        self.words.setText(words)
        self.setAccessibleName(words)
        self.problems.setPlainText("\n".join(problems))
        self.problems.setVisible(bool(problems))
        self._undo.setVisible(undo)
        self.setVisible(bool(words))
        self.refit()

    def refit(self) -> None:
        theme = Theme.current()
        self._column.setContentsMargins(theme.px(40), 8, 12, 8)
        self.problems.setFont(theme.font("small"))
        lines = min(self.problems.blockCount(), _LINES)
        self.problems.setFixedHeight(lines * self.problems.fontMetrics().lineSpacing() + 24)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        size = Theme.current().px(18)
        with painting(self) as painter:
            box(painter, self.rect(), 10, f"{self._tone}_tint", f"{self._tone}_line")
            place = QPointF(14 + size / 2, 8 + Theme.current().size("compact") / 2)
            icons.paint(painter, _SYMBOLS[self._tone], place, size, self._tone)
