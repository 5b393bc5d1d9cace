"""Appointments and walk-ins, what they need (places, desks, interpreters), and when these are there.

Minutes of the day count from midnight in local time, 0 to 1440; weekdays are bits, Monday the lowest. Instants are
half-open: one that ends at ten does not meet one that begins at ten.
"""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String, Text, Uuid
from sqlalchemy.orm import Mapped, mapped_column

from desk_app.storage.tables.base import Base, Tracked
from desk_app.storage.tables.households import Code, Mergeable
from desk_app.storage.types import UtcDateTime


class Place(Tracked, Base):
    """Where counselling happens: the centre, or a community centre on its days. ``kind``: centre, outreach."""

    __tablename__ = "place"

    name: Mapped[str] = mapped_column(Text)
    short: Mapped[str | None] = mapped_column(Text)
    kind: Mapped[str] = mapped_column(Code, default="centre")
    street: Mapped[str | None] = mapped_column(Text)
    postal_code: Mapped[str | None] = mapped_column(String(10))
    city: Mapped[str | None] = mapped_column(Text)
    stop: Mapped[str | None] = mapped_column(Text)
    note: Mapped[str | None] = mapped_column(Text)
    position: Mapped[int] = mapped_column(default=0)


class Seat(Tracked, Base):
    """A desk or a room of a place. ``user_id`` is who usually sits there."""

    __tablename__ = "seat"

    place_id: Mapped[UUID] = mapped_column(ForeignKey("place.id"), index=True)
    kind: Mapped[str] = mapped_column(Code, default="desk")
    name: Mapped[str] = mapped_column(Text)
    user_id: Mapped[UUID | None] = mapped_column(Uuid)
    laptop: Mapped[bool | None]
    position: Mapped[int] = mapped_column(default=0)


class AppointmentKind(Tracked, Base):
    """What an appointment is about, and so how long it takes. ``look``: intake, school, offer, follow, internal.

    ``before_minutes`` and ``after_minutes`` keep the desk busy around the talk; ``bring`` is what to bring along.
    """

    __tablename__ = "appointment_kind"

    name: Mapped[str] = mapped_column(Text)
    look: Mapped[str] = mapped_column(Code)
    minutes: Mapped[int]
    before_minutes: Mapped[int] = mapped_column(default=0)
    after_minutes: Mapped[int] = mapped_column(default=0)
    bring: Mapped[str | None] = mapped_column(Text)
    position: Mapped[int] = mapped_column(default=0)


class When:
    """A rule of days and hours. ``every_weeks`` counts from the Monday of the week of ``valid_from``;
    ``week_of_month`` is 1 to 4, or 5 for the last; ``valid_to`` is the last day."""

    weekdays: Mapped[int]
    opens: Mapped[int]
    closes: Mapped[int]
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]
    every_weeks: Mapped[int | None]
    week_of_month: Mapped[int | None]
    school_holidays: Mapped[str | None] = mapped_column(Code)
    """``no``: not in them; ``only``: only in them; ``None``: as always."""
    despite_holiday: Mapped[bool | None]
    """On public holidays as well, which otherwise are closed."""


class Opening(When, Tracked, Base):
    """When a place, or one desk of it, is open for appointments or (``walk_in``) for whoever comes.

    Hours that change are ended and others begun, so that what was in force is known later. ``seats`` is how many
    desks are open, ``None`` for all.
    """

    __tablename__ = "opening"

    place_id: Mapped[UUID] = mapped_column(ForeignKey("place.id"), index=True)
    seat_id: Mapped[UUID | None] = mapped_column(ForeignKey("seat.id"), index=True)
    walk_in: Mapped[bool] = mapped_column(default=False)
    seats: Mapped[int | None]
    words: Mapped[str | None] = mapped_column(Text)


