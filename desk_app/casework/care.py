"""Looking after the open store: backups, the daily check, room on the disk, what must not stay; and how all that is.

A ``Caretaker`` is used from a thread of its own beside the one for deeds, see ``BackupKeeper``.
"""

from __future__ import annotations

import contextlib
import threading
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Final

from sqlalchemy import select

from desk_app.casework.backup_rules import BackupStatus
from desk_app.casework.backups import OLDEST, TOLD, BackupEntry, BackupKeeper
from desk_app.casework.desk import Desk, Work
from desk_app.domain.errors import WorldError
from desk_app.i18n import N_, _
from desk_app.storage import health, leftovers, reserve
from desk_app.storage.backup_state import Place, Target
from desk_app.storage.health import Finding, Health, Part
from desk_app.storage.tables import AuditEntry

__all__ = [
    "OLDEST", "BackupEntry", "Caretaker", "Finding", "Health", "Overview", "Part", "Place", "Room", "Standing",
    "Target",
]  # fmt: skip

NOT_BEFORE: Final = timedelta(minutes=2)
"""After opening, before anything long begins: somebody is waiting to be served then."""

_LITTLE_ROOM: Final = N_("Auf der Festplatte wird der Platz knapp.")
_RESERVE_GONE: Final = N_("Die Festplatte war voll; die Platzreserve wurde freigegeben.")
_WELL_AGAIN: Final = N_("Platz und Datenbank sind wieder in Ordnung.")


@dataclass(frozen=True, slots=True)
class Room:
    """``free`` bytes on the disk of the store; whether that is ``low``; whether the ``reserve`` is still there."""

    free: int
    low: bool
    reserve: bool


@dataclass(frozen=True, slots=True)
class Standing:
    """How the store stands, for the foot of the rail. ``health`` is the last full check; ``room`` is None where the
    system does not say."""

    backups: BackupStatus
    health: Health | None
    room: Room | None

    @property
    def unsound(self) -> tuple[Finding, ...]:
        """What the last full check found wrong."""
        return tuple(each for each in self.health.findings if not each.sound) if self.health else ()


@dataclass(frozen=True, slots=True)
class Overview:
    """Everything there is to know about the backups, for the page about them."""

    standing: Standing
    targets: dict[Place, Target]
    entries: tuple[BackupEntry, ...]
    quarantines: int


class Caretaker:
    """Looks after one open desk."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._folder = desk.vault.folder
        self._opened_at = desk.clock()
        self._swept_on: date | None = None
        self._found_unsound = False
        self._stop = threading.Event()
        self._told: frozenset[str] | None = None
        self.keeper = BackupKeeper(desk)

    def round(self, *, closing: bool = False) -> Standing:
        """Do whatever is due: to be called every minute, and once with ``closing`` before the desk closes.

        What goes wrong is told by the standing and tried again later; it never raises for it.
        """
        self.keeper.round(closing=closing)
        if not closing and abs(self._desk.clock() - self._opened_at) >= NOT_BEFORE:
            reserve.make(self._folder)
            self._sweep()
            if self._check_is_due():
                self._check()
        return self._stand()

    def back_up(self) -> Standing:
        """Back up to every place now, and rehearse bringing back where that is due."""
        self.keeper.back_up_now()
        return self._stand()

    def choose(self, folder: Path) -> Standing:
        """Back up to ``folder`` too from now on. Raises ``TargetGone`` or ``TargetNotWritable``."""
        self.keeper.choose(folder)
        return self._stand()

    def give_up_second_place(self) -> Standing:
        """Back up to this PC alone from now on. Raises a ``WorldError``."""
        self.keeper.give_up_second_place()
        return self._stand()

    def check(self) -> Standing:
        """Look through the whole store now, whether or not it is due."""
        self._check()
        return self._stand()

    def overview(self) -> Overview:
        """For the page about the backups. Raises a ``WorldError``."""
        quarantines = len(leftovers.quarantines(self._folder))
        return Overview(self._stand(), self.keeper.targets(), tuple(self.keeper.entries()), quarantines)

    def hurry(self) -> None:
        """From another thread: break off a check that is under way, the desk is about to close."""
        self._stop.set()

    def _check_is_due(self) -> bool:
        """Once a day; once for each opening as long as something is wrong, since only a new start mends it."""
        return not self._found_unsound and health.is_due(self._folder, self._desk.clock())

    def _check(self) -> None:
        found = health.full(self._desk.vault, self._desk.clock(), self._stop.is_set)
        self._found_unsound = found is not None and not found.sound

    def _sweep(self) -> None:
        """Once a day is enough for what goes after weeks."""
        today = self._desk.clock().date()
        if self._swept_on != today:
            self.keeper.expire_leftovers()
            self._swept_on = today

    def _stand(self) -> Standing:
        standing = Standing(self.keeper.status(), health.last(self._folder), self._room())
        self._tell(standing)
        return standing

    def _room(self) -> Room | None:
        with contextlib.suppress(OSError):
            space = health.space(self._folder)
            return Room(space.free, bool(space.words), reserve.is_there(self._folder))
        return None

    def _tell(self, standing: Standing) -> None:
        """Enter in the audit what is amiss whenever that changes; German sentences that name nobody."""
        amiss = {each.words for each in standing.unsound}
        if standing.room and standing.room.low:
            amiss |= {_(_LITTLE_ROOM)} if standing.room.reserve else {_(_LITTLE_ROOM), _(_RESERVE_GONE)}
        with contextlib.suppress(WorldError):  # a store that takes no entry is told of by the rail all the same
            told = self._desk.do(_last_told)[0] if self._told is None else self._told
            if amiss != told:
                sentences = amiss or {_(_WELL_AGAIN)}
                self._desk.do(lambda work: work.note(TOLD, "store", None, sentences, touched="centre"))
            self._told = frozenset(amiss)


def _last_told(work: Work) -> frozenset[str]:
    """What was amiss when this was last told; what the store said of its opening is another matter."""
    ours = {_(_LITTLE_ROOM), _(_RESERVE_GONE), _(_WELL_AGAIN), *health.all_words()}
    newest = select(AuditEntry.fields).where(AuditEntry.deed == TOLD).order_by(AuditEntry.sequence.desc()).limit(50)
    for fields in work.session.scalars(newest):
        if said := ours.intersection(fields):
            return frozenset(said - {_(_WELL_AGAIN)})
    return frozenset()
