"""Offers as services of the Human Services Data Specification 3.0, each with everything it refers to inside it.

https://docs.openreferral.org/en/3.0/hsds/schema_reference.html. What the specification lacks stands in the one key of
``hsds_extension``. Ids of nested objects are made of the id of the service, so that they are the same next time.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from datetime import UTC
from typing import Any, BinaryIO, Final
from uuid import UUID, uuid5

from desk_app.documents import hsds_extension, hsds_plain
from desk_app.documents.hsds_times import schedule_of
from desk_app.domain import offer_shown
from desk_app.domain.centre import Json
from desk_app.domain.code_lists import code_list
from desk_app.domain.offer_exchange import Collection, Given
from desk_app.domain.offer_fields import FIELDS
from desk_app.domain.offers import ENDED, PAUSED, PROPOSAL, Offer, OfferContact, OfferRule, Organisation, Venue
from desk_app.i18n import _

STATUSES: Final = {PAUSED: "temporarily closed", ENDED: "defunct", PROPOSAL: "inactive"}
"""Whatever else is "active"."""
TAXONOMY: Final = "trittstein"
_TERMS: Final = UUID("0f8f9c52-50a3-5c0f-8f0e-0f2a7e6d4b11")
_CENTS: Final = 100
_AGES: Final = ("age", "child_age")
_WEB: Final = re.compile(r"[a-z]+://[^\s\"<>\\^`{|}]+", re.IGNORECASE)
_HOST: Final = re.compile(r"[\w-]+(?:\.[\w-]+)+(?:[/?#][^\s\"<>\\^`{|}]*)?", re.ASCII)
_MAIL: Final = re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]+")


def write(collection: Collection, target: BinaryIO) -> None:
    """Write the offers as one page of the API (https://docs.openreferral.org/en/3.0/hsds/api_reference.html)."""
    found = list(services(collection))
    page = {
        "total_items": len(found), "total_pages": 1, "page_number": 1, "size": len(found), "first_page": True,
        "last_page": True, "empty": not found, "contents": found,
    }  # fmt: skip
    target.write(json.dumps(page, ensure_ascii=False, indent=1).encode())


def services(collection: Collection) -> Iterator[Json]:
    """Each offer as a service."""
    for given in collection.offers:
        yield service_of(given, collection)


def service_of(given: Given, collection: Collection) -> Json:
    """One offer with its extension."""
    service = bare_service(given, collection)
    extension = hsds_extension.missing_in(hsds_plain.offer_of(service).to_content(), given.offer.to_content())
    others = _others(given.offer, collection)
    if extension or others:
        service[hsds_extension.KEY] = {**extension, **others}
    return service


def organisation_of(organisation: Organisation) -> Json:
    """Who runs offers, with its extension."""
    found = bare_organisation(organisation)
    return _extended(found, hsds_plain.organisation_of(found).to_content(), organisation.to_content())


def location_of(venue: Venue) -> Json:
    """Where offers take place, with its extension."""
    found = bare_location(venue)
    return _extended(found, hsds_plain.venue_of(found).to_content(), venue.to_content())


def _extended(found: Json, plain: Json, content: Json) -> Json:
    extension = hsds_extension.missing_in(plain, content)
    return {**found, hsds_extension.KEY: extension} if extension else found


def _others(offer: Offer, collection: Collection) -> Json:
    """Records that the offer points to and that have no place in a service: where to register, who stands above."""
    named = {str(each.place) for each in offer.places}
    places = [time.place for time in (*offer.times, *(hour for each in offer.contacts for hour in each.hours))]
    venues = {id_: collection.venues[id_] for id_ in (offer.registration.place, *places)
              if id_ is not None and id_ in collection.venues and str(id_) not in named}  # fmt: skip
    above: list[Json] = []
    runs = collection.organisations.get(offer.organisation) if offer.organisation else None
    while runs is not None and runs.parent is not None and len(above) < len(collection.organisations):
        runs = collection.organisations.get(runs.parent)
        above.extend([runs.to_content()] if runs is not None else [])
    return {**({"venues": [venue.to_content() for venue in venues.values()]} if venues else {}),
            **({"organisations": above} if above else {})}  # fmt: skip


# --- the objects of the specification


def bare_service(given: Given, collection: Collection) -> Json:
    """One offer as far as the specification has room for it."""
    offer = given.offer
    youngest, oldest = _ages(offer)
    runs = collection.organisations.get(offer.organisation) if offer.organisation else None
    spoken = [each for each in offer.languages if each.how != "interpreter"]
    interpreters = [code_list("languages").label(each.language) for each in offer.languages
                    if each.how == "interpreter"]  # fmt: skip
    return _told({
        "id": str(offer.id),
        "organization_id": str(runs.id) if runs is not None else None,
        "name": offer.title,
        "alternate_name": offer.alternative_title,
        "description": offer.text or offer.brief,
        "url": _url(offer.web),
        "email": _mail(offer.email),
        "status": STATUSES.get(offer.status, "active"),
        "interpretation_services": ", ".join(interpreters),
        "application_process": _application(offer),
        "fees_description": offer_shown.cost_words(offer.cost),
        "eligibility_description": offer.eligibility or offer.for_whom,
        "minimum_age": youngest,
        "maximum_age": oldest,
        "assured_date": given.confirmed_on.isoformat() if given.confirmed_on else None,
        "alert": offer.alert,
        "last_modified": given.changed_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if given.changed_at else None,
        "schedules": [schedule_of(time, _id(offer.id, "schedule", n)) for n, time in enumerate(offer.times)
                      if time.place is None or time.place not in _places(offer)],
        "service_at_locations": _at_locations(offer, collection),
        "languages": [_told({"id": _id(offer.id, "language", n), "code": each.language,
                             "name": code_list("languages").label(each.language),
                             "note": _material() if each.how == "material" else ""})
                      for n, each in enumerate(spoken)],
        "organization": organisation_of(runs) if runs is not None else None,
        "cost_options": _cost_options(offer),
        "required_documents": [_told({"id": _id(offer.id, "paper", n), "document": paper.text,
                                      "uri": _url(paper.link)}) for n, paper in enumerate(offer.papers)],
        "contacts": [_contact(offer.id, n, contact) for n, contact in enumerate(offer.contacts)],
        "attributes": list(_attributes(offer)),
    })  # fmt: skip


def bare_organisation(organisation: Organisation) -> Json:
    """Who runs offers; the specification demands a description."""
    id_ = organisation.id
    return _told({
        "id": str(id_), "name": organisation.name, "alternate_name": organisation.short,
        "email": _mail(organisation.email), "website": _url(organisation.web),
        "parent_organization_id": str(organisation.parent) if organisation.parent else None,
        "phones": [_phone(_id(id_, "phone"), organisation.phone, "voice")] if organisation.phone else [],
    }) | {"description": organisation.note or organisation.name}  # fmt: skip


def bare_location(venue: Venue) -> Json:
    """Where offers take place; an address is whole or not there, as the specification demands."""
    whole = venue.street and venue.postal_code and venue.city
    address = {
        "id": _id(venue.id, "address"), "address_1": venue.street, "city": venue.city,
        "state_province": "Nordrhein-Westfalen", "postal_code": venue.postal_code, "country": "DE",
        "address_type": "physical",
    }  # fmt: skip
    district = code_list("districts").label(venue.district)
    access = _("Ohne Stufen erreichbar") if venue.accessible == "yes" else _("Nicht ohne Stufen erreichbar")
    return _told({
        "id": str(venue.id),
        "location_type": venue.kind if venue.kind in ("physical", "postal", "virtual") else "physical",
        "name": venue.name,
        "transportation": venue.stop,
        "latitude": venue.latitude,
        "longitude": venue.longitude,
        "addresses": [address | ({"region": district} if district else {})] if whole else [],
        "accessibility": [_told({"id": _id(venue.id, "access"), "description": access if venue.accessible else "",
                                 "details": venue.accessible_words})]
        if venue.accessible or venue.accessible_words else [],
    })  # fmt: skip


def _at_locations(offer: Offer, collection: Collection) -> list[Json]:
    found = []
    for n, each in enumerate(offer.places):
        venue = collection.venues.get(each.place)
        if venue is None:
            continue
        id_ = _id(offer.id, "place", n)
        times = [time for time in offer.times if time.place == each.place]
        found.append(_told({
            "id": id_, "service_id": str(offer.id), "location_id": str(each.place),
            "description": ", ".join(part for part in (each.room, each.hint) if part),
            "schedules": [schedule_of(time, _id(UUID(id_), "schedule", m)) for m, time in enumerate(times)],
            "location": location_of(venue),
        }))  # fmt: skip
    return found


def _contact(offer: UUID, n: int, contact: OfferContact) -> Json:
    id_ = _id(offer, "contact", n)
    languages = [{"id": _id(UUID(id_), "language", m), "code": key, "name": code_list("languages").label(key)}
                 for m, key in enumerate(contact.languages)]  # fmt: skip
    numbers = ((contact.phone, "voice"), (contact.mobile, "cell"))
    phones = [_phone(_id(UUID(id_), kind), number, kind) for number, kind in numbers if number]
    if phones and languages:
        phones[0]["languages"] = languages
    return _told({"id": id_, "name": contact.name, "title": contact.role, "email": _mail(contact.email),
                  "phones": phones})  # fmt: skip


def _phone(id_: str, number: str, kind: str) -> Json:
    return {"id": id_, "number": number, "type": kind}


def _cost_options(offer: Offer) -> list[Json]:
    cents = 0 if offer.cost.kind == "free" else offer.cost.cents if offer.cost.kind == "amount" else None
    if cents is None:
        return []
    return [_told({"id": _id(offer.id, "cost"), "option": offer_shown.cost_words(offer.cost), "currency": "EUR"})
            | {"amount": cents / _CENTS}]  # fmt: skip


def _attributes(offer: Offer) -> Iterator[Json]:
    """Topics, audiences and rules, for those who know nothing of our extension."""
    for kind, name, keys in (("topic", "offer_topics", offer.topics), ("audience", "offer_audiences", offer.audiences)):
        for n, key in enumerate(keys):
            yield _attribute(offer, kind, key, code_list(name).label(key), n=n)
    for n, rule in enumerate(offer.rules):
        field = FIELDS.get(rule.field)
        yield _attribute(offer, "eligibility", rule.field, _(field.label) if field else rule.field, _value(rule), n)


def _attribute(offer: Offer, kind: str, key: str, name: str, value: str = "", n: int = 0) -> Json:
    code = f"{kind}:{key}"
    term = {"id": str(uuid5(_TERMS, code)), "code": code, "name": name, "description": name, "taxonomy": TAXONOMY,
            "language": "de"}  # fmt: skip
    return _told({
        "id": _id(offer.id, code, n), "link_id": str(offer.id), "link_type": kind, "link_entity": "service",
        "taxonomy_term_id": term["id"], "value": value, "taxonomy_term": term,
    })  # fmt: skip


def _value(rule: OfferRule) -> str:
    """ "at_least 6", "not is Bosnien" where the rule excludes."""
    return " ".join((*(["not"] if rule.excludes else []), rule.operator, ", ".join(rule.values))).strip()


def _ages(offer: Offer) -> tuple[int | None, int | None]:
    """The ages it is for; where only the one group of rules tells them, those."""
    ages = [rule for rule in offer.rules if rule.field in _AGES and not rule.excludes]
    if offer.youngest is not None or offer.oldest is not None or len(ages) != 1 or len(_groups(offer.rules)) > 1:
        return offer.youngest, offer.oldest
    rule = ages[0]
    numbers = [int(value) for value in rule.values if value.isdecimal()]
    if not numbers or len(numbers) != len(rule.values):
        return None, None
    return {"at_least": (numbers[0], None), "at_most": (None, numbers[0]),
            "between": (numbers[0], numbers[-1])}.get(rule.operator, (None, None))  # fmt: skip


def _groups(rules: Iterable[OfferRule]) -> set[int]:
    return {rule.group for rule in rules if not rule.excludes}


def _application(offer: Offer) -> str:
    way = code_list("offer_registrations").label(offer.registration.way)
    return ": ".join(part for part in (way, offer.registration.words) if part)


def _material() -> str:
    return code_list("offer_language_ways").label("material")


def _places(offer: Offer) -> set[UUID]:
    return {each.place for each in offer.places}


def _url(text: str) -> str:
    """The address as a URI, "" where it is none."""
    text = text.strip()
    if _WEB.fullmatch(text):
        return text
    return f"https://{text}" if _HOST.fullmatch(text) else ""


def _mail(text: str) -> str:
    return text if _MAIL.fullmatch(text) else ""


def _id(of: UUID, kind: str, n: int = 0) -> str:
    return str(uuid5(of, f"{kind}:{n}"))


def _told(object_: dict[str, Any]) -> Json:
    """Without what is not known."""
    return {key: value for key, value in object_.items() if value not in (None, "", [])}
