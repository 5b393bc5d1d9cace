"""One column of an old list with how its cells are understood; what was made of a cell is remembered for the next."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import Enum, auto
from typing import Final

from desk_app.domain import list_reading_values as read
from desk_app.domain.list_reading_layout import Layout, ListColumn
from desk_app.domain.list_reading_sheet import Cell, Sheet, cell_text
from desk_app.domain.list_reading_targets import TARGETS, Part, Reads, Who
from desk_app.domain.list_reading_values import Basis, Doubt, Read
from desk_app.domain.records import RecordKind, Value
from desk_app.i18n import _

COUNTED: Final = 100
"""Numbers of children that the headings count begin here; below are those of one cell."""

_ORDERS = {Reads.FAMILY_FIRST: "family", Reads.GIVEN_FIRST: "given"}


class Whose(Enum):
    """Where an answer goes."""

    ADDRESS = auto()
    HOUSEHOLD = auto()
    FAMILY_LANGUAGE = auto()
    PERSON = auto()
    PERSON_LANGUAGE = auto()
    ROLE = auto()


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer a cell gives. ``number`` is which of several people of the row it is about."""

    whose: Whose
    who: Who
    number: int
    key: str
    value: Value
    remark: str


class ReadColumn:
    """A column that says something."""

    def __init__(self, column: ListColumn, sheet: Sheet, basis: Basis) -> None:
        self.place, self.heading = column.place, column.heading
        self._above = sheet.address(0, column.place)[:-1]
        self._who, self._part = TARGETS[column.target]
        self._nth, self._basis = column.nth, basis
        self.is_note = self._part.reads is Reads.NOTE
        self._known: dict[object, tuple[Answer, ...] | Doubt] = {}

    def address(self, row: int) -> str:
        """Where its cell of a row stands."""
        return f"{self._above}{row}"

    def answers(self, cell: Cell) -> tuple[Answer, ...] | Doubt:
        """What a filled cell says, or why it is not taken over as it stands."""
        key = (cell,) if isinstance(cell, bool) else cell  # True is 1 for a dict
        known = self._known.get(key)
        if known is None:
            try:
                known = tuple(self._answer(key, value) for key, value in _values(self._part, cell, self._basis))
            except Doubt as doubt:
                known = doubt
            self._known[key] = known
        return known

    def _answer(self, name: str, value: Read) -> Answer:
        number, _colon, key = name.rpartition(":")
        child = Who.CHILD if self._who is Who.FAMILY else self._who
        place = int(number or 0) + self._nth * COUNTED
        return Answer(self._whose(key), child, place, key, value.value, value.remark)

    def _whose(self, key: str) -> Whose:
        if self._part.kind is RecordKind.ADDRESS:
            return Whose.ADDRESS
        if self._who is Who.FAMILY and self._part.reads is not Reads.CHILDREN:
            return Whose.FAMILY_LANGUAGE if key == "languages" else Whose.HOUSEHOLD
        return {"languages": Whose.PERSON_LANGUAGE, "role": Whose.ROLE}.get(key, Whose.PERSON)


def read_columns(sheet: Sheet, layout: Layout, basis: Basis) -> list[ReadColumn]:
    """The columns of a layout that say something, in their order."""
    said = (column for column in layout.columns
            if TARGETS[column.target][1].reads not in (Reads.NOTHING, Reads.KEY))  # fmt: skip
    return [ReadColumn(column, sheet, basis) for column in said]


def _values(part: Part, cell: Cell, basis: Basis) -> Iterator[tuple[str, Read]]:
    """The answers one cell gives: the key of each field and its value. Raises Doubt."""
    words = cell_text(cell)
    if part.reads in (Reads.NAME, Reads.FAMILY_FIRST, Reads.GIVEN_FIRST):
        yield from _names(words, _ORDERS.get(part.reads, ""))
    elif part.reads is Reads.CHILDREN:
        yield from _children(words, basis)
    elif part.reads is Reads.NATIONALITIES:
        found = list(read.read_codes(cell, part.codes))
        if len(found) > 2:
            raise Doubt(_("Mehr als zwei Staatsangehörigkeiten: „{words}“.").format(words=words))
        yield from ((f"nationality_{number}", value) for number, value in enumerate(found, 1))
    elif part.reads is Reads.LANGUAGES:
        yield from [("languages", value) for value in read.read_codes(cell, "languages")]
    elif part.reads in _LINES:
        yield from ((key, Read(text)) for key, text in _LINES[part.reads](words).items())
    else:
        yield part.field, _one(part, cell, basis)


def _names(words: str, order: str) -> Iterator[tuple[str, Read]]:
    """Given and family name of everybody in one cell, each under the number of the person."""
    for number, one in enumerate(read.names(words)):
        name = read.full_name(one, order)
        if name.given:
            yield f"{number}:given_name", Read(name.given, name.remark)
        if name.family:
            yield f"{number}:family_name", Read(name.family)


def _children(words: str, basis: Basis) -> Iterator[tuple[str, Read]]:
    """Names and birth dates of the children in one cell. Raises Doubt."""
    for number, (one, birth) in enumerate(read.children(words)):
        name = read.full_name(one, "given")
        yield f"{number}:given_name", Read(name.given)
        if name.family:
            yield f"{number}:family_name", Read(name.family)
        if birth:
            yield f"{number}:birth_date", read.read_span(birth, basis)


def _one(part: Part, cell: Cell, basis: Basis) -> Read:
    """The value of a cell that gives one answer. Raises Doubt."""
    if part.reads is Reads.SPAN:
        return read.read_span(cell, basis)
    if part.reads is Reads.DAY:
        return read.read_day(cell, basis)
    if part.reads is Reads.AGE:
        return read.read_age(cell, basis)
    if part.reads in (Reads.CODE, Reads.ROLE):
        return read.read_code(cell, part.codes)
    if part.reads is Reads.NUMBER:
        return read.read_number(cell)
    if part.reads is Reads.PHONE:
        return read.read_phone(cell)
    if part.reads is Reads.POSTAL_CODE:
        return read.read_postal_code(cell)
    return Read(" ".join(cell_text(cell).split()))


_LINES: Final[dict[Reads, Callable[[str], dict[str, str]]]] = {
    Reads.ADDRESS: read.address,
    Reads.STREET_LINE: read.street_and_number,
    Reads.PLACE_LINE: read.place,
}
