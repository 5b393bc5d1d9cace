"""The end of the day: one screen, one key for each visit. What is pressed is kept at once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Final
from uuid import UUID

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desk_app.gui.families.undo_banner import UndoBar
from desk_app.gui.painting import hairline, painting, text
from desk_app.gui.theme import Theme
from desk_app.gui.widgets.buttons import Button, modified
from desk_app.gui.widgets.labels import Label
from desk_app.gui.widgets.overlays import Scrim
from desk_app.gui.widgets.scroll import ScrollArea
from desk_app.i18n import _
from desk_app.presenters.day_closing import ENDS, ClosingRow, ClosingShown, DayClosingPresenter

if TYPE_CHECKING:
    from desk_app.domain.clock import Clock
    from desk_app.presenters.runner import Runner

_STEPS: Final = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
_HEIGHT: Final = 54
_TOPICS: Final = 38
_SHOWN: Final = 7
"""Rows seen without scrolling."""


class ClosingLine(QWidget):
    """One visit: E, N and A say how it ended, a digit what it was about."""

    ended = Signal(str)
    topic_chosen = Signal(object)
    step = Signal(int)

    def __init__(self, row: ClosingRow, kinds: Sequence[tuple[UUID, str]]) -> None:
        super().__init__()
        self.row = row
        self._kinds = kinds
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setProperty("ring_inside", True)
        self.setAccessibleName(row.spoken)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        upper = QHBoxLayout()
        upper.setContentsMargins(0, 0, 4, 0)
        upper.setSpacing(6)
        upper.addStretch(1)
        keys = []
        for state, words, key in ENDS:
            if state in row.ends:
                upper.addWidget(self._button(_(words), key, lambda state=state: self.ended.emit(state)))
                keys.append(f"{key}: {_(words)}")
        column.addLayout(upper, 1)
        if row.topic:
            lower = QHBoxLayout()
            lower.setContentsMargins(Theme.current().px(60), 0, 4, 6)
            lower.setSpacing(6)
            for place, (kind, name) in enumerate(kinds[:9], start=1):
                lower.addWidget(self._button(name, str(place), lambda kind=kind: self.topic_chosen.emit(kind)))
                keys.append(f"{place}: {name}")
            lower.addStretch(1)
            column.addLayout(lower)
        self.setAccessibleDescription(", ".join(keys))
        self.refit()

    def _button(self, words: str, key: str, press: object) -> Button:
        button = Button(words, "secondary", keys=key, height="compact")
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        button.setAccessibleName(f"{words}: {self.row.title}")
        button.clicked.connect(lambda _checked=False: press())  # type: ignore[operator]  # a function
        return button

    def refit(self) -> None:
        self.setFixedHeight(Theme.current().px(_HEIGHT + (_TOPICS if self.row.topic else 0)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        state = next((state for state, _words, letter in ENDS if event.text().upper() == letter), "")
        number = event.text()
        if modified(event):
            super().keyPressEvent(event)
        elif key in _STEPS:
            self.step.emit(_STEPS[key])
        elif state in self.row.ends:
            self.ended.emit(state)
        elif self.row.topic and number.isdecimal() and 0 < int(number) <= len(self._kinds):
            self.topic_chosen.emit(self._kinds[int(number) - 1][0])
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = Theme.current()
        middle = theme.px(_HEIGHT) / 2
        left = theme.px(60)
        room = self.width() - left - theme.px(330 if self.row.ends else 10)
        with painting(self) as painter:
            hairline(painter, 0, self.width(), self.height() - 1)
            time = QRectF(4, middle - theme.px(20), left - 8, theme.px(20))
            text(painter, time, self.row.time, theme.font("body"), "text2")
            upper = QRectF(left, middle - theme.px(20), room, theme.px(20))
            text(painter, upper, self.row.title, theme.font("body", strong=True), "text")
            text(painter, QRectF(left, middle, room, theme.px(18)), self.row.second, theme.font("small"), "text2")


class ClosingDialog(Scrim):
    """Esc closes it at any time; what is left is asked again."""

    def __init__(self, window: QWidget, runner: Runner, clock: Clock) -> None:
        super().__init__(window, 760)
        self._runner, self._clock = runner, clock
        self.presenter = DayClosingPresenter(self, runner, clock)
        self._title = Label("", "title")
        self._words = Label("", "body", "text2", wrap=True)
        self._list = _Rows()
        self.lines: list[ClosingLine] = []
        self.undo_bar = UndoBar(runner)
        self.undo_bar.way_back_asked.connect(lambda _deed: self.presenter.refresh())
        self.came = Button(_("Eingetroffene: erledigt"), "secondary", "check", _("Umschalt+E"))
        self.all = Button(_("Alle abschließen"), "primary", "list-checks", _("Strg+Eingabe"))
        self.all.setToolTip(_("Wer da war, ist erledigt; wer nicht kam, gilt als nicht erschienen."))
        self.close_button = Button(_("Fertig"), "secondary", keys="Esc")
        self._build()

    def _build(self) -> None:
        self.body.setSpacing(12)
        self.body.addWidget(self._title)
        self.body.addWidget(self._words)
        self.body.addWidget(self._list, 1)
        self.body.addWidget(self.undo_bar)
        row = QHBoxLayout()
        row.setSpacing(8)
        for button in (self.all, self.came):
            row.addWidget(button)
        row.addStretch(1)
        row.addWidget(self.close_button)
        self.body.addLayout(row)
        self.all.clicked.connect(lambda _checked=False: self.presenter.settle_all())
        self.came.clicked.connect(lambda _checked=False: self.presenter.settle_came())
        self.close_button.clicked.connect(self.dismiss)

    def begin(self, day: date | None = None) -> None:
        """Show what the day still lacks; ``None`` for today."""
        if day is not None:
            self.presenter.day = day
        self.open(self.close_button)
        self.presenter.refresh()

    def show_closing(self, shown: ClosingShown) -> None:
        place = next((at for at, line in enumerate(self.lines) if line.hasFocus()), 0)
        self._title.setText(shown.title)
        self.panel.setAccessibleName(shown.title)
        self._words.setText(shown.words)
        for line in self.lines:
            line.hide()
            line.deleteLater()
        self.lines = []
        for row in shown.rows:
            line = ClosingLine(row, shown.kinds)
            line.ended.connect(lambda state, visit=row.visit: self.presenter.settle(visit, state))
            line.topic_chosen.connect(lambda kind, visit=row.visit: self.presenter.set_topic(visit, kind))
            line.step.connect(lambda step, here=line: self.go_to(self.lines.index(here) + step))
            self.lines.append(line)
        self._list.show_lines(self.lines)
        self.came.setVisible(bool(shown.came))
        self.all.setVisible(any(row.ends for row in shown.rows))
        self._fit()
        if self.lines:
            self.go_to(min(place, len(self.lines) - 1))
        else:
            self.close_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def go_to(self, place: int) -> None:
        """Put the keyboard on a visit."""
        if 0 <= place < len(self.lines):
            self.lines[place].setFocus(Qt.FocusReason.TabFocusReason)

    def show_done(self, words: str, way_back: UUID) -> None:
        self.undo_bar.tell_done(words, way_back)

    def show_failed(self, message: str) -> None:
        self.undo_bar.show_failed(message)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        held = event.modifiers()
        if event.key() == Qt.Key.Key_E and held == Qt.KeyboardModifier.ShiftModifier and not self.came.isHidden():
            self.presenter.settle_came()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and held & Qt.KeyboardModifier.ControlModifier:
            if not self.all.isHidden():
                self.presenter.settle_all()
        elif event.key() == Qt.Key.Key_Z and held == Qt.KeyboardModifier.ControlModifier:
            self.presenter.undo()
        else:
            super().keyPressEvent(event)


class _Rows(ScrollArea):
    """As high as its rows, up to some of them."""

    def __init__(self) -> None:
        super().__init__()
        self.column.setSpacing(0)
        self.column.addStretch(1)
        self._height = 0

    def show_lines(self, lines: Sequence[ClosingLine]) -> None:
        for place, line in enumerate(lines):
            self.column.insertWidget(place, line)
            line.show()
        self._height = sum(line.height() for line in lines)
        self.setVisible(bool(lines))
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        return QSize(0, min(self._height, Theme.current().px(_SHOWN * _HEIGHT)))

    def minimumSizeHint(self) -> QSize:
        return QSize(0, min(self._height, Theme.current().px(2 * _HEIGHT)))
