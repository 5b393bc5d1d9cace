"""The panel beside the form: what the requests still lack, child by child, and the way to each question."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Protocol

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QFontMetricsF, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from desk_app.domain.completeness import Question
from desk_app.domain.fields import Section
from desk_app.domain.records import FamilyFile
from desk_app.gui import icons
from desk_app.gui.cover import covered
from desk_app.gui.intake.duplicates_panel import DuplicatesPanel
from desk_app.gui.painting import dashed_ring, painting, solid_tick, text, width_of
from desk_app.gui.theme import Theme
from desk_app.gui.widgets.cards import Card, Divider, PressRow
from desk_app.gui.widgets.labels import Label
from desk_app.i18n import N_, _, ngettext
from desk_app.presenters.missing import MissingGroup, all_there, announcement, missing_groups
from desk_app.presenters.schooling import children_of

SHORT_TITLES = {
    Section.FAMILY: N_("Familie"),
    Section.PERSONS: N_("Personen"),
    Section.ARRIVAL: N_("Ankunft"),
    Section.LANGUAGES: N_("Sprachen"),
    Section.SCHOOL: N_("Schule"),
    Section.DOCUMENTS: N_("Unterlagen"),
    Section.CONSENTS: N_("Einwilligung"),
    Section.NOTE: N_("Notiz"),
}
"""The sections as they fit beside a question."""

_WRAPPED = Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextWordWrap

PAUSE = 300
"""Milliseconds after the last change before the panel follows (design sheet, section 4)."""


class QuestionRow(PressRow):
    """One open question: sign, what, in which section, and why below it."""

    def __init__(self, question: Question, parent: QWidget | None = None) -> None:
        super().__init__("", "compact", parent)
        self.question = question
        self._section = _(SHORT_TITLES[question.section])
        weight = _("nötig") if question.blocking else _("sollte noch")
        said = (question.label, weight, self._section, question.reason)
        self.setAccessibleName(", ".join(part for part in said if part))
        self.setToolTip(question.reason)

    def sizeHint(self) -> QSize:
        theme = Theme.current()
        if not self.question.reason:
            return QSize(0, theme.px(30))
        width = self.width() if self.width() > theme.px(120) else theme.px(270)
        room = QRectF(0, 0, width - 13 - theme.px(24) - 10, 1000)
        lines = QFontMetricsF(theme.font("caption")).boundingRect(room, int(_WRAPPED), self.question.reason)
        return QSize(0, theme.px(26) + round(lines.height()) + 4)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, question = Theme.current(), self.question
        small = theme.font("small")
        line = theme.px(30)
        with painting(self) as painter:
            self.paint_ground(painter)
            side = theme.px(16)
            sign = "warn" if question.blocking else "text3"
            dashed_ring(painter, QPointF(13 + side / 2, line / 2), side, sign)
            right = self.width() - 10.0
            icons.paint(painter, "chevron-right", QPointF(right - side / 2, line / 2), side, "text2")
            right -= side + 4
            left = 13 + side + 8
            wide = width_of(self._section, small) + 1
            used = width_of(question.label, theme.font("body"))
            if left + used + 8 + wide <= right:
                area = QRectF(right - wide, 0, wide, line)
                text(painter, area, self._section, small, "text3")
                right -= wide + 8
            ink = "text" if question.blocking else "text2"
            text(painter, QRectF(left, 0, right - left, line), question.label, theme.font("body"), ink)
            if question.reason:
                painter.setFont(theme.font("caption"))
                painter.setPen(theme.colour("text3"))
                rest = QRectF(left, theme.px(26), self.width() - left - 10, self.height() - theme.px(26))
                painter.drawText(rest, int(_WRAPPED), covered(question.reason))


class MoreRow(PressRow):
    """What would help but does not hold anything up, folded behind one quiet line."""

    def __init__(self, count: int, is_open: bool, parent: QWidget | None = None) -> None:
        self._words = ngettext("{n} Angabe sollte noch dazu", "{n} Angaben sollten noch dazu", count).format(n=count)
        self._open = is_open
        state = _("ausgeklappt") if is_open else _("eingeklappt")
        super().__init__(f"{self._words}, {state}", "compact", parent)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = Theme.current()
        with painting(self) as painter:
            self.paint_ground(painter)
            side = theme.px(16)
            symbol = "chevron-down" if self._open else "chevron-right"
            icons.paint(painter, symbol, QPointF(13 + side / 2, self.height() / 2), side, "text3")
            left = 13 + side + 8
            area = QRectF(left, 0, self.width() - left - 8, self.height())
            text(painter, area, self._words, theme.font("small"), "text3")


class PanelHead(QWidget):
    """Sign, title and count of a block, outside of its card."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.count = Label("", "body", "text3")
        row = QHBoxLayout(self)
        row.setContentsMargins(26, 0, 2, 0)
        row.addWidget(Label(_("Fehlt für die Schulplatzanfrage"), "section"), 1)
        row.addWidget(self.count)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def paintEvent(self, event: QPaintEvent) -> None:
        with painting(self) as painter:
            size = Theme.current().px(17)
            icons.paint(painter, "list-checks", QPointF(size / 2, self.height() / 2), size, "accent_text")


