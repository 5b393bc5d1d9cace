"""Puts the rows of an old list together to families, and sets aside rows that are about nobody."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from desk_app.domain.contact import phone_key
from desk_app.domain.list_reading_layout import Grouping, Layout, ListColumn, is_footer
from desk_app.domain.list_reading_sheet import Sheet, SheetRow, cell_text
from desk_app.domain.list_reading_targets import TARGETS, Reads, Who
from desk_app.domain.list_reading_values import full_name
from desk_app.domain.names import loose_form
from desk_app.i18n import _

_NAMES = (Reads.NAME, Reads.FAMILY_FIRST, Reads.GIVEN_FIRST, Reads.CHILDREN)
_ORDERS = {Reads.FAMILY_FIRST: "family", Reads.GIVEN_FIRST: "given"}


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A row that is not taken over: where it stands and why, as a German sentence."""

    cell: str
    words: str
    harmless: bool = True
    """Whether nobody is lost with it: a heading said again, a sum, a note on the list itself."""

    def show(self) -> str:
        return f"{self.cell}: {self.words}"


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of each family in the order of the list, and those that were left out."""

    families: tuple[tuple[SheetRow, ...], ...]
    left_out: tuple[LeftOut, ...]


def families_of(sheet: Sheet, layout: Layout) -> Rows:
    """Group the rows below the headings as the layout says."""
    left_out: list[LeftOut] = []
    aside = _Aside(sheet, layout)
    body = [row for row in _below(sheet, layout) if not aside.takes(row, left_out)]
    starts = {
        Grouping.ROW: lambda: [True] * len(body),
        Grouping.CARRY: lambda: _carried(body, layout),
        Grouping.BLANK: lambda: [
            not place or row.number > body[place - 1].number + 1 for place, row in enumerate(body)
        ],
        Grouping.COLUMN: lambda: _named(body, layout),
    }
    if layout.grouping is Grouping.ALIKE:
        return Rows(_alike(body, layout), tuple(left_out))
    groups: list[list[SheetRow]] = []
    for row, starts_family in zip(body, starts[layout.grouping](), strict=True):
        if starts_family or not groups:
            groups.append([])
        groups[-1].append(row)
    return Rows(tuple(map(tuple, groups)), tuple(left_out))


def _below(sheet: Sheet, layout: Layout) -> Iterator[SheetRow]:
    return (row for row in sheet.rows if row.number >= layout.first_row)


class _Aside:
    """Knows rows that are about nobody."""

    def __init__(self, sheet: Sheet, layout: Layout) -> None:
        self._sheet = sheet
        self._headings = [
            (column.place, column.heading.rpartition(" · ")[2].casefold())
            for column in layout.columns if column.heading
        ]  # fmt: skip
        self._naming = [column.place for column in layout.columns if _names_somebody(column)]

    def takes(self, row: SheetRow, left_out: list[LeftOut]) -> bool:
        """Whether a row is about nobody; said in `left_out`."""
        filled = row.filled
        if is_footer(row):
            words, harmless = _("„{words}“ ist keine Person."), True
        elif self._is_heading(row, filled):
            words, harmless = _("Die Überschriften stehen hier noch einmal."), True
        elif all(row.cell(place) is None for place in self._naming):
            harmless = filled == 1
            words = _("Hier steht kein Name: „{words}“.") if harmless else _("In dieser Zeile steht kein Name.")
        else:
            return False
        place = next(place for place, cell in enumerate(row.cells) if cell is not None)
        said = words.format(words=_short(cell_text(row.cells[place])))
        left_out.append(LeftOut(self._sheet.address(row.number, place), said, harmless))
        return True

    def _is_heading(self, row: SheetRow, filled: int) -> bool:
        """Whether the headings stand here once more, as on every printed page: at least two, most of the cells."""
        same = others = 0
        for place, heading in self._headings:
            cell = row.cell(place)
            if cell is None:
                continue
            if isinstance(cell, str) and cell.casefold() == heading:
                same += 1
            else:
                others += 1
                if others * 2 >= filled:
                    return False
        return same >= 2 and same * 2 > filled


def _names_somebody(column: ListColumn) -> bool:
    who, part = TARGETS[column.target]
    return part.reads in _NAMES or part.key in ("given_name", "family_name") or (
        who is not Who.FAMILY and part.key == "native"
    )  # fmt: skip


def _carried(body: Sequence[SheetRow], layout: Layout) -> list[bool]:
    """A family begins where one of the columns is filled that hold what a family has in common."""
    common = [
        column.place
        for column in layout.columns
        if column.target == "child.family_name"
        or (
            TARGETS[column.target][0] is not Who.CHILD
            and TARGETS[column.target][1].reads not in (Reads.NOTE, Reads.NOTHING)
        )
    ]
    return [any(row.cell(place) is not None for place in common) for row in body]


def _named(body: Sequence[SheetRow], layout: Layout) -> list[bool]:
    """A family begins where the column that names it says something new; empty cells go on with the one above."""
    places = [column.place for column in layout.columns if column.target == "family.family"]
    before, starts = "", []
    for row in body:
        said = " ".join(cell_text(row.cell(place)) for place in places)
        starts.append(bool(said.strip()) and said != before)
        before = said if said.strip() else before
    return starts


def _alike(body: Sequence[SheetRow], layout: Layout) -> tuple[tuple[SheetRow, ...], ...]:
    """Rows with the same family name and the same street, phone or mother belong together, wherever they stand."""
    groups: dict[object, list[SheetRow]] = {}
    name_of, home_of = _family_name(layout), _home(layout)
    for row in body:
        name, home = name_of(row), home_of(row)
        key = (name, home) if name and home else row.number
        groups.setdefault(key, []).append(row)
    return tuple(map(tuple, groups.values()))


def _family_name(layout: Layout) -> Callable[[SheetRow], str]:
    """Tells the family name of a row as it is compared."""
    said = []
    for column in layout.columns:
        who, part = TARGETS[column.target]
        if who is Who.CHILD and (part.key == "family_name" or part.reads in _NAMES):
            said.append((column.place, part))

    def name_of(row: SheetRow) -> str:
        for place, part in said:
            cell = row.cell(place)
            if cell is not None:
                words = cell_text(cell)
                return _loose(words if part.key == "family_name" else
                              full_name(words, _ORDERS.get(part.reads, "")).family)  # fmt: skip
        return ""

    return name_of


def _home(layout: Layout) -> Callable[[SheetRow], str]:
    """Tells what a family of a row has in common besides its name, "" where nothing is said."""
    said = {column.target: column.place for column in layout.columns}
    streets = [said[target] for target in ("family.address", "family.street_line") if target in said]
    numbers = [column.place for column in layout.columns if column.target == "family.house_number"]
    phone = said.get("family.phone")
    adults = [said[target] for target in ("mother.name", "mother.given_name", "adult.name") if target in said]

    def home_of(row: SheetRow) -> str:
        for place in streets:
            if street := cell_text(row.cell(place)):
                return _loose(" ".join([street, *(cell_text(row.cell(number)) for number in numbers)]))
        if phone is not None and (number := cell_text(row.cell(phone))):
            return phone_key(number)
        return next((_loose(words) for place in adults if (words := cell_text(row.cell(place)))), "")

    return home_of


@lru_cache(maxsize=20_000)
def _loose(words: str) -> str:
    return loose_form(words)


def _short(words: str) -> str:
    return words if len(words) <= 60 else f"{words[:59]}…"
