"""Services of HSDS 3.0 as offers, as far as the specification itself tells them: nothing of any extension.

What is written here in other words than ours (a language by its name, a schedule by its words) is taken where it is
understood and else kept as text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any, Final
from uuid import UUID, uuid5

from desk_app.documents.hsds_times import time_of
from desk_app.domain.centre import Json
from desk_app.domain.code_lists import code_list
from desk_app.domain.names import loose_form
from desk_app.domain.offers import (
    ACTIVE,
    ENDED,
    PAUSED,
    FactSource,
    FurtherId,
    Offer,
    OfferContact,
    OfferCost,
    OfferLanguage,
    OfferPaper,
    OfferPlace,
    OfferRegistration,
    OfferTime,
    Organisation,
    Venue,
)

SCHEME: Final = "hsds"
FOREIGN: Final = UUID("5f0a9d0a-0b51-5c6f-a0fd-6b7e2f0c9a41")
"""What ids of other programs that are no UUIDs become one with."""
_STATUSES: Final = {"temporarily closed": PAUSED, "defunct": ENDED, "inactive": PAUSED}
_HEAD: Final = re.compile(r"(topic|audience):(\w+)")


def offer_of(service: Json) -> Offer:
    """Raises KeyError, ValueError, TypeError or AttributeError where it is no service."""
    id_, further = _known_as(service["id"], "service")
    places = [each for each in _list(service, "service_at_locations") if _location_id(each)]
    times, words = _times(service, places)
    organisation = service.get("organization_id") or (service.get("organization") or {}).get("id")
    return Offer(
        id=id_,
        title=_text(service, "name"),
        organisation=_known_as(organisation, "organization")[0] if organisation else None,
        alternative_title=_text(service, "alternate_name"),
        text=_text(service, "description"),
        status=_STATUSES.get(_text(service, "status"), ACTIVE),
        web=_text(service, "url"),
        email=_text(service, "email"),
        cost=_cost(service),
        registration=OfferRegistration(words=_text(service, "application_process")),
        alert=_text(service, "alert"),
        places=tuple(OfferPlace(_known_as(_location_id(each), "location")[0], hint=_text(each, "description"))
                     for each in places),
        times=times,
        times_words="; ".join(words),
        contacts=tuple(_contacts(service)),
        languages=tuple(_languages(service)),
        papers=tuple(OfferPaper(_text(each, "document"), link=_text(each, "uri"))
                     for each in _list(service, "required_documents") if _text(each, "document")),
        audiences=tuple(_tagged(service, "audience", "offer_audiences")),
        topics=tuple(_tagged(service, "topic", "offer_topics")),
        youngest=_whole(service.get("minimum_age")),
        oldest=_whole(service.get("maximum_age")),
        eligibility=_text(service, "eligibility_description"),
        sources=_sources(service),
        further_ids=further,
    )  # fmt: skip


def organisation_of(found: Json) -> Organisation:
    """Raises like ``offer_of``."""
    phones = [number for each in _list(found, "phones") if (number := _text(each, "number"))]
    parent = found.get("parent_organization_id")
    name = _text(found, "name")
    note = _text(found, "description")
    return Organisation(
        _known_as(found["id"], "organization")[0], name, _text(found, "alternate_name"), _text(found, "website"),
        _text(found, "email"), ", ".join(phones), "" if note == name else note,
        _known_as(parent, "organization")[0] if parent else None,
    )  # fmt: skip


def venue_of(found: Json) -> Venue:
    """Raises like ``offer_of``."""
    address = next(iter(_list(found, "addresses")), {})
    access = next(iter(_list(found, "accessibility")), {})
    kind = _text(found, "location_type")
    street = ", ".join(filter(None, (_text(address, "address_1"), _text(address, "address_2"))))
    district = _text(address, "region")
    return Venue(
        id=_known_as(found["id"], "location")[0],
        name=_text(found, "name") or street or _text(found, "id"),
        kind=kind if code_list("offer_place_kinds").get(kind) else "",
        street=street,
        postal_code=_text(address, "postal_code"),
        city=_text(address, "city"),
        district=_key_of("districts", district) if district else "",
        latitude=_real(found.get("latitude")),
        longitude=_real(found.get("longitude")),
        stop=_text(found, "transportation"),
        accessible_words=_text(access, "details") or _text(access, "description"),
    )


def unknown_languages(service: Json) -> list[str]:
    """Languages the list of languages does not know."""
    named = [(each, _language(each)) for each in _list(service, "languages")]
    return [_text(each, "name") or _text(each, "code") for each, key in named if not key]


def _known_as(id_: Any, kind: str) -> tuple[UUID, tuple[FurtherId, ...]]:
    """The id as it is, or one made of it for ever, with what it is called there."""
    text = str(id_).strip()
    if not text:
        raise ValueError(kind)
    try:
        return UUID(text), ()
    except ValueError:
        return uuid5(FOREIGN, f"{kind}:{text}"), (FurtherId(SCHEME, text),)


def _location_id(at: Json) -> str:
    return str((at.get("location") or {}).get("id") or at.get("location_id") or "")


def _times(service: Json, places: list[Json]) -> tuple[tuple[OfferTime, ...], list[str]]:
    """The rules that are understood, and the words of the others; those of the locations where there are no own."""
    found: list[tuple[Json, UUID | None]] = [(each, None) for each in _list(service, "schedules")]
    for at in places:
        where = _known_as(_location_id(at), "location")[0] if len(places) > 1 else None
        found.extend((each, where) for each in _list(at, "schedules"))
    if not found:
        found = [(each, None) for at in places for each in _list(at.get("location") or {}, "schedules")]
    read = [(time_of(each, where), _text(each, "description") or _text(each, "notes")) for each, where in found]
    others = [words for time, words in read if not time and words]
    return tuple(dict.fromkeys(time for time, _words in read if time)), others


def _contacts(service: Json) -> Iterator[OfferContact]:
    for each in _list(service, "contacts"):
        phones = _list(each, "phones")
        cells = [_text(phone, "number") for phone in phones if _text(phone, "type") == "cell"]
        others = [_text(phone, "number") for phone in phones if _text(phone, "type") not in ("cell", "fax")]
        spoken = [key for phone in phones for language in _list(phone, "languages") if (key := _language(language))]
        yield OfferContact(
            _text(each, "name"), ", ".join(filter(None, (_text(each, "title"), _text(each, "department")))),
            ", ".join(others), ", ".join(cells), _text(each, "email"), tuple(dict.fromkeys(spoken)),
        )  # fmt: skip
    for phone in _list(service, "phones"):
        number = " ".join(filter(None, (_text(phone, "number"), _text(phone, "extension"))))
        yield OfferContact(role=_text(phone, "description"), phone=number)


def _languages(service: Json) -> Iterator[OfferLanguage]:
    material = code_list("offer_language_ways").label("material")
    for each in _list(service, "languages"):
        if key := _language(each):
            yield OfferLanguage(key, "material" if _text(each, "note") == material else "staff")


def _language(said: Json) -> str:
    """By its code (ISO 639), by its name, or ""."""
    languages = code_list("languages")
    code = _text(said, "code").lower().partition("-")[0]
    if languages.get(code):
        return code
    three = next((entry.key for entry in languages.entries if code and entry.extra.get("iso3") == code), "")
    return three or _key_of("languages", _text(said, "name"))


def _key_of(name: str, label: str) -> str:
    wanted = loose_form(label)
    known = code_list(name).entries
    return next((each.key for each in known if wanted and wanted in map(loose_form, (each.label, *each.terms))), "")


def _tagged(service: Json, kind: str, name: str) -> Iterator[str]:
    for each in _list(service, "attributes"):
        match = _HEAD.fullmatch(_text(each.get("taxonomy_term") or {}, "code"))
        if match and match[1] == kind and code_list(name).get(match[2]):
            yield match[2]


def _cost(service: Json) -> OfferCost:
    words = _text(service, "fees_description") or _text(service, "fees")
    options = [each for each in _list(service, "cost_options") if each.get("amount") not in (None, "")]
    free = code_list("offer_costs").label("free")
    if words == free or (len(options) == 1 and not float(options[0]["amount"])):
        return OfferCost("free", "" if words == free else words)
    if len(options) == 1 and _text(options[0], "currency") in ("", "EUR"):
        return OfferCost("amount", "" if words == _text(options[0], "option") else words,
                         round(float(options[0]["amount"]) * 100))  # fmt: skip
    return OfferCost("text", words) if words else OfferCost()


def _sources(service: Json) -> tuple[FactSource, ...]:
    day = _text(service, "assured_date") or _text(service, "last_modified")
    return (FactSource("", "", date.fromisoformat(day[:10])),) if day else ()


def _list(found: Json, key: str) -> list[Json]:
    value = found.get(key) or []
    if not isinstance(value, list) or not all(isinstance(each, dict) for each in value):
        raise TypeError(key)
    return value


def _text(found: Json, key: str) -> str:
    value = found.get(key)
    if value is None:
        return ""
    if isinstance(value, dict | list):
        raise TypeError(key)
    return str(value)


def _whole(value: Any) -> int | None:
    return None if value in (None, "") else int(float(value))


def _real(value: Any) -> float | None:
    return None if value in (None, "") else float(value)
