"""What the search keeps of a family or a person, and the keys under which it is found."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final
from uuid import UUID

from desk_app.domain import matching, name_keys
from desk_app.domain.dates import DateSpan, Precision
from desk_app.domain.matching import PersonFacts
from desk_app.domain.records import FamilyFile, Record, RecordKind

Card = dict[str, Any]
"""Facts as JSON: ``given``, ``family``, ``others``, ``birth``, ``sex``, ``phones``, ``home``, ``shared``,
``siblings``, ``role``, ``file``, ``requests``, ``schools``; what is not known is left out."""

_UNPROTECTED: Final = "none"
_SHARED_HOUSING: Final = frozenset({"shared_housing", "reception", "youth_welfare"})
_LONGEST_KEY: Final = 60


class Kind:
    """Kinds of entries."""

    WORD = "w"
    """A word of a name, folded."""
    NAME = "n"
    """A word of a name as it is compared, see ``name_keys.names_in``; and two neighbours that others write as one."""
    PHONE = "p"
    """Digits of a phone number."""
    PHONE_END = "q"
    """The same backwards, so that the last digits find it."""
    BIRTH = "b"
    """YYYYMMDD, YYYYMM or YYYY."""
    HOME = "a"
    """Street, number and postal code."""
    FILE = "f"
    """Year and running number of the family file, "2026-31"."""
    REQUEST = "r"
    """Year and running number of a placement request."""
    SCHOOL = "h"
    """Number of a school that is wished for."""


@dataclass(frozen=True)
class Subject:
    """A family or person as the search keeps it."""

    id: int
    household: UUID
    person: UUID | None
    card: Card

    @cached_property
    def facts(self) -> PersonFacts:
        return facts(self.card, self.household, self.person)


@dataclass(frozen=True, slots=True)
class Entry:
    kind: str
    key: str
    beside: str


def of_family(household: Any, persons: Sequence[Any]) -> Card:
    """What is kept of a family as a whole: its name, phones and file number."""
    return _known(
        family=household.family_name,
        phones=[phone for phone in (household.phone, household.contact_phone) if phone],
        file=household.file_number,
    )


def of_person(
    household: Any,
    person: Any,
    *,
    names: Sequence[Any],
    apart: Sequence[Any],
    homes: Sequence[Any],
    requests: Sequence[Any],
    wishes: Sequence[Any],
    siblings: Sequence[DateSpan],
) -> Card:
    """What is kept of one person. An address under protection is not kept."""
    others = [person.name_native_script]
    if person.birth_name:
        others.append(f"{person.given_name or ''} {person.birth_name}")
    if person.all_given_names:
        others.append(f"{person.all_given_names} {person.family_name or ''}")
    others += [row.name for row in names]
    hidden = any(row.protection not in (None, _UNPROTECTED) for row in homes)
    home = None if hidden else next((row for row in homes if row.street), None)
    return _known(
        given=person.given_name,
        family=person.family_name,
        others=[name for name in others if name],
        birth=person.birth_date.to_text() if person.birth_date else None,
        sex=person.sex,
        phones=[phone for phone in (person.own_phone, *(row.phone for row in apart), household.phone) if phone],
        home=" ".join(part for part in (home.street, home.house_number, home.postal_code) if part) if home else None,
        shared=bool(home and home.housing_type in _SHARED_HOUSING) or None,
        siblings=[span.to_text() for span in siblings if span.known],
        role=person.role,
        requests=[row.number for row in requests],
        schools=[row.school for row in wishes if row.school],
    )


def facts(card: Card, household: UUID | None = None, person: UUID | None = None) -> PersonFacts:
    """The card as it is compared."""
    return PersonFacts(
        given_name=card.get("given", ""),
        family_name=card.get("family", ""),
        other_names=tuple(card.get("others", ())),
        birth=DateSpan.from_text(card["birth"]) if "birth" in card else None,
        sex=card.get("sex", ""),
        phones=tuple(card.get("phones", ())),
        home=card.get("home", ""),
        accommodation=card.get("shared", False),
        siblings=tuple(DateSpan.from_text(text) for text in card.get("siblings", ())),
        household=household,
        person=person,
    )


def facts_of(file: FamilyFile, person: Record) -> PersonFacts:
    """A person of a family file as they are compared, by the same rules as what is kept of the stored ones."""
    siblings = (child.span("birth_date") for child in file.children if child.id != person.id)
    card = of_person(
        _Row(file.household),
        _Row(person),
        names=_rows(file, RecordKind.NAME, person.id),
        apart=_rows(file, RecordKind.APART, person.id),
        homes=(*_rows(file, RecordKind.ADDRESS, person.id), *_rows(file, RecordKind.ADDRESS)),
        requests=(),
        wishes=(),
        siblings=[span for span in siblings if span is not None],
    )
    return facts(card, file.household.id, person.id)


@dataclass(frozen=True, slots=True)
class _Row:
    """A record read as the row it came from."""

    _record: Record

    def __getattr__(self, key: str) -> Any:
        return self._record.get(key)


def _rows(file: FamilyFile, kind: RecordKind, person: UUID | None = None) -> list[_Row]:
    return [_Row(record) for record in file.all(kind, person)]


def words(card: Card) -> tuple[str, ...]:
    """Every folded word of every spelling, each once."""
    texts = (card.get("given", ""), card.get("family", ""), *card.get("others", ()))
    return tuple(dict.fromkeys(word for text in texts for word in name_keys.folded(text)))


def entries(card: Card) -> list[Entry]:
    """The keys a family or person is found under, each once."""
    beside = f" {' '.join(words(card))} "
    found = {(kind, key[:_LONGEST_KEY]) for kind, key in _keys(card) if key}
    return [Entry(kind, key, beside if kind == Kind.WORD else "") for kind, key in sorted(found)]


def _keys(card: Card) -> Iterator[tuple[str, str]]:
    for word in words(card):
        yield Kind.WORD, word
    for word in compared_words(card):
        yield Kind.NAME, word
    if "home" in card:
        yield Kind.HOME, facts(card).home_key
    for phone in card.get("phones", ()):
        for digits in matching.phone_keys(phone):
            yield Kind.PHONE, digits
            yield Kind.PHONE_END, digits[::-1]
    if "birth" in card:
        yield from ((Kind.BIRTH, key) for key in birth_keys(DateSpan.from_text(card["birth"])))
    yield from ((Kind.FILE, key) for key in number_keys(card.get("file", "")))
    for number in card.get("requests", ()):
        yield from ((Kind.REQUEST, key) for key in number_keys(number))
    yield from ((Kind.SCHOOL, school) for school in card.get("schools", ()))


def compared_words(card: Card) -> Iterator[str]:
    """The words of all names as they are compared, and neighbours written as one."""
    for name in (card.get("given", ""), card.get("family", ""), *card.get("others", ())):
        spelt = name_keys.names_in(name)
        yield from (*spelt, *name_keys.joined(spelt))


def birth_keys(span: DateSpan) -> tuple[str, ...]:
    """The key of a birth date, as exact as it is known."""
    if span.earliest is None:
        return ()
    form = {Precision.DAY: "%Y%m%d", Precision.MONTH: "%Y%m"}.get(span.precision, "%Y")
    middle = span.middle or span.earliest
    return (middle.strftime(form),)


def number_keys(number: str) -> tuple[str, ...]:
    """ "SP-2026-0147" → "2026-147" and "147"."""
    parts = [str(int(part)) for part in re.findall(r"\d+", number)]
    return ("-".join(parts[-2:]), parts[-1]) if parts else ()


def _known(**values: Any) -> Card:
    return {key: value for key, value in values.items() if value not in (None, "", [], ())}
