"""Statements on the way of every save, put together once.

Problem. SQLAlchemy prepares each execution anew: keys of its caches, what surrounds an execution, what reads its
result. Where a row is found by its key that is four fifths of the time, and a save has a dozen such statements.

Choice. The statement is compiled once, the driver is given its text and values, and the column types read what comes
back, as they would anyway. Transaction and connection stay the session's. What the session's own objects hold back
must have been flushed, and they are not told.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime
from functools import cached_property, lru_cache
from typing import Any, Final
from uuid import UUID

from sqlalchemy.dialects.sqlite.pysqlite import dialect as sqlite_dialect
from sqlalchemy.orm import Session
from sqlalchemy.sql import ClauseElement, Select
from sqlalchemy.types import TypeEngine, Uuid

from desk_app.storage.types import UtcDateTime

_DIALECT: Final = sqlite_dialect()

_Process = Callable[[Any], Any] | None


class Ready:
    """A statement with named parameters; lists of them are one parameter, see ``many_rows.among_listed``."""

    def __init__(self, statement: ClauseElement) -> None:
        self._statement = statement

    def rows(self, session: Session, **values: Any) -> list[tuple[Any, ...]]:
        """Run it; what it found, none for a statement that changes rows. Raises errors of the driver."""
        found: list[tuple[Any, ...]] = driver_of(session).execute(self._text, self._encoded(values)).fetchall()
        return [self._decoded(row) for row in found] if self._decode else found

    def first(self, session: Session, **values: Any) -> tuple[Any, ...] | None:
        """The first row it finds, if any."""
        return next(iter(self.rows(session, **values)), None)

    def each(self, session: Session, rows: Iterable[Mapping[str, Any]]) -> None:
        """Run it once for each of the rows of values."""
        driver_of(session).executemany(self._text, [self._encoded(row) for row in rows])

    def _encoded(self, values: Mapping[str, Any]) -> list[Any]:
        return [
            fixed if name not in values else values[name] if write is None else write(values[name])
            for name, fixed, write in self._places
        ]

    def _decoded(self, row: tuple[Any, ...]) -> tuple[Any, ...]:
        values = list(row)
        for place, read in self._decode:
            values[place] = read(values[place])
        return tuple(values)

    @cached_property
    def _compiled(self) -> Any:
        return self._statement.compile(dialect=_DIALECT)

    @cached_property
    def _text(self) -> str:
        return str(self._compiled)

    @cached_property
    def _places(self) -> tuple[tuple[str, Any, _Process], ...]:
        """For each place of the text the parameter that goes there, what stands there without it, and its encoding."""
        found = []
        for name in self._compiled.positiontup:
            bind = self._compiled.binds[name]
            write = _on(bind.type).bind_processor(_DIALECT)
            found.append((name, bind.value if write is None else write(bind.value), write))
        return tuple(found)

    @cached_property
    def _decode(self) -> tuple[tuple[int, Callable[[Any], Any]], ...]:
        """The places of a row that are kept otherwise than they are meant, and how they are read."""
        statement = self._statement
        columns = statement.selected_columns if isinstance(statement, Select) else ()
        reads = (_reader(column.type) for column in columns)
        return tuple((place, read) for place, read in enumerate(reads) if read is not None)


def driver_of(session: Session) -> Any:
    """The driver's connection inside the transaction of ``session``."""
    return session.connection().connection.driver_connection


def _reader(kind: TypeEngine[Any]) -> _Process:
    if isinstance(kind, Uuid):
        return _key
    return _instant if isinstance(kind, UtcDateTime) else _on(kind).result_processor(_DIALECT, None)


@lru_cache(maxsize=4096)
def _key(text: str | None) -> UUID | None:
    """Among many rows the same keys come again and again, and to make one takes longer than to read all the rest."""
    return None if text is None else UUID(int=int(text, 16))


@lru_cache(maxsize=4096)
def _instant(text: str | None) -> datetime | None:
    """The same with instants: what is saved at once has one."""
    return None if text is None else datetime.fromisoformat(text).replace(tzinfo=UTC)


def _on(kind: TypeEngine[Any]) -> Any:
    return kind.dialect_impl(_DIALECT)
