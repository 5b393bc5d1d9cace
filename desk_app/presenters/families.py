"""The list of families as behaviour: the newest search wins, and the order stays as it was chosen."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Final, Protocol
from uuid import UUID

from desk_app.casework import families, family_columns, search
from desk_app.casework.desk import Work
from desk_app.casework.families import FamilyRow
from desk_app.casework.family_columns import NOTHING_KNOWN, FamilyFacts
from desk_app.casework.search import Hit, Marks
from desk_app.domain.clock import Clock, local_day
from desk_app.domain.errors import WorldError
from desk_app.domain.lists import Narrowing, Trail, meets
from desk_app.domain.names import search_form
from desk_app.i18n import _
from desk_app.presenters.family_columns import CONDITIONS, needed_facts
from desk_app.presenters.family_columns import ORDERS as MORE_ORDERS
from desk_app.presenters.persons import household_words
from desk_app.presenters.runner import Runner
from desk_app.presenters.when import day_and_time

MOST_FOUND: Final = 100
"""Lines of each group of the search that the list takes over."""


Facts = Mapping[UUID, FamilyFacts]


@dataclass(frozen=True, slots=True)
class FamilyLine:
    """One row of the list as it reads."""

    id: UUID
    name: str
    file_number: str
    people: str
    persons: int
    intake_open: bool
    changed: str
    changed_at: datetime
    sort_name: str
    marks: Marks = ()
    """Letters of ``name`` that were found."""
    found: str = ""
    """What was found where the name does not show it: a child, a phone number."""
    found_marks: Marks = ()
    moved_away: bool = False

    @property
    def state(self) -> str:
        """ "verzogen", "in Aufnahme"; empty for a file that is just there."""
        return _("verzogen") if self.moved_away else _("in Aufnahme") if self.intake_open else ""

    adults: int = 0
    children: int = 0
    changed_on: date = date.min
    facts: FamilyFacts = NOTHING_KNOWN
    """What further columns show, as far as it was asked for."""
    quiet: int | None = None
    """Days since the last contact, where that was asked for."""
    unheard: int | None = None
    """Days since the last sign of life, where that was asked for."""

    @property
    def spoken(self) -> str:
        """The whole row as it is read aloud."""
        changed = _("zuletzt geändert {when}").format(when=self.changed)
        number = _("Akte {number}").format(number=self.file_number)
        parts = (self.name, self.found, number, self.people, self.state, changed)
        return ", ".join(part for part in parts if part)


class FamiliesView(Protocol):
    """``search`` is what was looked for; ``everybody`` how many families there are without it."""

    def show_families(self, lines: tuple[FamilyLine, ...], search: str, everybody: int) -> None: ...

    def show_failed(self, message: str) -> None: ...


ORDERS: dict[str, tuple[Callable[[FamilyLine], Any], bool]] = {
    "name": (lambda line: (line.sort_name, line.file_number), False),
    "file_number": (lambda line: line.file_number, True),
    "people": (lambda line: line.persons, True),
    "state": (lambda line: line.intake_open, True),
    "changed": (lambda line: line.changed_at, True),
    **MORE_ORDERS,
}
"""What the list can be sorted by, and whether the greatest comes first."""


class FamiliesPresenter:
    """Reads the list anew for each search. While one search is on its way, only the newest of the next ones counts."""

    def __init__(self, view: FamiliesView, runner: Runner, clock: Clock) -> None:
        self._view = view
        self._runner = runner
        self._clock = clock
        self._search = ""
        self._everybody = 0
        self._running = False
        self._again = False
        self._lines: tuple[FamilyLine, ...] = ()
        self._conditions: frozenset[str] = frozenset()
        self._columns: frozenset[str] = frozenset()
        self._known: frozenset[str] = frozenset()
        """The facts that the lines were read with."""
        self._facts: Facts | None = None
        self._facts_of: frozenset[str] = frozenset()
        """What was read of them, kept while somebody searches; what is written meanwhile lets go of it."""
        self.shown_rows: tuple[FamilyLine, ...] = ()
        self.order = "changed"
        self.descending = True
        self._sorted = False
        """Whether somebody asked for an order during this search; else the best hit comes first."""

    @property
    def shown_order(self) -> tuple[str, bool]:
        """The column the list is sorted by, "" while the best hit comes first, and whether the greatest comes first."""
        return (self.order if self._sorted or not self._search else "", self.descending)

    def search(self, words: str) -> None:
        """Show the families that the search over everything finds, the best first."""
        words = words.strip()
        if words != self._search:
            self._sorted = False
            self._search = words
            self._read()

    # --- columns and conditions

    @property
    def everybody(self) -> int:
        """How many families there are, whatever is shown."""
        return self._everybody

    @property
    def narrowing(self) -> Narrowing:
        """What is looked for, which conditions hold and how the list is sorted."""
        order, descending = self.shown_order
        return Narrowing(self._search, self._conditions, order, descending)

    def narrow(self, narrowing: Narrowing) -> None:
        """Show the list so."""
        searched = narrowing.words != self._search
        self._search, self._conditions = narrowing.words, narrowing.conditions
        self._sorted = narrowing.order in ORDERS
        if self._sorted:
            self.order, self.descending = narrowing.order, narrowing.descending
        self._show_or_read(read=searched)

    def trail(self, household: UUID) -> Trail | None:
        """The families of the list as it is shown, to go on from one to the next."""
        return Trail.at([line.id for line in self.shown_rows], household)

    def show_columns(self, columns: Iterable[str]) -> None:
        """These columns are shown: read what they tell, if it was not read yet."""
        self._columns = frozenset(columns)
        if self._lines or self._everybody:
            self._show_or_read()

    def _wanted(self) -> frozenset[str]:
        return needed_facts(self._columns, self._conditions, self.order)

    def _show_or_read(self, *, read: bool = False) -> None:
        if read or not self._wanted() <= self._known:
            self._read()
        else:
            self._show()

    def refresh(self) -> None:
        """Read the list again."""
        self._facts = None
        self._read()

    def _read(self) -> None:
        if self._running:
            self._again = True
            return
        self._running = True
        search, now, wanted = self._search, self._clock(), self._wanted()
        facts = self._facts if wanted <= self._facts_of else None
        self._runner.run(
            lambda work: _read(work, search, now, wanted, facts),
            lambda found: self._arrived(search, wanted, *found),
            self._failed,
        )

    def sort(self, order: str) -> None:
        """Sort by a column; once more turns the order round."""
        first = ORDERS[order][1]
        self.descending = not self.descending if order == self.order else first
        self.order = order
        self._sorted = True
        self._show_or_read()

    def _arrived(
        self, search: str, known: frozenset[str], lines: tuple[FamilyLine, ...], everybody: int, facts: Facts
    ) -> None:
        self._running = False
        if not self._again or self._facts is not None:
            self._facts, self._facts_of = facts, known
        self._everybody = everybody
        if search == self._search:
            self._lines, self._known = lines, known
            self._show()
        self._catch_up()

    def _failed(self, error: WorldError) -> None:
        self._running = False
        self._again = False
        self._view.show_failed(error.message)

    def _catch_up(self) -> None:
        if self._again:
            self._again = False
            self._read()

    def _show(self) -> None:
        lines = tuple(line for line in self._lines if meets(line, CONDITIONS, self._conditions))
        if self._sorted or not self._search:
            lines = tuple(sorted(lines, key=ORDERS[self.order][0], reverse=self.descending))
        self.shown_rows = lines
        self._view.show_families(lines, self._search, self._everybody)


def _read(
    work: Work, words: str, now: datetime, wanted: frozenset[str], known: Facts | None
) -> tuple[tuple[FamilyLine, ...], int, Facts]:
    facts = family_columns.facts(work, wanted) if known is None else known
    if not words:
        lines = tuple(_line(row, now, facts.get(row.id, NOTHING_KNOWN)) for row in families.listing(work))
        return lines, len(lines), facts
    found = search.find(work, words, MOST_FOUND)
    hits: dict[UUID, Hit] = {}
    for hit in (*found.families, *found.children, *found.sounds_alike):
        hits.setdefault(hit.household, hit)
    rows = families.among(work, list(hits))
    lines = tuple(_found_line(_line(row, now, facts.get(row.id, NOTHING_KNOWN)), hits[row.id]) for row in rows)
    return lines, families.count(work), facts


def _found_line(line: FamilyLine, hit: Hit) -> FamilyLine:
    if hit.person is None:
        return replace(line, marks=hit.marks, found=hit.found, found_marks=hit.found_marks)
    return replace(line, found=hit.title, found_marks=hit.marks)


def _line(row: FamilyRow, now: datetime, facts: FamilyFacts) -> FamilyLine:
    today = local_day(now)
    quiet = (today - facts.last_contact).days if facts.last_contact else None
    unheard = (today - facts.last_sign).days if facts.last_sign else None
    return FamilyLine(
        id=row.id,
        name=row.name or _("noch ohne Namen"),
        file_number=row.file_number,
        people=household_words(row.adults, row.children),
        persons=row.adults + row.children,
        intake_open=row.intake_open,
        changed=day_and_time(row.changed_at, now),
        changed_at=row.changed_at,
        sort_name=search_form(row.name),
        moved_away=row.moved_away,
        adults=row.adults,
        children=row.children,
        changed_on=local_day(row.changed_at),
        facts=facts,
        quiet=quiet,
        unheard=unheard,
    )
