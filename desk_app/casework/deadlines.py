"""Follow-ups that follow from the facts of placements: made, moved and withdrawn without anybody asking.

They are brought up to date together with the lines of the list of requests, which are worked out anew after every
change of a family and on the day on which they may say something else. One reason, told by its rule and the day the
rule gives, makes one follow-up: what somebody ticked, changed or took out is neither touched nor made again for it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, Final
from uuid import UUID, uuid4

from sqlalchemy import select

from desk_app.casework import signs, users
from desk_app.casework.audit_words import BY_RULE
from desk_app.casework.desk import Work
from desk_app.domain.child import ChildView
from desk_app.domain.code_lists import code_list
from desk_app.domain.dates import show_day
from desk_app.domain.placement_deadlines import PLACED, WAITING, WITH_THE_OFFICE, Deadline, deadlines
from desk_app.domain.records import FamilyFile, RecordKind
from desk_app.i18n import N_, _
from desk_app.storage.many_rows import among
from desk_app.storage.tables import FollowUp

NO_NEWS: Final = "no_news"
OF_THE_FAMILY: Final = frozenset({NO_NEWS, "planned_move"})
"""Rules that speak of all children of a family at once."""

_AHEAD: Final = timedelta(weeks=8)
"""So long before its day a follow-up is made; what is further off would only hide what is near."""
_FIELDS: Final = ("words", "due_on", "remind_on", "assigned_to", "person_id", "why", "worked_out")

_OVER: Final[Mapping[str, tuple[frozenset[str], str]]] = {
    "sent_unanswered": (frozenset({"sent"}), N_("Die Anfrage wurde neu übermittelt.")),
    "query_unanswered": (frozenset({"query"}), N_("Es kam eine neue Rückfrage.")),
    "feedback": (frozenset({"assigned"}), N_("Der Schulbeginn hat sich geändert.")),
    "feedback_later": (PLACED, N_("Der Schulbeginn hat sich geändert.")),
    "support_end": (PLACED, N_("Das Ende der Förderung ist eingetragen oder hat sich geändert.")),
    "measles": (PLACED, N_("Der Masernschutz ist geklärt.")),
    "school_medical": (WITH_THE_OFFICE | PLACED, N_("Die schulärztliche Untersuchung ist geklärt.")),
    "term_start": (WAITING, N_("Dieser Beginn kommt nicht mehr in Frage.")),
    "planned_move": (WAITING | PLACED, N_("Der Umzug ist nicht mehr für diesen Tag geplant.")),
    NO_NEWS: (WAITING, N_("Es gab wieder ein Lebenszeichen.")),
}
"""In which states a rule can hold, and why it no longer does although the request is in one of them."""


@dataclass(frozen=True, slots=True)
class Outlook:
    """What follows from a family's file: the day of its last sign of life, and by child what is due."""

    last_sign: date
    due: Mapping[UUID, tuple[Deadline, ...]]

    def next_day(self, child: UUID, today: date) -> date | None:
        """The next day on which something begins to be due for a child, or is due no more, as far as known today."""
        days = [begins(each) for each in self.due.get(child, ())]
        days += [each.due_on + timedelta(days=1) for each in self.due.get(child, ())]
        return min((day for day in days if day > today), default=None)


@dataclass(slots=True)
class _Told:
    """What has to stand in the audit, by deed."""

    added: list[UUID] = field(default_factory=list)
    changed: list[tuple[UUID, list[str]]] = field(default_factory=list)
    removed: list[UUID] = field(default_factory=list)
    restored: list[UUID] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Wanted:
    household: UUID
    request: UUID
    child: UUID | None
    counsellor: UUID | None
    deadline: Deadline

    def values(self) -> dict[str, Any]:
        told = self.deadline
        return {"words": told.words, "due_on": told.due_on, "remind_on": told.remind_on, "person_id": self.child,
                "assigned_to": self.counsellor, "why": told.why, "worked_out": told.due_on}  # fmt: skip


Key = tuple[str, UUID]
"""A rule and whose follow-up it makes: a request's or, of the rules ``OF_THE_FAMILY``, the family's."""


def outlooks(work: Work, files: Sequence[FamilyFile]) -> dict[UUID, Outlook]:
    """What follows from the files today, by household."""
    heard = signs.of_files(work, files)
    return {file.household.id: _outlook(file, work.today, heard[file.household.id]) for file in files}


def begins(deadline: Deadline) -> date:
    """The day from which there is a follow-up for it. That nothing was heard is no plan: it comes on its day."""
    if deadline.rule == NO_NEWS:
        return deadline.due_on
    return (deadline.remind_on or deadline.due_on) - _AHEAD


def settle(work: Work, files: Sequence[FamilyFile], found: Mapping[UUID, Outlook]) -> None:
    """Make, move and withdraw the follow-ups of these families, so that they say what follows from the facts."""
    wanted: dict[Key, _Wanted] = {}
    staff = {str(user) for user, row in users.rows(work).items() if row.removed_at is None}
    for file in files:
        for key, each in _wanted(file, found[file.household.id], work.today, staff):
            wanted.setdefault(key, each)
    known = _known(work, files)
    told = _Told()
    for key, each in wanted.items():
        _have(work, each, known.pop(key, []), told)
    states = _states(files)
    for (rule, _whose), rows in known.items():
        for row in rows:
            if _untouched(row):
                _withdraw(work, row, _why_over(rule, row, states, found), told)
    work.session.flush()
    _enter(work, told)


