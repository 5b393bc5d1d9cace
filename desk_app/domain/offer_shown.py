"""An offer fact by fact in words: what its page, its history and the preview of an import show of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from desk_app.domain.code_lists import code_list
from desk_app.domain.dates import show_day
from desk_app.domain.offers import (
    Offer,
    OfferCapacity,
    OfferContact,
    OfferCost,
    OfferException,
    OfferPaper,
    OfferTime,
)
from desk_app.domain.opening_hours import DAY, When
from desk_app.domain.opening_words import describe, show_minute, weekday_words
from desk_app.i18n import N_, _

Names = Mapping[UUID, str]
"""Organisations and venues by their ids."""

_CENTS: Final = 100


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact: the field of ``Offer`` it stands in, what it is called, and how it reads; "" where it is not known."""

    key: str
    field: str
    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Change:
    """One fact that differs between two states of an offer."""

    key: str
    field: str
    label: str
    before: str
    after: str


def facts(offer: Offer, names: Names) -> tuple[Fact, ...]:
    """Every fact of an offer in the order of its page, those not known as well."""
    return tuple(Fact(key, field, _(label), read(offer, names)) for key, field, label, read in _FACTS)


def changes(before: Offer, after: Offer, names: Names) -> tuple[Change, ...]:
    """What differs, fact by fact."""
    return tuple(
        Change(now.key, now.field, now.label, then.text, now.text)
        for then, now in zip(facts(before, names), facts(after, names), strict=True)
        if then.text != now.text
    )


def words(found: Iterable[Change]) -> str:
    """ "Telefon, Zeiten geändert"; "" for none."""
    labels = ", ".join(dict.fromkeys(change.label for change in found))
    return _("{facts} geändert").format(facts=labels) if labels else ""


def time_words(time: OfferTime) -> str:
    """ "Di, Do 14:00–16:00, nicht in den Schulferien"; days alone where the hours are not known."""
    if time.opens is None or time.closes is None:
        hours = weekday_words(time.weekdays)
        if time.opens is not None:
            hours = _("{days} ab {time}").format(days=hours, time=show_minute(time.opens))
    else:
        hours = describe(When(
            time.weekdays, time.opens, time.closes, time.valid_from, time.valid_to, time.every_weeks,
            time.week_of_month, time.school_holidays or None,
        ))  # fmt: skip
    alone = _("nur nach Vereinbarung") if time.appointment_only else ""
    return _joined(hours, alone, "" if time.words in alone else time.words)


def contact_words(contact: OfferContact) -> str:
    """ "Frau Ilgin, Lehrkraft, 0208 000-1"."""
    return _joined(contact.name, contact.role, contact.phone, contact.mobile, contact.email, contact.words)


def cost_words(cost: OfferCost) -> str:
    """ "kostenfrei", "5,00 €", "nach Einkommen"."""
    if cost.kind == "amount" and cost.cents is not None:
        amount = f"{cost.cents // _CENTS},{cost.cents % _CENTS:02d} €"
        return _joined(amount, cost.words)
    return _joined(_label("offer_costs", cost.kind) if cost.kind != "text" else "", cost.words)


def capacity_words(capacity: OfferCapacity) -> str:
    """ "3 von 12 frei, Warteliste (5), Stand 26.11.2026"."""
    free, total = capacity.free, capacity.total
    places = ""
    if free is not None:
        places = _("{free} von {total} frei") if total is not None else _("{free} frei")
    elif total is not None:
        places = _("{total} Plätze")
    waiting = ""
    if capacity.waiting_list:
        waiting = _("Warteliste") if capacity.waiting is None else _("Warteliste ({n})").format(n=capacity.waiting)
    elif capacity.waiting_list is False:
        waiting = _("keine Warteliste")
    as_of = _("Stand {day}").format(day=show_day(capacity.as_of)) if capacity.as_of else ""
    told = _joined(places.format(free=free, total=total), capacity.unit if places else "", waiting)
    return _joined(told, as_of) if told else ""


def _exception_words(each: OfferException) -> str:
    last = each.last or each.first
    days = show_day(each.first) if last == each.first else f"{show_day(each.first)}–{show_day(last)}"
    if each.opens is None and each.closes is None:
        hours = _("geschlossen")
    else:
        hours = f"{show_minute(each.opens or 0)}–{show_minute(DAY if each.closes is None else each.closes)}"
    return _joined(f"{days}: {hours}", each.words)


def _paper_words(paper: OfferPaper) -> str:
    return _("{paper} (nicht zwingend)").format(paper=paper.text) if paper.required is False else paper.text


def _registration(offer: Offer, names: Names) -> str:
    told = offer.registration
    where = names.get(told.place, "") if told.place else ""
    return _joined(_label("offer_registrations", told.way), told.words, _("bei: {place}").format(place=where)
                   if where else "")  # fmt: skip


def _yes_no(known: bool | None, more: str) -> str:
    return _joined({True: _("ja"), False: _("nein"), None: ""}[known], more)


def _span(offer: Offer, _names: Names) -> str:
    first, last = offer.valid_from, offer.valid_to
    return _joined(
        _("ab {day}").format(day=show_day(first)) if first else "",
        _("bis {day}").format(day=show_day(last)) if last else "",
    )


def _ages(offer: Offer, _names: Names) -> str:
    youngest, oldest = offer.youngest, offer.oldest
    if youngest is not None and oldest is not None:
        return _("{youngest} bis {oldest} Jahre").format(youngest=youngest, oldest=oldest)
    if youngest is not None:
        return _("ab {n} Jahren").format(n=youngest)
    return _("bis {n} Jahre").format(n=oldest) if oldest is not None else ""


