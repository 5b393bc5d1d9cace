"""Public holidays and school holidays in North Rhine-Westphalia."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from holidays import country_holidays

from desk_app.domain.holidays import Calendar, SchoolHolidays, nrw
from desk_app.domain.resource_csv import read_resource_table


def test_public_holidays_are_those_of_the_state() -> None:
    calendar = nrw()
    year = [date(2026, 1, 1) + timedelta(days=number) for number in range(365)]
    assert [day for day in year if calendar.public_holiday(day)] == [
        date(2026, 1, 1), date(2026, 4, 3), date(2026, 4, 6), date(2026, 5, 1), date(2026, 5, 14), date(2026, 5, 25),
        date(2026, 6, 4), date(2026, 10, 3), date(2026, 11, 1), date(2026, 12, 25), date(2026, 12, 26),
    ]  # fmt: skip
    assert calendar.public_holiday(date(2028, 6, 15)) == "Fronleichnam"
    assert calendar.public_holiday(date(2026, 12, 24)) == ""


def test_public_holidays_are_those_the_library_knows_for_many_years() -> None:
    for year in range(2020, 2100):
        known = country_holidays("DE", subdiv="NW", years=year, expand=False, language="de")
        days = [date(year, 1, 1) + timedelta(days=number) for number in range(366)]
        assert {day: name for day in days if day.year == year and (name := nrw().public_holiday(day))} == dict(known)


def test_school_holidays_hold_their_first_and_last_day() -> None:
    calendar = nrw()
    autumn = [date(2026, 10, 16), date(2026, 10, 17), date(2026, 10, 31), date(2026, 11, 1)]
    assert [calendar.school_holidays(day) for day in autumn] == ["", "Herbstferien", "Herbstferien", ""]
    christmas = [date(2026, 12, 22), date(2026, 12, 31), date(2027, 1, 1), date(2027, 1, 6), date(2027, 1, 7)]
    assert [bool(calendar.school_holidays(day)) for day in christmas] == [False, True, True, True, False]
    assert calendar.school_holidays(date(2027, 5, 18)) == "Pfingstferientag"


def test_beyond_what_was_decreed_nothing_is_known() -> None:
    calendar = nrw()
    assert calendar.school_holidays(date(2030, 8, 6)) == "Sommerferien"
    assert calendar.school_holidays(date(2030, 8, 7)) is None
    assert calendar.school_holidays(date(2024, 7, 7)) is None
    assert not calendar.knows_school(date(2031, 1, 2))
    assert Calendar(()).school_holidays(date(2026, 7, 20)) is None


def test_the_file_says_where_it_is_from_and_is_in_order() -> None:
    table = read_resource_table("school_holidays_nrw.csv")
    assert "RdErl" in table.source
    stretches = nrw().school
    assert all(one.first <= one.last for one in stretches)
    assert all(one.last < other.first for one, other in pairwise(stretches))


@pytest.mark.parametrize(("year", "movable"), [(2024, 4), (2025, 3), (2026, 3), (2027, 3), (2028, 4), (2029, 4)])
def test_a_school_year_has_75_working_days_of_holidays(year: int, movable: int) -> None:
    """Hamburger Abkommen of 1964: 75 working days, Saturdays included; the movable ones are set by the same decree."""
    calendar = nrw()
    autumn_to_summer = [one for one in calendar.school if date(year, 9, 15) <= one.first < date(year + 1, 9, 1)]
    working = sum(_is_working_day(calendar, one, number) for one in autumn_to_summer for number in range(60))
    assert working + movable == 75


def _is_working_day(calendar: Calendar, stretch: SchoolHolidays, number: int) -> bool:
    day = stretch.first + timedelta(days=number)
    return day <= stretch.last and day.weekday() < 6 and not calendar.public_holiday(day)
