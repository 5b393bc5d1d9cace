"""Entering a day sheet that was written by hand: row after row as printed, what became of each visit.

It says how a visit ended and, for somebody who came late, when they came. When talks began and ended nobody knows,
so nothing is made up for them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID, uuid4

from desk_app.casework import appointment_lines, appointment_setup, appointments, deeds, visits
from desk_app.casework import appointment_rows as rows
from desk_app.casework.appointment_lines import AppointmentLine
from desk_app.casework.appointment_setup import INTERNAL
from desk_app.casework.desk import Work
from desk_app.domain.clock import local_day
from desk_app.domain.visit_states import CANCELLED_FAMILY, CANCELLED_US, DONE, MOVED, NO_SHOW
from desk_app.i18n import _

CAME: Final = "came"
LATE: Final = "late"
MISSED: Final = "missed"
CALLED_OFF: Final = "called_off"

STATES: Final = {CAME: DONE, LATE: DONE, MISSED: NO_SHOW, CALLED_OFF: CANCELLED_FAMILY}
"""What each mark on the sheet means for the visit."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of the sheet. ``came`` is empty where nothing is written; ``late`` are minutes.

    ``next_at`` is the date agreed on for next time, ``next_kind`` what it will be about.
    """

    visit: UUID
    came: str = ""
    late: int | None = None
    kind: UUID | None = None
    next_at: datetime | None = None
    next_kind: UUID | None = None
    words: str = ""


def printed(lines: Iterable[AppointmentLine], day: date) -> tuple[AppointmentLine, ...]:
    """The rows of the sheet of a day in the order they are printed in: by desk, then by time, and
    last who was at no desk."""
    of_day = (
        line for line in lines if local_day(line.start) == day and line.look != INTERNAL and line.state != MOVED
    )  # fmt: skip
    return tuple(
        sorted(of_day, key=lambda line: (line.place_name, not line.seat, line.seat_name, line.start, line.number or 0))
    )


def read(work: Work, day: date) -> tuple[AppointmentLine, ...]:
    """The rows of a day's sheet as they stand."""
    return printed(appointment_lines.of_days(work, day, day), day)


def last_day(work: Work) -> date | None:
    """The latest day before today on which anybody was expected, within two weeks; ``None`` for none."""
    lines = appointment_lines.of_days(work, work.today - timedelta(days=14), work.today - timedelta(days=1))
    return max((local_day(line.start) for line in lines if line.look != INTERNAL), default=None)


def enter(work: Work, entries: Sequence[Entry]) -> UUID:
    """Keep what is written on some rows; the deed, to be taken back.

    Raises ``SlotTaken`` where a next date is somebody else's, ``StepNotPossible`` for an end that cannot follow from
    where the visit stands, ``RecordGone`` where it was taken out; then nothing of it is kept.
    """
    setup = appointment_setup.settle(work)
    with deeds.recorded(work, visits.STEPPED, _("Tagesblatt nachgetragen")) as deed:
        for entry in entries:
            _enter(work, entry)
            if entry.next_at is not None:
                _agree(work, setup, entry, entry.next_at)
    return deed.id


def _enter(work: Work, entry: Entry) -> None:
    row = rows.get(work, entry.visit)
    changed = []
    if entry.kind is not None and entry.kind != row.kind_id:
        row.kind_id = entry.kind
        changed.append("kind_id")
    if entry.words.strip():
        row.words = "\n".join(part for part in (row.words or "", entry.words.strip()) if part)
        changed.append("words")
    if entry.came == LATE and entry.late is not None and row.arrived_at is None:
        row.arrived_at = row.starts_at + timedelta(minutes=entry.late)
        changed.append("arrived_at")
    if changed:
        work.touch(row)
        work.session.flush()
        rows.note(work, visits.CHANGED, row, changed)
    state = STATES.get(entry.came)
    if state is None or state == row.state or (entry.came == CALLED_OFF and row.state == CANCELLED_US):
        return
    if not visits.settle_one(work, row, state):
        raise visits.StepNotPossible


def _agree(work: Work, setup: appointment_setup.Setup, entry: Entry, start: datetime) -> UUID:
    """Make the next appointment with what is known from this one."""
    now = appointments.booking_of(work, entry.visit)
    follow = next((kind.id for kind in setup.kinds if kind.look == "follow"), None)
    return appointments.book(
        work,
        rows.Booking(
            id=uuid4(), start=start, household=now.household, name=now.name, phone=now.phone,
            kind=entry.next_kind or follow, place=now.place, language=now.language,
            interpreting="open" if now.interpreting else "", dialect=now.dialect,
            interpreter_sex=now.interpreter_sex, persons=now.persons,
        ),
    )  # fmt: skip
