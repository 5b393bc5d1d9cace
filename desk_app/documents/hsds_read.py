"""Services of HSDS 3.0 in, from this program or any other: the page of a list, a list, or one service alone."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final, TypeVar
from uuid import UUID

from desk_app.documents import hsds, hsds_extension, hsds_plain
from desk_app.documents.hsds_extension import KEY, Views
from desk_app.domain.centre import Json
from desk_app.domain.offer_exchange import ALL_FACTS, Came, Collection, Given, LeftOut
from desk_app.domain.offers import Offer, Organisation, Venue
from desk_app.domain.plain_content import Content
from desk_app.i18n import _

T = TypeVar("T", bound=Content)

NOT_UNDERSTOOD: Final = (KeyError, ValueError, TypeError, AttributeError, OverflowError)
"""What reading an entry raises that is built otherwise than expected."""
NO_ORGANISATION: Final = "5a9c5c7e-3f5e-5e0a-8f55-6d8d6f0b7f01"
"""Who runs offers of which nobody knows that, in tables, where the specification demands somebody."""


def _key(name: str) -> Callable[[Json], Any]:
    return lambda service: service.get(name)


def _keys(*names: str) -> Callable[[Json], Any]:
    return lambda service: [service.get(name) for name in names]


def _all_schedules(service: Json) -> Any:
    return [service.get("schedules"), *(at.get("schedules") for at in service.get("service_at_locations") or [])]


def _places(service: Json) -> Any:
    return [[(at.get("location") or {}).get("id") or at.get("location_id"), at.get("description")]
            for at in service.get("service_at_locations") or []]  # fmt: skip


def _runs(service: Json) -> Any:
    return [service.get("organization_id") or (service.get("organization") or {}).get("id")]


def _tags(kind: str) -> Callable[[Json], Any]:
    return lambda service: [(each.get("taxonomy_term") or {}).get("code") for each in service.get("attributes") or []
                            if each.get("link_type") == kind]  # fmt: skip


_OF_OFFERS: Final[Views] = {
    "title": _key("name"),
    "alternative_title": _key("alternate_name"),
    "brief": _key("description"),
    "text": _key("description"),
    "status": _key("status"),
    "web": _key("url"),
    "email": _key("email"),
    "cost": _keys("fees_description", "cost_options"),
    "registration": _key("application_process"),
    "alert": _key("alert"),
    "organisation": lambda service: _runs(service),
    "places": _places,
    "times": _all_schedules,
    "contacts": _key("contacts"),
    "languages": _keys("languages", "interpretation_services"),
    "papers": _key("required_documents"),
    "topics": _tags("topic"),
    "audiences": _tags("audience"),
    "youngest": _key("minimum_age"),
    "oldest": _key("maximum_age"),
    "eligibility": _key("eligibility_description"),
    "for_whom": _key("eligibility_description"),
}  # fmt: skip
_OF_ORGANISATIONS: Final[Views] = {
    "name": _key("name"), "short": _key("alternate_name"), "web": _key("website"), "email": _key("email"),
    "phone": _key("phones"), "note": _key("description"),
}  # fmt: skip
_OF_VENUES: Final[Views] = {
    "name": _key("name"), "kind": _key("location_type"), "street": _key("addresses"), "postal_code": _key("addresses"),
    "city": _key("addresses"), "district": _key("addresses"), "latitude": _key("latitude"),
    "longitude": _key("longitude"), "stop": _key("transportation"), "accessible": _key("accessibility"),
    "accessible_words": _key("accessibility"),
}  # fmt: skip


class Reader:
    """Gathers what services tell, each record once."""

    def __init__(self) -> None:
        self.offers: list[Came] = []
        self.left_out: list[LeftOut] = []
        self.organisations: dict[UUID, Organisation] = {}
        self.venues: dict[UUID, Venue] = {}
        self._seen: set[UUID] = set()

    def read(self, found: Iterable[Any]) -> None:
        """Take in services, those that are none to ``left_out``."""
        for number, service in enumerate(found, 1):
            where = _("Angebot {n}").format(n=number)
            try:
                self._take(service, where)
            except NOT_UNDERSTOOD:
                self.left_out.append(LeftOut(_named(where, service), "strange"))

    def _take(self, service: Json, where: str) -> None:
        if service.get("organization_id") == NO_ORGANISATION:
            service = {key: each for key, each in service.items() if key not in ("organization", "organization_id")}
        organisations, venues = self._records(service)
        around = Collection((), {**self.organisations, **organisations}, {**self.venues, **venues})
        offer = _offer(service, around)
        if not offer.title.strip() or offer.id in self._seen:
            self.left_out.append(LeftOut(_named(where, service), "twice" if offer.title.strip() else "no_title"))
            return
        self._seen.add(offer.id)
        for id_, organisation in organisations.items():
            self.organisations.setdefault(id_, organisation)
        for id_, venue in venues.items():
            self.venues.setdefault(id_, venue)
        said = ALL_FACTS if KEY in service or _is_ours(service) else _said(offer)
        remarks = tuple(
            _("Die Sprache „{name}“ ist nicht bekannt und bleibt weg.").format(name=name[:60])
            for name in hsds_plain.unknown_languages(service)
        )
        self.offers.append(Came(offer, said, _named(where, service), remarks))

    def _records(self, service: Json) -> tuple[dict[UUID, Organisation], dict[UUID, Venue]]:
        ours = service.get(KEY)
        more = ours if isinstance(ours, dict) else {}
        organisations = [Organisation.from_content(each) for each in more.get("organisations", [])]
        if service.get("organization"):
            organisations.insert(0, _organisation(service["organization"]))
        at = service.get("service_at_locations") or []
        venues = [_venue(each["location"]) for each in at if each.get("location")]
        venues += [Venue.from_content(each) for each in more.get("venues", [])]
        return {each.id: each for each in organisations}, {each.id: each for each in venues}


def listed(found: Any) -> list[Any] | None:
    """The services in what a file holds; ``None`` where there are none."""
    if isinstance(found, dict):
        inner = found.get("contents")
        found = inner if isinstance(inner, list) else [found]
    services = isinstance(found, list) and all(isinstance(each, dict) for each in found)
    return found if (services and any("name" in each and "status" in each for each in found)) or found == [] else None


def _offer(service: Json, around: Collection) -> Offer:
    plain = hsds_plain.offer_of(service)

    def write(content: Json) -> Json:
        return hsds.bare_service(Given(Offer.from_content(content)), around)

    return _whole(Offer, plain, service, _OF_OFFERS, write)


def _organisation(found: Json) -> Organisation:
    plain = hsds_plain.organisation_of(found)
    return _whole(Organisation, plain, found, _OF_ORGANISATIONS,
                  lambda content: hsds.bare_organisation(Organisation.from_content(content)))  # fmt: skip


def _venue(found: Json) -> Venue:
    plain = hsds_plain.venue_of(found)
    return _whole(Venue, plain, found, _OF_VENUES, lambda content: hsds.bare_location(Venue.from_content(content)))


def _whole(kind: type[T], plain: T, there: Json, views: Views, write: Callable[[Json], Json]) -> T:
    """With what the extension adds; an extension that is of no use is passed over."""
    try:
        return kind.from_content(hsds_extension.completed(plain.to_content(), there, views, write))
    except NOT_UNDERSTOOD:
        return plain


def _is_ours(service: Mapping[str, Any]) -> bool:
    """Whether this program wrote it, though there was nothing to extend."""
    terms = [each.get("taxonomy_term") or {} for each in service.get("attributes") or []]
    return any(term.get("taxonomy") == hsds.TAXONOMY for term in terms)


def _said(offer: Offer) -> frozenset[str]:
    return frozenset(offer.to_content()) & ALL_FACTS


def _named(where: str, service: Any) -> str:
    title = service.get("name") if isinstance(service, dict) else None
    return f"{where} „{title[:80]}“" if isinstance(title, str) and title.strip() else where
