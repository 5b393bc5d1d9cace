"""How lists of a sender are read, so that the next one of the same shape needs no help."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from desk_app.storage.tables.base import Base, Keyed
from desk_app.storage.types import UtcDateTime


class ImportProfile(Keyed, Base):
    """What the columns of lists with the same headings mean. ``headings`` are folded and in order."""

    __tablename__ = "import_profile"

    headings: Mapped[str] = mapped_column(Text, unique=True)
    targets: Mapped[list[Any]] = mapped_column(JSON)
    grouping: Mapped[str] = mapped_column(String(20))
    used_at: Mapped[datetime] = mapped_column(UtcDateTime)
