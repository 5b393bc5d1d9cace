"""How far a database has come: the number of saves in it and a chain over all of them.

Kept inside the database, in the same transaction as each save. Two files that name the same number but another
chain come from different histories, as after an old copy was put back and worked in.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Column, Integer, String, Table

from desk_app.storage.tables.base import Base

save_mark = Table(
    "save_mark",
    Base.metadata,
    Column("counter", Integer, primary_key=True, autoincrement=False),
    Column("chain", String(64), nullable=False),
)


@dataclass(frozen=True, slots=True)
class Mark:
    """A point in the history of a store. ``chain`` is SHA-256 over the chain before and the save's content."""

    counter: int
    chain: bytes

    def after(self, content: bytes) -> Mark:
        """The point reached by the save with this content."""
        return Mark(self.counter + 1, hashlib.sha256(self.chain + content).digest())


START: Final = Mark(0, bytes(32))
"""Before the first save."""


def read(connection: Any) -> Mark:
    """The mark of the database behind ``connection`` (of the driver)."""
    counter, chain = connection.execute("SELECT counter, chain FROM save_mark").fetchone()
    return Mark(int(counter), bytes.fromhex(chain))


def write(connection: Any, mark: Mark) -> None:
    """Set the mark within the transaction that is open on ``connection``."""
    # not by UPDATE: one that changes a key makes the database set pages aside, which takes ten times as long
    connection.execute("DELETE FROM save_mark")
    connection.execute("INSERT INTO save_mark (counter, chain) VALUES (?, ?)", (mark.counter, mark.chain.hex()))
