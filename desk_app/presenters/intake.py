"""The intake as behaviour: every answer is kept at once, on the desk's one worker, and can be taken back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID, uuid4

from desk_app.casework import intake
from desk_app.casework.desk import Work
from desk_app.domain.clock import Clock
from desk_app.domain.errors import RecordGone, WorldError
from desk_app.domain.records import FamilyFile, Record, RecordKind, Ref, Value
from desk_app.presenters.runner import Runner

Deed = Callable[[Work], FamilyFile]


class IntakeView(Protocol):
    """What the page shows. ``show_file`` comes after every change; fields being typed in keep their text."""

    def show_file(self, file: FamilyFile) -> None: ...

    def show_saving(self) -> None: ...

    def show_saved(self, at: datetime) -> None: ...

    def show_unsaved(self, message: str) -> None: ...


Subject = tuple[Ref, str]
"""Which answer of which record."""


@dataclass(frozen=True, eq=False)
class Step:
    """One change with its way back."""

    deed: Deed
    undo: Deed | None = None
    subject: Subject | None = None
    """The answer it sets: a newer step about the same answer makes an older one that could not be saved pointless."""
    removes: Ref | None = None


class IntakePresenter:
    """Holds the file as the user sees it; the store follows a moment later.

    Deeds run one after another. While some are still on their way, the file shown is the one with every edit made,
    so nothing typed ever jumps back. A deed that failed is kept and tried again with ``retry``, or before the next one.
    """

    def __init__(self, view: IntakeView, runner: Runner, clock: Clock) -> None:
        self._view = view
        self._runner = runner
        self._clock = clock
        self._file: FamilyFile | None = None
        self._on_their_way = 0
        self._failed: list[Step] = []
        self._undo: list[Step] = []
        self._newest: dict[Subject, Step] = {}

    @property
    def file(self) -> FamilyFile:
        """The file as shown. Raises ``RuntimeError`` before one is open."""
        if self._file is None:
            raise RuntimeError("no file is open")
        return self._file

    @property
    def can_undo(self) -> bool:
        return bool(self._undo)

    @property
    def newest_removed(self) -> Ref | None:
        """What ``undo`` would bring back; ``None`` where the newest change took nothing out."""
        return self._undo[-1].removes if self._undo else None

    @property
    def unsaved(self) -> bool:
        return bool(self._failed) or self._on_their_way > 0

    def show(self, file: FamilyFile) -> None:
        """Take over a file that was just read."""
        self._file = file
        self._view.show_file(file)

    def edit(self, ref: Ref, key: str, value: Value) -> None:
        """Keep one answer."""
        record = self.file.find(ref)
        if record is None or record.get(key) == value:
            return
        before = record.get(key)
        self._file = self.file.with_record(record.with_value(key, value))
        self._run(Step(_set(ref, key, value), _set(ref, key, before), (ref, key)))
        self._view.show_file(self.file)

    def add(self, kind: RecordKind, person: UUID | None = None, values: dict[str, Value] | None = None) -> Ref:
        """Add a row, for one person or for the family; its id is set here, before anything is written."""
        ref = Ref(kind, uuid4())
        household = self.file.household.id
        known = dict(values or {})
        self._show_new(
            ref,
            person,
            known,
            Step(
                lambda work: intake.add(work, kind, ref.id, household, person=person, values=known),
                lambda work: intake.remove(work, ref),
            ),
        )
        return ref

    def add_person(self, role: str) -> Ref:
        household = self.file.household
        ref = Ref(RecordKind.PERSON, uuid4())
        self._show_new(
            ref,
            None,
            {"role": role, "family_name": household.get("family_name")},
            Step(
                lambda work: intake.add_person(work, ref.id, household.id, role), lambda work: intake.remove(work, ref)
            ),
        )
        return ref

    def add_sibling(self, child: UUID) -> Ref:
        """Add another child; what siblings share arrives with the answer of the store."""
        ref = Ref(RecordKind.PERSON, uuid4())
        self._show_new(
            ref,
            None,
            {"role": "child", "family_name": self.file.person(child).get("family_name")},
            Step(lambda work: intake.add_sibling(work, ref.id, child), lambda work: intake.remove(work, ref)),
        )
        return ref

    def remove(self, ref: Ref) -> None:
        """Take a row out; Strg+Z brings it back."""
        self._file = self.file.without(ref)
        self._run(Step(lambda work: intake.remove(work, ref), lambda work: intake.restore(work, ref), removes=ref))
        self._view.show_file(self.file)

    def restore(self, ref: Ref) -> None:
        """Bring back a row that was taken out, whatever was changed since."""
        self._undo = [step for step in self._undo if step.removes != ref]
        self._run(Step(lambda work: intake.restore(work, ref), lambda work: intake.remove(work, ref)))

    def copy_to(self, rows: tuple[Record, ...], person: UUID) -> None:
        """Copy rows of one child, such as its school years, to another."""
        for row in rows:
            self.add(row.kind, person, dict(row.values))

    def finish(self, done: Callable[[], None]) -> None:
        household = self.file.household.id
        self._run(Step(lambda work: intake.finish(work, household), lambda work: intake.reopen(work, household)), done)

    def undo(self) -> None:
        """Take back the newest change that is still open to it."""
        if not self._undo:
            return
        step = self._undo.pop()
        if step.undo is not None:
            self._run(Step(step.undo, subject=step.subject))

    def retry(self) -> None:
        """Try again what could not be saved, in the order it was done."""
        failed, self._failed = self._failed, []
        for step in failed:
            self._start(step, None)

    def _show_new(self, ref: Ref, person: UUID | None, values: dict[str, Value], step: Step) -> None:
        now = self._clock()
        record = Record(ref.kind, ref.id, self.file.household.id, person, values, now, now)
        self._file = self.file.with_record(record)
        self._run(step)
        self._view.show_file(self.file)

    def _run(self, step: Step, after: Callable[[], None] | None = None) -> None:
        if step.subject is not None:
            self._newest[step.subject] = step
            self._failed = [item for item in self._failed if item.subject != step.subject]
        if step.undo is not None and not self._goes_on(step):
            self._undo.append(step)
        # what failed before goes first, so that a row exists before it is filled
        self.retry()
        self._start(step, after)

    def _goes_on(self, step: Step) -> bool:
        """Whether the same answer is still being typed: one field is one step back."""
        return step.subject is not None and bool(self._undo) and self._undo[-1].subject == step.subject

    def _start(self, step: Step, after: Callable[[], None] | None) -> None:
        self._on_their_way += 1
        self._view.show_saving()

        def done(file: FamilyFile) -> None:
            self._arrived(file)
            if after is not None:
                after()

        def failed(error: WorldError) -> None:
            self._on_their_way -= 1
            outdated = step.subject is not None and self._newest[step.subject] is not step
            # trying again cannot help where the record is gone
            if not outdated and not isinstance(error, RecordGone):
                self._failed.append(step)
            self._view.show_unsaved(error.message)

        self._runner.run(step.deed, done, failed)

    def _arrived(self, file: FamilyFile) -> None:
        self._on_their_way -= 1
        if self._on_their_way or self._failed:
            return
        news = self._file is None or not _says_the_same(file, self._file)
        self._file = file
        if news:
            self._view.show_file(file)
        self._view.show_saved(self._clock())


def _says_the_same(one: FamilyFile, other: FamilyFile) -> bool:
    """Whether two states of a file differ in nothing that is shown."""
    return (
        _answers((one.household,)) == _answers((other.household,))
        and {kind: _answers(rows) for kind, rows in one.records.items() if rows}
        == {kind: _answers(rows) for kind, rows in other.records.items() if rows}
        and one.events == other.events
        and [row.id for row in one.history] == [row.id for row in other.history]
    )


def _answers(rows: tuple[Record, ...]) -> list[tuple[UUID, UUID | None, dict[str, Value]]]:
    """What rows say; an answer that was never given is the same as an empty one."""
    return [
        (row.id, row.person, {key: value for key, value in row.values.items() if value is not None}) for row in rows
    ]


def _set(ref: Ref, key: str, value: Value) -> Deed:
    return lambda work: intake.set_value(work, ref, key, value)
