"""A list's columns are said once; screen, spreadsheet and paper read the same values."""

from dataclasses import dataclass
from datetime import date

import pytest

from desk_app.domain.lists import Align, Column, Gap, Kind, Listing, cell, shown


@dataclass(frozen=True)
class Child:
    surname: str
    born: date | str


SURNAME = Column("surname", "Nachname", Kind.STRONG)
BORN = Column("born", "Geboren", Kind.DATE)
AGE = Column("age", "Alter", Kind.NUMBER)
SCHOOL = Column("school", "Schule", Kind.ANSWER, group="Rückmeldung")


def test_a_cell_is_read_from_a_record_or_a_mapping() -> None:
    assert cell(Child("Haddad", date(2013, 6, 2)), BORN) == date(2013, 6, 2)
    assert cell({"surname": "Haddad"}, SURNAME) == "Haddad"


def test_a_column_for_answers_is_empty_even_where_the_row_knows_something() -> None:
    assert cell({"school": "Gesamtschule"}, SCHOOL) is None


@pytest.mark.parametrize("row", [Child("Haddad", "2013"), {"surname": "Haddad"}])
def test_a_column_the_rows_do_not_know_is_a_bug(row: object) -> None:
    with pytest.raises((AttributeError, KeyError)):
        cell(row, AGE)


def test_numbers_stand_on_the_right_unless_told_otherwise() -> None:
    assert AGE.alignment is Align.RIGHT
    assert SURNAME.alignment is Align.LEFT
    assert Column("age", "Alter", Kind.NUMBER, align=Align.CENTER).alignment is Align.CENTER


def test_a_heading_broken_for_narrow_columns_is_one_word_elsewhere() -> None:
    column = Column("nationality", "Staats-\nangehörigkeit")
    assert (column.heading, column.heading_line) == ("Staats-\nangehörigkeit", "Staatsangehörigkeit")
    assert Column("last", "Letzte\nKlasse").heading_line == "Letzte Klasse"


def test_names_stay_in_view() -> None:
    request = Column("number", "Anfrage", Kind.CODE)
    assert Listing("Liste", (request, SURNAME, BORN), ()).name_columns == 2
    assert Listing("Liste", (request, BORN), ()).name_columns == 0


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (None, ""),
        (True, "ja"),
        (False, "nein"),
        (0, "0"),
        (13, "13"),
        (date(2013, 6, 2), "02.06.2013"),
        (date(987, 6, 2), "02.06.0987"),
        ("ca. 2017", "ca. 2017"),
        (Gap("keins"), "keins"),
    ],
)
def test_values_in_words(value: str | int | date | None, words: str) -> None:
    assert shown(value) == words
