"""Offers as files: any offer there could be, files as bytes, and what is read of them."""

from __future__ import annotations

import io
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st

from desk_app.casework import offer_exchange
from desk_app.documents import offer_files, offer_files_child
from desk_app.domain.centre import Json
from desk_app.domain.code_lists import code_list
from desk_app.domain.offer_exchange import Arrived, Collection, FileKind, Given
from desk_app.domain.offer_fields import FIELDS
from desk_app.domain.offers import (
    FactSource,
    FurtherId,
    Offer,
    OfferCapacity,
    OfferContact,
    OfferCost,
    OfferException,
    OfferLanguage,
    OfferPaper,
    OfferPlace,
    OfferRegistration,
    OfferRule,
    OfferTime,
    Organisation,
    Venue,
)

TODAY = date(2026, 11, 26)
ANY = settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck),
               phases=(Phase.explicit, Phase.reuse, Phase.generate))  # fmt: skip
"""For ``collections``: making one of a hundred fields smaller and smaller would take minutes."""


def collection(offers: Iterable[Offer], *records: Organisation | Venue) -> Collection:
    return Collection(
        tuple(Given(offer) for offer in offers),
        {each.id: each for each in records if isinstance(each, Organisation)},
        {each.id: each for each in records if isinstance(each, Venue)},
    )


def written(found: Collection, kind: FileKind) -> bytes:
    target = io.BytesIO()
    assert not offer_files.write(found, kind, target, TODAY)
    return target.getvalue()


def read_here(content: bytes) -> Arrived:
    """Without the other process."""
    return offer_files._gathered(iter(offer_files_child.read(content, TODAY)), None)


def walk_exchange(walk: Any, folder: Path) -> None:
    """Offers out and in, through ``walk.do``: a new one with its records, and one that changed."""
    walk.do(lambda work: offer_exchange.export(work, FileKind.HSDS_JSON, folder))
    club, house = Organisation(UUID(int=21), "Verein am Fluss"), Venue(UUID(int=22), "Haus am Fluss")
    choir = Offer(UUID(int=23), "Chor", organisation=club.id, places=(OfferPlace(house.id),))
    for offer in (choir, replace(choir, goal="Auftritt im Mai")):
        found = read_here(written(collection((offer,), club, house), FileKind.HSDS_JSON))
        walk.do(lambda work, found=found: offer_exchange.take_over(work, found, {0}))


# --- any offer there could be

_LETTERS = st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Cn", "Co"), exclude_characters="\ufffe\uffff")
TEXTS = st.text(_LETTERS, max_size=12).map(str.strip) | st.sampled_from(
    ("Müller-Straße 1, Hof", "=1+1", "+49 208 455", "zwei\nZeilen", "ja", "www.haus.example", "a; b", "12", "12,50")
)
TITLES = TEXTS.filter(lambda text: any(each.isalnum() for each in text))
DAYS = st.none() | st.dates(date(2020, 1, 1), date(2030, 12, 31))
_SMALL = st.none() | st.integers(0, 120)
_YES_NO = st.sampled_from((None, True, False))


def _keys(name: str) -> st.SearchStrategy[str]:
    return st.sampled_from([code.key for code in code_list(name).entries])


def _some(each: st.SearchStrategy[Any], most: int = 3) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.lists(each, max_size=most).map(tuple)


def _times(places: st.SearchStrategy[UUID]) -> st.SearchStrategy[OfferTime]:
    minute = st.none() | st.integers(0, 1440)
    return st.builds(
        OfferTime, st.integers(1, 127), minute, minute, st.none() | st.integers(2, 4), st.none() | st.integers(1, 5),
        DAYS, DAYS, st.booleans(), st.sampled_from(("", "no", "only")), st.none() | places, TEXTS,
    )  # fmt: skip


def _rules() -> st.SearchStrategy[OfferRule]:
    return st.builds(
        OfferRule, st.sampled_from(sorted(FIELDS)), _keys("offer_operators"), _some(TEXTS | st.just("6")),
        st.integers(1, 3), st.booleans(), TEXTS, TEXTS, DAYS,
    )  # fmt: skip


@st.composite
def collections(draw: st.DrawFn) -> Collection:
    """A few offers with everything they point to, and ids that point to nothing."""
    organisations = draw(st.lists(st.builds(
        Organisation, st.uuids(), TITLES, TEXTS, TEXTS, TEXTS, TEXTS, TEXTS), max_size=3, unique_by=lambda x: x.id,
    ))  # fmt: skip
    if len(organisations) > 1:
        child = organisations[1]
        organisations[1] = Organisation(child.id, child.name, parent=organisations[0].id)
    venues = draw(st.lists(st.builds(
        Venue, st.uuids(), TITLES, st.sampled_from(("", "physical", "virtual")), TEXTS, TEXTS, TEXTS,
        st.just("") | _keys("districts"), st.none() | st.floats(51, 52), st.none() | st.floats(6, 7), TEXTS,
        st.sampled_from(("", "yes", "no")), TEXTS), max_size=3, unique_by=lambda x: x.id))  # fmt: skip
    places = st.sampled_from([*(each.id for each in venues), UUID(int=7)])
    runs = st.none() | st.sampled_from([*(each.id for each in organisations), UUID(int=9)])
    offers = draw(st.lists(_offers(places, runs), min_size=1, max_size=3, unique_by=lambda each: each.id))
    return collection(offers, *organisations, *venues)


