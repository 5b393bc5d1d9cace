"""When the calendars that were read in say that desks are taken."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import select

from desk_app.casework.appointment_lines import midnight
from desk_app.casework.desk import Work
from desk_app.storage.tables import BusyTime


@dataclass(frozen=True, slots=True)
class BusyDesk:
    """From ``start`` up to, not including, ``end`` whoever sits at a desk is taken; nobody knows by what."""

    seat: UUID
    start: datetime
    end: datetime


def calendar_busy(work: Work, first: date, last: date) -> tuple[BusyDesk, ...]:
    """What touches these days, both included, in order of time."""
    query = select(BusyTime.seat_id, BusyTime.starts_at, BusyTime.ends_at).where(
        BusyTime.removed_at.is_(None), BusyTime.seat_id.is_not(None),
        BusyTime.starts_at < midnight(last + timedelta(days=1)), BusyTime.ends_at > midnight(first),
    )  # fmt: skip
    found = work.session.execute(query.order_by(BusyTime.starts_at, BusyTime.ends_at)).all()
    return tuple(BusyDesk(seat, start, end) for seat, start, end in found if seat is not None)
