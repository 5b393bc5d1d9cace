"""Who is worth comparing with somebody: whoever shares names, birth date, home or phone number, the nearest first."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from desk_app.casework import search_memory
from desk_app.casework.search_card import Kind, Subject
from desk_app.domain import name_keys
from desk_app.domain.matching import PersonFacts, Rarity
from desk_app.storage.many_rows import among_listed, listed
from desk_app.storage.ready import Ready
from desk_app.storage.tables import SearchEntry, SearchSubject

MOST_COMPARED: Final = 40
_UNKNOWN_BITS: Final = 99.0
_COLUMNS: Final = [SearchSubject.__table__.c[name] for name in ("id", "household_id", "person_id", "card")]
_LOADED: Final = Ready(select(*_COLUMNS).where(among_listed(_COLUMNS[0])))
_ENTRIES: Final = SearchEntry.__table__.c
_MOST_BY_PHONE: Final = 40
_MOST_BY_HOME: Final = 200
_PHONE_BITS: Final = 9.0
_HOME_BITS: Final = 4.0


@dataclass(frozen=True, slots=True)
class Blocks:
    """Who is worth comparing with somebody, among how many, and how much each word of a name says."""

    subjects: list[int]
    population: int
    rarity: Rarity


def around(session: Session, person: PersonFacts, most: int = MOST_COMPARED) -> Blocks:
    """Who is worth comparing with ``person``, the nearest first; about ``most``."""
    memory = search_memory.of(session)
    by_home = _having(session, Kind.HOME, [person.home_key], _MOST_BY_HOME) if person.home_key else []
    by_phone = _having(session, Kind.PHONE, sorted(person.phone_keys), _MOST_BY_PHONE)
    besides = dict.fromkeys(by_home, _HOME_BITS)
    for subject in by_phone:
        besides[subject] = besides.get(subject, 0.0) + _PHONE_BITS
    nearest = memory.nearest(person, besides, most)
    spelt = {word for words in (person.given, person.family, *person.others) for word in words}
    spelt.update(name_keys.joined(person.given + person.family))
    bits = {word: memory.bits(word) for word in spelt}

    def rarity(word: str) -> float:
        """Words of others have to resemble one of these, and the commoner of both counts."""
        return bits.get(word, _UNKNOWN_BITS)

    return Blocks(list(dict.fromkeys((*nearest, *by_phone))), memory.population, rarity)


def load(session: Session, subjects: Iterable[int]) -> list[Subject]:
    """The subjects in the order asked for. What the memory of the search keeps of them is not read again."""
    wanted = list(subjects)
    kept = search_memory.subjects(session)
    missing = [subject for subject in wanted if subject not in kept]
    read: dict[int, Subject] = {}
    if missing:
        rows = _LOADED.rows(session, among=listed(missing))
        read = {row[0]: Subject(*row) for row in rows}
    found = [kept.get(subject) or read.get(subject) for subject in wanted]
    search_memory.keep(session, read)
    return [subject for subject in found if subject is not None]


def _having(session: Session, kind: str, keys: list[str], most: int) -> list[int]:
    if not keys:
        return []
    query = select(_ENTRIES.subject).where(_ENTRIES.kind == kind, _ENTRIES.key.in_(keys))
    return list(session.scalars(query.limit(most)))