class GroupHead(QWidget):
    """The name of a child and how much it still lacks."""

    def __init__(self, group: MissingGroup, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._group = group
        self.setAccessibleName(f"{group.title}, {_said(group)}")
        self.refit()

    def refit(self) -> None:
        self.setFixedHeight(Theme.current().px(32))

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = Theme.current()
        with painting(self) as painter:
            said = _said(self._group)
            room = self.width() - 28 - width_of(said, theme.font("small"))
            area = QRectF(13, 4, room, self.height() - 4)
            used = text(painter, area, self._group.title, theme.font("small", strong=True), "text")
            rest = QRectF(13 + used + 8, 4, self.width() - used - 21, self.height() - 4)
            text(painter, rest, said, theme.font("small"), "text3")


def _said(group: MissingGroup) -> str:
    if group.blocking:
        return _("noch {n}").format(n=len(group.blocking))
    return _("kann gesendet werden")


class EmptyLine(QWidget):
    """Nothing is missing, said in one line."""

    def __init__(self, words: str, done: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words, self._done = words, done
        self.setAccessibleName(words)
        self.refit()

    def refit(self) -> None:
        self.setFixedHeight(Theme.current().size("cardHead"))

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = Theme.current()
        with painting(self) as painter:
            left = 13.0
            if self._done:
                solid_tick(painter, QPointF(21, self.height() / 2), theme.px(16), "ok")
                left += theme.px(24)
            ink = "text" if self._done else "text3"
            area = QRectF(left, 0, self.width() - left - 8, self.height())
            text(painter, area, self._words, theme.font("body"), ink)


class Follower(Protocol):
    """Shows something about the file as it is being typed."""

    def show_file(self, file: FamilyFile) -> None: ...


class AssistancePanel(QWidget):
    """Follows the file a moment after typing stops, never moves the focus, and says politely what changed."""

    jump = Signal(object)
    """The question somebody wants to answer."""
    announced = Signal(str)
    """What was just said to assistive technology."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pending: tuple[FamilyFile, date] | None = None
        self._groups: tuple[MissingGroup, ...] | None = None
        self._done = ""
        self._said = ""
        self._opened: set[str] = set()
        self._pause = QTimer(self, singleShot=True, interval=PAUSE)
        self._pause.timeout.connect(self.update_now)
        self.duplicates = DuplicatesPanel(self)
        self._followers: list[Follower] = []
        self.head = PanelHead(self)
        self.card = Card(padded=False, parent=self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(9)
        column.addWidget(self.duplicates)
        column.addWidget(self.head)
        column.addWidget(self.card)
        column.addStretch(1)
        self.setAccessibleName(_("Fehlt für die Schulplatzanfrage"))

    def add_block(self, block: QWidget, follower: Follower) -> None:
        """Put one more block below what is missing; it follows the file as well."""
        column = self.layout()
        assert isinstance(column, QVBoxLayout)
        column.insertWidget(column.count() - 1, block)  # before the stretch at the end
        self._followers.append(follower)
        if self._pending is not None:
            follower.show_file(self._pending[0])

    def show_file(self, file: FamilyFile, today: date) -> None:
        """Follow `file` once typing pauses; the first one is shown at once."""
        self.duplicates.show_file(file)
        for follower in self._followers:
            follower.show_file(file)
        self._pending = (file, today)
        if self._groups is None:
            self.update_now()
        else:
            self._pause.start()

    def update_now(self) -> None:
        """Show what is missing in the newest file."""
        self._pause.stop()
        if self._pending is None:
            return
        file, today = self._pending
        children = children_of(file, today)
        groups = missing_groups(children)
        done = all_there(children)
        if (groups, done) != (self._groups, self._done):
            first, self._groups, self._done = self._groups is None, groups, done
            self._fill(groups, any_child=bool(file.children))
            if not first:
                self._announce(announcement(groups, children))

    def rows(self) -> list[QuestionRow]:
        """The open questions as shown."""
        return [row for row in self.card.findChildren(QuestionRow) if not row.isHidden()]

    def empty_words(self) -> str:
        """The one line shown while nothing is missing."""
        lines = [line for line in self.card.findChildren(EmptyLine) if not line.isHidden()]
        return lines[0].accessibleName() if lines else ""

    def _fill(self, groups: tuple[MissingGroup, ...], *, any_child: bool) -> None:
        focused = next((row.question for row in self.rows() if row.hasFocus()), None)
        while (item := self.card.body.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        count = sum(len(group.blocking) for group in groups)
        self.head.count.setText(str(count) if count else "")
        for place, group in enumerate(groups):
            if place:
                self.card.body.addSpacing(6)
                self._put(Divider(0, 0, self.card))
            self._add_group(group)
        if not groups:
            empty = _("Sobald ein Kind eingetragen ist")
            self._put(EmptyLine(self._done if any_child else empty, any_child, self.card))
        self.card.body.addSpacing(6 if groups else 0)
        self._keep_focus(focused)

    def _put(self, widget: QWidget) -> None:
        """Add to the card and show at once: a layout shows it only later, and then it could not take the focus."""
        self.card.body.addWidget(widget)
        widget.show()

    def _add_group(self, group: MissingGroup) -> None:
        is_open = group.title in self._opened
        self._put(GroupHead(group, self.card))
        for question in (*group.blocking, *(group.useful if is_open else ())):
            row = QuestionRow(question, self.card)
            row.clicked.connect(partial(self.jump.emit, question))
            self._put(row)
        if group.useful:
            more = MoreRow(len(group.useful), is_open, self.card)
            more.clicked.connect(partial(self._fold, group.title))
            more.setObjectName(group.title)
            self._put(more)

    def _fold(self, title: str) -> None:
        """Open or close what would help in one group; the line keeps the focus."""
        self._opened ^= {title}
        self._fill(self._groups or (), any_child=True)
        line = next((row for row in self.card.findChildren(MoreRow, title) if not row.isHidden()), None)
        if line is not None:
            line.setFocus(Qt.FocusReason.OtherFocusReason)

    def _keep_focus(self, question: Question | None) -> None:
        """A row that had the focus gives it to the same question, else to the row now in its place."""
        if question is None:
            return
        rows = self.rows()
        same = [row for row in rows if (row.question.key, row.question.person) == (question.key, question.person)]
        target: QWidget | None = next(iter(same or rows), None)
        if target is not None:
            target.setFocus(Qt.FocusReason.OtherFocusReason)

    def _announce(self, words: str) -> None:
        if words == self._said:
            return
        self._said = words
        event = QAccessibleAnnouncementEvent(self, words)
        event.setPoliteness(QAccessible.AnnouncementPoliteness.Polite)
        QAccessible.updateAccessibility(event)
        self.announced.emit(words)
