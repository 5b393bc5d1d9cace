"""What a person decides about requests: one or many at once, each kept as a deed that can be taken back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final
from uuid import UUID

from desk_app.casework import deeds, families, placements
from desk_app.casework.desk import Work
from desk_app.casework.placement_events import StepFacts, record_event
from desk_app.domain.code_lists import code_list
from desk_app.domain.errors import RecordGone
from desk_app.i18n import _, ngettext
from desk_app.storage.tables import PlacementRequest

STEPPED: Final = "request.stepped"
CHOSEN: Final = frozenset(
    {
        placements.SENT,
        placements.QUERY,
        placements.WAITING_LIST,
        placements.ASSIGNED,
        placements.ADMITTED,
        placements.DECLINED,
        placements.WITHDRAWN,
        placements.MOVED_AWAY,
        placements.CLOSED,
    }
)
"""States a person may choose; the others follow from the answers."""


def step(work: Work, requests: Sequence[UUID], state: str, facts: StepFacts | None = None) -> UUID:
    """Bring requests into a state; the id of the deed, to be taken back.

    ``draft`` stands for going on with a request: it becomes what follows from its answers. Requests that are in the
    state already get a new step all the same where something is told with it. Raises ``RecordGone`` for a request
    that is not there, ``NotAllowed`` as the table of roles says, ``KeyError`` for a state nobody can choose.
    """
    rows = [_get(work, request) for request in dict.fromkeys(requests)]
    households = {row.household_id for row in rows}
    household = next(iter(households)) if len(households) == 1 else None
    with deeds.recorded(work, STEPPED, _words(rows, state), household) as deed:
        take(work, rows, state, replace(facts or StepFacts(), deed=deed.id))
        deed.has_steps = True
    return deed.id


def take(work: Work, rows: Sequence[PlacementRequest], state: str, facts: StepFacts) -> None:
    """The steps themselves, for a deed that does more than these; it sets ``has_steps`` and ``facts.deed``."""
    if state != placements.DRAFT and state not in CHOSEN:
        raise KeyError(state)
    if state == placements.WITHDRAWN:
        facts = replace(facts, details=placements.DECIDED)
    for row in rows:
        record_event(work, row.id, state, facts)
    if state == placements.DRAFT:
        # what is complete already is told so by the answers, as one more step of the same deed
        for file in families.load_many(work, sorted({row.household_id for row in rows})):
            placements.settle(work, file, deed=facts.deed)


def _get(work: Work, request: UUID) -> PlacementRequest:
    row = work.session.get(PlacementRequest, request)
    if row is None or row.removed_at is not None:
        raise RecordGone
    return row


def _words(rows: Sequence[PlacementRequest], state: str) -> str:
    word = code_list("request_states").label(state)
    if len(rows) == 1:
        return _("{number} auf „{state}“ gesetzt").format(number=rows[0].number, state=word)
    words = ngettext("{n} Anfrage auf „{state}“ gesetzt", "{n} Anfragen auf „{state}“ gesetzt", len(rows))
    return words.format(n=len(rows), state=word)
