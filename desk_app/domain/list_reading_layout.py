"""Finds out how an old list is laid out: where its headings stand, what its columns hold, how families are kept apart.

All of it is a guess that people see beside samples of the cells and can change before anything is read.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from itertools import pairwise
from typing import Final

from desk_app.domain.dates import parse_day
from desk_app.domain.list_reading_sheet import Cell, Sheet, SheetRow, cell_text
from desk_app.domain.list_reading_targets import (
    NOT_COLLECTED,
    NOTE,
    SKIP,
    TARGETS,
    Reads,
    Recognised,
    known_words,
    recognise,
)
from desk_app.domain.list_reading_values import slashed
from desk_app.domain.names import loose_form
from desk_app.i18n import N_, _

_LOOKED_AT: Final = 40
"""Rows in which the headings are looked for."""
_SAMPLES: Final = 200
_SHOWN: Final = 3
_MOST_OF_FOOTER: Final = 4  # filled cells
_MOST: Final = 0.7
"""So many of the filled cells of a column have to look alike before it is taken for what they look like."""
_AS_OF = re.compile(r"\b(?:stand|vom|zum|per)\b\D{0,12}(\d{1,2}\.\d{1,2}\.\d{2,4})", re.IGNORECASE)
_NAME_PARTS: Final = ("name", "family_first", "given_first", "given_name", "family_name")


class Grouping(StrEnum):
    """How a list keeps its families apart."""

    ROW = "row"
    CARRY = "carry"
    BLANK = "blank"
    COLUMN = "column"
    ALIKE = "alike"

    @property
    def label(self) -> str:
        return _(_GROUPINGS[self])


_GROUPINGS: Final = {
    Grouping.ROW: N_("Jede Zeile ist eine Familie"),
    Grouping.CARRY: N_("Leere Felder gehören zur Familie darüber"),
    Grouping.BLANK: N_("Leere Zeilen trennen die Familien"),
    Grouping.COLUMN: N_("Eine Spalte nennt die Familie"),
    Grouping.ALIKE: N_("Gleicher Nachname und gleiche Anschrift oder Telefon"),
}


@dataclass(frozen=True, slots=True)
class ListColumn:
    """One column: what it is taken for, and its first cells to judge that by."""

    place: int
    heading: str
    target: str
    nth: int = 0
    """Which child of the row, from 1; 0 where the row is about one person."""
    samples: tuple[str, ...] = ()
    sure: bool = True
    """Whether the heading was known; otherwise the cells decided, or it goes into the note."""


@dataclass(frozen=True)
class Layout:
    """How one sheet is read. ``first_row`` is the first row below the headings."""

    columns: tuple[ListColumn, ...]
    heading_rows: tuple[int, ...]
    first_row: int
    grouping: Grouping
    date_order: str = ""
    order_unclear: bool = False
    """Whether there are dates like 03/04/2015 of which the list does not show what comes first."""
    as_of: date | None = None
    remarks: tuple[str, ...] = field(default=())

    @property
    def fingerprint(self) -> str:
        """What lists of the same sender have in common: their headings in order."""
        return "|".join(loose_form(column.heading) for column in self.columns)

    def with_target(self, place: int, target: str) -> Layout:
        """The layout with one column taken for something else."""
        columns = tuple(
            replace(column, target=target, sure=True) if column.place == place else column for column in self.columns
        )
        return replace(self, columns=columns)


def guess(sheet: Sheet, today: date, heading_row: int | None = None) -> Layout:
    """How the sheet is laid out. ``heading_row`` is the row of the headings where somebody said so, 0 for none."""
    rows = _spread(sheet)
    place = _heading_place(rows) if heading_row is None else _place_of(rows, heading_row)
    first, last = (place, _last_heading(rows, place)) if place is not None else (0, -1)
    if place is not None and heading_row is None and _is_group_line(rows, place):
        first = place - 1
    data = sheet.rows[last + 1 :]
    columns = _columns(_headings(rows, first, last, sheet.width), data)
    orders = Counter(
        slashed(cell)
        for column in columns
        if TARGETS[column.target][1].reads in (Reads.SPAN, Reads.DAY)
        for row in data
        if isinstance(cell := row.cell(column.place), str) and "/" in cell
    )
    order = "mdy" if orders["mdy"] > orders["dmy"] else "dmy" if orders["dmy"] else ""
    return Layout(
        columns=columns,
        heading_rows=tuple(row.number for row in sheet.rows[first : last + 1]),
        first_row=data[0].number if data else (sheet.rows[-1].number + 1 if sheet.rows else 1),
        grouping=_grouping(columns, data),
        date_order=order,
        order_unclear=bool(orders["?"]) and not order,
        as_of=_as_of(sheet.rows, today),
    )


def is_footer(row: SheetRow) -> bool:
    """Whether a row only sums up or says where the list comes from."""
    if row.filled > _MOST_OF_FOOTER:
        return False
    words = loose_form(next((cell_text(cell) for cell in row.cells if cell is not None), "")).split()
    footers = known_words("footer")
    return bool(words) and (words[0] in footers or " ".join(words[:2]) in footers)


def _spread(sheet: Sheet) -> list[SheetRow]:
    """The first rows with the content of merged cells in each of them that stands beside the first."""
    head = list(sheet.rows[:_LOOKED_AT])
    places = {row.number: place for place, row in enumerate(head)}
    for block in sheet.merged:
        place = places.get(block.top)
        if place is None or block.right == block.left:
            continue
        row = head[place]
        cells = list(row.cells) + [None] * (block.right + 1 - len(row.cells))
        for column in range(block.left + 1, block.right + 1):
            cells[column] = cells[block.left]
        head[place] = SheetRow(row.number, tuple(cells))
    return head


def _hits(row: SheetRow) -> int:
    known = (recognise(cell) for cell in row.cells if isinstance(cell, str) and len(cell) <= 60)
    return len({(found.target, found.nth) for found in known if found is not None})


def _heading_place(rows: Sequence[SheetRow]) -> int | None:
    """The row with the most known headings, the first of several alike; None where no row has two."""
    hits = [_hits(row) for row in rows]
    best = max(hits, default=0)
    if best >= 2 or (best == 1 and rows[0].filled == 1 and hits[0] == 1):
        return hits.index(best)
    return None


def _place_of(rows: Sequence[SheetRow], number: int) -> int | None:
    return next((place for place, row in enumerate(rows) if row.number == number), None)


def _last_heading(rows: Sequence[SheetRow], place: int) -> int:
    """Headings may go on in the next row; a row of data has days, numbers or far fewer known words."""
    follower = rows[place + 1] if place + 1 < len(rows) else None
    if follower is None or follower.number != rows[place].number + 1:
        return place
    only_words = all(
        isinstance(cell, str) and not re.search(r"\d\d", cell) for cell in follower.cells if cell is not None
    )
    return place + 1 if only_words and _hits(follower) >= 2 else place


def _is_group_line(rows: Sequence[SheetRow], place: int) -> bool:
    """Whether the row above names whose the columns below are: "Kind", "Mutter"."""
    if not place or rows[place - 1].number != rows[place].number - 1:
        return False
    people = known_words("who")
    above = [cell for cell in rows[place - 1].cells if isinstance(cell, str)]
    return any(word in people for cell in above for word in loose_form(cell).split()) and len(set(above)) > 1


def _headings(rows: Sequence[SheetRow], first: int, last: int, width: int) -> list[list[str]]:
    """The heading lines of each column, the upper one first."""
    lines = rows[first : last + 1]
    return [[cell_text(row.cell(place)) for row in lines if row.cell(place) is not None] for place in range(width)]


def _columns(headings: Sequence[Sequence[str]], data: Sequence[SheetRow]) -> tuple[ListColumn, ...]:
    columns = []
    seen: Counter[str] = Counter()
    for place, lines in enumerate(headings):
        cells = [cell for row in data[:_SAMPLES] if (cell := row.cell(place)) is not None]
        if not lines and not cells:
            continue
        known = _meaning(lines)
        target, nth = (known.target, known.nth) if known is not None else (_by_content(cells, named=bool(lines)), 0)
        if target == NOTE and _not_collected(cells):
            target = NOT_COLLECTED
        seen[target] += 1
        samples = tuple(dict.fromkeys(cell_text(cell) for cell in cells))[:_SHOWN]
        columns.append(ListColumn(place, " · ".join(lines), target, nth, samples, known is not None))
    return _settled(_counted(columns))


def _meaning(lines: Sequence[str]) -> Recognised | None:
    """What the heading lines of one column mean together, else the lowest that is known."""
    found = recognise(" ".join(lines)) if lines else None
    return found or next((known for line in reversed(lines) if (known := recognise(line)) is not None), None)


def _counted(columns: list[ListColumn]) -> list[ListColumn]:
    """Columns of the same kind again and again are those of the next children: Vorname, Geb., Vorname, Geb."""
    names = Counter(
        column.target for column in columns if column.target.startswith("child.") and column.target[6:] in _NAME_PARTS
    )
    if not names or max(names.values()) < 2 or any(column.nth for column in columns):
        return columns
    seen: Counter[str] = Counter()
    counted = []
    for column in columns:
        if column.target.startswith("child.") and column.target != "child.family_name":
            seen[column.target] += 1
            column = replace(column, nth=seen[column.target])
        counted.append(column)
    return counted


def _settled(columns: list[ListColumn]) -> tuple[ListColumn, ...]:
    """One answer comes from one column: "Name" beside "Vorname" is the family name; the others go into the note."""
    targets = {(column.target, column.nth) for column in columns}
    taken: set[tuple[str, int]] = set()
    settled = []
    for column in columns:
        target = column.target
        who, _dot, part = target.partition(".")
        if part == "name" and (f"{who}.given_name", column.nth) in targets:
            target = f"{who}.family_name"
        if (target, column.nth) in taken and target not in (NOTE, SKIP, NOT_COLLECTED):
            target = NOTE
        taken.add((target, column.nth))
        settled.append(replace(column, target=target))
    return tuple(settled)


def _by_content(cells: Sequence[Cell], *, named: bool) -> str:
    """What the cells look like where no heading says it. A heading that is not known keeps its words for the note."""
    if not cells or named:
        return NOTE if cells else SKIP
    texts = [cell_text(cell) for cell in cells]

    def most(fits: Sequence[bool]) -> bool:
        return sum(fits) >= _MOST * len(fits)

    if most([isinstance(cell, date) or bool(_DATE.fullmatch(text)) for cell, text in zip(cells, texts, strict=True)]):
        return "child.birth_date"
    if most([loose_form(text) in known_words("sex") for text in texts]):
        return "child.sex"
    if most([bool(re.fullmatch(r"\d{5}", text)) for text in texts]):
        return "family.postal_code"
    if most([bool(re.fullmatch(r"[+0][\d ()/-]{6,}", text)) for text in texts]):
        return "family.phone"
    if most([bool(re.fullmatch(r"[^\W\d]+(?:[ -][^\W\d]+)*, ?[^\W\d]+(?:[ -][^\W\d]+)*", text)) for text in texts]):
        return "child.family_first"
    return NOTE


_DATE = re.compile(r"\d{1,2}[./-]\d{1,2}[./-]\d{2,4}")


def _not_collected(cells: Sequence[Cell]) -> bool:
    words = known_words("not_collected")
    return any(loose_form(cell_text(cell)) in words for cell in cells)


def _grouping(columns: Sequence[ListColumn], data: Sequence[SheetRow]) -> Grouping:
    targets = {column.target for column in columns}
    if "family.family" in targets:
        return Grouping.COLUMN
    if any(column.nth > 1 for column in columns) or "family.children" in targets:
        return Grouping.ROW
    persons = [
        column.place for column in columns if column.target[6:] in _NAME_PARTS and column.target != "child.family_name"
    ]
    common = [
        column.place
        for column in columns
        if (not column.target.startswith("child.") or column.target == "child.family_name")
        and column.target not in (NOTE, SKIP, NOT_COLLECTED)
    ]
    body = [row for row in data if not is_footer(row)]
    followers = [
        row for row in body[1:]
        if all(row.cell(place) is None for place in common) and any(row.cell(place) is not None for place in persons)
    ]  # fmt: skip
    if common and len(followers) * 10 >= len(body):
        return Grouping.CARRY
    gaps = sum(after.number > before.number + 1 for before, after in pairwise(body))
    if gaps and gaps + 1 < len(body):
        return Grouping.BLANK
    return Grouping.ALIKE


def _as_of(rows: Sequence[SheetRow], today: date) -> date | None:
    """The day a list says it was made on, in its title or at its end."""
    for row in (*rows[:8], *rows[-4:]):
        for cell in row.cells:
            found = _AS_OF.search(cell) if isinstance(cell, str) else None
            if found is not None:
                try:
                    return parse_day(found[1], today)
                except ValueError:
                    continue
    return None
