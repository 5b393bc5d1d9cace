"""What staff keep about lists: filters under a name of their own."""

from __future__ import annotations

from sqlalchemy import JSON, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from desk_app.domain.centre import Json
from desk_app.storage.tables.base import Base, Tracked


class SavedFilter(Tracked, Base):
    """A filter of the list ``listing`` that ``created_by`` gave a name. ``content`` is what is filtered and sorted.

    Its words may hold the name of a family, which is why it lies here and not among the settings of the machine.
    """

    __tablename__ = "saved_filter"
    __table_args__ = (Index("ix_saved_filter_of", "created_by", "listing"),)

    listing: Mapped[str] = mapped_column(String(40))
    name: Mapped[str] = mapped_column(Text)
    content: Mapped[Json] = mapped_column(JSON)
