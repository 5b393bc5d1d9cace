"""Lists: the filters staff keep under a name, and what the list of families is sorted and narrowed by."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Final
from uuid import UUID

from sqlalchemy import JSON, Index, String, Text, Uuid
from sqlalchemy.orm import Mapped, mapped_column

from desk_app.domain.centre import Json
from desk_app.storage.tables.base import Base, Tracked
from desk_app.storage.types import UtcDateTime

LONG_AGO: Final = datetime.min.replace(tzinfo=UTC)
NEVER: Final = date.min
"""Stands for a day that is not known or did not come, since what is empty is sorted otherwise by each database."""
NOT_YET: Final = date.max
"""Stands for a day since when something holds that does not hold."""


class SavedFilter(Tracked, Base):
    """A filter of the list ``listing`` that ``created_by`` gave a name. ``content`` is what is filtered and sorted.

    Its words may hold the name of a family, which is why it lies here and not among the settings of the machine.
    """

    __tablename__ = "saved_filter"
    __table_args__ = (Index("ix_saved_filter_of", "created_by", "listing"),)

    listing: Mapped[str] = mapped_column(String(40))
    name: Mapped[str] = mapped_column(Text)
    content: Mapped[Json] = mapped_column(JSON)


class FamilyOrder(Base):
    """What the list of families is sorted and narrowed by, worked out from each family's file.

    It can be worked out anew at any time; ``rules`` is the version of the rules it was made by, 0 once something of
    the family was written, and at ``valid_until`` it may be another although nothing was. No column is ever empty.
    Texts are in their search form, with a "1" before those that are not known and a "0" before all others.
    """

    __tablename__ = "family_order"

    id: Mapped[int] = mapped_column(primary_key=True)
    """Grows with each new family: what comes first of those that are alike."""
    household_id: Mapped[UUID] = mapped_column(Uuid, unique=True)
    rules: Mapped[int] = mapped_column(default=0, index=True)
    valid_until: Mapped[datetime | None] = mapped_column(UtcDateTime, index=True)
    name: Mapped[str] = mapped_column(Text, default="", index=True)
    file_number: Mapped[str] = mapped_column(String(20), default="", index=True)
    adults: Mapped[int] = mapped_column(default=0, index=True)
    children: Mapped[int] = mapped_column(default=0, index=True)
    persons: Mapped[int] = mapped_column(default=0, index=True)
    intake_open: Mapped[bool] = mapped_column(default=False, index=True)
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime, default=LONG_AGO, index=True)
    begun: Mapped[date] = mapped_column(default=NEVER, index=True)
    moved_away: Mapped[date] = mapped_column(default=NEVER, index=True)
    district: Mapped[str] = mapped_column(Text, default="", index=True)
    languages: Mapped[str] = mapped_column(Text, default="", index=True)
    phone_languages: Mapped[str] = mapped_column(Text, default="", index=True)
    counsellor: Mapped[str] = mapped_column(Text, default="", index=True)
    last_contact: Mapped[date] = mapped_column(default=NEVER, index=True)
    last_sign: Mapped[date] = mapped_column(default=NEVER, index=True)
    quiet_since: Mapped[date] = mapped_column(default=NOT_YET, index=True)
    """The last contact with a family that is still here."""
    unheard_since: Mapped[date] = mapped_column(default=NOT_YET, index=True)
    """The last sign of life of a family that is still here and whose child waits for a place."""
    follow_ups: Mapped[int] = mapped_column(default=0, index=True)
    states: Mapped[str] = mapped_column(Text, default="", index=True)
    """States of the children's requests with their numbers: ",complete=1,sent=2,"."""
