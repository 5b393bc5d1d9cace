"""The tab "Sicherung": where backups go, what was proven, what is kept, and how one is brought back."""

from __future__ import annotations

from PySide6.QtCore import QPointF, Qt, Signal
from PySide6.QtGui import QPaintEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from desk_app.domain.lists import Column, Kind
from desk_app.gui import icons
from desk_app.gui.painting import painting
from desk_app.gui.row_table import Cell, RowTable
from desk_app.gui.row_view import RowView
from desk_app.gui.store_watch import StoreWatch
from desk_app.gui.theme import Theme
from desk_app.gui.widgets.buttons import Button
from desk_app.gui.widgets.cards import Card, Divider
from desk_app.gui.widgets.labels import ElidedLabel, Label
from desk_app.gui.widgets.messages import Banner
from desk_app.gui.widgets.scroll import ScrollArea
from desk_app.i18n import N_, _
from desk_app.presenters.backups import BackupsPresenter, Fact, Page, Row

_COLUMNS = (
    Column("when", N_("Gesichert"), Kind.STRONG, 18),
    Column("place", N_("Ort"), width=13),
    Column("size", N_("Größe"), width=8),
    Column("remark", N_("Geprüft"), width=26),
)
_SIDE = 500
"""Width of the cards beside the list at 100 %; with less than twice that they stand above it."""


