"""Placement requests: when one begins, how its state follows from the answers, and the list of all."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime
from uuid import UUID, uuid5

from sqlalchemy import func, select

from desk_app.casework import numbers
from desk_app.casework.desk import Work
from desk_app.casework.placement_events import StepFacts, going_on, record_event
from desk_app.domain import completeness
from desk_app.domain.child import ChildView
from desk_app.domain.clock import local_day
from desk_app.domain.code_lists import code_list
from desk_app.domain.records import FamilyFile, Record, RecordKind
from desk_app.domain.schooling import Office, competent_office
from desk_app.i18n import _
from desk_app.storage.tables import PlacementEvent, PlacementRequest

DRAFT, COMPLETE, SENT, WITHDRAWN, MOVED_AWAY = "draft", "complete", "sent", "withdrawn", "moved_away"
QUERY, WAITING_LIST, ASSIGNED = "query", "waiting_list", "assigned"
ADMITTED, DECLINED, CLOSED = "admitted", "declined", "closed"
STATES = (
    DRAFT, COMPLETE, SENT, QUERY, WAITING_LIST, ASSIGNED, ADMITTED, DECLINED, WITHDRAWN, MOVED_AWAY, CLOSED
)  # fmt: skip
"""All states, in the order a request goes through them."""

_FOLLOWS_ANSWERS = frozenset({DRAFT, COMPLETE, WITHDRAWN})
_RESTING = frozenset({WITHDRAWN, MOVED_AWAY})
"""States in which a request is on no list of work."""
_ENDED = frozenset({MOVED_AWAY, ADMITTED, DECLINED, CLOSED})
"""States that a family's moving away does not change."""
GOES_ON = (
    ADMITTED, ASSIGNED, WAITING_LIST, QUERY, SENT, CLOSED, COMPLETE, DRAFT, DECLINED, WITHDRAWN, MOVED_AWAY
)  # fmt: skip
"""All states in the order in which of two requests of one child that of the first goes on, unless a person chooses."""
DECIDED = "decided"
"""What ``details`` of a step to "zurückgezogen" say when a person took it: then no answer takes it back."""
_WITH_THE_FAMILY = "family"
"""What ``details`` of a step to "verzogen" say when it follows from the family's file, and so ends with it."""


def settle(work: Work, file: FamilyFile, deed: UUID | None = None) -> bool:
    """Begin, complete or reopen the requests of a family as its answers demand; true when something changed.

    A child that may be of school age gets its request by itself, so nobody has to think of it. What was sent stays
    sent: later changes do not take it back. When the family moved away its requests end, when it is back they go on.
    Steps of requests that are there already belong to ``deed`` where one is named.
    """
    if file.has_moved_away:
        return _end(work, file)
    changed = False
    for person in file.children:
        child = ChildView(file, person.id, work.today)
        request = child.request
        if request is None:
            if child.wants_place:
                _begin(work, child)
                changed = True
            continue
        state = file.state_of(request.id)
        if state == WITHDRAWN and _last_details(file, request.id) == DECIDED:
            continue
        wanted = _wanted_state(child)
        if state == MOVED_AWAY:
            changed = _come_back(work, file, request.id, wanted) or changed
        elif state in _FOLLOWS_ANSWERS and state != wanted:
            record_event(work, request.id, wanted, StepFacts(deed=deed))
            changed = True
    return changed


def _end(work: Work, file: FamilyFile) -> bool:
    town = file.household.text("moved_away_to")
    reason = _("Familie verzogen nach {town}").format(town=town) if town else _("Familie verzogen")
    ended = [row.id for row in file.records.get(RecordKind.REQUEST, ()) if file.state_of(row.id) not in _ENDED]
    for request in ended:
        record_event(work, request, MOVED_AWAY, StepFacts(reason=reason, details=_WITH_THE_FAMILY))
    return bool(ended)


def _last_details(file: FamilyFile, request: UUID) -> str:
    return next((event.details for event in reversed(file.events) if event.request == request), "")


def _come_back(work: Work, file: FamilyFile, request: UUID, wanted: str) -> bool:
    """Go on where the request was when the family moved away; false where it ended otherwise."""
    events = [event for event in file.events if event.request == request]
    if events[-1].details != _WITH_THE_FAMILY:
        return False
    before = [event for event in events if event.state != MOVED_AWAY]
    if not before or (before[-1].state in _FOLLOWS_ANSWERS and before[-1].details != DECIDED):
        record_event(work, request, wanted)
    else:
        record_event(work, request, before[-1].state, going_on(before))
    return True


