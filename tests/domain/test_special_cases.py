"""What is special about one child's placement, and since when it counts."""

from datetime import date

import pytest
from builders import TODAY, Family

from desk_app.domain.dates import DateSpan
from desk_app.domain.records import RecordKind, Value
from desk_app.domain.special_cases import SpecialCase, special_cases

PRIMARY = DateSpan.of_day(date(2018, 1, 19))
FIRST_GRADER = DateSpan.of_day(date(2020, 3, 1))
SIXTEEN = DateSpan.of_day(date(2009, 6, 15))


def cases(family: Family | None = None, today: date = TODAY, **child: Value) -> dict[str, SpecialCase]:
    family = family or Family()
    row = family.child(**child)
    return {case.key: case for case in special_cases(family.view(row, today), today)}


def in_a_shelter(**household: Value) -> Family:
    family = Family(**household).without(RecordKind.ADDRESS)
    family.address(housing_type="reception")
    return family


def test_nothing_is_special_about_an_ordinary_child() -> None:
    assert cases() == {}


def test_nothing_is_said_where_no_place_is_looked_for() -> None:
    assert cases(literacy="none", measles_proof="open", place_wanted=False) == {}


def test_every_case_has_a_source_and_none_of_them_blocks() -> None:
    family = in_a_shelter(allocated=False, entry_date=DateSpan.of_year(2023))
    found = cases(family, literacy="none", prior_german_school=True, measles_proof="no")
    assert {
        "duty_with_allocation",
        "first_support_counts",
        "long_in_germany",
        "literacy_group",
        "measles_proof",
    } == set(found)
    assert all(case.source and case.title and case.why.endswith(".") and not case.blocking for case in found.values())


# --- asylum


def test_without_an_allocation_there_is_no_duty_yet_but_guests_may_come() -> None:
    case = cases(in_a_shelter(allocated=False))["duty_with_allocation"]
    assert case.title == "Noch keiner Stadt zugewiesen"
    assert "Gastbeschulung" in case.why
    assert (case.source, case.verified) == ("§ 34 Abs. 6 SchulG NRW", True)


def test_that_a_family_was_not_allocated_says_nothing_of_a_procedure() -> None:
    assert cases(Family(allocated=False)) == {}


def test_an_allocation_to_come_is_told_with_its_day() -> None:
    later = Family(allocated=True, allocated_on=date(2026, 12, 1))
    assert cases(later)["duty_with_allocation"].title == "Zugewiesen erst zum 01.12.2026"
    assert cases(Family(allocated=True, allocated_on=date(2026, 11, 26))) == {}
    assert cases(Family(allocated=True)) == {}


def test_from_a_shelter_somebody_has_to_ask() -> None:
    case = cases(in_a_shelter())["duty_with_allocation"]
    assert case.question is not None
    assert (case.question.key, case.question.kind) == ("allocated", RecordKind.HOUSEHOLD)


# --- first support


@pytest.mark.parametrize(
    ("since", "title", "day"),
    [
        (DateSpan.of_day(date(2025, 9, 1)), "Noch 10 von 24 Monaten Erstförderung", "endet sie am 31.08.2027"),
        (DateSpan.of_day(date(2026, 11, 26)), "Noch 24 von 24 Monaten Erstförderung", "am 25.11.2028"),
        (DateSpan.of_day(date(2024, 11, 27)), "Noch 1 von 24 Monaten Erstförderung", "am 26.11.2026"),
        (DateSpan.of_day(date(2024, 11, 26)), "Erstförderung ist aufgebraucht", "Anschlussförderung"),
        (DateSpan.of_month(2025, 9), "Noch 10 bis 11 von 24 Monaten Erstförderung", "31.08.2027 und 29.09.2027"),
        (DateSpan.of_year(2024), "Noch 0 bis 2 von 24 Monaten Erstförderung", "zwischen 31.12.2025 und 30.12.2026"),
    ],
)
def test_schooling_in_germany_is_counted_against_first_support(since: DateSpan, title: str, day: str) -> None:
    case = cases(prior_german_school=True, prior_german_school_since=since)["first_support_counts"]
    assert case.title == title
    assert day in case.why
    assert not case.verified


def test_while_nobody_said_since_when_the_case_asks() -> None:
    case = cases(prior_german_school=True)["first_support_counts"]
    assert "24 Monaten" in case.why
    assert case.question is not None
    assert case.question.key == "prior_german_school_since"
    unknown = cases(prior_german_school=True, prior_german_school_since=DateSpan.unknown())["first_support_counts"]
    assert unknown.question is None


def test_an_end_that_somebody_entered_goes_before_the_reckoning() -> None:
    since = DateSpan.of_day(date(2024, 1, 1))
    case = cases(prior_german_school=True, prior_german_school_since=since, support_end=date(2027, 1, 31))
    assert case["first_support_counts"].title == "Noch 3 von 24 Monaten Erstförderung"


