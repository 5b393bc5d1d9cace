"""Which families somebody may mean by a name, as the search finds them everywhere."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from desk_app.casework import search
from desk_app.casework.desk import Work
from desk_app.i18n import _

_FOUND = 6


@dataclass(frozen=True, slots=True)
class FamilyFound:
    """One of them. ``words`` are its name with the file number."""

    household: UUID
    words: str
    title: str


def families_meant(work: Work, words: str) -> tuple[FamilyFound, ...]:
    """Some families, the likeliest first."""
    hits = search.find(work, words, _FOUND)
    found: dict[UUID, FamilyFound] = {}
    for hit in (*hits.families, *hits.children, *hits.sounds_alike):
        shown = _("{name} · Akte {number}").format(name=hit.title, number=hit.file_number)
        found.setdefault(hit.household, FamilyFound(hit.household, shown, hit.title))
    return tuple(found.values())[:_FOUND]
