"""Rows before and after a deed: caught as the session writes them, kept as JSON by column.

Only what goes through the session's own rows is caught; a deed that writes with plain SQL cannot be taken back.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Column, ColumnElement, event, select
from sqlalchemy.orm import Session

from desk_app.domain.dates import DateSpan
from desk_app.storage import many_rows
from desk_app.storage.tables import Base, DeedRow, Household, Keyed, Tracked
from desk_app.storage.types import DateSpanText, UtcDateTime

Image = dict[str, Any]

BOOKKEEPING: Final = frozenset({"id", "version", "created_at", "created_by", "changed_at", "changed_by", "search_form"})
"""Columns that follow from the others or tell who wrote last."""

_FOLLOWS: Final = BOOKKEEPING - {"id", "version"}

TABLES: Final[Mapping[str, type[Keyed]]] = {
    str(mapper.local_table): mapper.class_
    for mapper in Base.registry.mappers
    if issubclass(mapper.class_, Tracked | DeedRow)
}
"""The tables whose rows are caught. Of the images themselves only that one was rewritten."""

WITH: Final = "_with"
"""Key of a family's image under which those of its other rows stand, by table: one image a family of an old list."""

_RECORDING: Final = "recording"
_AT_ONCE: Final = 400
_HOUSEHOLD: Final = Household.__tablename__


def tracked() -> tuple[type[Tracked], ...]:
    """The classes of rows that know who changed them."""
    return tuple(table for table in TABLES.values() if issubclass(table, Tracked))


@dataclass(frozen=True, slots=True)
class Change:
    """What became of one row; both images hold only the columns that differ, all of them for a new or deleted row."""

    table: str
    row: UUID
    household: UUID | None
    before: Image | None
    after: Image | None


@dataclass
class Recording:
    """The rows a session writes while this is on, as they were at first."""

    session: Session
    first: dict[tuple[str, UUID], Image | None] = field(default_factory=dict)
    made: dict[tuple[str, UUID], Mapping[str, Any]] = field(default_factory=dict)
    """Rows put in many at once, by column, as they were put in."""
    whole: list[Change] = field(default_factory=list)
    """Changes of rows that were written by one statement for all of them."""

    def changes(self, *, one_by_one: bool = False) -> Iterator[Change]:
        """What became of them so far, in the order they were first written; rows that came to nothing left out.

        ``one_by_one`` leaves out those that were written by one statement for all of them.
        """
        self.session.flush()
        yield from () if one_by_one else self.whole
        yield from self._made()
        now = _read_many(self.session, self.first)
        for (table, row), before in self.first.items():
            after = now.get((table, row))
            if before is None and after is None:
                continue
            household = _household(table, row, after or before or {})
            if before is None or after is None:
                yield Change(table, row, household, before, after)
                continue
            keys = [key for key in after if after[key] != before.get(key) and key not in BOOKKEEPING]
            if keys:
                yield Change(
                    table, row, household, {key: before.get(key) for key in keys}, {key: after[key] for key in keys}
                )

    def _made(self) -> Iterator[Change]:
        """The rows put in many at once: those of a new family within one change."""
        families: dict[Any, list[tuple[str, UUID]]] = {}
        alone = []
        for key, values in self.made.items():
            if key in self.first:
                continue
            if key[0] == _HOUSEHOLD:
                families[key[1]] = [key]
            elif (household := values.get("household_id")) in families:
                families[household].append(key)
            else:
                alone.append(key)
        for household, keys in families.items():
            image = self._image(keys[0])
            parts: dict[str, list[Image]] = {}
            for table, row in keys[1:]:
                parts.setdefault(table, []).append(self._image((table, row)))
            yield Change(_HOUSEHOLD, household, household, None, {**image, WITH: parts})
        for table, row in alone:
            image = self._image((table, row))
            yield Change(table, row, _household(table, row, image), None, image)

    def _image(self, key: tuple[str, UUID]) -> Image:
        return {
            name: encoded(value) for name, value in self.made[key].items() if value is not None and name not in _FOLLOWS
        }

    def catch(self, session: Session, *_unused: object) -> None:
        """Before a flush: read the rows that are about to change, each once."""
        for row in session.new:
            if isinstance(row, Tracked):
                self.first.setdefault((row.__tablename__, row.id), None)  # type: ignore[attr-defined]  # every mapped class has it
        for row in (*session.dirty, *session.deleted):
            if isinstance(row, Tracked | DeedRow):
                key = row.__tablename__, row.id  # type: ignore[union-attr]  # every mapped class has it
                if key not in self.first:
                    self.first[key] = None if key in self.made else read(session, *key)


def parts_of(row: Change) -> Iterator[Change]:
    """The change of a row as it is kept, then those of the rows that are kept within it."""
    after = dict(row.after or {})
    within = after.pop(WITH, {})
    yield Change(row.table, row.row, row.household, row.before, after if row.after is not None else None)
    for table, images in within.items():
        for image in images:
            id_ = UUID(image["id"])
            if row.before is None:
                yield Change(table, id_, row.household, None, image)
            else:
                yield Change(table, id_, row.household, row.before, after)


