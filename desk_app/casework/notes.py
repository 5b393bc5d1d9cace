"""Notes on a family, a person or a request: kept while they are typed, corrected without losing what stood there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final, NamedTuple
from uuid import UUID

from sqlalchemy import bindparam, func, select

from desk_app.casework import typed, users
from desk_app.casework.desk import Work
from desk_app.domain.clock import local_day
from desk_app.domain.code_lists import code_list
from desk_app.domain.errors import RecordGone
from desk_app.domain.names import clean_name
from desk_app.domain.records import RecordKind
from desk_app.i18n import _
from desk_app.storage.ready import Ready
from desk_app.storage.tables import Household, Note

INTERNAL: Final = "internal"
"""The kind that is no contact with the family or about it."""


_OF_FAMILY: Final = Ready(
    select(
        Note.id, Note.person_id, Note.request_id, Note.kind, Note.at, Note.words, Note.corrects, Note.created_by,
        Note.created_at, Note.changed_at,
    )
    .where(Note.household_id == bindparam("household"), Note.removed_at.is_(None))
)  # fmt: skip


class _Row(NamedTuple):
    """What ``_OF_FAMILY`` finds."""

    id: UUID
    person: UUID | None
    request: UUID | None
    kind: str
    at: datetime
    words: str
    corrects: UUID | None
    by: UUID
    created_at: datetime
    changed_at: datetime


@dataclass(frozen=True, slots=True)
class Draft:
    """A note as the form has it. ``at`` is when it happened, ``corrects`` the note it replaces."""

    id: UUID
    household: UUID
    words: str
    kind: str
    at: datetime
    person: UUID | None = None
    request: UUID | None = None
    corrects: UUID | None = None


@dataclass(frozen=True, slots=True)
class Version:
    """What a corrected note said before."""

    words: str
    author: str
    written_at: datetime


@dataclass(frozen=True, slots=True)
class NoteLine:
    """A note that holds. ``former`` are the words it corrected, the latest first."""

    id: UUID
    person: UUID | None
    request: UUID | None
    kind: str
    at: datetime
    words: str
    author: str
    written_at: datetime
    former: tuple[Version, ...] = ()


def keep(work: Work, draft: Draft) -> None:
    """Keep a note as far as it is typed; the same id again changes it, without words it is taken out.

    Raises ``RecordGone`` when the note it corrects is not there any more.
    """
    words = clean_text(draft.words)
    row = work.session.get(Note, draft.id)
    if row is None:
        if words:
            _write(work, draft, words)
        return
    if not words:
        _set_removed(work, row, removed=True)
        return
    _set_removed(work, row, removed=False)
    values = {"words": words, "kind": draft.kind, "at": draft.at, "person_id": draft.person,
              "request_id": draft.request}  # fmt: skip
    changed = [key for key, value in values.items() if getattr(row, key) != value]
    for key in changed:
        setattr(row, key, values[key])
    if changed:
        work.touch(row)
        typed.go_on(work, row)
        work.note("note.changed", RecordKind.NOTE, row.id, changed)


def remove(work: Work, note: UUID) -> None:
    """Take a note out; what it had corrected holds again. ``restore`` brings it back."""
    _set_removed(work, _get(work, note), removed=True)


def restore(work: Work, note: UUID) -> None:
    _set_removed(work, _get(work, note), removed=False)


def of_family(work: Work, household: UUID) -> tuple[NoteLine, ...]:
    """The notes that hold, the newest contact first."""
    work.session.flush()
    found = [_Row(*row) for row in _OF_FAMILY.rows(work.session, household=household)]
    if not found:
        return ()
    rows = {row.id: row for row in found}
    corrected = {row.corrects for row in found if row.corrects is not None}
    staff = users.names(work)
    lines = [_line(row, rows, staff) for row in rows.values() if row.id not in corrected]
    return tuple(sorted(lines, key=lambda line: (line.at, line.written_at), reverse=True))


def last_contacts(work: Work) -> dict[UUID, date]:
    """The day of each family's last contact that a note tells of, internal notes aside."""
    query = select(Note.household_id, func.max(Note.at)).where(Note.removed_at.is_(None), Note.kind != INTERNAL)
    found = work.session.execute(query.group_by(Note.household_id))
    return {household: local_day(at) for household, at in found}


def clean_text(text: str) -> str:
    """Several lines without invisible characters and with single spaces."""
    return "\n".join(clean_name(line, place=True).text for line in text.strip().splitlines()).strip()


def _write(work: Work, draft: Draft, words: str) -> None:
    if work.session.get(Household, draft.household) is None:
        raise RecordGone
    if draft.corrects is not None:
        _get(work, draft.corrects)
    row = Note(
        id=draft.id, household_id=draft.household, person_id=draft.person, request_id=draft.request,
        kind=draft.kind, at=draft.at, words=words, corrects=draft.corrects, **work.made,
    )  # fmt: skip
    typed.begin(work, row, "note.written", _step_words(draft), draft.household)
    fields = ["words", "kind", "at", *(["corrects"] if draft.corrects else [])]
    fields += [key for key, given in (("person_id", draft.person), ("request_id", draft.request)) if given]
    work.note("note.written", RecordKind.NOTE, row.id, fields)


def _step_words(draft: Draft) -> str:
    words = _("Notiz berichtigt: {kind}") if draft.corrects else _("Notiz: {kind}")
    return words.format(kind=code_list("note_kinds").label(draft.kind))


def _set_removed(work: Work, row: Note, *, removed: bool) -> None:
    if (row.removed_at is not None) == removed:
        return
    row.removed_at = work.now if removed else None
    work.touch(row)
    work.session.flush()
    work.note("note.removed" if removed else "note.restored", RecordKind.NOTE, row.id)


def _get(work: Work, note: UUID) -> Note:
    row = work.session.get(Note, note)
    if row is None:
        raise RecordGone
    return row


def _line(row: _Row, rows: dict[UUID, _Row], staff: dict[UUID, str]) -> NoteLine:
    former: list[Version] = []
    before = rows.get(row.corrects) if row.corrects else None
    while before is not None:
        former.append(Version(before.words, staff.get(before.by, ""), before.changed_at))
        before = rows.get(before.corrects) if before.corrects else None
    return NoteLine(
        row.id, row.person, row.request, row.kind, row.at, row.words, staff.get(row.by, ""), row.created_at,
        tuple(former),
    )  # fmt: skip
