"""What stands beside a verdict: on which day it will be another, and what else a family should know about the offer."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from desk_app.domain.code_lists import code_list
from desk_app.domain.dates import DateSpan, show_day
from desk_app.domain.eligibility import Judge, Verdict
from desk_app.domain.offer_facts import Facts, facts_of, turning_days
from desk_app.domain.offer_questions import Spoken
from desk_app.domain.offers import FAMILY, Offer
from desk_app.domain.records import FamilyFile
from desk_app.i18n import _, ngettext

_AHEAD: Final = 366
"""Days that the outlook reaches; later than that nobody plans at the desk."""
_SMALL: Final = 6
"""Children below this age, in whole years, are not at school and have to be looked after meanwhile."""


@dataclass(frozen=True, slots=True)
class Outlook:
    """The first day on which the verdict is another one, and which."""

    day: date
    verdict: Verdict

    @property
    def line(self) -> str:
        """ "ab 01.08.2027: passt, weil ein Kind schulpflichtig ist"."""
        return _("ab {day}: {verdict}").format(day=show_day(self.day), verdict=self.verdict.line)


def outlook(
    offer: Offer, file: FamilyFile, today: date, spoken: Spoken | None = None, audience: str = FAMILY
) -> Outlook | None:
    """When the verdict tips by itself within a year, if nothing else changes: a birthday, the school year, a last day.

    ``None`` where it stays as it is.
    """
    now = Judge(facts_of(file, today, spoken), audience).verdict(offer)
    for day in sorted({*turning_days(file, today, _AHEAD), *_own_days(offer, today)}):
        then = Judge(facts_of(file, day, spoken), audience).verdict(offer)
        if then.fit is not now.fit:
            return Outlook(day, then)
    return None


def remarks(offer: Offer, facts: Facts) -> tuple[str, ...]:
    """German sentences on what may stand in the way, or help, although it does not decide: places, languages, care."""
    return (*_alerts(offer, facts.today), *_places_left(offer), *_languages(offer, facts), *_child_care(offer, facts))


def _own_days(offer: Offer, today: date) -> Iterable[date]:
    """The days from which the offer itself is another."""
    after = [day + timedelta(days=1) for day in (offer.valid_to, *(rule.until for rule in offer.rules)) if day]
    days = [*after, offer.valid_from] if offer.valid_from else after
    return (day for day in days if today < day <= today + timedelta(days=_AHEAD))


def _alerts(offer: Offer, today: date) -> Iterable[str]:
    alert = offer.alert_on(today)
    return (alert,) if alert else ()


def _places_left(offer: Offer) -> Iterable[str]:
    places = offer.capacity
    as_of = _(" (Stand {day})").format(day=show_day(places.as_of)) if places.as_of else ""
    if places.free:
        yield ngettext("{count} Platz frei", "{count} Plätze frei", places.free).format(count=places.free) + as_of
    elif places.free == 0:
        yield (_("Zurzeit voll, mit Warteliste") if places.waiting_list else _("Zurzeit voll")) + as_of


def _languages(offer: Offer, facts: Facts) -> Iterable[str]:
    at_home = set(facts.get("language").values)
    ways = code_list("offer_language_ways")
    for way in (code.key for code in ways.entries):
        shared = [each.language for each in offer.languages if each.how == way and each.language in at_home]
        if shared:
            names = ", ".join(code_list("languages").label(key) for key in shared)
            yield _("{languages}: {way}").format(languages=names, way=ways.label(way))


def _child_care(offer: Offer, facts: Facts) -> Iterable[str]:
    """Whether small children can come along matters for what adults do in a group."""
    small = any(
        isinstance(birth, DateSpan) and (ages := birth.age_on(facts.today)) is not None and ages.low < _SMALL
        for birth in facts.get("child_age").values
    )
    if not small or offer.kind not in ("group", "both"):
        return
    if offer.child_care is None:
        yield offer.child_care_words or _("Kinderbetreuung ist nicht hinterlegt")
    else:
        words = _("Mit Kinderbetreuung") if offer.child_care else _("Ohne Kinderbetreuung")
        yield f"{words}: {offer.child_care_words}" if offer.child_care_words else words
