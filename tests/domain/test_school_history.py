"""School years: as they are typed, what comes next, what is missing, and the sentence about all of them."""

from datetime import UTC, date, datetime
from uuid import uuid4

import pytest

from desk_app.domain import school_history
from desk_app.domain.records import Record, RecordKind, Value
from desk_app.domain.school_history import Years

TODAY = date(2026, 11, 17)
NOW = datetime(2026, 11, 17, 9, tzinfo=UTC)
CHILD, FAMILY = uuid4(), uuid4()


def year(school_year: str, **values: Value) -> Record:
    known: dict[str, Value] = {"school_year": school_year, **values}
    return Record(RecordKind.SCHOOL_YEAR, uuid4(), FAMILY, CHILD, known, NOW, NOW)


LINA = (
    year("2022/23", country="SY", school="Vorschule al-Nur, Aleppo", grade="–"),
    year("2023/24", country="SY", school="Grundschule Nr. 7, Aleppo", grade="1"),
    year("2024/25", country="TR", school="İlkokulu Şahinbey, Gaziantep", grade="2"),
    year("2025/26", attended=False, remark="Flucht"),
)


@pytest.mark.parametrize(
    ("typed", "begins"),
    [("2024/25", 2024), ("2024", 2024), ("24/25", 2024), ("2024-2025", 2024), (" 2024 / 25 ", 2024), ("1999/00", 1999)],
)
def test_a_school_year_is_understood_however_it_is_typed(typed: str, begins: int) -> None:
    assert school_history.read_school_year(typed) == begins


@pytest.mark.parametrize("typed", ["", "gestern", "2024/27", "24/26", "1900/01", "2024/25/26"])
def test_what_is_no_school_year_says_how_one_looks(typed: str) -> None:
    with pytest.raises(ValueError, match="Schuljahr"):
        school_history.read_school_year(typed)


def test_a_school_year_at_the_turn_of_the_century_keeps_two_digits() -> None:
    assert school_history.show_school_year(1999) == "1999/00"


def test_a_new_row_begins_with_the_year_after_the_last() -> None:
    assert school_history.next_school_year(LINA, TODAY) == "2026/27"
    assert school_history.next_school_year((year("2018/19", until_year="2021/22"),), TODAY) == "2022/23"


def test_a_new_row_never_begins_in_the_future_but_fills_the_first_gap() -> None:
    rows = (year("2022/23"), year("2026/27"))
    assert school_history.next_school_year(rows, TODAY) == "2023/24"
    assert school_history.next_school_year((year("2026/27"),), TODAY) == ""


def test_the_first_row_begins_empty_since_nobody_knows_when_school_began() -> None:
    assert school_history.next_school_year((), TODAY) == ""


def test_gaps_are_found_between_years_and_up_to_today() -> None:
    rows = (year("2019/20"), year("2022/23", until_year="2023/24"))
    assert school_history.gaps(rows, TODAY) == (Years(2020, 2021), Years(2024, 2026))
    assert [gap.say() for gap in school_history.gaps(rows, TODAY)] == ["2020/21 bis 2021/22", "2024/25 bis 2026/27"]


def test_a_year_known_to_be_without_school_is_no_gap() -> None:
    assert school_history.gaps(LINA, TODAY) == (Years(2026, 2026),)


def test_until_august_the_school_year_that_runs_is_the_last_one() -> None:
    assert school_history.gaps(LINA, date(2026, 7, 31)) == ()


def test_a_run_that_ends_before_it_begins_counts_as_its_first_year() -> None:
    assert school_history.years_of(year("2022/23", until_year="2020/21")) == Years(2022, 2022)


def test_the_sentence_counts_school_not_pre_school_and_the_months_without() -> None:
    assert school_history.summary(LINA, TODAY) == "2 Schuljahre in 2 Ländern, dann etwa 12 Monate ohne."


def test_months_of_the_running_year_count_up_to_today() -> None:
    rows = (*LINA, year("2026/27", attended=False))
    assert school_history.summary(rows, TODAY) == "2 Schuljahre in 2 Ländern, dann etwa 16 Monate ohne."


def test_long_times_without_school_are_told_in_years() -> None:
    rows = (year("2020/21", country="SY"), year("2021/22", until_year="2025/26", attended=False))
    assert school_history.summary(rows, TODAY) == "1 Schuljahr in 1 Land, dann etwa 5 Jahre ohne."


def test_years_without_school_in_between_are_told_apart() -> None:
    rows = (year("2021/22", country="SY"), year("2022/23", attended=False), year("2023/24", country="SY"))
    assert school_history.summary(rows, TODAY) == "2 Schuljahre in 1 Land, dazwischen 1 Jahr ohne."


def test_two_schools_in_one_year_are_one_year() -> None:
    rows = (year("2023/24", country="SY"), year("2023/24", country="TR"))
    assert school_history.history(rows, TODAY).attended == 1


def test_never_at_school_is_a_fact_of_its_own() -> None:
    assert school_history.summary((year("2024/25", attended=False),), TODAY) == "Bisher kein Schulbesuch."
    assert school_history.summary((), TODAY) == ""


def test_the_band_joins_years_in_one_country_and_shows_gaps() -> None:
    rows = (*LINA[1:3], year("2025/26", country="TR", grade="3"))
    found = school_history.stretches(rows, TODAY)
    assert [(part.years.say(), part.country, part.grades) for part in found] == [
        ("2023/24", "SY", ("1",)),
        ("2024/25 bis 2025/26", "TR", ("2", "3")),
        ("2026/27", "", ()),
    ]
