"""Reads an old list as families: every value with the cell it comes from, every doubt as a sentence with its cell.

What has no field of its own goes into the note of the family under its heading, so nothing of a list is lost; only
what the program does not collect (residence status, religion, diagnoses) stays out, and that is said.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from desk_app.domain import list_reading_values as read
from desk_app.domain.dates import DateSpan
from desk_app.domain.list_reading_families import LeftOut, families_of
from desk_app.domain.list_reading_layout import Layout, ListColumn
from desk_app.domain.list_reading_sheet import Cell, Sheet, SheetRow, cell_text
from desk_app.domain.list_reading_targets import NOT_COLLECTED, TARGETS, Part, Reads, Who
from desk_app.domain.list_reading_values import Basis, Doubt, Read
from desk_app.domain.records import RecordKind, Value
from desk_app.i18n import _

GROWN_UP: Final = 25
"""Years from which a person of a list without roles is no longer taken for a child."""

_ORDERS = {Reads.FAMILY_FIRST: "family", Reads.GIVEN_FIRST: "given"}
_COUNTED: Final = 100
"""Numbers of children that the headings count begin here; below are those of one cell."""


@dataclass(frozen=True, slots=True)
class Found:
    """One value and the cell it comes from."""

    value: Value
    cell: str


@dataclass(frozen=True, slots=True)
class Problem:
    """Something to look at: the cell, and a German sentence. ``kept`` says whether a value was taken all the same."""

    cell: str
    words: str
    kept: bool = False

    def show(self) -> str:
        return f"{self.cell}: {self.words}"


@dataclass
class ListPerson:
    """Somebody of a list; ``role`` is a key of the list ``roles``, None where the list does not say."""

    who: Who
    row: int
    role: str | None
    values: dict[str, Found] = field(default_factory=dict)
    languages: list[Found] = field(default_factory=list)

    def text(self, key: str) -> str:
        found = self.values.get(key)
        return str(found.value) if found is not None and found.value is not None else ""

    @property
    def birth(self) -> DateSpan | None:
        found = self.values.get("birth_date")
        return found.value if found is not None and isinstance(found.value, DateSpan) else None

    @property
    def name(self) -> str:
        return " ".join(part for part in (self.text("given_name"), self.text("family_name")) if part)


@dataclass
class ListFamily:
    """A family of a list with what it has in common."""

    cell: str
    """The first cell it stands in."""
    household: dict[str, Found] = field(default_factory=dict)
    address: dict[str, Found] = field(default_factory=dict)
    languages: list[Found] = field(default_factory=list)
    persons: list[ListPerson] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    @property
    def name(self) -> str:
        """The family name most of its members have, the children's first."""
        names = [person.text("family_name") for person in self.persons if person.text("family_name")]
        return max(names, key=names.count) if names else next((person.name for person in self.persons), "")


@dataclass(frozen=True)
class Reading:
    """What a list says."""

    families: tuple[ListFamily, ...]
    left_out: tuple[LeftOut, ...]


def read_list(sheet: Sheet, layout: Layout, today: date, *, from_1904: bool = False) -> Reading:
    """Read the sheet as the layout says. Never raises for what stands in the cells."""
    basis = Basis(today, layout.as_of, from_1904, layout.date_order)
    rows = families_of(sheet, layout)
    families = tuple(_Reader(sheet, layout, basis).family(group) for group in rows.families)
    dropped = tuple(
        LeftOut(sheet.address(layout.heading_rows[-1] if layout.heading_rows else 1, column.place),
                _("Die Spalte „{heading}“ bleibt draußen: das erhebt Trittstein nicht.").format(heading=column.heading))
        for column in layout.columns if column.target == NOT_COLLECTED
    )  # fmt: skip
    return Reading(families, (*dropped, *rows.left_out))


