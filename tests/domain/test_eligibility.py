"""Which of Mülheim's ten offers fit which family, and why: every cell of offer_cases.csv, and what never may happen."""

from __future__ import annotations

import csv
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any, Final
from uuid import UUID, uuid4

import pytest
from builders import a_record
from hypothesis import given, settings
from hypothesis import strategies as st

from desk_app.domain.code_lists import code_list
from desk_app.domain.dates import DateSpan, Precision, parse_date_span
from desk_app.domain.eligibility import Fit, Judge, judge_all, next_questions
from desk_app.domain.offer_facts import Fact, Facts, FactValue, facts_of, hearing, no_family
from desk_app.domain.offer_fields import FIELDS, OPERATORS, FactKind
from desk_app.domain.offer_questions import Spoken, question_for
from desk_app.domain.offer_seed import shipped
from desk_app.domain.offers import ACTIVE, ENDED, FAMILY, PAUSED, PROPOSAL, Offer, OfferRule
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
    home = a_record(RecordKind.ADDRESS, household, city=row.get("city", "Mülheim an der Ruhr"))
    records = {RecordKind.PERSON: tuple(told), RecordKind.ADDRESS: (home,)}
    return FamilyFile(a_record(RecordKind.HOUSEHOLD, household, **known), records)


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


@pytest.mark.parametrize(("city", "line"), [
    ("Mülheim", "passt, weil ein Kind schulpflichtig ist, die Familie zugewandert ist und der Wohnort Mülheim ist"),
    ("Essen", "passt nicht: nur für Familien, die in Mülheim wohnen"),
    (None, "offen: Wohnort fehlt"),
])  # fmt: skip
def test_the_advice_of_the_city_is_for_those_who_live_there(city: str | None, line: str) -> None:
    row = next(row for row in CASES if row["family"] == "haddad")
    file = the_family({**row, "city": city})  # type: ignore[dict-item]  # a family whose home nobody asked
    assert Judge(facts_of(file, TODAY)).verdict(the_ten()["school"]).line == line


def test_a_wrong_cell_of_the_table_would_be_found() -> None:
    row = next(row for row in CASES if row["family"] == "haddad")
    with pytest.raises(AssertionError, match="tandem"):
        test_the_ten_offers_for_an_invented_family({**row, "tandem": "- zugewandert"})
    with pytest.raises(AssertionError, match="tandem"):
        test_the_ten_offers_for_an_invented_family({**row, "tandem": "+ Ukraine"})


ANSWERS: Final[dict[FactKind, st.SearchStrategy[FactValue]]] = {
    FactKind.YES_NO: st.booleans(),
    FactKind.TEXT: st.sampled_from(("Mülheim", "Essen")),
    FactKind.COUNT: st.integers(0, 5),
    FactKind.AGE: st.dates(date(1960, 1, 1), TODAY).map(DateSpan.of_day),
    FactKind.DAY: st.dates(date(2015, 1, 1), TODAY).map(DateSpan.of_day),
}
CODES: Final = {"origin": ("166", "475", "000"), "nationality": ("166", "475", "000")}


def _answer(key: str) -> st.SearchStrategy[FactValue]:
    field = FIELDS[key]
    if field.codes:
        return st.sampled_from(CODES.get(key) or tuple(code.key for code in code_list(field.codes).entries[:5]))
    return ANSWERS[field.kind]


@st.composite
def a_rule(draw: st.DrawFn) -> OfferRule:
    """Any rule that makes sense, over a few facts, so that several meet the same."""
    key = draw(st.sampled_from(("migrated", "adult_german", "nationality", "child_age", "children", "entry", "city")))
    operator = draw(st.sampled_from(OPERATORS[FIELDS[key].kind]))
    wanted = [_as_in_a_rule(draw(_answer(key)), operator) for _ in range(2 if operator == "between" else 1)]
    return OfferRule(key, operator, tuple(wanted), draw(st.integers(1, 3)), excludes=draw(st.booleans()))


