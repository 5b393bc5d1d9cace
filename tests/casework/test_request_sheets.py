"""What the paper of a request says, and that the ledger names exactly the fields it can tell."""

from dataclasses import replace
from datetime import date
from itertools import pairwise
from uuid import UUID

import pytest
from builders import CENTRE, NOW, TODAY, Family

from desk_app.casework import request_sheets
from desk_app.domain.child import ChildView
from desk_app.domain.code_lists import code_list
from desk_app.domain.dates import DateSpan
from desk_app.domain.field_catalogue import fields_of
from desk_app.domain.fields import Field, FieldType
from desk_app.domain.records import FamilyFile, Record, RecordKind, Value
from desk_app.domain.request_sheet import BandKind, Fact, RequestSheet

SCHOOLS = {"103780": "Schule am Sunderplatz", "103809": "Schildbergschule"}


def sheet(child: ChildView) -> RequestSheet:
    return request_sheets.build(child, CENTRE, "Carla Brandt", SCHOOLS, NOW)


def a_request(family: Family, child: Record) -> ChildView:
    family.add(RecordKind.REQUEST, person=child.id, number="SP-2026-0001")
    return family.view(child)


def said(facts: tuple[Fact, ...]) -> dict[str, str]:
    return {fact.label: fact.value for fact in facts}


def a_full_family(*, sparing: bool = False) -> tuple[Family, Record]:
    """A family with one record of every kind, so that every field has a place to stand.

    A ``sparing`` family leaves out the first choices, so that what stands in for them shows.
    """
    family = Family(interpreter_language=None if sparing else "ar", phone=None, arrival_in_city=None)
    adult = family.mother(own_phone=None if sparing else "0170 1")
    family.father(has_custody=False)
    child = family.child(prior_german_school=True)
    family.child(given_name="Lina", birth_date=DateSpan.of_day(date(2017, 6, 2)))
    family.add(RecordKind.APART, person=child.id)
    family.add(RecordKind.NAME, person=child.id, name="Kareem")
    if not sparing:
        family.add(RecordKind.GUARDIAN, person=child.id, guardian=adult.id)
    family.add(RecordKind.LANGUAGE, person=child.id, language="en", level="basic")
    family.add(RecordKind.SCHOOL_YEAR, person=child.id, school_year="2019/20", attended=True, country="475")
    family.add(RecordKind.DOCUMENT, person=child.id, document="school_report", state="missing")
    family.add(RecordKind.WISH, person=child.id, school="103780")
    family.add(RecordKind.REFERRAL, offer="Sportverein")
    family.add(RecordKind.REQUEST, person=child.id, number="SP-2026-0001")
    return family, child


def answers(field: Field, file: FamilyFile) -> list[Value]:
    """A few different answers to a field."""
    match field.type:
        case FieldType.CODE if field.codes == "schools":
            return [None, *SCHOOLS]
        case FieldType.CODE if field.codes != "users":
            return [None, *(code.key for code in code_list(field.codes).entries)]
        case FieldType.FLAG:
            return [None, True, False]
        case FieldType.DAY:
            return [None, date(2026, 10, 1), date(2026, 11, 2)]
        case FieldType.SPAN:
            return [None, DateSpan.of_day(date(2014, 1, 2)), DateSpan.of_day(date(2012, 3, 4))]
        case FieldType.NUMBER:
            return [None, 3.0, 4.5]
        case FieldType.LINK:
            return [adult.id for adult in file.adults]
        case FieldType.INSTANT:
            return [None, NOW]
        case _:
            return [None, "103780", "2020/21", "5"]


def tells(file: FamilyFile, child: UUID, record: Record, field: Field) -> bool:
    """Whether the sheet changes with the answer to the field."""
    views = (
        ChildView(file.with_record(record.with_value(field.key, answer)), child, TODAY)
        for answer in answers(field, file)
    )
    printed = [sheet(view) for view in views if view.file.person(child).get("role") == "child"]
    return any(one != other for one, other in pairwise(printed))


def test_the_ledger_names_exactly_the_fields_that_the_paper_tells() -> None:
    told = set()
    for sparing in (False, True):
        family, child = a_full_family(sparing=sparing)
        file = family.file
        for row in (file.household, *(row for found in file.records.values() for row in found)):
            told |= {field.key for field in fields_of(row.kind).values() if tells(file, child.id, row, field)}
    told -= {"protection", "withdrawn_on"}  # decide what is told and are not told themselves
    named = set(request_sheets.field_keys(family.view(child)))
    assert (named - told, told - named) == (set(), set())


