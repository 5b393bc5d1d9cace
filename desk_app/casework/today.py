"""Everything the page "Heute" shows, in one read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final
from uuid import UUID

from sqlalchemy import func, select

from desk_app.casework import (
    appointment_lines,
    appointment_setup,
    appointments,
    centre,
    day_closing,
    earlier_wishes,
    families,
    follow_ups,
    placement_list,
    users,
    waiting_room,
)
from desk_app.casework.appointment_free import FreeSlot
from desk_app.casework.appointment_lines import AppointmentLine
from desk_app.casework.appointment_setup import INTERNAL, Setup
from desk_app.casework.desk import Work
from desk_app.casework.earlier_wishes import Chance
from desk_app.casework.follow_ups import FollowUpLine, Scope
from desk_app.casework.placement_list import PlacementRow
from desk_app.casework.placements import DRAFT
from desk_app.casework.waiting_room import WaitingRoom
from desk_app.casework.wording import label
from desk_app.domain import completeness
from desk_app.domain.child import ChildView
from desk_app.domain.completeness import Question
from desk_app.storage.tables import Household, Interpreter, InterpreterLanguage

_SOON: Final = timedelta(days=7)
"""So far ahead something to look at again is shown."""
_FOLLOW_UPS: Final = 40
_REQUESTS: Final = 12
_AT_ONCE: Final = 50
"""Families whose requests are brought up to date before the page is shown; of more it is done in the background."""
_SLOTS: Final = 5
_PER_DAY: Final = 3
_LANGUAGES: Final = 3
_WEEKS: Final = 28


@dataclass(frozen=True, slots=True)
class Lacking:
    """A request that lacks something, and what: what holds it up first."""

    row: PlacementRow
    missing: tuple[Question, ...]


@dataclass(frozen=True)
class Today:
    """``lines`` are all appointments and walk-ins of the day; ``unsettled`` earlier days with visits without an end.

    ``amber`` and ``red`` are days of waiting; ``free`` the next times for a first talk, ``with_interpreter`` the first
    for each of some languages, both only where they were asked for.
    """

    day: date
    user: UUID
    setup: Setup
    staff: Mapping[UUID, str] = field(default_factory=dict)
    lines: tuple[AppointmentLine, ...] = ()
    rooms: tuple[WaitingRoom, ...] = ()
    follow_ups: tuple[FollowUpLine, ...] = ()
    due: int = 0
    lacking: tuple[Lacking, ...] = ()
    incomplete: int = 0
    amber: int = 28
    red: int = 42
    unsettled: tuple[tuple[date, int], ...] = ()
    wishes: int = 0
    """How many would come earlier than their appointment."""
    chances: tuple[Chance, ...] = ()
    free: tuple[FreeSlot, ...] = ()
    with_interpreter: tuple[tuple[str, FreeSlot], ...] = ()


def read(work: Work, *, with_free: bool = False) -> Today:
    """The day as it stands now. ``with_free`` looks for the next free times as well, which wide windows show."""
    setup = appointment_setup.read(work)
    known = centre.load(work)
    lines = appointment_lines.of_days(work, work.today, work.today)
    rows = [row for row in placement_list.listing(work, most=_AT_ONCE) if row.state == DRAFT]
    return Today(
        day=work.today,
        user=work.user,
        setup=setup,
        staff=users.names(work),
        lines=lines,
        rooms=waiting_room.rooms(work, setup, lines),
        follow_ups=follow_ups.listing(work, Scope.MINE, until=work.today + _SOON, most=_FOLLOW_UPS),
        due=follow_ups.count_due(work),
        lacking=_lacking(work, rows[:_REQUESTS]),
        incomplete=len(rows),
        amber=known.amber_after,
        red=known.red_after,
        unsettled=day_closing.unsettled(work, work.today),
        wishes=len(earlier_wishes.listing(work)),
        chances=earlier_wishes.chances(work),
        free=_free(work, setup) if with_free else (),
        with_interpreter=_with_interpreter(work, setup) if with_free else (),
    )


def _lacking(work: Work, rows: list[PlacementRow]) -> tuple[Lacking, ...]:
    files = {file.household.id: file for file in families.load_many(work, list({row.household for row in rows}))}
    found = []
    for row in rows:
        if row.household in files:
            missing = completeness.missing(ChildView(files[row.household], row.child, work.today))
            found.append(Lacking(row, missing))
    return tuple(found)


def _free(work: Work, setup: Setup) -> tuple[FreeSlot, ...]:
    return appointments.free(work, _first_talk(setup), work.today, _WEEKS, limit=_SLOTS, per_day=_PER_DAY)


def _with_interpreter(work: Work, setup: Setup) -> tuple[tuple[str, FreeSlot], ...]:
    """The first time for each of the languages most families speak and somebody interprets."""
    spoken = (
        select(InterpreterLanguage.language, func.count(Household.id.distinct()))
        .join(Interpreter, Interpreter.id == InterpreterLanguage.interpreter_id)
        .outerjoin(Household, Household.conversation_language == InterpreterLanguage.language)
        .where(InterpreterLanguage.removed_at.is_(None), Interpreter.removed_at.is_(None))
        .group_by(InterpreterLanguage.language)
    )
    languages = sorted(work.session.execute(spoken).all(), key=lambda each: (-each[1], each[0]))
    found = []
    for language, _families in languages[:_LANGUAGES]:
        slots = appointments.free(work, _first_talk(setup), work.today, _WEEKS, language=language, limit=1)
        found += [(label("languages", language), slot) for slot in slots]
    return tuple(found)


def _first_talk(setup: Setup) -> UUID | None:
    return next((kind.id for kind in setup.kinds if kind.look != INTERNAL), None)