class Closure(Tracked, Base):
    """Days, or hours of days, when a place or one desk is shut; neither set means everywhere."""

    __tablename__ = "closure"

    place_id: Mapped[UUID | None] = mapped_column(ForeignKey("place.id"), index=True)
    seat_id: Mapped[UUID | None] = mapped_column(ForeignKey("seat.id"), index=True)
    first_on: Mapped[date] = mapped_column(index=True)
    last_on: Mapped[date]
    opens: Mapped[int | None]
    closes: Mapped[int | None]
    words: Mapped[str | None] = mapped_column(Text)


class Interpreter(Tracked, Base):
    """Somebody who interprets. ``minutes_per_month`` is how much of their time the centre has; ``None``: not agreed."""

    __tablename__ = "interpreter"

    name: Mapped[str] = mapped_column(Text)
    sex: Mapped[str | None] = mapped_column(Code)
    kind: Mapped[str | None] = mapped_column(Code)
    phone: Mapped[str | None] = mapped_column(Text)
    email: Mapped[str | None] = mapped_column(Text)
    minutes_per_month: Mapped[int | None]
    note: Mapped[str | None] = mapped_column(Text)


class InterpreterLanguage(Tracked, Base):
    __tablename__ = "interpreter_language"

    interpreter_id: Mapped[UUID] = mapped_column(ForeignKey("interpreter.id"), index=True)
    language: Mapped[str] = mapped_column(Code, index=True)
    dialect: Mapped[str | None] = mapped_column(Text)


class InterpreterTime(When, Tracked, Base):
    """When an interpreter can come. Without any such row: by arrangement, every open hour."""

    __tablename__ = "interpreter_time"

    interpreter_id: Mapped[UUID] = mapped_column(ForeignKey("interpreter.id"), index=True)


class InterpreterBlock(Mergeable, Tracked, Base):
    """An interpreter who must not interpret for a family."""

    __tablename__ = "interpreter_block"

    interpreter_id: Mapped[UUID] = mapped_column(ForeignKey("interpreter.id"), index=True)
    household_id: Mapped[UUID] = mapped_column(ForeignKey("household.id"), index=True)
    words: Mapped[str | None] = mapped_column(Text)


class Appointment(Mergeable, Tracked, Base):
    """One visit, with an appointment or (``walk_in``) without; also what is internal and keeps a desk busy.

    ``household_id`` is empty where only a ``name`` was typed, or for internal ones. The desk is busy from
    ``busy_from`` until ``busy_until``, which hold the kind's minutes before and after. Of the visit only instants are
    kept; durations are worked out. ``code`` stands for it on paper and in calendars; ``sequence`` counts its changes
    there (RFC 5545, 3.8.7.4). ``moved_from`` is the appointment this one took the place of.
    """

    __tablename__ = "appointment"
    __table_args__ = (
        Index("ix_appointment_seat_id_busy_from", "seat_id", "busy_from"),
        Index("ix_appointment_interpreter_id_busy_from", "interpreter_id", "busy_from"),
    )

    household_id: Mapped[UUID | None] = mapped_column(ForeignKey("household.id"), index=True)
    name: Mapped[str | None] = mapped_column(Text)
    phone: Mapped[str | None] = mapped_column(Text)
    kind_id: Mapped[UUID | None] = mapped_column(ForeignKey("appointment_kind.id"), index=True)
    place_id: Mapped[UUID | None] = mapped_column(ForeignKey("place.id"), index=True)
    seat_id: Mapped[UUID | None] = mapped_column(ForeignKey("seat.id"))
    room_id: Mapped[UUID | None] = mapped_column(ForeignKey("seat.id"), index=True)
    starts_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    ends_at: Mapped[datetime] = mapped_column(UtcDateTime)
    busy_from: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    busy_until: Mapped[datetime] = mapped_column(UtcDateTime)
    state: Mapped[str] = mapped_column(Code)
    reason: Mapped[str | None] = mapped_column(Text)
    words: Mapped[str | None] = mapped_column(Text)
    overbooked: Mapped[str | None] = mapped_column(Text)
    """Why it was booked although the desk was taken or shut."""
    language: Mapped[str | None] = mapped_column(Code)
    interpreting: Mapped[str | None] = mapped_column(Code)
    """``open``: needed, nobody found; ``asked``; ``confirmed``; ``None``: not needed."""
    dialect: Mapped[str | None] = mapped_column(Text)
    interpreter_sex: Mapped[str | None] = mapped_column(Code)
    interpreter_id: Mapped[UUID | None] = mapped_column(ForeignKey("interpreter.id"))
    walk_in: Mapped[bool] = mapped_column(default=False)
    number: Mapped[int | None]
    """Of the walk-in, per day and place."""
    priority: Mapped[int | None]
    priority_reason: Mapped[str | None] = mapped_column(Text)
    arrived_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    called_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    calls: Mapped[int] = mapped_column(default=0)
    started_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    finished_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    series_id: Mapped[UUID | None] = mapped_column(Uuid, index=True)
    moved_from: Mapped[UUID | None] = mapped_column(ForeignKey("appointment.id"), index=True)
    code: Mapped[str] = mapped_column(String(20), index=True)
    sequence: Mapped[int] = mapped_column(default=0)


