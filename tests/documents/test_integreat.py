"""Places of Integreat as offers."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from offer_exchanging import OPEN, SHUT, a_place, read_here

from desk_app.domain.offer_exchange import Arrived, FileKind
from desk_app.domain.offers import (
    FAMILY,
    PAUSED,
    FactSource,
    FurtherId,
    Offer,
    OfferContact,
    OfferPlace,
    OfferTime,
)

MONDAY_WEDNESDAY_FRIDAY = 0b0010101


def read(*places: Any) -> Arrived:
    return read_here(json.dumps(list(places)).encode())


def offer(**values: Any) -> Offer:
    arrived = read(a_place(**values))
    assert not arrived.left_out
    return arrived.offers[0].offer


def test_a_place_is_an_offer_with_its_venue_and_who_runs_it() -> None:
    arrived = read(a_place())
    (came,) = arrived.offers
    (venue,) = arrived.venues.values()
    (organisation,) = arrived.organisations.values()
    assert (arrived.kind, arrived.as_of) == (FileKind.INTEGREAT, date(2026, 10, 5))
    assert came.offer == Offer(
        came.offer.id, "Begegnung am Fluss", organisation=organisation.id, text="Treff für alle.\nKaffee\nBeratung",
        audiences=(FAMILY,), web="https://fluss.example", email="treff@fluss.example",
        places=(OfferPlace(venue.id),), times=(OfferTime(MONDAY_WEDNESDAY_FRIDAY, 540, 750),),
        contacts=(OfferContact("Frau Muster", "Leitung", "0208 000-41", "0151 000", "muster@fluss.example"),),
        sources=(FactSource("", "", date(2026, 10, 5)),), further_ids=(FurtherId("integreat", "42"),),
        more={"integreat_languages": ["en", "uk"]},
    )  # fmt: skip
    assert (venue.name, venue.street, venue.postal_code, venue.city, venue.accessible) == (
        "Begegnung am Fluss", "Uferweg 3", "45468", "Mülheim an der Ruhr", "yes")  # fmt: skip
    assert (organisation.name, organisation.web) == ("Verein am Fluss", "https://fluss.example")
    assert "rules" not in came.said
    assert {"times", "places", "contacts", "text"} <= came.said


def test_the_same_place_in_another_language_is_the_same_offer() -> None:
    assert offer(id=812, title="Meeting at the river").id == offer().id


@pytest.mark.parametrize(
    ("days", "times"),
    [
        ([{**OPEN, "allDay": True, "timeSlots": []}] * 2 + [SHUT] * 5, (OfferTime(0b11, 0, 1440),)),
        ([{**OPEN, "appointmentOnly": True, "timeSlots": []}] + [SHUT] * 6, (OfferTime(1, appointment_only=True),)),
        ([SHUT] * 5 + [{**OPEN, "timeSlots": [{"start": "20:00", "end": "00:00"}]}, SHUT],
         (OfferTime(1 << 5, 1200, 1440),)),
        ([{**OPEN, "timeSlots": [{"start": "08:00", "end": "12:00"}, {"start": "14:00", "end": "16:00"}]}] + [SHUT] * 6,
         (OfferTime(1, 480, 720), OfferTime(1, 840, 960))),
        ([SHUT] * 7, ()),
        (None, ()),
    ],
)  # fmt: skip
def test_the_seven_days_become_rules(days: Any, times: tuple[OfferTime, ...]) -> None:
    found = offer(opening_hours=days)
    assert found.times == times
    assert found.registration.way == ("appointment" if any(time.appointment_only for time in times) else "")


def test_an_older_file_has_the_phone_at_the_place_itself() -> None:
    assert offer(contacts=None).contacts == (OfferContact(phone="0208 000-40"),)


def test_a_place_that_is_closed_for_a_time_is_paused() -> None:
    assert offer(temporarily_closed=True).status == PAUSED


def test_a_place_that_is_otherwise_is_left_out() -> None:
    arrived = read(a_place(), a_place(location={"id": 43}, opening_hours=[SHUT]), a_place(title="", location={"id": 9}))
    assert [came.offer.title for came in arrived.offers] == ["Begegnung am Fluss"]
    assert [(each.where, each.words) for each in arrived.left_out] == [
        ("Ort 2 „Begegnung am Fluss“", "Der Eintrag ist anders aufgebaut als erwartet."),
        ("Ort 3", "Es steht kein Titel dabei."),
    ]
