"""Facts of an offer in words, each said once."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

from desk_app.domain.offer_shown import facts, time_words
from desk_app.domain.offers import Offer, OfferContact, OfferTime

OFFER = Offer(UUID(int=1), "Sprachkurs")


def test_one_who_has_two_numbers_is_named_once() -> None:
    number = OfferContact("Diakonie", "Frauen", phone="0208 000-1")
    offer = replace(OFFER, contacts=(number, replace(number, phone="0208 000-2")))
    told = {fact.key: fact.text for fact in facts(offer, {})}
    assert told["contacts"] == "Diakonie, Frauen"
    assert told["phones"] == "0208 000-1; 0208 000-2"


def test_an_appointment_is_asked_for_once() -> None:
    assert time_words(OfferTime(16, appointment_only=True, words="nach Vereinbarung")) == "Fr, nur nach Vereinbarung"
    assert time_words(OfferTime(16, appointment_only=True, words="im Hof")) == "Fr, nur nach Vereinbarung, im Hof"
