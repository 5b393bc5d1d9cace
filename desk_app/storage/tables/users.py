"""Staff, the centre's own settings, and the running numbers."""

from __future__ import annotations

from sqlalchemy import JSON, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from desk_app.domain.centre import Json
from desk_app.storage.tables.base import Base, Tracked


class User(Tracked, Base):
    """Somebody who works at the desk. Keys are in the key file, never here."""

    __tablename__ = "app_user"

    name: Mapped[str] = mapped_column(Text)
    role: Mapped[str] = mapped_column(String(20))


class CentreSetting(Tracked, Base):
    """One setting of the centre, such as its letterhead or the wait limits."""

    __tablename__ = "centre_setting"

    key: Mapped[str] = mapped_column(String(60), unique=True)
    value: Mapped[Json] = mapped_column(JSON)


class Counter(Base):
    """The last running number given out for a series and year, such as requests of 2026."""

    __tablename__ = "counter"

    series: Mapped[str] = mapped_column(String(20), primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    last: Mapped[int]
