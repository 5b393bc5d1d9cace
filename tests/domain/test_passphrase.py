"""Which passphrases are refused, why, and what the generator draws."""

from __future__ import annotations

import math
import secrets
from itertools import combinations
from operator import ne

import pytest

from desk_app.domain import passphrase
from desk_app.domain.passphrase import (
    counted_length,
    generate_passphrase,
    generated_bits,
    sending_passphrase,
    telephone_words,
    weaknesses,
    word_list,
)

NAMES = ("Jana Kowalski", "Kommunales Integrationszentrum Mülheim")


@pytest.mark.parametrize(
    "good",
    [
        "Meine Katze frisst gern Quark",
        "kx8#Lm0q!Zv7Rt",
        "vier Elche tanzen im Regen Samba",
        "ыфвлоцукпждбю йх",
        "wieso knistert Zwieback",
    ],
)
def test_what_nobody_tries_first_will_do(good: str) -> None:
    assert weaknesses(good, NAMES) == ()


@pytest.mark.parametrize(
    ("weak", "reason"),
    [
        ("", "mindestens 14 Zeichen, bis jetzt sind es 0"),
        ("Sommer2026!", "mindestens 14 Zeichen, bis jetzt sind es 11"),
        ("aaaaaaaaaaaaaaaaaaaa", "wiederholt sich"),
        ("Quark!Quark!Quark!", "wiederholt sich"),
        ("qwertzuiop123456", "Reihe von der Tastatur"),
        ("987654321yxcvbnm", "Reihe von der Tastatur"),
        ("Passwort Geheim Sommer", "bekannten Wörtern"),
        ("apfel sonne baum", "bekannten Wörtern"),
        ("Jana Kowalski 1987", "Namen der Person oder der Stelle"),
        ("muelheim-Jana-42", "Namen der Person oder der Stelle"),
    ],
)
def test_what_is_tried_first_is_refused_with_the_reason(weak: str, reason: str) -> None:
    assert reason in " ".join(weaknesses(weak, NAMES))


def test_every_refusal_says_what_to_do() -> None:
    assert "noch ein oder zwei Wörter" in weaknesses("apfel sonne baum")[-1]


def test_no_digit_or_sign_is_asked_for() -> None:
    assert weaknesses("wieso knistert zwieback") == ()


def test_each_further_word_counts() -> None:
    counts = [counted_length(" ".join(["apfel", "gondel", "wespe", "zimt", "harfe"][:many])) for many in range(1, 6)]
    assert counts == sorted(set(counts))
    assert weaknesses("apfel gondel wespe zimt") == ()


def test_a_generated_passphrase_is_strong_and_easily_typed() -> None:
    for _ in range(50):
        made = generate_passphrase()
        assert weaknesses(made, NAMES) == ()
        assert len(made.split(" ")) == passphrase.GENERATED_WORDS
        assert made.isascii()
        assert made == made.lower()


def test_a_passphrase_for_a_sending_is_six_words_for_the_telephone() -> None:
    for _ in range(50):
        words = sending_passphrase().split(" ")
        assert len(words) == 6
        assert set(words) <= set(telephone_words())


def test_guessing_a_passphrase_for_a_sending_takes_sixty_bits(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: list[int] = []
    monkeypatch.setattr(secrets, "choice", lambda words: drawn.append(len(set(words))) or words[0])
    sending_passphrase()
    assert sum(math.log2(many) for many in drawn) >= 60


@pytest.mark.parametrize(
    "misheard",
    ["gasse katze", "butter puder", "staat stadt", "saal zahl", "bach buch", "amsel ampel", "berg bergsee", "rad rat"],
)
def test_no_two_words_for_the_telephone_are_taken_for_each_other(misheard: str) -> None:
    words = set(misheard.split())
    assert words <= set(word_list())
    assert len(words & set(telephone_words())) <= 1


def test_any_two_words_for_the_telephone_differ_in_two_letters() -> None:
    words = telephone_words()
    alike = [(one, two) for one, two in combinations(words, 2) if len(one) == len(two) and sum(map(ne, one, two)) < 2]
    assert alike == []


def test_words_are_drawn_with_the_generator_for_secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: list[int] = []

    def chosen(words: tuple[str, ...]) -> str:
        drawn.append(len(words))
        return words[0]

    monkeypatch.setattr(secrets, "choice", chosen)
    generate_passphrase()
    assert drawn == [len(word_list())] * passphrase.GENERATED_WORDS


def test_guessing_a_generated_passphrase_takes_sixty_bits() -> None:
    assert generated_bits() >= 60
    assert len(word_list()) == len(set(word_list())) >= 1200


def test_the_words_are_short_plain_and_sorted() -> None:
    assert list(word_list()) == sorted(word_list())
    assert [word for word in word_list() if not (word.isascii() and word.islower() and 3 <= len(word) <= 9)] == []


def test_a_pasted_novel_is_judged_like_any_other() -> None:
    assert weaknesses("xq" * 500_000) != ()
    assert weaknesses("wieso knistert Zwieback? " + "a" * 1_000_000) == ()
