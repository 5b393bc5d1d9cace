"""Judging a directory of offers for one family, and finding the question that settles most of them."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from uuid import uuid4

from builders import Family
from measure import Table, interleaved, timed

from desk_app.domain.dates import DateSpan
from desk_app.domain.eligibility import judge_all, next_questions
from desk_app.domain.offer_facts import Facts, facts_of
from desk_app.domain.offer_outlook import outlook
from desk_app.domain.offer_seed import shipped
from desk_app.domain.offers import ACTIVE, Offer, OfferRule
from desk_app.domain.records import FamilyFile

TODAY = date(2026, 11, 26)
WORK = {
    "shipped": "offers as shipped, their copies",
    "differing": "offers, each with a condition of its own",
}


JUDGED = "judged and ordered"


def print_rows(table: Table, count: int = 1000, rounds: int = 30) -> None:
    """``count`` offers for one family of five."""
    dice = random.Random(7)
    file = a_family()
    facts = facts_of(file, TODAY)
    directories = {"shipped": copies(count, dice), "differing": differing(count, dice)}
    contestants: dict[str, Callable[[], object]] = {"facts of the family": lambda: facts_of(file, TODAY)}
    for key, offers in directories.items():
        contestants |= of_one_directory(f"{count:,} {WORK[key]}", offers, facts)
    one = directories["shipped"][0]
    contestants["outlook of one offer, a year ahead"] = lambda: outlook(one, file, TODAY)
    turns = {name: lambda work=work: timed(work) for name, work in contestants.items()}
    for name, found in interleaved(turns, rounds).items():  # type: ignore[arg-type]  # a default binds the loop's name
        if name.endswith(JUDGED):
            table.row(name, found, "–", "≤ 50 ms", lambda ours, _ratio: ours.median <= 50)
        else:
            table.row(name, found)


def of_one_directory(name: str, offers: list[Offer], facts: Facts) -> dict[str, Callable[[], object]]:
    judged = judge_all(offers, facts)
    contents = [offer.to_content() for offer in offers]
    return {
        f"{name}: {JUDGED}": lambda: judge_all(offers, facts),
        f"{name}: the next question": lambda: next_questions(judged, facts),
        f"{name}: read from JSON": lambda: [Offer.from_content(content) for content in contents],
    }


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
