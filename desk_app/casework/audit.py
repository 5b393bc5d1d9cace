"""Writing the audit: one entry for each change, chained to the one before, in the same transaction.

The chain tells of an entry that was altered or taken out of the middle. That entries were cut off at the end is told
by a note of the last one, its number and its link, which stands elsewhere in the store and is written with every entry.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Final
from uuid import UUID

from sqlalchemy import bindparam, case, func, insert, literal_column, select, update
from sqlalchemy.orm import Session

from desk_app.storage.many_rows import put_in
from desk_app.storage.ready import Ready
from desk_app.storage.tables import AuditEntry, Counter

START = "0" * 64

_ENTRIES: Final[Any] = AuditEntry.__table__
_COUNTERS: Final[Any] = Counter.__table__
_ONE: Final[Any] = literal_column("1")
"""Not handed over as a value: for a limit that is one, the database prepares the statement anew each time."""

_LAST: Final = Ready(select(_ENTRIES.c.sequence, _ENTRIES.c.chain).order_by(_ENTRIES.c.sequence.desc()).limit(_ONE))
_ENTER: Final = Ready(insert(_ENTRIES))

_NOTE: Final = "audit"
"""Series of the note among the running numbers."""

_NUMBER, _LINK = 0, 1
"""In place of a year: which half of the note it is."""

_HALVES: Final = Ready(select(_COUNTERS.c.year, _COUNTERS.c.last).where(_COUNTERS.c.series == _NOTE))
_RENEW_NOTE: Final = Ready(
    update(_COUNTERS)
    .where(_COUNTERS.c.series == _NOTE)
    .values(last=case((_COUNTERS.c.year == _NUMBER, bindparam("number")), else_=bindparam("link")))
)
_BEGIN_NOTE: Final = Ready(insert(_COUNTERS))


@dataclass
class Trail:
    """The end of the chain within one transaction, which ``seal`` has to close."""

    session: Session
    end: tuple[int, str] | None = None
    _before: tuple[int, str] | None = field(default=None, init=False)
    """The end that other transactions left."""

    def write(self, at: datetime, by: UUID, deed: str, kind: str, subject: UUID | None, fields: list[str]) -> None:
        """One entry, after what the session still holds back."""
        self.session.flush()
        sequence, chain = self._last()
        row = _row(chain, sequence + 1, at, by, deed, kind, subject, fields)
        _ENTER.rows(self.session, **row)
        self.end = row["sequence"], row["chain"]

    def write_many(self, at: datetime, by: UUID, deed: str, kind: str, about: Iterable[tuple[UUID, list[str]]]) -> None:
        """One entry for each subject with the names of its fields, linked one to the other and put in together."""
        self.session.flush()
        sequence, chain = self._last()
        rows: list[dict[str, Any]] = []
        for subject, fields in about:
            sequence += 1
            rows.append(_row(chain, sequence, at, by, deed, kind, subject, fields))
            chain = rows[-1]["chain"]
        if rows:
            put_in(self.session, _ENTRIES, rows)
            self.end = sequence, chain

    def seal(self) -> None:
        """Note the new end, unless the note does not fit the end of before: then it must go on saying so."""
        if self.end is None or self._before is None:
            return
        noted = _noted(self.session)
        fits = zip(noted, (self._before[0], _short(self._before[1])), strict=True)
        if not all(last in (None, 0, before) for last, before in fits):
            return
        for half, last in zip((_NUMBER, _LINK), noted, strict=True):
            if last is None:
                _BEGIN_NOTE.rows(self.session, series=_NOTE, year=half, last=0)
        _RENEW_NOTE.rows(self.session, number=self.end[0], link=_short(self.end[1]))

    def is_kept(self, session: Session) -> bool:
        """Whether everything written here is in the store, as another transaction sees it; true for nothing."""
        if self.end is None:
            return True
        sequence, chain = self.end
        return session.scalar(select(AuditEntry.chain).where(AuditEntry.sequence == sequence)) == chain

    def _last(self) -> tuple[int, str]:
        if self.end is None:
            self.end = self._before = _end(self.session)
        return self.end


def _noted(session: Session) -> tuple[int | None, int | None]:
    """Both halves of the note of the end, ``None`` for one that is not there."""
    note: dict[int, int] = dict(_HALVES.rows(session))
    return note.get(_NUMBER), note.get(_LINK)


def _end(session: Session) -> tuple[int, str]:
    """The newest entry's sequence and chain value, as other transactions left them."""
    last = _LAST.first(session)
    return (last[0], last[1]) if last else (0, START)


