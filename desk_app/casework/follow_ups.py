"""What to look at again (Wiedervorlage): when, who, and whether it is done."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Row, Select, bindparam, func, or_, select

from desk_app.casework import deeds, families, notes, typed, users
from desk_app.casework.desk import Work
from desk_app.casework.wording import family_title
from desk_app.domain.child import full_name
from desk_app.domain.clock import berlin, local_day
from desk_app.domain.errors import RecordGone
from desk_app.domain.records import FamilyFile, RecordKind
from desk_app.i18n import _, ngettext
from desk_app.storage.tables import FollowUp, Household

FIELDS: Final = ("words", "due_on", "remind_on", "assigned_to", "person_id")


class Scope(StrEnum):
    """Which ones a list shows."""

    MINE = "mine"
    """Open, for oneself or for everybody."""
    ALL = "all"
    OVERDUE = "overdue"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class Draft:
    """One as the form has it. ``assigned_to`` is a user, ``None`` for everybody."""

    id: UUID
    household: UUID
    words: str
    due_on: date
    remind_on: date | None = None
    assigned_to: UUID | None = None
    person: UUID | None = None


@dataclass(frozen=True, slots=True)
class FollowUpLine:
    """One as lists show it. ``family`` and ``about`` are names; ``assignee`` is empty for everybody.

    ``rule`` is what made it, empty where somebody did, and ``why`` what it follows from; ``request`` is whose.
    """

    id: UUID
    household: UUID
    person: UUID | None
    words: str
    due_on: date
    remind_on: date | None
    assigned_to: UUID | None
    assignee: str
    family: str = ""
    about: str = ""
    file_number: str = ""
    done_on: date | None = None
    done_by: str = ""
    rule: str = ""
    why: str = ""
    request: UUID | None = None

    def since(self, today: date) -> int:
        """Days since it was due; 0 on the day itself and before."""
        return max(0, (today - self.due_on).days)


def keep(work: Work, draft: Draft) -> None:
    """Add one, or change the one of that id. Without words it is taken out."""
    words = notes.clean_text(draft.words)
    values = {"words": words, "due_on": draft.due_on, "remind_on": draft.remind_on,
              "assigned_to": draft.assigned_to, "person_id": draft.person}  # fmt: skip
    row = work.session.get(FollowUp, draft.id)
    if row is None:
        if words:
            _add(work, draft, values)
        return
    _set_removed(work, row, removed=not words)
    changed = [key for key in FIELDS if getattr(row, key) != values[key]] if words else []
    for key in changed:
        setattr(row, key, values[key])
    if changed:
        row.taken_over = True if row.rule else None
        work.touch(row)
        typed.go_on(work, row)
        work.note("follow_up.changed", RecordKind.FOLLOW_UP, row.id, changed)


def remove(work: Work, follow_up: UUID) -> None:
    """Take one out; ``restore`` brings it back."""
    _set_removed(work, _get(work, follow_up), removed=True)


def restore(work: Work, follow_up: UUID) -> None:
    _set_removed(work, _get(work, follow_up), removed=False)


def set_done(work: Work, follow_ups: Iterable[UUID], *, done: bool = True) -> UUID:
    """Tick some, or open them again; the id of the deed, to be taken back. Raises ``RecordGone``."""
    rows = [_get(work, follow_up) for follow_up in follow_ups]
    changed = [row for row in rows if (row.done_at is not None) != done]
    household = rows[0].household_id if len({row.household_id for row in rows}) == 1 else None
    kind = "follow_up.done" if done else "follow_up.reopened"
    with deeds.recorded(work, kind, _done_words(changed, done=done), household) as deed:
        for row in changed:
            row.done_at, row.done_by = (work.now, work.user) if done else (None, None)
            work.touch(row)
        work.session.flush()
        for row in changed:
            work.note("follow_up.done" if done else "follow_up.reopened", RecordKind.FOLLOW_UP, row.id, ["done_at"])
    return deed.id


def of_family(work: Work, household: UUID) -> tuple[FollowUpLine, ...]:
    """The open ones of a family, the longest due first."""
    work.session.flush()
    return _lines(work, work.session.connection().execute(_OF_FAMILY, {"household": household}).all(), {})


def listing(
    work: Work, scope: Scope, since: date | None = None, until: date | None = None, most: int | None = None
) -> tuple[FollowUpLine, ...]:
    """Those of all families, at most so many. ``since`` and ``until`` are days: of being done for ``DONE``, of being
    due else.
    """
    rows = list(work.session.scalars(_within(_of_scope(work, scope), scope, since, until).limit(most)))
    files = {file.household.id: file for file in families.load_many(work, list({row.household_id for row in rows}))}
    return _lines(work, [row for row in rows if row.household_id in files], files)


def count_due(work: Work) -> int:
    """How many are due by today, or to be reminded of, for oneself or for everybody."""
    due = func.coalesce(FollowUp.remind_on, FollowUp.due_on) <= work.today
    query = _of_scope(work, Scope.MINE).where(or_(due, FollowUp.due_on <= work.today)).order_by(None)
    return work.session.scalar(select(func.count()).select_from(query.subquery())) or 0


def _open() -> Select[FollowUp]:
    standing = (FollowUp.removed_at.is_(None), FollowUp.done_at.is_(None))
    return select(FollowUp).where(*standing).order_by(FollowUp.due_on, FollowUp.created_at)


_OF_FAMILY: Final = (
    _open()
    .with_only_columns(
        FollowUp.id, FollowUp.household_id, FollowUp.person_id, FollowUp.words, FollowUp.due_on, FollowUp.remind_on,
        FollowUp.assigned_to, FollowUp.done_at, FollowUp.done_by, FollowUp.rule, FollowUp.why, FollowUp.request_id,
    )
    .where(FollowUp.household_id == bindparam("household"))
)  # fmt: skip
_Row = FollowUp | Row[*tuple[Any, ...]]
"""One of them, as object or bare."""


def _of_scope(work: Work, scope: Scope) -> Select[FollowUp]:
    query = _open()
    if scope is Scope.DONE:
        query = select(FollowUp).where(FollowUp.removed_at.is_(None), FollowUp.done_at.is_not(None))
        query = query.order_by(FollowUp.done_at.desc(), FollowUp.due_on)
    elif scope is Scope.MINE:
        query = query.where(or_(FollowUp.assigned_to.is_(None), FollowUp.assigned_to == work.user))
    elif scope is Scope.OVERDUE:
        query = query.where(FollowUp.due_on < work.today)
    return query.join(Household, Household.id == FollowUp.household_id).where(Household.removed_at.is_(None))


def _within(query: Select[FollowUp], scope: Scope, since: date | None, until: date | None) -> Select[FollowUp]:
    if scope is Scope.DONE:
        if since is not None:
            query = query.where(FollowUp.done_at >= datetime.combine(since, time(), berlin()))
        if until is not None:
            query = query.where(FollowUp.done_at < datetime.combine(until + timedelta(days=1), time(), berlin()))
        return query
    if since is not None:
        query = query.where(FollowUp.due_on >= since)
    return query if until is None else query.where(FollowUp.due_on <= until)


def _lines(work: Work, rows: Sequence[_Row], files: dict[UUID, FamilyFile]) -> tuple[FollowUpLine, ...]:
    staff = users.names(work) if rows else {}
    return tuple(_line(row, files.get(row.household_id), staff) for row in rows)


def _line(row: _Row, file: FamilyFile | None, staff: dict[UUID, str]) -> FollowUpLine:
    person = next((person for person in file.persons if person.id == row.person_id), None) if file else None
    return FollowUpLine(
        id=row.id, household=row.household_id, person=row.person_id, words=row.words, due_on=row.due_on,
        remind_on=row.remind_on, assigned_to=row.assigned_to,
        assignee=staff.get(row.assigned_to, "") if row.assigned_to else "",
        family=family_title(file) if file else "", about=full_name(person) if person else "",
        file_number=file.household.text("file_number") if file else "",
        done_on=local_day(row.done_at) if row.done_at else None,
        done_by=staff.get(row.done_by, "") if row.done_by else "",
        rule=row.rule or "", why=row.why or "", request=row.request_id,
    )  # fmt: skip


def _add(work: Work, draft: Draft, values: dict[str, object]) -> None:
    if work.session.get(Household, draft.household) is None:
        raise RecordGone
    row = FollowUp(id=draft.id, household_id=draft.household, **values, **work.made)
    typed.begin(work, row, "follow_up.added", _("Wiedervorlage angelegt"), draft.household)
    known = [key for key, value in values.items() if value is not None]
    work.note("follow_up.added", RecordKind.FOLLOW_UP, row.id, known)


def _set_removed(work: Work, row: FollowUp, *, removed: bool) -> None:
    if (row.removed_at is not None) == removed:
        return
    row.removed_at = work.now if removed else None
    work.touch(row)
    work.session.flush()
    work.note("follow_up.removed" if removed else "follow_up.restored", RecordKind.FOLLOW_UP, row.id)


def _get(work: Work, follow_up: UUID) -> FollowUp:
    row = work.session.get(FollowUp, follow_up)
    if row is None:
        raise RecordGone
    return row


def _done_words(rows: Sequence[FollowUp], *, done: bool) -> str:
    if len(rows) == 1:
        words = _("Wiedervorlage erledigt: {words}") if done else _("Wiedervorlage wieder offen: {words}")
        return words.format(words=rows[0].words.splitlines()[0])
    if done:
        return ngettext("{n} Wiedervorlage erledigt", "{n} Wiedervorlagen erledigt", len(rows)).format(n=len(rows))
    return ngettext("{n} Wiedervorlage wieder offen", "{n} Wiedervorlagen wieder offen", len(rows)).format(n=len(rows))
