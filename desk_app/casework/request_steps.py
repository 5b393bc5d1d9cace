"""The course of one request: its dated steps with who took them, the newest first, and what is special about it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select

from desk_app.casework import shipments, told
from desk_app.casework.desk import Work
from desk_app.domain.child import ChildView
from desk_app.domain.clock import local_day
from desk_app.domain.code_lists import code_list
from desk_app.domain.records import RequestEvent
from desk_app.storage.tables import Sending, SendingItem, Shipment


@dataclass(frozen=True, slots=True)
class StepLine:
    """One step. ``day`` is when it happened, ``entered`` when it was entered; names and labels are filled in.

    ``reason`` is what was told with it, in words or else as the entry of the list of reasons.
    """

    state: str
    day: date
    entered: date
    by: str
    school: str = ""
    class_name: str = ""
    starts_on: date | None = None
    support: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class PaperLine:
    """What left about a request and changed no state: on which day, what it was, to whom, by whom."""

    day: date
    what: str
    to: str
    by: str


def papers(work: Work, request: UUID, people: Mapping[str, str], schools: Mapping[str, str]) -> tuple[PaperLine, ...]:
    """Changes told, data for a school and letters to the family, the newest first; sending a request is a step."""
    query = (
        select(Shipment)
        .join(Sending, Sending.shipment_id == Shipment.id)
        .join(SendingItem, SendingItem.sending_id == Sending.id)
        .where(SendingItem.request_id == request, Shipment.purpose != told.REQUESTS)
        .distinct()
        .order_by(Shipment.at.desc(), Shipment.number.desc())
    )
    return tuple(
        PaperLine(
            local_day(row.at),
            shipments.purpose_label(row.purpose),
            shipments.recipient_label(row.recipient, schools),
            people.get(str(row.by), ""),
        )
        for row in work.session.scalars(query)
    )


def steps(child: ChildView, people: Mapping[str, str], schools: Mapping[str, str]) -> tuple[StepLine, ...]:
    """The steps of the child's request; ``people`` and ``schools`` are names by id and by school number."""
    request = child.request
    if request is None:
        return ()
    own = [event for event in child.file.events if event.request == request.id]
    return tuple(_line(event, people, schools) for event in reversed(own))


def _line(event: RequestEvent, people: Mapping[str, str], schools: Mapping[str, str]) -> StepLine:
    entered = local_day(event.at)
    return StepLine(
        state=event.state,
        day=event.happened_on or entered,
        entered=entered,
        by=people.get(event.by, ""),
        school=schools.get(event.school, event.school),
        class_name=event.class_name,
        starts_on=event.starts_on,
        support=code_list("support_types").label(event.support) if event.support else "",
        reason=event.reason or (code_list("return_reasons").label(event.reason_code) if event.reason_code else ""),
    )
