"""Names for invented families: common given names, and family names that mean "example" and that nobody bears."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from desk_app import assets


@dataclass(frozen=True, slots=True)
class Name:
    """A part of a name in Latin letters and, where the family writes another script, in that one."""

    latin: str
    native: str = ""


@dataclass(frozen=True, slots=True)
class Origin:
    """Where invented families come from: keys of the code lists, real towns, and names by kind.

    The kinds are ``family``, ``woman``, ``man``, ``girl`` and ``boy``. ``second`` is another family language or empty.
    """

    nationality: str
    language: str
    second: str
    script: str
    towns: Sequence[str]
    names: dict[str, Sequence[Name]]


@cache
def origins() -> dict[str, Origin]:
    """All origins by name, in the order of the file."""
    names: dict[str, dict[str, list[Name]]] = defaultdict(lambda: defaultdict(list))
    for row in _rows("names.csv"):
        names[row["origin"]][row["kind"]].append(Name(row["name"], row["native"]))
    return {
        row["origin"]: Origin(
            row["nationality"],
            row["language"],
            row["second"],
            row["script"],
            row["towns"].split("|"),
            {kind: tuple(found) for kind, found in names[row["origin"]].items()},
        )
        for row in _rows("origins.csv")
    }


def _rows(name: str) -> list[dict[str, str]]:
    lines = [line for line in assets.read_text("demo", name).splitlines() if not line.startswith("#")]
    return list(csv.DictReader(lines, delimiter=";", strict=True))
