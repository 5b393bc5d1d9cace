"""Judging a directory of offers for one family, and finding the question that settles most of them.

.venv/bin/python tests/benchmarks/offers.py [offers] [rounds]
"""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from uuid import uuid4

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parent), str(HERE.parent.parent)]

from builders import Family  # noqa: E402
from measure import interleaved  # noqa: E402  # after the path

from desk_app.domain.dates import DateSpan  # noqa: E402
from desk_app.domain.eligibility import judge_all, next_questions  # noqa: E402
from desk_app.domain.offer_facts import Facts, facts_of  # noqa: E402
from desk_app.domain.offer_outlook import outlook  # noqa: E402
from desk_app.domain.offer_seed import shipped  # noqa: E402
from desk_app.domain.offers import ACTIVE, Offer, OfferRule  # noqa: E402
from desk_app.domain.records import FamilyFile  # noqa: E402

TODAY = date(2026, 11, 26)
WORK = {
    "shipped": "offers as shipped, their copies",
    "differing": "offers, each with a condition of its own",
}


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    rounds = int(sys.argv[2]) if len(sys.argv) > 2 else 30
    dice = random.Random(7)
    file = a_family()
    facts = facts_of(file, TODAY)
    directories = {"shipped": copies(count, dice), "differing": differing(count, dice)}
    contestants: dict[str, Callable[[], float]] = {"facts of the family": timed(lambda: facts_of(file, TODAY))}
    for key, offers in directories.items():
        contestants |= of_one_directory(f"{count:,} {WORK[key]}", offers, facts)
    one = directories["shipped"][0]
    contestants["outlook of one offer, a year ahead"] = timed(lambda: outlook(one, file, TODAY))
    for name, result in interleaved(contestants, rounds).items():
        print(f"{name}: {result.show()}, p95 {result.p95:.1f} ms")


def of_one_directory(name: str, offers: list[Offer], facts: Facts) -> dict[str, Callable[[], float]]:
    judged = judge_all(offers, facts)
    contents = [offer.to_content() for offer in offers]
    return {
        f"{name}: judged and ordered": timed(lambda: judge_all(offers, facts)),
        f"{name}: the next question": timed(lambda: next_questions(judged, facts)),
        f"{name}: read from JSON": timed(lambda: [Offer.from_content(content) for content in contents]),
    }


def timed(work: Callable[[], object]) -> Callable[[], float]:
    def run() -> float:
        began = time.perf_counter()
        work()
        return (time.perf_counter() - began) * 1000

    return run


def a_family() -> FamilyFile:
    """Five persons, of whom most is known."""
    family = Family()
    family.mother(birth_date=DateSpan.of_day(date(1992, 3, 12)), nationality_1="475", german_level="none")
    family.father(birth_date=DateSpan.of_day(date(1988, 10, 30)), nationality_1="475")
    for year in (2013, 2017, 2021):
        family.child(birth_date=DateSpan.of_year(year))
    return family.file


def copies(count: int, dice: random.Random) -> list[Offer]:
    """The ten again and again, which share their rules."""
    ten = [offer for offer in shipped().offers if offer.status == ACTIVE]
    return [replace(dice.choice(ten), id=uuid4(), title=f"Angebot {number}") for number in range(count)]


def differing(count: int, dice: random.Random) -> list[Offer]:
    """Each with an age that no other has, so that little is saved by looking at alike rules only once."""

    def rules(number: int) -> tuple[OfferRule, ...]:
        asked = OfferRule(dice.choice(("in_need", "work_ban", "several_needs")), "is", ("yes",))
        age = OfferRule("child_age", "between", (str(dice.randint(0, 9)), str(10 + number)))
        german = OfferRule("adult_german", "at_most", ("A2",), 2)
        return asked, age, german, replace(asked, field="benefits", group=2, excludes=True)

    ten = copies(count, dice)
    return [replace(offer, audiences=("family",), rules=rules(number)) for number, offer in enumerate(ten)]


if __name__ == "__main__":
    main()
