"""Taking over the open list of house coordinates, of which only the houses near the centre's schools are kept."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

from sqlalchemy import delete, func, select

from desk_app.casework import audit, offer_nearness, schools
from desk_app.casework.desk import Work
from desk_app.domain.address_points import LINE_PART, House, Point, house_of, place_of
from desk_app.domain.errors import StrangeTable
from desk_app.i18n import _
from desk_app.storage.many_rows import put_in
from desk_app.storage.tables import AddressPoint

_POINTS: Final[Any] = AddressPoint.__table__
_AROUND: Final = 3_000
"""Metres around the schools of the directory within which houses are kept."""
_BETWEEN: Final = ";"
_ANY: Final = "latin-1"
"""Makes a letter of each byte, whatever the file is written in."""
_AT_ONCE: Final = 1 << 20
_LONGEST: Final = 1 << 16
"""Bytes of a line; a line of the list has about 120."""
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Points:
    """How many houses were taken over."""

    houses: int


def kept(work: Work) -> int:
    """How many houses are known."""
    return work.session.scalar(select(func.count()).select_from(_POINTS)) or 0


def import_list(work: Work, path: Path, told: Progress = lambda _done, _total: None) -> Points:
    """Take over a list of the survey office instead of the one before.

    ``told`` hears how many bytes of how many are read; an ``ImportStopped`` it raises leaves everything as it was.
    Raises ``StrangeTable`` where the file is no such list or none of its houses is near; then nothing is changed.
    """
    work.require("points.read_in")
    houses, sha256 = _read(path, _near(work), told)
    if not houses:
        raise StrangeTable(
            _(
                "In dieser Datei stehen keine Hauskoordinaten aus der Nähe Ihrer Schulen. Es wurde nichts geändert. "
                "Gebraucht wird die Liste „Hauskoordinaten“ oder „Gebäudereferenzen“ von Geobasis NRW."
            )
        )
    work.session.execute(delete(_POINTS))
    put_in(work.session, _POINTS, [_row(house) for house in houses])
    offer_nearness.forget()
    work.note("points.read_in", "points", None, audit.of_file(sha256, len(houses)), touched="schools")
    return Points(len(houses))


def _read(path: Path, near: _Region, told: Progress) -> tuple[list[House], str]:
    """The houses of the town that most of the schools stand in, and the sum of the file."""
    digest = sha256()
    found: list[House] = []
    eastings = near.eastings
    for block in _blocks(path, told):
        digest.update(block.raw)
        found += [house for line in block.lines if (house := _house(line, near, eastings)) is not None]
    central = [house for house in found if near.holds(house.point)] or found
    town = Counter(house.town for house in central).most_common(1)
    alike = {(house.street, house.number): house for house in found if house.town == town[0][0]}
    return list(alike.values()), digest.hexdigest()


def _row(house: House) -> dict[str, object]:
    return {
        "street": house.street,
        "number": house.number,
        "postal_code": house.postal_code or None,
        "easting": house.point.easting,
        "northing": house.point.northing,
    }


def _house(line: str, near: _Region, eastings: range) -> House | None:
    """A house near the schools; its line is read in full, and its letters are made out, only there."""
    place = place_of(line.split(_BETWEEN, LINE_PART), eastings)
    if place is None or not near.holds(place, _AROUND):
        return None
    with suppress(UnicodeDecodeError):  # an older list is in the letters of Western Europe
        line = line.encode(_ANY).decode()
    return house_of(line.split(_BETWEEN))


@dataclass(frozen=True, slots=True)
class _Block:
    """A piece of the file, and the lines that are whole with it, their bytes as letters."""

    raw: bytes
    lines: list[str]


def _blocks(path: Path, told: Progress) -> Iterator[_Block]:
    done, rest = 0, b""
    try:
        with path.open("rb") as stream:
            total = path.stat().st_size
            while raw := stream.read(_AT_ONCE):
                whole, _end, rest = (rest + raw).rpartition(b"\n")
                if len(rest) > _LONGEST:
                    raise StrangeTable
                done += len(raw)
                told(done, total)
                yield _Block(raw, whole.decode(_ANY).split("\n"))
    except OSError as error:
        raise StrangeTable(
            _("Diese Datei lässt sich nicht lesen. Es wurde nichts geändert. Bitte prüfen Sie, ob sie noch da ist.")
        ) from error
    yield _Block(b"", [rest.decode(_ANY)])


@dataclass(frozen=True, slots=True)
class _Region:
    """The rectangle around the schools of the directory."""

    west: int
    east: int
    south: int
    north: int

    @property
    def eastings(self) -> range:
        return range(self.west - _AROUND, self.east + _AROUND + 1)

    def holds(self, here: Point, around: int = 0) -> bool:
        return (
            self.west - around <= here.easting <= self.east + around
            and self.south - around <= here.northing <= self.north + around
        )


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
