"""The form of an offer: nothing gets lost in it, and what changes tells where it comes from."""

from __future__ import annotations

from datetime import date

import pytest
from offer_samples import COURSE

from desk_app.domain.offer_seed import shipped
from desk_app.domain.offers import FactSource, Offer, OfferCost, OfferLanguage
from desk_app.presenters.offer_form import offer_of, read_euros, read_whole, show_euros, values_of

TODAY = date(2026, 11, 26)


@pytest.mark.parametrize("offer", shipped().offers, ids=lambda offer: offer.title)
def test_an_offer_that_nobody_changed_comes_out_as_it_went_in(offer: Offer) -> None:
    assert offer_of(offer, values_of(offer), TODAY) == offer


def test_what_is_typed_is_what_the_offer_says() -> None:
    values = values_of(COURSE) | {
        "title": "  Sprachkurs A2 ", "cost_kind": None, "cost_amount": 2.5, "languages_staff": ("uk", "ar"),
        "papers": "Ausweis\n\n  Zeugnis ", "room": "Saal", "child_care": None, "capacity_free": 3,
    }  # fmt: skip
    told = offer_of(COURSE, values, TODAY)
    assert told.title == "Sprachkurs A2"
    assert told.cost == OfferCost("amount", "", 250)
    assert told.languages == (OfferLanguage("uk"), OfferLanguage("ar"))
    assert [paper.text for paper in told.papers] == ["Ausweis", "Zeugnis"]
    assert told.places[0].room == "Saal"
    assert told.places[0].place == COURSE.places[0].place
    assert told.child_care is None
    assert (told.capacity.free, told.capacity.as_of) == (3, TODAY)
    assert told.times == COURSE.times
    assert told.sources == COURSE.sources


def test_a_source_belongs_to_the_facts_that_changed() -> None:
    told = offer_of(COURSE, values_of(COURSE) | {"goal": "A1"}, TODAY, "Telefonat")
    assert told.source_of("goal") == FactSource("goal", "Telefonat", TODAY)
    assert told.source_of("times") == COURSE.source_of("times")


def test_an_empty_form_is_an_offer_without_a_title() -> None:
    told = offer_of(COURSE, {}, TODAY)
    assert told.title == "Ohne Titel"
    assert told.times == ()
    assert told.organisation is None


def test_numbers_say_how_they_look_right() -> None:
    assert read_whole(" 12 ") == 12
    assert read_euros("2,50 €") == 2.5
    assert show_euros(2.5) == "2,50"
    for read, words in ((read_whole, "viele"), (read_whole, "-1"), (read_euros, "frei"), (read_euros, "-2")):
        with pytest.raises(ValueError, match="zum Beispiel"):
            read(words)
