"""What the timeline of a family is made of: dated things of some kind."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from desk_app.casework.notes import NoteLine


class Happening(StrEnum):
    """What kind of thing happened, as the list shows and filters it."""

    INTAKE = "intake"
    BEGUN = "begun"
    COMPLETE = "complete"
    SENT = "sent"
    ANSWER = "answer"
    PLACED = "placed"
    RESTING = "resting"
    CONSENT = "consent"
    CONSENT_WITHDRAWN = "consent_withdrawn"
    MOVE = "move"
    PAPERS = "papers"
    REFERRAL = "referral"
    HANDOUT = "handout"
    CONTACT = "contact"
    INTERNAL = "internal"
    TURN = "turn"
    FOLLOW_UP = "follow_up"
    TRANSITION = "transition"
    APPOINTMENT = "appointment"
    MISSED = "missed"


@dataclass(frozen=True, slots=True)
class Entry:
    """One dated thing. ``at`` orders the entries of one day; ``timed`` says whether its time of day is known."""

    day: date
    at: datetime
    what: Happening
    title: str
    words: str = ""
    author: str = ""
    timed: bool = False
    note: NoteLine | None = None
    """The note this tells, where it is one: it can be corrected."""
    page: tuple[str, UUID] | None = None
    """Kind and id of the page that was handed out, where it is one: it can be printed again."""
