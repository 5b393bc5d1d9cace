"""The dated steps of placement requests: adding one, and not counting one any more once its deed is taken back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from uuid import UUID, uuid5

from sqlalchemy import Row, func, or_, select

from desk_app.casework.desk import Work
from desk_app.domain.clock import local_day
from desk_app.domain.placement_steps import place_told
from desk_app.domain.records import RecordKind, RequestEvent
from desk_app.storage.tables import Deed, PlacementEvent, PlacementRequest

REVERTED: Final = "request.reverted"


@dataclass(frozen=True, slots=True)
class StepFacts:
    """What is told with a step besides its state.

    ``happened_on`` is the day it happened where that is not today; ``reason_code`` is of the list of return reasons;
    ``shipment`` is what it left with or came back in, ``deed`` what can be taken back.
    """

    reason: str = ""
    details: str = ""
    happened_on: date | None = None
    school: str = ""
    class_name: str = ""
    starts_on: date | None = None
    support: str = ""
    reason_code: str = ""
    shipment: UUID | None = None
    deed: UUID | None = None


def record_event(work: Work, request: UUID, state: str, facts: StepFacts | None = None, *, reason: str = "") -> UUID:
    """Add one dated step; its id. The newest one that counts is the state; none is ever changed."""
    told = facts or StepFacts(reason=reason)
    last = work.session.scalar(select(func.max(PlacementEvent.sequence)).where(PlacementEvent.request_id == request))
    sequence = (last or 0) + 1
    event = uuid5(request, str(sequence))
    work.session.add(
        PlacementEvent(
            id=event,
            request_id=request,
            sequence=sequence,
            state=state,
            at=work.now,
            by=work.user,
            reason=told.reason,
            details=told.details,
            happened_on=told.happened_on,
            school=told.school or None,
            class_name=told.class_name or None,
            starts_on=told.starts_on,
            support=told.support or None,
            reason_code=told.reason_code or None,
            shipment_id=told.shipment,
            deed_id=told.deed,
        )
    )
    work.session.flush()
    work.note(f"request.{state}", RecordKind.REQUEST, request, touched="placements")
    return event


def event_of(row: PlacementEvent | Row[*tuple[Any, ...]]) -> RequestEvent:
    """The step as rules and papers see it, from the object or the bare row."""
    return RequestEvent(
        id=row.id,
        request=row.request_id,
        state=row.state,
        at=row.at,
        by=str(row.by),
        reason=row.reason,
        details=row.details,
        happened_on=row.happened_on,
        school=row.school or "",
        class_name=row.class_name or "",
        starts_on=row.starts_on,
        support=row.support or "",
        reason_code=row.reason_code or "",
    )


def going_on(events: Sequence[RequestEvent]) -> StepFacts:
    """What a step has to tell that goes on where the last of these left off, so that the child keeps its place."""
    last, place = events[-1], place_told(reversed(events))
    return StepFacts(
        reason=last.reason,
        details=last.details,
        school=place.school,
        class_name=place.class_name,
        starts_on=place.starts_on,
        support=place.support,
        reason_code=last.reason_code,
    )


def void(work: Work, deed: UUID) -> int:
    """Do not count the steps of a deed any more; how many stay because somebody went on from them."""
    kept = 0
    for event in _of_deed(work, deed):
        later = select(PlacementEvent.id).where(
            PlacementEvent.request_id == event.request_id,
            PlacementEvent.sequence > event.sequence,
            PlacementEvent.voided_at.is_(None),
            or_(PlacementEvent.deed_id.is_(None), PlacementEvent.deed_id != deed),
        )
        if event.voided_at is not None:
            continue
        if work.session.scalar(later.limit(1)) is not None:
            kept += 1
            continue
        _void(work, event)
        _void_undone_before(work, event.request_id)
    return kept


def _void(work: Work, event: PlacementEvent) -> None:
    event.voided_at = work.now
    work.session.flush()
    work.note(REVERTED, RecordKind.REQUEST, event.request_id, touched="placements")


def _void_undone_before(work: Work, request: UUID) -> None:
    """Steps that only stayed because of a later one, although their deed was taken back, go with that later one."""
    standing = select(PlacementEvent, Deed.undone_by).outerjoin(Deed, Deed.id == PlacementEvent.deed_id)
    standing = standing.where(PlacementEvent.request_id == request, PlacementEvent.voided_at.is_(None))
    for event, undone_by in work.session.execute(standing.order_by(PlacementEvent.sequence.desc())).all():
        if undone_by is None:
            return
        _void(work, event)


def households_of(work: Work, deed: UUID) -> set[UUID]:
    """The families whose requests went on by a deed."""
    query = select(PlacementRequest.household_id).join(PlacementEvent, PlacementEvent.request_id == PlacementRequest.id)
    return set(work.session.scalars(query.where(PlacementEvent.deed_id == deed)))


def revive(work: Work, deed: UUID) -> None:
    """Count what a deed had told again: as new steps of today, so that counts of the days between still hold.

    What stands after it is told anew as well, so that the newest step stays the newest. The old steps are nobody's
    any more.
    """
    taken_back: dict[UUID, list[PlacementEvent]] = {}
    for event in _of_deed(work, deed):
        if event.voided_at is not None:
            taken_back.setdefault(event.request_id, []).append(event)
    for request, events in taken_back.items():
        first = min(event.sequence for event in events)
        standing = select(PlacementEvent).where(
            PlacementEvent.request_id == request,
            PlacementEvent.sequence > first,
            PlacementEvent.voided_at.is_(None),
        )
        for event in sorted((*events, *work.session.scalars(standing)), key=lambda event: event.sequence):
            record_event(work, request, event.state, _told_again(event))
            event.deed_id = None
            event.voided_at = event.voided_at or work.now
    work.session.flush()


def _told_again(event: PlacementEvent) -> StepFacts:
    return StepFacts(
        reason=event.reason,
        details=event.details,
        happened_on=event.happened_on or local_day(event.at),
        school=event.school or "",
        class_name=event.class_name or "",
        starts_on=event.starts_on,
        support=event.support or "",
        reason_code=event.reason_code or "",
        shipment=event.shipment_id,
        deed=event.deed_id,
    )


def _of_deed(work: Work, deed: UUID) -> list[PlacementEvent]:
    query = select(PlacementEvent).where(PlacementEvent.deed_id == deed)
    return list(work.session.scalars(query.order_by(PlacementEvent.request_id, PlacementEvent.sequence.desc())))
