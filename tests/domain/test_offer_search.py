"""Finding offers as one types: whatever word, whatever spelling, with a slip of the finger."""

from __future__ import annotations

from uuid import UUID, uuid5

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk_app.domain.offer_search import WEIGHTS, Document, Index, marks
from desk_app.domain.offer_words import Synonyms, shipped_synonyms, wanted_words

TEXTS = {
    "course": {"title": "Sprachkurs A1 am Klöttschen", "brief": "Von Ehrenamtlichen geleitet"},
    "aid": {"title": "Aktion Lichtblicke", "text": "Spenden für den Umzug oder die Einrichtung"},
    "theatre": {"title": "Collective Ma’louba", "text": "Künstlerische Arbeit am Theater an der Ruhr"},
    "advice": {"title": "Schullaufbahnberatung", "text": "Wechsel auf eine weiterführende Schule"},
    "recognition": {"title": "Perspektive Ausbildung", "text": "Anerkennung ausländischer Abschlüsse"},
    "women": {"title": "Internationales Frauenfrühstück", "text": "Deutsch sprechen, mit Kinderbetreuung"},
}
_IDS = {key: uuid5(UUID(int=7), key) for key in TEXTS}
_KEYS = {id_: key for key, id_ in _IDS.items()}
INDEX = Index([Document.of(_IDS[key], texts.items()) for key, texts in TEXTS.items()])


def found(query: str) -> list[str]:
    """Keys of the offers, the best first."""
    hits = INDEX.find(query)
    return [_KEYS[id_] for id_, _score in sorted(hits.scores.items(), key=lambda item: (-item[1], _KEYS[item[0]]))]


def marked(query: str, text: str) -> list[str]:
    return [text[first:last] for first, last in marks(text, INDEX.find(query))]


@pytest.mark.parametrize(
    ("query", "key"),
    [
        ("Sprachkurs", "course"), ("sprachkurse", "course"), ("Deutschkurs", "course"), ("Deutsch lernen", "course"),
        ("möchte Deutsch lernen", "course"), ("Kurs", "course"), ("kloettschen", "course"), ("Klöttschen", "course"),
        ("Möbel", "aid"), ("moebel", "aid"), ("mobel", "aid"), ("Umzüge", "aid"), ("Spende", "aid"), ("umz", "aid"),
        ("Kunst", "theatre"), ("Bühne", "theatre"), ("malouba", "theatre"), ("Ma'louba", "theatre"),
        ("Theater Ruhr", "theatre"), ("Zeugnis", "recognition"), ("Abschluss", "recognition"),
        ("Beratung", "advice"), ("Frauen", "women"), ("Frühstück", "women"), ("fruehstueck", "women"),
        ("Kinderbetreuung", "women"), ("Ehrenamt", "course"), ("Deutschsprachkurs", "course"),
    ],
)  # fmt: skip
def test_an_offer_is_found_by_whatever_word_means_it(query: str, key: str) -> None:
    assert key in found(query)


@pytest.mark.parametrize(
    ("typed", "key"),
    [("Sprachkus", "course"), ("Sprahckurs", "course"), ("Teather", "theatre"), ("Anerkenung", "recognition"),
     ("Möbbel", "aid"), ("Deutshckurs", "course"), ("Lichtblike", "aid"), ("Schulaufbahnberatung", "advice")],
)  # fmt: skip
def test_a_slip_of_the_finger_finds_it_all_the_same(typed: str, key: str) -> None:
    assert key in found(typed)


def test_every_beginning_of_a_word_finds_it() -> None:
    for length in range(1, len("sprachkurs") + 1):
        assert "course" in found("sprachkurs"[:length])


def test_all_words_have_to_be_there_but_for_the_small_ones() -> None:
    assert found("Deutsch mit Kinderbetreuung") == ["women"]
    assert found("Spenden für einen Umzug") == ["aid"]
    assert wanted_words("für die Familie") == ["familie"]
    assert wanted_words("für") == ["fur"]


def test_where_nothing_has_everything_what_has_most_is_shown_and_said() -> None:
    hits = INDEX.find("Theater Ruhr Eisenbahn")
    assert not hits.whole
    assert [_KEYS[id_] for id_ in hits.scores] == ["theatre"]
    assert INDEX.find("Theater Ruhr").whole
    assert INDEX.find("qwertz").scores == {}


def test_the_title_counts_more_than_the_text() -> None:
    both = Index([
        Document.of(UUID(int=1), [("text", "Theater")]), Document.of(UUID(int=2), [("title", "Theater")]),
        Document.of(UUID(int=3), [("title", "Theatergruppe")]),
    ])  # fmt: skip
    scores = both.find("Theater").scores
    assert scores[UUID(int=2)] > scores[UUID(int=3)] > scores[UUID(int=1)]


def test_another_word_counts_less_than_the_word_itself() -> None:
    titles = enumerate(("Sprachkurs", "Deutschkurs"), 1)
    both = Index([Document.of(UUID(int=number), [("title", title)]) for number, title in titles])
    scores = both.find("Deutschkurs").scores
    assert scores[UUID(int=2)] > scores[UUID(int=1)] > 0


def test_the_letters_that_were_found_are_marked() -> None:
    assert marked("sprach", "Sprachkurs A1 am Klöttschen") == ["Sprach"]
    assert marked("kloett", "Sprachkurs A1 am Klöttschen") == ["Klött"]
    assert marked("kurs", "Sprachkurs A1") == ["kurs"]
    assert marked("Deutschkurs", "Sprachkurs A1") == ["Sprachkurs"]
    assert marked("fruehst", "Frauenfrühstück") == ["Frauenfrühstück"]  # whole, since "uen" was folded as well
    assert marked("", "Sprachkurs A1") == []


@given(st.text(max_size=30))
def test_nothing_that_is_typed_breaks_the_search(query: str) -> None:
    hits = INDEX.find(query)
    assert set(hits.scores) <= set(_KEYS)
    for texts in TEXTS.values():
        for text in texts.values():
            places = marks(text, hits)
            assert all(0 <= first < last <= len(text) for first, last in places)
            assert list(places) == sorted(places)


@given(st.sampled_from(sorted(TEXTS)), st.sampled_from(sorted(WEIGHTS)))
def test_an_offer_is_found_by_its_own_title_wherever_it_stands(key: str, where: str) -> None:
    title = TEXTS[key]["title"]
    assert UUID(int=1) in Index([Document.of(UUID(int=1), [(where, title)])]).find(title).scores


def test_the_shipped_words_are_read_and_no_word_stands_alone() -> None:
    assert isinstance(shipped_synonyms(), Synonyms)
    assert {"deutschkurs", "mobel", "kita"} <= shipped_synonyms().words
