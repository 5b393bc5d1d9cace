"""How fresh the directory is: what nobody confirmed for half a year fades, and the most used of it is phoned first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from desk_app.casework import offer_directory, referral_lines
from desk_app.casework.desk import Work
from desk_app.casework.offer_directory import Directory, Listed
from desk_app.casework.referral_lines import Uses
from desk_app.domain.dates import add_months
from desk_app.domain.offers import ACTIVE, PAUSED

FADES_AFTER: Final = 6
"""Months; the house's own number."""
_MOST: Final = 10
_USED_SINCE: Final = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class ToPhone:
    """An offer to ask about: ``phones`` with whom they reach, of its contacts and of who runs it."""

    listed: Listed
    uses: Uses
    phones: tuple[tuple[str, str], ...]


def fades(as_of: date | None, today: date) -> bool:
    """Whether a fact, or an offer as a whole, needs to be asked about again; one of no known day does."""
    return as_of is None or as_of < add_months(today, -FADES_AFTER)


def to_phone(work: Work, most: int = _MOST) -> tuple[ToPhone, ...]:
    """The faded offers that families are sent to most, within a year, and of these the longest unconfirmed first."""
    directory = offer_directory.read(work)
    uses = referral_lines.uses(work, work.today - _USED_SINCE)
    faded = [
        ToPhone(each, uses.get(each.offer.id, Uses()), phones_of(each, directory))
        for each in directory.offers
        if each.offer.status in (ACTIVE, PAUSED) and fades(each.as_of, work.today)
    ]
    faded.sort(key=lambda each: (-each.uses.referrals, each.listed.as_of or date.min, each.listed.offer.title))
    return tuple(faded[:most])


def phones_of(listed: Listed, directory: Directory) -> tuple[tuple[str, str], ...]:
    """Numbers with whom they reach."""
    found = [
        (contact.name or contact.role, number)
        for contact in listed.offer.contacts
        for number in (contact.phone, contact.mobile)
        if number
    ]
    organisation = directory.organisation_of(listed.offer)
    if organisation is not None and organisation.phone:
        found.append((organisation.short or organisation.name, organisation.phone))
    return tuple(dict.fromkeys(found))
