"""What the lock screen needs of the files: failed tries noted, a wrong clock, backups found while the store is shut."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from sqlalchemy import select

from desk_app.casework.desk import Work
from desk_app.domain.clock import local
from desk_app.i18n import _
from desk_app.storage import backup_state, roster
from desk_app.storage.backup_set import BackupEntry, list_backups
from desk_app.storage.tables import AuditEntry

BEHIND: Final = timedelta(hours=2)
"""So much may a clock lie behind the last entry: somebody set it right, or two machines differ a little."""


def note_failed_tries(work: Work, count: int, times: Iterable[datetime]) -> None:
    """Set down how often a wrong secret was tried since the user's last success, and when (ISO 8601, UTC)."""
    moments = (time.astimezone(UTC).isoformat(timespec="seconds") for time in times)
    work.note("unlock.failed", "user", work.user, [str(count), *moments], touched="users")


def clock_behind(work: Work) -> str:
    """A German sentence if this machine's clock lies behind the work already done here; empty if it does not.

    Ages, deadlines and running numbers follow the clock, and nobody notices by themselves that it is wrong.
    """
    last = work.session.scalar(select(AuditEntry.at).order_by(AuditEntry.sequence.desc()).limit(1))
    if last is None or work.now >= last - BEHIND:
        return ""
    return _(
        "Die Uhr dieses PCs zeigt {now}, zuletzt gearbeitet wurde aber am {last}. Alles wird gespeichert; bitte "
        "stellen Sie die Uhr richtig, sonst stimmen Alter, Fristen und Aktenzeichen nicht."
    ).format(now=local(work.now).strftime("%d.%m.%Y %H:%M"), last=local(last).strftime("%d.%m.%Y"))


def backups_of(folder: Path) -> list[BackupEntry]:
    """The whole backups of the store in ``folder`` in both places that are remembered, newest first.

    The store need not be readable; without its keys nobody can tell whose backups lie in a shelf, so all are listed.
    """
    shelves = [target.shelf for target in backup_state.load(folder).targets.values()]
    found = {each.place: each for shelf in shelves for each in within(folder, shelf)}
    return sorted(found.values(), key=lambda each: each.made_at, reverse=True)


def within(folder: Path, shelf: Path) -> list[BackupEntry]:
    """The whole backups in ``shelf`` that may be brought back into ``folder``, newest first."""
    store = roster.store(folder)
    return [each for each in list_backups(shelf) if each.verified and store in (None, str(each.store))]
