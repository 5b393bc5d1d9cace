"""How far an offer is from a home: as the crow flies where both places are known, else whether it is nearby at all.

Nothing is guessed: where neither houses nor districts are known, nothing is said.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from desk_app.domain.address_points import Point
from desk_app.domain.offers import Venue
from desk_app.domain.school_choice import Home
from desk_app.domain.schools import distance_m
from desk_app.i18n import _

_HOUSE: Final = re.compile(r"(?P<street>.+?)\s+(?P<number>\d+\s*[a-zA-Z]?)(?:\s*[-–/].*)?")
_METRES: Final = 1000


@dataclass(frozen=True, slots=True)
class Nearness:
    """``metres`` to the nearest of its venues, ``None`` where not known; whether one is in the same district."""

    metres: int | None = None
    same_district: bool = False

    @property
    def words(self) -> str:
        """ "1,2 km Luftlinie", "im selben Ortsteil", "" where nothing is known."""
        if self.metres is not None:
            return _("{km} km Luftlinie").format(km=f"{self.metres / _METRES:.1f}".replace(".", ","))
        return _("im selben Ortsteil") if self.same_district else ""

    @property
    def order(self) -> tuple[bool, int]:
        """What is measured comes first, the nearest of it; then what is in the same district."""
        return (self.metres is None, self.metres if self.metres is not None else not self.same_district)


def house_of(venue: Venue) -> tuple[str, str]:
    """Street and number of a venue, whose address is written in one line; empty where there is no number."""
    found = _HOUSE.fullmatch(venue.street.strip())
    return (found["street"], found["number"]) if found else ("", "")


def nearness(home: Home, venues: Iterable[Venue], points: Mapping[UUID, Point]) -> Nearness:
    """How far the venues of an offer are from a home; ``points`` are where they stand, as far as that is known."""
    there = list(venues)
    metres = [
        distance
        for venue in there
        if home.point is not None and venue.id in points
        if (distance := distance_m(home.point, points[venue.id])) is not None
    ]
    same = bool(home.district) and any(venue.district == home.district for venue in there)
    return Nearness(min(metres, default=None), same)