def _as_in_a_rule(value: FactValue, operator: str) -> str:
    if isinstance(value, DateSpan):
        assert value.earliest is not None
        is_age = operator != "newer_than" and value.earliest.year < 2015
        return (
            str(TODAY.year - value.earliest.year) if is_age or operator == "newer_than" else value.earliest.isoformat()
        )
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value)


@st.composite
def knowing_more_and_less(draw: st.DrawFn) -> tuple[Facts, Facts]:
    """Everything there is to know, and a part of the same: answers missing, persons not asked, dates less exact."""
    whole, part = {}, {}
    for key in ("migrated", "adult_german", "nationality", "child_age", "children", "entry", "city"):
        many = 1 if FIELDS[key].kind in (FactKind.YES_NO, FactKind.COUNT) else 3
        values = tuple(draw(st.lists(_answer(key), min_size=1, max_size=many)))
        whole[key] = Fact.of(*values)
        part[key] = draw(st.sampled_from((whole[key], Fact(missing=question_for(key)), _blurred(draw, key, values))))
    return Facts(TODAY, whole), Facts(TODAY, part)


def _blurred(draw: st.DrawFn, key: str, values: tuple[FactValue, ...]) -> Fact:
    if FIELDS[key].kind is FactKind.COUNT:
        (count,) = values
        assert isinstance(count, int)
        return Fact((draw(st.integers(0, count)),), missing=question_for(key))
    wide = tuple(_wider(value, draw(st.integers(0, 900))) for value in values)
    return draw(
        st.sampled_from(
            (Fact(values[1:], missing=question_for(key)), Fact.of(*wide), Fact(wide[1:], missing=question_for(key)))
        )
    )


