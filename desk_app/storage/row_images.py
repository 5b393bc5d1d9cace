"""What a transaction changed, as whole rows: caught by the database itself, so no way of writing slips past.

Temporary triggers, which live in the connection and never in the file, note the key of every row that is inserted,
updated or deleted, whether by the mapped classes, by plain SQL or by a cascade. Before the commit the rows are read
once as they have become. Putting these images into a database that holds the state before leads to the state after,
in whatever order the statements came; doing it twice changes nothing.
"""

from __future__ import annotations

import base64
import json
import math
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any, Final

DERIVED: Final = frozenset(
    {"search_subject", "search_entry", "search_word", "search_pair", "search_change", "placement_line", "family_order"}
)
"""Tables that are worked out from the others."""

APART: Final = frozenset({"alembic_version", "store_identity", "save_mark"}) | DERIVED
"""Tables that speak of the file itself, or follow from the rest of it; a rebuilt file gets its own."""

_TOUCHED: Final = "journal_touched"
_MOST_KEYS: Final = 2
_PIECE: Final = 1000

Told = Callable[[float], None]
"""Told how much of a long step is done, up to 1; may raise to stop it."""

Key = tuple[Any, ...]
Row = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Images:
    """The rows of one table after a transaction, and the keys of those that are gone."""

    table: str
    key: tuple[str, ...]
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    gone: tuple[Key, ...]

    def keys(self) -> Iterator[Key]:
        """The key of every row that the transaction touched."""
        places = [self.columns.index(name) for name in self.key] if self.rows else []
        yield from (tuple(row[place] for place in places) for row in self.rows)
        yield from self.gone


@dataclass
class Shapes:
    """What the tables of one database look like, asked for once for as long as none is made or altered.

    Problem. The database names each column and its type in memory that is locked against swapping: of a table that
    is wide, this takes longer than reading its rows.
    """

    _version: int | None = None
    _known: dict[str, _Shape] = field(default_factory=dict)

    def of(self, connection: Any, table: str) -> _Shape:
        """The shape of ``table`` as the database behind ``connection`` (of the driver) has it now."""
        (version,) = connection.execute("PRAGMA main.schema_version").fetchone()
        if version != self._version:
            self._version, self._known = version, {}
        if table not in self._known:
            self._known[table] = _Shape(table, *shape(connection, table))
        return self._known[table]


class _Shape:
    """The columns of a table's key, all its columns, and the query for its noted rows, each behind its key."""

    def __init__(self, table: str, key: tuple[str, ...], columns: tuple[str, ...]) -> None:
        self.key, self.columns = key, columns
        names = ", ".join(f'row."{name}"' for name in columns)
        same = " AND ".join(f'row."{name}" = note.k{place}' for place, name in enumerate(key, 1))
        self.noted = (
            f"SELECT {', '.join(f'note.k{place}' for place in range(1, len(key) + 1))}, {names} "  # noqa: S608
            f'FROM {_TOUCHED} AS note CROSS JOIN main."{table}" AS row ON {same} WHERE note.name = ?'
        )


def watch(connection: Any) -> None:
    """Note from now on, for each transaction on ``connection`` (of the driver), which rows it touches."""
    connection.execute("PRAGMA recursive_triggers = ON")  # else rows pushed out by REPLACE would go unnoticed
    connection.execute(
        f"CREATE TEMP TABLE IF NOT EXISTS {_TOUCHED} (name, k1, k2, PRIMARY KEY (name, k1, k2)) WITHOUT ROWID"
    )
    for table in tables(connection):
        key, _columns = shape(connection, table)
        names = ", ".join(f'"{name}"' for name in key)
        for number, (event, row) in enumerate(
            # a trigger that asks for the row before makes the database copy all of it
            (("INSERT", "NEW"), ("UPDATE", "NEW"), (f"UPDATE OF {names}", "OLD"), ("DELETE", "OLD"))
        ):
            connection.execute(
                f'CREATE TEMP TRIGGER IF NOT EXISTS "journal_{number}_{table}" AFTER {event} ON main."{table}" '
                f"BEGIN {_note(table, key, row)} END"
            )


def collect(connection: Any, told: Told | None = None, shapes: Shapes | None = None) -> list[Images]:
    """What the open transaction changed so far, and forget the notes about it."""
    shapes = shapes or Shapes()
    notes = connection.execute(f"SELECT name, k1, k2 FROM {_TOUCHED} ORDER BY name").fetchall()  # noqa: S608
    if not notes:
        return []
    found, done = [], 0
    for name, group in groupby(notes, lambda note: note[0]):
        keys = [note[1:] for note in group]
        found.append(_images(connection, name, shapes.of(connection, name), keys))
        done += len(keys)
        if told is not None:
            told(done / len(notes))
    connection.execute(f"DELETE FROM {_TOUCHED}")  # noqa: S608 - a name of ours
    return found


def apply(connection: Any, images: Iterable[Images]) -> None:
    """Put the images into the database within the open transaction. References must be off: their order is lost."""
    listed = list(images)
    for each in listed:
        where = _where(each.key)
        connection.executemany(f'DELETE FROM main."{each.table}" WHERE {where}', list(each.keys()))  # noqa: S608
    for each in listed:
        names = ", ".join(f'"{name}"' for name in each.columns)
        places = ", ".join("?" * len(each.columns))
        if each.rows:
            connection.executemany(f'INSERT INTO main."{each.table}" ({names}) VALUES ({places})', each.rows)  # noqa: S608


