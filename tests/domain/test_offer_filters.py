"""Narrowing offers down: what surely fits, what nobody noted, what does not; and when an offer takes place."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

import pytest

from desk_app.domain import offer_times
from desk_app.domain.holidays import nrw
from desk_app.domain.offer_filters import By, Filters, Moment, passes, topics_below
from desk_app.domain.offer_nearness import house_of
from desk_app.domain.offers import (
    Offer,
    OfferContact,
    OfferCost,
    OfferException,
    OfferLanguage,
    OfferPlace,
    OfferTime,
    Venue,
)

HOUSE, OTHER = Venue(UUID(int=1), "Haus", district="styrum", accessible="yes"), Venue(UUID(int=2), "Hof")
VENUES = {each.id: each for each in (HOUSE, OTHER)}
THURSDAY = Moment(date(2026, 11, 26), 15 * 60)
COURSE = Offer(
    UUID(int=3), "Kurs", topics=("german_course",), audiences=("family",), cost=OfferCost("free"), child_care=True,
    languages=(OfferLanguage("ar"),), places=(OfferPlace(HOUSE.id),), times=(OfferTime(0b1010, 840, 960),),
)  # fmt: skip
BARE = Offer(UUID(int=4), "Irgendwas")


def answer(offer: Offer, **asked: Any) -> tuple[bool, tuple[By, ...]]:
    passed = passes(offer, Filters(**asked), VENUES, THURSDAY)
    return passed.fits, passed.unknown


@pytest.mark.parametrize(
    ("by", "yes", "no"),
    [
        (By.TOPIC, {"topic": "german"}, {"topic": "culture"}),
        (By.AUDIENCE, {"audience": "family"}, {"audience": "artist"}),
        (By.LANGUAGE, {"language": "ar"}, {"language": "uk"}),
        (By.DISTRICT, {"district": "styrum"}, {"district": "broich"}),
        (By.TIME, {"weekdays": 0b10}, {"weekdays": 0b1}), (By.TIME, {"opens": 900}, {"opens": 960}),
        (By.TIME, {"weekdays": 0b1000, "closes": 841}, {"weekdays": 0b1000, "closes": 840}),
        (By.FREE, {"free": True}, None), (By.CHILD_CARE, {"child_care": True}, None),
        (By.ACCESSIBLE, {"accessible": True}, None), (By.OPEN_NOW, {"open_now": True}, None),
    ],
)  # fmt: skip
def test_each_filter_knows_yes_no_and_not_noted(by: By, yes: dict[str, Any], no: dict[str, Any] | None) -> None:
    assert answer(COURSE, **yes) == (True, ())
    assert answer(BARE, **yes) == (True, (by,))
    if no is not None:
        assert answer(COURSE, **no) == (False, ())


def test_what_is_known_not_to_fit_is_out_whatever_is_not_noted() -> None:
    paid = replace(BARE, cost=OfferCost("text", "Eintritt"))
    assert answer(paid, free=True, topic="culture") == (False, ())
    assert answer(replace(COURSE, child_care=False), child_care=True) == (False, ())


def test_online_is_everywhere() -> None:
    assert answer(replace(COURSE, mode="online"), district="broich") == (True, ())
    assert answer(replace(COURSE, places=(OfferPlace(OTHER.id),)), district="broich") == (True, (By.DISTRICT,))


def test_a_topic_brings_those_below_it() -> None:
    assert {"german", "german_course", "literacy"} <= topics_below("german")
    assert topics_below("german_course") == {"german_course"}


# --- when


def on(offer: Offer, day: date) -> list[tuple[int | None, int | None]] | None:
    hours = offer_times.on_day(offer, day, nrw())
    return None if hours is None else [(each.opens, each.closes) for each in hours]


def test_it_takes_place_on_its_weekdays_but_not_on_public_holidays() -> None:
    assert on(COURSE, date(2026, 11, 26)) == [(840, 960)]
    assert on(COURSE, date(2026, 11, 27)) == []
    assert on(COURSE, date(2026, 5, 14)) == []  # Ascension Day, a Thursday
    assert on(BARE, date(2026, 11, 26)) is None


def test_what_is_said_of_single_days_goes_before_the_rule() -> None:
    shut = OfferException(date(2026, 12, 1), date(2026, 12, 31))
    late = OfferException(date(2026, 11, 27), opens=600, closes=660)
    offer = replace(COURSE, exceptions=(shut, late))
    assert on(offer, date(2026, 12, 1)) == []
    assert on(offer, date(2026, 11, 27)) == [(600, 660)]
    assert offer_times.next_day(offer, date(2026, 12, 1), nrw()) == date(2027, 1, 5)


def test_hours_of_a_contact_hold_where_the_offer_has_none() -> None:
    contact = OfferContact("Frau Ilgin", hours=(OfferTime(0b10, 540, 600),))
    assert on(replace(BARE, contacts=(contact,)), date(2026, 11, 24)) == [(540, 600)]
    assert on(replace(COURSE, contacts=(contact,)), date(2026, 11, 24)) == [(840, 960)]


def test_open_is_from_the_first_minute_until_before_the_last() -> None:
    day = date(2026, 11, 26)
    assert [offer_times.is_open(COURSE, day, minute, nrw()) for minute in (839, 840, 959, 960)] == [
        False, True, True, False
    ]  # fmt: skip
    by_appointment = replace(COURSE, times=(OfferTime(0b1000, 840, 960, appointment_only=True),))
    assert offer_times.is_open(by_appointment, day, 900, nrw()) is False
    some_hour = replace(COURSE, times=(OfferTime(0b1000),))
    assert offer_times.is_open(some_hour, day, 900, nrw()) is None


@pytest.mark.parametrize(
    ("street", "house"),
    [
        ("Am Klöttschen 1", ("Am Klöttschen", "1")),
        ("Hagdorn 1a", ("Hagdorn", "1a")),
        ("Wallstraße 7-9", ("Wallstraße", "7")),
        ("Straße des 17. Juni 12", ("Straße des 17. Juni", "12")),
        ("Am Schloss", ("", "")),
        ("", ("", "")),
    ],
)
def test_an_address_in_one_line_is_told_apart(street: str, house: tuple[str, str]) -> None:
    assert house_of(Venue(UUID(int=1), "", street=street)) == house
