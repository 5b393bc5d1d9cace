"""One offer as a card on paper: its week, where it is, and how to get in touch."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from desk_app.casework.offer_directory import Directory
from desk_app.documents.qr_code import contact_card
from desk_app.domain.code_lists import code_list
from desk_app.domain.letter_page import Entry, Hours, OfferCard
from desk_app.domain.letters import NO_TEXT, Pair, Wording, same, texts
from desk_app.domain.offer_shown import cost_words, time_words
from desk_app.domain.offer_times import times_of
from desk_app.domain.offers import ACTIVE, Offer, OfferContact, OfferTime, Venue
from desk_app.domain.opening_words import show_minute
from desk_app.i18n import _

_DAYS: Final = 7
_HOUR: Final = 60


def card(say: Wording, directory: Directory, offer: Offer, day: date) -> OfferCard:
    """The card of an offer as it is on a day; its own words stay as they are."""
    times = [time for time in times_of(offer) if time.valid_to is None or day <= time.valid_to]
    contact = next(iter(offer.contacts), OfferContact())
    organisation = directory.organisation_of(offer)
    phone = contact.phone or contact.mobile or (organisation.phone if organisation else "")
    said = "; ".join(filter(None, (*map(time_words, times), offer.times_words)))
    status = code_list("offer_statuses").label(offer.status)
    called = contact.name or (organisation.short or organisation.name if organisation else "") or offer.title
    return OfferCard(
        title=offer.title if offer.status == ACTIVE else f"{offer.title} ({status})",
        brief=" ".join(filter(None, (offer.brief, offer.alert_on(day)))),
        week=tuple(Hours(tuple(_hours(times, number))) for number in range(_DAYS)) if times else (),
        remark="; ".join(_remarks(offer, times)),
        times=Entry(say.pair("offers", "times"), same(said)) if said else None,
        facts=tuple(_facts(say, directory, offer, contact, phone)),
        contact=contact_card(called, phone, contact.email or offer.email),
    )


def _hours(times: list[OfferTime], weekday: int) -> Iterator[str]:
    found = (time for time in times if time.weekdays >> weekday & 1)
    for time in sorted(found, key=lambda each: (each.opens or 0, each.closes or 0)):
        if time.opens is None:
            yield _("nach Abspr.") if time.appointment_only else "✓"
        elif time.closes is None:
            yield _("ab {time}").format(time=_short(time.opens))
        else:
            yield f"{_short(time.opens)}–{_short(time.closes)}"


def _short(minute: int) -> str:
    """ "14", or "14:30"."""
    return str(minute // _HOUR) if minute % _HOUR == 0 else show_minute(minute)


def _remarks(offer: Offer, times: list[OfferTime]) -> Iterator[str]:
    """What a week of hours cannot show, in the words of the rules: each second week, not in the holidays."""
    for time in times:
        rare = time.every_weeks or time.week_of_month or time.valid_from or time.valid_to or time.school_holidays
        if rare or time.words or (time.appointment_only and time.opens is not None):
            yield time_words(time)
    if offer.times_words:
        yield offer.times_words


def _facts(say: Wording, directory: Directory, offer: Offer, contact: OfferContact, phone: str) -> Iterator[Entry]:
    venues = {place.place: directory.venues[place.place] for place in offer.places if place.place in directory.venues}
    where = [", ".join(filter(None, (_venue(venues[each.place]), each.room, each.hint)))
             for each in offer.places if each.place in venues]  # fmt: skip
    stops = dict.fromkeys(venue.stop for venue in venues.values() if venue.stop)
    if where:
        yield Entry(say.pair("appointment", "where"), same("; ".join(where)))
    if stops:
        yield Entry(say.pair("appointment", "stop"), same(", ".join(stops)))
    if phone:
        yield Entry(say.pair("common", "phone"), same(phone))
    person = ", ".join(filter(None, (contact.name, contact.role)))
    if person:
        yield Entry(say.pair("offers", "contact"), same(person))
    register = _register(say, offer)
    if register != NO_TEXT:
        yield Entry(say.pair("offers", "register"), register)
    papers = [pair for paper in offer.papers for pair in say.papers(paper.text)]
    if papers:
        both = Pair("; ".join(each.german for each in papers), "; ".join(each.other for each in papers))
        yield Entry(say.pair("offers", "bring"), both)
    cost = say.pair("offers", "free") if offer.cost.kind == "free" else same(cost_words(offer.cost))
    if cost.german:
        yield Entry(say.pair("offers", "cost"), cost + same(offer.cost.words) if offer.cost.kind == "free" else cost)


def _venue(venue: Venue) -> str:
    city = " ".join(filter(None, (venue.postal_code, venue.city)))
    # many a venue is called by its street
    return ", ".join(dict.fromkeys(filter(None, (venue.name, venue.street, city))))


def _register(say: Wording, offer: Offer) -> Pair:
    """How one gets in; what the offer says about it itself stays German."""
    key = f"register_{offer.registration.way}"
    way = say.pair("offers", key) if key in texts("offers") else NO_TEXT
    words = offer.registration.words
    if not words:
        return way
    return way + Pair(words, "") if way.german else same(words)
