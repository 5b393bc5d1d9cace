"""The page of placement requests as behaviour: which rows in which order, which are chosen, and sending them out."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Protocol
from uuid import UUID

from desk_app.casework import exports, placement_list, preview, schools, second_person
from desk_app.casework.desk import Changes, Work
from desk_app.casework.exports import Exported
from desk_app.casework.placement_list import WAITING, PlacementRow
from desk_app.casework.preview import PagePicture, RequestPreview
from desk_app.domain.clock import Clock, local_day
from desk_app.domain.errors import WorldError
from desk_app.domain.lists import Narrowing, Trail
from desk_app.domain.names import search_form
from desk_app.presenters import placement_columns, placement_pipeline, placement_sending
from desk_app.presenters.placement_columns import Known
from desk_app.presenters.placement_export import Errand, ExportJob
from desk_app.presenters.placement_order import found_by, matching, sort_key
from desk_app.presenters.placement_pipeline import PipelineCount
from desk_app.presenters.placement_states import WaitLimits
from desk_app.presenters.runner import Runner

CONCERNS = frozenset({"placements", "households", "centre", "schools"})
"""What a deed may touch that makes the rows old."""


People = tuple[tuple[UUID, str], ...]
"""Persons of the desk by id and name."""


class PlacementsView(Protocol):
    """What the page shows. ``show_rows`` comes after every change of rows, order, filter or selection."""

    def show_rows(self) -> None: ...

    def show_load_failed(self, message: str) -> None: ...


@dataclass(frozen=True, slots=True)
class Selection:
    """What is chosen: how many, how many of them the filter hides, and how many cannot be sent.

    ``incomplete`` still lack something, ``placed`` have a place or rest: sending these would ask for another one.
    """

    count: int = 0
    hidden: int = 0
    incomplete: int = 0
    placed: int = 0
    sent_before: int = 0

    @property
    def ready(self) -> int:
        return self.count - self.incomplete - self.placed


@dataclass(frozen=True, slots=True)
class Read:
    """What the page needs from the store. ``user`` is who sits here; ``schools`` are names by school number."""

    rows: tuple[PlacementRow, ...]
    user: str = ""
    schools: Mapping[str, str] = field(default_factory=dict)


class PlacementsPresenter:
    """Keeps the rows last read and everything the user chose about them; the choice survives a refresh."""

    def __init__(self, view: PlacementsView, runner: Runner, clock: Clock, limits: WaitLimits | None = None) -> None:
        self._view = view
        self._runner = runner
        self._clock = clock
        self._all: tuple[PlacementRow, ...] = ()
        self._texts: tuple[str, ...] = ()
        self._conditions: frozenset[str] = frozenset()
        self._text = ""
        self._words: tuple[str, ...] = ()
        self._sort = ("waiting", True)
        self._selected: set[UUID] = set()
        self._known = Known(lambda: self.today, limits or WaitLimits())
        self.loaded = False
        self.spec = placement_columns.spec(self._known)
        self.rows: tuple[PlacementRow, ...] = ()
        """The rows shown, in order."""
        self.resting = 0
        """How many more would be shown, were those shown that rest."""

    @property
    def today(self) -> date:
        return local_day(self._clock())

    @property
    def limits(self) -> WaitLimits:
        return self._known.limits

    def set_limits(self, limits: WaitLimits) -> None:
        """From when on a wait is too long here."""
        self._known.limits = limits
        self._offer_conditions()

    # --- rows

    def load(self) -> None:
        """Read all rows again."""
        self._runner.run(_read, self._arrived, lambda error: self._view.show_load_failed(error.message))

    def _arrived(self, read: Read) -> None:
        self.loaded = True
        self._all = read.rows
        self._known.user, self._known.schools = read.user, read.schools
        forms = {number: search_form(name) for number, name in read.schools.items()}
        self._texts = tuple(found_by(row, forms) for row in read.rows)
        self._selected &= {row.request for row in read.rows}
        self._show()

    @property
    def schools(self) -> Mapping[str, str]:
        """Names by school number."""
        return self._known.schools

    @property
    def any_rows(self) -> bool:
        return bool(self._all)

    @property
    def open_count(self) -> int:
        """How many children have no place yet."""
        return sum(row.state in WAITING for row in self._all)

    def pipeline(self) -> tuple[PipelineCount, ...]:
        """The arrows with their counts, whatever is filtered."""
        return placement_pipeline.counts(self._all, self.today)

    # --- filter and order

    @property
    def filtered(self) -> bool:
        return bool(self._conditions or self._words)

    @property
    def state_filter(self) -> str:
        """The key of the arrow whose states are shown; empty for all, or for others."""
        return placement_pipeline.arrow_of(self._conditions & placement_columns.STATE_KEYS)

    @property
    def sorting(self) -> tuple[str, bool]:
        """The column sorted by, and whether the largest comes first."""
        return self._sort

    def filter_state(self, key: str) -> None:
        """Show the states of one arrow only; the same once more, or an empty key, shows all."""
        chosen = placement_pipeline.states_of(key) if key and key != self.state_filter else frozenset[str]()
        self._conditions = self._conditions - placement_columns.STATE_KEYS | chosen
        self._show()

    def show_resting(self) -> None:
        """Show those that rest as well."""
        self._conditions |= {placement_columns.ALSO_RESTING}
        self._show()

    def filter_text(self, text: str) -> None:
        """Show rows whose name, number or school holds every word."""
        self._text = text.strip()
        self._words = tuple(search_form(text).split())
        self._show()

    @property
    def narrowing(self) -> Narrowing:
        """What is looked for, which conditions hold, and the order."""
        return Narrowing(self._text, self._conditions, *self._sort)

    def narrow(self, narrowing: Narrowing) -> None:
        """Show the list so."""
        self._conditions = narrowing.conditions
        if any(column.key == narrowing.order for column in self.spec.columns):
            self._sort = (narrowing.order, narrowing.descending)
        self.filter_text(narrowing.words)

    @property
    def shown_rows(self) -> tuple[PlacementRow, ...]:
        return self.rows

    def trail(self, household: UUID) -> Trail | None:
        """The families of the rows shown, to go on from one to the next."""
        return Trail.at([row.household for row in self.rows], household)

    @property
    def everybody(self) -> int:
        """How many requests there are, whatever is shown."""
        return len(self._all)

    def sort_by(self, column: str) -> None:
        """Sort by a column; once more turns the order around. A wait begins with the longest."""
        key, descending = self._sort
        self._sort = (column, not descending if key == column else column == "waiting")
        self._show()

    def _show(self) -> None:
        self._offer_conditions()
        found, self.resting = matching(self._all, self._texts, self.spec.conditions, self._conditions, self._words)
        column, descending = self._sort
        # rows of equal rank stay as they come from the store: longest wait, then number
        found.sort(key=sort_key(column, lambda number: self.schools.get(number, number)), reverse=descending)
        self.rows = tuple(found)
        self._view.show_rows()

    def _offer_conditions(self) -> None:
        offered = self.spec.conditions
        assert isinstance(offered, list)
        offered[:] = placement_columns.conditions(self._known, self._all, self._conditions)

    # --- selection

    def is_selected(self, row: PlacementRow) -> bool:
        return row.request in self._selected

    def select(self, shown: Sequence[PlacementRow]) -> None:
        """Take over which of the rows shown are ticked; what a filter hides keeps its tick."""
        self._selected -= {row.request for row in self.rows}
        self._selected |= {row.request for row in shown}

    @property
    def selection(self) -> Selection:
        chosen = self.chosen()
        shown = {row.request for row in self.rows} if chosen else set()
        return Selection(
            count=len(chosen),
            hidden=sum(row.request not in shown for row in chosen),
            incomplete=sum(row.blocking > 0 and row.state in WAITING for row in chosen),
            placed=sum(row.state not in WAITING for row in chosen),
            sent_before=sum(row.sent_on is not None and not row.blocking and row.state in WAITING for row in chosen),
        )

    def chosen(self) -> list[PlacementRow]:
        """The rows that are ticked, shown or not, the longest wait first."""
        return [row for row in self._all if row.request in self._selected] if self._selected else []

    # --- deeds

    def preview(
        self,
        request: UUID,
        page: int,
        width: int,
        done: Callable[[RequestPreview], None],
        failed: Callable[[WorldError], None],
    ) -> None:
        """Have page number ``page`` (from 0) drawn, ``width`` pixels wide."""
        self._runner.run(lambda work: preview.page(work, request, page, width), done, failed)

    def print_pages(
        self, request: UUID, done: Callable[[tuple[PagePicture, ...]], None], failed: Callable[[WorldError], None]
    ) -> None:
        """Have all pages drawn for the printer."""
        self._runner.run(lambda work: preview.pages_to_print(work, request), done, failed)

    def second_persons(self, done: Callable[[People], None], failed: Callable[[WorldError], None]) -> None:
        """Who else could agree that files leave unlocked."""
        self._runner.run(lambda work: second_person.candidates(work, exports.DEED), done, failed)

    def export(
        self,
        job: ExportJob,
        folder: Path,
        done: Callable[[Exported], None],
        failed: Callable[[WorldError], None],
    ) -> None:
        """Send out what the job is about; it tells how far it is and can be cancelled.

        Of the chosen requests those that have a place already stay here without a word: the bar said so before. What
        left is no longer chosen, so that the next step does not meet it by mistake; what stayed here is.
        """
        chosen = [row.request for row in self.chosen() if row.state in WAITING]
        wanted = job.wanted(chosen if job.errand is Errand.REQUESTS else (), folder)

        def sent(result: Exported) -> None:
            self._selected -= set(wanted.requests) - {item.request for item in result.left_out}
            self._view.show_rows()
            done(result)

        self._runner.run(lambda work: placement_sending.send(work, wanted, job), sent, failed)


def concerns(changes: Changes) -> bool:
    """Whether what a deed touched makes the rows old."""
    return bool(changes & CONCERNS)


def _read(work: Work) -> Read:
    return Read(placement_list.listing(work, resting=True), str(work.user), schools.names(work))
