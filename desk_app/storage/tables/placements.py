"""Placement requests with their dated events, consents, and what was sent out."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import JSON, ForeignKey, String, Text, Uuid
from sqlalchemy.orm import Mapped, mapped_column

from desk_app.storage.tables.base import Base, Keyed, Tracked
from desk_app.storage.tables.households import Code, OfHousehold
from desk_app.storage.types import UtcDateTime


class PlacementRequest(OfHousehold, Tracked, Base):
    """A child's school placement request. Its state is the newest event, never a column."""

    __tablename__ = "placement_request"

    number: Mapped[str] = mapped_column(String(20), unique=True)
    remark_authority: Mapped[str | None] = mapped_column(Text)
    return_reason: Mapped[str | None] = mapped_column(Code)
    office: Mapped[str | None] = mapped_column(Code)


class PlacementEvent(Keyed, Base):
    """One dated step of a request; only ever added."""

    __tablename__ = "placement_event"

    request_id: Mapped[UUID] = mapped_column(ForeignKey("placement_request.id"), index=True)
    sequence: Mapped[int]
    state: Mapped[str] = mapped_column(Code, index=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    by: Mapped[UUID] = mapped_column(Uuid)
    reason: Mapped[str] = mapped_column(Text, default="")
    details: Mapped[str] = mapped_column(Text, default="")


class Consent(OfHousehold, Tracked, Base):
    """Consent to pass facts on to one recipient; a withdrawal is a date, not a deletion (Art. 7(3) GDPR)."""

    __tablename__ = "consent"

    recipient: Mapped[str | None] = mapped_column(Code)
    given_on: Mapped[date | None]
    form: Mapped[str | None] = mapped_column(Code)
    language: Mapped[str | None] = mapped_column(Code)
    interpreted: Mapped[bool | None]
    withdrawn_on: Mapped[date | None]


class Referral(OfHousehold, Tracked, Base):
    __tablename__ = "referral"

    offer: Mapped[str | None] = mapped_column(Text)
    referred_on: Mapped[date | None]
    outcome: Mapped[str | None] = mapped_column(Code)


class Sending(Keyed, Base):
    """One file that left the program: who, when, to whom, which fields, and the hash of the file."""

    __tablename__ = "sending"

    at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    by: Mapped[UUID] = mapped_column(Uuid)
    recipient: Mapped[str] = mapped_column(Code)
    kind: Mapped[str] = mapped_column(Code)
    file_name: Mapped[str] = mapped_column(Text)
    sha256: Mapped[str] = mapped_column(String(64))
    size: Mapped[int]
    fields: Mapped[list[str]] = mapped_column(JSON)


class SendingItem(Keyed, Base):
    """That a request was part of a sending, with the hash of exactly what was told about the child."""

    __tablename__ = "sending_item"

    sending_id: Mapped[UUID] = mapped_column(ForeignKey("sending.id"), index=True)
    request_id: Mapped[UUID] = mapped_column(ForeignKey("placement_request.id"), index=True)
    content_sha256: Mapped[str] = mapped_column(String(64))
