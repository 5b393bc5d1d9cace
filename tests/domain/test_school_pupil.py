"""What is told of a child to its school: only what is known, in the school's keys, and what stays open said."""

from dataclasses import replace
from datetime import UTC, date, datetime
from uuid import uuid4

import pytest
from builders import Family

from desk_app.domain.child import ChildView
from desk_app.domain.dates import DateSpan
from desk_app.domain.records import FamilyFile, Record, RecordKind, RequestEvent, Value
from desk_app.domain.schild import Loss, Pupil
from desk_app.domain.school_columns import Form
from desk_app.domain.school_pupil import Assignment, describe

PLACE = Assignment("103780", "02", date(2026, 12, 1))
DAT = {Form.UTF_8, Form.ANSI}


def told(family: Family, child: Record, place: Assignment = PLACE) -> Pupil:
    if not family.file.all(RecordKind.REQUEST, child.id):
        family.add(RecordKind.REQUEST, person=child.id, number="2026-0142")
    return describe(family.view(child), place)


def of_child(place: Assignment = PLACE, **answers: Value) -> Pupil:
    family = Family()
    family.mother()
    return told(family, family.child(**answers), place)


def of_family(place: Assignment = PLACE, **household: Value) -> Pupil:
    family = Family(**household)
    family.mother()
    return told(family, family.child(), place)


def columns(pupil: Pupil) -> set[str]:
    return {loss.column for loss in pupil.losses}


def words(losses: tuple[Loss, ...], column: str) -> str:
    return " ".join(loss.says for loss in losses if loss.column == column)


def test_what_was_asked_is_told_in_the_keys_of_the_statistics() -> None:
    pupil = of_child(proposed_grade="07", repatriate=False, nationality_2="166", kindergarten_years="4",
                     support_end=date(2028, 11, 30), follow_up_end=date(2029, 11, 30), name_affix="von")  # fmt: skip
    expected = {
        "family_name": "Haddad", "given_name": "Karim", "birth_date": "02.06.2013", "sex": "m", "number": "2026-0142",
        "nationality_1": "475", "nationality_2": "166", "birth_place": "Aleppo", "birth_country": "475",
        "repatriate": "N", "compulsory_done": "N", "grade": "07", "last_grade": "06", "language": "ar",
        "kindergarten": "4", "entry_year": "2026", "admitted_on": "01.12.2026", "school_year": "2026",
        "half_year": "1", "support_end": "30.11.2028", "follow_up_end": "30.11.2029", "measles": "J",
        "street": "Lindenhof 12", "postal_code": "45476", "city": "Mülheim an der Ruhr", "district": "Styrum",
        "phone": "0208 000000", "name_affix": "von",
    }  # fmt: skip
    assert {key: pupil.values[key] for key in expected} == expected
    assert not pupil.refused


@pytest.mark.parametrize(("sex", "refused"), [("m", set()), ("w", set()), ("d", DAT), ("x", DAT), (None, DAT)])
def test_schild_knows_two_sexes_only_and_svws_all(sex: str | None, refused: set[Form]) -> None:
    pupil = of_child(sex=sex)
    assert set(pupil.refused) == refused
    assert pupil.values["sex"] == (sex or "")


@pytest.mark.parametrize(
    "answer",
    [None, DateSpan.unknown(), DateSpan.of_year(2013), DateSpan.of_month(2013, 6), DateSpan.about_year(2013)],
)
def test_a_birth_date_that_is_no_day_is_not_made_one(answer: DateSpan | None) -> None:
    pupil = of_child(birth_date=answer)
    assert set(pupil.refused) == set(Form)
    assert pupil.values["birth_date"] == ""


@pytest.mark.parametrize("name", [{"given_name": ""}, {"family_name": "", "single_name": True}])
def test_a_name_of_one_part_is_no_name_for_a_school_program(name: dict[str, Value]) -> None:
    assert set(of_child(**name).refused) == set(Form)


@pytest.mark.parametrize(
    ("starts_on", "year", "half"),
    [
        (date(2026, 8, 1), "2026", "1"),
        (date(2027, 1, 31), "2026", "1"),
        (date(2027, 2, 1), "2026", "2"),
        (date(2027, 7, 31), "2026", "2"),
    ],
)
def test_the_first_day_says_school_year_and_half(starts_on: date, year: str, half: str) -> None:
    values = of_child(replace(PLACE, starts_on=starts_on)).values
    assert (values["school_year"], values["half_year"]) == (year, half)


def test_without_a_first_day_no_school_year_is_written() -> None:
    values = of_child(replace(PLACE, starts_on=None)).values
    assert not {"school_year", "half_year"} & set(values)
    assert values["admitted_on"] == ""


@pytest.mark.parametrize("grade", [None, "none"])
def test_a_grade_that_nobody_chose_stays_open(grade: str | None) -> None:
    pupil = of_child(proposed_grade=grade)
    assert pupil.values["grade"] == ""
    assert "Jahrgang" in columns(pupil)


