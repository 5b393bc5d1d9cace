"""Lists: the columns of a list said once, for the table on screen, the spreadsheet and paper.

A row is any frozen dataclass or mapping. The *value* of a cell decides what it is (text, number, day), the
*kind* of its column only how it looks: a birth date known to the month is a text in a column of days.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from desk_app.i18n import _


class Kind(StrEnum):
    """How the cells of a column look."""

    TEXT = "text"
    STRONG = "strong"  # the names by which a row is recognised
    NUMBER = "number"
    DATE = "date"
    CODE = "code"  # short: a grade, a language level, the number of a request
    FLAG = "flag"  # yes, no, or a word about it
    ANSWER = "answer"  # left empty, for the recipient to fill in


class Align(StrEnum):
    """Where the text of a cell stands."""

    LEFT = "left"
    CENTER = "center"
    RIGHT = "right"


class Gap(str):
    """A text that tells of something missing ("keins"): shown in the colour of gaps wherever the list appears."""

    __slots__ = ()


Value = str | int | float | date | None  # bool is an int: shown as yes and no


@dataclass(frozen=True)
class Column:
    """One column: `key` is the attribute (or key) of a row, `title` a text marked with `N_`.

    `width` is in characters of body text, without the margins of a cell. `group` is a heading (`N_`) above
    several neighbouring columns. `expects` and `choices` say what the recipient writes into a column of kind
    ANSWER: a hint, never a bar.
    """

    key: str
    title: str
    kind: Kind = Kind.TEXT
    width: float = 12
    align: Align | None = None
    group: str | None = None
    expects: Kind = Kind.TEXT
    choices: tuple[str, ...] = ()

    @property
    def heading(self) -> str:
        """The title in the language in use, broken into lines where it says so: "Staats-\\nangehörigkeit"."""
        return _(self.title)

    @property
    def heading_line(self) -> str:
        """The heading on one line: "Staatsangehörigkeit"."""
        return self.heading.replace("-\n", "").replace("\n", " ")

    @property
    def alignment(self) -> Align:
        """As asked for, or numbers to the right and everything else to the left."""
        return self.align or (Align.RIGHT if self.kind is Kind.NUMBER else Align.LEFT)


@dataclass(frozen=True)
class Listing:
    """A list ready to be shown. `title` and `context` (who, as of when, for what) are already translated.

    `file_stem` names files and carries no personal data: "Schulplatzanfragen_2026-11-17".
    """

    title: str
    columns: tuple[Column, ...]
    rows: Sequence[object]
    context: tuple[str, ...] = ()
    file_stem: str = "Liste"

    @property
    def name_columns(self) -> int:
        """How many columns stay in view when the list is scrolled sideways: up to the last STRONG one."""
        return max((place for place, column in enumerate(self.columns, 1) if column.kind is Kind.STRONG), default=0)


def cell(row: object, column: Column) -> Value:
    """The raw value of `row` in `column`; None in a column left for answers. An unknown key is our bug."""
    if column.kind is Kind.ANSWER:
        return None
    value: Value = row[column.key] if isinstance(row, Mapping) else getattr(row, column.key)
    return value


def shown(value: Value) -> str:
    """`value` in words: a day as TT.MM.JJJJ, true and false as ja and nein, nothing as an empty text."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return _("ja") if value else _("nein")
    if isinstance(value, date):
        return f"{value.day:02}.{value.month:02}.{value.year:04}"  # %Y drops leading zeros on some systems
    return str(value)
