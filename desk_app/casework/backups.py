"""Backups of the open store and how they stand; bringing one back.

A ``BackupKeeper`` may be used from a thread of its own beside the one for deeds: copying reads through a connection of
its own, and what it writes into the audit are short deeds like any other.
"""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import ClassVar, Final
from uuid import UUID

from sqlalchemy import func, select

from desk_app.casework import backup_rules
from desk_app.casework.backup_rules import BackupStatus
from desk_app.casework.desk import Desk, Work
from desk_app.domain.clock import Clock, system_clock
from desk_app.domain.errors import DiskFull, TargetGone, TargetNotWritable, WorldError
from desk_app.storage import backup, backup_set, backup_state, engine, failures, keyfile, leftovers, restore, vault
from desk_app.storage.backup import BackupUnsound
from desk_app.storage.backup_set import BackupEntry, list_backups
from desk_app.storage.backup_state import Failure, Place, State, Target
from desk_app.storage.restore import BackupDamaged, Restored, Stage
from desk_app.storage.roster import UserEntry
from desk_app.storage.tables import AuditEntry

__all__ = ["BackupEntry", "BackupKeeper", "Restored", "Stage", "UserEntry", "bring_back", "list_backups", "people"]

OLDEST: Final = timedelta(weeks=40)
"""Older backups are let go: what was deleted from the files must not live on in them for longer."""

_DEEDS: Final = "backup."
TOLD: Final = "store.told"


class BackupKeeper:
    """Looks after the backups of one open desk; a second one on another thread waits its turn."""

    _turn: ClassVar = threading.RLock()

    def __init__(self, desk: Desk, oldest: timedelta = OLDEST) -> None:
        self._desk = desk
        self._folder = desk.vault.folder
        self._oldest = oldest

    def status(self) -> BackupStatus:
        """How the desk stands, for the foot of the rail."""
        state = backup_state.load(self._folder)
        return backup_rules.status(state, self._changed(state), self._desk.clock())

    def round(self, *, closing: bool = False) -> BackupStatus:
        """Do whatever is due: to be called every minute, and once with ``closing`` before the desk closes.

        What goes wrong with one place is remembered, told by the status and tried again later; it never raises for it.
        """
        with self._turn:
            for place in Place:
                state = self._still_there(place)
                target, changed = state.targets.get(place), self._changed(state).get(place)
                if target and backup_rules.due(target, changed, self._desk.clock(), closing=closing):
                    self._back_up(place, target)
            if not closing:
                self._rehearse()
            return self.status()

    def back_up_now(self) -> BackupStatus:
        """Back up to every place at once, whether or not it is due: somebody asked for it."""
        with self._turn:
            self._back_up_everywhere()
            self._rehearse()
            return self.status()

    def choose(self, folder: Path) -> BackupStatus:
        """Back up to ``folder`` too from now on, such as a stick or a share, and do so at once.

        A share is fine here: a backup is written once and never changed. Raises ``TargetGone`` or
        ``TargetNotWritable``; then the place of before stays. On the disk of the store itself the status says so.
        """
        shelf = folder if folder.name == backup_set.SHELF else folder / backup_set.SHELF
        if not folder.is_dir():
            raise TargetGone
        try:
            keyfile.make_folder(shelf)
            same = shelf.stat().st_dev == self._folder.stat().st_dev
        except OSError as error:
            raise TargetNotWritable from error
        newest = self._newest(shelf)
        target = Target(shelf, same_device=same, drilled_at=newest.drill_date if newest else None)
        with self._turn:
            self._remember(Place.AWAY, target)
            self._note("chosen", [Place.AWAY])
            self._back_up(Place.AWAY, target)
            self._rehearse()
            return self.status()

    def give_up_second_place(self) -> BackupStatus:
        """Back up to this PC alone from now on. What lies in the second place stays there, and nobody thins it out.

        Raises a ``WorldError``; then all is as before.
        """
        with self._turn:
            state = backup_state.load(self._folder)
            backup_state.save(self._folder, state.without_target(Place.AWAY))
            self._note("given_up", [Place.AWAY])
            return self.status()

    def targets(self) -> dict[Place, Target]:
        """What is remembered of each place; the second is missing until somebody has chosen it."""
        return dict(backup_state.load(self._folder).targets)

    def entries(self) -> list[BackupEntry]:
        """The backups of this store in both places, newest first."""
        shelves = [target.shelf for target in backup_state.load(self._folder).targets.values()]
        found = [each for shelf in shelves for each in list_backups(shelf) if each.store == self._desk.vault.store_id]
        return sorted(found, key=lambda each: each.made_at, reverse=True)

    def expire_former_keys(self) -> int:
        """After somebody lost their way in: back up anew, then take away the backups they could open; how many.

        Copies they carried off before stay readable to them. A place that is out of reach keeps its old ones until it
        is back: the first backup made there takes them away.
        """
        with self._turn:
            return self._back_up_everywhere()

    def expire_leftovers(self) -> int:
        """Delete what lies in quarantine and the like for longer than backups are kept; how many things."""
        shelves = [target.shelf for target in self.targets().values()]
        store, now = self._desk.vault.store_id, self._desk.clock()
        with self._turn:
            gone = leftovers.expire(self._folder, shelves, store, now, self._oldest)
        if gone:
            self._note("expired", [])
        return gone

    def _back_up_everywhere(self) -> int:
        return sum(self._back_up(place, target) for place, target in self.targets().items())

    def _back_up(self, place: Place, target: Target) -> int:
        """Back up to one place; the number of backups under a former key that this made needless there."""
        now = self._desk.clock()
        try:
            if place is Place.HERE:
                with failures.told():
                    keyfile.make_folder(target.shelf)
            made = backup.make(self._desk.vault, target.shelf, now)
        except WorldError as error:
            self._remember(place, replace(target, tried_at=now, failure=_failure(error)))
            if target.failure is None:  # once for each streak: a stick left at home is not news every ten minutes
                self._note("failed", [place])
            return 0
        self._remember(place, replace(target, made_at=made.made_at, sequence=made.sequence, tried_at=now, failure=None))
        self._note("made", [place])
        if place is Place.AWAY or self._begin_journal_behind(made):
            backup_set.prune(target.shelf, made.store, now, self._oldest, but=made.place)
        gone = backup_set.expire_former_keys(target.shelf, made.store, made.generation)
        if gone:
            self._note("expired", [place])
        return gone

    def _begin_journal_behind(self, made: BackupEntry) -> bool:
        """Let the second journal go on from this backup, so that what was deleted does not live on in the journal.

        The backup it went on from until now must stay if that fails: the two together rebuild the store.
        """
        try:
            with failures.told():
                self._desk.vault.rotate_journal(made.place / engine.NAME)
        except WorldError:
            return False
        return True

    def _rehearse(self) -> None:
        for place, target in backup_state.load(self._folder).targets.items():
            newest, now = self._newest(target.shelf), self._desk.clock()
            key = self._desk.vault.key
            if not backup_rules.drill_due(target, now) or newest is None or newest.generation != key.generation:
                continue
            try:
                restore.rehearse(newest, key, self._folder, now)
            except BackupDamaged:
                backup_set.set_aside(newest)
                self._remember(place, replace(target, made_at=None, sequence=0, drill_failed=True))
                self._note("drill_failed", [place])
            except WorldError as error:
                self._remember(place, replace(target, tried_at=now, failure=_failure(error)))
            else:
                self._remember(place, replace(target, drilled_at=now, drill_failed=False))
                self._note("drilled", [place])

    def _still_there(self, place: Place) -> State:
        """What is remembered, less a backup that somebody took away."""
        state = backup_state.load(self._folder)
        target = state.targets.get(place)
        if target and target.made_at and target.shelf.is_dir() and self._newest(target.shelf) is None:
            return state.with_target(place, replace(target, made_at=None, sequence=0))
        if place is Place.HERE and target and target.made_at and not target.shelf.is_dir():
            return state.with_target(place, replace(target, made_at=None, sequence=0))
        return state

    def _newest(self, shelf: Path) -> BackupEntry | None:
        ours = (each for each in list_backups(shelf) if each.verified and each.store == self._desk.vault.store_id)
        return next(ours, None)

    def _changed(self, state: State) -> backup_rules.Changed:
        reached = {place: target.sequence for place, target in state.targets.items()}
        found, _touched = self._desk.do(
            lambda work: {place: first_after(work, reached.get(place, 0)) for place in Place}
        )
        return found

    def _remember(self, place: Place, target: Target) -> None:
        with contextlib.suppress(WorldError):  # the disk of the store is full: the shelf is looked at anew
            backup_state.save(self._folder, backup_state.load(self._folder).with_target(place, target))

    def _note(self, deed: str, fields: list[Place]) -> None:
        with contextlib.suppress(WorldError):  # what was done stands, even where the store takes no entry
            self._desk.do(lambda work: work.note(f"{_DEEDS}{deed}", "backup", None, fields, touched="centre"))


