"""Spellings of a word are found among all words that are kept."""

from desk_app.domain.name_keys import folded
from desk_app.domain.name_vocabulary import Vocabulary, sounds_of


def a_vocabulary(words: str) -> Vocabulary:
    vocabulary = Vocabulary()
    vocabulary.add_all((word, sounds_of(word)) for name in words.split() for word in folded(name))
    return vocabulary


def test_spellings_and_slips_are_found_and_other_names_are_not() -> None:
    alike = a_vocabulary("Wowtschez Haddad Hadad Hamdan Kowalenko Wolf").alike("vovchets")
    assert set(alike) == {"wowtschez"}
    assert set(a_vocabulary("Haddad Hadda Olena Wolf").alike("hadad")) == {"haddad", "hadda"}


def test_a_word_learnt_later_is_found_too() -> None:
    vocabulary = a_vocabulary("Haddad")
    assert "hadat" not in vocabulary.alike("hadad")
    vocabulary.add("hadat")
    assert "hadat" in vocabulary.alike("hadad")


def test_a_slip_with_many_nearer_neighbours_is_found_among_few() -> None:
    crowd = [f"ha{one}i{other}i" for one in "bdfgklmnrst" for other in "bdfgklmnrst"]
    vocabulary = a_vocabulary(" ".join(["Hashemi", *crowd]))
    assert "hashemi" not in vocabulary.alike("hahimi")
    assert "hashemi" in vocabulary.alike_among("hahimi", vocabulary.readings({"hashemi", "wolf"}))
