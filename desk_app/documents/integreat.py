"""Places of Integreat as offers: what its CMS gives out at ``/api/v3/<region>/<language>/locations``.

A place there is a place and what happens in it at once; here it becomes an offer with a venue of its own. Texts of
other languages are separate files there; that they exist is kept, they are not read.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from html.parser import HTMLParser
from typing import Any, Final
from uuid import UUID, uuid5

from desk_app.documents.hsds_read import NOT_UNDERSTOOD
from desk_app.domain.centre import Json
from desk_app.domain.offer_exchange import ALL_FACTS, Came, LeftOut
from desk_app.domain.offers import (
    BRIEF_LENGTH,
    FAMILY,
    PAUSED,
    FactSource,
    FurtherId,
    Offer,
    OfferContact,
    OfferPlace,
    OfferRegistration,
    OfferTime,
    Organisation,
    Venue,
)
from desk_app.i18n import _

SCHEME: Final = "integreat"
_ALL: Final = UUID("3d1f6e0a-7c0e-5d0e-9f3b-2a1f4c9b7e55")
_DAYS: Final = 7
_CLOCK: Final = re.compile(r"(\d{1,2}):(\d{2})")
_WHOLE_DAY: Final = 24 * 60
_ACCESSIBLE: Final = {True: "yes", False: "no"}


class Reader:
    """Gathers what places tell, each record once."""

    def __init__(self) -> None:
        self.offers: list[Came] = []
        self.left_out: list[LeftOut] = []
        self.organisations: dict[UUID, Organisation] = {}
        self.venues: dict[UUID, Venue] = {}
        self._seen: set[UUID] = set()

    def read(self, found: Iterable[Any]) -> None:
        """Take in places, those that are none to ``left_out``."""
        for number, place in enumerate(found, 1):
            title = place.get("title") if isinstance(place, dict) else None
            where = _("Ort {n}").format(n=number) + (f" „{title[:80]}“" if isinstance(title, str) and title else "")
            try:
                self._take(place, where)
            except NOT_UNDERSTOOD:
                self.left_out.append(LeftOut(where, "strange"))

    def _take(self, place: Json, where: str) -> None:
        location = place.get("location") or {}
        known_as = str(location.get("id") or place["id"])
        id_ = uuid5(_ALL, f"place:{known_as}")
        title = _text(place, "title") or _text(location, "name")
        if not title or id_ in self._seen:
            self.left_out.append(LeftOut(where, "twice" if title else "no_title"))
            return
        venue = _venue(known_as, title, place, location)
        organisation = _organisation(place.get("organization"))
        offer = _offer(id_, title, known_as, place, venue, organisation)
        self._seen.add(id_)
        self.venues[venue.id] = venue
        if organisation is not None:
            self.organisations[organisation.id] = organisation
        self.offers.append(Came(offer, frozenset(offer.to_content()) & ALL_FACTS, where))


def listed(found: Any) -> list[Any] | None:
    """The places in what a file holds; ``None`` where there are none."""
    found = [found] if isinstance(found, dict) else found
    if not isinstance(found, list) or not all(isinstance(each, dict) for each in found):
        return None
    return found if any("title" in each and ("location" in each or "opening_hours" in each) for each in found) else None


def _offer(id_: UUID, title: str, known_as: str, place: Json, venue: Venue, organisation: Organisation | None) -> Offer:
    brief, text = _text(place, "meta_description"), _plain(_text(place, "content")) or _text(place, "excerpt")
    times = _times(place.get("opening_hours"))
    booking = _text(place, "appointment_url")
    asked = any(time.appointment_only for time in times)
    others = sorted(str(key) for key in place.get("available_languages") or {})
    return Offer(
        id_,
        title,
        organisation=organisation.id if organisation is not None else None,
        brief=brief if len(brief) <= BRIEF_LENGTH else "",
        text=text or brief,
        status=PAUSED if place.get("temporarily_closed") is True else "active",
        audiences=(FAMILY,),
        web=_text(place, "website") or _text(place, "url"),
        email=_text(place, "email"),
        registration=OfferRegistration("appointment" if booking or asked else "", booking),
        places=(OfferPlace(venue.id),),
        times=times,
        contacts=tuple(_contacts(place)),
        sources=_sources(place),
        further_ids=(FurtherId(SCHEME, known_as),),
        more={"integreat_languages": others} if others else {},
    )


def _sources(place: Json) -> tuple[FactSource, ...]:
    day = _text(place, "last_updated")[:10]
    return (FactSource("", "", date.fromisoformat(day)),) if day else ()


def _contacts(place: Json) -> Iterator[OfferContact]:
    """The contacts; an older file has the one of the place itself."""
    contacts = place.get("contacts") or []
    for each in contacts:
        found = OfferContact(
            _text(each, "name"), _text(each, "area_of_responsibility"), _text(each, "phone_number"),
            _text(each, "mobile_number") or _text(each, "mobile_phone_number"), _text(each, "email"),
            hours=_times(each.get("opening_hours")),
            words="; ".join(filter(None, (_text(each, "website"), _text(each, "appointment_url")))),
        )  # fmt: skip
        if found != OfferContact():
            yield found
    phone = _text(place, "phone_number")
    if phone and not contacts:
        yield OfferContact(phone=phone)


def _times(days: Any) -> tuple[OfferTime, ...]:
    """The hours of the seven days from Monday on; days with the same hours become one rule."""
    if not days:
        return ()
    if not isinstance(days, list) or len(days) != _DAYS:
        raise ValueError(days)
    weekdays: dict[tuple[int | None, int | None, bool], int] = {}
    for number, day in enumerate(days):
        asked = day.get("appointmentOnly") is True
        if day.get("closed") is True and not asked:
            continue
        spans: list[tuple[int | None, int | None]] = [(_minute(slot["start"]), _minute(slot["end"]) or _WHOLE_DAY)
                                                      for slot in day.get("timeSlots") or []]  # fmt: skip
        if day.get("allDay") is True:
            spans = [(0, _WHOLE_DAY)]
        elif not spans and asked:
            spans = [(None, None)]
        for opens, closes in spans:
            key = (opens, closes, asked)
            weekdays[key] = weekdays.get(key, 0) | 1 << number
    return tuple(OfferTime(bits, opens, closes, appointment_only=asked)
                 for (opens, closes, asked), bits in weekdays.items())  # fmt: skip


def _minute(text: str) -> int:
    match = _CLOCK.match(text)
    if match is None:
        raise ValueError(text)
    return int(match[1]) * 60 + int(match[2])


def _venue(known_as: str, title: str, place: Json, location: Json) -> Venue:
    named = location.get
    accessible = place.get("barrier_free")
    latitude, longitude = named("latitude"), named("longitude")
    return Venue(
        uuid5(_ALL, f"venue:{known_as}"),
        _text(location, "name") or title,
        "physical",
        _text(location, "address"),
        _text(location, "postcode"),
        _text(location, "town") or _text(location, "city"),
        latitude=float(latitude) if latitude is not None else None,
        longitude=float(longitude) if longitude is not None else None,
        accessible=_ACCESSIBLE.get(accessible, "") if isinstance(accessible, bool) else "",
    )


def _organisation(found: Any) -> Organisation | None:
    if not isinstance(found, dict) or not _text(found, "name"):
        return None
    known_as = found.get("id") or _text(found, "name")
    return Organisation(uuid5(_ALL, f"organisation:{known_as}"), _text(found, "name"), web=_text(found, "website"))


def last_change(found: Iterable[Json]) -> date | None:
    """The newest day on which any of the places was changed."""
    days = [str(place.get("last_updated") or "")[:10] for place in found]
    try:
        return max((date.fromisoformat(day) for day in days if day), default=None)
    except ValueError:
        return None


class _Words(HTMLParser):
    """The words of a page of HTML, its paragraphs as lines."""

    _BREAKS: Final = frozenset(("p", "br", "li", "h1", "h2", "h3", "h4", "div", "tr"))

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []

    def handle_data(self, data: str) -> None:
        self.parts.append(data)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in self._BREAKS:
            self.parts.append("\n")


def _plain(html: str) -> str:
    words = _Words()
    words.feed(html)
    words.close()
    lines = (" ".join(line.split()) for line in "".join(words.parts).split("\n"))
    return "\n".join(line for line in lines if line)


def _text(found: Json, key: str) -> str:
    value = found.get(key)
    if isinstance(value, dict | list):
        raise TypeError(key)
    return "" if value is None else str(value).strip()
