"""The one question whose answer settles most offers, asked above the list."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QPointF, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from desk_app.gui import icons
from desk_app.gui.painting import box, painting
from desk_app.gui.theme import Theme
from desk_app.gui.widgets.buttons import Button
from desk_app.gui.widgets.chips import RemovableChip
from desk_app.gui.widgets.flow import FlowLayout
from desk_app.gui.widgets.labels import Label
from desk_app.i18n import _
from desk_app.presenters.offer_questions import Answered, Asked

_FEW = 3


class QuestionBar(QWidget):
    """Hidden while there is nothing to ask and nothing was answered."""

    answered = Signal(str, object)
    skipped = Signal(str)
    taken_back = Signal(str)
    place_asked = Signal(object)
    """The ``Question`` of the intake that keeps the answer."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._asked: Asked | None = None
        self._given: tuple[Answered, ...] = ()
        self.buttons: list[Button] = []
        self.chips: list[RemovableChip] = []
        self.menu = QMenu(self)
        self.words = Label("", "body", "text", wrap=True)
        self.note = Label("", "small", "text2", wrap=True)
        self._choices = QHBoxLayout()
        self._choices.setSpacing(6)
        self._holder = QWidget()
        self._flow = FlowLayout(self._holder)
        line = QHBoxLayout()
        line.setSpacing(12)
        line.addWidget(self.words, 1)
        line.addLayout(self._choices)
        self._column = QVBoxLayout(self)
        self._column.setSpacing(4)
        self._column.addLayout(line)
        self._column.addWidget(self.note)
        self._column.addWidget(self._holder)
        self.refit()
        self.hide()

    def refit(self) -> None:
        self._column.setContentsMargins(Theme.current().px(40), 8, 12, 8)

    def show_question(self, asked: Asked | None, given: tuple[Answered, ...]) -> None:
        """Ask this, and show what was answered in this talk."""
        if (asked, given) == (self._asked, self._given):
            return
        had_focus = any(button.hasFocus() for button in self.buttons)
        self._asked, self._given = asked, given
        self._clear()
        if asked is not None:
            self.words.setText(asked.spoken)
            self._offer(asked)
        self.words.setVisible(asked is not None)
        for each in given:
            chip = RemovableChip(each.words, self._holder)
            chip.removed.connect(partial(self.taken_back.emit, each.key))
            self.chips.append(chip)
            self._flow.addWidget(chip)
        only_here = bool(given) or (asked is not None and bool(asked.choices))
        self.note.setText(_("Gilt nur für diese Suche und wird nicht gespeichert.") if only_here else "")
        self.note.setVisible(only_here)
        self._holder.setVisible(bool(given))
        self.setAccessibleName(asked.spoken if asked is not None else _("Antworten dieser Suche"))
        self.setVisible(asked is not None or bool(given))
        if had_focus and self.buttons:
            self.buttons[0].setFocus()

    def _offer(self, asked: Asked) -> None:
        if asked.place is not None:
            self._button(_("In der Aufnahme eintragen"), partial(self.place_asked.emit, asked.place))
        elif len(asked.choices) <= _FEW:
            for answer, words in asked.choices:
                self._button(words, partial(self.answered.emit, asked.key, answer))
        else:
            self._offer_menu(asked)
        self._button(_("weiß nicht") if asked.choices else _("Später"), partial(self.skipped.emit, asked.key))

    def _offer_menu(self, asked: Asked) -> None:
        """More answers than buttons have room for."""
        self.menu.clear()
        for answer, words in asked.choices:
            action = self.menu.addAction(words.replace("&", "&&"))
            action.triggered.connect(lambda _on=False, answer=answer: self.answered.emit(asked.key, answer))
        self._button(_("Antwort wählen …"), self._open_menu)

    def _open_menu(self) -> None:
        below = self.buttons[0].rect().bottomLeft()
        self.menu.popup(self.buttons[0].mapToGlobal(below))

    def _button(self, words: str, deed: Callable[[], object]) -> None:
        button = Button(words, "secondary", height="compact")
        # the bar is filled anew by the answer: not while the button still handles its press
        button.clicked.connect(lambda _checked=False: deed())
        self.buttons.append(button)
        self._choices.addWidget(button)

    def _clear(self) -> None:
        self.buttons, self.chips = [], []
        for layout in (self._choices, self._flow):
            while (item := layout.takeAt(0)) is not None:
                widget = item.widget()
                if widget is not None:
                    widget.hide()
                    widget.deleteLater()

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = Theme.current()
        with painting(self) as painter:
            box(painter, self.rect(), 10, "accent_tint", "accent_line")
            place = QPointF(theme.px(22), 8 + theme.px(14))
            icons.paint(painter, "message-circle-question-mark", place, theme.px(18), "accent_text")
