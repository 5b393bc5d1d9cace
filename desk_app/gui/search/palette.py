"""Strg+K: one box for everybody and everything, and the first step of an intake."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from PySide6.QtCore import QPointF, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QKeyEvent,
    QMouseEvent,
    QPaintEvent,
    QRegion,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from desk_app.domain.clock import Clock
from desk_app.gui import fonts, icons
from desk_app.gui.actions import COMMANDS, shown_keys
from desk_app.gui.painting import CENTRE_RIGHT, box, hairline, painting, text, width_of
from desk_app.gui.search.result_list import ResultList
from desk_app.gui.theme import Theme
from desk_app.gui.widgets.buttons import caps_width, paint_caps
from desk_app.gui.widgets.labels import Label
from desk_app.gui.widgets.line_edit import LineEdit, direction_of
from desk_app.gui.widgets.overlays import SHADOW, Scrim
from desk_app.i18n import _
from desk_app.presenters.runner import Runner
from desk_app.presenters.search import COMMANDS_ONLY, Mode, SearchPresenter
from desk_app.presenters.search_lines import Group, Line, Offer, What

WIDTH, FROM_TOP = 680, 0.10
SOON, PAUSE = 60, 150
"""Milliseconds: a letter waits so long for its hits before the old ones are shown with it; then typing rests."""
NOT_OFFERED = frozenset({"search", "back", "next_region", "previous_region", "primary"})
"""Commands that mean nothing once the box is open."""

_CTRL = Qt.KeyboardModifier.ControlModifier
_PAGE = 5
_CORNER = 14


def offers() -> list[Offer]:
    """The commands of the window that the box offers."""
    known = [command for command in COMMANDS if command.id not in NOT_OFFERED]
    return [Offer(command.id, _(command.title), shown_keys(command.keys)) for command in known]


class PaletteLine(LineEdit):
    """The line of the box: keys that mean the list go there, all others are text."""

    def __init__(self, keys: Callable[[QKeyEvent], bool], tab: Callable[[], None]) -> None:
        self._keys, self._tab = keys, tab
        self._chip = ""
        super().__init__()
        self.setProperty("bare", True)

    def refit(self) -> None:
        self._set_font()
        theme = Theme.current()
        self.setFixedHeight(theme.px(50))
        right = theme.px(16) + caps_width(_("Esc")) + self._chip_width() + theme.px(18)
        self.setTextMargins(theme.px(52), 0, round(right), 0)

    def set_chip(self, words: str) -> None:
        """Say quietly at the right what is searched."""
        if words != self._chip:
            self._chip = words
            self.refit()
            self.update()

    def _chip_width(self) -> float:
        return width_of(self._chip, Theme.current().font("small")) + Theme.current().px(14)

    def _set_font(self) -> None:
        font = fonts.ui_font(Theme.current().px(18), 400)
        arabic = direction_of(self.text()) == Qt.LayoutDirection.RightToLeft
        self.setFont(fonts.arabic_first(font) if arabic else font)

    def turn_to_text(self) -> None:
        """The text turns by its own letters; signs and margins stay where they are."""
        self._set_font()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._keys(event):
            super().keyPressEvent(event)

    def focusNextPrevChild(self, forward: bool) -> bool:
        self._tab()
        return True

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)  # which the style sheet takes away

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = Theme.current()
        with painting(self) as painter:
            painter.fillRect(event.rect(), theme.colour("raised"))
        super().paintEvent(event)
        middle = self.height() / 2
        with painting(self) as painter:
            icons.paint(painter, "search", QPointF(theme.px(30), middle), theme.px(20), "text2")
            right = paint_caps(painter, self.width() - theme.px(16), middle, _("Esc")) - theme.px(12)
            if self._chip:
                width = self._chip_width()
                area = QRectF(right - width, middle - theme.px(11), width, theme.px(22))
                box(painter, area, theme.px(11), None, "line_strong")
                text(painter, area, self._chip, theme.font("small"), "text2", Qt.AlignmentFlag.AlignCenter)


class PaletteFoot(QWidget):
    """Which keys help, and that nothing leaves this computer."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._words = ""
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.refit()

    def refit(self) -> None:
        self.setFixedHeight(Theme.current().px(41))

    def set_words(self, words: str) -> None:
        if words == self._words:
            return
        self._words = words
        self.setAccessibleName(f"{words}. {_('sucht nur auf diesem PC')}")
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = Theme.current()
        font = theme.font("caption")
        with painting(self) as painter:
            painter.fillRect(event.rect(), theme.colour("raised"))
            hairline(painter, 0, self.width(), 0)
            area = QRectF(self.rect()).adjusted(theme.px(24), 1, -theme.px(21), 0)
            here = _("sucht nur auf diesem PC")
            text(painter, area, here, font, "text2", CENTRE_RIGHT)
            right = area.right() - width_of(here, font) - theme.px(20)
            icons.paint(painter, "hard-drive", QPointF(right, area.center().y()), theme.px(14), "text2")
            area.setRight(right - theme.px(16))
            text(painter, area, self._words, font, "text2")


