"""Taking over the open list of house coordinates, of which only the houses near the centre's schools are kept."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

from sqlalchemy import delete

from desk_app.casework import audit, schools
from desk_app.casework.desk import Work
from desk_app.domain.address_points import House, house_of
from desk_app.domain.errors import StrangeTable
from desk_app.i18n import _
from desk_app.storage.many_rows import put_in
from desk_app.storage.tables import AddressPoint

_POINTS: Final[Any] = AddressPoint.__table__
_AROUND: Final = 3_000
"""Metres around the schools of the directory within which houses are kept."""
_ENCODINGS: Final = ("utf-8-sig", "iso-8859-1")


@dataclass(frozen=True, slots=True)
class Points:
    """How many houses were taken over."""

    houses: int


def import_list(work: Work, path: Path) -> Points:
    """Take over a list of the survey office instead of the one before.

    Raises ``StrangeTable`` where the file is no such list or none of its houses is near; then nothing is changed.
    """
    work.require("points.read_in")
    near = _near(work)
    for encoding in _ENCODINGS:
        try:
            houses = [house for house in _lines(path, encoding) if near.holds(house)]
            break
        except UnicodeDecodeError:
            continue
    central = [house for house in houses if near.inside(house)] or houses
    town = Counter(house.town for house in central).most_common(1)
    kept = {(house.street, house.number): house for house in houses if town and house.town == town[0][0]}
    if not kept:
        raise StrangeTable(
            _(
                "In dieser Datei stehen keine Hauskoordinaten aus der Nähe Ihrer Schulen. Es wurde nichts geändert. "
                "Gebraucht wird die Liste „Hauskoordinaten“ oder „Gebäudereferenzen“ von Geobasis NRW."
            )
        )
    work.session.execute(delete(_POINTS))
    put_in(work.session, _POINTS, [_row(house) for house in kept.values()])
    work.note("points.read_in", "points", None, audit.of_file(_sum(path), len(kept)), touched="schools")
    return Points(len(kept))


def _row(house: House) -> dict[str, object]:
    return {
        "street": house.street,
        "number": house.number,
        "postal_code": house.postal_code or None,
        "easting": house.point.easting,
        "northing": house.point.northing,
    }


def _lines(path: Path, encoding: str) -> Iterator[House]:
    try:
        with path.open(encoding=encoding, newline="") as stream:
            for cells in csv.reader(stream, delimiter=";", quoting=csv.QUOTE_NONE):
                house = house_of(cells)
                if house is not None:
                    yield house
    except (OSError, csv.Error) as error:
        raise StrangeTable(
            _("Diese Datei lässt sich nicht lesen. Es wurde nichts geändert. Bitte prüfen Sie, ob sie noch da ist.")
        ) from error


def _sum(path: Path) -> str:
    with path.open("rb") as stream:
        digest = sha256()
        while piece := stream.read(1 << 20):
            digest.update(piece)
    return digest.hexdigest()


@dataclass(frozen=True, slots=True)
class _Region:
    """The rectangle around the schools of the directory."""

    west: int
    east: int
    south: int
    north: int

    def inside(self, house: House, around: int = 0) -> bool:
        here = house.point
        return (
            self.west - around <= here.easting <= self.east + around
            and self.south - around <= here.northing <= self.north + around
        )

    def holds(self, house: House) -> bool:
        return self.inside(house, _AROUND)


def _near(work: Work) -> _Region:
    places = [(each.school.easting, each.school.northing) for each in schools.listing(work)]
    known = [(east, north) for east, north in places if east is not None and north is not None]
    if not known:
        raise StrangeTable(
            _(
                "Keine Schule im Verzeichnis hat Koordinaten. Es wurde nichts geändert. "
                "Bitte holen Sie zuerst ein Schulverzeichnis mit Koordinaten."
            )
        )
    east, north = [each[0] for each in known], [each[1] for each in known]
    return _Region(min(east), max(east), min(north), max(north))