def _outlook(file: FamilyFile, today: date, heard: date) -> Outlook:
    due = {}
    for person in file.children:
        request = file.request_of(person.id)
        if request is not None:
            events = [event for event in file.events if event.request == request.id]
            due[person.id] = deadlines(ChildView(file, person.id, today), events, today, heard)
    return Outlook(heard, due)


def _wanted(file: FamilyFile, outlook: Outlook, today: date, staff: Collection[str]) -> Iterator[tuple[Key, _Wanted]]:
    """What there has to be: for the family's counsellor or, where that is nobody who works here, for everybody."""
    household, counsellor = file.household.id, file.household.text("counsellor")
    whom = UUID(counsellor) if counsellor in staff else None
    for child, found in outlook.due.items():
        request = file.request_of(child)
        assert request is not None
        for deadline in found:
            if begins(deadline) <= today:
                family = deadline.rule in OF_THE_FAMILY
                about, whose = (None, household) if family else (child, request.id)
                yield (deadline.rule, whose), _Wanted(household, request.id, about, whom, deadline)


def _known(work: Work, files: Sequence[FamilyFile]) -> dict[Key, list[FollowUp]]:
    households = [file.household.id for file in files]
    query = select(FollowUp).where(FollowUp.rule.in_(_OVER), among(FollowUp.household_id, households))
    found: dict[Key, list[FollowUp]] = defaultdict(list)
    for row in work.session.scalars(query.order_by(FollowUp.created_at, FollowUp.id)):
        assert row.rule is not None
        whose = row.household_id if row.rule in OF_THE_FAMILY or row.request_id is None else row.request_id
        found[row.rule, whose].append(row)
    return found


def _untouched(row: FollowUp) -> bool:
    """Whether it is open as its rule made it."""
    return row.removed_at is None and row.done_at is None and not row.taken_over


def _have(work: Work, wanted: _Wanted, rows: Sequence[FollowUp], told: _Told) -> None:
    """Have exactly one follow-up for this reason, unless somebody saw to it already."""
    same = next((row for row in rows if row.worked_out == wanted.deadline.due_on), None)
    standing = [row for row in rows if _untouched(row)]
    if same is not None and same.withdrawn is not None:
        same.removed_at = same.withdrawn = None
        work.touch(same)
        told.restored.append(same.id)
        standing.append(same)
    if same is None and not standing and not any(_is_theirs(row) for row in rows):
        _add(work, wanted, told)
    elif same is None and standing:
        _change(work, standing.pop(0), wanted, told)
    elif same is not None and _untouched(same):
        _change(work, same, wanted, told)
    for row in standing:
        if row is not same:
            _withdraw(work, row, _("Der Anlass hat sich geändert."), told)


def _is_theirs(row: FollowUp) -> bool:
    """Whether it is open and somebody made it their own: a second one beside it would only nag."""
    return row.removed_at is None and row.done_at is None and bool(row.taken_over)


def _add(work: Work, wanted: _Wanted, told: _Told) -> None:
    id_ = uuid4()
    about = {"household_id": wanted.household, "request_id": wanted.request, "rule": wanted.deadline.rule}
    work.session.add(FollowUp(id=id_, **about, **wanted.values(), **work.made))
    told.added.append(id_)


def _change(work: Work, row: FollowUp, wanted: _Wanted, told: _Told) -> None:
    values = wanted.values()
    changed = [key for key in _FIELDS if getattr(row, key) != values[key]]
    for key in changed:
        setattr(row, key, values[key])
    if row.request_id != wanted.request:
        row.request_id = wanted.request
    if changed:
        work.touch(row)
        told.changed.append((row.id, [key for key in changed if key not in ("why", "worked_out")]))


def _withdraw(work: Work, row: FollowUp, why: str, told: _Told) -> None:
    row.removed_at, row.withdrawn = work.now, why
    work.touch(row)
    told.removed.append(row.id)


def _states(files: Iterable[FamilyFile]) -> dict[UUID, str]:
    return {
        request.id: file.state_of(request.id) for file in files for request in file.records.get(RecordKind.REQUEST, ())
    }


def _why_over(rule: str, row: FollowUp, states: Mapping[UUID, str], found: Mapping[UUID, Outlook]) -> str:
    """Why a rule no longer holds, as one German sentence."""
    state = states.get(row.request_id) if row.request_id else None
    if state is None:
        return _("Es wird kein Schulplatz mehr gesucht.")
    allowed, words = _OVER.get(rule, (frozenset[str](), ""))
    if state not in allowed:
        return _("Stand der Anfrage: {state}.").format(state=code_list("request_states").label(state))
    if rule == NO_NEWS:
        return _("Letztes Lebenszeichen am {day}.").format(day=show_day(found[row.household_id].last_sign))
    return _(words)


def _enter(work: Work, told: _Told) -> None:
    for deed, ids in (
        ("follow_up.added", told.added),
        ("follow_up.removed", told.removed),
        ("follow_up.restored", told.restored),
    ):
        if ids:
            work.note_many(deed, RecordKind.FOLLOW_UP, [(id_, [BY_RULE]) for id_ in ids])
    if told.changed:
        about = [(id_, [*keys, BY_RULE]) for id_, keys in told.changed]
        work.note_many("follow_up.changed", RecordKind.FOLLOW_UP, about)
