"""What staff write down beside the answers: notes, what to look at again, and turns in the life of a family."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Text, Uuid
from sqlalchemy.orm import Mapped, mapped_column

from desk_app.storage.tables.base import Base, Tracked
from desk_app.storage.tables.households import Code, OfHousehold
from desk_app.storage.types import UtcDateTime


class Note(OfHousehold, Tracked, Base):
    """A note on the family, a person or a request. ``corrects`` is the note whose words no longer hold."""

    __tablename__ = "note"

    request_id: Mapped[UUID | None] = mapped_column(ForeignKey("placement_request.id"), index=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    kind: Mapped[str] = mapped_column(Code)
    words: Mapped[str] = mapped_column(Text)
    corrects: Mapped[UUID | None] = mapped_column(ForeignKey("note.id"), index=True)


class FollowUp(OfHousehold, Tracked, Base):
    """Something to look at again (Wiedervorlage). ``assigned_to`` is a user, ``None`` for everybody.

    ``rule`` is set where a rule made it, which also withdraws it once its reason is gone. ``why`` are the words for
    that reason and ``worked_out`` the day the rule gave, which tells one reason from the next; ``withdrawn`` says why
    it was withdrawn. One that was ``taken_over``, changed by a person, no rule touches any more.
    """

    __tablename__ = "follow_up"

    words: Mapped[str] = mapped_column(Text)
    due_on: Mapped[date] = mapped_column(index=True)
    remind_on: Mapped[date | None]
    assigned_to: Mapped[UUID | None] = mapped_column(Uuid)
    done_at: Mapped[datetime | None] = mapped_column(UtcDateTime, index=True)
    done_by: Mapped[UUID | None] = mapped_column(Uuid)
    rule: Mapped[str | None] = mapped_column(Code, index=True)
    request_id: Mapped[UUID | None] = mapped_column(ForeignKey("placement_request.id"), index=True)
    why: Mapped[str | None] = mapped_column(Text)
    worked_out: Mapped[date | None]
    withdrawn: Mapped[str | None] = mapped_column(Text)
    taken_over: Mapped[bool | None]


class FamilyEvent(OfHousehold, Tracked, Base):
    """A turn in the life of a family that no answer tells: moved away, came back, a child changed the household.

    ``other_household`` is where a child came from or went to; ``words`` are the town, for example.
    """

    __tablename__ = "family_event"

    kind: Mapped[str] = mapped_column(Code)
    happened_on: Mapped[date]
    other_household: Mapped[UUID | None] = mapped_column(ForeignKey("household.id"), index=True)
    words: Mapped[str | None] = mapped_column(Text)
