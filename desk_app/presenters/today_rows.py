"""The lists of the page "Heute" as they read: who waits, what to look at again, which requests lack something."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from desk_app.casework.appointment_free import FreeSlot
from desk_app.domain.completeness import Question


@dataclass(frozen=True, slots=True)
class WaitRow:
    """Somebody in the waiting room. ``fact`` over ``meta`` stand at the right.

    ``call`` is what the button says and ``state`` the one it leads to, both empty without a button; ``avatar`` is whose
    initials stand before the name.
    """

    visit: UUID
    avatar: str
    title: str
    second: str
    fact: str
    meta: str
    tone: str = "text2"
    call: str = ""
    state: str = ""
    spoken: str = ""


@dataclass(frozen=True, slots=True)
class TaskRow:
    """Something to look at again."""

    follow_up: UUID
    household: UUID
    person: UUID | None
    title: str
    second: str
    fact: str
    meta: str
    late: bool
    spoken: str


@dataclass(frozen=True, slots=True)
class RequestRow:
    """A request that lacks something; ``question`` is the first thing it lacks."""

    request: UUID
    household: UUID
    title: str
    second: str
    fact: str
    meta: str
    tone: str
    answered: int
    asked: int
    question: Question | None
    spoken: str


@dataclass(frozen=True, slots=True)
class SlotRow:
    """A time that is free, and in which words."""

    slot: FreeSlot
    words: str


@dataclass(frozen=True, slots=True)
class Foot:
    """The line at the end of the page: what is not closed yet. ``day`` is the one to close, ``None`` for today."""

    words: str = ""
    tone: str = "text2"
    day: date | None = None
