"""The list of placement requests, with how long each waits and what it still lacks."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import NamedTuple
from uuid import UUID

from desk_app.casework import placement_lines, placements
from desk_app.casework.desk import Work
from desk_app.casework.placement_lines import Line
from desk_app.domain.dates import age_on


class PlacementRow(NamedTuple):
    """One line of the list of requests, and what its next step is.

    ``since`` is the day the wait is counted from, ``state_since`` the day the request came into its present state,
    ``sent_on`` when it last went out. ``school``, ``class_name`` and ``starts_on`` are what an office decided last.
    ``changed`` says that the office was told something else than the file has now, ``last_sign`` when somebody last
    heard of the family.
    """

    request: UUID
    child: UUID
    household: UUID
    number: str
    name: str
    native_name: str
    age: str
    grade: str
    district: str
    state: str
    answered: int
    asked: int
    missing: int
    blocking: int
    waiting_days: int
    since: date
    state_since: date
    searchable: str = ""
    stage: str = ""
    sent_on: date | None = None
    school: str = ""
    class_name: str = ""
    starts_on: date | None = None
    reason: str = ""
    reason_code: str = ""
    counsellor: str = ""
    changed: bool = False
    last_sign: date | None = None


RESTING = frozenset({placements.WITHDRAWN, placements.MOVED_AWAY})
"""States in which a request is on no list of work unless somebody asks for it."""
WAITING = frozenset(
    {
        placements.DRAFT,
        placements.COMPLETE,
        placements.SENT,
        placements.QUERY,
        placements.WAITING_LIST,
        placements.DECLINED,
    }
)
"""States in which the child has no place yet: its wait goes on, also after a school declined."""


def listing(work: Work, *, resting: bool = False, most: int | None = None) -> tuple[PlacementRow, ...]:
    """All requests, the longest wait first; those that rest only when asked for.

    ``most`` is of how many families at most the lines are brought up to date first, ``None`` for all.
    """
    today = work.today
    rows = [
        _row(today, request, household, line)
        for request, household, line in placement_lines.read(work, most)
        if resting or line.state not in RESTING
    ]
    return tuple(sorted(rows, key=lambda row: (-row.waiting_days, row.number)))


def pipeline(rows: tuple[PlacementRow, ...]) -> dict[str, int]:
    """How many of the rows stand in each state."""
    counts = Counter(row.state for row in rows)
    return {state: counts[state] for state in placements.STATES}


def _row(today: date, request: UUID, household: UUID, line: Line) -> PlacementRow:
    since, state_since = date.fromisoformat(line.since), date.fromisoformat(line.state_since)
    # the wait is over on the day the child got its place
    until = today if line.state in WAITING else min(today, state_since)
    return PlacementRow(
        request=request,
        child=UUID(int=int(line.child.replace("-", ""), 16)),
        household=household,
        number=line.number,
        name=line.name,
        native_name=line.native_name,
        age=_age(line, today),
        grade=line.grade,
        district=line.district,
        state=line.state,
        answered=line.answered,
        asked=line.asked,
        missing=line.missing,
        blocking=line.blocking,
        waiting_days=max(0, (until - since).days),
        since=since,
        state_since=state_since,
        searchable=line.searchable,
        stage=line.stage,
        sent_on=_day(line.sent_on),
        school=line.school,
        class_name=line.class_name,
        starts_on=_day(line.starts_on),
        reason=line.reason,
        reason_code=line.reason_code,
        counsellor=line.counsellor,
        changed=line.changed,
        last_sign=_day(line.last_sign),
    )


def _age(line: Line, today: date) -> str:
    """ "13", "8–10", empty while nobody knows."""
    first, _slash, rest = line.birth.partition("/")
    if rest == f"{first}/day":
        return str(age_on(date.fromisoformat(first), today))
    birth = placement_lines.birth_of(line)
    ages = birth.age_on(today) if birth is not None else None
    return ages.show() if ages else ""


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
