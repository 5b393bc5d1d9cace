"""Finding a family or a child in a keystroke or two, however the name is spelt."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from heapq import nlargest
from typing import Any, Final

from sqlalchemy import Integer, and_, bindparam, literal_column, select
from sqlalchemy.orm import Session

from desk_app.casework import search_blocks, search_card, search_hits, search_memory
from desk_app.casework.desk import Work
from desk_app.casework.search_card import Kind, Subject
from desk_app.casework.search_hits import By, Hit, Marks
from desk_app.domain import matching, name_keys
from desk_app.domain.contact import phone_key
from desk_app.domain.dates import DateSpan, Precision, parse_date_span
from desk_app.domain.matching import PersonFacts
from desk_app.storage.many_rows import among_listed
from desk_app.storage.ready import Ready
from desk_app.storage.tables import School, SearchEntry

__all__ = ["By", "Found", "Hit", "Marks", "count_open", "find"]

MOST: Final = 6
"""Lines in each group."""

_LOOKED_AT: Final = 48
_FEWEST_DIGITS: Final = 4
_FEWEST_LETTERS: Final = 3
_COMPARED: Final = 10
_AFTER_ALL: Final = "\x7f"
_ENTRIES: Final[Any] = SearchEntry.__table__.c
_SCHOOL: Final[Any] = School.__table__.c
_SCHOOLS: Final = Ready(select(_SCHOOL.number, _SCHOOL.name).where(_SCHOOL.removed_at.is_(None)))
_NUMBER = re.compile(r"(?P<series>sp)?[ -]*(?:(?P<year>\d{4})[-/ ])?(?P<number>\d{1,6})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Found:
    """What a search brought up, each group with the best first. No hit is in two groups."""

    families: tuple[Hit, ...] = ()
    children: tuple[Hit, ...] = ()
    sounds_alike: tuple[Hit, ...] = ()
    """Families and persons found by sound only."""


@dataclass(frozen=True, slots=True)
class _Asked:
    """What was typed, as it is looked up."""

    text: str
    words: tuple[str, ...]
    birth: DateSpan | None

    @classmethod
    def of(cls, text: str, today: date) -> _Asked:
        """A date at the end, in any notation, is no name."""
        parts = text.split()
        for first in range(len(parts)):
            span = _span(" ".join(parts[first:]), today)
            if span is not None:
                return cls(text, name_keys.folded(" ".join(parts[:first])), span)
        return cls(text, name_keys.folded(text), None)

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(word for word in self.words if not word.isdecimal())


def find(work: Work, text: str, limit: int = MOST) -> Found:
    """Who may be meant by ``text``: names in any order, script and spelling, also begun ones, birth dates, phones,
    file and request numbers, schools; at most ``limit`` in each group. Nothing for nothing.
    """
    text = " ".join(text.split())
    if not text:
        return Found()
    session, asked = work.session, _Asked.of(text, work.today)
    exact = _exact(session, asked)
    lines = search_hits.Lines(work, asked.words, limit)
    spelt = lines.choose((subject, exact[subject.id]) for subject in _ranked(session, asked, exact, 2 * limit))
    full = len(spelt) >= 2 * limit
    alike = [] if full or not asked.names else _alike(session, asked, set(exact), limit)
    sounding = lines.choose(((subject, By.SOUND) for subject in alike), but=spelt)
    hits, more = lines.hits(spelt, sounding)
    families, children = [[hit for hit in hits if (hit.person is None) == family] for family in (True, False)]
    return Found(tuple(families), tuple(children), tuple(more[:limit]))


def count_open(work: Work, found: Found) -> Found:
    """The same with open points; apart, since reading whole files takes longer than a key press may."""
    groups = found.families, found.children, found.sounds_alike
    counted = search_hits.count_open(work, [hit for group in groups for hit in group])
    ends = len(found.families), len(found.families) + len(found.children)
    return Found(counted[: ends[0]], counted[ends[0] : ends[1]], counted[ends[1] :])


def _span(text: str, today: date) -> DateSpan | None:
    if not any(char.isdecimal() for char in text):
        return None
    try:
        span = parse_date_span(text, today)
    except ValueError:
        return None
    return span if span.known else None


def _exact(session: Session, asked: _Asked) -> dict[int, By]:
    """Who is found by the letters and digits themselves, and by what."""
    found: dict[int, By] = {}

    def add(by: By, subjects: Iterable[int]) -> None:
        for subject in subjects:
            found.setdefault(subject, by)

    if number := _NUMBER.fullmatch(asked.text):
        key = "-".join(str(int(part)) for part in (number["year"], number["number"]) if part)
        if not number["series"]:
            add(By.FILE_NUMBER, _having(session, Kind.FILE, [key]))
        add(By.REQUEST_NUMBER, _having(session, Kind.REQUEST, [key]))
    if asked.names:
        add(By.NAME, _by_words(session, asked.names))
        add(By.SCHOOL, _by_school(session, asked.names))
    elif asked.birth is not None:
        add(By.BIRTH, _by_birth(session, asked.birth))
    digits = "".join(char for char in asked.text if char.isdecimal())
    if len(digits) >= _FEWEST_DIGITS and not asked.names:
        add(By.PHONE, _beginning(session, Kind.PHONE, phone_key(asked.text)))
        add(By.PHONE, _beginning(session, Kind.PHONE_END, digits[::-1]))
    return found


def _by_words(session: Session, words: Sequence[str]) -> list[int]:
    """Who has every word, or words that begin so, whole words first.

    The longest one is looked up, the others are compared with it.
    """
    longest = max(words, key=len)
    others = [word for word in words if word is not longest]
    sought = {f"beside_{number}": f"% {word}%" for number, word in enumerate(others)}
    found: list[tuple[int, str]] = _beside(len(others)).rows(session, **_range(Kind.WORD, longest), **sought)
    whole = {subject: sum(f" {word} " in beside for word in words) for subject, beside in found}
    return sorted(whole, key=lambda subject: -whole[subject])


def _by_birth(session: Session, birth: DateSpan) -> list[int]:
    (key,) = search_card.birth_keys(birth)
    if birth.precision is not Precision.DAY:
        return _beginning(session, Kind.BIRTH, key)
    turned = key[:4] + key[6:] + key[4:6]
    return [*_having(session, Kind.BIRTH, [key]), *_having(session, Kind.BIRTH, [turned])]


def _by_school(session: Session, words: Sequence[str]) -> list[int]:
    if max(map(len, words)) < _FEWEST_DIGITS:
        return []
    numbers = [
        number
        for number, name in _SCHOOLS.rows(session)
        if all(any(part.startswith(word) for part in name_keys.folded(name)) for word in words)
    ]
    return _having(session, Kind.SCHOOL, numbers) if numbers else []


def _alike(session: Session, asked: _Asked, seen: set[int], most: int) -> list[Subject]:
    """Who is found by sound: whoever has words like every one typed, and whoever the check for duplicates shows."""
    memory = search_memory.of(session)
    *before, last = asked.names
    sounding = [memory.sounding(word) for word in before]
    sounding.append(memory.sounding(last, begun=len(last) >= _FEWEST_LETTERS))
    common = sorted(sounding, key=len)
    everyone = (subject for subject in common[0] if all(subject in others for others in common[1:]))
    nearest = nlargest(
        most,
        (subject for subject in everyone if subject not in seen),
        key=lambda subject: sum(scores[subject] for scores in sounding),
    )
    listed = search_blocks.load(session, nearest)
    if len(listed) < most and (asked.birth is not None or len(asked.names[-1]) >= _FEWEST_LETTERS):
        listed += _doubled(session, asked, seen.union(nearest))
    return listed


def _doubled(session: Session, asked: _Asked, seen: set[int]) -> list[Subject]:
    """Whoever the check for duplicates would show."""
    person = PersonFacts(other_names=(" ".join(asked.names),), birth=asked.birth)
    blocks = search_blocks.around(session, person, _COMPARED)
    found: list[tuple[float, Subject]] = []
    for subject in search_blocks.load(session, [each for each in blocks.subjects if each not in seen]):
        compared = matching.possible(person, subject.facts, blocks.rarity, blocks.population)
        if compared is not None:
            found.append((compared.weight, subject))
    return [subject for _weight, subject in sorted(found, key=lambda each: -each[0])]


def _ranked(session: Session, asked: _Asked, found: Iterable[int], at_once: int) -> Iterator[Subject]:
    """Those found, the right birth date first; ``at_once`` are read, more only when they are asked for."""
    order = list(found)
    if asked.birth is not None:
        birth = asked.birth.to_text()
        yield from sorted(search_blocks.load(session, order), key=lambda subject: subject.card.get("birth") != birth)
        return
    for first in range(0, len(order), at_once):
        yield from search_blocks.load(session, order[first : first + at_once])


def _range(kind: str, start: str) -> dict[str, str]:
    """Entries whose key begins with ``start``: a range of the index in any database."""
    return {"kind": kind, "start": start, "end": start + _AFTER_ALL}


_IN_RANGE: Final = and_(
    _ENTRIES.kind == bindparam("kind"), _ENTRIES.key >= bindparam("start"), _ENTRIES.key < bindparam("end")
)
_FEW: Final = literal_column(str(_LOOKED_AT), Integer)
"""As part of the text: with a limit that is handed over the database prepares the statement anew each time."""
_BEGINNING: Final = Ready(select(_ENTRIES.subject).where(_IN_RANGE).order_by(_ENTRIES.key).limit(_FEW))
_HAVING: Final = Ready(
    select(_ENTRIES.subject)
    .where(_ENTRIES.kind == bindparam("kind"), among_listed(_ENTRIES.key))
    .order_by(_ENTRIES.subject.desc())
    .limit(_FEW)
)


@cache
def _beside(words: int) -> Ready:
    """Who has a word that begins so, and so many others; put together once."""
    others = [_ENTRIES.beside.like(bindparam(f"beside_{number}")) for number in range(words)]
    found = select(_ENTRIES.subject, _ENTRIES.beside).where(_IN_RANGE, *others)
    return Ready(found.order_by(_ENTRIES.key).limit(_FEW))


def _beginning(session: Session, kind: str, start: str) -> list[int]:
    return list(dict.fromkeys(subject for (subject,) in _BEGINNING.rows(session, **_range(kind, start))))


def _having(session: Session, kind: str, keys: Sequence[str]) -> list[int]:
    return [subject for (subject,) in _HAVING.rows(session, kind=kind, among=json.dumps(keys))]
