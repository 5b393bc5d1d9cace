"""Search and duplicate check in a store of 100,000 persons, against the bare indexed query, with a labelled set.

.venv/bin/python tests/benchmarks/search.py [persons] [seed]
"""

from __future__ import annotations

import os
import random
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parent), str(HERE.parent.parent)]

import builders  # noqa: E402
import name_variants as names  # noqa: E402
import other_names  # noqa: E402
import third_set  # noqa: E402
from backups import timed  # noqa: E402  # after the path
from name_variants import Invented  # noqa: E402
from sqlalchemy import insert, text  # noqa: E402

from desk_app.casework import duplicates, search, search_index  # noqa: E402
from desk_app.casework.desk import Desk  # noqa: E402
from desk_app.domain.clock import system_clock  # noqa: E402
from desk_app.domain.dates import DateSpan  # noqa: E402
from desk_app.domain.matching import PersonFacts  # noqa: E402
from desk_app.storage import tables  # noqa: E402

NOW = datetime(2026, 11, 26, 9, 42, tzinfo=UTC)
CHECKS = int(os.environ.get("CHECKS", "2000"))
KINDS = ("spelling", "spelling + typo", "spelling + swapped", "spelling + birth swapped", "spelling + birth digit",
         "typo + birth digit", "spelling + 01.01.", "typo + 01.01.", "spelling + no birth", "typo + no birth",
         "spelling + year only", "part missing", "written as one")  # fmt: skip
