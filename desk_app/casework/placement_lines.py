"""One line for each placement request, worked out from the family's file and kept, so that thousands list at once.

A line is worked out anew when something of its family was written, and when the day comes from which it may say
something else although nothing was. What depends on today alone (age, days) is worked out when the list is read.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from functools import cache
from typing import Any, Final, NamedTuple
from uuid import UUID

from sqlalchemy import Select, bindparam, delete, insert, or_, select

from desk_app.casework import deadlines, families, family_stale, placements, schools, told
from desk_app.casework.deadlines import Outlook
from desk_app.casework.desk import Work
from desk_app.domain import completeness
from desk_app.domain.child import ChildView, twin_number
from desk_app.domain.dates import DateSpan
from desk_app.domain.names import search_form
from desk_app.domain.placement_deadlines import day_of
from desk_app.domain.placement_steps import place_told
from desk_app.domain.records import FamilyFile, Record, RecordKind
from desk_app.storage.line_rows import all_lines
from desk_app.storage.many_rows import among_listed, listed
from desk_app.storage.ready import Ready
from desk_app.storage.tables import Household, PlacementLine, PlacementRequest

RULES: Final = 6
"""Raised whenever lines are worked out otherwise than before; then all of them are made anew."""
_PIECE: Final = 200
_LONGEST: Final = timedelta(days=60)
"""A line is worked out anew after so long in any case."""
_LINES: Final[Any] = PlacementLine.__table__
_OF_FAMILY: Final = Ready(
    select(_LINES.c.request_id, _LINES.c.line).where(_LINES.c.household_id == bindparam("household"))
)
_OF_FAMILIES: Final = Ready(select(_LINES.c.household_id, _LINES.c.line).where(among_listed(_LINES.c.household_id)))


class Line(NamedTuple):
    """What is kept. Days are ISO 8601; ``searchable`` holds name, native name and number in their search form.

    ``changed`` says that an office was told something else than the file has now, ``strike`` that one has to strike
    it, ``last_sign`` when somebody last heard of the family.
    """

    number: str
    child: str
    name: str
    native_name: str
    searchable: str
    birth: str
    stage: str
    grade: str
    district: str
    state: str
    answered: int
    asked: int
    missing: int
    blocking: int
    since: str
    state_since: str
    sent_on: str
    school: str
    class_name: str
    starts_on: str
    reason: str
    reason_code: str
    counsellor: str
    changed: bool
    last_sign: str
    strike: bool


def catch_up(work: Work, most: int | None = None) -> int:
    """Work out the lines that are missing or out of date, of at most ``most`` families; how many there were."""
    households = _due(work, most)
    for first in range(0, len(households), _PIECE):
        _renew(work, households[first : first + _PIECE])
    return len(households)


def catch_up_with(work: Work, household: UUID) -> None:
    """The same for one family, before its file is shown."""
    work.session.flush()
    old, missing = _due_readies()
    known = {"household": household, "today": work.today, "rules": RULES}
    if old.rows(work.session, **known) or missing.rows(work.session, **known):
        _renew(work, [household])


def read(work: Work, most: int | None = None) -> list[tuple[UUID, UUID, Line]]:
    """Request, household and line of every request there is, after catching up, with ``most`` families at most."""
    catch_up(work, most)
    return [(request, household, Line._make(line)) for request, household, line in all_lines(work.session)]


def of_family(work: Work, household: UUID) -> list[tuple[UUID, UUID, Line]]:
    """The same of one family."""
    catch_up_with(work, household)
    found = _OF_FAMILY.rows(work.session, household=household)
    return [(request, household, Line(*json.loads(line))) for request, line in found]


def kept_of(work: Work, households: Sequence[UUID]) -> list[tuple[UUID, Line]]:
    """Household and line of each request of some families, as they were last worked out."""
    found = _OF_FAMILIES.rows(work.session, among=listed(households))
    return [(household, Line(*json.loads(line))) for household, line in found]


def _due(work: Work, most: int | None) -> list[UUID]:
    old, missing = _due_queries()
    known = {"today": work.today, "rules": RULES}
    found = set(work.session.scalars(old.distinct().limit(most), known))
    if most is None or len(found) < most:
        found |= set(work.session.scalars(missing.distinct().limit(most)))
    return sorted(found)


@cache
def _due_readies() -> tuple[Ready, Ready]:
    """The same for one ``household``."""
    old, missing = _due_queries()
    household = bindparam("household", type_=_LINES.c.household_id.type)
    requests: Any = PlacementRequest.__table__
    return (
        Ready(old.where(_LINES.c.household_id == household).limit(1)),
        Ready(missing.where(requests.c.household_id == household).limit(1)),
    )


def _due_queries() -> tuple[Select[UUID], Select[UUID]]:
    """The households of lines that are out of date on ``today`` or by ``rules``, and those of requests without one."""
    lines = _LINES.c
    requests: Any = PlacementRequest.__table__
    today, rules = bindparam("today", type_=lines.valid_until.type), bindparam("rules", type_=lines.rules.type)
    old = select(lines.household_id).where(or_(lines.stale.is_(True), lines.valid_until < today, lines.rules != rules))
    # a line that still is another family's is as good as none
    none_here = or_(lines.request_id.is_(None), lines.household_id != requests.c.household_id)
    missing = (
        select(requests.c.household_id)
        .join(Household, Household.id == requests.c.household_id)
        .outerjoin(_LINES, lines.request_id == requests.c.id)
        .where(none_here, requests.c.removed_at.is_(None), Household.removed_at.is_(None))
    )
    return old, missing


def _renew(work: Work, households: Sequence[UUID]) -> None:
    files = families.load_many(work, households)
    sent = _with_offices(work, files)
    outlooks = deadlines.outlooks(work, files)
    deadlines.settle(work, files, outlooks)
    rows = [row for file in files for row in _of_family(file, work.today, sent, outlooks[file.household.id])]
    session = work.session
    session.execute(delete(_LINES).where(_LINES.c.household_id.in_(households)))
    if rows:
        session.execute(delete(_LINES).where(_LINES.c.request_id.in_([row["request_id"] for row in rows])))
        session.execute(insert(_LINES), rows)
    family_stale.outdate(session, households)


class _WithOffices(NamedTuple):
    """Requests whose office was told something else than their files have now, and those that one has to strike."""

    changed: set[UUID]
    strike: set[UUID]


def _with_offices(work: Work, files: Iterable[FamilyFile]) -> _WithOffices:
    asked = {
        request.id: (file, request.person) for file in files for request in file.records.get(RecordKind.REQUEST, ())
    }
    sent = told.held(work, asked)
    names = schools.names(work) if sent else {}
    found = _WithOffices(set(), set())
    for request, receipts in sent.items():
        file, person = asked[request]
        if person is None or all(each.id != person for each in file.children):
            continue
        child = ChildView(file, person, work.today)
        if any(told.why_to_strike(child, receipt) for receipt in receipts.values()):
            found.strike.add(request)
        if not receipts and file.state_of(request) not in told.WITH_AN_OFFICE:
            continue  # all of it was struck, and nobody has to have it
        if told.outdated(child, receipts, names):
            found.changed.add(request)
    return found


def _of_family(file: FamilyFile, today: date, sent: _WithOffices, outlook: Outlook) -> list[dict[str, Any]]:
    children = [ChildView(file, person.id, today) for person in file.children]
    return [
        {
            "request_id": request.id,
            "household_id": file.household.id,
            "stale": False,
            "rules": RULES,
            "valid_until": _valid_until(child, outlook),
            "line": _told(_line(child, request, sent, outlook.last_sign)),
        }
        for child in children
        for request in file.all(RecordKind.REQUEST, child.id)
    ]


def _told(line: Line) -> str:
    return json.dumps(line, ensure_ascii=False)


def _line(child: ChildView, request: Record, with_offices: _WithOffices, last_sign: date) -> Line:
    asked = completeness.questions(child)
    missing = [item for item in asked if not item.answered]
    file = child.file
    birth = child.birth_date
    number = request.text("number")
    native = child.person.text("name_native_script")
    events = [each for each in file.events if each.request == request.id]
    sent = [day_of(each) for each in events if each.state == placements.SENT]
    place = place_told(reversed(events))
    last = events[-1] if events else None
    return Line(
        number=number,
        child=str(child.id),
        name=_name(child),
        native_name=native,
        searchable=" ".join((search_form(child.name), search_form(native), search_form(number))),
        birth=birth.to_text() if birth is not None else "",
        stage=child.stages[0] if len(child.stages) == 1 else "",
        grade=placements.grade_of(child),
        district=placements.district_of(child),
        state=file.state_of(request.id),
        answered=len(asked) - len(missing),
        asked=len(asked),
        missing=len(missing),
        blocking=sum(item.blocking for item in missing),
        since=placements.waiting_since(child).isoformat(),
        state_since=placements.state_since(child, request).isoformat(),
        sent_on=sent[-1].isoformat() if sent else "",
        school=place.school,
        class_name=place.class_name,
        starts_on=place.starts_on.isoformat() if place.starts_on else "",
        reason=last.reason if last else "",
        reason_code=last.reason_code if last else "",
        counsellor=file.household.text("counsellor"),
        changed=request.id in with_offices.changed,
        last_sign=last_sign.isoformat(),
        strike=request.id in with_offices.strike,
    )


def _name(child: ChildView) -> str:
    """The name, with a number where another child of the family is called just the same or has no given name either."""
    number = twin_number(child.file, child.person) if child.name else 0
    return f"{child.name} ({number})" if number else child.name


def _valid_until(child: ChildView, outlook: Outlook) -> date:
    """The last day for which the line holds if nothing is written: stage, class, consents and deadlines change."""
    today = child.today
    days = [today + _LONGEST]
    if child.proposal is not None:
        days += [tip.on - timedelta(days=1) for tip in child.proposal.tips[:1]]
    next_day = outlook.next_day(child.id, today)
    if next_day is not None:
        days.append(next_day - timedelta(days=1))
    for consent in child.file.records.get(RecordKind.CONSENT, ()):
        for day in (consent.day("given_on"), consent.day("withdrawn_on")):
            if day is not None and day > today:
                days.append(day - timedelta(days=1))
    return max(today, min(days))


def birth_of(line: Line) -> DateSpan | None:
    """The child's birth date as far as it is known."""
    return DateSpan.from_text(line.birth) if line.birth else None
