"""Rows of the list of families as they read, and the list itself, of which only what somebody looks at is read."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Final, overload
from uuid import UUID

from desk_app.casework import families, family_columns, family_list
from desk_app.casework.desk import Work
from desk_app.casework.families import FamilyRow
from desk_app.casework.family_columns import NOTHING_KNOWN, FamilyFacts
from desk_app.casework.family_list import Asked
from desk_app.casework.search import Hit, Marks
from desk_app.domain.clock import local_day
from desk_app.i18n import _
from desk_app.presenters.persons import household_words
from desk_app.presenters.when import day_and_time

PAGE: Final = 32
"""Lines read at once: about as many as a window shows."""
_PAGES_KEPT: Final = 100
_AT_ONCE: Final = 400
"""Lines read at once where all of them go out of the program."""


@dataclass(frozen=True, slots=True)
class FamilyLine:
    """One row of the list as it reads. Without ``id`` it is not read yet."""

    id: UUID | None
    name: str = ""
    file_number: str = ""
    people: str = ""
    intake_open: bool = False
    changed: str = ""
    changed_at: datetime | None = None
    marks: Marks = ()
    """Letters of ``name`` that were found."""
    found: str = ""
    """What was found where the name does not show it: a child, a phone number."""
    found_marks: Marks = ()
    moved_away: bool = False
    adults: int = 0
    children: int = 0
    changed_on: date | None = None
    facts: FamilyFacts = NOTHING_KNOWN
    """What further columns show, as far as it was asked for."""
    quiet: int | None = None
    """Days since the last contact, where that was asked for."""

    @property
    def state(self) -> str:
        """ "verzogen", "in Aufnahme"; empty for a file that is just there."""
        return _("verzogen") if self.moved_away else _("in Aufnahme") if self.intake_open else ""

    @property
    def spoken(self) -> str:
        """The whole row as it is read aloud."""
        if self.id is None:
            return _("wird geladen")
        changed = _("zuletzt geändert {when}").format(when=self.changed)
        number = _("Akte {number}").format(number=self.file_number)
        parts = (self.name, self.found, number, self.people, self.state, changed)
        return ", ".join(part for part in parts if part)


NOT_READ: Final = FamilyLine(None)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which families are wanted, as of when and with which facts; where somebody searched, what was found of each."""

    asked: Asked
    now: datetime
    facts: frozenset[str] = frozenset()
    hits: Mapping[UUID, Hit] | None = None


def read(work: Work, wanted: Wanted, first: int, most: int) -> tuple[FamilyLine, ...]:
    """The lines from position ``first`` on, at most so many."""
    households = family_list.part(work, wanted.asked, first, most)
    facts = family_columns.facts(work, wanted.facts, households)
    rows = families.among(work, households)
    lines = tuple(_line(row, wanted.now, facts.get(row.id, NOTHING_KNOWN)) for row in rows)
    if wanted.hits is None:
        return lines
    return tuple(_found_line(line, wanted.hits[row.id]) for line, row in zip(lines, rows, strict=True))


class ShownFamilies(Sequence[FamilyLine]):
    """The whole list, of which parts are read: one that somebody looks at is asked for and there a moment later.

    ``place`` is the position of the family the keyboard was on, or 0.
    """

    def __init__(self, wanted: Wanted, count: int, place: int, ask: Callable[[ShownFamilies, int], None]) -> None:
        self.wanted = wanted
        self.place = place
        self._count = count
        self._ask = ask
        self._pages: dict[int, tuple[FamilyLine, ...]] = {}
        self.seen = (0, 0)
        """The pages looked at last."""

    def __len__(self) -> int:
        return self._count

    @overload
    def __getitem__(self, place: int) -> FamilyLine: ...

    @overload
    def __getitem__(self, place: slice) -> tuple[FamilyLine, ...]: ...

    def __getitem__(self, place: int | slice) -> FamilyLine | tuple[FamilyLine, ...]:
        if isinstance(place, slice):
            return tuple(self[each] for each in range(*place.indices(self._count)))
        if not -self._count <= place < self._count:
            raise IndexError(place)
        number, within = divmod(place % self._count, PAGE)
        if number != self.seen[1]:
            self.seen = (self.seen[1], number)
        # whoever goes on will find the next page there
        if not self.has(number) or not self.has(number + (1 if within * 2 > PAGE else -1)):
            self._ask(self, number)
        page = self._pages.get(number, ())
        # somebody may have taken a family out since the others were counted
        return page[within] if within < len(page) else NOT_READ

    def __iter__(self) -> Iterator[FamilyLine]:
        return (self[place] for place in range(self._count))

    def has(self, number: int) -> bool:
        """Whether a page was read, or is none of this list."""
        return number in self._pages or not 0 <= number * PAGE < self._count

    def shows(self, asked: Asked) -> bool:
        """Whether the list is narrowed and sorted so."""
        own = self.wanted.asked
        return (own.conditions, own.order, own.descending) == (asked.conditions, asked.order, asked.descending)

    def fill(self, pages: Mapping[int, tuple[FamilyLine, ...]]) -> None:
        """Take over pages that were read. The oldest are let go where there are very many."""
        self._pages.update(pages)
        while len(self._pages) > _PAGES_KEPT:
            del self._pages[next(iter(self._pages))]

    def place_of(self, household: UUID) -> int | None:
        """The position of a family among what was read."""
        for number, page in self._pages.items():
            for within, line in enumerate(page):
                if line.id == household:
                    return number * PAGE + within
        return None

    def read_all(self, work: Work) -> Iterator[FamilyLine]:
        """All lines, read piece by piece, for a file or paper."""
        for first in range(0, self._count, _AT_ONCE):
            yield from read(work, self.wanted, first, _AT_ONCE)


def _found_line(line: FamilyLine, hit: Hit) -> FamilyLine:
    if hit.person is None:
        return replace(line, marks=hit.marks, found=hit.found, found_marks=hit.found_marks)
    return replace(line, found=hit.title, found_marks=hit.marks)


def _line(row: FamilyRow, now: datetime, facts: FamilyFacts) -> FamilyLine:
    return FamilyLine(
        id=row.id,
        name=row.name or _("noch ohne Namen"),
        file_number=row.file_number,
        people=household_words(row.adults, row.children),
        intake_open=row.intake_open,
        changed=day_and_time(row.changed_at, now),
        changed_at=row.changed_at,
        moved_away=row.moved_away,
        adults=row.adults,
        children=row.children,
        changed_on=local_day(row.changed_at),
        facts=facts,
        quiet=(local_day(now) - facts.last_contact).days if facts.last_contact else None,
    )
