"""What each stage asks of a request, how much it counts, and why."""

from datetime import date

import pytest
from builders import Family

from desk_app.domain.completeness import Question, missing, questions
from desk_app.domain.dates import DateSpan
from desk_app.domain.field_catalogue import FIELDS, field_of
from desk_app.domain.needs import LEVEL_AT, WHY, WHY_AT
from desk_app.domain.records import Record, RecordKind

STAGES = ("too_young", "primary", "lower_secondary", "upper_secondary")
BIRTHS = {
    "too_young": DateSpan.of_day(date(2021, 4, 27)),
    "primary": DateSpan.of_day(date(2018, 1, 19)),
    "lower_secondary": DateSpan.of_day(date(2013, 6, 2)),
    "upper_secondary": DateSpan.of_day(date(2009, 6, 15)),
}
NOTHING_YET = {"role": "child", "place_wanted": True}

TABLE = [
    # key, level in: too young, primary, lower secondary, upper secondary (0: not asked), a word of the reason
    ("sex", (1, 1, 1, 1), "amtlich"),
    ("nationality_1", (1, 1, 1, 1), "amtlich"),
    ("entry_date", (1, 1, 1, 1), "Erstförderung"),
    ("street", (1, 1, 1, 1), "Wohnort"),
    ("phone", (1, 1, 1, 1), "erreichbar"),
    ("given_on", (1, 1, 1, 1), "gesendet"),
    ("german_level", (1, 1, 1, 1), "Förderung"),
    ("literacy", (0, 1, 1, 1), "weil"),
    ("years_of_schooling", (0, 1, 1, 1), "Klasse"),
    ("prior_german_school", (0, 1, 1, 1), "Erstförderung"),
    ("proposed_grade", (0, 1, 1, 0), "Klasse"),
    ("school_stage", (1, 1, 1, 1), "entscheidet"),
    ("kindergarten_years", (0, 2, 0, 0), "amtlich"),
    ("all_day_needed", (0, 2, 0, 0), "OGS"),
    ("reports_available", (0, 0, 2, 2), "Kurse"),
    ("school_year", (0, 0, 2, 2), "anknüpft"),
    ("recommended_form", (0, 0, 2, 2), "Einschätzung"),
    ("highest_certificate", (0, 0, 0, 2), "Weg"),
    ("work_experience", (0, 0, 0, 2), "Berufskolleg"),
    ("last_grade", (0, 2, 2, 2), "Klasse"),
    ("support_type", (0, 2, 2, 2), "Gruppe"),
    ("measles_proof", (2, 2, 2, 2), "noch offen"),
    ("school_medical", (2, 2, 2, 2), "Aufnahme"),
    ("birth_place", (2, 2, 2, 2), "Schule"),
    ("math_level", (0, 0, 0, 0), ""),
    ("aspiration", (0, 0, 0, 0), ""),
    ("wants_heritage_lessons", (0, 0, 0, 0), ""),
]


def asked(stage: str, **values: object) -> dict[str, Question]:
    """What a child of a stage is asked of which only the birth date is known."""
    family = Family().without(RecordKind.ADDRESS).without(RecordKind.CONSENT)
    child = family.add(RecordKind.PERSON, **NOTHING_YET, birth_date=BIRTHS[stage], **values)
    return {item.key: item for item in questions(family.view(child))}


@pytest.mark.parametrize(("key", "levels", "word"), TABLE, ids=[row[0] for row in TABLE])
def test_each_stage_asks_what_it_needs_and_says_why(key: str, levels: tuple[int, ...], word: str) -> None:
    for stage, level in zip(STAGES, levels, strict=True):
        question = asked(stage).get(key)
        assert (question.level if question else 0) == level, stage
        if question is not None:
            assert question.reason.startswith("weil ")
            assert word in question.reason


@pytest.mark.parametrize(("stage", "level"), [("primary", 2), ("lower_secondary", 2), ("upper_secondary", 1)])
def test_since_when_a_child_was_at_school_here_blocks_only_the_berufskolleg(stage: str, level: int) -> None:
    assert "prior_german_school_since" not in asked(stage, prior_german_school=False)
    known = asked(stage, prior_german_school=True)
    assert known["prior_german_school_since"].level == level
    assert known["prior_german_school_name"].level == 2
    assert ("Monate" in known["prior_german_school_since"].reason) == (stage == "upper_secondary")
    told = asked(stage, prior_german_school=True, prior_german_school_since=DateSpan.unknown())
    assert told["prior_german_school_since"].answered


def test_each_stage_has_its_own_reason_for_the_alphabet() -> None:
    assert "Alphabetisierungsgruppe" in asked("primary")["literacy"].reason
    assert "lateinischer Schrift" in asked("upper_secondary")["literacy"].reason


def test_while_the_stage_is_open_the_reason_holds_for_both() -> None:
    family = Family()
    child = family.child(birth_date=DateSpan.of_year(2010), literacy=None)
    (question,) = [item for item in questions(family.view(child)) if item.key == "literacy"]
    assert "Alphabetisierungsgruppe" in question.reason