def test_the_ledger_of_a_protected_child_names_no_way_to_it() -> None:
    family, child = a_full_family()
    family.address(protection="blocked")
    keys = request_sheets.field_keys(family.view(child))
    assert not {"street", "house_number", "postal_code", "city", "district", "phone", "own_phone", "email"} & set(keys)
    assert "sibling_school" not in keys


def test_schools_near_a_protected_home_are_not_named() -> None:
    open_family, hidden_family = Family(), Family().without(RecordKind.ADDRESS)
    hidden_family.address(protection="shelter")
    for family, family_told, wish_told in (
        (open_family, "Schildbergschule", "Schule am Sunderplatz"),
        (hidden_family, "über die Beratung", "über die Beratung"),
    ):
        child = family.child(sibling_school="103809")
        family.add(RecordKind.WISH, person=child.id, school="103780")
        paper = sheet(a_request(family, child))
        assert said(paper.family)["Geschwister besuchen"] == family_told
        assert said(paper.learning)["Wunsch"] == wish_told


def test_the_school_of_a_sibling_that_lives_hidden_is_not_named_on_the_others_paper() -> None:
    family = Family()
    child, sibling = family.child(sibling_school="103809"), family.child(given_name="Lina")
    family.address(person=sibling.id, protection="shelter")
    view = a_request(family, child)
    assert not view.protected
    assert said(sheet(view).family)["Geschwister besuchen"] == "über die Beratung"
    keys = request_sheets.field_keys(view)
    assert ("sibling_school" in keys, "street" in keys) == (False, True)


def test_without_a_wish_a_protected_child_has_none_to_ask_for() -> None:
    family = Family().without(RecordKind.ADDRESS)
    family.address(protection="shelter")
    paper = sheet(a_request(family, family.child()))
    assert "Wunsch" not in said(paper.learning)
    assert "Geschwister besuchen" not in said(paper.family)


def test_internal_facts_are_on_no_paper() -> None:
    kept_in = {"internal_note", "file_number", "emergency_name", "emergency_phone", "counsellor", "reported_by"}
    family, child = a_full_family()
    assert not kept_in & set(request_sheets.field_keys(family.view(child)))


def test_parents_of_one_name_share_it() -> None:
    family = Family()
    family.mother()
    family.father()
    assert said(sheet(a_request(family, family.child())).family)["Sorgeberechtigt"] == "Rana und Yousef Haddad"


def test_parents_of_two_names_keep_both() -> None:
    family = Family()
    family.mother(family_name="Kaya")
    family.father()
    assert said(sheet(a_request(family, family.child())).family)["Sorgeberechtigt"] == "Rana Kaya und Yousef Haddad"


@pytest.mark.parametrize(
    ("name", "words"),
    [("Frau Beispiel", "Frau Beispiel, Jugendamt"), ("Jugendamt Musterstadt", "Jugendamt Musterstadt")],
)
def test_whose_office_has_custody_is_said_once(name: str, words: str) -> None:
    family = Family()
    family.mother(role="youth_office", given_name=None, family_name=name)
    assert said(sheet(a_request(family, family.child())).family)["Sorgeberechtigt"] == words


def test_custody_set_apart_for_one_child_is_said_for_that_child() -> None:
    family = Family()
    family.mother()
    father = family.father(has_custody=False)
    child, sibling = family.child(), family.child(given_name="Lina")
    family.add(RecordKind.GUARDIAN, person=child.id, guardian=father.id)
    family.add(RecordKind.APART, person=child.id, guardian_kind="father", phone="0170 2")
    own = said(sheet(a_request(family, child)).family)
    assert (own["Sorgeberechtigt"], own["Telefon"]) == ("Yousef Haddad", "0170 2")
    assert said(sheet(a_request(family, sibling)).family)["Sorgeberechtigt"] == "Rana Haddad"


def test_siblings_are_named_with_age_and_number() -> None:
    family = Family()
    child = family.child()
    sister = family.child(given_name="Lina", birth_date=DateSpan.of_day(date(2017, 6, 2)))
    family.add(RecordKind.REQUEST, person=sister.id, number="SP-2026-0002")
    assert said(sheet(a_request(family, child)).family)["Geschwister"] == "Lina, 9 (SP-2026-0002)"


