"""Which store a database belongs to, written inside it and compared with the key file at every opening."""

from __future__ import annotations

from typing import Any, Final
from uuid import UUID

from sqlalchemy import Column, Integer, String, Table

from desk_app.storage.tables.base import Base

APPLICATION_ID: Final = 0x54525354
"""Marks the database as one of this program ("TRST" in ASCII), in SQLite's header field for it."""

store_identity = Table(
    "store_identity",
    Base.metadata,
    Column("store", String(36), primary_key=True),
    Column("generation", Integer, nullable=False),
)


def write(connection: Any, store: UUID, generation: int) -> None:
    """Note store and key generation in the database behind ``connection`` (of the driver), and commit."""
    connection.execute("BEGIN IMMEDIATE")
    connection.execute("DELETE FROM store_identity")
    connection.execute("INSERT INTO store_identity (store, generation) VALUES (?, ?)", (str(store), generation))
    connection.execute("COMMIT")


def read(connection: Any) -> tuple[UUID, int] | None:
    """Store and key generation noted in the database, or None where it is no database of this program."""
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    if application != APPLICATION_ID:
        return None
    row = connection.execute("SELECT store, generation FROM store_identity").fetchone()
    return None if row is None else (UUID(row[0]), int(row[1]))
