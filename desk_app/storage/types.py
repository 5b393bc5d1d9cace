"""Column types that mean the same on SQLite and PostgreSQL."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from sqlalchemy import DateTime, String
from sqlalchemy.types import TypeDecorator

from desk_app.domain.dates import DateSpan

if TYPE_CHECKING:
    from sqlalchemy.engine import Dialect


class UtcDateTime(TypeDecorator[datetime]):
    """An instant. Stored as UTC, returned aware.

    SQLite hands back naive values and PostgreSQL aware ones; callers never see the difference.
    Raises ``ValueError`` for a naive value, because its instant is a guess.
    """

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant needs a time zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class DateSpanText(TypeDecorator[DateSpan]):
    """A date known to the day, the month, the year or roughly: ``earliest/latest/precision``.

    The earliest day leads, so the text sorts and is searched by date on any database.
    """

    impl = String(40)
    cache_ok = True

    def process_bind_param(self, value: DateSpan | None, dialect: Dialect) -> str | None:
        return None if value is None else value.to_text()

    def process_result_value(self, value: str | None, dialect: Dialect) -> DateSpan | None:
        return None if value is None else DateSpan.from_text(value)
