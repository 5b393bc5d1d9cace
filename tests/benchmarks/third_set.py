"""Persons with the names of ``clerk_names`` in a store, and the same persons as another clerk writes them down."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4

import clerk_names
from clerk_names import Named
from sqlalchemy import insert

from desk_app.casework.desk import Desk
from desk_app.domain.dates import DateSpan
from desk_app.domain.matching import PersonFacts
from desk_app.storage import tables

NOW = datetime(2026, 11, 26, 9, 42, tzinfo=UTC)
KINDS = ("heard", "slip", "two slips", "swapped", "swapped, slip", "day and month", "one digit", "digits exchanged",
         "wrong year", "slip, one digit", "01.01.", "slip, 01.01.", "year only", "no birth", "slip, no birth",
         "no birth, sibling", "slip, no birth, phone", "part less", "part less, day and month", "as one", "particle",
         "particle, one digit", "other family name", "given name only")  # fmt: skip


@dataclass(frozen=True)
class Clerk:
    """A stored person: names as in the passport and as the first office wrote them."""

    named: Named
    spelt: tuple[str, str]
    birth: date
    siblings: tuple[date, ...]
    phone: str
    key: UUID


def fill(desk: Desk, dice: random.Random, count: int) -> list[Clerk]:
    tracked = {"created_at": NOW, "created_by": desk.user, "changed_at": NOW, "changed_by": desk.user, "version": 1}
    stored: list[Clerk] = []
    households, persons = [], []
    while len(stored) < count:
        household, phone = uuid4(), f"0{dice.choice((152, 157, 163, 176))} {dice.randrange(10**6, 10**8)}"
        households.append({"id": household, **tracked, "file_number": f"2024-{len(stored):06}", "family_name": "",
                           "search_form": "", "phone": phone, "intake_open": False})  # fmt: skip
        members = list(_family(dice))
        births = [_born(dice) for _member in members]
        for place, (named, birth) in enumerate(zip(members, births, strict=True)):
            siblings = tuple(births[:place] + births[place + 1 :])
            stored.append(Clerk(named, clerk_names.heard(dice, named), birth, siblings, phone, uuid4()))
            given, family = stored[-1].spelt
            persons.append({"id": stored[-1].key, **tracked, "household_id": household, "position": place,
                            "sex": named.sex, "given_name": given, "family_name": family, "search_form": "",
                            "own_phone": "", "role": "child", "birth_date": DateSpan.of_day(birth)})  # fmt: skip
    with desk.vault.session() as session:
        session.execute(insert(tables.Household.__table__), households)
        session.execute(insert(tables.Person.__table__), persons)
    return stored


def _family(dice: random.Random) -> Iterator[Named]:
    first = clerk_names.a_name(dice)
    yield first
    for _other in range(dice.randrange(4)):
        other = clerk_names.a_name(dice, first.origin)
        yield Named(first.origin, other.given, first.family, other.sex)


def _born(dice: random.Random) -> date:
    born = date(2026, 6, 1) - timedelta(days=int(dice.random() * 365 * (20 if dice.random() < 0.8 else 50)))
    return born.replace(month=1, day=1) if dice.random() < 0.06 else born


def labelled(dice: random.Random, stored: list[Clerk], count: int) -> Iterator[tuple[str, Clerk, PersonFacts]]:
    for number in range(count):
        clerk, kind = dice.choice(stored), KINDS[number % len(KINDS)]
        yield kind, clerk, variant(dice, clerk, kind)


def namesakes(stored: list[Clerk]) -> Counter[tuple[object, ...]]:
    """How many bear exactly the same names in their passports."""
    return Counter((clerk.named.given, clerk.named.family, clerk.named.sex) for clerk in stored)


def variant(dice: random.Random, clerk: Clerk, kind: str) -> PersonFacts:
    """The person as another office writes them down, with what ``kind`` names on top."""
    given, family = clerk_names.heard(dice, clerk.named)
    for _slip in range(2 if "two slips" in kind else "slip" in kind):
        if dice.random() < 0.5:
            given = clerk_names.slip(dice, given)
        else:
            family = clerk_names.slip(dice, family)
    if "swapped" in kind:
        given, family = family, given
    elif "part less" in kind:
        given, family = clerk_names.a_part_less(dice, given, family)
    elif "as one" in kind:
        given, family = clerk_names.as_one(given), clerk_names.as_one(family)
    elif "particle" in kind:
        family = clerk_names.with_particle(dice, family)
    elif "other family" in kind:
        family = clerk_names.heard(dice, clerk_names.a_name(dice, clerk.named.origin))[1]
    elif "given name only" in kind:
        family = ""
    siblings = tuple(DateSpan.of_day(birth) for birth in clerk.siblings) if "sibling" in kind else ()
    phones = (clerk.phone,) if "phone" in kind else ()
    birth = _birth(dice, clerk.birth, kind)
    return PersonFacts(given, family, birth=birth, sex=clerk.named.sex, siblings=siblings, phones=phones)


def _birth(dice: random.Random, day: date, kind: str) -> DateSpan | None:
    if "no birth" in kind:
        return None
    if "year only" in kind:
        return DateSpan.of_year(day.year)
    if "01.01." in kind:
        return DateSpan.of_day(date(day.year, 1, 1))
    if "wrong year" in kind:
        return DateSpan.of_day(date(day.year + dice.choice((-1, 1)), day.month, min(day.day, 28)))
    if "day and month" in kind and day.day <= 12:
        return DateSpan.of_day(date(day.year, day.day, day.month))
    if "digit" in kind:
        return DateSpan.of_day(_mistyped(dice, day, exchanged="exchanged" in kind))
    return DateSpan.of_day(day)


def _mistyped(dice: random.Random, day: date, *, exchanged: bool) -> date:
    """One digit wrong, or two neighbours exchanged where that is a date; the day itself where none is."""
    digits = f"{day:%d%m%Y}"
    for place in dice.sample(range(8 - exchanged), 8 - exchanged):
        others = digits[place + 1] + digits[place] if exchanged else dice.choice("0123456789")
        wrong = digits[:place] + others + digits[place + len(others) :]
        try:
            found = datetime.strptime(wrong, "%d%m%Y").replace(tzinfo=UTC).date()
        except ValueError:
            continue
        if found != day and 1950 < found.year <= 2026:
            return found
    return day
