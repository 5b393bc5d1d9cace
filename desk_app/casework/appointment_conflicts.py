"""What is booked although it no longer fits: the hours, the room, whoever interprets. It is listed, so that somebody
rings the families; it stays."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy import Select, and_, exists, select

from desk_app.casework import appointment_setup
from desk_app.casework.appointment_lines import AppointmentLine, of_ids
from desk_app.casework.appointment_setup import Setup
from desk_app.casework.desk import Work
from desk_app.domain import opening_hours
from desk_app.domain.clock import local_day
from desk_app.domain.opening_hours import Booked, Hours
from desk_app.domain.slots import Span
from desk_app.domain.visit_states import EXPECTED
from desk_app.i18n import N_, _
from desk_app.storage.tables import Appointment, BusyTime, Interpreter, InterpreterBlock, Seat


@dataclass(frozen=True, slots=True)
class Conflict:
    """An appointment that no longer fits, and why.

    ``outside`` of the hours, one too many for the desks there are then (``over``), a ``room`` that is gone, somebody
    interpreting who has ``retired``, is ``blocked`` for the family, or who according to the calendar is not free
    (``absent``); for ``away`` the calendar of who sits at the desk says so.
    """

    line: AppointmentLine
    why: str

    @property
    def words(self) -> str:
        """Why it is listed; the reason somebody gave when booking it all the same."""
        words = _(_WORDS[self.why])
        return f"{words}: {self.line.overbooked}" if self.line.overbooked else words


_WORDS: Final = {
    "outside": N_("außerhalb der Öffnungszeit"),
    "over": N_("mehr Termine als Plätze"),
    "room": N_("der Raum ist nicht mehr da"),
    "retired": N_("wer dolmetschen sollte, ist nicht mehr dabei"),
    "blocked": N_("wer dolmetschen sollte, soll es für diese Familie nicht"),
    "absent": N_("wer dolmetschen soll, ist laut Kalender nicht frei"),
    "away": N_("laut Kalender ist der Platz nicht besetzt"),
}

OF_PEOPLE: Final = frozenset({"retired", "blocked", "absent", "away"})
"""Reasons that lie with who interprets or sits at the desk, not with the hours or rooms."""


def conflicts(work: Work, since: datetime | None = None, setup: Setup | None = None) -> tuple[Conflict, ...]:
    """What is to come, from ``since`` (``None``: now) on, and does not fit the hours of ``setup`` or what was agreed.

    Without a set-up it is that of the store; another one shows beforehand what changing the hours would lead to.
    """
    hours = setup or appointment_setup.read(work)
    found: dict[UUID, str] = {}
    for place, booked in _by_place(work, hours, since or work.now).items():
        for conflict in opening_hours.conflicts(booked, _hours_of(hours, place, booked)):
            found[conflict.id] = conflict.why
    for why, query in _broken(since or work.now).items():
        for id_ in work.session.scalars(query):
            found.setdefault(id_, why)
    return tuple(Conflict(line, found[line.id]) for line in of_ids(work, found))


def _broken(since: datetime) -> dict[str, Select[UUID]]:
    """What no longer holds of what was agreed, each as a query for the appointments to come."""
    coming = select(Appointment.id).where(
        Appointment.starts_at >= since, Appointment.state.in_(EXPECTED), Appointment.removed_at.is_(None)
    )
    meanwhile = and_(
        BusyTime.removed_at.is_(None),
        BusyTime.starts_at < Appointment.ends_at,
        BusyTime.ends_at > Appointment.starts_at,
    )
    interprets = InterpreterBlock.interpreter_id == Appointment.interpreter_id
    barred = and_(interprets, InterpreterBlock.household_id == Appointment.household_id)
    return {
        "room": coming.where(exists().where(Seat.id == Appointment.room_id, Seat.removed_at.is_not(None))),
        "retired": coming.where(
            exists().where(Interpreter.id == Appointment.interpreter_id, Interpreter.removed_at.is_not(None))
        ),
        "blocked": coming.where(exists().where(barred, InterpreterBlock.removed_at.is_(None))),
        "absent": coming.where(exists().where(BusyTime.interpreter_id == Appointment.interpreter_id, meanwhile)),
        "away": coming.where(exists().where(BusyTime.seat_id == Appointment.seat_id, meanwhile)),
    }


def _by_place(work: Work, setup: Setup, since: datetime) -> Mapping[UUID | None, list[Booked]]:
    query = select(
        Appointment.id, Appointment.place_id, Appointment.seat_id, Appointment.kind_id,
        Appointment.starts_at, Appointment.ends_at,
    ).where(
        Appointment.starts_at >= since, Appointment.state.in_(EXPECTED), Appointment.removed_at.is_(None),
        Appointment.walk_in.is_(False),
    )  # fmt: skip
    found: defaultdict[UUID | None, list[Booked]] = defaultdict(list)
    for id_, place, seat, kind, start, end in work.session.execute(query):
        if kind not in setup.internal:
            found[place].append(Booked(id_, seat, Span(start, end)))
    return found


def _hours_of(setup: Setup, place: UUID | None, booked: Iterable[Booked]) -> Mapping[UUID | None, Hours]:
    """The hours of the desks of a place, and of itself, on the days that matter; none for a place that is gone."""
    if place is None or setup.place(place) is None:
        return {}
    on = sorted({local_day(instant) for one in booked for instant in one.talk})
    seats = (None, *(seat.id for seat in setup.seats if seat.place == place))
    return {seat: setup.hours(place, seat, on) for seat in seats}