class PalettePanel(QWidget):
    """Hides what is below it but for the round corners: else each letter typed would paint the page again."""

    def __init__(self, scrim: QWidget) -> None:
        super().__init__(scrim)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        inner = self.rect().adjusted(1, 1, -1, -1)
        across, along = inner.adjusted(_CORNER, 0, -_CORNER, 0), inner.adjusted(0, _CORNER, 0, -_CORNER)
        self.setMask(QRegion(across).united(QRegion(along)))

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = Theme.current()
        with painting(self) as painter:
            painter.fillRect(event.rect(), theme.colour("raised"))
            hairline(painter, 0, self.width(), theme.px(50) + 8)


class Palette(Scrim):
    """Stays with its text when it is closed by a click beside it; empty after something was chosen."""

    chosen = Signal(object)
    """The ``Line`` to act on; the box is closed by then."""

    def __init__(self, window: QWidget, runner: Runner, clock: Clock) -> None:
        super().__init__(window, width=WIDTH, from_top=FROM_TOP)
        self.presenter = SearchPresenter(self, runner, clock, offers())
        self.panel.setAccessibleName(_("Suchen oder Befehl"))
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(0)
        self.line = PaletteLine(self._key, self.presenter.to_actions)
        self.line.textChanged.connect(self._typed)
        self.notice = Label("", "small", "text2", wrap=True)
        self.notice.setContentsMargins(24, 10, 24, 4)
        self.notice.hide()
        self.list = ResultList()
        self.list.pressed_line.connect(self._pressed)
        self.foot = PaletteFoot(self.panel)
        upper = QVBoxLayout()
        upper.setContentsMargins(4, 4, 4, 4)
        upper.addWidget(self.line)
        around = QVBoxLayout()
        around.setContentsMargins(8, 6, 8, 8)
        around.addWidget(self.list)
        self.body.addLayout(upper)
        self.body.addWidget(self.notice)
        self.body.addLayout(around, 1)
        self.body.addWidget(self.foot)
        self._said = ""
        self._late = QTimer(self, singleShot=True, interval=SOON)
        self._late.timeout.connect(lambda: self.presenter.show_typed())
        self._pause = QTimer(self, singleShot=True, interval=PAUSE)
        self._pause.timeout.connect(lambda: self._rest())
        self._typing = False
        self.met: tuple[UUID, ...] = ()
        """The families among the hits when one of the lines was chosen."""

    def _make_panel(self) -> QWidget:
        return PalettePanel(self)

    def show_in(self, mode: Mode) -> None:
        """Open in a mode, or change to it; what stands in the box stays and is marked, so that typing replaces it."""
        words = {Mode.SEARCH: _("Name, Geburtsdatum, Telefon, Aktenzeichen oder Befehl"),
                 Mode.INTAKE: _("Wen möchten Sie aufnehmen? Name, Geburtsdatum, Telefon …")}[mode]  # fmt: skip
        self.line.setPlaceholderText(words)
        self.line.setAccessibleName(words)
        was_open = not self.isHidden()
        self.presenter.open(mode)
        self._show_mode()
        if not was_open:
            self.open(self.line)
            self.line.selectAll()

    # --- what the presenter shows

    def show_groups(self, groups: tuple[Group, ...], chosen: int, notice: str) -> None:
        self._late.stop()
        news = self.list.show_groups(groups, chosen)
        self._tell(notice, "text2")
        if news or self.notice.text() != notice:
            self.refit()
        self._announce(notice)

    def show_failed(self, message: str) -> None:
        self._typing = False
        self._tell(message, "bad")
        self.refit()

    def await_hits(self) -> None:
        self._typing = True
        self._pause.stop()
        if not self._late.isActive():
            self._late.start()

    def await_pause(self) -> None:
        self._pause.start()

    def _rest(self) -> None:
        self._typing = False
        if not self.isHidden():
            self.refit()
            self.presenter.count_open()

    def go(self, line: Line) -> None:
        hits = (other.household for other in self.list.lines() if other.what in (What.FAMILY, What.PERSON))
        self.met = tuple(household for household in hits if household is not None)
        self.close_dialog()
        self.line.clear()
        self.chosen.emit(line)

    def _tell(self, words: str, colour: str) -> None:
        self.notice.set_look("small", colour)
        self.notice.setText(words)
        self.notice.setVisible(bool(words))

    def _announce(self, notice: str) -> None:
        """Tell assistive technology which line Eingabe would take: the cursor never leaves the box."""
        line = self.list.chosen_line()
        words = ". ".join(part for part in (notice, line.spoken if line is not None else "") if part)
        if words and words != self._said and not self.isHidden():
            self._said = words
            event = QAccessibleAnnouncementEvent(self.line, words)
            event.setPoliteness(QAccessible.AnnouncementPoliteness.Polite)
            QAccessible.updateAccessibility(event)

    # --- keys and mouse

    def _typed(self, words: str) -> None:
        self.presenter.type(words)
        self._show_mode()

    def _show_mode(self) -> None:
        taking_in = self.presenter.mode is Mode.INTAKE
        commands = not taking_in and self.line.text().startswith(COMMANDS_ONLY)
        chip = _("Neue Aufnahme") if taking_in else _("nur Befehle") if commands else _("in allem")
        self.line.set_chip(chip)
        keys = (_("↑ ↓ wählen"), _("Eingabe öffnen"), _("Strg+Eingabe neu anlegen")) if taking_in else (
            _("↑ ↓ wählen"), _("Tab Aktionen"), _("> nur Befehle"))  # fmt: skip
        self.foot.set_words("     ".join(keys))

    def _key(self, event: QKeyEvent) -> bool:
        """Whether a key means the list rather than the text."""
        plain = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier == Qt.KeyboardModifier.NoModifier
        control = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier == _CTRL
        key = Qt.Key(event.key())
        deeds: dict[Qt.Key, Callable[[], None]] = {}
        if plain:
            deeds = {
                Qt.Key.Key_Down: lambda: self.presenter.move(1),
                Qt.Key.Key_Up: lambda: self.presenter.move(-1),
                Qt.Key.Key_PageDown: lambda: self.presenter.move(_PAGE),
                Qt.Key.Key_PageUp: lambda: self.presenter.move(-_PAGE),
                Qt.Key.Key_Return: self.presenter.enter,
                Qt.Key.Key_Enter: self.presenter.enter,
                Qt.Key.Key_Escape: self._escape,
            }
        elif control:
            deeds = {
                Qt.Key.Key_N: self._new_intake,
                Qt.Key.Key_K: lambda: self.show_in(Mode.SEARCH),
                Qt.Key.Key_Return: self._new_intake,
                Qt.Key.Key_Enter: self._new_intake,
            }
        deed = deeds.get(key)
        if deed is not None:
            deed()
        return deed is not None

    def _escape(self) -> None:
        if self.line.text():
            self.line.clear()
        else:
            self.dismiss()

    def _new_intake(self) -> None:
        """Begin with what was typed; without a word yet, look first whether the family is known."""
        if self.presenter.mode is Mode.INTAKE or self.line.text().strip():
            self.presenter.begin()
        else:
            self.show_in(Mode.INTAKE)

    def _pressed(self, line: object) -> None:
        if isinstance(line, Line):
            self.go(line)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if not self.panel.geometry().contains(event.position().toPoint()):
            self.dismiss()
        event.accept()

    # --- room

    def _fit(self) -> None:
        """The list takes what is below the box and scrolls beyond. While somebody types it only grows."""
        window = self.parentWidget()
        assert window is not None
        room = round(window.height() * (1 - FROM_TOP)) - 16
        beside = (
            self.line.height()
            + self.foot.height()
            + 24
            + (self.notice.sizeHint().height() if self.notice.text() else 0)
        )
        wanted = max(self.list.content_height(), self.list.height() if self._typing else 0)
        self.list.setFixedHeight(max(min(wanted, room - beside), 0))
        before = self.panel.geometry()
        super()._fit()
        if self.panel.geometry() != before:
            # the shadow goes with the lower edge
            now = self.panel.geometry()
            upper, lower = sorted((before.bottom(), now.bottom()))
            self.update(now.left() - SHADOW, upper - _CORNER, now.width() + 2 * SHADOW, lower - upper + 2 * SHADOW)
