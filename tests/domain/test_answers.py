"""Reading what an office answered: schools by number, name and near spelling, days, and what is left to a person."""

from datetime import date

import pytest

from desk_app.domain.answers import Answer, Basis, Cells, find_school, proposals, read, read_day

SCHOOLS = {"990001": "Luisenschule, Gymnasium", "990002": "Schule am Fluss", "990003": "Schule am Forst",
           "990004": "Förderschule Rembergstraße"}  # fmt: skip
BASIS = Basis(date(2026, 11, 26), ("assigned", "query", "waiting_list", "declined"), "assigned", SCHOOLS)


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("990002", "990002"),
        ("Schule am Fluss (990002)", "990002"),
        ("schule am fluss", "990002"),
        ("Luisenschule", "990001"),
        ("Foerderschule Rembergstrasse", "990004"),
        ("Förderschule Remberg-Straße", "990004"),
        ("Schule am Fluß", "990002"),
        ("Schule am", ""),
        ("Schule am Fl", ""),
        ("Schule am Forst (990002)", ""),
        ("Hauptschule Nord", ""),
        ("999999", ""),
    ],
)
def test_a_school_is_only_taken_where_one_alone_can_be_meant(words: str, number: str) -> None:
    found, said = find_school(words, SCHOOLS)
    assert found == number
    assert bool(said) is (not number or words in ("Luisenschule", "Förderschule Remberg-Straße"))


def test_schools_that_may_be_meant_are_proposed_the_nearest_first() -> None:
    assert proposals("Schule am Flus", SCHOOLS)[0] == "990002"
    assert "Gemeint sein kann Schule am Fo" in find_school("Schule am", SCHOOLS)[1]
    assert "Schule am Fluss" in find_school("Schule am", SCHOOLS)[1]


@pytest.mark.parametrize("cell", [date(2026, 12, 1), 46357.0, "1.12.2026", "01.12.", "1.12.26", "2026-12-01"])
def test_a_day_is_read_however_it_stands_there(cell: object) -> None:
    assert read_day(cell, BASIS) == date(2026, 12, 1)  # type: ignore[arg-type]  # each is a cell


def test_days_of_old_macs_count_from_1904() -> None:
    basis = Basis(BASIS.today, BASIS.states, BASIS.assigned, {}, from_1904=True)
    assert read_day(44895.0, basis) == date(2026, 12, 1)


def test_a_school_alone_is_an_assignment_but_not_with_a_reason_for_a_question() -> None:
    assert read(Cells(school="990002"), BASIS).answer == Answer("assigned", "990002")
    assert read(Cells(school="990002", reason="Dublette"), BASIS).doubts[0].key == "state"
    assert [doubt.key for doubt in read(Cells(school="nirgends"), BASIS).doubts] == ["school"]


def test_choices_are_known_by_label_key_and_other_word() -> None:
    for words in ("Internationale Förderklasse", "IFK", "A17", "ifk"):
        assert read(Cells(state="zugewiesen", support=words), BASIS).answer.support == "A17"


def test_an_answer_reads_as_one_line() -> None:
    answer = Answer("assigned", "990002", "5b", date(2026, 12, 1), "SG", remark="bis Sommer")
    assert answer.words(SCHOOLS) == (
        "zugewiesen: Schule am Fluss, Klasse 5b, ab 01.12.2026, Deutschförderklasse, bis Sommer"
    )