def test_nothing_that_is_asked_is_without_a_reason() -> None:
    for stage in STAGES:
        family = Family(allocated=True, arrival_in_city=None).without(RecordKind.ADDRESS).without(RecordKind.CONSENT)
        family.child(birth_date=BIRTHS["primary"], place_wanted=False)
        child = family.add(RecordKind.PERSON, **NOTHING_YET, birth_date=BIRTHS[stage], prior_german_school=True)
        for question in questions(family.view(child)):
            assert question.reason.startswith("weil "), (stage, question.key)
            assert question.label


def test_every_question_says_where_to_answer_it() -> None:
    for stage in STAGES:
        for question in asked(stage, prior_german_school=True).values():
            field = field_of(question.kind, question.key)
            assert question.section is field.section


def test_the_table_names_only_fields_there_are() -> None:
    keys = {(field.kind, field.key) for field in FIELDS}
    assert set(WHY) | set(LEVEL_AT) | {(kind, key) for kind, key, _stage in WHY_AT} <= keys


def test_fifteen_year_olds_are_asked_for_a_certificate_in_lower_secondary_too() -> None:
    for birth, expected in ((date(2011, 11, 27), False), (date(2011, 11, 26), True)):
        family = Family()
        child = family.child(birth_date=DateSpan.of_day(birth))
        keys = {item.key for item in missing(family.view(child))}
        assert ("highest_certificate" in keys) is expected


def test_a_child_that_never_went_to_school_has_no_languages_or_years_to_tell() -> None:
    family = Family()
    family.mother()
    never = family.child(years_of_schooling=0.0)
    assert missing(family.view(never)) == ()
    assert [item.label for item in missing(family.view(family.child()))] == [
        "Weitere Sprachen",
        "Schulbesuch nach Jahren",
    ]


def test_other_languages_help_but_never_block() -> None:
    family = Family()
    family.mother()
    (languages, _years) = missing(family.view(family.child()))
    assert (languages.label, languages.level, languages.blocking) == ("Weitere Sprachen", 2, False)


def test_a_familys_language_is_none_of_the_languages_learned_at_school() -> None:
    family = Family()
    family.mother()
    child = family.child()
    family.add(RecordKind.LANGUAGE, person=child.id, language="ku", family_language=True)
    assert "Weitere Sprachen" in {item.label for item in missing(family.view(child))}


def shelter(housing: str, **household: object) -> dict[str, Question]:
    family = Family(**household).without(RecordKind.ADDRESS)  # type: ignore[arg-type]  # values of a household
    family.address(housing_type=housing)
    child: Record = family.child()
    return {item.key: item for item in questions(family.view(child))}


def test_allocation_is_asked_only_where_something_speaks_for_asylum() -> None:
    assert "allocated" not in shelter("own_home")
    assert (shelter("reception")["allocated"].level, shelter("reception")["allocated"].answered) == (2, False)
    assert "allocated_on" not in shelter("reception", allocated=False)
    assert not {"allocated", "allocated_on"} & shelter("own_home", allocated=False).keys()
    assert not shelter("own_home", allocated=True)["allocated_on"].answered
    assert shelter("own_home", allocated=True, allocated_on=date(2026, 9, 1))["allocated_on"].answered


@pytest.mark.parametrize(("state", "expected"), [("original", True), ("missing", True), ("not_needed", False)])
def test_a_notice_of_allocation_speaks_for_asylum(state: str, expected: bool) -> None:
    family = Family()
    child = family.child()
    family.add(RecordKind.DOCUMENT, document="allocation_notice", state=state)
    assert ("allocated" in {item.key for item in questions(family.view(child))}) is expected


def test_where_the_family_lived_before_is_asked_once_a_child_went_to_school_here() -> None:
    family = Family()
    known = family.child(prior_german_school=True)
    new = family.child()
    assert "previous_city" in {item.key for item in questions(family.view(known))}
    assert "previous_city" not in {item.key for item in questions(family.view(new))}
    stayed = Family(arrival_in_city=date(2026, 8, 3))
    child = stayed.child(prior_german_school=True)
    assert "previous_city" not in {item.key for item in questions(stayed.view(child))}


def test_a_siblings_school_is_asked_while_one_of_them_needs_no_place() -> None:
    family = Family()
    child = family.child()
    sister = family.child(given_name="Lina", birth_date=BIRTHS["primary"], place_wanted=True)
    assert "sibling_school" not in {item.key for item in questions(family.view(child))}
    family.rows[RecordKind.PERSON].remove(sister)
    family.child(given_name="Lina", birth_date=BIRTHS["primary"], place_wanted=False)
    (asked_for,) = [item for item in questions(family.view(child)) if item.key == "sibling_school"]
    assert (asked_for.level, asked_for.answered) == (2, False)
