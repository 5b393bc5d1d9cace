"""What makes persons findable, worked out from the other tables; and which persons were found not to be the same.

All but ``not_same`` are derived. They are not part of the journal: a database made from it works them out anew for the
families its saves touched.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, ForeignKey, Integer, String, Text, Uuid
from sqlalchemy.orm import Mapped, mapped_column

from desk_app.storage.tables.base import Base
from desk_app.storage.types import UtcDateTime


class SearchSubject(Base):
    """A person, or a family as a whole (``person_id`` empty), with what is compared of it.

    ``rules`` is the version of the rules its entries were made by; 0 means that they must be made anew. There are no
    foreign keys, since a database made from the journal may lack the rows for a moment.
    """

    __tablename__ = "search_subject"

    id: Mapped[int] = mapped_column(primary_key=True)
    household_id: Mapped[UUID] = mapped_column(Uuid, index=True)
    person_id: Mapped[UUID | None] = mapped_column(Uuid, index=True)
    rules: Mapped[int] = mapped_column(Integer, index=True)
    card: Mapped[dict[str, Any]] = mapped_column(JSON)


class SearchEntry(Base):
    """One key under which a subject is found, sorted by key so that beginnings of keys are a range of the index.

    ``beside`` of a word holds all words of the subject's names, so that a second one is compared without fetching it.
    """

    __tablename__ = "search_entry"
    __table_args__ = {"sqlite_with_rowid": False}

    kind: Mapped[str] = mapped_column(String(1), primary_key=True)
    key: Mapped[str] = mapped_column(String(60), primary_key=True)
    subject: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    beside: Mapped[str] = mapped_column(Text)


class SearchWord(Base):
    """A word of somebody's name with its sound keys, which take long to work out."""

    __tablename__ = "search_word"
    __table_args__ = {"sqlite_with_rowid": False}

    word: Mapped[str] = mapped_column(String(60), primary_key=True)
    sounds: Mapped[str] = mapped_column(Text)


class SearchPair(Base):
    """Two subjects, the smaller number first, who may be the same person, as they were compared last."""

    __tablename__ = "search_pair"
    __table_args__ = {"sqlite_with_rowid": False}

    first: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    second: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, index=True)
    likely: Mapped[bool]
    weight: Mapped[float]
    reasons: Mapped[str] = mapped_column(Text)


class SearchChange(Base):
    """A subject that was changed since pairs were looked for."""

    __tablename__ = "search_change"

    subject: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)


class NotSame(Base):
    """Somebody looked at two persons and found that they are two. ``person_a`` is the one with the smaller id."""

    __tablename__ = "not_same"

    person_a: Mapped[UUID] = mapped_column(ForeignKey("person.id"), primary_key=True)
    person_b: Mapped[UUID] = mapped_column(ForeignKey("person.id"), primary_key=True, index=True)
    by: Mapped[UUID] = mapped_column(Uuid)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
