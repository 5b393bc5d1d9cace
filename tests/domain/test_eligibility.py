"""Which of Mülheim's ten offers fit which family, and why: every cell of offer_cases.csv, and what never may happen."""

from __future__ import annotations

import csv
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Final
from uuid import UUID, uuid4

import pytest
from builders import a_record

from desk_app.domain.dates import parse_date_span
from desk_app.domain.eligibility import Fit, Judge
from desk_app.domain.offer_facts import Facts, facts_of, no_family
from desk_app.domain.offer_questions import Spoken
from desk_app.domain.offer_seed import shipped
from desk_app.domain.offers import ACTIVE, FAMILY, Offer
from desk_app.domain.records import FamilyFile, Record, RecordKind

TODAY: Final = date(2026, 11, 26)
SIGNS: Final = {"+": Fit.FITS, "?": Fit.OPEN, "-": Fit.NOT}
TEN: Final = (
    "kim", "case_management", "school", "german_course", "lichtblicke", "paa", "komm_an", "family_help", "tandem",
    "malouba",
)  # fmt: skip
SAID: Final = {
    "topics": "several_needs", "need": "in_need", "ban": "work_ban", "recognised": "asylum_recognised",
    "agency": "agency_client", "kids": "has_children", "foreign": "migrated", "seat": "based_here",
    "german": "adult_german",
}  # fmt: skip


@cache
def the_ten() -> dict[str, Offer]:
    return dict(zip(TEN, (offer for offer in shipped().offers if offer.status == ACTIVE), strict=True))


def _rows() -> list[dict[str, str]]:
    lines = (Path(__file__).parent / "offer_cases.csv").read_text(encoding="utf-8").splitlines()
    return list(csv.DictReader([line for line in lines if not line.startswith("# ")], delimiter=";", strict=True))


ROWS: Final = _rows()
CASES: Final = ROWS[1:]


def the_family(row: dict[str, str]) -> FamilyFile:
    """The file of an invented family as a row of the table describes it."""
    household = uuid4()
    known: dict[str, Any] = {"country_of_origin": row["origin"] or None}
    if row["entry"]:
        known["entry_date"] = parse_date_span(row["entry"], TODAY)
    persons = [*_adults(row["adults"], household), *_children(row["children"], household)]
    nations = row["nationality"].split() or ["?"]
    nations = nations if len(nations) > 1 else nations * len(persons)
    told = [
        person if nation == "?" else person.with_value("nationality_1", nation)
        for person, nation in zip(persons, nations, strict=True)
    ]
    return FamilyFile(a_record(RecordKind.HOUSEHOLD, household, **known), {RecordKind.PERSON: tuple(told)})


def _adults(cell: str, household: UUID) -> list[Record]:
    rows = []
    for adult in filter(None, cell.split(", ")):
        role, birth, german = adult.split()
        rows.append(_person(household, role, birth, german_level=None if german == "?" else german))
    return rows


def _children(cell: str, household: UUID) -> list[Record]:
    rows = []
    for child in filter(None, cell.split(", ")):
        birth = " ".join(word for word in child.split() if word not in ("wants", "settled", "done"))
        wanted = True if "wants" in child else False if "settled" in child else None
        done = True if "done" in child else None
        rows.append(_person(household, "child", birth, place_wanted=wanted, compulsory_done=done))
    return rows


def _person(household: UUID, role: str, birth: str, **values: Any) -> Record:
    span = None if birth == "?" else parse_date_span(birth, TODAY)
    return a_record(RecordKind.PERSON, household, role=role, birth_date=span, **values)


def what_was_said(cell: str) -> Spoken:
    spoken = Spoken()
    for word in cell.split():
        key, answer = word.split("=")
        spoken = spoken.saying(SAID[key], {"yes": True, "no": False}.get(answer, answer))
    return spoken


def the_facts(row: dict[str, str]) -> Facts:
    spoken = what_was_said(row["said"])
    return facts_of(the_family(row), TODAY, spoken) if row["as"] == FAMILY else no_family(TODAY, spoken)


@pytest.mark.parametrize("row", CASES, ids=[row["family"] for row in CASES])
def test_the_ten_offers_for_an_invented_family(row: dict[str, str]) -> None:
    judge = Judge(the_facts(row), row["as"])
    wrong = []
    for name in TEN:
        sign, words = (row[name] if row[name] != "=" else ROWS[0][name]).split(" ", 1)
        verdict = judge.verdict(the_ten()[name])
        if verdict.fit is not SIGNS[sign] or words.casefold() not in " | ".join(verdict.reasons).casefold():
            wrong.append(f"{name}: {sign} {words}, not {verdict.line}")
    assert not wrong
