"""Deeds that can be taken back: what each changed, as images of the rows before and after.

The images hold personal data. ``household_id`` says whose; where a family is deleted for good, its images go with it,
and those of families that were merged into it. The rule for keeping is that of the rows they show.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, ForeignKey, String, Text, Uuid
from sqlalchemy.orm import Mapped, mapped_column

from desk_app.storage.tables.base import Base, Keyed
from desk_app.storage.types import UtcDateTime


class Deed(Keyed, Base):
    """One deed. ``undone_by`` is the deed that took it back; ``undoes`` is set in that one."""

    __tablename__ = "deed"

    sequence: Mapped[int] = mapped_column(unique=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    by: Mapped[UUID] = mapped_column(Uuid)
    kind: Mapped[str] = mapped_column(String(60))
    words: Mapped[str] = mapped_column(Text)
    household_id: Mapped[UUID | None] = mapped_column(Uuid, index=True)
    undoes: Mapped[UUID | None] = mapped_column(ForeignKey("deed.id"))
    undone_by: Mapped[UUID | None] = mapped_column(ForeignKey("deed.id"))


class DeedRow(Keyed, Base):
    """What a deed did to one row: only the columns it changed, all of them for a row it made or deleted.

    ``before`` is empty for a row the deed made, ``after`` for one it deleted. ``place`` is the order of the changes.
    """

    __tablename__ = "deed_row"

    deed_id: Mapped[UUID] = mapped_column(ForeignKey("deed.id"), index=True)
    place: Mapped[int]
    table: Mapped[str] = mapped_column("table_name", String(40))
    row_id: Mapped[UUID] = mapped_column(Uuid, index=True)
    household_id: Mapped[UUID | None] = mapped_column(Uuid, index=True)
    before: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    after: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