def test_the_class_is_the_schools_own_but_is_told() -> None:
    pupil = of_child(replace(PLACE, class_name="7b"))
    assert "7b" in words(pupil.losses, "Klasse")
    assert pupil.values["class_name"] == "7b"  # the table for SVWS has a place for it


@pytest.mark.parametrize(
    ("form", "support", "kind", "course"),
    [
        ("02", "SG", "SG", ""),
        ("02", "literacy", "", ""),
        ("02", "A17", "", ""),
        ("30", "A17", "", "A17"),
        ("30", "SG", "", ""),
        ("", "SG", "", ""),
    ],
)
def test_support_is_a_kind_of_class_or_a_course_where_the_school_has_such(
    form: str, support: str, kind: str, course: str
) -> None:
    values = of_child(replace(PLACE, school_form=form, support=support)).values
    assert (values["class_kind"], values["course"]) == (kind, course)


def test_recommended_support_is_no_decision() -> None:
    assert of_child(support_type="DF").values["class_kind"] == ""


def test_school_duty_is_asked_else_follows_from_age_else_is_to_be_checked() -> None:
    assert of_child(compulsory_done=True).values["compulsory_done"] == "J"
    young = of_child(compulsory_done=None)
    assert young.values["compulsory_done"] == "N"
    assert "Schulpflicht erf." not in columns(young)
    older = of_child(compulsory_done=None, birth_date=DateSpan.of_day(date(2009, 6, 2)))
    assert older.values["compulsory_done"] == "N"
    assert "bitte prüfen" in words(older.losses, "Schulpflicht erf.")


@pytest.mark.parametrize(
    ("rows", "number"),
    [
        ([("2024/25", "475")], "999000"),
        ([("2023/24", "475"), ("2024/25", "148")], "993000"),
        ([("2024/25", "124")], "991000"),
        ([("2024/25", "143")], "992000"),
        ([("2024/25", "000")], ""),
        ([("2024/25", None)], ""),
        ([], ""),
    ],
)
def test_the_last_school_is_abroad_only_where_the_history_says_so(rows: list[tuple[str, str]], number: str) -> None:
    family = Family()
    child = family.child(last_school_no="")
    for year, country in rows:
        family.add(RecordKind.SCHOOL_YEAR, person=child.id, school_year=year, country=country, attended=True)
    pupil = told(family, child)
    assert pupil.values["last_school"] == number
    assert ("LS Schulnr." in columns(pupil)) is not bool(number)


def test_years_abroad_do_not_count_after_a_school_in_germany() -> None:
    family = Family()
    child = family.child(prior_german_school=True, last_school_no="")
    family.add(RecordKind.SCHOOL_YEAR, person=child.id, school_year="2024/25", country="475", attended=True)
    assert told(family, child).values["last_school"] == ""
    assert of_child(prior_german_school=True, last_school_no="103809").values["last_school"] == "103809"
    assert of_child(prior_german_school=True, last_school_no="Nordschule").values["last_school"] == ""


def test_a_year_without_school_is_no_last_school() -> None:
    family = Family()
    child = family.child()
    family.add(RecordKind.SCHOOL_YEAR, person=child.id, school_year="2024/25", country="475", attended=True)
    family.add(RecordKind.SCHOOL_YEAR, person=child.id, school_year="2025/26", country="148", attended=False)
    assert told(family, child).values["last_school"] == "999000"


@pytest.mark.parametrize(
    ("entry", "child", "origin"),
    [
        (date(2026, 10, 16), {}, "AS"),
        (date(2026, 10, 15), {}, ""),
        (date(2026, 11, 1), {"nationality_1": "000"}, ""),
        (date(2026, 11, 1), {"nationality_2": "000"}, ""),
        (date(2026, 11, 1), {"nationality_1": "998"}, ""),
        (date(2026, 11, 1), {"nationality_1": None}, ""),
        (date(2026, 11, 1), {"prior_german_school": True}, ""),
        (date(2026, 11, 1), {"prior_german_school": None}, ""),
    ],
)
def test_as_is_written_only_where_it_is_known_to_hold(entry: date, child: dict[str, Value], origin: str) -> None:
    family = Family(entry_date=DateSpan.of_day(entry))
    pupil = told(family, family.child(**child))
    assert pupil.values.get("origin", "") == origin
    assert ("Herkunft" in columns(pupil)) is not bool(origin)


def test_a_year_of_arrival_that_may_be_either_stays_open() -> None:
    assert of_family(entry_date=DateSpan.of_year(2025)).values["entry_year"] == "2025"
    unsure = of_family(entry_date=DateSpan.about_year(2025))
    assert unsure.values["entry_year"] == ""
    assert "Zuzugsjahr" in columns(unsure)
    assert "Zuzugsjahr" not in columns(of_family(entry_date=None))


