"""What the columns of an old list mean: each with its first cells, and a choice to change the guess."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from desk_app.domain.list_reading_layout import Grouping, Layout, ListColumn
from desk_app.domain.list_reading_sheet import Sheet, cell_text, column_letters
from desk_app.domain.list_reading_targets import TARGETS, target_label
from desk_app.gui.theme import Theme
from desk_app.gui.widgets.buttons import Button
from desk_app.gui.widgets.cards import Card
from desk_app.gui.widgets.inputs import ComboBox, TickBox
from desk_app.gui.widgets.labels import ElidedLabel, Label
from desk_app.gui.widgets.messages import Banner
from desk_app.gui.widgets.scroll import ScrollArea
from desk_app.i18n import N_, _
from desk_app.presenters.bring_in import BringInPresenter

_ROWS_OFFERED = 15
_LETTER, _CHOICE = 36, 300
"""Widths at 100 %."""
_ORDERS = (("", N_("bitte wählen")), ("dmy", N_("erst der Tag: 3. April")), ("mdy", N_("erst der Monat: 4. März")))


class Choice(ComboBox):
    """A fixed choice; ``picked`` carries the key when a person chose it."""

    picked = Signal(object)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setEditable(False)
        self.setAccessibleName(name)
        self.activated.connect(lambda place: self.picked.emit(self.itemData(place)))

    def offer_keys(self, entries: Sequence[tuple[object, str]], chosen: object) -> None:
        """Offer these keys with their words and show one as chosen."""
        self.clear()
        for place, (key, words) in enumerate(entries):
            self.addItem(words, key)
            if key == chosen:
                self.setCurrentIndex(place)

    def pick(self, key: object) -> None:
        """Choose as a person does."""
        place = next(place for place in range(self.count()) if self.itemData(place) == key)
        self.setCurrentIndex(place)
        self.activated.emit(place)


class MappingView(QWidget):
    """Above, how the list is laid out; below, its columns; at the foot, the way on."""

    other_file = Signal()

    def __init__(self, presenter: BringInPresenter, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._presenter = presenter
        self.notice = Banner("", "accent")
        self.sheet = Choice(_("Tabellenblatt"))
        self.heading = Choice(_("Zeile der Überschriften"))
        self.grouping = Choice(_("So sind Familien getrennt"))
        self.order = Choice(_("Bei Datumsangaben wie 03/04/2015"))
        self.wanted = TickBox(_("Die Kinder neuer Akten suchen noch einen Schulplatz"))
        self.targets: list[Choice] = []
        self.go_on = Button(_("Weiter zur Vorschau"), "primary", "chevron-right", _("Strg+Eingabe"))
        self._other = Button(_("Andere Datei"), "secondary", "folder")
        self._scroll = ScrollArea()
        self._columns: QWidget | None = None
        self._build()
        self._connect()

    def _build(self) -> None:
        top = Card(_("Aufbau der Liste"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(6)
        self._order_label = Label(self.order.accessibleName(), "small", "text2")
        labels = [Label(box.accessibleName(), "small", "text2") for box in (self.sheet, self.heading, self.grouping)]
        for place, (label, box) in enumerate(
            zip((*labels, self._order_label), (self.sheet, self.heading, self.grouping, self.order), strict=True)
        ):
            label.setBuddy(box)
            grid.addWidget(label, 0, place)
            grid.addWidget(box, 1, place)
            grid.setColumnStretch(place, 3 if box in (self.heading, self.grouping) else 2)
        grid.addWidget(self.wanted, 2, 0, 1, 4)
        top.body.addLayout(grid)
        self._card = Card(_("Was in den Spalten steht"))
        self._card.body.addWidget(self._scroll, 1)
        foot = QHBoxLayout()
        foot.addWidget(self._other)
        foot.addStretch(1)
        foot.addWidget(self.go_on)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(14)
        column.addWidget(self.notice)
        column.addWidget(top)
        column.addWidget(self._card, 1)
        column.addLayout(foot)

    def _connect(self) -> None:
        presenter = self._presenter
        self.sheet.picked.connect(lambda place: presenter.set_sheet(int(place)))
        self.heading.picked.connect(lambda number: presenter.set_heading_row(int(number)))
        self.grouping.picked.connect(lambda kind: presenter.set_grouping(Grouping(kind)))
        self.order.picked.connect(lambda order: presenter.set_date_order(str(order)))
        self.wanted.toggled.connect(self._set_wanted)
        self.go_on.clicked.connect(lambda: presenter.look())
        self._other.clicked.connect(self.other_file)

    def _set_wanted(self, on: bool) -> None:
        self._presenter.wanted = on

    def show_layout(self, sheet: Sheet, layout: Layout, notice: str) -> None:
        """Show a sheet as it is understood."""
        self.notice.set_words(notice)
        self.notice.setVisible(bool(notice))
        sheets = self._presenter.sheets
        self.sheet.offer_keys([(place, _sheet_words(each)) for place, each in enumerate(sheets)], sheets.index(sheet))
        self.sheet.setEnabled(len(sheets) > 1)
        last = layout.heading_rows[-1] if layout.heading_rows else 0
        self.heading.offer_keys(_rows_to_choose(sheet), last)
        self.grouping.offer_keys([(kind.value, kind.label) for kind in Grouping], layout.grouping.value)
        for widget in (self.order, self._order_label):
            widget.setVisible(layout.order_unclear)
        self.order.offer_keys([(key, _(words)) for key, words in _ORDERS], layout.date_order)
        self.wanted.setChecked(self._presenter.wanted)
        self._show_columns(layout)

    def _show_columns(self, layout: Layout) -> None:
        if self._columns is not None:
            self._scroll.column.removeWidget(self._columns)
            self._columns.hide()
            self._columns.deleteLater()
        self._columns = QWidget(self)
        grid = QGridLayout(self._columns)
        grid.setContentsMargins(0, 0, 8, 0)
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(8)
        self.targets = []
        for row, column in enumerate(layout.columns):
            self._add_column(grid, row, column)
        grid.setColumnMinimumWidth(3, Theme.current().px(_CHOICE))
        grid.setColumnStretch(1, 2)
        grid.setColumnStretch(2, 3)
        grid.setRowStretch(len(layout.columns), 1)
        self._scroll.column.addWidget(self._columns)
        for before, after in zip([self.wanted, *self.targets], [*self.targets, self._other], strict=True):
            QWidget.setTabOrder(before, after)

    def _add_column(self, grid: QGridLayout, row: int, column: ListColumn) -> None:
        theme = Theme.current()
        heading = column.heading or _("ohne Überschrift")
        name = f"{heading} {column.nth}" if column.nth else heading
        letter = Label(column_letters(column.place), "small", "text3")
        letter.setFixedWidth(theme.px(_LETTER))
        choice = Choice(_("Spalte {name}: was darin steht").format(name=name))
        choice.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        choice.setFixedWidth(theme.px(_CHOICE))
        choice.offer_keys([(key, target_label(key)) for key in TARGETS], column.target)
        choice.picked.connect(_setter(self._presenter, column.place))
        self.targets.append(choice)
        title = ElidedLabel(heading, "body", "text" if column.heading else "text3", strong=True)
        samples = ElidedLabel(" · ".join(column.samples), "small", "text2")
        for label in (title, samples):
            label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        for place, widget in enumerate((letter, title, samples, choice)):
            grid.addWidget(widget, row, place)


def _setter(presenter: BringInPresenter, place: int) -> Callable[[object], None]:
    return lambda target: presenter.set_target(place, str(target))


def _sheet_words(sheet: Sheet) -> str:
    name = sheet.name or _("Textdatei")
    return _("{name} (ausgeblendet)").format(name=name) if sheet.hidden else name


def _rows_to_choose(sheet: Sheet) -> list[tuple[object, str]]:
    """The first rows as they read, and that there are no headings."""
    rows: list[tuple[object, str]] = [(0, _("keine Überschriften"))]
    for row in sheet.rows[:_ROWS_OFFERED]:
        words = " · ".join(cell_text(cell) for cell in row.cells if cell is not None)
        rows.append((row.number, _("Zeile {number}: {words}").format(number=row.number, words=words[:70])))
    return rows
