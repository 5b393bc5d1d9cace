"""The page of placement requests as behaviour: which rows in which order, which are chosen, and sending them out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Protocol
from uuid import UUID

from desk_app.casework import exports, placement_list, placements, preview
from desk_app.casework.desk import Changes
from desk_app.casework.exports import Exported, Wanted
from desk_app.casework.placement_list import PlacementRow
from desk_app.casework.preview import PagePicture, RequestPreview
from desk_app.domain.clock import Clock, local_day
from desk_app.domain.errors import WorldError
from desk_app.domain.lists import Narrowing, Trail, meets
from desk_app.domain.names import search_form
from desk_app.presenters import placement_columns
from desk_app.presenters.placement_export import ExportJob
from desk_app.presenters.placement_states import PIPELINE, PipelineState, name_words, order_of, state_of
from desk_app.presenters.runner import Runner

CONCERNS = frozenset({"placements", "households", "centre"})
"""What a deed may touch that makes the rows old."""


class PlacementsView(Protocol):
    """What the page shows. ``show_rows`` comes after every change of rows, order, filter or selection."""

    def show_rows(self) -> None: ...

    def show_load_failed(self, message: str) -> None: ...


@dataclass(frozen=True, slots=True)
class PipelineCount:
    """One state of the pipeline with how many requests are in it."""

    state: PipelineState
    count: int
    note: str


@dataclass(frozen=True, slots=True)
class Selection:
    """What the export bar says: how many are chosen, how many of them the filter hides or cannot be sent yet."""

    count: int = 0
    hidden: int = 0
    incomplete: int = 0
    sent_before: int = 0

    @property
    def ready(self) -> int:
        return self.count - self.incomplete


def _grade(row: PlacementRow) -> tuple[int, str]:
    digits = "".join(letter for letter in row.grade if letter.isdecimal())
    return (int(digits) if digits else 99, row.grade)


class PlacementsPresenter:
    """Keeps the rows last read and everything the user chose about them; the choice survives a refresh."""

    def __init__(self, view: PlacementsView, runner: Runner, clock: Clock) -> None:
        self._view = view
        self._runner = runner
        self._clock = clock
        self._all: tuple[PlacementRow, ...] = ()
        self._found_by: dict[UUID, str] = {}
        self._conditions: frozenset[str] = frozenset()
        self._text = ""
        self._words: tuple[str, ...] = ()
        self._sort = ("waiting", True)
        self._selected: set[UUID] = set()
        self.loaded = False
        self.spec = placement_columns.spec(lambda: self.today)
        self.rows: tuple[PlacementRow, ...] = ()
        """The rows shown, in order."""

    @property
    def today(self) -> date:
        return local_day(self._clock())

    # --- rows

    def load(self) -> None:
        """Read all rows again."""
        self._runner.run(
            placement_list.listing, self._arrived, lambda error: self._view.show_load_failed(error.message)
        )

    def _arrived(self, rows: tuple[PlacementRow, ...]) -> None:
        self.loaded = True
        self._all = rows
        self._found_by = {row.request: row.searchable or _searchable(row) for row in rows}
        self._selected &= self._found_by.keys()
        self._show()

    @property
    def any_rows(self) -> bool:
        return bool(self._all)

    @property
    def open_count(self) -> int:
        """How many children still wait."""
        return sum(state_of(row).waiting for row in self._all)

    def pipeline(self) -> tuple[PipelineCount, ...]:
        """The states with their counts, whatever is filtered."""
        found = []
        for state in PIPELINE:
            rows = [row for row in self._all if row.state == state.key]
            found.append(PipelineCount(state, len(rows), state.note(rows, self.today)))
        return tuple(found)

    # --- filter and order

    @property
    def filtered(self) -> bool:
        return bool(self._conditions or self._words)

    @property
    def state_filter(self) -> str:
        """The key of the only state shown; empty for all, or for several."""
        states = self._conditions & placement_columns.STATES
        return next(iter(states)) if len(states) == 1 else ""

    @property
    def sorting(self) -> tuple[str, bool]:
        """The column sorted by, and whether the largest comes first."""
        return self._sort

    def filter_state(self, key: str) -> None:
        """Show one state only; the same once more, or an empty key, shows all."""
        chosen = {key} if key and key != self.state_filter else set[str]()
        self._conditions = self._conditions - placement_columns.STATES | chosen
        self._show()

    def filter_text(self, text: str) -> None:
        """Show rows whose name or number holds every word."""
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
        found = [row for row in self._all if self._matches(row)]
        column, descending = self._sort
        # rows of equal rank stay as they come from the store: longest wait, then number
        found.sort(key=self._sort_key(column), reverse=descending)
        self.rows = tuple(found)
        self._view.show_rows()

    def _matches(self, row: PlacementRow) -> bool:
        if not meets(row, self.spec.conditions, self._conditions):
            return False
        return all(word in self._found_by[row.request] for word in self._words)

    def _sort_key(self, column: str) -> Callable[[PlacementRow], Any]:
        keys: dict[str, Callable[[PlacementRow], Any]] = {
            "name": lambda row: search_form(name_words(row)),
            "grade": _grade,
            "district": lambda row: (not row.district, row.district),
            "state": order_of,
            "answers": lambda row: row.answered / max(row.asked, 1),
            "waiting": lambda row: row.waiting_days,
            "next_step": lambda row: (order_of(row), row.blocking, row.state_since),
        }
        return keys.get(column) or (lambda row: getattr(row, column))

    # --- selection

    def is_selected(self, row: PlacementRow) -> bool:
        return row.request in self._selected

    def select(self, shown: Sequence[PlacementRow]) -> None:
        """Take over which of the rows shown are ticked; what a filter hides keeps its tick."""
        self._selected -= {row.request for row in self.rows}
        self._selected |= {row.request for row in shown}

    @property
    def selection(self) -> Selection:
        chosen = self._chosen()
        shown = {row.request for row in self.rows}
        return Selection(
            count=len(chosen),
            hidden=sum(row.request not in shown for row in chosen),
            incomplete=sum(row.blocking > 0 for row in chosen),
            sent_before=sum(row.state == placements.SENT and not row.blocking for row in chosen),
        )

    def _chosen(self) -> list[PlacementRow]:
        return [row for row in self._all if row.request in self._selected]

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

    def export_job(self, *, xlsx: bool, pdf: bool) -> ExportJob:
        """An export of the chosen requests, not begun yet."""
        return ExportJob(self.selection.ready, xlsx, pdf)

    def export(
        self,
        job: ExportJob,
        folder: Path,
        done: Callable[[Exported], None],
        failed: Callable[[WorldError], None],
    ) -> None:
        """Send the chosen requests out; the job tells how far it is and can be cancelled."""
        wanted = Wanted([row.request for row in self._chosen()], folder, job.xlsx, job.pdf)
        self._runner.run(lambda work: exports.export_requests(work, wanted, job.told), done, failed)


def concerns(changes: Changes) -> bool:
    """Whether what a deed touched makes the rows old."""
    return bool(changes & CONCERNS)


def _searchable(row: PlacementRow) -> str:
    return " ".join((search_form(row.name), search_form(row.native_name), search_form(row.number)))
