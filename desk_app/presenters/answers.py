"""Answers of offices as behaviour: a returned list or a call, what would become of it, take over, clear up."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Protocol, TypeVar
from uuid import UUID

from desk_app.casework import answer_columns, answer_review, answers, deeds, placements, schools
from desk_app.casework.answer_review import Waiting
from desk_app.casework.answer_rows import WRITABLE, AnswerPreview, AnswerRow, Group
from desk_app.casework.answers import Meant, Taken
from desk_app.casework.desk import Work
from desk_app.domain.answers import Answer
from desk_app.domain.clock import Clock, local_day
from desk_app.domain.covering import Personal
from desk_app.domain.errors import WorldError, WrongFilePassphrase
from desk_app.i18n import _, ngettext
from desk_app.presenters.import_job import ImportJob
from desk_app.presenters.placement_steps import MOVES, Draft, Move, Part
from desk_app.presenters.runner import Runner

T = TypeVar("T")

STATES = tuple(move for move in MOVES if move.state in answer_columns.STATES)
"""What an office can answer, as the dialog about states offers it."""


class AnswersView(Protocol):
    """The page. ``show_busy`` with ``None`` says that nothing is running any more."""

    def show_busy(self, job: ImportJob | None) -> None: ...

    def show_preview(self, rows: tuple[AnswerRow, ...], notice: str) -> None: ...

    def show_waiting(self, rows: tuple[Waiting, ...]) -> None: ...

    def ask_passphrase(self, words: str) -> None: ...

    def ask_answer(self, about: str, draft: Draft) -> None: ...

    def show_result(self, words: str, *, can_undo: bool) -> None: ...

    def show_failed(self, message: str) -> None: ...


class AnswersPresenter:
    """One list at a time; nothing is written before ``take``."""

    def __init__(self, view: AnswersView, runner: Runner, clock: Clock) -> None:
        self._view, self._runner, self._clock = view, runner, clock
        self._path: Path | None = None
        self._preview: AnswerPreview | None = None
        self._deed: UUID | None = None
        self._enter: Callable[[Answer, date | None], None] | None = None
        self._known = Answer("")
        self._waiting: tuple[Waiting, ...] = ()
        self.filter: Group | None = None
        self.chosen: frozenset[int] = frozenset()
        """The places of the rows that will be taken over."""
        self.schools: dict[str, str] = {}
        """Names by number."""

    @property
    def today(self) -> date:
        return local_day(self._clock())

    # --- a returned list

    def open(self, path: Path, passphrase: str = "") -> None:
        """Read a list and show what would become of it."""
        job = ImportJob(_("Die Rückmeldung wird gelesen"))

        def read(work: Work) -> AnswerPreview:
            self.schools = schools.names(work)
            return answers.preview(work, answers.read(work, path, passphrase, job.told))

        self._path, self._deed = path, None
        self._run(job, read, self._opened, self._locked)

    def unlock(self, passphrase: str) -> None:
        """Try the same file with a passphrase."""
        if self._path is not None:
            self.open(self._path, passphrase)

    def show_only(self, group: Group | None) -> None:
        """Show the rows of one group; all of them for ``None``."""
        self.filter = group
        self._show_preview()

    def choose(self, shown: Collection[int], ticked: Collection[int]) -> None:
        """Take over the ticked ones of the rows shown; what a filter hides stays as it was."""
        able = {row.place for row in self._rows if row.group in WRITABLE}
        self.chosen = frozenset((self.chosen - set(shown)) | (set(ticked) & able))

    def count(self, group: Group | None) -> int:
        return len(self._rows) if group is None else sum(row.group is group for row in self._rows)

    @property
    def can_take(self) -> bool:
        return bool(self.chosen) or bool(self.count(Group.UNCLEAR))

    @property
    def take_words(self) -> str:
        """ "37 übernehmen"."""
        if not self.chosen and self.count(Group.UNCLEAR):
            return _("Zum Klären vormerken")
        return ngettext("{n} übernehmen", "{n} übernehmen", len(self.chosen)).format(n=len(self.chosen))

    @property
    def rest_words(self) -> str:
        """What else happens when it is taken over."""
        count = self.count(Group.UNCLEAR)
        return _("{n} unklare zum Klären vormerken").format(n=count) if count else ""

    def personal(self) -> Personal:
        """What the list and the rows that wait say of people, who need not be in the store."""
        texts = [row.texts or {} for row in self._rows]
        names = [*(row.name for row in self._rows), *(row.name for row in self._waiting)]
        names += [texts_of.get(key, "") for texts_of in texts for key in ("family_name", "given_name")]
        return Personal.of(names)

    def take(self) -> None:
        """Write the chosen answers and put the unclear ones aside, in one deed."""
        found, chosen = self._preview, self.chosen
        if found is not None:
            job = ImportJob(_("Die Rückmeldung wird übernommen"))
            self._run(job, lambda work: answers.take(work, found, chosen), self._taken)

    def undo(self) -> None:
        """Take back what was just written."""
        if self._deed is None:
            return
        deed, self._deed = self._deed, None
        job = ImportJob(_("Die Rückmeldung wird zurückgenommen"))
        self._run(job, lambda work: deeds.undo(work, deed).told, self._said)

    # --- told by telephone

    def look_up(self, number: str, code: str, failed: Callable[[str], None]) -> None:
        """Ask for the answer of the request that number and check code mean; ``failed`` is told why there is none."""

        def found(meant: Meant) -> None:
            self._ask(
                _about(meant),
                Answer(placements.ASSIGNED),
                lambda answer, on: self._write(lambda work: answers.typed(work, number, code, answer, on)),
            )

        self._runner.run(lambda work: self._with_schools(work, answers.look_up(work, number, code)), found,
                         lambda error: failed(error.message))  # fmt: skip

    def enter(self, draft: Draft) -> None:
        """Write the answer that was asked for; what the dialog does not ask about stays as it was known."""
        if self._enter is not None:
            told = {move.state: move for move in STATES}[draft.state]
            self._enter(_answer_of(draft, told, self._known), draft.happened_on)

    # --- what waits for a person

    def show_waiting(self) -> None:
        """Show the rows that nobody but a person can place."""

        def show(rows: tuple[Waiting, ...]) -> None:
            self._waiting = rows
            self._view.show_waiting(rows)

        self._runner.run(answer_review.review, show, self._failed)

    def assign(self, row: Waiting, number: str, failed: Callable[[str], None]) -> None:
        """Ask for the answer of the request with this number, with what the row says filled in."""
        read = row.read.answer
        known = replace(read, state=read.state or placements.ASSIGNED)

        def found(meant: Meant) -> None:
            self._ask(
                _about(meant),
                known,
                lambda answer, _on: self._write(lambda work: answer_review.settle(work, row.id, meant.request, answer)),
            )

        self._runner.run(
            lambda work: self._with_schools(work, answers.by_number(work, number)),
            found,
            lambda error: failed(error.message),
        )

    def discard(self, row: Waiting) -> None:
        """Throw a row away; that can be taken back."""
        self._write(lambda work: answer_review.settle(work, row.id, None))

    # --- how

    @property
    def _rows(self) -> Sequence[AnswerRow]:
        return self._preview.rows if self._preview else ()

    def _with_schools(self, work: Work, result: T) -> T:
        self.schools = schools.names(work)
        return result

    def _ask(self, about: str, known: Answer, enter: Callable[[Answer, date | None], None]) -> None:
        self._known, self._enter = known, enter
        self._view.ask_answer(about, _draft_of(known))

    def _write(self, deed: Callable[[Work], UUID]) -> None:
        def both(work: Work) -> tuple[UUID, str]:
            id_ = deed(work)
            line = deeds.newest(work)
            return id_, line.words if line is not None else ""

        def done(made: tuple[UUID, str]) -> None:
            self._deed = made[0]
            self._view.show_result(f"{made[1]}.", can_undo=True)
            self.show_waiting()

        self._runner.run(both, done, self._failed)

    def _opened(self, found: AnswerPreview) -> None:
        self._preview, self.chosen, self.filter = found, found.preset, None
        self._show_preview()

    def _show_preview(self) -> None:
        assert self._preview is not None
        rows = tuple(row for row in self._preview.rows if self.filter in (None, row.group))
        self._view.show_preview(rows, _notice(self._preview))

    def _taken(self, done: Taken) -> None:
        self._preview, self._deed = None, done.deed
        words = f"{done.words}." if done.deed else _("Es war schon alles so eingetragen; geändert wurde nichts.")
        if done.stale:
            stays = _("{n} Anfragen wurden inzwischen hier geändert und bleiben, wie sie sind.").format(n=done.stale)
            words = f"{words} {stays}"
        self._view.show_result(words, can_undo=done.deed is not None)
        self.show_waiting()

    def _said(self, words: str) -> None:
        self._view.show_result(words, can_undo=False)
        self.show_waiting()

    def _run(
        self,
        job: ImportJob,
        deed: Callable[[Work], T],
        done: Callable[[T], None],
        failed: Callable[[WorldError], None] | None = None,
    ) -> None:
        def over(result: T) -> None:
            self._view.show_busy(None)
            done(result)

        self._view.show_busy(job)
        self._runner.run(deed, over, failed or self._failed)

    def _locked(self, error: WorldError) -> None:
        if isinstance(error, WrongFilePassphrase):
            self._view.show_busy(None)
            self._view.ask_passphrase(error.message)
        else:
            self._failed(error)

    def _failed(self, error: WorldError) -> None:
        self._view.show_busy(None)
        self._view.show_failed(error.message)


def _about(meant: Meant) -> str:
    return f"{meant.number} · {meant.name} · {meant.ours}"


def _draft_of(answer: Answer) -> Draft:
    return Draft(
        state=answer.state,
        school=answer.school,
        class_name=answer.class_name,
        starts_on=answer.starts_on,
        support=answer.support,
        reason_code=answer.reason_code,
        reason=answer.remark,
    )


def _answer_of(draft: Draft, move: Move, known: Answer) -> Answer:
    """What was typed; a remark that the dialog did not ask about is kept."""
    told = set(move.labels)
    return Answer(
        state=draft.state,
        school=draft.school if Part.SCHOOL in told else "",
        class_name=draft.class_name if Part.CLASS in told else "",
        starts_on=draft.starts_on if Part.STARTS in told else None,
        support=draft.support if Part.SUPPORT in told else "",
        reason_code=draft.reason_code if Part.CODE in told else known.reason_code,
        remark=draft.reason if Part.REASON in told else known.remark,
    )


def _notice(preview: AnswerPreview) -> str:
    said = [_("Diese Liste wurde schon eingelesen am {day}.").format(day=preview.before)] if preview.before else []
    return "\n".join([*said, *preview.notes])
