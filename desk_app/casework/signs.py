"""The last sign of life of families: when somebody last heard of them, by what their files and notes tell."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import cache
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Select, bindparam, exists, func, or_, select
from sqlalchemy.orm import aliased

from desk_app.casework.desk import Work
from desk_app.domain.clock import local_day
from desk_app.domain.placement_deadlines import SIGNS_OF_LIFE, last_sign_of_life
from desk_app.domain.records import FamilyFile
from desk_app.domain.visit_states import DONE, ENDS, EXPECTED, LABELS
from desk_app.storage.many_rows import among_listed, listed
from desk_app.storage.ready import Ready
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
    how = "all" if chosen is None else "one" if len(chosen) == 1 else "some"
    among = chosen[0] if chosen and how == "one" else listed(chosen or ())
    found: dict[UUID, date] = {}
    work.session.flush()
    spoken, visited, turned = (
        reading.rows(work.session, now=work.now, today=work.today, among=among) for reading in _readings(how)
    )
    for household, at in spoken:
        found[household] = local_day(at)
    for whose, at in visited:
        if whose is not None:
            found[whose] = max(local_day(at), found.get(whose, local_day(at)))
    for household, day in turned:
        found[household] = max(day, found.get(household, day))
    return found


@cache
def _readings(how: str) -> tuple[Ready, Ready, Ready]:
    """The newest note, visit and turn of each family ``among`` ``some``, of ``one``, or of ``all`` there are."""
    newer = aliased(Note)
    corrected = exists().where(newer.corrects == Note.id, newer.removed_at.is_(None))
    now, today = bindparam("now", type_=Note.at.type), bindparam("today", type_=FamilyEvent.happened_on.type)
    spoken = select(Note.household_id, func.max(Note.at)).where(
        Note.removed_at.is_(None), or_(*(Note.kind == kind for kind in SIGNS_OF_LIFE)), Note.at <= now, ~corrected
    )
    visited = select(Appointment.household_id, func.max(Appointment.starts_at)).where(
        or_(*(Appointment.state == state for state in sorted(CAME))), Appointment.starts_at <= now,
        Appointment.removed_at.is_(None),
    )  # fmt: skip
    turned = select(FamilyEvent.household_id, func.max(FamilyEvent.happened_on)).where(
        FamilyEvent.removed_at.is_(None), or_(*(FamilyEvent.kind == kind for kind in _SPOKE)),
        FamilyEvent.happened_on <= today,
    )  # fmt: skip

    def ready(query: Select[*tuple[Any, ...]], household: Any) -> Ready:
        # a list of one costs the database five times what the one does
        of_these = {"one": [household == bindparam("among")], "some": [among_listed(household)]}
        return Ready(query.where(*of_these.get(how, [])).group_by(household))

    return (
        ready(spoken, Note.household_id),
        ready(visited, Appointment.household_id),
        ready(turned, FamilyEvent.household_id),
    )
