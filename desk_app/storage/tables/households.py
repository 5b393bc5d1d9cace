"""Household, its persons, addresses and languages. Columns are named like the keys of the field catalogue."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String, Text, Uuid
from sqlalchemy.orm import Mapped, mapped_column

from desk_app.domain.dates import DateSpan
from desk_app.storage.tables.base import Base, Tracked
from desk_app.storage.types import DateSpanText, UtcDateTime

Code = String(40)


class SharedFacts:
    """What a family has in common and one child may differ in."""

    phone: Mapped[str | None] = mapped_column(Text)
    email: Mapped[str | None] = mapped_column(Text)
    guardian_kind: Mapped[str | None] = mapped_column(Code)
    entry_date: Mapped[DateSpan | None] = mapped_column(DateSpanText)
    arrival_in_city: Mapped[date | None]
    registered_since: Mapped[date | None]
    country_of_origin: Mapped[str | None] = mapped_column(Code)
    allocated: Mapped[bool | None]
    allocated_on: Mapped[date | None]
    previous_city: Mapped[str | None] = mapped_column(Text)
    planned_move_to: Mapped[str | None] = mapped_column(Text)
    planned_move_on: Mapped[DateSpan | None] = mapped_column(DateSpanText)


class Mergeable:
    """A row that was taken out because another of the same table, ``merged_into``, stands for it since a merge."""

    merged_into: Mapped[UUID | None] = mapped_column(Uuid)


class Household(SharedFacts, Mergeable, Tracked, Base):
    """A family file. ``intake_open`` is true from "Neue Aufnahme" until the intake is finished."""

    __tablename__ = "household"

    file_number: Mapped[str] = mapped_column(String(20), unique=True)
    family_name: Mapped[str | None] = mapped_column(Text)
    search_form: Mapped[str] = mapped_column(Text, default="", index=True)
    intake_open: Mapped[bool] = mapped_column(default=True, index=True)
    first_contact_on: Mapped[date | None]
    reported_by: Mapped[str | None] = mapped_column(Code)
    appointment_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    appointment_status: Mapped[str | None] = mapped_column(Code)
    counsellor: Mapped[str | None] = mapped_column(Code)
    conversation_mode: Mapped[str | None] = mapped_column(Code)
    contact_way: Mapped[str | None] = mapped_column(Code)
    reachable: Mapped[str | None] = mapped_column(Text)
    contact_name: Mapped[str | None] = mapped_column(Text)
    contact_phone: Mapped[str | None] = mapped_column(Text)
    emergency_name: Mapped[str | None] = mapped_column(Text)
    emergency_phone: Mapped[str | None] = mapped_column(Text)
    interpreter_kind: Mapped[str | None] = mapped_column(Code)
    interpreter_name: Mapped[str | None] = mapped_column(Text)
    interpreter_language: Mapped[str | None] = mapped_column(Code)
    conversation_language: Mapped[str | None] = mapped_column(Code)
    internal_note: Mapped[str | None] = mapped_column(Text)
    delete_on: Mapped[date | None]
    moved_away_on: Mapped[date | None] = mapped_column(index=True)
    moved_away_to: Mapped[str | None] = mapped_column(Text)


class OfHousehold(Mergeable):
    """A row that belongs to a household and, where ``person_id`` is set, to one person of it."""

    household_id: Mapped[UUID] = mapped_column(ForeignKey("household.id"), index=True)
    person_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"), index=True)


class SetApart(SharedFacts, OfHousehold, Tracked, Base):
    """What differs from the family for one child."""

    __tablename__ = "set_apart"


class Address(OfHousehold, Tracked, Base):
    """One address for one period. A move opens a new row and closes the old one; nothing is overwritten.

    ``valid_from`` is the first day, ``valid_to`` the last; an open end means "still there".
    """

    __tablename__ = "address"

    street: Mapped[str | None] = mapped_column(Text)
    house_number: Mapped[str | None] = mapped_column(Text)
    postal_code: Mapped[str | None] = mapped_column(String(10))
    city: Mapped[str | None] = mapped_column(Text)
    district: Mapped[str | None] = mapped_column(Code)
    housing_type: Mapped[str | None] = mapped_column(Code)
    mailbox_name: Mapped[str | None] = mapped_column(Text)
    protection: Mapped[str | None] = mapped_column(Code)
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]


class Person(Mergeable, Tracked, Base):
    __tablename__ = "person"
    __table_args__ = (Index("ix_person_birth_date", "birth_date"),)

    household_id: Mapped[UUID] = mapped_column(ForeignKey("household.id"), index=True)
    position: Mapped[int] = mapped_column(default=0)
    role: Mapped[str | None] = mapped_column(Code)
    given_name: Mapped[str | None] = mapped_column(Text)
    family_name: Mapped[str | None] = mapped_column(Text)
    search_form: Mapped[str] = mapped_column(Text, default="", index=True)
    birth_date: Mapped[DateSpan | None] = mapped_column(DateSpanText)
    birth_date_source: Mapped[str | None] = mapped_column(Code)
    sex: Mapped[str | None] = mapped_column(Code)
    nationality_1: Mapped[str | None] = mapped_column(Code)
    nationality_2: Mapped[str | None] = mapped_column(Code)
    birth_place: Mapped[str | None] = mapped_column(Text)
    birth_country: Mapped[str | None] = mapped_column(Code)
    name_native_script: Mapped[str | None] = mapped_column(Text)
    all_given_names: Mapped[str | None] = mapped_column(Text)
    birth_name: Mapped[str | None] = mapped_column(Text)
    name_affix: Mapped[str | None] = mapped_column(Text)
    single_name: Mapped[bool | None]
    repatriate: Mapped[bool | None]
    has_custody: Mapped[bool | None]
    salutation: Mapped[str | None] = mapped_column(Code)
    own_phone: Mapped[str | None] = mapped_column(Text)
    own_email: Mapped[str | None] = mapped_column(Text)
    own_language: Mapped[str | None] = mapped_column(Code)
    own_address: Mapped[str | None] = mapped_column(Text)
    organisation: Mapped[str | None] = mapped_column(Text)
    deceased: Mapped[bool | None]
    deceased_on: Mapped[DateSpan | None] = mapped_column(DateSpanText)
    unaccompanied: Mapped[bool | None]
    place_wanted: Mapped[bool | None]
    german_level: Mapped[str | None] = mapped_column(Code)
    german_level_source: Mapped[str | None] = mapped_column(Code)
    german_course: Mapped[str | None] = mapped_column(Text)
    literacy: Mapped[str | None] = mapped_column(Code)
    script: Mapped[str | None] = mapped_column(Code)
    wants_heritage_lessons: Mapped[bool | None]
    years_of_schooling: Mapped[float | None]
    last_grade: Mapped[str | None] = mapped_column(Text)
    interruptions: Mapped[str | None] = mapped_column(Text)
    online_schooling: Mapped[bool | None]
    highest_certificate: Mapped[str | None] = mapped_column(Code)
    reports_available: Mapped[str | None] = mapped_column(Code)
    prior_german_school: Mapped[bool | None]
    prior_german_school_name: Mapped[str | None] = mapped_column(Text)
    prior_german_school_since: Mapped[DateSpan | None] = mapped_column(DateSpanText)
    last_school_no: Mapped[str | None] = mapped_column(Text)
    kindergarten_years: Mapped[str | None] = mapped_column(Code)
    math_level: Mapped[str | None] = mapped_column(Text)
    strengths: Mapped[str | None] = mapped_column(Text)
    aspiration: Mapped[str | None] = mapped_column(Text)
    work_experience: Mapped[str | None] = mapped_column(Text)
    school_stage: Mapped[str | None] = mapped_column(Code)
    stage_reason: Mapped[str | None] = mapped_column(Text)
    proposed_grade: Mapped[str | None] = mapped_column(Code)
    grade_reason: Mapped[str | None] = mapped_column(Text)
    compulsory_done: Mapped[bool | None]
    recommended_form: Mapped[str | None] = mapped_column(Code)
    support_type: Mapped[str | None] = mapped_column(Code)
    preference_reason: Mapped[str | None] = mapped_column(Text)
    sibling_school: Mapped[str | None] = mapped_column(Code)
    all_day_needed: Mapped[bool | None]
    support_start: Mapped[date | None]
    support_end: Mapped[date | None]
    follow_up_end: Mapped[date | None]
    measles_proof: Mapped[str | None] = mapped_column(Code)
    school_medical: Mapped[str | None] = mapped_column(Code)
    school_medical_on: Mapped[date | None]


class PersonName(OfHousehold, Tracked, Base):
    """Another spelling of a person's name, with its search form beside it."""

    __tablename__ = "person_name"

    name: Mapped[str | None] = mapped_column(Text)
    search_form: Mapped[str] = mapped_column(Text, default="", index=True)


class Guardian(OfHousehold, Tracked, Base):
    """An adult with custody of the child ``person_id``, where that differs from the family's answer."""

    __tablename__ = "guardian"

    guardian: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))


class Language(OfHousehold, Tracked, Base):
    """A language of the family, or of one person.

    Of an adult it says whether one can phone and write in it.
    """

    __tablename__ = "language"

    language: Mapped[str | None] = mapped_column(Code)
    family_language: Mapped[bool | None]
    level: Mapped[str | None] = mapped_column(Code)
    by_phone: Mapped[bool | None]
    reads: Mapped[bool | None]
