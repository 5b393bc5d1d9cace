"""How the school biography and the wish for a place read, apart from any window."""

from __future__ import annotations

from datetime import date

from builders import Family

from desk_app.domain.child import ChildView
from desk_app.domain.dates import DateSpan
from desk_app.domain.records import Record, RecordKind, Value
from desk_app.domain.school_history import Years
from desk_app.presenters import schooling

TODAY = date(2026, 11, 26)


def born(year: int, month: int, day: int) -> DateSpan:
    return DateSpan.of_day(date(year, month, day))


def year(family: Family, child: Record, school_year: str, **values: Value) -> Record:
    known: dict[str, Value] = {"attended": True, **values}
    return family.add(RecordKind.SCHOOL_YEAR, person=child.id, school_year=school_year, **known)


def view(family: Family, child: Record) -> ChildView:
    return family.view(child, TODAY)


def test_a_tab_says_name_age_and_how_much_the_school_section_lacks() -> None:
    family = Family()
    child = family.pupil(years_of_schooling=None)
    tab = schooling.child_tab(view(family, child))
    assert (tab.title, tab.remark) == ("Karim, 13", "1 fehlt")
    assert tab.done == tab.total - 1


def test_a_child_too_young_for_school_is_not_counted() -> None:
    family = Family()
    tab = schooling.child_tab(view(family, family.child(given_name="Sami", birth_date=born(2021, 4, 27))))
    assert (tab.title, tab.remark, tab.total) == ("Sami, 5", "noch keine Schule", 0)


def test_a_child_without_a_name_is_counted_instead() -> None:
    family = Family()
    family.child()
    unnamed = family.child(given_name=None, family_name=None, birth_date=None)
    assert schooling.title_of(view(family, unnamed)) == "Kind 2"


def test_gaps_stand_between_the_years_in_their_places() -> None:
    family = Family()
    child = family.child()
    year(family, child, "2019/20", country="475")
    year(family, child, "2022/23", until_year="2025/26", attended=False)
    lines = schooling.year_lines(view(family, child).school_years, TODAY, {"475": "Syrien"})
    assert [(line.years, line.school, line.gap) for line in lines] == [
        ("2019/20", "", None),
        ("2020/21–21/22", "nichts eingetragen", Years(2020, 2021)),
        ("2022/23–25/26", "kein Schulbesuch", None),
        ("2026/27", "nichts eingetragen", Years(2026, 2026)),
    ]


def test_a_row_is_read_aloud_with_its_class() -> None:
    family = Family()
    child = family.child()
    year(family, child, "2024/25", country="163", school="İlkokulu Şahinbey, Gaziantep", grade="2")
    (line, *_gaps) = schooling.year_lines(view(family, child).school_years, TODAY, {"163": "Türkei"})
    assert line.spoken == "2024/25, Türkei, İlkokulu Şahinbey, Gaziantep, Klasse 2"


def test_a_new_year_begins_with_what_is_known_already() -> None:
    family = Family()
    child = family.child()
    year(family, child, "2023/24", country="475")
    year(family, child, "2024/25", attended=False)
    new = schooling.new_year(view(family, child))
    assert new == {"school_year": "2025/26", "country": "475", "attended": True}


def test_a_gap_of_several_years_becomes_one_row() -> None:
    assert schooling.gap_year(Years(2023, 2025)) == {
        "school_year": "2023/24",
        "until_year": "2025/26",
        "attended": False,
    }
    assert schooling.gap_year(Years(2025, 2025))["until_year"] is None


def test_a_sibling_gets_years_and_places_but_not_the_class() -> None:
    family = Family()
    child = family.child()
    row = year(family, child, "2024/25", country="163", school="Gaziantep", grade="2")
    (copy,) = schooling.copies_for((row,))
    assert (copy.get("country"), copy.get("school"), copy.get("grade")) == ("163", "Gaziantep", None)


