"""Two entries side by side: what speaks for one person, what against it, and no more than a careful verdict."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk_app.domain import matching
from desk_app.domain.dates import DateSpan
from desk_app.domain.match_reasons import Reason, Verdict
from desk_app.domain.matching import Comparison, PersonFacts

PEOPLE = 3000
BORN = DateSpan.of_day(date(2013, 6, 2))


def rarity(_word: str) -> float:
    return 8.0


def compare(one: PersonFacts, other: PersonFacts) -> Comparison:
    found = matching.compare(one, other, rarity, PEOPLE)
    turned = matching.compare(other, one, rarity, PEOPLE)
    assert (found.verdict, set(found.reasons)) == (turned.verdict, set(turned.reasons))
    possible = matching.possible(one, other, rarity, PEOPLE)
    assert possible == (None if found.verdict is Verdict.NONE else found)
    return found


KARIM = PersonFacts("Karim", "Haddad", birth=BORN, sex="m")


@pytest.mark.parametrize(
    ("other", "reason"),
    [
        (PersonFacts("Karim", "Haddad", birth=BORN), Reason.SAME_NAME),
        (PersonFacts("Kareem", "Al-Hadad", birth=BORN), Reason.NAME_SOUNDS_ALIKE),
        (PersonFacts("كريم", "الحداد", birth=BORN), Reason.NAME_SOUNDS_ALIKE),
        (PersonFacts("Haddad", "Karim", birth=BORN), Reason.NAMES_SWAPPED),
        (PersonFacts("Karim", "Haddad", birth=BORN), Reason.SAME_BIRTH_DATE),
        (PersonFacts("Karim", "Haddad", birth=DateSpan.of_day(date(2013, 2, 6))), Reason.DAY_AND_MONTH_SWAPPED),
    ],
)
def test_what_speaks_for_one_person_makes_it_likely(other: PersonFacts, reason: Reason) -> None:
    found = compare(KARIM, other)
    assert reason in found.reasons
    assert found.verdict is Verdict.LIKELY
    assert all(each.speaks_for for each in found.reasons)


ONE_DIGIT = DateSpan.of_day(date(2013, 6, 3))


@pytest.mark.parametrize(
    "nearly",
    [
        PersonFacts("Karim", "Haddad", birth=ONE_DIGIT),
        PersonFacts("Karim", "Hamdad", birth=BORN),
        PersonFacts("Karim", "Haddad", birth=DateSpan.of_day(date(2013, 1, 1))),
    ],
)
def test_what_only_nearly_agrees_is_possible_and_likely_with_the_phone_besides(nearly: PersonFacts) -> None:
    found = compare(KARIM, nearly)
    assert found.verdict is Verdict.POSSIBLE
    assert all(each.speaks_for for each in found.reasons)
    by_phone = [replace(each, phones=("0176 1234567",)) for each in (KARIM, nearly)]
    assert compare(*by_phone).verdict is Verdict.LIKELY


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (PersonFacts("Karim", "Haddad", sex="m"), PersonFacts("Karim", "Haddad", sex="w")),
        (PersonFacts("Rana", "Sabbag"), PersonFacts("Umar", "Sabbagh Rana")),
        (PersonFacts("Khalid", "Sabbagh"), PersonFacts("وليد", "سباغ")),
        (PersonFacts("Karim", "Hamdad"), PersonFacts("Karim", "Haddar")),
    ],
)
def test_strangers_with_a_like_name_born_on_one_day_are_at_most_possible(one: PersonFacts, other: PersonFacts) -> None:
    found = compare(replace(one, birth=BORN), replace(other, birth=BORN))
    assert found.verdict is not Verdict.LIKELY


def test_nearly_the_same_name_and_nearly_the_same_date_are_not_likely_even_with_the_phone() -> None:
    nearly = PersonFacts("Karim", "Hamdad", birth=ONE_DIGIT, phones=("0176 1234567",))
    assert compare(replace(KARIM, phones=("0176 1234567",)), nearly).verdict is not Verdict.LIKELY


@pytest.mark.parametrize("birth", [None, DateSpan.of_year(2013), DateSpan.of_day(date(2013, 1, 1))])
def test_without_a_birth_date_the_name_alone_is_possible(birth: DateSpan | None) -> None:
    assert compare(KARIM, replace(KARIM, birth=birth)).verdict in (Verdict.POSSIBLE, Verdict.LIKELY)


def test_a_missing_family_name_is_no_contradiction() -> None:
    assert compare(KARIM, PersonFacts("Karim", birth=BORN)).verdict is not Verdict.NONE


def test_siblings_are_not_the_same_person() -> None:
    sister = PersonFacts("Lina", "Haddad", birth=DateSpan.of_day(date(2017, 1, 19)), sex="w", phones=("0176 1234567",))
    brother = replace(KARIM, phones=("0176 1234567",))
    found = compare(brother, sister)
    assert found.verdict is Verdict.NONE
    assert {Reason.OTHER_GIVEN_NAME, Reason.OTHER_SEX, Reason.OTHER_BIRTH_DATE, Reason.SAME_PHONE} <= set(found.reasons)


def test_several_slips_in_one_name_are_no_other_name() -> None:
    dara = PersonFacts("Dara", "Zuhrî")
    mistyped, other = compare(dara, PersonFacts("Daa", "Zuhrî")), compare(dara, PersonFacts("Lina", "Zuhrî"))
    assert (mistyped.verdict, other.verdict) == (Verdict.POSSIBLE, Verdict.NONE)
    assert Reason.OTHER_GIVEN_NAME not in mistyped.reasons
    assert Reason.OTHER_GIVEN_NAME in other.reasons


def test_twins_are_at_most_possible() -> None:
    assert compare(KARIM, PersonFacts("Sami", "Haddad", birth=BORN, sex="m")).verdict is not Verdict.LIKELY


def test_two_strangers_born_on_one_day_are_nobody() -> None:
    assert compare(KARIM, PersonFacts("Olena", "Kovalenko", birth=BORN)).verdict is Verdict.NONE


def test_a_rare_name_weighs_more_than_a_common_one() -> None:
    nameless = replace(KARIM, birth=None)
    common = matching.compare(nameless, nameless, lambda _word: 3.0, 100_000)
    rare = matching.compare(nameless, nameless, lambda _word: 13.0, 100_000)
    assert rare.weight > common.weight
    assert (Reason.RARE_NAME in rare.reasons, Reason.RARE_NAME in common.reasons) == (True, False)


def test_phones_count_however_they_are_written_and_another_one_is_said() -> None:
    mine = replace(KARIM, phones=("+49 (0) 176 04069118",))
    assert Reason.SAME_PHONE in compare(mine, replace(KARIM, phones=("0176/04069118 Mutter",))).reasons
    assert Reason.OTHER_PHONE in compare(mine, replace(KARIM, phones=("0208 123456",))).reasons


def test_the_same_house_says_less_where_many_live() -> None:
    home = replace(KARIM, birth=None, home="Lindenhof 12 45476")
    shared = replace(home, accommodation=True)
    assert Reason.SAME_ADDRESS in compare(home, home).reasons
    assert Reason.SAME_ACCOMMODATION in compare(home, shared).reasons
    assert compare(home, home).weight > compare(home, shared).weight


def test_siblings_with_the_same_birth_date_speak_for_it() -> None:
    family = replace(KARIM, birth=None, siblings=(DateSpan.of_day(date(2017, 1, 19)),))
    assert Reason.SIBLINGS_BIRTH_DATES in compare(family, family).reasons
    guessed = replace(family, siblings=(DateSpan.of_day(date(2017, 1, 1)),))
    assert Reason.SIBLINGS_BIRTH_DATES not in compare(guessed, guessed).reasons


def test_other_spellings_of_one_person_are_compared_too() -> None:
    known = PersonFacts("Carim", "Muster", other_names=("كريم حداد",), birth=BORN)
    assert compare(KARIM, known).verdict is Verdict.LIKELY


def test_every_reason_has_words_and_no_number() -> None:
    words = [reason.show() for reason in Reason]
    assert len(set(words)) == len(words)
    assert not any(char.isdigit() or char == "%" for text in words for char in text)


@given(st.text(max_size=30), st.text(max_size=30), st.text(max_size=30))
def test_any_names_can_be_compared(given_name: str, family_name: str, other: str) -> None:
    one = PersonFacts(given_name, family_name, phones=(other,), home=other)
    for facts in (one, PersonFacts(other, given_name), PersonFacts()):
        matching.compare(one, facts, rarity, PEOPLE)
    assert compare(PersonFacts(), one).verdict is Verdict.NONE