def outdate(connection: Any, images: Iterable[Images]) -> None:
    """Note that what was worked out for the families of these images must be worked out anew.

    A row that is gone no longer says whose it was; then all of them are.
    """
    found = connection.execute("SELECT name FROM main.sqlite_master WHERE type = 'table'").fetchall()
    if ("placement_line",) in found:
        connection.execute("UPDATE main.placement_line SET stale = 1")
    if ("family_order",) in found:
        connection.execute("UPDATE main.family_order SET rules = 0")
    if ("search_subject",) not in found:
        return
    for each in images:
        owner = "id" if each.table == "household" else "household_id"
        if owner in each.columns:
            place = each.columns.index(owner)
            households = sorted({(row[place],) for row in each.rows})
            connection.executemany("UPDATE main.search_subject SET rules = 0 WHERE household_id = ?", households)
            if each.gone:
                connection.execute("UPDATE main.search_subject SET rules = 0")


def agree(connection: Any, images: Iterable[Images]) -> bool:
    """Whether the database holds exactly these rows and none of those that are gone."""
    for each in images:
        read = _reader(connection, each.table, each.key, each.columns)
        if any(read(key) is not None for key in each.gone):
            return False
        if each.rows and any(read(key) != row for key, row in zip(each.keys(), each.rows, strict=False)):
            return False
    return True


def latest(images: Iterable[Images]) -> list[Images]:
    """Of many images in the order they were taken, the last one of each row."""
    found: dict[tuple[str, tuple[str, ...], tuple[str, ...]], dict[Key, Row | None]] = {}
    for each in images:
        rows = found.setdefault((each.table, each.key, each.columns), {})
        rows.update(zip(each.keys(), (*each.rows, *(None for _gone in each.gone)), strict=True))
    return [
        Images(
            *shaped,
            tuple(row for row in rows.values() if row is not None),
            tuple(key for key, row in rows.items() if row is None),
        )
        for shaped, rows in found.items()
    ]


def packed(images: Sequence[Images], told: Told | None = None) -> bytes:
    """The images as compressed JSON; bytes are written as ``{"b": base64}``."""
    squeeze = zlib.compressobj(1)
    parts = []
    pieces = sum(2 + math.ceil(len(each.rows) / _PIECE) for each in images)
    for number, text in enumerate(_texts(images)):
        parts.append(squeeze.compress(text.encode()))
        if told is not None:
            told(min(number / pieces, 1))
    return b"".join((*parts, squeeze.flush()))


def _texts(images: Iterable[Images]) -> Iterator[str]:
    """The JSON of the images in pieces, since that of an old list brought in would fill the memory as a whole."""
    between = "["
    for each in images:
        yield f"{between}[{_text((each.table, each.key, each.columns))[1:-1]},["
        for first in range(0, len(each.rows), _PIECE):
            yield ("," if first else "") + _text(each.rows[first : first + _PIECE])[1:-1]
        yield f"],{_text(each.gone)}]"
        between = ","
    yield "[]" if between == "[" else "]"


def _text(values: object) -> str:
    return _JSON.encode(values)


def unpacked(content: bytes) -> list[Images]:
    """The images back from ``packed``."""
    values = json.loads(zlib.decompress(content), object_hook=_untagged)
    return [
        Images(table, tuple(key), tuple(columns), tuple(map(tuple, rows)), tuple(map(tuple, gone)))
        for table, key, columns, rows, gone in values
    ]


def tables(connection: Any) -> list[str]:
    """The tables whose rows are written down."""
    found = connection.execute(
        "SELECT name FROM main.sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'"
    )
    return [name for (name,) in found.fetchall() if name not in APART]


def shape(connection: Any, table: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The columns of a table's key, and all its columns."""
    columns = connection.execute(f'PRAGMA main.table_info("{table}")').fetchall()
    key = tuple(column[1] for column in sorted(columns, key=lambda column: column[5]) if column[5])
    assert 1 <= len(key) <= _MOST_KEYS, table
    return key, tuple(column[1] for column in columns)


def _note(table: str, key: tuple[str, ...], row: str) -> str:
    """What a trigger does. Of a row noted before, ``ON CONFLICT DO UPDATE`` is refused: its rule holds in here too."""
    values = [f'{row}."{name}"' for name in key] + ["''"] * (_MOST_KEYS - len(key))
    return f"INSERT OR IGNORE INTO {_TOUCHED} VALUES ('{table}', {', '.join(values)});"  # noqa: S608


def _images(connection: Any, table: str, shape: _Shape, noted: list[Key]) -> Images:
    width = len(shape.key)
    keys = [values[:width] for values in noted]
    # one query, however many they are
    found = {row[:width]: row[width:] for row in connection.execute(shape.noted, (table,)).fetchall()}
    gone = tuple(each for each in keys if each not in found)
    return Images(table, shape.key, shape.columns, tuple(found[each] for each in keys if each in found), gone)


def _reader(connection: Any, table: str, key: tuple[str, ...], columns: tuple[str, ...]) -> Callable[[Key], Row | None]:
    names = ", ".join(f'"{name}"' for name in columns) or "1"
    query = f'SELECT {names} FROM main."{table}" WHERE {_where(key)}'  # noqa: S608 - names of our own schema

    def read(values: Key) -> Row | None:
        row = connection.execute(query, values).fetchone()
        return None if row is None else tuple(row)

    return read


def _where(key: tuple[str, ...]) -> str:
    return " AND ".join(f'"{name}" = ?' for name in key)


def _tagged(value: object) -> dict[str, str]:
    if isinstance(value, bytes):
        return {"b": base64.b64encode(value).decode("ascii")}
    raise TypeError(type(value).__name__)


_JSON: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), default=_tagged)


def _untagged(value: dict[str, str]) -> bytes:
    return base64.b64decode(value["b"])