def test_years_are_copied_only_to_siblings_of_school_age_without_any() -> None:
    family = Family()
    child = family.child()
    year(family, child, "2024/25")
    family.child(given_name="Sami", birth_date=born(2021, 4, 27))
    lina = family.child(given_name="Lina", birth_date=born(2017, 1, 19))
    assert [other.id for other in schooling.siblings_to_copy_to(view(family, child))] == [lina.id]
    year(family, lina, "2024/25")
    assert schooling.siblings_to_copy_to(view(family, child)) == ()


def test_years_of_schooling_are_proposed_until_the_answer_says_the_same() -> None:
    family = Family()
    child = family.child(years_of_schooling=None)
    assert schooling.proposed_years(view(family, child)) is None
    year(family, child, "2020/21", until_year="2022/23")
    assert schooling.proposed_years(view(family, child)) == 3


def test_never_at_school_proposes_none_years() -> None:
    family = Family()
    child = family.child(years_of_schooling=None)
    year(family, child, "2020/21", attended=False)
    assert schooling.proposed_years(view(family, child)) == 0


def test_the_sentence_ends_with_the_class_by_age() -> None:
    family = Family()
    child = family.child(birth_date=born(2017, 1, 19))
    year(family, child, "2024/25", country="163")
    assert schooling.years_summary(view(family, child)) == "1 Schuljahr in 1 Land. Nach Alter: Klasse 4"


def test_only_a_stage_or_class_beside_the_proposal_asks_why() -> None:
    family = Family()
    as_proposed = family.child(school_stage="lower_secondary", proposed_grade="08")
    otherwise = family.child(school_stage="primary", proposed_grade="06")
    assert not schooling.asks(view(family, as_proposed), "stage_reason")
    assert not schooling.asks(view(family, as_proposed), "grade_reason")
    assert schooling.asks(view(family, otherwise), "stage_reason")
    assert schooling.asks(view(family, otherwise), "grade_reason")


def test_a_reason_once_given_stays_on_the_page() -> None:
    family = Family()
    child = family.child(stage_reason="kann schon lesen")
    assert schooling.asks(view(family, child), "stage_reason")


def test_questions_follow_the_stage_of_the_child() -> None:
    family = Family()
    young = family.child(birth_date=born(2021, 4, 27), recommended_form=None)
    pupil = family.child(recommended_form=None)
    assert schooling.asks(view(family, young), "kindergarten_years")
    assert not schooling.asks(view(family, young), "recommended_form")
    assert schooling.asks(view(family, pupil), "recommended_form")
    assert not schooling.asks(view(family, pupil), "highest_certificate")


def test_the_school_in_germany_is_asked_about_only_when_there_was_one() -> None:
    family = Family()
    child = family.child(prior_german_school=True)
    assert schooling.asks(view(family, child), "prior_german_school_name")
    other = family.child(prior_german_school=False)
    assert not schooling.asks(view(family, other), "prior_german_school_name")


def test_an_office_that_changes_soon_leaves_the_decision_to_a_person() -> None:
    family = Family()
    child = family.child(birth_date=born(2011, 1, 12))
    family.add(RecordKind.REQUEST, person=child.id, number="SP-2026-0001")
    line = schooling.office_line(view(family, child))
    assert line.open
    assert line.words == "Schulamt oder Bezirksregierung: wechselt am 12.01.2027. Bitte festlegen"


def test_a_clear_office_is_simply_named() -> None:
    family = Family()
    line = schooling.office_line(view(family, family.child()))
    assert (line.open, line.words) == (False, "Zuständig: Schulamt")


def test_first_support_ends_after_two_years_unless_answered() -> None:
    family = Family()
    child = family.child(support_start=date(2026, 12, 1))
    assert schooling.proposed_support_end(view(family, child)) == date(2028, 11, 30)
    answered = family.child(support_start=date(2026, 12, 1), support_end=date(2027, 7, 31))
    assert schooling.proposed_support_end(view(family, answered)) is None
    assert schooling.proposed_support_end(view(family, family.child())) is None
