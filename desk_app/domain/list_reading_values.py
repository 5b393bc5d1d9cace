"""Reads one cell of an old list as the answer it stands for. What is not sure is said, never guessed in silence."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, lru_cache
from typing import Final

from desk_app.domain.code_lists import code_list
from desk_app.domain.dates import DateSpan, Precision, parse_date_span
from desk_app.domain.list_reading_sheet import Cell, cell_text
from desk_app.domain.list_reading_targets import known_words
from desk_app.domain.names import loose_form
from desk_app.domain.records import Value
from desk_app.i18n import _

_FIRST_DAYS: Final = {False: date(1899, 12, 30), True: date(1904, 1, 1)}
"""Day 0 of the numbers a spreadsheet keeps for days; 1900 has a 29 February there (ECMA-376 part 1, 18.17.4.1)."""
_SERIALS: Final = range(7_000, 73_051)  # 1919 to 2099
_YEARS: Final = range(1900, 2101)
_BEFORE_DATE = re.compile(r"^(?:\*|geb(?:oren|\.)?|am|seit|ab|den)\s*(?:am\s+)?", re.IGNORECASE)
_SLASHED = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{2}|\d{4})")
_YEAR_FIRST = re.compile(r"(\d{4})[./](\d{1,2})[./](\d{1,2})")
_TIME_AFTER = re.compile(r"\s+\d{1,2}:\d{2}(?::\d{2})?(?:\s*uhr)?$", re.IGNORECASE)
_BETWEEN = re.compile(r"\s*(?:[,;/|\n]|\bund\b|\bu\.|&|\+)\s*")
_BETWEEN_NAMES = re.compile(r"\s*(?:[;/|\n]|\bund\b|\bu\.|&|\+)\s*")
_HOUSE = re.compile(r"^(?P<street>.*?\D)[\s,]*?\s(?P<number>\d+\s?[a-zA-Z]?(?:\s?[-–/]\s?\d*\s?[a-zA-Z]?)?)$")
_POSTAL = re.compile(r"(?<!\d)(?:D[- ]?)?(\d{5})(?!\d)")
_CHILD = re.compile(r"^(?P<name>[^\d(*]+?)[\s,]*(?:[(*]|geb\.?|\b(?=\d))\s*(?P<birth>[^()]*)\)?$", re.IGNORECASE)
_AN_AGE = re.compile(
    r"(?:(?:ca|circa|etwa|ungefähr|rund|um|~)[. ]*)?\d{1,2} ?(?:(?:jahre?|j)\b\.?)?(?: alt)?", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Basis:
    """What reading depends on besides the cell."""

    today: date
    as_of: date | None = None
    """When the list was made, where it says so: ages count from there."""
    from_1904: bool = False
    date_order: str = ""
    """Of dates like 03/04/2015: ``dmy``, ``mdy``, "" where the list does not show which."""


@dataclass(frozen=True, slots=True)
class Doubt(Exception):
    """Why a cell is not taken over as it stands: one German sentence."""

    words: str


@dataclass(frozen=True, slots=True)
class Read:
    """A value, and a German sentence where somebody should look whether it was meant."""

    value: Value
    remark: str = ""


def read_span(cell: Cell, basis: Basis) -> Read:
    """A date as known: days of the spreadsheet, day numbers, every German way to write one. Raises Doubt."""
    if isinstance(cell, bool):
        raise Doubt(_("„{words}“ ist kein Datum.").format(words=cell_text(cell)))
    if isinstance(cell, date):
        return Read(_not_later(DateSpan.of_day(cell), basis))
    if isinstance(cell, float):
        return _numbered(cell, basis)
    return _written(cell or "", basis)


def read_day(cell: Cell, basis: Basis) -> Read:
    """As `read_span`, for answers that need the day. Raises Doubt."""
    read = read_span(cell, basis)
    span = read.value
    if not isinstance(span, DateSpan) or span.precision is not Precision.DAY:
        raise Doubt(_("„{words}“: hier wird ein genauer Tag gebraucht.").format(words=cell_text(cell)))
    return Read(span.earliest, read.remark)


def read_age(cell: Cell, basis: Basis) -> Read:
    """The birth dates that fit an age on the day the list was made. Raises Doubt where that is not known."""
    digits = re.search(r"\d{1,2}", cell_text(cell))
    if digits is None:
        raise Doubt(_("„{words}“ ist kein Alter.").format(words=cell_text(cell)))
    if basis.as_of is None:
        raise Doubt(_("Alter {age}: die Liste sagt nicht, von wann sie ist.").format(age=digits[0]))
    return Read(DateSpan.of_ages(int(digits[0]), int(digits[0]), basis.as_of))


def read_code(cell: Cell, name: str) -> Read:
    """The key of a code list for a label, another word for it, or its first letters. Raises Doubt."""
    words = cell_text(cell)
    key, exact = _code(name, words)
    if key is None:
        raise Doubt(_("„{words}“ steht nicht in der Liste „{title}“.").format(words=words, title=code_list(name).title))
    label = code_list(name).label(key)
    return Read(key, "" if exact else _("„{words}“ ist als {label} gelesen.").format(words=words, label=label))


def read_codes(cell: Cell, name: str) -> Iterator[Read]:
    """Several codes in one cell: "Arabisch, Kurdisch". Raises Doubt at the first that is not known."""
    whole = cell_text(cell)
    if _code(name, whole)[0] is not None:
        yield read_code(whole, name)
        return
    for piece in pieces(whole):
        yield read_code(piece, name)


def read_number(cell: Cell) -> Read:
    """A number, half steps allowed. Raises Doubt."""
    found = re.search(r"\d{1,2}(?:[.,]5)?", cell_text(cell))
    if found is None:
        raise Doubt(_("„{words}“ ist keine Zahl.").format(words=cell_text(cell)))
    return Read(float(found[0].replace(",", ".")))


def read_phone(cell: Cell) -> Read:
    """A phone number as written; where a spreadsheet took it for a number, the zero it lost comes back."""
    words = cell_text(cell)
    if not isinstance(cell, float):
        return Read(words)
    number = f"+{words}" if words.startswith("49") and len(words) >= 11 else f"0{words}"
    return Read(number, _("Telefon {number}: die Null am Anfang fehlte in der Liste.").format(number=number))


def read_postal_code(cell: Cell) -> Read:
    """Five digits, with the zero a spreadsheet drops: 1067 is 01067 Dresden. Raises Doubt."""
    words = cell_text(cell).removeprefix("D-").strip()
    if isinstance(cell, float) and len(words) == 4:
        words = f"0{words}"
    if not (len(words) == 5 and words.isascii() and words.isdecimal()):
        raise Doubt(_("„{words}“ ist keine Postleitzahl.").format(words=words))
    return Read(words)


def read_role(cell: Cell) -> Read:
    """The role in the family; "Tochter" and "Sohn" are children. Raises Doubt."""
    return read_code(cell, "roles")


@lru_cache(maxsize=20_000)
def street_and_number(line: str) -> dict[str, str]:
    """ "Lindenhof 12 a" as street and number; all of it as street where there is no number."""
    found = _HOUSE.match(line)
    if found is None:
        return {"street": line}
    return {"street": found["street"].strip(" ,"), "house_number": " ".join(found["number"].split())}


@lru_cache(maxsize=20_000)
def place(line: str) -> dict[str, str]:
    """ "45476 Mülheim" as postal code and city."""
    found = _POSTAL.search(line)
    if found is None:
        return {"city": line.strip(" ,;")} if line.strip(" ,;") else {}
    city = (line[: found.start()] + " " + line[found.end() :]).strip(" ,;")
    return {"postal_code": found[1], **({"city": city} if city else {})}


def address(line: str) -> dict[str, str]:
    """ "Lindenhof 12, 45476 Mülheim" taken apart; lines and commas may part it, in either order."""
    line = " ".join(line.replace("\n", ", ").split())
    found = _POSTAL.search(line)
    if found is None:
        first, _comma, rest = line.partition(",")
        return street_and_number(first.strip()) | place(rest)
    before, after = line[: found.start()].strip(" ,;"), line[found.end() :].strip(" ,;")
    city, _comma, behind = after.partition(",")
    street = before or behind.strip()
    return (street_and_number(street) if street else {}) | place(f"{found[1]} {city}")


@dataclass(frozen=True, slots=True)
class FullName:
    """A name taken apart; ``remark`` says so where the order is a guess."""

    given: str
    family: str
    remark: str = ""


@lru_cache(maxsize=50_000)
def full_name(words: str, order: str = "") -> FullName:
    """ "Haddad, Lina" and "HADDAD Lina" say which is which; otherwise ``order`` does: ``family``, ``given`` or ""."""
    before, comma, after = (part.strip() for part in words.partition(","))
    if comma and before and after:
        return FullName(after, before)
    parts = words.replace(",", " ").split()
    loud = [part for part in parts if len(part) > 1 and part.isupper()]
    if loud and len(loud) < len(parts):
        return FullName(" ".join(part for part in parts if part not in loud), " ".join(loud))
    if len(parts) < 2:
        return FullName("", words) if order == "family" else FullName(words, "")
    if order == "family":
        return FullName(" ".join(parts[1:]), parts[0])
    name = FullName(" ".join(parts[:-1]), parts[-1])
    if order == "given":
        return name
    said = _("„{words}“ ist als Vorname {given}, Nachname {family} gelesen.")
    return FullName(name.given, name.family, said.format(words=words, given=name.given, family=name.family))


def names(words: str) -> list[str]:
    """Several people in one cell: "Rana und Yousef Haddad" shares the family name."""
    found = [piece for piece in _BETWEEN_NAMES.split(words.strip()) if piece]
    last = found[-1].split() if found else []
    if len(found) > 1 and len(last) > 1 and "," not in words:
        found[:-1] = [piece if " " in piece else f"{piece} {last[-1]}" for piece in found[:-1]]
    return found


def children(words: str) -> list[tuple[str, str]]:
    """Names and birth dates of the children in one cell: "Ali (3.4.2015), Sara *2017"."""
    found = []
    for piece in re.split(r"[;\n]|,(?![^(]*\))", words):
        if match := _CHILD.match(piece.strip()):
            found.append((match["name"].strip(" ,"), match["birth"].strip(" .,")))
        elif piece.strip():
            found.append((piece.strip(), ""))
    return found


def pieces(words: str) -> list[str]:
    return [piece for piece in _BETWEEN.split(words) if piece]


def slashed(cell: Cell) -> str:
    """What a date with slashes says about the order of its column: ``dmy``, ``mdy``, ``?``; "" for none."""
    found = _SLASHED.fullmatch(cell.strip()) if isinstance(cell, str) else None
    if found is None:
        return ""
    first, second = int(found[1]), int(found[2])
    if first > 12:
        return "dmy"
    return "mdy" if second > 12 else "?" if first != second else ""


def _numbered(number: float, basis: Basis) -> Read:
    whole = int(number)
    if whole in _YEARS:
        return Read(_not_later(DateSpan.of_year(whole), basis))
    if whole in _SERIALS:
        day = _FIRST_DAYS[basis.from_1904] + timedelta(days=whole)
        remark = _("Die Zahl {number} ist als {day} gelesen.").format(number=whole, day=DateSpan.of_day(day).show())
        return Read(_not_later(DateSpan.of_day(day), basis), remark)
    digits = str(whole)
    if not 5 <= len(digits) <= 8:
        raise Doubt(_("Die Zahl {number} ist kein Datum.").format(number=whole))
    return _written(digits.zfill(8 if len(digits) > 6 else 6), basis)


def _written(words: str, basis: Basis) -> Read:
    plain = _TIME_AFTER.sub("", _BEFORE_DATE.sub("", " ".join(words.split()))).strip()
    if year_first := _YEAR_FIRST.fullmatch(plain):
        plain = "-".join(year_first.groups())
    if swapped := _SLASHED.fullmatch(plain):
        order = slashed(plain)
        order = basis.date_order if order == "?" else order
        if not order and slashed(plain) == "?":
            raise Doubt(_("„{words}“: Tag und Monat lassen sich nicht unterscheiden.").format(words=words))
        first, second, year = swapped.groups()
        plain = f"{second}.{first}.{year}" if order == "mdy" else f"{first}.{second}.{year}"
    today = basis.today
    if _AN_AGE.fullmatch(plain):
        if basis.as_of is None:
            raise Doubt(_("„{words}“: die Liste sagt nicht, von wann dieses Alter ist.").format(words=words))
        today = basis.as_of
    try:
        return Read(_parsed(plain, today))
    except ValueError as error:
        raise Doubt(_("„{words}“: {why}").format(words=words, why=error)) from None


@lru_cache(maxsize=50_000)
def _parsed(words: str, today: date) -> DateSpan:
    return parse_date_span(words, today)


def _not_later(span: DateSpan, basis: Basis) -> DateSpan:
    if span.earliest is not None and span.earliest > basis.today:
        raise Doubt(_("{date} liegt in der Zukunft.").format(date=span.show()))
    if span.earliest is not None and span.earliest.year < _YEARS.start:
        raise Doubt(_("{date} ist zu lange her.").format(date=span.show()))
    return span


@lru_cache(maxsize=20_000)
def _code(name: str, words: str) -> tuple[str | None, bool]:
    """The key, and whether it was named in full; by first letters only where they fit one entry alone."""
    folded = loose_form(words)
    if not folded:
        return None, False
    known = _codes(name)
    if folded in known:
        return known[folded], True
    if len(folded) < 3:
        return None, False
    fitting = {key for word, key in known.items() if word.startswith(folded)}
    return (fitting.pop(), False) if len(fitting) == 1 else (None, False)


@cache
def _codes(name: str) -> dict[str, str]:
    codes: dict[str, str] = {}
    for code in reversed(code_list(name).entries):
        more = (code.extra.get("iso3", ""), code.extra.get("adjective", ""))
        for word in (code.key, *code.terms, *more, code.label):
            if folded := loose_form(word):
                codes[folded] = code.key
    like = "countries" if name == "nationalities" else name
    return codes | known_words(like)
