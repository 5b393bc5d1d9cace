"""What a file of offers would change, before anything is written: rows to tick, beside the current one old → new."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desk_app.casework.offer_exchange_match import State
from desk_app.domain.lists import Column, Kind
from desk_app.gui.row_table import Cell, RowTable
from desk_app.gui.row_view import RowView
from desk_app.gui.theme import Theme
from desk_app.gui.widgets.buttons import Button
from desk_app.gui.widgets.cards import Card
from desk_app.gui.widgets.labels import Label
from desk_app.gui.widgets.messages import Banner
from desk_app.gui.widgets.overlays import Scrim
from desk_app.gui.widgets.scroll import ScrollArea
from desk_app.i18n import N_, _, ngettext
from desk_app.presenters.offer_exchange import Line

_WIDTH, _SIDE = 1160, 380
_COLUMNS = (
    Column("title", N_("Angebot"), Kind.STRONG, 28),
    Column("label", N_("Stand"), width=14),
    Column("told", N_("Was sich ändert"), width=30),
)
_TONES = {
    State.NEW: "ok", State.CHANGED: "accent_text", State.SAME: "text3", State.REMOVED: "warn", None: "bad",
}  # fmt: skip


class ExchangePreview(Scrim):
    """Ticked are new and changed ones; Leertaste ticks, Strg+Eingabe takes over."""

    taken = Signal(object)
    """The keys of the lines that are ticked."""
    apart = Signal(int)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window, _WIDTH)
        title = _("Angebote einlesen")
        self.panel.setAccessibleName(title)
        self.body.setSpacing(10)
        self.summary = Label("", "small", "text2", wrap=True)
        self.failure = Banner("", "bad")
        self.failure.hide()
        self.table = RowTable(_COLUMNS, {"label": _state, "told": _told}, key=lambda line: line.key, words=_words)
        self.rows = RowView(self.table, _("Angebote der Datei"))
        self.table.setParent(self.rows)
        self.detail = _Detail()
        self.detail.apart.connect(self.apart)
        self.take = Button("", "primary", "download", _("Strg+Eingabe"))
        self._known: set[int] = set()
        self.body.addWidget(Label(title, "title"))
        self.body.addWidget(self.summary)
        self.body.addWidget(self.failure)
        self._build()
        self.rows.moved.connect(self.detail.show_line)
        self.table.ticked.connect(self._count)
        self.take.clicked.connect(self._take)

    def _build(self) -> None:
        card = Card(padded=False)
        card.setAccessibleName(_("Angebote der Datei"))
        card.body.setContentsMargins(0, 0, 0, 6)
        card.body.addWidget(self.rows)
        both = QHBoxLayout()
        both.setSpacing(14)
        both.addWidget(card, 1)
        both.addWidget(self.detail)
        self.body.addLayout(both, 1)
        close = Button(_("Abbrechen"), "secondary", keys="Esc")
        close.clicked.connect(self.dismiss)
        foot = QHBoxLayout()
        foot.setSpacing(12)
        foot.addStretch(1)
        foot.addWidget(close)
        foot.addWidget(self.take)
        self.body.addLayout(foot)

    def show_lines(self, lines: tuple[Line, ...], words: str) -> None:
        """Show these; what was ticked or not stays so, new lines are ticked as they come."""
        current = self.rows.current_row()
        self.failure.hide()
        self.summary.setText(words)
        self.table.set_rows(lines)
        for place, line in enumerate(lines):
            if line.key not in self._known and line.ticked:
                self.table.tick(place, on=True)
        self._known |= {line.key for line in lines}
        keys = [line.key for line in lines]
        self.rows.go_to(keys.index(current.key) if current is not None and current.key in keys else 0)
        self.detail.show_line(self.rows.current_row())
        self._count()

    def show_failed(self, message: str) -> None:
        """Nothing was taken over; what is ticked stays."""
        self.failure.set_words(message)
        self.failure.show()
        self.refit()

    def ask(self) -> None:
        self.open(self.rows)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._take()
        else:
            super().keyPressEvent(event)

    def _chosen(self) -> list[int]:
        return [line.key for line in self.table.ticked_rows() if line.can_be_taken]

    def _count(self) -> None:
        for place, line in enumerate(self.table.rows):
            if self.table.is_ticked(place) and not line.can_be_taken:
                self.table.tick(place, on=False)  # there is nothing to take over
        count = len(self._chosen())
        self.take.setText(ngettext("{n} Angebot übernehmen", "{n} Angebote übernehmen", count).format(n=count))
        self.take.setEnabled(count > 0)

    def _take(self) -> None:
        if self.take.isEnabled():
            self.taken.emit(self._chosen())

    def _fit(self) -> None:
        window = self.parentWidget()
        assert window is not None
        self.rows.setMinimumHeight(max(window.height() - Theme.current().px(290), Theme.current().px(120)))
        super()._fit()


class _Detail(Card):
    """Everything about the current line."""

    apart = Signal(int)

    def __init__(self) -> None:
        super().__init__(" ")
        self._line: Line | None = None
        self.area = ScrollArea()
        self.area.column.setContentsMargins(0, 0, 8, 0)
        self.area.column.setSpacing(8)
        self.words = Label("", "small", "text2", wrap=True)
        self.other = Button(_("Ist ein anderes Angebot"), "secondary", height="compact")
        self.other.clicked.connect(self._tell_apart)
        self.area.column.addWidget(self.words)
        self.area.column.addWidget(self.other, 0, Qt.AlignmentFlag.AlignLeft)
        self.area.column.addStretch(1)
        self.body.addWidget(self.area, 1)
        self.refit()

    def refit(self) -> None:
        self.setFixedWidth(Theme.current().px(_SIDE))

    def show_line(self, line: Line | None) -> None:
        self._line = line
        self.set_title(line.title if line is not None else _("Kein Angebot gewählt"))
        self.words.setText("\n\n".join(line.details) if line is not None else "")
        self.other.setVisible(line is not None and line.alike)

    def _tell_apart(self) -> None:
        if self._line is not None:
            self.apart.emit(self._line.key)


def _state(line: Line) -> Cell:
    return Cell(line.label, tone=_TONES[line.state])


def _told(line: Line) -> Cell:
    return Cell(line.told)


def _words(line: Line) -> str:
    return ", ".join(part for part in (line.title, line.label, line.told) if part)
