"""Beside the form: somebody in the store who may be the person being taken in, and what can be done about it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Final
from uuid import UUID

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from desk_app.domain.records import FamilyFile
from desk_app.gui import icons
from desk_app.gui.painting import painting, text, tick
from desk_app.gui.theme import Theme
from desk_app.gui.widgets.buttons import Button
from desk_app.gui.widgets.cards import Card
from desk_app.gui.widgets.labels import ElidedLabel, Label
from desk_app.i18n import _, ngettext
from desk_app.presenters.duplicates import Doubt, DuplicatesPresenter
from desk_app.presenters.runner import Runner

PAUSE: Final = 300
"""Milliseconds after the last change before it is looked up (design sheet, section 4)."""
MOST_SHOWN: Final = 3

Compare = Callable[[UUID, UUID], None]
"""Shows two persons side by side."""


class ReasonLine(QWidget):
    """One thing that speaks for one person, with a tick, or against it, with a cross."""

    def __init__(self, words: str, speaks_for: bool, parent: QWidget) -> None:
        super().__init__(parent)
        self._words, self._for = words, speaks_for
        self.setAccessibleName(_("dafür: {reason}" if speaks_for else "dagegen: {reason}").format(reason=words))
        self.setToolTip(words)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def refit(self) -> None:
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        return QSize(0, Theme.current().px(20))

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = Theme.current()
        with painting(self) as painter:
            centre = QPointF(theme.px(7), self.height() / 2)
            if self._for:
                tick(painter, centre, theme.px(10), "text")
            else:
                icons.paint(painter, "x", centre, theme.px(13), "text2")
            area = QRectF(self.rect()).adjusted(theme.px(21), 0, 0, 0)
            text(painter, area, self._words, theme.font("small"), "text" if self._for else "text2")


class DoubtCard(Card):
    """Who it may be, why, and the ways on."""

    compare_asked = Signal()
    file_asked = Signal()
    apart_asked = Signal()

    def __init__(self, doubt: Doubt, can_compare: bool, parent: QWidget) -> None:
        super().__init__(tone="warn", parent=parent)
        self.doubt = doubt
        self.setAccessibleName(doubt.spoken)
        self.body.setContentsMargins(14, 11, 14, 13)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(ElidedLabel(doubt.name, "body", "text", strong=True))
        head.addStretch(1)
        file = Button(_("Akte {number}").format(number=doubt.file_number), "link", height="mini")
        file.setToolTip(_("Akte öffnen"))
        file.clicked.connect(self.file_asked)
        head.addWidget(file)
        self.body.addLayout(head)
        if doubt.about:
            self.body.addWidget(ElidedLabel(doubt.about, "small", "text2"))
        if doubt.whom:
            self.body.addWidget(ElidedLabel(_("wie hier: {name}").format(name=doubt.whom), "small", "text2"))
        self.body.addSpacing(5)
        for speaks_for, words in doubt.reasons:
            self.body.addWidget(ReasonLine(words, speaks_for, self))
        self.body.addSpacing(9)
        self.body.addLayout(self._buttons(can_compare))

    def _buttons(self, can_compare: bool) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        if can_compare:
            compare = Button(_("Vergleichen"), "secondary", height="compact")
            compare.clicked.connect(self.compare_asked)
            row.addWidget(compare)
        apart = Button(_("Andere Person"), "ghost" if can_compare else "secondary", height="compact")
        apart.setToolTip(_("Merkt sich, dass es zwei verschiedene Personen sind"))
        apart.clicked.connect(self.apart_asked)
        row.addWidget(apart)
        row.addStretch(1)
        return row


class _Head(QWidget):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.count = Label("", "body", "text3")
        row = QHBoxLayout(self)
        row.setContentsMargins(26, 0, 2, 0)
        row.addWidget(Label(_("Mögliche Dublette"), "section"), 1)
        row.addWidget(self.count)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def paintEvent(self, event: QPaintEvent) -> None:
        with painting(self) as painter:
            size = Theme.current().px(17)
            icons.paint(painter, "circle-alert", QPointF(size / 2, self.height() / 2), size, "warn")


class DuplicatesPanel(QWidget):
    """Follows the file a moment after typing stops; takes no room while there is nothing to say."""

    file_asked = Signal(object, object)
    """Household and person whose file is wanted."""
    announced = Signal(str)
    """What was just said to assistive technology."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._presenter: DuplicatesPresenter | None = None
        self._compare: Compare | None = None
        self._pending: FamilyFile | None = None
        self._shown: tuple[tuple[Doubt, ...], tuple[Doubt, ...]] = ((), ())
        self._pause = QTimer(self, singleShot=True, interval=PAUSE)
        self._pause.timeout.connect(self.look_now)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 12)
        self._column.setSpacing(9)
        self._head = _Head(self)
        self._column.addWidget(self._head)
        self._body: list[QWidget] = []
        self.setAccessibleName(_("Mögliche Dublette"))
        self.hide()

    def watch(self, runner: Runner) -> None:
        """Begin to look the persons of the file up."""
        self._presenter = DuplicatesPresenter(self, runner)

    def set_compare(self, compare: Compare) -> None:
        """Offer to show two persons side by side."""
        self._compare = compare

    def show_file(self, file: FamilyFile) -> None:
        """Follow ``file`` once typing pauses."""
        self._pending = file
        if self._presenter is not None:
            self._pause.start()

    def look_now(self) -> None:
        """Look up the persons of the newest file."""
        self._pause.stop()
        around = self.parentWidget()
        # of a page that nobody sees any more the desk may be closed; the panel itself is hidden while it has no doubts
        if self._presenter is not None and self._pending is not None and (around is None or around.isVisible()):
            self._presenter.follow(self._pending)

    def cards(self) -> list[DoubtCard]:
        return [widget for widget in self._body if isinstance(widget, DoubtCard)]

    def show_doubts(self, doubts: tuple[Doubt, ...], apart: tuple[Doubt, ...]) -> None:
        if (doubts, apart) == self._shown:
            return
        new = [doubt for doubt in doubts if doubt not in self._shown[0]]
        self._shown = (doubts, apart)
        before, there = self._body, {card.doubt: card for card in self.cards()}
        self._body = [
            *(there.get(doubt) or self._card(doubt) for doubt in doubts[:MOST_SHOWN]),
            *([self._more(len(doubts) - MOST_SHOWN)] if len(doubts) > MOST_SHOWN else []),
            *(self._told_apart(doubt) for doubt in apart),
        ]
        gone = [widget for widget in before if widget not in self._body]
        had_focus = any(widget.isAncestorOf(focus) for widget in gone if (focus := self._focus()) is not None)
        for widget in gone:
            self._column.removeWidget(widget)
            widget.hide()
            widget.deleteLater()
        for place, widget in enumerate(self._body, start=1):  # below the head
            if self._column.indexOf(widget) != place:
                self._column.insertWidget(place, widget)
            widget.show()
        self._head.count.setText(str(len(doubts)) if doubts else "")
        self.setVisible(bool(self._body))
        if had_focus:
            self._refocus()
        if new:
            self._announce(new[0].spoken)

    def _card(self, doubt: Doubt) -> DoubtCard:
        compare = self._compare
        card = DoubtCard(doubt, compare is not None, self)
        if compare is not None:
            card.compare_asked.connect(partial(compare, doubt.person, doubt.other))
        card.file_asked.connect(partial(self.file_asked.emit, doubt.household, doubt.other))
        assert self._presenter is not None
        card.apart_asked.connect(partial(self._presenter.dismiss, doubt))
        return card

    def _more(self, count: int) -> QWidget:
        words = ngettext("und noch eine Person", "und noch {n} Personen", count).format(n=count)
        return Label(words, "small", "text3", parent=self)

    def _told_apart(self, doubt: Doubt) -> QWidget:
        line = QWidget(self)
        row = QHBoxLayout(line)
        row.setContentsMargins(2, 0, 2, 0)
        words = _("{name} ist jemand anderes").format(name=doubt.name)
        row.addWidget(ElidedLabel(words, "small", "text3"), 1)
        back = Button(_("Zurücknehmen"), "link")
        back.setAccessibleName(_("Zurücknehmen: {words}").format(words=words))
        assert self._presenter is not None
        back.clicked.connect(partial(self._presenter.take_back, doubt))
        row.addWidget(back)
        return line

    def _focus(self) -> QWidget | None:
        return self.window().focusWidget()

    def _refocus(self) -> None:
        """What had the focus is gone: the next thing to press in the panel gets it."""
        button = next((button for widget in self._body for button in widget.findChildren(Button)), None)
        if button is not None:
            button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _announce(self, words: str) -> None:
        event = QAccessibleAnnouncementEvent(self, words)
        event.setPoliteness(QAccessible.AnnouncementPoliteness.Polite)
        QAccessible.updateAccessibility(event)
        self.announced.emit(words)
