"""What is looked up about an appointment when somebody asks: other times it could be at, and what became of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Final
from uuid import UUID

from desk_app.casework import appointments, booking_drafts, earlier_wishes, visits
from desk_app.casework.appointments import AppointmentLine, FreeSlot
from desk_app.casework.desk import Work
from desk_app.casework.earlier_wishes import Wish
from desk_app.domain import visit_states
from desk_app.domain.errors import WorldError
from desk_app.i18n import _
from desk_app.presenters.appointment_words import moment_words
from desk_app.presenters.booking_draft import Draft, family_facts
from desk_app.presenters.family_meant import FamilyFound, families_meant
from desk_app.presenters.runner import Runner

FreeTimes = Sequence[tuple[datetime, UUID, str]]
"""Instants with their desk, and how they read."""

_OFFERED: Final = 6
_PER_DAY: Final = 2


class AppointmentLookups:
    """``failed`` hears what could not be read."""

    def __init__(self, runner: Runner, failed: Callable[[str], None]) -> None:
        self._runner = runner
        self._failed = failed

    def free_for(self, line: AppointmentLine, first: date, done: Callable[[FreeTimes], None]) -> None:
        """The next times an appointment could be at, with somebody who interprets where that is needed."""

        def read(work: Work) -> FreeTimes:
            language = line.language if line.interpreting else ""
            slots = appointments.free(
                work, line.kind, first, language=language, sex=line.interpreter_sex, household=line.household,
                limit=_OFFERED, per_day=_PER_DAY, minutes=line.minutes,
            )  # fmt: skip
            return [
                (slot.start, slot.seat, f"{moment_words(slot.start, work.today)} {slot.seat_name}") for slot in slots
            ]

        self._runner.run(read, done, self._tell)

    def history(self, line: AppointmentLine, done: Callable[[Sequence[tuple[str, str]]], None]) -> None:
        """What became of it and of the ones it took the place of: moment and words, oldest first."""
        self._runner.run(lambda work: _history(work, line), done, self._tell)

    def next_free(
        self, household: UUID | None, first: date, done: Callable[[FreeSlot | None], None], place: UUID | None = None
    ) -> None:
        """The next free time for a family, with somebody who interprets where the file asks for that."""
        self._runner.run(lambda work: _next_free(work, household, first, place), done, self._tell)

    def wish(self, line: AppointmentLine, done: Callable[[Wish], None]) -> None:
        """What was noted of coming earlier than to an appointment, else a new wish for it."""
        self._runner.run(lambda work: earlier_wishes.of_appointment(work, line), done, self._tell)

    def families(self, words: str, done: Callable[[str, tuple[FamilyFound, ...]], None]) -> None:
        """Families that may be meant by what is typed."""
        self._runner.run(lambda work: families_meant(work, words), lambda found: done(words, found), self._tell)

    def left(self, done: Callable[[Draft | None], None]) -> None:
        """What this user typed of an appointment and did not enter."""

        def read(work: Work) -> Draft | None:
            data = booking_drafts.read(work)
            return Draft.from_json(data) if data else None

        self._runner.run(read, done, self._tell)

    def _tell(self, error: WorldError) -> None:
        self._failed(error.message)


def _next_free(work: Work, household: UUID | None, first: date, place: UUID | None) -> FreeSlot | None:
    language = ""
    if household is not None:
        facts = family_facts(work, household)
        language = facts.language if facts.needs_interpreter else ""
    for wanted in dict.fromkeys((language, "")):
        slots = appointments.free(work, None, first, language=wanted, household=household, limit=1, place=place)
        if slots:
            return slots[0]
    return None


def _history(work: Work, line: AppointmentLine) -> Sequence[tuple[str, str]]:
    chain = [line]
    while chain[0].moved_from is not None:
        before = appointments.of_ids(work, [chain[0].moved_from])
        if not before:
            break
        chain.insert(0, before[0])
    rows: list[tuple[str, str]] = []
    for each in chain:
        for at, state, words in visits.events(work, each.id):
            said = visit_states.label(state)
            if state == visit_states.MOVED:
                said = _("vom {when} verschoben").format(when=moment_words(each.start, work.today))
            told = "" if words == visits.AFTERWARDS else words
            rows.append((moment_words(at, work.today), f"{said}: {told}" if told else said))
    return rows
