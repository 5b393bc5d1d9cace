"""Offers as an Excel list, one row each, to be changed by partners and read in again.

Every cell says one thing in words; codes are chosen from lists. A hidden column carries the whole offer, so that what
has no column (a second contact, rules of who may come) is not lost on the way; ``offers_xlsx_read`` puts both together.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import chain
from typing import BinaryIO, Final
from uuid import UUID

from desk_app.domain import offer_shown
from desk_app.domain.centre import Json
from desk_app.domain.code_lists import code_list
from desk_app.domain.dates import show_day
from desk_app.domain.lists import Column, Kind, Listing, Value
from desk_app.domain.offer_exchange import Collection
from desk_app.domain.offers import Offer, OfferContact, Organisation, Venue
from desk_app.i18n import N_, _

MARKER: Final = "trittstein offers 1"
CONTENT: Final = "content"
"""Key of the hidden column; "content_2" and so on where a cell is too small for it."""
PIECE: Final = 30_000
"""Characters of the whole offer in one cell."""
BETWEEN: Final = "; "
_SPARE_ROWS: Final = 30
"""Empty rows at the end, for new offers."""
_CENTS: Final = 100
_YES_NO: Final = {True: N_("ja"), False: N_("nein"), None: ""}

_OFFER, _WHERE, _WHEN = N_("Angebot"), N_("Wo"), N_("Wann")
_WHO, _CONTACT, _HOW = N_("Für wen"), N_("Kontakt"), N_("Anmeldung, Kosten, Plätze")
_STATE = N_("Stand")


@dataclass(frozen=True, slots=True)
class Seen:
    """An offer with the records that its row shows."""

    offer: Offer
    organisation: Organisation | None
    venues: Mapping[UUID, Venue]

    @property
    def venue(self) -> Venue | None:
        """Of the first place."""
        return self.venues.get(self.offer.places[0].place) if self.offer.places else None

    @property
    def contact(self) -> OfferContact:
        return self.offer.contacts[0] if self.offer.contacts else OfferContact()


@dataclass(frozen=True, slots=True)
class Field:
    """A column: its heading, and what it shows. ``codes`` names the list whose labels may be chosen."""

    title: str
    show: Callable[[Seen], Value]
    width: float = 16
    group: str = _OFFER
    expects: Kind = Kind.TEXT
    codes: str = ""
    yes_no: bool = False
    fixed: bool = False
    """Whether it is only there to be looked at."""


def _of_venue(name: str) -> Callable[[Seen], Value]:
    return lambda seen: getattr(seen.venue, name) if seen.venue is not None else ""


def _of_contact(name: str) -> Callable[[Seen], Value]:
    return lambda seen: str(getattr(seen.contact, name))


def _of_offer(name: str) -> Callable[[Seen], Value]:
    def show(seen: Seen) -> Value:
        value: Value = getattr(seen.offer, name)
        return value

    return show


def _coded(name: str, codes: str) -> Callable[[Seen], Value]:
    return lambda seen: code_list(codes).label(str(getattr(seen.offer, name)))


def _labels(name: str, codes: str) -> Callable[[Seen], Value]:
    return lambda seen: BETWEEN.join(map(code_list(codes).label, getattr(seen.offer, name)))


def _spoken(how: str) -> Callable[[Seen], Value]:
    return lambda seen: BETWEEN.join(
        code_list("languages").label(each.language) for each in seen.offer.languages if each.how == how
    )


def _others(texts: Callable[[Seen], list[str]]) -> Callable[[Seen], Value]:
    return lambda seen: BETWEEN.join(texts(seen)[1:])


FIELDS: Final[Mapping[str, Field]] = {
    "title": Field(N_("Titel"), _of_offer("title"), 30),
    "alternative_title": Field(N_("Anderer Titel"), _of_offer("alternative_title"), 20),
    "organisation": Field(N_("Träger"), lambda seen: seen.organisation.name if seen.organisation else "", 24),
    "status": Field(N_("Stand"), _coded("status", "offer_statuses"), 11, codes="offer_statuses"),
    "brief": Field(N_("In einem Satz"), _of_offer("brief"), 34),
    "text": Field(N_("Beschreibung"), _of_offer("text"), 44),
    "topics": Field(N_("Themen"), _labels("topics", "offer_topics"), 20),
    "goal": Field(N_("Ziel"), _of_offer("goal"), 18),
    "kind": Field(N_("Einzeln oder Gruppe"), _coded("kind", "offer_kinds"), 13, codes="offer_kinds"),
    "mode": Field(N_("Vor Ort oder online"), _coded("mode", "offer_modes"), 15, codes="offer_modes"),
    "audiences": Field(N_("Zielgruppe"), _labels("audiences", "offer_audiences"), 20, _WHO),
    "for_whom": Field(N_("Für wen"), _of_offer("for_whom"), 26, _WHO),
    "eligibility": Field(N_("Wer teilnehmen kann"), _of_offer("eligibility"), 30, _WHO),
    "youngest": Field(N_("Alter von"), _of_offer("youngest"), 9, _WHO, Kind.NUMBER),
    "oldest": Field(N_("Alter bis"), _of_offer("oldest"), 9, _WHO, Kind.NUMBER),
    "languages": Field(N_("Sprachen dort"), _spoken("staff"), 18, _WHO),
    "interpreted": Field(N_("Dolmetschen möglich"), _spoken("interpreter"), 18, _WHO),
    "material": Field(N_("Material in"), _spoken("material"), 16, _WHO),
    "child_care": Field(N_("Kinder-\nbetreuung"), lambda seen: _(_YES_NO[seen.offer.child_care]), 12, _WHO,
                        yes_no=True),
    "child_care_words": Field(N_("Kinderbetreuung, Näheres"), _of_offer("child_care_words"), 20, _WHO),
    "place": Field(N_("Ort"), _of_venue("name"), 24, _WHERE),
    "street": Field(N_("Straße und Nr."), _of_venue("street"), 22, _WHERE),
    "postal_code": Field(N_("PLZ"), _of_venue("postal_code"), 8, _WHERE),
    "city": Field(N_("Stadt"), _of_venue("city"), 18, _WHERE),
    "room": Field(N_("Raum"), lambda seen: seen.offer.places[0].room if seen.offer.places else "", 12, _WHERE),
    "other_places": Field(
        N_("Weitere Orte"), _others(lambda seen: [seen.venues[each.place].name for each in seen.offer.places
                                                  if each.place in seen.venues]), 20, _WHERE, fixed=True),
    "times": Field(N_("Zeiten"), lambda seen: BETWEEN.join(map(offer_shown.time_words, seen.offer.times)), 26, _WHEN),
    "times_words": Field(N_("Zeiten in Worten"), _of_offer("times_words"), 24, _WHEN),
    "valid_from": Field(N_("Von"), _of_offer("valid_from"), 11, _WHEN, Kind.DATE),
    "valid_to": Field(N_("Bis"), _of_offer("valid_to"), 11, _WHEN, Kind.DATE),
    "contact": Field(N_("Ansprechperson"), _of_contact("name"), 20, _CONTACT),
    "role": Field(N_("Aufgabe"), _of_contact("role"), 16, _CONTACT),
    "phone": Field(N_("Telefon"), _of_contact("phone"), 16, _CONTACT),
    "mobile": Field(N_("Mobil"), _of_contact("mobile"), 16, _CONTACT),
    "contact_email": Field(N_("E-Mail der Person"), _of_contact("email"), 24, _CONTACT),
    "other_contacts": Field(
        N_("Weitere Kontakte"), _others(lambda seen: [*map(offer_shown.contact_words, seen.offer.contacts)]), 24,
        _CONTACT, fixed=True),
    "email": Field(N_("E-Mail"), _of_offer("email"), 24, _CONTACT),
    "web": Field(N_("Internet"), _of_offer("web"), 24, _CONTACT),
    "registration": Field(
        N_("Anmeldung"), lambda seen: code_list("offer_registrations").label(seen.offer.registration.way), 18, _HOW,
        codes="offer_registrations"),
    "registration_words": Field(N_("Anmeldung, Näheres"), lambda seen: seen.offer.registration.words, 26, _HOW),
    "papers": Field(
        N_("Mitzubringen"), lambda seen: BETWEEN.join(
            _("{paper} (nicht zwingend)").format(paper=each.text) if each.required is False else each.text
            for each in seen.offer.papers), 26, _HOW),
    "cost": Field(N_("Kosten"), lambda seen: code_list("offer_costs").label(seen.offer.cost.kind), 14, _HOW,
                  codes="offer_costs"),
    "amount": Field(N_("Betrag in €"), lambda seen: None if seen.offer.cost.cents is None
                    else seen.offer.cost.cents / _CENTS, 10, _HOW, Kind.NUMBER),
    "cost_words": Field(N_("Kosten in Worten"), lambda seen: seen.offer.cost.words, 22, _HOW),
    "total": Field(N_("Plätze"), lambda seen: seen.offer.capacity.total, 8, _HOW, Kind.NUMBER),
    "free": Field(N_("Davon frei"), lambda seen: seen.offer.capacity.free, 8, _HOW, Kind.NUMBER),
    "waiting_list": Field(N_("Warteliste"), lambda seen: _(_YES_NO[seen.offer.capacity.waiting_list]), 11, _HOW,
                          yes_no=True),
    "capacity_as_of": Field(N_("Plätze, Stand"), lambda seen: seen.offer.capacity.as_of, 11, _HOW, Kind.DATE),
    "alert": Field(N_("Hinweis zurzeit"), _of_offer("alert"), 26, _STATE),
    "alert_until": Field(N_("Hinweis bis"), _of_offer("alert_until"), 11, _STATE, Kind.DATE),
}  # fmt: skip
"""The columns that can be read back, by their keys."""


def write(collection: Collection, target: BinaryIO, today: date) -> tuple[str, ...]:
    """Write the list; a German note for each text that could not be written as it is."""
    from desk_app.documents import xlsx  # reading a list back does not need it

    rows = [_row(seen) for seen in _seen(collection)]
    pieces = max((sum(key.startswith(CONTENT) for key in row) for row in rows), default=1)
    spare: list[dict[str, Value]] = [{"id": "", "name": "", **dict.fromkeys(FIELDS, "")} for _n in range(_SPARE_ROWS)]
    names = [CONTENT, *(f"{CONTENT}_{n}" for n in range(2, pieces + 1))]
    listing = Listing(
        title=_("Angebote"),
        columns=(
            Column("name", N_("Angebot"), Kind.STRONG, 26),
            *(_column(key, field) for key, field in FIELDS.items()),
            Column("id", N_("Kennung"), Kind.CODE, 38, group=_STATE),
            *(Column(name, N_("Ganzes Angebot, nur für das Programm"), Kind.CODE, 10, hidden=True) for name in names),
        ),
        rows=[{**dict.fromkeys(names, ""), **row} for row in (*rows, *spare)],
        context=(
            _("Stand {day} · {n} Angebote").format(day=show_day(today), n=len(rows)),
            _("Ändern Sie, was nicht mehr stimmt. Neue Angebote kommen in die leeren Zeilen am Ende, ohne Kennung. "
              "Mehreres in einer Zelle mit Semikolon trennen."),
        ),
        file_stem=f"Angebote_{today.isoformat()}",
    )  # fmt: skip
    return xlsx.write(listing, target, answers=True, marker=MARKER)


def values(seen: Seen) -> dict[str, Value]:
    """What the columns say of an offer."""
    return {key: field.show(seen) for key, field in FIELDS.items()}


def _column(key: str, field: Field) -> Column:
    choices = tuple(code.label for code in code_list(field.codes).entries) if field.codes else ()
    if field.yes_no:
        choices = (_("ja"), _("nein"))
    return Column(
        key, field.title, Kind.TEXT if field.fixed else Kind.ANSWER, field.width, group=field.group,
        expects=field.expects, choices=choices, filled=True,
    )  # fmt: skip


def _seen(collection: Collection) -> Iterator[Seen]:
    for given in collection.offers:
        runs = given.offer.organisation
        yield Seen(given.offer, collection.organisations.get(runs) if runs else None, collection.venues)


def _row(seen: Seen) -> dict[str, Value]:
    return {"id": str(seen.offer.id), "name": seen.offer.title, **values(seen), **_whole(seen)}


def _whole(seen: Seen) -> dict[str, Value]:
    """The offer and its records as JSON, in as many cells as it takes."""
    offer = seen.offer
    hours = chain.from_iterable(contact.hours for contact in offer.contacts)
    named = (*(each.place for each in offer.places), offer.registration.place,
             *(time.place for time in (*offer.times, *hours)))  # fmt: skip
    venues = [seen.venues[id_].to_content() for id_ in dict.fromkeys(named) if id_ is not None and id_ in seen.venues]
    content: Json = {"offer": offer.to_content(), "venues": venues}
    if seen.organisation is not None:
        content["organisation"] = seen.organisation.to_content()
    text = json.dumps(content, separators=(",", ":"))
    pieces: dict[str, Value] = {}
    while text:
        end = PIECE
        while end < len(text) and " " in text[end - 1 : end + 1]:  # cells lose blanks at their ends
            end -= 1
        pieces[CONTENT if not pieces else f"{CONTENT}_{len(pieces) + 1}"] = text[:end]
        text = text[end:]
    return pieces