class FactRow(QWidget):
    """A sign, what it is about, and how that stands."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._symbol, self._tone = "history", "text2"
        self.title = Label("", "small", "text2")
        self.words = Label("", "body", "text", wrap=True)
        column = QVBoxLayout(self)
        column.setSpacing(0)
        column.addWidget(self.title)
        column.addWidget(self.words)
        self.refit()

    def show_fact(self, fact: Fact) -> None:
        self._symbol, self._tone = fact.symbol, fact.tone
        self.title.setText(fact.title)
        self.title.setVisible(bool(fact.title))
        self.words.setText(fact.words)
        self.words.set_look("body", fact.tone if fact.tone in ("warn", "bad") else "text")
        self.setAccessibleName(": ".join(part for part in (fact.title, fact.words) if part))
        self.update()

    def refit(self) -> None:
        layout = self.layout()
        if layout is not None:
            layout.setContentsMargins(Theme.current().px(28), 6, 0, 6)

    def paintEvent(self, event: QPaintEvent) -> None:
        size = Theme.current().px(16)
        with painting(self) as painter:
            icons.paint(painter, self._symbol, QPointF(size / 2 + 1, 6 + Theme.current().px(10)), size, self._tone)


class _PlaceRow(QWidget):
    """One of the two places: its name, its folder, how it stands, and what can be done about it."""

    def __init__(self, *buttons: Button) -> None:
        super().__init__()
        self.name = Label("", "body", "text", strong=True)
        self.folder = ElidedLabel("", "small", "text3")
        self.state = FactRow()
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.name)
        head.addStretch(1)
        for button in buttons:
            head.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 6)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self.folder)
        column.addWidget(self.state)


class BackupCard(QWidget):
    """Emits ``lock_asked`` where only opening the store anew helps."""

    lock_asked = Signal()

    def __init__(self, watch: StoreWatch, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._watch = watch
        self._presenter = BackupsPresenter(self, watch.worker, watch.caretaker, watch.clock, watch.tell)
        self.reopen = Button(_("Sperren und neu öffnen"), "secondary", "lock", height="compact")
        self.trouble = Banner("", "warn", self.reopen)
        self.failure = Banner("", "bad")
        self.busy = Label("", "small", "text2")
        self.back_up = Button(_("Jetzt sichern"), "primary", "shield-check", height="compact")
        self.choose = Button(_("Ordner wählen …"), "secondary", "folder", height="compact")
        self.give_up = Button(_("Entfernen"), "ghost", height="compact")
        self.check = Button(_("Jetzt prüfen"), "secondary", height="compact")
        self.places = (_PlaceRow(), _PlaceRow(self.give_up, self.choose))
        self.facts = QVBoxLayout()
        self._table = RowTable(
            _COLUMNS,
            show={
                "when": lambda row: Cell(row.when, tone="text", strong=True),
                "remark": lambda row: Cell(row.remark, tone="text3"),
            },
            words=_spoken,
        )
        self.rows = RowView(self._table, _("Sicherungen"))
        self._table.setParent(self.rows)
        self._build()
        self._connect()

    def _build(self) -> None:
        self._side = ScrollArea()
        self._side.column.setSpacing(14)
        for card in (self._places_card(), self._checks_card(), self._words_card()):
            self._side.column.addWidget(card)
        self._side.column.addStretch(1)
        self._list = Card(_("Sicherungen"), padded=False)
        self._list.body.setContentsMargins(0, 0, 0, 6)
        self._list.body.addWidget(self.rows)
        self._room = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._room.setSpacing(14)
        self._room.addWidget(self._side)
        self._room.addWidget(self._list, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self.trouble)
        column.addWidget(self.failure)
        column.addLayout(self._room, 1)
        self.trouble.hide()
        self.failure.hide()
        self.setFocusProxy(self.back_up)

    def _places_card(self) -> Card:
        card = Card(_("Wohin gesichert wird"))
        card.head.add_action(self.busy)
        card.head.add_action(self.back_up)
        card.body.setContentsMargins(16, 0, 16, 8)
        for number, row in enumerate(self.places):
            if number:
                card.body.addWidget(Divider(0, 0))
            card.body.addWidget(row)
        return card

    def _checks_card(self) -> Card:
        card = Card(_("Geprüft"))
        card.head.add_action(self.check)
        card.body.setContentsMargins(16, 0, 16, 8)
        self.facts.setSpacing(0)
        card.body.addLayout(self.facts)
        return card

    def _words_card(self) -> Card:
        card = Card(_("Gut zu wissen"))
        for words in _GOOD_TO_KNOW:
            card.body.addWidget(Label(_(words), "small", "text2", wrap=True))
            card.body.addSpacing(8)
        return card

    def _connect(self) -> None:
        self.back_up.clicked.connect(lambda: self._presenter.back_up())
        self.check.clicked.connect(lambda: self._presenter.check())
        self.give_up.clicked.connect(lambda: self._presenter.give_up_second_place())
        self.choose.clicked.connect(self._choose)
        self.reopen.clicked.connect(self.lock_asked)
        self._watch.told.connect(self._look_again)

    def _look_again(self) -> None:
        if self.isVisible():
            self.load()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.load()

    def load(self) -> None:
        """Read how everything stands."""
        self._presenter.load()

    def _choose(self) -> None:
        folder = self._watch.choose_folder(self)
        if folder is not None:
            self._presenter.choose(folder)

    # --- what the presenter shows

    def show_page(self, page: Page) -> None:
        self.trouble.set_words(page.trouble)
        self.trouble.set_tone(page.tone or "warn")
        self.trouble.setVisible(bool(page.trouble))
        self.reopen.setVisible(page.reopen)
        for row, found in zip(self.places, page.places, strict=True):
            row.name.setText(found.name)
            row.folder.setText(found.folder)
            row.folder.setVisible(bool(found.folder))
            row.state.show_fact(found.state)
        self.give_up.setVisible(page.has_second)
        self.choose.setText(_("Anderer Ordner …") if page.has_second else _("Ordner wählen …"))
        self._show_facts(page.facts)
        self._list.head.set_count(str(len(page.rows)) if page.rows else "")
        if list(page.rows) != list(self._table.rows):
            self._table.set_rows(page.rows)

    def _show_facts(self, facts: tuple[Fact, ...]) -> None:
        while self.facts.count() < len(facts):
            self.facts.addWidget(FactRow())
        for place in range(self.facts.count()):
            item = self.facts.itemAt(place)
            row = item.widget() if item is not None else None
            if isinstance(row, FactRow):
                row.setVisible(place < len(facts))
                if place < len(facts):
                    row.show_fact(facts[place])

    def show_busy(self, words: str) -> None:
        had_focus = next((each for each in self._buttons() if each.hasFocus()), None)
        self.busy.setText(words)
        for button in self._buttons():
            button.setEnabled(not words)
        if had_focus is not None:
            self.rows.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_failed(self, message: str) -> None:
        self.failure.set_words(message)
        self.failure.setVisible(bool(message))

    # --- how

    def _buttons(self) -> tuple[Button, ...]:
        return self.back_up, self.choose, self.give_up, self.check

    def refit(self) -> None:
        self._share_room()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_room()

    def _share_room(self) -> None:
        theme = Theme.current()
        beside = self.width() >= theme.px(2 * _SIDE)
        way = QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        self._room.setDirection(way)
        self._side.setMaximumWidth(theme.px(_SIDE) if beside else 16_777_215)
        self._side.setMinimumWidth(theme.px(_SIDE) if beside else 0)
        self.rows.hide_columns(set() if self.width() >= theme.px(640) else {"remark"})


_GOOD_TO_KNOW = (
    N_(
        "Gesichert wird von selbst: alle 30 Minuten, wenn sich etwas geändert hat, und beim Schließen. Jede Sicherung "
        "wird von einem zweiten Programmteil geöffnet und Eintrag für Eintrag verglichen; erst dann zählt sie. Einmal "
        "in der Woche wird das Zurückholen geprobt."
    ),
    N_(
        "Aufgehoben werden jede halbe Stunde des letzten Tages, die letzte Sicherung von 12 Tagen, 10 Wochen und "
        "9 Monaten. Nichts bleibt länger als 40 Wochen, damit Gelöschtes gelöscht ist; das gilt auch für ersetzte und "
        "beschädigte Dateien. Ein Ordner, den Sie entfernen, wird nicht mehr aufgeräumt: Bitte löschen Sie ihn dort "
        "selbst."
    ),
    N_(
        "Zurückholen: sperren Sie mit Strg+L und wählen Sie am Sperrbildschirm „Sicherung zurückholen“. Es öffnet sie, "
        "wer damals Zugang hatte, mit der Passphrase von damals. Der jetzige Stand wird dabei aufgehoben, nicht "
        "überschrieben."
    ),
)


def _spoken(row: Row) -> str:
    return f"{row.when}, {row.place}, {row.size}, {row.remark}"
