"""What a database holds, in a form two readers can compare: the same for the same rows, whatever the file looks like.

The digest of a table is the SHA-256 of one JSON text in ASCII without blanks: the array of all rows in the order of
the primary key (where there is none, of the rowid), each row the array of its columns in the order of their definition.
NULL is null, an integer its decimal digits, a real the shortest digits that read back as the same number, a text a
string, a blob {"hex": "…"}. No value of one kind looks like one of another, so equal digests mean equal rows.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import islice
from typing import Any, Final

Query = Callable[[str], Iterable[Any]]
"""Runs one SQL statement and hands out its rows, each a sequence of values as SQLite stores them."""

SCHEMA: Final = "sqlite_master"
"""Stands for the definitions of tables and indexes, so that a lost index is noticed too."""

_DEFINITIONS: Final = (
    "SELECT type, name, tbl_name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite~_%' ESCAPE '~' ORDER BY type, name"
)
_BATCH: Final = 200
"""Rows made into text at once: a moment of a few milliseconds, after which other threads have their turn."""


@dataclass(frozen=True, slots=True)
class Table:
    """Number of rows and their digest, in hexadecimal."""

    rows: int
    digest: str


@dataclass(frozen=True, slots=True)
class Content:
    """Every table of a database by name, and its definitions under ``SCHEMA``."""

    tables: dict[str, Table]

    @property
    def digest(self) -> str:
        """One SHA-256 over all of it, in hexadecimal."""
        listed = {name: [table.rows, table.digest] for name, table in self.tables.items()}
        return hashlib.sha256(json.dumps(listed, sort_keys=True).encode()).hexdigest()

    @property
    def rows(self) -> int:
        """The rows of all tables together."""
        return sum(table.rows for name, table in self.tables.items() if name != SCHEMA)


def read(query: Query) -> Content:
    """The content behind ``query``, which should see one unchanging state all the time."""
    names = [row[1] for row in query(_DEFINITIONS) if row[0] == "table"]
    found = {SCHEMA: _digested(query(_DEFINITIONS))}
    for name in names:
        found[name] = _digested(query(_all_rows(name, query)))
    return Content(found)


def _all_rows(table: str, query: Query) -> str:
    columns = list(query(f"PRAGMA table_info({_quoted(table)})"))
    key = sorted((column[5], column[1]) for column in columns if column[5])
    order = ", ".join(_quoted(name) for _place, name in key) or "rowid"
    listed = ", ".join(_quoted(column[1]) for column in columns)
    return f"SELECT {listed} FROM {_quoted(table)} ORDER BY {order}"  # noqa: S608 - quoted names from the schema


def _digested(rows: Iterable[Any]) -> Table:
    total, count, running = hashlib.sha256(b"["), 0, iter(rows)
    while batch := [tuple(row) for row in islice(running, _BATCH)]:
        text = _encode(batch)[1:-1]
        total.update(f",{text}".encode("ascii") if count else text.encode("ascii"))
        count += len(batch)
    total.update(b"]")
    return Table(count, total.hexdigest())


def _blob(value: bytes | memoryview) -> dict[str, str]:
    return {"hex": bytes(value).hex()}


_encode = json.JSONEncoder(ensure_ascii=True, separators=(",", ":"), default=_blob).encode


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