def _wider(value: FactValue, days: int) -> FactValue:
    if not isinstance(value, DateSpan) or value.earliest is None or value.latest is None:
        return value
    return DateSpan(value.earliest - timedelta(days=days), value.latest + timedelta(days=days // 2), Precision.ABOUT)


@given(rules=st.lists(a_rule(), max_size=5), known=knowing_more_and_less())
@settings(max_examples=150, deadline=None)
def test_what_is_not_known_never_decides(rules: list[OfferRule], known: tuple[Facts, Facts]) -> None:
    offer = Offer(uuid4(), "Angebot", audiences=(FAMILY,), rules=tuple(rules))
    more, less = (Judge(facts).verdict(offer).fit for facts in known)
    assert less in (more, Fit.OPEN)


@given(data=st.data(), row=st.sampled_from([row for row in CASES if row["as"] == FAMILY]))
@settings(max_examples=150, deadline=None)
def test_an_answer_taken_out_of_a_family_never_decides_about_the_ten(data: st.DataObject, row: dict[str, str]) -> None:
    file, spoken = the_family(row), what_was_said(row["said"])
    fewer = file
    for record in (file.household, *file.persons):
        asked = [key for key in record.values if key in LEFT_OUT and record.get(key) is not None]
        for key in data.draw(st.lists(st.sampled_from(asked), unique=True)) if asked else ():
            standing = fewer.find(record.ref)
            assert standing is not None
            fewer = fewer.with_record(standing.with_value(key, None))
    unsaid = spoken
    for key in data.draw(st.lists(st.sampled_from(sorted(spoken.answered)), unique=True)) if spoken.answered else ():
        unsaid = unsaid.without(key)
    whole, part = Judge(facts_of(file, TODAY, spoken)), Judge(facts_of(fewer, TODAY, unsaid))
    for name, offer in the_ten().items():
        assert part.verdict(offer).fit in (whole.verdict(offer).fit, Fit.OPEN), name


LEFT_OUT: Final = ("country_of_origin", "entry_date", "nationality_1", "birth_date", "german_level", "place_wanted")


def an_offer(*rules: OfferRule, **values: Any) -> Offer:
    return Offer(uuid4(), values.pop("title", "Angebot"), audiences=(FAMILY,), rules=rules, **values)


OPEN_TO_ALL: Final = OfferRule("anyone", "is", ("yes",))
NOTHING: Final = Facts(TODAY, {"anyone": Fact.of(True)})


@pytest.mark.parametrize(
    ("values", "fit", "reason"),
    [
        ({}, Fit.FITS, "es für alle offen ist"),
        ({"status": ENDED}, Fit.NOT, "ist beendet"),
        ({"status": PAUSED}, Fit.NOT, "macht zurzeit Pause"),
        ({"status": PROPOSAL}, Fit.OPEN, "ein Vorschlag, noch nicht geprüft"),
        ({"valid_to": date(2026, 11, 25)}, Fit.NOT, "endete am 25.11.2026"),
        ({"valid_to": TODAY}, Fit.FITS, "es für alle offen ist"),
        ({"valid_from": date(2026, 11, 27)}, Fit.OPEN, "beginnt erst am 27.11.2026"),
        ({"valid_from": TODAY}, Fit.FITS, "es für alle offen ist"),
    ],
)
def test_an_offer_that_is_not_on_fits_nobody(values: dict[str, Any], fit: Fit, reason: str) -> None:
    verdict = Judge(NOTHING).verdict(an_offer(OPEN_TO_ALL, **values))
    assert (verdict.fit, verdict.reasons, verdict.missing) == (fit, (reason,), ())


def test_conditions_only_in_words_are_shown_as_written() -> None:
    verdict = Judge(NOTHING).verdict(an_offer(eligibility="Nur mit Überweisung."))
    assert verdict.line == "offen: Bedingungen nur in Worten: Nur mit Überweisung."


def test_an_exclusion_alone_lets_all_others_in() -> None:
    offer = an_offer(OfferRule("work_ban", "is", ("yes",), excludes=True))
    facts = {answer: Facts(TODAY, {"work_ban": Fact.of(answer)}) for answer in (True, False)}
    assert Judge(facts[False]).verdict(offer).line == "passt, weil kein Beschäftigungsverbot besteht"
    assert Judge(facts[True]).verdict(offer).line == "passt nicht: nicht bei Beschäftigungsverbot"
    assert Judge(NOTHING).verdict(offer).missing == ("work_ban",)


def test_the_age_of_an_offer_holds_with_every_group_of_rules() -> None:
    offer = an_offer(OfferRule("language", "is", ("ar",)), youngest=6, oldest=10)
    seven, twelve = (DateSpan.of_day(date(year, 3, 1)) for year in (2019, 2014))
    speaks = {"language": Fact.of("ar")}
    assert Judge(Facts(TODAY, {**speaks, "age": Fact.of(seven)})).verdict(offer).reasons == (
        "die Familie Arabisch spricht", "jemand 7 Jahre alt ist"
    )  # fmt: skip
    assert Judge(Facts(TODAY, {**speaks, "age": Fact.of(twelve)})).verdict(offer).reasons == (
        "nur im Alter von 6 bis 10 Jahren (hier: 12 Jahre)",
    )


def test_a_rule_ends_with_its_last_day() -> None:
    offer = an_offer(OPEN_TO_ALL, OfferRule("work_ban", "is", ("yes",), excludes=True, until=TODAY))
    banned = {"anyone": Fact.of(True), "work_ban": Fact.of(True)}
    assert Judge(Facts(TODAY, banned)).verdict(offer).fit is Fit.NOT
    assert Judge(Facts(date(2026, 11, 27), banned)).verdict(offer).fit is Fit.FITS


def test_offers_stand_in_order_and_none_is_left_out() -> None:
    offers = [
        an_offer(OfferRule("in_need", "is", ("yes",)), OfferRule("work_ban", "is", ("no",)), title="zwei fehlen"),
        an_offer(title="nur der Träger weiß es"),
        an_offer(OfferRule("migrated", "is", ("no",)), title="passt nicht"),
        an_offer(OfferRule("in_need", "is", ("yes",)), title="eine fehlt"),
        an_offer(OfferRule("migrated", "is", ("yes",)), title="passt"),
        an_offer(OfferRule("migrated", "is", ("yes",)), OfferRule("district", "is", ("styrum",)), title="passt genau"),
    ]
    facts = Facts(TODAY, {"migrated": Fact.of(True), "district": Fact.of("styrum")})
    assert [offer.title for offer, _verdict in judge_all(offers, facts)] == [
        "passt genau", "passt", "eine fehlt", "zwei fehlen", "nur der Träger weiß es", "passt nicht"
    ]  # fmt: skip


def test_the_question_that_settles_most_offers_comes_first() -> None:
    need, ban = OfferRule("in_need", "is", ("yes",)), OfferRule("work_ban", "is", ("no",))
    either = OfferRule("work_ban", "is", ("no",), group=2)
    offers = [an_offer(need), an_offer(need), an_offer(ban), an_offer(need, ban), an_offer(need, either)]
    told = [(each.key, each.settles, each.touches) for each in next_questions(judge_all(offers, NOTHING), NOTHING)]
    # an offer with two ways stays open after a "no" to one of them, so nothing settles it alone
    assert told == [("in_need", 2, 4), ("work_ban", 1, 2)]


def test_settling_goes_before_touching() -> None:
    need, ban, several = (OfferRule(key, "is", ("yes",)) for key in ("in_need", "work_ban", "several_needs"))
    offers = [an_offer(several), an_offer(need, ban), an_offer(need, ban)]
    told = [(each.key, each.settles) for each in next_questions(judge_all(offers, NOTHING), NOTHING)]
    assert told == [("several_needs", 1), ("in_need", 0), ("work_ban", 0)]


def test_no_answer_is_asked_for_while_the_offer_itself_is_unclear() -> None:
    offer = an_offer(OfferRule("in_need", "is", ("yes",)), status=PROPOSAL)
    verdict = Judge(NOTHING).verdict(offer)
    assert verdict.reasons == ("ein Vorschlag, noch nicht geprüft", "Notlage ist nicht erfragt")
    assert (verdict.missing, verdict.one_answer_away) == ((), False)
    assert next_questions([(offer, verdict)], NOTHING) == []


def test_the_same_condition_lets_in_here_and_keeps_out_there() -> None:
    wanted, unwanted = OfferRule("work_ban", "is", ("yes",)), OfferRule("work_ban", "is", ("yes",), excludes=True)
    judge = Judge(Facts(TODAY, {"work_ban": Fact.of(True)}))
    assert [judge.verdict(an_offer(rule)).fit for rule in (wanted, unwanted)] == [Fit.FITS, Fit.NOT]


def test_a_question_settles_what_it_says() -> None:
    """Whatever is answered, the offers counted are no longer open."""
    for row in CASES:
        facts = the_facts(row)
        judged = judge_all(the_ten().values(), facts, row["as"])
        for question in next_questions(judged, facts, row["as"]):
            if question.question.codes or not question.question.in_talk:
                continue
            before = sum(verdict.fit is Fit.OPEN for _offer, verdict in judged)
            for answer in (True, False):
                told = hearing(facts, Spoken().saying(question.key, answer))
                after = judge_all(the_ten().values(), told, row["as"])
                assert sum(verdict.fit is Fit.OPEN for _offer, verdict in after) <= before - question.settles


def test_that_there_are_children_leads_to_the_next_question_only() -> None:
    facts = facts_of(the_family(next(row for row in CASES if row["family"] == "couple_unasked")), TODAY)
    asked = next_questions(judge_all(the_ten().values(), facts), facts)
    assert [(each.settles, each.touches) for each in asked if each.key == "has_children"] == [(0, 1)]
