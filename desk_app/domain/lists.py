"""Lists: the columns of a list said once, for the table on screen, the spreadsheet and paper.

A row is any frozen dataclass or mapping. The *value* of a cell decides what it is (text, number, day), the
*kind* of its column only how it looks: a birth date known to the month is a text in a column of days.
"""

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any

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
    ANSWER: a hint, never a bar. ``extra`` columns are shown only where somebody asks for them. A ``hidden`` one is in
    the spreadsheet for programs alone. A ``filled`` one of kind ANSWER shows what is known, to be changed.
    """

    key: str
    title: str
    kind: Kind = Kind.TEXT
    width: float = 12
    align: Align | None = None
    group: str | None = None
    expects: Kind = Kind.TEXT
    choices: tuple[str, ...] = ()
    extra: bool = False
    hidden: bool = False
    filled: bool = False

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

    `file_stem` names files and carries no personal data: "Schulplatzanfragen_2026-11-17". `sheet` names the sheet of a
    workbook where that is not the beginning of the name of the file.
    """

    title: str
    columns: tuple[Column, ...]
    rows: Sequence[object]
    context: tuple[str, ...] = ()
    file_stem: str = "Liste"
    sheet: str = ""

    @property
    def name_columns(self) -> int:
        """How many columns stay in view when the list is scrolled sideways: up to the last STRONG one."""
        return max((place for place, column in enumerate(self.columns, 1) if column.kind is Kind.STRONG), default=0)


def cell(row: object, column: Column) -> Value:
    """The raw value of `row` in `column`; None in a column left empty for answers. An unknown key is our bug."""
    if column.kind is Kind.ANSWER and not column.filled:
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


# --- what somebody made of a list

NARROWEST, BROADEST = 4.0, 80.0
"""Characters that a column may be made narrow or broad to."""


@dataclass(frozen=True, slots=True)
class Arrangement:
    """Which columns are shown, in their order, each with its width in characters. Empty: as the list comes."""

    columns: tuple[tuple[str, float], ...] = ()

    @property
    def keys(self) -> tuple[str, ...]:
        return tuple(key for key, _width in self.columns)

    def of(self, columns: Sequence[Column]) -> tuple[Column, ...]:
        """Those of ``columns`` that are shown. A key that no version knows any more is passed over."""
        known = {column.key: column for column in columns}
        found = tuple(replace(known[key], width=width) for key, width in self.columns if key in known)
        return found or tuple(column for column in columns if not column.extra)

    def to_text(self) -> str:
        """ "name=31 file_number=13"."""
        return " ".join(f"{key}={width:g}" for key, width in self.columns)

    @classmethod
    def from_text(cls, text: str) -> "Arrangement":
        """The opposite of ``to_text``; whatever cannot be read is passed over."""
        found: dict[str, float] = {}
        for part in text.split():
            key, _equals, width = part.partition("=")
            try:
                found[key] = min(max(float(width), NARROWEST), BROADEST)
            except ValueError:
                continue
        return cls(tuple(found.items()))

    @classmethod
    def showing(cls, columns: Sequence[Column]) -> "Arrangement":
        """These columns in this order."""
        return cls(tuple((column.key, round(column.width, 1)) for column in columns))


@dataclass(frozen=True)
class Condition:
    """A way to narrow a list that is offered by name: ``title`` is marked with ``N_``; ``holds`` looks at one row.

    Of the conditions of one ``group`` a row has to meet one, of several groups one each.
    """

    key: str
    title: str
    group: str
    holds: Callable[[Any], bool]


@dataclass(frozen=True, slots=True)
class Narrowing:
    """How somebody wants to see a list: words looked for, keys of conditions, and the column it is sorted by."""

    words: str = ""
    conditions: frozenset[str] = frozenset()
    order: str = ""
    descending: bool = False

    @property
    def narrows(self) -> bool:
        """Whether it may leave rows out."""
        return bool(self.words or self.conditions)

    def switched(self, condition: str) -> "Narrowing":
        """With this condition on if it was off, and the other way round."""
        return replace(self, conditions=self.conditions ^ {condition})

    def to_json(self) -> dict[str, Any]:
        return {
            "words": self.words,
            "conditions": sorted(self.conditions),
            "order": self.order,
            "descending": self.descending,
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Narrowing":
        return cls(
            str(data.get("words", "")),
            frozenset(map(str, data.get("conditions", ()))),
            str(data.get("order", "")),
            bool(data.get("descending", False)),
        )


def meeting(conditions: Sequence[Condition], chosen: frozenset[str]) -> Callable[[Any], bool]:
    """The question whether a row meets what is chosen; a key that no version knows any more narrows nothing."""
    wanted: dict[str, list[Callable[[Any], bool]]] = {}
    for condition in conditions:
        if condition.key in chosen:
            wanted.setdefault(condition.group, []).append(condition.holds)
    groups = list(wanted.values())
    return lambda row: all(any(holds(row) for holds in group) for group in groups)


def meets(row: object, conditions: Sequence[Condition], chosen: frozenset[str]) -> bool:
    """Whether one row meets what is chosen; for many rows ask ``meeting`` once."""
    return meeting(conditions, chosen)(row)


@dataclass(frozen=True, slots=True)
class Trail:
    """The records of a list in the order somebody saw it, to go through one by one, and where they are in it."""

    keys: Sequence[Hashable]
    """Each once."""
    place: int

    @classmethod
    def at(cls, keys: Sequence[Hashable], current: Hashable) -> "Trail | None":
        """A trail through ``keys``, each once, standing at ``current``; None where it is not among them."""
        each = tuple(dict.fromkeys(keys))
        return cls(each, each.index(current)) if current in each else None

    def step(self, by: int) -> "Trail | None":
        """One further or back; None at either end."""
        place = self.place + by
        return replace(self, place=place) if 0 <= place < len(self.keys) else None

    @property
    def current(self) -> Hashable:
        return self.keys[self.place]

    @property
    def words(self) -> str:
        """ "3 von 17"."""
        return _("{place} von {count}").format(place=self.place + 1, count=len(self.keys))
