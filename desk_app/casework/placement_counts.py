"""How many requests stood in each state on any day: from the dated steps alone, so that every past count holds.

Two questions may be meant. What the desk *knew* that evening goes by when steps were entered, those taken back later
included; what *was* so goes by the days on which things happened as the desk knows them today.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from sqlalchemy import select

from desk_app.casework.desk import Work
from desk_app.domain.clock import berlin, local_day
from desk_app.storage.tables import PlacementEvent, PlacementRequest


@dataclass(frozen=True, slots=True)
class _Step:
    sequence: int
    state: str
    at: datetime
    happened_on: date
    voided_at: datetime | None


def known_on(work: Work, day: date) -> Counter[str]:
    """The states as they stood in the program at the end of ``day``, in Germany's time."""
    end = datetime.combine(day + timedelta(days=1), time(), berlin())
    counts: Counter[str] = Counter()
    for removed_at, steps in _all(work):
        if removed_at is not None and removed_at < end:
            continue
        known = [step for step in steps if step.at < end and (step.voided_at is None or step.voided_at >= end)]
        if known:
            counts[max(known, key=lambda step: step.sequence).state] += 1
    return counts


def happened_by(work: Work, day: date) -> Counter[str]:
    """The states as they were at the end of ``day`` after all that is known now."""
    counts: Counter[str] = Counter()
    for removed_at, steps in _all(work):
        if removed_at is not None:
            continue
        standing = [step for step in steps if step.voided_at is None and step.happened_on <= day]
        if standing:
            counts[max(standing, key=lambda step: (step.happened_on, step.sequence)).state] += 1
    return counts


def _all(work: Work) -> Iterable[tuple[datetime | None, list[_Step]]]:
    events: dict[UUID, list[_Step]] = defaultdict(list)
    columns = (
        PlacementEvent.request_id, PlacementEvent.sequence, PlacementEvent.state, PlacementEvent.at,
        PlacementEvent.happened_on, PlacementEvent.voided_at,
    )  # fmt: skip
    for request, sequence, state, at, happened_on, voided_at in work.session.execute(select(*columns)):
        events[request].append(_Step(sequence, state, at, happened_on or local_day(at), voided_at))
    removed = dict(work.session.execute(select(PlacementRequest.id, PlacementRequest.removed_at)).all())
    return ((removed.get(request), steps) for request, steps in events.items())