class AppointmentPerson(Mergeable, Tracked, Base):
    """One of the persons a family appointment is about."""

    __tablename__ = "appointment_person"

    appointment_id: Mapped[UUID] = mapped_column(ForeignKey("appointment.id"), index=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)


class VisitEvent(Tracked, Base):
    """That a visit came into a state, and when. Never changed; what was not so is taken out."""

    __tablename__ = "visit_event"

    appointment_id: Mapped[UUID] = mapped_column(ForeignKey("appointment.id"), index=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    state: Mapped[str] = mapped_column(Code)
    words: Mapped[str | None] = mapped_column(Text)


class BusyTime(Tracked, Base):
    """A time somebody's own calendar says is taken. Only that is kept, never what it is about."""

    __tablename__ = "busy_time"
    __table_args__ = (Index("ix_busy_time_seat_id_starts_at", "seat_id", "starts_at"),)

    seat_id: Mapped[UUID | None] = mapped_column(ForeignKey("seat.id"))
    interpreter_id: Mapped[UUID | None] = mapped_column(ForeignKey("interpreter.id"), index=True)
    starts_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ends_at: Mapped[datetime] = mapped_column(UtcDateTime)
    uid: Mapped[str] = mapped_column(Text)


class EarlierWish(Mergeable, Tracked, Base):
    """Somebody who would like an earlier date, or has none yet. ``state``: waiting, offered, booked, expired.

    ``appointment_id`` is the later one they hold. They come on ``weekdays`` from ``opens`` to ``closes``, between
    ``not_before`` and ``until_on``; the ``offered_`` columns are the slot they were told of.
    """

    __tablename__ = "earlier_wish"

    household_id: Mapped[UUID | None] = mapped_column(ForeignKey("household.id"), index=True)
    appointment_id: Mapped[UUID | None] = mapped_column(ForeignKey("appointment.id"), index=True)
    name: Mapped[str | None] = mapped_column(Text)
    phone: Mapped[str | None] = mapped_column(Text)
    kind_id: Mapped[UUID | None] = mapped_column(ForeignKey("appointment_kind.id"), index=True)
    language: Mapped[str | None] = mapped_column(Code)
    interpreting: Mapped[bool | None]
    weekdays: Mapped[int | None]
    opens: Mapped[int | None]
    closes: Mapped[int | None]
    not_before: Mapped[date | None]
    until_on: Mapped[date | None]
    state: Mapped[str] = mapped_column(Code, default="waiting")
    offered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    offered_seat: Mapped[UUID | None] = mapped_column(ForeignKey("seat.id"), index=True)
    offered_start: Mapped[datetime | None] = mapped_column(UtcDateTime)
    words: Mapped[str | None] = mapped_column(Text)
