"""An offer as its form shows it, one value for each field, and back again. Nothing in it is required."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any, Final
from uuid import UUID

from desk_app.domain.offers import (
    BRIEF_LENGTH,
    FactSource,
    Offer,
    OfferCapacity,
    OfferCost,
    OfferLanguage,
    OfferPaper,
    OfferPlace,
    OfferRegistration,
)
from desk_app.i18n import N_, _

Values = Mapping[str, Any]

TEXTS: Final = (
    "title", "alternative_title", "brief", "text", "for_whom", "eligibility", "goal", "kind", "mode", "web", "email",
    "times_words", "child_care_words", "alert",
)  # fmt: skip
PLAIN: Final = (
    "youngest", "oldest", "child_care", "valid_from", "valid_to", "alert_until", "follow_up_days", "times", "contacts",
    "rules", "exceptions",
)  # fmt: skip
_ROWS: Final = ("times", "contacts", "rules", "exceptions")
_WAYS: Final = ("staff", "interpreter", "material")
_CENTS: Final = 100

FIELD_OF: Final[Mapping[str, str]] = {
    "places": "places", "contacts": "contacts", "times": "times", "languages": "languages_staff", "cost": "cost_kind",
    "registration": "registration_way", "capacity": "capacity_total", "valid_from": "valid_from",
}  # fmt: skip
"""The form's field to begin with for a field of ``Offer``, where it is not called the same."""

UNTITLED: Final = N_("Ohne Titel")


def values_of(offer: Offer) -> dict[str, Any]:
    """What the form shows; ``None`` where nothing is known."""
    values: dict[str, Any] = {name: getattr(offer, name) or None for name in TEXTS}
    values.update({name: getattr(offer, name) for name in PLAIN})
    values.update(
        organisation=str(offer.organisation) if offer.organisation else None,
        topics=offer.topics or None,
        audiences=offer.audiences or None,
        places=tuple(str(each.place) for each in offer.places) or None,
        room=next((each.room for each in offer.places if each.room), None),
        cost_kind=offer.cost.kind or None,
        cost_words=offer.cost.words or None,
        cost_amount=None if offer.cost.cents is None else offer.cost.cents / _CENTS,
        registration_way=offer.registration.way or None,
        registration_words=offer.registration.words or None,
        registration_place=str(offer.registration.place) if offer.registration.place else None,
        papers="\n".join(paper.text for paper in offer.papers) or None,
        capacity_total=offer.capacity.total,
        capacity_free=offer.capacity.free,
        waiting_list=offer.capacity.waiting_list,
    )
    for way in _WAYS:
        spoken = tuple(each.language for each in offer.languages if each.how == way)
        values[f"languages_{way}"] = spoken or None
    return values


def offer_of(offer: Offer, values: Values, today: date, source: str = "") -> Offer:
    """The offer with the values of its form. What the form does not show stays; a new fact is of ``source``, today."""
    plain: dict[str, Any] = {name: (values.get(name) or "") for name in TEXTS}
    plain["title"] = plain["title"].strip() or _(UNTITLED)
    plain["brief"] = plain["brief"][:BRIEF_LENGTH]
    known: dict[str, Any] = {name: values.get(name) for name in PLAIN if name not in _ROWS}
    changed = replace(
        offer,
        **plain,
        **known,
        times=tuple(values.get("times") or ()),
        contacts=tuple(values.get("contacts") or ()),
        rules=tuple(values.get("rules") or ()),
        exceptions=tuple(values.get("exceptions") or ()),
        organisation=UUID(values["organisation"]) if values.get("organisation") else None,
        topics=tuple(values.get("topics") or ()),
        audiences=tuple(values.get("audiences") or ()),
        places=_places(offer, values),
        cost=_cost(values),
        registration=_registration(offer, values),
        languages=tuple(
            OfferLanguage(key, way) for way in _WAYS for key in values.get(f"languages_{way}") or ()
        ),
        papers=_papers(offer, values),
        capacity=_capacity(offer, values, today),
    )  # fmt: skip
    return _with_source(offer, changed, source.strip(), today)


def _places(offer: Offer, values: Values) -> tuple[OfferPlace, ...]:
    known = {str(each.place): each for each in offer.places}
    chosen = [known.get(key) or OfferPlace(UUID(key)) for key in values.get("places") or ()]
    room = values.get("room") or ""
    if chosen and room != next((each.room for each in chosen if each.room), ""):
        chosen[0] = replace(chosen[0], room=room)
    return tuple(chosen)


def _cost(values: Values) -> OfferCost:
    """An amount and words say by themselves what kind of cost it is."""
    amount, words = values.get("cost_amount"), values.get("cost_words") or ""
    cents = None if amount is None else round(float(amount) * _CENTS)
    kind = values.get("cost_kind") or ("amount" if cents is not None else "text" if words else "")
    return OfferCost(kind, words, cents if kind == "amount" else None)


def _registration(offer: Offer, values: Values) -> OfferRegistration:
    place = values.get("registration_place")
    return replace(
        offer.registration, way=values.get("registration_way") or "", words=values.get("registration_words") or "",
        place=UUID(place) if place else None,
    )  # fmt: skip


def _papers(offer: Offer, values: Values) -> tuple[OfferPaper, ...]:
    known = {paper.text: paper for paper in offer.papers}
    lines = [line.strip() for line in (values.get("papers") or "").splitlines()]
    return tuple(known.get(line) or OfferPaper(line) for line in lines if line)


def _capacity(offer: Offer, values: Values, today: date) -> OfferCapacity:
    before = offer.capacity
    after = replace(
        before, total=values.get("capacity_total"), free=values.get("capacity_free"),
        waiting_list=values.get("waiting_list"),
    )  # fmt: skip
    return replace(after, as_of=today) if after != before else after


def _with_source(before: Offer, after: Offer, source: str, today: date) -> Offer:
    if not source:
        return after
    names = [name for name in Offer.__dataclass_fields__ if name not in ("id", "sources", "status", "more")]
    changed = [name for name in names if getattr(before, name) != getattr(after, name)]
    kept = [each for each in after.sources if each.field not in changed]
    return replace(after, sources=(*kept, *(FactSource(name, source, today) for name in changed)))


def read_whole(words: str) -> int:
    """A whole number from 0. Raises ValueError with a German reason."""
    if not words.strip().isdecimal() or len(words.strip()) > 5:
        raise ValueError(_("Hier steht eine ganze Zahl, zum Beispiel 12"))
    return int(words)


def read_euros(words: str) -> float:
    """An amount in euros. Raises ValueError with a German reason."""
    plain = words.replace("€", "").replace(" ", "").replace(",", ".")
    try:
        amount = round(float(plain), 2)
    except ValueError:
        raise ValueError(_("Ein Betrag, zum Beispiel 5 oder 2,50")) from None
    if not 0 <= amount < 100_000:
        raise ValueError(_("Ein Betrag, zum Beispiel 5 oder 2,50"))
    return amount


def show_euros(amount: float) -> str:
    return f"{amount:.2f}".replace(".", ",")
