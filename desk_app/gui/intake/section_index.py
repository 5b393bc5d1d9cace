"""The index at the left of the intake: how far the whole is, the eight sections with their signs, the keys."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from desk_app.domain.fields import SECTION_TITLES, Section
from desk_app.gui import icons
from desk_app.gui.painting import CENTRE_RIGHT, box, painting, pill, text, width_of
from desk_app.gui.theme import Theme
from desk_app.gui.widgets.cards import Divider
from desk_app.gui.widgets.labels import Label
from desk_app.gui.widgets.signs import ProgressLine, paint_section_sign, section_words
from desk_app.i18n import N_, _
from desk_app.presenters.intake_overview import Overview

_INSET = 8
_SHORT = {Section.LANGUAGES: N_("Sprachen")}
"""Where the whole name lacks room; it stays the accessible name."""


class IndexRow(QAbstractButton):
    """One section: its sign, its name, and how much is there while something is missing."""

    moved = Signal(int)

    def __init__(self, section: Section, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.section = section
        self._counts = (0, 0, 0)
        self._current = False
        self.setText(_(SECTION_TITLES[section]))
        self.setProperty("ring_inside", True)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._describe()

    def show_state(self, done: int, total: int, faulty: int, current: bool) -> None:
        if (self._counts, self._current) != ((done, total, faulty), current):
            self._counts, self._current = (done, total, faulty), current
            self._describe()
            self.update()

    @property
    def count_words(self) -> str:
        """ "5/6" while something is missing or wrong, else nothing."""
        done, total, faulty = self._counts
        return f"{done}/{total}" if total and (faulty or 0 < done < total) else ""

    def _describe(self) -> None:
        words = [self.text(), section_words(*self._counts), _("aktueller Abschnitt") if self._current else ""]
        self.setAccessibleName(", ".join(part for part in words if part))
        # one tab stop for the whole index, arrows inside
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if self._current else Qt.FocusPolicy.ClickFocus)

    def refit(self) -> None:
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        return QSize(0, Theme.current().px(36))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier == Qt.KeyboardModifier.NoModifier
        if plain and event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.moved.emit(1 if event.key() == Qt.Key.Key_Down else -1)
        elif plain and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = Theme.current()
        done, total, faulty = self._counts
        with painting(self) as painter:
            area = QRectF(self.rect()).adjusted(0, 1, 0, -1)
            if self._current:
                box(painter, area, 7, "selected")
                pill(painter, area)
            elif self.underMouse():
                box(painter, area, 7, "hover")
            size, middle = theme.px(16), self.height() / 2
            paint_section_sign(painter, QPointF(_INSET + size / 2, middle), size, done, total, faulty)
            caption = theme.font("caption", strong=bool(faulty))
            right = self.width() - _INSET
            ink = "bad" if faulty else "text3"
            text(painter, QRectF(0, 0, right, self.height()), self.count_words, caption, ink, CENTRE_RIGHT)
            used = width_of(self.count_words, caption)
            left = _INSET + size + theme.px(8)
            room = QRectF(left, 0, right - left - (used + 4 if used else 0), self.height())
            font = theme.font("body", strong=self._current)
            words = self.text()
            if width_of(words, font) > room.width():
                words = _(_SHORT.get(self.section, words))
            text(painter, room, words, font, "accent_text" if self._current else "text")


class KeyHint(QLabel):
    """A small line with a sign: a key that works here, or a promise."""

    def __init__(self, symbol: str, words: str, parent: QWidget | None = None) -> None:
        super().__init__(words, parent)
        self._symbol = symbol
        self.setTextFormat(Qt.TextFormat.PlainText)

    def refit(self) -> None:
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        return QSize(0, Theme.current().px(22))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = Theme.current()
        size = theme.px(14)
        with painting(self) as painter:
            icons.paint(painter, self._symbol, QPointF(_INSET + size / 2, self.height() / 2), size, "text3")
            room = QRectF(self.rect()).adjusted(_INSET + size + 8, 0, 0, 0)
            text(painter, room, self.text(), theme.font("caption"), "text3")


class SectionIndex(QWidget):
    """Click or Eingabe jumps; the arrows move between the rows."""

    jumped = Signal(object)
    """The `Section` to go to."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(_("Abschnitte"))
        self._current = Section.FAMILY
        self._count = Label("", "small", strong=True)
        self._count_rest = Label("", "small", "text2")
        self._line = ProgressLine()
        self._line.setAccessibleName(_("Fortschritt der Aufnahme"))
        self.rows = {section: IndexRow(section, self) for section in Section}
        for row in self.rows.values():
            row.clicked.connect(lambda _on=False, section=row.section: self.jumped.emit(section))
            row.moved.connect(lambda step, section=row.section: self._move(section, step))
        self._build()

    def _build(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(4)
        head.addWidget(self._count)
        head.addWidget(self._count_rest)
        head.addStretch()
        top = QVBoxLayout()
        top.setContentsMargins(_INSET, 0, _INSET, 0)
        top.setSpacing(6)
        top.addLayout(head)
        top.addWidget(self._line)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 5, 2, 16)
        column.setSpacing(0)
        column.addLayout(top)
        column.addSpacing(16)
        for row in self.rows.values():
            column.addWidget(row)
        column.addSpacing(16)
        column.addWidget(Divider(_INSET, _INSET))
        column.addSpacing(10)
        column.addWidget(KeyHint("keyboard", _("Strg+↓ nächster Abschnitt")))
        column.addWidget(KeyHint("circle-check", _("Sichert nach jeder Eingabe")))
        column.addStretch()
        self.refit()

    def refit(self) -> None:
        self.setFixedWidth(Theme.current().size("index"))

    def show_overview(self, overview: Overview, faulty: Mapping[Section, int], current: Section) -> None:
        progress = overview.progress
        self._count.setText(_("{done} von {total}").format(done=progress.done, total=progress.total))
        self._count_rest.setText(_("Angaben"))
        self._line.setRange(0, max(progress.total, 1))
        self._line.setValue(progress.done)
        self._current = current
        for section, row in self.rows.items():
            counts = overview.sections[section]
            row.show_state(counts.done, counts.total, faulty.get(section, 0), section is current)

    def focus(self) -> None:
        """Put the focus on the current row."""
        self.rows[self._current].setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _move(self, section: Section, step: int) -> None:
        order = list(self.rows)
        place = min(max(order.index(section) + step, 0), len(order) - 1)
        self.rows[order[place]].setFocus(Qt.FocusReason.OtherFocusReason)