def _wanted_state(child: ChildView) -> str:
    if not child.wants_place:
        return WITHDRAWN
    return COMPLETE if completeness.is_complete(child) else DRAFT


def _begin(work: Work, child: ChildView) -> None:
    request = uuid5(child.id, "request")
    taken_out = work.session.get(PlacementRequest, request)
    if taken_out is not None:
        taken_out.removed_at = None
        taken_out.merged_into = None
        work.touch(taken_out)
        work.note("intake.restored", RecordKind.REQUEST, request, touched="placements")
        record_event(work, request, _wanted_state(child))
        return
    work.session.add(
        PlacementRequest(
            id=request,
            household_id=child.file.household.id,
            person_id=child.id,
            number=numbers.next_request_number(work),
            **work.made,
        )
    )
    work.session.flush()
    work.note("request.begun", RecordKind.REQUEST, request, touched="placements")
    record_event(work, request, _wanted_state(child))


def state_of(work: Work, request: UUID) -> str:
    """The state of one request whose family's file is not at hand."""
    query = select(PlacementEvent.state).where(PlacementEvent.request_id == request, PlacementEvent.voided_at.is_(None))
    return work.session.scalar(query.order_by(PlacementEvent.sequence.desc()).limit(1)) or DRAFT


def state_counts(work: Work) -> Counter[str]:
    """How many requests stand in each state, from their newest events."""
    newest = (
        select(PlacementEvent.request_id, func.max(PlacementEvent.sequence).label("newest"))
        .where(PlacementEvent.voided_at.is_(None))
        .group_by(PlacementEvent.request_id)
        .subquery()
    )
    query = (
        select(PlacementEvent.state, func.count())
        .join(
            newest,
            (PlacementEvent.request_id == newest.c.request_id) & (PlacementEvent.sequence == newest.c.newest),
        )
        .join(PlacementRequest, PlacementRequest.id == PlacementEvent.request_id)
        .where(PlacementRequest.removed_at.is_(None))
        .group_by(PlacementEvent.state)
    )
    counts: Counter[str] = Counter()
    for state, number in work.session.execute(query):
        counts[state] = number
    return counts


def state_since(child: ChildView, request: Record) -> date:
    """The day the request came into its present state, as told; sending it once more starts no new one."""
    events = [event for event in child.file.events if event.request == request.id]
    since = local_day(request.created_at)
    for event in reversed(events):
        if event.state != events[-1].state:
            break
        since = event.happened_on or local_day(event.at)
    return since


def arrived_on(child: ChildView) -> date | None:
    """Since when the child is in the city: as told, else as registered."""
    for key in ("arrival_in_city", "registered_since"):
        value = child.value(key)
        if isinstance(value, date) and not isinstance(value, datetime):
            return value
    return None


def district_of(child: ChildView) -> str:
    """The name of the district the child lives in; nothing where the address is protected."""
    key = child.address.text("district") if child.address is not None and not child.protected else ""
    return code_list("districts").label(key) if key else ""


def waiting_since(child: ChildView) -> date:
    """The day the wait is counted from: in the city since, else registered, else first contact, else the request."""
    first_contact = child.file.household.day("first_contact_on")
    request = child.request
    return arrived_on(child) or first_contact or (local_day(request.created_at) if request else child.today)


def grade_of(child: ChildView) -> str:
    """The grade a person chose, else the only one that age proposes; empty while it is open.

    Upper secondary is a stage without grades here: a place is looked for in a course, not in a class.
    """
    chosen = child.text("proposed_grade")
    if chosen:
        return chosen.lstrip("0") or chosen
    if child.proposal is None or completeness.GRADED.isdisjoint(child.stages):
        return ""
    grades = child.proposal.grades
    return str(grades[0]) if len(grades) == 1 else ""


def offices(child: ChildView) -> tuple[Office, ...]:
    """The competent office; both where the stage is open or changes soon, until a person decides."""
    chosen = child.request.text("office") if child.request else ""
    if chosen:
        return (Office(chosen),)
    proposal = child.proposal
    if proposal is not None and not child.text("school_stage"):
        return proposal.offices
    return competent_office(child.stages)
