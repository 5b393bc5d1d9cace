"""One offer beside the list: what to do with it, whether it fits and why, every fact, how old all that is."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QPointF, Qt, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QSizePolicy, QVBoxLayout, QWidget

from desk_app.domain.offers import ACTIVE, ENDED, PAUSED
from desk_app.gui import icons
from desk_app.gui.offers.fact_rows import FactRow, FitBox, UsesBlock
from desk_app.gui.painting import box, painting
from desk_app.gui.theme import Theme
from desk_app.gui.widgets.buttons import Button, IconButton
from desk_app.gui.widgets.cards import Card, Divider
from desk_app.gui.widgets.chips import Chip
from desk_app.gui.widgets.flow import FlowLayout
from desk_app.gui.widgets.labels import ElidedLabel, Label
from desk_app.gui.widgets.messages import Banner
from desk_app.gui.widgets.scroll import ScrollArea
from desk_app.i18n import _
from desk_app.presenters.offer_detail import Sheet

_SIDE = 20


class StandBanner(QWidget):
    """Of which day the offer is, amber once that is long ago; "Geprüft" says that somebody asked there today."""

    checked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._stale = False
        self.as_of = ElidedLabel("", "small", strong=True)
        self.words = ElidedLabel("", "small", "text2")
        self.button = Button(_("Geprüft"), "secondary", height="compact")
        self.button.setToolTip(_("Jemand hat heute dort nachgefragt, alles stimmt noch"))
        self.button.clicked.connect(self.checked)
        for label in (self.as_of, self.words):
            label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        texts = QVBoxLayout()
        texts.setSpacing(1)
        texts.addWidget(self.as_of)
        texts.addWidget(self.words)
        self._row = QHBoxLayout(self)
        self._row.addLayout(texts, 1)
        self._row.addWidget(self.button)
        self.refit()

    def refit(self) -> None:
        px = Theme.current().px
        self._row.setContentsMargins(px(41), px(8), px(10), px(8))

    def show_sheet(self, sheet: Sheet) -> None:
        self._stale = sheet.stale
        self.as_of.setText(sheet.as_of)
        by = _("geprüft von {name}").format(name=sheet.confirmed_by) if sheet.confirmed_by else ""
        second = " ".join(part for part in (sheet.call, sheet.phone if sheet.stale else by) if part)
        self.words.setText(second)
        self.words.setVisible(bool(second))
        self.setAccessibleName(f"{sheet.as_of} {second}".strip())
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = Theme.current()
        with painting(self) as painter:
            ground, line = ("warn_tint", "warn_line") if self._stale else ("inset", "line")
            box(painter, self.rect(), 10, ground, line)
            symbol, ink = ("clock-alert", "warn") if self._stale else ("circle-check", "text3")
            icons.paint(painter, symbol, QPointF(theme.px(21), self.height() / 2), theme.px(17), ink)


class OfferDetail(Card):
    """Shows one ``Sheet``; what is to be done with the offer is the page's."""

    refer_asked = Signal()
    edit_asked = Signal(str)
    """The field to begin with, "" for the first."""
    checked = Signal()
    status_asked = Signal(str)
    history_asked = Signal()
    propose_asked = Signal()
    remove_asked = Signal()
    accept_asked = Signal()
    decline_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(padded=False, parent=parent)
        self.sheet: Sheet | None = None
        self._refusal = ""
        self.setAccessibleName(_("Angebot"))
        self.title = Label("", "title", wrap=True)
        self.title.setMinimumWidth(1)
        self.subtitle = Label("", "small", "text2", wrap=True)
        self.status = Chip("", "warn")
        self.pencil = IconButton("pencil", _("Angebot bearbeiten"), "compact")
        self.more = IconButton("ellipsis", _("Mehr zu diesem Angebot"), "compact")
        self.menu = QMenu(self)
        self.refer = Button(_("Vermitteln"), "primary", "send", "V")
        self.accept = Button(_("Vorschlag annehmen"), "primary", "check")
        self.decline = Button(_("Ablehnen"), "secondary", "x")
        self._buttons = QWidget()
        self._flow = FlowLayout(self._buttons, gap=8)
        for button in (self.refer, self.accept, self.decline):
            self._flow.addWidget(button)
        self.stand = StandBanner()
        self._warning = Banner("", "warn")
        self._scroll = ScrollArea()
        self._content: QWidget | None = None
        self._fit: FitBox | None = None
        self._nothing = Label(_("Kein Angebot gewählt."), "small", "text3")
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._whole = QWidget()
        self._build()
        self._connect()
        self.show_sheet(None)

    def _build(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(4)
        head.addWidget(self.title, 1)
        head.addWidget(self.status, 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(self.pencil, 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(self.more, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self._whole)
        column.setContentsMargins(_SIDE, 16, _SIDE, 14)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self.subtitle)
        column.addSpacing(12)
        column.addWidget(self._buttons)
        column.addSpacing(12)
        column.addWidget(self._warning)
        column.addWidget(self._scroll, 1)
        column.addSpacing(10)
        column.addWidget(self.stand)
        self.body.addWidget(self._whole, 1)
        self.body.addWidget(self._nothing, 1)

    def _connect(self) -> None:
        self.refer.clicked.connect(self.refer_asked)
        self.pencil.clicked.connect(lambda _checked=False: self.edit_asked.emit(""))
        self.more.clicked.connect(self._open_menu)
        self.accept.clicked.connect(self.accept_asked)
        self.decline.clicked.connect(self.decline_asked)
        self.stand.checked.connect(self.checked)

    def set_refusal(self, reason: str) -> None:
        """Why the one at the desk may not change the directory; changes are proposed then."""
        self._refusal = reason
        for button in (self.accept, self.decline):
            button.setEnabled(not reason)
            button.setToolTip(reason)
        self.pencil.set_name(_("Änderung vorschlagen") if reason else _("Angebot bearbeiten"))

    def add_action(self, widget: QWidget) -> None:
        """Put one more button beside "Vermitteln": the place of what goes out on paper."""
        self._flow.addWidget(widget)

    def show_sheet(self, sheet: Sheet | None) -> None:
        """Show an offer, or none."""
        same = sheet is not None and self.sheet is not None and sheet.id == self.sheet.id
        self.sheet = sheet
        self._whole.setVisible(sheet is not None)
        self._nothing.setVisible(sheet is None)
        if sheet is None:
            return
        self.setAccessibleName(sheet.title)
        self.title.setText(sheet.title)
        self.subtitle.setText(sheet.subtitle)
        self.subtitle.setVisible(bool(sheet.subtitle))
        self.status.set_state(sheet.status_words, "warn" if sheet.is_proposal else "neutral")
        self.status.setVisible(bool(sheet.status_words))
        self.refer.setVisible(sheet.status == ACTIVE)
        for button in (self.accept, self.decline):
            button.setVisible(sheet.is_proposal)
        self.stand.show_sheet(sheet)
        alert = "" if sheet.fit else " ".join(sheet.remarks)
        self._warning.set_words(alert)
        self._warning.setVisible(bool(alert))
        self._fill(sheet, keep_place=same)

    def show_later(self, words: str) -> None:
        """When the verdict will be another one."""
        if words and self._fit is not None:
            self._fit.say_later(words)

    def _fill(self, sheet: Sheet, *, keep_place: bool) -> None:
        bar = self._scroll.verticalScrollBar()
        place = bar.value() if keep_place else 0
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 4, 0)
        column.setSpacing(0)
        self._fit = FitBox(sheet) if sheet.fit else None
        if self._fit is not None:
            column.addWidget(self._fit)
            column.addSpacing(10)
        for line in sheet.facts:
            row = FactRow(line)
            row.add_asked.connect(self.edit_asked)
            column.addWidget(row)
        if sheet.text:
            text = Label(sheet.text, "small", "text2", wrap=True)
            text.setMinimumWidth(1)
            self._section(column, _("Beschreibung"), text)
        if sheet.uses:
            self._section(column, _("Bisher vermittelt"), UsesBlock(sheet.uses))
        history = Button(_("Verlauf der Änderungen"), "link", "history", height="compact")
        history.clicked.connect(self.history_asked)
        column.addSpacing(12)
        column.addWidget(history)
        column.addStretch(1)
        if self._content is not None:
            self._scroll.column.removeWidget(self._content)
            self._content.hide()
            self._content.deleteLater()
        self._content = content
        self._scroll.column.addWidget(content)
        content.show()
        self._scroll.column.activate()
        bar.setValue(place)

    @staticmethod
    def _section(column: QVBoxLayout, title: str, widget: QWidget) -> None:
        column.addSpacing(10)
        column.addWidget(Divider(0, 0))
        column.addSpacing(12)
        column.addWidget(Label(title, "small", strong=True))
        column.addSpacing(6)
        column.addWidget(widget)

    def _open_menu(self) -> None:
        sheet = self.sheet
        if sheet is None:
            return
        self.menu.clear()
        self.menu.addAction(_("Stimmt noch"), self.checked.emit)
        self.menu.addAction(_("Verlauf der Änderungen …"), self.history_asked.emit)
        self.menu.addAction(_("Änderung vorschlagen …"), self.propose_asked.emit)
        self.menu.addSeparator()
        changes = []
        for status, words in ((PAUSED, _("Macht Pause")), (ENDED, _("Ist beendet")),
                              (ACTIVE, _("Findet wieder statt"))):  # fmt: skip
            if status != sheet.status and not sheet.is_proposal:
                changes.append(self.menu.addAction(words, partial(self.status_asked.emit, status)))
        changes.append(self.menu.addAction(_("Herausnehmen"), self.remove_asked.emit))
        for action in changes:
            action.setEnabled(not self._refusal)
            action.setToolTip(self._refusal)
        self.menu.popup(self.more.mapToGlobal(self.more.rect().bottomLeft()))
