"""Who did what, when, to which fields: only ever added, each entry chained to the one before.

Over a connection of the open store nothing can be changed in it, see ``storage.append_only``.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import JSON, String, Uuid
from sqlalchemy.orm import Mapped, mapped_column

from desk_app.storage.tables.base import Base
from desk_app.storage.types import UtcDateTime


class AuditEntry(Base):
    """``fields`` are names of fields, never values; ``chain`` is SHA-256 over the entry and the chain before.

    Of a file that was read in or sent out ``fields`` hold its fingerprint and how many rows it had, of a store that
    was mended what its user was told.
    """

    __tablename__ = "audit"

    sequence: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    by: Mapped[UUID] = mapped_column(Uuid)
    deed: Mapped[str] = mapped_column(String(60), index=True)
    kind: Mapped[str] = mapped_column(String(20))
    subject: Mapped[UUID | None] = mapped_column(Uuid, index=True)
    fields: Mapped[list[str]] = mapped_column(JSON)
    chain: Mapped[str] = mapped_column(String(64))
