"""A child's school years so far, papers seen, and the directory of schools."""

from __future__ import annotations

from datetime import date

from sqlalchemy import String, Text
from sqlalchemy.orm import Mapped, mapped_column

from desk_app.storage.tables.base import Base, Tracked
from desk_app.storage.tables.households import Code, OfHousehold


class SchoolYear(OfHousehold, Tracked, Base):
    """One school year, or a run of them; "no school" is a row as well (``attended`` false)."""

    __tablename__ = "school_year"

    school_year: Mapped[str | None] = mapped_column(String(9))
    until_year: Mapped[str | None] = mapped_column(String(9))
    attended: Mapped[bool | None]
    country: Mapped[str | None] = mapped_column(Code)
    school: Mapped[str | None] = mapped_column(Text)
    grade: Mapped[str | None] = mapped_column(Text)
    remark: Mapped[str | None] = mapped_column(Text)


class Document(OfHousehold, Tracked, Base):
    """That a paper was seen, and when. Never a copy of the paper."""

    __tablename__ = "document"

    document: Mapped[str | None] = mapped_column(Code)
    state: Mapped[str | None] = mapped_column(Code)
    seen_on: Mapped[date | None]
    due_on: Mapped[date | None]


class SchoolWish(OfHousehold, Tracked, Base):
    __tablename__ = "school_wish"

    school: Mapped[str | None] = mapped_column(String(10))


class School(Tracked, Base):
    """A school of the directory. Coordinates are UTM zone 32 in metres (ETRS89)."""

    __tablename__ = "school"

    number: Mapped[str] = mapped_column(String(10), unique=True)
    form: Mapped[str] = mapped_column(Code)
    name: Mapped[str] = mapped_column(Text)
    street: Mapped[str] = mapped_column(Text, default="")
    postal_code: Mapped[str] = mapped_column(String(10), default="")
    city: Mapped[str] = mapped_column(Text, default="")
    district: Mapped[str] = mapped_column(Text, default="")
    easting: Mapped[int | None]
    northing: Mapped[int | None]
    all_day: Mapped[bool | None]
    provider: Mapped[str] = mapped_column(Text, default="")
    heritage: Mapped[str] = mapped_column(Text, default="", server_default="")
    source: Mapped[str] = mapped_column(Text, default="")
    as_of: Mapped[date | None]
