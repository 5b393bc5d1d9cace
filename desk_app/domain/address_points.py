"""Where houses stand: streets and numbers in the one spelling under which the open list of the Land is kept.

The list (Hauskoordinaten, Geobasis NRW, free of charge) is read in by the centre; nothing here guesses a place.
"""

from __future__ import annotations

import re
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
