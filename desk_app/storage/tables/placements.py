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
    """One dated step of a request; only ever added.

    ``at`` is when it was entered, ``happened_on`` the day it happened where that is another one. ``school`` to
    ``support`` are what an office decided. ``deed_id`` is the deed that can be taken back; then ``voided_at`` says
    since when the step does not count, so that any past count still can be worked out.
    """

    __tablename__ = "placement_event"

    request_id: Mapped[UUID] = mapped_column(ForeignKey("placement_request.id"), index=True)
    sequence: Mapped[int]
    state: Mapped[str] = mapped_column(Code, index=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    by: Mapped[UUID] = mapped_column(Uuid)
    reason: Mapped[str] = mapped_column(Text, default="")
    details: Mapped[str] = mapped_column(Text, default="")
    happened_on: Mapped[date | None]
    school: Mapped[str | None] = mapped_column(Code)
    class_name: Mapped[str | None] = mapped_column(Text)
    starts_on: Mapped[date | None]
    support: Mapped[str | None] = mapped_column(Code)
    reason_code: Mapped[str | None] = mapped_column(Code)
    shipment_id: Mapped[UUID | None] = mapped_column(ForeignKey("shipment.id"), index=True)
    deed_id: Mapped[UUID | None] = mapped_column(Uuid, index=True)
    voided_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class PlacementLine(Base):
    """What the list of requests says about one, worked out from the family's file and kept until that changes.

    It can be worked out anew at any time. ``stale`` is set when something of the family was written;
    ``valid_until`` is the last day for which it holds although nothing was.
    """

    __tablename__ = "placement_line"

    request_id: Mapped[UUID] = mapped_column(Uuid, primary_key=True)
    household_id: Mapped[UUID] = mapped_column(Uuid, index=True)
    stale: Mapped[bool] = mapped_column(default=False, index=True)
    rules: Mapped[int]
    valid_until: Mapped[date | None] = mapped_column(index=True)
    line: Mapped[str] = mapped_column(Text)


class Shipment(Keyed, Base):
    """One act of sending, of one or more files to one recipient: an office, or a school by its number.

    ``purpose`` is requests, changes, retraction, school or letter. ``passphrase`` was told to the recipient by
    telephone; without one the files left unencrypted, and ``second_person`` is who agreed to that.
    """

    __tablename__ = "shipment"

    number: Mapped[str] = mapped_column(String(30), unique=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    by: Mapped[UUID] = mapped_column(Uuid)
    recipient: Mapped[str] = mapped_column(Code)
    purpose: Mapped[str] = mapped_column(Code)
    passphrase: Mapped[str | None] = mapped_column(Text)
    second_person: Mapped[UUID | None] = mapped_column(Uuid)


class AnswerReview(Keyed, Base):
    """A row of a returned list that nobody but a person can place: ``problem`` says why, ``row`` what it held."""

    __tablename__ = "answer_review"

    at: Mapped[datetime] = mapped_column(UtcDateTime)
    by: Mapped[UUID] = mapped_column(Uuid)
    request_id: Mapped[UUID | None] = mapped_column(ForeignKey("placement_request.id"), index=True)
    problem: Mapped[str] = mapped_column(Code)
    place: Mapped[str] = mapped_column(Text)
    row: Mapped[dict[str, str]] = mapped_column(JSON)
    settled_at: Mapped[datetime | None] = mapped_column(UtcDateTime, index=True)
    settled_by: Mapped[UUID | None] = mapped_column(Uuid)


class Transition(OfHousehold, Tracked, Base):
    """A child's change of school that is being advised on (Schullaufbahnberatung), with what was advised and came."""

    __tablename__ = "transition"

    kind: Mapped[str | None] = mapped_column(Code)
    school_year: Mapped[str | None] = mapped_column(Text)
    from_school: Mapped[str | None] = mapped_column(Code)
    talked_on: Mapped[date | None]
    recommended_form: Mapped[str | None] = mapped_column(Code)
    recommendation: Mapped[str | None] = mapped_column(Text)
    school_recommends: Mapped[str | None] = mapped_column(Code)
    wished_school: Mapped[str | None] = mapped_column(Code)
    outcome: Mapped[str | None] = mapped_column(Code)
    outcome_school: Mapped[str | None] = mapped_column(Code)
    outcome_on: Mapped[date | None]
    words: Mapped[str | None] = mapped_column(Text)


class AddressPoint(Base):
    """Where a house stands, from the open list of house coordinates: ETRS89/UTM zone 32 in whole metres."""

    __tablename__ = "address_point"

    street: Mapped[str] = mapped_column(String(100), primary_key=True)
    """In its search form."""
    number: Mapped[str] = mapped_column(String(20), primary_key=True)
    postal_code: Mapped[str | None] = mapped_column(String(10))
    easting: Mapped[int]
    northing: Mapped[int]


class Consent(OfHousehold, Tracked, Base):
    """Consent to pass facts on to one recipient; a withdrawal is a date, not a deletion (Art. 7(3) GDPR).

    Of the providers of offers it is the one that runs ``offer_id``.
    """

    __tablename__ = "consent"

    recipient: Mapped[str | None] = mapped_column(Code)
    given_on: Mapped[date | None]
    form: Mapped[str | None] = mapped_column(Code)
    language: Mapped[str | None] = mapped_column(Code)
    interpreted: Mapped[bool | None]
    withdrawn_on: Mapped[date | None]
    offer_id: Mapped[UUID | None] = mapped_column(ForeignKey("offer.id"), index=True)


class Referral(OfHousehold, Tracked, Base):
    """That a family was sent to an offer (Vermittlung): one of the directory, or one only named.

    ``code`` stands on the slip the family takes along; ``asks_again_on`` is when to ask what came of it.
    """

    __tablename__ = "referral"

    offer: Mapped[str | None] = mapped_column(Text)
    referred_on: Mapped[date | None]
    outcome: Mapped[str | None] = mapped_column(Code)
    offer_id: Mapped[UUID | None] = mapped_column(ForeignKey("offer.id"), index=True)
    code: Mapped[str | None] = mapped_column(String(20), index=True)
    asks_again_on: Mapped[date | None]


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
    shipment_id: Mapped[UUID | None] = mapped_column(ForeignKey("shipment.id"), index=True)


class SendingItem(Keyed, Base):
    """That a request was part of a sending, with exactly what was told about the child and the hash of that.

    ``content`` is empty for what was sent by a version that kept the hash alone.
    """

    __tablename__ = "sending_item"

    sending_id: Mapped[UUID] = mapped_column(ForeignKey("sending.id"), index=True)
    request_id: Mapped[UUID] = mapped_column(ForeignKey("placement_request.id"), index=True)
    content_sha256: Mapped[str] = mapped_column(String(64))
    content: Mapped[dict[str, str] | None] = mapped_column(JSON(none_as_null=True))
