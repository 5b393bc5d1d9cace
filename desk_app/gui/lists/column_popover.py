"""Which columns a list shows: a small list that is worked with the arrow keys, or with the mouse."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desk_app.domain.lists import Column, Kind
from desk_app.gui.lists.arranging import STEP, Arranger
from desk_app.gui.row_table import Cell, RowTable
from desk_app.gui.row_view import RowView
from desk_app.gui.theme import Theme
from desk_app.gui.widgets.buttons import Button, IconButton
from desk_app.gui.widgets.labels import Label
from desk_app.gui.widgets.overlays import Popover
from desk_app.i18n import N_, _

_MOST_SHOWN = 12


class ColumnList(RowView):
    """Leertaste shows or hides, Strg+↑ ↓ moves, Strg+← → makes narrower or broader."""

    def __init__(self, arranger: Arranger) -> None:
        self._arranger = arranger
        self._filling = False
        table = RowTable(
            (Column("heading_line", N_("Spalte"), Kind.STRONG, 20), Column("width", N_("Breite"), Kind.NUMBER, 6)),
            {"width": lambda column: Cell(f"{column.width:.0f}" if self._is_shown(column) else "", tone="text3")},
            key=lambda column: column.key,
            words=lambda column: self._words_of(column),
        )
        super().__init__(table, _("Spalten"))
        table.setParent(self)
        self.head.hide()
        self._corner.hide()
        table.ticked.connect(self._take)
        self.refill()

    def refill(self) -> None:
        """Take over which columns are shown."""
        current = self.current_row()
        self._filling = True
        columns = self._arranger.in_order()
        self.table.set_rows(columns)
        self.table.tick_all(on=False)
        self.table.tick_all([place for place, column in enumerate(columns) if self._is_shown(column)])
        self._filling = False
        keys = [column.key for column in columns]
        self.go_to(keys.index(current.key) if current is not None else 0)

    def _is_shown(self, column: Column) -> bool:
        return any(shown.key == column.key for shown in self._arranger.shown)

    def _words_of(self, column: Column) -> str:
        state = _("wird gezeigt") if self._is_shown(column) else _("wird nicht gezeigt")
        return f"{column.heading_line}, {state}"

    def _take(self) -> None:
        if not self._filling:
            self._arranger.arrange(self.table.ticked_rows())
            self.refill()

    def shift(self, by: int) -> None:
        """Move the column the keyboard is on, if it is shown."""
        columns, column = list(self._arranger.shown), self.current_row()
        place = next((at for at, shown in enumerate(columns) if column and shown.key == column.key), -1)
        if place >= 0 and 0 <= place + by < len(columns):
            columns.insert(place + by, columns.pop(place))
            self._arranger.arrange(columns)
            self.refill()

    def widen(self, by: float) -> None:
        """Make the column the keyboard is on broader or narrower, if it is shown."""
        column = self.current_row()
        if column is not None and self._is_shown(column):
            self._arranger.widen(column.key, by)
            self.refill()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        widths = {Qt.Key.Key_Left: -STEP, Qt.Key.Key_Right: STEP}
        held = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if held and event.key() in steps:
            self.shift(steps[Qt.Key(event.key())])
        elif held and event.key() in widths:
            self.widen(widths[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        rows = min(self.table.rowCount(), _MOST_SHOWN)
        return QSize(super().sizeHint().width(), rows * self.verticalHeader().defaultSectionSize() + 2)

    def minimumSizeHint(self) -> QSize:
        return QSize(200, min(self.sizeHint().height(), Theme.current().px(420)))


class ColumnPopover(Popover):
    """Opens below the button "Spalten"."""

    def __init__(self, window: QWidget, arranger: Arranger) -> None:
        super().__init__(window, 340)
        self._arranger = arranger
        self.setAccessibleName(_("Spalten wählen"))
        self.columns = ColumnList(arranger)
        self.reset = Button(_("Zurücksetzen"), "ghost", "rotate-ccw", height="compact")
        self.reset.clicked.connect(self._reset)
        self.body.setSpacing(8)
        self.body.addWidget(self.columns)
        hint = _("Leertaste zeigt oder verbirgt · Strg+↑ ↓ verschiebt · Strg+← → ändert die Breite")
        self.body.addWidget(Label(hint, "small", "text3", wrap=True))
        row = QHBoxLayout()
        row.setSpacing(4)
        for symbol, name, deed in (
            ("arrow-up", _("Weiter nach vorn"), lambda: self.columns.shift(-1)),
            ("arrow-down", _("Weiter nach hinten"), lambda: self.columns.shift(1)),
            ("minus", _("Schmaler"), lambda: self.columns.widen(-STEP)),
            ("plus", _("Breiter"), lambda: self.columns.widen(STEP)),
        ):
            button = IconButton(symbol, name, "compact")
            button.clicked.connect(deed)
            row.addWidget(button)
        row.addStretch(1)
        row.addWidget(self.reset)
        self.body.addLayout(row)

    def _reset(self) -> None:
        self._arranger.reset()
        self.columns.refill()