OTHER_KINDS = (*KINDS[:-1], "two family names turned", "father added", "father added + no birth")


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    dice = random.Random(int(sys.argv[2]) if len(sys.argv) > 2 else 4)
    with tempfile.TemporaryDirectory() as place:
        os.environ["TRITTSTEIN_CONFIG"] = str(Path(place) / "settings")
        store = builders.a_shut_store(Path(place) / "store", system_clock)
        desk = store.open_at(store.folder, system_clock)
        people: list[tuple[Invented, UUID]] = []
        timed(f"{count:,} persons made", lambda: fill(desk, dice, count, people))
        others = fill_others(desk, dice, count // 20)
        clerks = third_set.fill(desk, dice, count // 16)
        timed("their search keys made anew", lambda: desk.do(lambda work: search_index.catch_up(work.session)))
        print("first set, names spelt by rules")
        duplicates_found(desk, first_set(dice, people), same_names(people))
        print("second set, spellings of real papers")
        duplicates_found(desk, second_set(dice, others), {})
        print("third set, names as offices hear them")
        duplicates_found(desk, as_heard(dice, clerks), third_names(clerks))
        strangers(desk, dice)
        keystrokes(desk, dice, people)
        desk.vault.close()


def fill(desk: Desk, dice: random.Random, count: int, people: list[tuple[Invented, UUID]]) -> None:
    tracked = {"created_at": NOW, "created_by": desk.user, "changed_at": NOW, "changed_by": desk.user, "version": 1}
    while len(people) < count:
        with desk.vault.session() as session:
            households, persons = [], []
            for _family in range(500):
                household = uuid4()
                culture = names.a_culture(dice)
                family = names.a_family_name(dice, culture)
                habit = dice.choice(names.habits(culture))
                number = f"2026-{len(people) // 4:05}"
                written = names.write(dice, family, culture, habit)
                households.append({"id": household, **tracked, "file_number": f"{number}", "family_name": written,
                                   "search_form": "", "phone": "", "intake_open": False})  # fmt: skip
                for position in range(dice.randrange(2, 7)):
                    made = names.invent(dice, len(people), culture, family)
                    made.habit, made.spelt = habit, (names.write(dice, made.given, culture, habit), written)
                    key = uuid4()
                    persons.append({"id": key, **tracked, "household_id": household, "position": position,
                                    "sex": made.sex,
                                    "given_name": made.spelt[0], "family_name": written, "search_form": "",
                                    "own_phone": made.phone,
                                    "role": "child" if position > 1 else "mother",
                                    "birth_date": DateSpan.of_day(made.birth)})  # fmt: skip
                    people.append((made, key))
                households[-1]["file_number"] = f"2026-{len(people):06}"
            session.execute(insert(tables.Household.__table__), households)
            session.execute(insert(tables.Person.__table__), persons)


@dataclass
class Other:
    """A person of the second set, with every spelling of the names."""

    given: list[str]
    family: list[str]
    spelt: tuple[str, str]
    birth: date
    sex: str
    key: UUID


def fill_others(desk: Desk, dice: random.Random, count: int) -> list[Other]:
    tracked = {"created_at": NOW, "created_by": desk.user, "changed_at": NOW, "changed_by": desk.user, "version": 1}
    others, households, persons = [], [], []
    for number in range(count):
        given, family = other_names.a_name(dice)
        birth = date(2024, 6, 1) - timedelta(days=int(dice.random() * 365 * 18))
        other = Other(given, family, (dice.choice(given), dice.choice(family)), birth, dice.choice("mw"), uuid4())
        others.append(other)
        household = uuid4()
        households.append({"id": household, **tracked, "file_number": f"2025-{number:06}", "search_form": "",
                           "family_name": other.spelt[1], "phone": "", "intake_open": False})  # fmt: skip
        persons.append({"id": other.key, **tracked, "household_id": household, "position": 0, "sex": other.sex,
                        "given_name": other.spelt[0], "family_name": other.spelt[1], "search_form": "",
                        "own_phone": "", "role": "child", "birth_date": DateSpan.of_day(birth)})  # fmt: skip
    with desk.vault.session() as session:
        session.execute(insert(tables.Household.__table__), households)
        session.execute(insert(tables.Person.__table__), persons)
    return others


def variant_of(dice: random.Random, other: Other, kind: str) -> PersonFacts:
    given = other_names.another(dice, other.given, other.spelt[0])
    family = other_names.another(dice, other.family, other.spelt[1])
    if "typo" in kind:
        if dice.random() < 0.5:
            given = names.typo(dice, given)
        else:
            family = names.typo(dice, family)
    if "swapped" in kind and "birth" not in kind:
        given, family = family, given
    if "part missing" in kind:
        family = family.split()[0] if " " in family else ""
    if "turned" in kind:
        family = other_names.turned(family)
    if "father" in kind:
        given = other_names.with_father(dice, given)
    return PersonFacts(given, family, birth=_birth(dice, other.birth, kind), sex=other.sex)


def variant(dice: random.Random, made: Invented, kind: str) -> PersonFacts:
    """The same person as another office would write it down, with the slips that ``kind`` names."""
    habit = dice.choice([habit for habit in names.habits(made.culture) if habit != made.habit])
    given = names.write(dice, made.given, made.culture, habit)
    family = names.write(dice, made.family, made.culture, habit)
    if "typo" in kind:
        if dice.random() < 0.5:
            given = names.typo(dice, given)
        else:
            family = names.typo(dice, family)
    if kind == "spelling + swapped":
        given, family = family, given
    if kind == "part missing":
        family = family.split()[0] if " " in family else ""
    if kind == "written as one":
        given, family = given.replace(" ", ""), family.replace(" ", "").replace("-", "")
    return PersonFacts(given, family, birth=_birth(dice, made.birth, kind), sex=made.sex)


def _birth(dice: random.Random, day: date, kind: str) -> DateSpan | None:
    if "no birth" in kind:
        return None
    if "year only" in kind:
        return DateSpan.of_year(day.year)
    if "birth swapped" in kind and day.day <= 12:
        day = date(day.year, day.day, day.month)
    elif "digit" in kind:
        day = _one_digit(dice, day)
    elif "01.01." in kind:
        day = date(day.year, 1, 1)
    return DateSpan.of_day(day)


def _one_digit(dice: random.Random, day: date) -> date:
    while True:
        digits = list(f"{day:%Y%m%d}")
        digits[dice.randrange(2, 8)] = dice.choice("0123456789")
        try:
            wrong = date.fromisoformat(f"{''.join(digits[:4])}-{''.join(digits[4:6])}-{''.join(digits[6:])}")
        except ValueError:
            continue
        if wrong != day:
            return wrong


Labelled = Iterator[tuple[str, tuple[str, str], PersonFacts, UUID]]
"""Kind of variant, names as stored, what is looked for, and who is meant."""


def first_set(dice: random.Random, people: list[tuple[Invented, UUID]]) -> Labelled:
    for number in range(CHECKS):
        made, key = dice.choice(people)
        kind = KINDS[number % len(KINDS)]
        yield kind, made.spelt, variant(dice, made, kind), key


def second_set(dice: random.Random, others: list[Other]) -> Labelled:
    for number in range(CHECKS):
        other = dice.choice(others)
        kind = OTHER_KINDS[number % len(OTHER_KINDS)]
        yield kind, other.spelt, variant_of(dice, other, kind), other.key


def as_heard(dice: random.Random, clerks: list[third_set.Clerk]) -> Labelled:
    for kind, clerk, facts in third_set.labelled(dice, clerks, CHECKS):
        yield kind, clerk.spelt, facts, clerk.key


def same_names(people: list[tuple[Invented, UUID]]) -> dict[UUID, int]:
    """How many persons of the store have the very names and sex of each."""
    count = Counter((made.given, made.family, made.sex) for made, _key in people)
    return {key: count[made.given, made.family, made.sex] for made, key in people}


def third_names(clerks: list[third_set.Clerk]) -> dict[UUID, int]:
    count = third_set.namesakes(clerks)
    return {clerk.key: count[clerk.named.given, clerk.named.family, clerk.named.sex] for clerk in clerks}


def duplicates_found(desk: Desk, labelled: Labelled, namesakes: dict[UUID, int]) -> None:
    """Recall, once of all, and once without those of whom nothing but name and sex is known that more than ten bear."""
    took, worked, hits, misses, like_others = [], [], defaultdict(list), [], []
    for kind, spelt, facts, key in labelled:
        begun, busy = time.perf_counter(), time.process_time()
        found, _ = desk.do(lambda work, facts=facts: duplicates.check(work, facts))
        took.append((time.perf_counter() - begun) * 1000)
        worked.append((time.process_time() - busy) * 1000)
        places = [candidate.side.person for candidate in found]
        hits[kind].append(key in places)
        known_besides = facts.birth is not None or facts.phones or facts.siblings
        if not known_besides and namesakes.get(key, 1) > duplicates.MOST_CANDIDATES:
            like_others.append(key in places)
        if key not in places:
            misses.append((kind, spelt, (facts.given_name, facts.family_name), len(found)))
    print(f"duplicate check: {_shown(sorted(took))}")
    print(f"  of the processor: {_shown(sorted(worked))}")
    every = [hit for each in hits.values() for hit in each]
    print(f"recall at 10: {sum(every) / len(every):.4f} of {len(every)}")
    rest = len(every) - len(like_others)
    print(f"  without {len(like_others)} whom nothing tells from their namesakes: "
          f"{(sum(every) - sum(like_others)) / rest:.4f} of {rest}")  # fmt: skip
    for kind, each in hits.items():
        print(f"  {kind:26} {sum(each) / len(each):.4f}")
    if os.environ.get("MISSES"):
        for miss in misses:
            print("   missed", miss)


def strangers(desk: Desk, dice: random.Random) -> None:
    """Persons who are not in the store: how many candidates they bring up without need."""
    shown, likely = 0, 0
    for number in range(300):
        culture = names.a_culture(dice)
        made = names.invent(dice, number, culture, names.a_family_name(dice, culture))
        made.habit = dice.choice(names.habits(culture))
        facts = variant(dice, made, "spelling")
        found, _ = desk.do(lambda work, facts=facts: duplicates.check(work, facts))
        shown += len(found)
        likely += sum(candidate.comparison.verdict == "likely" for candidate in found)
    print(f"candidates for somebody who is new: {shown / 300:.2f}, called likely: {likely / 300:.3f}")


def keystrokes(desk: Desk, dice: random.Random, people: list[tuple[Invented, UUID]]) -> None:
    for clock, whose in ((time.perf_counter, ""), (time.process_time, ", of the processor")):
        ours, bare = [], []
        for _number in range(60):
            made, _key = dice.choice(people)
            habit = dice.choice(names.habits(made.culture))
            typed = f"{names.write(dice, made.given, made.culture, habit)} {made.spelt[1]}"
            for end in range(1, min(len(typed), 14) + 1):
                begun = clock()
                desk.do(lambda work, part=typed[:end]: search.find(work, part))
                ours.append((clock() - begun) * 1000)
                begun = clock()
                part = typed[:end].lower()
                desk.do(lambda work, part=part: work.session.execute(text(
                    "SELECT subject, beside FROM search_entry WHERE kind = 'w' AND key >= :a AND key < :b LIMIT 50"),
                    {"a": part, "b": part + "{"}).all())  # fmt: skip
                bare.append((clock() - begun) * 1000)
        beyond = sorted(mine - limit for mine, limit in zip(ours, bare, strict=True))
        print(f"search per keystroke{whose}, {len(ours)} typed: {_shown(sorted(ours))}")
        print(f"  beyond the bare indexed query: {_shown(beyond)}")


def _shown(took: list[float]) -> str:
    return f"p50 {took[len(took) // 2]:.1f} ms, p95 {took[int(len(took) * 0.95)]:.1f} ms, longest {took[-1]:.1f} ms"


if __name__ == "__main__":
    main()
