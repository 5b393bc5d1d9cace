"""Writing the audit: one entry for each change, chained to the one before, in the same transaction."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from desk_app.storage.tables import AuditEntry

START = "0" * 64


@dataclass
class Trail:
    """The end of the chain within one transaction."""

    session: Session
    end: tuple[int, str] | None = None

    def write(
        self, at: datetime, by: UUID, deed: str, kind: str, subject: UUID | None, fields: list[str]
    ) -> AuditEntry:
        sequence, chain = self.end or _end(self.session)
        entry = AuditEntry(
            sequence=sequence + 1,
            at=at,
            by=by,
            deed=deed,
            kind=kind,
            subject=subject,
            fields=fields,
        )
        entry.chain = link(chain, entry)
        self.session.add(entry)
        self.session.flush()
        self.end = (entry.sequence, entry.chain)
        return entry

    def is_kept(self, session: Session) -> bool:
        """Whether everything written here is in the store, as another transaction sees it; true for nothing."""
        if self.end is None:
            return True
        sequence, chain = self.end
        return session.scalar(select(AuditEntry.chain).where(AuditEntry.sequence == sequence)) == chain


def _end(session: Session) -> tuple[int, str]:
    """The newest entry's sequence and chain value, as other transactions left them."""
    last = session.scalar(select(AuditEntry).order_by(AuditEntry.sequence.desc()).limit(1))
    return (last.sequence, last.chain) if last else (0, START)


def link(before: str, entry: AuditEntry) -> str:
    """The chain value of ``entry``: SHA-256 over the chain before it and everything it says."""
    said = [
        entry.sequence,
        entry.at.astimezone(UTC).isoformat(),  # as it reads when it comes back from the store
        str(entry.by),
        entry.deed,
        entry.kind,
        str(entry.subject),
        entry.fields,
    ]
    return hashlib.sha256((before + json.dumps(said, ensure_ascii=True)).encode()).hexdigest()


def broken_at(session: Session) -> int | None:
    """The sequence of the first entry that does not follow from the one before; ``None`` when the chain is whole."""
    before, expected = START, 1
    for entry in session.scalars(select(AuditEntry).order_by(AuditEntry.sequence)):
        if entry.sequence != expected or entry.chain != link(before, entry):
            return entry.sequence
        before, expected = entry.chain, expected + 1
    return None


def count(session: Session) -> int:
    return session.scalar(select(func.count()).select_from(AuditEntry)) or 0