def _rules(offer: Offer, _names: Names) -> str:
    """Rules as they are kept: only to tell one state from another, the page says them through ``eligibility``."""
    return "; ".join(
        f"{rule.group}{'!' if rule.excludes else ''} {rule.field} {rule.operator} {' '.join(rule.values)}".rstrip()
        for rule in offer.rules
    )


def _languages(offer: Offer, _names: Names) -> str:
    return "; ".join(
        f"{_label('languages', each.language)} ({_label('offer_language_ways', each.how)})" for each in offer.languages
    )


def _places(offer: Offer, names: Names) -> str:
    return "; ".join(_joined(names.get(each.place, _("Ort")), each.room, each.hint) for each in offer.places)


def _alert(offer: Offer, _names: Names) -> str:
    until = _("bis {day}").format(day=show_day(offer.alert_until)) if offer.alert_until else ""
    return _joined(offer.alert, until) if offer.alert else ""


def _label(name: str, key: str) -> str:
    return code_list(name).label(key)


def _labels(name: str, keys: Iterable[str]) -> str:
    return ", ".join(_label(name, key) for key in keys)


def _joined(*parts: str) -> str:
    return ", ".join(part for part in parts if part)


def _each(texts: Iterable[str]) -> str:
    return "; ".join(dict.fromkeys(text for text in texts if text))


_FACTS: Final[tuple[tuple[str, str, str, Callable[[Offer, Names], str]], ...]] = (
    ("title", "title", N_("Titel"), lambda offer, _n: offer.title),
    ("alternative_title", "alternative_title", N_("Anderer Titel"), lambda offer, _n: offer.alternative_title),
    ("organisation", "organisation", N_("Träger"),
     lambda offer, names: names.get(offer.organisation, "") if offer.organisation else ""),
    ("status", "status", N_("Stand"), lambda offer, _n: _label("offer_statuses", offer.status)),
    ("brief", "brief", N_("In einem Satz"), lambda offer, _n: offer.brief),
    ("text", "text", N_("Beschreibung"), lambda offer, _n: offer.text),
    ("topics", "topics", N_("Thema"), lambda offer, _n: _labels("offer_topics", offer.topics)),
    ("audiences", "audiences", N_("Zielgruppe"), lambda offer, _n: _labels("offer_audiences", offer.audiences)),
    ("for_whom", "for_whom", N_("Für wen"), lambda offer, _n: offer.for_whom),
    ("eligibility", "eligibility", N_("Wer teilnehmen kann"), lambda offer, _n: offer.eligibility),
    ("ages", "youngest", N_("Alter"), _ages),
    ("rules", "rules", N_("Regeln"), _rules),
    ("goal", "goal", N_("Ziel"), lambda offer, _n: offer.goal),
    ("kind", "kind", N_("Einzeln oder Gruppe"), lambda offer, _n: _label("offer_kinds", offer.kind)),
    ("mode", "mode", N_("Vor Ort oder online"), lambda offer, _n: _label("offer_modes", offer.mode)),
    ("places", "places", N_("Ort"), _places),
    ("times", "times", N_("Zeiten"), lambda offer, _n: _each((*map(time_words, offer.times), offer.times_words))),
    ("exceptions", "exceptions", N_("Abweichende Tage"),
     lambda offer, _n: _each(map(_exception_words, offer.exceptions))),
    ("valid", "valid_from", N_("Zeitraum"), _span),
    ("contacts", "contacts", N_("Kontakt"),
     lambda offer, _n: _each(_joined(each.name, each.role, each.words) for each in offer.contacts)),
    ("phones", "contacts", N_("Telefon"),
     lambda offer, _n: _each(_joined(each.phone, each.mobile) for each in offer.contacts)),
    ("emails", "contacts", N_("E-Mail der Kontakte"), lambda offer, _n: _each(each.email for each in offer.contacts)),
    ("hours", "contacts", N_("Sprechzeiten der Kontakte"),
     lambda offer, _n: _each(time_words(time) for each in offer.contacts for time in each.hours)),
    ("email", "email", N_("E-Mail"), lambda offer, _n: offer.email),
    ("web", "web", N_("Internet"), lambda offer, _n: offer.web),
    ("registration", "registration", N_("Anmeldung"), _registration),
    ("papers", "papers", N_("Mitzubringen"), lambda offer, _n: _each(map(_paper_words, offer.papers))),
    ("cost", "cost", N_("Kosten"), lambda offer, _n: cost_words(offer.cost)),
    ("languages", "languages", N_("Sprachen"), _languages),
    ("child_care", "child_care", N_("Kinderbetreuung"),
     lambda offer, _n: _yes_no(offer.child_care, offer.child_care_words)),
    ("capacity", "capacity", N_("Plätze"), lambda offer, _n: capacity_words(offer.capacity)),
    ("alert", "alert", N_("Hinweis"), _alert),
    ("follow_up_days", "follow_up_days", N_("Nachfragen nach Tagen"),
     lambda offer, _n: "" if offer.follow_up_days is None else str(offer.follow_up_days)),
)  # fmt: skip

FIELD_LABELS: Final = {field: label for _key, field, label, _read in reversed(_FACTS)} | {
    "contacts": N_("Kontakt"), "oldest": N_("Alter"), "valid_to": N_("Zeitraum"), "sources": N_("Quellen"),
    "times_words": N_("Zeiten"), "child_care_words": N_("Kinderbetreuung"), "alert_until": N_("Hinweis"),
    "further_ids": N_("Kennungen anderswo"),
}  # fmt: skip
"""What the fields of ``Offer`` are called, to be translated."""
