"""The lists one chooses from, as they are shipped: how long each is, where it comes from, how old it is."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desk_app.domain.code_lists import CODE_LISTS, code_list
from desk_app.domain.dates import show_day
from desk_app.domain.lists import Column, Kind
from desk_app.gui.row_table import Cell, RowTable
from desk_app.gui.row_view import RowView
from desk_app.gui.theme import Theme
from desk_app.gui.widgets.cards import Card
from desk_app.gui.widgets.labels import Label
from desk_app.i18n import N_, _

_COLUMNS = (
    Column("title", N_("Liste"), Kind.STRONG, 28),
    Column("count", N_("Einträge"), Kind.NUMBER, 8),
    Column("source", N_("Quelle"), width=62),
    Column("as_of", N_("Stand"), width=11),
)


@dataclass(frozen=True, slots=True)
class _Line:
    title: str
    count: int
    source: str
    as_of: str

    @property
    def spoken(self) -> str:
        count = _("{n} Einträge").format(n=self.count)
        stand = _("Stand {day}").format(day=self.as_of)
        return f"{self.title}, {count}, {self.source}, {stand}"


class ListsCard(QWidget):
    """Read only: a new official edition comes with a new version of the program."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        lists = sorted((code_list(name) for name in CODE_LISTS), key=lambda found: found.title.casefold())
        lines = [_Line(item.title, len(item.entries), item.source, show_day(item.as_of)) for item in lists]
        table = RowTable(
            _COLUMNS,
            show={
                "title": lambda line: Cell(line.title, tone="text", strong=True),
                "source": lambda line: Cell(line.source),
                "as_of": lambda line: Cell(line.as_of, tone="text3"),
            },
            words=lambda line: str(line.spoken),
        )
        self.rows = RowView(table, _("Auswahllisten"))
        table.setParent(self.rows)
        table.set_rows(lines)
        words = Label(
            _("Diese Listen kommen mit dem Programm. Was schon gespeichert ist, behält seine Bedeutung, wenn eine "
              "neue Fassung erscheint."),
            "small", "text3", wrap=True,
        )  # fmt: skip
        card = Card(padded=False)
        card.setAccessibleName(_("Auswahllisten"))
        card.body.setContentsMargins(0, 0, 0, 6)
        card.body.addWidget(self.rows)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(words)
        column.addWidget(card, 1)
        self.setFocusProxy(self.rows)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.rows.hide_columns({"source"} if self.width() < Theme.current().px(560) else set())
        super().resizeEvent(event)
