"""Reads an old list as families: every value with the cell it comes from, every doubt as a sentence with its cell.

What has no field of its own goes into the note of the family under its heading, so nothing of a list is lost; only
what the program does not collect (residence status, religion, diagnoses) stays out, and that is said.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Final, NamedTuple

from desk_app.domain.dates import DateSpan
from desk_app.domain.list_reading_columns import COUNTED, Answer, ReadColumn, Whose, read_columns
from desk_app.domain.list_reading_families import LeftOut, families_of
from desk_app.domain.list_reading_layout import Layout
from desk_app.domain.list_reading_sheet import Cell, Sheet, SheetRow, cell_text, column_letters
from desk_app.domain.list_reading_targets import NOT_COLLECTED, Who
from desk_app.domain.list_reading_values import Basis, Doubt
from desk_app.domain.records import Value
from desk_app.i18n import _

GROWN_UP: Final = 25
"""Years from which a person of a list without roles is no longer taken for a child."""

Told = Callable[[int, int], None]

_TOLD_EVERY: Final = 200
_SEX_BY_ROLE: Final = {"tochter": "w", "mutter": "w", "oma": "w", "sohn": "m", "vater": "m", "opa": "m"}
_ROLES: Final = {Who.MOTHER: "mother", Who.FATHER: "father"}


class Found(NamedTuple):
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


def read_list(
    sheet: Sheet, layout: Layout, today: date, *, from_1904: bool = False, told: Told | None = None
) -> Reading:
    """Read the sheet as the layout says. Never raises for what stands in the cells.

    ``told`` how many families are read and how many there are; what it raises ends the reading.
    """
    rows = families_of(sheet, layout)
    reader = _Reader(sheet, layout, Basis(today, layout.as_of, from_1904, layout.date_order))
    families = []
    for place, group in enumerate(rows.families):
        if told is not None and place % _TOLD_EVERY == 0:
            told(place, len(rows.families))
        families.append(reader.family(group))
    dropped = tuple(
        LeftOut(sheet.address(layout.heading_rows[-1] if layout.heading_rows else 1, column.place),
                _("Die Spalte „{heading}“ bleibt draußen: das erhebt Trittstein nicht.").format(heading=column.heading))
        for column in layout.columns if column.target == NOT_COLLECTED
    )  # fmt: skip
    return Reading(tuple(families), (*dropped, *rows.left_out))


def read_beginning(sheet: Sheet, layout: Layout, today: date, count: int, *, from_1904: bool = False) -> Reading | None:
    """The families of the first rows below the headings, in the places they have in the whole list as well.

    The last is left out, since more of its rows may follow; of the others too where a list is not in order. ``count``
    is the number of rows; None where the list is hardly longer.
    """
    below = next((place for place, row in enumerate(sheet.rows) if row.number >= layout.first_row), 0)
    if len(sheet.rows) < below + 2 * count:
        return None
    beginning = replace(sheet, rows=sheet.rows[: below + count])
    reading = read_list(beginning, layout, today, from_1904=from_1904)
    return replace(reading, families=reading.families[:-1])


class _Reader:
    """Reads the rows of one family after the other."""

    def __init__(self, sheet: Sheet, layout: Layout, basis: Basis) -> None:
        self._sheet, self._basis = sheet, basis
        self._columns = read_columns(sheet, layout, basis)
        self._family = ListFamily("")
        self._people: dict[int, ListPerson] = {}
        self._remarks: list[tuple[int, str, str]] = []

    def family(self, rows: tuple[SheetRow, ...]) -> ListFamily:
        first = next(place for place, cell in enumerate(rows[0].cells) if cell is not None)
        self._family = ListFamily(self._sheet.address(rows[0].number, first))
        self._people, self._remarks = {}, []
        for row in rows:
            width = len(row.cells)
            for column in self._columns:
                cell = row.cells[column.place] if column.place < width else None
                if cell is not None:
                    self._read(row, column, cell)
        self._settle()
        return self._family

    def _read(self, row: SheetRow, column: ReadColumn, cell: Cell) -> None:
        if column.is_note:
            self._note(row, column, cell)
            return
        answers = column.answers(cell)
        if isinstance(answers, Doubt):
            self._say(row, column, answers.words)
            self._note(row, column, cell)
            return
        for answer in answers:
            if answer.remark and all(answer.remark != problem.words for problem in self._family.problems):
                self._say(row, column, answer.remark, kept=True)
            self._keep(row, column, cell, answer)

    def _keep(self, row: SheetRow, column: ReadColumn, cell: Cell, answer: Answer) -> None:
        family, whose = self._family, answer.whose
        if whose is Whose.ADDRESS:
            values = family.address
        elif whose is Whose.HOUSEHOLD:
            values = family.household
        elif whose is Whose.FAMILY_LANGUAGE:
            if all(answer.value != known.value for known in family.languages):
                family.languages.append(Found(answer.value, column.address(row.number)))
            return
        else:
            person = self._person(answer.who, row.number, answer.number)
            values = person.values
            if whose is Whose.PERSON_LANGUAGE:
                person.languages.append(Found(answer.value, column.address(row.number)))
                return
            if whose is Whose.ROLE:
                self._take_role(person, cell, Found(answer.value, column.address(row.number)))
                return
        known = values.get(answer.key)
        if known is None:
            values[answer.key] = Found(answer.value, column.address(row.number))
        elif known.value is not answer.value and known.value != answer.value:
            self._say(row, column, _("Hier steht etwas anderes als in {cell}; es kommt in die Notiz.").format(
                cell=known.cell))  # fmt: skip
            self._note(row, column, cell)

    def _say(self, row: SheetRow, column: ReadColumn, words: str, *, kept: bool = False) -> None:
        self._family.problems.append(Problem(column.address(row.number), words, kept))

    def _take_role(self, person: ListPerson, cell: Cell, found: Found) -> None:
        person.role = str(found.value)
        person.values.setdefault("role", found)
        if sex := _SEX_BY_ROLE.get(cell_text(cell).casefold()):
            person.values.setdefault("sex", Found(sex, found.cell))

    def _person(self, who: Who, row: int, number: int) -> ListPerson:
        """The person a cell is about: children by row and number, one mother and one father, others by number."""
        mark = row * 10_000 + number if who is Who.CHILD else -number - 1 if who is Who.ADULT else 0
        key = 1 if who is Who.FATHER else mark  # children begin at 10,000, the mother has 0, others are below
        person = self._people.get(key)
        if person is None:
            person = self._people[key] = ListPerson(who, mark, _ROLES.get(who))
            self._family.persons.append(person)
        return person

    def _note(self, row: SheetRow, column: ReadColumn, cell: Cell) -> None:
        heading = column.heading.replace(" · ", " ") or _("Spalte {place}").format(place=column_letters(column.place))
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
        counted = {person.row // 10_000 for person in children if person.row % 10_000 >= COUNTED}
        shared = [
            person for person in children
            if person.row // 10_000 in counted and person.row % 10_000 < COUNTED and not person.text("given_name")
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
