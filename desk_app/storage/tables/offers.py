"""The directory of offers, who runs them and where, what families were handed, and what was sought in vain.

Problem. An offer has times, contacts, papers, languages, rules and the source of each of these; it is read and
written as a whole, a thousand of them at once, and must say what it was at any time before.
Choice. The offer is one document, ``content``, written by ``domain.offers``; what is asked for in SQL stands beside
it. Each change keeps the whole document as a version.
"""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import JSON, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from desk_app.domain.centre import Json
from desk_app.storage.tables.base import Base, Tracked
from desk_app.storage.tables.households import Code, OfHousehold
from desk_app.storage.types import UtcDateTime


class Organisation(Tracked, Base):
    """Who runs offers (Träger)."""

    __tablename__ = "organisation"

    name: Mapped[str] = mapped_column(Text)
    short: Mapped[str | None] = mapped_column(Text)
    web: Mapped[str | None] = mapped_column(Text)
    email: Mapped[str | None] = mapped_column(Text)
    phone: Mapped[str | None] = mapped_column(Text)
    note: Mapped[str | None] = mapped_column(Text)
    parent_id: Mapped[UUID | None] = mapped_column(ForeignKey("organisation.id"), index=True)


class OfferPlace(Tracked, Base):
    """Where offers take place. ``accessible``: yes, no, ``None`` for not known."""

    __tablename__ = "offer_place"

    name: Mapped[str] = mapped_column(Text)
    kind: Mapped[str | None] = mapped_column(Code)
    street: Mapped[str | None] = mapped_column(Text)
    postal_code: Mapped[str | None] = mapped_column(String(10))
    city: Mapped[str | None] = mapped_column(Text)
    district: Mapped[str | None] = mapped_column(Code)
    latitude: Mapped[float | None]
    longitude: Mapped[float | None]
    stop: Mapped[str | None] = mapped_column(Text)
    accessible: Mapped[str | None] = mapped_column(Code)
    accessible_words: Mapped[str | None] = mapped_column(Text)


class Offer(Tracked, Base):
    """One offer. ``status``: active, paused, ended, proposal. ``confirmed_on`` is when somebody last asked there."""

    __tablename__ = "offer"

    organisation_id: Mapped[UUID | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    title: Mapped[str] = mapped_column(Text)
    status: Mapped[str] = mapped_column(Code, index=True)
    content: Mapped[Json] = mapped_column(JSON)
    confirmed_on: Mapped[date | None]
    confirmed_by: Mapped[str | None] = mapped_column(Text)


class OfferVersion(Tracked, Base):
    """What an offer was from one change on. ``number`` counts from 1 per offer; ``words`` say what the change was."""

    __tablename__ = "offer_version"

    offer_id: Mapped[UUID] = mapped_column(ForeignKey("offer.id"), index=True)
    number: Mapped[int]
    content: Mapped[Json] = mapped_column(JSON)
    words: Mapped[str | None] = mapped_column(Text)


class ReferralStep(OfHousehold, Tracked, Base):
    """What became of a referral and when: one dated step, kept by ``outcome`` as the code list names it."""

    __tablename__ = "referral_step"

    referral_id: Mapped[UUID] = mapped_column(ForeignKey("referral.id"), index=True)
    happened_on: Mapped[date]
    outcome: Mapped[str] = mapped_column(Code)
    words: Mapped[str | None] = mapped_column(Text)


class Handout(OfHousehold, Tracked, Base):
    """A page the family was given, with what stood on it. ``kind``: offers, slip, appointment, interpreter."""

    __tablename__ = "handout"

    at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    kind: Mapped[str] = mapped_column(Code)
    language: Mapped[str | None] = mapped_column(Code)
    title: Mapped[str] = mapped_column(Text)
    content: Mapped[Json] = mapped_column(JSON)


class OfferGap(Tracked, Base):
    """Something that was sought and not found. Nothing here tells of which family."""

    __tablename__ = "offer_gap"

    sought_on: Mapped[date] = mapped_column(index=True)
    words: Mapped[str | None] = mapped_column(Text)
    topic: Mapped[str | None] = mapped_column(Code)
    audience: Mapped[str | None] = mapped_column(Code)
    language: Mapped[str | None] = mapped_column(Code)
    district: Mapped[str | None] = mapped_column(Code)
    reason: Mapped[str | None] = mapped_column(Code)
    """``none``: nothing of the kind; ``full``; ``hours``; ``language``; ``child_care``; ``access``; ``far``."""
