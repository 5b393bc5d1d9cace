"""The same person twice: noticed while typing, and as a list to work off. Nothing is ever merged by itself."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from desk_app.domain.dates import DateSpan
from desk_app.domain.matching import Comparison


@dataclass(frozen=True, slots=True)
class Side:
    """One of two persons who may be the same, as a list shows them."""

    person: UUID
    household: UUID
    name: str
    """Given and family name."""
    birth: DateSpan | None
    file_number: str
    district: str
    """Code of the list ``districts``, "" where not known or under protection."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody already in the store who may be the person in the form."""

    side: Side
    comparison: Comparison


@dataclass(frozen=True, slots=True)
class Pair:
    """Two persons of the store who may be the same."""

    first: Side
    second: Side
    comparison: Comparison
