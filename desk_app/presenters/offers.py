"""The page "Angebote": search as one types, filters, a family as context, one offer in detail."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from desk_app.casework import offer_match
from desk_app.casework.desk import Work
from desk_app.casework.offer_directory import Directory, Listed
from desk_app.domain import offer_outlook
from desk_app.domain.clock import Clock, local_day
from desk_app.domain.code_lists import code_list
from desk_app.domain.eligibility import Verdict
from desk_app.domain.errors import RecordGone, WorldError
from desk_app.domain.offer_filters import Filters
from desk_app.domain.offer_questions import Spoken
from desk_app.domain.offer_search import Hits
from desk_app.domain.offers import FAMILY
from desk_app.presenters import offer_questions, offer_reading, offer_rows
from desk_app.presenters.family_meant import FamilyFound, families_meant
from desk_app.presenters.offer_detail import Sheet, sheet_of
from desk_app.presenters.offer_questions import Answer, Answered, Asked
from desk_app.presenters.offer_reading import Context, Read
from desk_app.presenters.offer_rows import Group, Row
from desk_app.presenters.runner import Runner


@dataclass(frozen=True, slots=True)
class Shown:
    """The list as it stands: ``everything`` counts the offers there are, ``selected`` is the one in the detail."""

    groups: tuple[Group, ...]
    hits: Hits
    everything: int
    shown: int
    selected: UUID | None
    narrowed: bool


class OffersView(Protocol):
    def show_list(self, shown: Shown) -> None: ...

    def show_sheet(self, sheet: Sheet | None) -> None: ...

    def show_later(self, words: str) -> None:
        """When the verdict on the offer in front will be another one, "" where it stays."""
        ...

    def show_context(self, context: Context | None) -> None: ...

    def show_question(self, asked: Asked | None, answered: tuple[Answered, ...]) -> None: ...

    def show_failed(self, message: str) -> None: ...


class OffersPresenter:
    """What is typed is answered at once from memory; the store is read when something changed or another family comes.

    Answers given in the talk live in ``_spoken`` alone: for this family, until another one is chosen.
    """

    def __init__(self, view: OffersView, runner: Runner, clock: Clock) -> None:
        self._view = view
        self._runner = runner
        self._clock = clock
        self.query = ""
        self.filters = Filters()
        self.household: UUID | None = None
        self.selected: UUID | None = None
        self._read: Read | None = None
        self._spoken = Spoken()
        self._skipped: set[str] = set()
        self._rows: tuple[Row, ...] = ()
        self._everything = 0
        self._wanted: UUID | None = None
        """An offer to be selected once it is read."""

    # --- what is known

    @property
    def directory(self) -> Directory | None:
        return self._read.pool.directory if self._read is not None else None

    @property
    def context(self) -> Context | None:
        return self._read.context if self._read is not None else None

    def listed(self, offer: UUID | None) -> Listed | None:
        return self.directory.listed.get(offer) if self.directory is not None and offer is not None else None

    @property
    def faded(self) -> int:
        """How many offers are to be asked about again."""
        return sum(row.stale for row in self._rows)

    def verdict(self, offer: UUID) -> Verdict | None:
        """How an offer stands to the family; ``None`` without one."""
        known = self._read.pool.known.get(offer) if self._read is not None else None
        return known.verdict if known is not None else None

    @property
    def _audience(self) -> str:
        """Who asks: the family in front; without one whoever the list is narrowed to, such as an association."""
        return FAMILY if self.household is not None else self.filters.audience or FAMILY

    # --- reading

    def open(self, household: UUID | None, offer: UUID | None = None) -> None:
        """Show the offers for a family, or for nobody in particular, at one of them."""
        if household != self.household:
            self._forget_answers()
            self.household, self.selected = household, None
        self._wanted = offer
        if offer is not None:
            self.query, self.filters = "", Filters()
        self.refresh()

    def refresh(self) -> None:
        """Read everything again; the family asked for last is the one that is shown."""
        asked = self.household, self._spoken, self._audience

        def arrived(found: Read) -> None:
            if asked == (self.household, self._spoken, self._audience):
                self._arrived(found)

        self._runner.run(lambda work: offer_reading.read(work, *asked), arrived, self._failed)

    def _arrived(self, found: Read) -> None:
        self._read = found
        self.selected, self._wanted = self._wanted or self.selected, None
        self._rows = offer_rows.rows_of(found.pool)
        self._everything = sum(not row.proposed for row in self._rows)
        self._view.show_context(found.context)
        self._ask()
        self._show()
        self._show_sheet()

    def _failed(self, error: WorldError) -> None:
        if isinstance(error, RecordGone) and self.household is not None:
            self.household = None  # the family was taken out; the offers are still there
            self._forget_answers()
            self.refresh()
        self._view.show_failed(error.message)

    def _ask(self) -> None:
        asked = None
        if self._read is not None and self._read.pool.facts is not None:
            file = self.context.file if self.context is not None else None
            asked = offer_questions.ask(self._read.pool.questions, file, self._skipped)
        self._view.show_question(asked, offer_questions.answered(self._spoken))

    # --- what is asked for

    def search(self, query: str) -> None:
        """With every key."""
        if query != self.query:
            self.query = query
            self._show()

    def filter(self, filters: Filters) -> None:
        before, self.filters = self._audience, filters
        if self._audience != before:
            self._forget_answers()
            self.refresh()
        else:
            self._show()
            self._show_sheet()

    def show_everything(self) -> None:
        """Neither words nor filters."""
        self.query = ""
        self.filter(Filters())

    def point_at(self, offer: UUID) -> None:
        """Show one offer among all the others: it may be no hit, or was only just added."""
        self._wanted = offer
        self.query, self.filters = "", Filters()
        self.refresh()

    def select(self, offer: UUID | None) -> None:
        """Show one offer in detail."""
        self.selected = offer
        self._show_sheet()

    def answer(self, question: str, answer: Answer) -> None:
        """An answer given in the talk; kept nowhere."""
        self._spoken = self._spoken.saying(question, answer)
        self.refresh()

    def skip(self, question: str) -> None:
        """Nobody knows: ask the next one."""
        self._skipped.add(question)
        self._ask()

    def take_back(self, question: str) -> None:
        """An answer was wrong."""
        self._spoken = self._spoken.without(question)
        self.refresh()

    def find_families(self, words: str, shown: Callable[[str, tuple[FamilyFound, ...]], None]) -> None:
        self._runner.run(
            lambda work: families_meant(work, words), lambda found: shown(words, found), self._failed
        )

    def _forget_answers(self) -> None:
        self._spoken, self._skipped = Spoken(), set()

    # --- showing

    def _show(self) -> None:
        if self._read is None:
            return
        found = offer_match.search(self._read.pool, self.query, self.filters, self._clock())
        searched = bool(self.query.strip())
        groups = offer_rows.arrange(found, self._rows, searched=searched, judged=self._read.pool.facts is not None)
        rows = [row for group in groups for row in group.rows]
        if not any(row.id == self.selected for row in rows):
            self.selected = rows[0].id if rows else None
        shown = sum(not row.proposed for row in rows)
        narrowed = searched or self.filters.any
        self._view.show_list(Shown(groups, found.hits, self._everything, shown, self.selected, narrowed))

    def show_sheet(self) -> None:
        """Show the selected offer in detail, with what was found in it: once typing pauses."""
        self._show_sheet()

    def sheet(self, offer: UUID) -> Sheet | None:
        """An offer in detail, ``None`` where it was taken out."""
        known = self._read.pool.known.get(offer) if self._read is not None else None
        if known is None or self._read is None:
            return None
        whom = self.context.title if self.context is not None else code_list("offer_audiences").label(self._audience)
        return sheet_of(self._read.pool, known, local_day(self._clock()), whom)

    def _show_sheet(self) -> None:
        if self._read is not None:
            self._view.show_sheet(self.sheet(self.selected) if self.selected is not None else None)
            self._look_ahead()

    def _look_ahead(self) -> None:
        """Say when the verdict will be another one; a year of days takes longer than showing the offer."""
        listed, context, spoken = self.listed(self.selected), self.context, self._spoken
        if listed is None or context is None:
            return
        offer, today = listed.offer, local_day(self._clock())

        def look(_work: Work) -> str:
            if offer.id != self.selected:
                return ""  # somebody went on meanwhile
            found = offer_outlook.outlook(offer, context.file, today, spoken)
            return found.line if found is not None else ""

        def arrived(words: str) -> None:
            if offer.id == self.selected:
                self._view.show_later(words)

        self._runner.run(look, arrived, self._failed)