@pytest.mark.parametrize(
    ("grade", "written"), [("6", "06"), ("06", "06"), ("11", "11"), ("6. Sınıf", ""), ("14", ""), (None, "")]
)
def test_a_last_grade_in_words_is_left_to_the_school(grade: str | None, written: str) -> None:
    pupil = of_child(last_grade=grade)
    assert pupil.values["last_grade"] == written
    assert ("LS Jahrgang" in columns(pupil)) is (bool(grade) and not written)


def test_one_family_language_has_room_and_the_others_are_named() -> None:
    family = Family()
    family.add(RecordKind.LANGUAGE, language="rom", family_language=True)
    pupil = told(family, family.child())
    assert pupil.values["language"] == "ar"
    assert "Romanes" in words(pupil.losses, "Verkehrssprache")


def test_a_language_without_an_official_key_is_another_one_and_said() -> None:
    family = Family().without(RecordKind.LANGUAGE)
    family.add(RecordKind.LANGUAGE, language="rom", family_language=True)
    pupil = told(family, family.child())
    assert pupil.values["language"] == "xy"
    assert "Romanes" in words(pupil.losses, "Verkehrssprache")


@pytest.mark.parametrize(
    ("answer", "paper", "written"),
    [
        ("yes", None, "J"),
        ("yes", "original", "J"),
        ("yes", "missing", ""),
        ("no", None, "N"),
        ("no", "original", ""),
        ("open", None, ""),
        ("exempt", None, ""),
        (None, "copy", "J"),
        (None, "missing", ""),
        (None, None, ""),
    ],
)
def test_measles_are_told_only_where_answer_and_paper_agree(
    answer: str | None, paper: str | None, written: str
) -> None:
    family = Family()
    child = family.child(measles_proof=answer)
    if paper:
        family.add(RecordKind.DOCUMENT, person=child.id, document="measles", state=paper)
    pupil = told(family, child)
    assert pupil.values.get("measles", "") == written
    assert ("Masern-Impfnachweis" in columns(pupil)) is (bool(answer or paper) and not written)


@pytest.mark.parametrize("protection", ["shelter", "blocked"])
def test_a_protected_address_takes_every_way_of_contact_with_it(protection: str) -> None:
    family = Family(email="familie@mail.example", emergency_phone="0176 2").without(RecordKind.ADDRESS)
    family.address(protection=protection)
    family.mother(own_phone="0176 1", own_email="rana@mail.example", own_address="Hafen 3")
    pupil = told(family, family.child())
    everything = [pupil.values, *pupil.guardians, *pupil.phones]
    text = " ".join(value for values in everything for value in values.values())
    for secret in ("Lindenhof", "45476", "Mülheim", "Styrum", "0208", "0176", "@", "Hafen"):
        assert secret not in text
    assert pupil.guardians[0]["family_name_1"] == "Haddad"
    assert "Anschrift und Kontakt" in columns(pupil)


def test_postal_code_and_town_only_go_together() -> None:
    family = Family().without(RecordKind.ADDRESS)
    family.address(city="")
    pupil = told(family, family.child())
    assert (pupil.values["postal_code"], pupil.values["city"]) == ("", "")
    assert "PLZ, Ort" in columns(pupil)


def test_the_day_of_registration_is_when_the_request_first_left() -> None:
    family = Family()
    child = family.child()
    request = family.add(RecordKind.REQUEST, person=child.id, number="2026-0142")
    days = [("complete", 17), ("sent", 18), ("query", 19), ("sent", 20)]
    events = tuple(
        RequestEvent(uuid4(), request.id, state, datetime(2026, 11, day, 23, 30, tzinfo=UTC), "") for state, day in days
    )
    file = FamilyFile(family.household, {kind: tuple(rows) for kind, rows in family.rows.items()}, events)
    pupil = describe(ChildView(file, child.id, date(2026, 11, 26)), PLACE)
    assert pupil.values["registered_on"] == "19.11.2026"  # in Germany it was past midnight
    by_post = (events[0], replace(events[1], happened_on=date(2026, 11, 16)), *events[2:])
    pupil = describe(ChildView(replace(file, events=by_post), child.id, date(2026, 11, 26)), PLACE)
    assert pupil.values["registered_on"] == "16.11.2026"


def test_nothing_is_told_that_was_written_for_others() -> None:
    family = Family(internal_note="geheim", contact_phone="0176 999", contact_name="geheim", planned_move_to="geheim")
    child = family.child(strengths="geheim", interruptions="geheim", school_medical="ordered", math_level="geheim",
                         preference_reason="geheim", name_native_script="geheim")  # fmt: skip
    family.add(RecordKind.REQUEST, person=child.id, number="2026-0142", remark_authority="geheim")
    pupil = told(family, child)
    text = " ".join(value for values in (pupil.values, *pupil.guardians, *pupil.phones) for value in values.values())
    assert "geheim" not in text
    assert "0176" not in text
    assert "Haddad" not in " ".join(loss.says for loss in pupil.losses)


def test_a_child_without_a_request_has_no_place() -> None:
    family = Family()
    with pytest.raises(ValueError, match="request"):
        describe(family.view(family.child()), PLACE)
