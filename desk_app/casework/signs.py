"""The last sign of life of families: when somebody last heard of them, by what their files and notes tell."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Final
from uuid import UUID

from sqlalchemy import exists, func, select
from sqlalchemy.orm import aliased

from desk_app.casework.desk import Work
from desk_app.domain.clock import local_day
from desk_app.domain.placement_deadlines import SIGNS_OF_LIFE, last_sign_of_life
from desk_app.domain.records import FamilyFile
from desk_app.domain.visit_states import DONE, ENDS, EXPECTED, LABELS
from desk_app.storage.many_rows import among
from desk_app.storage.tables import Appointment, FamilyEvent, Note

_SPOKE: Final = ("confirmed", "came_back")
"""Turns that somebody of the family told of."""
CAME: Final = frozenset(LABELS) - EXPECTED - (ENDS - {DONE})
"""States of a visit in which somebody of the family was there."""


def of_files(work: Work, files: Iterable[FamilyFile]) -> dict[UUID, date]:
    """The last sign of life of each family, by household."""
    wanted = {file.household.id: file for file in files}
    beside = beside_files(work, wanted)
    return {
        household: last_sign_of_life(file, work.today, [beside[household]] if household in beside else ())
        for household, file in wanted.items()
    }


def beside_files(work: Work, households: Iterable[UUID] | None = None) -> dict[UUID, date]:
    """What notes, turns and visits tell that no file holds: of some families or of all that have any."""
    chosen = None if households is None else list(households)
    found: dict[UUID, date] = {}
    newer = aliased(Note)
    corrected = exists().where(newer.corrects == Note.id, newer.removed_at.is_(None))
    spoken = select(Note.household_id, func.max(Note.at)).where(
        Note.removed_at.is_(None), Note.kind.in_(SIGNS_OF_LIFE), Note.at <= work.now, ~corrected
    )
    turned = select(FamilyEvent.household_id, func.max(FamilyEvent.happened_on)).where(
        FamilyEvent.removed_at.is_(None), FamilyEvent.kind.in_(_SPOKE), FamilyEvent.happened_on <= work.today
    )
    visited = select(Appointment.household_id, func.max(Appointment.starts_at)).where(
        Appointment.state.in_(CAME), Appointment.starts_at <= work.now,
        Appointment.removed_at.is_(None),
    )  # fmt: skip
    if chosen is not None:
        visited = visited.where(among(Appointment.household_id, chosen))
        spoken = spoken.where(among(Note.household_id, chosen))
        turned = turned.where(among(FamilyEvent.household_id, chosen))
    for household, at in work.session.execute(spoken.group_by(Note.household_id)):
        found[household] = local_day(at)
    for whose, at in work.session.execute(visited.group_by(Appointment.household_id)):
        if whose is not None:
            found[whose] = max(local_day(at), found.get(whose, local_day(at)))
    for household, day in work.session.execute(turned.group_by(FamilyEvent.household_id)):
        found[household] = max(day, found.get(household, day))
    return found
