"""The list of families as behaviour: the newest search wins, and the order stays as it was chosen."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, Protocol
from uuid import UUID

from desk_app.casework import family_list, family_order, placement_lines, search
from desk_app.casework.desk import Work
from desk_app.casework.family_list import BEST_FIRST, Asked
from desk_app.casework.search import Hit
from desk_app.domain.clock import Clock
from desk_app.domain.errors import WorldError
from desk_app.domain.lists import Narrowing, Trail
from desk_app.presenters import family_lines
from desk_app.presenters.family_columns import GREATEST_FIRST, grouped, needed_facts, needs_requests
from desk_app.presenters.family_lines import PAGE, FamilyLine, ShownFamilies, Wanted
from desk_app.presenters.runner import Runner

__all__ = ["FamiliesPresenter", "FamiliesView", "FamilyLine"]

MOST_FOUND: Final = 100
"""Lines of each group of the search that the list takes over."""
_MOST_ASKED: Final = 4
"""Pages that somebody looked at last; whatever was passed over before is not read."""

_RARE: Final = 10
"""One in so many at most: rarer families are looked up, others met with on the way through the list."""

_Pages = dict[int, tuple[FamilyLine, ...]]


class FamiliesView(Protocol):
    """``search`` is what was looked for; ``everybody`` how many families there are without it."""

    def show_families(self, lines: Sequence[FamilyLine], search: str, everybody: int) -> None: ...

    def show_read(self) -> None:
        """Lines that somebody looks at were read meanwhile."""
        ...

    def show_failed(self, message: str) -> None: ...


@dataclass(frozen=True, slots=True)
class _Found:
    """The list as it was read: with the pages that are looked at first."""

    wanted: Wanted
    everybody: int
    count: int
    place: int
    pages: _Pages


class FamiliesPresenter:
    """Reads the list anew for each search. While one search is on its way, only the newest of the next ones counts."""

    def __init__(self, view: FamiliesView, runner: Runner, clock: Clock) -> None:
        self._view = view
        self._runner = runner
        self._clock = clock
        self._search = ""
        self._running = False
        self._again = False
        self._conditions: frozenset[str] = frozenset()
        self._columns: frozenset[str] = frozenset()
        self._asked_for: list[int] = []
        self._reading = False
        self.everybody = 0
        """How many families there are, whatever is shown."""
        self.shown_rows: Sequence[FamilyLine] = ()
        self.current: UUID | None = None
        """The family the keyboard is on; it stays there when the list is read again."""
        self.place = 0
        """The position of that family. Whoever stands at the top and sorts or narrows the list sees the top again."""
        self.order = "changed"
        self.descending = True
        self._sorted = False
        """Whether somebody asked for an order during this search; else the best hit comes first."""

    @property
    def shown_order(self) -> tuple[str, bool]:
        """The column the list is sorted by, "" while the best hit comes first, and whether the greatest comes first."""
        return (self.order if self._sorted or not self._search else BEST_FIRST, self.descending)

    def search(self, words: str) -> None:
        """Show the families that the search over everything finds, the best first."""
        words = words.strip()
        if words != self._search:
            self._sorted = False
            self._search = words
            self._read_otherwise()

    # --- columns and conditions

    @property
    def narrowing(self) -> Narrowing:
        """What is looked for, which conditions hold and how the list is sorted."""
        order, descending = self.shown_order
        return Narrowing(self._search, self._conditions, order, descending)

    def narrow(self, narrowing: Narrowing) -> None:
        """Show the list so."""
        self._search, self._conditions = narrowing.words, narrowing.conditions
        self._sorted = narrowing.order in GREATEST_FIRST
        if self._sorted:
            self.order, self.descending = narrowing.order, narrowing.descending
        self._read_otherwise()

    def sort(self, order: str) -> None:
        """Sort by a column; once more turns the order round."""
        first = GREATEST_FIRST[order]
        self.descending = not self.descending if order == self.order else first
        self.order = order
        self._sorted = True
        self._read_otherwise()

    def show_columns(self, columns: Iterable[str]) -> None:
        """These columns are shown: read what they tell, if it was not read yet."""
        known = needed_facts(self._columns)
        self._columns = frozenset(columns)
        if self.everybody and not needed_facts(self._columns) <= known:
            self.refresh()

    # --- one family of the list

    def trail(self, household: UUID, done: Callable[[Trail | None], None]) -> None:
        """The families of the list as it is shown, to go on from one to the next: ``done`` hears of it."""
        shown = self.shown_rows
        if not isinstance(shown, ShownFamilies):
            done(None)
            return
        asked = shown.wanted.asked
        self._runner.run(lambda work: _trail(work, asked, household), done, self._tell)

    def find(self, household: UUID, done: Callable[[int], None]) -> None:
        """The position of a family in the list; ``done`` does not hear of one that is not in it."""
        self.current = household
        shown = self.shown_rows
        if isinstance(shown, ShownFamilies):
            asked = shown.wanted.asked
            self._place(lambda work: family_list.place_of(work, asked, household), done)

    def find_named(self, letters: str, done: Callable[[int], None], *, itself: bool) -> None:
        """The position of the next family whose name begins so, from the current one on."""
        shown, current = self.shown_rows, self.current
        if isinstance(shown, ShownFamilies):
            asked = shown.wanted.asked
            self._place(lambda work: family_list.next_named(work, asked, letters, current, itself=itself), done)

    def _place(self, find: Callable[[Work], int | None], done: Callable[[int], None]) -> None:
        shown = self.shown_rows

        def found(place: int | None) -> None:
            if place is not None and shown is self.shown_rows:
                done(place)

        self._runner.run(find, found, self._tell)

    # --- reading

    def _read_otherwise(self) -> None:
        if self.place == 0:
            self.current = None
        self.refresh()

    def refresh(self) -> None:
        """Read the list again."""
        if self._running:
            self._again = True
            return
        self._running = True
        order, descending = self.shown_order
        wanted = Wanted(Asked(grouped(self._conditions), order, descending), self._clock(), needed_facts(self._columns))
        search, columns, current, shown = self._search, self._columns, self.current, self.shown_rows
        looked_at = shown.seen if isinstance(shown, ShownFamilies) and shown.shows(wanted.asked) else ()
        self._runner.run(
            lambda work: _read(work, search, wanted, columns, current, looked_at),
            lambda found: self._arrived(search, found),
            self._failed,
        )

    def _arrived(self, search: str, found: _Found) -> None:
        self._running = False
        self.everybody = found.everybody
        if search == self._search:
            shown = ShownFamilies(found.wanted, found.count, found.place, self._ask)
            shown.fill(found.pages)
            self.shown_rows = shown
            self._view.show_families(shown, self._search, self.everybody)
        if self._again:
            self._again = False
            self.refresh()

    def _ask(self, shown: ShownFamilies, page: int) -> None:
        """Somebody looks at a page that is not there yet."""
        if page in self._asked_for:
            self._asked_for.remove(page)
        self._asked_for = [*self._asked_for, page][-_MOST_ASKED:]
        if not self._reading and shown is self.shown_rows:
            self._read_pages(shown)

    def _read_pages(self, shown: ShownFamilies) -> None:
        """Read what was looked at last and what lies around it."""
        around = (page + step for step in (0, 1, -1) for page in reversed(self._asked_for))
        pages = [page for page in dict.fromkeys(around) if not shown.has(page)]
        if not pages:
            return
        self._reading = True

        def arrived(found: _Pages) -> None:
            self._reading = False
            shown.fill(found)
            if shown is self.shown_rows:
                self._view.show_read()

        self._runner.run(lambda work: _read_pages(work, shown.wanted, pages), arrived, self._failed)

    def _failed(self, error: WorldError) -> None:
        self._running = self._again = self._reading = False
        self._tell(error)

    def _tell(self, error: WorldError) -> None:
        self._view.show_failed(error.message)


def _read(
    work: Work, words: str, wanted: Wanted, columns: Iterable[str], current: UUID | None, looked_at: Iterable[int]
) -> _Found:
    asked = wanted.asked
    if needs_requests(columns, (key for group in asked.conditions for key in group), asked.order):
        placement_lines.catch_up(work)
    family_order.catch_up(work)
    everybody = family_list.count(work, Asked())
    if words:
        hits = _hits(work, words)
        asked = Asked(asked.conditions, asked.order, asked.descending, tuple(hits))
        wanted = replace(wanted, hits=hits)
    count = family_list.count(work, asked) if words or asked.conditions else everybody
    asked = replace(asked, common=count * _RARE > everybody)
    wanted = replace(wanted, asked=asked)
    place = _place_of(work, asked, current) if current is not None else 0
    around = (max(place - PAGE // 2, 0) // PAGE, (place + PAGE // 2) // PAGE)
    pages = [page for page in sorted({*around, *looked_at}) if page * PAGE < count]
    return _Found(wanted, everybody, count, place, _read_pages(work, wanted, pages))


def _place_of(work: Work, asked: Asked, household: UUID) -> int:
    """Where the keyboard goes: mostly it is near the top, where nothing need be counted."""
    top = family_list.part(work, asked, 0, PAGE)
    return top.index(household) if household in top else family_list.place_of(work, asked, household) or 0


def _trail(work: Work, asked: Asked, household: UUID) -> Trail | None:
    keys = family_list.keys(work, asked)
    try:
        return Trail(keys, keys.index(household))
    except ValueError:
        return None


def _read_pages(work: Work, wanted: Wanted, pages: Iterable[int]) -> _Pages:
    return {page: family_lines.read(work, wanted, page * PAGE, PAGE) for page in pages}


def _hits(work: Work, words: str) -> Mapping[UUID, Hit]:
    found = search.find(work, words, MOST_FOUND)
    hits: dict[UUID, Hit] = {}
    for hit in (*found.families, *found.children, *found.sounds_alike):
        hits.setdefault(hit.household, hit)
    return hits
