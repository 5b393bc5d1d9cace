"""What a column of an old list can be: whose it is and which answer of the intake it gives."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Final

from desk_app.domain.names import loose_form
from desk_app.domain.records import RecordKind
from desk_app.domain.resource_csv import read_resource_table
from desk_app.i18n import N_, _

NOTE: Final = "family.note"
SKIP: Final = "family.skip"
NOT_COLLECTED: Final = "family.not_collected"


class Who(StrEnum):
    """Whose answers a column holds."""

    CHILD = "child"
    """The person of the row; in a list of persons with their roles it may be an adult."""
    MOTHER = "mother"
    FATHER = "father"
    ADULT = "adult"
    """A person with custody of whom the list does not say more."""
    FAMILY = "family"


class Reads(StrEnum):
    """How the cells of a column are read."""

    NAME = "name"
    FAMILY_FIRST = "family_first"
    GIVEN_FIRST = "given_first"
    TEXT = "text"
    SPAN = "span"
    DAY = "day"
    AGE = "age"
    CODE = "code"
    NATIONALITIES = "nationalities"
    LANGUAGES = "languages"
    NUMBER = "number"
    PHONE = "phone"
    ROLE = "role"
    ADDRESS = "address"
    STREET_LINE = "street_line"
    POSTAL_CODE = "postal_code"
    PLACE_LINE = "place_line"
    CHILDREN = "children"
    KEY = "key"
    NOTE = "note"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Part:
    """One kind of answer. ``field`` is the key in the catalogue for the record ``kind``, where there is one."""

    key: str
    label: str
    reads: Reads
    kind: RecordKind = RecordKind.HOUSEHOLD
    field: str = ""
    codes: str = ""


_P, _A = RecordKind.PERSON, RecordKind.ADDRESS
_R = Reads

_OF_PERSON = (
    Part("name", N_("Name (Vor- und Nachname)"), _R.NAME, _P),
    Part("family_first", N_("Nachname, Vorname"), _R.FAMILY_FIRST, _P),
    Part("given_first", N_("Vorname Nachname"), _R.GIVEN_FIRST, _P),
    Part("family_name", N_("Nachname"), _R.TEXT, _P, "family_name"),
    Part("given_name", N_("Vorname"), _R.TEXT, _P, "given_name"),
    Part("birth_date", N_("Geburtsdatum"), _R.SPAN, _P, "birth_date"),
    Part("age", N_("Alter"), _R.AGE, _P, "birth_date"),
    Part("sex", N_("Geschlecht"), _R.CODE, _P, "sex", "sex"),
    Part("nationality_1", N_("Staatsangehörigkeit"), _R.NATIONALITIES, _P, "nationality_1", "nationalities"),
    Part("nationality_2", N_("2. Staatsangehörigkeit"), _R.CODE, _P, "nationality_2", "nationalities"),
    Part("birth_country", N_("Geburtsland"), _R.CODE, _P, "birth_country", "countries"),
    Part("birth_place", N_("Geburtsort"), _R.TEXT, _P, "birth_place"),
    Part("native", N_("Name in Originalschrift"), _R.TEXT, _P, "name_native_script"),
    Part("language", N_("Sprache"), _R.LANGUAGES, _P, "own_language", "languages"),
)
_OF_CHILD = (
    Part("role", N_("Rolle in der Familie"), _R.ROLE, _P, "role", "roles"),
    Part("german_level", N_("Deutsch"), _R.CODE, _P, "german_level", "cefr"),
    Part("last_grade", N_("Letzte besuchte Klasse"), _R.TEXT, _P, "last_grade"),
    Part("school", N_("Schule in Deutschland"), _R.TEXT, _P, "prior_german_school_name"),
    Part("years_of_schooling", N_("Schulbesuchsjahre"), _R.NUMBER, _P, "years_of_schooling"),
)
_OF_ADULT = (
    Part("phone", N_("Telefon"), _R.PHONE, _P, "own_phone"),
    Part("email", N_("E-Mail"), _R.TEXT, _P, "own_email"),
)
_OF_FAMILY = (
    Part("phone", N_("Telefon"), _R.PHONE, field="phone"),
    Part("email", N_("E-Mail"), _R.TEXT, field="email"),
    Part("language", N_("Familiensprache"), _R.LANGUAGES, codes="languages"),
    Part("family", N_("Nummer oder Name der Familie"), _R.KEY),
    Part("file_number", N_("Altes Aktenzeichen"), _R.NOTE),
    Part("entry_date", N_("Einreise nach Deutschland"), _R.SPAN, field="entry_date"),
    Part("arrival_in_city", N_("In Mülheim seit"), _R.DAY, field="arrival_in_city"),
    Part("registered_since", N_("Angemeldet seit"), _R.DAY, field="registered_since"),
    Part("country_of_origin", N_("Hergekommen aus"), _R.CODE, field="country_of_origin", codes="countries"),
    Part("first_contact_on", N_("Erster Kontakt"), _R.DAY, field="first_contact_on"),
    Part("reported_by", N_("Gemeldet durch"), _R.CODE, field="reported_by", codes="reporters"),
    Part("interpreter_language", N_("Sprache beim Dolmetschen"), _R.CODE, field="interpreter_language",
         codes="languages"),
    Part("contact_name", N_("Kontaktperson mit Deutsch"), _R.TEXT, field="contact_name"),
    Part("address", N_("Anschrift in einer Spalte"), _R.ADDRESS, _A),
    Part("street_line", N_("Straße und Hausnummer"), _R.STREET_LINE, _A, "street"),
    Part("house_number", N_("Hausnummer"), _R.TEXT, _A, "house_number"),
    Part("postal_code", N_("PLZ"), _R.POSTAL_CODE, _A, "postal_code"),
    Part("city", N_("Ort"), _R.TEXT, _A, "city"),
    Part("place_line", N_("PLZ und Ort"), _R.PLACE_LINE, _A),
    Part("district", N_("Stadtteil"), _R.CODE, _A, "district", "districts"),
    Part("housing_type", N_("Wohnform"), _R.CODE, _A, "housing_type", "housing_types"),
    Part("children", N_("Kinder in einer Zelle"), _R.CHILDREN, _P),
    Part("note", N_("In die Notiz der Familie"), _R.NOTE),
    Part("skip", N_("Weglassen"), _R.NOTHING),
    Part("not_collected", N_("Wird nicht erhoben, bleibt draußen"), _R.NOTHING),
)  # fmt: skip

_PARTS: Final = {
    Who.CHILD: (*_OF_PERSON, *_OF_CHILD),
    Who.MOTHER: (*_OF_PERSON, *_OF_ADULT),
    Who.FATHER: (*_OF_PERSON, *_OF_ADULT),
    Who.ADULT: (*_OF_PERSON, *_OF_ADULT),
    Who.FAMILY: _OF_FAMILY,
}
_WHO_LABELS: Final = {
    Who.CHILD: N_("Kind"),
    Who.MOTHER: N_("Mutter"),
    Who.FATHER: N_("Vater"),
    Who.ADULT: N_("Sorgeberechtigte"),
    Who.FAMILY: N_("Familie"),
}
TARGETS: Final = {f"{who}.{part.key}": (who, part) for who, parts in _PARTS.items() for part in parts}
"""Everything a column can be, in the order in which it is offered."""


def target_label(key: str) -> str:
    """ "Kind: Vorname", "Mutter: Telefon", "In die Notiz der Familie"."""
    who, part = TARGETS[key]
    plain = who is Who.FAMILY and part.reads in (Reads.NOTE, Reads.NOTHING, Reads.CHILDREN, Reads.KEY)
    return _(part.label) if plain else f"{_(_WHO_LABELS[who])}: {_(part.label)}"


@dataclass(frozen=True, slots=True)
class Recognised:
    """What a heading says: the target, and which of several children (0 where it does not count them)."""

    target: str
    nth: int = 0


def recognise(heading: str) -> Recognised | None:
    """What a German heading means: "Tel. Mutter" → mother's phone; None where it is not known."""
    words = loose_form(heading)
    if whole := _parts().get(words):
        return Recognised(_default(whole))
    left = words.split()
    numbers = [word for word in left if word.isdecimal() and len(word) == 1]
    left = [word for word in left if word not in numbers and word not in _LITTLE]
    people = [who for word in left if (who := _people().get(word))]
    rest = " ".join(word for word in left if word not in _people())
    who = Who(people[0]) if people else None
    nth = int(numbers[0]) if len(numbers) == 1 else 0
    part = _parts().get(rest) if rest else "name"
    if part is None or (not people and not numbers):
        return None
    target = f"{who}.{part}" if who is not None and f"{who}.{part}" in TARGETS else _default(part)
    return Recognised(target, nth if who in (None, Who.CHILD) else 0)


def known_words(kind: str) -> dict[str, str]:
    """The words of one kind in list_words.csv, folded, with the key each stands for."""
    return _words().get(kind, {})


_LITTLE: Final = frozenset({"der", "des", "die", "das", "vom", "von", "d", "und", "dem", "r", "n", "in", "innen"})


def _default(part: str) -> str:
    """Whose a part is when the heading does not say: the family's where it can be, else the child's."""
    of_family = f"{Who.FAMILY}.{part}"
    of_child = f"{Who.CHILD}.{part}"
    if part == "language":
        return of_family
    return of_child if of_child in TARGETS else of_family


@cache
def _parts() -> dict[str, str]:
    table = read_resource_table("list_headings.csv")
    return {loose_form(word): row["part"] for row in table.rows for word in row["headings"].split("|")}


@cache
def _people() -> dict[str, str]:
    return known_words("who")


@cache
def _words() -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for row in read_resource_table("list_words.csv").rows:
        kind = found.setdefault(row["list"], {})
        kind |= {loose_form(word): row["key"] for word in row["words"].split("|") if loose_form(word)}
    return found