def _offers(places: st.SearchStrategy[UUID], runs: st.SearchStrategy[UUID | None]) -> st.SearchStrategy[Offer]:
    costs = st.builds(OfferCost, st.sampled_from(("", "free", "amount", "text")), TEXTS,
                      st.none() | st.integers(0, 99999))  # fmt: skip
    contacts = st.builds(OfferContact, TEXTS, TEXTS, TEXTS, TEXTS, TEXTS, _some(_keys("languages"), 2),
                         _some(_times(places), 1), TEXTS)  # fmt: skip
    languages = st.builds(OfferLanguage, _keys("languages"), _keys("offer_language_ways"))
    exceptions = st.builds(OfferException, st.dates(TODAY, TODAY + timedelta(days=99)), DAYS, _SMALL, _SMALL, TEXTS)
    return st.builds(
        Offer, st.uuids(), TITLES, organisation=runs, alternative_title=TEXTS, brief=TEXTS, text=TEXTS,
        status=_keys("offer_statuses"), kind=_keys("offer_kinds"), mode=_keys("offer_modes"),
        audiences=_some(_keys("offer_audiences")), for_whom=TEXTS, goal=TEXTS, topics=_some(_keys("offer_topics")),
        web=TEXTS, email=TEXTS | st.just("haus@haus.example"), cost=costs,
        registration=st.builds(OfferRegistration, st.just("") | _keys("offer_registrations"), TEXTS,
                               st.none() | places),
        alert=TEXTS, alert_until=DAYS, valid_from=DAYS, valid_to=DAYS,
        places=_some(st.builds(OfferPlace, places, TEXTS, TEXTS)), times=_some(_times(places)), times_words=TEXTS,
        exceptions=_some(exceptions, 1), contacts=_some(contacts), languages=_some(languages),
        papers=_some(st.builds(OfferPaper, TEXTS, _YES_NO, TEXTS)),
        capacity=st.builds(OfferCapacity, TEXTS, _SMALL, _SMALL, _YES_NO, _SMALL, DAYS),
        child_care=_YES_NO, child_care_words=TEXTS, youngest=_SMALL, oldest=_SMALL, eligibility=TEXTS,
        rules=_some(_rules()), follow_up_days=_SMALL,
        sources=_some(st.builds(FactSource, st.sampled_from(("", "title", "times")), TEXTS, DAYS), 2),
        further_ids=_some(st.builds(FurtherId, TITLES, TITLES), 1),
        more=st.just({}) | st.just({"of a newer version": [1, {"a": None}], "reading": None}),
    )  # fmt: skip


# --- a place as Integreat gives it out

OPEN = {"allDay": False, "closed": False, "appointmentOnly": False}
SHUT = {**OPEN, "closed": True, "timeSlots": []}


def a_place(**values: Any) -> Json:
    """An invented place of the Integreat API."""
    mornings = {**OPEN, "timeSlots": [{"start": "09:00", "end": "12:30", "timezone": "Europe/Berlin"}]}
    return {
        "id": 811, "title": "Begegnung am Fluss", "path": "/muelheim/de/locations/begegnung/", "meta_description": "",
        "last_updated": "2026-10-05T09:12:00+02:00", "excerpt": "Treff für alle",
        "content": "<p>Treff f&uuml;r <b>alle</b>.</p><ul><li>Kaffee</li><li>Beratung</li></ul>",
        "available_languages": {"en": {"id": 812}, "uk": {"id": 813}}, "website": "https://fluss.example",
        "email": "treff@fluss.example", "phone_number": "0208 000-40",
        "contacts": [{"area_of_responsibility": "Leitung", "name": "Frau Muster", "email": "muster@fluss.example",
                      "phone_number": "0208 000-41", "mobile_number": "0151 000", "opening_hours": None}],
        "temporarily_closed": False, "opening_hours": [mornings, SHUT, mornings, SHUT, mornings, SHUT, SHUT],
        "appointment_url": None,
        "location": {"id": 42, "name": "Begegnung am Fluss", "address": "Uferweg 3", "town": "Mülheim an der Ruhr",
                     "postcode": "45468", "country": "Deutschland", "latitude": 51.43, "longitude": 6.88},
        "organization": {"id": 5, "slug": "fluss", "name": "Verein am Fluss", "website": "https://fluss.example"},
        "barrier_free": True,
        **values,
    }  # fmt: skip
