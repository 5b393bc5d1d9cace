"""Names: kept letter by letter, checked against DIN 91379, found again."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk_app.domain.names import (
    clean_name,
    code_point,
    initials,
    loose_form,
    search_form,
    standard_letters,
)


@pytest.mark.parametrize(
    ("typed", "kept", "removed"),
    [
        ("Müller", "Müller", ()),
        ("Mu\u0308ller", "Müller", ()),
        ("  Al-Hassan\u00a0 Omar ", "Al-Hassan Omar", ()),
        ("Had\u200bdad", "Haddad", ("\u200b",)),
        ("Had\u00addad\u00ad", "Haddad", ("\u00ad",)),
        ("\ufeffMax\u202e", "Max", ("\ufeff", "\u202e")),
        ("Anna\tMaria\nLena", "Anna Maria Lena", ()),
        ("Max\x00", "Max", ("\x00",)),
        ("Max\ud800", "Max", ("\ud800",)),
        ("Max\ufe0f", "Max", ("\ufe0f",)),
        ("Ma\u200dx", "Max", ("\u200d",)),
        ("علی\u200cرضا", "علی\u200cرضا", ()),
        ("علی\u200c", "علی", ("\u200c",)),
        ("", "", ()),
    ],
)
def test_only_what_cannot_be_seen_is_removed(typed: str, kept: str, removed: tuple[str, ...]) -> None:
    name = clean_name(typed)
    assert (name.text, name.removed) == (kept, removed)


@pytest.mark.parametrize(
    "name", ["O’Neill", "D'Arc", "Nguyễn", "Ğökçe Işık-Ñuñez", "ʿAbd ar-Raḥmān", "K͟Haled", "St. John", "Əliyev"]
)
def test_names_of_the_standard_pass_without_a_word(name: str) -> None:
    assert clean_name(name).outside == ()
    assert clean_name(name).notice() == ""


def test_letters_outside_the_standard_are_pointed_out_and_kept() -> None:
    name = clean_name("João #1 伟伟")
    assert name.text == "João #1 伟伟"
    assert name.outside == ("#", "1", "伟")
    assert name.notice() == "„#“, „1“, „伟“ gehören nicht zu den Zeichen für Namen (DIN 91379) und bleiben so stehen."
    assert "\u200c" not in clean_name("علی\u200cرضا").outside
    assert clean_name("Ф\u0301").outside == ("Ф\u0301",)
    assert clean_name("Ф").notice() == "„Ф“ gehört nicht zu den Zeichen für Namen (DIN 91379) und bleibt so stehen."


def test_places_and_streets_may_have_digits_and_signs() -> None:
    assert clean_name("Bülowstr. 31–33/a (Hof)", place=True).outside == ("–",)
    assert clean_name("Bülowstr. 31/a (Hof)", place=True).outside == ()
    assert clean_name("Bülowstr. 31/a (Hof)").outside == ("3", "1", "/", "(", ")")


def test_every_letter_of_the_standard_is_allowed_and_searchable() -> None:
    letters = standard_letters()
    assert len(letters) == 649
    assert sum(len(letter) > 1 for letter in letters) == 149
    for letter in letters:
        assert clean_name(letter).text == letter, code_point(letter)
        assert clean_name(letter).outside == ()
        found = search_form(letter)
        assert found.isascii()
        assert found.isalpha()
        assert found.isupper()
    assert clean_name("".join(letters)).outside == ()


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("Müller", "MUELLER"),
        ("Åsa Øst", "AASA OEST"),
        ("Weiß", "WEISS"),
        ("Þóra", "THORA"),
        ("Ğökçe Işık", "GOEKCE ISIK"),
        ("İpek", "IPEK"),
        ("Əliyev", "ELIYEV"),
        ("O’Neill", "ONEILL"),
        ("Al-Hassan", "AL HASSAN"),
        ("Müller/Meier", "MUELLER MEIER"),
        ("Straße 5", "STRASSE 5"),
        ("K͟Haled", "KHALED"),
        ("Шевченко", "шевченко"),
        ("أحمد", "احمد"),
        ("علی\u200cرضا", "عليرضا"),
        ("فاطمة", "فاطمه"),
        ("مُحَمَّد", "محمد"),
        ("٣", "3"),
        ("'", ""),
    ],
)
def test_a_name_is_found_by_the_search_form_of_the_standard(name: str, found: str) -> None:
    assert search_form(name) == found


@given(st.text(max_size=30))
def test_cleaning_and_search_form_settle_at_once(text: str) -> None:
    cleaned = clean_name(text).text
    assert clean_name(cleaned).text == cleaned
    assert clean_name(cleaned).removed == ()
    assert unicodedata.is_normalized("NFC", cleaned)
    cleaned.encode("utf-8")
    assert search_form(search_form(text)) == search_form(text) == search_form(cleaned)


@given(st.lists(st.sampled_from(standard_letters()), max_size=12), st.integers(0, 12))
def test_nothing_visible_is_lost(letters: list[str], position: int) -> None:
    name = unicodedata.normalize("NFC", "".join(letters))
    place = min(position, len(name))
    assert clean_name(f"{name[:place]}\u200b{name[place:]}").text == name


@pytest.mark.parametrize("typed", ["Türkei", "Tuerkei", "turkei", "TÜRKEI", "tu\u0308rkei"])
def test_searching_does_not_ask_how_an_umlaut_is_typed(typed: str) -> None:
    assert loose_form(typed) == loose_form("Türkei")


@pytest.mark.parametrize(
    ("one", "other"),
    [("Weiß", "WEISS"), ("Łukasz", "lukasz"), ("Đorđević", "dordevic"), ("Æbelø", "aebelo"), ("Işık", "isik"),
     ("O'Neill", "oneill"), ("ʿAbd", "abd"), ("أحمد", "احمد"), ("Ёлкин", "елкин"), ("a  b", "A-B")],
)  # fmt: skip
def test_searching_passes_over_case_and_marks(one: str, other: str) -> None:
    assert loose_form(one) == loose_form(other)
    assert loose_form("Weiß") != loose_form("Weis")


@pytest.mark.parametrize(
    ("given", "family", "letters"),
    [
        ("Karim", "Haddad", "KH"),
        ("ʿAbd", "al-Haddad", "AA"),
        ("İpek", "K͟Haled", "İK͟H"),
        ("", "Haddad", "H"),
        ("Suharto", "", "S"),
        ("", "", ""),
        ("أحمد", "شاهين", "أش"),
        ("42", "ßen", "ß"),
    ],
)
def test_initials_come_from_the_letters_there_are(given: str, family: str, letters: str) -> None:
    assert initials(given, family) == letters


def test_code_points_are_named() -> None:
    assert code_point("C\u0315") == "U+0043 U+0315"
