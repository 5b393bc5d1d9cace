"""What lies beside the store for a while and must not stay for ever.

Files that were replaced are kept in quarantine, damaged backups are set aside, and a copy is taken before tables
change: each may be the last hope one day, and each holds people whom somebody has deleted since. So all of it goes
when the deletion rules say so, as backups do.
"""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Final
from uuid import UUID

from desk_app.domain.clock import local_day
from desk_app.storage import backup_set
from desk_app.storage.backup_set import NoBackup
from desk_app.storage.restore import QUARANTINE

_DATED: Final = (QUARANTINE, backup_set.SET_ASIDE)
"""Folders whose names tell the day of what is in them."""

_UNDATED: Final = ("trittstein-vor-*.db", "trittstein*.neu", ".trittstein-neu-*")
"""Copies taken before an upgrade, and what a killed run left half made: as old as their last change."""

_DAY_LENGTH: Final = len("2026-11-26")


def expire(folder: Path, shelves: Iterable[Path], store: UUID, now: datetime, oldest: timedelta) -> int:
    """Delete what lies in the store's ``folder`` and on the ``shelves`` and is older than ``oldest``; how many things.

    A clock that is ahead must not empty the quarantine. So, as for backups, age is measured at the newest backup of
    an earlier day; without one nothing goes.
    """
    shelves = [shelf for shelf in shelves if shelf.is_dir()]
    made = [each.made_at for shelf in shelves for each in backup_set.list_backups(shelf) if each.store == store]
    earlier = [moment for moment in made if local_day(moment) < local_day(now)]
    if not earlier:
        return 0
    last_day = local_day(max(earlier) - oldest)
    found = (path for path, day in _leftovers(folder, shelves, store) if day < last_day)
    return sum(_delete(path) for path in list(found))


def quarantines(folder: Path) -> list[Path]:
    """The folders of replaced files beside the store in ``folder``, oldest first."""
    return sorted(path for path in folder.glob(f"{QUARANTINE}*") if path.is_dir())


def _leftovers(folder: Path, shelves: Iterable[Path], store: UUID) -> Iterator[tuple[Path, date]]:
    here = folder / backup_set.SHELF
    aside = (
        path
        for shelf in shelves
        for path in shelf.glob(f"{backup_set.SET_ASIDE}*")
        # a shelf elsewhere may hold those of another store as well
        if shelf == here or _is_of(path, store)
    )
    for path in (*quarantines(folder), *aside):
        if day := _day_in_name(path):
            yield path, day
    for pattern in _UNDATED:
        for path in folder.glob(pattern):
            with contextlib.suppress(OSError):
                yield path, local_day(datetime.fromtimestamp(path.stat().st_mtime, UTC))


def _day_in_name(path: Path) -> date | None:
    start = next(prefix for prefix in _DATED if path.name.startswith(prefix))
    with contextlib.suppress(ValueError):
        return date.fromisoformat(path.name.removeprefix(start)[:_DAY_LENGTH])
    return None


def _is_of(backup: Path, store: UUID) -> bool:
    with contextlib.suppress(NoBackup, OSError):
        return backup_set.manifest(backup)[0].store == store
    return False


def _delete(path: Path) -> bool:
    with contextlib.suppress(OSError):
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink()
        return True
    return False
