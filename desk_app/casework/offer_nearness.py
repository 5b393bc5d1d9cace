"""How far offers are from where a family lives, by the list of house coordinates the centre read in."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID
from weakref import WeakKeyDictionary

from desk_app.casework import school_choice
from desk_app.casework.desk import Work
from desk_app.casework.offer_directory import Directory
from desk_app.domain.address_points import Point
from desk_app.domain.offer_nearness import Nearness, house_of, nearness
from desk_app.domain.records import FamilyFile, RecordKind

_POINTS: WeakKeyDictionary[Directory, Mapping[UUID, Point]] = WeakKeyDictionary()


def of_family(work: Work, directory: Directory, file: FamilyFile | None) -> Mapping[UUID, Nearness]:
    """For each offer how far it is, as far as that is known; empty where nothing is known of the home."""
    homes = file.all(RecordKind.ADDRESS) if file is not None and not file.has_moved_away else ()
    if not homes:
        return {}
    home = school_choice.home_of(work, homes[0])
    points = _points(work, directory) if home.point is not None else {}
    return {each.offer.id: nearness(home, directory.venues_of(each.offer), points) for each in directory.offers}


def forget() -> None:
    """Look the venues up anew: another list of house coordinates was read in."""
    _POINTS.clear()


def _points(work: Work, directory: Directory) -> Mapping[UUID, Point]:
    """Where the venues stand, looked up once for each state of the directory and of the list."""
    known = _POINTS.get(directory)
    if known is None:
        found = {id_: school_choice.locate(work, *house_of(venue), venue.postal_code)
                 for id_, venue in directory.venues.items()}  # fmt: skip
        known = _POINTS[directory] = {id_: point for id_, point in found.items() if point is not None}
    return known
