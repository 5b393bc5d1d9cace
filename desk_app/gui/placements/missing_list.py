"""What keeps a request from being sent, line by line, each with the way to its field."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QSize, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from desk_app.domain.completeness import Question
from desk_app.domain.fields import SECTION_TITLES
from desk_app.gui import icons
from desk_app.gui.painting import painting
from desk_app.gui.theme import Theme
from desk_app.gui.widgets.cards import PADDING, PressRow
from desk_app.gui.widgets.labels import ElidedLabel, Label
from desk_app.i18n import _


class MissingList(QWidget):
    """What keeps the request from being sent; each line leads to its field."""

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._title = Label("", "small", "text2", wrap=True)
        self._title.setContentsMargins(PADDING, 0, PADDING, 0)
        self._column.addWidget(self._title)
        self._column.addSpacing(4)
        self.rows: list[PressRow] = []
        self.hide()

    def show_questions(self, questions: Sequence[Question], title: str) -> None:
        for row in self.rows:
            self._column.removeWidget(row)
            row.hide()
            row.deleteLater()
        self.rows = [self._row(question) for question in questions]
        for place, row in enumerate(self.rows):
            row.set_rule(place < len(self.rows) - 1)
            self._column.addWidget(row)
        self._title.setText(title)
        self.setVisible(bool(questions))

    def _row(self, question: Question) -> PressRow:
        section = _(SECTION_TITLES[question.section])
        row = _MissingRow(_("{label} ergänzen, {section}").format(label=question.label, section=section))
        row.setToolTip(question.reason)
        label = ElidedLabel(question.label, "body", "text")
        label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        row.add(label, 1)
        row.add(Label(section, "small", "text3"))
        row.clicked.connect(lambda: self.chosen.emit(question))
        return row


class _MissingRow(PressRow):
    """A line of the list, with an arrow at its end."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.row.setContentsMargins(PADDING, 0, PADDING + 20, 0)
        self.row.setSpacing(8)

    def sizeHint(self) -> QSize:
        return QSize(0, Theme.current().px(34))

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        size = Theme.current().px(14)
        place = QPointF(self.width() - PADDING - size / 2, self.height() / 2)
        with painting(self) as painter:
            icons.paint(painter, "chevron-right", place, size, "text3")
