"""The lock screen: who sits down, and the passphrase. It imports little, to be there at once.

It knows no vault: it shows what it is given and emits what was asked for.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from desk_app.gui import keyboard
from desk_app.gui.choice_row import ChoiceRow
from desk_app.gui.countdown import Countdown
from desk_app.gui.motif import paint_mark, paint_shore
from desk_app.gui.painting import box, painting, soft_shadow
from desk_app.gui.state_line import HEIGHT as HEIGHT_OF_LINE
from desk_app.gui.state_line import StateLine, paint_state
from desk_app.gui.theme import Theme
from desk_app.gui.widgets.avatar import paint_avatar
from desk_app.gui.widgets.buttons import Button
from desk_app.gui.widgets.labels import Label
from desk_app.gui.widgets.passphrase_field import PassphraseField
from desk_app.gui.widgets.scroll import ScrollArea
from desk_app.i18n import _

WIDTH, HEIGHT, LEFT = 758, 450, 302
ROWS_SHOWN = 4


class LockUser(NamedTuple):
    """Somebody who may sit down here: `remark` says when they last did."""

    key: str
    name: str
    remark: str = ""


class UserRow(ChoiceRow):
    """One person."""

    def __init__(self, user: LockUser, parent: QWidget | None = None) -> None:
        super().__init__(user.name, user.remark, parent)
        self.user = user

    def _paint_sign(self, painter: QPainter, centre: QPointF, size: float) -> None:
        ground, ink = ("accent", "on_accent") if self.isChecked() else ("neutral_tint", "text2")
        paint_avatar(painter, centre, size, self.user.name, ground, ink)


class _StateLines(QWidget):
    """The lines about backup, store and keyboard."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)

    def show_lines(self, lines: Sequence[StateLine]) -> None:
        while self._column.count():
            item = self._column.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for line in lines:
            self._column.addWidget(_StateRow(line, self))


class _StateRow(QWidget):
    def __init__(self, line: StateLine, parent: QWidget) -> None:
        super().__init__(parent)
        self._line = line
        self.setAccessibleName(line.words)
        self.setToolTip(line.detail or line.words)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def refit(self) -> None:
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        return QSize(0, Theme.current().px(HEIGHT_OF_LINE))

    def paintEvent(self, event: QPaintEvent) -> None:
        with painting(self) as painter:
            paint_state(painter, self._line, QRectF(self.rect()), Theme.current().font("small"))


class _Mark(QWidget):
    def refit(self) -> None:
        self.setFixedSize(Theme.current().px(46), Theme.current().px(36))

    def paintEvent(self, event: QPaintEvent) -> None:
        with painting(self) as painter:
            paint_mark(painter, 0, 1, Theme.current().px(44))