@pytest.mark.parametrize(
    ("entry", "long"),
    [(date(2024, 11, 26), True), (date(2024, 11, 27), False)],
)
def test_families_here_for_two_years_may_be_asked_to_enrol_themselves(entry: date, long: bool) -> None:
    found = cases(Family(entry_date=DateSpan.of_day(entry)))
    assert ("long_in_germany" in found) is long
    if long:
        assert found["long_in_germany"].title == "Seit mehr als 24 Monaten in Deutschland"
        assert not found["long_in_germany"].verified


# --- literacy


@pytest.mark.parametrize(
    ("answers", "word"),
    [
        ({"literacy": "none"}, "nicht alphabetisiert"),
        ({"literacy": "origin_script"}, "lateinischer Schrift"),
        ({"literacy": "latin", "years_of_schooling": 2.0}, "kürzer in der Schule"),
        ({"literacy": "both", "years_of_schooling": 2.5}, ""),
        ({"literacy": "both", "years_of_schooling": 2.0, "proposed_grade": "04"}, ""),
        ({"literacy": "both", "years_of_schooling": 1.0, "proposed_grade": "04"}, "kürzer in der Schule"),
        ({"literacy": None, "years_of_schooling": None}, ""),
    ],
)
def test_a_literacy_group_helps_those_who_do_not_write_or_hardly_went_to_school(
    answers: dict[str, Value], word: str
) -> None:
    found = cases(**answers)
    assert ("literacy_group" in found) is bool(word)
    if word:
        assert "12 Monate" in found["literacy_group"].title
        assert word in found["literacy_group"].why
        assert found["literacy_group"].source == "Runderlass vom 06.12.2023, Nr. 3.4"


def test_literacy_groups_exist_since_6_december_2023() -> None:
    answers: dict[str, Value] = {"literacy": "none", "birth_date": DateSpan.of_day(date(2010, 6, 2))}
    assert "literacy_group" not in cases(today=date(2023, 12, 5), **answers)
    assert "literacy_group" in cases(today=date(2023, 12, 6), **answers)


def test_in_the_first_two_classes_everybody_learns_to_write() -> None:
    assert "literacy_group" not in cases(literacy="none", birth_date=FIRST_GRADER)
    assert "literacy_group" in cases(literacy="none", birth_date=FIRST_GRADER, proposed_grade="03")


# --- sixteen and older


def test_at_sixteen_the_district_government_and_fit_for_more_come_in() -> None:
    found = cases(birth_date=SIXTEEN)
    assert list(found) == ["district_government", "newcomer_course"]
    assert found["district_government"].why.startswith("Ab 16 Jahren")
    assert found["newcomer_course"].title == "„Fit für mehr“ ab 01.02.2027"
    assert "Krefeld" in found["newcomer_course"].source


@pytest.mark.parametrize(
    ("today", "support", "title", "word"),
    [
        (date(2026, 9, 15), None, "Internationale Förderklasse läuft seit 01.08.2026", "01.11.2026"),
        (date(2026, 9, 15), "A18", "„Fit für mehr“ ab 01.11.2026", "Vorklasse"),
        (date(2026, 11, 26), "A17", "Internationale Förderklasse ab 01.08.2027", "ab 01.02.2027"),
        (date(2027, 5, 2), None, "Internationale Förderklasse ab 01.08.2027", "beginnt mit dem Schuljahr"),
    ],
)
def test_the_course_follows_the_calendar_and_the_recommendation(
    today: date, support: str | None, title: str, word: str
) -> None:
    case = cases(today=today, birth_date=SIXTEEN, support_type=support)["newcomer_course"]
    assert case.title == title
    assert word in case.why


def test_where_a_person_chose_the_schulamt_nothing_sends_it_elsewhere() -> None:
    family = Family()
    child = family.child(birth_date=SIXTEEN)
    family.add(RecordKind.REQUEST, person=child.id, number="SP-2026-0001", office="schulamt")
    assert "district_government" not in {case.key for case in special_cases(family.view(child), TODAY)}


# --- primary, health


def test_a_primary_child_has_a_claim_to_the_nearest_school() -> None:
    case = cases(birth_date=PRIMARY)["nearest_primary"]
    assert (case.source, case.verified) == ("§ 46 Abs. 3 SchulG NRW", True)
    assert "nearest_primary" not in cases()


def test_before_the_first_class_comes_a_test() -> None:
    found = cases(birth_date=FIRST_GRADER, school_medical=None)
    assert found["entry_test"].question is not None
    assert found["entry_test"].question.key == "school_medical"
    assert "entry_test" not in cases(birth_date=FIRST_GRADER, school_medical="done")
    assert "entry_test" not in cases(birth_date=PRIMARY, school_medical=None)


@pytest.mark.parametrize(
    ("measles", "shown"), [("no", True), ("open", True), ("yes", False), ("exempt", False), (None, False)]
)
def test_an_open_measles_proof_does_not_keep_a_child_away(measles: str | None, shown: bool) -> None:
    found = cases(measles_proof=measles)
    assert ("measles_proof" in found) is shown
    if shown:
        assert "dürfen trotzdem kommen" in found["measles_proof"].why
        assert found["measles_proof"].source == "§ 20 Abs. 8 bis 14 IfSG"