def first_after(work: Work, sequence: int) -> datetime | None:
    """When the first change after an entry of the audit was made; None for none.

    Backups themselves are none, nor is what the store had to say.
    """
    changes = select(func.min(AuditEntry.sequence)).where(
        AuditEntry.sequence > sequence, AuditEntry.deed.not_like(f"{_DEEDS}%"), AuditEntry.deed != TOLD
    )
    first = work.session.scalar(changes)
    return (
        None if first is None else work.session.scalars(select(AuditEntry.at).where(AuditEntry.sequence == first)).one()
    )


def people(place: Path) -> list[UserEntry]:
    """Who can open the backup in ``place``. Raises a ``WorldError``."""
    return restore.users_of(place)


def bring_back(
    folder: Path,
    place: Path,
    user: UUID,
    passphrase: str,
    *,
    tell: Callable[[Stage], None] = lambda _stage: None,
    clock: Clock = system_clock,
) -> Restored:
    """Put the store in ``folder`` back to the backup in ``place`` and note it in its audit.

    The passphrase is the one ``user`` had when the backup was made. The store of before lies in quarantine afterwards.
    Raises ``VaultBusy`` while the store is open, ``WrongPassphrase``, ``BackupDamaged`` or another ``WorldError``;
    then the store is as it was.
    """
    done = restore.restore(folder, place, user, passphrase, clock(), tell)
    state = backup_state.load(folder)
    for where, target in state.targets.items():
        # what was entered after this moment is gone, and its numbers will be given out again
        state = state.with_target(where, replace(target, sequence=min(target.sequence, done.sequence)))
    with contextlib.suppress(WorldError):
        backup_state.save(folder, state)
    tell(Stage.OPENING)
    with vault.unlock(folder, user, passphrase, clock=clock) as opened:
        Desk(opened, user, clock).do(lambda work: work.note(f"{_DEEDS}restored", "backup", None, touched="centre"))
    return done


_MEANINGS: Final[dict[type[WorldError], Failure]] = {
    DiskFull: Failure.FULL,
    TargetGone: Failure.GONE,
    TargetNotWritable: Failure.READ_ONLY,
    BackupUnsound: Failure.UNSOUND,
}


def _failure(error: WorldError) -> Failure:
    return next((meaning for kind, meaning in _MEANINGS.items() if isinstance(error, kind)), Failure.OTHER)
