"""One row of what appointments need, edited beside the lists: kept after each field, a new one once it is whole."""

from __future__ import annotations

from dataclasses import MISSING, fields, replace
from datetime import date
from typing import Any, Final
from uuid import UUID, uuid4

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desk_app.casework.appointment_setup import Closure, Kind, Opening, Place, Seat
from desk_app.gui.options.appointment_forms import RHYTHM, SINCE, fields_for, offer
from desk_app.gui.widgets.buttons import Button, IconButton
from desk_app.gui.widgets.cards import Card
from desk_app.gui.widgets.field import Field, commit_all
from desk_app.gui.widgets.field_grid import FieldGrid
from desk_app.gui.widgets.labels import Label
from desk_app.i18n import N_, _
from desk_app.presenters.appointment_setup import Row, SetupSheet, faults
from desk_app.presenters.appointment_setup_words import parts_of_rhythm, rhythm_of

NEW: Final[dict[type[Any], str]] = {
    Place: N_("Neuer Ort"), Seat: N_("Neuer Platz oder Raum"), Kind: N_("Neues Anliegen"),
    Opening: N_("Neue Öffnungszeit"), Closure: N_("Neue Schließzeit"),
}  # fmt: skip
_TITLES: Final[dict[type[Any], str]] = {Opening: N_("Öffnungszeit"), Closure: N_("Schließzeit")}
_KEYS: Final = frozenset({"place", "seat", "user"})
"""Fields whose values are keys of rows."""


class AppointmentEditor(Card):
    """Shows one row, or the blank form of a new one."""

    kept = Signal(object, object)
    """The row as it is now, and from when it holds."""
    remove_asked = Signal(object)
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(" ", ruled=True, parent=parent)
        self.row: Row | None = None
        self.fields: dict[str, Field] = {}
        self._new = False
        self._since: date | None = None
        self._grid: FieldGrid | None = None
        self._state = Label("", "small", "text3", wrap=True)
        self._remove = Button(_("Herausnehmen"), "ghost", "trash-2")
        self._remove.clicked.connect(lambda: self.remove_asked.emit(self.row))
        close = IconButton("x", _("Bearbeiten beenden"), "compact")
        close.clicked.connect(self.closed)
        self.head.add_action(close)
        self._buttons = QHBoxLayout()
        self._buttons.addStretch(1)
        self._buttons.addWidget(self._remove)
        self.body.addWidget(self._state)
        self.body.addStretch(1)
        self.body.addLayout(self._buttons)

    @property
    def is_unkept(self) -> bool:
        """Whether what is shown is not kept as it stands here: new, or with something wrong in it."""
        return self.row is not None and (self._new or bool(faults(self.row)))

    def show_row(self, row: Row, sheet: SetupSheet, *, goes_on: bool = False) -> None:
        """Show a row; what is being typed about the same one, or the one it goes on as, stays."""
        same = self.row is not None and type(self.row) is type(row) and (goes_on or row.id == self.row.id)
        if not same:
            commit_all(self)
            self._since = None
        self._show(row, sheet, new=False, keep_typing=same)

    def begin_new(self, row: Row, sheet: SetupSheet) -> None:
        """Show the form of a row that is not kept yet, with the cursor in its first field."""
        commit_all(self)
        self._since = None
        self._show(row, sheet, new=True, keep_typing=False)
        first = next(field for field in self.fields.values() if not field.isHidden())
        first.setFocus()

    def _show(self, row: Row, sheet: SetupSheet, *, new: bool, keep_typing: bool) -> None:
        if self._grid is None or type(self.row) is not type(row):
            self._build(type(row), sheet.today)
        self.row, self._new = row, new
        offer(type(row), self.fields, sheet)
        self._fit(row, sheet.today)
        for key, field in self.fields.items():
            known = self._value(key)
            if keep_typing:
                field.offer_value(known)
            else:
                field.set_value(known)
                field.set_error("")
        self.set_title(_(NEW[type(row)]) if new else _title(row))
        self._remove.setVisible(not new)
        self._state.setText(_("Gespeichert wird, sobald das Nötige da ist.") if new else "")
        self._state.setVisible(new)

    def _build(self, kind: type[Any], today: date) -> None:
        if self._grid is not None:
            self.body.removeWidget(self._grid)
            self._grid.hide()
            self._grid.deleteLater()
        self._grid = FieldGrid()
        self.fields = {field.get_key(): field for field in fields_for(kind, today)}
        for key, field in self.fields.items():
            self._grid.add(field)
            field.committed.connect(lambda value, key=key: self._keep(key, value))
        self.body.insertWidget(0, self._grid)

    def _fit(self, row: Row, today: date) -> None:
        """Hours that hold already have a day from which others do; those to come have a first day."""
        if isinstance(row, Opening):
            begun = not self._new and (row.valid_from is None or row.valid_from < today)
            self.fields[SINCE].setVisible(begun)
            self.fields["valid_from"].setVisible(not begun)

    def _value(self, key: str) -> Any:
        """What a field shows of the row."""
        row = self.row
        if key == SINCE:
            return self._since
        if key == RHYTHM and isinstance(row, Opening):
            return rhythm_of(row)
        known = getattr(row, key)
        if key in _KEYS:
            return str(known) if known is not None else None
        return None if known == "" or (key == "weekdays" and not known) else known

    def _keep(self, key: str, value: Any) -> None:
        if self.row is None:
            return
        if key == SINCE:
            self._since = value
            return
        self.row = _with(self.row, key, value)
        found = faults(self.row)
        for name, field in self.fields.items():
            # of a new row only what was typed already can be wrong
            field.set_error(found.get(name, "") if not self._new or field.value() is not None else "")
        if not found:
            self._new = False
            self.kept.emit(self.row, self._since)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)


def blank(kind: type[Any], sheet: SetupSheet) -> Row:
    """A new row with what is most likely."""
    place = sheet.setup.places[0].id if sheet.setup.places else uuid4()
    position = len(sheet.setup.seats) + 1
    made: dict[type[Any], Row] = {
        Place: Place(uuid4(), "", kind="outreach", position=len(sheet.setup.places)),
        Seat: Seat(uuid4(), place, "", position=position),
        Kind: Kind(uuid4(), "", "follow", 45, position=len(sheet.setup.kinds) + 1),
        Opening: Opening(uuid4(), place, 0, 540, 720, valid_from=sheet.today),
        Closure: Closure(uuid4(), sheet.today, sheet.today),
    }
    return made[kind]


def _with(row: Row, key: str, value: Any) -> Row:
    """The row with one answer; an empty one goes back to what is usual."""
    if key == RHYTHM:
        return replace(row, **parts_of_rhythm(value))  # type: ignore[arg-type]  # only hours have a rhythm
    if value is None:
        value = next(_usual(item) for item in fields(row) if item.name == key)
    elif key in _KEYS:
        value = UUID(value)
    changed = replace(row, **{key: value})
    if isinstance(changed, Closure) and key == "first" and changed.last < changed.first:
        return replace(changed, last=changed.first)
    return changed


def _usual(item: Any) -> Any:
    if item.default is not MISSING:
        return item.default
    return 0 if item.type == "int" else ""


def _title(row: Row) -> str:
    return _(_TITLES[type(row)]) if type(row) in _TITLES else str(getattr(row, "name", ""))
