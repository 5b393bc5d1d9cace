"""Where houses stand: streets and numbers in the one spelling under which the open list of the Land is kept.

The list (Hauskoordinaten, Geobasis NRW, free of charge) is read in by the centre; nothing here guesses a place.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from desk_app.domain.names import loose_form

_STREET: Final = re.compile(r"str(asse)?$")
_NUMBER: Final = re.compile(r"(\d+)\s*([a-z])?")


@dataclass(frozen=True, slots=True)
class Point:
    """ETRS89/UTM coordinates of zone 32 in whole metres."""

    easting: int
    northing: int


def street_key(street: str) -> str:
    """ "Friedrich-Ebert-Str." and "Friedrich Ebert Straße" alike: letters and digits alone, "str" at the end."""
    words = "".join(letter for letter in loose_form(street) if letter.isalnum())
    return _STREET.sub("str", words)[:100]


def number_keys(number: str) -> tuple[str, ...]:
    """ "12 A" as "12a", then as "12": a house that is not listed with its letter stands beside the one without."""
    found = _NUMBER.match(number.strip().casefold())
    if found is None:
        return ()
    digits, letter = str(int(found[1])), found[2] or ""
    return (digits + letter, digits) if letter else (digits,)


@dataclass(frozen=True, slots=True)
class House:
    """One line of the list. ``town`` is the official key of the municipality, eight digits, "" where none is given."""

    street: str
    number: str
    postal_code: str
    town: str
    point: Point


_ZONE: Final = 32_000_000
"""The list writes the zone in front of the easting."""
_EASTINGS: Final = range(200_000, 1_000_000)
_NORTHINGS: Final = range(5_200_000, 6_200_000)
_POSTAL_CODE: Final = re.compile(r"\d{5}")
_FIRST: Final = 11
"""The place of the easting in a line, from 0, in both lists of the survey offices: the one with postal codes (HK-DE,
18 columns) and the free one without (Gebäudereferenzen NRW)."""
LINE_PART: Final = _FIRST + 2
"""How many separators of a line have to be looked for to know where its house stands."""


def place_of(cells: Sequence[str], eastings: range = _EASTINGS) -> Point | None:
    """Where the house of a line stands, before anything else of the line is looked at: of the four million lines of
    the whole Land a centre keeps one in a hundred. ``None`` for a house not within ``eastings``, and for anything
    else, such as a header or a remark."""
    if len(cells) <= _FIRST + 2:
        return None
    easting = _metres(cells[_FIRST])
    easting -= _ZONE if easting > _ZONE else 0
    if easting not in eastings:
        return None
    northing = _metres(cells[_FIRST + 1])
    return Point(easting, northing) if northing in _NORTHINGS else None


def house_of(cells: Sequence[str]) -> House | None:
    """A line of the list; ``None`` for anything else, such as a header or a remark."""
    point = place_of(cells)
    if point is None:
        return None
    street, number = street_key(cells[_FIRST + 2]), number_keys(f"{cells[_FIRST - 2]} {cells[_FIRST - 1]}")
    if not street or not number:
        return None
    last = cells[_FIRST + 3] if len(cells) > _FIRST + 3 else ""
    town = "".join(cell.strip() for cell in cells[3:7])
    postal_code = last.strip() if _POSTAL_CODE.fullmatch(last.strip()) else ""
    return House(street, number[0], postal_code, town, point)


def _metres(text: str) -> int:
    try:
        return round(float(text.replace(",", ".")))
    except (ValueError, OverflowError):
        return 0
