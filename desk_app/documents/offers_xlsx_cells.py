"""What somebody typed into the cells of a list of offers, taken over into the offer of that row.

What is not understood is not lost: it stays as it was, or goes to where text may stand, and a remark tells of it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Final
from uuid import UUID, uuid5

from desk_app.domain.code_lists import CodeList, code_list
from desk_app.domain.dates import parse_day
from desk_app.domain.names import loose_form
from desk_app.domain.offers import (
    Offer,
    OfferContact,
    OfferCost,
    OfferLanguage,
    OfferPaper,
    OfferPlace,
    OfferTime,
    Organisation,
    Venue,
)
from desk_app.domain.opening_reading import parse_rules
from desk_app.i18n import N_, _

_ALL: Final = UUID("0b9c2a4d-1f6e-5b7a-9d3c-7e8f6a5b4c30")
_PARTS: Final = re.compile(r"[;\n]")
_NUMBER: Final = re.compile(r"(\d{1,9})(?:[.,](\d{1,2}))?\s*(?:€|EUR)?", re.IGNORECASE)


@dataclass
class Draft:
    """The offer of a row while its cells are read."""

    offer: Offer
    organisation: Organisation | None
    venues: dict[UUID, Venue]
    today: date
    remarks: list[str] = field(default_factory=list)

    def put(self, **values: Any) -> None:
        self.offer = replace(self.offer, **values)

    def remark(self, heading: str, text: str) -> None:
        words = _("{column}: „{text}“ ist nicht zu verstehen und bleibt weg.")
        self.remarks.append(words.format(column=_(heading), text=text[:60]))


Parse = Callable[[Draft, str], None]


def _text(name: str) -> Parse:
    return lambda draft, text: draft.put(**{name: text})


def _code(name: str, codes: str, heading: str, default: str = "") -> Parse:
    def parse(draft: Draft, text: str) -> None:
        key = _key(code_list(codes), text) if text else default
        if key is None:
            draft.remark(heading, text)
        else:
            draft.put(**{name: key})

    return parse


def _codes(name: str, codes: str, heading: str) -> Parse:
    return lambda draft, text: draft.put(**{name: tuple(_keys(draft, codes, heading, text))})


def _languages(how: str, heading: str) -> Parse:
    def parse(draft: Draft, text: str) -> None:
        others = [each for each in draft.offer.languages if each.how != how]
        found = [OfferLanguage(key, how) for key in _keys(draft, "languages", heading, text)]
        draft.put(languages=(*found, *others) if how == "staff" else (*others, *found))

    return parse


def _number(name: str, heading: str) -> Parse:
    def parse(draft: Draft, text: str) -> None:
        if not text or text.isdecimal():
            draft.put(**{name: int(text) if text else None})
        else:
            draft.remark(heading, text)

    return parse


def _day(name: str, heading: str) -> Parse:
    def parse(draft: Draft, text: str) -> None:
        try:
            draft.put(**{name: parse_day(text, draft.today) if text else None})
        except ValueError:
            draft.remark(heading, text)

    return parse


def _inside(name: str, part: str) -> Parse:
    """For a text of the record in the field ``name``."""
    return lambda draft, text: draft.put(**{name: replace(getattr(draft.offer, name), **{part: text})})


def _contact(part: str) -> Parse:
    def parse(draft: Draft, text: str) -> None:
        first, *others = draft.offer.contacts or (OfferContact(),)
        value: Any = text
        changed = replace(first, **{part: value})
        draft.put(contacts=(*([changed] if changed != OfferContact() else []), *others))

    return parse


def _organisation(draft: Draft, text: str) -> None:
    """Another name is another organisation; the desk finds it among those it knows."""
    draft.organisation = Organisation(uuid5(_ALL, f"organisation:{loose_form(text)}"), text) if text else None
    draft.put(organisation=draft.organisation.id if draft.organisation else None)


def _place(draft: Draft, text: str) -> None:
    """Another name is another venue, whose address the next cells tell."""
    first, *others = draft.offer.places or (None,)
    if not text:
        draft.put(places=tuple(others))
        return
    venue = Venue(uuid5(_ALL, f"venue:{loose_form(text)}"), text)
    if first is not None and (before := draft.venues.get(first.place)) is not None:
        venue = replace(before, id=venue.id, name=text, latitude=None, longitude=None)
    draft.venues[venue.id] = venue
    draft.put(places=(replace(first, place=venue.id) if first is not None else OfferPlace(venue.id), *others))


def _address(part: str) -> Parse:
    def parse(draft: Draft, text: str) -> None:
        if not draft.offer.places and text:
            _place(draft, text)
        if draft.offer.places:
            id_ = draft.offer.places[0].place
            if id_ in draft.venues:
                value: Any = text
                draft.venues[id_] = replace(draft.venues[id_], **{part: value})

    return parse


def _room(draft: Draft, text: str) -> None:
    if draft.offer.places:
        first, *others = draft.offer.places
        draft.put(places=(replace(first, room=text), *others))


def _times(draft: Draft, text: str) -> None:
    """Hours that are not understood stand as words, where people can read them."""
    try:
        rules = parse_rules(text, draft.today)
    except ValueError:
        said = "; ".join(part for part in (draft.offer.times_words, text) if part)
        draft.put(times=(), times_words=said)
        draft.remarks.append(_("Zeiten: „{text}“ ist nicht zu verstehen und steht bei den Zeiten in Worten.").format(
            text=text[:60]))  # fmt: skip
        return
    draft.put(times=tuple(
        OfferTime(rule.weekdays, rule.opens, rule.closes, rule.every_weeks, rule.week_of_month, rule.valid_from,
                  rule.valid_to, school_holidays=rule.school_holidays or "") for rule in rules
    ))  # fmt: skip


def _papers(draft: Draft, text: str) -> None:
    known = {paper.text: paper for paper in draft.offer.papers}
    optional = _("{paper} (nicht zwingend)").format(paper="")
    found = []
    for part in _parts(text):
        bare = part.removesuffix(optional.strip()).strip()
        paper = known.get(bare, OfferPaper(bare))
        is_optional = bare != part
        if is_optional or paper.required is False:
            paper = replace(paper, required=False if is_optional else None)
        found.append(paper)
    draft.put(papers=tuple(found))


def _child_care(draft: Draft, text: str) -> None:
    draft.put(child_care=_yes_no(draft, N_("Kinderbetreuung"), text, draft.offer.child_care))


def _waiting_list(draft: Draft, text: str) -> None:
    capacity = draft.offer.capacity
    known = _yes_no(draft, N_("Warteliste"), text, capacity.waiting_list)
    draft.put(capacity=replace(capacity, waiting_list=known))


def _capacity(part: str, heading: str) -> Parse:
    def parse(draft: Draft, text: str) -> None:
        if not text or text.isdecimal():
            value: Any = int(text) if text else None
            draft.put(capacity=replace(draft.offer.capacity, **{part: value}))
        else:
            draft.remark(heading, text)

    return parse


def _capacity_day(draft: Draft, text: str) -> None:
    try:
        day = parse_day(text, draft.today) if text else None
    except ValueError:
        draft.remark(N_("Plätze, Stand"), text)
    else:
        draft.put(capacity=replace(draft.offer.capacity, as_of=day))


def _registration(draft: Draft, text: str) -> None:
    key = _key(code_list("offer_registrations"), text) if text else ""
    if key is None:
        draft.remark(N_("Anmeldung"), text)
    else:
        draft.put(registration=replace(draft.offer.registration, way=key))


def _cost(draft: Draft, text: str) -> None:
    key = _key(code_list("offer_costs"), text) if text else ""
    if key is None:
        draft.put(cost=replace(draft.offer.cost, kind="text", words=text))
    else:
        draft.put(cost=replace(draft.offer.cost, kind=key))


def _amount(draft: Draft, text: str) -> None:
    match = _NUMBER.fullmatch(text)
    if match:
        cents = int(match[1]) * 100 + int((match[2] or "0").ljust(2, "0"))
        cost = draft.offer.cost
        draft.put(cost=OfferCost(cost.kind or "amount", cost.words, cents, more=cost.more))
    elif text:
        draft.remark(N_("Betrag in €"), text)
    else:
        draft.put(cost=replace(draft.offer.cost, cents=None))


def _yes_no(draft: Draft, heading: str, text: str, before: bool | None) -> bool | None:
    known = {"": None, "ja": True, "j": True, "x": True, "nein": False, "n": False}
    if loose_form(text) not in known:
        draft.remark(heading, text)
        return before
    return known[loose_form(text)]


def _keys(draft: Draft, codes: str, heading: str, text: str) -> list[str]:
    found = []
    for part in _labels(code_list(codes), text):
        key = _key(code_list(codes), part)
        if key is None:
            draft.remark(heading, part)
        else:
            found.append(key)
    return list(dict.fromkeys(found))


def _labels(codes: CodeList, text: str) -> list[str]:
    """Parted by semicolons; by commas where that is no label itself."""
    found: list[str] = []
    for part in _parts(text):
        found.extend([part] if _key(codes, part) is not None else filter(None, map(str.strip, part.split(","))))
    return found


def _parts(text: str) -> list[str]:
    return [part.strip() for part in _PARTS.split(text) if part.strip()]


def _key(codes: CodeList, text: str) -> str | None:
    """The key a label, another word for it or the key itself stands for."""
    wanted = loose_form(text)
    exact = next((code.key for code in codes.entries if loose_form(code.label) == wanted), None)
    return exact or next(
        (code.key for code in codes.entries if wanted in (loose_form(code.key), *map(loose_form, code.terms))), None
    )


PARSE: Final[Mapping[str, Parse]] = {
    "title": _text("title"),
    "alternative_title": _text("alternative_title"),
    "organisation": _organisation,
    "status": _code("status", "offer_statuses", N_("Stand"), "active"),
    "brief": _text("brief"),
    "text": _text("text"),
    "topics": _codes("topics", "offer_topics", N_("Themen")),
    "goal": _text("goal"),
    "kind": _code("kind", "offer_kinds", N_("Einzeln oder Gruppe")),
    "mode": _code("mode", "offer_modes", N_("Vor Ort oder online")),
    "audiences": _codes("audiences", "offer_audiences", N_("Zielgruppe")),
    "for_whom": _text("for_whom"),
    "eligibility": _text("eligibility"),
    "youngest": _number("youngest", N_("Alter von")),
    "oldest": _number("oldest", N_("Alter bis")),
    "languages": _languages("staff", N_("Sprachen dort")),
    "interpreted": _languages("interpreter", N_("Dolmetschen möglich")),
    "material": _languages("material", N_("Material in")),
    "child_care": _child_care,
    "child_care_words": _text("child_care_words"),
    "place": _place,
    "street": _address("street"),
    "postal_code": _address("postal_code"),
    "city": _address("city"),
    "room": _room,
    "times_words": _text("times_words"),
    "times": _times,
    "valid_from": _day("valid_from", N_("Von")),
    "valid_to": _day("valid_to", N_("Bis")),
    "contact": _contact("name"),
    "role": _contact("role"),
    "phone": _contact("phone"),
    "mobile": _contact("mobile"),
    "contact_email": _contact("email"),
    "email": _text("email"),
    "web": _text("web"),
    "registration": _registration,
    "registration_words": _inside("registration", "words"),
    "papers": _papers,
    "cost": _cost,
    "amount": _amount,
    "cost_words": _inside("cost", "words"),
    "total": _capacity("total", N_("Plätze")),
    "free": _capacity("free", N_("Davon frei")),
    "waiting_list": _waiting_list,
    "capacity_as_of": _capacity_day,
    "alert": _text("alert"),
    "alert_until": _day("alert_until", N_("Hinweis bis")),
}
"""What each column that may be changed does, in the order in which they are taken."""