def kept(session: Session, deed: UUID, *within: ColumnElement[bool]) -> Iterator[Change]:
    """What a deed did as it is kept, row by row in its order; ``within`` narrows down the images."""
    images: Any = DeedRow.__table__.c
    query = select(images.table_name, images.row_id, images.household_id, images.before, images.after)
    query = query.where(images.deed_id == deed, *within).order_by(images.place)
    for row in session.connection().execute(query).yield_per(_AT_ONCE):
        yield from parts_of(Change(*row))


@contextmanager
def recording(session: Session) -> Iterator[tuple[Recording, bool]]:
    """Catch what ``session`` writes. Within another recording it is that one; the flag says whether it is new."""
    running = session.info.get(_RECORDING)
    if running is not None:
        yield running, False
        return
    session.flush()
    caught = session.info[_RECORDING] = Recording(session)
    event.listen(session, "before_flush", caught.catch)
    try:
        yield caught, True
    finally:
        event.remove(session, "before_flush", caught.catch)
        del session.info[_RECORDING]


def put_in(session: Session, table: type[Tracked], rows: Sequence[Mapping[str, Any]]) -> None:
    """Put many new rows of one table in with one statement, caught by the recording of ``session`` if there is one.

    Rows are given by column, with every value they are to have: of the defaults only ``version`` and those of the
    store itself hold.
    """
    if not rows:
        return
    mapped: Any = table.__table__  # type: ignore[attr-defined]  # every mapped class has it
    keys = dict.fromkeys(key for row in rows for key in row)
    full = [{"version": 1, **{key: row.get(key) for key in keys}} for row in rows]
    many_rows.put_in(session, mapped, full)
    running = session.info.get(_RECORDING)
    if running is not None:
        running.made.update(((mapped.name, row["id"]), row) for row in full)


def read(session: Session, table: str, row: UUID) -> Image | None:
    """The row as it stands in the store, by column."""
    columns = Base.metadata.tables[table].columns
    found = session.connection().execute(select(*columns).where(columns["id"] == row)).mappings().first()
    return None if found is None else {key: encoded(value) for key, value in found.items()}


def _read_many(session: Session, rows: Iterable[tuple[str, UUID]]) -> dict[tuple[str, UUID], Image]:
    """The rows as they stand in the store, many at once; those that are gone are left out."""
    wanted: defaultdict[str, list[UUID]] = defaultdict(list)
    for table, row in rows:
        wanted[table].append(row)
    found: dict[tuple[str, UUID], Image] = {}
    for table, ids in wanted.items():
        columns = Base.metadata.tables[table].columns
        for first in range(0, len(ids), _AT_ONCE):
            query = select(*columns).where(columns["id"].in_(ids[first : first + _AT_ONCE]))
            for each in session.connection().execute(query).mappings():
                found[table, each["id"]] = {key: encoded(value) for key, value in each.items()}
    return found


def image_of(row: Keyed) -> Image:
    """The row as the session has it, by column, without what only tells who wrote last."""
    columns = Base.metadata.tables[row.__tablename__].columns  # type: ignore[attr-defined]  # every mapped class has it
    return {column.key: encoded(getattr(row, _attribute(row, column.key))) for column in columns
            if column.key not in BOOKKEEPING}  # fmt: skip


def value_of(row: Keyed, key: str) -> Any:
    """One column of a row as an image has it."""
    return encoded(getattr(row, _attribute(row, key)))


def put(row: Keyed, key: str, value: Any) -> None:
    """Set one column of a row to a value of an image."""
    column = Base.metadata.tables[row.__tablename__].columns[key]  # type: ignore[attr-defined]  # every mapped class has it
    setattr(row, _attribute(row, key), decoded(column, value))


def made_from(table: str, image: Image) -> Keyed:
    """A row that is as the image says, to be added to a session."""
    columns = Base.metadata.tables[table].columns
    return TABLES[table](**{key: decoded(columns[key], value) for key, value in image.items() if key in columns})


def encoded(value: Any) -> Any:
    """A value as JSON has it."""
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, DateSpan):
        return value.to_text()
    return value.isoformat() if isinstance(value, date) else value


def decoded(column: Column[Any], value: Any) -> Any:
    """A value of an image as its column has it; a later version may have given the column another type."""
    if value is None:
        return None
    if isinstance(column.type, DateSpanText):
        return DateSpan.from_text(value)
    if isinstance(column.type, UtcDateTime):
        return datetime.fromisoformat(value)
    kind = column.type.python_type
    if kind is UUID:
        return UUID(value)
    return date.fromisoformat(value) if kind is date else value


def _attribute(row: Keyed, key: str) -> str:
    return "table" if isinstance(row, DeedRow) and key == "table_name" else key


def _household(table: str, row: UUID, image: Image) -> UUID | None:
    if table == _HOUSEHOLD:
        return row
    found = image.get("household_id")
    return UUID(found) if found else None
