from datetime import date

import pytest

from desk_app.domain.dates import DateSpan, parse_date_span
from desk_app.domain.intake_line import IntakeLine, read_intake_line

TODAY = date(2026, 11, 26)
BORN = DateSpan.of_day(date(2015, 4, 3))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("", IntakeLine()),
        ("   ", IntakeLine()),
        ("Haddad", IntakeLine("Haddad")),
        ("haddad lina", IntakeLine("Haddad", "Lina")),
        ("Haddad Lina 3.4.15 0176 0000000", IntakeLine("Haddad", "Lina", BORN, "0176 0000000")),
        ("0176/0000000 3.4.15 Haddad Lina Maria", IntakeLine("Haddad", "Lina Maria", BORN, "0176/0000000")),
        ("Al Haddad, Lina geb. 03.04.2015", IntakeLine("Al Haddad", "Lina", BORN)),
        ("von der Heide anna-lena", IntakeLine("von der Heide", "Anna-Lena")),
        ("Müller-Öz Şükrü 030415", IntakeLine("Müller-Öz", "Şükrü", BORN)),
        ("Haddad 030415 0208 000000", IntakeLine("Haddad", "", BORN, "0208 000000")),
        ("Haddad +49 176 0000000", IntakeLine("Haddad", phone="+49 176 0000000")),
        ("Haddad 0208 000000", IntakeLine("Haddad", phone="0208 000000")),
        ("Haddad 3. April 2015", IntakeLine("Haddad", birth=BORN)),
        ("Haddad Lina ca. 9", IntakeLine("Haddad", "Lina", parse_date_span("ca. 9", TODAY))),
        ("Haddad Lina 9 Jahre alt", IntakeLine("Haddad", "Lina", DateSpan.of_ages(9, 9, TODAY))),
        ("Haddad Lina 2015", IntakeLine("Haddad", "Lina", DateSpan.of_year(2015))),
        ("حداد لينا 3.4.15", IntakeLine("حداد", "لينا", BORN)),
        ("Коваленко Олена", IntakeLine("Коваленко", "Олена")),
        ("коваленко", IntakeLine("Коваленко")),
        ("2026-0031", IntakeLine(rest="2026-0031")),
        ("Haddad 31.2.15", IntakeLine("Haddad", rest="31.2.15")),
        ("Haddad 3.4.99", IntakeLine("Haddad", birth=DateSpan.of_day(date(1999, 4, 3)))),
    ],
)
def test_a_line_comes_apart_into_what_an_intake_asks_for(typed: str, meant: IntakeLine) -> None:
    assert read_intake_line(typed, TODAY) == meant


def test_only_whoever_cannot_be_of_age_is_taken_for_a_child() -> None:
    roles = {typed: read_intake_line(typed, TODAY).role(TODAY) for typed in ("Haddad Lina 3.4.15", "Haddad Lina 2008")}
    assert roles == {"Haddad Lina 3.4.15": "child", "Haddad Lina 2008": None}
    assert read_intake_line("Haddad Lina 3.4.90", TODAY).role(TODAY) is None
    assert read_intake_line("Haddad Lina", TODAY).role(TODAY) is None


def test_two_names_can_be_read_the_other_way_round() -> None:
    line = read_intake_line("Lina Haddad 3.4.15", TODAY)
    assert line.swapped() == IntakeLine("Haddad", "Lina", BORN)
    alone = read_intake_line("Haddad", TODAY)
    assert alone.swapped() is alone


def test_a_line_says_what_it_would_take_over() -> None:
    assert read_intake_line("Haddad Lina 3.4.15 0176 0000000", TODAY).show() == (
        "Familie Haddad · Lina, geb. 03.04.2015 · 0176 0000000"
    )
    assert read_intake_line("3.4.15", TODAY).show() == "geb. 03.04.2015"
    assert read_intake_line("2026-0031", TODAY).show() == ""
