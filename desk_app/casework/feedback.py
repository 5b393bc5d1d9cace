"""Whether a child really began at its school: what the question after an assignment is answered with."""

from __future__ import annotations

from datetime import timedelta
from typing import Final
from uuid import UUID, uuid4

from desk_app.casework import deeds, follow_ups, notes, placement_deeds, placements
from desk_app.casework.desk import Work
from desk_app.casework.placement_events import StepFacts
from desk_app.domain.errors import RecordGone
from desk_app.i18n import _
from desk_app.storage.tables import FollowUp, Person, PlacementRequest

ASK_AGAIN: Final = timedelta(weeks=1)
"""After which a child that has not begun is asked about again; a rule of this program."""


def begun(work: Work, follow_up: UUID) -> UUID:
    """The child is at its school: the request is "aufgenommen" and the question done. The id of the deed.

    Raises ``RecordGone`` for a follow-up without a request, ``NotAllowed`` as the table of roles says.
    """
    row, request = _asked(work, follow_up)
    words = _("{name} hat in der Schule angefangen").format(name=_name(work, row))
    with deeds.recorded(work, placement_deeds.STEPPED, words, row.household_id) as deed:
        placement_deeds.take(work, [request], placements.ADMITTED, StepFacts(deed=deed.id))
        deed.has_steps = True
        follow_ups.set_done(work, [row.id])
    return deed.id


def not_begun(work: Work, follow_up: UUID) -> UUID:
    """The child is not there yet: that is noted, the place stays, and it is asked again later. The id of the deed."""
    row, request = _asked(work, follow_up)
    words = _("{name} hat noch nicht in der Schule angefangen").format(name=_name(work, row))
    again = follow_ups.Draft(
        row.id, row.household_id, row.words, work.today + ASK_AGAIN, None, row.assigned_to, row.person_id
    )
    note = notes.Draft(
        uuid4(), row.household_id, _("Hat noch nicht in der Schule angefangen."), notes.INTERNAL, work.now,
        row.person_id, request.id,
    )  # fmt: skip
    with deeds.recorded(work, "note.written", words, row.household_id) as deed:
        notes.keep(work, note)
        follow_ups.keep(work, again)
    return deed.id


def _asked(work: Work, follow_up: UUID) -> tuple[FollowUp, PlacementRequest]:
    row = work.session.get(FollowUp, follow_up)
    request = work.session.get(PlacementRequest, row.request_id) if row is not None and row.request_id else None
    if row is None or request is None or request.removed_at is not None:
        raise RecordGone
    return row, request


def _name(work: Work, row: FollowUp) -> str:
    person = work.session.get(Person, row.person_id) if row.person_id else None
    return (person.given_name or person.family_name if person else None) or _("Das Kind")
