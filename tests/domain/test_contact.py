"""Ways of contact: kept as typed, told in a sentence when something is missing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk_app.domain.contact import check_email, check_phone, check_postal_code, phone_key, tidy


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("", ""),
        ("r.haddad@web.de", ""),
        (" r.haddad@web.de ", ""),
        ("r+kinder@mail.stadt.example", ""),
        ("rana@müller.de", ""),
        ("r.haddad@", "Nach @ fehlt der Anbieter"),
        ("@web.de", "Vor @ fehlt der Name"),
        ("r.haddad", "In der E-Mail-Adresse fehlt das @"),
        ("r@haddad@web.de", "Das @ steht zweimal in der E-Mail-Adresse"),
        ("r haddad@web.de", "In der E-Mail-Adresse ist ein Leerzeichen"),
        ("r.haddad@web", "Nach dem Anbieter fehlt die Endung, etwa .de"),
        ("r.haddad@web.", "Nach dem Anbieter fehlt die Endung, etwa .de"),
        ("r.haddad@web..de", "So sieht eine E-Mail-Adresse aus: name@anbieter.de"),
        ("r..haddad@web.de", "So sieht eine E-Mail-Adresse aus: name@anbieter.de"),
        ("r.haddad@-web.de", "So sieht eine E-Mail-Adresse aus: name@anbieter.de"),
        ("r.haddad@web.de>", "So sieht eine E-Mail-Adresse aus: name@anbieter.de"),
    ],
)
def test_an_email_address_is_told_what_it_lacks(typed: str, sentence: str) -> None:
    assert check_email(typed) == sentence


@pytest.mark.parametrize("typed", ["", "0176 04069 118 (Mutter)", "+963 11 2233", "0208/455-4775", "٠١٧٦٠٤"])
def test_phone_numbers_may_look_as_they_like(typed: str) -> None:
    assert check_phone(typed) == ""
    assert tidy(typed) == typed


@pytest.mark.parametrize("typed", ["0176", "Mutter anrufen", "12 34"])
def test_too_few_digits_are_no_phone_number(typed: str) -> None:
    assert check_phone(typed) == "Für eine Telefonnummer sind das zu wenige Ziffern."


def test_copied_numbers_lose_what_cannot_be_seen() -> None:
    assert tidy("\u202a+49\u00a0176  04069118\u202c") == "+49 176 04069118"


@pytest.mark.parametrize(
    "typed", ["0208 455-4775", "+49 208 4554775", "0049208/4554775", "+49 (0) 208 4554775", "(+49)2084554775"]
)
def test_one_number_is_one_however_written(typed: str) -> None:
    assert phone_key(typed) == "02084554775"


def test_numbers_of_other_countries_stay_theirs() -> None:
    assert phone_key("+963 11 22") == phone_key("00963 1122") == "009631122"


@pytest.mark.parametrize(("typed", "right"), [("45468", True), (" 45468 ", True), ("", True), ("4546", False),
                                              ("454688", False), ("D-45468", False), ("٤٥٤٦٨", False)])  # fmt: skip
def test_a_postal_code_has_five_digits(typed: str, right: bool) -> None:
    assert check_postal_code(typed) == ("" if right else "Eine Postleitzahl hat fünf Ziffern, etwa 45468")


@given(st.text(max_size=40))
def test_no_text_breaks_a_check(text: str) -> None:
    for check in (check_email, check_phone, check_postal_code):
        assert check(text) == "" or check(text)[0].isupper()
    assert set(phone_key(text)) <= set("0123456789")
