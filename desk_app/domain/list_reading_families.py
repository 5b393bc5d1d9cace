"""Puts the rows of an old list together to families, and sets aside rows that are about nobody."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from desk_app.domain.contact import phone_key
from desk_app.domain.list_reading_layout import Grouping, Layout, is_footer
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
    body = [row for row in _below(sheet, layout) if not _set_aside(row, sheet, layout, left_out)]
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


def _set_aside(row: SheetRow, sheet: Sheet, layout: Layout, left_out: list[LeftOut]) -> bool:
    """Whether a row is about nobody; said in `left_out`."""
    column = next(place for place, cell in enumerate(row.cells) if cell is not None)
    cell, words = sheet.address(row.number, column), cell_text(row.cells[column])
    if is_footer(row):
        left_out.append(LeftOut(cell, _("„{words}“ ist keine Person.").format(words=_short(words))))
    elif _is_heading(row, layout):
        left_out.append(LeftOut(cell, _("Die Überschriften stehen hier noch einmal.")))
    elif not _names_somebody(row, layout):
        harmless = row.filled == 1
        said = _("Hier steht kein Name: „{words}“.") if harmless else _("In dieser Zeile steht kein Name.")
        left_out.append(LeftOut(cell, said.format(words=_short(words)), harmless))
    else:
        return False
    return True


def _is_heading(row: SheetRow, layout: Layout) -> bool:
    """Whether the headings stand here once more, as on every printed page."""
    said = [
        (cell, column.heading.rpartition(" · ")[2])
        for column in layout.columns
        if (cell := row.cell(column.place)) is not None and column.heading
    ]
    same = sum(isinstance(cell, str) and cell.casefold() == heading.casefold() for cell, heading in said)
    return same >= 2 and same * 2 > row.filled


def _names_somebody(row: SheetRow, layout: Layout) -> bool:
    for column in layout.columns:
        if row.cell(column.place) is None:
            continue
        who, part = TARGETS[column.target]
        if part.reads in _NAMES or part.key in ("given_name", "family_name"):
            return True
        if who is not Who.FAMILY and part.key == "native":
            return True
    return False


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
    for row in body:
        name, home = _family_name(row, layout), _home(row, layout)
        key = (name, home) if name and home else row.number
        groups.setdefault(key, []).append(row)
    return tuple(map(tuple, groups.values()))


def _family_name(row: SheetRow, layout: Layout) -> str:
    for column in layout.columns:
        who, part = TARGETS[column.target]
        if who is not Who.CHILD or row.cell(column.place) is None:
            continue
        words = cell_text(row.cell(column.place))
        if part.key == "family_name":
            return loose_form(words)
        if part.reads in _NAMES:
            return loose_form(full_name(words, _ORDERS.get(part.reads, "")).family)
    return ""


def _home(row: SheetRow, layout: Layout) -> str:
    wanted = ("family.phone", "family.address", "family.street_line", "mother.name", "mother.given_name", "adult.name")
    said = {column.target: cell_text(row.cell(column.place)) for column in layout.columns if column.target in wanted}
    number = " ".join(
        cell_text(row.cell(column.place)) for column in layout.columns if column.target == "family.house_number"
    )
    for target in ("family.address", "family.street_line"):
        if said.get(target):
            return loose_form(f"{said[target]} {number}")
    if said.get("family.phone"):
        return phone_key(said["family.phone"])
    return next((loose_form(said[target]) for target in wanted[3:] if said.get(target)), "")


def _short(words: str) -> str:
    return words if len(words) <= 60 else f"{words[:59]}…"