def test_time_without_school_is_one_stretch_up_to_today() -> None:
    family = Family()
    child = family.child()
    family.add(RecordKind.SCHOOL_YEAR, person=child.id, school_year="2019/20", until_year="2024/25", attended=True,
               country="475", grade="1–6")  # fmt: skip
    family.add(RecordKind.SCHOOL_YEAR, person=child.id, school_year="2025/26", attended=False)
    bands = sheet(a_request(family, child)).bands
    assert [(band.label, band.detail, band.kind) for band in bands] == [
        ("Syrien", "Klasse 1 bis 6", BandKind.ABROAD),
        ("ohne Schule", "etwa 16 Monate", BandKind.GAP),
    ]


def test_a_shelter_the_family_has_left_stays_unnamed() -> None:
    family = Family()
    child = family.child(strengths="Malt gern, auch damals im Verborgenenweg 99")
    request = a_request(family, child)
    home = request.file.all(RecordKind.ADDRESS)[0]
    left = replace(home, values={**home.values, "street": "Verborgenenweg", "protection": "shelter"})
    moved = replace(request, file=replace(request.file, history=(left,)))
    assert not request.protected
    assert said(sheet(moved).learning)["Stärken"] == "Malt gern, auch damals im [geschützt]"


def test_a_stage_still_open_is_addressed_to_both_offices() -> None:
    family = Family()
    child = family.child(birth_date=DateSpan.of_day(date(2010, 12, 20)))
    recipient = sheet(a_request(family, child)).recipient
    assert "Fachberatung Integration" in recipient
    assert "Bezirksregierung" in recipient
    chosen = replace(child, values={**child.values, "school_stage": "upper_secondary"})
    view = ChildView(family.file.with_record(chosen), child.id, TODAY)
    assert "Fachberatung Integration" not in sheet(view).recipient
    assert "Klasse nach Alter" not in said(sheet(view).facts)


@pytest.mark.parametrize(
    ("level", "fact"), [("none", "A0, keine"), ("unassessed", "offen"), ("A1/A2", "A1/A2"), (None, None)]
)
def test_german_is_said_as_the_offices_do(level: str | None, fact: str | None) -> None:
    family = Family()
    facts = said(sheet(a_request(family, family.child(german_level=level))).facts)
    assert facts.get("Deutsch") == fact


def test_a_child_starting_school_is_not_measured_by_years() -> None:
    family = Family()
    child = family.child(birth_date=DateSpan.of_day(date(2020, 1, 2)), years_of_schooling=0.0)
    assert said(sheet(a_request(family, child)).facts)["Schuljahre bisher"] == "0"


@pytest.mark.parametrize(
    ("street", "text", "left"),
    [
        ("Geheimstraße", "Geheimstraße 12a, 2. Stock", "[geschützt], 2. Stock"),
        ("Geheimstr.", "in der GEHEIMSTRASSE", "in der [geschützt]"),
        ("Am Alten Hof", "am alten Hof 3 b wohnhaft", "[geschützt] wohnhaft"),
        ("Am Alten Hof", "Am-alten-Hof", "[geschützt]"),
        ("Weg", "ist auf dem Weg", "ist auf dem Weg"),
    ],
)
def test_a_protected_street_is_taken_out_of_what_somebody_wrote(street: str, text: str, left: str) -> None:
    family = Family().without(RecordKind.ADDRESS)
    family.address(street=street, protection="shelter")
    child = family.child()
    assert request_sheets.hide_address(text, family.view(child)) == left


def test_an_open_street_stays_in_what_somebody_wrote() -> None:
    family = Family()
    assert request_sheets.hide_address("wohnt Lindenhof 12", family.view(family.child())) == "wohnt Lindenhof 12"


def test_a_child_without_a_request_has_no_paper() -> None:
    family = Family()
    with pytest.raises(ValueError, match="no placement request"):
        sheet(family.view(family.child()))


def test_the_ledger_hears_every_fact_of_the_sheet_under_its_key() -> None:
    family = Family()
    child = a_request(family, family.child(strengths="Zeichnen", name_native_script="كريم حداد"))
    told = {fact.key: fact.value for fact in request_sheets.facts(child, SCHOOLS)}
    printed = sheet(child)
    for fact in (*printed.facts, *printed.family, *printed.learning):
        assert told[fact.key] == fact.value
    assert (told["native_name"], told.get("assessment", "")) == (printed.native_name, printed.assessment)
    assert told["birth_place"] == "Aleppo, Syrien"
    assert all(told.values())