class _Reader:
    """Reads the rows of one family after the other."""

    def __init__(self, sheet: Sheet, layout: Layout, basis: Basis) -> None:
        self._sheet, self._layout, self._basis = sheet, layout, basis
        self._family = ListFamily("")
        self._remarks: list[tuple[int, str, str]] = []
        self._understood: dict[tuple[str, type, Cell], tuple[tuple[str, Read], ...] | Doubt] = {}
        """What was made of a cell of a target; the rows of a family say much of it again."""

    def family(self, rows: tuple[SheetRow, ...]) -> ListFamily:
        first = next(place for place, cell in enumerate(rows[0].cells) if cell is not None)
        self._family = ListFamily(self._sheet.address(rows[0].number, first))
        self._remarks = []
        for row in rows:
            for column in self._layout.columns:
                cell = row.cell(column.place)
                if cell is not None:
                    self._read(row, column, cell)
        self._settle()
        return self._family

    def _read(self, row: SheetRow, column: ListColumn, cell: Cell) -> None:
        who, part = TARGETS[column.target]
        place = self._sheet.address(row.number, column.place)
        if part.reads in (Reads.NOTHING, Reads.KEY):
            return
        if part.reads is Reads.NOTE:
            self._note(row, column, cell)
            return
        try:
            for key, value in self._answers(column.target, part, cell):
                if value.remark and value.remark not in [problem.words for problem in self._family.problems]:
                    self._family.problems.append(Problem(place, value.remark, kept=True))
                self._keep(row, column, who, part, key, Found(value.value, place))
        except Doubt as doubt:
            self._family.problems.append(Problem(place, doubt.words))
            self._note(row, column, cell)

    def _answers(self, target: str, part: Part, cell: Cell) -> tuple[tuple[str, Read], ...]:
        known = self._understood.get((target, type(cell), cell))
        if known is None:
            try:
                known = tuple(self._values(part, cell))
            except Doubt as doubt:
                known = doubt
            self._understood[target, type(cell), cell] = known
        if isinstance(known, Doubt):
            raise known
        return known

    def _values(self, part: Part, cell: Cell) -> Iterator[tuple[str, Read]]:
        """The answers one cell gives: the key of each field and its value. Raises Doubt."""
        words, basis = cell_text(cell), self._basis
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

    def _keep(self, row: SheetRow, column: ListColumn, who: Who, part: Part, key: str, found: Found) -> None:
        number, _colon, field_key = key.rpartition(":")
        if part.kind is RecordKind.ADDRESS:
            self._put(self._family.address, field_key, found, row, column)
            return
        if who is Who.FAMILY and part.reads is not Reads.CHILDREN:
            if field_key == "languages":
                if found.value not in [known.value for known in self._family.languages]:
                    self._family.languages.append(found)
            else:
                self._put(self._family.household, field_key, found, row, column)
            return
        child = Who.CHILD if who is Who.FAMILY else who
        person = self._person(child, row.number, int(number or 0) + column.nth * _COUNTED)
        if field_key == "languages":
            person.languages.append(found)
        elif field_key == "role":
            person.role = str(found.value)
            person.values.setdefault("role", found)
            self._sex_by_role(person, row.cell(column.place), found)
        else:
            self._put(person.values, field_key, found, row, column)

    def _sex_by_role(self, person: ListPerson, cell: Cell, found: Found) -> None:
        sex = {"tochter": "w", "mutter": "w", "oma": "w", "sohn": "m", "vater": "m", "opa": "m"}
        word = cell_text(cell).casefold()
        if word in sex:
            person.values.setdefault("sex", Found(sex[word], found.cell))

    def _put(self, values: dict[str, Found], key: str, found: Found, row: SheetRow, column: ListColumn) -> None:
        """Keep the first answer; another one for the same question is said and goes into the note."""
        known = values.setdefault(key, found)
        if known.value != found.value:
            words = _("Hier steht etwas anderes als in {cell}; es kommt in die Notiz.").format(cell=known.cell)
            self._family.problems.append(Problem(found.cell, words))
            self._note(row, column, row.cell(column.place))

    def _person(self, who: Who, row: int, number: int) -> ListPerson:
        """The person a cell is about: children by row and number, one mother and one father, others by number."""
        line = row if who is Who.CHILD else -number - 1 if who is Who.ADULT else 0
        mark = row * 10_000 + number if who is Who.CHILD else line
        for person in self._family.persons:
            if person.who is who and person.row == mark:
                return person
        role = {Who.MOTHER: "mother", Who.FATHER: "father"}.get(who)
        person = ListPerson(who, mark, role)
        self._family.persons.append(person)
        return person

    def _note(self, row: SheetRow, column: ListColumn, cell: Cell) -> None:
        heading = column.heading.replace(" · ", " ") or _("Spalte {place}").format(
            place=self._sheet.address(0, column.place).rpartition("!")[2][:-1]
        )
        self._remarks.append((row.number, heading, cell_text(cell)))

    def _settle(self) -> None:
        """What only shows once all rows are read: family names not said again, roles, whose a remark is."""
        family = self._family
        family.persons = [person for person in family.persons if person.name or person.text("name_native_script")]
        children = [person for person in family.persons if person.who is Who.CHILD]
        for person in family.persons:
            if not person.text("family_name") and children and (known := _name_above(person, family.persons)):
                person.values["family_name"] = known
        # "Familienname" beside "Kind 1", "Kind 2" is the name of all of them, not one more child
        counted = {person.row // 10_000 for person in children if person.row % 10_000 >= _COUNTED}
        shared = [
            person for person in children
            if person.row // 10_000 in counted and person.row % 10_000 < _COUNTED and not person.text("given_name")
        ]  # fmt: skip
        family.persons = [person for person in family.persons if person not in shared]
        children = [person for person in children if person not in shared]
        for person in children:
            if person.role is None:
                person.role = self._role_by_age(person)
        names = {person.row // 10_000: person.text("given_name") for person in reversed(children)}
        several = len({row for row, _heading, _words in self._remarks}) > 1
        for row, heading, words in self._remarks:
            whose = f" ({names[row]})" if several and names.get(row) else ""
            line = f"{heading}{whose}: {words}"
            if line not in family.notes:
                family.notes.append(line)

    def _role_by_age(self, person: ListPerson) -> str | None:
        ages = person.birth.age_on(self._basis.as_of or self._basis.today) if person.birth else None
        if ages is None or ages.low < GROWN_UP:
            return "child"
        cell = person.values["birth_date"].cell
        words = _("{age} Jahre alt: ist als erwachsene Person gelesen.").format(age=ages.show())
        self._family.problems.append(Problem(cell, words, kept=True))
        return None


def _name_above(person: ListPerson, persons: list[ListPerson]) -> Found | None:
    """The family name of whoever stands before; in merged cells it is written once."""
    before = None
    for other in persons:
        if other is person and before is not None:
            return before
        before = other.values.get("family_name") or before
    return before if person.who is Who.CHILD else None


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
