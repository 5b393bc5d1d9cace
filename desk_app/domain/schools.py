"""The directory of schools: what is shipped, what a centre imports from its own table, and how far a school is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from math import hypot
from typing import Protocol

from desk_app.domain.code_lists import code_list
from desk_app.domain.contact import check_postal_code, tidy
from desk_app.domain.errors import StrangeTable
from desk_app.domain.names import loose_form
from desk_app.domain.resource_csv import read_resource_table
from desk_app.i18n import _


class Place(Protocol):
    """Anything with ETRS89/UTM coordinates of zone 32 in whole metres, None where they are not known."""

    @property
    def easting(self) -> int | None: ...
    @property
    def northing(self) -> int | None: ...


@dataclass(frozen=True, slots=True)
class School:
    """One school of the directory."""

    number: str
    """Six digits, given by the Land."""
    name: str
    form: str = ""
    """Key of the list `school_forms`."""
    street: str = ""
    postal_code: str = ""
    city: str = ""
    district: str = ""
    """Key of the list `districts`, another city's district as written, or "" where it is not known."""
    easting: int | None = None
    northing: int | None = None
    all_day: bool | None = None
    """Whether it has an open all-day school (OGS)."""
    provider: str = ""
    """"public", "private", or the provider's name."""
    heritage: str = ""
    """Keys of the list `languages` in which it has heritage language lessons (HSU), with spaces between; "" where
    that is not known."""


@dataclass(frozen=True, slots=True)
class RowProblem:
    """What could not be read in one row of a table, counted from 1 with the header."""

    row: int
    message: str

    def show(self) -> str:
        """ "Zeile 7: Die Schulnummer fehlt."."""
        return _("Zeile {row}: {message}").format(row=self.row, message=self.message)


@dataclass(frozen=True, slots=True)
class SchoolTable:
    """The schools that a table holds, and what about it needs a look."""

    schools: tuple[School, ...]
    problems: tuple[RowProblem, ...]


@dataclass(frozen=True, slots=True)
class Directory:
    """Shipped schools with their source and "Stand"."""

    schools: tuple[School, ...]
    source: str
    as_of: date


def distance_m(a: Place, b: Place) -> int | None:
    """Metres as the crow flies, None where one of the places has no coordinates.

    In one zone of the UTM grid the straight line is right to 0.1 %, less than the width of a school yard in a city.
    """
    if a.easting is None or a.northing is None or b.easting is None or b.northing is None:
        return None
    return round(hypot(a.easting - b.easting, a.northing - b.northing))


@cache
def shipped_schools() -> Directory:
    """The schools of Mülheim an der Ruhr, in the order of their forms."""
    table = read_resource_table("schools_muelheim.csv")
    header = list(table.rows[0])
    read = read_schools([header, *([row[column] for column in header] for row in table.rows)])
    assert not read.problems, read.problems
    return Directory(read.schools, table.source, table.as_of)


def read_schools(rows: Iterable[Sequence[object]]) -> SchoolTable:
    """Schools from the rows of a table, whose header may stand below some lines of title.

    Columns are found by their usual names in any order; more columns than needed do not matter. A row without number
    or name is left out and said; a single cell that cannot be read is left empty and said.

    Raises StrangeTable when no header with number and name is found.
    """
    numbered = enumerate(([_cell_text(cell) for cell in row] for row in rows), 1)
    columns = _find_header(numbered)
    schools: dict[str, School] = {}
    problems: list[RowProblem] = []
    for row, cells in numbered:
        values = {key: cells[index] for key, index in columns.items() if index < len(cells) and cells[index]}
        if not values:
            continue
        reader = _RowReader(values)
        school = reader.school()
        if school is not None and school.number in schools:
            twice = _("Die Schulnummer {number} steht schon weiter oben.")
            reader.complaints.append(twice.format(number=school.number))
        elif school is not None:
            schools[school.number] = school
        problems += [RowProblem(row, message) for message in reader.complaints]
    return SchoolTable(tuple(schools.values()), tuple(problems))


_HEADINGS = {
    "number": ("number", "schulnummer", "schulnr", "nummer", "nr", "snr"),
    "form": ("form", "schulform", "schulform schlussel", "schulform kurzel", "art"),
    "name": ("name", "schulname", "schule", "bezeichnung", "name amtlich", "amtliche bezeichnung"),
    "street": ("street", "strasse", "strasse nr", "strasse hausnummer", "anschrift", "adresse"),
    "postal_code": ("postal code", "plz", "postleitzahl"),
    "city": ("city", "ort", "stadt"),
    "district": ("district", "ortsteil", "stadtteil"),
    "easting": ("easting", "ost", "utm32 ost", "utm ost", "rechtswert", "east", "x"),
    "northing": ("northing", "nord", "utm32 nord", "utm nord", "hochwert", "north", "y"),
    "all_day": ("all day", "ogs", "ogts", "ogts flag", "ganztag", "offener ganztag"),
    "provider": ("provider", "trager", "schultrager", "tragerschaft"),
    "heritage": ("heritage", "hsu", "hsu sprachen", "herkunftssprachlicher unterricht", "herkunftssprachen"),
}
_YES = {"yes", "ja", "j", "x", "1", "true", "wahr"}
_NO = {"no", "nein", "n", "0", "false", "falsch", "-"}
_PROVIDERS = {"offentlich": "public", "privat": "private"}
# the part of the UTM grid that covers Germany
_EASTINGS = range(200_000, 1_000_000)
_NORTHINGS = range(5_200_000, 6_200_000)


