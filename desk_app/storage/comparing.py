"""Whether database and journal say the same, row by row.

A page of the database put back from an earlier time, by a disk or by somebody, bears a valid signature, and the marks
agree as long as their own page was not exchanged as well. Only the rows themselves tell.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

from sqlcipher3 import dbapi2

from desk_app.storage import journal_file, rebuilding, row_images
from desk_app.storage.journal_file import Kind, NoJournal, Reading
from desk_app.storage.row_images import Images, Key
from desk_app.storage.save_mark import Mark
from desk_app.storage.slots import RingKey


@dataclass(frozen=True, slots=True)
class Account:
    """What the journal says of the rows of a database at one moment."""

    reading: Reading
    images: list[Images]

    @classmethod
    def read(cls, journal: Path, key: RingKey, mark: Mark) -> Account | None:
        """The account at ``journal`` of a database at ``mark``; None if it is damaged, gone or speaks of another."""
        try:
            reading = journal_file.read(journal, key)
            if reading.damage is None and reading.mark == mark:
                found = cls(reading, last_images(journal, key))
                # a backup may have begun a new segment meanwhile
                same = journal_file.read(journal, key).cipher.preamble == reading.cipher.preamble
                return found if same else None
        except (NoJournal, OSError):
            pass
        return None

    def agrees(self, connection: Any, key: RingKey) -> bool | None:
        """Whether all rows are as told, those of the base included; None where the base cannot be asked."""
        return row_images.agree(connection, self.images) and rest_agrees(connection, self.reading, self.images, key)


def last_images(journal: Path, key: RingKey) -> list[Images]:
    """Each row that the segment at ``journal`` mentions, as it was written down last. Raises ``NoJournal``.

    Only what came after the last change of the tables; before that rows had another shape.
    """
    bodies: list[bytes] = []
    for frame in journal_file.saves(journal, key):
        if frame.kind is Kind.TABLES:
            bodies.clear()
        else:
            bodies.append(frame.body)
    return row_images.latest(image for body in bodies for image in row_images.unpacked(body))


def rest_agrees(connection: Any, reading: Reading, images: list[Images], key: RingKey) -> bool | None:
    """Whether every row that ``images`` do not mention is as in the journal's base; None where that cannot be told.

    ``connection`` (of the driver) should see the state that the journal ends with. Raises driver errors.
    """
    if reading.revision != reading.base.revision or not reading.base.kept:
        return None
    touched = {each.table: set(each.keys()) for each in images}
    try:
        with _attached(connection, rebuilding.base_file(reading, key), key):
            return all(
                changed in touched.get(table, ())
                for table, changed in _changed(connection, has_base=reading.base.snapshot is not None)
            )
    except rebuilding.NoBase:
        return None


def _changed(connection: Any, *, has_base: bool) -> Iterator[tuple[str, Key]]:
    """Table and key of each row that differs from the base, is new, or is gone."""
    for table in row_images.tables(connection):
        key, columns = row_images.shape(connection, table)
        keys = ", ".join(f'one."{name}"' for name in key)
        if not has_base:
            yield from ((table, row) for row in connection.execute(f'SELECT {keys} FROM main."{table}" one'))  # noqa: S608
            continue
        same_key = " AND ".join(f'one."{name}" = other."{name}"' for name in key)
        same = " AND ".join(f'one."{name}" IS other."{name}"' for name in columns)
        for here, there, alike in (("main", "base", same), ("base", "main", same_key)):
            query = (
                f'SELECT {keys} FROM {here}."{table}" one WHERE NOT EXISTS '  # noqa: S608 - names of our own schema
                f'(SELECT 1 FROM {there}."{table}" other WHERE {same_key} AND {alike})'
            )
            yield from ((table, tuple(row)) for row in connection.execute(query))


@contextlib.contextmanager
def _attached(connection: Any, base: Path | None, key: RingKey) -> Iterator[None]:
    if base is None:
        yield
        return
    place = f"file:{quote(base.absolute().as_posix())}?mode=ro&immutable=1"
    connection.execute(f"ATTACH DATABASE ? AS base KEY \"x'{key.data_key.hex()}'\"", (place,))
    try:
        yield
    finally:
        with contextlib.suppress(dbapi2.OperationalError):  # within a transaction it goes with the connection
            connection.execute("DETACH DATABASE base")