def _row(
    before: str, sequence: int, at: datetime, by: UUID, deed: str, kind: str, subject: UUID | None, fields: list[str]
) -> dict[str, Any]:
    return {
        "sequence": sequence, "at": at, "by": by, "deed": deed, "kind": kind, "subject": subject, "fields": fields,
        "chain": link(before, sequence, at, by, deed, kind, subject, fields),
    }  # fmt: skip


def link(
    before: str, sequence: int, at: datetime, by: UUID, deed: str, kind: str, subject: UUID | None, fields: list[str]
) -> str:
    """The chain value of an entry: SHA-256 over the chain before it and everything it says."""
    # the instant as it reads when it comes back from the store
    said = [sequence, at.astimezone(UTC).isoformat(), str(by), deed, kind, str(subject), fields]
    return hashlib.sha256((before + json.dumps(said, ensure_ascii=True)).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Followed:
    """How far the chain was followed: its last entry that fits, and the first place where something does not.

    ``broken_at`` is the sequence of an entry that was altered, or of the first one that is missing.
    """

    sequence: int = 0
    chain: str = START
    broken_at: int | None = None
    at_end: bool = False


def follow(session: Session, so_far: Followed = Followed(), most: int | None = None) -> Followed:
    """Follow the chain on from ``so_far`` by at most ``most`` entries; all of them by default."""
    entry = AuditEntry
    query = select(
        entry.sequence, entry.at, entry.by, entry.deed, entry.kind, entry.subject, entry.fields, entry.chain
    )  # fmt: skip
    query = query.where(entry.sequence > so_far.sequence).order_by(entry.sequence).limit(most)
    sequence, chain, found = so_far.sequence, so_far.chain, 0
    for number, at, by, deed, kind, subject, fields, value in session.execute(query):
        if number != sequence + 1 or value != link(chain, number, at, by, deed, kind, subject, fields):
            return Followed(sequence, chain, broken_at=number if number == sequence + 1 else sequence + 1, at_end=True)
        sequence, chain, found = number, value, found + 1
    if most is not None and found == most:
        return Followed(sequence, chain)
    return Followed(sequence, chain, _cut_at(session, sequence), at_end=True)


def of_file(sha256: str, rows: int) -> tuple[str, str]:
    """What an entry says about a file in place of fields: its fingerprint and how many rows it has, never its name."""
    return f"rows:{rows}", f"sha256:{sha256}"


def broken_at(session: Session) -> int | None:
    """The sequence of the first entry that was altered or is missing; ``None`` when the chain is whole."""
    return follow(session).broken_at


def count(session: Session) -> int:
    return session.scalar(select(func.count()).select_from(AuditEntry)) or 0


def _cut_at(session: Session, last: int) -> int | None:
    """The first place where the note of the end does not fit a chain that is whole up to ``last``.

    A store of an earlier version has no note until the next entry is written.
    """
    number, short = _noted(session)
    if not number:
        return None
    if number > last:
        return last + 1
    noted = session.scalar(select(AuditEntry.chain).where(AuditEntry.sequence == number))
    if noted is None or _short(noted) != short:
        return number
    return None if number == last else number + 1


def _short(chain: str) -> int:
    """So much of a chain value as fits a running number."""
    return int(chain[:7], 16)
