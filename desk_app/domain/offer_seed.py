"""The offers of Mülheim an der Ruhr that come with the program: ten known ones, and proposals to look at.

They stand in resources/offers/muelheim.json in our own words, each fact with its source. ``FactSource.on`` is the day
on which the source was read, or its own day where it is older; of a source that only tells its month or year it is
the first day. What no source tells is left out and shown as "nicht hinterlegt". Nobody has confirmed them by phone.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date

from desk_app import assets
from desk_app.domain.offers import Offer, Organisation, Venue


@dataclass(frozen=True, slots=True)
class Seed:
    """What is shipped, with the ids it keeps in every store, so that a later edition finds it again."""

    title: str
    as_of: date
    organisations: tuple[Organisation, ...]
    venues: tuple[Venue, ...]
    offers: tuple[Offer, ...]


def shipped() -> Seed:
    """Reads the file. Raises ValueError where it is broken: a fault of the build."""
    told = json.loads(assets.read_text("offers", "muelheim.json"))
    return Seed(
        title=told["title"],
        as_of=date.fromisoformat(told["as_of"]),
        organisations=tuple(map(Organisation.from_content, told["organisations"])),
        venues=tuple(map(Venue.from_content, told["venues"])),
        offers=tuple(map(Offer.from_content, told["offers"])),
    )
