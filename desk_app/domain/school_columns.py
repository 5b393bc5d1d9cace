"""The columns of the files a receiving school imports: SchILD-NRW's text interface and the tables for SVWS-Import.

Both are kept as data in resources/code_lists/, so that a new edition of an interface is a new table.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from desk_app.domain.resource_csv import read_resource_table


class Form(StrEnum):
    """The three forms a set has; a school imports one of them."""

    UTF_8 = "UTF-8"
    ANSI = "ANSI"
    SVWS = "SVWS"


class About(StrEnum):
    """What one row of a file is about."""

    PUPIL = "pupil"
    GUARDIANS = "guardians"
    PHONE = "phone"


_ABOUT = {
    "SchuelerErzieher": About.GUARDIANS,
    "SVWS_Erzieher": About.GUARDIANS,
    "SchuelerTelefonnummern": About.PHONE,
}
IDENTITY = ("family_name", "given_name", "birth_date")
"""What both programs know a pupil by; it stands in every row."""


@dataclass(frozen=True, slots=True)
class SchoolColumn:
    """One column: ``key`` names the value written there, ``fixed`` is what is always written; else it stays empty."""

    header: str
    key: str
    fixed: str
    length: int | None
    """Most characters it takes; None where the interface names none."""
    required: bool
    """Whether a row without it is not taken."""


@dataclass(frozen=True, slots=True)
class SchoolFile:
    """One file of a set; ``name`` has no suffix."""

    name: str
    about: About
    columns: tuple[SchoolColumn, ...]


@cache
def school_files(form: Form) -> tuple[SchoolFile, ...]:
    """The files of one form in the order in which they are imported."""
    rows = read_resource_table("svws_columns.csv" if form is Form.SVWS else "schild_columns.csv").rows
    files = []
    for name in dict.fromkeys(row["file"] for row in rows):
        own = sorted((row for row in rows if row["file"] == name), key=lambda row: int(row["position"]))
        files.append(SchoolFile(name, _ABOUT.get(name, About.PUPIL), tuple(map(_column, own))))
    return tuple(files)


def _column(row: dict[str, str]) -> SchoolColumn:
    return SchoolColumn(
        header=row["header"],
        key=row["key"],
        fixed=row["fixed"],
        length=int(row["length"]) if row["length"] else None,
        required=row["empty"] == "never",
    )
