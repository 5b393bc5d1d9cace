"""Narrowing offers down: what surely fits, what may fit because nobody noted it, and what does not.

A fact that is not known never hides an offer: it comes after those that fit for sure, with what is not known said.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cache
from typing import NamedTuple
from uuid import UUID

from desk_app.domain import offer_times
from desk_app.domain.code_lists import code_list
from desk_app.domain.holidays import Calendar, nrw
from desk_app.domain.offers import Offer, Venue
from desk_app.i18n import N_, _


class Moment(NamedTuple):
    """A day and a minute of it, in local time."""

    day: date
    minute: int


class By(StrEnum):
    """What can be filtered by."""

    TOPIC = "topic"
    AUDIENCE = "audience"
    LANGUAGE = "language"
    DISTRICT = "district"
    TIME = "time"
    FREE = "free"
    CHILD_CARE = "child_care"
    ACCESSIBLE = "accessible"
    OPEN_NOW = "open_now"

    @property
    def label(self) -> str:
        return _(_LABELS[self])


_LABELS = {
    By.TOPIC: N_("Thema"),
    By.AUDIENCE: N_("Zielgruppe"),
    By.LANGUAGE: N_("Sprache"),
    By.DISTRICT: N_("Ortsteil"),
    By.TIME: N_("Tag und Uhrzeit"),
    By.FREE: N_("Kosten"),
    By.CHILD_CARE: N_("Kinderbetreuung"),
    By.ACCESSIBLE: N_("barrierefrei"),
    By.OPEN_NOW: N_("jetzt geöffnet"),
}


@dataclass(frozen=True, slots=True)
class Filters:
    """What is asked for; empty and false ask for nothing. ``weekdays`` are bits, ``opens`` and ``closes`` minutes."""

    topic: str = ""
    audience: str = ""
    language: str = ""
    district: str = ""
    weekdays: int = 0
    opens: int | None = None
    closes: int | None = None
    free: bool = False
    child_care: bool = False
    accessible: bool = False
    open_now: bool = False

    @property
    def any(self) -> bool:
        return self != Filters()


@dataclass(frozen=True, slots=True)
class Passed:
    """How an offer stands to the filters: ``fits`` unless something is against it; ``unknown`` is not noted of it."""

    fits: bool = True
    unknown: tuple[By, ...] = field(default=())


def passes(
    offer: Offer, filters: Filters, venues: Mapping[UUID, Venue], now: Moment, calendar: Calendar | None = None
) -> Passed:
    """Whether an offer fits the filters, as far as that is known. ``now`` counts only for what is open now."""
    unknown = []
    for by, answer in _answers(offer, filters, venues, now, calendar or nrw()):
        if answer is False:
            return Passed(fits=False)
        if answer is None:
            unknown.append(by)
    return Passed(unknown=tuple(unknown))


def _answers(
    offer: Offer, filters: Filters, venues: Mapping[UUID, Venue], now: Moment, calendar: Calendar
) -> Iterator[tuple[By, bool | None]]:
    """For each thing asked for, whether it is so; ``None`` where nobody noted it."""
    if filters.topic:
        yield By.TOPIC, _among(offer.topics, topics_below(filters.topic))
    if filters.audience:
        yield By.AUDIENCE, _among(offer.audiences, {filters.audience})
    if filters.language:
        yield By.LANGUAGE, _among((each.language for each in offer.languages), {filters.language})
    if filters.district:
        yield By.DISTRICT, _in_district(offer, filters.district, venues)
    if filters.weekdays or filters.opens is not None or filters.closes is not None:
        weekdays = filters.weekdays or 0b1111111
        yield By.TIME, offer_times.in_week(offer, weekdays, filters.opens, filters.closes)
    if filters.free:
        yield By.FREE, offer.cost.kind == "free" if offer.cost.kind else None
    if filters.child_care:
        yield By.CHILD_CARE, offer.child_care
    if filters.accessible:
        yield By.ACCESSIBLE, _accessible(offer, venues)
    if filters.open_now:
        yield By.OPEN_NOW, offer_times.is_open(offer, now.day, now.minute, calendar)


@cache
def topics_below(topic: str) -> frozenset[str]:
    """A topic with those below it in the list ``offer_topics``."""
    found = {topic}
    entries = code_list("offer_topics").entries
    while more := {each.key for each in entries if each.extra["parent"] in found} - found:
        found |= more
    return frozenset(found)


def _among(known: Iterable[str], wanted: frozenset[str] | set[str]) -> bool | None:
    found = set(known)
    return bool(found & wanted) if found else None


def _in_district(offer: Offer, district: str, venues: Mapping[UUID, Venue]) -> bool | None:
    """What takes place online, or comes to the family, is everywhere."""
    if offer.mode in ("online", "outreach"):
        return True
    known = [venues[each.place].district for each in offer.places if each.place in venues]
    if district in known:
        return True
    return None if not known or "" in known or offer.mode == "hybrid" else False


def _accessible(offer: Offer, venues: Mapping[UUID, Venue]) -> bool | None:
    known = {venues[each.place].accessible for each in offer.places if each.place in venues}
    if "yes" in known or offer.mode == "online":
        return True
    return False if known == {"no"} else None
