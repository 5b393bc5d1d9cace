"""Finding a family or a child in a keystroke or two, however the name is spelt."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from desk_app.domain.dates import AgeRange

Marks = tuple[tuple[int, int], ...]
"""Places in a text that were found, each from (included) and to (excluded), in order and apart."""


class By(StrEnum):
    """What of a hit was found."""

    NAME = "name"
    OTHER_NAME = "other_name"
    """Another spelling, the native script, the birth name: ``Hit.found`` shows it."""
    BIRTH = "birth"
    PHONE = "phone"
    FILE_NUMBER = "file_number"
    REQUEST_NUMBER = "request_number"
    SCHOOL = "school"
    SOUND = "sound"


@dataclass(frozen=True, slots=True)
class Hit:
    """One line of the search: a family, or one person of it."""

    household: UUID
    person: UUID | None
    """None for the family as a whole."""
    title: str
    """The family name, or given and family name; without the word "Familie"."""
    by: By
    marks: Marks = ()
    """The letters of ``title`` that were found."""
    found: str = ""
    """What was found where the title does not show it: an adult's name, another spelling, a phone, a number."""
    found_marks: Marks = ()
    file_number: str = ""
    persons: int = 0
    district: str = ""
    """Code of the list ``districts``, "" where not known or under protection."""
    age: AgeRange | None = None
    birth: str = ""
    """As shown: "03.08.2013"."""
    grade: str = ""
    """Code of the grade proposed, "" where none is."""
    request: str = ""
    """State of the child's newest placement request, "" without one."""


@dataclass(frozen=True, slots=True)
class Found:
    """What a search brought up, each group with the best first. No hit is in two groups."""

    families: tuple[Hit, ...] = ()
    children: tuple[Hit, ...] = ()
    sounds_alike: tuple[Hit, ...] = ()
    """Families and persons found by sound only."""
