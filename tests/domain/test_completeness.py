from datetime import date

import pytest
from builders import Family

from desk_app.domain.completeness import blocking, is_complete, missing, of_family, questions
from desk_app.domain.dates import DateSpan
from desk_app.domain.fields import Section
from desk_app.domain.records import RecordKind


def labels(items: object) -> list[str]:
    return [item.label for item in items]  # type: ignore[attr-defined]  # questions


def test_a_child_with_every_answer_lacks_nothing() -> None:
    family = Family()
    family.mother()
    child = family.view(family.pupil())
    assert missing(child) == ()
    assert is_complete(child)


@pytest.mark.parametrize(
    ("key", "label"),
    [
        ("sex", "Geschlecht"),
        ("nationality_1", "Staatsangehörigkeit"),
        ("german_level", "Deutsch"),
        ("literacy", "Alphabetisiert"),
        ("years_of_schooling", "Schulbesuchsjahre"),
        ("prior_german_school", "Schon in Deutschland in der Schule"),
        ("birth_date", "Geburtsdatum"),
    ],
)
def test_an_answer_of_level_one_blocks_sending(key: str, label: str) -> None:
    family = Family()
    family.mother()
    child = family.view(family.pupil(**{key: None}))
    assert labels(blocking(child)) == [label]
    assert not is_complete(child)


def test_what_an_address_lacks_is_named_without_an_abbreviation() -> None:
    family = Family().without(RecordKind.ADDRESS)
    family.mother()
    family.address(house_number=None)
    child = family.view(family.pupil())
    assert labels(blocking(child)) == ["Hausnummer"]
    assert not is_complete(child)


@pytest.mark.parametrize("key", ["birth_place", "last_grade", "measles_proof", "recommended_form"])
def test_an_answer_of_level_two_is_missed_but_does_not_block(key: str) -> None:
    family = Family()
    family.mother()
    child = family.view(family.pupil(**{key: None}))
    assert blocking(child) == ()
    assert is_complete(child)
    assert [item.key for item in missing(child)] == [key]


def test_a_child_too_young_for_school_is_not_asked_for_literacy() -> None:
    family = Family()
    family.mother()
    child = family.view(family.pupil(birth_date=DateSpan.of_day(date(2022, 4, 27)), literacy=None))
    assert "literacy" not in {item.key for item in questions(child)}


def test_consent_of_the_family_holds_for_each_child_until_it_is_withdrawn() -> None:
    family = Family()
    family.mother()
    child = family.pupil()
    assert blocking(family.view(child)) == ()
    family.add(
        RecordKind.CONSENT,
        person=child.id,
        recipient="school_authority",
        given_on=date(2026, 11, 17),
        withdrawn_on=date(2026, 11, 20),
    )
    assert labels(blocking(family.view(child))) == ["Einwilligung für die Schulaufsicht"]


def test_a_protected_address_is_never_missing() -> None:
    family = Family().without(RecordKind.ADDRESS)
    family.mother()
    child = family.pupil()
    assert {item.key for item in blocking(family.view(child))} == {"street", "house_number", "postal_code", "city"}
    family.add(RecordKind.ADDRESS, protection="shelter")
    assert blocking(family.view(child)) == ()


def test_one_part_names_are_enough_when_said_so() -> None:
    family = Family()
    family.mother()
    child = family.pupil(given_name=None)
    assert [item.key for item in blocking(family.view(child))] == ["given_name"]
    family = Family()
    family.mother()
    assert blocking(family.view(family.pupil(given_name=None, single_name=True))) == ()


def test_an_estimated_age_is_enough_but_two_possible_stages_want_a_person() -> None:
    family = Family()
    family.mother()
    about = DateSpan(date(2015, 11, 27), date(2018, 11, 26), DateSpan.about_year(2017).precision)
    child = family.view(family.pupil(birth_date=about))
    keys = [item.key for item in blocking(child)]
    assert keys == ["school_stage", "proposed_grade"]
    decided = family.view(family.pupil(birth_date=about, school_stage="primary", proposed_grade="04"))
    assert blocking(decided) == ()


def test_custody_follows_from_the_adults_and_needs_a_name() -> None:
    family = Family()
    child = family.pupil()
    assert [item.key for item in blocking(family.view(child))] == ["guardian_kind", "family_name"]
    family.mother()
    assert blocking(family.view(child)) == ()
    assert family.view(child).guardian_kind == "mother"


def test_any_way_to_reach_the_family_will_do() -> None:
    family = Family(phone=None)
    mother = family.mother()
    child = family.pupil()
    assert labels(blocking(family.view(child))) == ["Telefon"]
    family.rows[RecordKind.PERSON].remove(mother)
    family.mother(own_phone="0208 111111")
    assert blocking(family.view(child)) == ()


def test_what_is_asked_of_the_whole_family_counts_once() -> None:
    family = Family(phone=None)
    children = [family.view(family.pupil()), family.view(family.pupil())]
    keys = [(item.kind, item.key) for item in of_family(children)]
    assert keys.count((RecordKind.HOUSEHOLD, "phone")) == 1
    assert keys.count((RecordKind.PERSON, "sex")) == 2


def test_each_section_that_matters_is_asked_about() -> None:
    family = Family()
    family.mother()
    asked = {item.section for item in questions(family.view(family.pupil()))}
    assert asked == set(Section) - {Section.NOTE}


def test_a_soon_changing_office_is_settled_by_choosing_one() -> None:
    """Sixteen on 20 December 2026: four weeks on, the Bezirksregierung becomes competent."""
    family = Family()
    family.mother()
    child = family.pupil(birth_date=DateSpan.of_day(date(2010, 12, 20)), highest_certificate="none")
    open_points = blocking(family.view(child))
    assert [item.key for item in open_points] == ["school_stage"]
    assert "20.12.2026" in open_points[0].reason
    family.add(RecordKind.REQUEST, person=child.id, number="SP-2026-0001", office="schulamt")
    assert blocking(family.view(child)) == ()
