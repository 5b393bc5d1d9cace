"""Each family's place in the list, however it is sorted and narrowed: worked out from its file and kept.

What is kept follows from what the list shows, and is worked out anew when something of the family was written, and at
the instant from which it may be another although nothing was (a note or an appointment set for later).
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from datetime import datetime, time
from functools import cache
from typing import Any, Final
from uuid import UUID
from weakref import WeakSet

from sqlalchemy import bindparam, delete, func, select

from desk_app.casework import families, family_columns
from desk_app.casework.desk import Work
from desk_app.casework.families import FamilyRow
from desk_app.casework.family_columns import FamilyFacts
from desk_app.domain.clock import berlin
from desk_app.domain.code_lists import code_list
from desk_app.domain.names import search_form
from desk_app.storage.many_rows import among, among_listed, listed, put_in
from desk_app.storage.ready import Ready
from desk_app.storage.tables import Appointment, FamilyEvent, FamilyOrder, Household, Note
from desk_app.storage.tables.lists import NEVER, NOT_YET
from desk_app.storage.types import UtcDateTime

_RULES: Final = 1
"""Raised whenever something is worked out otherwise than before."""
_LABELS: Final = ("districts", "languages")
_PIECE: Final = 400
_ORDER: Final[Any] = FamilyOrder.__table__
_LOOKED_OVER: Final[WeakSet[Any]] = WeakSet()
"""Open stores of which every family is known to have its place; from then on whatever is written sees to that."""


@cache
def rules() -> int:
    """The version of the rules with that of the labels families are sorted by; never 0."""
    labels = [code.label for name in _LABELS for code in code_list(name).entries]
    return zlib.crc32(repr((_RULES, labels)).encode()) % (2**31 - 1) + 1


def catch_up(work: Work, most: int | None = None) -> int:
    """Work out the places that are missing or out of date, of at most ``most`` families; how many there were."""
    work.session.flush()
    households = _due(work, most)
    for first in range(0, len(households), _PIECE):
        _renew(work, households[first : first + _PIECE])
    return len(households)


def _due(work: Work, most: int | None) -> list[UUID]:
    order = _ORDER.c
    found: set[UUID] = set()
    # one by one, since each is a range of an index and together they are none
    for outdated in (order.rules < rules(), order.rules > rules(), order.valid_until <= work.now):
        found.update(work.session.scalars(select(order.household_id).where(outdated).limit(most)))
    engine = work.session.connection().engine
    if engine not in _LOOKED_OVER and (most is None or len(found) < most):
        there = select(Household.id).where(Household.removed_at.is_(None))
        placed = select(order.household_id)
        apart = set(work.session.scalars(there.where(Household.id.not_in(placed)).limit(most)))
        apart.update(work.session.scalars(placed.where(order.household_id.not_in(there)).limit(most)))
        if most is None or len(apart) < most:
            _LOOKED_OVER.add(engine)
            work.if_lost.append(lambda: _LOOKED_OVER.discard(engine))
        found |= apart
    return sorted(found)


def _renew(work: Work, households: Sequence[UUID]) -> None:
    order, session = _ORDER.c, work.session
    known = select(order.household_id, order.id).where(among(order.household_id, households))
    numbers: dict[UUID, int] = dict(session.execute(known).all())
    number = session.scalar(select(func.max(order.id))) or 0
    facts = family_columns.facts(work, family_columns.FACTS, households)
    until = _valid_until(work, households)
    rows = []
    for row in sorted(families.among(work, households), key=lambda row: row.file_number):
        if row.id not in numbers:
            number += 1
            numbers[row.id] = number
        told = _told(row, facts.get(row.id, family_columns.NOTHING_KNOWN))
        rows.append({"id": numbers[row.id], "rules": rules(), "valid_until": until.get(row.id), **told})
    session.execute(delete(_ORDER).where(among(order.household_id, households)))
    put_in(session, _ORDER, rows)


def _told(row: FamilyRow, facts: FamilyFacts) -> dict[str, Any]:
    return {
        "household_id": row.id,
        "name": search_form(row.name),
        "file_number": row.file_number,
        "adults": row.adults,
        "children": row.children,
        "persons": row.adults + row.children,
        "intake_open": row.intake_open,
        "changed_at": row.changed_at,
        "begun": facts.begun or NEVER,
        "moved_away": facts.moved_away or NEVER,
        "district": _known_first(facts.district),
        "languages": _known_first(facts.languages),
        "phone_languages": _known_first(facts.phone_languages),
        "counsellor": _known_first(facts.counsellor),
        "last_contact": facts.last_contact or NEVER,
        "last_sign": facts.last_sign or NEVER,
        "quiet_since": NOT_YET if row.moved_away else facts.last_contact or NOT_YET,
        "unheard_since": NOT_YET if row.moved_away or not facts.waits else facts.last_sign or NOT_YET,
        "follow_ups": facts.follow_ups,
        "states": "".join(f",{state}={count}" for state, count in facts.states) + "," if facts.states else "",
    }


def _known_first(text: str) -> str:
    """What is not known stands at the end of the alphabet."""
    return f"0{search_form(text)}" if text else "1"


@cache
def _later(household: Any, at: Any, removed_at: Any) -> Ready:
    """The first that comes after ``now``, of each family."""
    later = (among_listed(household), at > bindparam("now", type_=at.type), removed_at.is_(None))
    return Ready(select(household, func.min(at)).where(*later).group_by(household))


def _valid_until(work: Work, households: Sequence[UUID]) -> dict[UUID, datetime]:
    """The next instant at which the last contact or sign of life may be another although nothing is written."""
    instants: tuple[tuple[Any, Any, Any], ...] = (
        (Note.household_id, Note.at, Note.removed_at),
        (Appointment.household_id, Appointment.starts_at, Appointment.removed_at),
        (Household.id, Household.appointment_at, Household.removed_at),
        (FamilyEvent.household_id, FamilyEvent.happened_on, FamilyEvent.removed_at),
        (Household.id, Household.first_contact_on, Household.removed_at),
    )
    found: dict[UUID, datetime] = {}
    these = listed(households)
    for household, at, removed_at in instants:
        now = work.now if isinstance(at.type, UtcDateTime) else work.today
        for whose, then in _later(household, at, removed_at).rows(work.session, among=these, now=now):
            begins = then if isinstance(then, datetime) else datetime.combine(then, time(), berlin())
            found[whose] = min(begins, found.get(whose, begins))
    return found