class LockWindow(QFrame):
    """Emits `unlock_asked(user key, passphrase)`, `forgotten(user key)`, and `seat_chosen(user key)`."""

    unlock_asked = Signal(str, str)
    forgotten = Signal(str)
    seat_chosen = Signal(str)
    restore_asked = Signal()
    look_asked = Signal()
    """To see once more whether somebody has the store open."""
    first_painted = Signal()
    """Somebody sees it: the time for whatever was put off until then."""

    def __init__(self, foot: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self._seen = False
        self._lines: Sequence[StateLine] = ()
        self._fault, self._elsewhere = "", ""
        self._wait = Countdown(self)
        self._wait.changed.connect(self._say)
        self._rows: list[UserRow] = []
        self._group = QButtonGroup(self)
        # each widget is made in its place: below a style sheet every move is paid for with a new look
        self._panel = panel = QWidget(self)
        self._mark = _Mark(panel)
        self._greeting = Label("", "display", "text", wrap=True, parent=panel)
        self._day = Label("", "body", "text2", parent=panel)
        self._news = Label("", "small", "text", wrap=True, parent=panel)
        self._news.hide()
        self._states = _StateLines(panel)
        self._restore = Button(_("Aus einer Sicherung zurückholen"), "link", parent=panel)
        self._restore.clicked.connect(self.restore_asked)
        self._question = Label(_("Wer sind Sie?"), "small", "text2", parent=panel)
        self._users = ScrollArea(panel)
        self._users.column.setSpacing(2)
        self._users.setAccessibleName(_("Wer sind Sie?"))
        self.passphrase = PassphraseField(_("Passphrase"), panel)
        self.passphrase.entered.connect(self._ask)
        self.passphrase.typed.connect(self._note_typed)
        self._caps = keyboard.CapsWatch(self.passphrase.edit)
        self._caps.changed.connect(self._note_caps)
        self._unlock = Button(_("Entsperren"), "primary", keys=_("Eingabe"), height="large", parent=panel)
        self._unlock.clicked.connect(self._ask)
        self._forgot = Button(_("Passphrase vergessen"), "link", parent=panel)
        self._forgot.clicked.connect(lambda: self.forgotten.emit(self.chosen()))
        self._foot = Label(foot, "caption", "text2", parent=self)
        self._foot.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._build()
        self.refit()

    def _build(self) -> None:
        self._left = QVBoxLayout()
        self._left.setSpacing(0)
        self._left.addWidget(self._mark)
        self._left.addSpacing(13)
        self._left.addWidget(self._greeting)
        self._left.addSpacing(2)
        self._left.addWidget(self._day)
        self._left.addSpacing(14)
        self._left.addWidget(self._news)
        self._left.addStretch(1)
        self._left.addWidget(self._states)
        self._left.addSpacing(6)
        self._left.addWidget(self._restore, 0, Qt.AlignmentFlag.AlignLeft)
        self._right = QVBoxLayout()
        self._right.setSpacing(0)
        self._right.addWidget(self._question)
        self._right.addSpacing(5)
        # gives way when the message below the passphrase needs room: then the list scrolls
        self._right.addWidget(self._users, 100)
        self._right.addSpacing(20)
        self._right.addWidget(self.passphrase)
        self._right.addSpacing(14)
        actions = QHBoxLayout()
        actions.addWidget(self._unlock)
        actions.addStretch(1)
        actions.addWidget(self._forgot)
        self._actions = actions
        self._right.addLayout(actions)
        self._right.addStretch(1)
        both = QHBoxLayout(self._panel)
        both.setContentsMargins(0, 0, 0, 0)
        both.setSpacing(0)
        both.addLayout(self._left)
        both.addLayout(self._right, 1)

    # --- what a presenter shows

    def show_users(self, users: Sequence[LockUser], chosen: str = "") -> None:
        """List the people of this desk; `chosen` (else the first) is preselected."""
        for row in self._rows:
            self._group.removeButton(row)
            self._users.column.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._rows = [UserRow(user, self._users.column.parentWidget()) for user in users]
        for place, row in enumerate(self._rows):
            self._group.addButton(row)
            self._users.column.insertWidget(place, row)
            row.clicked.connect(lambda: self.passphrase.setFocus(Qt.FocusReason.OtherFocusReason))
            row.toggled.connect(self._note_chosen)
        if self._users.column.count() == len(self._rows):
            self._users.column.addStretch(1)
        preferred = next((row for row in self._rows if row.user.key == chosen), None)
        for row in [preferred] if preferred else self._rows[:1]:
            row.setChecked(True)
        self._fit()

    def show_greeting(self, greeting: str, day: str) -> None:
        """ "Guten Morgen" and "Dienstag, 17. November · 8:04"."""
        self._greeting.setText(greeting)
        self._day.setText(day)

    def show_states(self, lines: Sequence[StateLine]) -> None:
        """State of backup and store; the line about the keyboard is added here."""
        self._lines = lines
        self._show_keyboard()

    def show_news(self, words: str) -> None:
        """What was done before somebody sits down, such as that a backup was brought back."""
        self._news.setText(words)
        self._news.setVisible(bool(words))

    def show_wrong(self, words: str) -> None:
        """The passphrase did not open the store: say so at the field and empty it."""
        self.passphrase.clear()
        self.show_trouble(words)

    def show_trouble(self, words: str) -> None:
        """It was not the passphrase: what was typed stays."""
        self._fault = words
        self.show_busy(False)
        self._say()
        self.passphrase.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_wait(self, seconds: int) -> None:
        """So long the next try has to wait; counted down here."""
        self._wait.begin(seconds)

    def show_elsewhere(self, words: str) -> None:
        """Somebody has the store open; empty if nobody has."""
        self._elsewhere = words
        self.show_busy(False)
        self._say()

    def show_busy(self, busy: bool) -> None:
        """While the store is being opened nothing can be pressed twice."""
        self._unlock.setEnabled(not busy)
        ready = _("Erneut versuchen") if self._elsewhere else _("Entsperren")
        self._unlock.setText(_("Wird geöffnet …") if busy else ready)
        self._unlock.set_keys("" if busy else _("Eingabe"))

    def chosen(self) -> str:
        """Key of the person chosen, empty where there is none."""
        return next((row.user.key for row in self._rows if row.isChecked()), "")

    # --- behaviour

    def _ask(self) -> None:
        if not self._unlock.isEnabled():
            return
        if self._wait.seconds:
            self._fault = _("Nach falschen Eingaben wartet Trittstein kurz. Was Sie getippt haben, bleibt stehen.")
            self._say()
            return
        if not self.passphrase.text():
            if self._elsewhere:
                self.look_asked.emit()
            else:
                self._fault = _("Hier fehlt noch die Passphrase")
                self._say()
            self.passphrase.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self._fault = ""
        self.show_busy(True)
        self.unlock_asked.emit(self.chosen(), self.passphrase.text())

    def _note_typed(self) -> None:
        self._fault = ""
        self._say()

    def _note_chosen(self, chosen: bool) -> None:
        if chosen:
            self._fault = ""
            self.seat_chosen.emit(self.chosen())

    def _say(self) -> None:
        """Below the passphrase: what was wrong, how long to wait, who else is there, or that letters come large."""
        waiting = self._wait.words()
        caps = _("Die Feststelltaste ist an") if self._caps.on else ""
        if self._fault:
            self.passphrase.set_error(f"{self._fault} {waiting}".strip())
        else:
            self.passphrase.set_notice(waiting or self._elsewhere or caps)

    def _show_keyboard(self) -> None:
        tone = "warn" if self._caps.on else "text2"
        self._states.show_lines([*self._lines, StateLine("keyboard", keyboard.keyboard_words(self._caps.on), tone)])

    def _note_caps(self) -> None:
        self._show_keyboard()
        self._say()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.passphrase.setFocus(Qt.FocusReason.OtherFocusReason)

    # --- shape

    def refit(self) -> None:
        theme = Theme.current()
        self._mark.refit()
        self._left.setContentsMargins(theme.px(30), theme.px(38), theme.px(20), theme.px(24))
        self._right.setContentsMargins(theme.px(26), theme.px(28), theme.px(30), theme.px(20))
        self._actions.setContentsMargins(0, 0, theme.px(12), 0)
        self._fit()

    def _fit(self) -> None:
        theme = Theme.current()
        width, height = min(theme.px(WIDTH), self.width() - 32), min(theme.px(HEIGHT), self.height() - 32)
        left = min(theme.px(LEFT), round(width * 0.42))
        self._greeting.setFixedWidth(max(left - theme.px(50), 80))
        rows = min(len(self._rows), ROWS_SHOWN)
        self._users.setMinimumHeight(theme.px(52))
        self._users.setMaximumHeight(max((theme.px(52) + 2) * rows, theme.px(52)))
        self._panel.setGeometry((self.width() - width) // 2, round((self.height() - height) * 0.43), width, height)
        foot = theme.px(30)
        self._foot.setGeometry(0, self.height() - foot - theme.px(16), self.width(), foot)
        self._foot.setVisible(self._panel.geometry().bottom() < self._foot.geometry().top() - 8)
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = Theme.current()
        with painting(self) as painter:
            box(painter, self.rect(), 0, "window")
            paint_shore(painter, QRectF(self.rect()))
            area = QRectF(self._panel.geometry())
            soft_shadow(painter, area, 14)
            box(painter, area, 14, "surface", "line")
            left = min(theme.px(LEFT), round(area.width() * 0.42))
            box(painter, QRectF(area.left() + left, area.top() + 1, 1, area.height() - 2), 0, "line")
        if not self._seen:
            self._seen = True
            self.first_painted.emit()
