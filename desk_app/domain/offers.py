"""Offers (Angebote): what there is for families, and for those who help them; where, when, for whom, at what cost.

The records follow the Human Services Data Specification 3.0 where it has the thing, and add what a counselling desk
needs and it leaves out: rules of who may come, places left, where to register, the source of each fact. Nothing but a
title is required; what is not known is empty and shown as "nicht hinterlegt".

Codes are keys of the lists offer_* in resources/code_lists/; languages are keys of the list ``languages``. Minutes of
the day count from midnight in local time, 0 to 1440; weekdays are bits, Monday the lowest.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from desk_app.domain.plain_content import Content

BRIEF_LENGTH: Final = 160
"""Characters of ``Offer.brief``, so that it stands in two lines of a list."""

ACTIVE, PAUSED, ENDED, PROPOSAL = "active", "paused", "ended", "proposal"
FAMILY, VOLUNTEER, ORGANISATION, ARTIST = "family", "volunteer", "organisation", "artist"


@dataclass(frozen=True, slots=True)
class Organisation(Content):
    """Who runs offers (Träger)."""

    id: UUID
    name: str
    short: str = ""
    web: str = ""
    email: str = ""
    phone: str = ""
    note: str = ""
    parent: UUID | None = None


@dataclass(frozen=True, slots=True)
class Venue(Content):
    """Where offers take place. ``accessible``: "yes", "no", or "" for not known; ``stop`` is the nearest one."""

    id: UUID
    name: str
    kind: str = ""
    street: str = ""
    postal_code: str = ""
    city: str = ""
    district: str = ""
    latitude: float | None = None
    longitude: float | None = None
    stop: str = ""
    accessible: str = ""
    accessible_words: str = ""


@dataclass(frozen=True, slots=True)
class OfferTime(Content):
    """A rule of days and hours; without hours only the days are known.

    ``every_weeks`` counts from the Monday of the week of ``valid_from``; ``week_of_month`` is 1 to 4, or 5 for the
    last; ``valid_to`` is the last day. ``school_holidays``: "no" not in them, "only" only in them, "" as always.
    """

    weekdays: int
    opens: int | None = None
    closes: int | None = None
    every_weeks: int | None = None
    week_of_month: int | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    appointment_only: bool = False
    school_holidays: str = ""
    place: UUID | None = None
    """Where, if the offer has several places; ``None`` for all of them."""
    words: str = ""


@dataclass(frozen=True, slots=True)
class OfferException(Content):
    """Days that are otherwise than the rules say: shut, or with other hours. ``last`` is included."""

    first: date
    last: date | None = None
    opens: int | None = None
    closes: int | None = None
    """Both ``None``: shut."""
    words: str = ""


@dataclass(frozen=True, slots=True)
class OfferPlace(Content):
    """A venue of the offer, with the room and how to find it."""

    place: UUID
    room: str = ""
    hint: str = ""


@dataclass(frozen=True, slots=True)
class OfferContact(Content):
    """Somebody to turn to; hours of their own go before those of the offer."""

    name: str = ""
    role: str = ""
    phone: str = ""
    mobile: str = ""
    email: str = ""
    languages: tuple[str, ...] = ()
    hours: tuple[OfferTime, ...] = ()
    words: str = ""


@dataclass(frozen=True, slots=True)
class OfferLanguage(Content):
    """A language and how it is there: "staff" speaks it, an "interpreter" is possible, "material" is written in it."""

    language: str
    how: str = "staff"


@dataclass(frozen=True, slots=True)
class OfferPaper(Content):
    """Something to bring along. ``required``: whether it does not go without; ``None``: not known."""

    text: str
    required: bool | None = None
    link: str = ""


@dataclass(frozen=True, slots=True)
class OfferCapacity(Content):
    """How many places there are and how many are left, counted in ``unit``, as of a day."""

    unit: str = ""
    total: int | None = None
    free: int | None = None
    waiting_list: bool | None = None
    waiting: int | None = None
    """How many are on it."""
    as_of: date | None = None


@dataclass(frozen=True, slots=True)
class OfferCost(Content):
    """``kind``: "free", "amount" (in ``cents``), "text" (in ``words``), "" for not known."""

    kind: str = ""
    words: str = ""
    cents: int | None = None


@dataclass(frozen=True, slots=True)
class OfferRegistration(Content):
    """How one gets in. ``way``: "none", "appointment", "form", "by_us"; ``place``: where to register, if elsewhere."""

    way: str = ""
    words: str = ""
    place: UUID | None = None


@dataclass(frozen=True, slots=True)
class OfferRule(Content):
    """One condition of who may come, over a fact of ``offer_fields``.

    The rules of one ``group`` hold together, of several groups one is enough. ``excludes`` turns it round: whoever
    meets one such rule may not come, whatever the groups say. ``until`` is the last day on which the rule holds.
    """

    field: str
    operator: str
    values: tuple[str, ...] = ()
    group: int = 1
    excludes: bool = False
    words: str = ""
    """Who it is for, to follow "nur für", where the rule alone would read badly: "Menschen aus der Ukraine"."""
    source: str = ""
    until: date | None = None


@dataclass(frozen=True, slots=True)
class FactSource(Content):
    """Where a fact comes from and of which day it is. ``field`` is a field of ``Offer``; "" stands for all others."""

    field: str
    source: str
    on: date | None = None


@dataclass(frozen=True, slots=True)
class FurtherId(Content):
    """What the offer is called elsewhere, so that it is known again when it comes in from there."""

    scheme: str
    value: str


@dataclass(frozen=True, slots=True)
class Offer(Content):
    """One offer as it is now. ``brief`` says in at most ``BRIEF_LENGTH`` characters what it is."""

    id: UUID
    title: str
    organisation: UUID | None = None
    alternative_title: str = ""
    brief: str = ""
    text: str = ""
    status: str = ACTIVE
    kind: str = ""
    """"single", "group" or "both"."""
    mode: str = ""
    """"on_site", "online", "hybrid" or "outreach"."""
    audiences: tuple[str, ...] = ()
    for_whom: str = ""
    """In words, as the offer itself says it."""
    goal: str = ""
    """What it leads to, such as a language level."""
    topics: tuple[str, ...] = ()
    web: str = ""
    email: str = ""
    cost: OfferCost = OfferCost()
    registration: OfferRegistration = OfferRegistration()
    alert: str = ""
    """Something that holds at the moment, until ``alert_until``."""
    alert_until: date | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    places: tuple[OfferPlace, ...] = ()
    times: tuple[OfferTime, ...] = ()
    times_words: str = ""
    exceptions: tuple[OfferException, ...] = ()
    contacts: tuple[OfferContact, ...] = ()
    languages: tuple[OfferLanguage, ...] = ()
    papers: tuple[OfferPaper, ...] = ()
    capacity: OfferCapacity = OfferCapacity()
    child_care: bool | None = None
    child_care_words: str = ""
    youngest: int | None = None
    """Of the age in whole years it is for, both ends included."""
    oldest: int | None = None
    eligibility: str = ""
    """Who may come, as the offer itself says it; always shown, whatever the rules say."""
    rules: tuple[OfferRule, ...] = ()
    follow_up_days: int | None = None
    """After how many days to ask what became of a referral; ``None`` for the house's usual."""
    sources: tuple[FactSource, ...] = ()
    further_ids: tuple[FurtherId, ...] = ()

    def source_of(self, name: str) -> FactSource | None:
        """Where the fact in the field ``name`` comes from: its own source, else that of all the others."""
        named = {source.field: source for source in self.sources}
        return named.get(name) or named.get("")

    def on_offer(self, day: date) -> bool:
        """Whether families can be sent there on ``day``: neither paused, ended, only proposed nor out of its dates."""
        begun = self.valid_from is None or self.valid_from <= day
        return self.status == ACTIVE and begun and (self.valid_to is None or day <= self.valid_to)

    def alert_on(self, day: date) -> str:
        """What holds at the moment, while it does."""
        return self.alert if self.alert_until is None or day <= self.alert_until else ""
