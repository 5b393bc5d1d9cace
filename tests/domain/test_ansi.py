"""Letters that Windows-1252 does not hold."""

import pytest

from desk_app.domain.ansi import in_windows_1252
from desk_app.domain.names import search_form, standard_letters


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("Müller-Süß", "Müller-Süß"),
        ("Şahinoğlu", "Sahinoglu"),
        ("Işık", "Isik"),
        ("İBRAHİM", "IBRAHIM"),
        ("Ștefănescu-Țurcanu", "Stefanescu-Turcanu"),
        ("Nguyễn Thị Ánh", "Nguyen Thi Ánh"),
        ("Əliyev", "Eliyev"),
        ("Wałęsa", "Walesa"),
        ("Ĳssel", "IJssel"),
        ("ǕRÜMQI", "UERÜMQI"),
        ("Ǖrümqi", "Uerümqi"),
        ("GROẞ", "GROSS"),
        ("K͟halid", "Khalid"),
        ("ʿAbd ar-Raḥmān", "'Abd ar-Rahman"),
        ("O‘Brien’s", "O‘Brien’s"),
        ("Anne‑Marie", "Anne-Marie"),
    ],
)
def test_a_letter_gives_way_to_its_search_form_in_its_own_case(name: str, written: str) -> None:
    found = in_windows_1252(name)
    assert found.text == written
    assert not found.lost
    found.text.encode("cp1252")


def test_each_substitute_is_told_once() -> None:
    found = in_windows_1252("Ağaoğlu Ğ")
    assert found.swapped == (("ğ", "g"), ("Ğ", "G"))


def test_every_letter_of_the_standard_can_be_written() -> None:
    kept = 0
    for letter in standard_letters():
        found = in_windows_1252(letter)
        found.text.encode("cp1252")
        assert found.text
        assert not found.lost
        kept += found.text == letter
        if found.text != letter:
            assert found.text.upper() == search_form(letter)
    assert kept == 121  # as counted in the public list


@pytest.mark.parametrize("name", ["Иван", "Ελένη", "علي", "阿"])
def test_other_scripts_are_not_romanised(name: str) -> None:
    assert in_windows_1252(name).lost
