"""School duty, stage, class and office by birth date; the test points come from the paragraphs themselves."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk_app.domain.dates import DateSpan, age_on, parse_date_span
from desk_app.domain.schooling import (
    Office,
    Proposal,
    SchoolRules,
    SchoolStage,
    competent_office,
    first_support_end,
    propose,
    school_rules_file,
)

TODAY = date(2026, 11, 26)
RULES = SchoolRules.on(TODAY)
STAGES = list(SchoolStage)
births = st.dates(date(2003, 1, 1), date(2026, 11, 26))
days = st.dates(date(2024, 1, 1), date(2030, 12, 31))


def proposal(birth: str, today: date = TODAY) -> Proposal:
    return propose(parse_date_span(birth, today), today)


@pytest.mark.parametrize(
    ("birth", "begin"),
    [
        (date(2019, 9, 30), date(2025, 8, 1)),  # § 35: six years are complete at the beginning of 30 September
        (date(2019, 10, 1), date(2026, 8, 1)),
        (date(2012, 2, 29), date(2018, 8, 1)),
        (date(2019, 8, 1), date(2025, 8, 1)),
        (date(2019, 12, 31), date(2026, 8, 1)),
        (date(2020, 1, 1), date(2026, 8, 1)),
    ],
)
def test_duty_begins_by_the_cut_off_of_30_september(birth: date, begin: date) -> None:
    assert RULES.duty_from(birth) == begin
    assert propose(DateSpan.of_day(birth), TODAY).duty_from == begin


@pytest.mark.parametrize(
    ("birth", "end"),
    [
        (date(2009, 6, 15), date(2027, 7, 31)),
        (date(2009, 8, 20), date(2028, 7, 31)),
        (date(2009, 7, 31), date(2027, 7, 31)),
        (date(2009, 8, 1), date(2027, 7, 31)),  # § 38 says complete: on the evening of 31 July
        (date(2009, 8, 2), date(2028, 7, 31)),
        (date(2012, 2, 29), date(2030, 7, 31)),
    ],
)
def test_duty_ends_with_the_school_year_in_which_18_is_complete(birth: date, end: date) -> None:
    assert propose(DateSpan.of_day(birth), TODAY).duty_until == end


def test_sixteen_in_october_2025_goes_to_upper_secondary() -> None:
    found = proposal("15.06.2009", date(2025, 10, 15))
    assert found.stages == (SchoolStage.UPPER_SECONDARY,)
    assert found.offices == (Office.BEZIRKSREGIERUNG,)
    assert found.duty_until == date(2027, 7, 31)
    assert found.certain


@pytest.mark.parametrize(
    ("birth", "stages", "grades", "reason"),
    [
        ("02.06.2013", "lower_secondary", [8], "Nach Alter Klasse 8. Ab 01.08.2027 Klasse 9."),
        ("19.01.2017", "primary", [4], "Nach Alter Klasse 4. Ab 01.08.2027 Klasse 5."),
        ("27.04.2021", "too_young", [], "Nach Alter noch nicht schulpflichtig. Ab 01.08.2027 Klasse 1."),
        ("30.10.2023", "too_young", [],
         "Nach Alter noch nicht schulpflichtig. Schulpflichtig frühestens ab 01.08.2030."),
        ("29.02.2012", "lower_secondary", [9],
         "Nach Alter Klasse 9. Ab 01.08.2027 Klasse 10. Ab 29.02.2028 Sekundarstufe II."),
        ("30.10.2010", "upper_secondary", [10],
         "Nach Alter Sekundarstufe II. Die zehn Schuljahre enden erst am 31.07.2027."),
        ("15.06.2009", "upper_secondary", [10],
         "Nach Alter Sekundarstufe II. Ab 01.08.2027 nicht mehr schulpflichtig."),
        ("01.01.2000", "beyond", [], "Nach Alter nicht mehr schulpflichtig."),
        ("2016", "primary lower_secondary", [4, 5],
         ("Nach Alter Klasse 4 bis 5. Geboren bis 30.09.2016 Klasse 5, ab 01.10.2016 Klasse 4. "
          "Ab 01.08.2027 Klasse 5 bis 6.")),
        ("2020", "too_young primary", [1],
         ("Nach Alter noch nicht schulpflichtig oder Klasse 1. Geboren bis 30.09.2020 Klasse 1, "
          "ab 01.10.2020 noch nicht schulpflichtig. Ab 01.08.2027 Klasse 1 bis 2.")),
        ("03.2016", "lower_secondary", [5], "Nach Alter Klasse 5. Ab 01.08.2027 Klasse 6."),
        ("9 Jahre", "primary", [3, 4], "Nach Alter Klasse 3 bis 4. Ab 01.08.2027 Klasse 4 bis 5."),
        ("ca. 9", "primary lower_secondary", [2, 3, 4, 5],
         "Nach Alter Klasse 2 bis 5. Ab 01.08.2027 Klasse 3 bis 6."),
    ],
)  # fmt: skip
def test_a_birth_date_gives_stage_class_and_a_reason(birth: str, stages: str, grades: list[int], reason: str) -> None:
    found = proposal(birth)
    assert " ".join(found.stages) == stages
    assert list(found.grades) == grades
    assert found.reason == reason


def test_after_ten_school_years_upper_secondary_comes_before_16() -> None:
    birth = DateSpan.of_day(date(2010, 9, 15))
    assert propose(birth, date(2026, 7, 31)).stages == (SchoolStage.LOWER_SECONDARY,)
    found = propose(birth, date(2026, 8, 1))
    assert age_on(date(2010, 9, 15), date(2026, 8, 1)) == 15
    assert found.stages == (SchoolStage.UPPER_SECONDARY,)
    assert "erst" not in found.reason


def test_sixteenth_birthday_tips_the_office_and_both_are_named_when_it_is_near() -> None:
    near, far = proposal("20.12.2010"), proposal("20.03.2011")
    assert near.stages == far.stages == (SchoolStage.LOWER_SECONDARY,)
    assert near.offices == (Office.SCHULAMT, Office.BEZIRKSREGIERUNG)
    assert far.offices == (Office.SCHULAMT,)
    assert (near.office_tips_on, far.office_tips_on) == (date(2026, 12, 20), date(2027, 3, 20))
    assert (near.certain, far.certain) == (False, True)
    assert near.reason == "Nach Alter Klasse 10. Ab 20.12.2026 Sekundarstufe II."


def test_a_vague_birth_date_at_the_border_leaves_both_offices_to_a_person() -> None:
    found = proposal("2010")
    assert found.stages == (SchoolStage.LOWER_SECONDARY, SchoolStage.UPPER_SECONDARY)
    assert found.offices == (Office.SCHULAMT, Office.BEZIRKSREGIERUNG)
    assert found.tips_on == date(2026, 12, 31)
    assert "Geboren bis 26.11.2010 Sekundarstufe II, ab 27.11.2010 Klasse 10." in found.reason
    assert found.duty_from is None
    assert not found.certain


def test_an_unknown_birth_date_proposes_nothing() -> None:
    found = proposal("unbekannt")
    assert found.stages == tuple(SchoolStage)
    assert found.offices == tuple(Office)
    assert (found.duty_from, found.duty_until, found.tips_on, found.certain) == (None, None, None, False)
    assert found.reason == "Ohne Geburtsdatum lässt sich keine Stufe vorschlagen."


@given(births, days)
def test_stages_only_ever_go_up(birth: date, day: date) -> None:
    now, later = RULES.stage(birth, day), RULES.stage(birth, day + timedelta(days=1))
    older = RULES.stage(birth - timedelta(days=1), day)
    assert STAGES.index(now) <= STAGES.index(later)
    assert STAGES.index(now) <= STAGES.index(older)


@given(births, st.integers(0, 1500), st.floats(0, 1), days)
def test_an_interval_holds_what_every_day_in_it_gives(birth: date, width: int, part: float, today: date) -> None:
    latest = birth + timedelta(days=width)
    span = DateSpan.from_text(f"{birth}/{latest}/about")
    found = propose(span, today)
    inside = propose(DateSpan.of_day(birth + timedelta(days=round(width * part))), today)
    assert set(inside.stages) <= set(found.stages)
    assert set(inside.grades) <= set(found.grades)
    assert set(inside.offices) <= set(found.offices)
    for end in (birth, latest):
        assert {found.stages[0], found.stages[-1]} >= set(propose(DateSpan.of_day(end), today).stages)


@given(births, days)
def test_nothing_changes_before_the_day_it_tips(birth: date, today: date) -> None:
    span = DateSpan.of_day(birth)
    found = propose(span, today)
    if found.tips_on is None:
        until = date(today.year + 1, 8, 1)
        assert propose(span, max(until, today)).now.say() == found.now.say()
        return
    eve = propose(span, found.tips_on - timedelta(days=1))
    assert (eve.stages, eve.grades) == (found.stages, found.grades)
    tipped = propose(span, found.tips_on)
    assert (tipped.stages, tipped.grades) == (found.tips[0].stages, found.tips[0].grades)
    assert (tipped.stages, tipped.grades) != (found.stages, found.grades)


@given(births, days)
def test_class_by_age_stays_between_1_and_10(birth: date, today: date) -> None:
    found = propose(DateSpan.of_day(birth), today)
    assert len(found.stages) == 1
    assert all(1 <= grade <= 10 for grade in found.grades)
    in_school = found.stages[0] not in (SchoolStage.TOO_YOUNG, SchoolStage.BEYOND)
    assert len(found.grades) == in_school
    if found.stages[0] is SchoolStage.PRIMARY:
        assert found.grades[0] <= 4


def test_offices_follow_from_stages() -> None:
    assert competent_office((SchoolStage.TOO_YOUNG,)) == (Office.SCHULAMT,)
    assert competent_office((SchoolStage.LOWER_SECONDARY,)) == (Office.SCHULAMT,)
    assert competent_office((SchoolStage.UPPER_SECONDARY,)) == (Office.BEZIRKSREGIERUNG,)
    assert competent_office((SchoolStage.LOWER_SECONDARY, SchoolStage.UPPER_SECONDARY)) == tuple(Office)
    assert competent_office(()) == ()


@pytest.mark.parametrize(
    ("start", "earlier", "end"),
    [
        (date(2026, 9, 1), 0, date(2028, 8, 31)),
        (date(2026, 9, 1), 6, date(2028, 2, 29)),
        (date(2026, 9, 15), 23, date(2026, 10, 14)),
        (date(2026, 9, 1), 24, None),
        (date(2026, 9, 1), 40, None),
        (date(2012, 9, 1), 0, date(2014, 8, 31)),
    ],
)
def test_first_support_lasts_24_months_less_what_was_used(start: date, earlier: int, end: date | None) -> None:
    assert first_support_end(start, earlier) == end


def test_the_numbers_come_from_the_rules() -> None:
    july = replace(RULES, cutoff_month=6, full_time_years=9, first_support_months=12)
    assert july.duty_from(date(2019, 9, 30)) == date(2026, 8, 1)
    assert july.full_time_until(date(2019, 1, 1)) == date(2034, 7, 31)
    assert first_support_end(date(2026, 9, 1), rules=july) == date(2027, 8, 31)
    assert propose(DateSpan.of_day(date(2019, 9, 30)), TODAY, july).grades == (1,)


def test_every_number_has_a_source() -> None:
    rules = school_rules_file()
    assert all(rule.source for rule in rules.rules)
    assert rules.rule("duty_cutoff_day", TODAY).source == "§ 35 Abs. 1 SchulG NRW"
    assert not rules.rule("highest_grade", TODAY).verified
