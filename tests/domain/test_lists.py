"""A list's columns are said once; screen, spreadsheet and paper read the same values."""

from dataclasses import dataclass
from datetime import date

import pytest

from desk_app.domain.lists import (
    Align,
    Arrangement,
    Column,
    Condition,
    Gap,
    Kind,
    Listing,
    Narrowing,
    Trail,
    cell,
    meets,
    shown,
)


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


# --- what somebody made of a list

NAME, PLACE, NOTE = Column("name", "Name", width=20), Column("place", "Ort"), Column("note", "Notiz", extra=True)


def test_an_arrangement_survives_being_written_down() -> None:
    chosen = Arrangement((("note", 30), ("name", 12.5)))
    assert Arrangement.from_text(chosen.to_text()) == chosen
    assert [(column.key, column.width) for column in chosen.of((NAME, PLACE, NOTE))] == [("note", 30), ("name", 12.5)]


def test_without_an_arrangement_the_extra_columns_stay_away() -> None:
    assert Arrangement().of((NAME, PLACE, NOTE)) == (NAME, PLACE)


def test_what_another_version_wrote_does_no_harm() -> None:
    assert Arrangement.from_text("gone=3 name=viel place=9999 =") == Arrangement((("gone", 4), ("place", 80)))
    assert Arrangement((("gone", 4),)).of((NAME, PLACE)) == (NAME, PLACE)
    assert Narrowing.from_json({"conditions": ["x"]}) == Narrowing(conditions=frozenset({"x"}))


def test_a_narrowing_survives_being_written_down() -> None:
    narrowing = Narrowing("Haddad", frozenset({"sent", "quiet"}), "name", True)
    assert Narrowing.from_json(narrowing.to_json()) == narrowing


def test_one_condition_of_each_group_has_to_be_met() -> None:
    offered = (
        Condition("short", "kurz", "length", lambda row: len(row) < 4),
        Condition("long", "lang", "length", lambda row: len(row) > 6),
        Condition("big", "groß", "case", str.isupper),
    )
    words = ["ab", "AB", "abcde", "abcdefgh", "ABCDEFGH"]

    def met(*keys: str) -> list[str]:
        return [word for word in words if meets(word, offered, frozenset(keys))]

    assert met() == words
    assert met("short", "long") == ["ab", "AB", "abcdefgh", "ABCDEFGH"]
    assert met("long", "big") == ["ABCDEFGH"]
    assert met("gone") == words


def test_a_trail_goes_through_a_list_and_ends_at_both_ends() -> None:
    trail = Trail.at(["a", "b", "b", "c"], "b")
    assert trail is not None
    assert trail.words == "2 von 3"
    after = trail.step(1)
    assert after is not None
    assert (after.current, after.step(1)) == ("c", None)
    assert trail.step(-2) is None
    assert Trail.at(["a"], "z") is None
