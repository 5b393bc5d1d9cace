"""Many rows at once.

Problem. For each single statement that fires the triggers of the journal (see ``row_images``) the database sets aside
the pages it touches, and every value handed over is copied, all in memory that is locked against swapping: a third of
a millisecond for each row.

Choice. Many rows in one statement, with what is the same in all of them handed over once: a sixth of the time of
``executemany``. Likewise rows are asked for by one list of their keys.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final
from uuid import UUID

from sqlalchemy import ColumnElement, Table, bindparam, func, select
from sqlalchemy.orm import Session

_ROWS_AT_ONCE: Final = 2000
_VALUES_AT_ONCE: Final = 30_000
"""In one statement; the database takes 32,766 (sqlite.org/limits.html, number 9)."""


def put_in(session: Session, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Put rows in, all with the same columns and every value they are to have: only defaults of the store hold.

    Objects the session holds are not asked and not told.
    """
    at_once = min(_ROWS_AT_ONCE, _VALUES_AT_ONCE // len(rows[0])) if rows else 1
    for first in range(0, len(rows), at_once):
        _put_in(session, table, rows[first : first + at_once])


def among(column: Any, ids: Iterable[UUID]) -> ColumnElement[bool]:
    """Whether a column holds one of these keys, however many they are."""
    return _among(column, listed(ids))


def among_listed(column: Any, name: str = "among") -> ColumnElement[bool]:
    """The same for a statement that is put together once: the keys follow as parameter ``name``, see ``listed``.

    The text stays the same however many they are, so that the database need not prepare it anew.
    """
    return _among(column, bindparam(name))


def listed(ids: Iterable[UUID | int]) -> str:
    """Keys as one parameter."""
    return json.dumps([id_.hex if isinstance(id_, UUID) else id_ for id_ in ids])


def _among(column: Any, ids: Any) -> ColumnElement[bool]:
    each = func.json_each(ids).table_valued("value")
    found: ColumnElement[bool] = column.in_(select(each.c.value))
    return found


def _put_in(session: Session, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    connection = session.connection()
    shared: list[Any] = []
    differing: list[list[Any]] = []
    places: list[int | None] = []
    for name in rows[0]:
        encode = table.columns[name].type.dialect_impl(connection.dialect).bind_processor(connection.dialect)
        values = [row[name] if encode is None else encode(row[name]) for row in rows]
        if all(value == values[0] for value in values):
            shared.append(values[0])
            places.append(len(shared))
        else:
            differing.append(values)
            places.append(None)
    # the first row numbers its places, so that those of the others are counted on from there
    numbers = iter(range(len(shared) + 1, len(places) + 1))
    first = ", ".join(f"?{place or next(numbers)}" for place in places)
    other = ", ".join("?" if place is None else f"?{place}" for place in places)
    names = ", ".join(f'"{table.columns[name].name}"' for name in rows[0])
    lines = "), (".join((first, *[other] * (len(rows) - 1)))
    sql = f'INSERT INTO "{table.name}" ({names}) VALUES ({lines})'  # noqa: S608 - names of our own schema
    connection.exec_driver_sql(sql, (*shared, *(value for row in zip(*differing, strict=True) for value in row)))
