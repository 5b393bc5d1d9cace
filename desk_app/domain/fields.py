"""What a field of the intake is; the list of all of them stands in ``field_catalogue``."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from desk_app.domain.records import RecordKind
from desk_app.domain.schooling import SchoolStage
from desk_app.i18n import N_


class FieldType(StrEnum):
    TEXT = "text"
    LONG = "long"
    NAME = "name"
    """A person's name: the rules of DIN 91379 apply on entry."""
    CODE = "code"
    DAY = "day"
    SPAN = "span"
    """A date that may be known to the day, the month, the year or roughly."""
    INSTANT = "instant"
    NUMBER = "number"
    """Half steps allowed."""
    FLAG = "flag"
    """Yes, no, or not asked yet."""
    LINK = "link"
    """Another record of the family."""


class Section(StrEnum):
    """The eight sections of the intake, in the order of the conversation."""

    FAMILY = "family"
    PERSONS = "persons"
    ARRIVAL = "arrival"
    LANGUAGES = "languages"
    SCHOOL = "school"
    DOCUMENTS = "documents"
    CONSENTS = "consents"
    NOTE = "note"


SECTION_TITLES = {
    Section.FAMILY: N_("Familie & Kontakt"),
    Section.PERSONS: N_("Personen"),
    Section.ARRIVAL: N_("Ankunft"),
    Section.LANGUAGES: N_("Sprachen & Dolmetschen"),
    Section.SCHOOL: N_("Schulbiografie"),
    Section.DOCUMENTS: N_("Unterlagen"),
    Section.CONSENTS: N_("Einwilligungen"),
    Section.NOTE: N_("Notiz"),
}


class Audience(StrEnum):
    """Who of the household a question is for."""

    EVERYONE = "everyone"
    ADULTS = "adults"
    CHILDREN = "children"


EVERY_STAGE = frozenset(SchoolStage)
SCHOOL_AGE = frozenset({SchoolStage.PRIMARY, SchoolStage.LOWER_SECONDARY, SchoolStage.UPPER_SECONDARY})
FROM_LOWER_SECONDARY = frozenset({SchoolStage.LOWER_SECONDARY, SchoolStage.UPPER_SECONDARY})
UP_TO_PRIMARY = frozenset({SchoolStage.TOO_YOUNG, SchoolStage.PRIMARY})
ONLY_UPPER_SECONDARY = frozenset({SchoolStage.UPPER_SECONDARY})


@dataclass(frozen=True, slots=True)
class Field:
    """One question of the intake.

    ``key`` is the column's name; ``rows`` are the numbers in the centre's field list (1 to 116); ``level`` is the
    list's as well: 1 blocks sending, 2 should be there, 3 may be there. ``shared`` says that the family's value holds
    for every child until it is set apart; ``stages`` for which school stages a child is asked.
    """

    key: str
    kind: RecordKind
    section: Section
    label: str
    type: FieldType = FieldType.TEXT
    level: int = 3
    rows: tuple[int, ...] = ()
    codes: str = ""
    stages: frozenset[SchoolStage] = EVERY_STAGE
    shared: bool = False
    audience: Audience = Audience.EVERYONE
