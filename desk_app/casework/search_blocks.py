"""Who is worth comparing with somebody: whoever shares a sound, a birth date or a phone number, the nearest first.

The index answers which persons share a key. Of a common name that may be thousands, so the words kept beside each
key decide roughly who is looked at closely.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Final
from uuid import UUID

from rapidfuzz import fuzz, process
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from desk_app.casework import search_card
from desk_app.casework.search_card import Card, Kind
from desk_app.domain import name_keys
from desk_app.domain.dates import DateSpan, Precision, month_length
from desk_app.domain.matching import COMMON_BITS, UNSEEN, PersonFacts, Rarity
from desk_app.storage.tables import SearchEntry, SearchSubject

MOST_BY_NAME: Final = 80
MOST_BY_BIRTH: Final = 40
_MOST_BY_PHONE: Final = 40


@dataclass(frozen=True, slots=True)
class Subject:
    """A family or person as the search keeps it."""

    id: int
    household: UUID
    person: UUID | None
    card: Card

    @property
    def facts(self) -> PersonFacts:
        return search_card.facts(self.card, self.household, self.person)


@dataclass(slots=True)
class Blocks:
    """Who shares keys with somebody, and how many share each word."""

    population: int
    subjects: list[int] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)

    @property
    def rarity(self) -> Rarity:
        """How much a word says, by how many in this store have one that sounds like it."""
        everybody = self.population + UNSEEN

        def rarity(word: str) -> float:
            return max(COMMON_BITS, math.log2(everybody / (self.counts.get(word, 0) + 1)))

        return rarity


def around(session: Session, person: PersonFacts) -> Blocks:
    """Who shares a key with ``person``, the nearest first."""
    blocks = Blocks(population(session))
    words = [*person.given, *person.family]
    beside: dict[int, str] = {}
    shared: dict[int, int] = defaultdict(int)
    spelt = dict.fromkeys((*words, *(word for other in person.others for word in other)))
    joined = [join for spelling in (person.given, person.family) for join in name_keys.joined(spelling)]
    for word in (*spelt, *joined):
        same = _by_sound(session, word)
        blocks.counts[word] = len(same)
        beside.update(same)
        for subject in same:
            shared[subject] += 1
    by_birth = _by_birth(session, person.birth)
    name = " ".join(words or spelt)
    nearest = _nearest(name, beside, shared, MOST_BY_NAME)
    nearest += _nearest(name, by_birth, {}, MOST_BY_BIRTH)
    nearest += _by_phone(session, person)
    blocks.subjects = list(dict.fromkeys(nearest))
    return blocks


def population(session: Session) -> int:
    """About how many persons the store has."""
    return session.scalar(select(func.max(SearchSubject.id))) or 0


def load(session: Session, subjects: Iterable[int]) -> list[Subject]:
    """The subjects in the order asked for."""
    wanted = list(subjects)
    columns = (SearchSubject.id, SearchSubject.household_id, SearchSubject.person_id, SearchSubject.card)
    rows = session.execute(select(*columns).where(SearchSubject.id.in_(wanted)))
    found = {row[0]: Subject(*row) for row in rows}
    return [found[subject] for subject in wanted if subject in found]


def _by_sound(session: Session, word: str) -> dict[int, str]:
    query = select(SearchEntry.subject, SearchEntry.beside).where(
        SearchEntry.kind == Kind.SOUND, SearchEntry.key.in_(name_keys.sound_keys(word))
    )
    return dict(session.execute(query).all())


def _by_birth(session: Session, birth: DateSpan | None) -> dict[int, str]:
    if birth is None or birth.earliest is None or birth.precision is not Precision.DAY:
        return {}
    query = select(SearchEntry.subject, SearchEntry.beside).where(
        SearchEntry.kind == Kind.BIRTH, SearchEntry.key.in_(_slips(birth.earliest))
    )
    return dict(session.execute(query).all())


def _by_phone(session: Session, person: PersonFacts) -> list[int]:
    if not person.phone_keys:
        return []
    query = select(SearchEntry.subject).where(SearchEntry.kind == Kind.PHONE, SearchEntry.key.in_(person.phone_keys))
    return list(session.scalars(query.limit(_MOST_BY_PHONE)))


def _slips(day: date) -> list[str]:
    """The day itself, day and month exchanged, and every day one digit away."""
    digits = f"{day:%Y%m%d}"
    keys = {digits, digits[:4] + digits[6:] + digits[4:6]}
    for place in range(2, 8):
        keys.update(digits[:place] + other + digits[place + 1 :] for other in "0123456789")
    for place in range(2, 7):
        keys.add(digits[:place] + digits[place + 1] + digits[place] + digits[place + 2 :])
    return sorted(key for key in keys if _is_day(key))


def _is_day(key: str) -> bool:
    year, month, day = int(key[:4]), int(key[4:6]), int(key[6:])
    return 1 <= month <= 12 and 1 <= day <= month_length(year, month)


def _nearest(name: str, beside: dict[int, str], shared: dict[int, int], most: int) -> list[int]:
    """Those whose names look most like ``name``; whoever shares more words goes first."""
    if len(beside) <= most:
        return list(beside)
    often = [subject for subject, count in shared.items() if count > 1]
    best: list[int] = []
    if often:
        best = _extract(name, {subject: beside[subject] for subject in often}, most * 2 // 3)
    seen = set(best)
    return best + [subject for subject in _extract(name, beside, most) if subject not in seen][: most - len(best)]


def _extract(name: str, beside: dict[int, str], most: int) -> list[int]:
    found = process.extract(name, beside, scorer=fuzz.token_sort_ratio, limit=most)
    return [subject for _beside, _score, subject in found]