def _find_header(numbered: Iterator[tuple[int, list[str]]]) -> dict[str, int]:
    """Which column holds what; reads up to and including the header row."""
    for _row, cells in numbered:
        words = [loose_form(cell) for cell in cells]
        found = {key: words.index(name) for key, names in _headings() for name in reversed(names) if name in words}
        if "number" in found and "name" in found:
            return found
    raise StrangeTable(
        _(
            "In dieser Tabelle fehlt die Kopfzeile mit Schulnummer und Name. Es wurde nichts übernommen. "
            "Bitte schreiben Sie diese beiden Spaltennamen in die erste Zeile."
        )
    )


def _headings() -> list[tuple[str, tuple[str, ...]]]:
    return [(key, tuple(loose_form(name) for name in names)) for key, names in _HEADINGS.items()]


def _cell_text(cell: object) -> str:
    """A cell as text; spreadsheets hand whole numbers over as 103780.0."""
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return "" if cell is None else tidy(str(cell))


class _RowReader:
    """Reads one row and collects what is wrong with it."""

    def __init__(self, values: dict[str, str]) -> None:
        self._values = values
        self.complaints: list[str] = []

    def school(self) -> School | None:
        number, name = self._values.get("number", ""), self._values.get("name", "").replace("|", "")
        if not number or not name:
            self.complaints.append(_("Die Schulnummer fehlt.") if name else _("Der Name der Schule fehlt."))
            return None
        if not (number.isascii() and number.isdecimal() and len(number) == 6):
            self.complaints.append(_("Die Schulnummer {number} hat nicht sechs Ziffern.").format(number=number))
            return None
        postal_code = self._values.get("postal_code", "")
        if complaint := check_postal_code(postal_code):
            self.complaints.append(complaint)
            postal_code = ""
        easting, northing = self._coordinates()
        return School(
            number=number,
            name=" ".join(name.split()),
            form=self._form(),
            street=self._values.get("street", ""),
            postal_code=postal_code,
            city=self._values.get("city", ""),
            district=self._district(),
            easting=easting,
            northing=northing,
            all_day=self._all_day(),
            provider=self._provider(),
            heritage=self._heritage(),
        )

    def _form(self) -> str:
        text = self._values.get("form", "")
        wanted = loose_form(text)
        for code in code_list("school_forms").entries:
            # spreadsheets drop the leading zero of "02"
            names = {loose_form(code.label), code.extra["short"].casefold(), code.key, code.key.lstrip("0")}
            if wanted in names:
                return code.key
        return self._unread(text, _("Die Schulform „{text}“ ist nicht bekannt."))

    def _district(self) -> str:
        text = self._values.get("district", "")
        for code in code_list("districts").entries:
            if loose_form(text) == loose_form(code.label):
                return code.key
        return text

    def _coordinates(self) -> tuple[int | None, int | None]:
        easting, northing = self._metres("easting", _EASTINGS), self._metres("northing", _NORTHINGS)
        return (easting, northing) if easting is not None and northing is not None else (None, None)

    def _metres(self, key: str, sensible: range) -> int | None:
        text = self._values.get(key, "")
        try:
            metres = round(float(text.replace(",", "."))) if text else None
        except (ValueError, OverflowError):
            metres = 0
        if metres is not None and metres not in sensible:
            self._unread(text, _("„{text}“ ist keine Koordinate in Metern (UTM, Zone 32)."))
            return None
        return metres

    def _all_day(self) -> bool | None:
        text = self._values.get("all_day", "")
        word = text.casefold()
        if word in _YES or word in _NO:
            return word in _YES
        self._unread(text, _("„{text}“ beim Ganztag ist weder ja noch nein."))
        return None

    def _provider(self) -> str:
        text = self._values.get("provider", "")
        return _PROVIDERS.get(loose_form(text), text)

    def _heritage(self) -> str:
        found = []
        for word in re.split(r"[,;/\s]+", self._values.get("heritage", "")):
            code = next((each for each in code_list("languages").search(word) if word), None)
            if code is not None:
                found.append(code.key)
            elif word:
                self._unread(word, _("Die Sprache „{text}“ ist nicht bekannt."))
        return " ".join(dict.fromkeys(found))

    def _unread(self, text: str, complaint: str) -> str:
        if text:
            self.complaints.append(complaint.format(text=text))
        return ""
