"""Bringing in an old list as behaviour: file, what its columns mean, what would become of it, take over, take back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Protocol, TypeVar
from uuid import UUID

from desk_app.casework import bring_in, bring_in_profiles, deeds, lists
from desk_app.casework.bring_in import Choice, Decision, Outcome
from desk_app.casework.bring_in_plan import FamilyPlan, State
from desk_app.casework.desk import Work
from desk_app.domain.clock import Clock, local_day
from desk_app.domain.covering import Personal
from desk_app.domain.errors import WorldError
from desk_app.domain.list_reading_layout import Grouping, Layout, guess
from desk_app.domain.list_reading_personal import personal_of
from desk_app.domain.list_reading_sheet import Sheet
from desk_app.domain.lists import Listing
from desk_app.i18n import N_, _, ngettext
from desk_app.presenters.bring_in_compare import Comparing
from desk_app.presenters.bring_in_file import OpenList, outcome_words, take_words
from desk_app.presenters.bring_in_lines import PlanLine
from desk_app.presenters.import_job import ImportJob
from desk_app.presenters.runner import Runner

T = TypeVar("T")


_RECALLED = N_("Eine Liste mit diesen Überschriften wurde schon einmal geholt; die Spalten sind wie damals.")


class BringInView(Protocol):
    """The page. ``show_busy`` with ``None`` says that nothing is running any more."""

    def show_busy(self, job: ImportJob | None) -> None: ...

    def show_mapping(self, sheet: Sheet, layout: Layout, notice: str) -> None: ...

    def show_preview(self, lines: tuple[PlanLine, ...], notice: str) -> None: ...

    def show_result(self, words: str, *, can_undo: bool) -> None: ...

    def show_said(self, words: str, notes: Sequence[str]) -> None: ...

    def show_failed(self, message: str) -> None: ...


class BringInPresenter:
    """One file at a time; nothing is written before ``take_over``."""

    def __init__(self, view: BringInView, runner: Runner, clock: Clock) -> None:
        self._view, self._runner, self._clock = view, runner, clock
        self._open: OpenList | None = None
        self._reader = bring_in.Reader()
        self._comparing = Comparing(runner, self._show_preview, self._failed)
        self._deed: UUID | None = None
        self._protocol: Listing | None = None
        self.wanted = False
        """Whether the children of new files still look for a school place."""
        self.filter: State | None = None

    # --- the file and what its columns mean

    def expect(self) -> None:
        """Somebody is about to choose a file: have what reads it ready, which takes longer than reading."""
        self._prepare(self._reader.prepare)

    def expect_nothing(self) -> None:
        """Nobody chose a file."""
        self._prepare(self._reader.end)

    def open(self, path: Path) -> None:
        """Read a file and guess what it means."""
        job = ImportJob(_("Die Liste wird gelesen"))
        today = local_day(self._clock())

        def read(work: Work) -> OpenList:
            book = bring_in.read(path, job.told, self._reader)
            layout, known = bring_in_profiles.recalled(work, guess(book.sheets[0], today))
            return OpenList(book, 0, layout, known)

        self.close()
        self._deed = None
        self._run(job, read, self._opened)

    @property
    def sheets(self) -> tuple[Sheet, ...]:
        return self._open.book.sheets if self._open else ()

    @property
    def layout(self) -> Layout:
        return self._file.layout

    def set_sheet(self, place: int) -> None:
        """Look at another sheet."""
        sheet = self._file.book.sheets[place]
        self._relay(place, guess(sheet, local_day(self._clock())))

    def set_heading_row(self, number: int) -> None:
        """Say in which row the headings stand; 0 for none."""
        self._relay(self._file.sheet, guess(self._file.open_sheet, local_day(self._clock()), number))

    def set_target(self, place: int, target: str) -> None:
        """Say what a column is."""
        self._file.layout = self._file.layout.with_target(place, target)

    def set_grouping(self, grouping: Grouping) -> None:
        self._file.layout = replace(self._file.layout, grouping=grouping)

    def set_date_order(self, order: str) -> None:
        """Say what comes first in dates like 03/04/2015: ``dmy`` or ``mdy``."""
        self._file.layout = replace(self._file.layout, date_order=order)

    def back_to_mapping(self) -> None:
        self._comparing.stop()
        self._show_mapping()

    # --- what would become of it

    def look(self) -> None:
        """Show what would become of the list as its columns are understood."""
        self.filter = None
        self._comparing.start(self._file, local_day(self._clock()))

    def show_only(self, state: State | None) -> None:
        """Show the families of one state; all of them for ``None``."""
        self.filter = state
        self._show_preview()

    def decide(self, place: int, choice: Choice, household: UUID | None = None) -> None:
        """Say what becomes of a family; SAME without a household means the one that fits best."""
        if self.comparing:
            return
        file, plan = self._file, self._file.plans[place]
        if choice is not Choice.SAME:
            file.decisions[place] = Decision(choice)
            self._show_preview()
            return
        meant = household or plan.household or (plan.possible[0].household if plan.possible else None)
        if meant is None:
            return

        def compared(found: FamilyPlan) -> None:
            file.decide(found, meant)
            self._show_preview()

        self._runner.run(lambda work: bring_in.compare(work, plan, meant), compared, self._failed)

    def take_from_list(self, place: int, conflict: str, *, taken: bool) -> None:
        """Say for one difference whether the answer of the list holds."""
        before = self._file.decision(self._file.plans[place])
        if before is None or before.choice is not Choice.SAME:
            return
        keys = before.taken | {conflict} if taken else before.taken - {conflict}
        self._file.decisions[place] = replace(before, taken=keys)
        self._show_preview()

    @property
    def comparing(self) -> bool:
        """Whether only the beginning of the list is shown, because the rest is still being compared."""
        return self._comparing.running

    @property
    def take_words(self) -> str:
        """ "Übernehmen (37 Familien, 112 Personen)"."""
        return _("Übernehmen") if self.comparing else take_words(self._open.taken if self._open else ())

    @property
    def can_take(self) -> bool:
        return self._open is not None and bool(self._open.taken)

    @property
    def undecided(self) -> int:
        return self._open.undecided if self._open else 0

    def count(self, state: State | None) -> int:
        return self._open.count(state) if self._open else 0

    # --- taking over

    def take_over(self) -> None:
        """Write what was decided, in one deed."""
        job = ImportJob(_("Die Liste wird übernommen"))
        file = self._file
        assert file.preview is not None
        preview, decisions, wanted = file.preview, dict(file.decisions), self.wanted

        def write(work: Work) -> Outcome:
            outcome = bring_in.take_over(work, preview, decisions, wanted=wanted, told=(job.told, job.keeping))
            bring_in_profiles.keep(work, file.layout)
            return outcome

        self._run(job, write, self._taken)

    def undo(self) -> None:
        """Take back what was taken over."""
        if self._deed is None:
            return
        deed, self._deed, self._protocol = self._deed, None, None
        job = ImportJob(_("Die Übernahme wird zurückgenommen"))
        self._run(
            job, lambda work: deeds.undo(work, deed).told, lambda told: self._view.show_result(told, can_undo=False)
        )

    def personal(self) -> Personal:
        """What the open list says of people, who need not be in the store yet."""
        return personal_of(self._file.open_sheet, self._file.layout) if self._open else Personal()

    @property
    def can_undo(self) -> bool:
        """Whether what was just taken over still stands."""
        return self._deed is not None

    @property
    def has_protocol(self) -> bool:
        """Whether there is a list that was just taken over."""
        return self._protocol is not None

    def save_protocol(self, folder: Path) -> None:
        """Write what became of each row into ``folder``, as a workbook."""
        table = self._protocol
        if table is None:
            return

        def done(made: lists.Exported) -> None:
            self._view.show_said(_saved_words(made), made.notes)

        job = ImportJob(_("Das Protokoll wird geschrieben"))
        self._run(job, lambda work: lists.export(work, table, folder, lists.Form.XLSX), done)

    def close(self) -> None:
        """Forget the file."""
        self._comparing.stop()
        self._open = self._protocol = None

    # --- how

    @property
    def _file(self) -> OpenList:
        assert self._open is not None
        return self._open

    def _prepare(self, step: Callable[[], None]) -> None:
        """Whatever is wrong is told when a file is read."""
        self._runner.run(lambda _work: step(), lambda _nothing: None, lambda _error: None)

    def _opened(self, found: OpenList) -> None:
        self._open = found
        self._show_mapping()

    def _relay(self, place: int, layout: Layout) -> None:
        def done(found: tuple[Layout, bool]) -> None:
            self._file.sheet, (self._file.layout, self._file.recalled) = place, found
            self._show_mapping()

        self._runner.run(lambda work: bring_in_profiles.recalled(work, layout), done, self._failed)

    def _show_mapping(self) -> None:
        self._view.show_mapping(self._file.open_sheet, self._file.layout, _(_RECALLED) if self._file.recalled else "")

    def _show_preview(self) -> None:
        self._view.show_preview(self._file.lines(self.filter), self._file.notice(self.filter))

    def _taken(self, outcome: Outcome) -> None:
        self._protocol = self._file.protocol(outcome, self._clock())
        self._deed = outcome.deed
        self._open = None
        self._view.show_result(outcome_words(outcome), can_undo=outcome.deed is not None)

    def _run(self, job: ImportJob, deed: Callable[[Work], T], done: Callable[[T], None]) -> None:
        def over(result: T) -> None:
            self._view.show_busy(None)
            done(result)

        self._view.show_busy(job)
        self._runner.run(deed, over, self._failed)

    def _failed(self, error: WorldError) -> None:
        self._view.show_busy(None)
        self._view.show_failed(error.message)


def _saved_words(made: lists.Exported) -> str:
    count = ngettext("{n} Zeile", "{n} Zeilen", made.rows).format(n=made.rows)
    return _("{file} mit {count} gespeichert.").format(file=made.path.name, count=count)
