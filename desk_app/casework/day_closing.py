"""The end of the day (Tagesabschluss): no visit stays without how it ended, nobody who came without a topic."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final
from uuid import UUID

from sqlalchemy import func, select

from desk_app.casework import appointment_lines, visits
from desk_app.casework.appointment_lines import LONGEST, AppointmentLine, midnight
from desk_app.casework.appointment_setup import INTERNAL
from desk_app.casework.desk import Work
from desk_app.domain.clock import local_day
from desk_app.domain.visit_states import DONE, FREES, NO_SHOW, OPEN, TALKING, WAITING
from desk_app.i18n import _
from desk_app.storage.tables import Appointment, AppointmentKind

CAME: Final = WAITING | TALKING
"""States of somebody who came and of whom nobody said yet how it ended."""
_LOOKS_BACK: Final = timedelta(days=60)


@dataclass(frozen=True, slots=True)
class Closing:
    """What is left of a day: visits without an end, and ``topicless`` ones that came without saying what about."""

    day: date
    rows: tuple[AppointmentLine, ...] = ()

    @property
    def endless(self) -> int:
        return sum(line.state in OPEN for line in self.rows)

    @property
    def topicless(self) -> int:
        return sum(lacks_topic(line) for line in self.rows)


def lacks_topic(line: AppointmentLine) -> bool:
    """Whether somebody came without an appointment and nobody knows what it was about."""
    return line.walk_in and line.kind is None and line.state not in FREES


def read(work: Work, day: date) -> Closing:
    """What a day still lacks, in order of time."""
    lines = appointment_lines.of_days(work, day, day)
    return Closing(day, tuple(line for line in lines if _is_of(line, day) and _is_left(line)))


def unsettled(work: Work, before: date) -> tuple[tuple[date, int], ...]:
    """Earlier days on which visits have no end yet, the latest first, each with how many."""
    query = (
        select(Appointment.starts_at)
        .outerjoin(AppointmentKind, AppointmentKind.id == Appointment.kind_id)
        .where(
            Appointment.state.in_(OPEN), Appointment.removed_at.is_(None), Appointment.starts_at < midnight(before),
            Appointment.starts_at >= midnight(before) - _LOOKS_BACK - LONGEST,
            func.coalesce(AppointmentKind.look, "") != INTERNAL,
        )
    )  # fmt: skip
    found: dict[date, int] = {}
    for (start,) in work.session.execute(query):
        day = local_day(start)
        found[day] = found.get(day, 0) + 1
    return tuple(sorted(found.items(), reverse=True))


def settle_all(work: Work, day: date) -> UUID:
    """Everybody of the day who came is done, whoever did not come has missed it; the deed, to be taken back.

    Whoever has yet to come is left: the day may be closed before its last appointment.
    """
    left = [line for line in read(work, day).rows if line.state in OPEN]
    ends = [(line.id, DONE if _came(line) else NO_SHOW) for line in left if _came(line) or line.start <= work.now]
    return visits.settle(work, ends, _("Tagesabschluss: alle übrigen Besuche"))


def settle_came(work: Work, day: date) -> UUID:
    """Everybody of the day who came is done; the deed, to be taken back."""
    ends = [(line.id, DONE) for line in read(work, day).rows if line.state in CAME]
    return visits.settle(work, ends, _("Tagesabschluss: alle Eingetroffenen erledigt"))


def settle(work: Work, visit: UUID, state: str) -> UUID:
    """Say of one how it ended; the deed, to be taken back."""
    return visits.settle(work, [(visit, state)], _("Tagesabschluss: ein Besuch"))


def _came(line: AppointmentLine) -> bool:
    return line.state in CAME or line.arrived_at is not None


def _is_of(line: AppointmentLine, day: date) -> bool:
    """Whether a visit belongs to a day: one that goes on after midnight is of the day it began on."""
    return local_day(line.start) == day


def _is_left(line: AppointmentLine) -> bool:
    return line.look != INTERNAL and (line.state in OPEN or lacks_topic(line))
