"""What an old list says of people, so that the window can cover it before any of them is in the store."""

from __future__ import annotations

from datetime import date
from typing import Final

from desk_app.domain.covering import Personal, days_in
from desk_app.domain.list_reading_layout import Layout, ListColumn
from desk_app.domain.list_reading_sheet import Sheet, cell_text
from desk_app.domain.list_reading_targets import TARGETS, Reads

_NAMES: Final = frozenset({Reads.NAME, Reads.FAMILY_FIRST, Reads.GIVEN_FIRST, Reads.CHILDREN, Reads.KEY})
_NAME_FIELDS: Final = frozenset({"family_name", "given_name", "name_native_script", "contact_name"})
_STREETS: Final = frozenset({Reads.ADDRESS, Reads.STREET_LINE})


def personal_of(sheet: Sheet, layout: Layout) -> Personal:
    """Names, streets, telephone numbers and days of birth in the cells; a column nobody knows may hold names."""
    names: list[str] = []
    streets: list[str] = []
    phones: list[str] = []
    days: list[date] = []
    for column in layout.columns:
        kind = _kind(column)
        for row in sheet.rows:
            cell = row.cell(column.place)
            if not kind or cell is None or row.number < layout.first_row:
                continue
            if kind == "day":
                days += [cell] if isinstance(cell, date) else days_in(cell_text(cell))
            else:
                {"name": names, "street": streets, "phone": phones}[kind].append(cell_text(cell))
    return Personal.of(names, streets, phones, days)


def _kind(column: ListColumn) -> str:
    _who, part = TARGETS[column.target]
    if part.reads in _STREETS:
        return "street"
    if part.reads is Reads.PHONE:
        return "phone"
    if part.field == "birth_date":
        return "day"
    return "name" if part.reads in _NAMES or part.field in _NAME_FIELDS or not column.sure else ""
