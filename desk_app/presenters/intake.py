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
from desk_app.domain.errors import WorldError
from desk_app.domain.records import FamilyFile, Record, RecordKind, Ref, Value
from desk_app.presenters.runner import Runner

Deed = Callable[[Work], FamilyFile]


class IntakeView(Protocol):
    """What the page shows. ``show_file`` comes after every change; fields being typed in keep their text."""

    def show_file(self, file: FamilyFile) -> None: ...

    def show_saving(self) -> None: ...

    def show_saved(self, at: datetime) -> None: ...

    def show_unsaved(self, message: str) -> None: ...


@dataclass(frozen=True)
class Step:
    """One change with its way back."""

    deed: Deed
    undo: Deed | None


class IntakePresenter:
    """Holds the file as the user sees it; the store follows a moment later.

    Deeds run one after another. While some are still on their way, the file shown is the one with every edit made,
    so nothing typed ever jumps back. A deed that failed is kept and tried again with ``retry``.
    """

    def __init__(self, view: IntakeView, runner: Runner, clock: Clock) -> None:
        self._view = view
        self._runner = runner
        self._clock = clock
        self._file: FamilyFile | None = None
        self._on_their_way = 0
        self._failed: list[Deed] = []
        self._undo: list[Deed] = []

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
        self._view.show_file(self._file)
        self._run(Step(_set(ref, key, value), _set(ref, key, before)))

    def add(self, kind: RecordKind, person: UUID | None = None, values: dict[str, Value] | None = None) -> Ref:
        """Add a row, for one person or for the family; its id is set here, before anything is written."""
        ref = Ref(kind, uuid4())
        household = self.file.household.id
        known = dict(values or {})
        self._show_new(ref, person, known)
        self._run(
            Step(
                lambda work: intake.add(work, kind, ref.id, household, person=person, values=known),
                lambda work: intake.remove(work, ref),
            )
        )
        return ref

    def add_person(self, role: str) -> Ref:
        household = self.file.household
        ref = Ref(RecordKind.PERSON, uuid4())
        self._show_new(ref, None, {"role": role, "family_name": household.get("family_name")})
        self._run(
            Step(
                lambda work: intake.add_person(work, ref.id, household.id, role),
                lambda work: intake.remove(work, ref),
            )
        )
        return ref

    def add_sibling(self, child: UUID) -> Ref:
        ref = Ref(RecordKind.PERSON, uuid4())
        self._show_new(ref, None, {"role": "child", "family_name": self.file.person(child).get("family_name")})
        self._run(Step(lambda work: intake.add_sibling(work, ref.id, child), lambda work: intake.remove(work, ref)))
        return ref

    def remove(self, ref: Ref) -> None:
        """Take a row out; Strg+Z brings it back."""
        self._file = self.file.without(ref)
        self._view.show_file(self._file)
        self._run(Step(lambda work: intake.remove(work, ref), lambda work: intake.restore(work, ref)))

    def copy_to(self, rows: tuple[Record, ...], person: UUID) -> None:
        """Copy rows of one child, such as its school years, to another."""
        for row in rows:
            self.add(row.kind, person, dict(row.values))

    def finish(self, done: Callable[[], None]) -> None:
        household = self.file.household.id
        self._run(Step(lambda work: intake.finish(work, household), lambda work: intake.reopen(work, household)), done)

    def undo(self) -> None:
        """Take back the newest change that is still open to it."""
        if self._undo:
            self._run(Step(self._undo.pop(), None))

    def retry(self) -> None:
        """Try again what could not be saved, in the order it was done."""
        failed, self._failed = self._failed, []
        for deed in failed:
            self._run(Step(deed, None))

    def _show_new(self, ref: Ref, person: UUID | None, values: dict[str, Value]) -> None:
        now = self._clock()
        record = Record(ref.kind, ref.id, self.file.household.id, person, values, now, now)
        self._file = self.file.with_record(record)
        self._view.show_file(self._file)

    def _run(self, step: Step, after: Callable[[], None] | None = None) -> None:
        if step.undo is not None:
            self._undo.append(step.undo)
        self._on_their_way += 1
        self._view.show_saving()

        def done(file: FamilyFile) -> None:
            self._arrived(file)
            if after is not None:
                after()

        def failed(error: WorldError) -> None:
            self._on_their_way -= 1
            self._failed.append(step.deed)
            self._view.show_unsaved(error.message)

        self._runner.run(step.deed, done, failed)

    def _arrived(self, file: FamilyFile) -> None:
        self._on_their_way -= 1
        if self._on_their_way:
            return
        if self._failed:
            return
        self._file = file
        self._view.show_file(file)
        self._view.show_saved(self._clock())


def _set(ref: Ref, key: str, value: Value) -> Deed:
    return lambda work: intake.set_value(work, ref, key, value)
